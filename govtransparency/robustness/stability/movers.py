"""Which units moved between years beyond their errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError
from govtransparency.robustness.stability.rankings import chance_of, check_rankings, common_ranks, number
from govtransparency.ties import NEAR, differences, snapped

__all__ = ["Movers", "movers_test", "rank_changes"]


def rank_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Say of each unit whether its rank has moved, or only within its uncertainty: a move inside the interval is none.

    Parameters
    ----------
    before, after : DataFrame, unit -> rank, low, high
        Of two editions: from `rank_confidence_sets`, or an ensemble's intervals.

    Returns
    -------
    DataFrame, indexed by unit, those in both, in the order of `after`
        before, after : rank. change : places gained (+). verdict : str
            ``"same"``; ``"inside"``, if either edition's interval holds the other's rank; ``"rise"`` or ``"fall"``, if
            neither does. apart : bool, whether the two intervals have no rank in common, the stricter test.

    Raises
    ------
    InputError
        For missing columns, and where no unit is in both.

    Examples
    --------
    >>> old = pd.DataFrame({"rank": [1, 9], "low": [1, 8], "high": [3, 9]}, index=["A", "B"])
    >>> new = pd.DataFrame({"rank": [3, 2], "low": [2, 1], "high": [4, 5]}, index=["A", "B"])
    >>> rank_changes(old, new)[["change", "verdict"]].values.tolist()
    [[-2, 'inside'], [7, 'rise']]
    """
    title = "rank_changes"
    problems = [
        f"{name}: column {column!r} is missing"
        for name, frame in (("before", before), ("after", after))
        for column in ("rank", "low", "high")
        if column not in frame
    ]
    if problems:
        raise InputError(problems, title=title)
    units = after.dropna(subset=["rank", "low", "high"]).index
    units = units[units.isin(before.dropna(subset=["rank", "low", "high"]).index)]
    if not len(units):
        raise InputError("no unit is in both editions", title=title)
    old, new = before.loc[units], after.loc[units]
    change = pd.Series(differences(floats(old["rank"]), floats(new["rank"])), index=units)
    if (change % 1 == 0).all():
        change = change.astype(int)
    inside = new["rank"].between(old["low"], old["high"]) | old["rank"].between(new["low"], new["high"])
    verdict = np.where(change == 0, "same", np.where(inside, "inside", np.where(change > 0, "rise", "fall")))
    apart = (old["low"] > new["high"]) | (new["low"] > old["high"])
    return pd.DataFrame(
        {"before": old["rank"], "after": new["rank"], "change": change, "verdict": verdict, "apart": apart}
    )


@dataclass(frozen=True)
class Movers:
    """How many units moved, against how many would; made by `movers_test`.

    Attributes
    ----------
    movers, units, places : int
        Units that moved by at least so many places.
    expected : float
        Mean number under the null.
    p_fewer, p_more : float
        Chance of as few, and of as many.
    null : {"random order", "uncertainty"}
    """

    movers: int
    units: int
    places: float
    expected: float
    p_fewer: float
    p_more: float
    null: str

    def sentence(self, language: str = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        expected = number(self.expected, 1)
        if self.null == "uncertainty":
            p = chance_of(self.p_more)
            if language == "zh":
                return (
                    f"{self.units} 个单位中有 {self.movers} 个变动至少 {self.places:g} 位；若无真实变化，"
                    f"仅凭不确定性平均也会有 {expected} 个（p {p}）。"
                )
            return (
                f"{self.movers} of {self.units} units moved by {self.places:g} places or more; uncertainty alone would "
                f"move {expected} (p {p})."
            )
        p = chance_of(self.p_fewer)
        if language == "zh":
            return (
                f"{self.units} 个单位中有 {self.movers} 个变动至少 {self.places:g} 位；"
                f"若随机排列，平均会有 {expected} 个（p {p}）。"
            )
        return (
            f"{self.movers} of {self.units} units moved by {self.places:g} places or more; a new order at random would "
            f"move {expected} (p {p})."
        )


def movers_test(
    before: pd.Series,
    after: pd.Series,
    *,
    places: float = 1,
    acceptability: pd.DataFrame | None = None,
    permutations: int = 2000,
    rng: int | np.random.Generator = 0,
) -> Movers:
    """Permutation test of the number of units that moved.

    Parameters
    ----------
    before, after : Series, unit -> rank
        Compared on the units in both, closed up.
    places : float
        A unit that moves by at least so many places, up or down, is a mover.
    acceptability : DataFrame, unit x rank, rows summing to 1, optional
        Chance of each rank under the uncertainty of one edition. Without it the null is that the new ranking is a
        random order, and few movers show persistence. With it the null is that no unit has changed: both ranks are
        drawn from it, and many movers show real change. Draws are made unit by unit, so that two units may share a
        rank.
    permutations : int
    rng : int or Generator

    Returns
    -------
    Movers

    Raises
    ------
    InputError
        For fewer than two units in common, and an acceptability that lacks a unit or whose rows do not sum to 1.

    Examples
    --------
    >>> old = pd.Series({"A": 1, "B": 2, "C": 3, "D": 4, "E": 5})
    >>> new = pd.Series({"A": 2, "B": 1, "C": 3, "D": 4, "E": 5})
    >>> movers_test(old, new).movers
    2
    """
    title = "movers_test"
    joined = pd.concat([before, after], axis=1, keys=["before", "after"], join="inner")
    pair = common_ranks(check_rankings(joined, title=title)) if len(joined) > 1 else joined
    if len(pair) < 2:
        raise InputError(f"{len(pair)} unit(s) in common; at least 2 are needed", title=title)
    old, new = snapped(pair.to_numpy(), axis=None).T
    n = len(pair)
    least = places - NEAR * n  # ranks go to n
    count = int(np.sum(np.abs(old - new) >= least))
    generator = np.random.default_rng(rng)
    if acceptability is None:
        shuffled = generator.permuted(np.tile(new, (permutations, 1)), axis=1)
        dealt = np.sum(np.abs(old - shuffled) >= least, axis=1)
    else:
        problems = [f"no acceptability for unit {unit!r}" for unit in pair.index.difference(acceptability.index)[:10]]
        if not problems and not np.allclose(acceptability.loc[pair.index].sum(axis=1), 1, atol=1e-6):
            problems.append("the rows of the acceptability do not sum to 1")
        if problems:
            raise InputError(problems, title=title)
        reached = np.cumsum(floats(acceptability.loc[pair.index]), axis=1)
        ranks = floats(acceptability.columns)
        dealt = np.zeros(permutations, dtype=int)
        for unit in range(n):
            at = np.searchsorted(reached[unit], generator.random((2, permutations)) * reached[unit, -1], side="right")
            first, second = ranks[np.minimum(at, len(ranks) - 1)]
            dealt += np.abs(first - second) >= least
    return Movers(
        movers=count,
        units=n,
        places=places,
        expected=float(dealt.mean()),
        p_fewer=(int(np.sum(dealt <= count)) + 1) / (permutations + 1),
        p_more=(int(np.sum(dealt >= count)) + 1) / (permutations + 1),
        null="random order" if acceptability is None else "uncertainty",
    )
