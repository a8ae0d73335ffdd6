"""Weights as a source of uncertainty: around the given ones, in an order, within bounds, or those of experts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.robustness.sources.free_weights import exponential, siblings
from govtransparency.robustness.sources.source import (
    LEAST_WEIGHT,
    Drawn,
    Weights,
    codes_of,
    require_known,
    require_two,
)
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import source_problems as problems

if TYPE_CHECKING:
    from govtransparency.framework import Framework

__all__ = ["expert_weights", "weights_around", "weights_bounded", "weights_ordered"]


RARE = 0.02  # share of accepted draws below which weights within bounds are not found by trial
Bounds = tuple[np.ndarray, np.ndarray, np.ndarray]  # of the children of one node: their columns, lowest, highest share


@checked
def weights_around(concentration: float, *, at: str | Sequence[str] | None = None) -> Weights:
    """Draw weights around the recipe's own w: Dirichlet(c w) among the children of every node.

    Their mean is w and their variance ``w (1 - w) / (c + 1)``: c = 10 is wide, c = 1,000 narrow.

    Parameters
    ----------
    concentration : float
        c, positive.
    at : str or sequence of str, optional
        Only the weights of these nodes' children.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For a concentration that is not positive.

    Examples
    --------
    >>> weights_around(50).name
    'weights around, c = 50'
    """
    with Arguments("weights_around") as check:
        concentration = check.number("concentration", concentration, low=0, closed=(False, True))
        places = codes_of(check, "at", at)
    return Around(concentration, places)


@dataclass(frozen=True)
class Around(Weights):
    """See `weights_around`."""

    concentration: float
    at: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        where = f" at {', '.join(map(repr, self.at))}" if self.at else ""
        return f"weights around, c = {self.concentration:g}{where}"

    def bind(self, framework: Framework) -> Drawn:
        nodes = siblings(self.name, framework, self.at)
        shape = self.concentration * framework.weights[list(nodes)].to_numpy()
        return Drawn(nodes, len(nodes), partial(_gamma, shape=shape), partial(_gamma_sample, shape=shape))


def _gamma(uniforms: np.ndarray, *, shape: np.ndarray) -> np.ndarray:
    from scipy.special import gammaincinv

    return np.maximum(gammaincinv(shape, uniforms), LEAST_WEIGHT)


def _gamma_sample(rng: np.random.Generator, draws: int, *, shape: np.ndarray) -> np.ndarray:
    return np.maximum(rng.standard_gamma(shape, size=(draws, len(shape))), LEAST_WEIGHT)


@checked
def weights_ordered(order: Sequence[str]) -> Weights:
    """Draw weights uniformly from all that keep an order of importance among siblings.

    Parameters
    ----------
    order : sequence of str
        All children of one node, the most important first.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For fewer than two codes.

    Notes
    -----
    A Dirichlet(1, ..., 1) draw, sorted. The mean of such weights are the rank-order centroid weights.

    Examples
    --------
    >>> weights_ordered(["law", "budget"]).name
    'weights law > budget'
    """
    with Arguments("weights_ordered") as check:
        codes = codes_of(check, "order", order)
        if isinstance(order, str) or len(codes) < 2:
            check.expect("order", order, problems.SIBLINGS)
    return Ordered(codes)


@dataclass(frozen=True)
class Ordered(Weights):
    """See `weights_ordered`."""

    order: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"weights {' > '.join(self.order)}"

    def bind(self, framework: Framework) -> Drawn:
        parent = _parents(self.name, framework, self.order).pop()
        children = framework.children(parent)
        if sorted(children) != sorted(self.order):
            raise InputError(
                problems.ORDER_OF_CHILDREN.format(parent=parent, children=words(children)), title=self.name
            )
        return Drawn(self.order, len(self.order), _decreasing)


def _decreasing(uniforms: np.ndarray) -> np.ndarray:
    return np.sort(exponential(uniforms), axis=1)[:, ::-1]


def _parents(name: str, framework: Framework, codes: Sequence[str]) -> set[str]:
    known = [node.code for node in framework.nodes if node.code != ROOT]
    require_known(codes, known, title=name)
    return {framework.parent(code) for code in codes}


@checked
def weights_bounded(bounds: Mapping[str, tuple[float, float]]) -> Weights:
    """Draw weights uniformly from all that lie within bounds.

    Parameters
    ----------
    bounds : mapping of code to (low, high)
        Shares among the siblings, 0 to 1. Siblings that are not named may have any share.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For bounds outside 0 to 1 or in the wrong order.

    Notes
    -----
    Where at least one uniform draw in fifty lies within the bounds, weights are drawn by trial. Otherwise each draw is
    a Markov chain of its own: at least forty times it divides the sum of each of some random pairs of weights again,
    uniformly within their bounds. Its stationary distribution is the uniform one.

    Examples
    --------
    >>> weights_bounded({"law": (0.2, 0.5)}).name
    'weights within bounds of law'
    """
    with Arguments("weights_bounded") as check:
        if not isinstance(bounds, Mapping) or not bounds:
            check.expect("bounds", bounds, problems.BOUNDS_OF_CODES)
        for code, pair in bounds.items() if isinstance(bounds, Mapping) else ():
            if not (_is_pair(pair) and 0 <= pair[0] < pair[1] <= 1):
                check.expect(f"bounds[{code!r}]", pair, problems.BOUNDS)
    return Bounded(tuple((code, (float(low), float(high))) for code, (low, high) in bounds.items()))


def _is_pair(bounds: object) -> bool:
    return isinstance(bounds, (Sequence, np.ndarray)) and len(bounds) == 2 and all(map(is_number, bounds))


@dataclass(frozen=True)
class Bounded(Weights):
    """See `weights_bounded`."""

    bounds: tuple[tuple[str, tuple[float, float]], ...]

    @property
    def name(self) -> str:
        return f"weights within bounds of {', '.join(code for code, _ in self.bounds)}"

    def bind(self, framework: Framework) -> Drawn:
        given = dict(self.bounds)
        parents = _parents(self.name, framework, list(given))
        nodes = siblings(self.name, framework, tuple(code for code in (*framework.pillars, ROOT) if code in parents))
        groups: list[Bounds] = []
        impossible: list[Text] = []
        for parent in dict.fromkeys(framework.parent(code) for code in nodes):
            columns = [position for position, code in enumerate(nodes) if framework.parent(code) == parent]
            low, high = np.array([given.get(nodes[position], (0.0, 1.0)) for position in columns]).T
            if low.sum() >= 1 or high.sum() <= 1:
                impossible.append(problems.SUMS.format(parent=parent, low=f"{low.sum():g}", high=f"{high.sum():g}"))
            groups.append((np.array(columns), low, high))
        if impossible:
            raise InputError(impossible, title=self.name)
        return Drawn(nodes, 0, None, partial(_bounded, groups=groups))


def _bounded(rng: np.random.Generator, draws: int, *, groups: list[Bounds]) -> np.ndarray:
    result = np.empty((draws, sum(len(columns) for columns, _, _ in groups)))
    for columns, low, high in groups:
        accepted = len(_accepted(rng, 1000, low, high))
        draw = _by_trial if accepted >= RARE * 1000 else _by_pairs
        result[:, columns] = draw(rng, draws, low, high)
    return np.maximum(result, LEAST_WEIGHT)


def _accepted(rng: np.random.Generator, draws: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Make some uniform draws above the lower bounds and return those that keep the upper bounds too."""
    shares = rng.standard_exponential((draws, len(low)))
    weights = low + (1 - low.sum()) * shares / shares.sum(axis=1, keepdims=True)
    return weights[(weights <= high).all(axis=1)]


def _by_trial(rng: np.random.Generator, draws: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    found: list[np.ndarray] = []
    while sum(map(len, found)) < draws:
        found.append(_accepted(rng, 2 * draws, low, high))
    return np.concatenate(found)[:draws]


def _by_pairs(rng: np.random.Generator, draws: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    count = len(low)
    weights = np.tile(low + (1 - low.sum()) * (high - low) / (high - low).sum(), (draws, 1))
    for _ in range(40 + 10 * count.bit_length()):
        order = rng.permutation(count)
        first, second = order[: count // 2], order[count // 2 : 2 * (count // 2)]
        total = weights[:, first] + weights[:, second]
        least = np.maximum(low[first], total - high[second])
        most = np.minimum(high[first], total - low[second])
        weights[:, first] = least + rng.random(total.shape) * (most - least)
        weights[:, second] = total - weights[:, first]
    return weights


@checked
def expert_weights(table: pd.DataFrame) -> Weights:
    """Take the weights of one expert of a panel in each draw, all experts equally likely.

    The experts' weights are not averaged, as in Saisana, Saltelli and Tarantola (2005).

    Parameters
    ----------
    table : DataFrame, experts x nodes
        Positive points or weights; siblings count in proportion. Name all children of a node or none; those that are
        not named keep the recipe's weights.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        Naming every expert and node whose weight is not a positive number, and duplicate nodes; later, for a panel
        that agrees on everything.

    Examples
    --------
    >>> expert_weights(pd.DataFrame({"a": [3, 1], "b": [1, 1]}, index=["first", "second"])).name
    'expert'
    """
    with Arguments("expert_weights") as check:
        if isinstance(table, pd.DataFrame):
            values = _positive_points(check, table)
        else:
            check.expect("table", table, problems.PANEL)
    return Experts(tuple(map(str, table.columns)), tuple(map(tuple, values.tolist())))


def _positive_points(check: Arguments, table: pd.DataFrame) -> np.ndarray:
    """Return a panel's points as floats, having refused what is no positive number, duplicate nodes, a lone expert."""
    values = table.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    for code in table.columns[table.columns.duplicated()].unique():
        check.refuse(problems.DUPLICATE_NODE.format(code=code))
    for row, column in np.argwhere(~(np.isfinite(values) & (values > 0))):
        weight = table.iat[row, column]
        shown = f"{weight:g}" if is_number(weight) else repr(weight)
        expert, code = table.index[row], table.columns[column]
        check.refuse(problems.EXPERT_WEIGHT.format(expert=expert, code=code, weight=shown))
    require_two(check, "experts", len(table))
    return values


@dataclass(frozen=True)
class Experts(Weights):
    """See `expert_weights`."""

    codes: tuple[str, ...]
    points: tuple[tuple[float, ...], ...]

    @property
    def name(self) -> str:
        return "expert"

    def bind(self, framework: Framework) -> Drawn:
        parents = _parents(self.name, framework, self.codes)
        incomplete = [
            problems.CHILDREN_WITHOUT_WEIGHTS.format(parent=parent, children=words(missing))
            for parent in sorted(parents)
            if (missing := [code for code in framework.children(parent) if code not in self.codes])
        ]
        if incomplete:
            raise InputError(incomplete, title=self.name)
        points = np.array(self.points)
        shares = points.copy()
        for parent in parents:
            columns = [position for position, code in enumerate(self.codes) if framework.parent(code) == parent]
            shares[:, columns] /= shares[:, columns].sum(axis=1, keepdims=True)
        if np.allclose(shares, shares[0], rtol=0, atol=1e-12):
            raise InputError(problems.SAME_EXPERTS, title=self.name)
        return Drawn(self.codes, 1, partial(_expert, shares=shares))


def _expert(uniforms: np.ndarray, *, shares: np.ndarray) -> np.ndarray:
    return shares[(uniforms[:, 0] * len(shares)).astype(int)]
