"""One file of values, wide or long: its columns found, its cells read as numbers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv, to_number
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework

__all__ = ["Scale", "read_sheet", "sheet_values"]


MISSING = frozenset({"", "na", "n/a", "nan", "null", ".."})
NOT_APPLICABLE = frozenset({"n/a", "na"})
UNIT = ("unit", "\u5355\u4f4d")
INDICATOR = ("indicator", "\u6307\u6807")
VALUE = ("value", "\u6570\u503c", "\u503c")
ANNOTATIONS = frozenset({"group", "name", "name_en", "name_zh", "province", "note", "source"})


@dataclass(frozen=True)
class Scale:
    """The values an indicator can take.

    Parameters
    ----------
    values : tuple of float, optional
        The only ones; otherwise any from `low` to `high`, whole if `integer`.
    low, high : float
    integer : bool
    """

    values: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    integer: bool = False

    def __str__(self) -> str:
        if self.values:
            return "one of " + ", ".join(f"{value:g}" for value in self.values)
        bounds = [f"{sign} {bound:g}" for sign, bound in ((">=", self.low), ("<=", self.high)) if math.isfinite(bound)]
        return " ".join(["a whole number" if self.integer else "a number", " and ".join(bounds)]).strip()

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
    """Return the code of each indicator by either of its names, where one name means one indicator."""
    codes: dict[str, set[str]] = {}
    for code in framework.indicators:
        node = framework.node(code)
        for name in {node.name_en, node.name_zh} - {"", code}:
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
        What may stand in the sheet.
    names : mapping of name to code, optional
        Other headers by which a column may be called.
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
    problems: list[str] = []
    unit = find_column(UNIT, text)
    if unit is None:
        raise InputError(f"no column 'unit'; the header is {', '.join(text.columns)}", title=title)
    known = meant(columns, names or {})
    cells = _long(text, unit, known, problems)
    cells = cells.assign(line=cells.index)
    problems += unit_problems(cells["unit"], units)
    twice = cells.duplicated(["unit", "code"], keep="first")
    first = cells[~twice].set_index(["unit", "code"])["line"]
    for line, row in cells[twice].iterrows():
        problems.append(
            f"line {line}, unit {row['unit']!r}, column {row['code']!r}: already given on line "
            f"{first[row['unit'], row['code']]}; keep one of the two"
        )
    cells = cells[~twice]
    values = numbers_of(cells["text"], [columns[code] for code in cells["code"]], cells["unit"], problems, missing)
    if problems:
        raise InputError(problems, title=title)
    order = list(dict.fromkeys(cells["unit"]))
    present = [code for code in columns if code in set(cells["code"])]
    wide = pd.Series(values, index=pd.MultiIndex.from_arrays([cells["unit"], cells["code"]])).unstack()
    wide = wide.reindex(index=order, columns=present)
    wide.index.name, wide.columns.name = "unit", None
    return wide.astype(float)


def meant(columns: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the code that each header means: a code itself before another's name."""
    codes = {code: code for code in columns}
    return codes | {name: code for name, code in names.items() if name not in codes}


def find_column(names: Iterable[str], text: pd.DataFrame) -> str | None:
    return next((column for column in text.columns if str(column).lower() in names), None)


def _long(text: pd.DataFrame, unit: str, known: Mapping[str, str], problems: list[str]) -> pd.DataFrame:
    """Return the cells, indexed by line: unit, code, text; unknown indicators become problems."""
    indicator, value = find_column(INDICATOR, text), find_column(VALUE, text)
    if indicator is not None and value is not None:
        cells = text[[unit, indicator, value]].set_axis(["unit", "code", "text"], axis=1)
        unknown = ~cells["code"].isin(known)
        problems += [
            f"line {line}: indicator {name!r} is unknown; {nearest(name, known)}"
            for line, name in cells.loc[unknown, "code"].items()
        ]
        cells = cells[~unknown]
        return cells.assign(code=cells["code"].map(known))
    problems += [
        f"column {column!r} is no indicator of the framework; {nearest(column, known)}"
        for column in text.columns
        if column != unit and column not in known and str(column).lower() not in ANNOTATIONS
    ]
    called = {column: known[column] for column in text.columns if column in known}
    problems += [
        f"the columns {', '.join(repr(column) for column in called if called[column] == code)} all mean {code!r}"
        for code, count in Counter(called.values()).items()
        if count > 1
    ]
    duplicates = text[unit][text[unit].duplicated()]
    for line, name in duplicates.items():
        first = text.index[text[unit] == name][0]
        problems.append(f"line {line}: unit {name!r} already stands on line {first}; keep one of the two")
    rows = text[~text[unit].duplicated()]
    return pd.concat(
        [pd.DataFrame({"unit": rows[unit], "code": code, "text": rows[column]}) for column, code in called.items()]
        or [pd.DataFrame({"unit": [], "code": [], "text": []}, dtype=object)]
    ).sort_index(kind="stable")


def unit_problems(units: pd.Series, known: Collection[str] | None) -> list[str]:
    problems = [f"line {line}: the unit is empty" for line in units.index[units == ""].unique()]
    if known is not None:
        unknown = units[(units != "") & ~units.isin(list(known))].drop_duplicates()
        problems += [
            f"line {line}: unit {unit!r} is not in units.csv; {nearest(unit, known)}" for line, unit in unknown.items()
        ]
    return problems


def numbers_of(
    text: pd.Series, columns: list[Column], units: pd.Series, problems: list[str], missing: Collection[str]
) -> np.ndarray:
    """Return the cells' numbers; what is no number, infinite or off its scale becomes a problem."""
    known: dict[tuple[str, str], float | str] = {}
    values: list[float] = []
    for place, (cell, column) in enumerate(zip(text.tolist(), columns, strict=True)):
        key = (cell, column.code)
        if key not in known:
            known[key] = math.nan if cell in missing else _number(cell, column)
        value = known[key]
        if isinstance(value, str):
            problems.append(f"line {text.index[place]}, unit {units.iloc[place]!r}, column {column.code!r}: {value}")
            value = math.nan
        values.append(value)
    return np.array(values, dtype=float)


def _number(cell: str, column: Column) -> float | str:
    """Return the number in the cell, NaN for a missing one, or a sentence on what is wrong."""
    if cell.lower() in MISSING:
        return math.nan
    whole = column.percent and cell[-1] in "%\uff05"  # the unit is the percent sign
    number = to_number(cell[:-1] if whole else cell)
    if number is None or math.isnan(number):
        code = "" if any(map(str.isdigit, cell)) else f", or declare missing = [{cell!r}] for the sheet"
        return f"{cell!r} is not a number; leave the cell empty if the value is missing{code}"
    if math.isinf(number):
        return f"{cell!r} is infinite; leave the cell empty if the value is missing"
    if column.scale is not None and not column.scale.holds(number):
        return f"{cell} is off its scale; expected {column.scale}"
    return number
