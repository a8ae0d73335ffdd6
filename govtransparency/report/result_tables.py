"""Tables of results: ranks, profiles, comparisons with the record, with earlier editions and with other recipes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index, Recipe, build_index
from govtransparency.ranking import rank_shift
from govtransparency.report.text import METHODS, REASONS, Text, reason_of

__all__ = [
    "alternative_ranks",
    "alternatives",
    "changes",
    "compare_alternatives",
    "excluded_units",
    "league",
    "leave_one_out",
    "previous_edition",
    "rank_table",
    "tiers_of",
    "top_nodes",
    "weight_paths",
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


def alternatives(recipe: Recipe, choices: Mapping[str, Iterable[object]]) -> dict[Text, Recipe]:
    """Return a recipe for each other method, one choice changed at a time, by the method's name.

    Parameters
    ----------
    recipe : Recipe
        The official one.
    choices : mapping of step to methods
        ``normalise``, ``aggregate`` as in a recipe; ``weight`` takes weighters, which weigh its framework.
    """
    found: dict[Text, Recipe] = {}
    for step, methods in choices.items():
        for method in methods:
            name = METHODS[method.__name__]  # type: ignore[attr-defined]
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
                refused.append((group, *name, *reason_of(error.problems[0])))
    columns = ["group", "alternative_zh", "alternative_en", "reason_zh", "reason_en"]
    return found, pd.DataFrame(refused, columns=columns)


def compare_alternatives(official: pd.Series, ranks: Mapping[Text, pd.Series], names: pd.DataFrame) -> pd.DataFrame:
    """Return how each other ranking differs from the official one.

    Returns
    -------
    DataFrame
        alternative, rho (Spearman's), moved (units), mean_move and largest (places), unit (that moves most), leader.
    """
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
    columns += ["mover_zh", "mover_en", "change", "leader_zh", "leader_en"]
    return pd.DataFrame(rows, columns=columns)


def leave_one_out(index: Index) -> pd.DataFrame:
    """Return what the ranking does without each indicator: rho, moved, largest; the most moving first.

    Indexed by the indicator left out. Empty where the framework has only one.
    """
    framework = index.recipe.framework
    rows = {}
    for code in framework.indicators if len(framework.indicators) > 1 else ():
        recipe = index.recipe.without(code)
        ranks = build_index(index.raw, recipe).ranks
        both = ranks.notna() & index.ranks.notna()  # among the same units, so that newcomers and leavers move nobody
        now, official = ranks[both].rank(method="min"), index.ranks[both].rank(method="min")
        shift, rho = rank_shift(now, official), official.corr(now)
        rows[code] = (rho, int((shift != 0).sum()), shift.abs().mean(), shift.abs().max())
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["rho", "moved", "mean_move", "largest"])
    return table.rename_axis("indicator").sort_values(["mean_move", "largest"], ascending=False, kind="stable")


def tiers_of(intervals: pd.DataFrame) -> pd.Series:
    """Put units into tiers by their rank intervals: a tier holds those whose interval meets that of its first unit.

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
    reach = -np.inf
    for low, high in zip(ordered["low"], ordered["high"], strict=True):
        opens = low > reach
        reach = high if opens else reach
        tiers.append((tiers[-1] if tiers else 0) + opens)
    return pd.Series(tiers, index=ordered.index, name="tier", dtype=float).reindex(intervals.index)


def weight_paths(index: Index, units: Sequence[str], *, steps: int = 11) -> pd.DataFrame:
    """Return the units' scores as the weight of each child of the index goes from 0 to 1, the others in proportion.

    Returns
    -------
    DataFrame
        pillar, weight, and a column a unit.
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
