"""The cells of a column that are no plain numbers: each looked at, and settled over the column what it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.data.distinct_cells import SHOWN, DistinctCells, cells_problem
from govtransparency.data.number_column import Conversion, NumberColumn, NumberStyle
from govtransparency.files.multiples import EACH, measure_of, multiplied, plain_multiple
from govtransparency.files.number_forms import (
    ORDINARY,
    PER,
    PLAIN,
    Written,
    footnoted,
    look_of,
    multiple_in,
    share_of,
    shown,
    written,
)
from govtransparency.files.toml_values import inline
from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.unread_cells import UnreadCell
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, as_text, strung
from govtransparency.texts.cell_words import OPPOSITES_OF_NOTHING
from govtransparency.texts.problems import number_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["SingleCells", "dots_in_doubt"]

WORDS_SHOWN = 6  # distinct texts that an advice writes out


@dataclass
class SingleCells:
    """The cells of a column that have to be looked at, token by token."""

    tokens: DistinctCells
    style: NumberStyle
    separator: str | None
    code: str
    place: Callable[[int], Text]
    values: np.ndarray = field(init=False)
    counts: dict[int, Fraction] = field(default_factory=dict)  # how many times the number that stands there
    conversions: dict[str, list[int]] = field(default_factory=dict)
    problems: list[Text] = field(default_factory=list)
    stated: list[int] = field(default_factory=list)  # with a sign or a multiple of their own

    def __post_init__(self) -> None:
        self.values = np.full(len(self.tokens.cells), math.nan)

    def take_each(self) -> None:
        """Take every token by what it can be, and settle over the column what it is."""
        cells = self.tokens.cells
        forms: dict[int, Written] = {}
        signed: list[int] = []
        bare: list[int] = []
        looks: dict[str, list[int]] = {}
        for at, cell in enumerate(cells):
            if self.tokens.typed[at]:
                self.values[at] = cell.value
                (signed if cell.percent else bare).append(at)
            elif isinstance(cell, UnreadCell):
                looks.setdefault(cell.look, []).append(at)
            elif (form := written(cell)) is None:
                looks.setdefault("infinite" if _is_infinite(cell) else look_of(cell), []).append(at)
            else:
                forms[at] = form
                (signed if form.sign else bare).append(at)
        self._take_multiples(looks, forms)
        if any(cell in OPPOSITES_OF_NOTHING for cell in cells) and "nothing" in looks:
            looks.setdefault("grade", []).extend(looks.pop("nothing"))
        for look, found in looks.items():
            self._refuse_looks(look, found)
        self._settle_decimal(forms)
        for at, count in self.counts.items():
            self.values[at] = multiplied(self.values[at], count) if not math.isnan(self.values[at]) else math.nan
            self._convert("multiple", *[at] * (not math.isnan(self.values[at])))
        self._settle_signs(signed, bare)
        self.stated = [*signed, *self.counts]
        if np.isinf(self.values).any():
            self._refuse_looks("infinite", np.flatnonzero(np.isinf(self.values)).tolist())

    def _take_multiples(self, looks: dict[str, list[int]], forms: dict[int, Written]) -> None:
        """Take the numbers before 万, 千 or 亿 where they are declared, else refuse them with what they would be."""
        own = measure_of(self.style.unit)
        found = {at: multiple_in(self.tokens.cells[at]) for at in looks.pop("multiple", [])}
        units = {parts[3] for parts in found.values() if parts is not None} - {""}
        fitting = {"", own.unit} if self.style.unit else {"", *units} if len(units) < 2 else {""}
        declared = set(plain_multiple("".join(self.style.multiples)))
        undeclared: list[int] = []
        for at, parts in found.items():
            if parts is None or parts[3] not in fitting:
                looks.setdefault("beside", []).append(at)
                continue
            form, multiple, each, _ = parts
            self.counts[at] = Fraction(each, own.times)
            if set(plain_multiple(multiple)) <= declared:
                forms[at] = form
            else:
                undeclared.append(at)
        if undeclared:
            self._refuse_multiples(undeclared)

    def _refuse_multiples(self, found: list[int]) -> None:
        cells = self.tokens.cells
        parts = [part for at in found if (part := multiple_in(cells[at])) is not None]
        letters = {letter for _, multiple, _, _ in parts for letter in plain_multiple(multiple)}
        texts = [*self.style.multiples, *(letter for letter in EACH if letter in letters - {*self.style.multiples})]
        form = parts[0][0]
        readings = [number for number in (form.point, form.comma) if number is not None]
        values = dict.fromkeys(shown(multiplied(number, self.counts[found[0]])) for number in readings)
        template = problems.MULTIPLE["plain" if measure_of(self.style.unit).times == 1 else "of_unit"]
        value = strung(values, "或", " or ")
        self._refuse(
            found, template.format(cell=cells[found[0]], value=value, unit=self.style.unit, multiples=inline(texts))
        )
        for at in found:
            del self.counts[at]

    def _refuse_looks(self, look: str, found: list[int]) -> None:
        cells = [str(self.tokens.cells[at]) for at in found]
        meant = [_without_mark(cell) if look == "mark" else "..." for cell in cells]
        template = problems.INFINITE if look == "infinite" else problems.NOT_A_NUMBER[look]
        values = _declared(cells, meant)
        texts = ", ".join([*map(inline, cells[:WORDS_SHOWN]), *["..."] * (len(cells) > WORDS_SHOWN)])
        words = {"texts": f"[{texts}]", "values": values, "zeros": _declared(cells, ["0"] * len(cells))}
        correct = problems.CORRECT.format(values=values)
        self._refuse(found, template.format(cell=cells[0], number=footnoted(cells[0]), correct=correct, **words))

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
                if not form.sign and at not in self.counts and not PLAIN.fullmatch(self.tokens.cells[at]):
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
        dotted = dots_in_doubt(self.style, self.separator) and not by_point
        doubtful = [at for at in both if (dotted if _has_point(cells[at]) else not grouped)]
        if doubtful:
            form, cell = forms[doubtful[0]], cells[doubtful[0]]
            point, comma = shown(form.point or 0), shown(form.comma or 0)
            self._refuse(doubtful, problems.TWO_READINGS.format(cell=cell, point=point, comma=comma))
        return not doubtful

    def _settle_signs(self, signed: list[int], bare: list[int]) -> None:
        """Read the signs of per cent and per mille by the indicator's unit; refuse them where only some cells have one.

        With a unit that is a sign, all cells are in that unit, with or without their sign.
        """
        signed = [at for at in signed if not math.isnan(self.values[at])]
        bare = [at for at in bare if not math.isnan(self.values[at]) and self.values[at] != 0]
        if not signed:
            return
        cells, unit = self.tokens.cells, self.style.sign
        sign = self._sign(signed[0])
        words = {"cell": _signed_text(cells[signed[0]]), "sign": sign}
        words |= {"share": shown(self._in_unit(signed[0], "")), "whole": shown(self._in_unit(signed[0], sign))}
        certain = self.style.named or (self.style.shares and bool((np.abs(self.values[bare]) <= 1).all()))
        if bare and not unit and not certain:
            self._refuse(signed, problems.SOME_SIGNED[sign].format(other=cells[bare[0]], **words))
            return
        if unit is None:
            worst, best = map(shown, self.style.goalposts)
            self._refuse(signed, problems.PERCENT_OR_SHARE.format(worst=worst, best=best, **words))
            return
        for at in signed:
            self.values[at] = self._in_unit(at, unit)
            if unit or not self.tokens.typed[at]:
                self._convert("percent", at)

    def _sign(self, at: int) -> str:
        cell = self.tokens.cells[at]
        form = written(cell)
        return "%" if self.tokens.typed[at] or form is None else form.sign

    def _in_unit(self, at: int, unit: str) -> float:
        """Return a cell with a sign in a unit that is a sign, or as a share; a workbook holds the share."""
        value = float(self.values[at])
        if self.tokens.typed[at]:
            return multiplied(value, PER[unit]) if unit else value
        return share_of(value, self._sign(at), unit)

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
        stated = self.tokens.positions(self.stated)
        return NumberColumn(values, none, tuple(conversions), tuple(self.problems), stated)

    def _in_words(self, kind: str, at: int) -> Text:
        """Return what a token was read as."""
        template = reading_words.READ_AS
        if self.tokens.typed[at] and kind == "percent":
            template = reading_words.SHOWN_AS_PERCENT
        return template.format(cell=str(self.tokens.cells[at]), value=as_text(shown(self.values[at])))


def _declared(cells: list[str], meant: list[str]) -> str:
    """Return what declares the meaning of cells, the first of which are written out."""
    pairs = [f"{inline(cell)} = {value}" for cell, value in zip(cells, meant, strict=True)]
    return "{ " + ", ".join([*pairs[:WORDS_SHOWN], *["..."] * (len(pairs) > WORDS_SHOWN)]) + " }"


def _without_mark(cell: str) -> str:
    """Return the number before the mark of a footnote, where it has one reading."""
    form = written(footnoted(cell))
    certain = form is not None and not form.sign and form.point is not None and form.comma in (None, form.point)
    return shown(form.point) if form is not None and form.point is not None and certain else "..."


def _is_infinite(cell: str) -> bool:
    return cell.strip("+-").lower() in ("inf", "infinity")


def _has_point(cell: str) -> bool:
    return "." in cell or "\uff0e" in cell


def _signed_text(cell: Any) -> str:
    """Return a cell with a sign as the file shows it."""
    return f"{shown(multiplied(cell.value, 100))}%" if isinstance(cell, TypedNumber) else str(cell)


def dots_in_doubt(style: NumberStyle, separator: str | None) -> bool:
    """Return whether nothing outside the column says that the point is the decimal sign."""
    return style.decimal is None and separator != ","
