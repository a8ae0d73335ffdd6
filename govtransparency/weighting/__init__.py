"""How much each child counts within its parent.

A weighter takes the framework, and the table of raw values where it needs one, and gives the framework with new
weights: weights belong to the framework. Given weights are those of ``framework.csv``, rescaled to sum to 1 among
siblings.
"""

from govtransparency.weighting.dispersion import (
    critic_weights,
    cv_weights,
    entropy_weights,
    merec_weights,
    sd_weights,
)
from govtransparency.weighting.structure import (
    Weighter,
    equal_indicator_weights,
    equal_weights,
    given_weights,
    weigh,
)

__all__ = [
    "critic_weights",
    "cv_weights",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "given_weights",
    "merec_weights",
    "sd_weights",
    "weigh",
]

WEIGHTERS: dict[str, Weighter] = {
    method.__name__: method
    for method in (
        given_weights,
        equal_weights,
        equal_indicator_weights,
        entropy_weights,
        critic_weights,
        merec_weights,
        sd_weights,
        cv_weights,
    )
}
