"""What was done when files were read, as rows of a table: conversions, rows passed over, doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from govtransparency.texts import reading_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govtransparency.data.numbers import Conversion, NumberColumn
    from govtransparency.texts.bilingual import Text

__all__ = ["Note", "notes_of_columns", "reading_table"]

COLUMNS = ("file", "where_zh", "where_en", "note_zh", "note_en", "count")


class Note(NamedTuple):
    """One thing done when a file was read.

    Attributes
    ----------
    what : Text
    where : Text
    times : int
        How many cells, rows or columns.
    doubtful : bool
        Whether it is about a name that may be wrong, which is a doubt about the edition too.
    """

    what: Text
    where: Text = reading_words.FILE
    times: int = 1
    doubtful: bool = False


def reading_table(notes: Iterable[tuple[str, Note]]) -> pd.DataFrame:
    """Return notes, each with the name of its file, as a table.

    Returns
    -------
    DataFrame
        Columns file, where_zh, where_en, note_zh, note_en, count.
    """
    rows = [(file, *note.where, *note.what, note.times) for file, note in notes]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"count": int})


def notes_of_columns(columns: Mapping[str, tuple[NumberColumn, Callable[[int], Text]]]) -> list[Note]:
    """Return the conversions of all columns of a file, one note for each kind, with the first of its cells."""
    found: dict[str, list[tuple[str, Conversion]]] = {}
    for code, (column, _) in columns.items():
        for conversion in column.conversions:
            found.setdefault(conversion.kind, []).append((code, conversion))
    notes = []
    for given in found.values():
        code, first = given[0]
        where = reading_words.CELL.format(place=columns[code][1](first.first), code=code)
        if len(given) > 1:
            where = reading_words.SEVERAL_COLUMNS.format(count=len(given), first=where)
        notes.append(Note(first.text, where, sum(one.count for _, one in given)))
    return notes
