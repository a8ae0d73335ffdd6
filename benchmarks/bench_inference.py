"""Confidence sets of the ranks of 120 and of 1,000 units, against the same algorithm pair by pair.

Run: ``python benchmarks/bench_inference.py``. Medians; the plain way is timed on 120 units alone. The memory is what
the process holds at most while it works on 1,000 units, beyond what it held before.
"""

import resource
import time
from statistics import median

import numpy as np
import pandas as pd

from govtransparency import rank_confidence_sets, tiers, top_set

RESAMPLES = 1000


def timed(function, runs):
    """Return the median time of some runs, in seconds, and the last result."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return median(times), result


def country(units, rng=0):
    """Return scores of so many units, and their standard errors, as spread as those of a real index."""
    generator = np.random.default_rng(rng)
    names = [f"u{number}" for number in range(units)]
    scores = pd.Series(generator.normal(60, 12, units), names)
    return scores, pd.Series(generator.uniform(0.5, 4, units), names)


def plain(scores, errors, level=0.95, rng=0):
    """Return the sets by whole matrices of differences, redrawn at each step, as a plain translation of the paper."""
    x, s = scores.to_numpy(), errors.to_numpy()
    generator, n = np.random.default_rng(rng), len(x)
    difference, spread = x[:, None] - x, np.sqrt(s[:, None] ** 2 + s**2)
    active = ~np.eye(n, dtype=bool)
    while True:
        draws = generator.standard_normal((RESAMPLES, n)) * s
        largest = [np.max(((draw[:, None] - draw) / spread)[active]) for draw in draws]
        found = active & (difference / spread > np.quantile(largest, level))
        if not found.any():
            break
        active &= ~found
        if not active.any():
            break
    above = ~active & ~np.eye(n, dtype=bool)
    return pd.DataFrame({"low": 1 + above.sum(axis=0), "high": n - above.sum(axis=1)}, index=scores.index)


def held():
    """Return the most memory that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    """Print the times, the memory, and how the two ways agree."""
    scores, errors = country(120)
    small, sets = timed(lambda: rank_confidence_sets(scores, errors, resamples=RESAMPLES), 9)
    slow, theirs = timed(lambda: plain(scores, errors), 3)
    gap = (sets[["low", "high"]] - theirs).abs().to_numpy()
    alone, _ = timed(lambda: rank_confidence_sets(scores, errors, simultaneous=False, resamples=RESAMPLES), 5)
    print(
        f"120 units: {small:.3f} s at once, {alone:.3f} s each by itself; plain {slow:.2f} s ({slow / small:.0f} times)"
    )
    print(
        f"  the two ways differ by {gap.max()} places at most, in {np.mean(gap > 0):.1%} of the borders (other draws)"
    )
    print(f"  {tiers(sets).nunique()} tiers; {len(top_set(scores, errors, 10))} units may be among the first 10")
    scores, errors = country(1000)
    before = held()
    large, _ = timed(lambda: rank_confidence_sets(scores, errors, resamples=RESAMPLES), 3)
    print(f"1,000 units: {large:.2f} s, {held() - before:.0f} MB more than before")
    covariance = pd.DataFrame(np.diag(errors**2), scores.index, scores.index)
    joint, _ = timed(lambda: rank_confidence_sets(scores, covariance, resamples=RESAMPLES), 3)
    print(f"1,000 units with a covariance: {joint:.2f} s, {held() - before:.0f} MB")
    single, _ = timed(lambda: rank_confidence_sets(scores, errors, simultaneous=False, resamples=RESAMPLES), 1)
    print(f"1,000 units, each by itself: {single:.2f} s")


if __name__ == "__main__":
    main()
