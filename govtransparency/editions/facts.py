"""What a public record states of a year, as facts that can be checked against a rebuilt edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.ranking import round_scores
from govtransparency.record import Record

if TYPE_CHECKING:
    from govtransparency.editions.load import Edition

__all__ = ["check_facts", "facts", "pinned"]

GROUPS = ("province", "city", "county", "police")
PINNING = ("rank", "list_position", "score", "rank_within_province")
COLUMNS = ["group", "kind", "entity_zh", "node_zh", "k", "value", "source_id"]
TEXTS = {
    "size": ("{value:g} units are assessed", "评估对象为{value:g}个"),
    "rank": ("{entity} has rank {value:g}{on}", "{entity}{on}排名第{value:g}"),
    "list_position": ("{entity} stands at place {value:g} of the published list", "{entity}位列公布名单第{value:g}"),
    "rank_within_province": ("{entity} has rank {value:g} within its province", "{entity}居本省第{value:g}"),
    "score": ("{entity} has the score {value:g}{on}", "{entity}{on}得分{value:g}"),
    "count_below": ("{value:g} units score below {k:g}", "得分低于{k:g}的有{value:g}个"),
    "top_count": ("{entity} has {value:g} units in the first {k:g}", "{entity}有{value:g}个进入前{k:g}"),
    "top_count_more": ("{entity} has more than {value:g} units in the first {k:g}", "{entity}进入前{k:g}的多于{value:g}个"),
    "top_count_place": (
        "{entity} has rank {value:g} by units in the first {k:g}",
        "按进入前{k:g}的个数,{entity}居各省第{value:g}",
    ),
    "mark": ("{entity}: {node} is {value:g}", "{entity}:{node}为{value:g}"),
    "yes_share": ("{node}: {value:g} % of the units", "{node}:占{value:g}%"),
}


def facts(record: Record, year: int) -> pd.DataFrame:
    """Return what the record states of a year in a form that a ranking can be checked against.

    Ranks, list positions, scores, sizes, counts below a mark, counts among the first and self-reported figures are taken
    by rule; what only prose says is taken from the record's ``readings.csv``, where each reading names its source.

    Parameters
    ----------
    record : Record
    year : int
        The year assessed.

    Returns
    -------
    DataFrame, a row a fact
        group; kind; entity_zh, the unit or province it is about; node_zh, the indicator or pillar, empty for the index;
        k, the threshold or the number of first places; value; source_id, all sources that state it.

    Raises
    ------
    InputError
        Listing each claim on one of the assessed groups that no rule and no reading understands.

    Notes
    -----
    A list of leaders states no order; a place in one is a fact of its own kind, ``list_position``.
    """
    problems: list[str] = []
    part = {name: _of_year(getattr(record, name), year) for name in ("ranks", "claims", "dimension_scores", "coverage")}
    part["self_reported"] = record.self_reported[record.self_reported["report_year"] == str(year)]
    readings = _of_year(record.readings, year)
    rows = [
        *_from_coverage(part["coverage"]),
        *_from_ranks(part["ranks"]),
        *_from_claims(part["claims"], part["ranks"], readings, problems),
        *(
            (row.group, "score", row.entity_zh, row.dimension_zh, np.nan, float(row.score), row.source_id)
            for row in part["dimension_scores"].itertuples()
        ),
        *_from_readings(readings, part["self_reported"], problems),
    ]
    if problems:
        raise InputError(problems, title=f"record of {year}")
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = table[~_set_aside(table, readings)]
    keys = [column for column in COLUMNS if column != "source_id"]
    joined = table.groupby(keys, sort=False, dropna=False)["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return joined.reset_index()[COLUMNS]


def pinned(table: pd.DataFrame) -> pd.Series:
    """Return the units whose rank, score or listed place a fact pins: (group, entity_zh) -> sources.

    Only these may bear their real name in a simulated edition.
    """
    rows = table[table["kind"].isin(PINNING)]
    sources = rows.groupby(["group", "entity_zh"], sort=False)["source_id"]
    return sources.agg(lambda ids: " ".join(dict.fromkeys(" ".join(ids).split())))


def check_facts(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Check every fact of the edition's year against its rebuilt indices.

    Parameters
    ----------
    edition : Edition
        With a record.
    indices : mapping of group to Index
        The rebuilt ones.

    Returns
    -------
    DataFrame, a row a fact
        group; fact and fact_zh, sentences; expected and rebuilt, numbers (NaN where the unit is not in the edition);
        holds; source_id. Scores hold if they are equal after the rounding of the edition's rank rule.
    """
    if edition.record is None:
        raise InputError(f"{edition.index} has no public record to check against", title="check_facts")
    stated = facts(edition.record, edition.year)
    codes = {name: code for code, name in edition.framework.names("zh").items()} | {"": ROOT}
    english = edition.framework.names("en")
    rows = []
    for fact in stated.itertuples():
        node = codes[fact.node_zh]
        rebuilt = _rebuilt(fact, node, edition, indices[fact.group]) if fact.group in indices else np.nan
        holds = rebuilt > fact.value if fact.kind == "top_count_more" else rebuilt == fact.value
        rows.append((fact.group, *_sentences(fact, english[node]), fact.value, rebuilt, bool(holds), fact.source_id))
    return pd.DataFrame(rows, columns=["group", "fact", "fact_zh", "expected", "rebuilt", "holds", "source_id"])


def _of_year(table: pd.DataFrame, year: int) -> pd.DataFrame:
    if table.empty:
        return table
    return table[(table["report_year"] == str(year)) & table["group"].isin(GROUPS)]


def _from_coverage(coverage: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    for row in coverage.itertuples():
        yield row.group, "size", "", "", np.nan, float(row.n_assessed), row.source_id


def _from_ranks(ranks: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    for row in ranks.itertuples():
        for kind, text in (("rank", row.rank), ("list_position", row.list_position), ("score", row.score)):
            if text:
                yield row.group, kind, row.entity_zh, "", np.nan, float(text), row.source_id


def _from_claims(
    claims: pd.DataFrame, ranks: pd.DataFrame, readings: pd.DataFrame, problems: list[str]
) -> Iterable[tuple[Any, ...]]:
    provinces = dict(zip(ranks["entity_zh"], ranks["province_zh"], strict=True))
    for line, row in claims.iterrows():
        group, entity, kind, source = row["group"], row["entity_zh"], row["claim_type"], row["source_id"]
        number = float(row["value"]) if re.fullmatch(r"\d+(\.\d+)?", row["value"]) else np.nan
        share = re.fullmatch(r"(\d+)/(\d+)", row["value"])
        places = re.fullmatch(r"(\d+) in top (\d+)", row["value"])
        below = re.match(r"below (\d+)", row["detail"])
        if kind in ("rank", "score", "rank_within_province") and number == number:
            yield group, kind, entity, "", np.nan, number, source
        elif kind == "only_in_top_k_from_province" and number == number:
            yield group, "top_count", provinces[entity], "", number, 1.0, source
        elif kind == "share" and places:
            yield group, "top_count", entity, "", float(places[2]), float(places[1]), source
        elif kind == "share" and share and entity:
            yield group, "top_count", entity, "", float(share[2]), float(share[1]), source
        elif kind == "share" and share and below:
            yield group, "count_below", "", "", float(below[1]), float(share[1]), source
            yield group, "size", "", "", np.nan, float(share[2]), source
        elif kind not in ("dimension_score", "streak_years") and row["value"] not in set(readings["of"]):
            problems.append(f"claims.csv line {line}: no rule and no reading for {kind} {row['value']!r} of {group}")


def _from_readings(
    readings: pd.DataFrame, self_reported: pd.DataFrame, problems: list[str]
) -> Iterable[tuple[Any, ...]]:
    figures = {(row.entity_zh, row.indicator_zh): row.value for row in self_reported.itertuples()}
    for line, row in readings.iterrows():
        if row["kind"] == "set_aside":
            continue
        text = row["value"] or figures.get((row["entity_zh"], row["of"]), row["of"].removesuffix("%"))
        value = {"yes": 1.0, "no": 0.0}.get(text) if text in ("yes", "no") else pd.to_numeric(text, errors="coerce")
        if row["kind"] not in TEXTS or not np.isfinite(value):
            problems.append(f"readings.csv line {line}: no such kind, or no number to read in {text!r}")
            continue
        k = float(row["k"]) if row["k"] else np.nan
        yield row["group"], row["kind"], row["entity_zh"], row["node_zh"], k, float(value), row["source_id"]


def _set_aside(table: pd.DataFrame, readings: pd.DataFrame) -> pd.Series:
    """Return which facts the record's readings set aside, since another source contradicts them."""
    aside = set()
    for row in readings[readings["kind"] == "set_aside"].itertuples():
        numbers = tuple(map(float, re.findall(r"\d+", row.of)))
        aside.add((row.group, row.entity_zh, row.source_id, numbers))
    found = [
        (row.group, row.entity_zh, row.source_id, (row.value,) if row.k != row.k else (row.value, row.k)) in aside
        for row in table.itertuples()
    ]
    return pd.Series(found, index=table.index, dtype=bool)


def _sentences(fact: Any, node_en: str) -> tuple[str, str]:
    en, zh = TEXTS[fact.kind]
    values = {"entity": fact.entity_zh, "value": fact.value, "k": fact.k}
    on = (f" on {node_en}", fact.node_zh) if fact.node_zh else ("", "")
    return en.format(**values, node=node_en, on=on[0]), zh.format(**values, node=fact.node_zh, on=on[1])


def _rebuilt(fact: Any, node: str, edition: Edition, index: Index) -> float:
    """Return what the rebuilt index has in place of the fact's value."""
    units = edition.units[edition.units["group"] == fact.group]
    if fact.kind == "size":
        return float(len(units))
    rule = edition.recipe.rank
    if fact.kind == "count_below":
        rounded = round_scores(index.scores[ROOT], decimals=rule.decimals, rounding=rule.rounding)
        return float(np.sum(rounded < fact.k))
    if fact.kind == "yes_share":
        return float(round((index.table[node] == 1).mean() * 100, 2))
    if fact.kind.startswith("top_count"):
        counts = units.loc[index.ranks.index[index.ranks <= fact.k], "province"].value_counts()
        own = counts.get(fact.entity_zh, 0)
        return float(1 + (counts > own).sum() if fact.kind == "top_count_place" else own)
    named = units.index[units["name_zh"] == fact.entity_zh]
    if len(named) != 1:
        return np.nan
    unit = named[0]
    if fact.kind == "score":
        return float(round_scores(index.scores.loc[[unit], node], decimals=rule.decimals, rounding=rule.rounding)[0])
    if fact.kind == "rank_within_province":
        rivals = index.ranks[units.index[units["province"] == units.at[unit, "province"]]]
        return float(1 + (rivals < index.ranks[unit]).sum())
    if fact.kind == "mark":
        return _agreed_mark(edition.marks, unit, node)
    return float(index.rank_by(node)[unit])


def _agreed_mark(marks: pd.DataFrame | None, unit: str, indicator: str) -> float:
    """Return the mark on which all assessors agree, NaN without one."""
    if marks is None:
        return np.nan
    given = marks.loc[(marks["unit"] == unit) & (marks["indicator"] == indicator), "mark"]
    return float(given.iloc[0]) if given.nunique(dropna=False) == 1 else np.nan
