"""What a public record states of a year, as facts that can be checked against a rebuilt edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.ranking import round_scores
from govtransparency.record.read import Record
from govtransparency.tables import to_number

if TYPE_CHECKING:
    from govtransparency.editions.load import Edition

__all__ = ["check_facts", "facts", "pinned", "unread"]

ELSEWHERE = ("dimension_score", "streak_years")  # a file of its own; spelt out by readings
PINNING = ("rank", "list_position", "score", "rank_within_province")
COLUMNS = ["group", "kind", "entity_zh", "node_zh", "k", "value", "source_id"]
TEXTS = {
    "size": ("{value:g} units are assessed", "评估对象为{value:g}个"),
    "rank": ("{entity} has rank {value:g}{on}", "{entity}{on}排名第{value:g}"),
    "list_position": ("{entity} stands at place {value:g} of the published list", "{entity}位列公布名单第{value:g}"),
    "rank_within_province": ("{entity} has rank {value:g} within its province", "{entity}居本省第{value:g}"),
    "score": ("{entity} has the score {value:g}{on}", "{entity}{on}得分{value:g}"),
    "count_below": ("{value:g} units score below {k:g}", "得分低于{k:g}的有{value:g}个"),
    "top_count": ("{entity} has {value:g} of the first {k:g}", "{entity}有{value:g}个进入前{k:g}"),
    "top_count_more": (
        "{entity} has more than {value:g} of the first {k:g}",
        "{entity}进入前{k:g}的多于{value:g}个",
    ),
    "top_count_place": (
        "{entity} has rank {value:g} among provinces by its number of the first {k:g}",
        "按进入前{k:g}的个数,{entity}居各省第{value:g}",
    ),
    "mark": ("{entity}: {node} is {value:g}", "{entity}:{node}为{value:g}"),
    "yes_share": ("{node}: {value:g} % of the units", "{node}:占{value:g}%"),
}


def facts(record: Record, year: int, *, groups: Collection[str] | None = None) -> pd.DataFrame:
    """Return what the record states of a year in a form that a ranking can be checked against.

    Ranks, list positions, scores, sizes, counts below a mark and counts among the first are taken by rule; what only
    prose says, and what a self-reported figure means, from the record's ``readings.csv``, each with its source.

    Parameters
    ----------
    record : Record
    year : int
        The year assessed.
    groups : collection of str, optional
        Only those; all by default.

    Returns
    -------
    DataFrame, a row a fact
        group; kind; entity_zh, the unit or province it is about; node_zh, the indicator or pillar, empty for the index;
        k, the threshold or the number of first places; value; source_id, all sources that state it.

    Notes
    -----
    A list of leaders states no order; a place in one is a fact of its own kind, ``list_position``. Of sources that
    contradict each other only the one followed counts; the readings name those set aside. A data set of third parties
    states no facts.

    Examples
    --------
    >>> from govtransparency.editions import find_root
    >>> from govtransparency.record import read_record
    >>> table = facts(read_record("cgti", root=find_root()), 2024)
    >>> table.loc[table["entity_zh"] == "\u80f6\u5dde\u5e02", ["group", "kind", "value", "source_id"]].values.tolist()
    [['county', 'rank', 5.0, 'seed']]
    """
    ranks, scores = _of_year(record.ranks, year, groups), _of_year(record.dimension_scores, year, groups)
    readings = _of_year(record.readings, year, groups)
    rows = [
        *_from_coverage(_of_year(record.coverage, year, groups)),
        *_from_ranks(ranks),
        *(fact for _, claim in _of_year(record.claims, year, groups).iterrows() for fact in _from_claim(claim, ranks)),
        *(
            (
                row["group"],
                "score",
                row["entity_zh"],
                row["dimension_zh"],
                np.nan,
                float(row["score"]),
                row["source_id"],
            )
            for row in scores.to_dict("records")
        ),
        *_from_readings(readings, record.self_reported[record.self_reported["report_year"] == str(year)]),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table = table[~_set_aside(table, readings)]
    keys = [column for column in COLUMNS if column != "source_id"]
    joined = table.groupby(keys, sort=False, dropna=False)["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return joined.reset_index()[COLUMNS]


def unread(record: Record, year: int, *, groups: Collection[str] | None = None) -> list[str]:
    """Return the claims of a year, a sentence each, that are neither facts by a rule nor read in ``readings.csv``."""
    ranks, readings = _of_year(record.ranks, year, groups), _of_year(record.readings, year, groups)
    understood = set(readings["of"])
    return [
        f"claims.csv line {line}: no rule and no reading for {claim['claim_type']} {claim['value']!r}"
        for line, claim in _of_year(record.claims, year, groups).iterrows()
        if not list(_from_claim(claim, ranks))
        and claim["claim_type"] not in ELSEWHERE
        and claim["value"] not in understood
    ]


def pinned(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the units whose rank, score or listed place a fact pins: (group, entity_zh) -> sources.

    Only these may bear their real name in a simulated edition.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for row in table[table["kind"].isin(PINNING)].to_dict("records"):
        found.setdefault((row["group"], row["entity_zh"]), []).extend(row["source_id"].split())
    return {key: " ".join(dict.fromkeys(sources)) for key, sources in found.items()}


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
        holds; source_id. Scores hold if they are equal after rounding to the decimals of the edition's rank rule, or of
        the source where it prints fewer: as many as it gives any score of that year.
    """
    if edition.record is None:
        raise InputError(f"{edition.index} has no public record to check against", title="check_facts")
    stated = facts(edition.record, edition.year, groups=edition.groups)
    nodes = edition.framework.nodes
    codes = {node.name_zh: node.code for node in nodes} | {"": ROOT}
    english = {node.code: node.name_en for node in nodes}
    places = _english(edition.units)
    printed = _printed_decimals(edition.record, edition.year)
    rows = []
    for fact in stated.to_dict("records"):
        node, index = codes.get(fact["node_zh"]), indices.get(fact["group"])
        rebuilt = np.nan if node is None or index is None else _rebuilt(fact, node, edition, index, printed)
        holds = rebuilt > fact["value"] if fact["kind"] == "top_count_more" else rebuilt == fact["value"]
        entity, name = fact["entity_zh"], fact["node_zh"]
        sentences = _sentences(fact, places.get(entity, entity), name if node is None else english[node])
        rows.append((fact["group"], *sentences, fact["value"], rebuilt, bool(holds), fact["source_id"]))
    return pd.DataFrame(rows, columns=["group", "fact", "fact_zh", "expected", "rebuilt", "holds", "source_id"])


def _printed_decimals(record: Record, year: int) -> dict[str, int]:
    """Return the most decimals that each source prints of any score of the year."""
    scores = [
        (row["source_id"], row[column])
        for table, column in ((record.ranks, "score"), (record.dimension_scores, "score"), (record.claims, "value"))
        for row in table[table["report_year"] == str(year)].to_dict("records")
        if column == "score" or row["claim_type"] in ("score", "dimension_score")
    ]
    found: dict[str, int] = {}
    for source, text in scores:
        found[source] = max(found.get(source, 0), len(text.partition(".")[2]))
    return found


def _english(units: pd.DataFrame) -> dict[str, str]:
    """Return the English name of each unit and, where units.csv has it, each province, by the Chinese one."""
    names = dict(zip(units["name_zh"], units["name_en"], strict=True))
    if {"province", "province_en"} <= set(units):
        names |= dict(zip(units["province"], units["province_en"], strict=True))
    return names


def _of_year(table: pd.DataFrame, year: int, groups: Collection[str] | None) -> pd.DataFrame:
    table = table[table["report_year"] == str(year)]
    return table if groups is None else table[table["group"].isin(list(groups))]


def _from_coverage(coverage: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    for row in coverage.to_dict("records"):
        yield row["group"], "size", "", "", np.nan, float(row["n_assessed"]), row["source_id"]


def _from_ranks(ranks: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    for row in ranks[ranks["score_basis"] != "third_party_dataset"].to_dict("records"):
        for kind, text in (("rank", row["rank"]), ("list_position", row["list_position"]), ("score", row["score"])):
            if text:
                yield row["group"], kind, row["entity_zh"], "", np.nan, float(text), row["source_id"]


def _from_claim(claim: pd.Series, ranks: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Return the facts a claim states outright; none where it is a bound, a rounded figure or prose."""
    group, entity, kind, source = claim["group"], claim["entity_zh"], claim["claim_type"], claim["source_id"]
    number = re.fullmatch(r"\d+(\.\d+)?", claim["value"])
    share = re.fullmatch(r"(\d+)/(\d+)", claim["value"])
    places = re.fullmatch(r"(\d+) in top (\d+)", claim["value"])
    below = re.match(r"below (\d+)", claim["detail"])
    if kind in ("rank", "score", "rank_within_province") and number:
        yield group, kind, entity, "", np.nan, float(number[0]), source
    elif kind == "only_in_top_k_from_province" and number:
        province = ranks.loc[ranks["entity_zh"] == entity, "province_zh"]
        yield group, "top_count", province.iloc[0], "", float(number[0]), 1.0, source
    elif kind == "share" and places:
        yield group, "top_count", entity, "", float(places[2]), float(places[1]), source
    elif kind == "share" and share and entity:
        yield group, "top_count", entity, "", float(share[2]), float(share[1]), source
    elif kind == "share" and share and below:
        yield group, "count_below", "", "", float(below[1]), float(share[1]), source
        yield group, "size", "", "", np.nan, float(share[2]), source


def _from_readings(readings: pd.DataFrame, self_reported: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    figures = {(row["entity_zh"], row["indicator_zh"]): row["value"] for row in self_reported.to_dict("records")}
    problems = []
    for line, row in readings[readings["kind"] != "set_aside"].iterrows():
        text = row["value"] or figures.get((row["entity_zh"], row["of"]), row["of"].removesuffix("%"))
        value = {"yes": 1.0, "no": 0.0}.get(text, to_number(text))
        if row["kind"] not in TEXTS or value is None:
            problems.append(f"line {line}: kind {row['kind']!r} is unknown or {text!r} is no number")
            continue
        k = float(row["k"]) if row["k"] else np.nan
        yield row["group"], row["kind"], row["entity_zh"], row["node_zh"], k, value, row["source_id"]
    if problems:
        raise InputError(problems, title="readings.csv")


def _set_aside(table: pd.DataFrame, readings: pd.DataFrame) -> pd.Series:
    """Return which facts the record's readings set aside, since another source contradicts them."""
    aside = set()
    for row in readings[readings["kind"] == "set_aside"].to_dict("records"):
        numbers = tuple(map(float, re.findall(r"\d+", row["of"])))
        aside.add((row["group"], row["entity_zh"], row["source_id"], numbers))
    found = [
        (
            row["group"],
            row["entity_zh"],
            row["source_id"],
            (row["value"],) if row["k"] != row["k"] else (row["value"], row["k"]),
        )
        in aside
        for row in table.to_dict("records")
    ]
    return pd.Series(found, index=table.index, dtype=bool)


def _sentences(fact: Mapping[Any, Any], entity_en: str, node_en: str) -> tuple[str, str]:
    """Return the fact as a sentence in English and one in Chinese."""
    en, zh = TEXTS[fact["kind"]]
    on = (f" on {node_en}", fact["node_zh"]) if fact["node_zh"] else ("", "")
    numbers = {"value": fact["value"], "k": fact["k"]}
    return (
        en.format(entity=entity_en, node=node_en, on=on[0], **numbers),
        zh.format(entity=fact["entity_zh"], node=fact["node_zh"], on=on[1], **numbers),
    )


def _rebuilt(fact: Any, node: str, edition: Edition, index: Index, printed: Mapping[str, int]) -> float:
    """Return what the rebuilt index has in place of the fact's value."""
    units = edition.units[edition.units["group"] == fact["group"]]
    if fact["kind"] == "size":
        return float(len(units))
    rule = edition.recipe.rank
    if fact["kind"] == "count_below":
        rounded = round_scores(index.scores[ROOT], decimals=rule.decimals, rounding=rule.rounding)
        return float(np.sum(rounded < fact["k"]))
    if fact["kind"] == "yes_share":
        return float(round((index.table[node] == 1).mean() * 100, 2))
    if fact["kind"].startswith("top_count"):
        counts = units.loc[index.ranks.index[index.ranks <= fact["k"]], "province"].value_counts()
        own = counts.get(fact["entity_zh"], 0)
        return float(1 + (counts > own).sum() if fact["kind"] == "top_count_place" else own)
    named = units.index[units["name_zh"] == fact["entity_zh"]]
    if len(named) != 1:
        return np.nan
    unit = named[0]
    if fact["kind"] == "score":
        decimals = min(rule.decimals, max(printed[source] for source in fact["source_id"].split()))
        return float(round_scores(index.scores.loc[[unit], node], decimals=decimals, rounding=rule.rounding)[0])
    if fact["kind"] == "rank_within_province":
        rivals = index.ranks[units.index[units["province"] == units.at[unit, "province"]]]
        return float(1 + (rivals < index.ranks[unit]).sum())
    if fact["kind"] == "mark":
        return _agreed_mark(edition.marks, unit, node)
    return float(index.rank_by(node)[unit])


def _agreed_mark(marks: pd.DataFrame | None, unit: str, indicator: str) -> float:
    """Return the mark on which all assessors agree, NaN without one."""
    if marks is None:
        return np.nan
    given = marks.loc[(marks["unit"] == unit) & (marks["indicator"] == indicator), "mark"]
    return float(given.iloc[0]) if given.nunique(dropna=False) == 1 else np.nan
