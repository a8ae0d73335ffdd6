"""The index under alternative methods, without single indicators, and with choices varied together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean, transform_of
from govtransparency.errors import InputError
from govtransparency.index import Index, build_index, scored_again
from govtransparency.methods import name_of
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, z_score
from govtransparency.ranking import rank_shift
from govtransparency.robustness import (
    Ensemble,
    one_of,
    uncertainty_analysis,
    weights_anywhere,
    weights_within,
    without_one_indicator,
)
from govtransparency.robustness.monte_carlo.design import make_study, seed_of
from govtransparency.robustness.monte_carlo.ensemble import make_ensemble
from govtransparency.robustness.monte_carlo.sensitivity import shares_of
from govtransparency.robustness.sources.choices import OneOf, Without
from govtransparency.robustness.sources.free_weights import Within
from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.method_names import display_name
from govtransparency.texts.problems import profile_problems as problems
from govtransparency.texts.uncertainty_words import SOURCES
from govtransparency.weighting import weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.monte_carlo.study import Study
    from govtransparency.robustness.monte_carlo.variance_shares import Output, Sensitivity
    from govtransparency.robustness.sources.source import Source

__all__ = [
    "SPREAD",
    "Variation",
    "Workable",
    "alternative_ranks",
    "alternatives",
    "another",
    "draw_together",
    "leave_one_out",
    "ranks_without_each",
    "refusals",
    "shares_of_variance",
    "tiers_of",
    "vary_together",
    "weightings",
    "workable_sources",
]


def alternatives(
    recipe: Recipe, choices: Mapping[str, Iterable[object]], table: pd.DataFrame | None = None
) -> dict[Text, Recipe]:
    """Return one recipe per other method, with that choice alone changed, by the method's name.

    Parameters
    ----------
    recipe : Recipe
        The official one.
    choices : mapping of step to methods
        ``normalise``, ``aggregate`` as in a recipe; ``weight`` takes weighters, applied to its framework.
    table : DataFrame, units x indicators, optional
        For the weighters that need data.
    """
    found: dict[Text, Recipe] = {}
    for step, methods in choices.items():
        for method in methods:
            name = display_name(name_of(method))
            if step == "weight":
                (varied,) = recipe.vary(framework=[weigh(recipe.framework, table, method=method)])  # type: ignore[arg-type]
            else:
                (varied,) = recipe.vary(**{step: [method]})
            if varied != recipe:
                found[name] = varied
    return found


def alternative_ranks(
    tables: Mapping[str, pd.DataFrame],
    others: Mapping[str, Mapping[Text, Recipe]],
    not_applicable: Mapping[str, pd.DataFrame] | None = None,
) -> tuple[dict[str, dict[Text, pd.Series]], pd.DataFrame]:
    """Rank every group by every other recipe.

    Parameters
    ----------
    tables : mapping of group to DataFrame
    others : mapping of group to what `alternatives` returns
    not_applicable : mapping of group to DataFrame of bool, optional

    Returns
    -------
    dict of group to dict of name to ranks
    DataFrame
        The recipes that cannot be used on a group, with the reason: group, alternative_zh, alternative_en, reason_zh,
        reason_en.
    """
    found: dict[str, dict[Text, pd.Series]] = {}
    refused = []
    for group, table in tables.items():
        found[group] = {}
        for name, recipe in others[group].items():
            try:
                cells = None if not_applicable is None else not_applicable[group]
                found[group][name] = build_index(table, recipe, not_applicable=cells).ranks
            except InputError as error:
                refused.append((group, *name, *error.texts[0]))
    columns = ["group", "alternative_zh", "alternative_en", "reason_zh", "reason_en"]
    return found, pd.DataFrame(refused, columns=columns)


def leave_one_out(index: Index) -> pd.DataFrame:
    """Return how the ranking changes without each indicator: rho, moved, mean_move, largest; the largest change first.

    Indexed by the indicator left out; nothing but NaN, in the last rows, for one that cannot be left out because other
    nodes take its range. Empty where the framework has only one indicator.
    """
    framework = index.recipe.framework
    rows = {}
    indicators = framework.indicators if len(framework.indicators) > 1 else ()
    for code, ranks in ranks_without_each(index):
        both = (
            ranks.notna() & index.ranks.notna()
        )  # among the same units, so that units that enter or leave move nobody
        now, official = ranks[both].rank(method="min"), index.ranks[both].rank(method="min")
        shift, rho = rank_shift(now, official), official.corr(now)
        rows[code] = (rho, int((shift != 0).sum()), shift.abs().mean(), shift.abs().max())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["rho", "moved", "mean_move", "largest"])
    table = table.sort_values(["mean_move", "largest"], ascending=False, kind="stable")
    stay = [code for code in indicators if code not in rows]
    return (table.reindex([*table.index, *stay]) if stay else table).rename_axis("indicator")


def ranks_without_each(index: Index) -> Iterator[tuple[str, pd.Series]]:
    """Give the ranks without each indicator, save those that cannot be left out; none where there is only one.

    Nothing but the scores is computed again, unless a treatment may look at several indicators together.
    """
    indicators = index.recipe.framework.indicators
    for code, recipe in index.recipe.without_each(indicators if len(indicators) > 1 else ()).items():
        yield code, (_again(index, recipe) if recipe.treat else scored_again(index, recipe)).ranks


def tiers_of(intervals: pd.DataFrame) -> pd.Series:
    """Group units into tiers: a tier holds the units whose rank interval overlaps that of its first unit.

    Parameters
    ----------
    intervals : DataFrame, indexed by unit
        rank, low, high.

    Returns
    -------
    Series, unit -> tier
        1 the best; NaN for a unit without rank.

    Examples
    --------
    >>> tiers_of(pd.DataFrame({"rank": [1, 2, 3], "low": [1, 1, 3], "high": [2, 3, 3]}, index=list("XYZ"))).to_dict()
    {'X': 1.0, 'Y': 1.0, 'Z': 2.0}
    """
    ordered = intervals.dropna(subset="rank").sort_values(["rank", "low"], kind="stable")
    tiers: list[int] = []
    end = -np.inf  # of the interval of the tier's first unit
    for low, high in zip(ordered["low"], ordered["high"], strict=True):
        opens = low > end
        end = high if opens else end
        tiers.append((tiers[-1] if tiers else 0) + opens)
    return pd.Series(tiers, index=ordered.index, name="tier", dtype=float).reindex(intervals.index)


SPREAD = 0.25  # how far each weight varies, as a share of itself


@dataclass(frozen=True)
class Workable:
    """Which sources can vary together on the data of one group, and which cannot.

    Attributes
    ----------
    sources : tuple of Source
        Empty where nothing can vary.
    names : dict of source name to Text
        What these sources are called.
    refused : dict of kind of source to Text
        Why the others cannot vary: they do not work on these data, or could change nothing.
    refused_names : dict of kind of source to Text
        What those are called.
    study : Study or None
        What was fitted to find this, to draw from; None where nothing can vary.
    """

    sources: tuple[Source, ...]
    names: dict[str, Text]
    refused: dict[str, Text]
    refused_names: dict[str, Text]
    study: Study | None = field(repr=False, compare=False)


@dataclass(frozen=True)
class Variation(Workable):
    """What the choices that can vary together on one group make of its ranking.

    Attributes
    ----------
    ensemble : Ensemble or None
        None where nothing can vary.
    """

    ensemble: Ensemble | None


def workable_sources(index: Index, sources: Sequence[Source]) -> Workable:
    """Return the sources that can vary together on an index, and why the others cannot.

    A source that fails together with those before it is refused. Leaving out indicators is refused where it would let
    other units in: their ranks would not compare.

    Parameters
    ----------
    index : Index
    sources : sequence of Source
        In the order in which they are tried.

    Returns
    -------
    Workable
    """
    refused: dict[str, Text] = {}
    kept = list(sources)
    if newcomers := _newcomers(index) if any(_kind(source) == "left_out" for source in sources) else 0:
        refused["left_out"] = problems.NEWCOMERS.format(count=newcomers)
        kept = [source for source in sources if _kind(source) != "left_out"]
    try:
        study = _study(index, kept) if kept else None
    except InputError:
        kept, study = _tried_in_turn(index, kept, refused)
    names = {_kind(source): _words(source) for source in sources}
    return Workable(
        tuple(kept),
        {source.name: _words(source) for source in kept},
        refused,
        {kind: names[kind] for kind in refused},
        study,
    )


def _study(index: Index, sources: Sequence[Source]) -> Study:
    return make_study(index.raw, index.recipe, sources, draws=1, rng=0, not_applicable=index.not_applicable)


def refusals(workable: Mapping[str, Workable]) -> pd.DataFrame:
    """Return which sources cannot vary in which group, and why.

    Returns
    -------
    DataFrame, one row per source and group
        group, choice_zh, choice_en, reason_zh, reason_en.
    """
    rows = [
        (group, *found.refused_names[kind], *reason)
        for group, found in workable.items()
        for kind, reason in found.refused.items()
    ]
    return pd.DataFrame(rows, columns=["group", "choice_zh", "choice_en", "reason_zh", "reason_en"])


def another(official: object, *methods: Callable[..., Any]) -> Callable[..., Any]:
    """Return the first of the methods that is not the official one, whatever the parameters of that.

    Examples
    --------
    >>> from functools import partial
    >>> another(partial(min_max, to=(1, 100)), min_max, z_score).__name__
    'z_score'
    """
    return next(method for method in methods if name_of(official).partition("(")[0] != name_of(method))


def _usual_sources(recipe: Recipe) -> list[Source]:
    """Return what usually varies: weights, normalisation, aggregation of the pillars, one indicator left out.

    Weights move within `SPREAD` of the official ones; normalisation and aggregation are the official or one other.
    """
    root = recipe.aggregator(ROOT)
    return [
        weights_within(SPREAD),
        one_of("normalise", recipe.normalise, another(recipe.normalise, min_max, z_score)),
        one_of(
            "aggregate",
            root,
            geometric_mean if recipe.sums(ROOT) else another(root, arithmetic_mean, geometric_mean),
            at=ROOT,
        ),
        without_one_indicator(),
    ]


def draw_together(
    workable: Workable, *, draws: int = 10_000, rng: int | np.random.Generator, wins: bool = False
) -> Ensemble | None:
    """Return what `uncertainty_analysis` gives for the sources that can vary, which are not fitted again.

    Parameters
    ----------
    workable : Workable
    draws, rng
        As in `uncertainty_analysis`.
    wins : bool
        Whether `Ensemble.wins` are counted in the same pass over the draws, for those who will ask for them.

    Returns
    -------
    Ensemble or None
        None where nothing can vary.
    """
    if workable.study is None:
        return None
    return make_ensemble(replace(workable.study, draws=draws, seed=seed_of(rng)), None, wins=wins)


def shares_of_variance(
    workable: Workable, outputs: tuple[Output, ...], *, samples: int, rng: int, level: float
) -> Sensitivity | None:
    """Return what `sensitivity_analysis` gives for the sources that can vary, which are not fitted again.

    None for fewer than two sources: there are no shares then.
    """
    if workable.study is None or len(workable.sources) < 2:
        return None
    factors = {source.name: [number] for number, source in enumerate(workable.sources)}
    return shares_of(replace(workable.study, draws=samples, seed=rng), factors, outputs, level=level)


def vary_together(
    index: Index, *, draws: int = 10_000, rng: int | np.random.Generator, wins: bool = False
) -> Variation:
    """Vary weights, normalisation, aggregation and one indicator left out together, as far as the index allows.

    With `wins`, as `draw_together`.
    """
    found = workable_sources(index, _usual_sources(index.recipe))
    return Variation(**vars(found), ensemble=draw_together(found, draws=draws, rng=rng, wins=wins))


def _kind(source: Source) -> str:
    """Return which of the usual sources it is; the source's own name if it is another."""
    if isinstance(source, Within) and source == weights_within(source.shares[0]):
        return "weights"
    if isinstance(source, OneOf):
        return source.step
    return "left_out" if isinstance(source, Without) and source.what == "indicator" else source.name


def _words(source: Source) -> Text:
    spread = f"{source.shares[0]:.0%}" if isinstance(source, Within) else ""
    return SOURCES.get(_kind(source), as_text(source.name)).format(spread=spread)


def _newcomers(index: Index) -> int:
    """Return how many unranked units would be ranked if some indicator were left out."""
    left = index.ranks.isna()
    if not left.any():
        return 0
    entering = left & False
    for _, ranks in ranks_without_each(index):
        entering |= left & ranks.notna()
    return int(entering.sum())


def _tried_in_turn(
    index: Index, sources: Iterable[Source], refused: dict[str, Text]
) -> tuple[list[Source], Study | None]:
    """Return the sources that work together, each tried with those before it, and their study; name the refused."""
    kept: list[Source] = []
    study = None
    for source in sources:
        try:
            study = _study(index, [*kept, source])
        except InputError as error:
            refused[_kind(source)] = error.texts[0]
        else:
            kept.append(source)
    return kept, study


def weightings(index: Index, *, spread: float = SPREAD, draws: int = 10_000, rng: int) -> dict[str, Ensemble]:
    """Vary the weights alone: ``near``, each within `spread` of itself; ``any``, those of the pillars without bounds.

    Empty where no weight can change the ranking.
    """
    given = {"near": weights_within(spread), "any": weights_anywhere(at=ROOT)}
    if transform_of(index.recipe.aggregator(ROOT)) is None or len(index.recipe.members(ROOT)) < 2:
        return {}
    return {name: _varied(index, source, draws=draws, rng=rng) for name, source in given.items()}


def _again(index: Index, recipe: Recipe) -> Index:
    """Return the index of the same values by another recipe."""
    return build_index(index.raw, recipe, not_applicable=index.not_applicable)


def _varied(index: Index, sources: Source | Sequence[Source], *, draws: int, rng: int) -> Ensemble:
    """Return the uncertainty analysis of the index."""
    cells = index.not_applicable
    return uncertainty_analysis(index.raw, index.recipe, sources, draws=draws, rng=rng, not_applicable=cells)
