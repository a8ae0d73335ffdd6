"""Combine the scores of a group of children into the score of their parent.

An aggregator takes the children's scores (units x children, more being better) and their weights, and gives the
parent's scores. A child that is missing for a unit drops out with its weight, the rest counting in proportion; whether
enough is left is for the recipe's missing-data rule to say. A unit without any child gets no score. Each says what
zeros and ties do. The outranking methods, TOPSIS and VIKOR depend on which units are in the sample.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from govtransparency.aggregation.balance import (
    adjusted_mazziotta_pareto,
    choquet,
    mazziotta_pareto,
    mean_min,
    median,
    owa,
)
from govtransparency.aggregation.ideals import VikorSolution, topsis, vikor, vikor_solution
from govtransparency.aggregation.kemeny import KemenyOrders, kemeny, kemeny_orders
from govtransparency.aggregation.means import (
    Transform,
    arithmetic_mean,
    geometric_mean,
    harmonic_mean,
    mean_of_terms,
    power_mean,
    transform_of,
    weighted_sum,
)
from govtransparency.aggregation.outranking import borda_count, copeland, outranking_matrix, promethee
from govtransparency.aggregation.steps import rescaled, rounded
from govtransparency.weighting.benefit import benefit_of_the_doubt

__all__ = [
    "AGGREGATORS",
    "KemenyOrders",
    "Transform",
    "VikorSolution",
    "adjusted_mazziotta_pareto",
    "arithmetic_mean",
    "benefit_of_the_doubt",
    "borda_count",
    "choquet",
    "copeland",
    "geometric_mean",
    "harmonic_mean",
    "kemeny",
    "kemeny_orders",
    "mazziotta_pareto",
    "mean_min",
    "mean_of_terms",
    "median",
    "outranking_matrix",
    "owa",
    "power_mean",
    "promethee",
    "rescaled",
    "rounded",
    "topsis",
    "transform_of",
    "vikor",
    "vikor_solution",
    "weighted_sum",
]

Aggregator = Callable[..., pd.Series]

AGGREGATORS: dict[str, Aggregator] = {
    method.__name__: method
    for method in (
        arithmetic_mean,
        geometric_mean,
        harmonic_mean,
        power_mean,
        median,
        owa,
        choquet,
        mazziotta_pareto,
        adjusted_mazziotta_pareto,
        mean_min,
        borda_count,
        copeland,
        kemeny,
        topsis,
        vikor,
        promethee,
        benefit_of_the_doubt,
        rounded,
        rescaled,
    )
}

# inside an edition's file the method that another one wraps is named too, and looked up here
for wrapper in (rounded, rescaled):
    wrapper.choices = {"aggregate": AGGREGATORS} | getattr(wrapper, "choices", {})  # type: ignore[union-attr]
