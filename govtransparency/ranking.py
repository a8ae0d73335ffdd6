"""Scores to ranks and bands, by a rule for rounding and ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_whole
from govtransparency.arrays import as_numbers, floats
from govtransparency.checked_calls import checked
from govtransparency.deprecation import renamed_arguments, warn_renamed
from govtransparency.errors import InputError, nearest
from govtransparency.methods import Rounding
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import rank_problems as problems
from govtransparency.ties import apart

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["RankRule", "bands", "column_ranks", "rank", "rank_shift", "round_scores"]


RankTies = Literal["min", "max", "dense", "average", "ordinal"]

ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
TIES: tuple[RankTies, ...] = get_args(RankTies)
FINE = 10  # decimals at which scores are compared if no rule says otherwise
WHOLE = 2.0**52  # from here on every float is a whole number


@renamed_arguments("0.2", second="tie_breakers")
@dataclass(frozen=True)
class RankRule:
    """How scores become ranks.

    Parameters
    ----------
    decimals : int, 0 to 15
        Scores that are equal after rounding to this number of decimals are tied.
    rounding : {"half_even", "half_up", "down"}
        Halves go to the even digit, or away from zero; or further decimals are cut off.
    ties : {"min", "max", "dense", "average", "ordinal"}
        The rank that tied units share: the best of their places (1, 2, 2, 4), the worst (1, 3, 3, 4), the best without
        gaps (1, 2, 2, 3), their mean (1, 2.5, 2.5, 4), or none: the order of the table decides (1, 2, 3, 4).
    tie_breakers : str or sequence of str
        Codes of pillars or indicators whose scores order units tied on the index: the first code first, the higher
        score ahead. They are compared unrounded (at 10 decimals); ``"index"`` here means the unrounded index. A unit
        without the score comes last. Units tied on all of them remain tied, and `ties` applies.

    Raises
    ------
    InputError
        Listing every argument that is not one of these.

    Examples
    --------
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=1)).tolist()
    [1, 1, 3]
    >>> rank(pd.Series([80.04, 79.96, 70.0]), RankRule(decimals=0, ties="average")).tolist()
    [1.5, 1.5, 3.0]
    """

    decimals: int = FINE
    rounding: Rounding = "half_even"
    ties: RankTies = "min"
    tie_breakers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = (self.tie_breakers,) if isinstance(self.tie_breakers, str) else self.tie_breakers
        codes = tuple(given) if isinstance(given, Iterable) else ()
        with Arguments("RankRule") as check:
            if not isinstance(given, Iterable):
                check.expect("tie_breakers", given, problems.TIE_BREAKER_CODES)
            object.__setattr__(self, "tie_breakers", codes)
            object.__setattr__(self, "decimals", check.count("decimals", self.decimals, least=0, most=15))
            check.choice("rounding", self.rounding, ROUNDINGS)
            check.choice("ties", self.ties, TIES)
            if not all(isinstance(code, str) for code in codes):
                check.expect("tie_breakers", codes, problems.TIE_BREAKER_CODES)

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


def round_scores(scores: np.ndarray | pd.Series, *, decimals: int, rounding: Rounding = "half_even") -> np.ndarray:
    """Round so that a decimal half is treated as a half although binary arithmetic may have missed it.

    A scaled score within a few units in the last place, or 1e-9, of a half (of a whole number, when cutting off) counts
    as that half (that number). A scaled score of 2^52 or more has no decimals to round and is left as it is.

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
        For an unknown rounding, or if `decimals` is not a number.

    Examples
    --------
    >>> round_scores(np.array([2.675, 0.5, 1.5]), decimals=2, rounding="half_up").tolist()
    [2.68, 0.5, 1.5]
    >>> round_scores(np.array([0.5, 1.5, 2.5]), decimals=0).tolist()
    [0.0, 2.0, 2.0]
    >>> round_scores(np.array([0.29, 0.299]), decimals=2, rounding="down").tolist()
    [0.29, 0.29]
    """
    with Arguments("round_scores") as check:
        check.count("decimals", decimals, least=-15, most=15)
        check.choice("rounding", rounding, ROUNDINGS)
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
@checked
def rank(scores: pd.Series, rule: RankRule | None = None, *, tie_breakers: pd.DataFrame | None = None) -> pd.Series:
    """Rank the units by score, 1 for the highest.

    Parameters
    ----------
    scores : Series, unit -> score
        A missing score gets no rank.
    rule : RankRule, optional
    tie_breakers : DataFrame, units x scores, optional
        The scores that the rule names as tie-breakers, one per column.

    Returns
    -------
    Series, unit -> rank
        Whole numbers; floats where a rank is missing or an average.

    Raises
    ------
    InputError
        For scores that are not numbers, duplicate units, or a tie-breaker of the rule that `tie_breakers` lacks.

    Examples
    --------
    >>> scores = pd.DataFrame({"index": [7.0, 7.0, 9.0], "p": [1.0, 2.0, 3.0]}, index=["X", "Y", "Z"])
    >>> rank(scores["index"], RankRule(tie_breakers="p"), tie_breakers=scores).to_dict()
    {'X': 3, 'Y': 2, 'Z': 1}
    """
    with Arguments("rank") as check:
        scores = check.series("scores", scores)
        rule = RankRule() if rule is None else check.instance("rule", rule, RankRule)
        if tie_breakers is not None:
            check.instance("tie_breakers", tie_breakers, pd.DataFrame)
    known = () if tie_breakers is None else tuple(tie_breakers)
    if lacking := [key for key in rule.tie_breakers if key not in known]:
        raise InputError(
            [problems.NO_TIE_BREAKER.format(code=key, nearest=nearest(key, known)) for key in lacking], title="rank"
        )
    keys = round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
    if tie_breakers is not None and rule.tie_breakers:
        columns = [round_scores(tie_breakers[key], decimals=FINE)[:, None] for key in rule.tie_breakers]
        keys = joint_places(keys[:, None], *columns)[:, 0]
    ranks = column_ranks(-keys[:, None], ties=rule.ties, exact=True)[:, 0]
    if rule.ties != "average" and not np.isnan(ranks).any():
        ranks = ranks.astype(int)
    return pd.Series(ranks, index=scores.index, name="rank")


def joint_places(first: np.ndarray, *others: np.ndarray) -> np.ndarray:
    """Rank the units of each column upwards from 1 by several keys; units equal in all keys are tied.

    Parameters
    ----------
    first, others : ndarray, units x columns
        The first key, and the keys that break its ties, in order; a unit without one of these comes last.

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


@checked
def rank_shift(a: pd.Series, b: pd.Series) -> pd.Series:
    """Return the places gained in ranking `a` against the reference `b`: positive means nearer the top in `a`.

    Parameters
    ----------
    a, b : Series, unit -> rank
        `b` is the reference. A unit that only one of them has gets no shift.

    Returns
    -------
    Series, unit -> ``b - a``, in the order of `b`.

    Raises
    ------
    InputError
        For ranks that are not numbers, duplicate units, or two rankings without a unit in common.

    Examples
    --------
    >>> rank_shift(pd.Series({"A": 1, "B": 2}), pd.Series({"A": 2, "B": 1})).to_dict()
    {'A': 1, 'B': -1}
    """
    with Arguments("rank_shift") as check:
        check.series("a", a)
        check.series("b", b)
        if not check.problems and len(a) and len(b) and not a.index.isin(b.index).any():
            check.refuse(problems.NO_COMMON_UNIT)
    return (as_numbers(b) - as_numbers(a).reindex(b.index)).rename("rank_shift")


@checked
def bands(
    scores: pd.Series,
    *,
    edges: Sequence[float] | None = None,
    quantiles: int | Sequence[float] | None = None,
    labels: Sequence[str] | None = None,
    decimals: int = FINE,
    rounding: Rounding = "half_even",
) -> pd.Series:
    """Sort the units into bands, such as "very high" to "low".

    Parameters
    ----------
    scores : Series, unit -> score
    edges : sequence of float
        In increasing order. A score equal to an edge belongs to the band above it.
    quantiles : int or sequence of float from 0 to 1
        Instead of `edges`: the number of bands, of sizes as equal as ties allow, or the share of the units below each
        edge. A unit is placed by the share of units ranked below it, so tied units share a band, the lower one.
    labels : sequence of str, optional
        From the lowest band to the highest, one more than edges; by default numbers, 1 for the lowest.
    decimals, rounding
        Scores and edges are compared after rounding, as in `RankRule`.

    Returns
    -------
    Series of an ordered categorical, unit -> band; missing where the score is.

    Raises
    ------
    InputError
        Listing all of these: not exactly one of `edges` and `quantiles`, edges that do not increase, a wrong number of
        labels, an unknown rounding.

    Examples
    --------
    >>> bands(pd.Series({"X": 80.0, "Y": 79.9, "Z": 20.0}), edges=(40, 80), labels=("low", "middle", "high")).to_dict()
    {'X': 'high', 'Y': 'middle', 'Z': 'low'}
    >>> bands(pd.Series([1.0, 2.0, 3.0, 4.0]), quantiles=2).tolist()
    [1, 1, 2, 2]
    """
    with Arguments("bands") as check:
        check.series("scores", scores)
        check.count("decimals", decimals, least=-15, most=15)
        check.choice("rounding", rounding, ROUNDINGS)
        cuts = _cuts(check, edges, quantiles)
        bands = range(1, 1 if cuts is None else len(cuts) + 2)
        names = list(bands) if labels is None else check.labels("labels", labels)
        if bands and len(names) != len(bands):
            check.refuse(problems.LABELS.format(labels=len(names), bands=len(bands)))
    assert cuts is not None  # otherwise it was refused
    places = round_scores(scores, decimals=decimals, rounding=rounding)
    if quantiles is None:
        cuts = round_scores(cuts, decimals=decimals, rounding=rounding)
    else:
        present = ~np.isnan(places)
        places = (column_ranks(places[:, None], exact=True)[:, 0] - 1) / max(present.sum(), 1)
        cuts = cuts - 1e-12
    codes = np.where(np.isnan(places), -1, np.searchsorted(cuts, places, side="right"))
    return pd.Series(pd.Categorical.from_codes(codes.tolist(), names, ordered=True), index=scores.index, name="band")


def _cuts(check: Arguments, edges: Any, quantiles: Any) -> np.ndarray | None:
    """Return the edges between the bands, or the share of units below each; None if they are not numbers."""
    if (edges is None) == (quantiles is None):
        check.refuse(problems.EDGES_OR_QUANTILES)
        return None
    if is_whole(quantiles) and quantiles > 0:
        return np.arange(1, quantiles) / quantiles
    try:
        cuts = floats(edges if quantiles is None else quantiles)
    except (TypeError, ValueError):
        cuts = np.empty(())
    if cuts.ndim != 1:
        wrong = ("edges", edges, problems.EDGES) if quantiles is None else ("quantiles", quantiles, problems.QUANTILES)
        check.expect(*wrong)
        return None
    shown = words(f"{cut:g}" for cut in cuts)
    if not (np.diff(cuts) > 0).all() or np.isnan(cuts).any():
        check.refuse(problems.NOT_INCREASING.format(edges=shown))
    if quantiles is not None and len(cuts) and not (cuts[0] > 0 and cuts[-1] < 1):
        check.refuse(problems.QUANTILES_OUTSIDE.format(quantiles=shown))
    return cuts


def column_ranks(x: np.ndarray, *, ties: RankTies = "min", exact: bool = False) -> np.ndarray:
    """Rank the values of each column upwards from 1; NaN gets no rank; values near each other are tied.

    Parameters
    ----------
    x : ndarray, units x columns
    ties : {"min", "max", "dense", "average", "ordinal"}
        As in `RankRule`; "ordinal" keeps the order of the rows.
    exact : bool
        Tie only values that are exactly equal: for values rounded before. Otherwise ties are as in `snapped`.

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
