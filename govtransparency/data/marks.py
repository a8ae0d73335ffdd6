"""The marks of assessors: read, checked, and combined into indicator values."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.data.sheet import (
    INDICATOR,
    NOT_APPLICABLE,
    UNIT,
    Scale,
    columns_of,
    find_column,
    meant,
    names_of,
    numbers_of,
    unit_problems,
)
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.ties import snapped

__all__ = ["check_marks", "indicator_values", "read_marks"]

MARKS = {
    "unit": UNIT,
    "indicator": INDICATOR,
    "assessor": ("assessor", "\u8bc4\u4f30\u4eba", "\u8bc4\u4f30\u5458"),
    "mark": ("mark", "\u8bc4\u5206", "\u5f97\u5206"),
    "observed_on": ("observed_on", "\u89c2\u5bdf\u65e5\u671f", "\u65e5\u671f"),
}


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
    text = text.rename(columns={find_column(heads, text): column for column, heads in MARKS.items()})
    needed = ["unit", "indicator", "assessor", "mark"]
    if lacking := [column for column in needed if column not in text]:
        raise InputError(
            [f"column {column!r} is missing; expected {','.join(needed)}" for column in lacking], title=str(path)
        )
    columns = columns_of(framework, scales=scales)
    known = meant(columns, names_of(framework))
    problems = unit_problems(text["unit"], units)
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
    values = numbers_of(marks["mark"], [columns[code] for code in marks["indicator"]], marks["unit"], problems, missing)
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


def check_marks(marks: pd.DataFrame, *, title: str) -> pd.DataFrame:
    """Return the marks that were given, as floats, or raise an error that lists all that is wrong with them."""
    needed = ["unit", "indicator", "assessor", "mark"]
    problems = [
        f"column {column!r} is missing; expected {', '.join(needed)}" for column in needed if column not in marks
    ]
    if problems:
        raise InputError(problems, title=title)
    given = marks.dropna(subset="mark")
    numbers = pd.to_numeric(given["mark"], errors="coerce").astype(float)
    for _, row in given[~np.isfinite(numbers)].head(10).iterrows():
        problems.append(
            f"assessor {row['assessor']!r}, {row['indicator']!r} of {row['unit']!r}: mark {row['mark']!r} is no number"
        )
    twice = given[given.duplicated(["unit", "indicator", "assessor"])]
    for _, row in twice.head(10).iterrows():
        problems.append(f"assessor {row['assessor']!r} marked {row['indicator']!r} of {row['unit']!r} twice")
    if problems:
        raise InputError(problems, title=title)
    x = numbers.to_numpy()
    if snapped(x) is not x:
        numbers = numbers.groupby(given["indicator"], dropna=False).transform(lambda own: snapped(own.to_numpy()))
    return given.assign(mark=numbers)
