"""Weights as a source of uncertainty: within a range of the given ones, or anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.nodes import ROOT
from govtransparency.robustness.sources.source import LEAST_WEIGHT, Drawn, Weights, is_number

__all__ = ["weights_anywhere", "weights_within"]


def weights_within(
    share: float | Sequence[float], *, nodes: str | Sequence[str] | None = None, level: int | None = None
) -> Weights:
    """Vary each weight by up to a share of itself: w U(1 - share, 1 + share), then rescaled among siblings.

    The weights of audits by the JRC: +-25 % of nominal, independent of each other.

    Parameters
    ----------
    share : float, or one for each level bottom up
        Above 0 and below 1; a level's 0 holds its weights. The first of a sequence is for the weights of indicators
        within the lowest pillars, the last for those of the index's own children, as in `govtransparency.by_level`.
    nodes : str or sequence of str, optional
        Vary the weights of these nodes only; their siblings' change by rescaling alone.
    level : int, optional
        Vary the weights within the nodes of this level only, 1 for the pillars made of indicators.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For a share that is not between 0 and 1, and both `nodes` and `level`.

    Examples
    --------
    >>> weights_within(0.25).name
    'weights +-25%'
    """
    shares: tuple[Any, ...] = tuple(share) if isinstance(share, (list, tuple, np.ndarray)) else (share,)
    problems = [
        f"share {one!r}: expected a number above 0 and below 1, such as 0.25 for +-25 %"
        for one in shares
        if not (is_number(one) and 0 <= one < 1) or (one == 0 and len(shares) == 1)
    ]
    if shares and not problems and not any(shares):
        problems.append("every share is 0, so nothing would vary")
    if nodes is not None and level is not None:
        problems.append("nodes and level: expected one of the two")
    if problems or not shares:
        raise InputError(problems or ["no share given"], title="weights_within")
    only = None if nodes is None else (nodes,) if isinstance(nodes, str) else tuple(nodes)
    return Within(tuple(map(float, shares)), only, level)


@dataclass(frozen=True)
class Within(Weights):
    """See `weights_within`."""

    shares: tuple[float, ...]
    only: tuple[str, ...] | None = None
    level: int | None = None

    scales = True

    @property
    def name(self) -> str:
        sizes = ", ".join(f"+-{share:.3g}" if share < 0.001 else f"+-{100 * share:g}%" for share in self.shares)
        where = f" of {', '.join(self.only)}" if self.only else "" if self.level is None else f" at level {self.level}"
        return f"weights {sizes}{where}"

    def _share(self, framework: Framework, code: str) -> float:
        level = framework.heights[framework.parent(code)]
        if self.level not in (None, level):
            return 0.0
        return self.shares[0] if len(self.shares) == 1 else self.shares[level - 1]

    def bind(self, framework: Framework) -> Drawn:
        levels = framework.heights[ROOT]
        if len(self.shares) not in (1, levels):
            raise InputError(f"{len(self.shares)} shares, but the framework has {levels} levels", title=self.name)
        if self.level is not None and not 1 <= self.level <= levels:
            raise InputError(f"level {self.level}: the framework has levels 1 to {levels}", title=self.name)
        known = [node.code for node in framework.nodes if node.code != ROOT]
        if self.only is not None:
            unknown = [f"no node {code!r}; {nearest(code, known)}" for code in self.only if code not in known]
            if unknown:
                raise InputError(unknown, title=self.name)
        chosen = tuple(
            code
            for code in (known if self.only is None else self.only)
            if len(framework.children(framework.parent(code))) > 1 and self._share(framework, code) > 0
        )
        if not chosen:
            raise InputError("no node meant has a sibling, so its weight cannot matter", title=self.name)
        share = np.array([self._share(framework, code) for code in chosen])
        return Drawn(chosen, len(chosen), partial(_around_one, share=share))


def _around_one(uniforms: np.ndarray, *, share: np.ndarray) -> np.ndarray:
    return (1 - share) + 2 * share * uniforms


def weights_anywhere(*, flat: bool = False, at: str | Sequence[str] | None = None) -> Weights:
    """Draw weights uniformly from all there are: the flat distribution on the simplex, Dirichlet(1, ..., 1).

    Normalised uniform numbers would not do: they crowd at the centre.

    Parameters
    ----------
    flat : bool
        Draw the effective weights of all indicators at once; a pillar's weight is then the sum of its indicators'.
        Otherwise the weights of the children of every node are drawn, each on its own simplex.
    at : str or sequence of str, optional
        Only the weights of these nodes' children.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For `flat` together with `at`.

    Examples
    --------
    >>> weights_anywhere(at="index").name
    "weights anywhere at 'index'"
    """
    places = () if at is None else (at,) if isinstance(at, str) else tuple(at)
    if flat and places:
        raise InputError("flat draws all indicators' weights at once; it cannot go with 'at'", title="weights_anywhere")
    return Anywhere(flat, places)


@dataclass(frozen=True)
class Anywhere(Weights):
    """See `weights_anywhere`."""

    flat: bool = False
    at: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        where = f" at {', '.join(map(repr, self.at))}" if self.at else ", flat" if self.flat else ""
        return f"weights anywhere{where}"

    def bind(self, framework: Framework) -> Drawn:
        if not self.flat:
            nodes = siblings(self.name, framework, self.at)
            return Drawn(nodes, len(nodes), exponential, partial(_exponential_sample, nodes=len(nodes)))
        if len(framework.indicators) == 1:
            raise InputError("there is one indicator, whose weight is always 1", title=self.name)
        nodes = tuple(node.code for node in framework.nodes if node.code != ROOT)
        size = len(framework.indicators)
        if len(nodes) == size:
            return Drawn(nodes, size, exponential, partial(_exponential_sample, nodes=size))
        members = membership(framework)
        return Drawn(nodes, size, partial(_flat, members=members), partial(_flat_sample, members=members))


def _flat(uniforms: np.ndarray, *, members: np.ndarray) -> np.ndarray:
    return exponential(uniforms) @ members


def _exponential_sample(rng: np.random.Generator, draws: int, *, nodes: int) -> np.ndarray:
    result = rng.standard_exponential((draws, nodes))
    return np.maximum(result, LEAST_WEIGHT, out=result)


def _flat_sample(rng: np.random.Generator, draws: int, *, members: np.ndarray) -> np.ndarray:
    return _exponential_sample(rng, draws, nodes=len(members)) @ members


def siblings(name: str, framework: Framework, at: tuple[str, ...]) -> tuple[str, ...]:
    """Return the children of the nodes named, or of all, leaving out only children."""
    parents = (*framework.pillars, ROOT)
    if unknown := [f"no pillar {code!r}; {nearest(code, sorted(parents))}" for code in at if code not in parents]:
        raise InputError(unknown, title=name)
    groups = {code for code in (at or parents) if len(framework.children(code)) > 1}
    chosen = tuple(node.code for node in framework.nodes if node.code != ROOT and node.parent in groups)
    if not chosen:
        raise InputError("no node meant has more than one child, so its weights are always 1", title=name)
    return chosen


def exponential(uniforms: np.ndarray) -> np.ndarray:
    """Return unit exponentials, of which a group in proportion to its sum is uniform on the simplex."""
    result = np.subtract(1.0, uniforms)
    np.log(result, out=result)
    np.negative(result, out=result)
    return np.maximum(result, LEAST_WEIGHT, out=result)


def membership(framework: Framework) -> np.ndarray:
    """Return 1 where an indicator (row) is a node but the root (column), or stands under it."""
    codes = [node.code for node in framework.nodes if node.code != ROOT]
    below = [set(framework.leaves.get(code, (code,))) for code in codes]
    return np.array([[float(leaf in one) for one in below] for leaf in framework.indicators])
