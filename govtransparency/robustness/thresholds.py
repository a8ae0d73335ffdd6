"""Weights at which two units swap, and how far each weight may move before a place falls."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.ranking import NEAR
from govtransparency.robustness.nearest import NORMS, distance, nearest_weights
from govtransparency.robustness.weightspace import STEP, WeightSpace, leads_under, settled, weight_space

__all__ = ["Swap", "pairwise_swaps", "weight_stability", "weight_to_swap"]

PAIRS = 20_000  # at a time


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
    pair = _in_order(space, np.array(rows[:1]), np.array(rows[1:]))
    return _one_weight(pair) if norm == "one" else _all_weights(pair, norm)


def _one_weight(pair: _Pairs) -> Swap:
    space, each = pair.space, _each_weight(pair)
    names = space.units[pair.above[0]], space.units[pair.below[0]]
    nominal = space.series(space.nominal)
    if not each["feasible"].any():
        return Swap(*names, "one", space.node, False, np.nan, nominal, each=each)
    place = int(_first_least(each["change"].abs().to_numpy()[None])[0])
    child, weight, threshold = space.children[place], space.nominal[place], float(each["threshold"].iloc[place])
    end = float(threshold > weight)
    if threshold == weight:  # already tied: beyond is where the lower unit gains
        end = float(pair.leads(_moved(space, [place], [weight + STEP * (1 - weight)]))[0] < 0)
    at, beyond = _moved(space, [place], [threshold])[0], _moved(space, [place], [end])[0]
    return _confirmed(pair, "one", at, beyond, child, each)


def _each_weight(pair: _Pairs) -> pd.DataFrame:
    space, rows = pair.space, []
    for weight, *sides in zip(space.nominal.tolist(), *(side[0].tolist() for side in pair.crossings()), strict=True):
        found = [side for side in sides if not np.isnan(side)]
        threshold = min(found, key=lambda t: abs(t - weight), default=np.nan)
        alone = threshold * (1 - weight) / (1 - threshold) - weight if weight < 1 else np.nan
        rows.append((weight, threshold, threshold - weight, alone, alone / weight, bool(found)))
    columns = ["weight", "threshold", "change", "alone", "relative", "feasible"]
    return pd.DataFrame(rows, index=list(space.children), columns=columns)


def _all_weights(pair: _Pairs, norm: str) -> Swap:
    space, above, below = pair.space, int(pair.above[0]), int(pair.below[0])
    names, nominal = (space.units[above], space.units[below]), space.series(space.nominal)
    upper, lower = space.comparable([above, below])
    ahead = upper - lower
    if ahead.min() >= 0:
        return Swap(*names, norm, space.node, False, np.nan, nominal)
    weights = nearest_weights(space.nominal, -ahead[None], norm=norm)
    assert weights is not None
    beyond = np.zeros(len(ahead))
    beyond[int(np.argmin(ahead))] = 1.0
    return _confirmed(pair, norm, weights, beyond)


def _confirmed(
    pair: _Pairs,
    norm: str,
    weights: np.ndarray,
    beyond: np.ndarray,
    child: str | None = None,
    each: pd.DataFrame | None = None,
) -> Swap:
    """Recompute the ranking at the threshold, on the way to it from the nominal weights, and from there on."""
    space, above, below = pair.space, int(pair.above[0]), int(pair.below[0])
    just_before, just_beyond = (pair.seen(weights, end) for end in (space.nominal, beyond))
    sides = [space.scores(w) for w in (just_before, weights, just_beyond)]
    before, at, after = (float(side.iloc[above] - side.iloc[below]) for side in sides)
    tied = pair.leads(space.nominal[None])[0] == 0
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
        space.ranks(sides[0]),
        space.ranks(sides[2]),
        bool((tied or before > 0) and abs(at) <= space.score_noise and after < 0),
        each,
    )


def _in_order(space: WeightSpace, a: np.ndarray, b: np.ndarray) -> _Pairs:
    """Return the pairs, the upper unit of each first."""
    pairs = _Pairs(space, a, b)
    swapped = pairs.leads(space.nominal) < 0
    return _Pairs(space, np.where(swapped, b, a), np.where(swapped, a, b)) if swapped.any() else pairs


def _moved(space: WeightSpace, places: Sequence[int] | np.ndarray, to: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return vectors of weights, a row for each place, with that weight at its value, the others in proportion."""
    rows, values = np.arange(len(places)), np.asarray(to)
    weights = np.tile(space.nominal, (len(places), 1))
    weights[rows, places] = 0.0
    weights *= ((1 - values) / weights.sum(axis=1))[:, None]
    weights[rows, places] = values
    return weights


class _Pairs:
    """Pairs of units, and the lead of the upper one as a function of the weights.

    Leads are sums of differences, not differences of sums: no digit of nearly equal units is lost. Where the two units
    of a pair lack different children, the lead is a difference of ratios, and terms are measured from one they share.
    """

    def __init__(self, space: WeightSpace, above: np.ndarray, below: np.ndarray) -> None:
        self.space, self.above, self.below = space, above, below
        present = ~np.isnan(space.terms)
        terms = np.where(present, space.terms, 0.0)
        shared = present[above] & present[below]
        self.differences = np.where(shared, terms[above] - terms[below], 0.0)
        self.sizes = np.maximum(np.abs(terms[above]), np.abs(terms[below]))
        self.apart = np.flatnonzero((present[above] != present[below]).any(axis=1))
        a, b = above[self.apart], below[self.apart]
        base = terms[b, np.argmax(shared[self.apart], axis=1)][:, None]
        # sums, their weights, and their sizes before they are measured from the base
        self.sides = [
            (np.where(present[unit], terms[unit] - base, 0.0), present[unit] * 1.0, np.abs(terms[unit]))
            for unit in (a, b)
        ]

    def some(self, places: np.ndarray | slice) -> _Pairs:
        """Return some of the pairs."""
        return _Pairs(self.space, self.above[places], self.below[places])

    def leads(self, weights: np.ndarray) -> np.ndarray:
        """Return each pair's lead under one vector of weights for all, or one a pair: only its sign and zero count."""
        weights = np.broadcast_to(weights, self.differences.shape)
        found = settled(_sum(weights, self.differences), _sum(weights, self.sizes))
        if len(self.apart):
            (n, d, s), (n_, d_, s_) = [[_sum(weights[self.apart], part) for part in side] for side in self.sides]
            found[self.apart] = settled(n * d_ - n_ * d, s * d_ + s_ * d)
        return found

    def seen(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return weights a small part of the way from a threshold to others at which the lead can be told from 0."""
        return self.space.seen(start, end, lambda weights: self.leads(weights[None])[0])

    def crossings(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the nearest weight of each child below and above its own at which each pair swaps, NaN where none.

        Returns
        -------
        two ndarrays, pairs x children
        """
        nominal, others = self.space.nominal, _others(self.space.nominal)
        ahead = np.sign(self.leads(nominal))[:, None]
        own, rest = self.differences, leads_under(others, self.differences, self.sizes)
        swaps = np.sign(own) * np.sign(rest) < 0
        with np.errstate(divide="ignore", invalid="ignore"):
            roots = rest / (rest - own)
        low, high = (np.where(swaps & (ahead * end < 0), roots, np.nan) for end in (rest, own))
        if len(self.apart):
            low[self.apart], high[self.apart], swaps[self.apart] = self._ratio_crossings(others)
        parted = np.where(swaps, nominal, np.nan)
        return np.where(ahead == 0, parted, low), np.where(ahead == 0, parted, high)

    def _ratio_crossings(self, others: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the same for the pairs that lack different children, and where the lead is not 0 throughout.

        With x the ratio of the child's weight to the rest, a lead times both denominators is ``c2 x^2 + c1 x + c0``.
        """
        (n, d, s), (n_, d_, s_) = [[(part, part @ others) for part in side] for side in self.sides]
        c2 = settled(n[0] * d_[0] - n_[0] * d[0], s[0] * d_[0] + s_[0] * d[0])
        c1 = settled(
            n[0] * d_[1] + n[1] * d_[0] - n_[0] * d[1] - n_[1] * d[0],
            s[0] * d_[1] + s[1] * d_[0] + s_[0] * d[1] + s_[1] * d[0],
        )
        c0 = settled(n[1] * d_[1] - n_[1] * d[1], s[1] * d_[1] + s_[1] * d[1])
        discriminant = settled(c1**2 - 4 * c2 * c0, c1**2 + 4 * np.abs(c2 * c0))
        nominal = self.space.nominal
        with np.errstate(divide="ignore", invalid="ignore"):
            # the form that loses no digits; a double root touches without crossing
            q = -(c1 + np.copysign(np.sqrt(discriminant), c1)) / 2
            ratios = np.where(discriminant > 0, np.array([q / c2, c0 / q]), np.nan)
            roots = np.where((ratios > 0) & np.isfinite(ratios), ratios / (1 + ratios), np.nan)
        low = np.where(roots < nominal, roots, -np.inf).max(axis=0)
        high = np.where(roots >= nominal, roots, np.inf).min(axis=0)
        moves = (c2 != 0) | (c1 != 0) | (c0 != 0)
        return np.where(np.isfinite(low), low, np.nan), np.where(np.isfinite(high), high, np.nan), moves


def _others(nominal: np.ndarray) -> np.ndarray:
    """Return what share each child (row) has of the weight left by another (column)."""
    others = np.tile(nominal[:, None], (1, len(nominal)))
    np.fill_diagonal(others, 0.0)
    rest = others.sum(axis=0)
    return others / np.where(rest > 0, rest, 1.0)


def _sum(weights: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    return np.einsum("pm,pm->p", weights, numbers)


def _first_least(changes: np.ndarray) -> np.ndarray:
    """Return the first column of each row's least change; what differs in the last digits is equal."""
    changes = np.where(np.isnan(changes), np.inf, changes)
    return np.argmax(changes <= changes.min(axis=1, keepdims=True) + NEAR, axis=1)


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
    order, _ = _ranked(space)
    first, second = np.triu_indices(len(order), 1)
    above, below = order[first], order[second]
    threshold, child, confirmed = np.full(len(above), np.nan), np.full(len(above), -1), np.zeros(len(above), dtype=bool)
    for start in range(0, len(above), PAIRS):
        some = slice(start, start + PAIRS)
        pairs = _in_order(space, above[some], below[some])
        above[some], below[some] = pairs.above, pairs.below
        found = np.stack(pairs.crossings(), axis=2).reshape(len(pairs.above), -1)
        best = _first_least(np.abs(found - np.repeat(space.nominal, 2)))
        threshold[some] = found[np.arange(len(found)), best]
        child[some] = np.where(np.isnan(threshold[some]), -1, best // 2)
        confirmed[some] = _pairs_confirmed(pairs, child[some], threshold[some])
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
            "confirmed": confirmed,
        }
    )


def _pairs_confirmed(pairs: _Pairs, child: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """Return for which pairs whole weight vectors just before and just beyond give the lead its two signs."""
    confirmed = np.zeros(len(child), dtype=bool)
    nominal = pairs.space.nominal[child]
    for share in (STEP, 1e3 * STEP, 0.5):  # a small lead is seen from further away
        left = np.flatnonzero((child >= 0) & ~confirmed)
        if not len(left):
            break
        some, places, t, start = pairs.some(left), child[left], threshold[left], nominal[left]
        beyond, before, up = (
            some.leads(_moved(some.space, places, t + share * (end - t))) for end in ((t > start) * 1.0, start, 1.0)
        )
        confirmed[left] = np.where(t == start, beyond * up < 0, (before > 0) & (beyond < 0))
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
        at both ends and falls just beyond them.

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
    pairs = _Pairs(space, *_kept_pairs(space, keep))
    nearest = _nearest_ends(pairs)
    rows = []
    for place, weight in enumerate(space.nominal.tolist()):
        ends, who, confirmed = [], [], True
        for limit, (found, pair) in zip(
            (0.0, 1.0), [(side[place], pair[place]) for side, pair in nearest], strict=True
        ):
            if np.isnan(found):
                ends.append(limit)
                who += [None, None]
                continue
            ends.append(float(found))
            who += [space.units[pairs.above[pair]], space.units[pairs.below[pair]]]
            confirmed &= _end_confirmed(pairs, place, ends[-1], limit, pair)
        rows.append((weight, *ends, *who, confirmed))
    columns = ["weight", "low", "high", "low_above", "low_below", "high_above", "high_below", "confirmed"]
    types = dict.fromkeys(columns[:3], float) | {"confirmed": bool}
    return pd.DataFrame(rows, index=list(space.children), columns=columns, dtype=object).astype(types)


def _nearest_ends(pairs: _Pairs) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return for each child the nearest threshold of any pair, and the pair: below its weight, and above it."""
    m = len(pairs.space.nominal)
    ends = [(np.full(m, np.nan), np.full(m, -1)) for _ in range(2)]
    for start in range(0, len(pairs.above), PAIRS):
        for (best, who), found, sign in zip(
            ends, pairs.some(slice(start, start + PAIRS)).crossings(), (-1, 1), strict=True
        ):
            away = np.where(np.isnan(found), np.inf, sign * found)
            pair = away.argmin(axis=0)
            least = away[pair, np.arange(m)]
            nearer = (least < np.inf) & ~(sign * best <= least)
            best[nearer], who[nearer] = sign * least[nearer], start + pair[nearer]
    return ends


def _ranked(space: WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return the units in the order of the ranking, and their places, which tied units share."""
    order = np.argsort(-space.values(), kind="stable")
    while True:
        leads = _Pairs(space, order[:-1], order[1:]).leads(space.nominal)
        wrong = np.flatnonzero(leads < 0)  # nearer to each other than the last digit of their values
        if not len(wrong):
            return order, np.append(0, np.cumsum(leads > 0))
        for place in wrong:
            order[[place, place + 1]] = order[[place + 1, place]]


def _kept_pairs(space: WeightSpace, keep: str | int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs, upper and lower unit, of which none may swap."""
    (order, place), count = _ranked(space), len(space.units)
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


def _end_confirmed(pairs: _Pairs, place: int, end: float, limit: float, pair: int) -> bool:
    """Return whether the recomputed scores keep every pair at the end of a weight's interval, and not beyond it."""
    space = pairs.space
    at, last = _moved(space, [place, place], [end, limit])
    stands = space.scores(at).to_numpy()
    beyond = space.scores(pairs.some(slice(pair, pair + 1)).seen(at, last)).to_numpy()
    kept = (stands[pairs.above] - stands[pairs.below]).min() >= -space.score_noise
    return bool(kept and beyond[pairs.above[pair]] < beyond[pairs.below[pair]])
