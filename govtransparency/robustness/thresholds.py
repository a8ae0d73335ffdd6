"""Weights at which two units swap, and how far each weight may move before a place falls."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.robustness.nearest import NORMS, distance, nearest_weights
from govtransparency.robustness.weightspace import TIE, WeightSpace, weight_space

__all__ = ["Swap", "pairwise_swaps", "weight_stability", "weight_to_swap"]

STEP = 1e-6  # how far before and beyond a threshold the ranking is recomputed, as a share of the way
EDGE = 1e-9  # a threshold this near the end of a weight's range cannot be passed


@dataclass(frozen=True)
class Swap:
    """The least change of weights at which two units swap; made by `weight_to_swap`.

    Attributes
    ----------
    above, below : unit
        As they stand under the recipe's weights.
    norm : str
    node : str or None
    feasible : bool
        Whether any such change exists. Where it does not, `distance` is NaN and the fields after it are None.
    distance : float
        In the norm; for ``"one"`` the change of that one weight.
    nominal, weights : Series, child -> weight
        The recipe's weights, and those at which the two units' unrounded scores are equal.
    weight : str or None
        For ``"one"``, the child whose weight changes.
    before, after : Series, unit -> rank
        Ranks of the unrounded scores, recomputed just before and just beyond `weights`.
    confirmed : bool
        Whether the recomputed scores have `above` first before and `below` first beyond.
    each : DataFrame or None
        For ``"one"``, a row a child: weight, threshold, change, alone, relative, feasible; see `weight_to_swap`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [10.0, 0.0, 6.0], "b": [0.0, 10.0, 3.0]}, index=["X", "Y", "Z"])
    >>> swap = weight_to_swap(build_index(table, Recipe(tree)), "X", "Z", "l1")
    >>> swap.above, swap.below, swap.weights.round(4).to_dict()
    ('X', 'Z', {'a': 0.4286, 'b': 0.5714})
    """

    above: object
    below: object
    norm: str
    node: str | None
    feasible: bool
    distance: float
    nominal: pd.Series = field(repr=False)
    weights: pd.Series | None = field(default=None, repr=False)
    weight: str | None = None
    before: pd.Series | None = field(default=None, repr=False)
    after: pd.Series | None = field(default=None, repr=False)
    confirmed: bool = False
    each: pd.DataFrame | None = field(default=None, repr=False)


def weight_to_swap(index: Index, a: object, b: object, norm: str = "one", *, node: str | None = ROOT) -> Swap:
    """Return the least change of weights that makes two units swap.

    Parameters
    ----------
    index : Index
    a, b : unit
        In either order.
    norm : {"one", "l1", "l2", "linf"}
        One weight, the others rescaled in proportion; or all of them, the change measured as the sum of the absolute
        changes (twice the weight that moves), the Euclidean length, or the largest change.
    node : str or None
        The node whose children's weights change: ``"index"`` for the pillars; None for the effective weights of all
        indicators.

    Returns
    -------
    Swap
        Infeasible where the upper unit is nowhere below the lower one: no weights then put it below.

    Raises
    ------
    InputError
        For an unknown or unranked unit or norm; where no exact threshold exists (see `docs/thresholds.md`); and, but
        for ``"one"``, for units that lack different children.

    Notes
    -----
    With ``d`` the difference of the two units' terms and ``B = sum_{j != k} w_j d_j / (1 - w_k)``, weight k has its
    threshold at ``t = B / (B - d_k)``. Where a unit lacks a child its score is a ratio in t, and the threshold the
    nearest root of a quadratic. A threshold is where unrounded scores are equal: a rule that rounds ties units earlier.

    `each` has for every child the ``threshold``, the ``change`` to it, and the measure of Triantaphyllou and Sanchez
    (1997): the change of that weight ``alone``, before all are divided by their new sum, and that change ``relative``
    to the weight (1 is 100 %). Both measures name the same weights; only their sizes differ.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> swap = weight_to_swap(build_index(table, Recipe(tree)), "X", "Y")
    >>> swap.weight, round(swap.distance, 9), swap.confirmed
    ('a', 0.25, True)
    """
    if norm not in ("one", *NORMS):
        raise InputError(f"norm {norm!r} is unknown; {nearest(norm, ('one', *NORMS))}", title="weight_to_swap")
    space = weight_space(index, node)
    rows = [space.place(a), space.place(b)]
    if rows[0] == rows[1]:
        raise InputError(f"{a!r} is given twice; two units swap", title="weight_to_swap")
    space.refuse_tangled(rows)
    values = space.values()
    if values[rows[0]] < values[rows[1]]:
        rows.reverse()
    return _one_weight(space, rows[0], rows[1]) if norm == "one" else _all_weights(space, rows[0], rows[1], norm)


def _one_weight(space: WeightSpace, above: int, below: int) -> Swap:
    each = _each_weight(space, above, below)
    names = space.units[above], space.units[below]
    nominal = space.series(space.nominal)
    if not each["feasible"].any():
        return Swap(*names, "one", space.node, False, np.nan, nominal, each=each)
    place = int(np.nanargmin(each["change"].abs().to_numpy()))
    child, threshold = space.children[place], float(each["threshold"].iloc[place])
    if threshold == space.nominal[place]:  # already tied: beyond is where the lower unit gains
        slope = _polynomial(_path(space, place), np.array([above]), np.array([below]))[1]
        end = float(slope[0] < 0)
    else:
        end = float(threshold > space.nominal[place])
    beyond = _moved(space, place, end)
    return _confirmed(space, above, below, "one", _moved(space, place, threshold), beyond, child, each)


def _each_weight(space: WeightSpace, above: int, below: int) -> pd.DataFrame:
    rows = []
    for place, weight in enumerate(space.nominal.tolist()):
        found = _crossings(_path(space, place), np.array([above]), np.array([below]))
        sides = [float(side[0]) for side in found if not np.isnan(side[0])]
        threshold = min(sides, key=lambda t: abs(t - weight), default=np.nan)
        alone = threshold * (1 - weight) / (1 - threshold) - weight if weight < 1 else np.nan
        rows.append((weight, threshold, threshold - weight, alone, alone / weight, bool(sides)))
    columns = ["weight", "threshold", "change", "alone", "relative", "feasible"]
    return pd.DataFrame(rows, index=list(space.children), columns=columns)


def _all_weights(space: WeightSpace, above: int, below: int, norm: str) -> Swap:
    names, nominal = (space.units[above], space.units[below]), space.series(space.nominal)
    upper, lower = space.comparable([above, below])
    ahead = _clean(upper - lower, space)
    if ahead.min() >= 0:
        return Swap(*names, norm, space.node, False, np.nan, nominal)
    weights = nearest_weights(space.nominal, -ahead[None], norm=norm)
    assert weights is not None
    beyond = np.zeros(len(ahead))
    beyond[int(np.argmin(ahead))] = 1.0
    return _confirmed(space, above, below, norm, weights, beyond)


def _confirmed(
    space: WeightSpace,
    above: int,
    below: int,
    norm: str,
    weights: np.ndarray,
    beyond: np.ndarray,
    child: str | None = None,
    each: pd.DataFrame | None = None,
) -> Swap:
    """Recompute the ranking on the way from the nominal weights to the threshold, and from there on."""
    gap = float(space.values()[above] - space.values()[below])
    tied = gap <= TIE * space.scale
    back = 1.0 if tied else min(1.0, max(STEP, 1e-9 * space.scale / gap))
    just_before = weights + back * (space.nominal - weights)
    just_beyond = weights + STEP * (beyond - weights)
    sides = [space.scores(w).to_numpy() for w in (just_before, just_beyond)]
    leads = [side[above] - side[below] for side in sides]
    # the other weights share out what one of them gives or takes, so its change is the largest
    size = distance(weights, space.nominal, "linf" if norm == "one" else norm)
    return Swap(
        space.units[above],
        space.units[below],
        norm,
        space.node,
        True,
        size,
        space.series(space.nominal),
        space.series(weights),
        child,
        space.ranks(just_before),
        space.ranks(just_beyond),
        bool((tied or leads[0] > 0) and leads[1] < 0),
        each,
    )


def _clean(differences: np.ndarray, space: WeightSpace) -> np.ndarray:
    """Return the differences with those that are only arithmetic's noise as 0."""
    return np.where(np.abs(differences) <= TIE * space.scale, 0.0, differences)


def _moved(space: WeightSpace, place: int, weight: float) -> np.ndarray:
    """Return the weights with one at a value and the others rescaled in proportion."""
    weights = space.nominal * ((1 - weight) / (1 - space.nominal[place]))
    weights[place] = weight
    return weights


@dataclass(frozen=True)
class _Path:
    """Each unit's value ``(n + n' u) / (d + d' u)`` while one weight is ``start + u`` and the others share the rest."""

    start: float
    n: np.ndarray
    n_slope: np.ndarray
    d: np.ndarray
    d_slope: np.ndarray
    tie: float


def _path(space: WeightSpace, place: int) -> _Path:
    weight = float(space.nominal[place])
    zeros = np.zeros(len(space.units))
    if weight >= 1:  # a single child: its share is 1 whatever its weight
        return _Path(weight, space.values(), zeros, zeros + 1, zeros, TIE * space.scale)
    present = ~np.isnan(space.terms)
    others = space.nominal / (1 - weight)
    others[place] = 0.0
    rest = np.where(present, space.terms, 0.0) @ others
    share = np.where(present.all(axis=1), 1.0, present @ others)
    moving = present[:, place] & (share > 0)
    own = np.where(moving, space.terms[:, place], 0.0)
    return _Path(
        weight,
        np.where(moving, weight * own + (1 - weight) * rest, space.values()),
        np.where(moving, own - rest, 0.0),
        np.where(moving, weight + (1 - weight) * share, 1.0),
        np.where(moving, 1 - share, 0.0),
        TIE * space.scale,
    )


def _polynomial(path: _Path, above: np.ndarray, below: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the coefficients in u of the lead of `above` over `below`, times both denominators."""
    n, n_, d, d_ = path.n, path.n_slope, path.d, path.d_slope
    return (
        n[above] * d[below] - n[below] * d[above],
        n_[above] * d[below] + n[above] * d_[below] - n_[below] * d[above] - n[below] * d_[above],
        n_[above] * d_[below] - n_[below] * d_[above],
    )


def _crossings(path: _Path, above: np.ndarray, below: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the nearest weight below and above the start at which each pair swaps, NaN where it does not."""
    constant, slope, curve = _polynomial(path, above, below)
    tied = np.abs(constant) <= path.tie
    with np.errstate(divide="ignore", invalid="ignore"):
        discriminant = slope**2 - 4 * curve * constant
        # the form that loses no digits; a double root touches without crossing
        q = -(slope + np.copysign(np.sqrt(discriminant), slope)) / 2
        roots = np.where(discriminant > 0, np.array([q / curve, constant / q]), np.nan)
    up, down = np.where(roots > 0, roots, np.inf).min(axis=0), np.where(roots < 0, roots, -np.inf).max(axis=0)
    low, high = path.start + down, path.start + up
    low, high = np.where(low > EDGE, low, np.nan), np.where(high < 1 - EDGE, high, np.nan)
    parted = np.where((np.abs(slope) > path.tie) | (np.abs(curve) > path.tie), path.start, np.nan)
    return np.where(tied, parted, low), np.where(tied, parted, high)


def pairwise_swaps(index: Index, *, node: str | None = ROOT) -> pd.DataFrame:
    """Return the least change of one weight that swaps each pair of units, as `weight_to_swap` finds it.

    Parameters
    ----------
    index : Index
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, a row a pair, in the order of the ranking
        above, below : unit; gap : float, difference of their unrounded scores; weight : str, the child whose weight
        changes, missing where no single weight swaps the pair; nominal, threshold, change : float; feasible and
        confirmed : bool. Confirmed: the lead, computed from whole vectors of weights, has the right sign just before
        and just beyond.

    Raises
    ------
    InputError
        As `weight_to_swap`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> pairwise_swaps(build_index(table, Recipe(tree)))[["above", "below", "weight", "threshold"]].values.tolist()
    [['X', 'Y', 'a', 0.5]]
    """
    space = weight_space(index, node)
    space.refuse_tangled(range(len(space.units)))
    order = np.argsort(-space.values(), kind="stable")
    first, second = np.triu_indices(len(order), 1)
    above, below = order[first], order[second]
    best, threshold, child = (np.full(len(above), value) for value in (np.inf, np.nan, -1))
    for place, weight in enumerate(space.nominal):
        for found in _crossings(_path(space, place), above, below):
            nearer = np.abs(found - weight) < best
            best[nearer], threshold[nearer], child[nearer] = np.abs(found - weight)[nearer], found[nearer], place
    feasible = child >= 0
    scores = index.scores.loc[space.units, ROOT].to_numpy()
    codes = np.array([*space.children, None], dtype=object)
    nominal = np.where(feasible, space.nominal[child], np.nan)
    return pd.DataFrame(
        {
            "above": space.units[above],
            "below": space.units[below],
            "gap": scores[above] - scores[below],
            "weight": codes[child],
            "nominal": nominal,
            "threshold": threshold,
            "change": threshold - nominal,
            "feasible": feasible,
            "confirmed": _pairs_confirmed(space, above, below, child, threshold),
        }
    )


def _pairs_confirmed(
    space: WeightSpace, above: np.ndarray, below: np.ndarray, child: np.ndarray, threshold: np.ndarray
) -> np.ndarray:
    """Return for which pairs whole weight vectors just before and just beyond give the lead its two signs."""
    confirmed = np.zeros(len(above), dtype=bool)
    present = ~np.isnan(space.terms)
    terms = np.where(present, space.terms, 0.0)

    def lead(weights: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        def value(rows: np.ndarray) -> np.ndarray:
            return np.einsum("pm,pm->p", weights, terms[rows]) / np.einsum("pm,pm->p", weights, present[rows])

        return value(above[pairs]) - value(below[pairs])

    feasible = np.flatnonzero(child >= 0)
    for start in range(0, len(feasible), 20_000):
        pairs = feasible[start : start + 20_000]
        place, t, nominal = child[pairs], threshold[pairs], space.nominal[child[pairs]]

        def weights(at: np.ndarray, place: np.ndarray = place, nominal: np.ndarray = nominal) -> np.ndarray:
            w = space.nominal * ((1 - at) / (1 - nominal))[:, None]
            w[np.arange(len(at)), place] = at
            return w

        tied = t == nominal
        beyond = lead(weights(t + STEP * ((t > nominal) - t)), pairs)
        other = lead(weights(t + STEP * (1.0 - t)), pairs)
        before = lead(weights(t + STEP * (nominal - t)), pairs)
        confirmed[pairs] = np.where(tied, beyond * other < 0, (before > 0) & (beyond < 0))
    return confirmed


def weight_stability(index: Index, keep: str | int = "first", *, node: str | None = ROOT) -> pd.DataFrame:
    """Return how far each weight may move, the others rescaled in proportion, before a place falls.

    Parameters
    ----------
    index : Index
    keep : {"first", "order"} or int
        What must stand: the first unit, the whole order, or who is among the first k. Units tied at the edge are all
        in; a tie that is broken overturns nothing.
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, a row a child
        weight : float, the recipe's; low, high : float, ends of the interval of its weights, 0 to 1, in which nothing
        falls, 0 and 1 themselves where nothing does; low_above, low_below, high_above, high_below : unit, who is
        overtaken by whom beyond each end, missing at 0 and 1; confirmed : bool, whether the recomputed ranking stands
        just inside both ends and falls just beyond them.

    Raises
    ------
    InputError
        For another `keep`, and where no exact threshold exists.

    Notes
    -----
    Mareschal (1988). On the way of a weight the first two units of different places to meet are neighbours, so the
    whole order needs only neighbours; a set needs every pair across its edge. Unrounded scores decide.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> weight_stability(build_index(table, Recipe(tree)))[["weight", "low", "high"]].round(9).loc["a"].tolist()
    [0.75, 0.5, 1.0]
    """
    space = weight_space(index, node)
    space.refuse_tangled(range(len(space.units)))
    above, below = _kept_pairs(space, keep)
    rows = []
    for place, weight in enumerate(space.nominal.tolist()):
        low, high = _crossings(_path(space, place), above, below)
        ends, who, confirmed = [], [], True
        for found, end in ((low, 0.0), (high, 1.0)):
            if np.isnan(found).all():
                ends.append(end)
                who += [None, None]
                continue
            pair = int(np.nanargmax(found) if end == 0 else np.nanargmin(found))
            ends.append(float(found[pair]))
            who += [space.units[above[pair]], space.units[below[pair]]]
            confirmed &= _end_confirmed(space, place, ends[-1], end, (above, below), pair)
        rows.append((weight, *ends, *who, confirmed))
    columns = ["weight", "low", "high", "low_above", "low_below", "high_above", "high_below", "confirmed"]
    types = dict.fromkeys(columns[:3], float) | {"confirmed": bool}
    return pd.DataFrame(rows, index=list(space.children), columns=columns, dtype=object).astype(types)


def _kept_pairs(space: WeightSpace, keep: str | int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs, upper and lower unit, of which none may swap."""
    values, count = space.values(), len(space.units)
    order = np.argsort(-values, kind="stable")
    place = np.concatenate([[0], np.cumsum(-np.diff(values[order]) > TIE * space.scale)])
    if isinstance(keep, str) and keep == "order":
        blocks = [order[place == number] for number in range(place[-1] + 1)]
        pairs = [np.array(np.meshgrid(*two)).reshape(2, -1) for two in itertools.pairwise(blocks)]
        above, below = np.hstack([np.empty((2, 0), dtype=int), *pairs])
        return above, below
    k = 1 if isinstance(keep, str) and keep == "first" else keep
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 1 <= k <= count:
        raise InputError(
            f"keep {keep!r}: expected 'first', 'order' or a whole number from 1 to {count}", title="weight_stability"
        )
    inside = place <= place[k - 1]
    above, below = np.array(np.meshgrid(order[inside], order[~inside])).reshape(2, -1)
    return above, below


def _end_confirmed(
    space: WeightSpace, place: int, end: float, limit: float, pairs: tuple[np.ndarray, np.ndarray], pair: int
) -> bool:
    above, below = pairs
    inside = space.scores(_moved(space, place, end + STEP * (space.nominal[place] - end))).to_numpy()
    beyond = space.scores(_moved(space, place, end + STEP * (limit - end))).to_numpy()
    noise = TIE * max(1.0, float(np.abs(inside).max()))
    return bool((inside[above] - inside[below]).min() > -noise and beyond[above[pair]] < beyond[below[pair]])
