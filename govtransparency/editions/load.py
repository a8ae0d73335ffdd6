"""One year of one index, read from its folder and checked as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.data.reading_notes import reading_table
from govtransparency.editions.config import DISPLAY, FILE_NAME, SEED, Status, config_problems, parse_toml
from govtransparency.editions.derive import check_identities, derive
from govtransparency.editions.root import find_root
from govtransparency.editions.sheets import (
    column_of_units,
    listed_units,
    read_figures,
    read_units,
    scales_of,
    sheet_files,
    table_problems,
)
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.framework import Framework, read_framework
from govtransparency.methods import from_spec
from govtransparency.recipe import Recipe
from govtransparency.record.read_record import Record, read_record
from govtransparency.schema import CURRENT, at_current_schema
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.texts.problems.error_problems import HEADED
from govtransparency.weighting import WEIGHTERS, weigh

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.data.indicator_columns import Scale

__all__ = ["Edition", "edition_folders", "edition_path", "list_editions", "read_edition"]


@dataclass(frozen=True)
class Edition:
    """One year of one index.

    Attributes
    ----------
    index : str
    year : int
    status : {"official", "published", "third-party", "self-reported", "own", "simulated"}
        What the figures are.
    title, about : dict of language to text
    groups : dict of code to {language: name}
        In the order of ``edition.toml``.
    framework : Framework
    units : DataFrame, indexed by unit
        Columns group, name_en, name_zh and whatever else ``units.csv`` has, as text.
    tables : dict of group to DataFrame, units x indicators
    not_applicable : dict of group to DataFrame of bool
        Of the same shapes: where an indicator does not apply to a unit, as a sheet declares or its marks say.
    variables : DataFrame, units x raw variables; without columns where there are none
    scales : dict of text to Scale
        The possible values, by the text of a unit of measurement.
    marks : DataFrame or None
        All assessors' marks, as from `govtransparency.read_marks`.
    identities : DataFrame
        The result of `check_identities`.
    sources : DataFrame
    reading : DataFrame
        What was done when the sheets were read, one row each: file, where_zh, where_en, note_zh, note_en, count.
    declarations : dict of name to {language: text}
        Choices the edition declares, such as which of two contradictory sources it follows.
    display : dict
        What the report shows: ``table``, either ``league`` (the default: every unit at its rank) or ``tiers``
        (intervals of rank and groups of units that cannot be told apart, without ranks).
    recipe : Recipe
        The official one.
    record : Record or None
        What the publisher has made public.
    path : Path
        Its folder.
    files : tuple of Path
        Every file that was read.
    seed : int
        Of every random draw of a report; 2024 where ``edition.toml`` declares no seed.

    Examples
    --------
    >>> edition = read_edition("tai", 2001)
    >>> edition.status, edition.tables["country"].shape, len(edition.framework.indicators)
    ('official', (23, 8), 8)
    """

    index: str
    year: int
    status: Status
    title: Mapping[str, str]
    about: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    framework: Framework
    units: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    variables: pd.DataFrame
    marks: pd.DataFrame | None
    identities: pd.DataFrame
    sources: pd.DataFrame
    recipe: Recipe
    record: Record | None
    path: Path
    files: tuple[Path, ...]
    not_applicable: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    reading: pd.DataFrame = field(default_factory=lambda: reading_table([]))
    declarations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    display: Mapping[str, Any] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    seed: int = SEED

    @property
    def league(self) -> bool:
        """Whether a report shows every unit at its rank; one that shows tiers gives no ranks."""
        return self.display.get("table", "league") == "league"


def list_editions(root: str | Path | None = None) -> pd.DataFrame:
    """Return the editions there are.

    Parameters
    ----------
    root : path, optional
        ``data/raw``; by default the nearest one at or above the working folder.

    Returns
    -------
    DataFrame, one row per edition: index, year, status

    Examples
    --------
    >>> there = list_editions()
    >>> there[there["index"] == "tai"].values.tolist()
    [['tai', 2001, 'official']]
    """
    folders = edition_folders(root)
    rows = [(path.parent.name, int(path.name), parse_toml(path / "edition.toml").get("status", "")) for path in folders]
    return pd.DataFrame(rows, columns=["index", "year", "status"])


def edition_folders(root: str | Path | None) -> list[Path]:
    """Return the folders of the editions there are, by index and year."""
    return sorted(path.parent for path in find_root(root).glob("*/*/edition.toml") if path.parent.name.isdigit())


def edition_path(index: str, year: int | str, *, root: str | Path | None = None) -> Path:
    """Return the folder of an edition, or raise one error that lists those there are."""
    folders = edition_folders(root)  # not list_editions, which fails at another edition's faulty file
    named = list(dict.fromkeys(path.parent.name for path in folders))
    if index not in named:
        raise InputError(problems.NO_INDEX.format(index=index, nearest=nearest(index, named)), title="edition")
    years = [int(path.name) for path in folders if path.parent.name == index]
    if not re.fullmatch(r"\d{4}", str(year)) or int(year) not in years:
        raise InputError(problems.NO_EDITION.format(index=index, year=year, years=words(years)), title="edition")
    return find_root(root) / index / str(int(year))


def read_edition(index: str, year: int | str, *, root: str | Path | None = None) -> Edition:
    """Read and check an edition.

    Parameters
    ----------
    index : str
        The index, a folder of ``data/raw``.
    year : int or str
    root : path, optional
        ``data/raw``; by default the nearest one at or above the working folder.

    Returns
    -------
    Edition

    Raises
    ------
    InputError
        Listing every problem of all its files, each with file and line; or for an ``edition.toml`` of a newer schema.

    Warns
    -----
    SchemaNotice
        For an ``edition.toml`` of an older schema: what was understood.

    Examples
    --------
    >>> read_edition("tai", 2001).tables["country"].loc["FIN", "patents"]
    np.float64(187.0)
    """
    path = edition_path(index, year, root=root)
    toml = path / "edition.toml"
    config = at_current_schema(parse_toml(toml), file=str(toml))
    wrong = [HEADED.format(title=toml, text=problem) for problem in config_problems(config, index, int(year))]
    readable = not wrong
    attempt = Attempts(wrong)
    framework = attempt(lambda: read_framework(path / "framework.csv"))
    groups = config.get("groups", {})
    known = isinstance(groups, Mapping) and all(isinstance(entry, Mapping) for entry in groups.values())
    units = attempt(lambda: read_units(path / "units.csv", groups)) if known else None
    sources = attempt(lambda: read_csv(path / "sources.csv").reset_index(drop=True))
    scales = attempt(lambda: scales_of(config.get("scales", {}), toml))
    listed = units if units is not None else listed_units(path / "units.csv")
    if framework is None or listed is None or scales is None or not readable:
        raise InputError(wrong, title=f"{index} {year}")
    files = attempt(lambda: sheet_files(path, config["sheets"], index, find_root(root)))
    if files is None:
        raise InputError(wrong, title=f"{index} {year}")
    figures = attempt(lambda: read_figures(files, config, framework, scales, listed))
    if units is None:
        raise InputError(wrong, title=f"{index} {year}")
    record = attempt(lambda: read_record(index, root=find_root(root)))
    faults: list[Text] = []  # in edition.toml
    identities = derived = None
    if figures is not None:
        within = Attempts(faults)
        identities = within(lambda: check_identities(figures.table, config.get("identities", {})))
        derived = within(lambda: derive(figures.table, config.get("derived", {})))
    if derived is not None and (lacking := table_problems(derived, framework, units, config, path)):
        wrong += lacking
        derived = None
    columns = _OtherTables(units, index, int(year), find_root(root))
    recipe = Attempts(faults)(lambda: _read_recipe(config.get("recipe", {}), framework, derived, columns))
    wrong += [HEADED.format(title=toml, text=fault) for fault in faults]
    if wrong or figures is None or derived is None or identities is None or sources is None or recipe is None:
        raise InputError(wrong, title=f"{index} {year}")
    framework = recipe.framework
    codes = list(framework.indicators)
    members = {group: units.index[units["group"] == group] for group in config["groups"]}
    not_applicable = figures.not_applicable.reindex(columns=codes, fill_value=False)
    return Edition(
        index=index,
        year=int(year),
        status=config["status"],
        title=config["title"],
        about=config.get("about", {}),
        groups={group: {"en": group, "zh": group} | names for group, names in config["groups"].items()},
        framework=framework,
        units=units,
        tables={group: derived.loc[of_group, codes] for group, of_group in members.items()},
        not_applicable={group: not_applicable.loc[of_group] for group, of_group in members.items()},
        variables=figures.table[[code for code in config.get("variables", {}) if code in figures.table]],
        marks=figures.marks,
        reading=reading_table(figures.notes),
        identities=identities,
        sources=sources,
        recipe=recipe,
        record=record,
        path=path,
        files=(
            *(toml, path / "framework.csv", path / "units.csv", path / "sources.csv", *files),
            *columns.files(config.get("recipe", {})),
        ),
        declarations=config.get("declarations", {}),
        display={key: choices[0] for key, choices in DISPLAY.items()} | config.get("display", {}),
        scales=scales,
        seed=config.get("seed", SEED),
    )


@dataclass(frozen=True)
class _OtherTables:
    """The tables that a recipe in ``edition.toml`` may refer to by a text.

    ``units:column`` is that column of ``units.csv``, as numbers where all its cells that are not empty are, and as such
    alone where it is to divide; ``edition:year`` is the table
    of an earlier edition of the index, all groups together; ``file:name.csv`` is that file of the edition's folder, as
    a path for the method to read (experts' points, comparisons).
    """

    units: pd.DataFrame
    index: str
    year: int
    root: Path

    def resolve(self, spec: Any, *, divides: bool = False) -> Any:
        """Return the spec with every such text replaced by its table; what stands under ``by`` divides."""
        if isinstance(spec, Mapping):
            return {key: self.resolve(item, divides=divides or key == "by") for key, item in spec.items()}
        if isinstance(spec, list):
            return [self.resolve(item) for item in spec]
        kind, separator, name = spec.partition(":") if isinstance(spec, str) else ("", "", "")
        if not separator or kind not in ("units", "edition", "file"):
            return spec
        if kind == "file":
            if not re.fullmatch(FILE_NAME, name):
                raise InputError(problems.NO_CSV.format(spec=spec))
            return self.root / self.index / str(self.year) / name
        if kind == "units":
            if name not in self.units:
                known = nearest(name, self.units.columns)
                raise InputError(problems.NO_UNITS_COLUMN.format(spec=spec, nearest=known))
            return column_of_units(self.units, name, self.root / self.index / str(self.year), numbers=divides)
        if not name.isdigit() or int(name) >= self.year:
            raise InputError(problems.NO_EARLIER_YEAR.format(spec=spec, year=self.year))
        return pd.concat(read_edition(self.index, name, root=self.root).tables.values())

    def files(self, spec: Any) -> list[Path]:
        """Return the files that a recipe refers to, each once."""
        if isinstance(spec, (Mapping, list)):
            parts = spec.values() if isinstance(spec, Mapping) else spec
            return list(dict.fromkeys(file for part in parts for file in self.files(part)))
        return [self.resolve(spec)] if isinstance(spec, str) and spec.startswith("file:") else []


def _read_recipe(
    config: Mapping[str, Any], framework: Framework, table: pd.DataFrame | None, others: _OtherTables
) -> Recipe:
    """Return the official recipe; the weighters named by its ``weight`` set the weights of the framework."""
    spec = {"schema": CURRENT} | {key: item for key, item in config.items() if key != "weight"}
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    recipe = attempt(lambda: Recipe.from_dict(others.resolve(spec), framework))
    method = attempt(
        lambda: from_spec(others.resolve(config["weight"]), WEIGHTERS, what="weight") if "weight" in config else None
    )
    if wrong:
        raise InputError(wrong)
    if method is None or table is None:
        return recipe
    return replace(recipe, framework=weigh(framework, table[list(framework.indicators)], method=method))
