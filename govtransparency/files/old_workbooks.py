"""Workbooks of the old form (.xls, also of WPS, and .et): the cells of their sheets."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.compound_files import stream_of
from govtransparency.files.old_strings import byte_string, shared_strings, unicode_string
from govtransparency.files.sheet_content import SheetContent, too_wide
from govtransparency.files.typed_number import typed_number
from govtransparency.files.unread_cells import ErrorCell
from govtransparency.files.xlsx_sheets import built_in_formats, style_of_format, styled_number
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.files.cell_texts import CellTexts
    from govtransparency.files.xlsx_sheets import Style

__all__ = ["OldSheet", "old_content", "old_sheets"]


STREAMS = ("Workbook", "Book")
START, END, SHEET, PASSWORD, CODE_PAGE, FROM_1904 = 0x809, 0x0A, 0x85, 0x2F, 0x42, 0x22
FORMAT, STYLE, STRINGS, CONTINUED = 0x41E, 0xE0, 0xFC, 0x3C
ROW, COLUMN, MERGED = 0x208, 0x7D, 0xE5
NUMBER, SHORT_NUMBER, SHORT_NUMBERS, SHARED, LABEL, RICH_LABEL = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
TRUTH, FORMULA, RESULT = 0x205, 0x06, 0x207
UNICODE = 0x600  # from this version on, texts are Unicode whatever the code page
HIDDEN_ROW = 0x20
WIDEST = 256
CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 1200: "utf-16-le", 32768: "mac-roman", 32769: "cp1252"}
ERRORS = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!"},
    **{0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
}


@dataclass
class _Book:
    """What the cells of all sheets share."""

    version: int = 0
    encoding: str = "cp1252"
    from_1904: bool = False
    strings: list[str] = field(default_factory=list)
    styles: list[Style | None] = field(default_factory=list)

    def text(self, record: bytes, at: int, *, short: bool = False) -> str:
        """Return the text in a record, behind its length in two bytes or in one."""
        if self.version >= UNICODE:
            return unicode_string(record, at, short=short)
        return byte_string(record, at, self.encoding, short=short)


@dataclass(frozen=True)
class OldSheet:
    """One sheet: its name, where it begins in the stream, and what it shares with others."""

    name: str
    hidden: bool
    stream: bytes = field(repr=False)
    place: int
    book: _Book

    @property
    def filled(self) -> bool:
        """Whether the sheet holds anything, or is damaged, as is told when it is read."""
        kinds = (NUMBER, SHORT_NUMBER, SHORT_NUMBERS, SHARED, LABEL, RICH_LABEL, TRUTH, FORMULA)
        try:
            return any(kind in kinds for kind, _ in _records(self.stream, self.place))
        except (struct.error, ValueError):
            return True


def old_sheets(content: bytes, title: str) -> list[OldSheet]:
    """Return the sheets of cells of the workbook.

    Raises
    ------
    InputError
        If the workbook is damaged or has a password.
    """
    try:
        stream = stream_of(content, STREAMS)
        return _sheets(stream, title)
    except InputError:
        raise
    except (struct.error, ValueError, IndexError, LookupError):
        raise InputError(problems.DAMAGED, title=title) from None


def _sheets(stream: bytes, title: str) -> list[OldSheet]:
    book, formats = _Book(), built_in_formats()
    sheets: list[OldSheet] = []
    numbers: list[int] = []
    texts: list[bytes] = []
    for kind, record in _records(stream, 0):
        if kind == START:
            book.version = struct.unpack_from("<H", record)[0]
        elif kind == PASSWORD:
            raise InputError(problems.ENCRYPTED, title=title)
        elif kind == CODE_PAGE:
            page = struct.unpack_from("<H", record)[0]
            book.encoding = codecs.lookup(CODE_PAGES.get(page, f"cp{page}")).name
        elif kind == FROM_1904:
            book.from_1904 = record[:1] == b"\1"
        elif kind == FORMAT:
            formats[str(struct.unpack_from("<H", record)[0])] = book.text(record, 2, short=book.version < UNICODE)
        elif kind == STYLE:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == STRINGS or (kind == CONTINUED and texts):
            texts.append(record)
        elif kind == SHEET and record[5] == 0:
            place, state = struct.unpack_from("<IB", record)
            sheets.append(OldSheet(book.text(record, 6, short=True), state & 3 > 0, stream, place, book))
    book.strings = shared_strings(texts)
    book.styles = [style_of_format(formats.get(str(number), "General")) for number in numbers]
    return sheets


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part of the stream: the kind of each, and its content.

    A chart that lies on a sheet is a part of its own within that of the sheet; the figures in it are not the sheet's.
    """
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            raise ValueError(at)
        depth += (kind == START) - (kind == END)
        if depth <= 0:
            return
        if depth == 1 and kind != END:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def old_content(sheet: OldSheet, title: str, text: CellTexts) -> SheetContent:
    """Return the cells of a sheet; raise as `old_sheets`."""
    reader = _Cells(sheet.book, text)
    try:
        for kind, record in _records(sheet.stream, sheet.place):
            reader.take(kind, record)
    except (struct.error, ValueError, IndexError, OverflowError):
        raise InputError(problems.DAMAGED_PART.format(part=sheet.name), title=title) from None
    found = SheetContent(sheet.name, merged=reader.merged, hidden_rows=reader.hidden_rows)
    for number in sorted(reader.rows):
        row = reader.rows[number]
        found.add(number + 1, [row.get(column, "") for column in range(max(row) + 1)])
        if found.is_too_wide:
            raise InputError(too_wide(sheet.name, number + 1, found.width - 1), title=title)
    found.hidden_columns = len([column for column in reader.hidden_columns if column < found.width])
    return found


class _Cells:
    """Takes the records of a sheet and keeps the texts of its cells."""

    def __init__(self, book: _Book, text: CellTexts) -> None:
        self.book, self.text = book, text
        self.rows: dict[int, dict[int, str]] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows = 0
        self.hidden_columns: set[int] = set()
        self.formula: tuple[int, int] | None = None  # the cell whose result follows as a text

    def take(self, kind: int, record: bytes) -> None:
        """Take one record."""
        if kind == ROW:
            self.hidden_rows += bool(struct.unpack_from("<I", record, 12)[0] & HIDDEN_ROW)
        elif kind == COLUMN:
            first, last, _, _, flags = struct.unpack_from("<HHHHH", record)
            self.hidden_columns.update(range(first, min(last + 1, WIDEST)) if flags & 1 else ())
        elif kind == MERGED:
            for at in range(2, len(record) - 7, 8):
                top, bottom, left, right = struct.unpack_from("<HHHH", record, at)
                if top <= bottom and left <= right:
                    self.merged.append((top + 1, left, bottom + 1, right))
        elif kind == RESULT and self.formula is not None:
            self._put(*self.formula, self.text(self.book.text(record, 0)))
        elif kind == SHORT_NUMBERS:
            row, first = struct.unpack_from("<HH", record)
            for column, at in enumerate(range(4, len(record) - 2, 6), start=first):
                style, packed = struct.unpack_from("<HI", record, at)
                self._put(row, column, self._number(_unpacked(packed), style))
        elif kind in (NUMBER, SHORT_NUMBER, SHARED, LABEL, RICH_LABEL, TRUTH, FORMULA):
            row, column, style = struct.unpack_from("<HHH", record)
            self.formula = (row, column) if kind == FORMULA else None
            self._put(row, column, self._cell(kind, record, style))

    def _put(self, row: int, column: int, cell: str) -> None:
        if cell:
            self.rows.setdefault(row, {})[column] = cell

    def _cell(self, kind: int, record: bytes, style: int) -> str:
        if kind == SHARED:
            return self.text(self.book.strings[struct.unpack_from("<I", record, 6)[0]])
        if kind in (LABEL, RICH_LABEL):
            return self.text(self.book.text(record, 6))
        if kind == SHORT_NUMBER:
            return self._number(_unpacked(struct.unpack_from("<I", record, 6)[0]), style)
        if kind == TRUTH:
            return self._truth(record[6], is_error=bool(record[7]))
        if kind == FORMULA and record[12:14] == b"\xff\xff":  # no number
            return self._truth(record[8], is_error=record[6] == 2) if record[6] in (1, 2) else ""
        return self._number(struct.unpack_from("<d", record, 6)[0], style)

    def _truth(self, value: int, *, is_error: bool) -> str:
        return ErrorCell(ERRORS.get(value, "#N/A")) if is_error else self.text(bool(value))

    def _number(self, value: float, number: int) -> str:
        style = self.book.styles[number] if number < len(self.book.styles) else None
        if style is None:
            return typed_number(value)
        return styled_number(value, style, from_1904=self.book.from_1904, text=self.text)


def _unpacked(packed: int) -> float:
    """Return a number that is stored in four bytes."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed >> 31 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
