"""The cells of one sheet of an XLSX workbook, row by row, so that memory holds what they say and little more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from govtransparency.files.raw_rows import SHARED
from govtransparency.files.sheet_content import SheetContent, column_number, too_wide
from govtransparency.files.typed_number import typed_number
from govtransparency.files.unread_cells import ErrorCell, FormulaCell
from govtransparency.files.xlsx_sheets import XlsxWorkbook, local_name, string_of, styled_number, unescaped
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.files.cell_texts import CellTexts
    from govtransparency.files.xlsx_sheets import Style, XlsxSheet

__all__ = ["xlsx_content"]


ROOT = re.compile(rb"<(\w+:)?worksheet\b[^>]*>")
DATA = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
PIECE = 1 << 18  # bytes of rows that are taken apart together
COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
LIMITS = re.compile(rb'\b(min|max|hidden)="(\w+)"')
HEAD = 1 << 22  # bytes before the first row
TRUE = ("1", "true")


def xlsx_content(workbook: XlsxWorkbook, sheet: XlsxSheet, text: CellTexts) -> SheetContent:
    """Return the cells of a sheet.

    Raises
    ------
    InputError
        If the sheet is damaged, or a few cells far from the others make it larger than any table.
    """
    content = SheetContent(sheet.name)
    cells = _Cells(workbook, text)
    number, hidden_columns = 0, []
    try:
        for element in _elements(workbook, sheet):
            name = local_name(element)
            if name == "row":
                above, number = number, int(element.get("r", number + 1))
                if number <= above:
                    raise ValueError(number)
                content.hidden_rows += element.get("hidden") in TRUE
                content.add(number, cells.row(element))
            elif name == "col" and element.get("hidden") in TRUE:
                hidden_columns.append((int(element.get("min", 0)) - 1, int(element.get("max", 0))))
            elif name == "mergeCell" and (area := AREA.fullmatch(element.get("ref", ""))):
                content.merged.append((int(area[2]), column_number(area[1]), int(area[4]), column_number(area[3])))
            if content.is_too_wide:
                break
    except (ElementTree.ParseError, ValueError, IndexError, OverflowError):
        raise workbook.archive.error(problems.DAMAGED_PART.format(part=sheet.part)) from None
    if content.is_too_wide:
        raise workbook.archive.error(too_wide(sheet.name, content.lines[-1], content.width - 1))
    content.hidden_columns = sum(max(min(last, content.width) - first, 0) for first, last in hidden_columns)
    return content


def _elements(workbook: XlsxWorkbook, sheet: XlsxSheet) -> Iterator[ElementTree.Element]:
    """Give the columns of a sheet, its rows and, after them, its merged cells.

    The whole tree of a large sheet would take many times its memory, so rows are parsed some at a time.
    """
    chunks = workbook.archive.chunks(sheet.part)
    rest = b""
    for chunk in chunks:
        rest += chunk
        if (data := DATA.search(rest)) or len(rest) > HEAD:
            break
    root = ROOT.search(rest)
    if root is None or data is None:
        raise ValueError(sheet.part)
    prefix = root[1] or b""
    end, row_end = b"</%bworksheet>" % prefix, b"</%brow>" % prefix
    for column in COLUMN.findall(rest[: data.start()]):
        yield ElementTree.Element("col", {key.decode(): value.decode() for key, value in LIMITS.findall(column)})
    rest = rest[data.end() :]
    for chunk in chunks:
        rest += chunk
        cut = rest.rfind(row_end) + len(row_end)
        if cut >= len(row_end) and len(rest) > PIECE:
            yield from ElementTree.fromstring(root[0] + rest[:cut] + end)
            rest = rest[cut:]
    rows, closing, after = rest.partition(b"</%bsheetData>" % prefix)
    if not data[0].endswith(b"/>") and not closing:
        raise ValueError(sheet.part)
    yield from ElementTree.fromstring(root[0] + rows + (end if closing else b""))
    if closing:
        yield from ElementTree.fromstring(root[0] + after).iter()


class _Cells:
    """Turns the cells of a row into text."""

    def __init__(self, workbook: XlsxWorkbook, text: CellTexts) -> None:
        self.text = text
        self.strings = workbook.strings(text)
        self.styles: dict[str, Style] = workbook.styles()
        self.from_1904 = workbook.from_1904
        self.columns: dict[str, int] = {}
        self.numbers: dict[str, str] = {}

    def row(self, row: ElementTree.Element) -> list[str]:
        """Return the texts of a row, up to the last that is not empty."""
        found: list[str] = []
        column, columns, styles, known = -1, self.columns, self.styles, self.numbers
        for cell in row:
            address = cell.get("r")
            letters = address and address.rstrip("0123456789")
            if letters is None:
                column += 1
            elif (column := columns.get(letters, -1)) < 0:
                column = columns[letters] = column_number(letters)
            if (
                len(cell) == 1
                and cell[0].tag[-2:] == "}v"
                and cell.get("t", "n") == "n"
                and cell.get("s") not in styles
            ):
                value = cell[0].text or ""  # of a plain number, as most cells are
                text = known.get(value) or self._number(value)
            else:
                text = self._text(cell)
            if text:
                if column < len(found):
                    raise ValueError(address)
                if column > len(found):
                    found += [""] * (column - len(found))
                found.append(text)
        return found

    def _number(self, value: str) -> str:
        """Return a number as a cell; of equal ones the same object, since most sheets hold few different ones."""
        if "_" in value:  # which Python alone reads as part of a number
            raise ValueError(value)
        text = typed_number(float(value)) if value else ""
        if len(self.numbers) < SHARED:
            self.numbers[value] = text
        return text

    def _text(self, cell: ElementTree.Element) -> str:
        parts = {local_name(child): child for child in cell}
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return self.text(string_of(parts["is"])) if "is" in parts else ""
        value = parts["v"].text or "" if "v" in parts else None
        if "f" in parts and (value is None or (value == "" and kind != "str")):
            return FormulaCell(f"={parts['f'].text or ''}")
        return self._value(value, kind, self.styles.get(cell.get("s", ""))) if value else ""

    def _value(self, value: str, kind: str, style: Style | None) -> str:
        if kind == "s":
            if not value.isdecimal():  # a negative number would count from the end
                raise ValueError(value)
            return self.strings[int(value)]
        if kind == "b":
            return "TRUE" if value in TRUE else "FALSE"
        if kind == "n":
            return (
                self._number(value)
                if style is None
                else styled_number(float(value), style, from_1904=self.from_1904, text=self.text)
            )
        return ErrorCell(value) if kind == "e" else self.text(unescaped(value))
