"""The units and sheets of an edition: into one table, units x (variables and indicators)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.data.marks import indicator_values, read_marks
from govtransparency.data.sheet import UNIT, Column, Scale, columns_of, names_of, read_sheet, sheet_values
from govtransparency.editions.config import ABOVE, SCALE
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
    "group_problems",
    "listed_units",
    "read_all_marks",
    "read_sheets",
    "read_units",
    "scales_of",
    "sheet_files",
    "table_problems",
]


def read_units(path: Path, groups: Mapping[str, Any], *, elsewhere: Collection[str] | None = None) -> pd.DataFrame:
    """Read ``units.csv``: group, names and whatever else it has, by unit.

    `elsewhere` has the groups of the other years where they share the file: units of groups that only those have are
    passed over, and whether the year's groups are complete is for `group_problems` to say, once its units are known.
    """
    table = _units_as_text(path)
    if "group" in table and elsewhere is not None:
        table = table[~table["group"].isin(set(elsewhere) - set(groups))]
    only = next(iter(groups)) if len(groups) == 1 else None
    if "group" not in table and only is not None:
        table = table.assign(group=only)
    if lacking := [column for column in ("unit", "group") if column not in table]:
        raise InputError([problems.NO_COLUMN.format(column=column) for column in lacking], title=str(path))
    sizes = group_problems(table["group"], table["unit"], groups) if elsewhere is None else []
    if wrong := [*_unit_problems(table, groups), *sizes]:
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
        if (group := row["group"]) not in groups:
            known = nearest(group, groups)
            yield problems.UNKNOWN_GROUP.format(line=line, unit=row["unit"], group=group, nearest=known)
    for line, unit in table.loc[table["unit"].duplicated(), "unit"].items():
        yield problems.DUPLICATE_UNIT.format(line=line, unit=unit, first=table.index[table["unit"] == unit][0])


def group_problems(of: pd.Series, units: Iterable[Any], groups: Mapping[str, Any]) -> list[Text]:
    """Return the groups that are too small to be ranked or not of the declared size; `of` is the group of each unit."""
    found, named = [], pd.Series(list(units), index=of.index)
    for group, entry in groups.items():
        own = named[of == group]
        if own.empty:
            found.append(problems.EMPTY_GROUP.format(group=group))
        elif len(own) == 1:
            found.append(problems.ONE_UNIT.format(group=group, unit=own.iloc[0]))
        elif entry.get("size", len(own)) != len(own):
            found.append(problems.SIZE.format(group=group, size=len(own), expected=entry["size"]))
    return found


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
        else _own_file(path, sheet["file"])
        for sheet in sheets
    ]
    if wrong:
        raise InputError(wrong)
    return files


def _own_file(path: Path, name: str) -> Path:
    """Return the file of a sheet: in the edition's folder or, after ``../``, in the index's."""
    return path.parent / name.removeprefix(ABOVE) if name.startswith(ABOVE) else path / name


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
                _own_file(path, sheet["file"]),
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
    table: pd.DataFrame,
    not_applicable: pd.DataFrame,
    frameworks: Mapping[str, Framework],
    files: Mapping[str, Path],
    units: pd.DataFrame,
    derived: Iterable[str],
    toml: Path,
) -> list[Text]:
    """Return which indicators have no value, or none in a group that can have them, with the file that names them."""
    indicators = dict.fromkeys(code for framework in frameworks.values() for code in framework.indicators)
    found = [
        edition_problems.DERIVED_NO_INDICATOR.format(file=toml, code=code, nearest=nearest(code, indicators))
        for code in derived
        if code not in indicators and code not in table
    ]
    for file in dict.fromkeys(files.values()):
        groups = [group for group in frameworks if files[group] == file]
        for code in frameworks[groups[0]].indicators:
            if code not in table:
                found.append(edition_problems.NO_VALUES.format(file=file, code=code))
                continue
            has, cannot = table[code].notna(), not_applicable[code]
            units_of = {group: units["group"] == group for group in groups}
            empty = [group for group, own in units_of.items() if not has[own].any() and not cannot[own].all()]
            advice = edition_problems.NO_VALUES_IN_ONE_GROUP
            if len(empty) == len(groups):
                advice = edition_problems.NO_VALUES_IN_GROUP
            found += [advice.format(file=file, code=code, group=group, name=file.name) for group in empty]
    return found
