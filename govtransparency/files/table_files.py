"""One door to every file of a table: text, workbooks and Parquet as cells of text that remember where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.files.file_form import FileForm
from govtransparency.files.header_rows import named_columns
from govtransparency.files.html_tables import html_rows
from govtransparency.files.invisible import invisible_name
from govtransparency.files.parquet_files import parquet_rows
from govtransparency.files.raw_content import kind_of, read_content, shown_path
from govtransparency.files.sheet_content import column_letters
from govtransparency.files.text_files import text_rows
from govtransparency.files.unread_cells import NAMED, CoveredCell, ErrorCell, FormulaCell, UnreadCell, unread_problems
from govtransparency.files.workbooks import Workbook
from govtransparency.texts import file_notes as notes
from govtransparency.texts.bilingual import listed, words
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from govtransparency.files.raw_rows import RawRows
    from govtransparency.texts.bilingual import Text

__all__ = ["FileTable", "cells_of", "raw_rows", "read_csv", "read_table_file", "table_of"]


AS_FOUND = FileForm()


@dataclass(frozen=True)
class FileTable:
    """The cells of a file.

    Parameters
    ----------
    path : Path
    cells : DataFrame
        Of dtype object: text, stripped of blanks; a number that the file holds as one is a `TypedNumber`, a cell
        without a value of its own an `UnreadCell`. Pandas turns both into plain text where it infers a type (in
        ``iterrows`` or a new Series without ``dtype=object``).
        Columns are called as the header says; the index, named ``line``, is the line of the file or the row of the
        sheet.
    separator : str, optional
        Of a text file.
    notes : tuple of Text
        What was decided when reading, one sentence each.
    letters : tuple of str
        In a workbook, what it calls each column.
    uneven : dict of line to int
        Rows longer or shorter than the header, which are let pass only where that is asked for, and their own length.
    origin : callable, optional
        Of a table that stands in the file in another shape: from the position of a row and the name of a column to the
        line and the number of the column, from 0, where the cell stands.
    """

    path: Path
    cells: pd.DataFrame
    separator: str | None = None
    notes: tuple[Text, ...] = ()
    letters: tuple[str, ...] = ()
    uneven: Mapping[int, int] = field(default_factory=dict)
    origin: Callable[[int, str], tuple[int, int]] | None = None

    def place(self, line: int, column: str) -> Text:
        """Return where a cell stands, for a message."""
        if self.letters:
            return problems.CELL_AT.format(cell=f"{self.column_place(column)}{line}", column=column)
        template = problems.ROW_AT if self.separator is None else problems.LINE_AT
        return template.format(line=line, column=column)

    def line(self, row: int, column: str) -> int:
        """Return the line of a cell, by the position of its row."""
        return int(self.cells.index[row]) if self.origin is None else self.origin(row, column)[0]

    def cell_place(self, row: int, column: str) -> Text:
        """Return where a cell stands, by the position of its row; as `place`, in a table of any shape."""
        line = self.line(row, column)
        if self.origin is None or not self.letters:
            return self.place(line, column)
        return problems.CELL_AT.format(cell=f"{self.letters[self.origin(row, column)[1]]}{line}", column=column)

    def column_place(self, column: str) -> str:
        """Return what the file calls a column: a letter in a workbook, elsewhere its number."""
        at = list(self.cells.columns).index(column)
        return self.letters[at] if self.letters else str(at + 1)

    def code_problems(self, column: str) -> list[Text]:
        """Return a problem if codes in a column hold characters that nobody sees, so that equal codes would differ."""
        found = [
            problems.INVISIBLE_AT.format(place=self.cell_place(row, column), name=name)
            for row, cell in enumerate(self.cells[column])
            if (name := invisible_name(cell)) is not None
        ]
        return [problems.INVISIBLE.format(count=len(found), places=listed(found[:NAMED]))] if found else []

    def unread_problems(self, column: str, kinds: tuple[type, ...] = (ErrorCell, FormulaCell)) -> list[Text]:
        """Return a problem if cells of a column hold an error, or no result of their formula, and so no text."""
        unread = {row: str(cell) for row, cell in enumerate(self.cells[column]) if isinstance(cell, kinds)}
        return unread_problems([(self.cell_place(row, column), cell) for row, cell in unread.items()])


def read_table_file(
    path: str | Path, form: FileForm = AS_FOUND, *, repeated: bool = False, uneven: bool = False
) -> FileTable:
    """Read the table in a file: CSV, TSV, XLSX, XLSM, XLS, ODS, Parquet or HTML, told by its content.

    No cell is turned into a number or taken as missing (``NA`` is Namibia). Of text files, a byte-order mark, commas,
    semicolons or tabs, and comments above the header are accepted: lines that begin with ``#``, unless that is the
    whole first cell. Nothing that a workbook may hold is run or fetched.

    Parameters
    ----------
    path : path
    form : FileForm
        What is declared about the file; the rest is found in it.
    repeated : bool
        Keep only the first of several columns with the same name and the same cells, as in some publishers' files.
    uneven : bool
        Let pass rows longer or shorter than the header, less than half of all, and say which they are.

    Returns
    -------
    FileTable

    Raises
    ------
    InputError
        If the file is missing, unreadable, empty or of another kind, its encoding, separator, sheet or header is in
        doubt, or it has two columns with the same name or rows longer or shorter than the header.
    """
    path = Path(path)
    raw = raw_rows(path, form)
    return table_of(path, raw, form.header_lines, repeated=repeated, uneven=uneven)


def raw_rows(path: Path, form: FileForm = AS_FOUND, content: bytes | None = None) -> RawRows:
    """Return the rows of a file, whose content may be known, before its header is; raise as `read_table_file`."""
    title = shown_path(path)
    if content is None:
        content = read_content(path)
    kind = kind_of(path, content)
    if unused := form.unused(kind):
        raise InputError([problems.UNUSED[kind].format(key=key) for key in unused], title=title)
    if kind == "text":
        return text_rows(content, form, title)
    if kind == "html":
        return html_rows(content, form, title)
    return parquet_rows(content, title) if kind == "parquet" else Workbook(content, title).rows(form.sheet)


def read_csv(path: str | Path, *, repeated: bool = False) -> pd.DataFrame:
    """Return the cells of a file of the author's own, which needs no declaration, indexed by line.

    Parameters
    ----------
    path : path
    repeated : bool
        As in `read_table_file`.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        As `read_table_file`, and if a cell holds a character that nobody sees, or no text or number of its own.
    """
    return cells_of(read_table_file(path, repeated=repeated))


def cells_of(table: FileTable, *, covered: Collection[str] = ()) -> pd.DataFrame:
    """Return the cells of a table of the author's own; raise as `read_csv`.

    Parameters
    ----------
    table : FileTable
    covered : collection of str
        Columns whose cells may have the text of a cell with which they are merged.
    """
    found: list[Text] = []
    for column in table.cells:
        kinds = (ErrorCell, FormulaCell) if column in covered else (UnreadCell,)
        found += [*table.code_problems(column), *table.unread_problems(column, kinds)]
    if found:
        raise InputError(found, title=shown_path(table.path))
    return table.cells


def table_of(
    path: Path,
    raw: RawRows,
    header_lines: tuple[int, ...] = (),
    *,
    repeated: bool = False,
    uneven: bool = False,
    blocks: bool = False,
) -> FileTable:
    """Return the rows of a file as a table under their header, in which blocks side by side may have the same names.

    Raises as `read_table_file`.
    """
    title = shown_path(path)
    columns = named_columns(raw, header_lines, title, repeated=repeated, uneven=uneven, blocks=blocks)
    letters = tuple(map(column_letters, columns.places)) if raw.is_sheet else ()
    told = raw.notes
    if header_lines and header_lines[0] > 1:
        told = (*told, notes.ABOVE.format(line=header_lines[0]))
    if len(header_lines) > 1:
        told = (*told, notes.JOINED.format(lines=words(header_lines)))
    if raw.merged and (count := sum(isinstance(cell, CoveredCell) for row in columns.rows for cell in row)):
        told = (*told, notes.COVERED.format(count=count))
    cells = pd.DataFrame(
        columns.rows, columns=[*map(str, columns.header)], index=pd.Index(columns.lines, name="line"), dtype=object
    )
    return FileTable(path, cells, raw.separator, told, letters, columns.uneven)
