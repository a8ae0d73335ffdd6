"""Do the indicators belong together: correlations, reliability, components, importance, and the methodology review."""

from govtransparency.coherence.correlation import Correlations, correlations, denominator_correlations, redundant
from govtransparency.coherence.factors import (
    Bartlett,
    Components,
    bartlett,
    kmo,
    pillar_structure,
    principal_components,
)
from govtransparency.coherence.importance import correlation_ratio, importance
from govtransparency.coherence.reliability import Reliability, cronbach_alpha, omega

__all__ = [
    "Bartlett",
    "Components",
    "Correlations",
    "Reliability",
    "bartlett",
    "correlation_ratio",
    "correlations",
    "cronbach_alpha",
    "denominator_correlations",
    "importance",
    "kmo",
    "omega",
    "pillar_structure",
    "principal_components",
    "redundant",
]
