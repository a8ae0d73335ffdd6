"""Tables of results: ranks, profiles, comparisons with the record, with earlier editions and with other recipes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.index import Index, build_index
from govtransparency.nodes import ROOT
from govtransparency.ranking import rank_shift
from govtransparency.texts.bilingual import Text
from govtransparency.texts.report_words import REASONS

__all__ = [
    "changes",
    "compare_alternatives",
    "contributions",
    "excluded_units",
    "league",
    "previous_edition",
    "rank_table",
    "top_nodes",
    "weight_paths",
    "with_changes",
    "year_labels",
]


def top_nodes(index: Index) -> list[str]:
    """Return the children of the index."""
    return list(index.recipe.framework.children(ROOT))


def rank_table(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return all groups' results in one long table, indexed by unit.

    Returns
    -------
    DataFrame
        group, name_zh, name_en, province (where units.csv has it), score and rank (NaN for those left out),
        rank_in_province, status.
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
    return table.rename(columns={"province": "province_zh"} if "province_en" in table else {})


def league(ranks: pd.DataFrame, group: str, index: Index) -> pd.DataFrame:
    """Return one group's league table: rank, name, score, the score of each child of the index."""
    part = ranks[(ranks["group"] == group) & ranks["rank"].notna()].sort_values("rank", kind="stable")
    kept = ["rank", "name_zh", "name_en", "score"]
    provinces = [column for column in ("province_zh", "province_en", "province", "rank_in_province") if column in part]
    if provinces and not part[provinces[0]].fillna("").isin(["", *part["name_zh"]]).all():  # not where they are ranked
        kept += provinces
    nodes = top_nodes(index)
    return part[kept].join(index.scores[nodes]) if len(nodes) > 1 else part[kept]


def contributions(index: Index) -> pd.DataFrame:
    """Return what each child of the index contributes to each score: units x children, adding up to the score.

    Where a child is missing, its weight is spread over those that are there.
    """
    nodes = top_nodes(index)
    weights = index.scores[nodes].notna() * index.recipe.framework.weights[nodes]
    parts = index.scores[nodes] * weights.div(weights.sum(axis=1), axis=0)
    return parts[index.scores[ROOT].notna()]


def with_changes(table: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return what `changes` gives of a group with the names in front, the largest moves first."""
    ordered = table.sort_values("change", key=abs, ascending=False, kind="stable")
    return names.loc[table.index, ["name_zh", "name_en"]].join(ordered, how="right")


def year_labels(*years: int) -> tuple[Text, ...]:
    """Return years as the labels of a figure."""
    return tuple(Text(f"{year}年", f"{year}") for year in years)


def excluded_units(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Return every unit that is not ranked, by name, with how much of it is observed and the reason."""
    rows = []
    for group, index in indices.items():
        held = index.excluded
        for row in held[held["node"] == ROOT].to_dict("records"):
            unit = edition.units.loc[row["unit"]]
            count = len(index.recipe.framework.leaves[ROOT])
            kind = "pillars" if row["coverage"] >= row["required"] else "coverage"
            if row["unit"] not in index.table.index:
                kind = "treatment"
            reason = REASONS[kind].format(
                observed=round(row["coverage"] * count), count=count, required=f"{row['required']:.0%}"
            )
            names = edition.groups[group]
            rows.append(
                (names["zh"], names["en"], unit["name_zh"], unit["name_en"], row["coverage"], row["required"], *reason)
            )
    columns = ["group_zh", "group_en", "name_zh", "name_en", "coverage", "required", "reason_zh", "reason_en"]
    return pd.DataFrame(rows, columns=columns)


def previous_edition(edition: Edition) -> Edition | None:
    """Return the latest earlier edition of the index that shares a group with this one, or None."""
    root = edition.path.parent.parent
    there = list_editions(root)
    for year in sorted(there.loc[there["index"] == edition.index, "year"], reverse=True):
        if year < edition.year:
            earlier = read_edition(edition.index, year, root=root)
            return earlier if set(earlier.groups) & set(edition.groups) else None
    return None


def changes(indices: Mapping[str, Index], earlier: Edition) -> dict[str, pd.DataFrame]:
    """Return for each group that both editions have: before, now and change of the units ranked in both.

    Ranks are those among the units of both editions, so that newcomers and leavers move nobody.
    """
    found = {}
    for group, index in indices.items():
        if group in earlier.groups:
            before = build_index(earlier.tables[group], earlier.recipe).ranks.dropna()
            now = index.ranks.dropna()
            shared = now.index.intersection(before.index, sort=False)
            before, now = before[shared].rank(method="min"), now[shared].rank(method="min")
            if len(shared) > 1:
                found[group] = pd.DataFrame({"previous": before, "rank": now, "change": rank_shift(now, before)})
    return found


def compare_alternatives(official: pd.Series, ranks: Mapping[Text, pd.Series], edition: Edition) -> pd.DataFrame:
    """Return how each other ranking differs from the official one.

    Returns
    -------
    DataFrame
        alternative, rho (Spearman's), moved (units), mean_move and largest (places); if the edition names places, also
        mover (the unit that moves most), change (of its rank), leader.
    """
    names = edition.units
    rows = []
    for name, other in ranks.items():
        shift = rank_shift(other, official).dropna()
        shared = official[shift.index].rank().corr(other[shift.index].rank())
        far, first = str(shift.abs().idxmax()), str(other.idxmin())
        rows.append(
            (
                *name, shared, int((shift != 0).sum()), shift.abs().mean(), shift.abs().max(),
                *names.loc[far, ["name_zh", "name_en"]], shift[far], *names.loc[first, ["name_zh", "name_en"]],
            )
        )  # fmt: skip
    columns = ["alternative_zh", "alternative_en", "rho", "moved", "mean_move", "largest"]
    of_units = ["mover_zh", "mover_en", "change", "leader_zh", "leader_en"]
    table = pd.DataFrame(rows, columns=[*columns, *of_units])
    return table if edition.league else table[columns]


def weight_paths(index: Index, units: Sequence[str], *, steps: int = 11) -> pd.DataFrame:
    """Return the units' scores as the weight of each child of the index goes from 0 to 1, the others in proportion.

    Returns
    -------
    DataFrame
        pillar, weight, and one column per unit.
    """
    official = index.recipe.framework.sibling_weights[ROOT]
    scores = index.scores.loc[list(units), official.index]
    aggregate = index.recipe.aggregator(ROOT)
    rows = []
    for pillar in official.index:
        for weight in np.linspace(0, 1, steps):
            others = official.drop(pillar)
            weights = (others / others.sum() * (1 - weight)).reindex(official.index, fill_value=weight)
            kept = weights[weights > 0]
            rows.append({"pillar": pillar, "weight": weight, **aggregate(scores[kept.index], kept).to_dict()})
    return pd.DataFrame(rows)
