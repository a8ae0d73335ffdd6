"""Sheets in, one validated table (unit x indicator) out; assessors' marks to indicator values."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.tables import read_csv, to_number

__all__ = ["Scale", "indicator_values", "read_marks", "read_sheet", "read_table", "sheet_values"]

MISSING = frozenset({"", "na", "n/a", "nan", "null", ".."})
NOT_APPLICABLE = frozenset({"n/a", "na"})
UNIT = ("unit", "\u5355\u4f4d")
INDICATOR = ("indicator", "\u6307\u6807")
VALUE = ("value", "\u6570\u503c", "\u503c")
MARKS = {
    "unit": UNIT,
    "indicator": INDICATOR,
    "assessor": ("assessor", "\u8bc4\u4f30\u4eba", "\u8bc4\u4f30\u5458"),
    "mark": ("mark", "\u8bc4\u5206", "\u5f97\u5206"),
    "observed_on": ("observed_on", "\u89c2\u5bdf\u65e5\u671f", "\u65e5\u671f"),
}
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


def read_table(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    """Read a sheet that holds every indicator of a framework.

    Parameters
    ----------
    path : path
        A CSV file, wide (a column ``unit``, then a column an indicator, by its code or its name) or long (columns
        ``unit``, ``indicator``, ``value``). Empty cells, ``NA``, ``N/A``, ``NaN``, ``null`` and ``..`` are missing. A
        percent sign divides by 100, unless the framework gives the indicator the unit ``%``. In a wide sheet columns
        named group, name, name_en, name_zh, province, note or source are passed over; in a long one all others are.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        Values off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; any by default.
    missing : collection of str
        Further texts that stand for a missing value, such as ``"-"`` or ``"-999"``.

    Returns
    -------
    DataFrame, units x indicators in the framework's order
        Floats, NaN where missing; the index, named ``unit``, in the sheet's order.

    Raises
    ------
    InputError
        Listing with its line: each unknown unit or indicator, duplicate row, cell that is no number, is infinite or is
        off its scale; and each indicator that the sheet lacks.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from govtransparency import Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "sheet.csv"
    ...     _ = path.write_text("unit,a,b\\nX,1,85%\\nY,,0.5\\n")
    ...     read_table(path, tree).to_dict("index")
    {'X': {'a': 1.0, 'b': 0.85}, 'Y': {'a': nan, 'b': 0.5}}
    """
    columns = columns_of(framework, scales=scales)
    table = read_sheet(path, columns, names=names_of(framework), units=units, missing=missing)
    if lacking := [code for code in framework.indicators if code not in table]:
        raise InputError([f"no column or row for the indicator {code!r}" for code in lacking], title=str(path))
    return table[list(framework.indicators)]


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
    unit = _find(UNIT, text)
    if unit is None:
        raise InputError(f"no column 'unit'; the header is {', '.join(text.columns)}", title=title)
    known = _meant(columns, names or {})
    cells = _long(text, unit, known, problems)
    cells = cells.assign(line=cells.index)
    problems += _unit_problems(cells["unit"], units)
    twice = cells.duplicated(["unit", "code"], keep="first")
    first = cells[~twice].set_index(["unit", "code"])["line"]
    for line, row in cells[twice].iterrows():
        problems.append(
            f"line {line}, unit {row['unit']!r}, column {row['code']!r}: already given on line "
            f"{first[row['unit'], row['code']]}; keep one of the two"
        )
    cells = cells[~twice]
    values = _numbers(cells["text"], [columns[code] for code in cells["code"]], cells["unit"], problems, missing)
    if problems:
        raise InputError(problems, title=title)
    order = list(dict.fromkeys(cells["unit"]))
    present = [code for code in columns if code in set(cells["code"])]
    wide = pd.Series(values, index=pd.MultiIndex.from_arrays([cells["unit"], cells["code"]])).unstack()
    wide = wide.reindex(index=order, columns=present)
    wide.index.name, wide.columns.name = "unit", None
    return wide.astype(float)


def _meant(columns: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the code that each header means: a code itself before another's name."""
    codes = {code: code for code in columns}
    return codes | {name: code for name, code in names.items() if name not in codes}


def _find(names: Iterable[str], text: pd.DataFrame) -> str | None:
    return next((column for column in text.columns if str(column).lower() in names), None)


def _long(text: pd.DataFrame, unit: str, known: Mapping[str, str], problems: list[str]) -> pd.DataFrame:
    """Return the cells, indexed by line: unit, code, text; unknown indicators become problems."""
    indicator, value = _find(INDICATOR, text), _find(VALUE, text)
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


def _unit_problems(units: pd.Series, known: Collection[str] | None) -> list[str]:
    problems = [f"line {line}: the unit is empty" for line in units.index[units == ""].unique()]
    if known is not None:
        unknown = units[(units != "") & ~units.isin(list(known))].drop_duplicates()
        problems += [
            f"line {line}: unit {unit!r} is not in units.csv; {nearest(unit, known)}" for line, unit in unknown.items()
        ]
    return problems


def _numbers(
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


def read_marks(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    """Read the marks that assessors gave.

    Parameters
    ----------
    path : path
        A CSV file with the columns ``unit,indicator,assessor,mark`` and, if known, ``observed_on`` (YYYY-MM-DD), or
        ``单位,指标,评估人,评分,观察日期``; indicators by code or by either name. An empty mark is missing, ``n/a`` is
        not applicable.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        Marks off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; any by default.
    missing : collection of str
        Further texts that stand for a missing mark.

    Returns
    -------
    DataFrame, a row a mark
        unit, indicator, assessor, mark (float), not_applicable (bool), observed_on (date, NaT if unknown).

    Raises
    ------
    InputError
        Listing with its line each unknown unit or indicator, second mark of one assessor on one indicator of one unit,
        mark that is no number or off its scale, and date that is none.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from govtransparency import Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "marks.csv"
    ...     _ = path.write_text("unit,indicator,assessor,mark\\nX,a,1,0.5\\nX,a,2,n/a\\n")
    ...     read_marks(path, tree)[["mark", "not_applicable"]].values.tolist()
    [[0.5, False], [nan, True]]
    """
    text = read_csv(path)
    text = text.rename(columns={_find(heads, text): column for column, heads in MARKS.items()})
    needed = ["unit", "indicator", "assessor", "mark"]
    if lacking := [column for column in needed if column not in text]:
        raise InputError(
            [f"column {column!r} is missing; expected {','.join(needed)}" for column in lacking], title=str(path)
        )
    columns = columns_of(framework, scales=scales)
    known = _meant(columns, names_of(framework))
    problems = _unit_problems(text["unit"], units)
    unknown = ~text["indicator"].isin(known)
    for line, code in text.loc[unknown, "indicator"].items():
        problems.append(f"line {line}: indicator {code!r} is unknown; {nearest(code, known)}")
    text["indicator"] = text["indicator"].map(known).fillna(text["indicator"])
    problems += [f"line {line}: the assessor is empty" for line in text.index[text["assessor"] == ""]]
    twice = text.duplicated(["unit", "indicator", "assessor"], keep="first")
    for line, row in text[twice].iterrows():
        problems.append(
            f"line {line}: assessor {row['assessor']!r} has marked {row['indicator']!r} of {row['unit']!r} before"
        )
    marks = text[~unknown & ~twice]
    values = _numbers(marks["mark"], [columns[code] for code in marks["indicator"]], marks["unit"], problems, missing)
    dates = _dates(marks["observed_on"], problems) if "observed_on" in marks else [None] * len(marks)
    if problems:
        raise InputError(problems, title=str(path))
    return pd.DataFrame(
        {
            "unit": marks["unit"].to_numpy(),
            "indicator": marks["indicator"].to_numpy(),
            "assessor": marks["assessor"].to_numpy(),
            "mark": values,
            "not_applicable": marks["mark"].str.lower().isin(NOT_APPLICABLE).to_numpy(),
            "observed_on": pd.to_datetime(pd.Series(dates, dtype=object)),
        }
    )


def _dates(text: pd.Series, problems: list[str]) -> list[datetime.date | None]:
    known: dict[str, datetime.date | None] = {"": None}
    for line, cell in text.drop_duplicates().items():
        if cell in known:
            continue
        try:
            known[cell] = datetime.date.fromisoformat(cell)
        except ValueError:
            problems.append(f"line {line}, column 'observed_on': {cell!r} is no date; expected YYYY-MM-DD")
            known[cell] = None
    return [known[cell] for cell in text]


def indicator_values(marks: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Return each unit's value on each indicator: the mean of its assessors' marks.

    Parameters
    ----------
    marks : DataFrame
        As `read_marks` gives it. Marks that are missing or not applicable do not count.
    framework : Framework

    Returns
    -------
    DataFrame, units (in the marks' order) x indicators (in the framework's)
        NaN where no assessor gave a mark.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> marks = pd.DataFrame({"unit": ["X", "X"], "indicator": ["a", "a"], "assessor": ["1", "2"], "mark": [1.0, 0.0]})
    >>> indicator_values(marks, tree).loc["X", "a"]
    np.float64(0.5)
    """
    values = marks.groupby(["unit", "indicator"], sort=False)["mark"].mean().unstack()
    values = values.reindex(index=marks["unit"].unique(), columns=list(framework.indicators))
    values.index.name, values.columns.name = "unit", None
    return values
