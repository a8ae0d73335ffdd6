"""Weighted means and sums of transformed scores, as arrays."""

from __future__ import annotations

import math

import numpy as np

__all__ = ["mean_of_terms", "weighted_sum"]


def mean_of_terms(terms: np.ndarray, present: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the weighted mean of each row's terms over the children present.

    Parameters
    ----------
    terms, present : ndarray, units x children
        Transformed scores, 0 for missing ones; and whether there is a score.
    w : ndarray of children
        Positive; any sum.

    Returns
    -------
    ndarray of units

    Examples
    --------
    >>> mean_of_terms(np.array([[2.0, 6.0], [2.0, 0.0]]), np.array([[True, True], [True, False]]), np.ones(2)).tolist()
    [4.0, 2.0]
    """
    if present.all():
        return weighted_sum(terms, w / math.fsum(w))
    return weighted_sum(terms, w) / weighted_sum(present, w)


def weighted_sum(y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the weighted sum of the columns, added one by one in their order.

    A matrix product adds in an order that depends on the processor; this gives the same bits on every machine and in
    every language with IEEE numbers.

    Examples
    --------
    >>> weighted_sum(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 0.25])).tolist()
    [1.0, 2.5]
    """
    total = np.zeros(len(y))
    for column, weight in zip(y.T, w.tolist(), strict=True):
        total += column * weight
    return total
