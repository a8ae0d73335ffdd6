"""The evaluator: a recipe and normalised values, compiled once to arrays and scored under any weights.

Coverage, the missing-data rule, the transforms of the means and whether a unit has a score are decided only here.
`build_index` scores the recipe's own weights; rescoring, thresholds, Monte Carlo and sensitivity analysis score other
weights; `outline` describes the same rule for the workbook and the what-if page, which are not in Python.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.scoring.parents import Parent, aggregated, scores_at_once, scores_of_one
from govtransparency.scoring.scored_units import ScoredUnits
from govtransparency.scoring.values import terms_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from govtransparency.aggregation import Transform

__all__ = ["Scoring"]


@dataclass(frozen=True, eq=False)
class Scoring(ScoredUnits):
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
            depends = (*parent.children, parent.scaled_by)
            if any(node in touched or node in live for node in depends):
                live.add(parent.code)
        live &= self._needed
        kept = [parent for parent in self.parents if parent.code in live]
        if len(kept) == len(self.parents) or any(parent.scaled_by not in (None, parent.code) for parent in kept):
            return self
        tie_breakers = self.recipe.rank.tie_breakers
        children = (child for parent in kept for child in parent.children if child not in live)
        inputs = tuple(dict.fromkeys(children)) or (ROOT,)
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
        scores: dict[str, np.ndarray] = {}
        coverage: dict[str, np.ndarray] = {}
        unscaled: dict[str, np.ndarray] = {}
        for parent in self.parents:
            own = given[parent.columns]
            share = self._share(parent, own[None], [covered[at][None] for at in parent.places])[0]
            score, enough = self._score_one(parent, own, [columns[at] for at in parent.places], share)
            if self._scales:
                score = self._rescaled(parent, score, columns, unscaled)
            scores[parent.code], coverage[parent.code] = score, share
            columns.append(score)
            covered.append(enough)
        return scores, coverage

    def _score_one(
        self, parent: Parent, own: np.ndarray, children: list[np.ndarray], share: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return a parent's scores under its children's weights, before they are rescaled, and who has one."""
        x, zero, ruled = np.array(children).T, None, parent.ruled
        there = list(~np.isnan(x.T)[:, None])
        if ruled is not None:
            children, there = ruled.fallen_back(children, there)
        enough = self._enough(parent, share[None], own[None], there)
        if ruled is not None:
            zero = ruled.zeroed(children, there, enough)[0]
            x = np.vstack(ruled.shared_equally(children, there, own[None])[0]).T
        enough = enough[0]
        counted = enough if zero is None else enough & ~zero
        score = np.full(len(x), np.nan)
        if counted.all():
            score = scores_of_one(parent, x, own, self.units)
        elif counted.any():
            score[counted] = scores_of_one(parent, x[counted], own, self.units[counted])
        if zero is None:
            return score, enough
        return np.where(zero, 0.0, score), enough | zero

    # -- scores on the scale of others -----------------------------------------------------------------------------

    @cached_property
    def _scales(self) -> set[str]:
        """The nodes whose scores set the scale of others."""
        return {parent.scaled_by for parent in self.parents if parent.scaled_by is not None}

    def _rescaled(
        self, parent: Parent, score: np.ndarray, columns: list[np.ndarray], unscaled: dict[str, np.ndarray]
    ) -> np.ndarray:
        """Return a parent's scores, rescaled if they are to be; `unscaled` keeps those that others need."""
        if parent.code in self._scales:
            unscaled[parent.code] = score
        if parent.ruled is None or parent.scaled_by is None:
            return score
        scale = parent.scaled_by
        return parent.ruled.rescaled(score, unscaled[scale] if scale in unscaled else columns[self.place[scale]])

    @cached_property
    def _needed(self) -> set[str]:
        """The parents that the index, the recipe's tie-breakers and their scales depend on."""
        needed = {ROOT, *self.recipe.rank.tie_breakers}
        for parent in reversed(self.parents):
            if parent.code in needed:
                needed.update(parent.children)
                needed.update(() if parent.scaled_by is None else (parent.scaled_by,))
        return needed

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

    def keeping_totals(self, weights: np.ndarray) -> np.ndarray:
        """Return weights with which each sum has the total of the recipe's own weights: draws x codes."""
        for parent in self.parents:
            if parent.sums:
                own = weights[:, parent.columns]
                weights = weights.copy()
                total = math.fsum(self.weights[parent.columns])
                weights[:, parent.columns] = own * (total / own.sum(axis=1, keepdims=True))
        return weights

    def effective_weights(self, weights: np.ndarray) -> np.ndarray:
        """Return the product of the weights along the branch of each input: draws x inputs, of means summing to 1."""
        width, root = len(self.inputs), len(self.parents) - 1
        effective = np.zeros((len(weights), width))
        none = np.zeros(len(weights))
        share: list[np.ndarray] = [none] * root + [none + 1]
        for at in range(root, -1, -1):
            parent = self.parents[at]
            given = weights[:, parent.taken]
            given = given * (share[at] if parent.sums else share[at] / given.sum(axis=1))[:, None]
            leaves, nodes = parent.split
            if at == root and parent.straight:
                return given
            effective[:, parent.places[leaves]] += given[:, leaves]
            for child in nodes:
                below = parent.places[child] - width
                share[below] = share[below] + given[:, child]
        return effective

    @cached_property
    def _flat(self) -> tuple[Transform, np.ndarray] | None:
        """The transform that all parents share, and the transformed inputs, inputs x units.

        None if they differ, and where a rule makes a score something else than a mean or sum of the children.
        """
        transform = self.parents[-1].transform
        if transform is None or any(parent.transform != transform or parent.ruled for parent in self.parents):
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
        unscaled: dict[str, np.ndarray] = {}
        for number, parent in enumerate(self.parents, len(self.inputs)):
            own, ruled = weights[:, parent.taken], parent.ruled
            there = [scored[at] for at in parent.places]
            children = [columns[at] for at in parent.places]
            if ruled is not None:
                children, there = ruled.fallen_back(children, there)
            if settled is None:
                share = self._share(parent, own, [covered[at] for at in parent.places], rows)
                enough = self._enough(parent, share, own, there)
            else:
                enough = scored[number]
            zero = None
            if ruled is not None:
                zero = ruled.zeroed(children, there, enough)
                children, there = ruled.shared_equally(children, there, own)
            counted = enough if zero is None else enough & ~zero
            score = self._score_at_once(parent, own, values, children, there, counted, rows)
            if zero is not None:
                score, enough = np.where(zero, 0.0, score), enough | zero
            if settled is None:
                scored.append(enough)
                covered.append(enough)
            if self._scales:
                score = self._rescaled(parent, score, columns, unscaled)
            columns.append(score)
        return columns

    def _score_at_once(
        self,
        parent: Parent,
        own: np.ndarray,
        values: np.ndarray,
        children: list[np.ndarray],
        there: list[np.ndarray],
        counted: np.ndarray,
        rows: np.ndarray,
    ) -> np.ndarray:
        """Return a parent's scores of the units that count in each draw: draws x rows."""
        if parent.transform is None:
            score, unfit = np.full((len(own), len(rows)), np.nan), np.arange(len(own))
        else:
            score, unfit = scores_at_once(parent, parent.transform, own, values, children, there, counted)
        for draw in unfit.tolist():
            mine = _of_draw(counted, draw)
            score[draw] = np.nan
            if mine.any():
                x = np.column_stack([_of_draw(one, draw)[mine] for one in children])
                weights = own[draw] if parent.sums else own[draw] / own[draw].sum()
                score[draw, mine] = aggregated(parent, x, weights, self.units[rows[mine]])
        return score


def _of_draw(values: np.ndarray, draw: int) -> np.ndarray:
    """Return a draw's row of an array that has one row per draw, or one row for all draws."""
    return values if values.ndim == 1 else values[draw if len(values) > 1 else 0]
