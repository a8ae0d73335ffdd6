"""Combine the scores of a group of children into the score of their parent.

An aggregator takes the children's scores (units x children) and their weights, and gives the parent's scores. A child
that is missing for a unit drops out with its weight, the rest counting in proportion; whether enough is left is for the
recipe's missing-data rule to say. A unit without any child gets no score.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.weighting.benefit import benefit_of_the_doubt

__all__ = ["arithmetic_mean", "geometric_mean", "harmonic_mean"]

Aggregator = Callable[..., pd.Series]


def arithmetic_mean(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted arithmetic mean: a low score is fully compensated by a high one (Handbook step 6, linear aggregation).

    ``S = sum w I / sum w`` over the children present.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight
        Positive; any sum.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [20.0, 40.0], "b": [60.0, np.nan]}, index=["X", "Y"])
    >>> arithmetic_mean(table, pd.Series({"a": 3, "b": 1})).to_dict()
    {'X': 30.0, 'Y': 40.0}
    """
    return _mean(scores, weights, lambda x: x, lambda y: y)


def geometric_mean(scores: pd.DataFrame, weights: pd.Series, *, floor: float | None = None) -> pd.Series:
    """Weighted geometric mean: a low score is compensated only in part, and a unit gains most where it is weakest.

    ``S = exp(sum w log I / sum w)`` over the children present (Handbook step 6, geometric aggregation).

    Parameters
    ----------
    scores : DataFrame, units x children
        Positive.
    weights : Series, child -> weight
    floor : float, optional
        Raise scores below it to it. It changes the ranking: report it, and try another.

    Returns
    -------
    Series, unit -> score, never above the arithmetic mean.

    Raises
    ------
    InputError
        Naming every unit and child whose score is zero or negative.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [4.0]}, index=["X"])
    >>> geometric_mean(table, pd.Series({"a": 1, "b": 1})).round(9).to_dict()
    {'X': 2.0}
    """
    return _mean(_positive(scores, floor, "geometric_mean"), weights, np.log, np.exp)


def harmonic_mean(scores: pd.DataFrame, weights: pd.Series, *, floor: float | None = None) -> pd.Series:
    """Weighted harmonic mean: compensates least of the three Pythagorean means.

    ``S = sum w / sum (w / I)`` over the children present.

    Parameters
    ----------
    scores : DataFrame, units x children
        Positive.
    weights : Series, child -> weight
    floor : float, optional
        Raise scores below it to it.

    Returns
    -------
    Series, unit -> score, never above the geometric mean.

    Raises
    ------
    InputError
        Naming every unit and child whose score is zero or negative.

    Examples
    --------
    >>> harmonic_mean(pd.DataFrame({"a": [2.0], "b": [6.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 3.0}
    """
    return _mean(_positive(scores, floor, "harmonic_mean"), weights, np.reciprocal, np.reciprocal)


def _mean(scores: pd.DataFrame, weights: pd.Series, forward: Callable, backward: Callable) -> pd.Series:
    """Return ``backward(sum w forward(x) / sum w)`` over the children present."""
    x = scores.to_numpy(dtype=float)
    w = (weights if weights.index is scores.columns else weights.reindex(scores.columns)).to_numpy(dtype=float)
    present = ~np.isnan(x)
    with np.errstate(invalid="ignore"):
        if present.all():
            y = forward(x) @ (w / w.sum())
        else:
            y = (np.where(present, forward(x), 0.0) @ w) / (present @ w)
        return pd.Series(backward(y), index=scores.index)


def _positive(scores: pd.DataFrame, floor: float | None, method: str) -> pd.DataFrame:
    if floor is not None:
        if not floor > 0:
            raise InputError(f"floor {floor!r}: expected a positive number", title=method)
        return scores.clip(lower=floor)
    bad = np.argwhere(scores.to_numpy(dtype=float) <= 0)
    if not len(bad):
        return scores
    problems = [
        f"unit {scores.index[row]!r}, {scores.columns[column]!r}: score {scores.iat[row, column]:g} is not positive"
        for row, column in bad[:20]
    ]
    if len(bad) > len(problems):
        problems.append(f"... and {len(bad) - len(problems)} more")
    problems.append(
        f"to give every score a least value, use functools.partial({method}, floor=1) or normalise to (1, 100)"
    )
    raise InputError(problems, title=method)


AGGREGATORS: dict[str, Aggregator] = {
    method.__name__: method for method in (arithmetic_mean, geometric_mean, harmonic_mean, benefit_of_the_doubt)
}
