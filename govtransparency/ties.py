"""When two values count as equal: the tie rule for values that are not on a common scale."""

from __future__ import annotations

from typing import Any

import numpy as np

from govtransparency.arrays import floats

__all__ = ["differences", "near", "snapped", "varies"]

NEAR = 1e-12  # of the larger of two values: a difference that binary arithmetic may have caused


def near(a: Any, b: Any) -> np.ndarray:
    """Return where two values are equal: they differ by at most 1e-12 of the larger of the two.

    Parameters
    ----------
    a, b : number, array, Series or DataFrame
        Of shapes that can be broadcast together. NaN is equal to nothing.

    Returns
    -------
    ndarray of bool.

    Examples
    --------
    >>> near(np.array([0.3, 3e-9, 1e15]), np.array([0.1 + 0.2, 4e-9, 1e15 + 1])).tolist()
    [True, False, True]
    """
    a, b = floats(a), floats(b)
    with np.errstate(invalid="ignore", over="ignore"):
        return (a == b) | _within(np.abs(a - b), np.maximum(np.abs(a), np.abs(b)))


def _within(gap: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return where a difference is small enough to come from binary arithmetic; an infinite one never is."""
    return (gap <= NEAR * size) & (gap < np.inf)


def snapped(x: np.ndarray, *, axis: int | None = 0, size: np.ndarray | None = None) -> np.ndarray:
    """Make values exactly equal that may differ only because of binary arithmetic.

    In sorted order, neighbours are tied where they differ by at most 1e-12 of the larger magnitude of the two; so the
    order of the values never matters, and multiplying all of them by one number changes no tie.

    Parameters
    ----------
    x : ndarray
        NaN stays.
    axis : int or None
        Along which values are compared; None compares all of them.
    size : ndarray of the shape of `x`, optional
        The magnitudes to compare with, instead of those of `x`.

    Returns
    -------
    ndarray, the shape of `x`
        The least of each set of tied values; `x` itself if no values are tied.

    Examples
    --------
    >>> snapped(np.array([0.1 + 0.2, 0.3, 9.9e13, 3.0, 8.0])).tolist()
    [0.3, 0.3, 99000000000000.0, 3.0, 8.0]
    """
    if axis is None:
        return snapped(x.ravel(), size=None if size is None else size.ravel()).reshape(x.shape)
    if not _may_tie(x, axis=axis, size=size):
        return x
    order = np.argsort(x, axis=axis, kind="stable")
    ordered = np.moveaxis(np.take_along_axis(x, order, axis=axis), axis, 0)
    magnitude = np.abs(ordered) if size is None else np.moveaxis(np.take_along_axis(size, order, axis=axis), axis, 0)
    least = ordered.copy()
    least[1:][~apart(ordered, magnitude)] = -np.inf
    least = np.moveaxis(np.maximum.accumulate(least, axis=0), 0, axis)
    result = np.empty(x.shape)
    np.put_along_axis(result, order, least, axis=axis)
    return result


def _may_tie(x: np.ndarray, *, axis: int, size: np.ndarray | None) -> bool:
    """Return whether there may be values to tie, by a test that is faster than tying them."""
    if size is None and ((np.rint(x) == x) | np.isnan(x)).all():  # such as marks and ranks
        return not np.fmax.reduce(np.abs(x), axis=None, initial=0.0) < 1 / NEAR
    ordered = np.moveaxis(np.sort(x, axis=axis), axis, 0)
    below, above = ordered[:-1], ordered[1:]
    magnitude = np.maximum(np.abs(below), np.abs(above)) if size is None else np.fmax.reduce(size, axis=None)
    with np.errstate(invalid="ignore", over="ignore"):
        gap = above - below
        return bool(((gap > 0) & _within(gap, magnitude)).any())


def varies(x: np.ndarray) -> np.ndarray:
    """Return which columns vary: have two values that are not equal by `near`.

    Parameters
    ----------
    x : ndarray
        NaN is ignored.

    Returns
    -------
    ndarray of bool, one per column.

    Examples
    --------
    >>> varies(np.array([[0.3, 1.0], [0.1 + 0.2, 2.0]])).tolist()
    [False, True]
    """
    low, high = np.fmin.reduce(x, axis=0, initial=np.nan), np.fmax.reduce(x, axis=0, initial=np.nan)
    return (high > low) & ~near(high, low)


def differences(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return ``a - b`` without the error of binary arithmetic.

    Equal values have the difference 0, and differences of equal size are exactly equal: both are judged by the size of
    the values subtracted, since a small difference keeps their whole error.

    Parameters
    ----------
    a, b : ndarray, the same shape

    Returns
    -------
    ndarray, the same shape.

    Examples
    --------
    >>> differences(np.array([0.1 + 0.2, 50.1, 60.3]), np.array([0.3, 50.0, 60.2])).round(12).tolist()
    [0.0, 0.1, 0.1]
    """
    gap = np.where(near(a, b), 0.0, a - b)
    return np.copysign(snapped(np.abs(gap), size=np.fmax(np.abs(a), np.abs(b)), axis=None), gap)


def apart(ordered: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return where a value of sorted columns exceeds the one before it by more than binary arithmetic may cause."""
    with np.errstate(invalid="ignore", over="ignore"):
        gap = ordered[1:] - ordered[:-1]
        return (ordered[1:] != ordered[:-1]) & ~_within(gap, np.maximum(size[1:], size[:-1]))
