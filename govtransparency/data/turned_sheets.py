"""Sheets whose rows are indicators and whose columns are units, turned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.data.head_words import MEASURES, ROW_HEADS
from govtransparency.data.reading_notes import Note
from govtransparency.errors import InputError, nearest
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import shape_problems as problems

if TYPE_CHECKING:
    from govtransparency.data.head_words import HeadWords
    from govtransparency.files.table_files import FileTable
    from govtransparency.texts.bilingual import Text

__all__ = ["turned"]

UNIT = "unit"


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
    measure = next((head for head in heads if head.lower() in MEASURES and head != named), None)
    units = [head for head in heads if head not in (named, measure) and not known.form.ignores(head, ())]
    cells = file.cells[units].to_numpy(dtype=object)
    rows = _rows(file, known, named, measure, np.array([any(row) for row in cells], dtype=bool))
    changed = [row for row in rows if row.name != row.text]
    if changed:
        first = reading_words.READ_AS.format(cell=changed[0].text, value=changed[0].name)
        notes.append(Note(reading_words.NAMES_FOLDED.format(first=first), times=len(changed)))
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
        named = next((head for head in heads if head.lower() in ROW_HEADS), None)
        problem = problems.NO_ROWS_COLUMN.format(heads=quoted(heads))
    else:
        problem = problems.NO_COLUMN.format(key="indicator", column=named, nearest=nearest(named, heads))
    if named is None or named not in heads:
        raise InputError(problem, title=str(file.path))
    return named


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
        else:
            own = in_brackets if measure is None else str(file.cells[measure].iloc[position])
            rows[name] = _Row(position, text, name, own)
    if wrong:
        raise InputError(wrong, title=str(file.path))
    return list(rows.values())
