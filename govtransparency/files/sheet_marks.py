"""What a sheet tells of its cells besides their values: errors, per cents, merged cells, formulas without a value."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["SheetMarks", "column_letters", "column_number"]


LARGEST = 20_000_000  # cells of the rectangle from the first to the last that holds something


@dataclass
class SheetMarks:
    """What a sheet tells of its cells, by row, counted from 1, and column, counted from 0.

    Parameters
    ----------
    errors : list of (row, column, error)
        Such as ``#DIV/0!``.
    without_value : list of (row, column)
        Formulas whose result the file does not hold.
    percents : dict of row to columns
        Numbers shown as per cents.
    merged : list of (row, column, last row, last column)
    hidden_rows : int
    last_row, last_column : int
        Of the cells that may hold something.
    """

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    without_value: list[tuple[int, int]] = field(default_factory=list)
    percents: dict[int, set[int]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    last_row: int = 0
    last_column: int = 0

    @property
    def too_wide(self) -> bool:
        """Whether a few cells far from the others make the sheet larger than any table."""
        return self.last_row * (self.last_column + 1) > LARGEST


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
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
