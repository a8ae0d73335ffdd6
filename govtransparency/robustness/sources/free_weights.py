"""Weights as a source of uncertainty: within a range of the given ones, or anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.robustness.sources.source import LEAST_WEIGHT, Drawn, Weights, codes_of, require_known
from govtransparency.texts.problems import source_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework

__all__ = ["weights_anywhere", "weights_within"]


@checked
def weights_within(
    share: float | Sequence[float], *, nodes: str | Sequence[str] | None = None, level: int | None = None
) -> Weights:
    """Vary each weight by up to a share of itself: w U(1 - share, 1 + share), then rescaled among siblings.

    The JRC's audits vary weights so: by up to +-25 % of their nominal value, independently of each other.

    Parameters
    ----------
    share : float, or sequence with one for each level bottom up
        Above 0 and below 1; in a sequence 0 leaves the weights of that level as they are. The first is for the weights
        of indicators within the lowest pillars, the last for those of the index's own children, as in
        `govtransparency.by_level`.
    nodes : str or sequence of str, optional
        Vary the weights of these nodes only; those of their siblings change only because they are rescaled.
    level : int, optional
        Vary the weights within the nodes of this level only, 1 for the pillars made of indicators.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        For a share outside 0 to 1, shares that are all 0, and `nodes` given together with `level`.

    Examples
    --------
    >>> weights_within(0.25).name
    'weights +-25%'
    """
    given = tuple(share) if isinstance(share, (list, tuple, np.ndarray)) else (share,)
    several = len(given) > 1
    with Arguments("weights_within") as check:
        shares = tuple(check.share("share", one, closed=(several, False), example=0.25) for one in given)
        if not shares or (several and all(one == 0 for one in shares)):
            check.expect("share", share, problems.SHARES)
        if nodes is not None and level is not None:
            check.refuse(problems.EITHER.format(first="nodes", second="level"))
        only = None if nodes is None else codes_of(check, "nodes", nodes)
        level = None if level is None else check.count("level", level)
    return Within(shares, only, level)


@dataclass(frozen=True)
class Within(Weights):
    """See `weights_within`."""

    shares: tuple[float, ...]
    only: tuple[str, ...] | None = None
    level: int | None = None

    scales: ClassVar[bool] = True

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
            raise InputError(problems.SHARES_AND_LEVELS.format(shares=len(self.shares), levels=levels), title=self.name)
        if self.level is not None and self.level > levels:
            raise InputError(problems.LEVELS.format(level=self.level, levels=levels), title=self.name)
        known = [node.code for node in framework.nodes if node.code != ROOT]
        require_known(self.only or (), known, title=self.name)
        chosen = tuple(
            code
            for code in (known if self.only is None else self.only)
            if len(framework.children(framework.parent(code))) > 1 and self._share(framework, code) > 0
        )
        if not chosen:
            raise InputError(problems.NO_SIBLING, title=self.name)
        share = np.array([self._share(framework, code) for code in chosen])
        return Drawn(chosen, len(chosen), partial(_factors, share=share))


def _factors(uniforms: np.ndarray, *, share: np.ndarray) -> np.ndarray:
    return (1 - share) + 2 * share * uniforms


@checked
def weights_anywhere(*, flat: bool = False, at: str | Sequence[str] | None = None) -> Weights:
    """Draw weights uniformly from all possible ones: the flat distribution on the simplex, Dirichlet(1, ..., 1).

    Uniform numbers divided by their sum are no substitute: they concentrate at the centre of the simplex.

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
        For `flat` given together with `at`.

    Examples
    --------
    >>> weights_anywhere(at="index").name
    "weights anywhere at 'index'"
    """
    with Arguments("weights_anywhere") as check:
        places = codes_of(check, "at", at)
        if flat and places:
            check.refuse(problems.EITHER.format(first="flat", second="at"))
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
            raise InputError(problems.ONE_INDICATOR, title=self.name)
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
    """Return the children of the given nodes, or of all nodes; those without siblings are left out."""
    parents = (*framework.pillars, ROOT)
    require_known(at, sorted(parents), title=name, unknown=problems.UNKNOWN_PILLAR)
    groups = {code for code in (at or parents) if len(framework.children(code)) > 1}
    chosen = tuple(node.code for node in framework.nodes if node.code != ROOT and node.parent in groups)
    if not chosen:
        raise InputError(problems.ONLY_CHILDREN, title=name)
    return chosen


def exponential(uniforms: np.ndarray) -> np.ndarray:
    """Return standard exponentials: a group of them divided by its sum is uniform on the simplex."""
    result = np.subtract(1.0, uniforms)
    np.log(result, out=result)
    np.negative(result, out=result)
    return np.maximum(result, LEAST_WEIGHT, out=result)


def membership(framework: Framework) -> np.ndarray:
    """Return 1 where an indicator (row) is the node of the column or is under it, for all nodes but the root."""
    codes = [node.code for node in framework.nodes if node.code != ROOT]
    below = [set(framework.leaves.get(code, (code,))) for code in codes]
    return np.array([[float(leaf in one) for one in below] for leaf in framework.indicators])
