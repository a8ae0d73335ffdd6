"""The sheets of an ODS workbook, and what each tells of its cells besides their values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from govtransparency.files.sheet_content import LARGEST, ROWS, SheetContent, too_wide
from govtransparency.files.typed_number import typed_number
from govtransparency.files.unread_cells import ErrorCell, FormulaCell
from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from govtransparency.files.cell_texts import CellTexts
    from govtransparency.files.unread_cells import UnreadCell
    from govtransparency.files.workbook_archive import WorkbookArchive

__all__ = ["OdsSheet", "ods_content", "ods_sheets"]


CONTENT = "content.xml"
TABLE = "opendocument:xmlns:table"
EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"  # LibreOffice's, which marks errors
CELLS = ("table-cell", "covered-table-cell")


@dataclass
class OdsSheet:
    """One sheet: what it tells of its cells, how far they reach, and by row which are shown as per cents or unread."""

    content: SheetContent
    style: str
    hidden: bool = False
    percents: dict[int, set[int]] = field(default_factory=dict)
    unread: dict[int, dict[int, UnreadCell]] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0

    @property
    def is_too_wide(self) -> bool:
        """Whether cells that stand for many others make the sheet larger than any table."""
        return self.last_row > ROWS or self.last_row * (self.last_column + 1) > LARGEST


class _Reader:
    """Walks through the document and notes what each sheet tells; a cell or row may stand for many equal ones."""

    def __init__(self) -> None:
        self.sheets: list[OdsSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row, self.rows, self.column = 0, 1, 0
        self.cells = range(0)
        self.error: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        given = {_local(key): value for key, value in attributes.items() if "calcext" not in key}
        if name in CELLS:
            self._cell(given, is_error=attributes.get(f"{EXTENSION}}}value-type") == "error")
        elif name == "table-row":
            self.row, self.rows, self.column = self.row + self.rows, int(given.get("number-rows-repeated", 1)), 0
            if given.get("visibility", "visible") != "visible":
                self.sheets[-1].content.hidden_rows += self.rows
        elif name == "table" and TABLE in tag:
            self.sheets.append(OdsSheet(SheetContent(given.get("name", "")), given.get("style-name", "")))
            self.row, self.rows = 0, 1
        elif name == "style":
            self.style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self.hidden_styles.add(self.style)

    def _cell(self, given: dict[str, str], *, is_error: bool) -> None:
        sheet, row, column = self.sheets[-1], self.row, self.column
        count = int(given.get("number-columns-repeated", 1))
        self.column += count
        across, down = (int(given.get(f"number-{kind}-spanned", 1)) for kind in ("columns", "rows"))
        if across > 1 or down > 1:
            sheet.content.merged.append((row, column, row + down - 1, column + across - 1))
        kind = given.get("value-type")
        if kind is None and "formula" not in given:
            return
        sheet.last_row = max(sheet.last_row, row + self.rows - 1)
        sheet.last_column = max(sheet.last_column, column + count - 1)
        self.cells = range(column, column + count)
        if kind is None:
            self._unread(FormulaCell(given["formula"].partition(":")[2]))
        if kind == "percentage" and not sheet.is_too_wide:
            for line in range(row, row + self.rows):
                sheet.percents.setdefault(line, set()).update(self.cells)
        self.error = [] if is_error else None

    def _unread(self, cell: UnreadCell) -> None:
        """Note the cell, and the equal ones for which it stands."""
        if not self.sheets[-1].is_too_wide:
            for line in range(self.row, self.row + self.rows):
                self.sheets[-1].unread.setdefault(line, {}).update(dict.fromkeys(self.cells, cell))

    def text(self, text: str) -> None:
        if self.error is not None:
            self.error.append(text)

    def end(self, tag: str) -> None:
        if self.error is not None and _local(tag) in CELLS:
            self._unread(ErrorCell("".join(self.error).strip()))
            self.error = None


def ods_sheets(archive: WorkbookArchive) -> list[OdsSheet]:
    """Return the sheets of the workbook with what they tell.

    Raises
    ------
    InputError
        If the document is damaged, or a few cells far from the others make a sheet larger than any table.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    try:
        for chunk in archive.chunks(CONTENT):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, IndexError):
        raise archive.error(problems.DAMAGED_PART.format(part=CONTENT)) from None
    for sheet in reader.sheets:
        sheet.hidden = sheet.style in reader.hidden_styles
        if sheet.is_too_wide:
            raise archive.error(too_wide(sheet.content.name, sheet.last_row, sheet.last_column))
    return reader.sheets


def ods_content(archive: WorkbookArchive, sheet: OdsSheet, text: CellTexts) -> SheetContent:
    """Return the cells of a sheet.

    Raises
    ------
    InputError
        If the workbook is damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    content = replace(sheet.content, rows=[], lines=[], width=0)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(archive.content)) as book:
            rows: list[list[Any]] = book.get_sheet_by_name(content.name).to_python(skip_empty_area=False)
            rows += [[]] * (max(sheet.unread, default=0) - len(rows))
            for line, row in enumerate(rows, start=1):
                cells = [text(value) for value in row]
                for column in sheet.percents.get(line, ()):
                    cells[column] = typed_number(float(str(row[column])), percent=True)
                for column, cell in sheet.unread.get(line, {}).items():
                    cells += [""] * (column + 1 - len(cells))
                    cells[column] = cell
                content.add(line, cells)
    except CalamineError as error:
        raise archive.error(problems.UNREADABLE.format(reason=error)) from None
    return content


def _local(name: str) -> str:
    return name.rpartition("}")[2]
