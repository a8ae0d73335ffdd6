"""Tiers of units that cannot be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.robustness.inference.rank_intervals import INTERVAL, check_rank_intervals
from govtransparency.texts.problems import inference_problems as problems

__all__ = ["tiers"]


@checked
def tiers(sets: pd.DataFrame) -> pd.Series:
    """Cut a ranking into tiers: groups of units that cannot be told apart from the best of the group.

    Going down the ranking, the best unit not yet in a tier leads the next one. A unit belongs to the tier if its
    confidence set reaches the leader's rank; the first unit whose set does not reach it leads the next tier.

    Parameters
    ----------
    sets : DataFrame, unit -> rank, low, high
        From `rank_confidence_sets` (simultaneous, so that the statement holds for all units together) or any other
        table of rank intervals.

    Returns
    -------
    Series, unit -> tier
        1 is the top tier; in the order of `sets`.

    Raises
    ------
    InputError
        For a missing column, a missing value, and a unit whose rank lies outside its set.

    Notes
    -----
    All sets of a tier contain the leader's rank, so every unit of the tier may have that rank, and the unit that leads
    the next tier may not. It does not follow that any two units of a tier may have each other's rank, nor that a unit
    just below a border differs from one just above it: being indistinguishable is not transitive, and a cut has to fall
    somewhere.

    Examples
    --------
    >>> from govtransparency import rank_confidence_sets
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> tiers(rank_confidence_sets(scores, pd.Series(2.0, index=scores.index))).to_dict()
    {'A': 1, 'B': 2, 'C': 2, 'D': 3}
    """
    with Arguments("tiers") as check:
        sets = check_rank_intervals(check, "sets", sets)
        if not check.problems:
            for unit in sets.index[sets[INTERVAL].isna().any(axis=1)]:
                check.refuse(problems.MISSING_VALUE.format(name="sets", unit=unit))
            for unit in sets.index[(sets["rank"] < sets["low"]) | (sets["rank"] > sets["high"])]:
                check.refuse(problems.RANK_OUTSIDE_SET.format(name="sets", unit=unit))
    ordered = sets.reset_index(drop=True).sort_values(["rank", "low", "high"], kind="stable")
    tier, leader, found = 0, -np.inf, {}
    for place, row in zip(ordered.index, ordered[["rank", "low"]].to_numpy(), strict=True):
        if tier == 0 or row[1] > leader:
            tier, leader = tier + 1, row[0]
        found[place] = tier
    return pd.Series([found[place] for place in range(len(sets))], index=sets.index, name="tier", dtype=int)
