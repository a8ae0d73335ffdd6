"""Draw the sources of uncertainty, score and rank every draw, and count; the same numbers however the work is shared.

The draws come in samples of fixed size, each with seeds of its own for every source, so that neither the number of
workers nor the order they finish in can matter, and a longer run begins with the draws of a shorter one. Draws that
share all choices but the weights form a `Case` and go through one matrix product. What is counted is decided by
tallies: small sums that are added up sample by sample; draws x units are never held.
"""

from __future__ import annotations

import itertools
import math
import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import Any, Protocol

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import ROOT, Framework
from govtransparency.index import Index, build_index, prepare
from govtransparency.normalisation import normalise
from govtransparency.ranking import FINE, RankRule, joint_places, round_scores
from govtransparency.recipe import Recipe
from govtransparency.robustness.data import Threshold
from govtransparency.robustness.kernel import NARROW, rank_rows, rank_values
from govtransparency.robustness.sources import Choice, Disturbance, Drawn, Noise, OneOf, Options, Source, Weights
from govtransparency.scoring import Scoring, Values, compile_scoring, values_of

__all__ = [
    "Batch",
    "Settings",
    "Study",
    "Tally",
    "joined",
    "make_study",
    "one_blas_thread",
    "run",
    "seed_of",
    "spread",
    "stream",
]

SAMPLE = 1024  # draws that share their seeds
CELLS = 1 << 16  # draws x units that are scored and ranked together: 0.5 MB of scores, near to the core
WIDE = 1 << 22  # the same for many units, whose counts leave the cache in any case: more draws for each time they do
CHECKED = 4096  # combinations of choices up to which all are checked before any draw
KEPT = 1 << 24  # normalised values of all combinations together up to which they are kept: 128 MB


@dataclass(frozen=True, eq=False)
class Settings:
    """What each of some draws has drawn.

    Attributes
    ----------
    choices : ndarray of int, draws x choices
        The option taken; -1 where the recipe's own stays because the source is held.
    weights : list of ndarray, draws x nodes
        One array for each source of weights.
    keys : list of ndarray, draws
        One array for each source of noise: the seed of the draw's table.
    varied : tuple of bool
        For each source of weights and then of noise, whether it varies.
    """

    choices: np.ndarray
    weights: list[np.ndarray]
    keys: list[np.ndarray]
    varied: tuple[bool, ...]

    def __getitem__(self, rows: Any) -> Settings:
        weights, keys = [drawn[rows] for drawn in self.weights], [key[rows] for key in self.keys]
        return Settings(self.choices[rows], weights, keys, self.varied)

    @property
    def noisy(self) -> tuple[bool, ...]:
        """For each source of noise, whether it varies."""
        return self.varied[len(self.weights) :]


@dataclass(frozen=True, eq=False)
class Case:
    """A combination of choices, compiled for the weights and values that vary.

    Attributes
    ----------
    scoring : Scoring
    units : ndarray of int
        Positions, in the study's table, of the units that `scoring` ranks.
    """

    scoring: Scoring
    units: np.ndarray

    @property
    def rank(self) -> RankRule:
        """The rule that makes ranks of the scores."""
        return self.scoring.recipe.rank

    def batches(
        self, combination: tuple[int, ...], rows: np.ndarray, weights: np.ndarray, values: np.ndarray | None = None
    ) -> Iterator[Batch]:
        """Yield the draws scored, those in which the same units have a score together."""
        scores = self.scoring.score(weights, values)
        keys = scores if not self.rank.second else self._keys(scores, weights, values)
        if self.scoring.fixed:
            if len(self.units):
                yield Batch(self, combination, rows, weights, self.units, scores, keys)
            return
        ranked, pattern = np.unique(~np.isnan(scores), axis=0, return_inverse=True)
        for number, mine in enumerate(ranked):
            if mine.any():
                at = np.flatnonzero(pattern.reshape(-1) == number)
                here = np.ix_(at, mine)
                yield Batch(self, combination, rows[at], weights[at], self.units[mine], scores[here], keys[here])

    def _keys(self, scores: np.ndarray, weights: np.ndarray, values: np.ndarray | None) -> np.ndarray:
        """Return numbers that order the units of each draw as the scores and the rule's second keys do."""
        rule = self.rank
        codes = [code for code in rule.second if code != ROOT]
        found = dict(zip(codes, self.scoring.score_nodes(codes, weights, values), strict=True)) | {ROOT: scores}
        first = round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
        others = [round_scores(found[code], decimals=FINE) for code in rule.second]
        return np.ascontiguousarray(joint_places(first.T, *(key.T for key in others)).T)


@dataclass(frozen=True, eq=False)
class Batch:
    """Some draws that share a case and the units that have a score, scored.

    Attributes
    ----------
    case : Case
    combination : tuple of int
        The options taken.
    rows : ndarray of int
        The draws' numbers.
    weights : ndarray, draws x nodes of the case
        One row when no weight varies.
    units : ndarray of int
        Positions, in the study's table, of the units that have a score.
    scores : ndarray, draws x units
        One row, for all draws, when no weight varies.
    keys : ndarray, draws x units
        What is ranked: the scores, or where the rule has second keys whole numbers that order the units by all keys.
    """

    case: Case
    combination: tuple[int, ...]
    rows: np.ndarray
    weights: np.ndarray
    units: np.ndarray
    scores: np.ndarray
    keys: np.ndarray

    @property
    def times(self) -> int:
        """How many draws each row of scores stands for."""
        return len(self.rows) // len(self.scores)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The bin of each unit's rank, draws x units."""
        return rank_rows(self.keys, self.rule)

    @property
    def rule(self) -> RankRule:
        """The rule that makes ranks of the keys."""
        rule = self.case.rank
        return rule if not rule.second else RankRule(decimals=0, ties=rule.ties)


class Tally(Protocol):
    """What is counted over the draws."""

    def add(self, batch: Batch) -> None:
        """Count some draws."""

    def merge(self, later: Any) -> None:
        """Take in what was counted over later draws."""


@dataclass(frozen=True, eq=False)
class Study:
    """A table, a recipe and what may vary; made by `make_study`.

    Attributes
    ----------
    table, recipe
    reference : Index
        What the recipe gives.
    sources : tuple of Source
    turns : tuple of tuple of int
        The sources that vary in a draw; draw k takes the turn k modulo their number.
    draws : int
    seed : int
    options : dict of source number to Options
    drawn : dict of source number to Drawn
    noise : dict of source number to Disturbance
    """

    table: pd.DataFrame
    recipe: Recipe
    reference: Index
    sources: tuple[Source, ...]
    turns: tuple[tuple[int, ...], ...]
    draws: int
    seed: int
    options: dict[int, Options]
    drawn: dict[int, Drawn]
    noise: dict[int, Disturbance]
    _prepared: dict = field(default_factory=dict, repr=False)
    _cases: dict = field(default_factory=dict, repr=False)

    @cached_property
    def units(self) -> pd.Index:
        """The units of the table."""
        return self.table.index

    @cached_property
    def half_ranks(self) -> bool:
        """Whether a rank may end in a half, because some recipe shares ranks by their average."""
        rules = [self.recipe.rank]
        for number, options in self.options.items():
            source = self.sources[number]
            if isinstance(source, OneOf) and source.step == "rank":
                rules += [options.apply(self.recipe, self.table, at).rank for at in range(len(options.labels))]
        return any(rule.ties == "average" for rule in rules)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The ranks there can be, one for each bin of a count."""
        rule = replace(self.recipe.rank, ties="average" if self.half_ranks else "min")
        return rank_values(len(self.units), rule)

    def to_bins(self, ranks: np.ndarray, case: Case) -> np.ndarray:
        """Return the study's bins for the bins of a case's rank rule."""
        return 2 * ranks if self.half_ranks and case.rank.ties != "average" else ranks

    def alone(self, source: int) -> Study:
        """Return the study in which only that source varies, by the same draws."""
        return replace(self, turns=((source,),))

    @cached_property
    def combinations(self) -> int:
        """How many combinations of choices there are."""
        return sum(
            math.prod(len(self.options[number].labels) for number in turn if number in self.options)
            for turn in self.turns
        )

    # -- drawing -------------------------------------------------------------------------------------------------

    def settings(self, sample: int) -> Iterator[tuple[np.ndarray, Settings]]:
        """Draw a sample; for each turn, yield the draws' numbers and what they have drawn."""
        start = sample * SAMPLE
        rows = np.arange(start, min(start + SAMPLE, self.draws))
        used = set(itertools.chain.from_iterable(self.turns))
        settings = self.draw(partial(stream, self.seed, sample), len(rows), used)
        for position, turn in enumerate(self.turns):
            if len(self.turns) == 1:
                yield rows, self.held(settings, turn)
            else:
                mine = rows % len(self.turns) == position
                yield rows[mine], self.held(settings[mine], turn)

    def draw(self, rng: Callable[[int], np.random.Generator], draws: int, used: Collection[int]) -> Settings:
        """Draw the sources used, each from a random stream of its own; the others are left empty."""
        choices = np.full((draws, len(self.options)), -1)
        for column, (number, options) in enumerate(self.options.items()):
            if number in used:
                choices[:, column] = rng(number).integers(len(options.labels), size=draws)
        weights = [
            drawn.draw(rng(number), draws) if number in used else np.empty((draws, 0))
            for number, drawn in self.drawn.items()
        ]
        keys = [rng(number).integers(2**63, size=draws) for number in self.noise]
        return Settings(choices, weights, keys, self.varied(used))

    def varied(self, used: Collection[int]) -> tuple[bool, ...]:
        """Return, for each source of weights and then of noise, whether it is among those used."""
        return tuple(number in used for number in (*self.drawn, *self.noise))

    def held(self, settings: Settings, used: Collection[int]) -> Settings:
        """Return the settings with all sources but those used held at the recipe's own."""
        choices = settings.choices
        held = [column for column, number in enumerate(self.options) if number not in used]
        if held:
            choices = choices.copy()
            choices[:, held] = -1
        return Settings(choices, settings.weights, settings.keys, self.varied(used))

    # -- cases ---------------------------------------------------------------------------------------------------

    def case(self, combination: tuple[int, ...], varied: tuple[bool, ...]) -> Case:
        """Return the case of some options, one for each choice, and of the weights and the noise that vary."""
        key = (combination, varied)
        if key in self._cases:
            return self._cases[key]
        case = self._make_case(combination, varied)
        if case.scoring.source in self._prepared.values() and len(self._cases) < CHECKED:
            self._cases[key] = case
        return case

    def recipe_of(self, combination: tuple[int, ...]) -> tuple[Recipe, Recipe]:
        """Return the recipe of some options, before and after nodes are left out."""
        before = recipe = self.recipe
        chosen = [(number, option) for number, option in zip(self.options, combination, strict=True) if option >= 0]
        for number, option in sorted(chosen, key=lambda one: self._turn(one[0])):
            recipe = self.options[number].apply(recipe, self.table, option)
            if self._turn(number) < 2:
                before = recipe
        return before, recipe

    def _turn(self, number: int) -> int:
        source = self.sources[number]
        assert isinstance(source, Choice)
        return source.turn

    def _make_case(self, combination: tuple[int, ...], varied: tuple[bool, ...]) -> Case:
        try:
            before, recipe = self.recipe_of(combination)
            scoring = compile_scoring(recipe, self._values(before if not recipe.treat else recipe))
            fields = [drawn.nodes for drawn in self.drawn.values()] + [one.indicators for one in self.noise.values()]
            touched = {code for on, codes in zip(varied, fields, strict=True) if on for code in codes}
            return self._placed(scoring.holding(touched))
        except (InputError, KeyError) as error:
            raise self._failed(combination, error) from error

    def _placed(self, scoring: Scoring) -> Case:
        """Return the case of a scoring, its units placed in the study's table."""
        return Case(scoring, self.units.get_indexer(scoring.units)[scoring.ranked])

    def _values(self, recipe: Recipe) -> Values:
        """Treat and normalise; recipes that differ only in what comes after share the result."""
        framework = recipe.framework
        leaves = tuple((node.code, node.parent, node.direction, node.worst, node.best) for node in framework.nodes)
        key = (recipe.treat, recipe.normalise, framework if recipe.treat else str(leaves))
        if key in self._prepared:
            return self._prepared[key]
        values = values_of(prepare(self.table, recipe)[2])
        if sum(kept.scores.size for kept in self._prepared.values()) + values.scores.size <= KEPT:
            self._prepared[key] = values
        return values

    def _failure(self, combination: tuple[int, ...], error: Exception) -> str:
        problems = error.problems if isinstance(error, InputError) else (str(error.args[0]),)
        more = f" (and {len(problems) - 1} more such problems)" if len(problems) > 1 else ""
        return f"{self.describe(combination)} cannot work: {problems[0]}{more}"

    def describe(self, combination: Sequence[int]) -> str:
        """Say which options a combination takes."""
        named = [
            f"{self.sources[number].name} = {self.options[number].labels[option]}"
            for number, option in zip(self.options, combination, strict=True)
            if option >= 0
        ]
        return " with ".join(named) or "the recipe as it is"

    def drawn_as(self, draw: int) -> tuple[Recipe, pd.DataFrame]:
        """Return the recipe and the table of one draw."""
        for rows, settings in self.settings(draw // SAMPLE):
            at = np.flatnonzero(rows == draw)
            if len(at):
                mine = settings[at]
                break
        combination = tuple(mine.choices[0].tolist())
        recipe = self.recipe_of(combination)[1]
        if any(mine.varied[: len(self.drawn)]):
            case = self.case(combination, mine.varied)
            weights = dict(zip(case.scoring.codes, self.weights(case, mine)[0].tolist(), strict=True))
            recipe = replace(recipe, framework=recipe.framework.with_weights(weights))
        return recipe, self.disturbed(mine, 0) if any(mine.noisy) else self.table

    def weights(self, case: Case, settings: Settings) -> np.ndarray:
        """Return the weights of the case's nodes, draws x nodes: the recipe's own, set, then scaled, by the sources."""
        base, codes = case.scoring.weights, case.scoring.codes
        if not any(settings.varied[: len(self.drawn)]):
            return base[None, :]
        result: np.ndarray | None = None
        order = sorted(
            range(len(settings.weights)),
            key=lambda at: self.sources[list(self.drawn)[at]].scales,
        )
        for at in order:
            if not settings.varied[at]:
                continue
            number = list(self.drawn)[at]
            nodes, drawn = self.drawn[number].nodes, settings.weights[at]
            scales = self.sources[number].scales
            if result is None and not scales and nodes == codes:
                result = drawn
                continue
            if result is None:
                result = np.repeat(base[None, :], len(drawn), axis=0)
            elif result is drawn or result is settings.weights[order[0]]:
                result = result.copy()
            place = {code: position for position, code in enumerate(codes)}
            mine = [position for position, code in enumerate(nodes) if code in place]
            columns = [place[nodes[position]] for position in mine]
            values = drawn if len(mine) == len(nodes) else drawn[:, mine]
            if columns == list(range(len(place))):
                result = result * values if scales else values.copy()
            elif scales:
                result[:, columns] *= values
            else:
                result[:, columns] = values
        assert result is not None
        return result

    # -- running -------------------------------------------------------------------------------------------------

    @cached_property
    def span(self) -> int:
        """How many samples are worked on together, so that many choices still leave many draws to each."""
        samples = math.ceil(self.draws / SAMPLE)
        return max(1, min(16, self.combinations // 16, samples // 4))

    def batches(self, first: int, last: int) -> Iterator[Batch]:
        """Yield the draws of samples `first` to `last` (not included), scored case by case."""
        for start in range(first, last, self.span):
            drawn: list[list[tuple[np.ndarray, Settings]]] = [
                list(self.settings(sample)) for sample in range(start, min(start + self.span, last))
            ]
            for parts in zip(*drawn, strict=True):
                yield from self.scored(np.concatenate([part[0] for part in parts]), joined([part[1] for part in parts]))

    def scored(self, rows: np.ndarray, settings: Settings) -> Iterator[Batch]:
        """Yield draws with given settings, scored case by case."""
        for combination, mine in _groups(settings.choices):
            group, numbers = (settings, rows) if mine is None else (settings[mine], rows[mine])
            try:
                yield from self._scored(combination, numbers, group)
            except InputError as error:
                raise error if error.title == "sources" else self._failed(combination, error) from error

    def _scored(self, combination: tuple[int, ...], rows: np.ndarray, settings: Settings) -> Iterator[Batch]:
        case = self.case(combination, settings.varied)
        if any(settings.noisy):
            yield from self._disturbed(case, combination, rows, settings)
            return
        if not case.scoring.parents:
            yield from case.batches(combination, rows, case.scoring.weights[None, :])
            return
        step = _rows_at_a_time(len(case.units))
        for start in range(0, len(rows), step):
            part = slice(start, start + step)
            yield from case.batches(combination, rows[part], self.weights(case, settings[part]))

    def _disturbed(
        self, case: Case, combination: tuple[int, ...], rows: np.ndarray, settings: Settings
    ) -> Iterator[Batch]:
        """Score draws that have a table each. Treatments, if there are any, are gone through again for each."""
        before, recipe = self.recipe_of(combination)
        scoring = case.scoring
        step = max(1, CELLS // max(scoring.values.size, 1))
        for start in range(0, len(rows), step):
            group = settings[start : start + step]
            numbers = rows[start : start + step]
            tables = [self.disturbed(group, position) for position in range(len(numbers))]
            weights = np.broadcast_to(self.weights(case, group), (len(numbers), len(scoring.codes)))
            if recipe.treat:
                for position, table in enumerate(tables):
                    own = self._placed(compile_scoring(recipe, values_of(prepare(table, recipe)[2])))
                    here = slice(position, position + 1)
                    yield from own.batches(combination, numbers[here], weights[here])
                continue
            leaves = [code for code in scoring.inputs if code in recipe.framework.directions.index]
            columns = [scoring.place[code] for code in leaves]
            values = np.repeat(scoring.values[None, :, :], len(numbers), axis=0)
            for position, table in enumerate(tables):
                normalised = values_of(normalise(table, before.framework, method=before.normalise)[leaves])
                values[position][:, columns] = normalised.filled(recipe.missing.score)
            yield from case.batches(combination, numbers, weights, values)

    def disturbed(self, settings: Settings, position: int) -> pd.DataFrame:
        """Return the table of a draw."""
        table = self.table.copy()
        for on, key, one in zip(settings.noisy, settings.keys, self.noise.values(), strict=True):
            if on:
                rng = np.random.Generator(np.random.SFC64(int(key[position])))
                codes = list(one.indicators)
                table[codes] = one.make(table[codes].to_numpy(dtype=float), rng)
        return table

    def _failed(self, combination: tuple[int, ...], error: Exception) -> InputError:
        return InputError(self._failure(combination, error), title="sources")


def stream(seed: int, *key: int) -> np.random.Generator:
    """Return the random stream of a seed that belongs to a key, independent of all other keys'."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def joined(parts: Sequence[Settings]) -> Settings:
    """Return the settings of several groups of draws as one, in their order."""
    if len(parts) == 1:
        return parts[0]
    weights = [np.concatenate(arrays) for arrays in zip(*(part.weights for part in parts), strict=True)]
    keys = [np.concatenate(arrays) for arrays in zip(*(part.keys for part in parts), strict=True)]
    return Settings(np.concatenate([part.choices for part in parts]), weights, keys, parts[0].varied)


def _rows_at_a_time(units: int) -> int:
    """Return how many draws of so many units are scored and ranked together."""
    cells = CELLS if units <= NARROW else WIDE
    return min(SAMPLE, max(16, cells // max(units, 1)))


def _groups(choices: np.ndarray) -> Iterator[tuple[tuple[int, ...], np.ndarray | None]]:
    """Yield every combination of options there is, with its rows; None for all rows."""
    if not len(choices):
        return
    if not choices.shape[1] or (choices == choices[0]).all():
        yield tuple(choices[0].tolist()), None
        return
    group = np.unique(choices, axis=0, return_inverse=True)[1]
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        yield tuple(choices[rows[0]].tolist()), rows


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


def run(
    study: Study,
    make: Callable[[Study], Tally],
    *,
    executor: Executor | None = None,
    seen: Callable[[Tally, int], None] | None = None,
    segments: int | None = None,
) -> Tally:
    """Go over all draws and return what was counted.

    Parameters
    ----------
    study : Study
    make : callable
        Makes an empty tally.
    executor : concurrent.futures.Executor, optional
        Where the segments of the draws are worked on; threads of this process when None.
    seen : callable, optional
        Called after each segment, in the draws' order, with the tally so far and the number of draws in it.
    segments : int, optional
        Into how many parts the work is cut. It changes no number.
    """
    samples = math.ceil(study.draws / SAMPLE)
    steps = math.ceil(samples / study.span)
    count = max(1, min(steps, segments or _segments(study)))
    edges = [round(part * steps / count) * study.span for part in range(count + 1)]
    starts, stops = edges[:-1], [min(edge, samples) for edge in edges[1:]]
    arguments = [(study, make, first, last) for first, last in zip(starts, stops, strict=True)]
    total: Tally | None = None
    for stop, part in zip(stops, spread(_segment, arguments, executor), strict=True):
        if total is None:
            total = part
        else:
            total.merge(part)
        if seen is not None:
            seen(total, min(stop * SAMPLE, study.draws))
    assert total is not None
    return total


def spread(function: Callable, arguments: Sequence[tuple], executor: Executor | None) -> Iterator[Any]:
    """Call the function with each tuple of arguments, side by side, and yield the results in their order.

    Parameters
    ----------
    function : callable
    arguments : sequence of tuple
    executor : concurrent.futures.Executor, optional
        Threads of this process when None.
    """
    with one_blas_thread(), ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(min(4, os.cpu_count() or 1)))
        futures = deque(executor.submit(function, *one) for one in arguments)
        try:
            while futures:
                yield futures.popleft().result()
        finally:
            for future in futures:
                future.cancel()


def _segments(study: Study) -> int:
    """Return how many parts keep many workers busy without holding many large counts."""
    size = len(study.units) * len(study.ranks) * 8
    samples = math.ceil(study.draws / SAMPLE)
    return int(min(max(4, (1 << 28) // size), max(8, min(64, samples // 6))))


@cache
def _blas() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def one_blas_thread() -> Any:
    """Hold the matrix products to one thread: the workers are what runs side by side."""
    return _blas().limit(limits=1, user_api="blas")


def _segment(study: Study, make: Callable[[Study], Tally], first: int, last: int) -> Tally:
    tally = make(study)
    with one_blas_thread():
        for batch in study.batches(first, last):
            tally.add(batch)
    return tally
