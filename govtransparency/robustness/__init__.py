"""What a rank is worth: uncertainty, sensitivity, thresholds, stability over years and methods, and inference."""

from govtransparency.robustness.data import imputation, marks_noise, threshold
from govtransparency.robustness.dominance import RobustComparisons, dominance, rank_bounds, robust_comparisons
from govtransparency.robustness.reach import what_would_it_take
from govtransparency.robustness.regions import FirstRegion, can_be_first
from govtransparency.robustness.rescoring import Rescored, rescore
from govtransparency.robustness.sensitivity import Sensitivity, one_at_a_time, sensitivity_analysis
from govtransparency.robustness.sources import (
    one_of,
    weights_anywhere,
    weights_within,
    without_one_indicator,
    without_one_pillar,
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
    "can_be_first",
    "dominance",
    "expert_weights",
    "imputation",
    "marks_noise",
    "one_at_a_time",
    "one_of",
    "pairwise_swaps",
    "rank_bounds",
    "rescore",
    "robust_comparisons",
    "sensitivity_analysis",
    "threshold",
    "uncertainty_analysis",
    "weight_stability",
    "weight_to_swap",
    "weights_anywhere",
    "weights_around",
    "weights_bounded",
    "weights_ordered",
    "weights_within",
    "what_would_it_take",
    "without_one_indicator",
    "without_one_pillar",
]
