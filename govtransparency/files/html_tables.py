"""Tables of web pages, as which many systems save what they call a workbook (.xls)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.invisible import stripped
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.sheet_content import COLUMNS, LARGEST, SheetContent, too_wide
from govtransparency.files.text_encodings import decoded, decoded_page, has_mark, known_encoding
from govtransparency.texts import file_notes as notes
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from govtransparency.files.file_form import FileForm

__all__ = ["html_rows"]


CHARSET = re.compile(rb"<meta\b[^>]*\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
WEB_NAMES = {  # what browsers take for an encoding of another name
    **dict.fromkeys(("x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii"), "windows-1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **{"iso-8859-9": "windows-1254", "tis-620": "cp874"},
}
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n]+")
COLSPAN, ROWSPAN = 1000, 65_534  # the largest that there are
SPAN = re.compile(r"\s*\+?0*(\d+)", re.ASCII)
LONG_REFERENCE = re.compile(r"&#0*+\d{9,};?", re.ASCII)  # to a character beyond all
UNENDED = re.compile("<[A-Za-z/!?]")
CELLS = ("td", "th")
GROUPS = ("thead", "tbody", "tfoot")
LEAST = 2  # rows and columns of a table


class _Tables(HTMLParser):
    """Walks through a page and keeps the cells of its tables, those of a table within a cell apart."""

    def __init__(self, title: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = title
        self.tables: list[SheetContent] = []
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.open.append(_Open(SheetContent(self.title)))
            self.tables.append(self.open[-1].content)
        elif self.open:
            here = self.open[-1]
            if tag == "tr":
                here.start_row(hidden=bool(HIDDEN.search(given.get("style", ""))))
            elif tag in CELLS:
                here.start_cell(given)
            elif tag in GROUPS:
                here.end_group()
            elif tag == "br":
                here.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag == "table":
            self.open.pop().end_row()
        elif self.open and tag == "tr":
            self.open[-1].end_row()
        elif self.open and tag in CELLS:
            self.open[-1].end_cell()
        elif self.open and tag in GROUPS:
            self.open[-1].end_group()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text.append(BLANKS.sub(" ", data))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take ``<![`` for the start of a comment, as browsers do."""
        return self.parse_bogus_comment(i, report)

    def close(self) -> None:
        if UNENDED.match(self.rawdata):
            self.feed("-->")  # else the end of a tag or comment without any is sought again from each tag after it
        super().close()
        while self.open:
            self.open.pop().end_row()


class _Open:
    """A table whose end is not reached."""

    def __init__(self, content: SheetContent) -> None:
        self.content = content
        self.line = 0
        self.row: list[str] | None = None
        self.text: list[str] = []
        self.at: int | None = None  # the column of the cell that is open
        self.covered: dict[int, int] = {}  # the last line down to which a cell above covers a column
        self.places = 0  # of cells, empty ones too
        self.whole = 0  # merged cells in groups of rows that have ended

    def start_row(self, *, hidden: bool) -> None:
        self.end_row()
        self.line += 1
        self.row = []
        self.content.hidden_rows += hidden

    def start_cell(self, given: dict[str, str]) -> None:
        self.end_cell()
        if self.row is None:
            self.start_row(hidden=False)
        row = self.row if self.row is not None else []
        start = len(row)
        while self.covered.get(len(row), 0) >= self.line:
            row.append("")
        self.at = len(row)
        across = min(_span(given.get("colspan", "")) or 1, COLSPAN)
        down = min(_span(given.get("rowspan", "1")), ROWSPAN) or ROWSPAN  # 0 means down to the end
        row += [""] * across
        self.places += len(row) - start
        if self.places > LARGEST or len(row) > COLUMNS:
            raise self._too_wide(len(row))
        if across > 1 or down > 1:
            self.content.merged.append((self.line, self.at, self.line + down - 1, self.at + across - 1))
        for column in range(self.at, self.at + across):
            self.covered[column] = self.line + down - 1
        self.text = []

    def end_cell(self) -> None:
        if self.row is not None and self.at is not None:
            self.row[self.at] = stripped("".join(self.text).strip())
        self.at, self.text = None, []

    def end_group(self) -> None:
        """End a group of rows, beyond which no cell reaches."""
        self.end_row()
        self.covered = {}
        for at in range(self.whole, len(self.content.merged)):
            top, first, bottom, last = self.content.merged[at]
            self.content.merged[at] = top, first, min(bottom, self.line), last
        self.whole = len(self.content.merged)

    def end_row(self) -> None:
        self.end_cell()
        if self.row is not None:
            self.content.add(self.line, self.row)
            if self.content.is_too_wide:
                raise self._too_wide(self.content.width)
        self.row = None

    def _too_wide(self, width: int) -> InputError:
        return InputError(too_wide(self.content.name, self.line, width - 1), title=self.content.name)


def _span(text: str) -> int:
    """Return the number with which an attribute begins, as far as it can matter; 1 without any."""
    found = SPAN.match(text)
    return int(found[1][:6]) if found else 1


def html_rows(content: bytes, form: FileForm, title: str) -> RawRows:
    """Return the rows of the table in a web page.

    Raises
    ------
    InputError
        If the page has no table of several rows and columns, or several; or its encoding is in doubt.
    """
    said = _declared(content)
    if form.encoding is None and said is not None:
        text, told = decoded_page(content, said, title)
    else:
        text, told = decoded(content, form.encoding, title)
    page = _Tables(title)
    page.feed(LONG_REFERENCE.sub("\ufffd", text))
    page.close()
    tables = [table for table in page.tables if len(table.rows) >= LEAST and table.width >= LEAST]
    if not tables:
        raise InputError(problems.WEB_PAGE, title=title)
    if len(tables) > 1:
        raise InputError(problems.SEVERAL_TABLES.format(count=len(tables)), title=title)
    table = tables[0]
    told = (*told, notes.WEB_TABLE)
    if table.hidden_rows:
        told = (*told, notes.HIDDEN_ROWS.format(count=table.hidden_rows))
    rows = [row + [""] * (table.width - len(row)) for row in table.rows]
    return RawRows(rows, table.lines, notes=told, is_sheet=True, merged=tuple(table.merged))


def _declared(content: bytes) -> str | None:
    """Return the encoding that a page says it is in, unless the file begins with a mark."""
    found = CHARSET.search(content[:4096])
    if found is None or has_mark(content):
        return None
    name = found[1].decode("ascii").lower()
    name = WEB_NAMES.get(name, name)
    known = known_encoding(name)
    return None if known is None or known.startswith("utf-16") else name
