"""One year of one index, read from its folder and checked as a whole."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.indicator_columns import codes_by_name
from govtransparency.data.reading_notes import reading_table
from govtransparency.data_dictionary.input_files import CORRECTIONS, RANGES
from govtransparency.editions.computed_columns import computed_columns
from govtransparency.editions.config import DISPLAY, FILE_NAME, NAMED, SEED, config_problems, parse_toml, status_of
from govtransparency.editions.corrections import read_corrections
from govtransparency.editions.declarations import (
    formula_problems,
    treated_codes,
    unmatched_names,
)
from govtransparency.editions.derive import by_codes, used_columns
from govtransparency.editions.doubtful_units import doubtful_units
from govtransparency.editions.edition import Edition
from govtransparency.editions.group_frameworks import (
    framework_files,
    groups_of_years,
    joint_framework,
    joint_leaves,
    own_or_shared,
    read_frameworks,
    unused_values,
)
from govtransparency.editions.heading_notes import heading_notes
from govtransparency.editions.joined_units import current_codes, under_current_codes
from govtransparency.editions.official_ranks import OfficialRanks, read_official
from govtransparency.editions.ranges_of_numbers import read_ranges
from govtransparency.editions.record_checks import record_problems
from govtransparency.editions.record_units import record_by_name
from govtransparency.editions.root import find_root
from govtransparency.editions.score_bands import bands_from
from govtransparency.editions.sheets import (
    column_of_units,
    group_problems,
    read_figures,
    read_sources,
    read_units,
    scales_of,
    sheet_files,
    table_problems,
    units_in,
)
from govtransparency.editions.weight_results import results_of_readings
from govtransparency.errors import Attempts, InputError, headed, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.methods import from_spec
from govtransparency.recipe import Recipe
from govtransparency.record.read_record import read_record
from govtransparency.schema import CURRENT, at_current_schema
from govtransparency.texts.bilingual import Text, joined, quoted, words
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.texts.problems.error_problems import HEADED
from govtransparency.texts.problems.recipe_problems import UNKNOWN_STEP
from govtransparency.weight_readings import READINGS
from govtransparency.weighting import WEIGHTERS, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.editions.config import Status
    from govtransparency.framework import Framework
    from govtransparency.weight_readings import WeightReading

__all__ = ["edition_folders", "edition_path", "list_editions", "read_edition"]

STEPS = tuple(step.name for step in fields(Recipe) if step.name != "framework")


@checked
def list_editions(root: str | Path | None = None) -> pd.DataFrame:
    """Return the editions there are.

    Parameters
    ----------
    root : path, optional
        ``data/raw``; by default the nearest one at or above the working folder.

    Returns
    -------
    DataFrame, one row per edition: index, year, status
        An empty status where ``edition.toml`` cannot be read.

    Examples
    --------
    >>> there = list_editions()
    >>> there[there["index"] == "tai"].values.tolist()
    [['tai', 2001, 'official']]
    """
    folders = edition_folders(root)
    rows = [(path.parent.name, int(path.name), _status(path / "edition.toml")) for path in folders]
    return pd.DataFrame(rows, columns=["index", "year", "status"])


def _status(toml: Path) -> str:
    """Return the status that a file states; nothing where it cannot be read, which is in nobody else's way."""
    with contextlib.suppress(InputError):
        return status_of(parse_toml(toml))
    return ""


def edition_folders(root: str | Path | None = None) -> list[Path]:
    """Return the folders of the editions there are, by index and year."""
    return sorted(path.parent for path in find_root(root).glob("*/*/edition.toml") if path.parent.name.isdecimal())


def edition_path(index: str, year: int | str, *, root: str | Path | None = None) -> Path:
    """Return the folder of an edition, or raise one error that lists those there are."""
    raw = find_root(root, index=index)
    folders = edition_folders(raw)
    named = list(dict.fromkeys(path.parent.name for path in folders))
    if index not in named:
        raise InputError(problems.NO_INDEX.format(index=index, nearest=nearest(index, named)), title="edition")
    years = [int(path.name) for path in folders if path.parent.name == index]
    if not re.fullmatch(r"\d{4}", str(year)) or int(year) not in years:
        raise InputError(problems.NO_EDITION.format(index=index, year=year, years=words(years)), title="edition")
    return raw / index / str(int(year))


@checked
def read_edition(index: str, year: int | str, *, root: str | Path | None = None) -> Edition:
    """Read and check an edition.

    Parameters
    ----------
    index : str
        The index, a folder of ``data/raw``.
    year : int or str
    root : path, optional
        ``data/raw``; by default the nearest one at or above the working folder, or that of the library for an index
        that is not there.

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
    with Arguments("read_edition"):
        path = edition_path(index, year, root=root)
    toml = path / "edition.toml"
    return _edition(path, at_current_schema(parse_toml(toml), file=str(toml)), path.parent.parent)


def _edition(path: Path, config: Mapping[str, Any], root: Path) -> Edition:
    """Return the edition in a folder, with what its ``edition.toml`` says."""
    toml, index, year = path / "edition.toml", path.parent.name, int(path.name)
    wrong: list[Text] = []
    faults = config_problems(config, index, year, toml.read_text(encoding="utf-8-sig"))  # in edition.toml
    readable = not faults
    attempt, within = Attempts(wrong), Attempts(faults)

    def refused() -> InputError:
        headings = (HEADED.format(title=toml, text=fault) for fault in faults)
        return InputError([*headings, *wrong], title=f"{index} {year}")

    groups = config.get("groups", {})
    known = bool(groups) and isinstance(groups, Mapping) and all(isinstance(of, Mapping) for of in groups.values())
    framework_of = framework_files(path, groups if known else {"": {}})
    frameworks = _frameworks(
        framework_of,
        config.get("weights"),
        lambda reading: _edition(path, {**config, "weights": reading}, root),
        wrong,
    )
    units_file = own_or_shared(path, "units.csv")
    elsewhere = None if units_file.parent == path else groups_of_years(path.parent)[0]
    units = attempt(lambda: read_units(units_file, groups, elsewhere=elsewhere)) if known else None
    sources = attempt(lambda: read_sources(path / "sources.csv"))
    scales = attempt(lambda: scales_of(config.get("scales", {}), toml))
    if frameworks is None or scales is None or not readable:
        raise refused()
    joint, leaves = joint_framework(frameworks), joint_leaves(frameworks)
    config = by_codes(config, codes_by_name(joint, config.get("variables", {})), leaves)
    faults += formula_problems(config, leaves)
    files = None if faults else attempt(lambda: sheet_files(path, config["sheets"], index, root))
    if files is None:
        raise refused()
    faults += unmatched_names(config, joint, leaves)
    figures = attempt(lambda: read_figures(files, config, joint, leaves, scales, units))
    if units is None:
        raise refused()
    official = attempt(lambda: read_official(path, config, units, root)) or OfficialRanks()
    record = attempt(lambda: record_by_name(read_record(index, root=root), units))
    if figures is not None and elsewhere is not None:
        figures = figures.of_units_there()
        units = units.loc[figures.table.index]
        sizes = group_problems(units["group"], units.index, groups)
        wrong += [HEADED.format(title=units_file, text=text) for text in sizes]
    wrong += [] if record is None else record_problems(record, units, year, path.parent)
    computed = None if figures is None else within(lambda: computed_columns(figures, config, joint, leaves))
    identities, derived, cells = computed or (None, None, None)
    if derived is not None:
        wrong += table_problems(derived, cells, frameworks, framework_of, units, config.get("derived", {}))
    corrections, ranges = (
        attempt(lambda: read_corrections(path, units["group"], frameworks, derived)),
        attempt(lambda: read_ranges(path, status_of(config), groups)),
    )
    columns = _OtherTables(units, index, year, root)
    recipes = within(lambda: _read_recipes(config, frameworks, None if wrong else derived, units["group"], columns))
    if (
        wrong
        or faults
        or figures is None
        or derived is None
        or sources is None
        or corrections is None
        or ranges is None
        or recipes is None
    ):
        raise refused()
    indicators = {group: list(recipe.framework.indicators) for group, recipe in recipes.items()}
    as_written = read_csv(units_file)
    read_otherwise = heading_notes(framework_of.values(), (units_file, as_written), path / "sources.csv", groups)
    raw = dict.fromkeys([*config.get("variables", {}), *used_columns(config, leaves)])
    return Edition(
        index=index,
        year=year,
        status=cast("Status", status_of(config)),
        title=config["title"],
        about=config.get("about", {}),
        groups={
            group: {"en": group, "zh": group} | {key: entry[key] for key in NAMED if key in entry}
            for group, entry in groups.items()
        },
        units=units,
        tables={group: derived.loc[units.index[units["group"] == group], codes] for group, codes in indicators.items()},
        variables=figures.table[[code for code in raw if code in figures.table and code not in joint.indicators]],
        marks=figures.marks,
        reading=reading_table([*read_otherwise, *figures.notes]),
        doubtful=tuple(
            doubtful_units(units_file.name, units_in(as_written, units_file), units.index, figures.named, figures.notes)
        ),
        identities=identities,
        sources=sources,
        recipes=recipes,
        unused=unused_values(figures.table, units["group"], frameworks),
        record=record,
        path=path,
        files=(
            *(toml, *dict.fromkeys(framework_of.values()), units_file),
            *filter(Path.exists, [path / "sources.csv", path / CORRECTIONS.name, path / RANGES.name]),
            *dict.fromkeys([*(file for file, _ in files), *official.files]),
            *columns.files([config.get("recipe", {}), *(entry.get("recipe", {}) for entry in groups.values())]),
        ),
        declarations=config.get("declarations", {}),
        display={key: choices[0] for key, choices in DISPLAY.items()} | config.get("display", {}),
        scales=scales,
        bands=bands_from(config["bands"]) if "bands" in config else None,
        seed=config.get("seed", SEED),
        not_applicable=dict.fromkeys(indicators, cells),
        official=official.table,
        contact=config.get("contact", {}),
        corrections=corrections,
        uncounted=official.uncounted,
        ranges=ranges,
    )


def _frameworks(
    files: Mapping[str, Path], weights: Any, again: Callable[[WeightReading], Edition], wrong: list[Text]
) -> dict[str, Framework] | None:
    """Return the framework of each group; where its weights have two readings, tell the results of both as well."""
    reading = weights if weights is None or weights in READINGS else READINGS[1]  # else told as unknown
    frameworks: dict[str, Framework] | None = Attempts(wrong)(partial(read_frameworks, files, reading))
    if frameworks is None and weights is None:
        wrong[-1] = joined(wrong[-1], *results_of_readings(again))
    return frameworks


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
            path = own_or_shared(self.root / self.index / str(self.year), "units.csv")
            return column_of_units(self.units, name, path, divides=divides)
        if not re.fullmatch(r"\d{4}", name, re.ASCII) or int(name) >= self.year:
            raise InputError(problems.NO_EARLIER_YEAR.format(spec=spec, year=self.year))
        earlier = read_edition(self.index, name, root=self.root)
        return under_current_codes(pd.concat(earlier.tables.values()), current_codes([earlier.units, self.units])[0])

    def files(self, spec: Any) -> list[Path]:
        """Return the files that a recipe refers to, each once."""
        if isinstance(spec, (Mapping, list)):
            parts = spec.values() if isinstance(spec, Mapping) else spec
            return list(dict.fromkeys(file for part in parts for file in self.files(part)))
        return [self.resolve(spec)] if isinstance(spec, str) and spec.startswith("file:") else []


def _read_recipes(
    config: Mapping[str, Any],
    frameworks: Mapping[str, Framework],
    table: pd.DataFrame | None,
    groups: pd.Series,
    others: _OtherTables,
) -> dict[str, Recipe]:
    """Return the official recipe of each group: ``[recipe]``, with the steps of ``[groups.<group>.recipe]`` in place.

    Groups with one framework file and the same steps share a recipe; weights taken from the data are then those of
    all their units together. `groups` has the group of each unit.
    """
    specs = {group: config.get("recipe", {}) | entry.get("recipe", {}) for group, entry in config["groups"].items()}
    families: dict[tuple[int, str], list[str]] = {}
    for group, spec in specs.items():
        families.setdefault((id(frameworks[group]), repr(spec)), []).append(group)
    recipes: dict[str, Recipe] = {}
    wrong: dict[Text, list[str]] = {}
    for family in families.values():
        own = None if table is None else table[groups.isin(family)]
        try:
            recipe = _read_recipe(specs[family[0]], frameworks[family[0]], own, others)
        except InputError as error:
            for text in headed(error):
                wrong.setdefault(text, []).extend(family)
        else:
            recipes |= dict.fromkeys(family, recipe)
    if wrong:
        raise InputError(
            [
                text if len(of) == len(specs) else problems.RECIPE_OF_GROUPS.format(groups=quoted(of), problem=text)
                for text, of in wrong.items()
            ]
        )
    return {group: recipes[group] for group in specs}


def _read_recipe(
    config: Mapping[str, Any], framework: Framework, table: pd.DataFrame | None, others: _OtherTables
) -> Recipe:
    """Return the official recipe; the weighters named by its ``weight`` set the weights of the framework."""
    spec = {"schema": CURRENT} | {key: item for key, item in config.items() if key in STEPS}
    unknown = [key for key in config if key not in (*STEPS, "weight")]
    told = [UNKNOWN_STEP.format(step=key, nearest=nearest(key, (*STEPS, "weight"))) for key in unknown]
    wrong: list[Text] = [HEADED.format(title="recipe", text=text) for text in told]
    attempt = Attempts(wrong)
    recipe = attempt(lambda: Recipe.from_dict(others.resolve(spec), framework))
    method = attempt(
        lambda: from_spec(others.resolve(config["weight"]), WEIGHTERS, what="weight") if "weight" in config else None
    )
    if recipe is not None:
        wrong += treated_codes(recipe)
    if wrong:
        raise InputError(wrong)
    if method is None or table is None:
        return recipe
    return replace(recipe, framework=weigh(framework, table[list(framework.indicators)], method=method))
