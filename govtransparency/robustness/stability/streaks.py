"""Consecutive years in the first places."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.robustness.stability.ranking_tables import check_ranks_by_year, check_years
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.ties import near

__all__ = ["streaks"]


@checked
def streaks(ranks_by_year: pd.DataFrame, k: int, *, top: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return runs of editions in which a unit is among the first k, and their probability under the uncertainty.

    Parameters
    ----------
    ranks_by_year : DataFrame, units x years
        1 = best; NaN where a unit is not ranked, which ends a run.
    k : int
    top : DataFrame, units x years, optional
        Probability that the unit is among the first k that year: an ensemble's ``top(k)`` of each year.

    Returns
    -------
    DataFrame, one row per run, longest first
        unit, first, last : years. editions : int. unpublished : int, calendar years between first and last without an
        edition in the table, for which a claim of "years running" has no evidence. current : bool, whether the run
        reaches the last edition. With `top` also probability (if the years' errors are independent), at_least and
        at_most (Frechet's bounds, for any dependence).

    Raises
    ------
    InputError
        For values that are not ranks, columns that are not years, a k below 1, and a `top` that lacks a year or unit of
        a run or whose values are not probabilities.

    Examples
    --------
    >>> ranks = pd.DataFrame({2022: [1, 2], 2023: [1, 2], 2024: [2, 1]}, index=["A", "B"])
    >>> streaks(ranks, 1)[["unit", "first", "last", "editions", "current"]].values.tolist()
    [['A', 2022, 2023, 2, False], ['B', 2024, 2024, 1, True]]
    """
    with Arguments("streaks") as check:
        ranks = check_ranks_by_year(check, "ranks_by_year", ranks_by_year, columns=1)
        check.count("k", k)
        chances = None if top is None else check_years(check, "top", top)
    years, rows, lacking = list(ranks.columns), [], list[Text]()
    for unit, inside in zip(ranks.index, ((ranks <= k) | near(ranks, k)).to_numpy(), strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
        for start, stop in edges.reshape(-1, 2):
            run = years[start:stop]
            row = {
                "unit": unit,
                "first": run[0],
                "last": run[-1],
                "editions": len(run),
                "unpublished": run[-1] - run[0] + 1 - len(run),
                "current": run[-1] == years[-1],
            }
            if chances is not None:
                found, refused = _run_chances(chances, unit, run)
                row |= found
                lacking += refused
            rows.append(row)
    if lacking:
        raise InputError(lacking[:30], title="streaks")
    columns = ["unit", "first", "last", "editions", "unpublished", "current"]
    columns += [] if top is None else ["probability", "at_least", "at_most"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["editions", "last"], ascending=False, kind="stable", ignore_index=True)


def _run_chances(chances: pd.DataFrame, unit: Any, run: list[int]) -> tuple[dict[str, float], list[Text]]:
    """Return the probabilities of a run of years, and what is wrong with those given for them."""
    missing = [year for year in run if year not in chances or unit not in chances.index]
    refused = [problems.NO_CHANCE.format(unit=unit, year=year) for year in missing]
    share = np.array([] if missing else chances.loc[unit, run], dtype=float)
    if not ((share >= 0) & (share <= 1)).all():
        refused.append(problems.BAD_CHANCES.format(unit=unit))
    found = {
        "probability": float(np.prod(share)),
        "at_least": float(max(0.0, 1 - np.sum(1 - share))),
        "at_most": float(share.min(initial=1.0)),
    }
    return found, refused
