"""Numbers that a report states of whole groups, and the ranges that those of a simulation have in other draws of it."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.texts.bilingual import Text
from govtransparency.texts.question_words import KINDS
from govtransparency.texts.stated_words import RANGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Range", "Stated", "Statement"]

MEASURES = re.compile("[个位项对次](单位|梯队|名次(?=[，；。]|$))?")
FORMS = {
    "filled_cells": ".1%",
    "applicable_filled_cells": ".1%",
    "lowest_correlation": ".2f",
    "highest_correlation": ".2f",
    "lowest_pillar_correlation": ".2f",
    "highest_pillar_correlation": ".2f",
    "lowest_score": ".1f",
    "highest_score": ".1f",
    "leaning_mean": ".1f",
    "weakest_claim": ".0%",
    "ordered_pairs": ".0%",
    "firm_pairs": ".0%",
    "always_firm_pairs": ".0%",
    "main_source_alone": ".0%",
    "main_source_total": ".0%",
    "stayed_in_group": ".0%",
    "rank_correlation": ".2f",
    "alpha": ".2f",
    "mean_change_of_scores": "+.2f",
    **{f"change_by_{kind}": ".2f" for kind in KINDS},
}
"""How numbers are written that are not written in full, as Python's format specifications."""


class Range(NamedTuple):
    """The least and the largest value of a number in several simulations of the same facts."""

    low: float
    high: float
    simulations: int


@dataclass(frozen=True)
class Stated:
    """A number that is stated of a whole group.

    Attributes
    ----------
    name : str
        Of `govtransparency.texts.stated_words.STATED`. One name is one number, wherever it is stated.
    value : float
    """

    name: str
    value: float

    def __str__(self) -> str:
        return self.written(self.value)

    def written(self, value: float) -> str:
        """Return a value of the number as it is written, with a true minus sign.

        Examples
        --------
        >>> Stated("firm_pairs", 0.382).written(0.4), str(Stated("lowest_correlation", -0.5))
        ('40%', '−0.50')
        """
        text = f"{value:{FORMS.get(self.name, '.15g')}}"
        if not float(text.rstrip("%")):
            text = text.lstrip("+-")
        return text.replace("-", "\u2212")

    def within(self, span: Range, *, first: bool = True) -> Text:
        """Return its range in brackets.

        Parameters
        ----------
        span : Range
        first : bool
            Whether it is the first of its sentence: the others do not count the simulations again.

        Examples
        --------
        >>> Stated("certain_places", 4).within(Range(3, 9, 20)).en
        ' (3 to 9 in 20 other simulations)'
        """
        low, high = self.written(span.low), self.written(span.high)
        key = ("first" if first else "next") + ("_same" if low == high else "")
        return RANGES[key].format(low=low, high=high, count=span.simulations)


@dataclass(frozen=True)
class Statement:
    """A sentence or clause, with what its places are filled with.

    Attributes
    ----------
    template : Text
    values : dict of place to value
        Those that are `Stated` can have a range.
    ranged : Text, optional
        In place of the template where a number that the template says in words, being for one value of it alone, can
        have others.
    """

    template: Text
    values: Mapping[str, object] = field(default_factory=dict)
    ranged: Text | None = None

    @property
    def numbers(self) -> tuple[Stated, ...]:
        """The numbers that are stated of the whole group."""
        return tuple(value for value in self.values.values() if isinstance(value, Stated))

    def text(self, ranges: Mapping[str, Range] | None = None) -> Text:
        """Return the sentence, each number with its range, if it has one.

        Parameters
        ----------
        ranges : mapping of the names of numbers to Range, optional

        Examples
        --------
        >>> said = Statement(Text("{tiers}个梯队", "{tiers} tiers"), {"tiers": Stated("tiers", 7)})
        >>> said.text().en, said.text({"tiers": Range(5, 8, 20)}).en
        ('7 tiers', '7 (5 to 8 in 20 other simulations) tiers')
        """
        known = ranges or {}
        in_words = [
            known[value.name]
            for place, value in self.values.items()
            if isinstance(value, Stated) and value.name in known and f"{{{place}}}" not in self.template.en
        ]
        template = self.ranged if self.ranged and any(low < high for low, high, _ in in_words) else self.template
        return Text(*(self._filled(words, place, known) for place, words in enumerate(template)))

    def _filled(self, words: str, language: int, ranges: Mapping[str, Range]) -> str:
        """Return the template of one language filled in; the first range in its own order counts the simulations."""
        parts: list[str] = []
        waiting, first = "", True  # a range stands behind the word that counts: 4个（3至9）
        for literal, place, *_ in string.Formatter().parse(words):
            measure = MEASURES.match(literal) if waiting else None
            behind = measure.end() if measure else 0
            parts += [literal[:behind], waiting, literal[behind:]]
            waiting = ""
            if place is None:
                continue
            value = self.values[place]
            parts.append(value[language] if isinstance(value, Text) else str(value))
            if isinstance(value, Stated) and value.name in ranges:
                waiting, first = value.within(ranges[value.name], first=first)[language], False
        return "".join([*parts, waiting])
