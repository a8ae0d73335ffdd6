"""The rows of a file before its header is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.texts.bilingual import Text

__all__ = ["Area", "RawRows", "shared_cells"]


Area = tuple[int, int, int, int]  # a merged cell: its first row and column, its last row and column
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
    is_sheet : bool
        Whether they are of a workbook; their first cells then stand in column A.
    merged : tuple of Area
        In a workbook, the merged cells, rows counted from 1, columns from 0.
    above : tuple of str
        Of a text file, the lines above the header that is declared.
    """

    rows: list[list[str]]
    lines: list[int]
    separator: str | None = None
    notes: tuple[Text, ...] = ()
    is_sheet: bool = False
    merged: tuple[Area, ...] = ()
    above: tuple[str, ...] = ()


def shared_cells() -> Callable[[list[str]], list[str]]:
    """Return a function that puts one object in the place of equal cells: most tables hold few different ones."""
    known: dict[str, str] = {}

    def share(cells: list[str]) -> list[str]:
        return [known.setdefault(cell, cell) for cell in cells] if len(known) < SHARED else cells

    return share
