"""Rank many score vectors at once, by the recipe's own rule, and count how often each unit has each rank."""

from __future__ import annotations

import math
import sys
import threading
from functools import cache

import numpy as np

from govtransparency.ranking import RankRule, round_scores
from govtransparency.robustness.monte_carlo.rank_counts_numba import count_rows, count_short_rows, steps

__all__ = ["NARROW", "bins", "count", "rank_rows", "rank_values"]


FINE = 6  # decimals from which equal rounded scores are rare enough to be examined one row at a time
NARROW = 256  # units up to which a row is sorted inside the vector registers and a histogram stays in the cache
TINY = np.finfo(float).tiny
KEPT = 1 << 18  # most whole numbers in a working array of a thread
NEAR = 3.0  # scores further apart than this, in units of the last decimal, are never tied, however they are rounded
TIED_BINS = {  # the bin of tied units: multiples of their first place, last place, number of their group, own place
    "min": (1, 0, 0, 0),
    "max": (0, 1, 0, 0),
    "average": (1, 1, 0, 0),
    "dense": (0, 0, 1, 0),
    "ordinal": (0, 0, 0, 1),
}


def bins(units: int, rule: RankRule) -> int:
    """Return how many different ranks are possible; the tie rule "average" gives half ranks too."""
    return 2 * units - 1 if rule.ties == "average" else units


def rank_values(units: int, rule: RankRule) -> np.ndarray:
    """Return the rank of each bin, from 1."""
    return (np.arange(bins(units, rule)) + 2) / 2 if rule.ties == "average" else np.arange(1, units + 1)


def rank_rows(scores: np.ndarray, rule: RankRule) -> np.ndarray:
    """Rank the units of every row.

    Parameters
    ----------
    scores : ndarray, draws x units
        Finite.
    rule : RankRule

    Returns
    -------
    ndarray of int, draws x units
        The bin of each unit's rank (see `rank_values`): exactly the rank that `govtransparency.rank` gives.
    """
    units, places = _in_order(scores, rule)
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, units, places, axis=1)
    return ranks


def count(scores: np.ndarray, rule: RankRule, counts: np.ndarray, times: int = 1, *, compiled: bool = False) -> None:
    """Add to `counts` (bins x units) how often each unit holds each rank.

    Parameters
    ----------
    scores : ndarray, draws x units
        Finite.
    rule : RankRule
    counts : ndarray of int, bins x units, contiguous
        Changed in place.
    times : int
        Number of draws that each row represents.
    compiled : bool
        Whether numba may be imported for it, where it is installed; this pays for many rows. Once any part of the
        program has imported numba, it is used in any case.
    """
    n = counts.shape[1]
    if (compiled or "numba" in sys.modules) and _can_compile():
        left = (_short_rows if n <= NARROW else _long_rows)(scores, rule, counts, times)
        if not left.any():
            return
        scores = scores[left]
    cells, one = counts.reshape(-1), counts.dtype.type(times)  # of the same type: np.add.at is fast
    step = max(16, (KEPT if n <= NARROW else 2 * KEPT) // 4 // n)
    for start in range(0, len(scores), step):
        units, places = _in_order(scores[start : start + step], rule)
        if n > NARROW:  # place by place, so that the cells counted one after the other are near each other in memory
            units, places = np.ascontiguousarray(units.T), np.ascontiguousarray(places.T)
        np.add(units, places * n, out=units)
        np.add.at(cells, units.reshape(-1), one)


def _short_rows(scores: np.ndarray, rule: RankRule, counts: np.ndarray, times: int) -> np.ndarray:
    """Count by compiled steps and return which rows are left: those where the rule must decide on two close scores."""
    low, high = _extremes(scores)
    if not _fits(low, high, scores.shape[1], rule):
        return np.ones(len(scores), dtype=np.bool_)
    apart = NEAR / 10.0**rule.decimals
    if rule.decimals < FINE:
        scores, apart = -_rounded(scores, rule), 0.0
        low, high = _extremes(scores)
    left = np.zeros(len(scores), dtype=np.bool_)
    line = _scale(low, high, scores.shape[1], apart, np.int32)
    step = max(16, KEPT // 8 // scores.shape[1])
    for start in range(0, len(scores), step):
        part = slice(start, start + step)
        rows = np.ascontiguousarray(scores[part])
        keys = _space.pair(rows.shape)[0].reshape(-1).view(np.int32)[: rows.size].reshape(rows.shape)
        count_short_rows(rows, line, apart, TIED_BINS[rule.ties], keys, counts, times, left[part])
    return left


def _long_rows(scores: np.ndarray, rule: RankRule, counts: np.ndarray, times: int) -> np.ndarray:
    """Count rows of many units by compiled steps and return which rows are left."""
    n = counts.shape[1]
    if rule.decimals < FINE or not _fits(*_extremes(scores), n, rule):
        return np.ones(len(scores), dtype=np.bool_)
    bin_of = _bins(np.arange(n), np.arange(n), rule)
    return count_rows(np.ascontiguousarray(scores), -(10.0**rule.decimals), _bits(n), bin_of, counts, times)


@cache
def _can_compile() -> bool:
    """Return whether numba is installed and works."""
    try:
        steps()
    except ImportError:
        return False
    return True


class _Space(threading.local):
    """Two working arrays of each thread, used again for every block of rows, so that they stay in the cache."""

    def __init__(self) -> None:
        self.room = np.empty((2, 0), dtype=np.int64)

    def pair(self, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Return two arrays of the shape; their contents are arbitrary."""
        size = math.prod(shape)
        if size > KEPT:
            return np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
        if size > self.room.shape[1]:
            self.room = np.empty((2, size), dtype=np.int64)
        first, second = self.room[:, :size]
        return first.reshape(shape), second.reshape(shape)


_space = _Space()


def _extremes(scores: np.ndarray) -> tuple[float, float]:
    """Return the lowest and the highest score; 0 and 0 where there are none."""
    return (float(scores.min()), float(scores.max())) if scores.size else (0.0, 0.0)


def _fits(low: float, high: float, units: int, rule: RankRule) -> bool:
    """Return whether the scores in units of the rule's last decimal leave room for the unit in 64 bits."""
    return max(high, -low) * 10.0**rule.decimals < min(2.0**50, 2.0 ** (61 - _bits(units)))


def _scale(low: float, high: float, units: int, apart: float, kind: type) -> tuple[float, float]:
    """Return the middle and the slope that spread scores over the keys, the highest first.

    A step of the keys is at least `apart`, so that scores two steps from each other are certainly further apart.
    """
    steps = 2.0 ** (8 * np.dtype(kind).itemsize - 1 - _bits(units)) - 2  # one side of the middle
    half = (high - low) / 2
    return low + half, -1 / max(half / steps, apart, TINY)


def _in_order(scores: np.ndarray, rule: RankRule) -> tuple[np.ndarray, np.ndarray]:
    """Return the units of each row from the best to the worst, and the bin of the rank at each place.

    The scores become whole numbers that hold their unit in the low bits, and each row of them is sorted; for few units
    they have 32 bits, which halves the time of the sort at least. Where the rule keeps many decimals, scores two steps
    of those whole numbers apart are in the right order; only rows with closer scores are rounded and ranked exactly.
    The arrays returned belong to the thread and are overwritten by its next call.
    """
    n = scores.shape[1]
    low, high = _extremes(scores)
    if not _fits(low, high, n, rule):
        return _exactly(scores, rule)
    if rule.decimals < FINE:
        return _unpack(_packed(_rounded(scores, rule)), rule)
    bits, kind = _bits(n), np.int32 if n <= NARROW else np.int64
    middle, slope = _scale(low, high, n, NEAR / 10.0**rule.decimals, kind)
    units, second = _space.pair(scores.shape)
    keys: np.ndarray = second.reshape(-1).view(kind)[: scores.size].reshape(scores.shape)
    steps = np.subtract(scores, middle, out=units.view(np.float64))
    steps *= slope
    np.copyto(keys, steps, casting="unsafe")
    keys <<= bits
    keys += np.arange(n, dtype=kind)
    keys.sort(axis=1)
    # all rows as one line of unsigned numbers: from the end of a row to the start of the next they wrap to large ones
    whole, least = np.dtype(kind).str.replace("i", "u"), 2 << bits
    line, rises = keys.reshape(-1).view(whole), units.reshape(-1).view(whole)[: keys.size]
    places = _bins(np.arange(n)[None, :], np.arange(n)[None, :], rule)
    near = np.empty(0, dtype=int)
    if np.subtract(line[1:], line[:-1], out=rises[1:]).min(initial=least) < least:
        near = np.flatnonzero(rises.reshape(keys.shape)[:, 1:].min(axis=1, initial=least) < least)
    np.bitwise_and(keys, (1 << bits) - 1, out=units)
    if len(near):
        places = np.repeat(places, len(scores), axis=0)
        units[near], places[near] = _unpack(_packed(_rounded(scores[near], rule)), rule)
    return units, places


def _bits(units: int) -> int:
    """Return how many low bits of a key hold the unit."""
    return max(1, (units - 1).bit_length())


def _rounded(scores: np.ndarray, rule: RankRule) -> np.ndarray:
    """Return the negated scores in whole units of the rule's last decimal, exactly as `round_scores` rounds them.

    Only scores that may be a half need it; the others have one nearest whole number.
    """
    scale = 10.0**rule.decimals
    if rule.rounding == "down":
        return np.rint(-scale * round_scores(scores, decimals=rule.decimals, rounding=rule.rounding))
    quanta = np.multiply(scores, -scale)
    near = np.rint(quanta)
    gap = np.abs(np.subtract(quanta, near, out=quanta), out=quanta)
    half = gap >= 0.5 - 2e-9 - 8 * np.spacing(np.abs(near).max(initial=0.0))
    if half.any():
        near[half] = np.rint(-scale * round_scores(scores[half], decimals=rule.decimals, rounding=rule.rounding))
    return near


def _packed(quanta: np.ndarray) -> np.ndarray:
    """Return integers that sort from the highest score to the lowest and hold the unit in their low bits."""
    keys = quanta.astype(np.int64)
    keys <<= _bits(quanta.shape[1])
    keys |= np.arange(quanta.shape[1])
    return keys


def _unpack(keys: np.ndarray, rule: RankRule) -> tuple[np.ndarray, np.ndarray]:
    """Sort packed keys and give tied scores the rank that they share by the rule."""
    bits = _bits(keys.shape[1])
    keys.sort(axis=1)
    units = keys & ((1 << bits) - 1)
    return units, _shared(keys >> bits, rule)


def _exactly(scores: np.ndarray, rule: RankRule) -> tuple[np.ndarray, np.ndarray]:
    """Return the same for scores too large for packed keys."""
    rounded = -round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
    units = np.argsort(rounded, axis=1, kind="stable")
    return units, _shared(np.take_along_axis(rounded, units, axis=1), rule)


def _shared(ordered: np.ndarray, rule: RankRule) -> np.ndarray:
    """Return the bin of the rank at each place of sorted rows; equal values share one by the rule."""
    n = ordered.shape[1]
    places = np.arange(n)
    same = ordered[:, 1:] == ordered[:, :-1]
    if rule.ties == "ordinal" or not same.any():
        return np.repeat(_bins(places[None, :], places[None, :], rule), len(ordered), axis=0)
    first = np.ones(ordered.shape, dtype=bool)
    np.logical_not(same, out=first[:, 1:])
    if rule.ties == "dense":
        return np.cumsum(first, axis=1) - 1
    low = np.maximum.accumulate(np.where(first, places, 0), axis=1)
    last = np.ones(ordered.shape, dtype=bool)
    last[:, :-1] = first[:, 1:]
    high = np.minimum.accumulate(np.where(last, places, n)[:, ::-1], axis=1)[:, ::-1]
    return _bins(low, high, rule)


def _bins(low: np.ndarray, high: np.ndarray, rule: RankRule) -> np.ndarray:
    """Return the bin of units tied from place `low` to place `high`, both from 0."""
    return {"max": high, "average": low + high}.get(rule.ties, low)
