"""Trends over several years: of each unit, and of all together."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, check_level
from govtransparency.p_values import adjusted
from govtransparency.robustness.stability.rankings import chance_of, complete
from govtransparency.ties import snapped

__all__ = ["PageTrend", "mann_kendall", "page_trend"]

EXACT = 8  # years up to which the test of a series with ties goes through all its orders


def mann_kendall(values_by_year: pd.DataFrame, *, level: float = 0.95, adjust: str = "holm") -> pd.DataFrame:
    """Mann and Kendall's test of a trend, unit by unit, with Sen's slope.

    Parameters
    ----------
    values_by_year : DataFrame, units x years
        Scores or ranks; the columns are numbers (years), in any order. Missing values are passed over.
    level : float
        Of the slope's interval.
    adjust : str
        Adjustment of the p-values for testing every unit, a name of ``statsmodels`` ``multipletests``.

    Returns
    -------
    DataFrame, indexed by unit
        years : int, with a value. tau : float, Kendall's tau-b of value and year. s : int, pairs of years rising less
        falling. slope, low, high : float, Sen's slope a year (Sen 1968) and its interval. p_value, p_adjusted : float,
        two-sided. NaN where a unit has fewer than three years. A unit whose values never change has tau 0 and p 1.

    Raises
    ------
    InputError
        For columns that are no numbers, repeat, or are fewer than three, and for an unknown adjustment.

    Notes
    -----
    Mann (1945), Econometrica 13; Kendall (1975). The p-value is that of all orders of the values: exact without ties,
    and with ties up to eight years; beyond, the normal one with the variance for ties
    ``(n (n - 1)(2 n + 5) - sum t (t - 1)(2 t + 5)) / 18`` and the continuity correction. With fewer than five years it
    cannot fall below 0.05 at all. Values that differ by at most 1e-12 of the larger are tied. Years are not independent
    of each other in a real index; a trend that persistence alone could make still counts as one here.

    Examples
    --------
    >>> scores = pd.DataFrame([[50, 55, 61, 66, 70], [60, 58, 61, 57, 60]], index=["A", "B"], columns=range(2020, 2025))
    >>> mann_kendall(scores)[["tau", "slope", "p_value"]].round(3).values.tolist()
    [[1.0, 5.0, 0.017], [-0.105, -0.25, 1.0]]
    """
    from scipy import stats

    title = "mann_kendall"
    check_level(level, title=title)
    table = years_in_order(values_by_year, title=title)
    if table.shape[1] < 3:
        raise InputError(f"{table.shape[1]} year(s); a trend needs at least 3", title=title)
    years = floats(table.columns)
    rows = []
    for values in snapped(floats(table), axis=1):
        present = ~np.isnan(values)
        x, y = years[present], values[present]
        if len(y) < 3:
            rows.append((len(y), np.nan, np.nan, np.nan, np.nan, np.nan, np.nan))
            continue
        if np.ptp(y) == 0:
            rows.append((len(y), 0.0, 0, 0.0, 0.0, 0.0, 1.0))
            continue
        s = int(np.sum(np.sign(np.subtract.outer(y, y))[np.tril_indices(len(y), -1)]))
        slope = stats.theilslopes(y, x, alpha=level)
        tau = stats.kendalltau(x, y).statistic
        rows.append((len(y), tau, s, slope[0], slope[2], slope[3], _chance(s, np.unique(y, return_counts=True)[1])))
    columns = ["years", "tau", "s", "slope", "low", "high", "p_value"]
    result = pd.DataFrame(rows, index=table.index, columns=columns)
    tested_units = result["p_value"].notna()
    result["p_adjusted"] = np.nan
    if tested_units.any():
        result.loc[tested_units, "p_adjusted"] = adjusted(result.loc[tested_units, "p_value"], adjust, title=title)
    return result


def _chance(s: int, ties: np.ndarray) -> float:
    """Return how often a random order of the values has an S of this size; `ties` says how often each value occurs."""
    n = int(ties.sum())
    if n > EXACT and len(ties) < n:
        variance = (n * (n - 1) * (2 * n + 5) - np.sum(ties * (ties - 1) * (2 * ties + 5))) / 18
        return min(1.0, math.erfc((abs(s) - 1) / math.sqrt(2 * variance)))
    share = np.ones(1)  # of the orders, by how many pairs fall: the n-th value falls below 0 to n - 1 of the others
    for size in range(2, n + 1):
        share = np.convolve(share, np.full(size, 1 / size))
    for size in itertools.chain.from_iterable(range(2, tied + 1) for tied in ties.tolist()):
        share = np.polydiv(share, np.full(size, 1 / size))[0]
    at = len(share) - 1 - 2 * np.arange(len(share))
    return min(1.0, float(share[np.abs(at) >= abs(s)].sum()))


@dataclass(frozen=True)
class PageTrend:
    """Page's test that the years rise in order; made by `page_trend`.

    Attributes
    ----------
    statistic : float
        Page's L.
    p_value : float
        One-sided: rising.
    p_falling : float
    units, years : int
    """

    statistic: float
    p_value: float
    p_falling: float
    units: int
    years: int

    def sentence(self, language: str = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        up, down = chance_of(self.p_value), chance_of(self.p_falling)
        if language == "zh":
            return f"{self.units} 个单位 {self.years} 年的 Page 检验：逐年上升 p {up}，逐年下降 p {down}。"
        return f"Page's test over {self.units} units and {self.years} years: rising p {up}, falling p {down}."


def page_trend(scores_by_year: pd.DataFrame) -> PageTrend:
    """Page's test of a common trend: do scores rise from year to year across the units?

    Parameters
    ----------
    scores_by_year : DataFrame, units x years
        Scores on a scale that did not change. Ranks cannot show a common trend: their mean is the same every year.

    Returns
    -------
    PageTrend

    Raises
    ------
    InputError
        For columns that are no numbers or fewer than three, fewer than two units, and for missing values.

    Notes
    -----
    Page, E. B. (1963), Journal of the American Statistical Association 58, as `scipy.stats.page_trend_test` has it;
    scores of a unit that differ by at most 1e-12 of the larger are tied.

    Examples
    --------
    >>> scores = pd.DataFrame([[50, 55, 61], [40, 47, 46], [60, 62, 69]], columns=[2022, 2023, 2024])
    >>> page_trend(scores).statistic
    41.0
    """
    from scipy import stats

    title = "page_trend"
    table = years_in_order(scores_by_year, title=title)
    if table.shape[1] < 3 or len(table) < 2:
        raise InputError(
            f"{len(table)} unit(s) and {table.shape[1]} year(s); a common trend needs at least 2 and 3", title=title
        )
    values = snapped(complete(table, title=title), axis=1)
    rising, falling = stats.page_trend_test(values), stats.page_trend_test(-values)
    return PageTrend(float(rising.statistic), float(rising.pvalue), float(falling.pvalue), *values.shape)


def years_in_order(table: pd.DataFrame, *, title: str) -> pd.DataFrame:
    """Return the table with its columns, which must be years, in their order."""
    try:
        years = [int(name) for name in table.columns]
    except (TypeError, ValueError):
        raise InputError(
            f"columns {', '.join(map(repr, table.columns))}: expected years as whole numbers", title=title
        ) from None
    problems = [f"the year {year} stands twice" for year in sorted({year for year in years if years.count(year) > 1})]
    problems += [f"the unit {unit!r} stands twice" for unit in table.index[table.index.duplicated()].unique()]
    if problems:
        raise InputError(problems, title=title)
    return table.set_axis(years, axis=1).sort_index(axis=1)
