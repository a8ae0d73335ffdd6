"""Agreement and difference among many rankings: Kendall's W, Friedman's test and the comparisons after it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.p_values import adjusted
from govtransparency.ranking import column_ranks
from govtransparency.robustness.stability.ranking_tables import check_complete, check_numbers
from govtransparency.robustness.stability.resampling import percentile_interval
from govtransparency.robustness.stability.sentences import in_language, p_value_words
from govtransparency.texts.bilingual import decimal
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import SENTENCES, TESTS

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language

__all__ = ["Concordance", "Friedman", "friedman", "kendall_w"]


@dataclass(frozen=True)
class Concordance:
    """Kendall's coefficient of concordance; made by `kendall_w`.

    Attributes
    ----------
    w, low, high : float
        0 for no agreement to 1 for the same ranking, and its bootstrap interval over units.
    chi2, df, p_chi2 : float
        Friedman's approximation.
    f, df1, df2, p_f : float
        The F approximation, better for few units or few rankings (Marozzi 2014). ``f`` is infinite where ``w`` is 1.
        Two rankings of two units leave it no degrees of freedom: ``f`` and ``p_f`` are then NaN.
    p_permutation : float
        Share of random rankings that agree at least as well.
    mean_correlation : float
        Mean Spearman correlation of all pairs of rankings, ``(k w - 1)/(k - 1)`` (exact without ties).
    units, rankings : int
    mean_ranks : Series, unit -> mean rank
    """

    w: float
    low: float
    high: float
    chi2: float
    df: float
    p_chi2: float
    f: float
    df1: float
    df2: float
    p_f: float
    p_permutation: float
    mean_correlation: float
    units: int
    rankings: int
    mean_ranks: pd.Series

    def sentence(self, language: Language = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        by_f = self.df1 > 0
        text = SENTENCES["concordance"].format(
            rankings=self.rankings,
            units=self.units,
            w=decimal(self.w),
            low=decimal(self.low),
            high=decimal(self.high),
            test=TESTS["f" if by_f else "permutation"],
            p=p_value_words(self.p_f if by_f else self.p_permutation),
        )
        return in_language(text, language)


@checked
def kendall_w(
    rankings: pd.DataFrame, *, level: float = 0.95, resamples: int = 1000, rng: int | np.random.Generator = 0
) -> Concordance:
    """Return Kendall's coefficient of concordance of rankings: units in rows, rankings (years, raters) in columns.

    ``W = 12 sum_i (R_i - mean R)^2 / (k^2 (n^3 - n) - k sum_j T_j)`` with ``R_i`` the rank sum of unit i of n over k
    rankings and ``T_j = sum (t^3 - t)`` over the ties of ranking j. ``chi2 = k (n - 1) W`` with n - 1 degrees of
    freedom; ``F = (k - 1) W / (1 - W)`` with ``n - 1 - 2/k`` and k - 1 times that.

    Parameters
    ----------
    rankings : DataFrame, units x rankings
        Ranks or scores, all in the same direction: each column is ranked, ties sharing their mean rank. Values are tied
        where they differ by at most 1e-12 of the larger.
    level : float
        Of the interval.
    resamples : int
        Bootstrap resamples of the units, and permutations.
    rng : int or Generator

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        For fewer than two units or rankings, columns that are not numbers, a missing value (naming the units), options
        out of range, and where every ranking ties all units.

    Notes
    -----
    Kendall, M. G. and Babington Smith, B. (1939), Annals of Mathematical Statistics 10; Marozzi, M. (2014), Testing for
    concordance between several criteria, Journal of Statistical Computation and Simulation 84(9). The permutations
    shuffle each ranking independently; the order observed counts as one of them. The bootstrap draws units and keeps
    the ranks they have among all.

    Many packages take raters in rows. A table with raters in rows must be turned: ``kendall_w(table.T)``.

    Examples
    --------
    >>> ranks = pd.DataFrame({"2022": [1, 2, 3, 4], "2023": [1, 3, 2, 4], "2024": [1, 2, 3, 4]}, index=list("ABCD"))
    >>> result = kendall_w(ranks)
    >>> round(result.w, 4), result.units, result.rankings
    (0.9111, 4, 3)
    """
    from scipy import stats

    with Arguments("kendall_w") as check:
        check_complete(check, "rankings", check_numbers(check, "rankings", rankings))
        check.level("level", level)
        check.count("resamples", resamples)
        check.rng("rng", rng)
    ranks = column_ranks(floats(rankings), ties="average")
    n, k = ranks.shape
    if not np.ptp(ranks, axis=0).any():
        raise InputError(problems.ALL_TIED_RANKINGS, title="kendall_w")
    one = np.ones((1, n))
    w = float(_w(ranks, one)[0])
    generator = np.random.default_rng(rng)
    drawn = _w(ranks, generator.multinomial(n, np.full(n, 1 / n), size=resamples).astype(float))
    spread = np.sum((ranks - ranks.mean(axis=0)) ** 2)
    by_chance = np.empty(resamples)
    for draw in range(resamples):
        sums = generator.permuted(ranks, axis=0).sum(axis=1)
        by_chance[draw] = np.sum((sums - sums.mean()) ** 2) / (k * spread)
    df1 = n - 1 - 2 / k
    df2 = (k - 1) * df1
    perfect = w > 1 - 1e-12
    f = np.nan if df1 <= 0 else np.inf if perfect else (k - 1) * w / (1 - w)
    low, high = percentile_interval(drawn, level)
    return Concordance(
        w=w,
        low=low,
        high=high,
        chi2=k * (n - 1) * w,
        df=n - 1,
        p_chi2=float(stats.chi2.sf(k * (n - 1) * w, n - 1)),
        f=f,
        df1=df1,
        df2=df2,
        p_f=float(stats.f.sf(f, df1, df2)) if df1 > 0 else np.nan,
        p_permutation=(int(np.sum(by_chance >= w - 1e-12)) + 1) / (resamples + 1),
        mean_correlation=(k * w - 1) / (k - 1),
        units=n,
        rankings=k,
        mean_ranks=pd.Series(ranks.mean(axis=1), index=rankings.index, name="mean_rank"),
    )


def _w(ranks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return W of many resamples: the spread of the rank sums over the most that the rankings' own spreads allow."""
    total = weights.sum(axis=1)
    sums = ranks.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = weights @ sums**2 / total - (weights @ sums / total) ** 2
        within = weights @ np.sum(ranks**2, axis=1) / total - np.sum((weights @ ranks) ** 2, axis=1) / total**2
        return np.where(within > 1e-12, between / (ranks.shape[1] * within), np.nan)


@dataclass(frozen=True)
class Friedman:
    """Friedman's test and what follows it; made by `friedman`.

    Attributes
    ----------
    chi2, df, p_value : float
        Corrected for ties.
    f, df1, df2, p_f : float
        Iman and Davenport's F, the better approximation; infinite where all rows agree.
    w : float
        Kendall's W of the rows, ``chi2 / (N (k - 1))``.
    units, columns : int
    mean_ranks : Series, column -> mean rank within rows
    critical_difference : float
        Two columns whose mean ranks differ by more differ by Nemenyi's test at 1 - level.
    level : float
    post_hoc : DataFrame, indexed by first, second
        difference (of mean ranks, first minus second), p_nemenyi, p_holm (normal, Holm's adjustment), p_conover (t
        test, not adjusted), p_conover_holm.
    """

    chi2: float
    df: float
    p_value: float
    f: float
    df1: float
    df2: float
    p_f: float
    w: float
    units: int
    columns: int
    mean_ranks: pd.Series
    critical_difference: float
    level: float
    post_hoc: pd.DataFrame

    def sentence(self, language: Language = "en") -> str:
        """Return what the result says, in ``"en"`` or ``"zh"``."""
        different = self.post_hoc.index[self.post_hoc["p_holm"] < 1 - self.level]
        pairs = "; ".join(f"{first} – {second}" for first, second in different)
        text = SENTENCES["friedman"].format(
            units=self.units,
            columns=self.columns,
            chi2=decimal(self.chi2),
            p=p_value_words(self.p_f),
            different=SENTENCES["different_columns" if pairs else "no_different_columns"].format(pairs=pairs),
        )
        return in_language(text, language)


@checked
def friedman(rankings: pd.DataFrame, *, level: float = 0.95) -> Friedman:
    """Return Friedman's test of whether the columns (methods, years) rank differently within the rows.

    Units are the blocks, in rows; the columns are what is compared. Within each row the values are ranked, 1 for the
    smallest, ties (within 1e-12 of the larger value) sharing their mean rank.

    Parameters
    ----------
    rankings : DataFrame, units x columns
        Ranks or scores that can be compared along a row: scores of methods on one scale, ranks under each method.
    level : float
        For the critical difference.

    Returns
    -------
    Friedman

    Raises
    ------
    InputError
        For fewer than two units or columns, columns that are not numbers, a missing value (naming the units), a level
        that is not between 0 and 1, and rows that are all ties.

    Notes
    -----
    With N rows, k columns, rank sums R_j, A the sum of all squared ranks and ``C = N k (k + 1)^2 / 4``,
    ``chi2 = (k - 1) (sum R_j^2 - N C) / (A - C)``, corrected for ties (Conover 1999, section 5.8);
    ``F = (N - 1) chi2 / (N (k - 1) - chi2)`` with k - 1 and (N - 1)(k - 1) degrees of freedom (Iman and Davenport
    1980). Post-hoc: Nemenyi's test by the studentised range with ``CD = q sqrt(k (k+1) / (6N))``; the normal test
    ``z = difference / sqrt(k (k+1) / (6N))`` under Holm's adjustment (Demsar 2006); Conover's t test, whose standard
    error shrinks with the differences found (Conover 1999, p. 371).

    Whether rankings agree is another question: see `kendall_w`, with the same table. W of the rows of this table (``w``
    here) equals ``kendall_w(rankings.T).w``.

    Examples
    --------
    >>> scores = pd.DataFrame({"arithmetic": [70, 60, 80], "geometric": [65, 58, 79], "harmonic": [61, 50, 70]})
    >>> result = friedman(scores)
    >>> result.chi2, result.mean_ranks.to_dict()
    (6.0, {'arithmetic': 3.0, 'geometric': 2.0, 'harmonic': 1.0})
    """
    from scipy import stats

    with Arguments("friedman") as check:
        check_complete(check, "rankings", check_numbers(check, "rankings", rankings))
        check.level("level", level)
    ranks = column_ranks(floats(rankings).T, ties="average").T
    n, k = ranks.shape
    sums = ranks.sum(axis=0)
    squares = float(np.sum(ranks**2))
    expected = n * k * (k + 1) ** 2 / 4
    if squares - expected < 1e-9:
        raise InputError(problems.ALL_TIED_ROWS, title="friedman")
    chi2 = float((k - 1) * (np.sum(sums**2) - n * expected) / (squares - expected))
    df2 = (n - 1) * (k - 1)
    left = n * (k - 1) - chi2
    f = np.inf if left < 1e-9 else (n - 1) * chi2 / left

    first, second = np.array(list(itertools.combinations(range(k), 2))).T
    difference = (sums[first] - sums[second]) / n
    error = np.sqrt(k * (k + 1) / (6 * n))
    p_normal = 2 * stats.norm.sf(np.abs(difference) / error)
    conover = np.sqrt(max(2 * (n * squares - np.sum(sums**2)), 0.0) / df2)
    # where all rows agree, Conover's standard error is 0, and any difference is certain
    certain = np.where(difference == 0, 0.0, np.inf)
    p_conover = 2 * stats.t.sf(np.abs(difference) * n / conover if conover > 1e-9 else certain, df2)
    post_hoc = pd.DataFrame(
        {
            "difference": difference,
            "p_nemenyi": stats.studentized_range.sf(np.abs(difference) * np.sqrt(2) / error, k, np.inf),
            "p_holm": adjusted(p_normal),
            "p_conover": p_conover,
            "p_conover_holm": adjusted(p_conover),
        },
        index=pd.MultiIndex.from_arrays([rankings.columns[first], rankings.columns[second]], names=["first", "second"]),
    )
    return Friedman(
        chi2=chi2,
        df=k - 1,
        p_value=float(stats.chi2.sf(chi2, k - 1)),
        f=f,
        df1=k - 1,
        df2=df2,
        p_f=float(stats.f.sf(f, k - 1, df2)),
        w=chi2 / (n * (k - 1)),
        units=n,
        columns=k,
        mean_ranks=pd.Series(sums / n, index=rankings.columns, name="mean_rank"),
        critical_difference=float(stats.studentized_range.ppf(level, k, np.inf) / np.sqrt(2) * error),
        level=level,
        post_hoc=post_hoc,
    )
