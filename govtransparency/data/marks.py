"""The marks of assessors: read, checked, and combined into indicator values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, shown
from govtransparency.arrays import are_numbers, as_numbers, is_real
from govtransparency.checked_calls import checked
from govtransparency.data.distinct_cells import SHOWN as NAMED
from govtransparency.data.duplicate_rows import duplicate_problems
from govtransparency.data.head_words import INDICATOR
from govtransparency.data.indicator_columns import (
    CellRules,
    Scale,
    codes_by_header,
    columns_of,
    names_of,
    typed_otherwise,
)
from govtransparency.data.numbers import in_any_case
from govtransparency.data.reading_notes import Note, notes_of_columns
from govtransparency.data.sheet import unknown_indicators
from govtransparency.data.sheet_form import SheetForm, check_reader, described
from govtransparency.data.sheet_rows import read_rows
from govtransparency.data.unit_matching import UnitList
from govtransparency.data_dictionary.known_headings import find_heading
from govtransparency.errors import InputError
from govtransparency.files.date_forms import date_in, no_date
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, joined, quoted, words
from govtransparency.texts.problems import sheet_form_problems as form_problems
from govtransparency.texts.problems import table_problems as problems
from govtransparency.ties import snapped

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from typing import Any

    from govtransparency.data.numbers import NumberColumn
    from govtransparency.framework import Framework

__all__ = [
    "check_marks",
    "contested_marks",
    "indicator_values",
    "marked_not_applicable",
    "marks_of_sheet",
    "read_marks",
]

MARKS = {
    "indicator": INDICATOR,
    **{role: (role,) for role in ("assessor", "mark", "observed_on")},
}
CONVERTING = ("pillar", "measure", "multiply")  # keys of a sheet of figures
NOT_APPLICABLE = tuple(text for word in ("n/a", "na") for text in in_any_case(word))
NEEDED = ("unit", "indicator", "assessor", "mark")
SHOWN = 10  # how many of the marks that are wrong in the same way an error lists


@checked
def read_marks(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: Collection[str] | None = None,
    missing: Collection[str] | Mapping[str, Collection[str]] = (),
    **description: Any,
) -> pd.DataFrame:
    r"""Read the marks that assessors gave.

    Parameters
    ----------
    path : path
        A file with the columns ``unit,indicator,assessor,mark`` and, if known, ``observed_on`` (a date, year first), or
        ``单位,指标,评估人,评分,观察日期`` or other words for them; indicators by code or by either name. An empty mark
        is missing, ``n/a`` is not applicable.
    framework : Framework
    scales : mapping of unit text to Scale, optional
        By unit of measurement; marks off the scale of their indicator's unit are an error.
    units : collection of str, optional
        The units that may occur; any by default.
    missing : collection of str, or mapping of indicator to such
        Further texts that mean a missing mark.
    **description
        As of `read_table`, but for ``pillar``, ``measure`` and ``multiply``.

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
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "marks.csv"
    ...     _ = path.write_text("unit,indicator,assessor,mark\nX,a,1,0.5\nX,a,2,n/a\n")
    ...     read_marks(path, tree)[["mark", "not_applicable"]].values.tolist()
    [[0.5, False], [nan, True]]
    """
    with Arguments("read_marks"):
        check_reader("read_marks", path, framework, scales, units)
        form = described("read_marks", path, description | {"missing": missing})
    listed = None if units is None else UnitList.of(units)
    return marks_of_sheet(path, framework, scales=scales, units=listed, form=form)[0]


def marks_of_sheet(
    path: str | Path,
    framework: Framework,
    *,
    scales: Mapping[str, Scale] | None = None,
    units: UnitList | None = None,
    form: SheetForm,
    year: int | None = None,
) -> tuple[pd.DataFrame, list[Note]]:
    """Read the marks in a sheet as `read_marks` does, and what had to be done to read them."""
    if wrong := [form_problems.NOT_OF_MARKS.format(key=key) for key in CONVERTING if getattr(form, key)]:
        raise InputError(wrong, title=str(path))
    rows = read_rows(path, form, units, year=year)
    heads = {find_heading(rows.cells, *roles): column for column, roles in MARKS.items()}
    text = rows.cells.rename(columns=heads).assign(unit=rows.units)
    _require_columns(text, title=str(path))
    columns = columns_of(framework, scales=scales)
    known = codes_by_header(columns, names_of(framework))
    assessor = str(next(head for head, column in heads.items() if column == "assessor"))
    found = [*rows.problems, *rows.file.code_problems(rows.names.get(assessor, assessor))]
    typed, told = typed_otherwise(text["indicator"].unique(), known)
    known |= typed
    unknown = ~text["indicator"].isin(known)
    lines = dict(zip(text["indicator"][unknown][::-1], text.index[unknown][::-1], strict=True))
    found += unknown_indicators(dict(reversed(lines.items())), known)
    text["indicator"] = text["indicator"].map(known).fillna(text["indicator"])
    found += [problems.EMPTY_ASSESSOR.format(line=line) for line in text.index[text["assessor"] == ""]]
    keys = text[["unit", "indicator", "assessor"]].map(str).reset_index(drop=True)
    unused = [column for column in text.columns if column not in (*rows.used, *MARKS, "unit")]
    twice, _ = duplicate_problems(
        text, keys.assign(row=np.arange(len(keys))), lambda key, line, _: _at_line(line, key), unused=unused
    )
    found += twice
    marks = text[~unknown.to_numpy() & ~keys.duplicated().to_numpy()]
    rules = CellRules.of(form, columns, known, found, not_applicable=NOT_APPLICABLE)
    header = next(old for old, new in heads.items() if new == "mark")
    read: dict[str, tuple[np.ndarray, NumberColumn]] = {}
    of_rows = np.flatnonzero(~unknown.to_numpy() & ~keys.duplicated().to_numpy())
    for code, at in marks.reset_index(drop=True).groupby("indicator", sort=False).indices.items():
        place = rows.place(of_rows[at], str(header))
        column = rules.read(marks["mark"].iloc[at], str(code), place=place, separator=rows.file.separator)
        found += column.problems
        read[str(code)] = at, column
    dates: list[datetime.date | None] = [None] * len(marks)
    notes: list[Note] = []
    if "observed_on" in marks:
        column_of_dates = next(old for old, new in heads.items() if new == "observed_on")
        dates, notes = _dates(marks["observed_on"], str(column_of_dates), found)
    if found:
        raise InputError(found, title=str(path))
    values, not_applicable = np.full(len(marks), np.nan), np.zeros(len(marks), dtype=bool)
    for at, column in read.values():
        values[at], not_applicable[at] = column.values, column.not_applicable
    places = {code: (column, rows.place(of_rows[at], str(header))) for code, (at, column) in read.items()}
    table = pd.DataFrame(
        {
            "unit": marks["unit"].to_numpy(),
            "indicator": marks["indicator"].to_numpy(),
            "assessor": marks["assessor"].map(str).to_numpy(),
            "mark": values,
            "not_applicable": not_applicable,
            "observed_on": pd.to_datetime(pd.Series(dates, dtype=object)),
        }
    )
    return table, [*rows.notes, *told, *notes, *notes_of_columns(places)]


def _at_line(line: int, key: pd.Series) -> Text:
    return problems.AT_LINE.format(line=line, problem=_duplicate_mark(key))


def _require_columns(marks: pd.DataFrame, *, title: str) -> None:
    if lacking := [column for column in NEEDED if column not in marks]:
        one = problems.MISSING_COLUMN.format(column=lacking[0], needed=words(NEEDED))
        several = problems.MISSING_COLUMNS.format(columns=quoted(lacking), needed=words(NEEDED))
        raise InputError(one if len(lacking) == 1 else several, title=title)


def _duplicate_mark(row: pd.Series) -> Text:
    return problems.DUPLICATE_MARK.format(assessor=row["assessor"], code=row["indicator"], unit=row["unit"])


def _dates(text: pd.Series, column: str, found: list[Text]) -> tuple[list[datetime.date | None], list[Note]]:
    """Return the dates, and a note on those written otherwise; add cells that are not dates to the problems found."""
    known = {cell: date_in(cell) if cell else None for cell in text.unique()}
    wrong = text[[cell != "" and known[cell] is None for cell in text]]
    if len(wrong):
        problem = no_date(str(wrong.iloc[0]))
        places = [problems.NAMED_AT.format(line=line, code=str(cell)) for line, cell in wrong.head(NAMED).items()]
        template = problems.NOT_A_DATE if len(wrong) == 1 else problems.NOT_DATES
        at = {"line": wrong.index[0], "count": len(wrong), "places": joined(*places)}
        found.append(template.format(column=column, problem=problem, **at))
    otherwise = [(line, cell) for line, cell in text.items() if cell and known[cell] and cell != str(known[cell])]
    notes = []
    if otherwise:
        line, cell = otherwise[0]
        what = reading_words.READ_AS.format(cell=str(cell), value=str(known[cell]))
        where = reading_words.CELL.format(place=reading_words.LINE.format(line=line), code=column)
        notes.append(Note(what, where, len(otherwise)))
    return [known.get(cell) for cell in text], notes


@checked
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
    _require_columns(marks, title="indicator_values")
    with Arguments("indicator_values") as check:
        check.unique("marks", marks.columns)
        if not (check.problems or are_numbers(marks["mark"])):
            check.expect("marks", marks, problems.MARKS_TABLE)
    marks = marks.assign(mark=as_numbers(marks["mark"]))
    values = marks.groupby(["unit", "indicator"], sort=False)["mark"].mean().unstack()
    values = values.reindex(index=marks["unit"].unique(), columns=list(framework.indicators))
    values.index.name, values.columns.name = "unit", None
    return values


def marked_not_applicable(marks: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return where all marks that are not empty say that the indicator is not applicable to the unit.

    Parameters
    ----------
    marks : DataFrame
        As `read_marks` gives it; without a column ``not_applicable`` no mark says so.
    table : DataFrame, units x indicators

    Returns
    -------
    DataFrame of bool, the shape of the table

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXY"), "indicator": "a", "mark": [None, 1.0, None],
    ...                       "not_applicable": [True, False, True]})
    >>> marked_not_applicable(marks, pd.DataFrame({"a": [1.0, None]}, index=["X", "Y"]))["a"].tolist()
    [False, True]
    """
    if "not_applicable" not in marks:
        return pd.DataFrame(False, index=table.index, columns=table.columns)
    said = marks[marks["not_applicable"] | marks["mark"].notna()]
    cells = said.groupby(["unit", "indicator"])["not_applicable"].all().unstack(fill_value=False)
    return cells.reindex(index=table.index, columns=table.columns, fill_value=False)


def contested_marks(marks: pd.DataFrame) -> pd.DataFrame:
    """Return where one assessor gave a mark and another says that the indicator is not applicable: a disagreement.

    The value is the mean of the marks given.

    Parameters
    ----------
    marks : DataFrame
        As `read_marks` gives it.

    Returns
    -------
    DataFrame, one row per unit and indicator
        unit, indicator; marks and not_applicable : int, how many assessors said each; value : float.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXY"), "indicator": "a", "mark": [None, 1.0, None],
    ...                       "not_applicable": [True, False, True]})
    >>> contested_marks(marks).values.tolist()
    [['X', 'a', 1, 1, 1.0]]
    """
    cells = marks.groupby(["unit", "indicator"], sort=False)
    found = cells.agg(marks=("mark", "count"), not_applicable=("not_applicable", "sum"), value=("mark", "mean"))
    return found[(found["marks"] > 0) & (found["not_applicable"] > 0)].reset_index()


def check_marks(marks: pd.DataFrame, *, title: str) -> pd.DataFrame:
    """Return the marks that were given, as floats; or raise an error that lists everything wrong with them."""
    with Arguments(title) as check:
        if isinstance(check.instance("marks", marks, pd.DataFrame), pd.DataFrame):
            check.unique("marks", marks.columns)
    _require_columns(marks, title=title)
    given = marks.dropna(subset="mark")
    real = given["mark"] if are_numbers(given[["mark"]]) else given["mark"].where(given["mark"].map(is_real))
    numbers = pd.to_numeric(real, errors="coerce").astype(float)
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
