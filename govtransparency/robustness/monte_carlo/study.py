"""A Monte Carlo study: all draws of all sources, each of which can be made again by itself."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.errors import InputError
from govtransparency.index import Index, normalised_values, prepare
from govtransparency.methods import name_of
from govtransparency.robustness.monte_carlo.cases import CELLS, CHECKED, KEPT, SAMPLE, WIDE, Batch, Case, Settings
from govtransparency.robustness.monte_carlo.rank_counts import NARROW, rank_values
from govtransparency.robustness.sources.choices import OneOf
from govtransparency.robustness.sources.source import Choice, Disturbance, Drawn, Options, Source
from govtransparency.scoring.compiler import compile_scoring
from govtransparency.texts.bilingual import Text, strung
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

    import pandas as pd

    from govtransparency.recipe import Recipe
    from govtransparency.scoring.evaluator import Scoring
    from govtransparency.scoring.values import Values

__all__ = ["Study", "joined", "stream"]

FAILURE = "sources"  # title of an error that names a combination of choices


@dataclass(frozen=True, eq=False)
class Study:
    """A table, a recipe and the sources that may vary; made by `make_study`.

    Attributes
    ----------
    table, recipe
    not_applicable : DataFrame or None
        Cells of the table that are not applicable, in every draw.
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
    not_applicable: pd.DataFrame | None
    reference: Index
    sources: tuple[Source, ...]
    turns: tuple[tuple[int, ...], ...]
    draws: int
    seed: int
    options: dict[int, Options]
    drawn: dict[int, Drawn]
    noise: dict[int, Disturbance]
    _prepared: dict[Hashable, Values] = field(default_factory=dict, repr=False)
    _cases: dict[tuple[tuple[int, ...], tuple[bool, ...]], Case] = field(default_factory=dict, repr=False)

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
        """Draw a sample; for each turn, yield the numbers of its draws and their settings."""
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
        """Draw the sources used, each from its own random stream; the others are left empty."""
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
        """Return the settings with all sources except those used held at the recipe's own."""
        choices = settings.choices
        held = [column for column, number in enumerate(self.options) if number not in used]
        if held:
            choices = choices.copy()
            choices[:, held] = -1
        return Settings(choices, settings.weights, settings.keys, self.varied(used))

    # -- cases ---------------------------------------------------------------------------------------------------

    def case(self, combination: tuple[int, ...], varied: tuple[bool, ...]) -> Case:
        """Return the case of a combination of options and of the weights and the noise that vary."""
        key = (combination, varied)
        if key in self._cases:
            return self._cases[key]
        case = self._make_case(combination, varied)
        if case.scoring.source in self._prepared.values() and len(self._cases) < CHECKED:
            self._cases[key] = case
        return case

    def recipe_of(self, combination: tuple[int, ...]) -> tuple[Recipe, Recipe]:
        """Return the recipe of a combination of options, before and after nodes are left out."""
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
        except InputError as error:
            raise self.failure(combination, error) from error

    def _placed(self, scoring: Scoring) -> Case:
        """Return the case of a scoring, its units placed in the study's table."""
        return Case(scoring, self.units.get_indexer(scoring.units)[scoring.ranked])

    def _values(self, recipe: Recipe) -> Values:
        """Treat and normalise; recipes that differ only in later steps share the result."""
        framework = recipe.framework
        leaves = tuple((node.code, node.parent, node.direction, node.worst, node.best) for node in framework.nodes)
        key = (recipe.treat, recipe.normalise, framework if recipe.treat else str(leaves))
        if key in self._prepared:
            return self._prepared[key]
        values = prepare(self.table, recipe, self.not_applicable).values
        if sum(kept.scores.size for kept in self._prepared.values()) + values.scores.size <= KEPT:
            self._prepared[key] = values
        return values

    def failure(self, combination: tuple[int, ...], error: InputError) -> InputError:
        """Return the error that names a combination of options which cannot work, with the first reason."""
        first, *more = error.texts
        template = problems.CANNOT_WORK_ETC if more else problems.CANNOT_WORK
        problem = template.format(choices=self._described(combination), problem=first, count=len(more))
        return InputError(problem, title=FAILURE)

    def _described(self, combination: Sequence[int]) -> Text:
        """Return which options a combination takes."""
        named = [
            problems.OPTION.format(source=self.sources[number].name, option=self.options[number].labels[option])
            for number, option in zip(self.options, combination, strict=True)
            if option >= 0
        ]
        if not named:
            return problems.RECIPE_ITSELF
        return strung(named, "，", " with ")

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
        """Return the weights of the case's nodes, draws x nodes: the recipe's own, replaced, then scaled by sources.

        The weights of a sum keep their total.
        """
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
        return case.scoring.keeping_totals(result)

    @property
    def slow_methods(self) -> list[str]:
        """The aggregation methods of the cases so far that cannot be computed for many draws at once."""
        parents = [parent for case in self._cases.values() for parent in case.scoring.parents]
        return sorted({name_of(parent.aggregator) for parent in parents if parent.transform is None})

    # -- running -------------------------------------------------------------------------------------------------

    @cached_property
    def span(self) -> int:
        """How many samples are worked on together, so that each of many combinations still has many draws."""
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
                if error.title == FAILURE:
                    raise
                raise self.failure(combination, error) from error

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
        """Score draws that each have their own table. Treatments, if there are any, are applied again to each."""
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
                    own = self._placed(compile_scoring(recipe, prepare(table, recipe, self.not_applicable).values))
                    here = slice(position, position + 1)
                    yield from own.batches(combination, numbers[here], weights[here])
                continue
            leaves = [code for code in scoring.inputs if code in recipe.framework.directions.index]
            columns = [scoring.place[code] for code in leaves]
            taken = [before.framework.indicators.index(code) for code in leaves]
            values = np.repeat(scoring.values[None, :, :], len(numbers), axis=0)
            for position, table in enumerate(tables):
                drawn = normalised_values(table, before, self.not_applicable)
                values[position][:, columns] = drawn.filled(recipe.missing.score)[:, taken]
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


def stream(seed: int, *key: int) -> np.random.Generator:
    """Return the random stream of a seed for one key, independent of the streams of all other keys."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def joined(parts: Sequence[Settings]) -> Settings:
    """Join the settings of several groups of draws, in their order."""
    if len(parts) == 1:
        return parts[0]
    weights = [np.concatenate(arrays) for arrays in zip(*(part.weights for part in parts), strict=True)]
    keys = [np.concatenate(arrays) for arrays in zip(*(part.keys for part in parts), strict=True)]
    return Settings(np.concatenate([part.choices for part in parts]), weights, keys, parts[0].varied)


def _rows_at_a_time(units: int) -> int:
    """Return how many draws are scored and ranked together."""
    cells = CELLS if units <= NARROW else WIDE
    return min(SAMPLE, max(16, cells // max(units, 1)))


def _groups(choices: np.ndarray) -> Iterator[tuple[tuple[int, ...], np.ndarray | None]]:
    """Yield every combination of options that was drawn, with its rows; None for all rows."""
    if not len(choices):
        return
    if not choices.shape[1] or (choices == choices[0]).all():
        yield tuple(choices[0].tolist()), None
        return
    group = np.unique(choices, axis=0, return_inverse=True)[1]
    order = np.argsort(group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(group[order])) + 1):
        yield tuple(choices[rows[0]].tolist()), rows
