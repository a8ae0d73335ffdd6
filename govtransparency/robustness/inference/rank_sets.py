"""What errors in the scores let one say about ranks: confidence sets, the set of the best, tiers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.ranking import FINE, rank, round_scores
from govtransparency.robustness.inference.draw_checks import check_options
from govtransparency.robustness.inference.score_differences import (
    ROUNDING,
    Degrees,
    cholesky,
    degrees_of,
    label_problems,
    read_errors,
    refuse_all,
)

__all__ = ["rank_confidence_sets", "top_set"]

SIDES = ("two-sided", "best", "worst")
BLOCK = 96  # units compared at a time, so that block x resamples stays in the processor's cache
SHARED = 1 << 25  # drawn differences from which on another thread is worth starting


def rank_confidence_sets(
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    *,
    level: float = 0.95,
    simultaneous: bool = True,
    side: str = "two-sided",
    step_down: bool = True,
    df: Degrees = None,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Confidence sets for the ranks of units whose scores carry errors.

    Two units are told apart where their difference, over its standard error, exceeds a critical value that holds for
    all differences at once. A unit's best rank is then one more than the number of units proven above it, and its worst
    the number of units less those proven below it. Scores are compared at 10 decimals, as `rank` does.

    Parameters
    ----------
    estimates : Series, unit -> score, higher is better
    errors : Series, unit -> standard error; or DataFrame, units x units, covariance of the scores
        A Series means that errors are independent between units.
    level : float
        Chance that the sets hold the true ranks, at least, in large samples.
    simultaneous : bool
        True: of all units at once. False: of each unit taken by itself, narrower; right only for a unit chosen before
        looking.
    side : {"two-sided", "best", "worst"}
        "best" bounds only how near the top a unit may be (``high`` is then the number of units), "worst" only how far
        down (``low`` is 1).
    step_down : bool
        Compute the critical value again without the differences found real, until no more are found.
    df : float, or DataFrame, units x units, optional
        Degrees of freedom of the errors, of all differences alike or of each. By default ``errors.attrs["df"]``, which
        `indicator_errors`, `assessor_errors`, `sampling_errors` and `add_errors` set; without it infinitely many, as if
        the errors were known.
    resamples : int
        Draws of the errors for the critical value. None are needed where the degrees of freedom are finite.
    rng : int or Generator

    Returns
    -------
    DataFrame, indexed by unit in the order of `estimates`
        estimate : float; rank, low, high : int, 1 = best, low <= rank <= high.

    Raises
    ------
    InputError
        Listing units without an estimate or an error, errors that are negative or of other units, a covariance that is
        not symmetric or not positive semi-definite, degrees of freedom that are not positive, options out of range.

    Notes
    -----
    Known errors: Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024), Inference for ranks with
    applications to mobility across neighbourhoods and academic achievement across countries, Review of Economic Studies
    91(1). The hypotheses are, for every ordered pair, that the first is not above the second; the critical value is the
    quantile, over draws Z from N(0, covariance), of the largest ``(Z_j - Z_k) / s_jk`` of the pairs not yet rejected.
    One set of draws serves all steps. It is made in the order of the estimates, so that the order of the table does not
    matter.

    Estimated errors, with finite degrees of freedom: a covariance estimated from few observations has few dimensions,
    and the maximum drawn from it is far too small. So each pair is judged by itself, ``(x_j - x_k) / s_jk`` against
    Student's t with the pair's degrees of freedom, and Holm's rule (1979, Scandinavian Journal of Statistics 6) holds
    the level over all ordered pairs, whatever depends on what; Bonferroni's without `step_down`.

    Examples
    --------
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> rank_confidence_sets(scores, pd.Series(2.0, index=scores.index))[["rank", "low", "high"]].values.tolist()
    [[1, 1, 1], [2, 2, 3], [3, 2, 3], [4, 4, 4]]
    """
    title = "rank_confidence_sets"
    check_options(level, resamples, rng, title=title)
    if side not in SIDES:
        raise InputError(f"side {side!r} is unknown; {nearest(side, SIDES)}", title=title)
    covariance, scores, order = sorted_input(estimates, errors, title=title)
    degrees = degrees_of(errors, df, estimates.index, title=title)
    spread = _difference_errors(covariance)
    if np.isfinite(degrees).any():
        chances = _chances(scores, spread, degrees if degrees.ndim == 0 else degrees[np.ix_(order, order)])
        low, high = _holm_sets(chances, 1 - level, side, step_down, simultaneous)
    else:
        draws = _draw(covariance, resamples, np.random.default_rng(rng))
        if simultaneous:
            above = _all_above(scores, spread, draws, level, step_down)
            low, high = 1 + above.sum(axis=0), len(scores) - above.sum(axis=1)
        else:
            low, high = _each_set(scores, spread, draws, level, side, step_down)
    sets = pd.DataFrame({"low": low, "high": high}, index=estimates.index[order]).reindex(estimates.index)
    if side == "best":
        sets["high"] = len(scores)
    elif side == "worst":
        sets["low"] = 1
    sets.insert(0, "rank", rank(estimates))
    sets.insert(0, "estimate", estimates.astype(float))
    return sets


def top_set(
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    k: int,
    *,
    level: float = 0.95,
    step_down: bool = True,
    df: Degrees = None,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.Index:
    """Return the units that cannot be excluded from the best k, best estimate first.

    The set holds all the truly best k with chance `level`, at least: the units whose one-sided simultaneous confidence
    set reaches rank k (Mogstad and others 2024, section 3.4). Parameters as in `rank_confidence_sets`.

    Parameters
    ----------
    estimates, errors, level, step_down, df, resamples, rng
        As in `rank_confidence_sets`.
    k : int
        1 to the number of units.

    Returns
    -------
    Index of units

    Raises
    ------
    InputError
        As `rank_confidence_sets`, and for a k that is no number of units.

    Examples
    --------
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> list(top_set(scores, pd.Series(2.0, index=scores.index), 2))
    ['A', 'B', 'C']
    """
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 1 <= k <= len(estimates):
        raise InputError(f"k {k!r}: expected a whole number from 1 to the {len(estimates)} units", title="top_set")
    sets = rank_confidence_sets(
        estimates, errors, level=level, side="best", step_down=step_down, df=df, resamples=resamples, rng=rng
    )
    return sets[sets["low"] <= k].sort_values("estimate", ascending=False, kind="stable").index


def sorted_input(
    estimates: pd.Series, errors: pd.Series | pd.DataFrame, *, title: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return variances (or the covariance), scores and the order, best first; raise on bad input."""
    if not isinstance(estimates, pd.Series) or not isinstance(errors, (pd.Series, pd.DataFrame)):
        raise InputError("expected a Series of estimates and a Series or DataFrame of errors", title=title)
    units = estimates.index
    problems = [f"duplicate unit {unit!r}" for unit in units[units.duplicated()].unique()]
    if len(units) < 2:
        problems.append(f"{len(units)} unit(s); at least 2 are needed")
    refuse_all(problems + label_problems(units, errors), title=title)
    scores = estimates.to_numpy(dtype=float, na_value=np.nan)
    problems = [f"unit {units[row]!r}: no finite estimate" for row in np.flatnonzero(~np.isfinite(scores))[:10]]
    given, more = read_errors(errors, units)
    refuse_all(problems + more, title=title)
    scores = round_scores(scores, decimals=FINE)
    order = np.argsort(-scores, kind="stable")
    return given[order] if given.ndim == 1 else given[np.ix_(order, order)], scores[order], order


def factor_of(covariance: np.ndarray) -> np.ndarray:
    """Return standard errors, or a matrix whose product with its transpose is the covariance."""
    if covariance.ndim == 1:
        return np.sqrt(covariance)
    if (triangle := cholesky(covariance)) is not None:
        return triangle
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(np.where(values > ROUNDING * values.max(), values, 0))


def _draw(covariance: np.ndarray, resamples: int, generator: np.random.Generator) -> np.ndarray:
    """Return draws of the errors, units x resamples; single precision is far within the noise of drawing."""
    factor = factor_of(covariance)
    noise = generator.standard_normal((len(covariance), resamples))
    return (noise * factor[:, None] if factor.ndim == 1 else factor @ noise).astype(np.float32)


def _difference_errors(covariance: np.ndarray) -> np.ndarray:
    """Return the standard error of every difference, units x units."""
    variance = covariance if covariance.ndim == 1 else np.diag(covariance)
    squares = variance[:, None] + variance[None] - (0 if covariance.ndim == 1 else 2 * covariance)
    return np.sqrt(np.where(squares > ROUNDING * variance.max(initial=0.0), squares, 0.0))


def _inverse(spread: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.where(spread > 0, 1 / spread, 0).astype(np.float32)


def _side_by_side(work: Callable[[Sequence], Any], items: Sequence, size: int) -> list:
    """Return what the work gives for parts of the items, on as many threads as its size is worth."""
    workers = min(4, os.cpu_count() or 1, 1 + size // SHARED)
    if workers == 1:
        return [work(items)]
    with ThreadPoolExecutor(workers) as executor:
        return list(executor.map(work, [items[first::workers] for first in range(workers)]))


def _all_above(scores: np.ndarray, spread: np.ndarray, draws: np.ndarray, level: float, step_down: bool) -> np.ndarray:
    """Return which unit (row) is proven above which (column); units come best first.

    Only the better of two can be proven above the other, so the reverse hypotheses are never taken out and their
    largest difference is found once. Of the others each block keeps its own, and is gone through again only where a
    hypothesis was taken out of it.
    """
    gap, inverse = scores[:, None] - scores[None], _inverse(spread)
    blocks = list(_blocks(len(scores)))
    kept = np.zeros((len(blocks), draws.shape[1]), dtype=np.float32)

    def first(part: Sequence[int]) -> np.ndarray:
        reverse, room = np.zeros(draws.shape[1], dtype=np.float32), np.empty((BLOCK, draws.shape[1]), dtype=np.float32)
        for at in part:
            row, columns = blocks[at]
            scaled = _scaled(draws, row, columns, inverse, room)
            np.maximum(reverse, scaled.max(axis=0), out=reverse)
            np.negative(scaled.min(axis=0), out=kept[at])
        return reverse

    def again(part: Sequence[int]) -> None:
        room = np.empty((BLOCK, draws.shape[1]), dtype=np.float32)
        for at in part:
            row, columns = blocks[at]
            open_ = columns.start + np.flatnonzero(~above[row, columns])
            kept[at] = -_scaled(draws, row, open_, inverse, room).min(axis=0) if len(open_) else 0

    size = draws.shape[1] * len(scores) ** 2 // 2
    reverse = np.max(_side_by_side(first, range(len(blocks)), size), axis=0)
    above = np.zeros(gap.shape, dtype=bool)
    while True:
        largest = np.maximum(reverse, kept.max(axis=0))
        found = (gap > np.quantile(largest.astype(float), level) * spread) & (gap > 0)
        if not step_down or found.sum() == above.sum():
            return found
        changed = found & ~above
        above = found
        _side_by_side(again, [at for at, block in enumerate(blocks) if changed[block].any()], int(changed.sum()))


def _scaled(
    draws: np.ndarray, unit: int, others: slice | np.ndarray, inverse: np.ndarray, room: np.ndarray
) -> np.ndarray:
    """Return the drawn differences of others to a unit over their standard errors, in the room given."""
    chosen = draws[others]
    scaled = np.subtract(chosen, draws[unit], out=room[: len(chosen)])
    return np.multiply(scaled, inverse[unit, others, None], out=scaled)


def _blocks(units: int) -> Iterator[tuple[int, slice]]:
    """Go through the pairs of units above the diagonal, a row and a block of columns at a time."""
    for row in range(units - 1):
        for start in range(row + 1, units, BLOCK):
            yield row, slice(start, min(start + BLOCK, units))


def _each_set(
    scores: np.ndarray, spread: np.ndarray, draws: np.ndarray, level: float, side: str, step_down: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return best and worst rank of each unit, the critical value found for that unit's own differences."""
    p = len(scores)
    low, high = np.ones(p, dtype=int), np.full(p, p)
    inverse = _inverse(spread)
    rises, falls = side != "worst", side != "best"  # whether the others may be proven above the unit, and below it

    def some(units: Sequence[int]) -> None:
        room = np.empty(draws.shape, dtype=np.float32)
        for unit in units:
            scaled = _scaled(draws, unit, slice(None), inverse, room)  # 0 for the unit itself
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

    _side_by_side(some, range(p), draws.size * p)
    return low, high


def _chances(scores: np.ndarray, spread: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Return the p-value of each unit (row) not being above each other (column); 1 unless it is in the estimates."""
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


def _holm_sets(
    chances: np.ndarray, share: float, side: str, step_down: bool, simultaneous: bool
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
