"""Workbooks (XLSX, XLSM, ODS): the cells of one sheet."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.errors import InputError, nearest
from govtransparency.files.cell_texts import CellTexts
from govtransparency.files.ods_sheets import CONTENT, ods_content, ods_sheets
from govtransparency.files.old_workbooks import old_content, old_sheets
from govtransparency.files.raw_content import OLD_WORKBOOK
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.workbook_archive import WorkbookArchive
from govtransparency.files.xlsx_cells import xlsx_content
from govtransparency.files.xlsx_sheets import WORKBOOK, XlsxWorkbook, is_filled
from govtransparency.texts import file_notes as notes
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govtransparency.files.sheet_content import SheetContent

__all__ = ["Workbook"]


BINARY = "xl/workbook.bin"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"
MIMETYPE = "mimetype"


class _Sheet(NamedTuple):
    name: str
    hidden: bool
    filled: bool
    content: Callable[[CellTexts], SheetContent]


class Workbook:
    """The sheets of a workbook, whatever kind of workbook it is.

    Parameters
    ----------
    content : bytes
    title : str
        For the error.

    Raises
    ------
    InputError
        If the file is no workbook that can be read safely.
    """

    def __init__(self, content: bytes, title: str) -> None:
        self.title = title
        self._sheets = _sheets(content, title)

    @property
    def names(self) -> list[str]:
        """The visible sheets that hold something; all that do if none of them is visible."""
        filled = [sheet for sheet in self._sheets if sheet.filled]
        return [sheet.name for sheet in filled if not sheet.hidden] or [sheet.name for sheet in filled]

    def rows(self, name: str | None = None) -> RawRows:
        """Return the rows of a sheet.

        Raises
        ------
        InputError
            If the sheet is unknown or damaged, or not named where there are several.
        """
        sheet, told = _chosen(self._sheets, name, self.title)
        text = CellTexts()
        with collection_paused():
            content = sheet.content(text)
        if not content.rows:
            raise InputError(problems.EMPTY_SHEET.format(sheet=sheet.name), title=self.title)
        if text.edges:
            told.append(notes.EDGES.format(count=text.edges))
        if content.hidden_rows:
            told.append(notes.HIDDEN_ROWS.format(count=content.hidden_rows))
        if content.hidden_columns:
            told.append(notes.HIDDEN_COLUMNS.format(count=content.hidden_columns))
        for row in content.rows:
            row += [""] * (content.width - len(row))
        return RawRows(content.rows, content.lines, notes=tuple(told), is_sheet=True, merged=tuple(content.merged))


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the collection of cycles: millions of cells hold none, and looking through them takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _sheets(content: bytes, title: str) -> list[_Sheet]:
    if content.startswith(OLD_WORKBOOK):
        return [
            _Sheet(sheet.name, sheet.hidden, sheet.filled, partial(old_content, sheet, title))
            for sheet in old_sheets(content, title)
        ]
    archive = WorkbookArchive(content, title)
    if WORKBOOK in archive.names:
        workbook = XlsxWorkbook(archive)
        return [
            _Sheet(sheet.name, sheet.hidden, is_filled(archive, sheet), partial(xlsx_content, workbook, sheet))
            for sheet in workbook.sheets
        ]
    if BINARY in archive.names:
        raise archive.error(problems.BINARY)
    if MANIFEST in archive.names and b"encryption-data" in archive.read(MANIFEST):
        raise archive.error(problems.ENCRYPTED)
    if {CONTENT, MIMETYPE} <= {*archive.names} and archive.read(MIMETYPE).startswith(ODS_TYPE):
        return [
            _Sheet(sheet.content.name, sheet.hidden, bool(sheet.last_row), partial(ods_content, archive, sheet))
            for sheet in ods_sheets(archive)
        ]
    raise archive.error(problems.NO_WORKBOOK)


def _chosen(sheets: list[_Sheet], name: str | None, title: str) -> tuple[_Sheet, list[Text]]:
    """Return the sheet that is named, or the only visible one that holds something, and what was decided."""
    by_name = {sheet.name: sheet for sheet in sheets}
    if name is not None:
        if name not in by_name:
            raise InputError(problems.NO_SHEET.format(sheet=name, nearest=nearest(name, by_name)), title=title)
        if not by_name[name].filled:
            raise InputError(problems.EMPTY_SHEET.format(sheet=name), title=title)
        return by_name[name], []
    filled = [sheet for sheet in sheets if sheet.filled]
    visible = [sheet for sheet in filled if not sheet.hidden]
    hidden = quoted(sheet.name for sheet in filled if sheet.hidden)
    if not filled:
        raise InputError(problems.EMPTY_WORKBOOK, title=title)
    if not visible:
        raise InputError(problems.ONLY_HIDDEN.format(sheets=hidden), title=title)
    if len(visible) > 1:
        raise InputError(problems.SEVERAL_SHEETS.format(sheets=quoted(sheet.name for sheet in visible)), title=title)
    told = [notes.SHEET.format(sheet=visible[0].name)] if len(sheets) > 1 else []
    if hidden.en:
        told.append(notes.HIDDEN_SHEETS.format(sheets=hidden))
    return visible[0], told
