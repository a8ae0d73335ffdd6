"""Weights as a source of uncertainty: around the given ones, in an order, within bounds, or by the experts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.nodes import ROOT
from govtransparency.robustness.sources.free_weights import exponential, siblings
from govtransparency.robustness.sources.source import LEAST_WEIGHT, Drawn, Weights, is_number

__all__ = ["expert_weights", "weights_around", "weights_bounded", "weights_ordered"]


RARE = 0.02  # share of accepted draws below which weights within bounds are not found by trial


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
    if not (is_number(concentration) and 0 < concentration < math.inf):
        raise InputError(f"concentration {concentration!r}: expected a positive number", title="weights_around")
    return Around(float(concentration), () if at is None else (at,) if isinstance(at, str) else tuple(at))


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
    if isinstance(order, str) or len(order) < 2:
        raise InputError("order: expected the codes of at least two siblings", title="weights_ordered")
    return Ordered(tuple(order))


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
                f"the order must name each child of {parent!r} once: {', '.join(children)}", title=self.name
            )
        return Drawn(self.order, len(self.order), _decreasing)


def _decreasing(uniforms: np.ndarray) -> np.ndarray:
    return np.sort(exponential(uniforms), axis=1)[:, ::-1]


def _parents(name: str, framework: Framework, codes: Sequence[str]) -> set[str]:
    known = [node.code for node in framework.nodes if node.code != ROOT]
    if unknown := [f"no node {code!r}; {nearest(code, known)}" for code in codes if code not in known]:
        raise InputError(unknown, title=name)
    return {framework.parent(code) for code in codes}


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
    Drawn by trial where at least one uniform draw in fifty lies within the bounds. Otherwise each draw is a Markov
    chain of its own, which shares the sum of random pairs of weights anew, uniformly within their bounds, forty times
    and more; its stationary distribution is the uniform one.

    Examples
    --------
    >>> weights_bounded({"law": (0.2, 0.5)}).name
    'weights within bounds of law'
    """
    problems = [
        f"{code!r}: bounds {pair!r}; expected (low, high) with 0 <= low < high <= 1"
        for code, pair in bounds.items()
        if not (_is_pair(pair) and 0 <= pair[0] < pair[1] <= 1)
    ]
    if problems or not bounds:
        raise InputError(problems or ["no bounds given"], title="weights_bounded")
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
        groups, problems = [], []
        for parent in dict.fromkeys(framework.parent(code) for code in nodes):
            columns = [position for position, code in enumerate(nodes) if framework.parent(code) == parent]
            low, high = np.array([given.get(nodes[position], (0.0, 1.0)) for position in columns]).T
            if low.sum() >= 1 or high.sum() <= 1:
                problems.append(
                    f"the weights of the children of {parent!r} must sum to 1, but the bounds leave sums from "
                    f"{low.sum():g} to {high.sum():g}"
                )
            groups.append((np.array(columns), low, high))
        if problems:
            raise InputError(problems, title=self.name)
        return Drawn(nodes, 0, _never, partial(_bounded, groups=groups))


def _never(uniforms: np.ndarray) -> np.ndarray:
    raise NotImplementedError("weights within bounds are not made of a fixed number of uniform numbers")


def _bounded(rng: np.random.Generator, draws: int, *, groups: list) -> np.ndarray:
    result = np.empty((draws, sum(len(columns) for columns, _, _ in groups)))
    for columns, low, high in groups:
        trial = _within(rng, 1000, low, high)
        often = len(trial) >= RARE * 1000
        result[:, columns] = _by_trial(rng, draws, low, high) if often else _by_pairs(rng, draws, low, high)
    return np.maximum(result, LEAST_WEIGHT)


def _within(rng: np.random.Generator, draws: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return those of so many uniform draws above the lower bounds that also keep the upper ones."""
    shares = rng.standard_exponential((draws, len(low)))
    weights = low + (1 - low.sum()) * shares / shares.sum(axis=1, keepdims=True)
    return weights[(weights <= high).all(axis=1)]


def _by_trial(rng: np.random.Generator, draws: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    found: list[np.ndarray] = []
    while sum(map(len, found)) < draws:
        found.append(_within(rng, 2 * draws, low, high))
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


def expert_weights(table: pd.DataFrame) -> Weights:
    """Take the weights of one expert of a panel: each draw one of them, all equally likely.

    The panel's experts stay apart, as Saisana, Saltelli and Tarantola (2005) keep them, instead of being averaged.

    Parameters
    ----------
    table : DataFrame, experts x nodes
        Positive points or weights; siblings count in proportion. Of the children of a node all or none are named; those
        of nodes not named keep the recipe's weights.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        Naming every expert and node whose weight is not a positive number, nodes that stand twice, and a panel that
        agrees on everything.

    Examples
    --------
    >>> expert_weights(pd.DataFrame({"a": [3, 1], "b": [1, 1]}, index=["first", "second"])).name
    'expert'
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError(
            f"got a {type(table).__name__}; expected a DataFrame, experts in rows and nodes in columns",
            title="expert_weights",
        )
    values = table.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    problems = [f"node {code!r} stands twice" for code in table.columns[table.columns.duplicated()].unique()]
    problems += [
        f"expert {table.index[row]!r}, {table.columns[column]!r}: weight {_shown(table.iat[row, column])}; "
        "expected a positive number"
        for row, column in np.argwhere(~(np.isfinite(values) & (values > 0)))
    ]
    if len(table) < 2:
        problems.append(f"{len(table)} expert given; expected at least two, or there is nothing to vary")
    if problems:
        raise InputError(problems, title="expert_weights")
    return Experts(tuple(map(str, table.columns)), tuple(map(tuple, values.tolist())))


def _shown(value: object) -> str:
    return f"{value:g}" if is_number(value) else repr(value)


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
        problems = [
            f"of the children of {parent!r}, {', '.join(missing)} have no weights; name all of them or none"
            for parent in sorted(parents)
            if (missing := [code for code in framework.children(parent) if code not in self.codes])
        ]
        if problems:
            raise InputError(problems, title=self.name)
        points = np.array(self.points)
        shares = points.copy()
        for parent in parents:
            columns = [position for position, code in enumerate(self.codes) if framework.parent(code) == parent]
            shares[:, columns] /= shares[:, columns].sum(axis=1, keepdims=True)
        if np.allclose(shares, shares[0], rtol=0, atol=1e-12):
            raise InputError("all experts give the same weights, so nothing would vary", title=self.name)
        return Drawn(self.codes, 1, partial(_expert, shares=shares))


def _expert(uniforms: np.ndarray, *, shares: np.ndarray) -> np.ndarray:
    return shares[(uniforms[:, 0] * len(shares)).astype(int)]
