"""Choices of method as sources of uncertainty: one of several options, or one indicator or pillar left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import ByLevel, ByNode, by_node, name_of, parts
from govtransparency.node_rules import STEPS as NODE_RULES
from govtransparency.node_rules import plain, read_rule
from govtransparency.nodes import ROOT
from govtransparency.ranking import RankRule
from govtransparency.recipe_checks import method_problems
from govtransparency.robustness.sources.source import Choice, Options, codes_of, require_known, require_two
from govtransparency.texts.problems import source_problems as problems
from govtransparency.treatment import MissingRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from govtransparency.recipe import Recipe

__all__ = ["one_of", "without_one_indicator", "without_one_pillar"]

Step = Literal[
    "framework", "weights", "treat", "normalise", "aggregate", "missing", "rank",
    "of", "fallback", "rescale", "range_of", "zero_if",
]  # fmt: skip
AT_NODES = ("normalise", "aggregate", *NODE_RULES)
VALUES = {"framework": Framework, "missing": MissingRule, "rank": RankRule}  # steps whose options are not functions


@checked
def one_of(step: Step, *options: Any, at: str | Sequence[str] | None = None, level: int | None = None) -> Choice:
    """Vary a step of the recipe: each draw takes one of the options, all equally likely.

    Parameters
    ----------
    step : {"normalise", "aggregate", "treat", "missing", "rank", "weights", "framework"} or a rule of publishers
        ``weights`` takes weighters ``(framework, table) -> framework``, frameworks, or mappings of code to weight;
        ``treat`` takes treatments or sequences of them; the rules of publishers (``of``, ``fallback``, ``rescale``,
        ``range_of``, ``zero_if``) take what `Recipe` takes, None for none.
    *options : values of that step
        At least two. The recipe's own option is drawn only if it is among them.
    at : str or sequence of str, optional
        For ``aggregate``, ``normalise`` and the rules of publishers: only at these nodes; the other nodes keep the
        recipe's own.
    level : int, optional
        For ``aggregate``: only at the nodes of this level, 1 for the pillars made of indicators.

    Returns
    -------
    Choice

    Raises
    ------
    InputError
        For an unknown step, fewer than two options, and options that do not fit the step.

    Examples
    --------
    >>> from govtransparency import arithmetic_mean, geometric_mean
    >>> one_of("aggregate", arithmetic_mean, geometric_mean, at="index").name
    "aggregate at 'index'"
    """
    with Arguments("one_of") as check:
        check.choice("step", step, get_args(Step))
        require_two(check, "options", len(options))
        places = codes_of(check, "at", at)
        level = None if level is None else check.count("level", level)
        if places and level is not None:
            check.refuse(problems.EITHER.format(first="at", second="level"))
        if (places and step not in AT_NODES) or (level is not None and step != "aggregate"):
            check.refuse(problems.NOT_AT_NODES.format(step=step))
        for option in options if step in get_args(Step) else ():
            _check_option(check, step, option, partly=bool(places) or level is not None)
    if step == "treat":
        options = tuple((option,) if callable(option) else tuple(option) for option in options)
    if step in NODE_RULES:
        options = tuple(read_rule(step, option) for option in options)
    return OneOf(step, options, places, level)


def _check_option(check: Arguments, step: Step, option: object, *, partly: bool) -> None:
    """Refuse an option that does not fit the step; `partly` says that it is for some nodes alone."""
    mixed = isinstance(option, (ByLevel, ByNode))
    if step in VALUES:
        check.instance(step, option, VALUES[step])
    if step in ("normalise", "aggregate") and isinstance(option, (list, tuple)):
        check.refuse(problems.NO_LIST.format(step=step))
    elif step in ("normalise", "aggregate", "treat"):
        for method in _methods_in(option):
            check.problems += method_problems(step, method)
    if step in NODE_RULES:
        try:
            read_rule(step, option)
        except InputError as error:
            for problem in error.texts:
                check.refuse(problem)
    if partly and mixed:
        check.refuse(problems.ONLY_PLAIN.format(step=step, method=name_of(option)))


def _methods_in(option: Any) -> Iterable[Any]:
    """Return the methods of an option: of a choice by level or node, or of a sequence of treatments."""
    return option if isinstance(option, Iterable) and not isinstance(option, str) else parts(option)


@dataclass(frozen=True, eq=False)
class OneOf(Choice):
    """See `one_of`."""

    step: Step
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
        return self.step in ("framework", "weights", "of")  # a pool has siblings of its own

    def nodes(self, framework: Framework) -> tuple[str, ...]:
        """Return the nodes that the choice is for; empty for all nodes."""
        return _places(self, framework)

    def bind(self, recipe: Recipe, _table: pd.DataFrame, _not_applicable: pd.DataFrame | None = None) -> Options:
        nodes = _places(self, recipe.framework)
        if self.level is not None and not nodes:
            levels = recipe.framework.heights[ROOT]
            raise InputError(problems.LEVELS.format(level=self.level, levels=levels), title=self.name)
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
    current = getattr(recipe, source.step)
    methods, otherwise = (current.methods, current.otherwise) if isinstance(current, ByNode) else ({}, current)
    changed: dict[str, Any] = {source.step: by_node({**methods, **dict.fromkeys(nodes, choice)}, otherwise=otherwise)}
    return replace(recipe, **changed)


def _places(source: OneOf, framework: Framework) -> tuple[str, ...]:
    nodes = {*framework.pillars, ROOT}
    if source.level is not None:
        return tuple(code for code in (*framework.pillars, ROOT) if framework.heights[code] == source.level)
    valid = sorted(nodes | set(framework.indicators) if source.step == "normalise" else nodes)
    require_known(source.at, valid, title=source.name)
    return source.at


def _label(step: Step, choice: Any, position: int) -> str:
    if step == "treat":
        return " + ".join(map(name_of, choice)) or "none"
    if step == "missing":
        return choice.label
    if step == "rank":
        return f"{choice.decimals} decimals, {choice.rounding}, {choice.ties}"
    if step in NODE_RULES:
        return "none" if choice is None else f"{step} = {plain(choice)}"
    if step == "framework" or not callable(choice):
        return f"{step} {position + 1}"
    return name_of(choice)


def _weighted(framework: Framework, table: pd.DataFrame, choice: Any) -> Framework:
    if isinstance(choice, Framework):
        return framework.with_weights(choice.weights)
    return choice(framework, table) if callable(choice) else framework.with_weights(choice)


@checked
def without_one_indicator() -> Choice:
    """Leave out one indicator: each draw leaves out none or one of the m, with probability 1 / (m + 1) each.

    Its siblings take over its weight in proportion; a pillar left empty is left out too. Saisana, Saltelli and
    Tarantola (2005), Journal of the Royal Statistical Society A 168, vary the choice of indicators in this way.

    Returns
    -------
    Choice

    Examples
    --------
    >>> without_one_indicator().name
    'left-out indicator'
    """
    return Without("indicator")


@checked
def without_one_pillar() -> Choice:
    """Leave out one pillar with all its indicators, or none, all equally likely.

    Pillars of every level can be left out, except one that holds all indicators.

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

    what: Literal["indicator", "pillar"]

    @property
    def name(self) -> str:
        return f"left-out {self.what}"

    @property
    def turn(self) -> int:
        return 2

    def bind(self, recipe: Recipe, _table: pd.DataFrame, _not_applicable: pd.DataFrame | None = None) -> Options:
        framework = recipe.framework
        codes = framework.indicators if self.what == "indicator" else framework.pillars
        removable = tuple(recipe.without_each(codes))
        if not removable:
            raise InputError(problems.NOTHING_LEFT[self.what], title=self.name)
        return Options(("none", *removable), partial(_without, removable))


def _without(codes: tuple[str, ...], recipe: Recipe, _table: pd.DataFrame, option: int) -> Recipe:
    return recipe if option == 0 else recipe.without(codes[option - 1])
