"""Which units are proven above which: against the procedures as they are written."""

import numpy as np
import pytest
from scipy.stats import t

from govtransparency.robustness.inference import multiple_comparisons


def all_above(scores, spread, draws, level):
    """Go through all pairs and all draws again at every step, as the procedure is written."""
    p = len(scores)
    open_ = ~np.eye(p, dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        inverse = np.where(spread > 0, 1 / spread, 0).astype(np.float32)
    while True:
        largest = [max(0, ((z[:, None] - z) * inverse)[open_].max(initial=0)) for z in draws.T]
        gap = scores[:, None] - scores
        found = open_ & (gap > np.quantile(np.array(largest, float), level) * spread) & (gap > 0)
        if not found.any():
            return ~open_ & ~np.eye(p, dtype=bool)
        open_ &= ~found


def each_set(scores, spread, draws, level, side):
    """Do the same with the differences to one unit alone."""
    p, sets = len(scores), []
    for unit in range(p):
        others = np.arange(p) != unit
        up = down = np.zeros(p, dtype=bool)
        while True:
            with np.errstate(divide="ignore", invalid="ignore"):
                scaled = np.where(spread[unit] > 0, 1 / spread[unit], 0).astype(np.float32)[:, None]
            scaled = (draws - draws[unit]) * scaled
            parts = [np.zeros((1, draws.shape[1]), dtype=np.float32)]
            parts += [scaled[others & ~up]] if side != "worst" else []
            parts += [-scaled[others & ~down]] if side != "best" else []
            bound = np.quantile(np.concatenate(parts).max(axis=0).astype(float), level) * spread[unit]
            gap = scores - scores[unit]
            higher, lower = (gap > bound) & (gap > 0) & (side != "worst"), (-gap > bound) & (gap < 0) & (side != "best")
            if (higher == up).all() and (lower == down).all():
                break
            up, down = higher, lower
        sets.append((1 + up.sum(), p - down.sum()))
    return np.array(sets).T


@pytest.mark.parametrize("common", [False, True])
def test_steps_equal_going_through_all_pairs_again(common, monkeypatch):
    monkeypatch.setattr(multiple_comparisons, "SHARED", 1000)  # several threads
    rng = np.random.default_rng(3)
    p = multiple_comparisons.BLOCK + 14
    scores = np.sort(np.concatenate([rng.normal(0, 4, p // 2), rng.normal(40, 9, p - p // 2)]))[::-1]
    covariance = rng.uniform(0.1, 3, p) ** 2
    if common:
        loads = rng.normal(size=(p, 3))
        covariance = np.diag(covariance) + loads @ loads.T
    draws, spread = (
        multiple_comparisons.drawn_errors(covariance, 150, rng),
        multiple_comparisons.difference_errors(covariance),
    )
    for step_down in (True, False):
        above = multiple_comparisons.all_above(scores, spread, draws, 0.95, step_down)
        if step_down:
            np.testing.assert_array_equal(above, all_above(scores, spread, draws, 0.95))
            many = above.sum()
    assert common or above.sum() < many  # so that there were steps to go wrong
    for side in ("two-sided", "best", "worst"):
        found = multiple_comparisons.each_set(scores, spread, draws, 0.95, side, True)
        np.testing.assert_array_equal(found, each_set(scores, spread, draws, 0.95, side))


def test_holms_rule_as_it_is_written():
    rng = np.random.default_rng(14)
    p = 7
    scores = np.sort(rng.normal(0, 5, p))[::-1]
    spread = rng.uniform(0.5, 2, (p, p))
    spread = (spread + spread.T) / 2
    chances = multiple_comparisons.p_values_of_order(scores, spread, np.asarray(6.0))
    pairs = sorted(
        (t.sf((scores[j] - scores[k]) / spread[j, k], 6), j, k) for j in range(p) for k in range(p) if j != k
    )
    above = np.zeros((p, p), dtype=bool)
    for place, (chance, j, k) in enumerate(pairs):
        if chance > 0.05 / (len(pairs) - place):
            break
        above[j, k] = True
    low, high = multiple_comparisons.holm_sets(chances, 0.05, "two-sided", True, True)
    np.testing.assert_array_equal(low, 1 + above.sum(axis=0))
    np.testing.assert_array_equal(high, p - above.sum(axis=1))
    single = multiple_comparisons.holm_sets(chances, 0.05, "two-sided", False, True)[0]
    assert (single <= low).all() and (single < low).any()
