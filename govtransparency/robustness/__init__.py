"""What a rank is worth: thresholds at which it falls, and scores under other weights."""

from govtransparency.robustness.rescoring import Rescored, rescore

__all__ = ["Rescored", "rescore"]
