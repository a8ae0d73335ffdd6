"""Where the table of a file seems to stand: in which sheet, under which rows of header."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from govtransparency.errors import Attempts, InputError
from govtransparency.files.file_form import FileForm
from govtransparency.files.header_rows import header_in, likely_header, times_side_by_side
from govtransparency.files.raw_content import kind_of, read_content, shown_path
from govtransparency.files.table_files import FileTable, raw_rows, table_of
from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.workbooks import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govtransparency.files.raw_rows import RawRows
    from govtransparency.texts.bilingual import Text

__all__ = ["FoundLayout", "find_layout"]


@dataclass(frozen=True)
class FoundLayout:
    """Where a table seems to stand.

    Attributes
    ----------
    form : FileForm
        The sheet where there are several, the header where it is not the first row.
    table : FileTable
        As read there.
    sheets : tuple of str
        Those among which one was chosen; none where there was no choice.
    above : dict of column to text
        What stands above the name of a column in a header of two rows.
    """

    form: FileForm
    table: FileTable
    sheets: tuple[str, ...] = ()
    above: Mapping[str, str] = field(default_factory=dict)


def find_layout(path: Path) -> FoundLayout:
    """Return where the table of a file seems to stand: in the sheet with the most numbers, under the likely header.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    content = read_content(path)
    book = Workbook(content, shown_path(path)) if kind_of(path, content) in ("zip", "old") else None
    sheets = () if book is None else tuple(book.names)
    sheet, chosen_among = None, sheets if len(sheets) > 1 else ()
    if book is None:
        raw = raw_rows(path, content=content)
    elif chosen_among:
        sheet, raw = _with_most_numbers(book)
    else:
        raw = book.rows()
    lines: tuple[int, ...] = ()
    try:
        return FoundLayout(FileForm(sheet=sheet), table_of(path, raw), chosen_among)
    except InputError:
        lines = likely_header(raw)
        if not lines:
            return FoundLayout(FileForm(sheet=sheet), _of_any_shape(path, raw), chosen_among)
    above = {name: text for name, text in zip(*header_in(raw, lines), strict=True) if text}
    form = FileForm(sheet=sheet, header=lines if len(lines) > 1 else lines[0])
    return FoundLayout(form, _of_any_shape(path, raw, lines), chosen_among, above)


def _of_any_shape(path: Path, raw: RawRows, lines: tuple[int, ...] = ()) -> FileTable:
    """Return a table that may have rows of any length, and blocks of the same columns side by side."""
    table = table_of(path, raw, lines, uneven=True, blocks=True)
    heads = list(map(str, table.cells.columns))
    return table if times_side_by_side(heads) > 1 else table_of(path, raw, lines, uneven=True)


def _with_most_numbers(book: Workbook) -> tuple[str, RawRows]:
    """Return the sheet with the most cells that are numbers, of those that can be read."""
    found: dict[str, RawRows] = {}
    wrong: list[Text] = []
    for sheet in book.names:
        rows = Attempts(wrong)(partial(book.rows, sheet))
        if rows is not None:
            found[sheet] = rows
    if not found:
        raise InputError(wrong)
    chosen = max(found, key=lambda sheet: _numbers(found[sheet]))
    return chosen, found[chosen]


def _numbers(raw: RawRows) -> int:
    return sum(isinstance(cell, TypedNumber) for row in raw.rows for cell in row)
