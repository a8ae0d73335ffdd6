"""Where the table of a file seems to stand: in which sheet, under which rows of header."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.file_form import FileForm
from govtransparency.files.header_rows import header_in, likely_header
from govtransparency.files.raw_content import kind_of, read_content, shown_path
from govtransparency.files.table_files import raw_rows, read_table_file
from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.workbooks import sheet_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["FoundLayout", "find_layout"]


@dataclass(frozen=True)
class FoundLayout:
    """Where a table seems to stand.

    Attributes
    ----------
    form : FileForm
        The sheet where there are several, the header where it is not the first row.
    sheets : tuple of str
        Those among which one was chosen; none where there was no choice.
    above : dict of column to text
        What stands above the name of a column in a header of two rows.
    """

    form: FileForm
    sheets: tuple[str, ...] = ()
    above: Mapping[str, str] = field(default_factory=dict)


def find_layout(path: Path) -> FoundLayout:
    """Return where the table of a file seems to stand: in the sheet with the most numbers, under the likely header.

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    sheets = sheet_names(path, shown_path(path)) if kind_of(path, read_content(path)) == "zip" else []
    form = FileForm(sheet=_with_most_numbers(path, sheets) if len(sheets) > 1 else None)
    chosen_among = tuple(sheets) if len(sheets) > 1 else ()
    try:
        read_table_file(path, form)
    except InputError:
        raw = raw_rows(path, form)
        lines = likely_header(raw)
        if not lines:
            raise
        form = FileForm(sheet=form.sheet, header=lines if len(lines) > 1 else lines[0])
        above = {name: text for name, text in zip(*header_in(raw, lines), strict=True) if text}
        return FoundLayout(form, chosen_among, above)
    return FoundLayout(form, chosen_among)


def _with_most_numbers(path: Path, sheets: list[str]) -> str:
    """Return the sheet with the most cells that are numbers; one that cannot be read only if none can."""
    count = dict.fromkeys(sheets, -1)
    for sheet in sheets:
        try:
            rows = raw_rows(path, FileForm(sheet=sheet)).rows
        except InputError:
            continue
        count[sheet] = sum(isinstance(cell, TypedNumber) for row in rows for cell in row)
    return max(sheets, key=lambda sheet: count[sheet])
