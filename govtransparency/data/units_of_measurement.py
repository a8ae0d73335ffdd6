"""Units of measurement, such as 件, 万元, % and days: whether a text is one, and how many of another one of them is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from govtransparency.files.folded_text import folded
from govtransparency.files.multiples import EACH, Measure, measure_of
from govtransparency.files.number_forms import PER, sign_of
from govtransparency.texts.measurement_units import (
    COUNT,
    COUNTED,
    KINDS,
    MEASURES,
    NOT_MEASURED,
    SAME,
    SHARE,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "are_mixed",
    "differ",
    "hold_measures",
    "is_known",
    "is_measure",
    "is_multiple",
    "is_part",
    "plain_measure",
    "ratio_of",
    "sign_in",
]

MULTIPLIED = 2  # how many multiples may stand before a unit of measurement: 亿千瓦时
PERCENTAGE = "百分比"
MOST = 0.5  # of the cells of a column from which they are units of measurement
PARTS = {UNITS[SHARE].zh: 1, **PER}  # how many of each are the whole
NAMED = {name.casefold(): folded(text.zh) for key, text in UNITS.items() for name in (key, text.en)}
FIRST = {word: words.split()[0] for words in SAME for word in words.split()}


def plain_measure(text: str) -> str:
    """Return a unit of measurement by one of its words; nothing where a text says that there is none.

    Examples
    --------
    >>> [plain_measure(text) for text in ("\uff05", "Per cent", "days", "\u65e5", "\u4e07\u3000\u4ef6", "\u2014")]
    ['%', '%', '天', '天', '万件', '']
    """
    plain = sign_of(text) or folded(text)
    plain = plain if plain in PER else NAMED.get(plain.casefold(), plain)
    if plain.startswith(("% ", "%(")) or plain.endswith(PERCENTAGE):  # of something: % of GDP
        return "%"
    return "" if plain in NOT_MEASURED else FIRST.get(plain.casefold(), plain)


def is_measure(text: str, *, kinds: bool = False) -> bool:
    """Return whether a text is a unit of measurement, perhaps of a multiple or per something.

    With `kinds` also a word that stands in place of one, such as 指数 or 无量纲.

    Examples
    --------
    >>> [is_measure(text) for text in ("\u4ef6", "\u4e07\u5143", "\u4ef6/\u4e07\u4eba", "\u7532\u5e02", "\u4e07", "")]
    [True, True, True, False, False, False]
    """
    plain = plain_measure(text)
    if plain in MEASURES or (kinds and (plain in KINDS or folded(text) in NOT_MEASURED)):
        return True
    return all(part in MEASURES or _size(part).unit in MEASURES for part in plain.split("/"))


def hold_measures(cells: Iterable[str]) -> bool:
    """Return whether most cells of a column that are not empty are units of measurement."""
    given = Counter(filter(None, map(str, cells)))
    return sum(count for text, count in given.items() if is_measure(text, kinds=True)) > MOST * given.total()


def is_known(unit: str) -> bool:
    """Return whether it is known what a unit of measurement measures: it is one, or one of the frameworks'."""
    return is_measure(unit) or plain_measure(unit) in NAMED.values()


def ratio_of(unit: str, other: str) -> Fraction | None:
    """Return how many of another unit of measurement one is, or None where they measure different things.

    Examples
    --------
    >>> ratio_of("\u4e07\u4ef6", "\u4ef6"), ratio_of("%", "share"), ratio_of("\u4ef6/\u4e07\u4eba", "\u4ef6/\u4eba")
    (Fraction(10000, 1), Fraction(1, 100), Fraction(1, 10000))
    >>> ratio_of("\u516c\u91cc", "\u7c73"), ratio_of("\u4ef6", "\u5143") is None
    (Fraction(1000, 1), True)
    """
    one, own = plain_measure(unit), plain_measure(other)
    if one in PARTS and own in PARTS:
        return Fraction(PARTS[own], PARTS[one])
    (first, *below), (others_first, *others_below) = ([_size(part) for part in text.split("/")] for text in (one, own))
    if others_first[1] == COUNT and first[1] in COUNTED:
        others_first = Measure(others_first.times, first.unit)
    if [size.unit for size in (first, *below)] != [size.unit for size in (others_first, *others_below)]:
        return None
    ratio = Fraction(first.times, others_first.times)
    for size, others in zip(below, others_below, strict=True):
        ratio *= Fraction(others.times, size.times)
    return ratio


def are_mixed(units: Collection[str]) -> bool:
    """Return whether units of measurement of one indicator are multiples of one another, or unknown beside one."""
    return differ(units, ()) or ("" in units and any(map(is_multiple, units)))


def differ(given: Iterable[str], own: Iterable[str]) -> bool:
    """Return whether units of measurement are multiples or parts of one another, or of others that are our own."""
    there = set(filter(plain_measure, given))
    return any(ratio_of(unit, other) not in (None, 1) for unit in there for other in there.union(filter(None, own)))


def is_multiple(unit: str) -> bool:
    """Return whether a unit of measurement is a multiple of another or per a multiple, as 万件 and 件/万人 are."""
    return any(part not in MEASURES and _size(part).times != 1 for part in plain_measure(unit).split("/"))


def is_part(unit: str) -> bool:
    """Return whether a unit of measurement is a part of a whole: per cent, per mille or a share."""
    return plain_measure(unit) in PARTS


def sign_in(unit: str) -> str:
    """Return the sign that a unit of measurement is: also of one in words; nothing where it is none."""
    plain = plain_measure(unit)
    return plain if plain in PER else ""


def _size(text: str) -> Measure:
    """Return of what a unit of measurement is a multiple, and how many it is: 亿千瓦时 is 100000000000 瓦时."""
    size = Measure(1, FIRST.get(text, text))
    for _ in range(MULTIPLIED):
        found = measure_of(size.unit)
        size = Measure(size.times * found.times, FIRST.get(found.unit, found.unit))
    if measure_of(size.unit).unit != size.unit:
        return Measure(1, text)
    if size.unit[1:] in MEASURES and size.unit[0] in EACH:  # 百元
        return Measure(size.times * EACH[size.unit[0]], size.unit[1:])
    return size
