"""Which units are proven above which: simultaneous tests of all differences by drawn errors or by Holm's rule."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from govtransparency.robustness.inference.scores_and_errors import ROUNDING, square_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Side", "all_above", "difference_errors", "drawn_errors", "each_set", "holm_sets", "p_values_of_order"]

Side = Literal["two-sided", "best", "worst"]

BLOCK = 96  # units compared at a time, so that block x resamples stays in the processor's cache
SHARED = 1 << 25  # drawn differences from which on another thread is worth starting


def drawn_errors(covariance: np.ndarray, resamples: int, generator: np.random.Generator) -> np.ndarray:
    """Return draws of the errors, units x resamples; single precision is far below the noise of drawing."""
    factor = square_root(covariance)
    noise = generator.standard_normal((len(covariance), resamples))
    return (noise * factor[:, None] if factor.ndim == 1 else factor @ noise).astype(np.float32)


def difference_errors(covariance: np.ndarray) -> np.ndarray:
    """Return the standard error of every difference, units x units."""
    variance = covariance if covariance.ndim == 1 else np.diag(covariance)
    squares = variance[:, None] + variance[None] - (0 if covariance.ndim == 1 else 2 * covariance)
    return np.sqrt(np.where(squares > ROUNDING * variance.max(initial=0.0), squares, 0.0))


def _inverse(spread: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.where(spread > 0, 1 / spread, 0).astype(np.float32)


def _in_threads(work: Callable[[Sequence[int]], Any], items: Sequence[int], size: int) -> list[Any]:
    """Return the results of the work for parts of the items, on as many threads as its size is worth."""
    workers = min(4, os.cpu_count() or 1, 1 + size // SHARED)
    if workers == 1:
        return [work(items)]
    with ThreadPoolExecutor(workers) as executor:
        return list(executor.map(work, [items[first::workers] for first in range(workers)]))


def all_above(scores: np.ndarray, spread: np.ndarray, draws: np.ndarray, level: float, step_down: bool) -> np.ndarray:
    """Return which unit (row) is proven above which (column); units come best first.

    Only the better of two can be proven above the other, so the reverse hypotheses are never rejected and their largest
    difference is found once. Of the others each block keeps its own, and is computed again only where a hypothesis of
    it was rejected.
    """
    gap, inverse = scores[:, None] - scores[None], _inverse(spread)
    blocks = list(_blocks(len(scores)))
    kept = np.zeros((len(blocks), draws.shape[1]), dtype=np.float32)

    def first(part: Sequence[int]) -> np.ndarray:
        reverse, memory = (
            np.zeros(draws.shape[1], dtype=np.float32),
            np.empty((BLOCK, draws.shape[1]), dtype=np.float32),
        )
        for at in part:
            row, columns = blocks[at]
            scaled = _scaled(draws, row, columns, inverse, memory)
            np.maximum(reverse, scaled.max(axis=0), out=reverse)
            np.negative(scaled.min(axis=0), out=kept[at])
        return reverse

    def again(part: Sequence[int]) -> None:
        memory = np.empty((BLOCK, draws.shape[1]), dtype=np.float32)
        for at in part:
            row, columns = blocks[at]
            open_ = columns.start + np.flatnonzero(~above[row, columns])
            kept[at] = -_scaled(draws, row, open_, inverse, memory).min(axis=0) if len(open_) else 0

    size = draws.shape[1] * len(scores) ** 2 // 2
    reverse = np.max(_in_threads(first, range(len(blocks)), size), axis=0)
    above = np.zeros(gap.shape, dtype=bool)
    while True:
        largest = np.maximum(reverse, kept.max(axis=0))
        found = (gap > np.quantile(largest.astype(float), level) * spread) & (gap > 0)
        if not step_down or found.sum() == above.sum():
            return found
        changed = found & ~above
        above = found
        _in_threads(again, [at for at, block in enumerate(blocks) if changed[block].any()], int(changed.sum()))


def _scaled(
    draws: np.ndarray, unit: int, others: slice | np.ndarray, inverse: np.ndarray, memory: np.ndarray
) -> np.ndarray:
    """Return the drawn differences of others to a unit over their standard errors, written into the given memory."""
    chosen = draws[others]
    scaled = np.subtract(chosen, draws[unit], out=memory[: len(chosen)])
    return np.multiply(scaled, inverse[unit, others, None], out=scaled)


def _blocks(units: int) -> Iterator[tuple[int, slice]]:
    """Go through the pairs of units above the diagonal, one row and one block of columns at a time."""
    for row in range(units - 1):
        for start in range(row + 1, units, BLOCK):
            yield row, slice(start, min(start + BLOCK, units))


def each_set(
    scores: np.ndarray, spread: np.ndarray, draws: np.ndarray, level: float, side: Side, step_down: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return best and worst rank of each unit, with a critical value for that unit's own differences."""
    p = len(scores)
    low, high = np.ones(p, dtype=int), np.full(p, p)
    inverse = _inverse(spread)
    rises, falls = side != "worst", side != "best"  # whether the others may be proven above the unit, and below it

    def some(units: Sequence[int]) -> None:
        memory = np.empty(draws.shape, dtype=np.float32)
        for unit in units:
            scaled = _scaled(draws, unit, slice(None), inverse, memory)  # 0 for the unit itself
            gap, error = scores - scores[unit], spread[unit]
            up = down = np.zeros(p, dtype=bool)
            largest_up = np.maximum(scaled.max(axis=0), 0) if rises else 0
            largest_down = np.maximum(-scaled.min(axis=0), 0) if falls else 0
            while True:
                bound = np.quantile(np.maximum(largest_up, largest_down).astype(float), level) * error
                more_up, more_down = rises & (gap > bound) & (gap > 0), falls & (-gap > bound) & (gap < 0)
                same_up, same_down = up.sum() == more_up.sum(), down.sum() == more_down.sum()
                up, down = more_up, more_down
                if not step_down or (same_up and same_down):
                    break
                if not same_up:
                    largest_up = np.maximum(scaled[~up].max(axis=0), 0)
                if not same_down:
                    largest_down = np.maximum(-scaled[~down].min(axis=0), 0)
            low[unit], high[unit] = 1 + up.sum(), p - down.sum()

    _in_threads(some, range(p), draws.size * p)
    return low, high


def p_values_of_order(scores: np.ndarray, spread: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Return the p-value of "not above" for each unit (row) and each other (column); 1 where it does not score more."""
    from scipy.special import stdtr

    gap = scores[:, None] - scores[None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap > 0, stdtr(degrees, -gap / spread), 1.0)


def _holm(chances: np.ndarray, share: float, step_down: bool) -> np.ndarray:
    """Return which hypotheses of each row (the last axis) Holm's rule rejects, or Bonferroni's without steps."""
    count = chances.shape[-1]
    if not step_down:
        return chances <= share / count
    ordered = np.sort(chances, axis=-1)
    kept = np.cumsum(ordered > share / np.arange(count, 0, -1), axis=-1) > 0
    cut = np.max(ordered, axis=-1, keepdims=True, initial=-1.0, where=~kept)
    return chances <= cut


def holm_sets(
    chances: np.ndarray, share: float, side: Side, step_down: bool, simultaneous: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return best and worst rank of each unit, by Holm's rule over all ordered pairs or over each unit's own."""
    p = len(chances)
    others = ~np.eye(p, dtype=bool)
    above = np.zeros((p, p), dtype=bool)
    if simultaneous:
        above[others] = _holm(chances[others], share, step_down)
        return 1 + above.sum(axis=0), p - above.sum(axis=1)
    up, down = chances.T[others].reshape(p, p - 1), chances[others].reshape(p, p - 1)
    family = {"two-sided": np.hstack([up, down]), "best": up, "worst": down}[side]
    found = _holm(family, share, step_down)
    rises = found[:, : p - 1].sum(axis=1) if side != "worst" else 0
    falls = found[:, -(p - 1) :].sum(axis=1) if side != "best" else 0
    return np.broadcast_to(1 + rises, p), np.broadcast_to(p - falls, p)
