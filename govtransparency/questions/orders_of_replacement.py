"""A change split among its factors: the mean, over the orders of replacing them, of what each replacement adds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ALL_ORDERS", "State", "shares_of_change"]

State = tuple[bool, ...]  # of each factor, whether it is that of the later state

ALL_ORDERS = 10  # factors up to which all orders count: 2 ** 10 values
SOME_ORDERS = 50  # orders drawn where there are more factors, each with its reverse


def shares_of_change(value: Callable[[State], np.ndarray], factors: int) -> list[np.ndarray]:
    """Return what each factor adds to the change from the state before to the state after.

    Parameters
    ----------
    value : callable
        The value where some factors are those of the state after and the others those of the state before.
    factors : int

    Returns
    -------
    list of ndarray
        One per factor; they add up to the whole change. Where there are more than `ALL_ORDERS` factors the mean is over
        `SOME_ORDERS` orders drawn once for all and their reverses.

    Notes
    -----
    The Shapley value of the change (Shorrocks 2013, Journal of Economic Inequality 11, 99-126,
    doi:10.1007/s10888-011-9214-z); with two factors of a product it is Bennet's (1920) split.

    Examples
    --------
    >>> before, after = (2.0, 3.0), (4.0, 5.0)
    >>> product = lambda state: np.prod([after[at] if new else before[at] for at, new in enumerate(state)])
    >>> [float(share) for share in shares_of_change(product, 2)]
    [8.0, 6.0]
    """
    return _over_all(value, factors) if factors <= ALL_ORDERS else _over_some(value, factors)


def _over_all(value: Callable[[State], np.ndarray], factors: int) -> list[np.ndarray]:
    states = [tuple(bool(number >> at & 1) for at in range(factors)) for number in range(1 << factors)]
    found = [value(state) for state in states]
    orders = math.factorial(factors)
    share = [math.factorial(size) * math.factorial(factors - 1 - size) / orders for size in range(factors)]
    return [
        sum(
            (
                share[sum(state)] * (found[number | 1 << at] - found[number])
                for number, state in enumerate(states)
                if not state[at]
            ),
            start=np.zeros_like(found[0], dtype=float),
        )
        for at in range(factors)
    ]


def _over_some(value: Callable[[State], np.ndarray], factors: int) -> list[np.ndarray]:
    drawn = np.random.default_rng(0).permuted(np.tile(np.arange(factors), (SOME_ORDERS, 1)), axis=1)
    first, last = value((False,) * factors), value((True,) * factors)
    added = [np.zeros_like(first, dtype=float) for _ in range(factors)]
    for order in (*drawn, *drawn[:, ::-1]):
        state, before = [False] * factors, first
        for place, at in enumerate(order):
            state[at] = True
            now = last if place == factors - 1 else value(tuple(state))
            added[at] += now - before
            before = now
    return [total / (2 * SOME_ORDERS) for total in added]
