"""How the score of one node changed by those of its children, their weights and which of them are there."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.node_rules import rules_of
from govtransparency.nodes import ROOT, Node
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.orders_of_replacement import shares_of_change
from govtransparency.questions.sample_dependence import within_unit
from govtransparency.recipe import Recipe
from govtransparency.scoring.compiler import compile_scoring
from govtransparency.scoring.values import terms_of, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.aggregation import Transform
    from govtransparency.index import Index
    from govtransparency.questions.orders_of_replacement import State

__all__ = ["Family", "MeanOfChildren", "NodeOfChildren", "SplitOfNode"]


@dataclass(frozen=True, eq=False)
class Family:
    """A node's children in the two indices.

    Attributes
    ----------
    code : str
    units : Index
    children : tuple of str
        Those of the node before, then those that came.
    both, came, went : tuple of str
    scores : tuple of two ndarrays, units x children
        NaN where the unit has no score, or the child is not in the index.
    shares : tuple of two ndarrays of children
        Weights among siblings, summing to 1; 0 for a child that is not in the index.
    totals : tuple of two floats
        Sums of the weights as given.
    """

    code: str
    units: pd.Index
    children: tuple[str, ...]
    both: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    scores: tuple[np.ndarray, np.ndarray]
    shares: tuple[np.ndarray, np.ndarray]
    totals: tuple[float, float]

    @classmethod
    def of(
        cls, code: str, years: tuple[Index, Index], units: pd.Index, score: Callable[[int, str], np.ndarray]
    ) -> Family:
        """Return the family of a node that both indices have."""
        members = [year.recipe.members(code) for year in years]
        came = tuple(child for child in members[1] if child not in members[0])
        children = (*members[0], *came)
        scores, shares, totals = [], [], []
        for at, year in enumerate(years):
            mine = [child in members[at] for child in children]
            columns = [
                score(at, child) if own else np.full(len(units), np.nan)
                for child, own in zip(children, mine, strict=True)
            ]
            scores.append(np.column_stack(columns))
            weights = [
                year.recipe.framework.node(child).weight if own else 0.0
                for child, own in zip(children, mine, strict=True)
            ]
            totals.append(math.fsum(weights))
            shares.append(np.array(weights) / totals[-1])
        both = tuple(child for child in members[0] if child in members[1])
        went = tuple(child for child in members[0] if child not in members[1])
        return cls(code, units, children, both, came, went, tuple(scores), tuple(shares), tuple(totals))  # type: ignore[arg-type]

    @cached_property
    def shared(self) -> np.ndarray:
        """Which children both indices have."""
        return np.array([child in self.both for child in self.children])

    @property
    def gaps(self) -> bool:
        """Whether a unit lacks the score of a child that the index has."""
        return any(
            bool(np.isnan(scores[:, shares > 0]).any()) for scores, shares in zip(self.scores, self.shares, strict=True)
        )

    @property
    def reweighted(self) -> bool:
        """Whether the weights of the children that both indices have differ."""
        first, last = (
            self.weights(later, members) * self.totals[later] for later, members in ((False, True), (True, True))
        )
        return not np.array_equal(first, last)

    def weights(self, later: bool, members: bool) -> np.ndarray:
        """Return the shares of the children of one index, those of both in the proportions of one or the other.

        A child that only one index has keeps its share, and the others have the rest.
        """
        if later == members or not self.shared.any():
            return self.shares[members]
        own, other = self.shares[members], self.shares[later]
        room, given = own[self.shared].sum(), other[self.shared].sum()
        return np.where(self.shared, other * room / given, own)


@dataclass(frozen=True, eq=False)
class SplitOfNode:
    """What the change of a node's score is made of.

    Attributes
    ----------
    own : dict of code to ndarray, units x KINDS
        What is of the node, or of a child as its part: weights, indicators or pillars that came or went, gaps.
    factors : dict of code to ndarray of units, or None
        By how much a change of the child's score moves the node's.
    amounts : dict of code to ndarray of units
        How much the child moves the node's score, where that hangs on the other units: it is shared among the kinds as
        they moved the child over all units.
    """

    own: dict[str, np.ndarray]
    factors: dict[str, np.ndarray] | None
    amounts: dict[str, np.ndarray]

    def passed_on(self, child: str, parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return what the parts of a child's change add to the node's."""
        if self.factors is not None:
            factor = self.factors[child][:, None]
            return {node: part * factor for node, part in parts.items()}
        moved = {node: np.abs(part).sum(axis=0) for node, part in parts.items()}
        total = sum(part.sum() for part in moved.values())
        amount = self.amounts[child][:, None]
        if not total:
            return {child: amount * (np.array(KINDS) == "values")}
        return {node: amount * part / total for node, part in moved.items()}


@dataclass(frozen=True, eq=False)
class MeanOfChildren:
    """A node that is an arithmetic mean, a sum or a geometric mean: ``f(S) = sum u f(I)`` with the shares u.

    With bars for means of before and after: ``dS = s (sum u_ dI + sum I_ du)`` for the arithmetic mean (Bennet 1920),
    where s is 1; for the geometric one ``f = log`` and ``s = dS / d log S``, the logarithmic mean of the scores (Vartia
    1976, doi:10.2307/3439735). The shares change by weights, by children that came or went and by gaps.
    """

    family: Family
    transform: Transform
    sums: bool

    def split(self) -> SplitOfNode | None:
        """Return what the change is made of; None if this mean cannot be taken of one of the two states."""
        family = self.family
        with np.errstate(all="ignore"):
            terms = [np.where(np.isnan(scores), np.nan, terms_of(self.transform, scores)) for scores in family.scores]
        there = [~np.isnan(scores) for scores in family.scores]
        if any(np.isnan(term[here]).any() for term, here in zip(terms, there, strict=True)):
            return None
        both = there[0] & there[1]
        first, last = (np.where(here, own, other) for own, other, here in zip(terms, terms[::-1], there, strict=True))
        first, last = np.nan_to_num(first), np.nan_to_num(last)
        shares = [self._shares((at, at, at), there) for at in (False, True)]
        scores = [
            self.transform.backward((share * term).sum(axis=1))
            for share, term in zip(shares, (first, last), strict=True)
        ]
        slope = 1 / _steepness(replace(self.transform, floor=None), *scores)
        by_kind = shares_of_change(lambda state: self._shares(state, there), 3)
        middle, share = (first + last) / 2, (shares[0] + shares[1]) / 2
        own = {child: np.zeros((len(family.units), len(KINDS))) for child in family.children}
        for kind, change in zip(("weights", "indicators", "missing"), by_kind, strict=True):
            amounts = slope[:, None] * middle * change
            for at, child in enumerate(family.children):
                own[child][:, KINDS.index(kind)] = amounts[:, at]
        steep = _steepness(self.transform, *family.scores)
        factors = np.where(both, slope[:, None] * share * np.nan_to_num(steep), 0.0)
        return SplitOfNode(own, dict(zip(family.children, factors.T, strict=True)), {})

    def _shares(self, state: State, there: list[np.ndarray]) -> np.ndarray:
        """Return the shares, units x children, with weights, membership and gaps of one index or the other."""
        later, members, present = state
        family = self.family
        here = np.where(family.shared, there[present], there[0] | there[1])
        weights = family.weights(later, members) * here
        total = weights.sum(axis=1, keepdims=True)
        shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
        return shares * family.totals[later] if self.sums else shares


def _steepness(transform: Transform, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Return ``(f(after) - f(before)) / (after - before)``, and its limit where they are equal."""
    if transform.method != "geometric_mean":
        return np.ones_like(before)
    low, high = (x if transform.floor is None else np.maximum(x, transform.floor) for x in (before, after))
    with np.errstate(all="ignore"):
        ratio = (high - low) / low
        steep = np.where(ratio == 0, 1.0, np.log1p(ratio) / ratio) / low
        if transform.floor is None:
            return steep
        moved = np.where(after == before, before >= transform.floor, (high - low) / (after - before))
        return steep * moved


@dataclass(frozen=True, eq=False)
class NodeOfChildren:
    """A node that is aggregated in any other way, or with a publisher's rule: split by the orders of replacement."""

    family: Family
    recipe: Recipe

    def split(self) -> SplitOfNode | None:
        """Return what the change is made of; None if the method cannot be used on one of the states."""
        family = self.family
        columns = [np.array([scores[:, at] for at in range(len(family.children))]) for scores in family.scores]
        alike = [np.array_equal(one, other, equal_nan=True) for one, other in zip(*columns, strict=True)]
        moved = [at for at, same in enumerate(alike) if family.shared[at] and not same]
        kinds = [
            kind
            for kind, differ in (
                ("weights", family.reweighted),
                ("indicators", not family.shared.all()),
            )
            if differ
        ]
        try:
            ends = [self._scores((late,) * len(family.children), late, late) for late in (False, True)]
            middle = np.nan_to_num((ends[0] + ends[1]) / 2)

            def value(state: State) -> np.ndarray:
                later = dict(zip((*moved, *kinds), state, strict=True))
                versions = tuple(later.get(at, False) for at in range(len(family.children)))
                found = self._scores(versions, later.get("weights", False), later.get("indicators", False))
                return np.where(np.isnan(found), middle, found)

            shares = dict(zip((*moved, *kinds), shares_of_change(value, len(moved) + len(kinds)), strict=True))
        except InputError:
            return None
        own = {family.code: np.zeros((len(family.units), len(KINDS)))}
        for kind in kinds:
            own[family.code][:, KINDS.index(kind)] = shares[kind]
        amounts = dict.fromkeys(family.both, np.zeros(len(family.units)))
        factors = dict(amounts)
        for at in moved:
            share = shares[at]
            child, change = family.children[at], columns[1][at] - columns[0][at]
            gone = np.isnan(change)
            own[child] = np.where(gone, share, 0.0)[:, None] * (np.array(KINDS) == "missing")
            amounts[child] = np.where(gone, 0.0, share)
            factors[child] = np.divide(share, change, out=np.zeros_like(share), where=~gone & (change != 0))
        alone = within_unit(self.recipe.aggregator(family.code)) and rules_of(self.recipe, family.code).rescale is None
        return SplitOfNode(own, factors if alone else None, amounts)

    def _scores(self, versions: tuple[bool, ...], later: bool, members: bool) -> np.ndarray:
        """Return the node's scores with each child, the weights and the membership those of one index or the other."""
        family, recipe = self.family, self._recipes[later, members]
        columns = {
            child: family.scores[version if shared else child in family.came][:, at]
            for at, (child, version, shared) in enumerate(zip(family.children, versions, family.shared, strict=True))
        }
        table = pd.DataFrame({code: columns[code] for code in recipe.framework.indicators}, index=family.units)
        return compile_scoring(recipe, values_of(table)).own[0][ROOT]

    @cached_property
    def _recipes(self) -> dict[tuple[bool, bool], Recipe]:
        """The recipe of the node as an index of its children, by the index that gives weights and members."""
        return {
            (later, members): self._alone(self.family.weights(later, members) * self.family.totals[later])
            for later in (False, True)
            for members in (False, True)
        }

    def _alone(self, weights: np.ndarray) -> Recipe:
        recipe, code = self.recipe, self.family.code
        of_child = dict(zip(self.family.children, weights.tolist(), strict=True))
        children = [Node(child, ROOT, weight=weight) for child, weight in of_child.items() if weight > 0]
        rules, known = rules_of(recipe, code), {child.code for child in children}
        fallback: Any = {one: other for one, other in rules.fallback if {one, other} <= known}
        zero: Any = {child: "missing" if limit is None else limit for child, limit in rules.zero_if if child in known}
        return Recipe(
            Framework([Node(ROOT, ""), *children]),
            aggregate=recipe.aggregator(code),
            missing=replace(recipe.missing, min_coverage=0.0, nodes={}, score=None),
            fallback=fallback or None,
            zero_if=zero or None,
            rescale=rules.rescale if rules.range_of is None else None,
        )
