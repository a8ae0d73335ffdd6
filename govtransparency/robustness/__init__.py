"""What a rank is worth: uncertainty, sensitivity, thresholds, stability over years and methods, and inference."""

from govtransparency.robustness.data import imputation, marks_noise, threshold
from govtransparency.robustness.dominance import RobustComparisons, dominance, rank_bounds, robust_comparisons
from govtransparency.robustness.inference import (
    add_errors,
    bootstrap_rank_intervals,
    rank_confidence_sets,
    tiers,
    top_set,
)
from govtransparency.robustness.reach import what_would_it_take
from govtransparency.robustness.regions import FirstRegion, can_be_first
from govtransparency.robustness.rescoring import Rescored, rescore
from govtransparency.robustness.score_errors import (
    assessor_errors,
    indicator_errors,
    sampling_errors,
    without_each_assessor,
)
from govtransparency.robustness.sensitivity import Sensitivity, one_at_a_time, sensitivity_analysis
from govtransparency.robustness.sources import (
    one_of,
    weights_anywhere,
    weights_within,
    without_one_indicator,
    without_one_pillar,
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
from govtransparency.robustness.thresholds import Swap, pairwise_swaps, weight_stability, weight_to_swap
from govtransparency.robustness.uncertainty import Ensemble, uncertainty_analysis
from govtransparency.robustness.weights import expert_weights, weights_around, weights_bounded, weights_ordered

__all__ = [
    "Ensemble",
    "FirstRegion",
    "Rescored",
    "RobustComparisons",
    "Sensitivity",
    "Swap",
    "add_errors",
    "assessor_errors",
    "bootstrap_rank_intervals",
    "can_be_first",
    "compare_rankings",
    "dominance",
    "expert_weights",
    "friedman",
    "imputation",
    "indicator_errors",
    "kendall_w",
    "mann_kendall",
    "marks_noise",
    "mobility",
    "movers_test",
    "one_at_a_time",
    "one_of",
    "page_trend",
    "paired_tests",
    "pairwise_swaps",
    "rank_biased_overlap",
    "rank_bounds",
    "rank_changes",
    "rank_confidence_sets",
    "rescore",
    "robust_comparisons",
    "sampling_errors",
    "sensitivity_analysis",
    "streaks",
    "threshold",
    "tiers",
    "top_set",
    "uncertainty_analysis",
    "weight_stability",
    "weight_to_swap",
    "weights_anywhere",
    "weights_around",
    "weights_bounded",
    "weights_ordered",
    "weights_within",
    "what_would_it_take",
    "without_each_assessor",
    "without_one_indicator",
    "without_one_pillar",
]
