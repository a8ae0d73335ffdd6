"""The sheets of an XLSX workbook, and what each tells of its cells besides their values."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from govtransparency.files.sheet_marks import SheetMarks, column_number
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.files.workbook_archive import WorkbookArchive

__all__ = ["XlsxSheet", "is_filled", "xlsx_marks", "xlsx_sheets"]


WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
PERCENT_FORMATS = frozenset({"9", "10"})  # 0% and 0.00%, which have no text of their own
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a number format shows as it stands
FILLED = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*[^/>]?>[^<]")
ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d+)["']""")
AREA = re.compile(rb"""mergeCell\s[^>]*ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
TYPE = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
EMPTY_TEXT = re.compile(rb"v\s*/?>$")
PIECE = 1 << 22


@dataclass(frozen=True)
class XlsxSheet:
    """One sheet: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


def xlsx_sheets(archive: WorkbookArchive) -> list[XlsxSheet]:
    """Return the sheets of cells; sheets that are charts or macros are left out."""
    links = {
        element.get("Id"): element
        for element in _elements(archive, LINKS, "Relationship")
        if (element.get("Type") or "").endswith("/worksheet")
    }
    found = []
    for element in _elements(archive, WORKBOOK, "sheet"):
        link = links.get(next((value for key, value in element.items() if _local(key) == "id"), ""))
        if link is None:
            continue
        part = posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        if part not in archive.names:
            raise archive.error(problems.DAMAGED_PART.format(part=part))
        found.append(XlsxSheet(element.get("name", ""), part, element.get("state", "visible") != "visible"))
    return found


def is_filled(archive: WorkbookArchive, sheet: XlsxSheet) -> bool:
    """Return whether a sheet holds anything."""
    rest = b""
    for chunk in archive.chunks(sheet.part):
        if FILLED.search(rest + chunk):
            return True
        rest = chunk[-200:]
    return False


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _elements(archive: WorkbookArchive, part: str, name: str) -> list[ElementTree.Element]:
    """Return the elements of that name in a part; none if there is no such part."""
    if part not in archive.names:
        return []
    try:
        root = ElementTree.fromstring(archive.read(part))  # a document type was refused before
    except ElementTree.ParseError:
        raise archive.error(problems.DAMAGED_PART.format(part=part)) from None
    return [element for element in root.iter() if _local(element.tag) == name]


def percent_styles(archive: WorkbookArchive) -> list[str]:
    """Return the numbers of the cell styles that show a per cent."""
    formats = {
        element.get("numFmtId"): "%" in LITERAL.sub("", element.get("formatCode", ""))
        for element in _elements(archive, STYLES, "numFmt")
    }
    cells = next(iter(_elements(archive, STYLES, "cellXfs")), ())
    return [
        str(number)
        for number, style in enumerate(cells)
        if formats.get(style.get("numFmtId"), style.get("numFmtId") in PERCENT_FORMATS)
    ]


def xlsx_marks(archive: WorkbookArchive, sheet: XlsxSheet) -> SheetMarks:
    """Return what a sheet tells of its cells.

    A sheet may hold millions of cells, so its text is searched for the few that tell something: no cell is taken apart
    unless it is an error, a per cent, a formula without a value, or lacks its address.
    """
    marks, percents = SheetMarks(), percent_styles(archive)
    number = 0
    patterns: _Patterns | None = None
    for text in _whole_rows(archive, sheet):
        patterns = patterns or _patterns(text, percents)
        rows = [*patterns.row.finditer(text)]
        ends = [*(row.start() for row in rows), len(text)][1:] if rows else []
        for row, end in zip(rows, ends, strict=True):
            given = ROW_NUMBER.search(row[0])
            number = int(given[1]) if given else number + 1
            marks.hidden_rows += HIDDEN.search(row[0]) is not None
            _note_extent(marks, patterns, number, text, row.end(), end)
            column = -1
            for cell in patterns.cell.finditer(text, row.end(), end):
                column = _note_cell(marks, cell, number, column + 1, percents)
        for area in AREA.finditer(text, rows[-1].end() if rows else 0):
            first, top, last, bottom = (part.decode() for part in area.groups())
            marks.merged.append((int(top), column_number(first), int(bottom), column_number(last)))
    return marks


def _whole_rows(archive: WorkbookArchive, sheet: XlsxSheet) -> Iterator[bytes]:
    """Give the text of a sheet in pieces that end after a row, or after any mark where there are none."""
    rest = b""
    for chunk in archive.chunks(sheet.part):
        rest += chunk
        if len(rest) >= PIECE:
            end = rest.rfind(b"row>")
            cut = rest.rfind(b">") + 1 if end < 0 else end + len(b"row>")
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


class _Patterns(NamedTuple):
    """What is searched in a sheet, with the prefix that its file gives to the names of elements."""

    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    cell_start: bytes
    value_ends: tuple[bytes, ...]


def _patterns(text: bytes, percents: list[str]) -> _Patterns:
    found = re.search(rb"<(\w+:)?worksheet\b", text)
    prefix = (found and found[1]) or b""
    styles = "|".join(percents).encode() or b"-"
    formula = rb"<%bf\b(?:[^>]*/>|[^>]*>[^<]*</%bf>)" % (prefix, prefix)
    empty = rb"(?:<%bv\s*/>|<%bv>\s*</%bv>|</%bc>)" % ((prefix,) * 4)
    without_value = rb"(?P<formula>>\s*%b\s*%b)" % (formula, empty)
    telling = rb"""(?=[^>]*\st=["']e["'])|(?=[^>]*\ss=["'](?:%b)["'])|(?![^>]*\sr=)|(?=[^>]*%b)""" % (
        styles,
        without_value,
    )
    return _Patterns(
        row=re.compile(rb"<%brow\b[^>]*>" % prefix),
        cell=re.compile(
            rb"<%bc(?=[\s>])(?:%b)(?P<cell>[^>]*)>(?:(?:%b)?<%bv>(?P<value>[^<]*))?"
            % (prefix, telling, formula, prefix)
        ),
        cell_start=b"<%bc " % prefix,
        value_ends=(b"</%bv>" % prefix, b"</%bis>" % prefix),
    )


def _note_extent(marks: SheetMarks, patterns: _Patterns, row: int, text: bytes, start: int, end: int) -> None:
    """Note how far a row reaches: to its last cell that holds something."""
    last = max(text.rfind(ending, start, end) for ending in patterns.value_ends)
    if last < 0:
        return
    cell = text.rfind(patterns.cell_start, start, last)
    address = ADDRESS.search(text, cell, last) if cell >= 0 else None
    marks.last_row = max(marks.last_row, row)
    if address:
        marks.last_column = max(marks.last_column, column_number(address[1].decode()))


def _note_cell(marks: SheetMarks, cell: re.Match[bytes], row: int, next_column: int, percents: list[str]) -> int:
    """Note what one cell tells, and return its column."""
    address, kind, style = (pattern.search(cell["cell"]) for pattern in (ADDRESS, TYPE, STYLE))
    column = column_number(address[1].decode()) if address else next_column
    if kind and kind[1] == b"e":
        marks.errors.append((row, column, (cell["value"] or b"").decode()))
    elif cell["formula"] and not (kind and kind[1] == b"str" and EMPTY_TEXT.search(cell["formula"])):
        marks.without_value.append((row, column))
    elif style and style[1].decode() in percents:
        marks.percents.setdefault(row, set()).add(column)
    if not address:
        marks.last_column = max(marks.last_column, column)
    return column
