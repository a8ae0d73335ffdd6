"""The count of ranks of many units, compiled by numba where that is installed.

NumPy's sort leaves the vector registers above some 256 numbers a row and becomes ten times as dear. Here the numbers
of a row go into buckets, by a rule that never falls, so that what is left to sort is short.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np

__all__ = ["count_rows", "steps"]

CROWD = 24  # keys in a bucket from which on they are sorted, not inserted one by one
TOGETHER = 16  # ranks counted together: so many rows of the counts stay near to the core


@cache
def steps() -> tuple[Callable, Callable]:
    """Return the compiled steps: they run without the interpreter's lock, and stay on disk where that can be written.

    Raises
    ------
    ImportError
        Where numba is not installed.
    """
    from numba import njit

    try:
        return njit(nogil=True, cache=True)(_order), njit(nogil=True, cache=True)(_add)
    except RuntimeError:  # no folder for the cache
        return njit(nogil=True)(_order), njit(nogil=True)(_add)


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
    put_in_order, add = steps()
    put_in_order(scores, scale, bits, order, near)
    add(order, near, bin_of, counts, times)
    return near


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
