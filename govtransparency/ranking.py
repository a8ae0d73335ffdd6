"""Scores to ranks: the rounding rule and the tie rule are data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest

__all__ = ["RankRule", "column_ranks", "rank", "rank_shift", "round_scores"]

ROUNDINGS = ("half_even", "half_up")
TIES = ("min", "max", "dense", "average", "ordinal")


@dataclass(frozen=True)
class RankRule:
    """How scores become ranks.

    Parameters
    ----------
    decimals : int
        Scores that are equal after rounding to so many decimals are tied.
    rounding : {"half_even", "half_up"}
        Where a half goes: to the even neighbour, or away from zero.
    ties : {"min", "max", "dense", "average", "ordinal"}
        The rank that tied units share: the best of their places (1, 2, 2, 4), the worst (1, 3, 3, 4), the best without
        gaps (1, 2, 2, 3), their mean (1, 2.5, 2.5, 4), or none: the order of the table decides (1, 2, 3, 4).

    Raises
    ------
    ValueError
        For a rule that is not one of these.

    Examples
    --------
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=1)).tolist()
    [1, 1, 3]
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=0, ties="average")).tolist()
    [1.5, 1.5, 3.0]
    """

    decimals: int = 10
    rounding: str = "half_even"
    ties: str = "min"

    def __post_init__(self) -> None:
        problems = []
        if isinstance(self.decimals, bool) or not isinstance(self.decimals, int) or not 0 <= self.decimals <= 15:
            problems.append(f"decimals {self.decimals!r}: expected a whole number from 0 to 15")
        if self.rounding not in ROUNDINGS:
            problems.append(f"rounding {self.rounding!r} is unknown; {nearest(self.rounding, ROUNDINGS)}")
        if self.ties not in TIES:
            problems.append(f"ties {self.ties!r} is unknown; {nearest(self.ties, TIES)}")
        if problems:
            raise InputError(problems, title="rank rule")


def round_scores(scores: np.ndarray | pd.Series, *, decimals: int, rounding: str = "half_even") -> np.ndarray:
    """Round so that a half is a half in decimal, though the score came out of binary arithmetic.

    A scaled score within a few units in the last place, or 1e-9, of a half counts as that half.

    Parameters
    ----------
    scores : array or Series
    decimals : int
    rounding : {"half_even", "half_up"}
        ``half_up`` goes away from zero.

    Returns
    -------
    ndarray of the shape of `scores`.

    Examples
    --------
    >>> round_scores(np.array([2.675, 0.5, 1.5]), decimals=2, rounding="half_up").tolist()
    [2.68, 0.5, 1.5]
    >>> round_scores(np.array([0.5, 1.5, 2.5]), decimals=0).tolist()
    [0.0, 2.0, 2.0]
    """
    scaled = np.asarray(scores, dtype=float) * 10.0**decimals
    half = np.floor(np.abs(scaled)) + 0.5
    at_half = np.abs(np.abs(scaled) - half) <= 1e-9 + 4 * np.spacing(np.abs(scaled))
    up = np.copysign(half + 0.5, scaled)
    even = np.copysign(2 * np.rint(half / 2), scaled)
    return np.where(at_half, up if rounding == "half_up" else even, np.rint(scaled)) / 10.0**decimals


def rank(scores: pd.Series, rule: RankRule | None = None) -> pd.Series:
    """Rank the units by score, 1 for the highest.

    Parameters
    ----------
    scores : Series, unit -> score
        A missing score gets no rank.
    rule : RankRule, optional

    Returns
    -------
    Series, unit -> rank
        Whole numbers; floats where a rank is missing or an average.
    """
    rule = rule or RankRule()
    rounded = round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
    ranks = column_ranks(-rounded[:, None], ties=rule.ties)[:, 0]
    if rule.ties != "average" and not np.isnan(ranks).any():
        ranks = ranks.astype(int)
    return pd.Series(ranks, index=scores.index, name="rank")


def rank_shift(a: pd.Series, b: pd.Series) -> pd.Series:
    """Places gained in ranking `a` against the reference `b`: positive means nearer the top in `a`.

    Parameters
    ----------
    a, b : Series, unit -> rank
        `b` is the reference. Units of only one of the two get no shift.

    Returns
    -------
    Series, unit -> ``b - a``, in the order of `b`.

    Examples
    --------
    >>> rank_shift(pd.Series({"A": 1, "B": 2}), pd.Series({"A": 2, "B": 1})).to_dict()
    {'A': 1, 'B': -1}
    """
    return (b - a.reindex(b.index)).rename("rank_shift")


def column_ranks(x: np.ndarray, *, ties: str = "min") -> np.ndarray:
    """Rank the values of each column upwards from 1, NaN without rank.

    Parameters
    ----------
    x : ndarray, units x columns
    ties : {"min", "max", "dense", "average", "ordinal"}
        As in `RankRule`; "ordinal" keeps the order of the rows.

    Returns
    -------
    ndarray of float, the shape of `x`.

    Raises
    ------
    ValueError
        For an unknown tie rule.

    Notes
    -----
    The tie rules are those of ``scipy.stats.rankdata``, here for all columns at once and without importing scipy.
    """
    if ties not in TIES:
        raise ValueError(f"ties {ties!r} is unknown; {nearest(ties, TIES)}")
    order = np.argsort(x, axis=0, kind="stable")
    places = np.arange(1.0, x.shape[0] + 1)[:, None]
    if ties == "ordinal":
        in_order = np.broadcast_to(places, x.shape)
    else:
        ordered = np.take_along_axis(x, order, axis=0)
        first = np.ones(x.shape, dtype=bool)
        first[1:] = ordered[1:] != ordered[:-1]
        if ties == "dense":
            in_order = np.cumsum(first, axis=0).astype(float)
        else:
            low = np.maximum.accumulate(np.where(first, places, 0.0), axis=0)
            last = np.ones(x.shape, dtype=bool)
            last[:-1] = first[1:]
            high = np.minimum.accumulate(np.where(last, places, np.inf)[::-1], axis=0)[::-1]
            in_order = {"min": low, "max": high, "average": (low + high) / 2}[ties]
    ranks = np.empty(x.shape)
    np.put_along_axis(ranks, order, in_order, axis=0)
    ranks[np.isnan(x)] = np.nan
    return ranks
