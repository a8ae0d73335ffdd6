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
from govtransparency.files.number_forms import DOTTED, PLAIN, Written, look_of, plain_texts, shown, written
from govtransparency.files.typed_number import TypedNumber
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.problems import number_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

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
    tokens = DistinctCells.of(cells.to_numpy(dtype=object))
    column = _Column(tokens, style, separator, code, place)
    known: dict[str, tuple[str, float]] = {
        **dict.fromkeys([*NO_VALUE, *missing], ("missing", math.nan)),
        **dict.fromkeys(not_applicable, ("not_applicable", math.nan)),
        **{text: ("word", value) for text, value in (words or {}).items()},
    }
    column.take_known(known)
    if not column.take_plain():
        column.take_each()
    return column.result()


@dataclass
class _Column:
    """A column while it is read, token by token."""

    tokens: DistinctCells
    style: NumberStyle
    separator: str | None
    code: str
    place: Callable[[int], Text]
    values: np.ndarray = field(init=False)
    applicable: np.ndarray = field(init=False)
    left: list[int] = field(init=False)  # tokens still to be read
    conversions: dict[str, list[int]] = field(default_factory=dict)
    problems: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = len(self.tokens.cells)
        self.values, self.applicable = np.full(size, math.nan), np.ones(size, dtype=bool)
        self.left = list(range(size))

    def take_known(self, known: Mapping[str, tuple[str, float]]) -> None:
        """Take the texts that are declared, or that mean a missing value in any sheet."""
        there = known.keys() & set(self.tokens.cells)
        if not there:
            return
        for at, cell in enumerate(self.tokens.cells):
            if cell in there:
                kind, self.values[at] = known[cell]
                self.applicable[at] = kind != "not_applicable"
                if cell:
                    self._convert(f"{kind} {cell}", at)
        self.left = [at for at, cell in enumerate(self.tokens.cells) if cell not in there]

    def take_plain(self) -> bool:
        """Take all tokens at once where nothing about them is in doubt; return whether that is so."""
        if self.tokens.typed.any():
            return False
        texts = [self.tokens.cells[at] for at in self.left]
        plain = texts if self.style.decimal is None else plain_texts(texts, self.style.decimal)
        joined = "" if plain is None else "".join(plain)
        if plain is None or not joined.isascii() or "_" in joined:
            return False
        try:
            values = np.array([float(text) for text in plain])
        except ValueError:
            return False
        if not np.isfinite(values).all():
            return False
        if self._dots_in_doubt() and "." in joined and not any("." in t and not DOTTED.fullmatch(t) for t in texts):
            return False
        self.values[self.left] = values
        if plain is not texts:
            self._convert(
                "decimal", *(at for at, *two in zip(self.left, texts, plain, strict=True) if two[0] != two[1])
            )
        return True

    def take_each(self) -> None:
        """Take every token by what it can be, and settle over the column what it is."""
        cells = self.tokens.cells
        forms: dict[int, Written] = {}
        percent: list[int] = []
        bare: list[int] = []
        looks: dict[str, list[int]] = {}
        for at in self.left:
            cell = cells[at]
            if self.tokens.typed[at]:
                self.values[at] = cell.value
                (percent if cell.percent else bare).append(at)
            elif (form := written(cell)) is None:
                looks.setdefault("infinite" if _is_infinite(cell) else look_of(cell), []).append(at)
            else:
                forms[at] = form
                (percent if form.percent else bare).append(at)
        for look, found in looks.items():
            self._refuse_looks(look, found)
        self._settle_decimal(forms)
        self._settle_percent(percent, bare)
        if endless := [at for at in self.left if math.isinf(self.values[at])]:
            self._refuse_looks("infinite", endless)

    def _refuse_looks(self, look: str, found: list[int]) -> None:
        cell = str(self.tokens.cells[found[0]])
        template = problems.INFINITE if look == "infinite" else problems.NOT_A_NUMBER[look]
        self._refuse(found, template.format(cell=cell, correct=problems.CORRECT.format(cell=cell)))

    def _dots_in_doubt(self) -> bool:
        """Return whether nothing outside the column says that the point is the decimal sign."""
        return self.style.decimal is None and self.separator != ","

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
            template = problems.BOTH_SIGNS if by_point else problems.DECIMAL_COMMA
            other = cells[by_point[0]] if by_point else ""
            self._refuse(by_comma + both, template.format(cell=cell, other=other))
            return False
        grouped = any(form.chinese for form in forms.values()) or any("," in cells[at] for at in by_point)
        dotted = self._dots_in_doubt() and not by_point
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
        inverse = self.tokens.inverse
        return NumberColumn(self.values[inverse], ~self.applicable[inverse], tuple(conversions), tuple(self.problems))

    def _in_words(self, kind: str, at: int) -> Text:
        """Return what a token was read as."""
        template = reading_words.READ_AS
        if self.tokens.typed[at] and kind == "percent":
            template = reading_words.SHOWN_AS_PERCENT
        value = as_text(shown(self.values[at])) if self.applicable[at] else reading_words.NOT_APPLICABLE
        missing = self.applicable[at] and math.isnan(self.values[at])
        return template.format(cell=str(self.tokens.cells[at]), value=reading_words.MISSING if missing else value)


def _is_infinite(cell: str) -> bool:
    return cell.strip("+-").lower() in ("inf", "infinity")


def _has_point(cell: str) -> bool:
    return "." in cell or "\uff0e" in cell


def _percent_text(cell: Any) -> str:
    """Return a cell with a percent sign as the file shows it."""
    return f"{shown(float(Decimal(repr(cell.value)) * 100))}%" if isinstance(cell, TypedNumber) else str(cell)
