"""The data as a source of uncertainty: how gaps are filled, where treatments set in, how far assessors disagree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.data.marks import check_marks
from govtransparency.errors import InputError, nearest
from govtransparency.methods import name_of
from govtransparency.recipe import Recipe
from govtransparency.robustness.sources.source import Choice, Disturbance, Noise, Options

__all__ = ["imputation", "marks_noise", "threshold"]


def imputation(*methods: Callable | None) -> Choice:
    """Fill missing values otherwise: each draw takes one of the methods, all equally likely.

    Parameters
    ----------
    *methods : treatments or None
        ``(table, framework) -> table``; at least two. None fills nothing and leaves the gap to the recipe's rule for
        missing values.

    Returns
    -------
    Choice
        The method stands where the recipe's own imputation stands (a treatment whose name begins with ``impute_``),
        or comes last.

    Raises
    ------
    InputError
        For fewer than two methods and values that are no functions; later, for a table without missing values.

    Examples
    --------
    >>> def impute_zero(table, framework):
    ...     return table.fillna(0)
    >>> imputation(None, impute_zero).name
    'imputation'
    """
    problems = [f"{method!r} is not a function" for method in methods if not (method is None or callable(method))]
    if len(methods) < 2:
        problems.append(f"{len(methods)} method given; expected at least two, or there is nothing to vary")
    if problems:
        raise InputError(problems, title="imputation")
    return Imputation(tuple(methods))


@dataclass(frozen=True, eq=False)
class Imputation(Choice):
    """See `imputation`."""

    methods: tuple[Any, ...]

    @property
    def name(self) -> str:
        return "imputation"

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        if not table[list(recipe.framework.indicators)].isna().to_numpy().any():
            raise InputError("the table has no missing value, so there is nothing to impute", title=self.name)
        labels = tuple("none" if method is None else name_of(method) for method in self.methods)
        return Options(labels, partial(_impute, self.methods))


def _impute(methods: tuple[Any, ...], recipe: Recipe, table: pd.DataFrame, option: int) -> Recipe:
    own = [position for position, step in enumerate(recipe.treat) if name_of(step).startswith("impute_")]
    others = [step for position, step in enumerate(recipe.treat) if position not in own]
    place = own[0] if own else len(others)
    chosen = () if methods[option] is None else (methods[option],)
    return replace(recipe, treat=(*others[:place], *chosen, *others[place:]))


def threshold(method: Callable, parameter: str, values: Sequence[Any]) -> Choice:
    """Vary a parameter of a treatment in the recipe: each draw takes one of the values, all equally likely.

    Parameters
    ----------
    method : treatment
        The function as the recipe has it, bare or with other options fixed by `functools.partial`.
    parameter : str
    values : sequence
        At least two. For a continuous parameter give a fine grid, such as ``numpy.linspace(1.5, 2.5, 11)``; some
        of its values may come to the same, not all.

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        For fewer than two values, a parameter that the treatment does not have, and a treatment that is not in the
        recipe.

    Examples
    --------
    >>> def winsorise(table, framework, *, points=5):
    ...     return table
    >>> threshold(winsorise, "points", [3, 5]).name
    'winsorise points'
    """
    import inspect

    plain = method.func if isinstance(method, partial) else method
    problems = []
    if not callable(plain):
        raise InputError(f"{method!r} is not a function; name the treatment itself", title="threshold")
    valid = [name for name in inspect.signature(plain).parameters if name not in ("table", "framework")]
    if parameter not in valid:
        problems.append(f"{name_of(plain)} has no parameter {parameter!r}; {nearest(parameter, valid)}")
    if len(values) < 2:
        problems.append(f"{len(values)} value given; expected at least two, or there is nothing to vary")
    if problems:
        raise InputError(problems, title="threshold")
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

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        if not any(_plain(step) is self.method for step in recipe.treat):
            present = ", ".join(map(name_of, recipe.treat)) or "nothing"
            raise InputError(
                f"the recipe does not treat with {name_of(self.method)}; it has {present}", title=self.name
            )
        return Options(tuple(map(str, self.values)), partial(_with_parameter, self))


def _plain(step: Any) -> Any:
    return step.func if isinstance(step, partial) else step


def _with_parameter(source: Threshold, recipe: Recipe, table: pd.DataFrame, option: int) -> Recipe:
    value = {source.parameter: source.values[option]}
    steps = tuple(
        partial(source.method, **(step.keywords if isinstance(step, partial) else {}) | value)
        if _plain(step) is source.method
        else step
        for step in recipe.treat
    )
    return replace(recipe, treat=steps)


def marks_noise(marks: pd.DataFrame) -> Noise:
    """Disturb each value by as much as its assessors' marks disagree.

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
        For missing columns, marks that are no numbers and an assessor who marked one indicator of a unit twice; when no
        two assessors marked the same unit and indicator, or they never disagreed; later, for indicators and units that
        are not in the table.

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
        raise InputError(
            "no two assessors gave different marks on the same unit and indicator, so there is no disagreement to draw "
            "from",
            title="marks_noise",
        )
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
        problems = [
            f"no indicator {code!r} in the framework; {nearest(code, codes)}" for code in marked if code not in codes
        ]
        if not table.index.isin(units).any():
            problems.append("no unit of the table has marks")
        if problems:
            raise InputError(problems, title=self.name)
        wide = self.errors.unstack(0).reindex(index=table.index, columns=list(marked)).fillna(0.0)
        low, high = self.limits["min"].to_numpy(), self.limits["max"].to_numpy()
        return Disturbance(tuple(marked), partial(_disturb, error=wide.to_numpy(), low=low, high=high))


def _disturb(
    values: np.ndarray, rng: np.random.Generator, *, error: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    drawn = values + error * rng.standard_normal(values.shape)
    # a value that lay outside the marks' range to begin with is not moved into it
    return np.where(error > 0, np.clip(drawn, np.minimum(low, values), np.maximum(high, values)), values)
