"""Aggregations by the distance to the best and the worst scores of the sample: TOPSIS and VIKOR.

Both depend on which units are in the sample: leaving a unit out can change the order of the others. In `build_index`
the sample is the units with enough coverage under the node.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import arrays, scaled, shares
from govtransparency.checked_calls import checked
from govtransparency.methods import method_of
from govtransparency.ties import near

Scaling = Literal["vector", "none"]


@method_of("aggregate")
@checked
def topsis(scores: pd.DataFrame, weights: pd.Series, *, scale: Scaling = "vector") -> pd.Series:
    """TOPSIS: relative closeness to the best scores of all children rather than the worst (Hwang and Yoon 1981).

    ``S = d- / (d+ + d-)`` with d+ and d- the Euclidean distances of the weighted scores to the best and the worst value
    of each child among the units. The score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A missing child is left out of both distances. Tied units have the same score.
    weights : Series, child -> weight
    scale : {"vector", "none"}
        Divide each child by the root of its sum of squares first, as in the original method (a child of zeros stays
        zero); or use the scores as they are.

    Returns
    -------
    Series, unit -> closeness, 0 to 1; 1/2 if all units are equal in every child, or there is only one unit.

    Raises
    ------
    InputError
        For an unknown scale.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    >>> topsis(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 0.0, 'Y': 0.5, 'Z': 1.0}
    """
    with Arguments("topsis") as check:
        check.choice("scale", scale, get_args(Scaling))
    x, w = arrays(scores, weights)
    x, _ = scaled(x, axis=0 if scale == "vector" else None)
    if scale == "vector":
        norm = np.sqrt(np.nansum(x**2, axis=0))
        w = w / np.where(norm > 0, norm, 1.0)
    low, high, span = _range_of_each_child(x)
    span, power = scaled(span * w)
    weight = np.where(span > 0, w, 0.0) / power
    to_best, to_worst = (np.sqrt(np.nansum(((end - x) * weight) ** 2, axis=1)) for end in (high, low))
    both = to_best + to_worst
    closeness = np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)
    return pd.Series(np.where(np.isnan(x).all(axis=1), np.nan, closeness), index=scores.index)


@dataclass(frozen=True)
class VikorSolution:
    """Result of VIKOR: the measures of every unit and the compromise; made by `vikor_solution`.

    Attributes
    ----------
    measures : DataFrame, unit -> S, R, Q
        Group regret, largest individual regret and their compromise; less is better. In the table's order.
    compromise : tuple of str
        The units that the method proposes, the best first.
    acceptable_advantage : bool
        Whether the best unit leads the next by at least ``1 / (n - 1)`` in Q.
    acceptable_stability : bool
        Whether the best unit by Q is also best by S or by R.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.5, 1.0]}, index=["X", "Y", "Z"])
    >>> found = vikor_solution(table, pd.Series({"a": 1, "b": 1}))
    >>> found.measures["Q"].round(3).to_dict(), found.compromise, found.acceptable_advantage
    ({'X': 1.0, 'Y': 0.0, 'Z': 1.0}, ('Y',), True)
    """

    measures: pd.DataFrame
    compromise: tuple[str, ...]
    acceptable_advantage: bool
    acceptable_stability: bool


@method_of("aggregate")
@checked
def vikor(scores: pd.DataFrame, weights: pd.Series, *, v: float = 0.5) -> pd.Series:
    """VIKOR: a compromise between the regret over all children and the largest individual regret.

    ``S = 1 - Q``, so that more is better; see `vikor_solution` for Q, its parts and the two acceptance conditions. The
    score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A missing child drops out with its weight. Tied units have the same score.
    weights : Series, child -> weight
    v : float from 0 to 1
        Weight of the group regret; 1/2 is usual.

    Returns
    -------
    Series, unit -> score, 0 to 1; 1 for all if they are equal in every child, or there is only one unit.

    Raises
    ------
    InputError
        For a `v` out of range.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    >>> vikor(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 0.0, 'Y': 0.5, 'Z': 1.0}
    """
    return 1 - _measures(scores, weights, v, "vikor")["Q"]


@checked
def vikor_solution(scores: pd.DataFrame, weights: pd.Series, *, v: float = 0.5) -> VikorSolution:
    """VIKOR in full: S, R, Q and the compromise by the two acceptance conditions (Opricovic and Tzeng 2004).

    With ``r = (best - x) / (best - worst)`` of each child: ``S = sum w r``, ``R = max w r``,
    ``Q = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*)``, with ``*`` the smallest and ``-`` the largest value
    among the units. The best unit by Q is proposed if it has an acceptable advantage and stability; without stability
    the best two are; without advantage all units less than ``1 / (n - 1)`` behind.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A missing child drops out with its weight. A child in which all units are equal
        adds no regret.
    weights : Series, child -> weight
    v : float from 0 to 1

    Returns
    -------
    VikorSolution

    Raises
    ------
    InputError
        For a `v` out of range.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    >>> vikor_solution(table, pd.Series({"a": 1, "b": 1})).compromise
    ('Z',)
    """
    measures = _measures(scores, weights, v, "vikor_solution")
    ranked = measures.dropna().sort_values("Q", kind="stable")
    if ranked.empty:
        return VikorSolution(measures, (), False, False)
    gap = ranked["Q"] - ranked["Q"].iloc[0]
    step = 1 / max(len(ranked) - 1, 1)
    advantage = len(ranked) == 1 or bool(gap.iloc[1] >= step - 1e-12)
    best = ranked.iloc[0]
    stable = bool(best["S"] <= ranked["S"].min() + 1e-12 or best["R"] <= ranked["R"].min() + 1e-12)
    if not advantage:
        chosen = ranked.index[gap < step - 1e-12]
    else:
        chosen = ranked.index[: 1 if stable else 2]
    return VikorSolution(measures, tuple(chosen), advantage, stable)


def _range_of_each_child(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each child's lowest and highest score and their difference: 0 if they differ only by rounding errors."""
    low, high = np.fmin.reduce(x, axis=0, initial=np.nan), np.fmax.reduce(x, axis=0, initial=np.nan)
    return low, high, np.where(near(high, low), 0.0, high - low)


def _measures(scores: pd.DataFrame, weights: pd.Series, v: float, method: str) -> pd.DataFrame:
    with Arguments(method) as check:
        check.share("v", v)
    x, w = arrays(scores, weights)
    _, best, span = _range_of_each_child(x)
    with np.errstate(invalid="ignore"):
        regret = shares(x, w) * np.where(span > 0, (best - x) / np.where(span > 0, span, 1.0), 0.0 * x)
    group, single = np.nansum(regret, axis=1), np.fmax.reduce(regret, axis=1)
    group = np.where(np.isnan(x).all(axis=1), np.nan, group)
    compromise = v * _relative(group) + (1 - v) * _relative(single)
    return pd.DataFrame({"S": group, "R": single, "Q": compromise}, index=scores.index)


def _relative(regret: np.ndarray) -> np.ndarray:
    """Return the regret from 0, the smallest among the units, to 1, the largest; 0 if all are equal."""
    low, high = np.fmin.reduce(regret, initial=np.nan), np.fmax.reduce(regret, initial=np.nan)
    return (regret - low) / (high - low) if high - low > 1e-12 else 0.0 * regret
