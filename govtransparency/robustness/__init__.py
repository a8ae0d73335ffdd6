"""What a rank is worth: uncertainty and sensitivity analysis."""

from govtransparency.robustness.data import imputation, marks_noise, threshold
from govtransparency.robustness.sensitivity import Sensitivity, one_at_a_time, sensitivity_analysis
from govtransparency.robustness.sources import (
    one_of,
    weights_anywhere,
    weights_within,
    without_one_indicator,
    without_one_pillar,
)
from govtransparency.robustness.uncertainty import Ensemble, uncertainty_analysis
from govtransparency.robustness.weights import expert_weights, weights_around, weights_bounded, weights_ordered

__all__ = [
    "Ensemble",
    "Sensitivity",
    "expert_weights",
    "imputation",
    "marks_noise",
    "one_at_a_time",
    "one_of",
    "sensitivity_analysis",
    "threshold",
    "uncertainty_analysis",
    "weights_anywhere",
    "weights_around",
    "weights_bounded",
    "weights_ordered",
    "weights_within",
    "without_one_indicator",
    "without_one_pillar",
]
