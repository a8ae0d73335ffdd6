"""Which rules of publishers allow exact thresholds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.node_rules import rules_of
from govtransparency.nodes import ROOT
from govtransparency.scoring.ruled_nodes import AT_LIMIT
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from govtransparency.index import Index
    from govtransparency.recipe import Recipe

__all__ = ["refuse_rules", "sum_of_weights"]


def sum_of_weights(recipe: Recipe, code: str) -> float:
    """Return by how much a node's score exceeds the mean of its children: the sum of their weights, or 1 of a mean."""
    if not recipe.sums(code):
        return 1.0
    return math.fsum(recipe.framework.node(child).weight for child in recipe.members(code))


def refuse_rules(index: Index, chain: Sequence[str], *, flat: bool) -> None:
    """Refuse rules of publishers by which the order is not that of a mean of the children of the chain's first node.

    Parameters
    ----------
    index : Index
    chain : sequence of str
        A node and its ancestors, up to the index; with `flat` all nodes that are aggregated.
    flat : bool
        Whether the weights in question are the effective weights of all indicators.

    Raises
    ------
    InputError
        Naming every node and rule.
    """
    rules = _flat_rules(index, chain) if flat else _rules(index, chain)
    if found := [problems.RULE.format(code=code, rule=rule) for code, rule in rules]:
        raise InputError(found, title="thresholds")


def _flat_rules(index: Index, chain: Sequence[str]) -> Iterator[tuple[str, str]]:
    ruled = {parent.code for parent in index.scoring.parents if parent.ruled is not None}
    for code in chain:
        if code in ruled:
            yield code, ", ".join(_names(index, code))
        elif code != ROOT and index.recipe.sums(code):
            yield code, 'aggregate = "sum"'


def _names(index: Index, code: str) -> Iterator[str]:
    """Give the names of the rules of a node."""
    if index.recipe.missing.equal:
        yield "equal_shares"
    rules = rules_of(index.recipe, code)
    for name, rule in (("fallback", rules.fallback), ("rescale", rules.rescale), ("zero_if", rules.zero_if)):
        if rule:
            yield name


def _rules(index: Index, chain: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give the rules that do anything on the way from a node to the index, and those that scale by what is on it."""
    recipe = index.recipe
    scores = index.scores.loc[index.ranks.notna()]
    for code in chain:
        members, rules = list(recipe.members(code)), rules_of(recipe, code)
        if recipe.missing.equal and scores[members].isna().any(axis=None):
            yield code, "equal_shares"
        if code != chain[0] and any(scores[child].isna().any() for child, _ in rules.fallback):
            yield code, "fallback"
        if any(_can_be_zero(scores[child], limit, moves=child in chain) for child, limit in rules.zero_if):
            yield code, "zero_if"
        if rules.rescale and code != ROOT:
            yield code, "rescale"
    for parent in index.scoring.parents:
        if parent.code not in chain and parent.scaled_by in chain:
            yield parent.code, "range_of"


def _can_be_zero(scores: pd.Series, limit: float | None, *, moves: bool) -> bool:
    """Return whether a child's scores make the score of some unit 0, or could under other weights."""
    return bool(scores.isna().any()) if limit is None else moves or bool((scores <= limit + AT_LIMIT).any())
