"""The weights of the children within their parent.

A weighter takes the framework, and the table of raw values if it needs one, and returns the framework with new
weights: weights belong to the framework. Given weights are those of ``framework.csv``, rescaled to sum to 1 among
siblings.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.weighting.benefit_of_the_doubt_weights import *
    from govtransparency.weighting.best_worst_method import *
    from govtransparency.weighting.dispersion_weights import *
    from govtransparency.weighting.equal_and_given_weights import *
    from govtransparency.weighting.expert_judgements import *
    from govtransparency.weighting.judgement_matrix import *
    from govtransparency.weighting.model_based_weights import *
    from govtransparency.weighting.pairwise_comparisons import *
    from govtransparency.weighting.principal_component_weights import *
else:
    from govtransparency.weighting.benefit_of_the_doubt_weights import (
        benefit_of_the_doubt,
        benefit_of_the_doubt_weights,
    )
    from govtransparency.weighting.best_worst_method import BestWorst, best_worst
    from govtransparency.weighting.equal_and_given_weights import weigh
    from govtransparency.weighting.expert_judgements import budget_shares
    from govtransparency.weighting.pairwise_comparisons import AHP, ahp, group_judgements

WEIGHTERS = methods_in(__name__, "weight")
globals().update(WEIGHTERS)
