"""Leads of one unit over another as functions of the weights, and the weights at which they change sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency.robustness.thresholds.weight_space import WeightSpace, mean_leads, without_noise

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PairLeads", "ranking_order", "upper_first"]


class PairLeads:
    """Pairs of units, and the lead of the upper unit over the lower one as a function of the weights.

    Leads are sums of differences, not differences of sums: no digit of nearly equal units is lost. Where the two units
    of a pair lack different children, the lead is a difference of ratios, and terms are measured from one they share.

    Parameters
    ----------
    space : WeightSpace
    above, below : ndarray of int
        Rows of the upper and the lower unit of each pair.
    """

    def __init__(self, space: WeightSpace, above: np.ndarray, below: np.ndarray) -> None:
        self.space, self.above, self.below = space, above, below
        present = ~np.isnan(space.terms)
        terms = np.where(present, space.terms, 0.0)
        shared = present[above] & present[below]
        self.differences = np.where(shared, terms[above] - terms[below], 0.0)
        self.sizes = np.maximum(np.abs(terms[above]), np.abs(terms[below]))
        # pairs whose units lack different children
        self.unlike = np.flatnonzero((present[above] != present[below]).any(axis=1))
        a, b = above[self.unlike], below[self.unlike]
        base = terms[b, np.argmax(shared[self.unlike], axis=1)][:, None]
        # sums, their weights, and their sizes before they are measured from the base
        self.sides = [
            (np.where(present[unit], terms[unit] - base, 0.0), present[unit] * 1.0, np.abs(terms[unit]))
            for unit in (a, b)
        ]

    def subset(self, places: Sequence[int] | np.ndarray | slice) -> PairLeads:
        """Return some of the pairs."""
        return PairLeads(self.space, self.above[places], self.below[places])

    def leads(self, weights: np.ndarray) -> np.ndarray:
        """Return numbers with the sign of each pair's lead, 0 for a tie.

        Parameters
        ----------
        weights : ndarray of children, or pairs x children
            The same weights for all pairs, or those of each.
        """
        weights = np.broadcast_to(weights, self.differences.shape)
        found = without_noise(_weighted_sums(weights, self.differences), _weighted_sums(weights, self.sizes))
        if len(self.unlike):
            (n, d, s), (n_, d_, s_) = [
                [_weighted_sums(weights[self.unlike], part) for part in side] for side in self.sides
            ]
            found[self.unlike] = without_noise(n * d_ - n_ * d, s * d_ + s_ * d)
        return found

    def just_beyond(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Return weights a small part of the way from a threshold to the end, where the first lead is clearly not 0."""
        return self.space.just_beyond(start, end, lambda weights: self.leads(weights[None])[0])

    def crossings(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the nearest lower and the nearest higher weight of each child at which each pair swaps, NaN if none.

        Returns
        -------
        two ndarrays, pairs x children
        """
        nominal, others = self.space.nominal, _shares_of_the_rest(self.space.nominal)
        ahead = np.sign(self.leads(nominal))[:, None]
        own, rest = self.differences, mean_leads(others, self.differences, self.sizes)
        swaps = np.sign(own) * np.sign(rest) < 0
        with np.errstate(divide="ignore", invalid="ignore"):
            roots = rest / (rest - own)
        low, high = (np.where(swaps & (ahead * end < 0), roots, np.nan) for end in (rest, own))
        if len(self.unlike):
            low[self.unlike], high[self.unlike], swaps[self.unlike] = self._ratio_crossings(others)
        already_tied = np.where(swaps, nominal, np.nan)
        return np.where(ahead == 0, already_tied, low), np.where(ahead == 0, already_tied, high)

    def _ratio_crossings(self, others: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return `crossings` for the pairs that lack different children, and where the lead is not 0 for all weights.

        With x the ratio of the child's weight to the rest, a lead times both denominators is ``c2 x^2 + c1 x + c0``.
        """
        (n, d, s), (n_, d_, s_) = [[(part, part @ others) for part in side] for side in self.sides]
        c2 = without_noise(n[0] * d_[0] - n_[0] * d[0], s[0] * d_[0] + s_[0] * d[0])
        c1 = without_noise(
            n[0] * d_[1] + n[1] * d_[0] - n_[0] * d[1] - n_[1] * d[0],
            s[0] * d_[1] + s[1] * d_[0] + s_[0] * d[1] + s_[1] * d[0],
        )
        c0 = without_noise(n[1] * d_[1] - n_[1] * d[1], s[1] * d_[1] + s_[1] * d[1])
        discriminant = without_noise(c1**2 - 4 * c2 * c0, c1**2 + 4 * np.abs(c2 * c0))
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


def upper_first(space: WeightSpace, a: np.ndarray, b: np.ndarray) -> PairLeads:
    """Return the pairs of units with the one that ranks higher under the recipe's weights first."""
    pairs = PairLeads(space, a, b)
    swapped = pairs.leads(space.nominal) < 0
    return PairLeads(space, np.where(swapped, b, a), np.where(swapped, a, b)) if swapped.any() else pairs


def ranking_order(space: WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return the units in the order of the ranking, and their places, which tied units share."""
    order = np.argsort(-space.values(), kind="stable")
    while True:
        leads = PairLeads(space, order[:-1], order[1:]).leads(space.nominal)
        wrong = np.flatnonzero(leads < 0)  # closer to each other than the last digit of their values
        if not len(wrong):
            return order, np.append(0, np.cumsum(leads > 0))
        for place in wrong:
            order[[place, place + 1]] = order[[place + 1, place]]


def _shares_of_the_rest(nominal: np.ndarray) -> np.ndarray:
    """Return the share of each child (row) in the weight that all but one child (column) have together."""
    others = np.tile(nominal[:, None], (1, len(nominal)))
    np.fill_diagonal(others, 0.0)
    rest = others.sum(axis=0)
    return others / np.where(rest > 0, rest, 1.0)


def _weighted_sums(weights: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Return the sum of each row, weighted by the same row of the weights."""
    return np.einsum("pm,pm->p", weights, numbers)
