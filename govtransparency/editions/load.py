"""One year of one index, read from its folder and checked as a whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from govtransparency.data import (
    Column,
    Scale,
    columns_of,
    indicator_values,
    names_of,
    read_marks,
    read_sheet,
    sheet_values,
)
from govtransparency.editions.derive import check_identities, derive
from govtransparency.editions.download import original_file
from govtransparency.editions.publisher import original_cells, original_problems
from govtransparency.editions.root import find_root
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework, read_framework
from govtransparency.index import Recipe
from govtransparency.methods import from_spec
from govtransparency.record.read import Record, read_record
from govtransparency.tables import read_csv, to_number
from govtransparency.weighting import WEIGHTERS, weigh

__all__ = ["STATUSES", "Edition", "find_root", "list_editions", "read_edition"]

STATUSES = ("official", "published", "third-party", "self-reported", "simulated")
KINDS = ("table", "marks")
FILE_NAME = r"[\w.\- ]+\.csv"
SEED = 2024  # of an edition that declares none
REQUIRED = ("index", "year", "status", "title", "groups", "sheets")
DISPLAY = {"table": ("league", "tiers")}
OPTIONAL = ("about", "scales", "variables", "derived", "identities", "recipe", "declarations", "display", "seed")


@dataclass(frozen=True)
class Edition:
    """One year of one index.

    Attributes
    ----------
    index : str
    year : int
    status : str
        What the figures are: official, published, third-party, self-reported or simulated.
    title, about : dict of language to text
    groups : dict of code to {language: name}
        In the order of ``edition.toml``.
    framework : Framework
    units : DataFrame, indexed by unit
        Columns group, name_en, name_zh and whatever else ``units.csv`` has, as text.
    tables : dict of group to DataFrame, units x indicators
    variables : DataFrame, units x raw variables; without columns where there are none
    marks : DataFrame or None
        All assessors' marks, as `govtransparency.read_marks` gives them.
    identities : DataFrame
        What `check_identities` found.
    sources : DataFrame
    declarations : dict of name to {language: text}
        Choices the edition declares, such as which of two contradictory sources it follows.
    display : dict
        What the report shows: ``table``, either ``league`` (the default: every unit at its rank) or ``tiers``
        (intervals of rank and groups of units that cannot be told apart, and no unit at a rank).
    recipe : Recipe
        The official one.
    record : Record or None
        What the publisher has made public.
    path : Path
        Its folder.
    files : tuple of Path
        Every file that was read.
    seed : int
        Of every random draw of a report; 2024 where ``edition.toml`` declares none.
    """

    index: str
    year: int
    status: str
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
    declarations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    display: Mapping[str, Any] = field(default_factory=dict)
    seed: int = SEED


def list_editions(root: str | Path | None = None) -> pd.DataFrame:
    """Return the editions there are: columns index, year, status; in that order."""
    rows = []
    for path in sorted(find_root(root).glob("*/*/edition.toml")):
        if path.parent.name.isdigit():
            status = _parse_toml(path).get("status", "")
            rows.append((path.parent.parent.name, int(path.parent.name), status))
    return pd.DataFrame(rows, columns=["index", "year", "status"])


def edition_path(index: str, year: int | str, *, root: str | Path | None = None) -> Path:
    """Return the folder of an edition, or raise one error that lists those there are."""
    there = list_editions(root)
    named = there["index"].unique().tolist()
    if index not in named:
        raise InputError(f"index {index!r} does not exist; {nearest(index, named)}", title="edition")
    years = there.loc[there["index"] == index, "year"].tolist()
    if not re.fullmatch(r"\d{4}", str(year)) or int(year) not in years:
        raise InputError(f"{index} has no edition {year!r}; there are: {', '.join(map(str, years))}", title="edition")
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
        Listing every problem of all its files, each with file and line.
    """
    path = edition_path(index, year, root=root)
    toml = path / "edition.toml"
    config = _parse_toml(toml)
    problems = [f"{toml}: {problem}" for problem in _config_problems(config, index, int(year))]
    attempt = _Attempts(problems)
    framework = attempt(lambda: read_framework(path / "framework.csv"))
    units = attempt(lambda: _read_units(path / "units.csv", config.get("groups", {})))
    sources = attempt(lambda: read_csv(path / "sources.csv").reset_index(drop=True))
    scales = attempt(lambda: _scales(config.get("scales", {}), toml))
    if framework is None or units is None or problems:
        raise InputError(problems, title=f"{index} {year}")
    files = attempt(lambda: _sheet_files(path, config["sheets"], index, find_root(root)))
    if files is None:
        raise InputError(problems, title=f"{index} {year}")
    marks = attempt(lambda: _read_all_marks(path, config, framework, scales, units))
    table = attempt(lambda: _read_all_sheets(files, config, framework, scales, units, marks))
    record = attempt(lambda: read_record(index, root=find_root(root)))
    identities = derived = None
    if table is not None:
        identities = attempt(lambda: check_identities(table, config.get("identities", {})))
        derived = attempt(lambda: derive(table, config.get("derived", {})))
    if derived is not None:
        problems += _table_problems(derived, framework, units, config)
    columns = _OtherTables(units, index, int(year), find_root(root))
    recipe = attempt(lambda: _read_recipe(config.get("recipe", {}), framework, derived, columns))
    if problems or derived is None or identities is None or sources is None or recipe is None:
        raise InputError(problems, title=f"{index} {year}")
    framework = recipe.framework
    codes = list(framework.indicators)
    return Edition(
        index=index,
        year=int(year),
        status=config["status"],
        title=config["title"],
        about=config.get("about", {}),
        groups={group: {"en": group, "zh": group} | names for group, names in config["groups"].items()},
        framework=framework,
        units=units,
        tables={group: derived.loc[units.index[units["group"] == group], codes] for group in config["groups"]},
        variables=table[[code for code in config.get("variables", {}) if code in table]],
        marks=marks,
        identities=identities,
        sources=sources,
        recipe=recipe,
        record=record,
        path=path,
        files=(
            *(toml, path / "framework.csv", path / "units.csv", path / "sources.csv", *files),
            *_named_files(columns.resolve(config.get("recipe", {}))),
        ),
        declarations=config.get("declarations", {}),
        display={key: choices[0] for key, choices in DISPLAY.items()} | config.get("display", {}),
        seed=config.get("seed", SEED),
    )


@dataclass(frozen=True)
class _OtherTables:
    """The tables that a recipe in ``edition.toml`` may refer to by a text.

    ``units:column`` is that column of ``units.csv``, as numbers where all its cells are; ``edition:year`` is the table
    of an earlier edition of the index, all groups together; ``file:name.csv`` is that file of the edition's folder, as
    a path for the method to read (experts' points, comparisons).
    """

    units: pd.DataFrame
    index: str
    year: int
    root: Path

    def resolve(self, spec: Any) -> Any:
        """Return the spec with every such text replaced by its table."""
        if isinstance(spec, Mapping):
            return {key: self.resolve(item) for key, item in spec.items()}
        if isinstance(spec, list):
            return [self.resolve(item) for item in spec]
        kind, separator, name = spec.partition(":") if isinstance(spec, str) else ("", "", "")
        if not separator or kind not in ("units", "edition", "file"):
            return spec
        if kind == "file":
            if not re.fullmatch(FILE_NAME, name):
                raise InputError(f"{spec!r}: expected the name of a CSV file in the edition's folder")
            return self.root / self.index / str(self.year) / name
        if kind == "units":
            if name not in self.units:
                raise InputError(f"{spec!r}: units.csv has no such column; {nearest(name, self.units.columns)}")
            numbers = [to_number(cell) for cell in self.units[name]]
            return self.units[name] if None in numbers else pd.Series(numbers, index=self.units.index, dtype=float)
        if not name.isdigit() or int(name) >= self.year:
            raise InputError(f"{spec!r}: expected the year of an earlier edition than {self.year}")
        return pd.concat(read_edition(self.index, name, root=self.root).tables.values())


def _named_files(spec: Any) -> list[Path]:
    """Return the files that a resolved recipe refers to, each once."""
    if isinstance(spec, (Mapping, list)):
        parts = spec.values() if isinstance(spec, Mapping) else spec
        return list(dict.fromkeys(file for part in parts for file in _named_files(part)))
    return [spec] if isinstance(spec, Path) else []


def _read_recipe(
    config: Mapping[str, Any], framework: Framework, table: pd.DataFrame | None, others: _OtherTables
) -> Recipe:
    """Return the official recipe; its ``weight``, weighters by name, gives the framework its weights."""
    spec = {key: item for key, item in config.items() if key != "weight"}
    recipe = Recipe.from_dict(others.resolve(spec), framework)
    if "weight" not in config or table is None:
        return recipe
    method = from_spec(others.resolve(config["weight"]), WEIGHTERS, what="weight")
    return replace(recipe, framework=weigh(framework, table[list(framework.indicators)], method=method))


class _Attempts:
    """Run steps, collecting the problems of those that fail, so that one error can list them all."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems

    def __call__(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except InputError as error:
            self.problems += [f"{error.title}: {problem}" if error.title else problem for problem in error.problems]
            return None


def _parse_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save the file as UTF-8", title=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(error), title=str(path)) from None


def _config_problems(config: Mapping[str, Any], index: str, year: int) -> list[str]:
    problems = [f"{key!r} is missing" for key in REQUIRED if key not in config]
    problems += [
        f"{key!r} is unknown; {nearest(key, (*REQUIRED, *OPTIONAL))}"
        for key in config
        if key not in (*REQUIRED, *OPTIONAL)
    ]
    if config.get("index", index) != index:
        problems.append(f"index is {config['index']!r}, but the folder is {index!r}")
    if config.get("year", year) != year:
        problems.append(f"year is {config['year']!r}, but the folder is {year}")
    if "status" in config and config["status"] not in STATUSES:
        problems.append(f"status {config['status']!r} is unknown; {nearest(config['status'], STATUSES)}")
    seed = config.get("seed", SEED)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        problems.append(f"seed {seed!r}: expected a whole number, 0 or more")
    for key in ("title", "about"):
        if not isinstance(config.get(key, {}), Mapping) or (key in config and {"en", "zh"} - set(config[key])):
            problems.append(f"{key}: expected {{ en = ..., zh = ... }}")
    if not isinstance(config.get("groups", {}), Mapping) or not config.get("groups", {"": {}}):
        problems.append("groups: expected a table, one entry a group")
    display = config.get("display", {})
    if not isinstance(display, Mapping):
        problems.append(f"display: expected a table with {', '.join(DISPLAY)}")
    for key, choice in display.items() if isinstance(display, Mapping) else ():
        if key not in DISPLAY:
            problems.append(f"display: {key!r} is unknown; {nearest(key, DISPLAY)}")
        elif choice not in DISPLAY[key]:
            problems.append(f"display: {key} = {choice!r} is unknown; {nearest(choice, DISPLAY[key])}")
    sheets = config.get("sheets", [])
    if not isinstance(sheets, list) or not all(isinstance(sheet, Mapping) for sheet in sheets):
        return [*problems, "sheets: expected [[sheets]] tables, each with file and kind"]
    for sheet in sheets:
        if "original" in sheet:
            problems += original_problems(sheet)
            continue
        file, kind = sheet.get("file", ""), sheet.get("kind", "table")
        if not re.fullmatch(FILE_NAME, str(file)):
            problems.append(f"sheet {file!r}: expected the name of a CSV file in the edition's folder")
        if kind not in KINDS:
            problems.append(f"sheet {file!r}: kind {kind!r} is unknown; {nearest(kind, KINDS)}")
    if "sheets" in config and not sheets:
        problems.append("sheets: none given")
    return problems


def _read_units(path: Path, groups: Mapping[str, Any]) -> pd.DataFrame:
    table = read_csv(path)
    only = next(iter(groups)) if len(groups) == 1 else None
    if "group" not in table and only is not None:
        table = table.assign(group=only)
    if lacking := [column for column in ("unit", "group") if column not in table]:
        raise InputError([f"column {column!r} is missing" for column in lacking], title=str(path))
    problems = []
    for line, row in table.iterrows():
        if not row["unit"]:
            problems.append(f"line {line}: the unit is empty")
        if row["group"] not in groups:
            problems.append(
                f"line {line}, unit {row['unit']!r}: group {row['group']!r} is unknown; {nearest(row['group'], groups)}"
            )
    for line, unit in table.loc[table["unit"].duplicated(), "unit"].items():
        problems.append(f"line {line}: unit {unit!r} already stands on line {table.index[table['unit'] == unit][0]}")
    sizes = table["group"].value_counts()
    for group, names in groups.items():
        size = int(sizes.get(group, 0))
        if size < 2:
            who = f" ({', '.join(table.loc[table['group'] == group, 'unit'])})" if size else ""
            problems.append(f"group {group!r} has {size or 'no'} unit{who}; a ranking needs at least two")
        elif "size" in names and names["size"] != size:
            problems.append(f"group {group!r} has {size} units; edition.toml says {names['size']}")
    if problems:
        raise InputError(problems, title=str(path))
    for column, other in (("name_en", "name_zh"), ("name_zh", "name_en")):
        if column not in table:
            table[column] = table.get(other, table["unit"])
        table[column] = table[column].where(table[column] != "", table.get(other, table["unit"]))
        table[column] = table[column].where(table[column] != "", table["unit"])
    return table.set_index("unit")


def _scales(config: Mapping[str, Any], path: Path) -> dict[str, Scale]:
    scales, problems = {}, []
    for unit, options in config.items():
        try:
            scale = Scale(**options)
            scales[unit] = Scale(
                tuple(map(float, scale.values)), float(scale.low), float(scale.high), bool(scale.integer)
            )
        except (TypeError, ValueError):
            problems.append(f"scale {unit!r}: expected values = [...], or low, high and integer; got {options!r}")
    if problems:
        raise InputError(problems, title=str(path))
    return scales


def _sheet_files(path: Path, sheets: list[Mapping[str, Any]], index: str, root: Path) -> list[Path]:
    """Return the file of each sheet, in the edition's folder or among the publisher's files that were fetched."""
    problems: list[str] = []
    attempt = _Attempts(problems)
    files = [
        attempt(partial(original_file, index, sheet["original"], root=root))
        if "original" in sheet
        else path / sheet["file"]
        for sheet in sheets
    ]
    if problems:
        raise InputError(problems)
    return files


def _read_all_marks(
    path: Path, config: Mapping[str, Any], framework: Framework, scales: Mapping[str, Scale], units: pd.DataFrame
) -> pd.DataFrame | None:
    files = [path / sheet["file"] for sheet in config["sheets"] if sheet.get("kind") == "marks"]
    problems: list[str] = []
    attempt = _Attempts(problems)
    known = dict.fromkeys(units.index)
    parts = [attempt(partial(read_marks, file, framework, scales=scales, units=known)) for file in files]
    if problems:
        raise InputError(problems)
    return pd.concat(parts, ignore_index=True) if parts else None


def _read_all_sheets(
    paths: list[Path],
    config: Mapping[str, Any],
    framework: Framework,
    scales: Mapping[str, Scale],
    units: pd.DataFrame,
    marks: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return every value read from the sheets and marks: units x (variables and indicators)."""
    columns = {
        code: Column(code, item.get("unit", "") == "%", scales.get(item.get("unit", "")))
        for code, item in config.get("variables", {}).items()
    }
    columns |= {
        code: column
        for code, column in columns_of(framework, scales=scales).items()
        if code not in config.get("derived", {})
    }
    problems: list[str] = []
    attempt = _Attempts(problems)
    known, names = dict.fromkeys(units.index), names_of(framework)
    files = [
        (file, sheet)
        for file, sheet in zip(paths, config["sheets"], strict=True)
        if sheet.get("kind", "table") == "table"
    ]
    parts = [attempt(partial(_read_one_sheet, file, sheet, columns, names, known)) for file, sheet in files]
    if marks is not None:
        assessed = indicator_values(marks, framework)
        parts.append(assessed.loc[:, assessed.notna().any()])
    if problems:
        raise InputError(problems)
    values: dict[str, pd.Series] = {}
    for part, name in zip(parts, [*(file.name for file, _ in files), "marks"], strict=False):
        for code in part:
            given = part[code].dropna()
            there = values.get(code, pd.Series(dtype=float)).dropna()
            if not (twice := there.index.intersection(given.index)).empty:
                problems.append(f"{name}: {code!r} of unit {twice[0]!r} stands in another sheet too")
            full = given.reindex(units.index)
            values[code] = values[code].fillna(full) if code in values else full
    if problems:
        raise InputError(problems)
    return pd.DataFrame(values, index=units.index)


def _read_one_sheet(
    file: Path,
    sheet: Mapping[str, Any],
    columns: Mapping[str, Column],
    names: Mapping[str, str],
    units: Mapping[str, None],
) -> pd.DataFrame:
    if "original" not in sheet:
        return read_sheet(file, columns, names=names, units=units)
    return sheet_values(original_cells(file, sheet, columns), columns, units=units, title=str(file))


def _table_problems(
    table: pd.DataFrame, framework: Framework, units: pd.DataFrame, config: Mapping[str, Any]
) -> list[str]:
    unknown = [code for code in config.get("derived", {}) if code not in framework.indicators and code not in table]
    problems = [f"derived {code!r} is no indicator; {nearest(code, framework.indicators)}" for code in unknown]
    for code in framework.indicators:
        if code not in table:
            problems.append(f"indicator {code!r}: no sheet has a value for it and it is not derived")
            continue
        for group in config["groups"]:
            values = table.loc[units["group"] == group, code]
            if values.notna().sum() == 0:
                problems.append(
                    f"indicator {code!r}: wholly missing in group {group!r}; it would score nobody, "
                    "so fill it or take it out of framework.csv"
                )
    return problems
