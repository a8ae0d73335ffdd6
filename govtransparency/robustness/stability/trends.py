"""Trends over several years: of each unit, and of all together."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.p_values import adjusted
from govtransparency.robustness.stability.ranking_tables import check_complete, check_years
from govtransparency.robustness.stability.sentences import in_language, p_value_words
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import SENTENCES
from govtransparency.ties import snapped

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language

__all__ = ["PageTrend", "mann_kendall", "page_trend"]

EXACT = 8  # years up to which the test of a series with ties is exact, by all its orders


@checked
def mann_kendall(values_by_year: pd.DataFrame, *, level: float = 0.95, adjust: str = "holm") -> pd.DataFrame:
    """Return Mann and Kendall's test of a trend for each unit, with Sen's slope.

    Parameters
    ----------
    values_by_year : DataFrame, units x years
        Scores or ranks; the columns are numbers (years), in any order. Missing values are left out.
    level : float
        Of the slope's interval.
    adjust : str
        Adjustment of the p-values for testing every unit, a name of ``statsmodels`` ``multipletests``.

    Returns
    -------
    DataFrame, indexed by unit
        years : int, with a value. tau : float, Kendall's tau-b of value and year. s : int, number of pairs of years
        that rise minus that of pairs that fall. slope, low, high : float, Sen's slope per year (Sen 1968) and its
        interval. p_value, p_adjusted : float, two-sided. NaN where a unit has fewer than three years. A unit whose
        values never change has tau 0 and p 1.

    Raises
    ------
    InputError
        For columns that are not years, duplicate or fewer than three, values that are not numbers, and an unknown
        adjustment.

    Notes
    -----
    Mann (1945), Econometrica 13; Kendall (1975). The p-value is exact, from all orders of the values, without ties, and
    with ties up to eight years; otherwise it is normal, with the variance for ties
    ``(n (n - 1)(2 n + 5) - sum t (t - 1)(2 t + 5)) / 18`` and the continuity correction. With fewer than five years it
    is never below 0.05. Values that differ by at most 1e-12 of the larger are tied. Years are not independent
    of each other in a real index; a trend that persistence alone could make still counts as one here.

    Examples
    --------
    >>> scores = pd.DataFrame([[50, 55, 61, 66, 70], [60, 58, 61, 57, 60]], index=["A", "B"], columns=range(2020, 2025))
    >>> mann_kendall(scores)[["tau", "slope", "p_value"]].round(3).values.tolist()
    [[1.0, 5.0, 0.017], [-0.105, -0.25, 1.0]]
    """
    from scipy import stats

    title = "mann_kendall"
    with Arguments(title) as check:
        check.level("level", level)
        before = len(check.problems)
        table = check_years(check, "values_by_year", values_by_year)
        if len(check.problems) == before:
            check.table("values_by_year", table)
            if table.shape[1] < 3:
                check.refuse(problems.TOO_FEW_YEARS.format(name="values_by_year", count=table.shape[1]))
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
    """Return how often a random order of the values has an S of at least this size; `ties` counts each value."""
    n = int(ties.sum())
    if n > EXACT and len(ties) < n:
        variance = (n * (n - 1) * (2 * n + 5) - np.sum(ties * (ties - 1) * (2 * ties + 5))) / 18
        return min(1.0, math.erfc((abs(s) - 1) / math.sqrt(2 * variance)))
    share = np.ones(1)  # of orders by the number of falling pairs: the n-th value is below 0 to n - 1 of the others
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

    def sentence(self, language: Language = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        text = SENTENCES["common_trend"].format(
            units=self.units,
            years=self.years,
            up=p_value_words(self.p_value),
            down=p_value_words(self.p_falling),
        )
        return in_language(text, language)


@checked
def page_trend(scores_by_year: pd.DataFrame) -> PageTrend:
    """Return Page's test of a common trend: whether scores rise from year to year across the units.

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
        For columns that are not years or fewer than three, fewer than two units, and missing values.

    Notes
    -----
    Page, E. B. (1963), Journal of the American Statistical Association 58, computed by `scipy.stats.page_trend_test`;
    scores of a unit that differ by at most 1e-12 of the larger are tied.

    Examples
    --------
    >>> scores = pd.DataFrame([[50, 55, 61], [40, 47, 46], [60, 62, 69]], columns=[2022, 2023, 2024])
    >>> page_trend(scores).statistic
    41.0
    """
    from scipy import stats

    with Arguments("page_trend") as check:
        table = check_years(check, "scores_by_year", scores_by_year)
        if not check.problems:
            check.table("scores_by_year", table)
            check_complete(check, "scores_by_year", table)
            if table.shape[1] < 3 or len(table) < 2:
                check.refuse(
                    problems.TOO_FEW_FOR_COMMON_TREND.format(
                        name="scores_by_year", units=len(table), years=table.shape[1]
                    )
                )
    values = snapped(floats(table), axis=1)
    rising, falling = stats.page_trend_test(values), stats.page_trend_test(-values)
    return PageTrend(float(rising.statistic), float(rising.pvalue), float(falling.pvalue), *values.shape)
