"""Every common coefficient of agreement of two rankings, with its resamples, chance level and p-value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govtransparency.ranking import column_ranks
from govtransparency.robustness.stability.overlap import overlap_at_depths, overlap_of_orders

__all__ = ["CORRELATIONS", "STATISTICS", "PairOfRankings"]

CORRELATIONS = ("tau_b", "tau_x", "weighted_tau", "spearman")
STATISTICS = (*CORRELATIONS, "footrule", "mean_rank_shift", "rbo", "overlap")
LARGEST = 1_000_000  # cells worked on at once, so that they stay in the processor's cache

Statistic = tuple[float, np.ndarray, float, float]


@dataclass(frozen=True)
class PairOfRankings:
    """Two rankings of the same units.

    Attributes
    ----------
    a, b : ndarray
        Ranks of the units, 1 the best.
    top : int
        How many places make the top whose overlap is counted.
    p : float
        Persistence of the rank-biased overlap.
    """

    a: np.ndarray
    b: np.ndarray
    top: int
    p: float

    def statistics(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        """Return value, bootstrap draws, chance level and p-value of each statistic."""
        return self._correlations(weights, orders) | self._distances(weights, orders) | self._overlaps(weights, orders)

    def _correlations(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        from scipy import stats

        n = len(self.a)
        signs_a, signs_b = _signs(self.a), _signs(self.b)
        exchange = [1 / _place(self.a, self.b), 1 / _place(self.b, self.a)]
        alike, in_a, in_b = signs_a * signs_b, signs_a != 0, signs_b != 0
        draws = dict(
            zip(
                ("tau_b", "weighted_tau"),
                _taus(weights @ alike, weights @ in_a, weights @ in_b, weights, exchange),
                strict=True,
            )
        )
        # tau-x: a tie is scored as if each unit were ahead of the other
        ahead_a, ahead_b = _ahead(signs_a), _ahead(signs_b)
        pairs = n**2 - np.sum(weights**2, axis=1)
        with np.errstate(invalid="ignore"):
            draws["tau_x"] = np.sum(weights * (weights @ (ahead_a * ahead_b)), axis=1) / pairs
        draws["spearman"] = _weighted_correlation(_mean_ranks(self.a), _mean_ranks(self.b), weights)

        chance: dict[str, list[np.ndarray]] = {"tau_b": [], "weighted_tau": [], "tau_x": []}
        ties = not (in_a.sum() == in_b.sum() == n * (n - 1))
        for some in np.array_split(orders, min(len(orders), -(-orders.size * n // LARGEST))):
            in_order = (some[:, :, None], some[:, None, :])
            together = np.asarray(np.sum(signs_a * signs_b[in_order], axis=2, dtype=np.int32))
            b = self.b[some]
            exchange_now = [1 / _place(self.a, b), 1 / _place(b, self.a)] if ties else [exchange[0], exchange[1][some]]
            tau_b, weighted = _taus(
                together, in_a.sum(axis=1), in_b.sum(axis=1)[some], np.ones(some.shape), exchange_now
            )
            chance["tau_b"].append(tau_b)
            chance["weighted_tau"].append(weighted)
            if ties:
                tau_x = np.sum(ahead_a * ahead_b[in_order], axis=(1, 2), dtype=np.int64) / (n * (n - 1))
                chance["tau_x"].append(np.asarray(tau_x))
        by_chance = {name: np.concatenate(values or chance["tau_b"]) for name, values in chance.items()}
        rank_a, rank_b = _mean_ranks(self.a), _mean_ranks(self.b)
        by_chance["spearman"] = _row_correlations(rank_a, rank_b[orders])
        constant = not (in_a.any() and in_b.any())
        values = {
            "tau_b": np.nan if constant else stats.kendalltau(self.a, self.b).statistic,
            "weighted_tau": np.nan if constant else stats.weightedtau(-self.a, -self.b).statistic,
            "tau_x": np.sum(ahead_a * ahead_b, dtype=np.int64) / (n * (n - 1)),
            "spearman": np.nan if constant else _row_correlations(rank_a, rank_b[None])[0],
        }
        return {
            name: (
                float(values[name]),
                draws[name],
                # two random rankings without ties have a mean correlation of 0
                float(np.mean(by_chance[name])) if name == "tau_x" and ties else 0.0,
                _permutation_p_value(np.abs(by_chance[name]) >= abs(values[name]) - 1e-12)
                if not np.isnan(values[name])
                else np.nan,
            )
            for name in CORRELATIONS
        }

    def _distances(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        n = len(self.a)
        shifts = np.abs(self.a - self.b)
        by_chance = np.mean(np.abs(self.a - self.b[orders]), axis=1)
        mean, chance = float(shifts.mean()), float(np.mean(np.abs(self.a[:, None] - self.b)))
        drawn, p_value = weights @ shifts / n, _permutation_p_value(by_chance <= mean + 1e-12)
        return {
            "mean_rank_shift": (mean, drawn, chance, p_value),
            "footrule": (float(shifts.sum()), drawn * n, chance * n, p_value),
        }

    def _overlaps(self, weights: np.ndarray, orders: np.ndarray) -> dict[str, Statistic]:
        from scipy import stats

        n, one = len(self.a), np.ones((1, len(self.a)))
        before = [(x[:, None] > x[None]).astype(float) for x in (self.a, self.b)]
        level = [(x[:, None] == x[None]).astype(float) for x in (self.a, self.b)]
        drawn_a, drawn_b = ((weights @ before[at].T, weights @ level[at].T) for at in (0, 1))
        drawn_rbo = overlap_at_depths(drawn_a[0], drawn_a[1], drawn_b[0], drawn_b[1], weights, p=self.p)
        ahead_a, tied_a, ahead_b, tied_b = (matrix.sum(axis=1) for matrix in (before[0], level[0], before[1], level[1]))
        rbo = float(overlap_at_depths(ahead_a[None], tied_a[None], ahead_b[None], tied_b[None], one, p=self.p)[0])
        by_chance = overlap_of_orders(ahead_a, tied_a, ahead_b, tied_b, orders, p=self.p)
        depth = np.arange(1, n + 1)
        chance = float(np.sum((1 - self.p) / self.p * self.p**depth * depth / n) + self.p**n)
        first_a, first_b = self.first
        size_a, size_b, both = int(first_a.sum()), int(first_b.sum()), int((first_a & first_b).sum())
        with np.errstate(invalid="ignore"):
            drawn = 2 * (weights @ (first_a & first_b)) / (weights @ first_a + weights @ first_b)
        return {
            "rbo": (rbo, drawn_rbo, chance, _permutation_p_value(by_chance >= rbo - 1e-12)),
            "overlap": (
                2 * both / (size_a + size_b),
                drawn,
                2 * size_a * size_b / n / (size_a + size_b),
                float(stats.hypergeom.sf(both - 1, n, size_a, size_b)),
            ),
        }

    @property
    def first(self) -> tuple[np.ndarray, np.ndarray]:
        """Which units are among the first of each ranking; more than `top` where units at the border are tied."""
        first_a, first_b = (column_ranks(x[:, None])[:, 0] <= self.top for x in (self.a, self.b))
        return first_a, first_b


def _signs(x: np.ndarray) -> np.ndarray:
    """Return +1 where the unit of the row is ahead of the unit of the column, -1 where behind, 0 where tied."""
    return np.sign(x[None] - x[:, None]).astype(np.int8)


def _ahead(signs: np.ndarray) -> np.ndarray:
    scores = np.where(signs >= 0, 1, -1).astype(np.int8)
    np.fill_diagonal(scores, 0)
    return scores


def _place(first: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Return each unit's place, 1 the best, by `first` and among ties by `then`; units along the last axis."""
    order = np.lexsort(np.broadcast_arrays(then, first))
    places = np.empty(order.shape)
    np.put_along_axis(places, order, np.arange(1.0, order.shape[-1] + 1), axis=-1)
    return places


def _mean_ranks(x: np.ndarray) -> np.ndarray:
    return column_ranks(x[:, None], ties="average")[:, 0]


def _taus(
    together: np.ndarray, in_a: np.ndarray, in_b: np.ndarray, weights: np.ndarray, exchange: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return tau-b and weighted tau of many resamples.

    Parameters
    ----------
    together, in_a, in_b : ndarray, resamples x units
        Sums over the other units: of sign times sign, and of not being tied in each ranking.
    weights : ndarray, resamples x units
    exchange : list of two ndarrays
        Weight of each unit in an exchange, by each ranking.
    """

    def tau(each: np.ndarray) -> np.ndarray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.sum(each * together, axis=1) / np.sqrt(np.sum(each * in_a, axis=1) * np.sum(each * in_b, axis=1))

    return tau(weights), (tau(weights * exchange[0]) + tau(weights * exchange[1])) / 2


def _weighted_correlation(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> np.ndarray:
    n = weights.sum(axis=1)
    mean_x, mean_y = weights @ x / n, weights @ y / n
    covariance = weights @ (x * y) / n - mean_x * mean_y
    spread = (weights @ x**2 / n - mean_x**2) * (weights @ y**2 / n - mean_y**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-9, covariance / np.sqrt(np.maximum(spread, 0)), np.nan)


def _row_correlations(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return Pearson's correlation of `x` with each row of `y`."""
    dx, dy = x - x.mean(), y - y.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return dy @ dx / np.sqrt(np.sum(dx**2) * np.sum(dy**2, axis=1))


def _permutation_p_value(hits: np.ndarray) -> float:
    """Return the p-value of a permutation test; the order observed counts as one of the permutations."""
    return (int(hits.sum()) + 1) / (hits.size + 1)
