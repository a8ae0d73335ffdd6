"""Compute, check and question composite indices of government transparency."""

from govtransparency.aggregation import arithmetic_mean, geometric_mean, harmonic_mean
from govtransparency.data import indicator_values, read_marks, read_table
from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.errors import InputError
from govtransparency.framework import Framework, Node, read_framework
from govtransparency.index import Index, Recipe, build_index
from govtransparency.marks import agreement
from govtransparency.methods import by_level, by_node
from govtransparency.normalisation import distance_to_target, min_max, normalise, percentile_rank, rank_score, z_score
from govtransparency.ranking import RankRule, rank, rank_shift
from govtransparency.treatment import spread_weights
from govtransparency.weighting import (
    AHP,
    BestWorst,
    ahp,
    ahp_weights,
    best_worst,
    best_worst_weights,
    budget_allocation,
    budget_shares,
    critic_weights,
    cv_weights,
    entropy_weights,
    equal_indicator_weights,
    equal_weights,
    given_weights,
    group_judgements,
    merec_weights,
    rank_order_weights,
    sd_weights,
    weigh,
)

__all__ = [
    "AHP",
    "BestWorst",
    "Edition",
    "Framework",
    "Index",
    "InputError",
    "Node",
    "RankRule",
    "Recipe",
    "agreement",
    "ahp",
    "ahp_weights",
    "arithmetic_mean",
    "best_worst",
    "best_worst_weights",
    "budget_allocation",
    "budget_shares",
    "build_index",
    "by_level",
    "by_node",
    "critic_weights",
    "cv_weights",
    "distance_to_target",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "geometric_mean",
    "given_weights",
    "group_judgements",
    "harmonic_mean",
    "indicator_values",
    "list_editions",
    "merec_weights",
    "min_max",
    "normalise",
    "percentile_rank",
    "rank",
    "rank_order_weights",
    "rank_score",
    "rank_shift",
    "read_edition",
    "read_framework",
    "read_marks",
    "read_table",
    "sd_weights",
    "spread_weights",
    "weigh",
    "z_score",
]
