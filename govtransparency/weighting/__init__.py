"""How much each child counts within its parent.

A weighter takes the framework, and the table of raw values where it needs one, and gives the framework with new
weights: weights belong to the framework. Given weights are those of ``framework.csv``, rescaled to sum to 1 among
siblings.
"""

from govtransparency.weighting.benefit import benefit_of_the_doubt, benefit_of_the_doubt_weights
from govtransparency.weighting.dispersion import critic_weights, cv_weights, entropy_weights, merec_weights, sd_weights
from govtransparency.weighting.experts import budget_allocation, budget_shares, rank_order_weights
from govtransparency.weighting.extremes import BestWorst, best_worst, best_worst_weights
from govtransparency.weighting.factors import pca_weights
from govtransparency.weighting.models import importance_weights, regression_weights, unobserved_components_weights
from govtransparency.weighting.pairwise import AHP, ahp, ahp_weights, group_judgements
from govtransparency.weighting.structure import Weighter, equal_indicator_weights, equal_weights, given_weights, weigh

__all__ = [
    "AHP",
    "BestWorst",
    "ahp",
    "ahp_weights",
    "benefit_of_the_doubt",
    "benefit_of_the_doubt_weights",
    "best_worst",
    "best_worst_weights",
    "budget_allocation",
    "budget_shares",
    "critic_weights",
    "cv_weights",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "given_weights",
    "group_judgements",
    "importance_weights",
    "merec_weights",
    "pca_weights",
    "rank_order_weights",
    "regression_weights",
    "sd_weights",
    "unobserved_components_weights",
    "weigh",
]

WEIGHTERS: dict[str, Weighter] = {
    method.__name__: method
    for method in (
        given_weights,
        equal_weights,
        equal_indicator_weights,
        budget_allocation,
        ahp_weights,
        best_worst_weights,
        rank_order_weights,
        entropy_weights,
        critic_weights,
        merec_weights,
        sd_weights,
        cv_weights,
        pca_weights,
        regression_weights,
        unobserved_components_weights,
        importance_weights,
    )
}
