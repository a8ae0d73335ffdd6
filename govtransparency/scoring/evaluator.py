"""The evaluator: a recipe and normalised values, compiled once to arrays and scored under any weights.

Coverage, the missing-data rule, the transforms of the means and whether a unit has a score are decided only here.
`build_index` scores the recipe's own weights; rescoring, thresholds, Monte Carlo and sensitivity analysis score other
weights; `outline` describes the same rule for the workbook and the what-if page, which are not in Python.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.scoring.parents import Parent, aggregated, scores_at_once, scores_of_one
from govtransparency.scoring.values import Values, terms_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

    from govtransparency.aggregation import Transform
    from govtransparency.recipe import Recipe

__all__ = ["Scoring"]

SLACK = 1e-12  # a coverage below the required one by no more than this is enough


@dataclass(frozen=True, eq=False)
class Scoring:
    """A recipe and normalised values, ready to be scored under any weights; made by `compile_scoring`.

    Weights are given for all `codes`: non-negative, in proportion among the children of a parent. A child with weight 0
    is left out of its parent's mean, but counts in the coverage. A unit has a score on a parent if the coverage is
    enough and a child with positive weight has a score. What is not applicable to a unit is left out of the mean and of
    the coverage: a parent beneath which nothing is applicable has neither, and its own parent does without it.

    Attributes
    ----------
    recipe : Recipe
    source : Values
    inputs : tuple of str
        Nodes whose scores are given: indicators, and nodes that no weight in question can change.
    values : ndarray, units x inputs
        Their scores, NaN where missing.
    observed : ndarray of bool, units x inputs
        Where an input counts as covered: a score that the missing-data rule gives to a missing value does not.
    parents : tuple of Parent
        Bottom up; the last is the index. Empty if the index itself is an input.
    codes : tuple of str
        The nodes except the root, in the framework's order: the columns of the weights.
    weights : ndarray
        The recipe's own.
    """

    recipe: Recipe
    source: Values
    inputs: tuple[str, ...]
    values: np.ndarray
    observed: np.ndarray
    parents: tuple[Parent, ...]
    codes: tuple[str, ...]
    weights: np.ndarray

    @property
    def units(self) -> pd.Index:
        """The units, in the order of the rows."""
        return self.source.units

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each node: the column of an input or, counted from the number of inputs, that of a parent."""
        return {code: at for at, code in enumerate((*self.inputs, *(parent.code for parent in self.parents)))}

    @cached_property
    def column(self) -> dict[str, int]:
        """Column of the weights of each node."""
        return {code: at for at, code in enumerate(self.codes)}

    @cached_property
    def own(self) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """Scores and coverage of every parent under the recipe's own weights, from `evaluate`."""
        return self.evaluate()

    def holding(self, touched: Collection[str]) -> Scoring:
        """Return the scoring in which only some weights or values may change.

        Parameters
        ----------
        touched : collection of str
            Nodes whose weight varies, and indicators whose values vary. A parent that depends on none of them is scored
            once, here, and becomes an input.

        Returns
        -------
        Scoring
        """
        live: set[str] = set()
        for parent in self.parents:
            if any(child in touched or child in live for child in parent.children):
                live.add(parent.code)
        if len(live) == len(self.parents):
            return self
        kept = [parent for parent in self.parents if parent.code in live]
        inputs = tuple(child for parent in kept for child in parent.children if child not in live) or (ROOT,)
        tie_breakers = self.recipe.rank.tie_breakers
        inputs += tuple(code for code in tie_breakers if code not in live and code not in (*inputs, ROOT))
        place = {code: at for at, code in enumerate((*inputs, *(parent.code for parent in kept)))}
        columns = [self._input(code) for code in inputs]
        values, observed = (np.array(part).T for part in zip(*columns, strict=True))
        parents = tuple(
            replace(parent, places=np.array([place[child] for child in parent.children]), width=len(inputs))
            for parent in kept
        )
        return replace(self, inputs=inputs, values=values, observed=observed, parents=parents)

    def with_own_coverage(self) -> Scoring:
        """Return the scoring in which coverage stays that of the recipe's own weights, whatever the weights."""
        coverage = self.own[1]
        return replace(self, parents=tuple(replace(parent, share=coverage[parent.code]) for parent in self.parents))

    def _input(self, code: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the scores of a node under the recipe's own weights, and which units it counts as covered for."""
        if (at := self.place[code]) < len(self.inputs):
            return self.values[:, at], self.observed[:, at]
        score = self.own[0][code]
        return score, ~np.isnan(score)

    # -- one vector of weights -----------------------------------------------------------------------------------

    def evaluate(
        self, weights: np.ndarray | None = None, values: np.ndarray | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        """Score every parent under one vector of weights, sums taken in the order of the children.

        Parameters
        ----------
        weights : ndarray of codes, optional
            The recipe's own by default.
        values : ndarray, units x inputs, optional
            Instead of `Scoring.values`, and missing where those are missing.

        Returns
        -------
        scores, coverage : dict of code to ndarray of units
            NaN where a unit has no score; coverage from 0 to 1, NaN where nothing beneath is applicable to the unit.

        Raises
        ------
        InputError
            For scores that an aggregator cannot use, with the node, unit and child.
        """
        given = self.weights if weights is None else weights
        columns = list((self.values if values is None else values).T)
        covered = list(self.observed.T)
        scores, coverage = {}, {}
        for parent in self.parents:
            own = given[parent.columns]
            shares = own / math.fsum(own)
            x = np.array([columns[at] for at in parent.places]).T
            share = self._share(parent, own[None], [covered[at][None] for at in parent.places])[0]
            enough = self._enough(parent, share[None], own[None], list(~np.isnan(x.T)[:, None]))[0]
            score = np.full(len(x), np.nan)
            if enough.all():
                score = scores_of_one(parent, x, shares, self.units)
            elif enough.any():
                score[enough] = scores_of_one(parent, x[enough], shares, self.units[enough])
            scores[parent.code], coverage[parent.code] = score, share
            columns.append(score)
            covered.append(enough)
        return scores, coverage

    # -- who has a score -----------------------------------------------------------------------------------------

    def _share(
        self, parent: Parent, weights: np.ndarray, covered: list[np.ndarray], rows: Any = slice(None)
    ) -> np.ndarray:
        """Return the coverage of a parent from its children's: draws x units, or one row if no weight matters."""
        if parent.share is not None:
            return parent.share[None, rows]
        if self.recipe.missing.count == "children":
            weights = np.ones((1, len(covered)))
        share = np.zeros((1, 1))
        for weight, one in zip(weights.T, covered, strict=True):
            share = share + weight[:, None] * one
        if parent.applicable is None:
            return share / weights.sum(axis=1, keepdims=True)
        with np.errstate(invalid="ignore"):
            return share / (weights @ parent.applicable[:, rows])

    def _enough(self, parent: Parent, share: np.ndarray, weights: np.ndarray, scored: list[np.ndarray]) -> np.ndarray:
        """Return which units have a score on a parent, draws x units: enough coverage, and a child with a score."""
        some = np.zeros((1, 1), dtype=bool)
        for weight, one in zip(weights.T, scored, strict=True):
            some = some | (one if weight.all() else one & (weight > 0)[:, None])
            if some.all():
                break
        return (share >= parent.required - SLACK) & some

    @cached_property
    def fixed(self) -> bool:
        """Whether the same units have a score under all positive weights."""
        weighed = self.recipe.missing.count == "weights" and any(parent.share is None for parent in self.parents)
        return not weighed or bool(self.observed[:, self._used].all())

    @cached_property
    def _used(self) -> np.ndarray:
        """The inputs that some parent has as a child."""
        places = np.concatenate([parent.places for parent in self.parents]) if self.parents else np.zeros(1, dtype=int)
        return np.unique(places[places < len(self.inputs)])

    @cached_property
    def _scored(self) -> list[np.ndarray] | None:
        """Which units have a score on each input and parent under all positive weights; None if it depends on them."""
        if not self.fixed:
            return None
        scored, covered = list(~np.isnan(self.values.T)), list(self.observed.T)
        for parent in self.parents:
            weights = np.ones((1, len(parent.places)))
            share = self._share(parent, weights, [covered[at][None] for at in parent.places])
            enough = self._enough(parent, share, weights, [scored[at][None] for at in parent.places])[0]
            scored.append(enough)
            covered.append(enough)
        return scored

    @cached_property
    def _complete(self) -> np.ndarray:
        """Units with a value on every input that is used, and a score on every parent under all positive weights."""
        complete = ~np.isnan(self.values[:, self._used]).any(axis=1)
        if self._scored is None:
            return complete & self.observed[:, self._used].all(axis=1)
        return np.logical_and.reduce([complete, *self._scored[len(self.inputs) :]])

    @cached_property
    def ranked(self) -> np.ndarray:
        """Positions of the units that have a score on the index under some positive weights."""
        return np.arange(len(self.units)) if self._scored is None else np.flatnonzero(self._scored[-1])

    # -- many vectors of weights ---------------------------------------------------------------------------------

    def score(self, weights: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        """Score the index under each row of weights.

        Parameters
        ----------
        weights : ndarray, draws x codes
        values : ndarray, draws x units x inputs, optional
            Instead of `Scoring.values`, and missing where those are missing.

        Returns
        -------
        ndarray, draws x `ranked`
            NaN where a unit has no score under the weights.

        Raises
        ------
        InputError
            As `evaluate`.
        """
        if not self.parents:
            return np.repeat(self.values[self.ranked, 0][None, :], len(weights), axis=0)
        if values is not None or self._flat is None:
            everyone = np.arange(len(self.units))
            return self._by_node(weights, everyone, self.values if values is None else values)[-1][:, self.ranked]
        transform, terms = self._flat
        complete = self._complete
        with np.errstate(all="ignore"):
            sums = self.effective_weights(weights) @ terms
            result = transform.backward(sums)
            check = sums.sum(axis=0) if result is sums else sums.sum(axis=0) + result.sum(axis=0)
        if not np.isfinite(check[complete]).all():
            return self._by_node(weights, np.arange(len(self.units)), self.values)[-1][:, self.ranked]
        if not complete.all():
            result[:, ~complete] = self._by_node(weights, np.flatnonzero(~complete), self.values)[-1]
        return result if len(self.ranked) == len(self.units) else result[:, self.ranked]

    def score_nodes(
        self, codes: Sequence[str], weights: np.ndarray, values: np.ndarray | None = None
    ) -> list[np.ndarray]:
        """Score nodes other than the index under each row of weights: parents, inputs and the recipe's tie-breakers.

        Parameters
        ----------
        codes : sequence of str
        weights, values
            As in `score`.

        Returns
        -------
        list of ndarray, draws x `ranked`
        """
        given = self.values if values is None else values
        columns = self._by_node(weights, np.arange(len(self.units)), given)
        shape = (len(weights), len(self.units))
        return [np.broadcast_to(columns[self.place[code]], shape)[:, self.ranked] for code in codes]

    def effective_weights(self, weights: np.ndarray) -> np.ndarray:
        """Return the product of the weights along the branch of each input: draws x inputs, rows summing to 1."""
        width, root = len(self.inputs), len(self.parents) - 1
        effective = np.zeros((len(weights), width))
        share: list[Any] = [0.0] * root + [1.0]
        for at in range(root, -1, -1):
            parent = self.parents[at]
            given = weights[:, parent.taken]
            given = given * (share[at] / given.sum(axis=1))[:, None]
            leaves, nodes = parent.split
            if at == root and parent.straight:
                return given
            effective[:, parent.places[leaves]] += given[:, leaves]
            for child in nodes:
                share[parent.places[child] - width] += given[:, child]
        return effective

    @cached_property
    def _flat(self) -> tuple[Transform, np.ndarray] | None:
        """The transform that all parents share, and the transformed inputs, inputs x units; None if they differ."""
        transform = self.parents[-1].transform
        if transform is None or any(parent.transform != transform for parent in self.parents):
            return None
        if self.inputs == self.source.codes:
            return transform, self.source.terms(transform, self.recipe.missing.score)
        return transform, np.ascontiguousarray(terms_of(transform, self.values).T)

    def _by_node(self, weights: np.ndarray, rows: np.ndarray, values: np.ndarray) -> list[np.ndarray]:
        """Score some units node after node, bottom up: (draws x) rows of every input, then of every parent."""
        whole = len(rows) == len(self.units)
        values = values if whole else values[..., rows, :]
        columns = [values[..., at] for at in range(len(self.inputs))]
        settled = self._scored if weights.all() else None
        if settled is None:
            scored = list(~np.isnan(self.values[rows].T)[:, None])
            covered = list(self.observed[rows].T[:, None])
        else:
            scored = [one[None, rows] for one in settled]
        for number, parent in enumerate(self.parents, len(self.inputs)):
            own = weights[:, parent.taken]
            there = [scored[at] for at in parent.places]
            if settled is None:
                share = self._share(parent, own, [covered[at] for at in parent.places], rows)
                enough = self._enough(parent, share, own, there)
                scored.append(enough)
                covered.append(enough)
            else:
                enough = scored[number]
            children = [columns[at] for at in parent.places]
            if parent.transform is None:
                score = np.full((len(weights), len(rows)), np.nan)
                unfit = np.arange(len(weights))
            else:
                score, unfit = scores_at_once(parent, parent.transform, own, values, children, there, enough)
            for draw in unfit.tolist():
                mine = _of_draw(enough, draw)
                score[draw] = np.nan
                if mine.any():
                    x = np.column_stack([_of_draw(one, draw)[mine] for one in children])
                    score[draw, mine] = aggregated(parent, x, own[draw] / own[draw].sum(), self.units[rows[mine]])
            columns.append(score)
        return columns


def _of_draw(values: np.ndarray, draw: int) -> np.ndarray:
    """Return a draw's row of an array that has one row per draw, or one row for all draws."""
    return values if values.ndim == 1 else values[draw if len(values) > 1 else 0]
