"""The count of ranks, compiled by numba where it is installed.

NumPy sorts short rows inside the vector registers; for them only the steps before and after the sort are compiled.
Above about 256 numbers per row its sort becomes ten times as slow; there the numbers of a row are first put into
buckets by a monotone rule, so that only a few numbers are left to sort in each.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["count_rows", "count_short_rows", "steps"]


CROWD = 24  # keys in a bucket above which they are sorted, not inserted one by one
MOVES = 8  # moves per unit after which an unordered row is left to a full sort
TOGETHER = 16  # ranks counted together: the cache holds that many rows of the counts


@cache
def steps() -> tuple[Callable[..., None], ...]:
    """Return the compiled steps: they run without the interpreter's lock and are cached on disk where that is writable.

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
        Negative, so that the highest score comes first; its size counts in units of the last decimal.
    bits : int
        Number of low bits of a key that hold the unit.
    bin_of : ndarray of int, units
        Row of the counts for each place.
    counts : ndarray of int, bins x units, contiguous
        Changed in place.
    times : int
        Number of draws that each row represents.

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
    line: tuple[float, float],
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
    line : tuple of float
        A middle and a slope: ``(scores - middle) * slope``, cut off and shifted by the bits of a unit, must fit into 32
        bits.
    apart : float
        Scores further apart than this are never tied. A step of the keys is at least as large.
    share : tuple of int
        The bin of tied units is this many times their first place, their last place, the number of their group, and
        the place of each unit itself.
    keys : ndarray of int32, draws x units, contiguous
        Working space.
    counts : ndarray of int, bins x units, contiguous
        Changed in place.
    times : int
        Number of draws that each row represents.
    near : ndarray of bool, draws
        Set for the rows not counted: two scores differ, but by no more than `apart`, or very many are close together.
    """
    _, _, pack, tally = steps()
    mask = np.int32((1 << max(1, (counts.shape[1] - 1).bit_length())) - 1)
    pack(scores, *line, mask, keys)
    keys.sort(axis=1)
    tally(keys, scores, mask, apart, share, counts, counts.dtype.type(times), near)


def _pack(scores: np.ndarray, middle: float, slope: float, mask: np.int32, keys: np.ndarray) -> None:
    """Write the keys: from the highest score to the lowest, with the unit in the low bits."""
    rows, n = scores.shape
    for row in range(rows):
        for unit in range(n):
            keys[row, unit] = np.int32((scores[row, unit] - middle) * slope) * (mask + 1) + unit


def _tally(
    keys: np.ndarray,
    scores: np.ndarray,
    mask: np.int32,
    apart: float,
    share: tuple[int, int, int, int],
    counts: np.ndarray,
    times: np.integer[Any],
    near: np.ndarray,
) -> None:
    """Count the rows of sorted keys; where keys are close together, the scores themselves decide."""
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


def _order(scores: np.ndarray, scale: float, bits: int, order: np.ndarray, near: np.ndarray) -> None:
    """Write the units of each row from the best to the worst, in blocks of places."""
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


def _add(order: np.ndarray, near: np.ndarray, bin_of: np.ndarray, counts: np.ndarray, times: int) -> None:
    """Count, one block of ranks at a time."""
    rows, n = order.shape[1], counts.shape[1]
    for block in range(len(order)):
        for row in range(rows):
            if near[row]:
                continue
            for place in range(block * TOGETHER, min((block + 1) * TOGETHER, n)):
                counts[bin_of[place], order[block, row, place % TOGETHER]] += times
