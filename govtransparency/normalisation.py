"""Bring indicators onto one scale, higher always meaning more transparent.

A normaliser takes values already turned so that more is better, and their turned goalposts. It works on one indicator
(a Series and a pair of goalposts) or on a whole table at once (a DataFrame and a DataFrame of goalposts), and gives
back what it was given. Missing values stay missing and count for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import ByNode, name_of
from govtransparency.ranking import column_ranks

__all__ = ["distance_to_target", "min_max", "normalise", "percentile_rank", "rank_score", "z_score"]

Values = Any
Normaliser = Callable[..., Any]


def normalise(table: pd.DataFrame, framework: Framework, *, method: Normaliser | ByNode) -> pd.DataFrame:
    """Bring every indicator onto the method's scale, turned by its direction first.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values; columns that are not indicators of the framework are left out.
    framework : Framework
        Directions and goalposts.
    method : normaliser, or `by_node` of normalisers
        ``(values, goalposts) -> values``, on values of which more is better.

    Returns
    -------
    DataFrame, units x indicators, in the framework's order.

    Raises
    ------
    InputError
        Naming every indicator that the method cannot scale.
    """
    codes = list(framework.indicators)
    sign = framework.directions.to_numpy(dtype=float)
    turned = pd.DataFrame(table[codes].to_numpy(dtype=float) * sign, index=table.index, columns=codes)
    goalposts = framework.goalposts.mul(framework.directions, axis=0)
    if not isinstance(method, ByNode):
        return _apply(method, turned, goalposts)
    chosen = {code: _method_at(code, framework, method) for code in codes}
    columns = [
        _apply(part, turned[of_part], goalposts.loc[of_part])
        for part in dict.fromkeys(chosen.values())
        if (of_part := [code for code in codes if chosen[code] == part])
    ]
    return pd.concat(columns, axis=1)[codes]


def _method_at(code: str, framework: Framework, method: ByNode) -> Normaliser:
    while code:
        if code in method.methods:
            return method.methods[code]
        code = framework.parent(code)
    return method.otherwise


def _apply(method: Normaliser, turned: pd.DataFrame, goalposts: pd.DataFrame) -> pd.DataFrame:
    plain = method.func if isinstance(method, partial) else method
    if getattr(plain, "takes_tables", False):
        return method(turned, goalposts)
    columns, problems = {}, []
    for code in turned.columns:
        posts = goalposts.loc[code]
        pair = None if posts.isna().all() else (posts["worst"], posts["best"])
        try:
            columns[code] = pd.Series(method(turned[code], pair), index=turned.index)
        except Exception as error:
            problems.append(f"indicator {code!r}: {name_of(method)}: {error}")
    if problems:
        raise InputError(problems, title="normalise")
    return pd.DataFrame(columns, index=turned.index)


def takes_tables(method: Normaliser) -> Normaliser:
    """Mark a normaliser as one that works on whole tables, so that `normalise` calls it once."""
    method.takes_tables = True  # type: ignore[attr-defined]
    return method


def _arrays(values: Values, goalposts: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str], Callable]:
    """Return values (units x indicators), worst, best, the indicators' names, and the way back to what was given."""
    if isinstance(values, pd.DataFrame):
        x, names = values.to_numpy(dtype=float), [str(column) for column in values]
        worst = np.full(x.shape[1], np.nan) if goalposts is None else goalposts["worst"].to_numpy(dtype=float)
        best = np.full(x.shape[1], np.nan) if goalposts is None else goalposts["best"].to_numpy(dtype=float)
        return x, worst, best, names, lambda y: pd.DataFrame(y, index=values.index, columns=values.columns)
    worst, best = (np.array([post], dtype=float) for post in ((np.nan, np.nan) if goalposts is None else goalposts))
    array = np.asarray(values, dtype=float)
    x = array.reshape(-1, 1)
    if isinstance(values, pd.Series):
        name = "" if values.name is None else str(values.name)
        return x, worst, best, [name], lambda y: pd.Series(y[:, 0], index=values.index, name=values.name)
    return x, worst, best, [""], lambda y: y[:, 0].reshape(array.shape)[()]


def _extremes(x: np.ndarray, worst: np.ndarray, best: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fill the goalposts that are not given with the sample's own extremes."""
    observed = ~np.isnan(x)
    low = np.where(np.isnan(worst), np.min(x, axis=0, initial=np.inf, where=observed), worst)
    high = np.where(np.isnan(best), np.max(x, axis=0, initial=-np.inf, where=observed), best)
    return low, high


def _refuse(bad: np.ndarray, names: list[str], x: np.ndarray, reason: str, remedy: str) -> None:
    """Raise one error that names every indicator of the mask."""
    if not bad.any():
        return
    problems = []
    for column in np.flatnonzero(bad):
        seen = x[~np.isnan(x[:, column]), column]
        what = "has no value at all" if seen.size == 0 else f"{reason} (all {seen.size} values are {abs(seen[0]):g})"
        problems.append(f"indicator {names[column]!r} {what}; {remedy}")
    raise InputError(problems, title="normalise")


CONSTANT = (
    "is constant, so it has no range",
    "give it worst and best in the framework, or leave it out (it tells no unit from another)",
)


@takes_tables
def min_max(
    values: Values, goalposts: Any = None, *, to: tuple[float, float] = (0.0, 100.0), cap: bool = True
) -> Values:
    """Min-max: the worst goalpost becomes ``to[0]``, the best ``to[1]``.

    ``I = to[0] + (to[1] - to[0]) (x - worst) / (best - worst)`` (OECD/JRC Handbook 2008, step 5). Goalposts not given
    are the sample's own extremes: scores of different samples or years then do not compare.

    Parameters
    ----------
    values : Series, DataFrame (units x indicators) or array
        More is better. NaN is missing.
    goalposts : pair, or DataFrame with columns worst and best, optional
        In the values' own unit.
    to : pair of float
        The scale's ends.
    cap : bool
        Hold values beyond a goalpost at the scale's end, as UNDP's indices do.

    Returns
    -------
    like `values`, within `to` when capped.

    Raises
    ------
    InputError
        Naming every indicator without a range: constant or wholly missing, and no goalposts.

    Examples
    --------
    >>> min_max(pd.Series([2.0, 3.0, 6.0])).tolist()
    [0.0, 25.0, 100.0]
    >>> min_max(pd.Series([2.0, 3.0, 6.0]), (0, 5), to=(0, 1)).tolist()
    [0.4, 0.6, 1.0]
    """
    x, worst, best, names, back = _arrays(values, goalposts)
    low, high = _extremes(x, worst, best)
    _refuse(~(high > low), names, x, *CONSTANT)
    share = (x - low) / (high - low)
    if cap:
        share = np.clip(share, 0.0, 1.0)
    return back(to[0] + (to[1] - to[0]) * share)


@takes_tables
def z_score(values: Values, goalposts: Any = None, *, mean: float = 50.0, sd: float = 10.0, ddof: int = 1) -> Values:
    """Standardise to a given mean and standard deviation.

    ``I = mean + sd (x - m) / s`` with the sample's mean m and standard deviation s (Handbook step 5, with the divisor
    n - 1). Goalposts are not used. Scores are unbounded and depend on who else is in the sample.

    Parameters
    ----------
    values : Series, DataFrame (units x indicators) or array
    goalposts : ignored
    mean, sd : float
        Of the scores. The default 50 and 10 keeps nearly all scores positive.
    ddof : int
        1 divides by n - 1, 0 by n.

    Returns
    -------
    like `values`.

    Raises
    ------
    InputError
        Naming every indicator that is constant, or has fewer than two values.

    Examples
    --------
    >>> z_score(pd.Series([1.0, 2.0, 3.0])).tolist()
    [40.0, 50.0, 60.0]
    """
    x, _, _, names, back = _arrays(values, None if isinstance(values, pd.DataFrame) else goalposts)
    low, high = _extremes(x, np.full(x.shape[1], np.nan), np.full(x.shape[1], np.nan))
    _refuse(~(high > low), names, x, "is constant, so its standard deviation is 0", CONSTANT[1])
    centre, spread = np.nanmean(x, axis=0), np.nanstd(x, axis=0, ddof=ddof)
    return back(mean + sd * (x - centre) / spread)


@takes_tables
def rank_score(values: Values, goalposts: Any = None, *, ties: str = "min") -> Values:
    """Rank upwards: the worst unit gets 1, the best as many as there are units with a value.

    Handbook step 5, Table 15. Goalposts are not used; distances between units are lost.

    Parameters
    ----------
    values : Series, DataFrame (units x indicators) or array
    goalposts : ignored
    ties : {"min", "max", "average", "dense"}
        The rank that equal values share.

    Returns
    -------
    like `values`, 1 to n.

    Examples
    --------
    >>> rank_score(pd.Series([7.0, 9.0, 7.0])).tolist()
    [1.0, 3.0, 1.0]
    """
    x, _, _, _, back = _arrays(values, None)
    return back(column_ranks(x, ties=ties))


@takes_tables
def percentile_rank(
    values: Values, goalposts: Any = None, *, definition: str = "inclusive", ties: str = "min"
) -> Values:
    """Percentile rank, 0 to 100.

    With r the rank upwards among the n values present: ``inclusive`` ``100 (r - 1) / (n - 1)`` (a spreadsheet's
    PERCENTRANK.INC when `ties` is "min"), ``fraction`` ``100 r / n`` (Handbook Table 15), ``exclusive``
    ``100 r / (n + 1)``, ``midpoint`` ``100 (r - 1/2) / n`` (Hazen). Goalposts are not used.

    Parameters
    ----------
    values : Series, DataFrame (units x indicators) or array
    goalposts : ignored
    definition : {"inclusive", "fraction", "exclusive", "midpoint"}
    ties : {"min", "max", "average", "dense"}

    Returns
    -------
    like `values`, 0 to 100. A single value gets 50 under ``inclusive``, where it has no place of its own.

    Raises
    ------
    ValueError
        For an unknown definition or tie rule.

    Examples
    --------
    >>> percentile_rank(pd.Series([1.0, 2.0, 3.0, 3.0, 9.0])).tolist()
    [0.0, 25.0, 50.0, 50.0, 100.0]
    """
    x, _, _, _, back = _arrays(values, None)
    ranks, count = column_ranks(x, ties=ties), np.sum(~np.isnan(x), axis=0)
    if definition == "inclusive":
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where((count == 1) & ~np.isnan(x), 0.5, (ranks - 1) / (count - 1))
    elif definition == "fraction":
        share = ranks / count
    elif definition == "exclusive":
        share = ranks / (count + 1)
    elif definition == "midpoint":
        share = (ranks - 0.5) / count
    else:
        raise ValueError(f"definition {definition!r}: expected 'inclusive', 'fraction', 'exclusive' or 'midpoint'")
    return back(100 * share)


@takes_tables
def distance_to_target(
    values: Values, goalposts: Any = None, *, to: tuple[float, float] = (0.0, 100.0), overshoot: str = "reached"
) -> Values:
    """Closeness to the target, which is the best goalpost.

    ``I = to[1] - (to[1] - to[0]) d / D`` with d the distance to the target and D that of the worst goalpost, or of the
    sample's farthest value where none is given (Handbook step 5, distance to a reference).

    Parameters
    ----------
    values : Series, DataFrame (units x indicators) or array
    goalposts : pair, or DataFrame with columns worst and best
        The best one is the target and must be given.
    to : pair of float
        The score farthest from the target and the score at it.
    overshoot : {"reached", "missed"}
        What a value beyond the target means: it has reached it (full score), or it has missed it by as much as it is
        beyond ("nominal is best").

    Returns
    -------
    like `values`, within `to`.

    Raises
    ------
    InputError
        Naming every indicator without a target, or all of whose values are at it and no worst goalpost is given.

    Examples
    --------
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10)).tolist()
    [0.0, 50.0, 100.0]
    >>> distance_to_target(pd.Series([0.0, 5.0, 12.0]), (0, 10), overshoot="missed").tolist()
    [0.0, 50.0, 80.0]
    """
    if overshoot not in ("reached", "missed"):
        raise ValueError(f"overshoot {overshoot!r}: expected 'reached' or 'missed'")
    x, worst, target, names, back = _arrays(values, goalposts)
    if problems := [
        f"indicator {names[column]!r} has no target; give its best goalpost in the framework"
        for column in np.flatnonzero(np.isnan(target))
    ]:
        raise InputError(problems, title="distance_to_target")
    distance = np.maximum(target - x, 0.0) if overshoot == "reached" else np.abs(target - x)
    farthest = np.max(distance, axis=0, initial=0.0, where=~np.isnan(distance))
    farthest = np.where(np.isnan(worst), farthest, target - worst)
    _refuse(~(farthest > 0), names, x, "is nowhere short of its target", "give it a worst goalpost, or leave it out")
    return back(to[1] - (to[1] - to[0]) * np.minimum(distance / farthest, 1.0))


NORMALISERS: dict[str, Normaliser] = {
    method.__name__: method for method in (min_max, z_score, rank_score, percentile_rank, distance_to_target)
}
