"""The cells of a workbook of the COIN Tool, by row and column, and what they are called in messages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.sheet_content import column_letters
from govtransparency.files.unread_cells import UnreadCell, unread_problems
from govtransparency.texts.bilingual import as_text
from govtransparency.texts.problems import new_edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.files.workbooks import Workbook
    from govtransparency.texts.bilingual import Text

__all__ = ["DATABASE", "FRAMEWORK", "CoinCells", "cell_address", "coin_cells"]

FRAMEWORK, DATABASE = "Framework", "Database"
LAST = {FRAMEWORK: 7, DATABASE: 102}  # the last column that is input: H and CY


@dataclass(frozen=True)
class CoinCells:
    """The cells of a sheet by row, counted from 1, and column, counted from 0."""

    sheet: str
    texts: Mapping[tuple[int, int], str]

    def __call__(self, row: int, column: int) -> str:
        return self.texts.get((row, column), "")

    @cached_property
    def rows(self) -> int:
        """The last row that holds something."""
        return max((row for row, _ in self.texts), default=0)

    @cached_property
    def columns(self) -> int:
        """The last column that holds something."""
        return max((column for _, column in self.texts), default=0)

    def number(self, row: int, column: int, found: list[Text]) -> float:
        """Return a number; add to the problems found what is none."""
        text = self(row, column)
        try:
            return float(text)
        except ValueError:
            found.append(problems.COIN_NUMBER.format(sheet=self.sheet, cell=cell_address(row, column), text=text))
            return 1.0


def coin_cells(book: Workbook, sheet: str) -> CoinCells:
    """Read the part of a sheet that is input.

    Raises
    ------
    InputError
        As `Workbook.rows`, and if cells of that part hold an error, or a formula without its result.
    """
    raw = book.rows(sheet)
    texts = {
        (line, place): cell
        for line, row in zip(raw.lines, raw.rows, strict=True)
        for place, cell in enumerate(row[: LAST[sheet] + 1])
        if cell
    }
    unread = [(at, cell) for at, cell in texts.items() if isinstance(cell, UnreadCell)]
    if wrong := unread_problems([(as_text(f"{sheet} {cell_address(*at)}"), cell) for at, cell in unread]):
        raise InputError(wrong, title=book.title)
    return CoinCells(sheet, texts)


def cell_address(row: int, column: int) -> str:
    """Return what a workbook calls a cell."""
    return f"{column_letters(column)}{row}"
