"""Workbooks (XLSX, XLSM, ODS): the cells of one sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.errors import InputError, nearest
from govtransparency.files.cell_texts import CellTexts
from govtransparency.files.ods_sheets import ods_sheets
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.sheet_marks import column_letters
from govtransparency.files.typed_number import typed_number
from govtransparency.files.workbook_archive import WorkbookArchive
from govtransparency.files.xlsx_sheets import WORKBOOK, is_filled, xlsx_marks, xlsx_sheets
from govtransparency.texts import file_notes as notes
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from govtransparency.files.file_form import FileForm
    from govtransparency.files.sheet_marks import SheetMarks

__all__ = ["sheet_names", "workbook_rows"]


NAMED = 3  # cells that a message names
ALL_COLUMNS = 1 << 14
BINARY = "xl/workbook.bin"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"


class _Sheet(NamedTuple):
    name: str
    hidden: bool
    filled: bool
    marks: Callable[[], SheetMarks]  # in XLSX found only when it is read


def sheet_names(path: Path, title: str) -> list[str]:
    """Return the visible sheets of a workbook that hold something; all that do if none of them is visible."""
    filled = [sheet for sheet in _sheets(WorkbookArchive(path, title)) if sheet.filled]
    return [sheet.name for sheet in filled if not sheet.hidden] or [sheet.name for sheet in filled]


def workbook_rows(path: Path, form: FileForm, title: str, *, last_column: int = ALL_COLUMNS) -> RawRows:
    """Return the rows of a sheet of a workbook.

    Parameters
    ----------
    path : Path
    form : FileForm
    title : str
        For the error.
    last_column : int
        Counted from 0; what is wrong with cells further right does not count.

    Raises
    ------
    InputError
        If the file is no workbook that can be read safely, the sheet is unknown or not named where there are several,
        or cells hold an error or a formula without its value.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    archive = WorkbookArchive(path, title)
    sheets = _sheets(archive)
    sheet, told = _chosen(sheets, form.sheet, archive)
    marks = sheet.marks()
    if marks.too_wide:
        last = f"{column_letters(marks.last_column)}{marks.last_row}"
        raise archive.error(problems.TOO_WIDE.format(sheet=sheet.name, cell=last))
    if found := [*_cell_problems(marks, sheet.name, first=min(form.header_lines, default=1), last=last_column)]:
        raise InputError(found, title=title)
    text = CellTexts()
    try:
        with CalamineWorkbook.from_path(path) as book:
            cells = book.get_sheet_by_name(sheet.name)
            _, left = cells.start or (0, 0)
            rows, lines = _rows(cells.iter_rows(), left, marks, text)  # rows from the first of the sheet, columns not
    except CalamineError as error:
        raise archive.error(problems.UNREADABLE.format(reason=error)) from None
    if not rows:
        raise archive.error(problems.EMPTY_SHEET.format(sheet=sheet.name))
    if text.edges:
        told.append(notes.EDGES.format(count=text.edges))
    if marks.hidden_rows:
        told.append(notes.HIDDEN_ROWS.format(count=marks.hidden_rows))
    return RawRows(rows, lines, notes=tuple(told), first_column=left, merged=tuple(marks.merged))


def _sheets(archive: WorkbookArchive) -> list[_Sheet]:
    """Return the sheets of the workbook, whatever kind of workbook it is."""
    if WORKBOOK in archive.names:
        return [
            _Sheet(sheet.name, sheet.hidden, is_filled(archive, sheet), partial(xlsx_marks, archive, sheet))
            for sheet in xlsx_sheets(archive)
        ]
    if BINARY in archive.names:
        raise archive.error(problems.BINARY)
    if MANIFEST in archive.names and b"encryption-data" in archive.read(MANIFEST):
        raise archive.error(problems.ENCRYPTED)
    if "content.xml" in archive.names and archive.read("mimetype").startswith(ODS_TYPE):
        return [
            _Sheet(sheet.name, sheet.hidden, bool(sheet.marks.last_row), partial(getattr, sheet, "marks"))
            for sheet in ods_sheets(archive)
        ]
    raise archive.error(problems.NO_WORKBOOK)


def _chosen(sheets: list[_Sheet], name: str | None, archive: WorkbookArchive) -> tuple[_Sheet, list[Text]]:
    """Return the sheet that is named, or the only visible one that holds something, and what was decided."""
    by_name = {sheet.name: sheet for sheet in sheets}
    if name is not None:
        if name not in by_name:
            raise archive.error(problems.NO_SHEET.format(sheet=name, nearest=nearest(name, by_name)))
        if not by_name[name].filled:
            raise archive.error(problems.EMPTY_SHEET.format(sheet=name))
        return by_name[name], []
    filled = [sheet for sheet in sheets if sheet.filled]
    visible = [sheet for sheet in filled if not sheet.hidden]
    hidden = quoted(sheet.name for sheet in filled if sheet.hidden)
    if not filled:
        raise archive.error(problems.EMPTY_WORKBOOK)
    if not visible:
        raise archive.error(problems.ONLY_HIDDEN.format(sheets=hidden))
    if len(visible) > 1:
        raise archive.error(problems.SEVERAL_SHEETS.format(sheets=quoted(sheet.name for sheet in visible)))
    told = [notes.SHEET.format(sheet=visible[0].name)] if len(sheets) > 1 else []
    if hidden.en:
        told.append(notes.HIDDEN_SHEETS.format(sheets=hidden))
    return visible[0], told


def _cell_problems(marks: SheetMarks, sheet: str, first: int, last: int) -> Iterator[Text]:
    """Give what is wrong with cells from a row on and up to a column, one problem for each kind."""
    errors = [
        f"{column_letters(column)}{row} {error}"
        for row, column, error in marks.errors
        if row >= first and column <= last
    ]
    if errors:
        yield problems.ERRORS.format(sheet=sheet, count=len(errors), cells=_some(errors))
    formulas = [
        f"{column_letters(column)}{row}" for row, column in marks.without_value if row >= first and column <= last
    ]
    if formulas:
        yield problems.WITHOUT_VALUE.format(sheet=sheet, count=len(formulas), cells=_some(formulas))


def _some(cells: list[str]) -> Text:
    return words([*cells[:NAMED], *(["..."] if len(cells) > NAMED else [])])


def _rows(
    rows: Iterable[Sequence[object]], left: int, marks: SheetMarks, text: CellTexts
) -> tuple[list[list[str]], list[int]]:
    """Return the rows with something in them as text, and where each stands."""
    found: list[list[str]] = []
    lines: list[int] = []
    for line, row in enumerate(rows, start=1):
        cells = [text.number(value) if type(value) is float else text(value) for value in row]
        for column in marks.percents.get(line, ()):
            if 0 <= column - left < len(row) and isinstance(number := row[column - left], float):
                cells[column - left] = typed_number(number, percent=True)
        if any(cells):
            found.append(cells)
            lines.append(line)
    return found, lines
