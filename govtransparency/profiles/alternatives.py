"""The index under alternative methods, without single indicators, and with choices varied together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean, transform_of
from govtransparency.errors import InputError
from govtransparency.index import Index, build_index
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
from govtransparency.robustness.monte_carlo.design import make_study
from govtransparency.texts.method_names import METHOD_NAMES
from govtransparency.texts.problems import profile_problems as problems
from govtransparency.texts.uncertainty_words import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.sources.source import Source
    from govtransparency.texts.bilingual import Text

__all__ = [
    "SPREAD",
    "Variation",
    "alternative_ranks",
    "alternatives",
    "leave_one_out",
    "tiers_of",
    "vary_together",
    "weightings",
]


def alternatives(recipe: Recipe, choices: Mapping[str, Iterable[object]]) -> dict[Text, Recipe]:
    """Return one recipe per other method, with that choice alone changed, by the method's name.

    Parameters
    ----------
    recipe : Recipe
        The official one.
    choices : mapping of step to methods
        ``normalise``, ``aggregate`` as in a recipe; ``weight`` takes weighters, applied to its framework.
    """
    found: dict[Text, Recipe] = {}
    for step, methods in choices.items():
        for method in methods:
            name = METHOD_NAMES[method.__name__]  # type: ignore[attr-defined]
            if step == "weight":
                (varied,) = recipe.vary(framework=[method(recipe.framework)])  # type: ignore[operator]
            else:
                (varied,) = recipe.vary(**{step: [method]})
            if varied != recipe:
                found[name] = varied
    return found


def alternative_ranks(
    tables: Mapping[str, pd.DataFrame], others: Mapping[Text, Recipe]
) -> tuple[dict[str, dict[Text, pd.Series]], pd.DataFrame]:
    """Rank every group by every other recipe.

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
        for name, recipe in others.items():
            try:
                found[group][name] = build_index(table, recipe).ranks
            except InputError as error:
                refused.append((group, *name, *error.texts[0]))
    columns = ["group", "alternative_zh", "alternative_en", "reason_zh", "reason_en"]
    return found, pd.DataFrame(refused, columns=columns)


def leave_one_out(index: Index) -> pd.DataFrame:
    """Return how the ranking changes without each indicator: rho, moved, mean_move, largest; the largest change first.

    Indexed by the indicator left out. Empty where the framework has only one indicator.
    """
    framework = index.recipe.framework
    rows = {}
    for code in framework.indicators if len(framework.indicators) > 1 else ():
        recipe = index.recipe.without(code)
        ranks = build_index(index.raw, recipe).ranks
        both = (
            ranks.notna() & index.ranks.notna()
        )  # among the same units, so that units that enter or leave move nobody
        now, official = ranks[both].rank(method="min"), index.ranks[both].rank(method="min")
        shift, rho = rank_shift(now, official), official.corr(now)
        rows[code] = (rho, int((shift != 0).sum()), shift.abs().mean(), shift.abs().max())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["rho", "moved", "mean_move", "largest"])
    return table.rename_axis("indicator").sort_values(["mean_move", "largest"], ascending=False, kind="stable")


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
class Variation:
    """How the ranking of one group varies with the choices that can vary together.

    Attributes
    ----------
    sources : tuple of Source
        Empty where nothing can vary.
    names : dict of source name to Text
    refused : dict of source to Text
        The sources that these data do not allow, or that could change nothing, with the reason.
    ensemble : Ensemble or None
    """

    sources: tuple[Source, ...]
    names: dict[str, Text]
    refused: dict[str, Text]
    ensemble: Ensemble | None


def vary_together(index: Index, *, draws: int = 10_000, rng: int) -> Variation:
    """Vary the usual choices together: weights, normalisation, aggregation, indicators left out.

    Weights move within `SPREAD` of the official ones; normalisation and aggregation of the pillars into the index are
    the official or one other; one indicator is left out, or none. A source that fails together with those before it is
    not varied. Indicators are not left out where further units would then be ranked: the ranks would not compare.
    """
    recipe = index.recipe
    root = recipe.aggregator(ROOT)
    candidates = {
        "weights": weights_within(SPREAD),
        "normalise": one_of("normalise", recipe.normalise, z_score if _named(recipe.normalise, min_max) else min_max),
        "aggregate": one_of(
            "aggregate", root, geometric_mean if _named(root, arithmetic_mean) else arithmetic_mean, at=ROOT
        ),
        "left_out": without_one_indicator(),
    }
    refused: dict[str, Text] = {}
    if count := _newcomers(index):
        refused["left_out"] = problems.NEWCOMERS.format(count=count)
    kept = [name for name in candidates if name not in refused]
    ensemble: Ensemble | None
    try:
        ensemble = uncertainty_analysis(index.raw, recipe, [candidates[name] for name in kept], draws=draws, rng=rng)
    except InputError:
        kept = _workable(index, {name: candidates[name] for name in kept}, refused)
        chosen = [candidates[name] for name in kept]
        ensemble = uncertainty_analysis(index.raw, recipe, chosen, draws=draws, rng=rng) if kept else None
    return Variation(
        tuple(candidates[name] for name in kept),
        {candidates[name].name: SOURCES[name] for name in kept},
        refused,
        ensemble,
    )


def _named(method: object, other: object) -> bool:
    return name_of(method).partition("(")[0] == name_of(other)


def _newcomers(index: Index) -> int:
    """Return how many unranked units would be ranked if some indicator were left out."""
    framework = index.recipe.framework
    left = index.ranks.isna()
    if not left.any() or len(framework.indicators) < 2:
        return 0
    entering = left & False
    for code in framework.indicators:
        entering |= left & build_index(index.raw, index.recipe.without(code)).ranks.notna()
    return int(entering.sum())


def _workable(index: Index, candidates: Mapping[str, Source], refused: dict[str, Text]) -> list[str]:
    """Return the sources that work together, each tried with those before it; add the others to the refused."""
    kept: list[str] = []
    for name, source in candidates.items():
        try:
            make_study(index.raw, index.recipe, [*(candidates[one] for one in kept), source], draws=1, rng=0)
        except InputError as error:
            refused[name] = error.texts[0]
        else:
            kept.append(name)
    return kept


def weightings(index: Index, *, draws: int = 10_000, rng: int) -> dict[str, Ensemble]:
    """Vary only the weights: ``near``, each within `SPREAD` of itself; ``any``, those of the pillars without bounds.

    Empty where no weight can change the ranking.
    """
    given = {"near": weights_within(SPREAD), "any": weights_anywhere(at=ROOT)}
    if transform_of(index.recipe.aggregator(ROOT)) is None or len(index.recipe.framework.children(ROOT)) < 2:
        return {}
    return {
        name: uncertainty_analysis(index.raw, index.recipe, source, draws=draws, rng=rng)
        for name, source in given.items()
    }
