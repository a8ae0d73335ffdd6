"""Checks of the arguments that the functions of thresholds share: the node and the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.data.same_unit import nearest_unit
from govtransparency.errors import nearest
from govtransparency.nodes import ROOT
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments
    from govtransparency.index import Index

__all__ = ["check_node", "check_ranked_unit", "nodes_with_children"]


def nodes_with_children(index: Index) -> tuple[str, ...]:
    """Return the nodes whose children's weights can change."""
    return (*index.recipe.framework.pillars, ROOT)


def check_node(check: Arguments, index: Index, node: str | None) -> None:
    """Refuse a node that has no children; None stands for the effective weights of all indicators."""
    if node is not None and node not in nodes_with_children(index):
        check.refuse(problems.NO_CHILDREN.format(node=node, nearest=nearest(node, nodes_with_children(index))))


def check_ranked_unit(check: Arguments, name: str, index: Index, unit: Any) -> None:
    """Refuse a unit that is unknown or has no rank."""
    try:
        known = unit in index.ranks.index
    except TypeError:  # a list, say
        known = False
    if not known:
        ranked = index.ranks.index[index.ranks.notna()]
        check.refuse(problems.UNKNOWN_UNIT.format(name=name, unit=unit, nearest=nearest_unit(unit, ranked)))
    elif np.isnan(index.ranks[unit]):
        check.refuse(problems.UNRANKED_UNIT.format(name=name, unit=unit))
