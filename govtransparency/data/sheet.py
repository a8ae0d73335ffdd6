"""One sheet of values, wide or long: find its columns and read its cells as numbers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv, to_number
from govtransparency.errors import InputError, nearest
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from govtransparency.framework import Framework

__all__ = ["Scale", "read_sheet", "sheet_values"]


MISSING = frozenset({"", "na", "n/a", "nan", "null", ".."})
NOT_APPLICABLE = frozenset({"n/a", "na"})
UNIT = ("unit", "\u5355\u4f4d")
INDICATOR = ("indicator", "\u6307\u6807")
VALUE = ("value", "\u6570\u503c", "\u503c")
ASSESSOR = ("assessor", "\u8bc4\u4f30\u4eba", "\u8bc4\u4f30\u5458")
ANNOTATIONS = frozenset({"group", "name", "name_en", "name_zh", "province", "note", "source"})


@dataclass(frozen=True)
class Scale:
    """The values an indicator can take.

    Parameters
    ----------
    values : tuple of float, optional
        The only values allowed; by default any from `low` to `high`, whole numbers only if `integer`.
    low, high : float
    integer : bool
    """

    values: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    integer: bool = False

    def __str__(self) -> str:
        return self.text.en

    @property
    def text(self) -> Text:
        """The values allowed, in words."""
        if self.values:
            return problems.ONE_OF.format(values=words(f"{value:g}" for value in self.values))
        limits = problems.NUMBER[bool(self.integer), math.isfinite(self.low), math.isfinite(self.high)]
        return limits.format(low=f"{self.low:g}", high=f"{self.high:g}")

    def holds(self, value: float) -> bool:
        """Return whether the value is on the scale."""
        if self.values:
            return value in self.values
        return self.low <= value <= self.high and not (self.integer and value != int(value))


@dataclass(frozen=True)
class Column:
    """What a cell of an indicator or variable may hold."""

    code: str
    percent: bool = False
    scale: Scale | None = None


def columns_of(framework: Framework, *, scales: Mapping[str, Scale] | None = None) -> dict[str, Column]:
    """Return what each indicator's cells may hold, by code."""
    scales = scales or {}
    nodes = [framework.node(code) for code in framework.indicators]
    return {node.code: Column(node.code, node.unit in ("%", "\uff05"), scales.get(node.unit)) for node in nodes}


def names_of(framework: Framework) -> dict[str, str]:
    """Return the code of each indicator by either of its names; a name of several indicators is left out."""
    codes: dict[str, set[str]] = {}
    for code in framework.indicators:
        node = framework.node(code)
        for name in dict.fromkeys(name for name in (node.name_en, node.name_zh) if name not in ("", code)):
            codes.setdefault(name, set()).add(code)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


def read_sheet(
    path: str | Path,
    columns: Mapping[str, Column],
    *,
    names: Mapping[str, str] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    """Read a wide or long sheet that holds some of the columns.

    Parameters
    ----------
    path : path
    columns : mapping of code to Column
        The columns that the sheet may have.
    names : mapping of name to code, optional
        Other headers that a column may have.
    units, missing : collection of str
        As in `read_table`.

    Returns
    -------
    DataFrame, units x those columns that the sheet has

    Raises
    ------
    InputError
        As `read_table`.
    """
    return sheet_values(read_csv(path), columns, names=names, units=units, missing=missing, title=str(path))


def sheet_values(
    text: pd.DataFrame,
    columns: Mapping[str, Column],
    *,
    names: Mapping[str, str] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
    title: str,
) -> pd.DataFrame:
    """Return the values of a wide or long sheet already read as text, indexed by line; `title` is for the error."""
    unit = find_column(UNIT, text)
    if unit is None:
        raise InputError(problems.NO_UNIT_COLUMN.format(columns=words(text.columns)), title=title)
    if find_column(ASSESSOR, text) and find_column(INDICATOR, text) and not find_column(VALUE, text):
        raise InputError(problems.MARKS, title=title)
    if text.empty:
        raise InputError(problems.NO_ROWS, title=title)
    found: list[Text] = []
    cells = _long(text, unit, codes_by_header(columns, names or {}), found)
    cells = cells.assign(line=cells.index)
    found += unit_problems(cells["unit"], units)
    repeated = cells.duplicated(["unit", "code"], keep="first")
    first = cells[~repeated].set_index(["unit", "code"])["line"]
    for line, row in cells[repeated].iterrows():
        place = first[row["unit"], row["code"]]
        found.append(problems.DUPLICATE_CELL.format(line=line, unit=row["unit"], code=row["code"], first=place))
    cells = cells[~repeated]
    values = numbers_of(cells["text"], [columns[code] for code in cells["code"]], cells["unit"], found, missing)
    if found:
        raise InputError(found, title=title)
    order = list(dict.fromkeys(cells["unit"]))
    there = set(cells["code"])
    present = [code for code in columns if code in there]
    wide = pd.Series(values, index=pd.MultiIndex.from_arrays([cells["unit"], cells["code"]])).unstack()
    wide = wide.reindex(index=order, columns=present)
    wide.index.name, wide.columns.name = "unit", None
    return wide.astype(float)


def codes_by_header(columns: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the code that each header means; a code goes before another column's name."""
    codes = {code: code for code in columns}
    return codes | {name: code for name, code in names.items() if name not in codes}


def find_column(names: Iterable[str], text: pd.DataFrame) -> str | None:
    """Return the first column whose header is one of the names, ignoring case."""
    return next((column for column in text.columns if str(column).lower() in names), None)


def _long(text: pd.DataFrame, unit: str, known: Mapping[str, str], found: list[Text]) -> pd.DataFrame:
    """Return the cells, indexed by line: unit, code, text; add unknown and duplicate headers to the problems found."""
    indicator, value = find_column(INDICATOR, text), find_column(VALUE, text)
    if indicator is None or value is None:
        return _cells_of_wide(text, unit, known, found)
    cells = text[[unit, indicator, value]].set_axis(["unit", "code", "text"], axis=1)
    unknown = ~cells["code"].isin(known)
    found += unknown_indicators(cells.loc[unknown, "code"], known)
    cells = cells[~unknown]
    return cells.assign(code=cells["code"].map(known))


def _cells_of_wide(text: pd.DataFrame, unit: str, known: Mapping[str, str], found: list[Text]) -> pd.DataFrame:
    found += [
        problems.UNKNOWN_COLUMN.format(column=column, nearest=nearest(column, known))
        for column in text.columns
        if column != unit and column not in known and str(column).lower() not in ANNOTATIONS
    ]
    codes = {column: known[column] for column in text.columns if column in known}
    found += [
        problems.SAME_INDICATOR.format(columns=quoted(column for column in codes if codes[column] == code), code=code)
        for code, count in Counter(codes.values()).items()
        if count > 1
    ]
    repeated = text[unit].duplicated()
    for line, name in text.loc[repeated, unit].items():
        first = text.index[text[unit] == name][0]
        found.append(problems.DUPLICATE_UNIT.format(line=line, unit=name, first=first))
    rows = text[~repeated]
    return pd.concat(
        [pd.DataFrame({"unit": rows[unit], "code": code, "text": rows[column]}) for column, code in codes.items()]
        or [pd.DataFrame({"unit": [], "code": [], "text": []}, dtype=object)]
    ).sort_index(kind="stable")


def unknown_indicators(cells: pd.Series, known: Iterable[str]) -> list[Text]:
    """Return each unknown indicator that the cells, indexed by line, name: once, with its first line."""
    found = []
    for code, rows in cells.groupby(cells, sort=False):
        problem = problems.UNKNOWN_INDICATOR.format(line=rows.index[0], code=code, nearest=nearest(code, known))
        others = len(rows) - 1
        found.append(problems.AND_OTHERS.format(problem=problem, count=others) if others else problem)
    return found


def unit_problems(units: pd.Series, known: Collection[str] | None) -> list[Text]:
    """Return which units are empty and which are unknown; None takes any unit as known."""
    found = [problems.EMPTY_UNIT.format(line=line) for line in units.index[units == ""].unique()]
    if known is not None:
        unknown = units[(units != "") & ~units.isin(list(known))].drop_duplicates()
        found += [
            problems.UNKNOWN_UNIT.format(line=line, unit=unit, nearest=nearest(unit, known))
            for line, unit in unknown.items()
        ]
    return found


def numbers_of(
    text: pd.Series, columns: list[Column], units: pd.Series, found: list[Text], missing: Collection[str]
) -> np.ndarray:
    """Return the cells' numbers; add cells that are not numbers, infinite or off their scale to the problems found."""
    marks = {missing} if isinstance(missing, str) else set(missing)
    known: dict[tuple[str, str], float | Text] = {}
    values: list[float] = []
    for place, (cell, column) in enumerate(zip(text.tolist(), columns, strict=True)):
        key = (cell, column.code)
        if key not in known:
            known[key] = math.nan if cell in marks else _number(cell, column)
        value = known[key]
        if isinstance(value, Text):
            found.append(
                problems.AT_CELL.format(line=text.index[place], unit=units.iloc[place], code=column.code, problem=value)
            )
            value = math.nan
        values.append(value)
    return np.array(values, dtype=float)


def _number(cell: str, column: Column) -> float | Text:
    """Return the number in the cell, NaN for a missing one, or what is wrong with it."""
    if cell.lower() in MISSING:
        return math.nan
    whole = column.percent and cell[-1] in "%\uff05"  # the unit is the percent sign
    number = to_number(cell[:-1] if whole else cell)
    if number is None or math.isnan(number):
        has_digits = any(map(str.isdigit, cell))
        return (problems.NOT_A_NUMBER if has_digits else problems.NOT_A_NUMBER_MARK).format(cell=cell)
    if math.isinf(number):
        return problems.INFINITE.format(cell=cell)
    if column.scale is not None and not column.scale.holds(number):
        return problems.OFF_SCALE.format(cell=cell, scale=column.scale.text)
    return number
