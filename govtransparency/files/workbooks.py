"""Workbooks (XLSX, ODS): the cells of one sheet."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from govtransparency.errors import InputError, nearest
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.typed_number import typed_number
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from govtransparency.files.file_form import FileForm

__all__ = ["column_letters", "workbook_rows"]


def workbook_rows(path: Path, form: FileForm) -> RawRows:
    """Return the rows of a sheet of a workbook."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as book:
        sheet = _chosen(path, book, form.sheet)
        top, left = sheet.start or (0, 0)
        rows, lines = [], []
        for line, row in enumerate(sheet.iter_rows(), start=top + 1):
            cells = [cell_text(value) for value in row]
            if any(cells):
                rows.append(cells)
                lines.append(line)
    if not rows:
        raise InputError(problems.EMPTY, title=str(path))
    return RawRows(rows, lines, first_column=left)


def _chosen(path: Path, book: CalamineWorkbook, name: str | None) -> CalamineSheet:
    if name is not None and name not in book.sheet_names:
        problem = problems.NO_SHEET.format(sheet=name, nearest=nearest(name, book.sheet_names))
        raise InputError(problem, title=str(path))
    sheets = [book.get_sheet_by_name(name) for name in (book.sheet_names if name is None else [name])]
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if len(filled) != 1:
        if not filled:
            raise InputError(problems.EMPTY, title=str(path))
        raise InputError(problems.SEVERAL_SHEETS.format(sheets=words(s.name for s in filled)), title=str(path))
    return filled[0]


def cell_text(value: object) -> str:
    """Return the value of a cell as text: numbers typed, dates in ISO form, TRUE and FALSE."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return typed_number(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def column_letters(number: int) -> str:
    """Return what a workbook calls the column of that number, counted from 0.

    Examples
    --------
    >>> [column_letters(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while number >= 0:
        number, last = divmod(number, 26)
        letters, number = chr(ord("A") + last) + letters, number - 1
    return letters
