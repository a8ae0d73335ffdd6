"""The rows of a file before its header is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["RawRows"]


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
    """

    rows: list[list[str]]
    lines: list[int]
    separator: str | None = None
    notes: tuple[Text, ...] = ()
    first_column: int | None = None
