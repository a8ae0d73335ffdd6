"""Whether the choices of a recipe are methods, are for nodes of its framework, and fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import transform_of
from govtransparency.arguments import shown
from govtransparency.errors import nearest
from govtransparency.methods import ByLevel, ByNode, name_of, parts
from govtransparency.node_rules import rule_problems
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import node_rule_problems
from govtransparency.texts.problems import recipe_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["recipe_problems"]


def recipe_problems(recipe: Any, unreadable: Sequence[Text]) -> list[Text]:
    """Return what is wrong with the choices of a recipe, after the rules in it that could not be read."""
    found = [*_method_problems(recipe), *_place_problems(recipe), *unreadable, *rule_problems(recipe)]
    return found or [*_equal_share_problems(recipe)]


def _method_problems(recipe: Any) -> Iterable[Text]:
    for step in ("treat", "normalise", "aggregate"):
        chosen = recipe.treat if step == "treat" else parts(getattr(recipe, step))
        for method in chosen:
            if not callable(method):
                yield problems.NOT_A_FUNCTION.format(step=step, method=shown(method))
            elif "<lambda>" in name_of(method):
                yield problems.LAMBDA.format(step=step)


def _place_problems(recipe: Any) -> Iterable[Text]:
    nodes = {node.code for node in recipe.framework.nodes}
    pillars = {*recipe.framework.pillars, ROOT}
    levels = recipe.framework.heights[ROOT]
    if isinstance(recipe.normalise, ByLevel):
        yield problems.NORMALISE_BY_LEVEL
    if isinstance(recipe.aggregate, ByLevel) and len(recipe.aggregate.methods) != levels:
        yield problems.LEVELS.format(methods=len(recipe.aggregate.methods), levels=levels)
    for named, valid, template in (
        (recipe.missing.nodes, pillars, problems.COVERAGE_NODE),
        (recipe.rank.tie_breakers, nodes, problems.TIE_BREAKER),
        (_nodes_of(recipe.normalise), nodes, problems.NORMALISE_NODE),
        (_nodes_of(recipe.aggregate), pillars, problems.AGGREGATE_NODE),
    ):
        for code in named:
            if code not in valid:
                yield template.format(code=code, nearest=nearest(code, sorted(valid)))


def _nodes_of(choice: Any) -> Iterable[str]:
    """Return the nodes that a choice by node names."""
    return choice.methods if isinstance(choice, ByNode) else ()


def _equal_share_problems(recipe: Any) -> Iterable[Text]:
    for code in (*recipe.framework.pillars, ROOT) if recipe.missing.equal else ():
        if transform_of(recipe.aggregator(code)) is None:
            method = name_of(recipe.aggregator(code))
            yield node_rule_problems.EQUAL_SHARES.format(code=code, method=method)
