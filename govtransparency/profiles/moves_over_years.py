"""Moves between the neighbouring editions of a panel, and which of them exceed the errors of the scores."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.editions.joined_units import current_codes, under_current_codes
from govtransparency.profiles.rank_errors import rank_sets
from govtransparency.robustness.stability.movers import BEYOND, rank_changes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Panel

__all__ = ["largest_first", "moves_by_pair", "moves_in_brief", "moves_over_years", "ranks_of_stayers"]


def moves_over_years(
    panel: Panel, ranks: Mapping[str, pd.DataFrame], *, level: float = 0.95, resamples: int = 500
) -> dict[str, pd.DataFrame]:
    """Return for each two neighbouring editions whether each unit's rank has changed by more than the errors.

    Parameters
    ----------
    panel : Panel
    ranks : dict of group to DataFrame, units x years
        Of the years that are compared, from `comparable_ranks`.
    level, resamples
        As in `rank_sets`, which finds the errors of each edition by itself.

    Returns
    -------
    dict of group to DataFrame, indexed by unit
        from, to, before, before_low, before_high, after, after_low, after_high, change, verdict, apart; in the order of
        the years. Groups are left out where no two neighbouring editions have errors. ``attrs["borrowed"]`` as in
        `rank_sets`.
    """
    years = sorted({year for table in ranks.values() for year in table.columns})
    codes = dict(zip(panel.editions, current_codes([one.units for one in panel.editions.values()]), strict=True))
    sets = {
        year: {
            group: under_current_codes(own, codes[year])
            for group, own in rank_sets(panel.editions[year], level=level, resamples=resamples).items()
        }
        for year in years
    }
    found = {}
    for group, table in ranks.items():
        pairs = [
            (old, new)
            for old, new in pairwise(table.columns)
            if {group} <= sets[old].keys() & sets[new].keys()
            and len(sets[old][group].index.intersection(sets[new][group].index))
        ]
        if pairs:
            found[group] = pd.concat([_compared(sets[old][group], sets[new][group], (old, new)) for old, new in pairs])
            borrowed = (parent for pair in pairs for year in pair for parent in sets[year][group].attrs["borrowed"])
            found[group].attrs["borrowed"] = tuple(dict.fromkeys(borrowed))
    return found


def _compared(before: pd.DataFrame, after: pd.DataFrame, years: tuple[int, int]) -> pd.DataFrame:
    changes = rank_changes(before, after)
    old, new = (sets.loc[changes.index, ["low", "high"]] for sets in (before, after))
    table = changes.join(old.add_prefix("before_")).join(new.add_prefix("after_"))
    columns = ["before", "before_low", "before_high", "after", "after_low", "after_high", "change", "verdict", "apart"]
    return table[columns].assign(**{"from": years[0], "to": years[1]})[["from", "to", *columns]]


def ranks_of_stayers(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks, units x years, among the units of the first and the last year alone: nobody else moves them.

    Examples
    --------
    >>> ranks = pd.DataFrame({2023: [1, 2, None], 2024: [2, 3, 1]}, index=["A", "B", "newcomer"])
    >>> ranks_of_stayers(ranks)[2024].tolist()
    [1.0, 2.0]
    """
    return ranks[ranks.iloc[:, [0, -1]].notna().all(axis=1)].rank(method="min")


def largest_first(moves: pd.DataFrame) -> pd.DataFrame:
    """Return the moves of `moves_over_years`, those beyond the errors before the others, the largest first."""
    order = pd.DataFrame(
        {"beyond": moves["verdict"].isin(BEYOND).to_numpy(), "places": moves["change"].abs().to_numpy()}
    )
    return moves.iloc[order.sort_values(["beyond", "places"], ascending=False, kind="stable").index]


def moves_in_brief(moves: pd.DataFrame) -> pd.DataFrame:
    """Return the moves of `moves_over_years` as a reader's table, with each confidence set in one column.

    Returns
    -------
    DataFrame, indexed by unit
        from, to, before, set_before, after, set_after, change, verdict.
    """
    sets = {
        f"set_{when}": [f"{low:g}\u2013{high:g}" for low, high in moves[[f"{when}_low", f"{when}_high"]].to_numpy()]
        for when in ("before", "after")
    }
    columns = ["from", "to", "before", "set_before", "after", "set_after", "change", "verdict"]
    return moves.assign(**sets)[columns]


def moves_by_pair(moves: pd.DataFrame) -> pd.DataFrame:
    """Return how many units moved between each two neighbouring editions, and how many beyond the errors.

    Returns
    -------
    DataFrame
        from, to, units, moved, rise, fall (beyond the errors), apart (whose intervals have no rank in common).
    """
    counted = moves.assign(
        units=1,
        moved=moves["change"] != 0,
        rise=moves["verdict"] == "rise",
        fall=moves["verdict"] == "fall",
    )
    return counted.groupby(["from", "to"])[["units", "moved", "rise", "fall", "apart"]].sum().astype(int).reset_index()
