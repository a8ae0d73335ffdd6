"""What a rank is worth: thresholds at which it falls, and scores under other weights."""

from govtransparency.robustness.rescoring import Rescored, rescore
from govtransparency.robustness.thresholds import Swap, pairwise_swaps, weight_stability, weight_to_swap

__all__ = ["Rescored", "Swap", "pairwise_swaps", "rescore", "weight_stability", "weight_to_swap"]
