"""Sources of uncertainty: the choices behind an index that could have been made otherwise, each a typed, frozen value.

A source is declared without a framework; `bind` fits it to a recipe and a table and refuses, in a sentence, what could
not change anything there. There are two kinds. A `Choice` picks one of several recipes. A `Weights` source gives the
weights of some nodes, drawn for each draw: it *sets* them, or it *scales* what another source or the recipe has set;
siblings always count in proportion, so the tree is respected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import ROOT, Framework
from govtransparency.index import Recipe
from govtransparency.methods import ByLevel, ByNode, by_node, name_of
from govtransparency.ranking import RankRule
from govtransparency.treatment import MissingRule

__all__ = [
    "Choice",
    "Drawn",
    "Options",
    "Source",
    "Weights",
    "one_of",
    "weights_anywhere",
    "weights_within",
    "without_one_indicator",
    "without_one_pillar",
]

LEAST_WEIGHT = 1e-290  # in place of a weight drawn as 0: of no effect, and still one that a framework can have
STEPS = ("framework", "weights", "treat", "normalise", "aggregate", "missing", "rank")


@dataclass(frozen=True)
class Source:
    """What may vary; see `Choice` and `Weights`."""

    scales: ClassVar[bool] = False  # whether what is drawn multiplies the weights that stand, instead of setting them

    @property
    def name(self) -> str:
        """What the source is called in results."""
        raise NotImplementedError


class Choice(Source):
    """A source that picks one of several recipes, all equally likely."""

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        """Return what there is to choose from.

        Raises
        ------
        InputError
            When the source does not fit the recipe.
        """
        raise NotImplementedError

    @property
    def turn(self) -> int:
        """When the choice is made: 0 for a whole step, 1 for a change within one, 2 where nodes are taken away."""
        return 1

    @property
    def sets_weights(self) -> bool:
        """Whether the options have weights of their own."""
        return False


@dataclass(frozen=True, eq=False)
class Options:
    """What a choice has to choose from.

    Attributes
    ----------
    labels : tuple of str
        One for each option.
    apply : callable
        ``(recipe, table, option) -> recipe``
    """

    labels: tuple[str, ...]
    apply: Callable[[Recipe, pd.DataFrame, int], Recipe]


class Weights(Source):
    """A source that draws weights."""

    def bind(self, framework: Framework) -> Drawn:
        """Return how the weights of a framework are drawn.

        Raises
        ------
        InputError
            When the source does not fit the framework, or could not change anything in it.
        """
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Drawn:
    """How the weights of a framework's nodes are drawn.

    Attributes
    ----------
    nodes : tuple of str
        The nodes whose weights, or factors, are drawn.
    dimensions : int
        How many uniform numbers a draw takes; 0 where weights are not made of uniform numbers but by `sample` alone.
    make : callable
        From uniform numbers in [0, 1), draws x `dimensions`, to weights, draws x `nodes`.
    sample : callable, optional
        ``(rng, draws) -> weights`` of the same distribution, where that is faster than `make`.
    """

    nodes: tuple[str, ...]
    dimensions: int
    make: Callable[[np.ndarray], np.ndarray]
    sample: Callable[[np.random.Generator, int], np.ndarray] | None = None

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Return independent draws: draws x `nodes`."""
        if self.sample is not None:
            return self.sample(rng, draws)
        return self.make(rng.random((draws, self.dimensions)))


class Noise(Source):
    """A source that draws the table anew."""

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Disturbance:
        """Return how the table is drawn.

        Raises
        ------
        InputError
            When the source does not fit the table, or could not change anything in it.
        """
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Disturbance:
    """How a table is drawn.

    Attributes
    ----------
    indicators : tuple of str
        The columns that change.
    make : callable
        ``(values, rng) -> values``: the columns of `indicators`, units x indicators, drawn anew. Missing stays missing.
    """

    indicators: tuple[str, ...]
    make: Callable[[np.ndarray, np.random.Generator], np.ndarray]


def one_of(step: str, *options: Any, at: str | Sequence[str] | None = None, level: int | None = None) -> Choice:
    """Choose a step of the recipe otherwise: each draw takes one of the options, all equally likely.

    Parameters
    ----------
    step : {"normalise", "aggregate", "treat", "missing", "rank", "weights", "framework"}
        ``weights`` takes weighters ``(framework, table) -> framework``, frameworks, or mappings of code to weight;
        ``treat`` takes treatments or sequences of them.
    *options : values of that step
        At least two. Put the recipe's own among them if it is one of the readings.
    at : str or sequence of str, optional
        For ``aggregate`` and ``normalise``: only at these nodes, the recipe staying as it is elsewhere.
    level : int, optional
        For ``aggregate``: only at the nodes of this level, 1 for the pillars made of indicators.

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        For an unknown step, fewer than two options, and options that are none of that step.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> one_of("aggregate", arithmetic_mean, geometric_mean, at="index").name
    "aggregate at 'index'"
    """
    places = () if at is None else (at,) if isinstance(at, str) else tuple(at)
    problems = []
    if step not in STEPS:
        raise InputError(f"{step!r} is no step of a recipe; {nearest(step, STEPS)}", title="one_of")
    if len(options) < 2:
        problems.append(f"{step}: {len(options)} option given; expected at least two, or there is nothing to vary")
    if places and level is not None:
        problems.append("at and level: expected one of the two")
    if (places and step not in ("aggregate", "normalise")) or (level is not None and step != "aggregate"):
        problems.append(f"{step}: only 'aggregate' (at, level) and 'normalise' (at) can be chosen for some nodes alone")
    expected = {"framework": Framework, "missing": MissingRule, "rank": RankRule}.get(step)
    for option in options:
        if expected is not None and not isinstance(option, expected):
            problems.append(f"{step}: {option!r} is a {type(option).__name__}; expected a {expected.__name__}")
        if step in ("normalise", "aggregate") and not (callable(option) or isinstance(option, (ByLevel, ByNode))):
            problems.append(f"{step}: {option!r} is not a function; name the function itself, not a text")
        if (places or level is not None) and isinstance(option, (ByLevel, ByNode)):
            problems.append(f"{step}: {name_of(option)} cannot be chosen for some nodes alone; name plain methods")
    if problems:
        raise InputError(problems, title="one_of")
    if step == "treat":
        options = tuple((option,) if callable(option) else tuple(option) for option in options)
    return OneOf(step, options, places, level)


@dataclass(frozen=True, eq=False)
class OneOf(Choice):
    """See `one_of`."""

    step: str
    choices: tuple[Any, ...]
    at: tuple[str, ...] = ()
    level: int | None = None

    @property
    def name(self) -> str:
        if self.at:
            return f"{self.step} at {', '.join(map(repr, self.at))}"
        return self.step if self.level is None else f"{self.step} at level {self.level}"

    @property
    def turn(self) -> int:
        return 0 if not self.at and self.level is None else 1

    @property
    def sets_weights(self) -> bool:
        return self.step in ("framework", "weights")

    def nodes(self, framework: Framework) -> tuple[str, ...]:
        """Return the nodes that the choice is for; none for all."""
        return _places(self, framework)

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        nodes = _places(self, recipe.framework)
        if self.level is not None and not nodes:
            raise InputError(
                f"level {self.level}: the framework has levels 1 to {recipe.framework.heights[ROOT]}", title=self.name
            )
        labels = [_label(self.step, choice, position) for position, choice in enumerate(self.choices)]
        unique = (
            label if labels.count(label) == 1 else f"{label} ({position + 1})" for position, label in enumerate(labels)
        )
        return Options(tuple(unique), partial(_choose, self))


def _choose(source: OneOf, recipe: Recipe, table: pd.DataFrame, option: int) -> Recipe:
    choice = source.choices[option]
    if source.step == "weights":
        return replace(recipe, framework=_weighted(recipe.framework, table, choice))
    nodes = _places(source, recipe.framework)
    if not nodes:
        return replace(recipe, **{source.step: choice})
    if source.step == "aggregate":
        everywhere = {code: recipe.aggregator(code) for code in (*recipe.framework.pillars, ROOT)}
        return replace(recipe, aggregate=by_node(everywhere | dict.fromkeys(nodes, choice), otherwise=choice))
    current = recipe.normalise
    methods, otherwise = (current.methods, current.otherwise) if isinstance(current, ByNode) else ({}, current)
    return replace(recipe, normalise=by_node({**methods, **dict.fromkeys(nodes, choice)}, otherwise=otherwise))


def _places(source: OneOf, framework: Framework) -> tuple[str, ...]:
    nodes = {*framework.pillars, ROOT}
    if source.level is not None:
        return tuple(code for code in (*framework.pillars, ROOT) if framework.heights[code] == source.level)
    valid = sorted(nodes if source.step == "aggregate" else nodes | set(framework.indicators))
    unknown = [f"no node {code!r} to choose for; {nearest(code, valid)}" for code in source.at if code not in valid]
    if unknown:
        raise InputError(unknown, title=source.name)
    return source.at


def _label(step: str, choice: Any, position: int) -> str:
    if step == "treat":
        return " + ".join(map(name_of, choice)) or "none"
    if step == "missing":
        return choice.label
    if step == "rank":
        return f"{choice.decimals} decimals, {choice.rounding}, {choice.ties}"
    if step == "framework" or not callable(choice):
        return f"{step} {position + 1}"
    return name_of(choice)


def _weighted(framework: Framework, table: pd.DataFrame, choice: Any) -> Framework:
    if isinstance(choice, Framework):
        return framework.with_weights(choice.weights)
    return choice(framework, table) if callable(choice) else framework.with_weights(choice)


def without_one_indicator() -> Choice:
    """Leave out one indicator: each draw leaves out none or one of the m, with probability 1 / (m + 1) each.

    Its siblings take over its weight in proportion; a pillar left empty goes too. The input of Saisana, Saltelli and
    Tarantola (2005), Journal of the Royal Statistical Society A 168, for the choice of indicators.

    Returns
    -------
    Choice

    Examples
    --------
    >>> without_one_indicator().name
    'left-out indicator'
    """
    return Without("indicator")


def without_one_pillar() -> Choice:
    """Leave out one pillar with all its indicators, or none, all equally likely.

    Every pillar of every level is a candidate, but for one whose leaving would leave nothing.

    Returns
    -------
    Choice

    Examples
    --------
    >>> without_one_pillar().name
    'left-out pillar'
    """
    return Without("pillar")


@dataclass(frozen=True)
class Without(Choice):
    """See `without_one_indicator` and `without_one_pillar`."""

    what: str

    @property
    def name(self) -> str:
        return f"left-out {self.what}"

    @property
    def turn(self) -> int:
        return 2

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        framework = recipe.framework
        codes = framework.indicators if self.what == "indicator" else framework.pillars
        able = tuple(code for code in codes if len(framework.leaves.get(code, (code,))) < len(framework.indicators))
        if not able:
            raise InputError(f"no {self.what} can be left out without leaving nothing", title=self.name)
        return Options(("none", *able), partial(_without, able))


def _without(codes: tuple[str, ...], recipe: Recipe, table: pd.DataFrame, option: int) -> Recipe:
    return recipe if option == 0 else recipe.without(codes[option - 1])


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


def is_number(value: object) -> bool:
    """Tell whether a value is a number, numpy's included; True and False are none."""
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)


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
