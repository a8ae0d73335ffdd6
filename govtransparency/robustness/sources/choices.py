"""Choices of method as sources of uncertainty: one of several options, or one node left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import ByLevel, ByNode, by_node, name_of
from govtransparency.nodes import ROOT
from govtransparency.ranking import RankRule
from govtransparency.recipe import Recipe
from govtransparency.robustness.sources.source import Choice, Options
from govtransparency.treatment import MissingRule

__all__ = ["one_of", "without_one_indicator", "without_one_pillar"]

STEPS = ("framework", "weights", "treat", "normalise", "aggregate", "missing", "rank")


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
