"""Tables of how far the ranking can be relied on: what varies, who gains and loses, who can lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import SPREAD, Workable
from govtransparency.ranking import rank_shift
from govtransparency.robustness import can_be_first, robust_comparisons, weight_stability
from govtransparency.texts.bilingual import Text, listed, run_on, two_lines
from govtransparency.texts.report_words import NOTES, OWN_METHOD

__all__ = ["first_table", "gains_and_losses", "method_labels", "pair_shares", "stability_tables", "what_varied"]


def what_varied(found: Workable) -> Text:
    """Return a note for what an ensemble shows: what a tier is, what varied in it, and what could not."""
    words = [NOTES["tier"], NOTES["varied"].format(sources=listed(found.names.values()))]
    if found.refused:
        words.append(NOTES["not_varied"].format(sources=listed(found.refused_names.values())))
    return run_on(words)


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


def method_labels(methods: Iterable[Text]) -> list[Text]:
    """Return the labels of a figure of the ranks under other methods, the edition's own last."""
    return [*map(two_lines, methods), OWN_METHOD["short"]]


def stability_tables(indices: Mapping[str, Index]) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Return between which weights of each pillar the first unit stays first, by group; and why not, where that fails.

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


def pair_shares(index: Index, spread: float = SPREAD) -> pd.Series | None:
    """Return which share of the pairs of units keep their order: with some of the weight free, and with all free.

    Parameters
    ----------
    index : Index
    spread : float
        Share of the weight that is free, 0 to 1.

    Returns
    -------
    Series or None
        near and any, 0 to 1; see `govtransparency.robust_comparisons`. None where the scores do not compare in the
        weights, for instance because units lack different pillars.
    """
    try:
        found = robust_comparisons(index, spread)
    except InputError:
        return None
    return pd.Series({"near": found.share, "any": found.fully_robust})


def first_table(index: Index, units: Sequence[str], names: pd.DataFrame, spread: float = SPREAD) -> pd.DataFrame:
    """Return which of the units can be first under some weights of the pillars, and how much weight must move.

    Returns
    -------
    DataFrame, one row per unit
        rank, name_zh, name_en, possible (any weights), moved_weight (the share of weight that must move, 0 to 1; NaN where
        none helps), near (within `spread` of each weight). Empty where the scores do not compare in the weights.
    """
    columns = ["rank", "name_zh", "name_en", "possible", "moved_weight", "near"]
    try:
        rows = [
            (
                index.ranks[unit], *names.loc[unit, ["name_zh", "name_en"]],
                (found := can_be_first(index, unit)).possible, found.distance / 2,
                can_be_first(index, unit, within=spread).possible,
            )
            for unit in units
        ]  # fmt: skip
    except InputError:
        return pd.DataFrame(columns=columns)
    return pd.DataFrame(rows, columns=columns, index=list(units))
