"""How the score of a node changed, split down the tree: values, weights, goalposts, indicators, gaps, method."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.aggregation import transform_of
from govtransparency.methods import to_spec
from govtransparency.node_rules import NodeRules, rule_at, rules_of
from govtransparency.nodes import ROOT
from govtransparency.questions.change_of_values import KINDS, changes_of_values
from govtransparency.questions.means_of_children import Family, MeanOfChildren, NodeOfChildren

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from govtransparency.index import Index

__all__ = ["ChangeOfScores"]

NOISE = 1e-9  # a remainder of the split that is rounding error, as a share of the scores
BY_TRANSFORM = ("arithmetic_mean", "geometric_mean")  # split by Bennet and by the logarithmic mean

Parts = dict[str, np.ndarray]  # code of a node -> units x KINDS


@dataclass(frozen=True, eq=False)
class ChangeOfScores:
    """The change of the scores of the units that both indices rank.

    Attributes
    ----------
    before, after : Index
    units : Index
    by_orders : list of str
        The nodes split by the orders of replacement; complete after `parts`.
    """

    before: Index
    after: Index
    units: pd.Index
    by_orders: list[str] = field(default_factory=list)

    @property
    def years(self) -> tuple[Index, Index]:
        """The two indices."""
        return self.before, self.after

    @cached_property
    def _leaves(self) -> Parts:
        return changes_of_values(self.before, self.after, self.units)

    def parts(self, code: str = ROOT) -> Parts:
        """Return what each node under a node, itself too, adds to the change of the node's score.

        Values, goalposts and the method of normalisation are of indicators; weights, indicators or pillars that came or
        went, and gaps, of the child that they concern; the method of aggregation, of its node.
        """
        if code in self._leaves:
            return {code: self._leaves[code]}
        scores = [self.score(year, code) for year in (0, 1)]
        change = scores[1] - scores[0]
        both = ~np.isnan(change)
        if not all(code in (*year.recipe.framework.pillars, ROOT) for year in self.years):
            return {code: self._of_kind("indicators", np.where(both, change, 0.0))}
        found = self._split(code)
        found = {node: np.where(both[:, None], part, 0.0) for node, part in found.items()}
        rest = np.where(both, change, 0.0) - sum(part.sum(axis=1) for part in found.values())
        noise = NOISE * (np.abs(scores[0]) + np.abs(scores[1]))
        kind = "method" if self._rule(code, 0) != self._rule(code, 1) else "goalposts"
        own = self._of_kind("values", np.where(np.abs(rest) <= noise, rest, 0.0))
        own += self._of_kind(kind, np.where(np.abs(rest) > noise, rest, 0.0))
        found[code] = found.get(code, 0.0) + own
        return found

    def score(self, year: int, code: str) -> np.ndarray:
        """Return the scores of a node in one of the indices, NaN where there are none."""
        scores = self.years[year].scores
        return scores[code].reindex(self.units).to_numpy() if code in scores else np.full(len(self.units), np.nan)

    def _of_kind(self, kind: str, amount: np.ndarray) -> np.ndarray:
        found = np.zeros((len(self.units), len(KINDS)))
        found[:, KINDS.index(kind)] = amount
        return found

    def _rule(self, code: str, year: int) -> tuple[object, ...]:
        """Return how a node is aggregated, to be compared."""
        recipe = self.years[year].recipe
        return to_spec(recipe.aggregator(code)), rules_of(recipe, code), recipe.missing.equal

    def _split(self, code: str) -> Parts:
        """Split by the aggregation of each index in turn, and take the mean where both can be used on both states."""
        family = Family.of(code, self.years, self.units, self.score)
        alike = self._rule(code, 0) == self._rule(code, 1)
        regrouped = len({str(rule_at(year.recipe.of, code)) for year in self.years}) > 1
        usable = [found for node in self._nodes(code, family, alike) if (found := node.split()) is not None]
        total: Parts = {}
        below = {child: self.parts(child) for child in family.both} if usable else {}
        for split in usable:
            for child, parts in below.items():
                for node, part in split.passed_on(child, parts).items():
                    total[node] = total.get(node, 0.0) + part / len(usable)
            for node, part in split.own.items():
                total[node] = total.get(node, 0.0) + (self._as_method(part) if regrouped else part) / len(usable)
        return total

    @staticmethod
    def _as_method(part: np.ndarray) -> np.ndarray:
        """Return the part with other members told as another method: of all indicators instead of the children."""
        found = part.copy()
        found[:, KINDS.index("method")] += found[:, KINDS.index("indicators")]
        found[:, KINDS.index("indicators")] = 0.0
        return found

    def _nodes(self, code: str, family: Family, alike: bool) -> Iterator[MeanOfChildren | NodeOfChildren]:
        """Give the node as each recipe aggregates it, once if both do it in the same way."""
        for year in (0,) if alike else (0, 1):
            recipe = self.years[year].recipe
            transform = transform_of(recipe.aggregator(code))
            plain = rules_of(recipe, code) == NodeRules() and not (recipe.missing.equal and family.gaps)
            if plain and transform is not None and transform.method in BY_TRANSFORM:
                yield MeanOfChildren(family, transform, recipe.sums(code))
            else:
                if code not in self.by_orders:
                    self.by_orders.append(code)
                yield NodeOfChildren(family, recipe)
