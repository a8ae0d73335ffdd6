"""Chinese multiples, such as 万 for ten thousand, after a number and before a unit of measurement."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

__all__ = ["EACH", "MULTIPLES", "Measure", "measure_of", "multiplied", "plain_multiple", "size_of"]

EACH = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
MULTIPLES = r"[万萬][亿億]|[十百千]?[万亿萬億]|千"
EXACT = Context(prec=60)  # more digits than the product of two floats has
TRADITIONAL = str.maketrans("萬億", "万亿")
MEASURE = re.compile(rf"(?P<multiple>{MULTIPLES})(?P<unit>.*)", re.DOTALL)


def plain_multiple(multiple: str) -> str:
    """Return a multiple in simplified characters.

    Examples
    --------
    >>> plain_multiple("十萬")
    '十万'
    """
    return multiple.translate(TRADITIONAL)


def size_of(multiple: str) -> int:
    """Return how many a multiple is.

    Examples
    --------
    >>> size_of("万"), size_of("千万"), size_of("万亿")
    (10000, 10000000, 1000000000000)
    """
    product = 1
    for letter in plain_multiple(multiple):
        product *= EACH[letter]
    return product


def multiplied(value: float, count: Fraction | float) -> float:
    """Return so many times a number, no digit of its decimal form changed.

    Examples
    --------
    >>> multiplied(1.1, 10000), multiplied(0.3, Fraction(1, 10)), multiplied(1e308, 10000)
    (11000.0, 0.03, inf)
    """
    times = Fraction(repr(count)) if isinstance(count, float) else count
    by = EXACT.divide(Decimal(times.numerator), Decimal(times.denominator))
    return float(EXACT.multiply(Decimal(repr(float(value))), by))


class Measure(NamedTuple):
    """A unit of measurement as a multiple of a plain one: 万件 is 10000 件."""

    times: int
    unit: str

    def in_units_of(self, other: Measure) -> Fraction | None:
        """Return how many of another unit it is, or None where the two measure different things.

        Examples
        --------
        >>> measure_of("万件").in_units_of(measure_of("件")), measure_of("件").in_units_of(measure_of("元"))
        (Fraction(10000, 1), None)
        """
        return Fraction(self.times, other.times) if self.unit == other.unit else None


def measure_of(text: str) -> Measure:
    """Return what a unit of measurement is a multiple of.

    Examples
    --------
    >>> measure_of("万人"), measure_of("亿元"), measure_of("件")
    (Measure(times=10000, unit='人'), Measure(times=100000000, unit='元'), Measure(times=1, unit='件'))
    """
    found = MEASURE.fullmatch(text)
    return Measure(1, text) if found is None else Measure(size_of(found["multiple"]), found["unit"])
