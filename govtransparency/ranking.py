"""Scores to ranks: the rounding rule and the tie rule are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.deprecation import renamed_arguments, warn_renamed
from govtransparency.errors import InputError, nearest
from govtransparency.ties import apart

__all__ = ["RankRule", "bands", "column_ranks", "rank", "rank_shift", "round_scores"]


ROUNDINGS = ("half_even", "half_up", "down")
TIES = ("min", "max", "dense", "average", "ordinal")
FINE = 10  # decimals at which scores are equal where no rule says otherwise
WHOLE = 2.0**52  # from here on every float is a whole number


@renamed_arguments("0.2", second="tie_breakers")
@dataclass(frozen=True)
class RankRule:
    """How scores become ranks.

    Parameters
    ----------
    decimals : int
        Scores that are equal after rounding to so many decimals are tied.
    rounding : {"half_even", "half_up", "down"}
        Where a half goes: to the even neighbour, or away from zero; or the further decimals are cut off.
    ties : {"min", "max", "dense", "average", "ordinal"}
        The rank that tied units share: the best of their places (1, 2, 2, 4), the worst (1, 3, 3, 4), the best without
        gaps (1, 2, 2, 3), their mean (1, 2.5, 2.5, 4), or none: the order of the table decides (1, 2, 3, 4).
    tie_breakers : str or sequence of str
        Codes of pillars or indicators that part units tied on the index, the first one first, the higher score ahead.
        They are compared unrounded (at 10 decimals); ``"index"`` there is the unrounded index itself. A unit without
        that score comes behind. Units tied on all of them are tied, and `ties` says how.

    Raises
    ------
    InputError
        For a rule that is not one of these.

    Examples
    --------
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=1)).tolist()
    [1, 1, 3]
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=0, ties="average")).tolist()
    [1.5, 1.5, 3.0]
    """

    decimals: int = FINE
    rounding: str = "half_even"
    ties: str = "min"
    tie_breakers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        codes = (self.tie_breakers,) if isinstance(self.tie_breakers, str) else tuple(self.tie_breakers)
        object.__setattr__(self, "tie_breakers", codes)
        problems = []
        if isinstance(self.decimals, bool) or not isinstance(self.decimals, int) or not 0 <= self.decimals <= 15:
            problems.append(f"decimals {self.decimals!r}: expected a whole number from 0 to 15")
        if self.rounding not in ROUNDINGS:
            problems.append(f"rounding {self.rounding!r} is unknown; {nearest(self.rounding, ROUNDINGS)}")
        if self.ties not in TIES:
            problems.append(f"ties {self.ties!r} is unknown; {nearest(self.ties, TIES)}")
        if not all(isinstance(code, str) for code in codes):
            problems.append(f"tie_breakers {codes!r}: expected codes of nodes")
        if problems:
            raise InputError(problems, title="rank rule")

    @property
    def second(self) -> tuple[str, ...]:
        """The old name of `tie_breakers`."""
        warn_renamed("RankRule.second", "RankRule.tie_breakers", until="0.2")
        return self.tie_breakers

    def to_dict(self) -> dict[str, object]:
        """Return the rule as plain data for ``recipe.json``.

        Returns
        -------
        dict
        """
        data: dict[str, object] = {"decimals": self.decimals, "rounding": self.rounding, "ties": self.ties}
        return data | ({"tie_breakers": list(self.tie_breakers)} if self.tie_breakers else {})


def round_scores(scores: np.ndarray | pd.Series, *, decimals: int, rounding: str = "half_even") -> np.ndarray:
    """Round so that a half is a half in decimal, though the score came out of binary arithmetic.

    A scaled score within a few units in the last place, or 1e-9, of a half (of a whole number, when cutting off) counts
    as that half (that number). A score of 2^52 or more of the last decimal has no decimals to round and stays as it is.

    Parameters
    ----------
    scores : array or Series
    decimals : int
    rounding : {"half_even", "half_up", "down"}
        ``half_up`` goes away from zero, ``down`` cuts off towards zero.

    Returns
    -------
    ndarray of the shape of `scores`.

    Raises
    ------
    InputError
        For an unknown rounding.

    Examples
    --------
    >>> round_scores(np.array([2.675, 0.5, 1.5]), decimals=2, rounding="half_up").tolist()
    [2.68, 0.5, 1.5]
    >>> round_scores(np.array([0.5, 1.5, 2.5]), decimals=0).tolist()
    [0.0, 2.0, 2.0]
    >>> round_scores(np.array([0.29, 0.299]), decimals=2, rounding="down").tolist()
    [0.29, 0.29]
    """
    if rounding not in ROUNDINGS:
        raise InputError(f"rounding {rounding!r} is unknown; {nearest(rounding, ROUNDINGS)}")
    values = floats(scores)
    with np.errstate(over="ignore"):
        scaled = values * 10.0**decimals
    size = np.abs(scaled)
    if (large := size >= WHOLE).any():
        rounded = np.array(values)
        rounded[~large] = round_scores(values[~large], decimals=decimals, rounding=rounding)
        return rounded
    slack = np.minimum(1e-9 + 4 * np.spacing(size), 0.49)  # a whole number is never a half
    if rounding == "down":
        return np.copysign(np.floor(size + slack), scaled) / 10.0**decimals
    half = np.floor(size) + 0.5
    up = np.copysign(half + 0.5, scaled)
    even = np.copysign(2 * np.rint(half / 2), scaled)
    rounded = np.where(np.abs(size - half) <= slack, up if rounding == "half_up" else even, np.rint(scaled))
    return rounded / 10.0**decimals


@renamed_arguments("0.2", second="tie_breakers")
def rank(scores: pd.Series, rule: RankRule | None = None, *, tie_breakers: pd.DataFrame | None = None) -> pd.Series:
    """Rank the units by score, 1 for the highest.

    Parameters
    ----------
    scores : Series, unit -> score
        A missing score gets no rank.
    rule : RankRule, optional
    tie_breakers : DataFrame, units x scores, optional
        Where the rule names tie-breakers: their columns.

    Returns
    -------
    Series, unit -> rank
        Whole numbers; floats where a rank is missing or an average.

    Raises
    ------
    InputError
        When the rule names a tie-breaker that `tie_breakers` lacks.

    Examples
    --------
    >>> scores = pd.DataFrame({"index": [7.0, 7.0, 9.0], "p": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    >>> rank(scores["index"], RankRule(tie_breakers="p"), tie_breakers=scores).to_dict()
    {'X': 3, 'Y': 2, 'Z': 1}
    """
    rule = rule or RankRule()
    keys = round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
    if rule.tie_breakers:
        known = () if tie_breakers is None else tuple(tie_breakers)
        if lacking := [key for key in rule.tie_breakers if key not in known]:
            raise InputError([f"tie-breaker {key!r}: no such score; {nearest(key, known)}" for key in lacking])
        columns = [
            round_scores(tie_breakers[key], decimals=FINE)[:, None]  # type: ignore[index]
            for key in rule.tie_breakers
        ]
        keys = joint_places(keys[:, None], *columns)[:, 0]
    ranks = column_ranks(-keys[:, None], ties=rule.ties, exact=True)[:, 0]
    if rule.ties != "average" and not np.isnan(ranks).any():
        ranks = ranks.astype(int)
    return pd.Series(ranks, index=scores.index, name="rank")


def joint_places(first: np.ndarray, *others: np.ndarray) -> np.ndarray:
    """Number the units of each column by several keys, from 1 for the lowest; equal in all keys is equal.

    Parameters
    ----------
    first, others : ndarray, units x columns
        The first key, and those that part its ties one after the other; a unit without one comes behind.

    Returns
    -------
    ndarray of float, units x columns
        NaN only where the first key is.
    """
    places = column_ranks(first, ties="dense", exact=True)
    for key in others:
        own = column_ranks(np.where(np.isnan(key), -np.inf, key), ties="dense", exact=True)
        places = column_ranks(places * (len(first) + 1.0) + own, ties="dense", exact=True)
    return places


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


def bands(
    scores: pd.Series,
    *,
    edges: Sequence[float] | None = None,
    quantiles: int | Sequence[float] | None = None,
    labels: Sequence[str] | None = None,
    decimals: int = FINE,
    rounding: str = "half_even",
) -> pd.Series:
    """Sort the units into bands, such as "very high" to "low".

    Parameters
    ----------
    scores : Series, unit -> score
    edges : sequence of float
        Rising. A score at an edge belongs to the band above it.
    quantiles : int or sequence of float from 0 to 1
        In place of `edges`: so many bands of as nearly equal size as ties allow, or the shares of the units below each
        edge. A unit's place is its share of units ranked behind it, so tied units share a band, the lower one.
    labels : sequence of str, optional
        From the lowest band to the highest, one more than edges; numbers from 1, the lowest, if not given.
    decimals, rounding
        Scores and edges are compared after rounding, as in `RankRule`.

    Returns
    -------
    Series of an ordered categorical, unit -> band; missing where the score is.

    Raises
    ------
    InputError
        Without exactly one of `edges` and `quantiles`, for edges that do not rise, and for the wrong number of labels.

    Examples
    --------
    >>> bands(pd.Series({"X": 80.0, "Y": 79.9, "Z": 20.0}), edges=(40, 80), labels=("low", "middle", "high")).to_dict()
    {'X': 'high', 'Y': 'middle', 'Z': 'low'}
    >>> bands(pd.Series([1.0, 2.0, 3.0, 4.0]), quantiles=2).tolist()
    [1, 1, 2, 2]
    """
    if (edges is None) == (quantiles is None):
        raise InputError("give either edges or quantiles", title="bands")
    if isinstance(quantiles, int):
        quantiles = [number / quantiles for number in range(1, quantiles)]
    cuts = np.asarray(edges if quantiles is None else quantiles, dtype=float)
    names = list(range(1, len(cuts) + 2)) if labels is None else list(labels)
    problems = []
    if not (np.diff(cuts) > 0).all() or np.isnan(cuts).any():
        problems.append(f"the edges {cuts.tolist()} do not rise")
    if quantiles is not None and len(cuts) and not (cuts[0] > 0 and cuts[-1] < 1):
        problems.append(f"the quantiles {cuts.tolist()} are not all between 0 and 1")
    if len(names) != len(cuts) + 1:
        problems.append(f"{len(names)} labels for {len(cuts) + 1} bands")
    if problems:
        raise InputError(problems, title="bands")
    places = round_scores(scores, decimals=decimals, rounding=rounding)
    if quantiles is None:
        cuts = round_scores(cuts, decimals=decimals, rounding=rounding)
    else:
        present = ~np.isnan(places)
        places = (column_ranks(places[:, None], exact=True)[:, 0] - 1) / max(present.sum(), 1)
        cuts = cuts - 1e-12
    codes = np.where(np.isnan(places), -1, np.searchsorted(cuts, places, side="right"))
    return pd.Series(pd.Categorical.from_codes(codes.tolist(), names, ordered=True), index=scores.index, name="band")


def column_ranks(x: np.ndarray, *, ties: str = "min", exact: bool = False) -> np.ndarray:
    """Rank the values of each column upwards from 1, NaN without rank; values that are near each other are tied.

    Parameters
    ----------
    x : ndarray, units x columns
    ties : {"min", "max", "dense", "average", "ordinal"}
        As in `RankRule`; "ordinal" keeps the order of the rows.
    exact : bool
        Tie only what is equal to the last bit: for values that were rounded before. Otherwise ties are as in `snapped`.

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
        first[1:] = ordered[1:] != ordered[:-1] if exact else apart(ordered, np.abs(ordered))
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
