"""Scores and ranks under other weights, from arrays that are kept with the index."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import (
    Transform,
    arithmetic_mean,
    geometric_mean,
    harmonic_mean,
    transform_of,
    weighted_sum,
)
from govtransparency.errors import InputError, nearest
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.ranking import RankRule, rank

__all__ = ["Rescored", "Tree", "rescore", "tree_of"]

PLAIN = (arithmetic_mean, geometric_mean, harmonic_mean)  # nothing but backward(sum w forward(x) / sum w)


@dataclass(frozen=True)
class Rescored:
    """What the index becomes under other weights; made by `rescore`.

    Attributes
    ----------
    values : ndarray
        The index's scores, in the order of `units`; NaN for a unit without one.
    units : Index
    rule : RankRule
        The recipe's.
    second : DataFrame or None
        The scores of the nodes that part ties, where the rule names any.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> index = build_index(pd.DataFrame({"a": [9.0, 1.0], "b": [2.0, 3.0]}, index=["X", "Y"]), Recipe(tree))
    >>> found = rescore(index, {"a": 1, "b": 3})
    >>> found.scores.to_dict(), found.ranks.to_dict()
    ({'X': 25.0, 'Y': 75.0}, {'X': 2, 'Y': 1})
    """

    values: np.ndarray
    units: pd.Index
    rule: RankRule
    second: pd.DataFrame | None = None

    @cached_property
    def scores(self) -> pd.Series:
        """Score of each unit on the index, unrounded."""
        return pd.Series(self.values, index=self.units, name=ROOT)

    @cached_property
    def ranks(self) -> pd.Series:
        """Rank of each unit by the recipe's rule, 1 = best."""
        return rank(self.scores, self.rule, second=self.second)


def rescore(index: Index, weights: Mapping[str, float] | pd.Series) -> Rescored:
    """Return scores and ranks of the index under other weights, in microseconds.

    Treatment and normalisation know nothing of weights and are not run again; of the tree, only the nodes whose
    children's weights change and those above them are.

    Parameters
    ----------
    index : Index
    weights : mapping of code to weight
        For any nodes, non-negative, any sum; siblings that are not named keep their weight, and all of them count in
        proportion, as in `Framework.with_weights`. A weight of 0 takes the node out of its parent's mean, but not out
        of its coverage.

    Returns
    -------
    Rescored
        With ``.scores`` and ``.ranks``: for positive weights, to the last digit those of
        ``build_index(table, replace(recipe, framework=recipe.framework.with_weights(weights)))``. A unit all of whose
        children have weight 0 gets no score.

    Raises
    ------
    InputError
        For a code that is not in the framework, a weight that is negative or no number, siblings that all have 0, and
        a recipe whose coverage counts the weights while values are missing: who is scored then depends on the weights.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [0.0, 10.0, 6.0], "b": [10.0, 0.0, 6.0]}, index=["X", "Y", "Z"])
    >>> index = build_index(table, Recipe(tree))
    >>> index.ranks.to_dict(), rescore(index, {"a": 3}).ranks.to_dict()
    ({'X': 2, 'Y': 2, 'Z': 1}, {'X': 3, 'Y': 1, 'Z': 2})
    """
    found, units = tree_of(index).rescored(weights), index.scores.index
    if len(found.units) == len(units):
        return found
    second = None if found.second is None else found.second.reindex(units)
    return Rescored(found.scores.reindex(units).to_numpy(), units, found.rule, second)


@dataclass(frozen=True)
class _Parent:
    """A node with children, its terms ready to be weighted."""

    code: str
    children: tuple[str, ...]
    places: tuple[int, ...]
    weights: tuple[float, ...]
    aggregator: Any
    transform: Transform | None
    enough: np.ndarray  # units whose score is not withheld
    terms: np.ndarray  # forward(x), 0 where a child is missing
    present: np.ndarray | None  # None where no child is missing


class Tree:
    """The scores of an index as arrays, and the way from sibling weights to the index's scores."""

    def __init__(self, index: Index) -> None:
        # units that a treatment left out have no scores and no part in the sums
        framework, scores = index.recipe.framework, index.scores.loc[index.table.index]
        self.units = scores.index
        self.parents: list[_Parent] = []
        self._framework = framework
        self._rule = index.recipe.rank
        self._weighed = index.recipe.missing.count == "weights" and bool(index.table.isna().to_numpy().any())
        self._columns = list(scores.columns)
        self._scores = [scores[code].to_numpy(dtype=float) for code in self._columns]
        self._place = {code: place for place, code in enumerate(self._columns)}
        for code in (*framework.pillars, ROOT):
            children = framework.children(code)
            aggregator = index.recipe.aggregator(code)
            plain = getattr(aggregator, "func", aggregator) in PLAIN
            transform = transform_of(aggregator) if plain else None
            places = tuple(self._place[child] for child in children)
            enough = scores[code].notna().to_numpy()
            terms, present = self._terms(transform, children, [self._scores[place] for place in places], enough)
            self.parents.append(
                _Parent(
                    code,
                    children,
                    places,
                    tuple(framework.node(child).weight for child in children),
                    aggregator,
                    transform,
                    enough,
                    terms,
                    present,
                )
            )

    def values(
        self, weights: Mapping[str, float] | pd.Series, columns: Mapping[str, np.ndarray] | None = None
    ) -> np.ndarray:
        """Return the scores of the index under the weights, in the order of `units`.

        `columns` are normalised indicators in the place of the index's own, with the same values missing.
        """
        return self._changed(weights, columns).get(ROOT, self._scores[self._place[ROOT]])

    def rescored(
        self, weights: Mapping[str, float] | pd.Series, columns: Mapping[str, np.ndarray] | None = None
    ) -> Rescored:
        """Return the same with the way to ranks."""
        changed = self._changed(weights, columns)
        needed = {code: changed.get(code, self._scores[self._place[code]]) for code in (ROOT, *self._rule.second)}
        second = pd.DataFrame(needed, index=self.units) if self._rule.second else None
        return Rescored(needed[ROOT], self.units, self._rule, second)

    def refuse_weighed(self) -> None:
        """Raise where the weights themselves decide who has a score."""
        if self._weighed:
            raise InputError(
                "coverage counts the weights (count = 'weights') and values are missing, so other weights change who "
                "is scored; use build_index with framework.with_weights, or let coverage count indicators or children",
                title="weights",
            )

    def _changed(
        self, weights: Mapping[str, float] | pd.Series, columns: Mapping[str, np.ndarray] | None
    ) -> dict[str, np.ndarray]:
        """Return the scores of the nodes that become other than the index's own."""
        new = dict(weights)
        self._check(new)
        if new:
            self.refuse_weighed()
        changed: dict[str, np.ndarray] = dict(columns or {})
        for parent in self.parents:
            below = any(child in changed for child in parent.children)
            if below or any(child in new for child in parent.children):
                changed[parent.code] = self._score(parent, new, changed if below else None)
        return changed

    def _score(self, parent: _Parent, new: dict[str, float], changed: dict[str, np.ndarray] | None) -> np.ndarray:
        raw = [float(new.get(child, weight)) for child, weight in zip(parent.children, parent.weights, strict=True)]
        total = math.fsum(raw)
        shares = np.array([weight / total for weight in raw])
        terms, present = parent.terms, parent.present
        columns = []
        if changed is not None or parent.transform is None:
            columns = [
                (changed or {}).get(child, self._scores[place])
                for child, place in zip(parent.children, parent.places, strict=True)
            ]
        with np.errstate(invalid="ignore", divide="ignore"):
            if parent.transform is None:
                score = np.full(len(self.units), np.nan)
                if parent.enough.any():  # the others are no part of the sample, as where the index is built
                    group, units = np.column_stack(columns)[parent.enough], self.units[parent.enough]
                    frame = pd.DataFrame(group, index=units, columns=list(parent.children))
                    values = parent.aggregator(frame, pd.Series(shares, index=list(parent.children)))
                    if isinstance(values, pd.Series):
                        values = values.reindex(units)
                    score[parent.enough] = np.asarray(values, dtype=float)
                return score
            if changed is not None:
                terms, present = self._terms(parent.transform, parent.children, columns, parent.enough)
            if present is None:
                mean = weighted_sum(terms, shares / math.fsum(shares))
            else:
                mean = weighted_sum(terms, shares) / weighted_sum(present, shares)
            score = parent.transform.backward(mean)
        return score if parent.enough.all() else np.where(parent.enough, score, np.nan)

    def _terms(
        self, transform: Transform | None, children: tuple[str, ...], columns: list[np.ndarray], enough: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray | None]:
        x = np.array(columns).T
        present = ~np.isnan(x)
        if transform is None:
            return x, present
        with np.errstate(invalid="ignore"):
            if transform.floor is None and transform.domain == "any":
                y = transform.forward(x)
            else:
                y = transform.forward(transform.prepare(pd.DataFrame(x, index=self.units, columns=list(children))))
        # a unit whose score is withheld has no part in how the others' sums are taken
        return (y, None) if present[enough].all() else (np.where(present, y, 0.0), present)

    def _check(self, new: Mapping[str, float]) -> None:
        known = self._framework.weights.index
        problems = [
            f"weight of {code!r}: no such node; {nearest(code, known)}" for code in new if code not in self._place
        ]
        problems += [
            f"weight of {code!r} is {weight!r}: expected a number of at least 0"
            for code, weight in new.items()
            if not (isinstance(weight, (int, float, np.number)) and 0 <= weight < math.inf)
        ]
        if not problems:
            problems = [
                f"the children of {parent.code!r} all have weight 0: give {', '.join(map(repr, parent.children))} "
                "at least one positive weight among them"
                for parent in self.parents
                if not any(
                    new.get(child, weight) for child, weight in zip(parent.children, parent.weights, strict=True)
                )
            ]
        if problems:
            raise InputError(problems, title="weights")


def tree_of(index: Index) -> Tree:
    """Return the arrays of an index, made once and kept with it."""
    kept = index.__dict__.get("_tree")
    if kept is None:
        kept = index.__dict__["_tree"] = Tree(index)
    return kept
