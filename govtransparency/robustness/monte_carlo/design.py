"""The design of a Monte Carlo study: its sources are checked against each other and against the data."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, headed
from govtransparency.index import build_index
from govtransparency.methods import name_of
from govtransparency.recipe import Recipe
from govtransparency.robustness.monte_carlo.cases import CHECKED, Case
from govtransparency.robustness.monte_carlo.study import Study
from govtransparency.robustness.sources.choices import OneOf
from govtransparency.robustness.sources.data_sources import Threshold
from govtransparency.robustness.sources.source import Choice, Disturbance, Drawn, Noise, Options, Source, Weights
from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtransparency.arguments import Arguments
    from govtransparency.framework import Framework

__all__ = ["check_design", "make_study", "seed_of"]


MOST_SHOWN = 20  # combinations that cannot work which one error lists


def check_design(
    check: Arguments, table: object, recipe: object, sources: Source | Sequence[Source], rng: object
) -> tuple[Source, ...]:
    """Check the arguments that all analyses by draws have in common, and return the sources."""
    check.instance("table", table, pd.DataFrame)
    check.instance("recipe", recipe, Recipe)
    check.rng("rng", rng)
    given = _sequence_of(sources)
    if not given:
        check.refuse(problems.NO_SOURCE)
    for number, source in enumerate(given, start=1):
        if not isinstance(source, Source):
            check.refuse(problems.NOT_A_SOURCE.format(number=number, value=name_of(source)))
    names = [source.name for source in given if isinstance(source, Source)]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            check.refuse(problems.DUPLICATE_SOURCE.format(name=name))
    return given


def _sequence_of(sources: Source | Sequence[Source]) -> tuple[Source, ...]:
    return (sources,) if isinstance(sources, Source) or not isinstance(sources, Iterable) else tuple(sources)


def make_study(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    draws: int,
    rng: int | np.random.Generator,
    joint: bool = True,
    not_applicable: pd.DataFrame | None = None,
) -> Study:
    """Fit sources to a recipe and a table, and check them against each other before anything is drawn.

    Raises
    ------
    InputError
        Naming every source that does not fit, that could not change anything, that sets weights another one sets, and
        every combination of choices that cannot work.
    """
    sources = _sequence_of(sources)
    reference = build_index(table, recipe, not_applicable=not_applicable)
    unfit: list[Text] = []
    options: dict[int, Options] = {}
    drawn: dict[int, Drawn] = {}
    noise: dict[int, Disturbance] = {}
    for number, source in enumerate(sources):
        try:
            if isinstance(source, Choice):
                options[number] = source.bind(recipe, table, not_applicable)
            elif isinstance(source, Weights):
                drawn[number] = source.bind(recipe.averaged)
            elif isinstance(source, Noise):
                noise[number] = source.bind(recipe, table)
        except InputError as error:
            unfit += headed(error)
    unfit += _weight_conflicts(sources, drawn)
    unfit += _step_conflicts([sources[number] for number in options], sources, recipe.framework)
    if unfit:
        raise InputError(unfit, title="sources")
    everything = tuple(range(len(sources)))
    turns = (everything,) if joint else tuple((number,) for number in everything)
    seed = seed_of(rng)
    study = Study(table, recipe, not_applicable, reference, sources, turns, int(draws), seed, options, drawn, noise)
    _check_choices(study)
    return study


def seed_of(rng: int | np.random.Generator) -> int:
    """Return a seed as it is, and the next one of a generator."""
    return int(rng.integers(0, 2**63)) if isinstance(rng, np.random.Generator) else int(rng)


def _weight_conflicts(sources: Sequence[Source], drawn: dict[int, Drawn]) -> Iterable[Text]:
    """Yield which sources set the same weights."""
    setters = {number: set(one.nodes) for number, one in drawn.items() if not sources[number].scales}
    for first, second in itertools.combinations(setters, 2):
        if both := setters[first] & setters[second]:
            names = {"first": sources[first].name, "second": sources[second].name}
            yield problems.BOTH_SET_NODE.format(**names, code=min(both))
    choosers = [source for source in sources if isinstance(source, Choice) and source.sets_weights]
    for source, number in itertools.product(choosers, setters):
        yield problems.BOTH_SET_WEIGHTS.format(first=source.name, second=sources[number].name)
    for one, other in itertools.combinations(choosers, 2):
        if one.name != other.name:
            yield problems.BOTH_SET_WEIGHTS.format(first=one.name, second=other.name)


def _step_conflicts(fitting: Sequence[Source], sources: Sequence[Source], framework: Framework) -> Iterable[Text]:
    """Yield which steps two sources choose, for all nodes or for the same ones."""
    steps = [source for source in sources if isinstance(source, OneOf)]
    for step in dict.fromkeys(source.step for source in steps if source.turn == 0):
        if sum(source.step == step for source in steps) > 1:
            yield problems.BOTH_CHOOSE_STEP.format(step=step)
    partial_steps = [source for source in fitting if isinstance(source, OneOf) and source.turn == 1]
    for one, other in itertools.combinations(partial_steps, 2):
        if one.step == other.step and (both := set(one.nodes(framework)) & set(other.nodes(framework))):
            yield problems.BOTH_CHOOSE_NODE.format(first=one.name, second=other.name, code=min(both))


def _check_choices(study: Study) -> None:
    """Refuse combinations that cannot work, and options that give the same as another whatever else is chosen."""
    spaces = [range(len(options.labels)) for options in study.options.values()]
    every = math.prod(map(len, spaces)) <= CHECKED
    outcomes, failures = _outcomes(study, itertools.product(*spaces) if every else _pairwise(spaces))
    if failures:
        more = [problems.MORE_COMBINATIONS.format(count=len(failures) - MOST_SHOWN)]
        raise InputError(failures[:MOST_SHOWN] + (more if len(failures) > MOST_SHOWN else []), title="sources")
    idle: list[Text] = []
    for column, (number, options) in enumerate(study.options.items()):
        if not study.sources[number].name.startswith(("left-out", "rank")):
            idle += _idle(study.sources[number], options.labels, outcomes, column)
    if idle:
        raise InputError(idle, title="sources")


def _outcomes(
    study: Study, combinations: Iterable[tuple[int, ...]]
) -> tuple[dict[tuple[int, ...], np.ndarray], list[Text]]:
    """Return what each combination of options gives, and what is wrong with those that cannot work."""
    varied = (True,) * (len(study.drawn) + len(study.noise))
    outcomes: dict[tuple[int, ...], np.ndarray] = {}
    failures: list[Text] = []
    for combination in combinations:
        try:
            case = study.case(combination, varied)
        except InputError as error:
            failures += error.texts
            continue
        try:
            outcomes[combination] = _outcome(study, case)
        except InputError as error:
            failures += study.failure(combination, error).texts
    return outcomes, failures


def _pairwise(spaces: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """Yield the combinations of the options of every two choices; the other choices take their first option."""
    seen = set()
    for first, second in itertools.combinations(range(len(spaces)), 2):
        for one, other in itertools.product(spaces[first], spaces[second]):
            combination = [0] * len(spaces)
            combination[first], combination[second] = one, other
            if tuple(combination) not in seen:
                seen.add(tuple(combination))
                yield tuple(combination)


def _outcome(study: Study, case: Case) -> np.ndarray:
    """Return the scores under the recipe's weights and under very unequal ones, on a common scale of 0 to 1."""
    base = case.scoring.weights
    result = np.full((2, len(study.units)), np.nan)
    result[:, case.units] = case.scoring.score(np.vstack([base, base * (1 + np.arange(len(base)) % 5)]))
    low, high = np.nanmin(result[0], initial=np.inf), np.nanmax(result[0], initial=-np.inf)
    return (result - low) / (high - low) if high > low else result


def _idle(
    source: Source, labels: Sequence[str], outcomes: dict[tuple[int, ...], np.ndarray], column: int
) -> Iterable[Text]:
    """Yield which options of a choice give the same result as another, whatever else is chosen."""
    by_option: dict[int, dict[tuple[int, ...], np.ndarray]] = {}
    for combination, outcome in outcomes.items():
        rest = combination[:column] + combination[column + 1 :]
        by_option.setdefault(combination[column], {})[rest] = outcome

    def same(first: int, second: int) -> bool:
        shared = by_option[first].keys() & by_option[second].keys()
        return bool(shared) and all(
            np.allclose(by_option[first][rest], by_option[second][rest], rtol=0, atol=1e-9, equal_nan=True)
            for rest in shared
        )

    if isinstance(source, Threshold):  # neighbours on a grid may give the same result
        first, *others = by_option
        if all(same(first, other) for other in others):
            yield problems.SAME_RESULTS.format(source=source.name, options=words(labels))
        return
    for first, second in itertools.combinations(by_option, 2):
        if same(first, second):
            yield problems.SAME_RESULT.format(source=source.name, first=labels[first], second=labels[second])
