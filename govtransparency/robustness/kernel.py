"""Rank many score vectors at once, by the recipe's own rule, and count who holds which rank."""

from __future__ import annotations

import math
import threading
from functools import cache

import numpy as np

from govtransparency.ranking import RankRule, round_scores
from govtransparency.robustness.compiled import count_rows, steps

__all__ = ["NARROW", "bins", "count", "rank_rows", "rank_values"]

FINE = 6  # from so many decimals on, equal rounded scores are rare enough to look at one row at a time
NARROW = 256  # up to so many units a row sorts inside the vector registers, and a histogram stays in the cache
KEPT = 1 << 18  # whole numbers that a thread's own arrays may hold
WHOLE = 2.0**51  # above three times this, and below four, floats are whole numbers in the order of their bits


def bins(units: int, rule: RankRule) -> int:
    """Return how many different ranks there can be: half ranks count under the tie rule "average"."""
    return 2 * units - 1 if rule.ties == "average" else units


def rank_values(units: int, rule: RankRule) -> np.ndarray:
    """Return the rank that each bin stands for, from 1."""
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
        How many draws each row stands for.
    compiled : bool
        Whether numba may be imported for it, where it is installed: worth its while for many rows of many units.
    """
    width, n = counts.shape
    bits = _bits(n)
    if compiled and n > NARROW and rule.decimals >= FINE and _fits(scores, rule) and _can_compile():
        bin_of = _bins(np.arange(n), np.arange(n), rule)
        near = count_rows(np.ascontiguousarray(scores), -(10.0**rule.decimals), bits, bin_of, counts, times)
        if not near.any():
            return
        scores = scores[near]
    if n <= NARROW:
        units, places = _in_order(scores, rule)
        np.add(units, places * n, out=units)
        held = np.bincount(units.reshape(-1), minlength=width * n).reshape(width, n)
        counts += (held if times == 1 else times * held).astype(counts.dtype, copy=False)
        return
    step = max(16, KEPT // 2 // n)
    for start in range(0, len(scores), step):
        units, places = _in_order(scores[start : start + step], rule)
        # place by place, so that the cells counted one after the other are near each other in memory
        cells = np.ascontiguousarray(units.T)
        cells += np.ascontiguousarray(places.T) * n
        np.add.at(counts.reshape(-1), cells.ravel(), counts.dtype.type(times))  # of the same type: fast


@cache
def _can_compile() -> bool:
    """Return whether numba is installed and works."""
    try:
        steps()
    except ImportError:
        return False
    return True


class _Space(threading.local):
    """Two arrays of each thread, used for one chunk of rows after the other, so that they stay near to the core."""

    def __init__(self) -> None:
        self.room = np.empty((2, 0), dtype=np.int64)

    def pair(self, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        """Return two arrays of the shape, holding whatever was there before."""
        size = math.prod(shape)
        if size > KEPT:
            return np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
        if size > self.room.shape[1]:
            self.room = np.empty((2, size), dtype=np.int64)
        first, second = self.room[:, :size]
        return first.reshape(shape), second.reshape(shape)


_space = _Space()


def _fits(scores: np.ndarray, rule: RankRule) -> bool:
    """Return whether the scores in units of the rule's last decimal leave room for the unit in 64 bits."""
    if not scores.size:
        return True
    return max(scores.max(), -scores.min()) * 10.0**rule.decimals < min(WHOLE / 2, 2.0 ** (61 - _bits(scores.shape[1])))


def _in_order(scores: np.ndarray, rule: RankRule) -> tuple[np.ndarray, np.ndarray]:
    """Return the units of each row from the best to the worst, and the bin of the rank at each place.

    The scores become whole numbers of the rule's last decimal, so that a row is sorted as integers which carry their
    unit in the low bits. Where the rule keeps many decimals, plain rounding puts all scores in the right order that are
    more than two such units from their neighbours; only rows that hold nearer ones are rounded and ranked with care.
    What is returned is the thread's own to use until it calls again.
    """
    n = scores.shape[1]
    bits = _bits(n)
    if not _fits(scores, rule):
        return _with_care(scores, rule)
    if rule.decimals < FINE:
        return _unpack(_packed(_rounded(scores, rule)), rule)
    keys, gaps = _space.pair(scores.shape)
    quanta = keys.view(np.float64)
    np.multiply(scores, -(10.0**rule.decimals), out=quanta)
    quanta += 3 * WHOLE  # leaves no bits for a fraction, so this rounds, and the low bits are the whole number
    keys <<= bits
    keys += np.arange(n) - (np.array(3 * WHOLE).view(np.int64) << bits)
    keys.sort(axis=1)
    places = np.arange(n)[None, :]
    straight = _bins(places, places, rule)
    least = 3 << bits
    # all in one line, as whole numbers from 0: from one row's end to the next row's start they wrap to large ones
    line, rises = keys.reshape(-1).view(np.uint64), gaps.reshape(-1).view(np.uint64)
    if np.subtract(line[1:], line[:-1], out=rises[1:]).min(initial=least) >= least:
        return np.bitwise_and(keys, (1 << bits) - 1, out=keys), straight
    near = np.flatnonzero(gaps[:, 1:].min(axis=1, initial=least) < least)
    keys &= (1 << bits) - 1
    places = np.repeat(straight, len(scores), axis=0)
    keys[near], places[near] = _unpack(_packed(_rounded(scores[near], rule)), rule)
    return keys, places


def _bits(units: int) -> int:
    """Return how many low bits of a key hold the unit."""
    return max(1, (units - 1).bit_length())


def _rounded(scores: np.ndarray, rule: RankRule) -> np.ndarray:
    """Return the negated scores in whole units of the rule's last decimal, exactly as `round_scores` rounds them.

    Only scores that may be a half need its care; the others have one nearest whole number.
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
    """Sort packed keys and give tied scores the rank that the rule has them share."""
    bits = _bits(keys.shape[1])
    keys.sort(axis=1)
    units = keys & ((1 << bits) - 1)
    return units, _shared(keys >> bits, rule)


def _with_care(scores: np.ndarray, rule: RankRule) -> tuple[np.ndarray, np.ndarray]:
    """Do the same for scores too large for packed keys."""
    rounded = -round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
    units = np.argsort(rounded, axis=1, kind="stable")
    return units, _shared(np.take_along_axis(rounded, units, axis=1), rule)


def _shared(ordered: np.ndarray, rule: RankRule) -> np.ndarray:
    """Return the bin of the rank at each place of rows in order, equal values sharing one by the rule."""
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
