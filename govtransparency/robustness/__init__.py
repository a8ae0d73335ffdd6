"""What a rank is worth: thresholds at which it falls, and scores under other weights."""

from govtransparency.robustness.dominance import RobustComparisons, dominance, rank_bounds, robust_comparisons
from govtransparency.robustness.reach import what_would_it_take
from govtransparency.robustness.regions import FirstRegion, can_be_first
from govtransparency.robustness.rescoring import Rescored, rescore
from govtransparency.robustness.thresholds import Swap, pairwise_swaps, weight_stability, weight_to_swap

__all__ = [
    "FirstRegion",
    "Rescored",
    "RobustComparisons",
    "Swap",
    "can_be_first",
    "dominance",
    "pairwise_swaps",
    "rank_bounds",
    "rescore",
    "robust_comparisons",
    "weight_stability",
    "weight_to_swap",
    "what_would_it_take",
]
