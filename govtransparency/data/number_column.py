"""How the numbers of a column are written, and what became of them when they were read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.files.multiples import multiplied
from govtransparency.files.number_forms import shown
from govtransparency.texts import reading_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from govtransparency.texts.bilingual import Text

__all__ = ["UNDECLARED", "Conversion", "NumberColumn", "NumberStyle", "Standing"]


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
    named : bool
        Whether the unit of a cell without a sign is known, so that ``85`` beside ``85%`` leaves no doubt.
    """

    decimal: str | None = None
    sign: str | None = ""
    goalposts: tuple[float, float] = (math.nan, math.nan)
    shares: bool = False
    unit: str = ""
    multiples: Collection[str] = ()
    named: bool = False


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
    stated : ndarray of int
        The positions of the cells with a unit of measurement, a multiple or a sign of their own.
    words : ndarray of int
        The positions of the cells whose number is declared, so that nothing converts it.
    """

    values: np.ndarray
    not_applicable: np.ndarray
    conversions: tuple[Conversion, ...] = ()
    problems: tuple[Text, ...] = ()
    stated: np.ndarray = field(default_factory=lambda: np.array([], dtype=int))
    words: np.ndarray = field(default_factory=lambda: np.array([], dtype=int))

    def with_problems(self, found: Iterable[Text]) -> NumberColumn:
        """Return the column with further problems."""
        return replace(self, problems=(*self.problems, *found))


@dataclass(frozen=True)
class Standing:
    """In which units of measurement the cells of a column stand, and by how much their numbers are multiplied.

    Attributes
    ----------
    unit : str
        In which a cell is read that says its own, such as 1.2万 or 85%.
    stated : Fraction or None
        By how much such a cell is multiplied; None where that has two readings.
    bare : tuple of (str, Fraction, ndarray of int)
        Of the other cells: the unit of measurement, by how much it is multiplied, and the positions.
    target : str
        The unit of measurement of the whole column.
    unsettled : tuple of Text
        What is wrong as soon as a cell does not say its own.
    named : bool
        Whether the unit of the other cells is known.
    """

    unit: str = ""
    stated: Fraction | None = Fraction(1)
    bare: tuple[tuple[str, Fraction, np.ndarray], ...] = ()
    target: str = ""
    unsettled: tuple[Text, ...] = ()
    named: bool = False

    @property
    def measure(self) -> str:
        """The unit of measurement of the whole column once it is converted; nothing where no word says it."""
        return self.unit if self.stated == 1 else ""

    def applied(self, column: NumberColumn) -> NumberColumn:
        """Return a column in one unit of measurement."""
        values, told = column.values.copy(), []
        bare = np.ones(len(values), dtype=bool)
        bare[column.stated] = bare[column.words] = False
        steps = [(unit, factor, at[bare[at]]) for unit, factor, at in self.bare]
        for unit, factor, positions in [*steps, (self.unit, self.stated or Fraction(1), column.stated)]:
            at = positions[~np.isnan(values[positions])]
            if factor != 1 and len(at):
                values[at] = [multiplied(value, factor) for value in values[at].tolist()]
                words = {"cell": shown(column.values[at[0]]), "value": shown(values[at[0]])}
                what = reading_words.IN_ANOTHER_UNIT[bool(unit)].format(**words, unit=unit, target=self.target)
                told.append(Conversion(f"measure {unit}", what, len(at), int(at[0])))
        if self.unsettled and (bare & ~np.isnan(values) & (values != 0)).any():
            column = column.with_problems(self.unsettled)
        return replace(column, values=values, conversions=(*column.conversions, *told))
