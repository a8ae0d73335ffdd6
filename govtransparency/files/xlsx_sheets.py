"""The sheets of an XLSX workbook, and what its cells share: texts and styles."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree

from govtransparency.files.typed_number import typed_number
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.files.workbook_archive import WorkbookArchive

__all__ = [
    *("WORKBOOK", "Style", "XlsxSheet", "XlsxWorkbook", "built_in_formats", "is_filled", "local_name", "string_of"),
    *("style_of_format", "styled_number", "unescaped"),
]


WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
FILLED = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*(?<!/)>[^<]")  # a value or a text that is not empty
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')  # what a number format shows as it stands
CHINESE_DATES = frozenset(map(str, [*range(27, 37), *range(50, 59)]))  # built into Excel in Chinese, without a text

Style = Literal["percent", "date", "duration"]


@dataclass(frozen=True)
class XlsxSheet:
    """One sheet: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class XlsxWorkbook:
    """The sheets of cells of a workbook; sheets that are charts or macros are left out.

    Parameters
    ----------
    archive : WorkbookArchive
    """

    def __init__(self, archive: WorkbookArchive) -> None:
        self.archive = archive
        self._links = {
            element.get("Id", ""): (
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/xl", element.get("Target", ""))).lstrip("/"),
            )
            for element in self._elements(LINKS, "Relationship")
        }
        sheets = [(element, self._linked(element)) for element in self._elements(WORKBOOK, "sheet")]
        self.sheets = tuple(
            XlsxSheet(element.get("name", ""), part, element.get("state", "visible") != "visible")
            for element, (kind, part) in sheets
            if kind == "worksheet"
        )
        for part in [sheet.part for sheet in self.sheets]:
            if part not in archive.names:
                raise archive.error(problems.DAMAGED_PART.format(part=part))

    @property
    def from_1904(self) -> bool:
        """Whether dates are counted from 1904."""
        properties = self._elements(WORKBOOK, "workbookPr")
        return any(element.get("date1904") in ("1", "true") for element in properties)

    def strings(self, text: Callable[[str], str]) -> list[str]:
        """Return the texts that cells refer to by number, each as `text` makes it."""
        part = self._part("sharedStrings")
        if part not in self.archive.names:
            return []
        found: list[str] = []
        parser: Any = ElementTree.XMLPullParser(["end"])  # its events are of many types
        try:
            for chunk in self.archive.chunks(part):
                parser.feed(chunk)
                for _, element in parser.read_events():
                    if local_name(element) == "si":
                        found.append(text(string_of(element)))
                        element.clear()
        except ElementTree.ParseError:
            raise self.archive.error(problems.DAMAGED_PART.format(part=part)) from None
        return found

    def styles(self) -> dict[str, Style]:
        """Return the numbers of the cell styles that show a per cent, a date or a duration."""
        part = self._part("styles")
        formats = built_in_formats()
        formats |= {item.get("numFmtId", ""): item.get("formatCode", "") for item in self._elements(part, "numFmt")}
        found: dict[str, Style] = {}
        for number, style in enumerate(next(iter(self._elements(part, "cellXfs")), ())):
            look = style_of_format(formats.get(style.get("numFmtId", "0"), "General"))
            if look is not None:
                found[str(number)] = look
        return found

    def _linked(self, element: ElementTree.Element) -> tuple[str, str]:
        name = next((value for key, value in element.items() if key.rpartition("}")[2] == "id"), "")
        return self._links.get(name, ("", ""))

    def _part(self, kind: str) -> str:
        return next((part for found, part in self._links.values() if found == kind), "")

    def _elements(self, part: str, name: str) -> list[ElementTree.Element]:
        """Return the elements of that name in a part; none if there is no such part."""
        if part not in self.archive.names:
            return []
        try:
            root = ElementTree.fromstring(self.archive.read(part))  # a document type was refused before
        except ElementTree.ParseError:
            raise self.archive.error(problems.DAMAGED_PART.format(part=part)) from None
        return [element for element in root.iter() if local_name(element) == name]


def built_in_formats() -> dict[str, str]:
    """Return the number formats that need no text in the file, by their numbers."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    return {str(number): code for number, code in BUILTIN_FORMATS.items()} | dict.fromkeys(CHINESE_DATES, "yyyy-mm-dd")


def style_of_format(code: str) -> Style | None:
    """Return what a number format shows other than a plain number.

    Examples
    --------
    >>> [style_of_format(code) for code in ("0.0%", "yyyy-mm-dd", "[h]:mm", '0"%"', "General")]
    ['percent', 'date', 'duration', None, None]
    """
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format

    if "%" in LITERAL.sub("", code):
        return "percent"
    if is_timedelta_format(code):
        return "duration"
    return "date" if is_date_format(code) else None


def styled_number(value: float, style: Style, *, from_1904: bool, text: Callable[[object], str]) -> str:
    """Return a number that the sheet shows as a per cent, a date or a duration; `text` makes the latter two a cell."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

    if style == "percent":
        return typed_number(value, percent=True)
    epoch = CALENDAR_MAC_1904 if from_1904 else CALENDAR_WINDOWS_1900
    return text(from_excel(value, epoch, timedelta=style == "duration"))


def is_filled(archive: WorkbookArchive, sheet: XlsxSheet) -> bool:
    """Return whether a sheet holds anything."""
    rest = b""
    for chunk in archive.chunks(sheet.part):
        if FILLED.search(rest + chunk):
            return True
        rest = chunk[-200:]
    return False


def local_name(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace, which differs between two editions of the standard."""
    return element.tag.rpartition("}")[2]


def string_of(element: ElementTree.Element) -> str:
    """Return the text of a cell, whatever its runs look like, without the readings above it (furigana)."""
    runs = [element, *(child for child in element if local_name(child) == "r")]
    return unescaped("".join(child.text or "" for run in runs for child in run if local_name(child) == "t"))


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, which Excel writes as ``_x000D_``."""
    from openpyxl.utils.escape import unescape

    return unescape(text) if "_x" in text else text
