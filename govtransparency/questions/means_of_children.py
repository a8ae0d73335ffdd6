"""How the score of one node changed by those of its children, their weights and which of them are there."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, field, replace
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
    from govtransparency.scoring.evaluator import Scoring

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
    given : tuple of two ndarrays of children
        Weights as given, which a sum takes; 0 for a child that is not in the index.
    """

    code: str
    units: pd.Index
    children: tuple[str, ...]
    both: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    scores: tuple[np.ndarray, np.ndarray]
    shares: tuple[np.ndarray, np.ndarray]
    given: tuple[np.ndarray, np.ndarray]

    @classmethod
    def of(
        cls, code: str, years: tuple[Index, Index], units: pd.Index, score: Callable[[int, str], np.ndarray]
    ) -> Family:
        """Return the family of a node that both indices have."""
        members = [year.recipe.members(code) for year in years]
        came = tuple(child for child in members[1] if child not in members[0])
        children = (*members[0], *came)
        scores, shares, given = [], [], []
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
            given.append(np.array(weights, dtype=float))
            shares.append(given[-1] / math.fsum(weights))
        both = tuple(child for child in members[0] if child in members[1])
        went = tuple(child for child in members[0] if child not in members[1])
        return cls(code, units, children, both, came, went, tuple(scores), tuple(shares), tuple(given))  # type: ignore[arg-type]

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

    def reweighted(self, sums: bool) -> bool:
        """Return whether the weights of the children that both indices have differ, for a sum or in proportion."""
        return not np.allclose(self.weights(False, True, sums), self.weights(True, True, sums), rtol=1e-12, atol=0)

    def weights(self, later: bool, members: bool, sums: bool) -> np.ndarray:
        """Return the weights of the children of one index, those of both as in one or the other.

        Under a sum each child keeps its weight as given. Else weights are shares: a child that only one index has keeps
        its share, and the others have the rest in their proportions.
        """
        if sums:
            return np.where(self.shared, self.given[later], self.given[members])
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
        How much the unit's own score of the child moves the node's, where that hangs on the other units too: it is
        shared among the kinds by the size of their parts of the child's change.
    """

    own: dict[str, np.ndarray]
    factors: dict[str, np.ndarray] | None
    amounts: dict[str, np.ndarray]

    def passed_on(self, child: str, parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return what the parts of a child's change add to the node's."""
        if self.factors is not None:
            factor = self.factors[child][:, None]
            return {node: part * factor for node, part in parts.items()}
        size = {node: np.abs(part) for node, part in parts.items()}
        total = sum(part.sum(axis=1) for part in size.values())
        rate = np.divide(self.amounts[child], total, out=np.zeros_like(total), where=total > 0)[:, None]
        return {node: part * rate for node, part in size.items()}


@dataclass(frozen=True, eq=False)
class MeanOfChildren:
    """A node that is an arithmetic mean, a sum or a geometric mean: ``f(S) = sum u f(I)`` with the shares u.

    With bars for means of before and after: ``dS = s (sum u_ dI + sum I_ du)`` for the arithmetic mean (Bennet 1920),
    where s is 1; for the geometric one ``f = log`` and ``s = dS / d log S``, the logarithmic mean of the scores (Vartia
    1976). The shares change by weights, by children that came or went and by gaps.
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
        whole = family.weights(later, members, self.sums)
        weights = whole * here
        total = weights.sum(axis=1, keepdims=True)
        shares = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
        return shares * math.fsum(whole) if self.sums else shares


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
    _kept: dict[tuple[bool, bool], Scoring] = field(default_factory=dict, repr=False)

    def split(self) -> SplitOfNode | None:
        """Return what the change is made of; None if the method cannot be used on one of the states."""
        family = self.family
        columns = [scores.T for scores in family.scores]
        alike = [np.array_equal(one, other, equal_nan=True) for one, other in zip(*columns, strict=True)]
        moved = [at for at, same in enumerate(alike) if family.shared[at] and not same]
        kinds = [
            kind
            for kind, differ in (
                ("weights", family.reweighted(self.recipe.sums(family.code))),
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
            alone = within_unit(self.recipe.aggregator(family.code)) and not rules_of(self.recipe, family.code).rescale
            mine = {at: shares[at] if alone else self._of_unit(at, ends, shares[at]) for at in moved}
        except InputError:
            return None
        own = {family.code: np.zeros((len(family.units), len(KINDS)))}
        for kind in kinds:
            own[family.code][:, KINDS.index(kind)] = shares[kind]
        amounts = dict.fromkeys(family.both, np.zeros(len(family.units)))
        factors = dict(amounts)
        for at in moved:
            share = mine[at]
            child, change = family.children[at], columns[1][at] - columns[0][at]
            gone = np.isnan(change)
            own[child] = np.zeros((len(family.units), len(KINDS)))
            own[child][:, KINDS.index("missing")] = np.where(gone, share, 0.0)
            own[child][:, KINDS.index("goalposts")] = shares[at] - share  # the moves of the other units
            amounts[child] = np.where(gone, 0.0, share)
            factors[child] = np.divide(share, change, out=np.zeros_like(share), where=~gone & (change != 0))
        return SplitOfNode(own, factors if alone else None, amounts)

    def _of_unit(self, at: int, ends: list[np.ndarray], share: np.ndarray) -> np.ndarray:
        """Return what of a child's share is by the unit's own score of the child: the mean of it first and it last.

        All of it is where no other unit moved in any child.
        """
        family = self.family
        before, after = family.scores
        same = (before == after) | (np.isnan(before) & np.isnan(after))
        still = same.all(axis=1)
        found = np.zeros(len(family.units))
        for row in np.flatnonzero(~same[:, at]):
            if np.delete(still, row).all():
                found[row] = share[row]
                continue
            for late in (False, True):
                scores = family.scores[late].copy()
                scores[row, at] = family.scores[not late][row, at]
                other = self._scored(dict(zip(family.children, scores.T, strict=True)), late, late)[row]
                moved = ends[late][row] - other if late else other - ends[late][row]
                found[row] += np.nan_to_num(moved) / 2
        return found

    def _scores(self, versions: tuple[bool, ...], later: bool, members: bool) -> np.ndarray:
        """Return the node's scores with each child, the weights and the membership those of one index or the other."""
        family = self.family
        columns = {
            child: family.scores[version if shared else child in family.came][:, at]
            for at, (child, version, shared) in enumerate(zip(family.children, versions, family.shared, strict=True))
        }
        return self._scored(columns, later, members)

    def _scored(self, columns: dict[str, np.ndarray], later: bool, members: bool) -> np.ndarray:
        recipe = self._recipes[later, members]
        codes = list(recipe.framework.indicators)
        x = np.column_stack([columns[code] for code in codes])
        kept = self._kept.get((later, members))
        if kept is None or not np.array_equal(np.isnan(kept.values), np.isnan(x)):
            kept = compile_scoring(recipe, values_of(pd.DataFrame(x, self.family.units, codes)))
            self._kept[later, members] = kept
        with warnings.catch_warnings(action="ignore"):  # of scores that are neither before nor after
            return kept.evaluate(values=x)[0][ROOT]

    @cached_property
    def _recipes(self) -> dict[tuple[bool, bool], Recipe]:
        """The recipe of the node as an index of its children, by the index that gives weights and members."""
        return {
            (later, members): self._alone(self.family.weights(later, members, self.recipe.sums(self.family.code)))
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
