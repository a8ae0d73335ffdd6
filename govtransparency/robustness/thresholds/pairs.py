"""Leads of one unit over another as functions of the weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from govtransparency.robustness.thresholds.nearest_weights import distance
from govtransparency.robustness.thresholds.weight_space import STEP, WeightSpace, leads_under, settled

__all__ = ["Swap"]


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
    >>> from govtransparency import Framework, Node, Recipe, build_index, weight_to_swap
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


def confirmed_swap(
    pair: Pairs,
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


def in_order(space: WeightSpace, a: np.ndarray, b: np.ndarray) -> Pairs:
    """Return the pairs, the upper unit of each first."""
    pairs = Pairs(space, a, b)
    swapped = pairs.leads(space.nominal) < 0
    return Pairs(space, np.where(swapped, b, a), np.where(swapped, a, b)) if swapped.any() else pairs


def moved_weight(
    space: WeightSpace, places: Sequence[int] | np.ndarray, to: Sequence[float] | np.ndarray
) -> np.ndarray:
    """Return vectors of weights, a row for each place, with that weight at its value, the others in proportion."""
    rows, values = np.arange(len(places)), np.asarray(to)
    weights = np.tile(space.nominal, (len(places), 1))
    weights[rows, places] = 0.0
    weights *= ((1 - values) / weights.sum(axis=1))[:, None]
    weights[rows, places] = values
    return weights


class Pairs:
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

    def some(self, places: np.ndarray | slice) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.space, self.above[places], self.below[places])

    def leads(self, weights: np.ndarray) -> np.ndarray:
        """Return each pair's lead under one vector of weights for all, or one a pair: only its sign and zero count."""
        weights = np.broadcast_to(weights, self.differences.shape)
        found = settled(sum_of(weights, self.differences), sum_of(weights, self.sizes))
        if len(self.apart):
            (n, d, s), (n_, d_, s_) = [[sum_of(weights[self.apart], part) for part in side] for side in self.sides]
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
        nominal, others = self.space.nominal, others_of(self.space.nominal)
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


def others_of(nominal: np.ndarray) -> np.ndarray:
    """Return what share each child (row) has of the weight left by another (column)."""
    others = np.tile(nominal[:, None], (1, len(nominal)))
    np.fill_diagonal(others, 0.0)
    rest = others.sum(axis=0)
    return others / np.where(rest > 0, rest, 1.0)


def sum_of(weights: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    return np.einsum("pm,pm->p", weights, numbers)


def confirmed_pairs(pairs: Pairs, child: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """Return for which pairs whole weight vectors just before and just beyond give the lead its two signs."""
    confirmed = np.zeros(len(child), dtype=bool)
    nominal = pairs.space.nominal[child]
    for share in (STEP, 1e3 * STEP, 0.5):  # a small lead is seen from further away
        left = np.flatnonzero((child >= 0) & ~confirmed)
        if not len(left):
            break
        some, places, t, start = pairs.some(left), child[left], threshold[left], nominal[left]
        beyond, before, up = (
            some.leads(moved_weight(some.space, places, t + share * (end - t)))
            for end in ((t > start) * 1.0, start, 1.0)
        )
        confirmed[left] = np.where(t == start, beyond * up < 0, (before > 0) & (beyond < 0))
    return confirmed
