"""The count of ranks of many units, compiled by numba: imported only where that is installed and the work is large.

NumPy's sort of whole rows leaves the vector registers above some 256 numbers and becomes ten times as dear. Here the
numbers of a row go into as many buckets as there are, by a rule that never falls, so that what is left to sort is short.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

__all__ = ["count_rows"]

CROWD = 24  # keys in a bucket from which on they are sorted, not inserted one by one
TOGETHER = 16  # ranks counted together: so many rows of the counts stay near to the core


def _njit(function: Callable) -> Any:
    """Compile on first use, without the interpreter's lock, and keep the result on disk where that can be written."""
    try:
        return njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder for the cache
        return njit(nogil=True)(function)


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
    counts : ndarray of int64, bins x units, contiguous
        Changed in place.
    times : int
        What each row counts.

    Returns
    -------
    ndarray of bool, draws
        Rows not counted, because two scores are less than three units of the last decimal apart.
    """
    order = np.empty(scores.shape, dtype=np.uint16 if scores.shape[1] <= 1 << 16 else np.uint32)
    near = np.zeros(len(scores), dtype=np.bool_)
    _order(scores, scale, bits, order, near)
    _add(order, near, bin_of, counts, times)
    return near


@_njit
def _order(scores, scale, bits, order, near):
    """Write the units of each row from the best to the worst."""
    rows, n = scores.shape
    keys, ordered = np.empty(n, np.int64), np.empty(n, np.int64)
    where, ends = np.empty(n, np.int32), np.empty(n + 1, np.int32)
    mask = (1 << bits) - 1
    for row in range(rows):
        low, high = np.inf, -np.inf
        for unit in range(n):
            low, high = min(low, scores[row, unit]), max(high, scores[row, unit])
        first = np.int64(np.rint(high * scale))
        width = np.int64(np.rint(low * scale)) - first
        slope = (n - 1) / max(width, 1)
        ends[:] = 0
        for unit in range(n):
            quantum = np.int64(np.rint(scores[row, unit] * scale))
            keys[unit] = (quantum << bits) | unit
            bucket = np.int32((quantum - first) * slope)
            where[unit] = bucket
            ends[bucket] += 1
        start = np.int32(0)
        for bucket in range(n):
            size = ends[bucket]
            ends[bucket] = start
            start += size
        for unit in range(n):
            place = ends[where[unit]]
            ends[where[unit]] = place + 1
            ordered[place] = keys[unit]
        start = np.int32(0)
        for bucket in range(n):
            if ends[bucket] - start > CROWD:
                ordered[start : ends[bucket]].sort()
            start = ends[bucket]
        for place in range(1, n):
            key = ordered[place]
            hole = place
            while hole > 0 and ordered[hole - 1] > key:
                ordered[hole] = ordered[hole - 1]
                hole -= 1
            ordered[hole] = key
        least = np.int64(3) << bits
        for place in range(1, n):
            least = min(least, ordered[place] - ordered[place - 1])
        near[row] = least < (np.int64(3) << bits)
        for place in range(n):
            order[row, place] = ordered[place] & mask


@_njit
def _add(order, near, bin_of, counts, times):
    """Count, some ranks at a time."""
    rows, n = order.shape
    for start in range(0, n, TOGETHER):
        stop = min(start + TOGETHER, n)
        for row in range(rows):
            if near[row]:
                continue
            for place in range(start, stop):
                counts[bin_of[place], order[row, place]] += times
