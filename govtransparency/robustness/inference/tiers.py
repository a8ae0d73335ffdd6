"""Tiers of units that cannot be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.errors import InputError

__all__ = ["tiers"]


def tiers(sets: pd.DataFrame) -> pd.Series:
    """Cut a ranking into tiers: groups whose units cannot be told apart from the best of the group.

    Going down the ranking, the best unit not yet placed leads a tier. A unit is in the tier as long as its confidence
    set reaches the leader's rank; the first whose set does not, leads the next.

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
    All sets of a tier have the leader's rank in common, so every unit of it may hold that place, and the unit that
    leads the next tier may not. It does not follow that any two units of a tier may hold each other's place, nor that a
    unit just below a border is told apart from one just above it: being indistinguishable is not transitive, and a cut
    has to fall somewhere.

    Examples
    --------
    >>> from govtransparency import rank_confidence_sets
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> tiers(rank_confidence_sets(scores, pd.Series(2.0, index=scores.index))).to_dict()
    {'A': 1, 'B': 2, 'C': 2, 'D': 3}
    """
    problems = [f"column {column!r} is missing" for column in ("rank", "low", "high") if column not in sets]
    if not problems:
        needed = sets[["rank", "low", "high"]]
        problems += [f"unit {unit!r}: a value is missing" for unit in sets.index[needed.isna().any(axis=1)]]
        outside = (sets["rank"] < sets["low"]) | (sets["rank"] > sets["high"])
        problems += [f"unit {unit!r}: its rank lies outside its set" for unit in sets.index[outside]]
    if problems:
        raise InputError(problems, title="tiers")
    ordered = sets.reset_index(drop=True).sort_values(["rank", "low", "high"], kind="stable")
    tier, leader, found = 0, -np.inf, {}
    for place, row in zip(ordered.index, ordered[["rank", "low"]].to_numpy(), strict=True):
        if tier == 0 or row[1] > leader:
            tier, leader = tier + 1, row[0]
        found[place] = tier
    return pd.Series([found[place] for place in range(len(sets))], index=sets.index, name="tier", dtype=int)
