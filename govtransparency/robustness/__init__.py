"""How far a ranking can be trusted: its stability over years and methods, and what errors in scores allow to say."""

from govtransparency.robustness.inference import bootstrap_rank_intervals, rank_confidence_sets, tiers, top_set
from govtransparency.robustness.score_errors import (
    assessor_errors,
    indicator_errors,
    sampling_errors,
    without_each_assessor,
)
from govtransparency.robustness.stability import (
    compare_rankings,
    friedman,
    kendall_w,
    mann_kendall,
    mobility,
    movers_test,
    page_trend,
    paired_tests,
    rank_biased_overlap,
    rank_changes,
    streaks,
)

__all__ = [
    "assessor_errors",
    "bootstrap_rank_intervals",
    "compare_rankings",
    "friedman",
    "indicator_errors",
    "kendall_w",
    "mann_kendall",
    "mobility",
    "movers_test",
    "page_trend",
    "paired_tests",
    "rank_biased_overlap",
    "rank_changes",
    "rank_confidence_sets",
    "sampling_errors",
    "streaks",
    "tiers",
    "top_set",
    "without_each_assessor",
]
