"""What the cells of an indicator may hold, and its column read and checked by that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN, cells_problem
from govtransparency.data.number_column import Standing
from govtransparency.data.numbers import NO_VALUE, NumberColumn, NumberStyle, read_numbers
from govtransparency.data.reading_notes import Note
from govtransparency.data.units_of_measurement import sign_in
from govtransparency.errors import nearest
from govtransparency.files.folded_text import folded
from govtransparency.files.multiples import multiplied
from govtransparency.files.number_forms import shown
from govtransparency.files.toml_values import inline
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import measure_problems, number_problems, sheet_form_problems, table_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from govtransparency.data.sheet_form import SheetForm
    from govtransparency.framework import Framework

__all__ = [
    "CellRules",
    "Column",
    "Scale",
    "codes_by_header",
    "codes_by_name",
    "columns_of",
    "doubts",
    "names_of",
    "typed_otherwise",
]

FAR = 3.0  # ranges of the goalposts beyond which a value is doubtful
CODES = tuple(sign * (10.0**digits - 1) for digits in range(1, 7) for sign in (1, -1))  # 9, -9, 99 ... for no value


@dataclass(frozen=True)
class Scale:
    """The values an indicator can take.

    Parameters
    ----------
    values : tuple of float, optional
        The only values allowed; by default any from `low` to `high`, whole numbers only if `integer`.
    low, high : float
    integer : bool
    """

    values: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    integer: bool = False

    def __str__(self) -> str:
        return self.text.en

    @property
    def text(self) -> Text:
        """The values allowed, in words."""
        if self.values:
            return table_problems.ONE_OF.format(values=words(f"{value:g}" for value in self.values))
        limits = table_problems.NUMBER[bool(self.integer), math.isfinite(self.low), math.isfinite(self.high)]
        return limits.format(low=f"{self.low:g}", high=f"{self.high:g}")

    def holds(self, value: float) -> bool:
        """Return whether the value is on the scale."""
        if self.values:
            return value in self.values
        return self.low <= value <= self.high and not (self.integer and value != int(value))


@dataclass(frozen=True)
class Column:
    """What the cells of an indicator or variable may hold.

    Parameters
    ----------
    code : str
    unit : str
        Of measurement; empty where none is given.
    scale : Scale, optional
    goalposts : tuple of float
        Worst and best value, NaN where there are none.
    """

    code: str
    unit: str = ""
    scale: Scale | None = None
    goalposts: tuple[float, float] = (math.nan, math.nan)

    @property
    def shares(self) -> bool:
        """Whether the goalposts say that values are shares: both lie within 0 to 1."""
        return all(0 <= end <= 1 for end in self.goalposts)

    def sign_in(self, unit: str) -> str | None:
        """Return the sign that a unit is, by which 92% is 92, else 0.92; None where neither it nor goalposts say it."""
        if unit:
            return sign_in(unit)
        return "" if self.shares or any(map(math.isnan, self.goalposts)) else None


def columns_of(framework: Framework, *, scales: Mapping[str, Scale] | None = None) -> dict[str, Column]:
    """Return what each indicator's cells may hold, by code."""
    scales = scales or {}
    nodes = [framework.node(code) for code in framework.indicators]
    return {node.code: Column(node.code, node.unit, scales.get(node.unit), (node.worst, node.best)) for node in nodes}


def names_of(framework: Framework, variables: Mapping[str, Mapping[str, str]] | None = None) -> dict[str, str]:
    """Return the code of each indicator and variable by either of its names; a name of several is left out.

    `variables` has the names ``en`` and ``zh`` of each, as ``edition.toml`` does.
    """
    nodes = [framework.node(code) for code in framework.indicators]
    named = [(node.code, (node.name_en, node.name_zh)) for node in nodes]
    named += [(code, (item.get("en", ""), item.get("zh", ""))) for code, item in (variables or {}).items()]
    codes: dict[str, set[str]] = {}
    for code, names in named:
        for name in dict.fromkeys(name for name in names if name not in ("", code)):
            codes.setdefault(name, set()).add(code)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


def codes_by_name(framework: Framework, variables: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the code of each indicator and variable by its names, none of which is the code of another."""
    names = names_of(framework, variables)
    return {name: code for name, code in names.items() if name not in framework.indicators and name not in variables}


def codes_by_header(columns: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the code that each header means; a code goes before another column's name."""
    codes = {code: code for code in columns}
    return codes | {name: code for name, code in names.items() if name not in codes}


def typed_otherwise(given: Iterable[str], known: Mapping[str, str]) -> tuple[dict[str, str], list[Note]]:
    """Return the code of each header that is one of those known but for blanks, width, line breaks and the like.

    Besides, a note on them, if there are any.

    Examples
    --------
    >>> typed_otherwise(["\uff47\uff44\uff50", "b"], {"gdp": "a"})[0]
    {'ｇｄｐ': 'a'}
    """
    codes: dict[str, set[str]] = {}
    for name, code in known.items():
        codes.setdefault(folded(name), set()).add(code)
    meant = {name: codes.get(folded(name), set()) for name in given if name not in known}
    found = {name: min(own) for name, own in meant.items() if len(own) == 1}
    first = list(found.items())[:1]
    notes = [reading_words.TYPED_HEADS.format(name=name, code=code) for name, code in first]
    return found, [Note(note, times=len(found)) for note in notes]


@dataclass(frozen=True)
class CellRules:
    """How the cells of each code are read: as the form of the sheet says, and as the code's column allows.

    Attributes
    ----------
    columns : mapping of code to Column
    form : SheetForm
    missing, not_applicable : mapping of code to tuple of str
    """

    columns: Mapping[str, Column]
    form: SheetForm
    missing: Mapping[str, tuple[str, ...]]
    not_applicable: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(
        cls,
        form: SheetForm,
        columns: Mapping[str, Column],
        known: Mapping[str, str],
        found: list[Text],
        *,
        not_applicable: tuple[str, ...] = (),
    ) -> CellRules:
        """Return the rules, with texts for the whole sheet or for single columns by code; unknown columns are problems.

        The texts that mean not applicable in any sheet of a kind give way to those that the form declares as missing.
        """
        missing = _by_code("missing", form.missing, columns, known, found)
        declared = _by_code("not_applicable", form.not_applicable, columns, known, found)
        always = {code: tuple(text for text in not_applicable if text not in missing.get(code, ())) for code in columns}
        return cls(columns, form, missing, {code: (*always[code], *declared.get(code, ())) for code in columns})

    def filled(self, cells: pd.Series, code: str) -> np.ndarray:
        """Return which cells of one code do not say that there is no value."""
        return ~cells.isin([*NO_VALUE, *self.missing.get(code, ()), *self.not_applicable.get(code, ())]).to_numpy()

    def read(
        self,
        cells: pd.Series,
        code: str,
        *,
        place: Callable[[int], Text],
        separator: str | None,
        standing: Standing | None = None,
    ) -> NumberColumn:
        """Read the cells of one code, in its unit of measurement, and refuse those off its scale."""
        column = self.columns[code]
        standing = standing or Standing(column.unit)
        read = read_numbers(
            cells,
            NumberStyle(
                self.form.decimal,
                column.sign_in(standing.unit),
                column.goalposts,
                shares=column.shares,
                unit=standing.unit,
                multiples=self.form.multiples,
                named=standing.named,
            ),
            code=code,
            place=place,
            missing=self.missing.get(code, ()),
            not_applicable=self.not_applicable.get(code, ()),
            words=self.form.values,
            separator=separator,
        )
        stood, read = read, standing.applied(read)
        found = [*_of_two_readings(stood, cells, standing, code, place), *_too_large(read.values, cells, code, place)]
        return read.with_problems([*found, *_off_scale(read.values, cells, column, place)])


def _by_code(
    key: str,
    given: tuple[str, ...] | Mapping[str, tuple[str, ...]],
    columns: Iterable[str],
    known: Mapping[str, str],
    found: list[Text],
) -> dict[str, tuple[str, ...]]:
    """Return texts declared for a whole sheet or by column, by code."""
    if isinstance(given, tuple):
        return dict.fromkeys(columns, given)
    found += [
        sheet_form_problems.NO_COLUMN.format(key=key, column=name, nearest=nearest(name, known))
        for name in given
        if name not in known
    ]
    return {known[name]: texts for name, texts in given.items() if name in known}


def _of_two_readings(
    read: NumberColumn, cells: pd.Series, standing: Standing, code: str, place: Callable[[int], Text]
) -> Iterator[Text]:
    """Give the cells with a unit of their own where a factor is declared for a column whose unit is not known."""
    at = read.stated[~np.isnan(read.values[read.stated])]
    if standing.stated is None and len(at):
        shown_cells = [str(cells.iloc[one]) for one in at[:SHOWN]]
        value, factor = float(read.values[at[0]]), standing.bare[0][1]
        once, twice = shown(value), shown(multiplied(value, factor))
        given = inline({code: float(factor)})
        problem = measure_problems.OWN_UNIT.format(cell=shown_cells[0], multiply=given, once=once, twice=twice)
        yield cells_problem(at, shown_cells, problem, code=code, place=place)


def _too_large(values: np.ndarray, cells: pd.Series, code: str, place: Callable[[int], Text]) -> Iterator[Text]:
    """Give the cells that are infinite once they are converted."""
    if len(at := np.flatnonzero(np.isinf(values))):
        shown_cells = [str(cells.iloc[one]) for one in at[:SHOWN]]
        yield cells_problem(
            at, shown_cells, number_problems.INFINITE.format(cell=shown_cells[0]), code=code, place=place
        )


def _off_scale(values: np.ndarray, cells: pd.Series, column: Column, place: Callable[[int], Text]) -> Iterator[Text]:
    """Give what is off the column's scale."""
    if column.scale is None:
        return
    distinct, inverse = np.unique(values, return_inverse=True)
    on = np.array([math.isnan(value) or column.scale.holds(float(value)) for value in distinct], dtype=bool)
    at = np.flatnonzero(~on[inverse]) if len(distinct) else np.array([], dtype=int)
    if len(at):
        shown_cells = [str(cells.iloc[one]) for one in at[:SHOWN]]
        problem = table_problems.OFF_SCALE.format(cell=shown_cells[0], scale=column.scale.text)
        yield cells_problem(at, shown_cells, problem, code=column.code, place=place)


def doubts(values: np.ndarray, column: Column, place: Callable[[int], Text]) -> Iterator[Note]:
    """Give the values that look like codes for no value: far outside the goalposts, or the only negative number."""
    worst, best = column.goalposts
    low, high = min(worst, best), max(worst, best)
    if math.isnan(low) or math.isnan(high):
        negative = values < 0
        strange = negative & np.isin(values, CODES[3:]) if len(np.unique(values[negative])) == 1 else negative & False
        template = reading_words.ONLY_NEGATIVE
    else:
        beyond = np.fmax(low - values, values - high)
        strange = (beyond > FAR * (high - low)) | ((beyond > 0) & np.isin(values, CODES))
        template = reading_words.FAR
    for value in np.unique(values[strange]).tolist():
        at = np.flatnonzero(values == value)
        what = template.format(cell=shown(value), worst=shown(worst), best=shown(best))
        where = reading_words.CELL.format(place=place(int(at[0])), code=column.code)
        yield Note(what, where, len(at))
