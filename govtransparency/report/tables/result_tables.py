"""Tables of results: league tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, in_columns
from govtransparency.texts.report_words import YEAR

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.editions.score_bands import ScoreBands
    from govtransparency.index import Index

__all__ = [
    "league",
    "year_labels",
]


def league(ranks: pd.DataFrame, group: str, index: Index, bands: ScoreBands | None = None) -> pd.DataFrame:
    """Return one group's league table: rank, name, score, band, the score of each child of the index.

    Where a score rests on few indicators, a last column says so.
    """
    part = ranks[(ranks["group"] == group) & ranks["rank"].notna()].sort_values("rank", kind="stable")
    kept = ["rank", "name_zh", "name_en", "score"]
    provinces = [column for column in ("province_zh", "province_en", "province", "rank_in_province") if column in part]
    if provinces and not part[provinces[0]].fillna("").isin(["", *part["name_zh"]]).all():  # not where they are ranked
        kept += provinces
    nodes = list(index.recipe.framework.children(ROOT))
    table = part[kept]
    if bands is not None:
        table = table.assign(**in_columns("band", bands.of(part["score"], index.recipe.rank)))
    table = table.join(index.scores[nodes]) if len(nodes) > 1 else table
    said = index.reservations
    if said.empty:
        return table
    return table.assign(**in_columns("note", (said.get(unit, Text("", "")) for unit in table.index)))


def year_labels(*years: int) -> tuple[Text, ...]:
    """Return years as the labels of a figure."""
    return tuple(YEAR.format(year=year) for year in years)
