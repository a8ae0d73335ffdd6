"""Cells of a workbook that hold no value of their own: errors, formulas without a result, cells covered by merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from govtransparency.texts.bilingual import listed
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["NAMED", "CoveredCell", "ErrorCell", "FormulaCell", "UnreadCell", "unread_problems"]


NAMED = 3  # places that a message names


class UnreadCell(str):
    """What a workbook holds in the place of a value, as text: no figure, and no code unless it is covered.

    Whether that matters is known where the cell is used.
    """

    __slots__ = ()
    look: ClassVar[Literal["error", "formula", "covered"]]


class ErrorCell(UnreadCell):
    """An error: its sign, such as ``#DIV/0!``."""

    __slots__ = ()
    look = "error"


class FormulaCell(UnreadCell):
    """A formula whose result the file does not hold: the formula."""

    __slots__ = ()
    look = "formula"


class CoveredCell(UnreadCell):
    """A cell below another one with which it is merged: the text of that one."""

    __slots__ = ()
    look = "covered"


def unread_problems(cells: Sequence[tuple[Text, str]]) -> list[Text]:
    """Return one problem for cells, each with its place, where a text or a number of their own is needed."""
    places = [problems.UNREAD_AT.format(place=place, cell=str(cell)) for place, cell in cells[:NAMED]]
    return [problems.UNREAD.format(count=len(cells), places=listed(places))] if cells else []
