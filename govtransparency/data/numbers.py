"""The numbers of a column: read as a whole, since what ``9,500`` means depends on the cells beside it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN, DistinctCells, cells_problem
from govtransparency.data.number_column import UNDECLARED, Conversion, NumberColumn, NumberStyle
from govtransparency.data.single_cells import SingleCells, dots_in_doubt
from govtransparency.files.number_forms import DOTTED, plain_texts, shown
from govtransparency.files.plain_numbers import to_number
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.problems import number_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

__all__ = ["NO_VALUE", "UNDECLARED", "Conversion", "NumberColumn", "NumberStyle", "in_any_case", "read_numbers"]

MISSING = ("na", "n/a", "nan", "null", "..")  # in any case, besides the empty cell


def in_any_case(text: str) -> Iterable[str]:
    """Give a text of ASCII letters in capitals and small letters, in every mixture."""
    return map("".join, product(*({letter, letter.upper()} for letter in text)))


NO_VALUE = frozenset({""}.union(*map(in_any_case, MISSING)))


KNOWN_AS = {"missing": reading_words.MISSING, "not_applicable": reading_words.NOT_APPLICABLE}


def read_numbers(
    cells: pd.Series,
    style: NumberStyle = UNDECLARED,
    *,
    code: str,
    place: Callable[[int], Text],
    missing: Collection[str] = (),
    not_applicable: Collection[str] = (),
    words: Mapping[str, float] | None = None,
    separator: str | None = None,
) -> NumberColumn:
    """Read the cells of one column as numbers.

    Parameters
    ----------
    cells : Series
        Texts, stripped; a `TypedNumber` has its value from the file itself.
    style : NumberStyle
    code : str
        What the column is called in problems.
    place : callable
        From the position of a cell to where it stands.
    missing, not_applicable : collection of str
        Further texts that mean a missing value; texts that mean that the indicator does not apply to the unit.
    words : mapping of str to float, optional
        Texts that stand for numbers.
    separator : str, optional
        Between the cells of the file. Where it is a comma, the point is the decimal sign.

    Returns
    -------
    NumberColumn

    Examples
    --------
    >>> cells = pd.Series(["1,234.5", "9,500", "n/a", ""])
    >>> column = read_numbers(cells, code="a", place=lambda at: Text(f"line {at + 2}", f"line {at + 2}"))
    >>> column.values.tolist(), [str(one.text) for one in column.conversions]
    ([1234.5, 9500.0, nan, nan], ["'n/a' read as missing", "'1,234.5' read as 1234.5"])
    >>> print(read_numbers(cells[1:2], code="a", place=lambda at: Text(f"line {at}", f"line {at}")).problems[0])
    line 0, column 'a': '9,500' is 9.5 where the comma is the decimal sign, and 9500 where the point is; declare \
decimal = "," or decimal = "." for the sheet
    """
    whole = cells.to_numpy(dtype=object)
    told = {text.lower() for text in not_applicable}  # N/A is not missing in any sheet where n/a is not applicable
    no_value = NO_VALUE if not told else [text for text in NO_VALUE if text.lower() not in told]
    known: dict[str, tuple[str, float]] = {
        **dict.fromkeys([*no_value, *missing], ("missing", math.nan)),
        **dict.fromkeys(not_applicable, ("not_applicable", math.nan)),
        **{text: ("word", value) for text, value in (words or {}).items()},
    }
    read, left = _known_cells(whole, known)
    at = np.flatnonzero(left)
    rest = whole[at]
    plain = _plain_cells(rest, style, separator)
    if plain is None:
        column = SingleCells(DistinctCells.of(rest), style, separator, code, lambda one: place(int(at[one])))
        column.take_each()
        plain = column.result()
    other = [text for text, value in (words or {}).items() if to_number(text) != value]
    codes = {to_number(text): text for text in (*missing, *not_applicable, *other)}
    plain = plain.with_problems(_otherwise_written(rest, plain.values, codes, code, lambda one: place(int(at[one]))))
    read.values[at] = plain.values
    moved = (replace(one, first=int(at[one.first])) for one in plain.conversions)
    conversions = (*read.conversions, *moved)
    return replace(read, conversions=conversions, problems=plain.problems, stated=at[plain.stated])


def _known_cells(whole: np.ndarray, known: Mapping[str, tuple[str, float]]) -> tuple[NumberColumn, np.ndarray]:
    """Read the cells that are declared, or that mean a missing value in any sheet; and return which are left."""
    texts = whole.tolist()
    left = ~np.fromiter(map(known.__contains__, texts), dtype=bool, count=len(texts))
    values = np.full(len(texts), math.nan)
    not_applicable, words = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    conversions = []
    for text in dict.fromkeys(whole[~left].tolist()):
        kind, value = known[text]
        own = np.flatnonzero(whole == text)
        values[own], not_applicable[own], words[own] = value, kind == "not_applicable", kind == "word"
        if text or kind != "missing":
            meant = KNOWN_AS[kind] if kind in KNOWN_AS else as_text(shown(value))
            template = reading_words.READ_AS if text else reading_words.EMPTY_CELL
            what = template.format(cell=str(text), value=meant)
            conversions.append(Conversion(f"{kind} {text}", what, len(own), int(own[0])))
    return NumberColumn(values, not_applicable, tuple(conversions), words=np.flatnonzero(words)), left


def _otherwise_written(
    cells: np.ndarray, values: np.ndarray, codes: Mapping[float | None, str], code: str, place: Callable[[int], Text]
) -> Iterator[Text]:
    """Give the cells that are the same number as a text whose meaning is declared: ``-999.0`` and ``-999``."""
    numbers = [number for number in codes if number is not None]
    at = np.flatnonzero(np.isin(values, numbers)) if numbers else np.array([], dtype=int)
    if len(at):
        shown_cells = [str(cells[one]) for one in at[:SHOWN]]
        declared = codes[float(values[at[0]])]
        problem = problems.OTHERWISE_WRITTEN.format(cell=shown_cells[0], declared=declared)
        yield cells_problem(at, shown_cells, problem, code=code, place=place)


def _plain_cells(cells: np.ndarray, style: NumberStyle, separator: str | None) -> NumberColumn | None:
    """Read all cells at once where nothing about them is in doubt, or return None."""
    texts = cells.tolist()
    typed = bool(set(map(type, texts)) - {str})
    plain = texts if typed or style.decimal is None else plain_texts(texts, style.decimal)
    values = None if typed or plain is None else _floats(plain)
    if plain is None or values is None or (dots_in_doubt(style, separator) and _all_dotted(texts)):
        return None
    applicable = np.zeros(len(values), dtype=bool)
    changed = []
    if plain is not texts:
        changed = [at for at, (text, number) in enumerate(zip(texts, plain, strict=True)) if text != number]
    if not changed:
        return NumberColumn(values, applicable)
    words = reading_words.READ_AS.format(cell=texts[changed[0]], value=as_text(shown(values[changed[0]])))
    return NumberColumn(values, applicable, (Conversion("decimal", words, len(changed), changed[0]),))


def _floats(texts: list[str]) -> np.ndarray | None:
    """Return texts as Python reads them, or None where it reads what is no plain number, or none at all."""
    joined = "".join(texts)
    if not joined.isascii() or "_" in joined:
        return None
    try:
        values = np.fromiter(map(float, texts), dtype=float, count=len(texts))
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _all_dotted(texts: list[str]) -> bool:
    """Return whether all points, of which there are some, may stand between thousands."""
    return any("." in text for text in texts) and all(DOTTED.fullmatch(text) for text in texts if "." in text)
