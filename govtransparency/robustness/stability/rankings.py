"""What the statistics of rankings share: checks, resampling of units, and what a p-value can say about them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, nearest
from govtransparency.ranking import column_ranks

__all__ = ["POPULATION", "check_rankings", "common_ranks", "complete", "number", "quantiles"]

# What a p-value and an interval mean where the units are all there are, as in a ranking of every province.
POPULATION = {
    "en": "The units are all there are, so nothing is inferred about others: the p-value only compares with chance, "
    "and the interval shows how much the figure hangs on which units are in it.",
    "zh": "所列单位即为全部单位，不推断其他单位：p 值只是与随机情形相比，"
    "区间表示该数值在多大程度上取决于包含哪些单位。",
}


def check_rankings(rankings: pd.DataFrame, *, title: str, columns: int = 2) -> pd.DataFrame:
    """Return the rankings as floats, or raise one error that lists all that is wrong with them.

    Parameters
    ----------
    rankings : DataFrame, units x rankings
        1 is best; NaN where a ranking leaves a unit out.
    title : str
        The function asked, for the error.
    columns : int
        The least number of rankings.
    """
    if not isinstance(rankings, pd.DataFrame):
        raise InputError(f"got a {type(rankings).__name__}; expected a DataFrame, units in rows", title=title)
    problems = [f"the unit {unit!r} stands twice" for unit in rankings.index[rankings.index.duplicated()].unique()]
    problems += [f"the ranking {name!r} stands twice" for name in rankings.columns[rankings.columns.duplicated()]]
    if rankings.shape[1] < columns:
        problems.append(f"{rankings.shape[1]} ranking(s); at least {columns} are needed, one a column")
    if len(rankings) < 2:
        problems.append(f"{len(rankings)} unit(s); at least 2 are needed, one a row")
    if not problems:
        for name, dtype in rankings.dtypes.items():
            if not pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_bool_dtype(dtype):
                problems.append(f"the ranking {name!r} holds {dtype}, not numbers")
    if not problems:
        for name in rankings:
            ranks = rankings[name].astype(float)
            for unit, value in ranks[(ranks < 1) | (ranks > len(ranks))].head(3).items():
                problems.append(
                    f"ranking {name!r}, unit {unit!r}: {value:g} is no rank among {len(ranks)} units; "
                    "give ranks, 1 the best (gt.rank makes them of scores)"
                )
    if problems:
        raise InputError(problems, title=title)
    return rankings.astype(float)


def complete(table: pd.DataFrame, *, title: str) -> np.ndarray:
    """Return the values of a table without a gap, or raise an error that names the units with one."""
    gaps = table.index[table.isna().any(axis=1)]
    if len(gaps):
        named = ", ".join(repr(unit) for unit in gaps[:10]) + (", ..." if len(gaps) > 10 else "")
        raise InputError(
            f"{len(gaps)} of {len(table)} units lack a value ({named}); leave them out with .dropna() or fill them",
            title=title,
        )
    return floats(table)


def common_ranks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of the units that every ranking has, closed up where units were left out.

    Ranks stay as given where nothing is left out. Otherwise the units left are ranked anew, ties sharing the best rank,
    or their mean rank if any rank given is no whole number: a unit that leaves the panel must not move the others.
    """
    kept = ranks.dropna()
    if len(kept) == len(ranks):
        return kept
    ties = "min" if (kept % 1 == 0).all(axis=None) else "average"
    return pd.DataFrame(column_ranks(kept.to_numpy(), ties=ties), index=kept.index, columns=kept.columns)


def check_one_of(value: object, valid: Iterable[str], *, what: str, title: str) -> None:
    """Refuse a name that is not valid, with the nearest one that is."""
    names = list(valid)
    if value not in names:
        raise InputError(f"{what} {value!r} is unknown; {nearest(value, names)}", title=title)


def quantiles(draws: np.ndarray, level: float) -> tuple[float, float]:
    """Return the percentile interval of the draws, NaN where there are none."""
    drawn = draws[~np.isnan(draws)]
    if not drawn.size:
        return np.nan, np.nan
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def number(value: float, digits: int = 2) -> str:
    """Return the number as sentences write it, with a true minus sign."""
    return f"{value:.{digits}f}".replace("-", "\u2212")


def chance_of(p_value: float) -> str:
    """Return a p-value as sentences write it after the letter: ``= 0.012``, or ``< 0.001`` where it is less."""
    return "< 0.001" if p_value < 0.0005 else f"= {number(p_value, 3)}"
