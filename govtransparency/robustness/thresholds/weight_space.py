"""The final order as a function of one node's weights: what makes a threshold exact, and when there is none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import Transform, transform_of
from govtransparency.errors import InputError, nearest
from govtransparency.index import Index
from govtransparency.methods import name_of, to_spec
from govtransparency.nodes import ROOT
from govtransparency.ranking import column_ranks
from govtransparency.robustness.thresholds.rescore import rescore
from govtransparency.ties import NEAR, snapped

__all__ = ["STEP", "WeightSpace", "leads_under", "settled", "weight_space"]


STEP = 1e-6  # how far before and beyond a threshold the ranking is recomputed, as a share of the way
NOISE = 1e-14  # share of the numbers added up that arithmetic itself leaves over


@dataclass(frozen=True)
class WeightSpace:
    """What the final order owes to the weights of one node's children, all else as it is.

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
        z, equal ones to the last digit; NaN where the unit lacks the child.
    nominal : ndarray
        The recipe's weights, summing to 1.
    tangled : tuple
        Units of which the formula does not hold, because a missing value shifts weight between pillars.
    """

    index: Index
    node: str | None
    children: tuple[str, ...]
    units: pd.Index
    terms: np.ndarray
    nominal: np.ndarray
    tangled: tuple

    @cached_property
    def scale(self) -> float:
        """Range of the terms."""
        spread = float(np.nanmax(self.terms) - np.nanmin(self.terms))
        return spread if spread > 0 else 1.0

    @cached_property
    def noise(self) -> float:
        """What arithmetic itself may leave between equal values of units."""
        return NOISE * float(np.nanmax(np.abs(self.terms)))

    @cached_property
    def score_noise(self) -> float:
        """Difference up to which recomputed scores of units are equal."""
        children = self.index.scores.loc[self.units, list(self.children)].to_numpy()
        return NEAR * float(np.nanmax(np.abs(children)))

    def values(self) -> np.ndarray:
        """Return the units' values under the nominal weights."""
        present = ~np.isnan(self.terms)
        return (np.where(present, self.terms, 0.0) @ self.nominal) / (present @ self.nominal)

    def place(self, unit: Any) -> int:
        """Return the row of a unit, or raise the error that says why it has none."""
        if unit not in self.units:
            if unit in self.index.ranks.index:
                raise InputError(f"unit {unit!r} has no rank; see index.excluded", title="thresholds")
            raise InputError(f"unit {unit!r} is unknown; {nearest(unit, self.units)}", title="thresholds")
        return int(self.units.get_indexer(pd.Index([unit]))[0])

    def refuse_tangled(self, rows: Iterable[int]) -> None:
        """Refuse units of which the values are no mean of terms."""
        if self.tangled and (found := [unit for unit in self.units[list(rows)] if unit in self.tangled]):
            raise InputError(
                [
                    f"unit {unit!r} lacks {_listed(np.array(self.children)[np.isnan(self.terms[self.place(unit)])])}: "
                    "the weight is spread within a pillar, so the score is not linear in the effective weights; "
                    "name a node, impute the value in `treat`, or leave the unit out of the table"
                    for unit in found
                ],
                title="thresholds",
            )

    def comparable(self, rows: Iterable[int]) -> np.ndarray:
        """Return the terms of units that have the same children, 0 for the children that none of them has.

        Raises
        ------
        InputError
            Naming every unit that lacks a child which another one has: the difference of their scores is then not
            linear in the weights.
        """
        rows = list(rows)
        self.refuse_tangled(rows)
        present = ~np.isnan(self.terms[rows])
        if present.all():
            return self.terms[rows]
        any_has = present.any(axis=0)
        if problems := [
            f"unit {self.units[row]!r} lacks {_listed(np.array(self.children)[any_has & ~has])}, which others have: "
            "the scores do not compare linearly in the weights; name another node, impute the value in `treat`, "
            "or leave the unit out of the table"
            for row, has in zip(rows, present, strict=True)
            if (any_has & ~has).any()
        ]:
            raise InputError(problems, title="thresholds")
        return np.where(present, self.terms[rows], 0.0)

    def mapping(self, weights: np.ndarray) -> dict[str, float]:
        """Return the sibling weights, by code, that these weights of the children amount to."""
        given = dict(zip(self.children, np.maximum(weights, 0.0).tolist(), strict=True))
        if self.node is not None:
            return given
        framework = self.index.recipe.framework
        for code in framework.pillars:
            below = sum(given[child] for child in framework.children(code))
            if below == 0:  # no say at all: what its children would count is left as it was
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
        """Return the ranks of unrounded scores; ties as the recipe has them."""
        ranks = column_ranks(-scores.to_numpy()[:, None], ties=self.index.recipe.rank.ties)[:, 0]
        return pd.Series(ranks, index=self.units, name="rank")

    def seen(self, start: np.ndarray, end: np.ndarray, lead: Callable[[np.ndarray], float]) -> np.ndarray:
        """Return weights a small part of the way from a threshold to others at which a lead can be told from 0."""
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
        For a node without children; and where no exact threshold exists: an aggregator on the way to the index that is
        no quasi-arithmetic mean, or another mean than the node's own; coverage that counts the weights.
    """
    recipe, scores = index.recipe, index.scores
    framework = recipe.framework
    parents = (*framework.pillars, ROOT)
    if node is not None and node not in parents:
        raise InputError(f"node {node!r} has no weights under it; {nearest(node, parents)}", title="thresholds")
    if not index.scoring.fixed:
        raise InputError(
            "coverage counts the weights (count = 'weights') and values are missing, so other weights change who is "
            "scored and no exact threshold exists; let coverage count indicators or children",
            title="thresholds",
        )
    chain = list(parents) if node is None else _way_up(index, node)
    transform = _shared_transform(index, chain)
    units = index.ranks.index[index.ranks.notna()]
    if not len(units):
        raise InputError("no unit has a rank", title="thresholds")

    def forward(codes: list[str]) -> np.ndarray:
        with np.errstate(invalid="ignore"):
            y = transform.forward(transform.prepare(scores.loc[units, codes]))
        return y if transform.forward(np.array([2.0]))[0] > transform.forward(np.array([1.0]))[0] else -y

    if node is None:
        children = framework.indicators
        terms, nominal = _tied(forward(list(children))), framework.effective_weights.to_numpy()
        lacking = np.isnan(terms).any(axis=1) & (framework.heights[ROOT] > 1)
        return WeightSpace(index, node, children, units, terms, nominal, tuple(units[lacking]))
    children = framework.children(node)
    terms, fixed = forward(list(children)), scores.loc[units, node].isna().to_numpy()
    for code, parent in itertools.pairwise(chain):
        siblings = [child for child in framework.children(parent) if child != code]
        x, own = forward(siblings), framework.weights[code]
        others = framework.weights[siblings].to_numpy()
        present = ~np.isnan(x)
        total = own + present @ others
        terms = terms * (own / total)[:, None] + ((np.where(present, x, 0.0) @ others) / total)[:, None]
        fixed = fixed | scores.loc[units, parent].isna().to_numpy()
    terms = _tied(np.where(fixed[:, None], forward([ROOT]), terms) if fixed.any() else terms)
    return WeightSpace(index, node, children, units, terms, framework.sibling_weights[node].to_numpy(), ())


def leads_under(weights: np.ndarray, leads: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the mean leads of pairs of units, 0 where arithmetic on the terms leaves no more than its noise.

    Parameters
    ----------
    weights : ndarray of m, or m x k
        Column by column.
    leads, sizes : ndarray, pairs x m
        Of one unit over the other on each child, and the larger magnitude of the two terms.

    Returns
    -------
    ndarray, pairs (x k)
    """
    return settled(leads @ weights, sizes @ weights)


def settled(found: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return numbers with those that are only arithmetic's noise, judged by the size of what was added up, as 0."""
    return np.where(np.abs(found) <= NOISE * size, 0.0, found)


def _tied(terms: np.ndarray) -> np.ndarray:
    """Return the terms with those of a child that only arithmetic's noise parts made equal, as sorted neighbours."""
    size = np.abs(terms)
    return snapped(terms, size=np.maximum(size, NOISE / NEAR * np.nanmax(size)))


def _way_up(index: Index, node: str) -> list[str]:
    chain = [node]
    while chain[-1] != ROOT:
        chain.append(index.recipe.framework.parent(chain[-1]))
    return chain


def _shared_transform(index: Index, chain: list[str]) -> Transform:
    methods = {code: index.recipe.aggregator(code) for code in chain}
    if problems := [
        f"{code!r} is aggregated by {name_of(method)}, which is no mean of transformed scores: no exact threshold "
        "exists; see how often ranks change with gt.uncertainty_analysis"
        for code, method in methods.items()
        if transform_of(method) is None
    ]:
        raise InputError(problems, title="thresholds")
    first = chain[0]
    if problems := [
        f"{code!r} is aggregated by {name_of(method)} but {first!r} by {name_of(methods[first])}: the index is then no "
        "single mean in these weights; thresholds are exact for node='index'"
        for code, method in methods.items()
        if to_spec(method) != to_spec(methods[first])
    ]:
        raise InputError(problems, title="thresholds")
    transform = transform_of(methods[first])
    assert transform is not None
    return transform


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(repr(str(code)) for code in codes)
