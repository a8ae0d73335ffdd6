"""What the formulas of the workbook come to, stored in the file beside them: previewers and pandas compute nothing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.index import scored_again
from govtransparency.methods import by_node
from govtransparency.node_rules import rule_at
from govtransparency.nodes import ROOT
from govtransparency.scoring.values import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.framework import Framework
    from govtransparency.index import Index
    from govtransparency.recipe import Recipe

__all__ = ["Formula", "effective_shares", "from_sheet", "scores_before_rescaling", "with_values"]

FORMULA = re.compile(r'(<c r="[A-Z]+\d+"[^>]*)>(<f>.*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """A formula, and its value: a number, a text, or NaN where it gives an empty text."""

    text: str
    value: Any


def with_values(sheet: str, values: Iterable[Any]) -> str:
    """Return the XML of a sheet in which each formula has its value, in the order in which they were written.

    Examples
    --------
    >>> with_values('<c r="A1"><f>1+1</f><v /></c><c r="B1"><f>""</f><v /></c>', [2, float("nan")])
    '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
    """
    given = iter(values)

    def filled(found: re.Match[str]) -> str:
        value = next(given)
        number = isinstance(value, int | float) and not math.isnan(value)
        if number:
            return f"{found[1]}>{found[2]}<v>{repr(float(value)).removesuffix('.0')}</v></c>"
        text = escape(value, quote=False) if isinstance(value, str) else ""
        return f'{found[1]} t="str">{found[2]}<v>{text}</v></c>'

    return FORMULA.sub(filled, sheet)


def effective_shares(framework: Framework) -> dict[str, float]:
    """Return the share of the index that each node has, as the sheet of the framework multiplies the weights."""
    shares = {ROOT: 1.0}
    for code in (ROOT, *framework.pillars[::-1]):
        children = framework.children(code)
        total = math.fsum(framework.node(child).weight for child in children)
        shares |= {child: framework.node(child).weight / total * shares[code] for child in children}
    return shares


def from_sheet(index: Index, normalised: pd.DataFrame) -> Index:
    """Return what an index comes to from the values on the sheet *normalised*, as the formulas compute it."""
    source = index.scoring.source
    written = normalised.loc[source.units, list(source.codes)].apply(pd.to_numeric, errors="coerce")
    values = values_of(written, None if source.applicable is None else ~source.applicable)
    return scored_again(replace(index, scoring=replace(index.scoring, source=values)), index.recipe)


def scores_before_rescaling(index: Index, code: str) -> pd.Series:
    """Return the scores of a node as they are before the recipe rescales them."""
    recipe = index.recipe
    rules = {step: _without(recipe, step, code) for step in ("rescale", "range_of")}
    return scored_again(index, replace(recipe, **rules)).scores[code]


def _without(recipe: Recipe, step: str, code: str) -> Any:
    """Return a rule of a recipe for all nodes but one."""
    choice = getattr(recipe, step)
    nodes = {node: rule_at(choice, node) for node in (*recipe.framework.pillars, ROOT)}
    return by_node({node: rule for node, rule in nodes.items() if node != code}, otherwise=None)
