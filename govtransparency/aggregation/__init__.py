"""Combine the scores of a group of children into the score of their parent.

An aggregator takes the children's scores (units x children, more is better) and their weights, and returns the
parent's scores. A child that is missing for a unit is left out for that unit, and the weights of the others keep their
proportions; the recipe's missing-data rule decides whether enough children are left. A unit without any child gets no
score. Each docstring says what zeros and ties do. The outranking methods, TOPSIS and VIKOR depend on which units are in
the sample.
"""

from typing import TYPE_CHECKING

from govtransparency.methods import methods_in

if TYPE_CHECKING:  # the methods found below too, for editors and type checkers
    from govtransparency.aggregation.balanced_means import *
    from govtransparency.aggregation.choquet_integral import *
    from govtransparency.aggregation.distance_to_ideal import *
    from govtransparency.aggregation.further_steps import *
    from govtransparency.aggregation.kemeny import *
    from govtransparency.aggregation.means import *
    from govtransparency.aggregation.outranking import *
    from govtransparency.aggregation.weighted_terms import *
else:
    from govtransparency.aggregation.distance_to_ideal import VikorSolution, vikor_solution
    from govtransparency.aggregation.kemeny import KemenyOrders, kemeny_orders
    from govtransparency.aggregation.means import Transform, transform_of
    from govtransparency.aggregation.outranking import outranking_matrix
    from govtransparency.aggregation.weighted_terms import mean_of_terms, weighted_sum

# benefit of the doubt is a way to find weights, but it returns scores
AGGREGATORS = methods_in(__name__, "aggregate") | methods_in("govtransparency.weighting", "aggregate")
globals().update(AGGREGATORS)

# an edition's file also names the method that one of these wraps; it is looked up in the same registry
for wrapper in (AGGREGATORS["rounded"], AGGREGATORS["rescaled"]):
    wrapper.choices = {"aggregate": AGGREGATORS} | getattr(wrapper, "choices", {})  # type: ignore[attr-defined]
