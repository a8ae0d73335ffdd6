"""Aggregations by comparing units pair by pair: Borda, Copeland, PROMETHEE.

All depend on which units are in the sample: leaving a unit out can change the order of the others (Handbook Table 31).
In `build_index` the sample is the units with enough coverage under the node.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, end_of_checks, is_number
from govtransparency.arrays import arrays, counted, floats
from govtransparency.checked_calls import checked
from govtransparency.methods import method_of
from govtransparency.ranking import column_ranks
from govtransparency.texts.problems import aggregation_problems as problems
from govtransparency.ties import snapped

NO_FLOW = 1e-14  # of net flows, which lie within -1 and 1
Preference = Literal["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]
Threshold = float | Mapping[str, float]
THRESHOLDS: dict[Preference, str] = {
    "usual": "",
    "u_shape": "q",
    "v_shape": "p",
    "level": "qp",
    "linear": "qp",
    "gaussian": "s",
}


@method_of("aggregate")
@checked
def borda_count(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Borda count: the weighted mean, over the children, of the number of units that a unit is ahead of.

    A tied unit counts half (Handbook step 6, Tables 25, 28 and 31, where points are multiplied by the number of
    indicators). Only the order within each child counts. A third unit can decide the order of two others (Table 31).

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A missing child drops out with its weight; the points in a child with missing
        scores are rescaled to the number of all units.
    weights : Series, child -> weight

    Returns
    -------
    Series, unit -> points, 0 to n - 1.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [5.0, 9.0, 5.0]}, index=["X", "Y", "Z"])
    >>> borda_count(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 0.25, 'Y': 1.5, 'Z': 1.25}
    """
    x, w = arrays(scores, weights)
    points = column_ranks(x, ties="average") - 1
    count = np.sum(~np.isnan(x), axis=0)
    points = points * (len(x) - 1) / np.maximum(count - 1, 1)
    points[:, count == 1] += np.where(np.isnan(x[:, count == 1]), np.nan, (len(x) - 1) / 2)
    present = ~np.isnan(x)
    with np.errstate(invalid="ignore"):
        return pd.Series(np.where(present, points, 0.0) @ w / (present @ w), index=scores.index)


@checked
def outranking_matrix(scores: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Return the share of the weight by which one unit outranks another (Handbook step 6, equation 32, Tables 27, 36).

    ``e_jk = sum w (P_jk + I_jk / 2)`` over the children, where P is 1 if j is better and I is 1 if they are equal;
    children that one of the two units lacks are left out, and the weights of the others keep their proportions.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better.
    weights : Series, child -> weight

    Returns
    -------
    DataFrame, units x units
        0 to 1, ``e_jk + e_kj = 1``; NaN on the diagonal, 1/2 for two units without a child in common.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0], "b": [5.0, 5.0]}, index=["X", "Y"])
    >>> float(outranking_matrix(table, pd.Series({"a": 1, "b": 1})).loc["Y", "X"])
    0.75
    """
    support = (1 + margins(scores, weights)) / 2
    np.fill_diagonal(support, np.nan)
    return pd.DataFrame(support, index=scores.index, columns=scores.index)


def margins(scores: pd.DataFrame, weights: pd.Series) -> np.ndarray:
    """Return ``e_jk - e_kj`` for every pair, 0 for two units without a child in common."""
    x, w = arrays(scores, weights)
    end_of_checks()
    there = ~np.isnan(x)
    whole = there.all()
    margin, shared = np.zeros((len(x), len(x))), np.zeros(() if whole else (len(x), len(x)))
    for column, values in enumerate(snapped(x).T):
        ahead = (values[:, None] > values).view(np.int8)
        margin += w[column] * (ahead - ahead.T)
        here = there[:, column]
        shared = shared + w[column] * (True if whole else here[:, None] & here)
    margin = margin / np.where(shared > 0, shared, 1.0)
    return np.where(np.abs(margin) < 1e-12, 0.0, margin)


@method_of("aggregate")
@checked
def copeland(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Copeland score: the number of pairwise comparisons won minus the number lost.

    ``S_j = sum over k of sign(e_jk - e_kj)`` with e as in `outranking_matrix` (Handbook step 6, non-compensatory
    multi-criteria; Copeland 1951). A unit that beats every other, the Condorcet winner, is first. Only the order within
    each child counts, and the score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A pair is compared on the children that both units have; a tied pair, or one
        without a child in common, counts for neither.
    weights : Series, child -> weight

    Returns
    -------
    Series, unit -> score, -(n - 1) to n - 1.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 2.0]}, index=["X", "Y", "Z"])
    >>> copeland(table, pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': -2.0, 'Y': 1.0, 'Z': 1.0}
    """
    points = np.sign(margins(scores, weights)).sum(axis=1)
    bare = np.isnan(arrays(scores, weights)[0]).all(axis=1)
    return pd.Series(np.where(bare, np.nan, points), index=scores.index)


@method_of("aggregate")
@checked
def promethee(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    preference: Preference = "usual",
    q: float | Mapping[str, float] = 0.0,
    p: float | Mapping[str, float] | None = None,
    s: float | Mapping[str, float] | None = None,
) -> pd.Series:
    """PROMETHEE II: how much a unit is preferred to the others minus how much they are preferred to it.

    ``S_j = 1/(n - 1) sum over k of (pi_jk - pi_kj)`` with ``pi_jk = sum w P(I_j - I_k)`` (Brans and Vincke 1985; Brans,
    Vincke and Mareschal 1986), and for a difference d > 0:

    ============ ===================================================================
    `preference` P(d)
    ============ ===================================================================
    ``usual``    1
    ``u_shape``  1 beyond `q`
    ``v_shape``  ``d / p`` up to `p`, then 1
    ``level``    1/2 beyond `q`, 1 beyond `p`
    ``linear``   ``(d - q) / (p - q)`` between `q` and `p`, then 1
    ``gaussian`` ``1 - exp(-d^2 / (2 s^2))``
    ============ ===================================================================

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A pair is compared on the children that both units have, whose weights keep their
        proportions; without a child in common neither is preferred.
    weights : Series, child -> weight
    preference : str
        The preference function, one of the table above.
    q, p, s : float, or mapping of child to float
        Thresholds on the scores' scale: indifference, strict preference, and the inflection point of the Gaussian.

    Returns
    -------
    Series, unit -> net flow, -1 to 1, with mean 0; 0 for a single unit.

    Raises
    ------
    InputError
        For an unknown preference; naming every child without its threshold or with thresholds out of order.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 2.0]}, index=["X", "Y", "Z"])
    >>> promethee(table, pd.Series({"a": 1, "b": 1}), preference="v_shape", p=2).to_dict()
    {'X': -0.75, 'Y': 0.375, 'Z': 0.375}
    """
    kept, w = counted(scores, weights)
    thresholds = _thresholds(tuple(kept), preference, q, p, s)
    x, w = floats(kept), w / w.sum()
    flow, shared = np.zeros((len(x), len(x))), np.zeros((len(x), len(x)))
    for column, values in enumerate(snapped(x).T):
        gap = values[:, None] - values
        both = ~np.isnan(gap)
        size = np.where(both, np.abs(gap), 0.0)
        strength = np.where(size > 0, _preference(size, preference, *thresholds[column]), 0.0)
        flow += w[column] * np.where(both, np.sign(gap) * strength, 0.0)
        shared += w[column] * both
    net = (flow / np.where(shared > 0, shared, 1.0)).sum(axis=1) / max(len(x) - 1, 1)
    net = np.where(np.abs(net) < NO_FLOW, 0.0, net)  # what is left of flows that cancel out is rounding alone
    return pd.Series(np.where(np.isnan(x).all(axis=1), np.nan, net), index=scores.index)


def _thresholds(
    children: tuple[Any, ...],
    preference: Preference,
    q: Threshold | None,
    p: Threshold | None,
    s: Threshold | None,
) -> list[tuple[float, float, float]]:
    """Return each child's thresholds, 0 for those that the preference function does not use."""
    with Arguments("promethee", last=False) as check:
        check.choice("preference", preference, get_args(Preference))
        given = {"q": q, "p": p, "s": s}
        for name, value in given.items():
            numbers = value.values() if isinstance(value, Mapping) else () if value is None else (value,)
            if not all(map(is_number, numbers)):
                check.expect(name, value, problems.THRESHOLD)
    with Arguments("promethee") as check:
        return [_thresholds_of(check, child, preference, given) for child in children]


def _thresholds_of(
    check: Arguments, child: Any, preference: Preference, given: Mapping[str, Threshold | None]
) -> tuple[float, float, float]:
    used = THRESHOLDS[preference]
    found = {name: value.get(child) if isinstance(value, Mapping) else value for name, value in given.items()}
    for name in used:
        if found[name] is None:
            check.refuse(problems.MISSING_THRESHOLD.format(child=child, preference=preference, name=name))
    q, p, s = (float(found[name] or 0.0) for name in "qps")
    if q < 0:
        check.refuse(problems.NEGATIVE_THRESHOLD.format(child=child, name="q", value=f"{q:g}"))
    if "p" in used and found["p"] is not None and not p > (q if "q" in used else 0):
        check.refuse(problems.STRICT_PREFERENCE.format(child=child, value=f"{p:g}"))
    if "s" in used and found["s"] is not None and not s > 0:
        check.refuse(problems.THRESHOLD_NOT_POSITIVE.format(child=child, name="s", value=f"{s:g}"))
    return q, p, s


def _preference(d: np.ndarray, preference: Preference, q: float, p: float, s: float) -> np.ndarray:
    if preference == "usual":
        return np.ones_like(d)
    if preference == "u_shape":
        return (d > q).astype(float)
    if preference == "v_shape":
        return np.minimum(d / p, 1.0)
    if preference == "level":
        return ((d > q).astype(float) + (d > p)) / 2
    if preference == "linear":
        return np.clip((d - q) / (p - q), 0.0, 1.0)
    with np.errstate(over="ignore"):
        return 1 - np.exp(-((d / s) ** 2) / 2)
