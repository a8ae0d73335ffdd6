"""The units and sheets of an edition: into one table, units x (variables and indicators)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.control_characters import control_problems
from govtransparency.csv_files import read_csv
from govtransparency.data.marks import indicator_values, read_marks
from govtransparency.data.sheet import UNIT, Column, Scale, columns_of, names_of, read_sheet, sheet_values
from govtransparency.editions.config import SCALE
from govtransparency.editions.download import original_file
from govtransparency.editions.original_files import original_cells
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.texts.problems import edition_problems
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = [
    "listed_units",
    "read_all_marks",
    "read_sheets",
    "read_sources",
    "read_units",
    "scales_of",
    "sheet_files",
    "table_problems",
]


def read_units(path: Path, groups: Mapping[str, Any]) -> pd.DataFrame:
    """Read ``units.csv``: group, names and whatever else it has, by unit."""
    table = _units_as_text(path)
    only = next(iter(groups)) if len(groups) == 1 else None
    if "group" not in table and only is not None:
        table = table.assign(group=only)
    if lacking := [column for column in ("unit", "group") if column not in table]:
        raise InputError([problems.NO_COLUMN.format(column=column) for column in lacking], title=str(path))
    if wrong := [*control_problems(table), *_unit_problems(table, groups), *_group_problems(table, groups)]:
        raise InputError(wrong, title=str(path))
    for column, other in (("name_en", "name_zh"), ("name_zh", "name_en")):
        if column not in table:
            table[column] = table.get(other, table["unit"])
        table[column] = table[column].where(table[column] != "", table.get(other, table["unit"]))
        table[column] = table[column].where(table[column] != "", table["unit"])
    return table.set_index("unit")


def read_sources(path: Path) -> pd.DataFrame:
    """Read ``sources.csv``; its texts may have several lines."""
    table = read_csv(path)
    if wrong := list(control_problems(table, lines=table.columns)):
        raise InputError(wrong, title=str(path))
    return table.reset_index(drop=True)


def _unit_problems(table: pd.DataFrame, groups: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with the lines of ``units.csv``."""
    for line, row in table.iterrows():
        if not row["unit"]:
            yield problems.NO_UNIT.format(line=line)
        if (group := row["group"]) not in groups:
            known = nearest(group, groups)
            yield problems.UNKNOWN_GROUP.format(line=line, unit=row["unit"], group=group, nearest=known)
    for line, unit in table.loc[table["unit"].duplicated(), "unit"].items():
        yield problems.DUPLICATE_UNIT.format(line=line, unit=unit, first=table.index[table["unit"] == unit][0])


def _group_problems(table: pd.DataFrame, groups: Mapping[str, Any]) -> Iterator[Text]:
    """Give the groups that are too small to be ranked or not of the declared size."""
    for group, names in groups.items():
        units = table.loc[table["group"] == group, "unit"]
        if units.empty:
            yield problems.EMPTY_GROUP.format(group=group)
        elif len(units) == 1:
            yield problems.ONE_UNIT.format(group=group, unit=units.iloc[0])
        elif names.get("size", len(units)) != len(units):
            yield problems.SIZE.format(group=group, size=len(units), expected=names["size"])


def _units_as_text(path: Path) -> pd.DataFrame:
    """Return ``units.csv``; the column of units may have its Chinese name, as in a sheet."""
    table = read_csv(path)
    return table if "unit" in table else table.rename(columns=dict.fromkeys(UNIT, "unit"))


def listed_units(path: Path) -> pd.DataFrame | None:
    """Return the units named in a faulty ``units.csv``, so that the sheets can be checked all the same, or None."""
    try:
        units = pd.DataFrame(index=pd.Index(_units_as_text(path)["unit"].unique(), name="unit"))
    except (InputError, KeyError):
        return None
    return units if len(units) else None


def scales_of(config: Mapping[str, Any], path: Path) -> dict[str, Scale]:
    """Return the scales that ``edition.toml`` declares, by the text of their unit."""
    scales, wrong = {}, []
    for unit, options in config.items() if isinstance(config, Mapping) else ():
        if (scale := _scale(options)) is None:
            wrong.append(edition_problems.SCALE.format(unit=unit, value=options))
        else:
            scales[unit] = scale
    if wrong:
        raise InputError(wrong, title=str(path))
    return scales


def _scale(options: Any) -> Scale | None:
    """Return the scale that plain data describes, or None where they do not describe a scale."""

    def numbers(*given: Any) -> bool:
        return all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in given)

    if not isinstance(options, Mapping):
        return None
    values, low, high = options.get("values", []), options.get("low", -math.inf), options.get("high", math.inf)
    integer = options.get("integer", False)
    if set(options) - set(SCALE) or not isinstance(integer, bool):
        return None
    if not isinstance(values, list) or not numbers(*values, low, high) or low > high:
        return None
    return Scale(tuple(map(float, values)), float(low), float(high), integer)


def sheet_files(path: Path, sheets: list[Mapping[str, Any]], index: str, root: Path) -> list[Path]:
    """Return the file of each sheet, in the edition's folder or among the publisher's files that were fetched."""
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    files = [
        attempt(partial(original_file, index, sheet["original"], root=root))
        if "original" in sheet
        else path / sheet["file"]
        for sheet in sheets
    ]
    if wrong:
        raise InputError(wrong)
    return files


def read_all_marks(
    path: Path, config: Mapping[str, Any], framework: Framework, scales: Mapping[str, Scale], units: pd.DataFrame
) -> pd.DataFrame | None:
    """Read the assessors' marks of all sheets that hold marks; None without any."""
    sheets = [sheet for sheet in config["sheets"] if sheet.get("kind") == "marks"]
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    known = dict.fromkeys(units.index)
    parts = [
        attempt(
            partial(
                read_marks,
                path / sheet["file"],
                framework,
                scales=scales,
                units=known,
                missing=sheet.get("missing", ()),
            )
        )
        for sheet in sheets
    ]
    if wrong:
        raise InputError(wrong)
    return pd.concat(parts, ignore_index=True) if parts else None


def read_sheets(
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
    wrong: list[Text] = []
    attempt = Attempts(wrong)
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
    if wrong:
        raise InputError(wrong)
    values: dict[str, pd.Series] = {}
    for part, name in zip(parts, [*(file.name for file, _ in files), "marks"], strict=False):
        for code in part:
            given = part[code].dropna()
            there = values.get(code, pd.Series(dtype=float)).dropna()
            if not (twice := there.index.intersection(given.index)).empty:
                wrong.append(problems.IN_ANOTHER_SHEET.format(file=name, code=code, unit=twice[0]))
            full = given.reindex(units.index)
            values[code] = values[code].fillna(full) if code in values else full
    if wrong:
        raise InputError(wrong)
    return pd.DataFrame(values, index=units.index)


def _read_one_sheet(
    file: Path,
    sheet: Mapping[str, Any],
    columns: Mapping[str, Column],
    names: Mapping[str, str],
    units: Mapping[str, None],
) -> pd.DataFrame:
    missing = sheet.get("missing", ())
    if "original" not in sheet:
        return read_sheet(file, columns, names=names, units=units, missing=missing)
    cells = original_cells(file, sheet, columns)
    return sheet_values(cells, columns, units=units, missing=missing, title=str(file))


def table_problems(
    table: pd.DataFrame, framework: Framework, units: pd.DataFrame, config: Mapping[str, Any], path: Path
) -> list[Text]:
    """Return which indicators have no value, or none in a group, with the file that names them."""
    listed = path / "framework.csv"
    unknown = [code for code in config.get("derived", {}) if code not in framework.indicators and code not in table]
    toml = path / "edition.toml"
    found = [
        edition_problems.DERIVED_NO_INDICATOR.format(file=toml, code=code, nearest=nearest(code, framework.indicators))
        for code in unknown
    ]
    for code in framework.indicators:
        if code not in table:
            found.append(edition_problems.NO_VALUES.format(file=listed, code=code))
            continue
        for group in config["groups"]:
            values = table.loc[units["group"] == group, code]
            if values.notna().sum() == 0:
                found.append(edition_problems.NO_VALUES_IN_GROUP.format(file=listed, code=code, group=group))
    return found
