"""Compile a recipe and normalised values into a `Scoring`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.aggregation import arithmetic_mean, transform_of
from govtransparency.node_rules import STEPS, rules_of, scoring_order
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max
from govtransparency.scoring.evaluator import Scoring
from govtransparency.scoring.parents import Parent
from govtransparency.scoring.ruled_nodes import Ruled
from govtransparency.scoring.values import Values, values_of

if TYPE_CHECKING:
    from govtransparency.recipe import Recipe

__all__ = ["compile_scoring", "coverage_of", "has_score"]


def has_score(table: pd.DataFrame, recipe: Recipe, not_applicable: pd.DataFrame | None = None) -> pd.Series:
    """Return which units the missing-data rule gives a score on the index.

    Parameters
    ----------
    table : DataFrame, units x indicators
        NaN where a value is missing.
    recipe : Recipe
    not_applicable : DataFrame of bool, the shape of the table, optional

    Returns
    -------
    Series of bool, unit -> whether it has one
    """
    return pd.Series(~np.isnan(_counted(table, recipe, not_applicable).own[0][ROOT]), index=table.index)


def coverage_of(table: pd.DataFrame, recipe: Recipe, not_applicable: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the coverage of every node, as the missing-data rule counts it.

    Parameters
    ----------
    table : DataFrame, units x indicators
        NaN where a value is missing.
    recipe : Recipe
    not_applicable : DataFrame of bool, the shape of the table, optional

    Returns
    -------
    DataFrame, units x (pillars, "index"), 0 to 1
        NaN where no indicator is applicable.
    """
    return pd.DataFrame(_counted(table, recipe, not_applicable).own[1], index=table.index)


def _counted(table: pd.DataFrame, recipe: Recipe, not_applicable: pd.DataFrame | None) -> Scoring:
    """Return a scoring in which only what is there and what is missing matters, not the methods."""
    plain = replace(recipe, treat=(), normalise=min_max, aggregate=arithmetic_mean, rescale=None, range_of=None)
    codes = list(recipe.framework.indicators)
    cells = None if not_applicable is None else not_applicable.loc[table.index, codes].to_numpy(dtype=bool)
    return compile_scoring(plain, values_of(table[codes], cells))


def compile_scoring(recipe: Recipe, values: Values) -> Scoring:
    """Return a recipe and normalised values, ready to be scored under any weights.

    Parameters
    ----------
    recipe : Recipe
    values : Values
        Of all the recipe's indicators, at least; others are not looked at.

    Returns
    -------
    Scoring
    """
    framework, rule = recipe.framework, recipe.missing
    codes = tuple(node.code for node in framework.nodes if node.code != ROOT)
    column = {code: at for at, code in enumerate(codes)}
    order = scoring_order(recipe)
    place = {code: at for at, code in enumerate((*values.codes, *order))}
    scores = values.filled(rule.score)
    gaps = bool(np.isnan(scores).any())
    parents = []
    for code in order:
        children, aggregator = recipe.members(code), recipe.aggregator(code)
        share = applicable = None
        if rule.count == "indicators":
            share = _share_observed(values, [place[leaf] for leaf in framework.leaves[code]])
        if values.applicable is not None:
            beneath = [[place[leaf] for leaf in framework.leaves.get(child, (child,))] for child in children]
            applicable = np.array([values.applicable[:, leaves].any(axis=1) for leaves in beneath])
        parents.append(
            Parent(
                code,
                children,
                np.array([column[child] for child in children]),
                np.array([place[child] for child in children]),
                len(values.codes),
                rule.required(code),
                share,
                applicable,
                aggregator,
                transform_of(aggregator),
                recipe.sums(code),
                _ruled(recipe, code, applicable, gaps=gaps),
            )
        )
    weights = np.array([framework.node(code).weight for code in codes], dtype=float)
    return Scoring(recipe, values, values.codes, scores, values.observed, tuple(parents), codes, weights)


def _ruled(recipe: Recipe, code: str, applicable: np.ndarray | None, *, gaps: bool) -> Ruled | None:
    """Return what rules of publishers do to a node; None if nothing, as of filling what is missing where nothing is."""
    equal = recipe.missing.equal and gaps
    if not equal and all(getattr(recipe, step) is None for step in STEPS):
        return None
    rules, place = rules_of(recipe, code), {child: at for at, child in enumerate(recipe.members(code))}
    fallback = tuple((place[child], place[other]) for child, other in rules.fallback) if gaps else ()
    zero_if = tuple((place[child], limit) for child, limit in rules.zero_if)
    if not (equal or fallback or zero_if or rules.rescale):
        return None
    transform = transform_of(recipe.aggregator(code))
    return Ruled(code, fallback, equal, transform, zero_if, applicable, rules.rescale, rules.range_of or code)


def _share_observed(values: Values, columns: list[int]) -> np.ndarray:
    """Return the share of the applicable indicators that have a value, one per unit; NaN where none is applicable."""
    observed = values.observed[:, columns]
    if values.applicable is None:
        return observed.mean(axis=1)
    with np.errstate(invalid="ignore"):
        return observed.sum(axis=1) / values.applicable[:, columns].sum(axis=1)
