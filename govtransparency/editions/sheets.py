"""The units and sheets of an edition: into one table, units x (variables and indicators)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.data.marks import indicator_values, read_marks
from govtransparency.data.sheet import UNIT, Column, Scale, columns_of, names_of, read_sheet, sheet_values
from govtransparency.editions.config import SCALE
from govtransparency.editions.download import original_file
from govtransparency.editions.original_files import original_cells
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.framework import Framework

__all__ = ["listed_units", "read_all_marks", "read_sheets", "read_units", "scales_of", "sheet_files", "table_problems"]


def read_units(path: Path, groups: Mapping[str, Any]) -> pd.DataFrame:
    """Read ``units.csv``: group, names and whatever else it has, by unit."""
    table = _units_as_text(path)
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


def _units_as_text(path: Path) -> pd.DataFrame:
    """Return ``units.csv``, in which the units' column may have its Chinese name, as in a sheet."""
    table = read_csv(path)
    return table if "unit" in table else table.rename(columns=dict.fromkeys(UNIT, "unit"))


def listed_units(path: Path) -> pd.DataFrame | None:
    """Return the units that a faulty ``units.csv`` names, by which to check the sheets all the same, or None."""
    try:
        units = pd.DataFrame(index=pd.Index(_units_as_text(path)["unit"].unique(), name="unit"))
    except (InputError, KeyError):
        return None
    return units if len(units) else None


def scales_of(config: Mapping[str, Any], path: Path) -> dict[str, Scale]:
    """Return the scales that ``edition.toml`` declares, by the text of their unit."""
    scales, problems = {}, []
    for unit, options in config.items() if isinstance(config, Mapping) else ():
        if (scale := _scale(options)) is None:
            problems.append(f"scale {unit!r}: expected values = [...], or low, high and integer; got {options!r}")
        else:
            scales[unit] = scale
    if problems:
        raise InputError(problems, title=str(path))
    return scales


def _scale(options: Any) -> Scale | None:
    """Return the scale that plain data describes, or None where it describes none."""

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
    problems: list[str] = []
    attempt = Attempts(problems)
    files = [
        attempt(partial(original_file, index, sheet["original"], root=root))
        if "original" in sheet
        else path / sheet["file"]
        for sheet in sheets
    ]
    if problems:
        raise InputError(problems)
    return files


def read_all_marks(
    path: Path, config: Mapping[str, Any], framework: Framework, scales: Mapping[str, Scale], units: pd.DataFrame
) -> pd.DataFrame | None:
    """Read the assessors' marks of all sheets that hold marks; None without any."""
    sheets = [sheet for sheet in config["sheets"] if sheet.get("kind") == "marks"]
    problems: list[str] = []
    attempt = Attempts(problems)
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
    if problems:
        raise InputError(problems)
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
    problems: list[str] = []
    attempt = Attempts(problems)
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
    missing = sheet.get("missing", ())
    if "original" not in sheet:
        return read_sheet(file, columns, names=names, units=units, missing=missing)
    cells = original_cells(file, sheet, columns)
    return sheet_values(cells, columns, units=units, missing=missing, title=str(file))


def table_problems(
    table: pd.DataFrame, framework: Framework, units: pd.DataFrame, config: Mapping[str, Any], path: Path
) -> list[str]:
    """Say which indicators have no value, or none in a group, with the file of the folder that names them."""
    listed = path / "framework.csv"
    unknown = [code for code in config.get("derived", {}) if code not in framework.indicators and code not in table]
    problems = [
        f"{path / 'edition.toml'}: derived {code!r} is no indicator; {nearest(code, framework.indicators)}"
        for code in unknown
    ]
    for code in framework.indicators:
        if code not in table:
            problems.append(f"{listed}: indicator {code!r}: no sheet has a value for it and it is not derived")
            continue
        for group in config["groups"]:
            values = table.loc[units["group"] == group, code]
            if values.notna().sum() == 0:
                problems.append(
                    f"{listed}: indicator {code!r}: wholly missing in group {group!r}; it would score nobody, "
                    "so fill it or take it out of framework.csv"
                )
    return problems
