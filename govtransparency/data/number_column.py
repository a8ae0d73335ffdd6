"""How the numbers of a column are written, and what became of them when they were read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.files.multiples import multiplied
from govtransparency.files.number_forms import shown
from govtransparency.texts import reading_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from fractions import Fraction

    from govtransparency.texts.bilingual import Text

__all__ = ["UNDECLARED", "Conversion", "Factors", "NumberColumn", "NumberStyle"]


@dataclass(frozen=True)
class NumberStyle:
    r"""How the numbers of a column are written, as far as it is declared.

    Parameters
    ----------
    decimal : {".", ","}, optional
        The decimal sign; not declared by default.
    sign : {"%", "\u2030", ""}, optional
        The unit of the indicator where it is a sign: with ``%`` a cell ``92%`` is 92. With the empty text it is 0.92;
        None where nothing says it, and a sign is refused.
    goalposts : tuple of float
        Worst and best value, NaN where there are none; for the words of a refusal.
    shares : bool
        Whether values are known to lie within 0 to 1, so that ``92%`` beside ``0.55`` leaves no doubt.
    unit : str
        The unit of measurement; with 万元 a cell ``1.2万元`` is 1.2.
    multiples : collection of str
        The multiples that may follow a number, such as 万; one that is not declared is refused.
    """

    decimal: str | None = None
    sign: str | None = ""
    goalposts: tuple[float, float] = (math.nan, math.nan)
    shares: bool = False
    unit: str = ""
    multiples: Collection[str] = ()


UNDECLARED = NumberStyle()


@dataclass(frozen=True)
class Conversion:
    """What cells of a column were read as, where that is not what they show.

    Attributes
    ----------
    kind : str
        Cells converted for the same reason have the same kind; every word that is declared has its own.
    text : Text
        The first of them and what it was read as.
    count : int
        How many cells.
    first : int
        The position of the first.
    """

    kind: str
    text: Text
    count: int
    first: int


@dataclass(frozen=True)
class NumberColumn:
    """The numbers of a column, and what had to be done to read them.

    Attributes
    ----------
    values : ndarray of float
        NaN where missing, not applicable or wrong.
    not_applicable : ndarray of bool
    conversions : tuple of Conversion
        One for each kind.
    problems : tuple of Text
        One for each kind, with the number of cells and the first three places.
    """

    values: np.ndarray
    not_applicable: np.ndarray
    conversions: tuple[Conversion, ...] = ()
    problems: tuple[Text, ...] = ()

    def with_problems(self, found: Iterable[Text]) -> NumberColumn:
        """Return the column with further problems."""
        return replace(self, problems=(*self.problems, *found))


@dataclass(frozen=True)
class Factors:
    """By how much the numbers of a column are multiplied, one for each cell; and what is told of it."""

    factors: tuple[Fraction | float, ...] = ()
    units: tuple[str, ...] = ()  # in which each cell stands
    target: str = ""

    def applied(self, column: NumberColumn) -> NumberColumn:
        """Return a column in one unit of measurement."""
        if set(self.factors) <= {1}:
            return column
        values = column.values.copy()
        first: dict[str, list[int]] = {}
        for at, (value, factor) in enumerate(zip(column.values, self.factors, strict=True)):
            if factor != 1 and not np.isnan(value):
                values[at] = multiplied(value, factor)
                first.setdefault(self.units[at], []).append(at)
        told = [
            Conversion(
                f"measure {unit}",
                reading_words.IN_ANOTHER_UNIT[bool(unit)].format(
                    cell=shown(column.values[at[0]]), unit=unit, value=shown(values[at[0]]), target=self.target
                ),
                len(at),
                at[0],
            )
            for unit, at in first.items()
        ]
        return NumberColumn(values, column.not_applicable, (*column.conversions, *told), column.problems)
