"""How much each child counts within its parent.

A weighter takes the framework, and the table of raw values where it needs one, and gives the framework with new
weights: weights belong to the framework. Given weights are those of ``framework.csv``, rescaled to sum to 1 among
siblings.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.weighting.benefit import *
    from govtransparency.weighting.dispersion import *
    from govtransparency.weighting.experts import *
    from govtransparency.weighting.extremes import *
    from govtransparency.weighting.factors import *
    from govtransparency.weighting.models import *
    from govtransparency.weighting.pairwise import *
    from govtransparency.weighting.structure import *
else:
    from govtransparency.weighting.benefit import benefit_of_the_doubt, benefit_of_the_doubt_weights
    from govtransparency.weighting.experts import budget_shares
    from govtransparency.weighting.extremes import BestWorst, best_worst
    from govtransparency.weighting.pairwise import AHP, ahp, group_judgements
    from govtransparency.weighting.structure import weigh

WEIGHTERS = methods_in(__name__, "weight")
globals().update(WEIGHTERS)
