"""The numbers of a column: read as a whole, since what ``9,500`` means depends on the cells beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN, DistinctCells, cells_problem
from govtransparency.files.number_forms import DOTTED, ORDINARY, PLAIN, Written, look_of, plain_texts, shown, written
from govtransparency.files.plain_numbers import to_number
from govtransparency.files.toml_values import inline
from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.unread_cells import UnreadCell
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.problems import number_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

__all__ = ["Conversion", "NumberColumn", "NumberStyle", "in_any_case", "read_numbers"]

MISSING = ("na", "n/a", "nan", "null", "..")  # in any case, besides the empty cell


def in_any_case(text: str) -> Iterable[str]:
    """Give a text of ASCII letters in capitals and small letters, in every mixture."""
    return map("".join, product(*({letter, letter.upper()} for letter in text)))


NO_VALUE = frozenset({""}.union(*map(in_any_case, MISSING)))


@dataclass(frozen=True)
class NumberStyle:
    """How the numbers of a column are written, as far as it is declared.

    Parameters
    ----------
    decimal : {".", ","}, optional
        The decimal sign; not declared by default.
    percent_unit : bool, optional
        Whether ``92%`` is 92, since the unit of the indicator is per cent (True), or 0.92 (False); None where nothing
        says it, and a percent sign is refused.
    goalposts : tuple of float
        Worst and best value, NaN where there are none; for the words of a refusal.
    shares : bool
        Whether values are known to lie within 0 to 1, so that ``92%`` beside ``0.55`` leaves no doubt.
    """

    decimal: str | None = None
    percent_unit: bool | None = False
    goalposts: tuple[float, float] = (math.nan, math.nan)
    shares: bool = False


UNDECLARED = NumberStyle()
KNOWN_AS = {"missing": reading_words.MISSING, "not_applicable": reading_words.NOT_APPLICABLE}


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
        column = _Column(DistinctCells.of(rest), style, separator, code, lambda one: place(int(at[one])))
        column.take_each()
        plain = column.result()
    other = [text for text, value in (words or {}).items() if to_number(text) != value]
    codes = {to_number(text): text for text in (*missing, *not_applicable, *other)}
    plain = plain.with_problems(_otherwise_written(rest, plain.values, codes, code, lambda one: place(int(at[one]))))
    read.values[at] = plain.values
    moved = (replace(one, first=int(at[one.first])) for one in plain.conversions)
    return replace(read, conversions=(*read.conversions, *moved), problems=plain.problems)


def _known_cells(whole: np.ndarray, known: Mapping[str, tuple[str, float]]) -> tuple[NumberColumn, np.ndarray]:
    """Read the cells that are declared, or that mean a missing value in any sheet; and return which are left."""
    texts = whole.tolist()
    left = ~np.fromiter(map(known.__contains__, texts), dtype=bool, count=len(texts))
    values, not_applicable = np.full(len(texts), math.nan), np.zeros(len(texts), dtype=bool)
    conversions = []
    for text in dict.fromkeys(whole[~left].tolist()):
        kind, value = known[text]
        own = np.flatnonzero(whole == text)
        values[own], not_applicable[own] = value, kind == "not_applicable"
        if text or kind != "missing":
            meant = KNOWN_AS[kind] if kind in KNOWN_AS else as_text(shown(value))
            template = reading_words.READ_AS if text else reading_words.EMPTY_CELL
            words = template.format(cell=str(text), value=meant)
            conversions.append(Conversion(f"{kind} {text}", words, len(own), int(own[0])))
    return NumberColumn(values, not_applicable, tuple(conversions)), left


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
    if plain is None or values is None or (_dots_in_doubt(style, separator) and _all_dotted(texts)):
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


def _dots_in_doubt(style: NumberStyle, separator: str | None) -> bool:
    """Return whether nothing outside the column says that the point is the decimal sign."""
    return style.decimal is None and separator != ","


@dataclass
class _Column:
    """The cells of a column that have to be looked at, token by token."""

    tokens: DistinctCells
    style: NumberStyle
    separator: str | None
    code: str
    place: Callable[[int], Text]
    values: np.ndarray = field(init=False)
    conversions: dict[str, list[int]] = field(default_factory=dict)
    problems: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.values = np.full(len(self.tokens.cells), math.nan)

    def take_each(self) -> None:
        """Take every token by what it can be, and settle over the column what it is."""
        cells = self.tokens.cells
        forms: dict[int, Written] = {}
        percent: list[int] = []
        bare: list[int] = []
        looks: dict[str, list[int]] = {}
        for at, cell in enumerate(cells):
            if self.tokens.typed[at]:
                self.values[at] = cell.value
                (percent if cell.percent else bare).append(at)
            elif isinstance(cell, UnreadCell):
                looks.setdefault(cell.look, []).append(at)
            elif (form := written(cell)) is None:
                looks.setdefault("infinite" if _is_infinite(cell) else look_of(cell), []).append(at)
            else:
                forms[at] = form
                (percent if form.percent else bare).append(at)
        for look, found in looks.items():
            self._refuse_looks(look, found)
        self._settle_decimal(forms)
        self._settle_percent(percent, bare)
        if np.isinf(self.values).any():
            self._refuse_looks("infinite", np.flatnonzero(np.isinf(self.values)).tolist())

    def _refuse_looks(self, look: str, found: list[int]) -> None:
        cell = str(self.tokens.cells[found[0]])
        template = problems.INFINITE if look == "infinite" else problems.NOT_A_NUMBER[look]
        text = inline(cell)
        self._refuse(found, template.format(cell=cell, text=text, correct=problems.CORRECT.format(text=text)))

    def _settle_decimal(self, forms: dict[int, Written]) -> None:
        """Read the texts by the decimal sign, declared or certain; else refuse those that depend on it."""
        decimal = self.style.decimal
        if decimal is None:
            if not self._point_is_certain(forms):
                return
            decimal = "."
        blanks = [at for at, form in forms.items() if form.blank] if self.style.decimal is None else []
        other = []
        for at, form in forms.items():
            value = form.point if decimal == "." else form.comma
            if value is None:
                other.append(at)
            elif not (form.blank and blanks):
                self.values[at] = value
                if not form.percent and not PLAIN.fullmatch(self.tokens.cells[at]):
                    self._convert("decimal", at)
        if blanks:
            self._refuse(blanks, problems.BLANKS.format(cell=self.tokens.cells[blanks[0]]))
        if other:
            self._refuse(other, problems.OTHER_SIGN.format(cell=self.tokens.cells[other[0]], decimal=decimal))

    def _point_is_certain(self, forms: dict[int, Written]) -> bool:
        """Return whether the point is the decimal sign of an undeclared column; refuse its cells where it is not."""
        cells = self.tokens.cells
        by_comma = [at for at, form in forms.items() if form.point is None]
        by_point = [at for at, form in forms.items() if form.comma is None]
        both = [
            at
            for at, form in forms.items()
            if None not in (form.point, form.comma) and form.point != form.comma and not form.chinese
        ]
        if by_comma:
            cell = cells[by_comma[0]]
            lone = problems.DECIMAL_COMMA if "," in cell.translate(ORDINARY) else problems.POINTS_BETWEEN
            template = problems.BOTH_SIGNS if by_point else lone
            other = cells[by_point[0]] if by_point else ""
            self._refuse(by_comma + both, template.format(cell=cell, other=other))
            return False
        grouped = any(form.chinese for form in forms.values()) or any("," in cells[at] for at in by_point)
        dotted = _dots_in_doubt(self.style, self.separator) and not by_point
        doubtful = [at for at in both if (dotted if _has_point(cells[at]) else not grouped)]
        if doubtful:
            form, cell = forms[doubtful[0]], cells[doubtful[0]]
            point, comma = shown(form.point or 0), shown(form.comma or 0)
            self._refuse(doubtful, problems.TWO_READINGS.format(cell=cell, point=point, comma=comma))
        return not doubtful

    def _settle_percent(self, percent: list[int], bare: list[int]) -> None:
        """Read the percent signs by the indicator's unit; refuse them where only some cells have one."""
        percent = [at for at in percent if not math.isnan(self.values[at])]
        bare = [at for at in bare if not math.isnan(self.values[at]) and self.values[at] != 0]
        if not percent:
            return
        cells, unit = self.tokens.cells, self.style.percent_unit
        cell = _percent_text(cells[percent[0]])
        certain = self.style.shares and bool((np.abs(self.values[bare]) <= 1).all())
        if bare and unit is not True and not certain:
            self._refuse(percent, problems.SOME_PERCENT.format(cell=cell, other=cells[bare[0]]))
            return
        shares = [self._share_and_whole(at) for at in percent]
        if unit is None:
            (share, whole), (worst, best) = shares[0], self.style.goalposts
            texts = {"share": share, "whole": whole, "worst": worst, "best": best}
            in_words = {key: shown(value) for key, value in texts.items()}
            self._refuse(percent, problems.PERCENT_OR_SHARE.format(cell=cell, **in_words))
            return
        for at, (share, whole) in zip(percent, shares, strict=True):
            self.values[at] = whole if unit else share
            if unit or not self.tokens.typed[at]:
                self._convert("percent", at)

    def _share_and_whole(self, at: int) -> tuple[float, float]:
        """Return the two readings of a cell with a percent sign: 0.92 and 92, no digit changed."""
        value = float(self.values[at])
        return (value, float(Decimal(repr(value)) * 100)) if self.tokens.typed[at] else (value / 100, value)

    def _convert(self, kind: str, *tokens: int) -> None:
        if tokens:
            self.conversions.setdefault(kind, []).extend(tokens)

    def _refuse(self, chosen: Sequence[int], problem: Text) -> None:
        self.values[list(chosen)] = math.nan
        at = self.tokens.positions(chosen)
        cells = [str(self.tokens.cells[self.tokens.inverse[position]]) for position in at[:SHOWN]]
        self.problems.append(cells_problem(at, cells, problem, code=self.code, place=self.place))

    def result(self) -> NumberColumn:
        """Return the column as read, every token put back where it stands."""
        conversions = []
        for kind, found in self.conversions.items():
            at = found[int(self.tokens.first[found].argmin())]
            count = int(self.tokens.counts[found].sum())
            conversions.append(Conversion(kind, self._in_words(kind, at), count, int(self.tokens.first[at])))
        values = self.values[self.tokens.inverse]
        none = np.zeros(len(values), dtype=bool)
        return NumberColumn(values, none, tuple(conversions), tuple(self.problems))

    def _in_words(self, kind: str, at: int) -> Text:
        """Return what a token was read as."""
        template = reading_words.READ_AS
        if self.tokens.typed[at] and kind == "percent":
            template = reading_words.SHOWN_AS_PERCENT
        return template.format(cell=str(self.tokens.cells[at]), value=as_text(shown(self.values[at])))


def _is_infinite(cell: str) -> bool:
    return cell.strip("+-").lower() in ("inf", "infinity")


def _has_point(cell: str) -> bool:
    return "." in cell or "\uff0e" in cell


def _percent_text(cell: Any) -> str:
    """Return a cell with a percent sign as the file shows it."""
    return f"{shown(float(Decimal(repr(cell.value)) * 100))}%" if isinstance(cell, TypedNumber) else str(cell)
