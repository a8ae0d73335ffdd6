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
from govtransparency.record import audit_claims, contradictions, feasible_weights
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
    "Framework",
    "Index",
    "InputError",
    "Node",
    "RankRule",
    "Recipe",
    "Transform",
    "agreement",
    "arithmetic_mean",
    "audit_claims",
    "build_index",
    "by_level",
    "by_node",
    "contradictions",
    "critic_weights",
    "cv_weights",
    "distance_to_target",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "feasible_weights",
    "geometric_mean",
    "given_weights",
    "harmonic_mean",
    "indicator_values",
    "list_editions",
    "merec_weights",
    "min_max",
    "normalise",
    "percentile_rank",
    "power_mean",
    "rank",
    "rank_score",
    "rank_shift",
    "read_edition",
    "read_framework",
    "read_marks",
    "read_table",
    "sd_weights",
    "spread_weights",
    "transform_of",
    "weigh",
    "z_score",
]
