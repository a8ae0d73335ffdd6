"""The units of measurement that a sheet itself names, in a head such as 人口(万人) or a column beside figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from govtransparency.data.number_column import Standing
from govtransparency.data.reading_notes import Note
from govtransparency.data.units_of_measurement import (
    is_known,
    is_measure,
    is_multiple,
    is_part,
    plain_measure,
    ratio_of,
)
from govtransparency.errors import nearest
from govtransparency.files.folded_text import folded
from govtransparency.files.multiples import measure_of
from govtransparency.files.number_forms import shown
from govtransparency.files.toml_values import inline
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text, joined, quoted
from govtransparency.texts.measurement_units import SHARE, UNITS
from govtransparency.texts.problems import measure_problems as problems
from govtransparency.texts.problems import sheet_form_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    import pandas as pd

    from govtransparency.data.indicator_columns import Column

__all__ = ["Measures", "Named", "heads_with_units", "notes_of_heads", "unit_in"]

WITH_UNIT = re.compile(
    r"(?P<name>.+?) ?\( ?(?:(?:计量)?单位 ?: ?|unit ?: ?)?(?P<unit>[^()]+?) ?\)", re.DOTALL | re.IGNORECASE
)


def unit_in(head: str) -> tuple[str, str] | None:
    """Return the name and the unit of measurement in a head, or None where it names none.

    Examples
    --------
    >>> unit_in("常住人口(万人)"), unit_in("办结率【单位：％】"), unit_in("GDP (2020)")
    (('常住人口', '万人'), ('办结率', '%'), None)
    """
    found = WITH_UNIT.fullmatch(folded(head))
    return (found["name"], found["unit"]) if found is not None and is_measure(found["unit"]) else None


def heads_with_units(heads: Iterable[str], known: Mapping[str, str], columns: Mapping[str, Column]) -> dict[str, str]:
    """Return the code of each head that is a known name with a unit of measurement behind it in brackets."""
    codes: dict[str, set[str]] = {}
    for name, code in known.items():
        codes.setdefault(folded(name), set()).add(code)
    found = {}
    for head in heads:
        match = WITH_UNIT.fullmatch(folded(head)) if head not in known else None
        meant = codes.get(match["name"], set()) if match is not None else set()
        if match is not None and len(meant) == 1:
            (code,) = meant
            if unit_in(head) is not None or ratio_of(match["unit"], columns[code].unit) is not None:
                found[head] = code
    return found


class Named(NamedTuple):
    """What a sheet says of the cells of a code.

    Attributes
    ----------
    code : str
    names : collection of str
        What the sheet calls it; several where rows do so in different ways.
    measure : str
        The unit of measurement that stands beside the name, or nothing.
    rows : ndarray of int
        The positions of its cells among the rows of the sheet.
    filled : ndarray of bool
        Which of these cells hold a figure.
    above : bool
        Whether the unit of measurement beside the name is that of the whole sheet, above its header.
    """

    code: str
    names: Collection[str]
    measure: str
    rows: np.ndarray
    filled: np.ndarray
    above: bool = False


@dataclass(frozen=True)
class Measures:
    """What a sheet says of units of measurement, and what is declared of them.

    Attributes
    ----------
    columns : mapping of code to Column
    texts : Series or None
        The unit of measurement of each row, where a column beside the only one of figures holds them.
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

    def of_part(self, part: Named, found: list[Text]) -> Standing:
        """Return in which units the cells of a code stand; where that is in doubt, add the problem."""
        head, unit = self._unit_of_names(part, found)
        texts = None if self.texts is None else self.texts.iloc[part.rows[part.filled]]
        there = [] if texts is None else [text for text in texts.unique() if plain_measure(text)]
        if texts is None or not there:
            own, own_name, _ = self._own(part.code, [unit])
            if texts is not None and self.declared and not unit and is_measure(own) and (texts == "").any():
                found.append(problems.NO_UNITS.format(code=part.code, column=str(texts.name), own=own_name))
            where = problems.ABOVE_HEADER if part.above and unit_in(head) is None else problems.IN_HEAD
            return self._of_head(part, head, unit, where, found)
        if unit and (other := next((text for text in there if ratio_of(text, unit) != 1), None)):
            words = {"head": head, "unit": unit, "column": str(texts.name), "other": other}
            found.append(problems.HEAD_AND_COLUMN.format(**words))
            return Standing(self.columns[part.code].unit)
        one = all(ratio_of(text, there[0]) == 1 for text in there)
        if one and part.code in self.multiply and set(map(str, texts)) == set(there):
            return self._of_head(part, head, there[0], problems.IN_COLUMN.format(column=str(texts.name)), found)
        return self._of_column(part, texts, there, found)

    def _own(self, code: str, units: Collection[str]) -> tuple[str, Text, Text]:
        """Return the unit of measurement of a code, its name, and what says so: goalposts within 0 to 1 mean a share.

        No unit where it cannot be told whether it is another one than those given.
        """
        column = self.columns[code]
        if not column.unit and column.shares and any(map(is_part, units)):
            worst, best = map(shown, column.goalposts)
            return SHARE, UNITS[SHARE], problems.BY_GOALPOSTS.format(worst=worst, best=best)
        alike = not any(units) or any(ratio_of(unit, column.unit) for unit in units)
        known = alike or (is_known(column.unit) and any(map(is_measure, units)))
        unit = column.unit if known else ""
        return unit, as_text(unit), problems.BY_FRAMEWORK

    def _unit_of_names(self, part: Named, found: list[Text]) -> tuple[str, str]:
        """Return what a code is called with a unit of measurement and that unit, or else its first name and nothing."""
        units = {name: (unit_in(name) or (name, part.measure))[1] for name in part.names}
        named = {name: unit for name, unit in units.items() if plain_measure(unit)}
        if not named:
            return next(iter(units)), ""
        head, unit = next(iter(named.items()))
        own, *_ = self._own(part.code, [unit])
        converted = part.code in self.multiply or (ratio_of(unit, own) != 1 if own else is_multiple(unit))
        if any(ratio_of(other, unit) != 1 for other in named.values()) or (converted and len(named) < len(units)):
            found.append(problems.SEVERAL_NAMES.format(code=part.code, names=quoted(units)))
        return head, unit

    def _of_head(self, part: Named, head: str, unit: str, where: Text, found: list[Text]) -> Standing:
        """Return how cells stand that are all in one unit of measurement, if it is known."""
        own, own_name, by = self._own(part.code, [unit])
        given = self.multiply.get(part.code)
        factor = Fraction(repr(given or 1.0))
        everywhere = np.arange(len(part.rows))
        if not unit:
            return Standing(own) if factor == 1 else Standing(own, None, (("", factor, everywhere),), own)
        ratio = ratio_of(unit, own) if own else factor
        times = float(ratio or 1)
        words = {"head": head, "unit": unit, "where": where, "own": own_name, "by": by, "code": part.code}
        words |= {"times": shown(times), "multiply": inline({part.code: times})}
        wrong = ratio not in (None, factor)
        if ratio is None and given is None:
            found.append(problems.OTHER_UNIT.format(**words))
        elif wrong and given is not None:
            found.append(problems.WRONG_FACTOR.format(**words))
        bare = () if factor == 1 else ((unit, factor, everywhere),)
        in_own = own != "" and ratio is not None
        return Standing(
            own if in_own else unit,
            Fraction(1) if in_own else factor,
            bare,
            own,
            unsettled=(problems.HEAD.format(**words),) if wrong and given is None else (),
            named=is_part(unit),
        )

    def _of_column(self, part: Named, texts: pd.Series, there: list[str], found: list[Text]) -> Standing:
        """Return how cells stand whose units of measurement a column holds, if they are one or it is declared."""
        code = part.code
        own, own_name, by = self._own(code, there)
        target = own or (there[0] if len(there) == 1 else measure_of(plain_measure(there[0])).unit)
        ratios = {unit: ratio_of(unit, target) for unit in there}
        named = all(map(is_part, there))
        lines = {str(text): line for line, text in zip(texts.index[::-1], texts[::-1], strict=True)}
        blank = next((text for text in lines if text not in ratios), None)
        doubtful = code in self.multiply or (blank is not None and not own and any(map(is_multiple, there)))
        if set(ratios.values()) == {1} and not doubtful:
            return Standing(own or there[0], named=named)
        other = next((unit for unit, ratio in ratios.items() if ratio != 1), there[0])
        words = {
            "code": code,
            "column": str(texts.name),
            "places": joined(*(problems.UNIT_AT.format(unit=unit, line=lines[unit]) for unit in there)),
            "unit": other,
            "own": own_name if own else as_text(target),
            "by": by,
            "times": shown(float(ratios[other] or 1)),
            "line": lines[other],
            "measure": inline(str(texts.name)),
        }
        if any(ratio is None for ratio in ratios.values()):
            alike = all(ratio_of(unit, there[0]) for unit in there)
            found.append((problems.NOT_OF_THE_FRAMEWORK if alike else problems.NO_WAY_BETWEEN).format(**words))
        elif blank is not None:
            found.append(problems.NO_UNIT.format(**words | {"line": lines[blank]}))
        elif self.declared:
            at = {unit: np.flatnonzero(part.filled)[texts == unit] for unit in there}
            bare = tuple((unit, ratio or Fraction(1), at[unit]) for unit, ratio in ratios.items())
            return Standing(target, Fraction(1), bare, target, named=named)
        else:
            one = all(ratio_of(unit, there[0]) == 1 for unit in there)
            problem = (problems.ONE_OTHER_UNIT if one else problems.SEVERAL_UNITS).format(**words)
            if code not in self.multiply:
                return Standing(target, target=target, unsettled=(problem,))
            found.append(problem)
        return Standing(target)


def notes_of_heads(heads: Mapping[str, str]) -> Iterator[Note]:
    """Give the heads that were read without the unit of measurement behind their names."""
    for head, code in heads.items():
        yield Note(reading_words.HEAD_WITH_UNIT.format(head=head, code=code))
