"""How sure a rank is: uncertainty, sensitivity, thresholds, stability over years and methods, and inference."""

from govtransparency.robustness.inference.added_errors import add_errors
from govtransparency.robustness.inference.assessor_errors import assessor_errors, without_each_assessor
from govtransparency.robustness.inference.bootstrap import bootstrap_rank_intervals
from govtransparency.robustness.inference.indicator_errors import indicator_errors
from govtransparency.robustness.inference.pooled_regressions import Pooled, pool
from govtransparency.robustness.inference.rank_sets import rank_confidence_sets, top_set
from govtransparency.robustness.inference.sampling_errors import sampling_errors
from govtransparency.robustness.inference.tiers import tiers
from govtransparency.robustness.monte_carlo.ensemble import Ensemble
from govtransparency.robustness.monte_carlo.one_at_a_time import one_at_a_time
from govtransparency.robustness.monte_carlo.sensitivity import sensitivity_analysis
from govtransparency.robustness.monte_carlo.uncertainty import uncertainty_analysis
from govtransparency.robustness.monte_carlo.variance_shares import Sensitivity
from govtransparency.robustness.sources.choices import one_of, without_one_indicator, without_one_pillar
from govtransparency.robustness.sources.constrained_weights import (
    expert_weights,
    weights_around,
    weights_bounded,
    weights_ordered,
)
from govtransparency.robustness.sources.data_sources import imputation, marks_noise, threshold
from govtransparency.robustness.sources.free_weights import weights_anywhere, weights_within
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
from govtransparency.robustness.thresholds.dominance import (
    RobustComparisons,
    dominance,
    rank_bounds,
    robust_comparisons,
)
from govtransparency.robustness.thresholds.first_place import FirstRegion, can_be_first
from govtransparency.robustness.thresholds.improvement import what_would_it_take
from govtransparency.robustness.thresholds.rescore import Rescored, rescore
from govtransparency.robustness.thresholds.swaps import Swap, pairwise_swaps, weight_to_swap
from govtransparency.robustness.thresholds.weight_stability import weight_stability

__all__ = [
    "Ensemble",
    "FirstRegion",
    "Pooled",
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
    "pool",
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
