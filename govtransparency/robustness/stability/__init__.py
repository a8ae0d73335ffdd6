"""Stability of rankings: agreement, tests across methods and years, mobility, streaks, trends."""

from govtransparency.robustness.stability.compared_rankings import compare_rankings
from govtransparency.robustness.stability.concordance import Concordance, Friedman, friedman, kendall_w
from govtransparency.robustness.stability.mobility import Mobility, mobility
from govtransparency.robustness.stability.movers import Movers, movers_test, rank_changes
from govtransparency.robustness.stability.overlap import rank_biased_overlap
from govtransparency.robustness.stability.paired_scores import paired_tests
from govtransparency.robustness.stability.streaks import streaks
from govtransparency.robustness.stability.trends import PageTrend, mann_kendall, page_trend
from govtransparency.texts.stability_words import POPULATION

__all__ = [
    "POPULATION",
    "Concordance",
    "Friedman",
    "Mobility",
    "Movers",
    "PageTrend",
    "compare_rankings",
    "friedman",
    "kendall_w",
    "mann_kendall",
    "mobility",
    "movers_test",
    "page_trend",
    "paired_tests",
    "rank_biased_overlap",
    "rank_changes",
    "streaks",
]
