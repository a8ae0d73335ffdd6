"""Aggregations that look at the order or the balance of a unit's scores: median, OWA, Choquet, Mazziotta-Pareto."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from govtransparency.arrays import arrays, floats, ordered_weights, scaled, shares
from govtransparency.errors import InputError, nearest
from govtransparency.methods import method_of

MOST_CHILDREN = 12  # of a general capacity, which has 2^m values


@method_of("aggregate")
def median(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted median: the score that parts the weight of a unit's children in halves.

    With the scores in order, the first at which the running weight passes one half; where it is exactly one half, the
    mean of that score and the next. With equal weights it is the ordinary median. It disregards how far the other
    scores lie: one very good or very bad child changes nothing.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are scores like others. A missing child drops out with its weight.
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
def owa(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    order_weights: Sequence[float] | None = None,
    orness: float | None = None,
) -> pd.Series:
    """Ordered weighted averaging: weights go by place among the unit's own scores, best first (Yager 1988).

    ``S = sum v_k I_(k)`` with ``I_(1)`` the unit's best score. Where the children's own weights differ, or one is
    missing, the two kinds of weights are combined as by Torra (1997, weighted OWA):
    ``S = sum [Q(W_k) - Q(W_(k-1))] I_(k)``, with W the running weight of the children in the unit's order and Q the
    piecewise linear curve through ``(k/m, v_1 + ... + v_k)``. With equal children it is the plain OWA, with equal
    `order_weights` the arithmetic mean.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are scores like others, ties do not matter.
    weights : Series, child -> weight
    order_weights : sequence of float
        v, for the best score first; as many as children, not negative, any sum.
    orness : float between 0 and 1
        In place of `order_weights`: ``Q(W) = W^((1 - orness) / orness)`` (Yager 1996); 1/2 is the arithmetic mean, near
        0 the worst score counts almost alone, near 1 the best.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.

    Raises
    ------
    InputError
        Without exactly one of the two, for the wrong number of order weights, and for either out of range.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0], "b": [5.0], "c": [9.0]}, index=["X"])
    >>> equal = pd.Series({"a": 1, "b": 1, "c": 1})
    >>> owa(table, equal, order_weights=(0, 0, 1)).to_dict()
    {'X': 1.0}
    >>> owa(table, equal, order_weights=(0.5, 0.25, 0.25)).to_dict()
    {'X': 6.0}
    """
    if (order_weights is None) == (orness is None):
        raise InputError("give either order_weights or orness", title="owa")
    x, w = arrays(scores, weights)
    if order_weights is not None:
        v = np.asarray(order_weights, dtype=float)
        if len(v) != scores.shape[1]:
            raise InputError(f"{len(v)} order_weights for {scores.shape[1]} children", title="owa")
        if not (v >= 0).all() or not v.sum() > 0:
            raise InputError(f"order_weights {v.tolist()}: expected none negative and one positive", title="owa")
        knots, heights = np.linspace(0, 1, len(v) + 1), np.concatenate([[0.0], np.cumsum(v) / v.sum()])
    elif orness is not None and not 0 < orness < 1:
        raise InputError(f"orness {orness!r}: expected a number between 0 and 1", title="owa")
    order = np.argsort(-x, axis=1, kind="stable")
    best_first = np.take_along_axis(x, order, axis=1)
    running = np.minimum(np.cumsum(np.take_along_axis(shares(x, w), order, axis=1), axis=1), 1.0)
    curve = np.interp(running, knots, heights) if orness is None else running ** ((1 - orness) / orness)
    steps = np.diff(curve, axis=1, prepend=0.0)
    return pd.Series(_weighted(best_first, steps), index=scores.index)


@method_of("aggregate")
def choquet(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    interaction: Sequence[tuple[str, str, float]] | None = None,
    capacity: Sequence[tuple[Sequence[str], float]] | None = None,
) -> pd.Series:
    """Choquet integral: a weighted mean whose children may support or repeat one another.

    ``S = sum over sets A of m(A) min of I over A``, with m the Moebius transform of the capacity (Grabisch 1996,
    European Journal of Operational Research 89). Two ways to give the capacity:

    - `interaction`: a 2-additive one, with the children's weights as their Shapley values: ``m({i}) = w_i - 1/2 sum_j
      I_ij`` and ``m({i, j}) = I_ij`` (Grabisch 1997, Fuzzy Sets and Systems 92). Positive: the two count together, and
      one good score without the other is worth less; negative: they repeat each other.
    - `capacity`: the worth of every set of children, from 0 for none to 1 for all; the weights are then not used.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers on one common scale; zeros are scores like others.
    weights : Series, child -> weight
    interaction : sequence of (child, child, float)
        Pairs left out have 0; with none at all it is the arithmetic mean.
    capacity : sequence of (children, float)
        Of each non-empty set but the whole, at most 12 children.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.
        For a unit with missing children, the capacity of those present divided by its value for all of them.

    Raises
    ------
    InputError
        Naming unknown children, sets without a value, and where the capacity would fall as a child is added.

    Examples
    --------
    >>> table, equal = pd.DataFrame({"a": [2.0, 6.0], "b": [10.0, 6.0]}, index=["X", "Y"]), pd.Series({"a": 1, "b": 1})
    >>> choquet(table, equal, interaction=[("a", "b", 0.5)]).to_dict()
    {'X': 4.0, 'Y': 6.0}
    >>> choquet(table, equal, capacity=[(["a"], 0.3), (["b"], 0.3)]).round(9).to_dict()
    {'X': 4.4, 'Y': 6.0}
    """
    if interaction is not None and capacity is not None:
        raise InputError("give interaction or capacity, not both", title="choquet")
    children = tuple(scores.columns)
    w = ordered_weights(scores, weights)
    w = w / w.sum()
    x = floats(scores)
    if not w.all():
        x = np.where(w > 0, x, np.nan)  # a child of weight 0 is one that every unit lacks
    given = [] if interaction is None else [code for first, second, _ in interaction for code in (first, second)]
    given += [] if capacity is None else [code for codes, _ in capacity for code in codes]
    if unknown := [code for code in dict.fromkeys(given) if code not in children]:
        raise InputError([f"no child {code!r}; {nearest(code, children)}" for code in unknown], title="choquet")
    place = {code: position for position, code in enumerate(children)}
    if capacity is None:
        terms = _two_additive(interaction or [], w, place)
    else:
        terms = _moebius(capacity, place)
    total, mass = np.zeros(len(x)), np.zeros(len(x))
    for positions, worth in terms.items():
        least = x[:, list(positions)].min(axis=1)
        present = ~np.isnan(least)
        total += np.where(present, worth * least, 0.0)
        mass += np.where(present, worth, 0.0)
    if (bare := (mass <= 1e-12) & ~np.isnan(x).all(axis=1)).any():
        units = ", ".join(repr(unit) for unit in scores.index[bare])
        raise InputError(f"the capacity gives no worth to the children that {units} has", title="choquet")
    with np.errstate(invalid="ignore"):
        return pd.Series(total / np.where(mass > 1e-12, mass, np.nan), index=scores.index)


def _two_additive(
    interaction: Sequence[tuple[str, str, float]], w: np.ndarray, place: dict[str, int]
) -> dict[tuple[int, ...], float]:
    pairs: dict[tuple[int, ...], float] = {}
    for first, second, value in interaction:
        pair = tuple(sorted((place[first], place[second])))
        if pair[0] == pair[1] or pair in pairs:
            raise InputError(f"interaction of {first!r} and {second!r}: expected two children, once", title="choquet")
        pairs[pair] = float(value)
    codes = list(place)
    problems = []
    for child, position in place.items():
        others = [value for pair, value in pairs.items() if position in pair]
        if w[position] < sum(map(abs, others)) / 2 - 1e-12:
            problems.append(
                f"the interactions of {child!r} add up to {sum(map(abs, others)):g}; at most twice its weight of "
                f"{w[position]:g} keeps a better {child!r} from lowering the score"
            )
    if problems:
        raise InputError(problems, title="choquet")
    single = {
        (place[code],): float(w[place[code]] - sum(value for pair, value in pairs.items() if place[code] in pair) / 2)
        for code in codes
    }
    return single | pairs


def _moebius(capacity: Sequence[tuple[Sequence[str], float]], place: dict[str, int]) -> dict[tuple[int, ...], float]:
    codes = list(place)
    if len(codes) > MOST_CHILDREN:
        raise InputError(
            f"{len(codes)} children have {2 ** len(codes)} sets; give interaction instead", title="choquet"
        )
    worth = {frozenset(place[code] for code in members): float(value) for members, value in capacity}
    worth = {frozenset(): 0.0, frozenset(range(len(codes))): 1.0} | worth
    sets = [frozenset(s) for size in range(len(codes) + 1) for s in itertools.combinations(range(len(codes)), size)]
    name = {s: "{" + ", ".join(codes[position] for position in sorted(s)) + "}" for s in sets}
    problems = [f"capacity of {name[s]}: not given" for s in sets if s not in worth]
    if worth[sets[-1]] != 1:
        problems.append(f"capacity of all children is {worth[sets[-1]]:g}; expected 1")
    if not problems:
        problems = [
            f"capacity of {name[s]} is {worth[s]:g}, less than {worth[s - {position}]:g} of {name[s - {position}]}"
            for s in sets
            for position in sorted(s)
            if worth[s] < worth[s - {position}] - 1e-12
        ]
    if problems:
        raise InputError(problems, title="choquet")
    return {
        tuple(sorted(s)): sum(
            (-1) ** (len(s) - size) * worth[frozenset(part)]
            for size in range(len(s) + 1)
            for part in itertools.combinations(sorted(s), size)
        )
        for s in sets[1:]
    }


@method_of("aggregate")
def mazziotta_pareto(scores: pd.DataFrame, weights: pd.Series, *, penalty: float = 1.0, ddof: int = 0) -> pd.Series:
    """Mazziotta-Pareto index: the mean less a penalty for imbalance among the unit's scores.

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
        1 for a positive phenomenon, such as transparency; -1 adds what it took off (MPI+, for a negative one).
    ddof : int
        0 divides the variance by the sum of the weights, as the authors of the adjusted index write; 1 by what is the
        unbiased divisor with m equal children, m - 1.

    Returns
    -------
    Series, unit -> score, never above the arithmetic mean when `penalty` is positive.

    Raises
    ------
    InputError
        Naming every unit whose mean is not positive, or too small against the spread of its scores.

    Examples
    --------
    >>> mazziotta_pareto(pd.DataFrame({"a": [90.0], "b": [110.0]}, index=["X"]), pd.Series({"a": 1, "b": 1})).to_dict()
    {'X': 99.0}
    """
    return _mazziotta_pareto(scores, weights, penalty, ddof, "mazziotta_pareto")


@method_of("aggregate")
def adjusted_mazziotta_pareto(
    scores: pd.DataFrame, weights: pd.Series, *, penalty: float = 1.0, ddof: int = 0
) -> pd.Series:
    """Adjusted Mazziotta-Pareto index: the same penalty on scores that compare over time.

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
        Naming every unit whose mean is not positive, or too small against the spread of its scores.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [90.0], "b": [110.0]}, index=["X"])
    >>> adjusted_mazziotta_pareto(table, pd.Series({"a": 1, "b": 1}), penalty=-1).to_dict()
    {'X': 101.0}
    """
    return _mazziotta_pareto(scores, weights, penalty, ddof, "adjusted_mazziotta_pareto")


def _mazziotta_pareto(scores: pd.DataFrame, weights: pd.Series, penalty: float, ddof: int, method: str) -> pd.Series:
    x, w = arrays(scores, weights)
    x, power = scaled(x, axis=1)
    power = power[:, 0]
    share = shares(x, w)
    mean = _weighted(x, share)
    remedy = "normalise with mazziotta_pareto_scale"
    if bad := np.flatnonzero(mean <= 0).tolist():
        raise InputError(
            [
                f"unit {scores.index[row]!r}: its mean is {mean[row] * power[row]:g}; expected a positive one"
                for row in bad
            ]
            + [remedy],
            title=method,
        )
    variance = _weighted((x - mean[:, None]) ** 2, share)
    if ddof:
        count = np.sum(~np.isnan(x), axis=1)
        variance = variance * np.where(count > ddof, count / np.maximum(count - ddof, 1), 1.0)
    with np.errstate(over="ignore"):
        result = (mean - penalty * variance / mean) * power
    if bad := np.flatnonzero(np.isinf(result)).tolist():
        raise InputError(
            [f"unit {scores.index[row]!r}: its penalty is too large for a number" for row in bad] + [remedy],
            title=method,
        )
    return pd.Series(result, index=scores.index)


@method_of("aggregate")
def mean_min(scores: pd.DataFrame, weights: pd.Series, *, alpha: float = 0.5, beta: float = 0.0) -> pd.Series:
    """Mean-min function: the mean less part of its distance to the unit's worst score.

    ``S = M - alpha (sqrt((M - min)^2 + beta^2) - beta)`` (Casadio Tarabusi and Guarini 2013, Social Indicators Research
    112). ``alpha = 0`` is the arithmetic mean; ``alpha = 1`` with ``beta = 0`` is the worst score.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers; zeros are scores like others. A missing child drops out with its weight.
    weights : Series, child -> weight
    alpha : float from 0 to 1
        How much imbalance costs.
    beta : float, 0 or more
        On the scores' scale: the greater, the less a small imbalance costs.

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
    problems = [] if 0 <= alpha <= 1 else [f"alpha {alpha!r}: expected a number from 0 to 1"]
    problems += [] if beta >= 0 else [f"beta {beta!r}: expected 0 or more"]
    if problems:
        raise InputError(problems, title="mean_min")
    x, w = arrays(scores, weights)
    mean = _weighted(x, shares(x, w))
    least = np.fmin.reduce(x, axis=1)
    return pd.Series(mean - alpha * (np.hypot(mean - least, beta) - beta), index=scores.index)


def _weighted(x: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return each unit's mean by its own weights, in which missing children have 0."""
    return np.sum(np.where(np.isnan(x), 0.0, x) * share, axis=1)
