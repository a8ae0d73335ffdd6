"""The units of measurement that a sheet itself names, in a head such as 人口(万人) or in a column of a long file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from govtransparency.data.number_column import Factors
from govtransparency.data.reading_notes import Note
from govtransparency.errors import nearest
from govtransparency.files.multiples import measure_of
from govtransparency.files.number_forms import PER, shown, sign_of
from govtransparency.files.toml_values import inline
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text, joined
from govtransparency.texts.measure_words import PLAIN_UNITS
from govtransparency.texts.problems import measure_problems as problems
from govtransparency.texts.problems import sheet_form_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    import pandas as pd

    from govtransparency.data.indicator_columns import Column

__all__ = ["Measures", "are_units", "heads_with_units", "notes_of_heads", "unit_in"]

WITH_UNIT = re.compile(r"(?P<name>.+?)\s*[(（]\s*(?P<unit>[^()（）]+?)\s*[)）]\s*", re.DOTALL)


def unit_in(head: str) -> tuple[str, str] | None:
    """Return the name and the unit of measurement in a head, or None where it names none.

    Examples
    --------
    >>> unit_in("常住人口(万人)"), unit_in("办结率（％）"), unit_in("GDP (2020)")
    (('常住人口', '万人'), ('办结率', '%'), None)
    """
    found = WITH_UNIT.fullmatch(head)
    if found is None:
        return None
    unit = sign_of(found["unit"]) or found["unit"]
    return (found["name"], unit) if measure_of(unit).unit in PLAIN_UNITS else None


def heads_with_units(heads: Iterable[str], known: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, str]:
    """Return the code of each head that is a known name with a unit of measurement behind it in brackets."""
    found = {}
    for head in heads:
        match = WITH_UNIT.fullmatch(head) if head not in known else None
        if match is not None and match["name"] in known:
            code = known[match["name"]]
            if unit_in(head) is not None or _ratio(match["unit"], columns[code].unit) is not None:
                found[head] = code
    return found


def are_units(texts: Iterable[str]) -> bool:
    """Return whether all texts are plain units of measurement or multiples of such.

    Examples
    --------
    >>> are_units(["万件", "％"]), are_units(["件", "甲市"])
    (True, False)
    """
    return all(measure_of(sign_of(text) or text).unit in PLAIN_UNITS for text in texts)


def _ratio(unit: str, other: str) -> Fraction | None:
    """Return how many of another unit of measurement one is, or None where they measure different things."""
    one, own = (sign_of(text) or text for text in (unit, other))
    if one in PER and own in PER:
        return Fraction(PER[own], PER[one])
    return measure_of(one).in_units_of(measure_of(own))


@dataclass(frozen=True)
class Measures:
    """What a sheet says of units of measurement, and what is declared of them.

    Attributes
    ----------
    columns : mapping of code to Column
    texts : Series or None
        The unit of measurement of each row, where a column of a long file holds them.
    declared : bool
        Whether that column is declared, so that numbers are converted by it.
    multiply : mapping of code to float
    """

    columns: Mapping[str, Column]
    texts: pd.Series | None
    declared: bool
    multiply: Mapping[str, float]

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Column],
        known: Mapping[str, str],
        multiply: Mapping[str, float],
        found: list[Text],
        *,
        texts: pd.Series | None,
        declared: bool,
    ) -> Measures:
        """Return them; names in `multiply` that no column has are problems."""
        found += [
            sheet_form_problems.NO_COLUMN.format(key="multiply", column=name, nearest=nearest(name, known))
            for name in multiply
            if name not in known
        ]
        by_code = {known[name]: factor for name, factor in multiply.items() if name in known}
        return cls(columns, texts, declared, by_code)

    def of_part(self, code: str, head: str, rows: np.ndarray, found: list[Text]) -> Factors:
        """Return by how much to multiply the cells of a code; where that is in doubt, add the problem."""
        own = self.columns[code].unit
        if self.texts is not None:
            texts = self.texts.iloc[rows]
            there = list(dict.fromkeys(map(str, texts)))
            if self.declared or len(there) > 1 or (own and _ratio(there[0], own) not in (None, 1)):
                return self._by_column(code, own, texts, found)
        factor = self.multiply.get(code, 1.0)
        named = unit_in(head)
        if named is not None and own:
            found += self._of_head(code, head, named[1], own)
        if factor == 1:
            return Factors()
        unit = named[1] if named is not None else ""
        return Factors((Fraction(repr(factor)),) * len(rows), (unit,) * len(rows), own)

    def _of_head(self, code: str, head: str, unit: str, own: str) -> Iterator[Text]:
        """Give that a head names another unit of measurement than the framework."""
        ratio = _ratio(unit, own)
        given = self.multiply.get(code)
        if ratio is None:
            if given is None and measure_of(own).unit in PLAIN_UNITS:
                yield problems.OTHER_UNIT.format(head=head, unit=unit, code=code, own=own)
        elif ratio != Fraction(repr(given or 1.0)):
            template = problems.HEAD if given is None else problems.WRONG_FACTOR
            declared = inline({code: float(ratio)})
            times = shown(float(ratio))
            yield template.format(head=head, unit=unit, own=own, code=code, multiply=declared, times=times)

    def _by_column(self, code: str, own: str, texts: pd.Series, found: list[Text]) -> Factors:
        """Return the factors that a column of units of measurement gives, if it is declared."""
        each = [sign_of(text) or text for text in map(str, texts)]
        there = list(dict.fromkeys(each))
        target = own or (there[0] if len(there) == 1 else measure_of(there[0]).unit)
        ratios = {unit: _ratio(unit, target) for unit in there}
        column = str(texts.name)
        if all(ratios.values()) and self.declared:
            return Factors(tuple(ratios[unit] or Fraction(1) for unit in each), tuple(each), target)
        lines = {unit: texts.index[each.index(unit)] for unit in there}
        places = joined(*(problems.UNIT_AT.format(unit=unit, line=lines[unit]) for unit in there))
        other = next((unit for unit, ratio in ratios.items() if ratio != 1), there[0])
        ratio = ratios[other]
        if len(there) > 1:
            template = problems.NO_WAY_BETWEEN if None in ratios.values() else problems.SEVERAL_UNITS
            if all(_ratio(unit, there[0]) for unit in there) and None in ratios.values():
                template = problems.NOT_OF_THE_FRAMEWORK
        else:
            template = problems.NOT_OF_THE_FRAMEWORK if ratio is None else problems.ONE_OTHER_UNIT
        found.append(
            template.format(
                code=code,
                column=column,
                places=places,
                unit=other,
                own=as_text(target),
                times=shown(float(ratio or 1)),
                line=lines[other],
                measure=inline(column),
            )
        )
        return Factors()


def notes_of_heads(heads: Mapping[str, str]) -> Iterator[Note]:
    """Give the heads that were read without the unit of measurement behind their names."""
    for head, code in heads.items():
        yield Note(reading_words.HEAD_WITH_UNIT.format(head=head, code=code))
