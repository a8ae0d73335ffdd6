"""How far rankings agree: each pair by every common coefficient, with an interval, a chance level and a sentence."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.robustness.stability.pair_of_rankings import CORRELATIONS, STATISTICS, PairOfRankings
from govtransparency.robustness.stability.ranking_tables import check_rankings, common_ranks
from govtransparency.robustness.stability.resampling import Resamples, percentile_interval
from govtransparency.robustness.stability.sentences import p_value_words
from govtransparency.texts import stability_words
from govtransparency.texts.bilingual import decimal
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.texts.stability_words import COMPARED
from govtransparency.ties import snapped

if TYPE_CHECKING:
    from collections.abc import Hashable

    from govtransparency.texts.bilingual import Text

__all__ = ["compare_rankings"]

STRENGTH = (("very_strong", 0.9), ("strong", 0.7), ("moderate", 0.4), ("weak", 0.1), ("hardly", 0.0))


@checked
def compare_rankings(
    rankings: pd.DataFrame,
    *,
    reference: Hashable | None = None,
    top: int | None = None,
    p: float = 0.9,
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Compare every pair of rankings by every common coefficient.

    Parameters
    ----------
    rankings : DataFrame, units x rankings
        Ranks, 1 the best: of years, methods, assessors. Each pair is compared on the units that both rank; where that
        leaves units out, the others are ranked again.
    reference : column, optional
        Compare it with each other ranking only.
    top : int, optional
        How many places make the top whose overlap is counted; by default 10, or half the units where fewer than 20.
    p : float
        Persistence of the rank-biased overlap.
    level : float
        Of the intervals.
    resamples : int
        Bootstrap resamples of the units, and as many permutations.
    rng : int or Generator

    Returns
    -------
    DataFrame, indexed by first, second, statistic
        units : int, ranked by both.
        value, low, high : float, with the bootstrap percentile interval over units. NaN where it is not defined.
        chance : float, its mean when one ranking is a random order.
        p_value : float, how often a random ranking agrees at least as well: two-sided for the four correlations,
        one-sided for the others.
        sentence_zh, sentence_en : str.

        The statistics: ``tau_b`` (Kendall 1945, ties corrected), ``tau_x`` (Emond and Mason 2002: a tie counts as
        agreement to tie; 1 only for the same ranking, ties included), ``weighted_tau`` (Vigna 2015, hyperbolic: an
        exchange at ranks r and s weighs 1/r + 1/s), ``spearman`` (Pearson's correlation of mean ranks), ``footrule``
        (sum of the absolute differences; Diaconis and Graham 1977), ``mean_rank_shift`` (footrule over units: R_S of
        Handbook eq. 38), ``rbo`` (`rank_biased_overlap`, ties averaged), ``overlap`` (units among the first of both
        over the mean number among the first of each; chance level and p-value are hypergeometric, exact).

    Raises
    ------
    InputError
        For values that are not ranks, such as scores; fewer than two rankings or units; two rankings with fewer than
        two units in common; options out of range.

    Notes
    -----
    The bootstrap draws units with replacement and leaves each the ranks it has among all units, except for ``rbo``,
    whose lists are ranked again. Where the units are the whole population, the interval shows how much the figure
    depends on single units; see `POPULATION`.

    Examples
    --------
    Handbook, Box 7 (8 persons; called Kendall's W there, it is tau):

    >>> ranks = pd.DataFrame({"height": range(1, 9), "weight": [3, 4, 1, 2, 5, 7, 8, 6]}, index=list("ABCDEFGH"))
    >>> compare_rankings(ranks).loc[("height", "weight", "tau_b"), "value"].round(4)
    np.float64(0.5714)
    """
    title = "compare_rankings"
    with Arguments(title) as check:
        ranks = check_rankings(check, "rankings", rankings)
        if not ranks.empty:
            if reference is not None:
                check.labels("reference", [reference], ranks.columns)
            if top is not None:
                top = check.count("top", top, most=len(ranks))
        check.share("p", p, closed=(False, False), example=0.9)
        check.level("level", level)
        check.count("resamples", resamples)
        check.rng("rng", rng)
    if reference is None:
        pairs = list(itertools.combinations(ranks.columns, 2))
    else:
        pairs = [(reference, name) for name in ranks if name != reference]
    resampled = Resamples(np.random.default_rng(rng), resamples)
    rows = {}
    for first, second in pairs:
        pair = common_ranks(ranks[[first, second]])
        n = len(pair)
        if n < 2:
            raise InputError(problems.TOO_FEW_IN_COMMON.format(first=first, second=second, count=n), title=title)
        a, b = snapped(pair.to_numpy()).T
        compared = PairOfRankings(a, b, min(n, top or min(10, (n + 1) // 2)), p)
        statistics = compared.statistics(resampled.weights(n), resampled.orders(n))
        for name in STATISTICS:
            value, draws, chance, p_value = statistics[name]
            low, high = percentile_interval(draws, level) if not np.isnan(value) else (np.nan, np.nan)
            sentence = _sentence(name, (first, second), compared, (value, low, high), chance, p_value)
            rows[first, second, name] = (n, value, low, high, chance, p_value, *sentence)
    columns = ["units", "value", "low", "high", "chance", "p_value", "sentence_zh", "sentence_en"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    table.index = pd.MultiIndex.from_tuples(rows, names=["first", "second", "statistic"])
    return table


def _sentence(
    statistic: str,
    pair: tuple[Hashable, Hashable],
    compared: PairOfRankings,
    estimate: tuple[float, float, float],
    chance: float,
    p_value: float,
) -> Text:
    """Return a sentence that a reader without statistics can follow."""
    value, low, high = estimate
    common = {"name": stability_words.STATISTICS[statistic], "first": pair[0], "second": pair[1]}
    if np.isnan(value):
        return COMPARED["undefined"].format(**common)
    digits = 1 if statistic == "footrule" else 2
    interval = "" if np.isnan(low) else f" [{decimal(low, digits)}, {decimal(high, digits)}]"
    return COMPARED["defined"].format(
        **common,
        units=len(compared.a),
        figure=decimal(value, digits) + interval,
        meaning=_meaning(statistic, value, compared, decimal(chance, digits)),
        p=p_value_words(p_value),
    )


def _meaning(statistic: str, value: float, compared: PairOfRankings, chance: str) -> Text:
    """Return in words how near the value is to full agreement or to chance."""
    if statistic in CORRELATIONS:
        if abs(value) >= 1 - 1e-12:
            return COMPARED["same" if value > 0 else "reversed"]
        strength = next(name for name, bound in STRENGTH if abs(value) >= bound)
        return COMPARED["agree" if value >= 0 else "disagree"].format(strength=stability_words.STRENGTH[strength])
    if statistic == "overlap":
        first_a, first_b = compared.first
        return COMPARED["overlap"].format(top=compared.top, both=int((first_a & first_b).sum()))
    return COMPARED["rbo" if statistic == "rbo" else "distance"].format(chance=chance)
