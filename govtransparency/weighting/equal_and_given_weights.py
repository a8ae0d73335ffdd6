"""Equal and given weights, and the choice of a weighter by level or by node."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import ByLevel, ByNode, Weighter, method_of
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import weighting_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping


@method_of("weight")
@checked
def given_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Keep the weights of the framework as they are.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework
        The same.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index")])
    >>> given_weights(tree) is tree
    True
    """
    return framework


@method_of("weight")
@checked
def equal_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Give equal weights to the children of every node (Handbook step 6, equal weighting within the structure).

    An indicator in a small pillar then counts for more than one in a large pillar; see `equal_indicator_weights`.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("p", "index"), Node("q", "index", weight=9),
    ...                   Node("a", "p"), Node("b", "q"), Node("c", "q")])
    >>> equal_weights(tree).effective_weights.to_dict()
    {'a': 0.5, 'b': 0.25, 'c': 0.25}
    """
    return framework.with_weights({node.code: 1.0 for node in framework.nodes})


@method_of("weight")
@checked
def equal_indicator_weights(framework: Framework, table: pd.DataFrame | None = None) -> Framework:
    """Give every indicator the same effective weight: a pillar counts by the number of indicators under it.

    Handbook step 6, equal weighting.

    Parameters
    ----------
    framework : Framework
    table : ignored

    Returns
    -------
    Framework

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("p", "index"), Node("q", "index"),
    ...                   Node("a", "p"), Node("b", "q"), Node("c", "q"), Node("d", "q")])
    >>> equal_indicator_weights(tree).effective_weights.to_dict()
    {'a': 0.25, 'b': 0.25, 'c': 0.25, 'd': 0.25}
    """
    return with_effective_weights(framework, dict.fromkeys(framework.indicators, 1.0))


@checked
def weigh(framework: Framework, table: pd.DataFrame | None = None, *, method: Weighter | ByLevel | ByNode) -> Framework:
    """Weight the framework by one method, or by one method per level or per node.

    Parameters
    ----------
    framework : Framework
    table : DataFrame, units x indicators, optional
        Raw values, for the methods that need them.
    method : weighter, or `by_level` (bottom up) or `by_node` of weighters
        A weighter chosen for a node weights the children of that node. It gets the branch under the node as a
        framework of its own.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        If the method is not a weighter; if the number of methods is not the number of levels; for unknown nodes.

    Examples
    --------
    >>> from govtransparency import Framework, Node, by_node
    >>> tree = Framework([Node("index", ""), Node("p", "index", weight=3), Node("q", "index"),
    ...                   Node("a", "p"), Node("b", "p"), Node("c", "q", weight=3), Node("d", "q")])
    >>> weigh(tree, method=by_node({"index": equal_weights}, otherwise=given_weights)).effective_weights.to_dict()
    {'a': 0.25, 'b': 0.25, 'c': 0.375, 'd': 0.125}
    """
    with Arguments("weigh") as check:
        if not isinstance(method, (ByLevel, ByNode)) and not callable(method):
            check.expect("method", method, problems.WEIGHTER)
    if not isinstance(method, (ByLevel, ByNode)):
        return method(framework, table)
    nodes = (*framework.pillars, ROOT)
    if isinstance(method, ByLevel):
        levels = framework.heights[ROOT]
        if len(method.methods) != levels:
            raise InputError(problems.METHODS_BY_LEVEL.format(count=len(method.methods), levels=levels), title="weight")
        chosen = {code: method.methods[framework.heights[code] - 1] for code in nodes}
    else:
        if unknown := [code for code in method.methods if code not in nodes]:
            raise InputError(
                [
                    problems.UNKNOWN_NODE_FOR_METHOD.format(code=code, nearest=nearest(code, sorted(nodes)))
                    for code in unknown
                ],
                title="weight",
            )
        chosen = {code: method.methods.get(code, method.otherwise) for code in nodes}
    weights: dict[str, float] = {}
    dropped: set[str] = set()
    for code, part in chosen.items():
        branch = _branch(framework, code)
        weighted = part(branch, table)
        weights |= weighted.weights[list(weighted.children(ROOT))].to_dict()
        dropped |= set(branch.children(ROOT)) - set(weighted.children(ROOT))
    weighted = framework.with_weights(weights)
    return weighted.without(*sorted(dropped)) if dropped else weighted


def _branch(framework: Framework, code: str) -> Framework:
    """Return the branch under the node as a framework of its own."""
    if code == ROOT:
        return framework
    below: set[str] = set()
    todo = [code]
    while todo:
        children = framework.children(todo.pop())
        below.update(children)
        todo.extend(children)
    nodes = [replace(node, parent=ROOT) if node.parent == code else node for node in framework.nodes]
    return Framework(node for node in nodes if node.code in below or node.code == ROOT)


def with_effective_weights(framework: Framework, effective: Mapping[str, float] | pd.Series) -> Framework:
    """Return the framework with these effective weights of the indicators; a pillar has the sum of its indicators'."""
    weights = {code: float(effective[code]) for code in framework.indicators}
    for code in (*framework.pillars, ROOT):
        weights[code] = sum(weights[child] for child in framework.children(code))
    return framework.with_weights(weights)


def with_shares(framework: Framework, shares: Mapping[str, float]) -> Framework:
    """Return the framework with the weight of the siblings named divided among them anew; other weights stay.

    Parameters
    ----------
    framework : Framework
    shares : mapping of code to positive number
        Only the proportions among siblings count.
    """
    weights: dict[str, float] = {}
    for siblings in framework.sibling_weights.values():
        named = [code for code in siblings.index if code in shares]
        total = sum(float(shares[code]) for code in named)
        together = float(siblings[named].sum())
        weights |= {code: float(shares[code]) / total * together for code in named}
        weights |= {code: float(siblings[code]) for code in siblings.index if code not in shares}
    return framework.with_weights(weights)
