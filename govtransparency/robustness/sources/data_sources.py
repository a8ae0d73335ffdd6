"""The data as a source of uncertainty: imputation, thresholds of treatments, disagreement of assessors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.marks import check_marks
from govtransparency.errors import InputError, nearest
from govtransparency.methods import Treatment, name_of
from govtransparency.robustness.sources.source import Choice, Disturbance, Noise, Options, require_two
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import source_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.recipe import Recipe

__all__ = ["imputation", "marks_noise", "threshold"]


@checked
def imputation(*methods: Treatment | None) -> Choice:
    """Vary how missing values are filled: each draw takes one of the methods, all equally likely.

    Parameters
    ----------
    *methods : treatments or None
        ``(table, framework) -> table``; at least two. None fills nothing and leaves gaps to the recipe's rule for
        missing values.

    Returns
    -------
    Choice
        The method takes the place of the recipe's own imputation (a treatment whose name begins with ``impute_``);
        where there is none, it comes last.

    Raises
    ------
    InputError
        For fewer than two methods and for what is not a function; later, for a table without missing values. What is
        not applicable is not missing, and no method fills it.

    Examples
    --------
    >>> def impute_zero(table, framework):
    ...     return table.fillna(0)
    >>> imputation(None, impute_zero).name
    'imputation'
    """
    with Arguments("imputation") as check:
        for method in methods:
            if not (method is None or callable(method)):
                check.expect("method", method, problems.FUNCTION)
        require_two(check, "methods", len(methods))
    return Imputation(methods)


@dataclass(frozen=True, eq=False)
class Imputation(Choice):
    """See `imputation`."""

    methods: tuple[Treatment | None, ...]

    @property
    def name(self) -> str:
        return "imputation"

    def bind(self, recipe: Recipe, table: pd.DataFrame, not_applicable: pd.DataFrame | None = None) -> Options:
        gaps = table[list(recipe.framework.indicators)].isna()
        if not_applicable is not None:
            gaps &= ~not_applicable.reindex_like(gaps)
        if not gaps.to_numpy().any():
            raise InputError(problems.NO_GAP, title=self.name)
        labels = tuple("none" if method is None else name_of(method) for method in self.methods)
        return Options(labels, partial(_impute, self.methods))


def _impute(methods: tuple[Treatment | None, ...], recipe: Recipe, _table: pd.DataFrame, option: int) -> Recipe:
    own = [position for position, step in enumerate(recipe.treat) if name_of(step).startswith("impute_")]
    others = [step for position, step in enumerate(recipe.treat) if position not in own]
    place = own[0] if own else len(others)
    method = methods[option]
    chosen = () if method is None else (method,)
    return replace(recipe, treat=(*others[:place], *chosen, *others[place:]))


@checked
def threshold(method: Treatment, parameter: str, values: Sequence[Any]) -> Choice:
    """Vary a parameter of a treatment in the recipe: each draw takes one of the values, all equally likely.

    Parameters
    ----------
    method : treatment
        The function as the recipe has it, bare or with other options fixed by `functools.partial`.
    parameter : str
    values : sequence
        At least two. For a continuous parameter give a fine grid, such as ``numpy.linspace(1.5, 2.5, 11)``; some
        values, but not all, may give the same result.

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        For fewer than two values and a parameter that the treatment does not have; later, for a treatment that is not
        in the recipe.

    Examples
    --------
    >>> def winsorise(table, framework, *, points=5):
    ...     return table
    >>> threshold(winsorise, "points", [3, 5]).name
    'winsorise points'
    """
    import inspect

    plain = _plain(method)
    with Arguments("threshold") as check:
        if callable(plain):
            valid = [name for name in inspect.signature(plain).parameters if name not in ("table", "framework")]
            if parameter not in valid:
                found = nearest(parameter, valid)
                check.refuse(problems.NO_PARAMETER.format(method=name_of(plain), name=parameter, nearest=found))
        else:
            check.expect("method", method, problems.FUNCTION)
        require_two(check, "values", len(values))
    return Threshold(plain, parameter, tuple(value.item() if hasattr(value, "item") else value for value in values))


@dataclass(frozen=True, eq=False)
class Threshold(Choice):
    """See `threshold`."""

    method: Any
    parameter: str
    values: tuple[Any, ...]

    @property
    def name(self) -> str:
        return f"{name_of(self.method)} {self.parameter}"

    def bind(self, recipe: Recipe, _table: pd.DataFrame, _not_applicable: pd.DataFrame | None = None) -> Options:
        if not any(_plain(step) is self.method for step in recipe.treat):
            present = words(map(name_of, recipe.treat)) if recipe.treat else problems.NO_TREATMENT
            raise InputError(
                problems.NOT_A_TREATMENT.format(method=name_of(self.method), present=present), title=self.name
            )
        return Options(tuple(map(str, self.values)), partial(_with_parameter, self))


def _plain(step: Any) -> Any:
    return step.func if isinstance(step, partial) else step


def _with_parameter(source: Threshold, recipe: Recipe, _table: pd.DataFrame, option: int) -> Recipe:
    value = {source.parameter: source.values[option]}
    steps = tuple(
        partial(source.method, **(step.keywords if isinstance(step, partial) else {}) | value)
        if _plain(step) is source.method
        else step
        for step in recipe.treat
    )
    return replace(recipe, treat=steps)


@checked
def marks_noise(marks: pd.DataFrame) -> Noise:
    """Draw each value with a random error as large as the disagreement of its assessors' marks.

    Parameters
    ----------
    marks : DataFrame
        Columns unit, indicator, assessor, mark, as `govtransparency.read_marks` gives it.

    Returns
    -------
    Noise

    Raises
    ------
    InputError
        For missing columns, marks that are not numbers and an assessor who marked one indicator of a unit twice; when
        no two assessors marked the same unit and indicator, or they never disagreed; later, for indicators and units
        that are not in the table.

    Notes
    -----
    The value of a unit on an indicator is the mean of its q marks. With ``s_j^2`` the variance of marks within units,
    pooled over the units with at least two marks on indicator j, the value's error is normal with standard deviation
    ``s_j / sqrt(q)``; a disturbed value stays within the lowest and highest mark given on the indicator. Values without
    marks, and indicators on which nobody disagreed, stay as they are.

    Examples
    --------
    >>> marks = pd.DataFrame({"unit": list("XXYY"), "indicator": "a", "assessor": list("1212"), "mark": [1.0, 0, 1, 1]})
    >>> marks_noise(marks).name
    "assessors' marks"
    """
    given = check_marks(marks, title="marks_noise")
    cells = given.groupby(["indicator", "unit"], sort=False)["mark"].agg(["count", "var"])
    extra = cells["count"] - 1
    pooled = (cells["var"].fillna(0.0) * extra).groupby(level=0).sum() / extra.groupby(level=0).sum()
    spread = pooled[pooled > 0] ** 0.5
    if spread.empty:
        raise InputError(problems.NO_DISAGREEMENT, title="marks_noise")
    limits = given.groupby("indicator")["mark"].agg(["min", "max"])
    error = spread.reindex(cells.index.get_level_values(0)).to_numpy() / np.sqrt(cells["count"].to_numpy())
    errors = pd.Series(error, index=cells.index).dropna()
    return MarksNoise(errors, limits.loc[spread.index])


@dataclass(frozen=True, eq=False)
class MarksNoise(Noise):
    """See `marks_noise`."""

    errors: pd.Series
    limits: pd.DataFrame

    @property
    def name(self) -> str:
        return "assessors' marks"

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Disturbance:
        codes = recipe.framework.indicators
        marked = self.limits.index
        units = self.errors.index.get_level_values(1).unique()
        unfit = [
            problems.UNKNOWN_INDICATOR.format(code=code, nearest=nearest(code, codes))
            for code in marked
            if code not in codes
        ]
        if not table.index.isin(units).any():
            unfit.append(problems.NO_MARKED_UNIT)
        if unfit:
            raise InputError(unfit, title=self.name)
        wide = self.errors.unstack(0).reindex(index=table.index, columns=list(marked)).fillna(0.0)
        low, high = self.limits["min"].to_numpy(), self.limits["max"].to_numpy()
        return Disturbance(tuple(marked), partial(_disturb, error=wide.to_numpy(), low=low, high=high))


def _disturb(
    values: np.ndarray, rng: np.random.Generator, *, error: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    drawn = values + error * rng.standard_normal(values.shape)
    # a value that was outside the range of the marks from the start is not moved into it
    return np.where(error > 0, np.clip(drawn, np.minimum(low, values), np.maximum(high, values)), values)
