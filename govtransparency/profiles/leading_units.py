"""How the order of the leading units hangs on the weights."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.profiles.alternatives import SPREAD
from govtransparency.robustness import can_be_first, robust_comparisons, weight_stability
from govtransparency.texts.bilingual import Text, listed, run_on
from govtransparency.texts.report_words import NOTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.index import Index

__all__ = [
    "first_table",
    "first_unit_stability",
    "pair_shares",
    "shown_paths",
]

PANELS = 9  # as many weights as a figure shows one by one


def shown_paths(paths: pd.DataFrame, nodes: Mapping[str, Text], most: int = PANELS) -> tuple[pd.DataFrame, Text]:
    """Return the paths of the weights along which some unit's score moves furthest, and what a reader must know.

    Parameters
    ----------
    paths : DataFrame
        From `weight_paths`.
    nodes : mapping of code to Text
        The names of the pillars.
    most : int
        The number of weights to show.

    Returns
    -------
    DataFrame, Text
        The rows of these weights; and how they were chosen, if not all are shown, and of which pillars none of the
        units has a value, so that with all the weight there nobody has a score and the lines stop.
    """
    of_pillar = paths.drop(columns="weight").groupby("pillar", sort=False)
    moved = (of_pillar.max() - of_pillar.min()).max(axis=1)
    notes = []
    if len(moved) > most:
        furthest = moved.sort_values(ascending=False, kind="stable", na_position="last").index[:most]
        paths = paths[paths["pillar"].isin(furthest)]
        notes.append(NOTES["furthest_paths"].format(shown=most, count=len(moved)))
    unscored = paths.loc[paths.drop(columns=["pillar", "weight"]).isna().all(axis=1), "pillar"].unique()
    if len(unscored):
        notes.append(NOTES["lines_stop"].format(nodes=listed(nodes[str(pillar)] for pillar in unscored)))
    return paths, run_on(notes)


def first_unit_stability(indices: Mapping[str, Index]) -> dict[str, pd.DataFrame]:
    """Return between which weights of each pillar the first unit stays first, by group, where that is known exactly.

    Returns
    -------
    dict of group to DataFrame
        See `govtransparency.weight_stability`.
    """
    tables = {}
    for group, index in indices.items():
        if len(index.recipe.members(ROOT)) > 1:
            with contextlib.suppress(InputError):
                tables[group] = weight_stability(index, "first")
    return tables


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
    DataFrame, indexed by unit
        rank, name_zh, name_en, possible (any weights), moved_weight (the share of weight that must move, 0 to 1;
        NaN where none helps), near (within `spread` of each weight).
        Empty where the scores do not compare in the weights.
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
    return pd.DataFrame(rows, columns=columns, index=pd.Index(units, name="unit"))
