"""The count of ranks, compiled by numba where that is installed.

NumPy sorts short rows inside the vector registers, and only what comes before and after is compiled. Above some 256
numbers a row its sort becomes ten times as dear; there the numbers of a row go into buckets, by a rule that never
falls, so that what is left to sort is short.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

__all__ = ["count_rows", "count_short_rows", "steps"]


CROWD = 24  # keys in a bucket from which on they are sorted, not inserted one by one
MOVES = 8  # moves for each unit after which a row in disorder is left to a proper sort
TOGETHER = 16  # ranks counted together: so many rows of the counts stay near to the core


@cache
def steps() -> tuple[Callable, ...]:
    """Return the compiled steps: they run without the interpreter's lock, and stay on disk where that can be written.

    Raises
    ------
    ImportError
        Where numba is not installed.
    """
    from numba import njit

    functions = (_order, _add, _pack, _tally)
    try:
        return tuple(njit(nogil=True, cache=True)(one) for one in functions)
    except RuntimeError:  # no folder for the cache
        return tuple(njit(nogil=True)(one) for one in functions)


def count_rows(
    scores: np.ndarray, scale: float, bits: int, bin_of: np.ndarray, counts: np.ndarray, times: int
) -> np.ndarray:
    """Count who holds which rank in the rows without near ties, and return which rows have some.

    Parameters
    ----------
    scores : ndarray, draws x units, contiguous
        ``scores * scale``, rounded and shifted by `bits`, must fit into 62 bits.
    scale : float
        Negative: units of the last decimal, with the sign that puts the highest score first.
    bits : int
        Low bits of a key that hold the unit.
    bin_of : ndarray of int, units
        Row of the counts for each place.
    counts : ndarray of int, bins x units, contiguous
        Changed in place.
    times : int
        What each row counts.

    Returns
    -------
    ndarray of bool, draws
        Rows not counted, because two scores are less than three units of the last decimal apart.
    """
    rows, n = scores.shape
    kind = np.uint16 if n <= 1 << 16 else np.uint32
    order = np.empty((-(-n // TOGETHER), rows, TOGETHER), dtype=kind)
    near = np.zeros(rows, dtype=np.bool_)
    put_in_order, add, _, _ = steps()
    put_in_order(scores, scale, bits, order, near)
    add(order, near, bin_of, counts, times)
    return near


def count_short_rows(
    scores: np.ndarray,
    middle: float,
    slope: float,
    apart: float,
    share: tuple[int, int, int, int],
    keys: np.ndarray,
    counts: np.ndarray,
    times: int,
    near: np.ndarray,
) -> None:
    """Count who holds which rank in rows of few units, except where the rounding rule must decide.

    Parameters
    ----------
    scores : ndarray, draws x units, contiguous
    middle, slope : float
        ``(scores - middle) * slope``, cut off and shifted by the bits of a unit, must fit into 32 bits.
    apart : float
        Scores further apart are never tied. A step of the keys is at least that.
    share : tuple of int
        How often the bin of tied units holds their first place, their last, the number of their group, and each one's
        own place.
    keys : ndarray of int32, draws x units, contiguous
        Room to work in.
    counts : ndarray of int, bins x units, contiguous
        Changed in place.
    times : int
        What each row counts.
    near : ndarray of bool, draws
        Set for the rows not counted: two scores differ, but by no more than `apart`, or very many are near each other.
    """
    _, _, pack, tally = steps()
    mask = np.int32((1 << max(1, (counts.shape[1] - 1).bit_length())) - 1)
    pack(scores, middle, slope, mask, keys)
    keys.sort(axis=1)
    tally(keys, scores, mask, apart, share, counts, counts.dtype.type(times), near)


def _pack(scores, middle, slope, mask, keys):
    """Write the keys: from the highest score to the lowest, with the unit in the low bits."""
    rows, n = scores.shape
    for row in range(rows):
        for unit in range(n):
            keys[row, unit] = np.int32((scores[row, unit] - middle) * slope) * (mask + 1) + unit


def _tally(keys, scores, mask, apart, share, counts, times, near):
    """Count the rows of sorted keys; where keys are near each other, the scores themselves decide."""
    rows, n = keys.shape
    first_share, last_share, group_share, own_share = share
    straight, enough = first_share + last_share + group_share + own_share, 2 * (np.int64(mask) + 1)
    order = np.empty(n, np.int64)
    for row in range(rows):
        least = enough
        for place in range(1, n):
            least = min(least, keys[row, place] - keys[row, place - 1])
        if least >= enough:
            for place in range(n):
                counts[straight * place, keys[row, place] & mask] += times
            continue
        for place in range(n):
            order[place] = keys[row, place] & mask
        moves, unsure = 0, False
        for place in range(1, n):
            if keys[row, place] - keys[row, place - 1] < enough and moves <= MOVES * n:
                unit, hole = order[place], place
                while hole > 0 and scores[row, order[hole - 1]] < scores[row, unit]:
                    order[hole] = order[hole - 1]
                    hole -= 1
                order[hole] = unit
                moves += place - hole
        for place in range(1, n):
            if keys[row, place] - keys[row, place - 1] < enough:
                unsure |= 0 < scores[row, order[place - 1]] - scores[row, order[place]] <= apart
        near[row] = unsure or moves > MOVES * n
        if near[row]:
            continue
        last, group = -1, 0
        while last + 1 < n:
            first = last = last + 1
            while (
                last + 1 < n
                and keys[row, last + 1] - keys[row, last] < enough
                and scores[row, order[last + 1]] == scores[row, order[first]]
            ):
                last += 1
            shared = first_share * first + last_share * last + group_share * group
            for place in range(first, last + 1):
                counts[shared + own_share * place, order[place]] += times
            group += 1


def _order(scores, scale, bits, order, near):
    """Write the units of each row from the best to the worst, some places together."""
    rows, n = scores.shape
    buckets = 2 * n
    quanta, ordered = np.empty(n, np.int64), np.empty(n, np.int64)
    where, ends = np.empty(n, np.int32), np.empty(buckets + 1, np.int32)
    mask, enough = (1 << bits) - 1, np.int64(3) << bits
    for row in range(rows):
        first, last = np.iinfo(np.int64).max, np.iinfo(np.int64).min
        for unit in range(n):
            quanta[unit] = np.int64(np.rint(scores[row, unit] * scale))
        for unit in range(n):
            first, last = min(first, quanta[unit]), max(last, quanta[unit])
        slope = (buckets - 1) / max(last - first, 1)
        for unit in range(n):
            where[unit] = np.int32((quanta[unit] - first) * slope)
        ends[:] = 0
        for unit in range(n):
            ends[where[unit] + 1] += 1
        crowd = np.int32(0)
        for bucket in range(buckets):
            crowd = max(crowd, ends[bucket + 1])
            ends[bucket + 1] += ends[bucket]
        for unit in range(n):
            place = ends[where[unit]]
            ends[where[unit]] = place + 1
            ordered[place] = (quanta[unit] << bits) | unit
        if crowd > CROWD:
            start = np.int32(0)
            for bucket in range(buckets):
                if ends[bucket] - start > CROWD:
                    ordered[start : ends[bucket]].sort()
                start = ends[bucket]
        for place in range(1, n):
            key, hole = ordered[place], place
            while hole > 0 and ordered[hole - 1] > key:
                ordered[hole] = ordered[hole - 1]
                hole -= 1
            ordered[hole] = key
        least = enough
        for place in range(1, n):
            least = min(least, ordered[place] - ordered[place - 1])
        near[row] = least < enough
        for place in range(n):
            order[place // TOGETHER, row, place % TOGETHER] = ordered[place] & mask


def _add(order, near, bin_of, counts, times):
    """Count, some ranks at a time."""
    rows, n = order.shape[1], counts.shape[1]
    for block in range(len(order)):
        for row in range(rows):
            if near[row]:
                continue
            for place in range(block * TOGETHER, min((block + 1) * TOGETHER, n)):
                counts[bin_of[place], order[block, row, place % TOGETHER]] += times
