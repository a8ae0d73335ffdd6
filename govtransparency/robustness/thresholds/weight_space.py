"""The final order as a function of one node's weights: what makes a threshold exact, and when there is none."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import Transform, arithmetic_mean, transform_of
from govtransparency.aggregation import sum as sum_of_scores
from govtransparency.errors import InputError
from govtransparency.methods import name_of, to_spec
from govtransparency.node_rules import rules_of
from govtransparency.nodes import ROOT
from govtransparency.ranking import column_ranks
from govtransparency.robustness.thresholds.rescore import rescore
from govtransparency.robustness.thresholds.threshold_rules import refuse_rules, sum_of_weights
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import threshold_problems as problems
from govtransparency.ties import NEAR, snapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govtransparency.framework import Framework
    from govtransparency.index import Index
    from govtransparency.recipe import Recipe

__all__ = ["STEP", "WeightSpace", "batches", "mean_leads", "weight_space", "without_noise"]


STEP = 1e-6  # how far before and beyond a threshold the ranking is recomputed, as a share of the way
NOISE = 1e-14  # rounding error of a sum, as a share of the numbers added up
BATCH = 20_000  # pairs of units worked on at a time
TITLE = "thresholds"


@dataclass(frozen=True)
class WeightSpace:
    """How the final order depends on the weights of one node's children, everything else unchanged.

    A unit's value is ``sum w z / sum w`` over the children it has; it rises with the unit's score on the index, so that
    it orders the units as the index does.

    Attributes
    ----------
    index : Index
    node : str or None
        None: the effective weights of all indicators.
    children : tuple of str
    units : Index
        The ranked ones.
    terms : ndarray, units x children
        z, values that count as equal made equal to the last digit; NaN where the unit lacks the child.
    nominal : ndarray
        The recipe's weights, summing to 1.
    not_linear : tuple
        Units to which the formula does not apply, because a missing value shifts weight between pillars.
    """

    index: Index
    node: str | None
    children: tuple[str, ...]
    units: pd.Index
    terms: np.ndarray
    nominal: np.ndarray
    not_linear: tuple[Any, ...]

    @cached_property
    def scale(self) -> float:
        """Range of the terms."""
        spread = float(np.nanmax(self.terms) - np.nanmin(self.terms))
        return spread if spread > 0 else 1.0

    @cached_property
    def noise(self) -> float:
        """Difference up to which values of units are equal: the rounding error of the sums."""
        return NOISE * float(np.nanmax(np.abs(self.terms)))

    @cached_property
    def score_noise(self) -> float:
        """Difference up to which recomputed scores of units are equal."""
        children = self.index.scores.loc[self.units, list(self.children)].to_numpy()
        return NEAR * float(np.nanmax(np.abs(children)))

    def values(self) -> np.ndarray:
        """Return the values of the units under the recipe's weights."""
        present = ~np.isnan(self.terms)
        return (np.where(present, self.terms, 0.0) @ self.nominal) / (present @ self.nominal)

    def place(self, unit: Any) -> int:
        """Return the row of a ranked unit."""
        return int(self.units.get_indexer(pd.Index([unit]))[0])

    def refuse_not_linear(self, rows: Iterable[int] | None = None) -> None:
        """Refuse the units, or any of all units, whose values are not a mean of the terms."""
        if not self.not_linear:
            return
        units = self.units if rows is None else self.units[list(rows)]
        if found := [unit for unit in units if unit in self.not_linear]:
            children = np.array(self.children)
            raise InputError(
                [
                    problems.WEIGHT_SPREAD_WITHIN_PILLAR.format(
                        unit=unit, children=quoted(children[np.isnan(self.terms[self.place(unit)])])
                    )
                    for unit in found
                ],
                title=TITLE,
            )

    def comparable(self, rows: Iterable[int] | None = None) -> np.ndarray:
        """Return the terms of the units, or of all, if they have the same children; 0 for a child that none has.

        Raises
        ------
        InputError
            Naming every unit that lacks a child which another one has: the difference of their scores is then not
            linear in the weights.
        """
        rows = list(range(len(self.units)) if rows is None else rows)
        self.refuse_not_linear(rows)
        present = ~np.isnan(self.terms[rows])
        if present.all():
            return self.terms[rows]
        lacking = present.any(axis=0) & ~present
        if lacking.any():
            children = np.array(self.children)
            raise InputError(
                [
                    problems.DIFFERENT_CHILDREN.format(unit=self.units[row], children=quoted(children[lacks]))
                    for row, lacks in zip(rows, lacking, strict=True)
                    if lacks.any()
                ],
                title=TITLE,
            )
        return np.where(present, self.terms[rows], 0.0)

    def mapping(self, weights: np.ndarray) -> dict[str, float]:
        """Return the weights among siblings, by code, that give the children these weights."""
        recipe = self.index.recipe
        total = sum_of_weights(recipe, ROOT if self.node is None else self.node)
        given = dict(zip(self.children, (total * np.maximum(weights, 0.0)).tolist(), strict=True))
        if self.node is not None:
            return given
        framework = recipe.averaged
        for code in framework.pillars:
            below = sum(given[child] for child in framework.children(code))
            if below == 0:  # the pillar counts for nothing: its children keep their weights
                given |= {child: framework.node(child).weight for child in framework.children(code)}
            given[code] = below
        return given

    @cached_property
    def _rows(self) -> np.ndarray:
        return self.index.scores.index.get_indexer(self.units)

    def scores(self, weights: np.ndarray) -> pd.Series:
        """Return the index's scores of the ranked units, recomputed through the tree under these weights."""
        found = rescore(self.index, self.mapping(weights)).values
        return pd.Series(found[self._rows], index=self.units, name=ROOT)

    def ranks(self, scores: pd.Series) -> pd.Series:
        """Return the ranks of unrounded scores, by the recipe's rule for ties."""
        ranks = column_ranks(-scores.to_numpy()[:, None], ties=self.index.recipe.rank.ties)[:, 0]
        return pd.Series(ranks, index=self.units, name="rank")

    def with_one_changed(self, places: Sequence[int] | np.ndarray, to: Sequence[float] | np.ndarray) -> np.ndarray:
        """Return one vector of weights per place: that weight at its new value, the others in proportion."""
        rows, values = np.arange(len(places)), np.asarray(to)
        weights = np.tile(self.nominal, (len(places), 1))
        weights[rows, places] = 0.0
        weights *= ((1 - values) / weights.sum(axis=1))[:, None]
        weights[rows, places] = values
        return weights

    def just_beyond(self, start: np.ndarray, end: np.ndarray, lead: Callable[[np.ndarray], float]) -> np.ndarray:
        """Return weights a small part of the way from a threshold to the end, where the lead is clearly not 0."""
        share = STEP
        while share < 1 and abs(lead(start + share * (end - start))) <= 100 * self.noise:
            share = min(1.0, 10 * share)
        return start + share * (end - start)

    def series(self, weights: np.ndarray) -> pd.Series:
        """Return weights of the children by code."""
        return pd.Series(weights, index=list(self.children), name="weight")


def weight_space(index: Index, node: str | None = ROOT) -> WeightSpace:
    """Return how the final order depends on the weights of the node's children.

    Raises
    ------
    InputError
        Where no exact threshold exists: an aggregator between the node and the index is not a quasi-arithmetic mean, or
        is another mean than the node's own; coverage counts the weights; the node is shown but not averaged; a rule of
        publishers makes a score something else than a mean of the children. Also where no unit has a rank.
    """
    recipe, scores = index.recipe, index.scores
    framework = recipe.averaged
    if not index.scoring.fixed:
        raise InputError(problems.COVERAGE_COUNTS_WEIGHTS, title=TITLE)
    if node is not None and node not in (*framework.pillars, ROOT):
        raise InputError(problems.NOT_AVERAGED.format(node=node), title=TITLE)
    chain = [*framework.pillars, ROOT] if node is None else _ancestors(framework, node)
    transform = _shared_transform(recipe, chain)
    units = index.ranks.index[index.ranks.notna()]
    if not len(units):
        raise InputError(problems.NO_UNIT_RANKED, title=TITLE)
    refuse_rules(index, chain, flat=node is None)

    def forward(codes: list[str]) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            y = transform.forward(transform.prepare(scores.loc[units, codes]))
        return y if transform.forward(np.array([2.0]))[0] > transform.forward(np.array([1.0]))[0] else -y

    if node is None:
        children = framework.indicators
        terms, nominal = _with_ties(forward(list(children))), framework.effective_weights.to_numpy()
        lacking = np.isnan(terms).any(axis=1) & (framework.heights[ROOT] > 1)
        return WeightSpace(index, node, children, units, terms, nominal, tuple(units[lacking]))
    children = framework.children(node)
    terms, fixed = forward(list(children)).copy(), scores.loc[units, node].isna().to_numpy()
    for child, other in rules_of(recipe, node).fallback:
        lacking = np.isnan(terms[:, children.index(child)])
        terms[lacking, children.index(child)] = terms[lacking, children.index(other)]
    for code, parent in itertools.pairwise(chain):
        siblings = [child for child in framework.children(parent) if child != code]
        x, own = forward(siblings), framework.weights[code]
        others = framework.weights[siblings].to_numpy()
        present = ~np.isnan(x)
        total = own + present @ others
        terms = sum_of_weights(recipe, code) * terms * (own / total)[:, None]
        terms = terms + ((np.where(present, x, 0.0) @ others) / total)[:, None]
        fixed = fixed | scores.loc[units, parent].isna().to_numpy()
    if fixed.any():
        if rules_of(recipe, ROOT).rescale:
            raise InputError(problems.RULE.format(code=ROOT, rule="rescale"), title=TITLE)
        terms = np.where(fixed[:, None], forward([ROOT]) / sum_of_weights(recipe, ROOT), terms)
    return WeightSpace(index, node, children, units, _with_ties(terms), framework.sibling_weights[node].to_numpy(), ())


def mean_leads(weights: np.ndarray, leads: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the mean leads of pairs of units, 0 where no more than rounding error is left.

    Parameters
    ----------
    weights : ndarray of m, or m x k
        Column by column.
    leads, sizes : ndarray, pairs x m
        Lead of one unit over the other on each child, and the larger magnitude of the two terms.

    Returns
    -------
    ndarray, pairs (x k)
    """
    return without_noise(leads @ weights, sizes @ weights)


def without_noise(found: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return sums, with 0 for those that are only rounding error, judged by the size of what was added up."""
    return np.where(np.abs(found) <= NOISE * size, 0.0, found)


def batches(count: int) -> Iterator[slice]:
    """Go through that many pairs of units a batch at a time, so that memory stays small."""
    for start in range(0, count, BATCH):
        yield slice(start, start + BATCH)


def _with_ties(terms: np.ndarray) -> np.ndarray:
    """Return the terms, those of a child that differ by rounding error only made equal, as sorted neighbours."""
    size = np.abs(terms)
    return snapped(terms, size=np.maximum(size, NOISE / NEAR * np.nanmax(size)))


def _ancestors(framework: Framework, node: str) -> list[str]:
    chain = [node]
    while chain[-1] != ROOT:
        chain.append(framework.parent(chain[-1]))
    return chain


def _shared_transform(recipe: Recipe, chain: list[str]) -> Transform:
    methods = {code: recipe.aggregator(code) for code in chain}
    if refused := [
        problems.NOT_A_MEAN.format(code=code, method=name_of(method))
        for code, method in methods.items()
        if transform_of(method) is None
    ]:
        raise InputError(refused, title=TITLE)
    node = chain[0]

    def same_mean(one: Any, other: Any) -> bool:  # a sum is a multiple of the arithmetic mean
        plain = [arithmetic_mean if method is sum_of_scores else method for method in (one, other)]
        return bool(to_spec(plain[0]) == to_spec(plain[1]))

    if refused := [
        problems.DIFFERENT_MEANS.format(code=code, method=name_of(method), node=node, other=name_of(methods[node]))
        for code, method in methods.items()
        if not same_mean(method, methods[node])
    ]:
        raise InputError(refused, title=TITLE)
    transform = transform_of(methods[node])
    assert transform is not None
    return transform
