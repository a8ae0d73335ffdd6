"""The distinct cells of a column, each looked at once, and the sentence that says where some of them stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.files.typed_number import TypedNumber
from govtransparency.texts.bilingual import Text, joined
from govtransparency.texts.problems import number_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["SHOWN", "DistinctCells", "cells_problem"]

SHOWN = 3  # places of a problem that are named


@dataclass(frozen=True)
class DistinctCells:
    """The distinct cells of a column.

    Attributes
    ----------
    cells : list
        Texts, and numbers that the file holds as such: these are told from texts that look the same.
    inverse : ndarray of int
        Of each cell of the column, its place in `cells`.
    counts, first : ndarray of int
        How often each stands in the column, and where first.
    typed : ndarray of bool
        Whether it is a `TypedNumber`.
    """

    cells: list[Any]
    inverse: np.ndarray
    counts: np.ndarray
    first: np.ndarray
    typed: np.ndarray

    @classmethod
    def of(cls, column: np.ndarray) -> DistinctCells:
        """Find the distinct cells of a column of objects."""
        types = np.fromiter(map(type, column), dtype=object, count=len(column))
        inverse = np.empty(len(column), dtype=np.int64)
        cells: list[Any] = []
        typed: list[bool] = []
        for kind in dict.fromkeys(types):
            chosen = types == kind
            codes, distinct = pd.factorize(column[chosen])
            inverse[chosen] = codes + len(cells)
            cells += list(distinct)
            typed += [issubclass(kind, TypedNumber)] * len(distinct)
        first = np.empty(len(cells), dtype=np.int64)
        first[inverse[::-1]] = np.arange(len(column))[::-1]
        counts = np.bincount(inverse, minlength=len(cells))
        return cls(cells, inverse, counts, first, np.array(typed, dtype=bool))

    def positions(self, chosen: Collection[int]) -> np.ndarray:
        """Return where the chosen cells stand in the column."""
        return np.flatnonzero(np.isin(self.inverse, list(chosen)))


def cells_problem(
    at: np.ndarray, cells: Sequence[str], problem: Text, *, code: str, place: Callable[[int], Text]
) -> Text:
    """Return one problem of a column: where it stands or, of several cells, how many and the first three.

    Examples
    --------
    >>> def place(at):
    ...     return Text(f"line {at}", f"line {at}")
    >>> print(cells_problem(np.array([2, 5]), ["x", "y"], Text("?", "what is this"), code="a", place=place))
    column 'a', 2 cells (line 2: 'x'; line 5: 'y'): what is this
    """
    if len(at) == 1:
        return problems.AT_CELL.format(place=place(int(at[0])), code=code, problem=problem)
    places = [
        problems.WITH_CELL.format(place=place(int(one)), cell=cell)
        for one, cell in zip(at[:SHOWN], cells, strict=False)
    ]
    return problems.AT_CELLS.format(code=code, count=len(at), places=joined(*places), problem=problem)
