"""Design a study: check the sources against each other and against the data."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.index import build_index
from govtransparency.recipe import Recipe
from govtransparency.robustness.monte_carlo.cases import CHECKED, Case
from govtransparency.robustness.monte_carlo.study import Study
from govtransparency.robustness.sources.choices import OneOf
from govtransparency.robustness.sources.data_sources import Threshold
from govtransparency.robustness.sources.source import Choice, Disturbance, Drawn, Noise, Options, Source, Weights

__all__ = ["make_study", "seed_of"]


def seed_of(rng: int | np.random.Generator) -> int:
    """Return the seed that fixes all draws: the integer given, or one drawn from the generator."""
    if isinstance(rng, np.random.Generator):
        return int(rng.integers(0, 2**63))
    if isinstance(rng, (bool, np.bool_)) or not isinstance(rng, (int, np.integer)) or rng < 0:
        raise InputError(f"rng = {rng!r}: expected a whole number from 0 or a numpy Generator", title="rng")
    return int(rng)


def make_study(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    draws: int,
    rng: int | np.random.Generator,
    joint: bool = True,
) -> Study:
    """Fit sources to a recipe and a table, and check them before anything is drawn.

    Raises
    ------
    InputError
        Naming every source that does not fit, that could not change anything, that sets weights another one sets, and
        every combination of choices that cannot work.
    """
    sources = (sources,) if isinstance(sources, Source) else tuple(sources)
    problems = [
        f"source {position + 1}: {source!r} is no source; use gt.one_of, gt.weights_within, ..."
        for position, source in enumerate(sources)
        if not isinstance(source, Source)
    ]
    if not sources:
        problems.append("no source of uncertainty given")
    if isinstance(draws, bool) or not isinstance(draws, (int, np.integer)) or draws < 1:
        problems.append(f"draws = {draws!r}: expected a whole number from 1")
    if problems:
        raise InputError(problems, title="sources")
    names = [source.name for source in sources]
    problems += [f"source {name!r} stands twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    reference = build_index(table, recipe)
    options: dict[int, Options] = {}
    drawn: dict[int, Drawn] = {}
    noise: dict[int, Disturbance] = {}
    for number, source in enumerate(sources):
        try:
            if isinstance(source, Choice):
                options[number] = source.bind(recipe, table)
            elif isinstance(source, Weights):
                drawn[number] = source.bind(recipe.framework)
            elif isinstance(source, Noise):
                noise[number] = source.bind(recipe, table)
        except InputError as error:
            problems += [f"{source.name}: {problem}" for problem in error.problems]
    problems += _conflicts(sources, drawn, [sources[number] for number in options], recipe.framework)
    if problems:
        raise InputError(problems, title="sources")
    everything = tuple(range(len(sources)))
    turns = (everything,) if joint else tuple((number,) for number in everything)
    study = Study(table, recipe, reference, sources, turns, int(draws), seed_of(rng), options, drawn, noise)
    _check_choices(study)
    return study


def _conflicts(
    sources: Sequence[Source], drawn: dict[int, Drawn], fitting: Sequence[Source], framework: Framework
) -> Iterable[str]:
    """Say which sources set the weights of the same nodes, and which steps are chosen twice."""
    setters = {number: set(one.nodes) for number, one in drawn.items() if not sources[number].scales}
    for first, second in itertools.combinations(setters, 2):
        if both := setters[first] & setters[second]:
            yield f"{sources[first].name} and {sources[second].name} both set the weight of {min(both)!r}; keep one"
    choosers = [source for source in sources if isinstance(source, Choice) and source.sets_weights]
    for source in choosers:
        for number in setters:
            yield f"{source.name} and {sources[number].name} both set weights; keep one"
    for one, other in itertools.combinations(choosers, 2):
        if one.name != other.name:
            yield f"{one.name} and {other.name} both set weights; keep one"
    steps = [source for source in sources if isinstance(source, OneOf)]
    for step in dict.fromkeys(source.step for source in steps if source.turn == 0):
        if sum(source.step == step for source in steps) > 1:
            yield f"{step} is chosen by two sources; keep one"
    parts = [source for source in fitting if isinstance(source, OneOf) and source.turn == 1]
    for one, other in itertools.combinations(parts, 2):
        if one.step == other.step and (both := set(one.nodes(framework)) & set(other.nodes(framework))):
            yield f"{one.name} and {other.name} both choose for {min(both)!r}; keep one"


def _check_choices(study: Study) -> None:
    """Refuse combinations that cannot work, and options that are the same as another whatever else is chosen."""
    spaces = [range(len(options.labels)) for options in study.options.values()]
    varied = (True,) * (len(study.drawn) + len(study.noise))
    if math.prod(map(len, spaces)) <= CHECKED:
        combinations: Iterable[tuple[int, ...]] = itertools.product(*spaces)
    else:
        combinations = _few(spaces)
    problems: list[str] = []
    outcomes: dict[tuple[int, ...], np.ndarray] = {}
    for combination in combinations:
        try:
            case = study.case(combination, varied)
        except InputError as error:
            problems += error.problems
            continue
        try:
            outcomes[combination] = _outcome(study, case)
        except InputError as error:
            problems += study._failed(combination, error).problems
    if problems:
        shown = problems[:20] + ([f"... and {len(problems) - 20} more combinations"] if len(problems) > 20 else [])
        raise InputError(shown, title="sources")
    for column, (number, options) in enumerate(study.options.items()):
        if study.sources[number].name.startswith(("left-out", "rank")):
            continue
        problems += _idle(study.sources[number], options.labels, outcomes, column)
    if problems:
        raise InputError(problems, title="sources")


def _few(spaces: Sequence[range]) -> Iterator[tuple[int, ...]]:
    """Yield the combinations of every two choices' options, the others taking their first."""
    seen = set()
    for first, second in itertools.combinations(range(len(spaces)), 2):
        for one, other in itertools.product(spaces[first], spaces[second]):
            combination = [0] * len(spaces)
            combination[first], combination[second] = one, other
            if tuple(combination) not in seen:
                seen.add(tuple(combination))
                yield tuple(combination)


def _outcome(study: Study, case: Case) -> np.ndarray:
    """Return the scores under the recipe's weights and under lopsided ones, on a common scale of 0 to 1."""
    base = case.scoring.weights
    result = np.full((2, len(study.units)), np.nan)
    result[:, case.units] = case.scoring.score(np.vstack([base, base * (1 + np.arange(len(base)) % 5)]))
    low, high = np.nanmin(result[0], initial=np.inf), np.nanmax(result[0], initial=-np.inf)
    return (result - low) / (high - low) if high > low else result


def _idle(
    source: Source, labels: Sequence[str], outcomes: dict[tuple[int, ...], np.ndarray], column: int
) -> Iterable[str]:
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

    if isinstance(source, Threshold):  # neighbours on a grid may come to the same
        first, *others = by_option
        if all(same(first, other) for other in others):
            yield (
                f"{source.name}: {', '.join(labels[:-1])} and {labels[-1]} all give every unit the same place on this "
                "table, so choosing between them changes nothing"
            )
        return
    for first, second in itertools.combinations(by_option, 2):
        if same(first, second):
            yield (
                f"{source.name}: {labels[first]} and {labels[second]} give every unit the same place on this table, "
                "so choosing between them changes nothing; leave one out"
            )
