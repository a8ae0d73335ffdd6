"""Tables of how far the ranking can be relied on: what varies, who gains and loses, who can lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import SPREAD, Variation
from govtransparency.ranking import rank_shift
from govtransparency.robustness import can_be_first, robust_comparisons, weight_stability
from govtransparency.texts.bilingual import Text, listed, run_on
from govtransparency.texts.report_words import NOTES
from govtransparency.texts.uncertainty_words import SOURCES

__all__ = ["first_table", "gains_and_losses", "leaders_in_brief", "pair_shares", "stability_tables", "what_varied"]


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


def stability_tables(indices: Mapping[str, Index]) -> tuple[dict[str, pd.DataFrame], dict[str, Text]]:
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
                refused[group] = error.texts[0]
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
