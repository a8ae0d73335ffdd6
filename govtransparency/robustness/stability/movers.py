"""Which units moved between years beyond their errors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.robustness.inference.rank_intervals import INTERVAL, check_rank_intervals
from govtransparency.robustness.stability.ranking_tables import check_rankings, common_ranks
from govtransparency.robustness.stability.sentences import in_language, p_value_words
from govtransparency.texts.bilingual import decimal
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import SENTENCES
from govtransparency.ties import NEAR, differences, snapped

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language

__all__ = ["BEYOND", "Movers", "movers_test", "rank_changes"]

BEYOND = ("rise", "fall")  # verdicts on a change of rank that exceeds the errors


@checked
def rank_changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return for each unit whether its rank has changed by more than its uncertainty.

    Parameters
    ----------
    before, after : DataFrame, unit -> rank, low, high
        Of two editions: from `rank_confidence_sets`, or an ensemble's intervals.

    Returns
    -------
    DataFrame, indexed by unit, those in both, in the order of `after`
        before, after : rank. change : places gained (+). verdict : str
            ``"same"``; ``"inside"`` if either edition's interval contains the other's rank; ``"rise"`` or ``"fall"`` if
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
    with Arguments("rank_changes") as check:
        before = check_rank_intervals(check, "before", before)
        after = check_rank_intervals(check, "after", after)
    units = after.dropna(subset=INTERVAL).index
    units = units[units.isin(before.dropna(subset=INTERVAL).index)]
    if not len(units):
        raise InputError(problems.NO_UNIT_IN_COMMON, title="rank_changes")
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
    """How many units moved, and how many would under the null hypothesis; made by `movers_test`.

    Attributes
    ----------
    movers, units, places : int
        Units that moved by at least `places`, of all units compared.
    expected : float
        Mean number of movers under the null hypothesis.
    p_fewer, p_more : float
        Probability of at most, and of at least, this many movers under the null hypothesis.
    null : {"random order", "uncertainty"}
    """

    movers: int
    units: int
    places: float
    expected: float
    p_fewer: float
    p_more: float
    null: Literal["random order", "uncertainty"]

    def sentence(self, language: Language = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        uncertain = self.null == "uncertainty"
        text = SENTENCES["movers_beyond_uncertainty" if uncertain else "movers_beyond_chance"].format(
            units=self.units,
            movers=self.movers,
            places=f"{self.places:g}",
            expected=decimal(self.expected, 1),
            p=p_value_words(self.p_more if uncertain else self.p_fewer),
        )
        return in_language(text, language)


@checked
def movers_test(
    before: pd.Series,
    after: pd.Series,
    *,
    places: float = 1,
    acceptability: pd.DataFrame | None = None,
    permutations: int = 2000,
    rng: int | np.random.Generator = 0,
) -> Movers:
    """Test the number of units that moved by permutation.

    Parameters
    ----------
    before, after : Series, unit -> rank
        Compared on the units in both, which are ranked again where units are left out.
    places : float
        A unit that moves by at least this many places, up or down, is a mover.
    acceptability : DataFrame, unit x rank, rows summing to 1, optional
        Probability of each rank under the uncertainty of one edition. Without it the null hypothesis is that the new
        ranking is a random order, and few movers show persistence. With it the null hypothesis is that no unit has
        changed: both ranks are drawn from it, and many movers show real change. Draws are made unit by unit, so that
        two units may share a rank.
    permutations : int
    rng : int or Generator

    Returns
    -------
    Movers

    Raises
    ------
    InputError
        For values that are not ranks, fewer than two units in common, an acceptability that lacks a unit or whose rows
        do not sum to 1, and options out of range.

    Examples
    --------
    >>> old = pd.Series({"A": 1, "B": 2, "C": 3, "D": 4, "E": 5})
    >>> new = pd.Series({"A": 2, "B": 1, "C": 3, "D": 4, "E": 5})
    >>> movers_test(old, new).movers
    2
    """
    title = "movers_test"
    with Arguments(title, last=False) as check:
        before, after = check.series("before", before), check.series("after", after)
        check.number("places", places, low=0)
        if acceptability is not None:
            check.table("acceptability", acceptability)
        check.count("permutations", permutations)
        check.rng("rng", rng)
    with Arguments(title) as check:
        joined = pd.concat([before, after], axis=1, keys=["before", "after"], join="inner")
        pair = common_ranks(check_rankings(check, "ranks", joined) if len(joined) > 1 else joined.dropna())
        if len(pair) < 2:
            check.refuse(problems.TOO_FEW_IN_COMMON.format(first="before", second="after", count=len(pair)))
        elif acceptability is not None:
            _check_acceptability(check, acceptability, pair.index)
    old, new = snapped(pair.to_numpy(), axis=None).T
    n = len(pair)
    least = places - NEAR * n  # ranks go to n
    count = int(np.sum(np.abs(old - new) >= least))
    generator = np.random.default_rng(rng)
    if acceptability is None:
        shuffled = generator.permuted(np.tile(new, (permutations, 1)), axis=1)
        drawn = np.sum(np.abs(old - shuffled) >= least, axis=1)
    else:
        reached = np.cumsum(floats(acceptability.loc[pair.index]), axis=1)
        ranks = floats(acceptability.columns)
        drawn = np.zeros(permutations, dtype=int)
        for unit in range(n):
            at = np.searchsorted(reached[unit], generator.random((2, permutations)) * reached[unit, -1], side="right")
            first, second = ranks[np.minimum(at, len(ranks) - 1)]
            drawn += np.abs(first - second) >= least
    return Movers(
        movers=count,
        units=n,
        places=places,
        expected=float(drawn.mean()),
        p_fewer=(int(np.sum(drawn <= count)) + 1) / (permutations + 1),
        p_more=(int(np.sum(drawn >= count)) + 1) / (permutations + 1),
        null="random order" if acceptability is None else "uncertainty",
    )


def _check_acceptability(check: Arguments, acceptability: pd.DataFrame, units: pd.Index) -> None:
    missing = units.difference(acceptability.index)[:10]
    for unit in missing:
        check.refuse(problems.NO_ACCEPTABILITY.format(unit=unit))
    if not len(missing) and not np.allclose(acceptability.loc[units].sum(axis=1), 1, atol=1e-6):
        check.refuse(problems.ROWS_DO_NOT_SUM_TO_1)
