"""The units and sheets of an edition: into one table, units x (variables and indicators)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.arguments import is_number, is_whole
from govtransparency.csv_files import read_csv
from govtransparency.data.marks import indicator_values, read_marks
from govtransparency.data.sheet import UNIT, Column, Scale, columns_of, names_of, read_sheet, sheet_values
from govtransparency.editions.config import SCALE
from govtransparency.editions.derive import formulas_of, used_columns
from govtransparency.editions.download import original_file
from govtransparency.editions.original_files import original_cells
from govtransparency.errors import Attempts, InputError, closest, nearest
from govtransparency.texts.problems import edition_problems
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["read_all_marks", "read_sheets", "read_units", "scales_of", "sheet_files", "table_problems"]


def read_units(path: Path, groups: Mapping[str, Any]) -> pd.DataFrame:
    """Read ``units.csv``: group, names and whatever else it has, by unit."""
    table = _units_as_text(path)
    only = next(iter(groups)) if len(groups) == 1 else None
    if "group" not in table and only is not None:
        table = table.assign(group=only)
    if lacking := [column for column in ("unit", "group") if column not in table]:
        raise InputError([problems.NO_COLUMN.format(column=column) for column in lacking], title=str(path))
    if wrong := [*_unit_problems(table, groups)] or [*_group_problems(table, groups)]:
        raise InputError(wrong, title=str(path))
    for column, other in (("name_en", "name_zh"), ("name_zh", "name_en")):
        if column not in table:
            table[column] = table.get(other, table["unit"])
        table[column] = table[column].where(table[column] != "", table.get(other, table["unit"]))
        table[column] = table[column].where(table[column] != "", table["unit"])
    return table.set_index("unit")


def _unit_problems(table: pd.DataFrame, groups: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with the lines of ``units.csv``."""
    for line, row in table.iterrows():
        if not row["unit"]:
            yield problems.NO_UNIT.format(line=line)
    for group, rows in table[~table["group"].isin(list(groups))].groupby("group", sort=False):
        place = {"line": rows.index[0], "unit": rows["unit"].iloc[0], "group": group, "nearest": nearest(group, groups)}
        problem = problems.UNKNOWN_GROUP.format(**place)
        yield problem if len(rows) == 1 else problems.AND_OTHERS.format(problem=problem, count=len(rows) - 1)
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
        elif is_whole(size := names.get("size", len(units))) and size != len(units):
            yield problems.SIZE.format(group=group, size=len(units), expected=size)


def _units_as_text(path: Path) -> pd.DataFrame:
    """Return ``units.csv``; the column of units may have its Chinese name, as in a sheet."""
    table = read_csv(path)
    return table if "unit" in table else table.rename(columns=dict.fromkeys(UNIT, "unit"))


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
    """Return the scale that plain data describes, or None where they describe none that a value could be on or off."""
    if not isinstance(options, Mapping) or set(options) - set(SCALE):
        return None
    values, integer = options.get("values", []), options.get("integer", False)
    limits = {key: options[key] for key in ("low", "high") if key in options}
    if not isinstance(values, list) or not isinstance(integer, bool):
        return None
    if not all(is_number(item) and math.isfinite(item) for item in (*values, *limits.values())):
        return None
    if bool(values) == bool(limits or integer):
        return None
    scale = Scale(tuple(map(float, values)), **{key: float(limit) for key, limit in limits.items()}, integer=integer)
    lowest = math.ceil(scale.low) if integer and "low" in limits else scale.low
    return scale if lowest <= scale.high else None


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
    path: Path, config: Mapping[str, Any], framework: Framework, scales: Mapping[str, Scale], units: pd.DataFrame | None
) -> pd.DataFrame | None:
    """Read the assessors' marks of all sheets that hold marks; None without any. Without `units`, of any units."""
    sheets = [sheet for sheet in config["sheets"] if sheet.get("kind") == "marks"]
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    known = None if units is None else dict.fromkeys(units.index)
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
    units: pd.DataFrame | None,
    marks: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return every value read from the sheets and marks: units x (variables and indicators).

    Where ``units.csv`` is faulty, without `units`, the cells are checked and no table comes of them.
    """
    columns = {
        code: Column(code, item.get("unit", "") == "%", scales.get(item.get("unit", "")))
        for code, item in config.get("variables", {}).items()
    }
    derived = {formula.name for formula in formulas_of(config.get("derived", {}), framework)}
    columns |= {code: column for code, column in columns_of(framework, scales=scales).items() if code not in derived}
    columns |= {code: Column(code) for code in used_columns(config, framework) if code not in columns}
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    known = None if units is None else dict.fromkeys(units.index)
    names = {name: code for name, code in names_of(framework).items() if code in columns}
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
    index = pd.Index([], name="unit") if units is None else units.index
    values: dict[str, pd.Series] = {}
    twice: dict[str, list[tuple[str, str]]] = {}
    for part, name in zip(parts, [*(file.name for file, _ in files), "marks"], strict=False):
        for code in part:
            given = part[code].dropna()
            there = values.get(code, pd.Series(dtype=float)).dropna()
            if not (both := there.index.intersection(given.index)).empty:
                twice.setdefault(name, []).append((code, both[0]))
            full = given.reindex(index)
            values[code] = values[code].fillna(full) if code in values else full
    for name, ((code, unit), *others) in twice.items():
        problem = problems.IN_ANOTHER_SHEET.format(file=name, code=code, unit=unit)
        wrong.append(problems.AND_OTHERS.format(problem=problem, count=len(others)) if others else problem)
    if wrong:
        raise InputError(wrong)
    return pd.DataFrame(values, index=index)


def _read_one_sheet(
    file: Path,
    sheet: Mapping[str, Any],
    columns: Mapping[str, Column],
    names: Mapping[str, str],
    units: Mapping[str, None] | None,
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
    meant = {closest(code, framework.indicators) for code in config.get("derived", {})}  # told as misspelt
    found: list[Text] = []
    given = {group: table[units["group"] == group].notna().any() for group in config["groups"]}
    for code in framework.indicators:
        if code not in table:
            found += [edition_problems.NO_VALUES.format(file=listed, code=code)] * (code not in meant)
            continue
        found += [
            edition_problems.NO_VALUES_IN_GROUP.format(file=listed, code=code, group=group)
            for group in given
            if not given[group][code]
        ]
    return found
