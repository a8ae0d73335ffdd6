"""Bootstrap resamples of the units, random orders of them, and percentile intervals."""

from __future__ import annotations

import numpy as np

__all__ = ["Resamples", "percentile_interval"]


class Resamples:
    """Bootstrap weights and random orders, drawn once for each number of units, so that all pairs share them.

    Parameters
    ----------
    generator : Generator
    count : int
        Resamples, and as many orders.
    """

    def __init__(self, generator: np.random.Generator, count: int) -> None:
        self.generator, self.count = generator, count
        self._weights: dict[int, np.ndarray] = {}
        self._orders: dict[int, np.ndarray] = {}

    def weights(self, n: int) -> np.ndarray:
        """Return how often each of n units is drawn: resamples x units."""
        if n not in self._weights:
            self._weights[n] = self.generator.multinomial(n, np.full(n, 1 / n), size=self.count).astype(float)
        return self._weights[n]

    def orders(self, n: int) -> np.ndarray:
        """Return random orders of n units: permutations x units."""
        if n not in self._orders:
            self._orders[n] = np.argsort(self.generator.random((self.count, n)), axis=1)
        return self._orders[n]


def percentile_interval(draws: np.ndarray, level: float) -> tuple[float, float]:
    """Return the percentile interval of the draws, NaN where there are none."""
    drawn = draws[~np.isnan(draws)]
    if not drawn.size:
        return np.nan, np.nan
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
