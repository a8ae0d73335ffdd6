"""Aggregations by the distance to the best and the worst there are: TOPSIS and VIKOR.

Both depend on which units are in the sample: a unit that leaves can change the order of the others. In `build_index`
only the units with enough coverage under the node are in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from govtransparency.arrays import arrays, scaled, shares
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.ties import near


@method_of("aggregate")
def topsis(scores: pd.DataFrame, weights: pd.Series, *, scale: Literal["vector", "none"] = "vector") -> pd.Series:
    """TOPSIS: nearness to the best of all children against nearness to the worst (Hwang and Yoon 1981).

    ``S = d- / (d+ + d-)`` with d+ and d- the Euclidean distances of the weighted scores to the best and the worst value
    of each child among the units. The score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more being better. A missing child is left out of both distances. Ties share a score.
    weights : Series, child -> weight
    scale : {"vector", "none"}
        Divide each child by the root of its sum of squares first, as its authors do (a child of zeros stays zero); or
        take the scores as they are.

    Returns
    -------
    Series, unit -> closeness, 0 to 1; 1/2 where all units are equal in every child, as a single unit is.

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
    if scale not in ("vector", "none"):
        raise InputError(f"scale {scale!r}: expected 'vector' or 'none'", title="topsis")
    x, w = arrays(scores, weights)
    x, _ = scaled(x, axis=0 if scale == "vector" else None)
    if scale == "vector":
        norm = np.sqrt(np.nansum(x**2, axis=0))
        w = w / np.where(norm > 0, norm, 1.0)
    low, high, span = _ends(x)
    span, power = scaled(span * w)
    weight = np.where(span > 0, w, 0.0) / power
    to_best, to_worst = (np.sqrt(np.nansum(((end - x) * weight) ** 2, axis=1)) for end in (high, low))
    both = to_best + to_worst
    closeness = np.where(both > 0, to_worst / np.where(both > 0, both, 1.0), 0.5)
    return pd.Series(np.where(np.isnan(x).all(axis=1), np.nan, closeness), index=scores.index)


@dataclass(frozen=True)
class VikorSolution:
    """What VIKOR says of the units.

    Attributes
    ----------
    measures : DataFrame, unit -> S, R, Q
        Group regret, greatest single regret and their compromise; the less, the better. In the table's order.
    compromise : tuple of str
        The units that the method proposes, the best first.
    acceptable_advantage : bool
        Whether the best unit is ahead of the next by at least ``1 / (n - 1)`` in Q.
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
def vikor(scores: pd.DataFrame, weights: pd.Series, *, v: float = 0.5) -> pd.Series:
    """VIKOR: a compromise between the regret over all children and the greatest single regret.

    ``S = 1 - Q``, so that more is better; see `vikor_solution` for Q, its parts and the two acceptance conditions. The
    score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more being better. A missing child drops out with its weight. Ties share a score.
    weights : Series, child -> weight
    v : float from 0 to 1
        Weight of the group regret; 1/2 is usual.

    Returns
    -------
    Series, unit -> score, 0 to 1; all have 1 where all are equal in every child, as a single unit is.

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
    return 1 - _measures(scores, weights, v)["Q"]


def vikor_solution(scores: pd.DataFrame, weights: pd.Series, *, v: float = 0.5) -> VikorSolution:
    """VIKOR in full: S, R, Q and the compromise by the two acceptance conditions (Opricovic and Tzeng 2004).

    With ``r = (best - x) / (best - worst)`` of each child: ``S = sum w r``, ``R = max w r``,
    ``Q = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*)``, the star being the least and the minus the greatest
    among the units. The best unit by Q is the proposal if it has an acceptable advantage and stability; without
    stability the first two are; without advantage all that are less than ``1 / (n - 1)`` behind.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more being better. A missing child drops out with its weight. A child on which all are equal adds
        no regret.
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
    measures = _measures(scores, weights, v)
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


def _ends(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each child's least and greatest score, and the span between them: 0 where only arithmetic parts them."""
    low, high = np.fmin.reduce(x, axis=0, initial=np.nan), np.fmax.reduce(x, axis=0, initial=np.nan)
    return low, high, np.where(near(high, low), 0.0, high - low)


def _measures(scores: pd.DataFrame, weights: pd.Series, v: float) -> pd.DataFrame:
    if not 0 <= v <= 1:
        raise InputError(f"v {v!r}: expected a number from 0 to 1", title="vikor")
    x, w = arrays(scores, weights)
    _, best, span = _ends(x)
    with np.errstate(invalid="ignore"):
        regret = shares(x, w) * np.where(span > 0, (best - x) / np.where(span > 0, span, 1.0), 0.0 * x)
    group, single = np.nansum(regret, axis=1), np.fmax.reduce(regret, axis=1)
    group = np.where(np.isnan(x).all(axis=1), np.nan, group)
    compromise = v * _within(group) + (1 - v) * _within(single)
    return pd.DataFrame({"S": group, "R": single, "Q": compromise}, index=scores.index)


def _within(regret: np.ndarray) -> np.ndarray:
    low, high = np.fmin.reduce(regret, initial=np.nan), np.fmax.reduce(regret, initial=np.nan)
    return (regret - low) / (high - low) if high - low > 1e-12 else 0.0 * regret
