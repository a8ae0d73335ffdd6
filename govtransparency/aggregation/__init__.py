"""Combine the scores of a group of children into the score of their parent.

An aggregator takes the children's scores (units x children, more being better) and their weights, and gives the
parent's scores. A child that is missing for a unit drops out with its weight, the rest counting in proportion; whether
enough is left is for the recipe's missing-data rule to say. A unit without any child gets no score. Each says what
zeros and ties do. The outranking methods, TOPSIS and VIKOR depend on which units are in the sample.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.aggregation.balanced_means import *
    from govtransparency.aggregation.distance_to_ideal import *
    from govtransparency.aggregation.further_steps import *
    from govtransparency.aggregation.kemeny import *
    from govtransparency.aggregation.means import *
    from govtransparency.aggregation.outranking import *
else:
    from govtransparency.aggregation.distance_to_ideal import VikorSolution, vikor_solution
    from govtransparency.aggregation.kemeny import KemenyOrders, kemeny_orders
    from govtransparency.aggregation.means import Transform, mean_of_terms, transform_of, weighted_sum
    from govtransparency.aggregation.outranking import outranking_matrix

# benefit of the doubt finds weights, and gives scores
AGGREGATORS = methods_in(__name__, "aggregate") | methods_in("govtransparency.weighting", "aggregate")
globals().update(AGGREGATORS)

# inside an edition's file the method that another one wraps is named too, and looked up here
for wrapper in (AGGREGATORS["rounded"], AGGREGATORS["rescaled"]):
    wrapper.choices = {"aggregate": AGGREGATORS} | getattr(wrapper, "choices", {})  # type: ignore[attr-defined]
