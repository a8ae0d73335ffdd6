"""The marks of assessors: read, checked, and combined into indicator values."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, shown
from govtransparency.csv_files import read_csv
from govtransparency.data.sheet import (
    ASSESSOR,
    INDICATOR,
    NOT_APPLICABLE,
    UNIT,
    Scale,
    codes_by_header,
    columns_of,
    find_column,
    names_of,
    numbers_of,
    unit_problems,
    unknown_indicators,
)
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import table_problems as problems
from govtransparency.ties import snapped

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

__all__ = ["check_marks", "indicator_values", "read_marks"]

MARKS = {
    "unit": UNIT,
    "indicator": INDICATOR,
    "assessor": ASSESSOR,
    "mark": ("mark", "\u8bc4\u5206", "\u5f97\u5206"),
    "observed_on": ("observed_on", "\u89c2\u5bdf\u65e5\u671f", "\u65e5\u671f"),
}
NEEDED = ("unit", "indicator", "assessor", "mark")
SHOWN = 10  # how many of the marks that are wrong in the same way an error lists


def read_marks(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] = (),
) -> pd.DataFrame:
    r"""Read the marks that assessors gave.

    Parameters
    ----------
    path : path
        A CSV file with the columns ``unit,indicator,assessor,mark`` and, if known, ``observed_on`` (YYYY-MM-DD), or
        ``单位,指标,评估人,评分,观察日期``; indicators by code or by either name. An empty mark is missing, ``n/a`` is
        not applicable.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        By unit of measurement; marks off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; any by default.
    missing : collection of str
        Further texts that mean a missing mark.

    Returns
    -------
    DataFrame, one row per mark
        unit, indicator, assessor, mark (float), not_applicable (bool), observed_on (date, NaT if unknown).

    Raises
    ------
    InputError
        Listing, with the line, each unknown unit or indicator, second mark of the same assessor for the same indicator
        and unit, mark that is not a number or off its scale, and invalid date.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from govtransparency import Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "marks.csv"
    ...     _ = path.write_text("unit,indicator,assessor,mark\nX,a,1,0.5\nX,a,2,n/a\n")
    ...     read_marks(path, tree)[["mark", "not_applicable"]].values.tolist()
    [[0.5, False], [nan, True]]
    """
    with Arguments("read_marks") as check:
        check.instance("framework", framework, Framework)
    text = read_csv(path)
    text = text.rename(columns={find_column(heads, text): column for column, heads in MARKS.items()})
    _require_columns(text, title=str(path))
    columns = columns_of(framework, scales=scales)
    known = codes_by_header(columns, names_of(framework))
    found = unit_problems(text["unit"], units)
    unknown = ~text["indicator"].isin(known)
    found += unknown_indicators(text.loc[unknown, "indicator"], known)
    text["indicator"] = text["indicator"].map(known).fillna(text["indicator"])
    found += [problems.EMPTY_ASSESSOR.format(line=line) for line in text.index[text["assessor"] == ""]]
    repeated = text.duplicated(["unit", "indicator", "assessor"], keep="first")
    for line, row in text[repeated].iterrows():
        found.append(problems.AT_LINE.format(line=line, problem=_duplicate_mark(row)))
    marks = text[~unknown & ~repeated]
    values = numbers_of(marks["mark"], [columns[code] for code in marks["indicator"]], marks["unit"], found, missing)
    dates = _dates(marks["observed_on"], found) if "observed_on" in marks else [None] * len(marks)
    if found:
        raise InputError(found, title=str(path))
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


def _require_columns(marks: pd.DataFrame, *, title: str) -> None:
    if lacking := [column for column in NEEDED if column not in marks]:
        one = problems.MISSING_COLUMN.format(column=lacking[0], needed=words(NEEDED))
        several = problems.MISSING_COLUMNS.format(columns=quoted(lacking), needed=words(NEEDED))
        raise InputError(one if len(lacking) == 1 else several, title=title)


def _duplicate_mark(row: pd.Series) -> Text:
    return problems.DUPLICATE_MARK.format(assessor=row["assessor"], code=row["indicator"], unit=row["unit"])


def _dates(text: pd.Series, found: list[Text]) -> list[datetime.date | None]:
    """Return the dates; add cells that are not dates to the problems found."""
    known: dict[str, datetime.date | None] = {"": None}
    for line, cell in text.drop_duplicates().items():
        if cell in known:
            continue
        try:
            known[cell] = datetime.date.fromisoformat(cell)
        except ValueError:
            found.append(problems.NOT_A_DATE.format(line=line, cell=cell))
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
    """Return the marks that were given, as floats; or raise an error that lists everything wrong with them."""
    with Arguments(title) as check:
        check.instance("marks", marks, pd.DataFrame)
    _require_columns(marks, title=title)
    given = marks.dropna(subset="mark")
    numbers = pd.to_numeric(given["mark"], errors="coerce").astype(float)
    found = [
        problems.NOT_A_MARK.format(
            assessor=row["assessor"], code=row["indicator"], unit=row["unit"], mark=shown(row["mark"])
        )
        for _, row in given[~np.isfinite(numbers)].head(SHOWN).iterrows()
    ]
    repeated = given[given.duplicated(["unit", "indicator", "assessor"])]
    found += [_duplicate_mark(row) for _, row in repeated.head(SHOWN).iterrows()]
    if found:
        raise InputError(found, title=title)
    x = numbers.to_numpy()
    if snapped(x) is not x:
        numbers = numbers.groupby(given["indicator"], dropna=False).transform(lambda own: snapped(own.to_numpy()))
    return given.assign(mark=numbers)
