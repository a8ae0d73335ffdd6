"""Which units of each group are ranked, where, and which are left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, in_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["excluded_units", "rank_table"]


def rank_table(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return all groups' results in one long table, indexed by unit.

    Returns
    -------
    DataFrame
        group, name_zh, name_en, province (where units.csv has it), score and rank (NaN for those left out),
        rank_in_province, status; note_zh and note_en where a score rests on few indicators.
    """
    parts = []
    for group, index in indices.items():
        part = edition.units.loc[index.ranks.index]
        kept = [column for column in ("group", "name_zh", "name_en", "province", "province_en") if column in part]
        part = part[kept].assign(score=index.scores[ROOT], rank=index.ranks)
        if "province" in part:
            known = part["province"].fillna("") != ""
            part["rank_in_province"] = part[known].groupby("province")["rank"].rank(method="min")
        parts.append(part.assign(group=group))
    table = pd.concat(parts).rename_axis("unit").assign(status=edition.status)
    said = pd.concat([index.reservations for index in indices.values()])
    if len(said):
        table = table.assign(**in_columns("note", (said.get(unit, Text("", "")) for unit in table.index)))
    return table.rename(columns={"province": "province_zh"} if "province_en" in table else {})


def excluded_units(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return every unit that is not ranked with its name, how much of it is observed and the reason, by unit."""
    rows = []
    for group, index in indices.items():
        held = index.excluded
        for row in held[held["node"] == ROOT].to_dict("records"):
            unit = edition.units.loc[row["unit"]]
            reason = index.why_withheld(row["unit"])
            names = edition.groups[group]
            called = (names["zh"], names["en"], unit["name_zh"], unit["name_en"])
            rows.append((row["unit"], *called, row["coverage"], row["required"], *reason))
    columns = ["unit", "group_zh", "group_en", "name_zh", "name_en", "coverage", "required", "reason_zh", "reason_en"]
    return pd.DataFrame(rows, columns=columns).set_index("unit")
