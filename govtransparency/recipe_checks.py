"""Whether the choices of a recipe are methods, are for nodes of its framework, and fit together."""

from __future__ import annotations

import inspect
from functools import lru_cache, partial
from types import FunctionType
from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import AGGREGATORS, transform_of
from govtransparency.arguments import shown
from govtransparency.errors import closest, nearest
from govtransparency.methods import ByLevel, ByNode, name_of, options_of, parts, required
from govtransparency.node_rules import rule_problems
from govtransparency.nodes import ROOT
from govtransparency.normalisation import NORMALISERS
from govtransparency.texts.problems import node_rule_problems
from govtransparency.texts.problems import recipe_problems as problems
from govtransparency.texts.problems.option_problems import OF_OPTION, UNKNOWN_OPTION
from govtransparency.treatment import TREATMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["method_problems", "recipe_problems"]

REGISTRIES: dict[str, Mapping[str, Any]] = {"treat": TREATMENTS, "normalise": NORMALISERS, "aggregate": AGGREGATORS}
LASTING = (FunctionType, partial)  # kinds of methods that stay what they are and can be told apart by their hash


def recipe_problems(recipe: Any, unreadable: Sequence[Text]) -> list[Text]:
    """Return what is wrong with the choices of a recipe, after the rules in it that could not be read."""
    found = [*_choice_problems(recipe), *_place_problems(recipe), *unreadable, *rule_problems(recipe)]
    return found or [*_equal_share_problems(recipe)]


def _choice_problems(recipe: Any) -> Iterable[Text]:
    for step in REGISTRIES:
        for method in recipe.treat if step == "treat" else parts(getattr(recipe, step)):
            yield from _known_problems(step, method) if type(method) in LASTING else method_problems(step, method)


@lru_cache(maxsize=256)  # a study makes hundreds of recipes of the same few methods
def _known_problems(step: str, method: Any) -> tuple[Text, ...]:
    return tuple(method_problems(step, method))


def method_problems(step: str, method: Any, within: Text | str = "") -> Iterable[Text]:
    """Give why a value cannot be a method of a step: no function, one of another step, or options that do not fit.

    Parameters
    ----------
    step : {"treat", "normalise", "aggregate"}
    method : Any
    within : Text or str, optional
        The step and option by which another method names this one.
    """
    label = within or step
    if isinstance(method, str) and closest(method, REGISTRIES[step]) is not None:
        yield problems.NAME.format(step=label, method=shown(method), name=closest(method, REGISTRIES[step]))
        return
    if not callable(method):
        yield problems.NOT_A_FUNCTION.format(step=label, method=shown(method))
        return
    function, options = (method.func, method.keywords) if isinstance(method, partial) else (method, {})
    if "<lambda>" in name_of(method):
        yield problems.LAMBDA.format(step=label)
    elif (own := getattr(function, "step", step)) != step:
        yield problems.OTHER_STEP.format(step=label, method=name_of(function), own=own)
    else:
        yield from _call_problems(label, method, function, options)
        for option in REGISTRIES.keys() & getattr(function, "choices", {}) & options.keys():
            yield from method_problems(option, options[option], OF_OPTION.format(step=label, option=option))


def _call_problems(step: Text | str, method: Any, function: Any, given: Mapping[str, Any]) -> Iterable[Text]:
    """Give the options that a function does not have or lacks, else that it does not take what methods are given."""
    try:
        known = inspect.signature(function).parameters
    except (TypeError, ValueError):  # of a function in C that does not tell
        return
    anything = any(one.kind is one.VAR_KEYWORD for one in known.values())
    unknown = [] if anything else [option for option in given if option not in known]
    lacking = [option for option in required(options_of(function)) if option not in given]
    name = name_of(function)
    for option in unknown:
        near = nearest(option, options_of(function))
        yield UNKNOWN_OPTION.format(step=step, method=name, option=option, nearest=near)
    for option in lacking:
        yield problems.NEEDS_OPTION.format(step=step, method=name, option=option)
    if not (unknown or lacking):
        try:
            inspect.signature(method).bind(None, None)
        except TypeError:
            yield problems.TWO_ARGUMENTS.format(step=step, method=name)


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
