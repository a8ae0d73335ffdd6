"""One door to every file of a table: text files and workbooks as cells of text that remember where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.files.file_form import FileForm
from govtransparency.files.text_files import text_rows
from govtransparency.files.workbooks import column_letters, workbook_rows
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from govtransparency.files.raw_rows import RawRows
    from govtransparency.texts.bilingual import Text

__all__ = ["FileTable", "read_csv", "read_table_file"]


AS_FOUND = FileForm()
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class FileTable:
    """The cells of a file.

    Parameters
    ----------
    path : Path
    cells : DataFrame
        Text, stripped of blanks; a number that the file holds as one is a `TypedNumber`. Columns are called as the
        header says; the index, named ``line``, is the line of the file or the row of the sheet.
    separator : str, optional
        Of a text file.
    notes : tuple of Text
        What was decided when reading, one sentence each.
    letters : tuple of str
        In a workbook, what it calls each column.
    """

    path: Path
    cells: pd.DataFrame
    separator: str | None = None
    notes: tuple[Text, ...] = ()
    letters: tuple[str, ...] = ()

    def place(self, line: int, column: str) -> Text:
        """Return where a cell stands, for a message."""
        if self.letters:
            letter = self.letters[list(self.cells.columns).index(column)]
            return problems.CELL_AT.format(cell=f"{letter}{line}", column=column)
        return problems.LINE_AT.format(line=line, column=column)


def read_table_file(path: str | Path, form: FileForm = AS_FOUND, *, repeated: bool = False) -> FileTable:
    """Read the table in a file: CSV, TSV, XLSX or ODS, told by its content.

    Parameters
    ----------
    path : path
    form : FileForm
        What is declared about the file; the rest is found in it.
    repeated : bool
        Keep only the first of several columns with the same name and the same cells, as in some publishers' files.

    Returns
    -------
    FileTable

    Raises
    ------
    InputError
        If the file is missing, unreadable or empty, has two columns with the same name, or has rows longer or shorter
        than the header; all such rows are listed.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(problems.NO_FILE.format(folder=path.parent), title=str(path)) from None
    except OSError as error:
        raise InputError(problems.UNREADABLE.format(reason=error.strerror), title=str(path)) from None
    raw = workbook_rows(path, form) if content.startswith(ZIP) else text_rows(path, content, form)
    return _table(path, raw, repeated=repeated)


def read_csv(path: str | Path, *, repeated: bool = False) -> pd.DataFrame:
    """Return the cells of a file that needs no declaration: one row per record, indexed by the line of its start.

    As `read_table_file`; no cell is turned into a number or taken as missing (``NA`` is Namibia).
    """
    return read_table_file(path, repeated=repeated).cells


def _table(path: Path, raw: RawRows, *, repeated: bool) -> FileTable:
    header, rows, lines = raw.rows[0], raw.rows[1:], raw.lines[1:]
    letters = (
        tuple(column_letters(raw.first_column + place) for place in range(len(header)))
        if raw.first_column is not None
        else ()
    )
    while header and header[-1] == "" and all(len(row) < len(header) or row[len(header) - 1] == "" for row in rows):
        header = header[:-1]
        rows = [row[: len(header)] for row in rows]
    found = [
        problems.CELLS.format(line=line, count=len(row), header=len(header))
        for line, row in zip(lines, rows, strict=True)
        if len(row) != len(header)
    ]
    if repeated and not found:
        first: dict[tuple[str, ...], int] = {}
        for place, name in enumerate(header):
            first.setdefault((name, *(row[place] for row in rows)), place)
        header, rows = [header[i] for i in first.values()], [[row[i] for i in first.values()] for row in rows]
        letters = tuple(letters[i] for i in first.values()) if letters else ()
    found += [problems.DUPLICATE_COLUMN.format(column=name) for name in sorted(set(header)) if header.count(name) > 1]
    if found:
        raise InputError(found, title=str(path))
    cells = pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="line"), dtype=object)
    return FileTable(path, cells, raw.separator, raw.notes, letters)
