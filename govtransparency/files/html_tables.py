"""Tables of web pages, as which many systems save what they call a workbook (.xls)."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.invisible import stripped
from govtransparency.files.raw_rows import RawRows
from govtransparency.files.sheet_content import SheetContent, too_wide
from govtransparency.files.text_encodings import decoded
from govtransparency.texts import file_notes as notes
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from govtransparency.files.file_form import FileForm

__all__ = ["html_rows"]


CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk")
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BLANKS = re.compile(r"[ \t\r\n]+")
WIDEST = 16_384
CELLS = ("td", "th")
LEAST = 2  # rows and columns of a table


class _Tables(HTMLParser):
    """Walks through a page and keeps the cells of its tables, those of a table within a cell apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[SheetContent] = []
        self.open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.open.append(_Open(SheetContent("")))
            self.tables.append(self.open[-1].content)
        elif self.open:
            here = self.open[-1]
            if tag == "tr":
                here.start_row(hidden=bool(HIDDEN.search(given.get("style", ""))))
            elif tag in CELLS:
                here.start_cell(given)
            elif tag == "br":
                here.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag == "table":
            self.open.pop().end_row()
        elif self.open and tag == "tr":
            self.open[-1].end_row()
        elif self.open and tag in CELLS:
            self.open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text.append(BLANKS.sub(" ", data))

    def close(self) -> None:
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
        while self.covered.get(len(row), 0) >= self.line:
            row.append("")
        if len(row) >= WIDEST:
            return
        self.at = len(row)
        across, down = (_span(given.get(key, "")) for key in ("colspan", "rowspan"))
        across = min(across, WIDEST - self.at)
        row += [""] * across
        if across > 1 or down > 1:
            self.content.merged.append((self.line, self.at, self.line + down - 1, self.at + across - 1))
        for column in range(self.at, self.at + across):
            self.covered[column] = self.line + down - 1
        self.text = []

    def end_cell(self) -> None:
        if self.row is not None and self.at is not None:
            self.row[self.at] = stripped("".join(self.text).strip())
        self.at, self.text = None, []

    def end_row(self) -> None:
        self.end_cell()
        if self.row is not None:
            self.content.add(self.line, self.row)
        self.row = None


def _span(text: str) -> int:
    return min(int(text), WIDEST) if text.strip().isdecimal() and int(text) > 0 else 1


def html_rows(content: bytes, form: FileForm, title: str) -> RawRows:
    """Return the rows of the table in a web page.

    Raises
    ------
    InputError
        If the page has no table of several rows and columns, or several; or its encoding is in doubt.
    """
    charset = CHARSET.search(content[:4096])
    said = charset[1].decode("ascii").lower() if charset else None
    encoding = form.encoding or ("gb18030" if said in CHINESE else None)
    text, told = decoded(content, encoding, title)
    page = _Tables()
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if len(table.rows) >= LEAST and table.width >= LEAST]
    if not tables:
        raise InputError(problems.WEB_PAGE, title=title)
    if len(tables) > 1:
        raise InputError(problems.SEVERAL_TABLES.format(count=len(tables)), title=title)
    table = tables[0]
    if table.is_too_wide:
        raise InputError(too_wide(title, table.lines[-1], table.width - 1), title=title)
    told = (*told, notes.WEB_TABLE)
    if table.hidden_rows:
        told = (*told, notes.HIDDEN_ROWS.format(count=table.hidden_rows))
    rows = [row + [""] * (table.width - len(row)) for row in table.rows]
    return RawRows(rows, table.lines, notes=told, is_sheet=True, merged=tuple(table.merged))
