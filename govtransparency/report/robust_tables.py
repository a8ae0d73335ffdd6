"""Tables of how far the ranking can be relied on: what varies, who gains and loses, who can lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from govtransparency.aggregation import arithmetic_mean, geometric_mean, transform_of
from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index, build_index
from govtransparency.methods import name_of
from govtransparency.normalisation import min_max, z_score
from govtransparency.ranking import rank_shift
from govtransparency.report.text import NOTES, REFUSALS, SOURCES, Text, listed, reason_of, run_on
from govtransparency.robustness import (
    Ensemble,
    can_be_first,
    one_of,
    robust_comparisons,
    uncertainty_analysis,
    weight_stability,
    weights_anywhere,
    weights_within,
    without_one_indicator,
)
from govtransparency.robustness.draws import make_study
from govtransparency.robustness.sources import Source

__all__ = [
    "SPREAD",
    "Variation",
    "first_table",
    "gains_and_losses",
    "leaders_in_brief",
    "pair_shares",
    "stability_tables",
    "vary_together",
    "weightings",
    "what_varied",
]

SPREAD = 0.25  # how far each weight varies, as a share of itself


@dataclass(frozen=True)
class Variation:
    """What the choices that can vary together on one group make of its ranking.

    Attributes
    ----------
    sources : tuple of Source
        Empty where nothing can vary.
    names : dict of source name to Text
    refused : dict of source to Text
        What would not work on these data or could change nothing, with the reason.
    ensemble : Ensemble or None
    """

    sources: tuple[Source, ...]
    names: dict[str, Text]
    refused: dict[str, Text]
    ensemble: Ensemble | None


def vary_together(index: Index, *, draws: int = 10_000, rng: int) -> Variation:
    """Vary the usual choices together: weights, normalisation, aggregation, indicators left out.

    Weights move within `SPREAD` of the official ones; normalisation and aggregation of the pillars into the index are
    the official or one other; one indicator is left out, or none. A source that fails beside those before it is left
    out, and so are indicators left out where that would let other units in: their ranks would not compare.
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
    if lets_in := _newcomers(index):
        refused["left_out"] = REFUSALS["newcomers"].format(count=lets_in)
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


def what_varied(variation: Variation) -> Text:
    """Return a note for what the ensemble shows: what a tier is, what varied in it, and what could not."""
    varied = list(variation.names.values())
    words = [NOTES["tier"], NOTES["varied"].format(sources=listed(varied))]
    if variation.refused:
        words.append(NOTES["not_varied"].format(sources=listed([SOURCES[name] for name in variation.refused])))
    return run_on(words)


def leaders_in_brief(leaders: pd.DataFrame | None, *, count: int, tiers: int, width: str) -> Text:
    """Return a ranking in brief: how many units, who leads with which 90% interval, how many tiers, how wide intervals.

    Parameters
    ----------
    leaders : DataFrame or None
        name_zh, name_en, low, high; None where the edition names no places.
    """
    each = (
        [] if leaders is None else [*leaders[["name_zh", "name_en", "low", "high"]].itertuples(index=False, name=None)]
    )
    led = Text(
        "；前三名及其90%区间为" + "、".join(f"{zh}（{low:g}至{high:g}）" for zh, _, low, high in each),
        "; led, with 90% intervals, by " + "; ".join(f"{en} ({low:g} to {high:g})" for _, en, low, high in each),
    )
    return Text(
        "{count}个单位{led}；可分为{tiers}个梯队，区间宽度的中位数为{width}位",
        "{count} units{led}; {tiers} tiers, median interval {width} ranks wide",
    ).format(count=count, tiers=tiers, width=width, led=led if each else "")


def _named(method: object, other: object) -> bool:
    return name_of(method).partition("(")[0] == name_of(other)


def _newcomers(index: Index) -> int:
    """Return how many units that are not ranked would be without some indicator."""
    framework = index.recipe.framework
    left = index.ranks.isna()
    if not left.any() or len(framework.indicators) < 2:
        return 0
    entering = left & False
    for code in framework.indicators:
        entering |= left & build_index(index.raw, index.recipe.without(code)).ranks.notna()
    return int(entering.sum())


def _workable(index: Index, candidates: Mapping[str, Source], refused: dict[str, Text]) -> list[str]:
    """Return the sources that work together, each tried beside those before it; add the others to the refused."""
    kept: list[str] = []
    for name, source in candidates.items():
        try:
            make_study(index.raw, index.recipe, [*(candidates[one] for one in kept), source], draws=1, rng=0)
        except InputError as error:
            refused[name] = reason_of(error.problems[0])
        else:
            kept.append(name)
    return kept


def weightings(index: Index, *, draws: int = 10_000, rng: int) -> dict[str, Ensemble]:
    """Vary the weights alone: ``near``, each within `SPREAD` of itself; ``any``, those of the pillars without bounds.

    Empty where no weight can matter.
    """
    given = {"near": weights_within(SPREAD), "any": weights_anywhere(at=ROOT)}
    if transform_of(index.recipe.aggregator(ROOT)) is None or len(index.recipe.framework.children(ROOT)) < 2:
        return {}
    return {
        name: uncertainty_analysis(index.raw, index.recipe, source, draws=draws, rng=rng)
        for name, source in given.items()
    }


def gains_and_losses(official: pd.Series, ranks: Mapping[Text, pd.Series], names: pd.DataFrame) -> pd.DataFrame:
    """Return who gains and who loses most by each other method.

    Returns
    -------
    DataFrame
        alternative, gainer, gain, loser, loss (places, positive for a gain); nobody where no one gains or loses.
    """
    rows = []
    for name, other in ranks.items():
        shift = rank_shift(other, official).dropna()
        found: list[object] = []
        for unit, places in ((shift.idxmax(), shift.max()), (shift.idxmin(), shift.min())):
            own = names.loc[unit, ["name_zh", "name_en"]].tolist() if places else ["", ""]
            found += [*own, places]
        rows.append((*name, *found))
    columns = ["alternative_zh", "alternative_en", "gainer_zh", "gainer_en", "gain", "loser_zh", "loser_en", "loss"]
    return pd.DataFrame(rows, columns=columns)


def stability_tables(indices: Mapping[str, Index]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Return between which weights of each pillar the first unit stays first, a table a group; and where that fails.

    Returns
    -------
    dict of group to DataFrame
        See `govtransparency.weight_stability`.
    dict of group to reason
    """
    tables, refused = {}, {}
    for group, index in indices.items():
        if len(index.recipe.framework.children(ROOT)) > 1:
            try:
                tables[group] = weight_stability(index, "first")
            except InputError as error:
                refused[group] = error.problems[0]
    return tables, refused


def pair_shares(index: Index) -> pd.Series | None:
    """Return which share of the pairs of units keep their order: with a quarter of the weight free, and with all free.

    Returns
    -------
    Series or None
        near and any, 0 to 1; see `govtransparency.robust_comparisons`. None where the scores do not compare in the
        weights, for instance because units lack different pillars.
    """
    try:
        found = robust_comparisons(index, SPREAD)
    except InputError:
        return None
    return pd.Series({"near": found.share, "any": found.fully_robust})


def first_table(index: Index, units: Sequence[str], names: pd.DataFrame) -> pd.DataFrame:
    """Return which of the units can be first under some weights of the pillars, and how much weight must move.

    Returns
    -------
    DataFrame, a row a unit
        rank, name_zh, name_en, possible (any weights), moved (the share of weight that must move, 0 to 1; NaN where
        none helps), near (within `SPREAD` of each weight). Empty where the scores do not compare in the weights.
    """
    columns = ["rank", "name_zh", "name_en", "possible", "moved_weight", "near"]
    try:
        rows = [
            (
                index.ranks[unit], *names.loc[unit, ["name_zh", "name_en"]],
                (found := can_be_first(index, unit)).possible, found.distance / 2,
                can_be_first(index, unit, within=SPREAD).possible,
            )
            for unit in units
        ]  # fmt: skip
    except InputError:
        return pd.DataFrame(columns=columns)
    return pd.DataFrame(rows, columns=columns, index=list(units))
