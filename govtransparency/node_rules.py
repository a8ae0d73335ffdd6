"""Rules of publishers for single nodes: means of all indicators, fallbacks, rescaled scores, zeros."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from govtransparency.arguments import is_number, shown
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.methods import ByNode, by_node
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import node_rule_problems as problems

__all__ = ["STEPS", "NodeRules", "Rescale", "plain", "read_rule", "rule_at", "rules_of", "scoring_order"]

By = Literal["best", "range"]
INDICATORS, CHILDREN, MISSING = "indicators", "children", "missing"


@dataclass(frozen=True)
class Rescale:
    """How a node's scores are scaled after aggregation.

    Attributes
    ----------
    to : float
        The score of the best unit.
    by : {"best", "range"}
        Divide by the best score, or map the range from the worst score to the best one onto 0 to `to`.
    """

    to: float = 100.0
    by: By = "best"


@dataclass(frozen=True)
class NodeRules:
    """The rules for one node, for the nodes that it is aggregated from.

    Attributes
    ----------
    fallback : tuple of (str, str)
        A missing first one takes the score of the second.
    zero_if : tuple of (str, float or None)
        The node's score is 0 where that one's score is at most the number, or, for None, missing.
    rescale : Rescale or None
    range_of : str or None
        The node whose scores, before they are rescaled themselves, set the scale; None for the node's own.
    """

    fallback: tuple[tuple[str, str], ...] = ()
    zero_if: tuple[tuple[str, float | None], ...] = ()
    rescale: Rescale | None = None
    range_of: str | None = None


def rule_at(choice: Any, code: str) -> Any:
    """Return what a choice for all nodes, or by node, is for one node."""
    return choice.methods.get(code, choice.otherwise) if isinstance(choice, ByNode) else choice


def rules_of(recipe: Any, code: str) -> NodeRules:
    """Return the rules of a recipe for a pillar or for ``index``."""
    members = recipe.members(code)
    zero = rule_at(recipe.zero_if, code)
    conditions: tuple[tuple[str, Any], ...]
    conditions = tuple((member, MISSING) for member in members) if zero == MISSING else zero or ()
    rescale, range_of = rule_at(recipe.rescale, code), rule_at(recipe.range_of, code)
    return NodeRules(
        tuple(pair for pair in rule_at(recipe.fallback, code) or () if pair[0] in members),
        tuple((child, None if limit == MISSING else limit) for child, limit in conditions if child in members),
        rescale or (Rescale(by="range") if range_of else None),
        None if range_of == code else range_of,
    )


def scoring_order(recipe: Any) -> tuple[str, ...]:
    """Return the pillars and the index in an order in which each can be scored, the index last.

    Raises
    ------
    InputError
        Where a node takes the range of one that is computed from it.
    """
    order: list[str] = []
    nodes = (*recipe.framework.pillars, ROOT)
    if recipe.range_of is None:
        return nodes

    def visit(code: str, above: tuple[str, ...]) -> None:
        if code in above:
            circle = (*above[above.index(code) :], code)
            raise InputError(problems.CIRCLE.format(nodes=words(circle)), title="recipe")
        if code in nodes and code not in order:
            range_of = rules_of(recipe, code).range_of
            for needed in (*recipe.members(code), *((range_of,) if range_of else ())):
                visit(needed, (*above, code))
            order.append(code)

    for code in nodes:
        visit(code, ())
    return tuple(order)


# -- rules as plain data ---------------------------------------------------------------------------------------------


def read_rule(step: str, choice: Any) -> Any:
    """Return the choice of a rule, for all nodes or by node, from plain data or from such a choice.

    Raises
    ------
    InputError
        For data of another form, saying which is expected.
    """
    if isinstance(choice, Mapping) and "by_node" in choice:
        methods, rest = choice["by_node"], {key: item for key, item in choice.items() if key != "by_node"}
        if not isinstance(methods, Mapping) or rest.keys() - {"otherwise"}:
            raise InputError(problems.BY_NODE.format(step=step, value=shown(choice)))
        choice = by_node(methods, otherwise=rest.get("otherwise"))
    if not isinstance(choice, ByNode):
        return _READERS[step](step, choice)
    found: list[Text] = []
    attempt = Attempts(found)
    read = _READERS[step]
    methods = {code: attempt(partial(read, f"{step}, {code}", item)) for code, item in choice.methods.items()}
    otherwise = attempt(partial(read, step, choice.otherwise))
    if found:
        raise InputError(found)
    return by_node(methods, otherwise=otherwise)


def plain(choice: Any) -> Any:
    """Return the choice of a rule as plain data; `read_rule` reads it back."""
    if isinstance(choice, ByNode):
        data: dict[str, Any] = {"by_node": {code: plain(item) for code, item in choice.methods.items()}}
        return data | ({} if choice.otherwise is None else {"otherwise": plain(choice.otherwise)})
    if isinstance(choice, Rescale):
        return {"to": choice.to, "by": choice.by}
    return dict(choice) if isinstance(choice, tuple) else choice


def _read_of(step: str, value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value == CHILDREN):
        return None
    if not isinstance(value, str) or value != INDICATORS:
        raise InputError(problems.OF.format(step=step, value=shown(value)))
    return INDICATORS


def _read_fallback(step: str, value: Any) -> tuple[tuple[str, str], ...] | None:
    pairs = _pairs(value)
    if not all(isinstance(one, str) and isinstance(other, str) and one != other for one, other in pairs):
        raise InputError(problems.FALLBACK.format(step=step, value=shown(value)))
    return pairs or None


def _read_rescale(step: str, value: Any) -> Rescale | None:
    if value is None or isinstance(value, Rescale):
        return value
    if not isinstance(value, Mapping):
        raise InputError(problems.RESCALE.format(step=step, value=shown(value)))
    found = [
        problems.RESCALE_KEY.format(step=step, key=key, nearest=nearest(key, ("to", "by")))
        for key in value
        if key not in ("to", "by")
    ]
    to, by = value.get("to", 100.0), value.get("by", "best")
    if not is_number(to) or not 0 < to < math.inf:
        found.append(problems.RESCALE_TO.format(step=step, value=shown(to)))
    if by not in get_args(By):
        found.append(problems.RESCALE_BY.format(step=step, value=shown(by), nearest=nearest(by, get_args(By))))
    if found:
        raise InputError(found)
    return Rescale(float(to), by)


def _read_zero_if(step: str, value: Any) -> str | tuple[tuple[str, float | str], ...] | None:
    if isinstance(value, str) and value == MISSING:
        return MISSING
    pairs = _pairs(value)
    if not all(
        isinstance(code, str) and (limit == MISSING or (is_number(limit) and math.isfinite(limit)))
        for code, limit in pairs
    ):
        raise InputError(problems.ZERO_IF.format(step=step, value=shown(value)))
    return tuple((code, limit if limit == MISSING else float(limit)) for code, limit in pairs) or None


def _read_range_of(step: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise InputError(problems.RANGE_OF.format(step=step, value=shown(value)))
    return value


def _pairs(value: Any) -> tuple[tuple[Any, Any], ...]:
    """Return the pairs of a table, or of what was read from one; a pair of None for anything else, which no rule is."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(value.items())
    pairs = isinstance(value, tuple) and all(isinstance(pair, tuple) and len(pair) == 2 for pair in value)
    return value if pairs else ((None, None),)


_READERS: dict[str, Callable[[str, Any], Any]] = {
    "of": _read_of,
    "fallback": _read_fallback,
    "rescale": _read_rescale,
    "range_of": _read_range_of,
    "zero_if": _read_zero_if,
}
STEPS = tuple(_READERS)


# -- rules and the framework -----------------------------------------------------------------------------------------


def rule_problems(recipe: Any) -> Iterator[Text]:
    """Give what is wrong with the rules of a recipe for the nodes of its framework."""
    parents = (*recipe.framework.pillars, ROOT)
    known = sorted(node.code for node in recipe.framework.nodes)
    unknown = [
        template.format(step=step, code=code, nearest=nearest(code, valid))
        for step, template, valid, codes in (
            *((step, problems.NO_PILLAR, parents, _named_nodes(recipe, step)) for step in STEPS),
            ("fallback", problems.NO_NODE, known, _named(recipe.fallback, _both)),
            ("zero_if", problems.NO_NODE, known, _named(recipe.zero_if, _first)),
            ("range_of", problems.NO_NODE, known, _named(recipe.range_of, lambda code: (code,))),
        )
        for code in codes
        if code not in valid
    ]
    if unknown:
        yield from unknown
        return
    for code in parents:
        members = recipe.members(code)
        for child, other in rule_at(recipe.fallback, code) or ():
            if child in members and other not in members:
                yield problems.NO_SIBLING.format(code=child, other=other, parent=code, members=words(members))
    yield from _unused(recipe, parents)
    try:
        scoring_order(recipe)
    except InputError as error:
        yield from error.texts


def _unused(recipe: Any, parents: tuple[str, ...]) -> Iterator[Text]:
    """Give the nodes that a rule names and that no node with this rule is aggregated from."""
    for step, names in (("fallback", _both), ("zero_if", _first)):
        choice = getattr(recipe, step)
        used = {
            child
            for code in parents
            if (rule := rule_at(choice, code)) and rule != MISSING
            for child in names(rule)
            if child in recipe.members(code)
        }
        for code in dict.fromkeys(_named(choice, names)):
            if code not in used:
                yield problems.NOT_AGGREGATED.format(step=step, code=code)


def _named_nodes(recipe: Any, step: str) -> tuple[str, ...]:
    choice = getattr(recipe, step)
    return tuple(choice.methods) if isinstance(choice, ByNode) else ()


def _named(choice: Any, names: Callable[[Any], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the nodes that the rules of a choice name."""
    rules = (*choice.methods.values(), choice.otherwise) if isinstance(choice, ByNode) else (choice,)
    return tuple(code for rule in rules if rule not in (None, MISSING) for code in names(rule))


def _both(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(code for pair in pairs for code in pair)


def _first(pairs: tuple[tuple[str, Any], ...]) -> tuple[str, ...]:
    return tuple(code for code, _ in pairs)


def without_nodes(choice: Any, step: str, left: set[str]) -> Any:
    """Return the choice of a rule without the nodes that are not among those left.

    Raises
    ------
    InputError
        For a range that would be left out: the scores would have no scale.
    """
    if isinstance(choice, ByNode):
        methods = {code: without_nodes(item, step, left) for code, item in choice.methods.items() if code in left}
        return by_node(methods, otherwise=without_nodes(choice.otherwise, step, left))
    if step == "range_of" and choice not in (None, *left):
        raise InputError(problems.RANGE_LEFT_OUT.format(code=choice), title="recipe")
    if not isinstance(choice, tuple):
        return choice
    names = _both if step == "fallback" else _first
    return tuple(pair for pair in choice if left.issuperset(names((pair,)))) or None
