"""Consecutive years in the first places."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.robustness.stability.rankings import check_rankings
from govtransparency.robustness.stability.trends import years_in_order
from govtransparency.ties import near

__all__ = ["streaks"]


def streaks(ranks_by_year: pd.DataFrame, k: int, *, top: pd.DataFrame | None = None) -> pd.DataFrame:
    """Runs of editions in which a unit is among the first k, and how likely they are under the uncertainty.

    Parameters
    ----------
    ranks_by_year : DataFrame, units x years
        1 = best; NaN where a unit is not ranked, which ends a run.
    k : int
    top : DataFrame, units x years, optional
        Chance that the unit is among the first k that year: an ensemble's ``top(k)`` of each year.

    Returns
    -------
    DataFrame, a row a run, longest first
        unit, first, last : years. editions : int. unpublished : int, calendar years between first and last without an
        edition in the table, in which the claim "years running" is not covered. current : bool, whether the run reaches
        the last edition. With `top` also probability (were the years' errors independent), at_least and at_most
        (whatever their dependence: Frechet's bounds).

    Raises
    ------
    InputError
        For values that are no ranks, columns that are no years, a k below 1, and a `top` that lacks a year or unit of a
        run or holds no probabilities.

    Examples
    --------
    >>> ranks = pd.DataFrame({2022: [1, 2], 2023: [1, 2], 2024: [2, 1]}, index=["A", "B"])
    >>> streaks(ranks, 1)[["unit", "first", "last", "editions", "current"]].values.tolist()
    [['A', 2022, 2023, 2, False], ['B', 2024, 2024, 1, True]]
    """
    title = "streaks"
    ranks = check_rankings(years_in_order(ranks_by_year, title=title), title=title, columns=1)
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or k < 1:
        raise InputError(f"k {k!r}: expected a whole number, 1 or more", title=title)
    chances = None if top is None else years_in_order(top, title=title)
    years, rows, problems = list(ranks.columns), [], []
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
                lacking = [year for year in run if year not in chances or unit not in chances.index]
                problems += [f"top has no chance for unit {unit!r} in {year}" for year in lacking]
                share = np.array([] if lacking else chances.loc[unit, run], dtype=float)
                if not ((share >= 0) & (share <= 1)).all():
                    problems.append(f"top, unit {unit!r}: expected chances from 0 to 1")
                row |= {
                    "probability": float(np.prod(share)),
                    "at_least": float(max(0.0, 1 - np.sum(1 - share))),
                    "at_most": float(share.min(initial=1.0)),
                }
            rows.append(row)
    if problems:
        raise InputError(problems[:30], title=title)
    columns = ["unit", "first", "last", "editions", "unpublished", "current"]
    columns += [] if top is None else ["probability", "at_least", "at_most"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(["editions", "last"], ascending=False, kind="stable", ignore_index=True)
