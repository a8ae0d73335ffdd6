"""Compute, check and question composite indices of government transparency."""

from govtransparency.aggregation import (
    Transform,
    arithmetic_mean,
    geometric_mean,
    harmonic_mean,
    power_mean,
    transform_of,
)
from govtransparency.data import indicator_values, read_marks, read_table
from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.errors import InputError
from govtransparency.framework import Framework, Node, read_framework
from govtransparency.index import Index, Recipe, build_index
from govtransparency.marks import agreement
from govtransparency.methods import by_level, by_node
from govtransparency.normalisation import distance_to_target, min_max, normalise, percentile_rank, rank_score, z_score
from govtransparency.ranking import RankRule, rank, rank_shift
from govtransparency.robustness import (
    FirstRegion,
    Rescored,
    RobustComparisons,
    Swap,
    can_be_first,
    dominance,
    pairwise_swaps,
    rank_bounds,
    rescore,
    robust_comparisons,
    weight_stability,
    weight_to_swap,
    what_would_it_take,
)
from govtransparency.treatment import spread_weights
from govtransparency.weighting import (
    critic_weights,
    cv_weights,
    entropy_weights,
    equal_indicator_weights,
    equal_weights,
    given_weights,
    merec_weights,
    sd_weights,
    weigh,
)

__all__ = [
    "Edition",
    "FirstRegion",
    "Framework",
    "Index",
    "InputError",
    "Node",
    "RankRule",
    "Recipe",
    "Rescored",
    "RobustComparisons",
    "Swap",
    "Transform",
    "agreement",
    "arithmetic_mean",
    "build_index",
    "by_level",
    "by_node",
    "can_be_first",
    "critic_weights",
    "cv_weights",
    "distance_to_target",
    "dominance",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "geometric_mean",
    "given_weights",
    "harmonic_mean",
    "indicator_values",
    "list_editions",
    "merec_weights",
    "min_max",
    "normalise",
    "pairwise_swaps",
    "percentile_rank",
    "power_mean",
    "rank",
    "rank_bounds",
    "rank_score",
    "rank_shift",
    "read_edition",
    "read_framework",
    "read_marks",
    "read_table",
    "rescore",
    "robust_comparisons",
    "sd_weights",
    "spread_weights",
    "transform_of",
    "weigh",
    "weight_stability",
    "weight_to_swap",
    "what_would_it_take",
    "z_score",
]
