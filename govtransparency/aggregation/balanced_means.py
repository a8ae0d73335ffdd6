"""Aggregations by the order or the balance of a unit's scores: median, OWA, Mazziotta-Pareto, mean-min."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import arrays, scaled, shares
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.texts.problems import aggregation_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence


@method_of("aggregate")
@checked
def median(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted median: the score that splits the weight of a unit's children in halves.

    With the scores in order, the first at which the running weight exceeds one half; if it is exactly one half, the
    mean of that score and the next. With equal weights it is the ordinary median. How far the other scores are from it
    does not matter: one very good or very bad child changes nothing.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are ordinary scores. A missing child drops out with its weight.
    weights : Series, child -> weight

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [5.0], "c": [9.0]}, index=["X"])
    >>> median(table, pd.Series({"a": 1, "b": 1, "c": 1})).to_dict()
    {'X': 5.0}
    >>> median(table, pd.Series({"a": 2, "b": 1, "c": 1})).to_dict()
    {'X': 3.0}
    """
    x, w = arrays(scores, weights)
    order = np.argsort(x, axis=1, kind="stable")
    ordered = np.take_along_axis(x, order, axis=1)
    running = np.cumsum(np.take_along_axis(shares(x, w), order, axis=1), axis=1)
    low = np.argmax(running >= 0.5 - 1e-12, axis=1)[:, None]
    high = np.argmax(running > 0.5 + 1e-12, axis=1)[:, None]
    middle = (np.take_along_axis(ordered, low, axis=1) + np.take_along_axis(ordered, high, axis=1)) / 2
    return pd.Series(middle[:, 0], index=scores.index)


@method_of("aggregate")
@checked
def owa(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    order_weights: Sequence[float] | None = None,
    orness: float | None = None,
) -> pd.Series:
    """Ordered weighted averaging: weights depend on the order of the unit's own scores, best first (Yager 1988).

    ``S = sum v_k I_(k)`` with ``I_(1)`` the unit's best score. If the children's own weights differ, or one is
    missing, the two kinds of weights are combined as in Torra (1997, weighted OWA):
    ``S = sum [Q(W_k) - Q(W_(k-1))] I_(k)``, with W the running weight of the children in the unit's order and Q the
    piecewise linear curve through ``(k/m, v_1 + ... + v_k)``. With equal children it is the plain OWA, with equal
    `order_weights` the arithmetic mean.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are ordinary scores, ties do not matter.
    weights : Series, child -> weight
    order_weights : sequence of float
        v, for the best score first; one per child, not negative, any sum.
    orness : float between 0 and 1
        Instead of `order_weights`: ``Q(W) = W^((1 - orness) / orness)`` (Yager 1996); 1/2 is the arithmetic mean; near
        0 almost only the worst score counts, near 1 almost only the best.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.

    Raises
    ------
    InputError
        Unless exactly one of the two is given; for the wrong number of order weights; for values out of range.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [5.0], "c": [9.0]}, index=["X"])
    >>> equal = pd.Series({"a": 1, "b": 1, "c": 1})
    >>> owa(table, equal, order_weights=(0, 0, 1)).to_dict()
    {'X': 1.0}
    >>> owa(table, equal, order_weights=(0.5, 0.25, 0.25)).to_dict()
    {'X': 6.0}
    """
    with Arguments("owa") as check:
        if (order_weights is None) == (orness is None):
            check.refuse(problems.ONE_OF_TWO)
        if order_weights is not None:
            _check_order_weights(check, order_weights, scores.shape[1])
        if orness is not None:
            check.share("orness", orness, closed=(False, False))
    x, w = arrays(scores, weights)
    order = np.argsort(-x, axis=1, kind="stable")
    best_first = np.take_along_axis(x, order, axis=1)
    running = np.minimum(np.cumsum(np.take_along_axis(shares(x, w), order, axis=1), axis=1), 1.0)
    if orness is None:
        v = np.asarray(order_weights, dtype=float)
        knots, heights = np.linspace(0, 1, len(v) + 1), np.concatenate([[0.0], np.cumsum(v) / v.sum()])
        curve = np.interp(running, knots, heights)
    else:
        curve = running ** ((1 - orness) / orness)
    steps = np.diff(curve, axis=1, prepend=0.0)
    return pd.Series(_weighted_mean(best_first, steps), index=scores.index)


def _check_order_weights(check: Arguments, order_weights: Sequence[float], children: int) -> None:
    try:
        v = np.asarray(order_weights, dtype=float)
    except (TypeError, ValueError):
        check.expect("order_weights", order_weights, problems.ORDER_WEIGHTS)
        return
    if v.ndim != 1 or not (v >= 0).all() or not 0 < v.sum() < np.inf:
        check.expect("order_weights", order_weights, problems.ORDER_WEIGHTS)
    elif len(v) != children:
        check.refuse(problems.ORDER_WEIGHTS_COUNT.format(count=len(v), children=children))


@method_of("aggregate")
@checked
def mazziotta_pareto(scores: pd.DataFrame, weights: pd.Series, *, penalty: float = 1.0, ddof: int = 0) -> pd.Series:
    """Mazziotta-Pareto index: the mean minus a penalty for imbalance among the unit's scores.

    ``S = M - p s^2 / M`` (that is ``M - p s cv``) with M and s the weighted mean and standard deviation of the unit's
    scores (De Muro, Mazziotta and Pareto 2011, Social Indicators Research 104). Meant for scores of
    `mazziotta_pareto_scale`.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers whose mean is positive. A missing child drops out with its weight; with one child left there is no
        penalty.
    weights : Series, child -> weight
    penalty : float
        1 for a positive phenomenon, such as transparency; with -1 it is added (MPI+, for a negative phenomenon).
    ddof : int
        0 divides the variance by the sum of the weights, as the authors of the adjusted index do; 1 gives the unbiased
        variance: with m equal children the divisor is m - 1.

    Returns
    -------
    Series, unit -> score, never above the arithmetic mean if `penalty` is positive.

    Raises
    ------
    InputError
        Naming every unit whose mean is not positive, or too small relative to the spread of its scores.

    Examples
    --------
    >>> mazziotta_pareto(pd.DataFrame({"a": [90.0], "b": [110.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 99.0}
    """
    return _mazziotta_pareto(scores, weights, penalty, ddof, "mazziotta_pareto")


@method_of("aggregate")
@checked
def adjusted_mazziotta_pareto(
    scores: pd.DataFrame, weights: pd.Series, *, penalty: float = 1.0, ddof: int = 0
) -> pd.Series:
    """Adjust the Mazziotta-Pareto index for comparisons over time: the same penalty, on another scale.

    The formula of `mazziotta_pareto`; the difference is in the scale, ``mazziotta_pareto_scale(adjusted=True)`` with
    the base year as `reference` (Mazziotta and Pareto 2016, Social Indicators Research 127).

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers whose mean is positive. A missing child drops out with its weight.
    weights : Series, child -> weight
    penalty : float
    ddof : int

    Returns
    -------
    Series, unit -> score.

    Raises
    ------
    InputError
        Naming every unit whose mean is not positive, or too small relative to the spread of its scores.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [90.0], "b": [110.0]}, index=["X"])
    >>> adjusted_mazziotta_pareto(table, pd.Series({"a": 1, "b": 1}), penalty=-1).to_dict()
    {'X': 101.0}
    """
    return _mazziotta_pareto(scores, weights, penalty, ddof, "adjusted_mazziotta_pareto")


def _mazziotta_pareto(scores: pd.DataFrame, weights: pd.Series, penalty: float, ddof: int, method: str) -> pd.Series:
    with Arguments(method) as check:
        check.number("penalty", penalty)
        check.count("ddof", ddof, least=0, most=1)
    x, w = arrays(scores, weights)
    x, power = scaled(x, axis=1)
    power = power[:, 0]
    share = shares(x, w)
    mean = _weighted_mean(x, share)
    if bad := np.flatnonzero(mean <= 0).tolist():
        units = scores.index.tolist()
        found = [problems.MEAN_NOT_POSITIVE.format(unit=units[row], mean=f"{mean[row] * power[row]:g}") for row in bad]
        raise InputError([*found, problems.SCALE_FIRST], title=method)
    variance = _weighted_mean((x - mean[:, None]) ** 2, share)
    if ddof:
        count = np.sum(~np.isnan(x), axis=1)
        variance = variance * np.where(count > ddof, count / np.maximum(count - ddof, 1), 1.0)
    with np.errstate(over="ignore"):
        result = (mean - penalty * variance / mean) * power
    if bad := np.flatnonzero(np.isinf(result)).tolist():
        units = scores.index.tolist()
        found = [problems.PENALTY_TOO_LARGE.format(unit=units[row]) for row in bad]
        raise InputError([*found, problems.SCALE_FIRST], title=method)
    return pd.Series(result, index=scores.index)


@method_of("aggregate")
@checked
def mean_min(scores: pd.DataFrame, weights: pd.Series, *, alpha: float = 0.5, beta: float = 0.0) -> pd.Series:
    """Mean-min function: the mean minus a part of its distance to the unit's worst score.

    ``S = M - alpha (sqrt((M - min)^2 + beta^2) - beta)`` (Casadio Tarabusi and Guarini 2013, Social Indicators Research
    112). ``alpha = 0`` is the arithmetic mean; ``alpha = 1`` with ``beta = 0`` is the worst score.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are ordinary scores. A missing child drops out with its weight.
    weights : Series, child -> weight
    alpha : float from 0 to 1
        How strongly imbalance is penalised.
    beta : float, 0 or more
        On the scores' scale: the larger it is, the smaller the penalty for a small imbalance.

    Returns
    -------
    Series, unit -> score, between the unit's worst score and its mean.

    Raises
    ------
    InputError
        For an alpha or a beta out of range.

    Examples
    --------
    >>> mean_min(pd.DataFrame({"a": [2.0], "b": [6.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 3.0}
    """
    with Arguments("mean_min") as check:
        check.share("alpha", alpha)
        check.number("beta", beta, low=0)
    x, w = arrays(scores, weights)
    mean = _weighted_mean(x, shares(x, w))
    least = np.fmin.reduce(x, axis=1)
    return pd.Series(mean - alpha * (np.hypot(mean - least, beta) - beta), index=scores.index)


def _weighted_mean(x: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return each unit's mean under its own weights, which are 0 for missing children."""
    return np.sum(np.where(np.isnan(x), 0.0, x) * share, axis=1)
