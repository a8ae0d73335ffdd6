"""What a rank is worth: uncertainty and sensitivity analysis."""

from govtransparency.robustness.sources import (
    one_of,
    weights_anywhere,
    weights_within,
    without_one_indicator,
    without_one_pillar,
)
from govtransparency.robustness.uncertainty import Ensemble, uncertainty_analysis

__all__ = [
    "Ensemble",
    "one_of",
    "uncertainty_analysis",
    "weights_anywhere",
    "weights_within",
    "without_one_indicator",
    "without_one_pillar",
]
