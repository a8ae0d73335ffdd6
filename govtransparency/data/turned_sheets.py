"""Sheets whose rows are indicators and whose columns are units, turned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.data.head_words import ROW_HEADS
from govtransparency.data.reading_notes import Note
from govtransparency.data.units_of_measurement import ratio_of
from govtransparency.data_dictionary.known_headings import find_heading, means
from govtransparency.errors import InputError, nearest
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import measure_problems
from govtransparency.texts.problems import shape_problems as problems

if TYPE_CHECKING:
    from govtransparency.data.head_words import HeadWords
    from govtransparency.files.table_files import FileTable
    from govtransparency.texts.bilingual import Text

__all__ = ["turned"]

UNIT = "unit"
BESIDE = (  # what a column may mean that says something of the indicators
    *(*ROW_HEADS, "code", "name", "name_en", "group", "unit of measurement", "note", "source"),
    *("parent", "weight", "direction", "worst", "best", "goalpost"),
)


class _Row(NamedTuple):
    """The row of an indicator: its position, its name as it stands and as it is read, and its unit of measurement."""

    position: int
    text: str
    name: str
    measure: str


def turned(file: FileTable, known: HeadWords, header: int, notes: list[Note], measures: dict[str, str]) -> FileTable:
    """Return a table with a row for each unit and a column for each indicator; add to the notes and measures.

    Parameters
    ----------
    file : FileTable
    known : HeadWords
    header : int
        The line of the heads.
    notes : list of Note
    measures : dict of column to text

    Raises
    ------
    InputError
        If no column names the indicators, a row with figures has no name, or a name stands twice.
    """
    heads = [str(head) for head in file.cells.columns]
    named = _column_of_names(file, known, heads)
    beside = _columns_beside(heads, named, known)
    measure = find_heading(beside, "unit of measurement")
    units = [head for head in heads if head not in (named, *beside) and not known.form.ignores(head, ())]
    cells = file.cells[units].to_numpy(dtype=object)
    rows = _rows(file, known, named, measure, np.array([any(row) for row in cells], dtype=bool))
    changed = [row for row in rows if row.name != row.text]
    if changed:
        first = reading_words.READ_AS.format(cell=changed[0].text, value=changed[0].name)
        notes.append(Note(reading_words.NAMES_FOLDED.format(first=first), times=len(changed)))
    if passed := [head for head in beside if head != measure]:
        notes.append(Note(reading_words.OTHER_COLUMNS.format(columns=quoted(passed)), times=len(passed)))
    notes.append(Note(reading_words.TURNED.format(column=named, count=len(rows))))
    measures |= {row.name: row.measure for row in rows if row.measure}
    table = pd.DataFrame(
        np.column_stack([np.array(units, dtype=object), *(cells[row.position] for row in rows)]),
        columns=[UNIT, *(row.name for row in rows)],
        index=pd.Index([header] * len(units), name=file.cells.index.name),
        dtype=object,
    )
    at = {row.name: row.position for row in rows}

    def origin(row: int, column: str) -> tuple[int, int]:
        return (header if column == UNIT else file.line(at[column], units[row])), heads.index(units[row])

    return replace(file, cells=table, uneven={}, origin=origin)


def _column_of_names(file: FileTable, known: HeadWords, heads: list[str]) -> str:
    """Return the column that names the indicators."""
    named = known.form.indicator
    if named is None:
        likely = [head for head in heads if means(head, *ROW_HEADS)] or [head for head in heads if not head]
        named = next(iter(likely), None)
        named = next((head for head in likely if any(map(known.knows, file.cells[head]))), named)
        problem = problems.NO_ROWS_COLUMN.format(heads=quoted(heads))
    else:
        problem = problems.NO_COLUMN.format(key="indicator", column=named, nearest=nearest(named, heads))
    if named is None or named not in heads:
        raise InputError(problem, title=str(file.path))
    return named


def _columns_beside(heads: list[str], named: str, known: HeadWords) -> list[str]:
    """Return the columns that hold no figures of a unit; a serial number stands in front of the names."""
    in_front = heads[: heads.index(named)]
    return [
        head
        for head in heads
        if head != named
        and (means(head, *BESIDE) or (head in in_front and means(head, "serial number")))
        and not (known.units is not None and known.units.find(head))
        and not known.form.ignores(head, ())
    ]


def _rows(file: FileTable, known: HeadWords, named: str, measure: str | None, filled: np.ndarray) -> list[_Row]:
    """Return the rows of indicators that have figures and are not to be ignored, each of another name."""
    rows: dict[str, _Row] = {}
    wrong: list[Text] = []
    for position in np.flatnonzero(filled).tolist():
        text = str(file.cells[named].iloc[position])
        name, in_brackets = known.named(text)
        if not text:
            wrong.append(problems.NO_NAME.format(place=file.cell_place(position, named)))
        elif any(known.form.ignores(one, known.indicators) for one in (text, name)):
            continue
        elif name in rows:
            line, first = file.line(position, named), file.line(rows[name].position, named)
            wrong.append(problems.INDICATOR_TWICE.format(indicator=name, line=line, first=first))
        elif name == UNIT:
            wrong.append(problems.CALLED_UNIT.format(line=file.line(position, named), indicator=text))
        else:
            own = "" if measure is None else str(file.cells[measure].iloc[position])
            if own and in_brackets and ratio_of(own, in_brackets) != 1:
                words = {"head": text, "unit": in_brackets, "column": measure, "other": own}
                wrong.append(measure_problems.HEAD_AND_COLUMN.format(**words))
            rows[name] = _Row(position, text, name, own or in_brackets)
    if wrong:
        raise InputError(wrong, title=str(file.path))
    return list(rows.values())
