"""The rows of a file before its header is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.texts.bilingual import Text

__all__ = ["RawRows", "shared_cells"]


SHARED = 200_000  # different cells up to which equal ones are kept as one object


@dataclass(frozen=True)
class RawRows:
    """Rows of cells, those without any text left out.

    Parameters
    ----------
    rows : list of list of str
    lines : list of int
        Where each row starts in the file, counted from 1.
    separator : str, optional
        Of a text file.
    notes : tuple of Text
        What was decided when reading.
    first_column : int or None
        In a workbook, which column of the sheet the first cell of a row is, counted from 0.
    merged : tuple of (row, column, last row, last column)
        In a workbook, the merged cells, with rows and columns as `lines` and `first_column` count them.
    """

    rows: list[list[str]]
    lines: list[int]
    separator: str | None = None
    notes: tuple[Text, ...] = ()
    first_column: int | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()


def shared_cells() -> Callable[[list[str]], list[str]]:
    """Return a function that puts one object in the place of equal cells: most tables hold few different ones."""
    known: dict[str, str] = {}

    def share(cells: list[str]) -> list[str]:
        return [known.setdefault(cell, cell) for cell in cells] if len(known) < SHARED else cells

    return share
