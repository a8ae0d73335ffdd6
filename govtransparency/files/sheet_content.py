"""The cells of one sheet of a workbook, and what it tells of them besides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govtransparency.texts.problems import workbook_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["COLUMNS", "LARGEST", "ROWS", "SheetContent", "column_letters", "column_number", "too_wide"]


LARGEST = 20_000_000  # cells of the rectangle from the first to the last that holds something
ROWS, COLUMNS = 1_048_576, 16_384  # of the longest and the widest sheet


@dataclass
class SheetContent:
    """The cells of a sheet; rows are counted from 1, columns from 0.

    Parameters
    ----------
    name : str
    rows : list of list of str
        From column A on, up to the last cell with a text; rows without any are left out.
    lines : list of int
        Where each row stands.
    merged : list of (row, column, last row, last column)
    hidden_rows, hidden_columns : int
    width : int
        Of the longest row.
    """

    name: str
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    width: int = 0

    def add(self, line: int, row: list[str]) -> None:
        """Add a row that stands below all others, unless it is empty."""
        while row and not row[-1]:
            row.pop()
        if row:
            self.rows.append(row)
            self.lines.append(line)
            self.width = max(self.width, len(row))

    @property
    def is_too_wide(self) -> bool:
        """Whether a few cells far from the others make the sheet larger than any table."""
        return len(self.rows) * self.width > LARGEST


def too_wide(sheet: str, row: int, column: int) -> Text:
    """Return that a sheet is larger than any table, and to which cell it reaches."""
    return problems.TOO_WIDE.format(sheet=sheet, cell=f"{column_letters(column)}{row}")


def column_letters(number: int) -> str:
    """Return what a workbook calls the column of that number, counted from 0.

    Examples
    --------
    >>> [column_letters(number) for number in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    letters = ""
    while number >= 0:
        number, last = divmod(number, 26)
        letters, number = chr(ord("A") + last) + letters, number - 1
    return letters


def column_number(letters: str) -> int:
    """Return the number, counted from 0, of a column.

    Examples
    --------
    >>> [column_number(letters) for letters in ("A", "Z", "AA", "ZZ", "AAA")]
    [0, 25, 26, 701, 702]

    Raises
    ------
    ValueError
        If there is no such column; the last is XFD.
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    if not (letters.isascii() and letters.isupper() and 0 < number <= COLUMNS):
        raise ValueError(letters)
    return number - 1
