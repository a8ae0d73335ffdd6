"""What each source states of a year, one statement a row, so that statements can be compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.csv_files import to_number
from govtransparency.errors import InputError
from govtransparency.record.read_record import Record

__all__ = ["TEXTS", "prose", "sentences", "statements"]

PASS_MARK = 60
COLUMNS = (
    "group",
    "kind",
    "entity_zh",
    "node_zh",
    "k",
    "relation",
    "value",
    "decimals",
    "first",
    "last",
    "ordered",
    "source_id",
)
TEXTS = {
    "size": ("{value:g} units are assessed", "评估对象为{value:g}个"),
    "rank": ("{entity} has rank {value:g}{on}", "{entity}{on}排名第{value:g}"),
    "list_position": ("{entity} stands at place {value:g} of the published list", "{entity}位列公布名单第{value:g}"),
    "rank_within_province": ("{entity} has rank {value:g} within its province", "{entity}居本省第{value:g}"),
    "score": ("{entity} has the score {value:g}{on}", "{entity}{on}得分{value:g}"),
    "count_below": ("Units scoring below {k:g}: {value:g}", "得分低于{k:g}的有{value:g}个"),
    "count_above": ("Units scoring above {k:g}: {value:g}", "得分高于{k:g}的有{value:g}个"),
    "count_at_least": ("Units scoring {k:g} or more: {value:g}", "得分达到{k:g}的有{value:g}个"),
    "share_below": ("{value:g}% of the units score below {k:g}", "得分低于{k:g}的占{value:g}%"),
    "share_above": ("{value:g}% of the units score above {k:g}", "得分高于{k:g}的占{value:g}%"),
    "share_at_least": ("{value:g}% of the units score {k:g} or more", "得分达到{k:g}的占{value:g}%"),
    "top_count": ("{entity} has {value:g} of the first {k:g}", "{entity}有{value:g}个进入前{k:g}"),
    "top_count_more": (
        "{entity} has more than {value:g} of the first {k:g}",
        "{entity}进入前{k:g}的多于{value:g}个",
    ),
    "top_count_place": (
        "{entity} has rank {value:g} among provinces by its number of the first {k:g}",
        "按进入前{k:g}的个数,{entity}居各省第{value:g}",
    ),
    "mark": ("{entity}: {node} is {value:g}", "{entity}：{node}为{value:g}"),
    "yes_share": ("{node}: {value:g}% of the units", "{node}：占{value:g}%"),
    "assessment_count": ("This is assessment number {value:g}", "本次为第{value:g}次评估"),
    "streak_first": ("{entity} is first for {value:g} years running", "{entity}连续{value:g}年第一"),
    "streak_first_in_province": (
        "{entity} is first within its province for {value:g} years running",
        "{entity}连续{value:g}年居本省第一",
    ),
}
BOUNDS = {
    "<": ("less than ", "低于"),
    ">": ("more than ", "高于"),
    "<=": ("at most ", "不高于"),
    ">=": ("at least ", "不低于"),
}


def statements(record: Record, year: int, *, groups: Collection[str] | None = None) -> pd.DataFrame:
    """Return what each source states of a year.

    Parameters
    ----------
    record : Record
    year : int
        The year assessed.
    groups : collection of str, optional
        Only those; all by default.

    Returns
    -------
    DataFrame, a row a statement of a source
        group; kind; entity_zh, the unit or province it is about; node_zh, the indicator or pillar, empty for the index;
        k, the threshold or number of first places; relation, ``=`` or a bound; value; decimals, as many as are printed;
        first and last, of a list the places that its run of names takes up; ordered, whether the list states an order;
        source_id. What someone else's data set holds is not a statement.
    """
    ranks = _of_year(record.ranks, year, groups)
    readings = _of_year(record.readings, year, groups)
    coverage = _of_year(record.coverage, year, groups)
    claims = _of_year(record.claims, year, groups)
    rows: list[dict[str, Any]] = [
        *_from_coverage(coverage),
        *_from_ranks(ranks[ranks["score_basis"] != "third_party_dataset"]),
        *(
            row
            for claim in claims.to_dict("records")
            for row in _from_claim(claim, _provinces(record), _sizes(coverage))
        ),
        *(
            _row(row, "score", node_zh=row["dimension_zh"], **_number(row["score"]))
            for row in _of_year(record.dimension_scores, year, groups).to_dict("records")
        ),
        *_from_readings(readings, record.self_reported[record.self_reported["report_year"] == str(year)]),
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(dict.fromkeys(("k", "value", "decimals", "first", "last"), float) | {"ordered": bool})


def prose(record: Record, year: int, *, groups: Collection[str] | None = None) -> pd.DataFrame:
    """Return the claims of a year, rows of ``claims.csv``, that no rule and no reading makes a statement of."""
    readings = _of_year(record.readings, year, groups)
    claims = _of_year(record.claims, year, groups)
    provinces, sizes = _provinces(record), _sizes(_of_year(record.coverage, year, groups))
    understood = set(readings["of"])
    mute = [
        not list(_from_claim(claim, provinces, sizes))
        and claim["claim_type"] != "dimension_score"
        and claim["value"] not in understood
        for claim in claims.to_dict("records")
    ]
    return claims[mute]


def sentences(fact: Mapping[Any, Any], entity_en: str, node_en: str) -> tuple[str, str]:
    """Return a statement as a sentence in English and one in Chinese."""
    en, zh = TEXTS[fact["kind"]]
    if bound := BOUNDS.get(fact.get("relation", "=")):
        en, zh = (text.replace("{value", f"{word}{{value", 1) for text, word in zip((en, zh), bound, strict=True))
    on = (f" on {node_en}", fact["node_zh"]) if fact["node_zh"] else ("", "")
    numbers = {"value": fact["value"], "k": fact["k"]}
    return (
        en.format(entity=entity_en, node=node_en, on=on[0], **numbers),
        zh.format(entity=fact["entity_zh"], node=fact["node_zh"], on=on[1], **numbers),
    )


def _of_year(table: pd.DataFrame, year: int, groups: Collection[str] | None) -> pd.DataFrame:
    table = table[table["report_year"] == str(year)]
    return table if groups is None else table[table["group"].isin(list(groups))]


def _provinces(record: Record) -> dict[str, str]:
    """Return the province of each unit that the record places in one."""
    return dict(zip(record.ranks["entity_zh"], record.ranks["province_zh"], strict=True))


def _sizes(coverage: pd.DataFrame) -> dict[str, float]:
    """Return how many units each group has, where all sources agree."""
    sizes = coverage.groupby("group")["n_assessed"].agg(set)
    return {str(group): float(next(iter(found))) for group, found in sizes.items() if len(found) == 1}


def _row(source: Mapping[Any, Any], kind: str, **cells: Any) -> dict[str, Any]:
    blank = {
        "entity_zh": source.get("entity_zh", ""),
        "node_zh": "",
        "k": np.nan,
        "relation": "=",
        "decimals": np.nan,
        "first": np.nan,
        "last": np.nan,
        "ordered": False,
    }
    return blank | {"group": source["group"], "kind": kind, "source_id": source["source_id"]} | cells


def _number(text: str) -> dict[str, float]:
    return {"value": float(text), "decimals": float(len(text.partition(".")[2]))}


def _from_coverage(coverage: pd.DataFrame) -> Iterable[dict[str, Any]]:
    for row in coverage.to_dict("records"):
        yield _row(row, "size", value=float(row["n_assessed"]))


def _from_ranks(ranks: pd.DataFrame) -> Iterable[dict[str, Any]]:
    runs = _runs(ranks)
    for row in ranks.to_dict("records"):
        if row["rank"]:
            yield _row(row, "rank", value=float(row["rank"]))
        if row["list_position"]:
            place = int(row["list_position"])
            first, last = runs[row["group"], row["source_id"], place]
            ordered = row["rank_is_ordered"] == "true"
            yield _row(row, "list_position", value=float(place), first=first, last=last, ordered=ordered)
        if row["score"]:
            yield _row(row, "score", **_number(row["score"]))


def _runs(ranks: pd.DataFrame) -> dict[tuple[str, str, int], tuple[int, int]]:
    """Return, for each place of each list, the first and last place of the unbroken run it is in."""
    runs: dict[tuple[str, str, int], tuple[int, int]] = {}
    listed = ranks[ranks["list_position"] != ""]
    for (group, source), part in listed.groupby(["group", "source_id"]):
        places = np.array(sorted(set(part["list_position"].astype(int))))
        for run in np.split(places, np.flatnonzero(np.diff(places) > 1) + 1):
            runs |= {(str(group), str(source), int(place)): (int(run[0]), int(run[-1])) for place in run}
    return runs


def _from_claim(
    claim: Mapping[Any, Any], provinces: Mapping[str, str], sizes: Mapping[str, float]
) -> Iterable[dict[str, Any]]:
    """Return the statements that a claim makes outright; none where it is prose."""
    kind, value, entity = claim["claim_type"], claim["value"], claim["entity_zh"]
    bound = re.fullmatch(r"(<=|>=|<|>)\s*(\d+(?:\.\d+)?)", value)
    number = re.fullmatch(r"\d+(\.\d+)?", value)
    places = re.fullmatch(r"(\d+) in top (\d+)", value)
    part = re.fullmatch(r"(\d+)/(\d+)", value)
    if kind in ("rank", "score", "rank_within_province") and number:
        yield _row(claim, kind, **_number(value))
    elif kind in ("rank", "score") and bound:
        yield _row(claim, kind, relation=bound[1], **_number(bound[2]))
    elif kind == "rank" and value == "last" and claim["group"] in sizes:
        yield _row(claim, kind, value=sizes[claim["group"]], decimals=0.0)
    elif kind == "only_in_top_k_from_province" and number and entity in provinces:
        yield _row(claim, "top_count", entity_zh=provinces[entity], k=float(value), value=1.0)
    elif kind == "share" and places:
        yield _row(claim, "top_count", k=float(places[2]), value=float(places[1]))
    elif kind == "share" and part and entity:
        yield _row(claim, "top_count", k=float(part[2]), value=float(part[1]))
    elif kind == "share" and not entity:
        yield from _from_share(claim)
    elif kind == "streak_years" and number:
        within = re.search(r"first in [A-Z]", claim["detail"])
        if entity and re.search(r"\bfirst\b", claim["detail"]):
            yield _row(claim, "streak_first_in_province" if within else "streak_first", value=float(value))
        elif not entity and re.search(r"\w+(th|first|second|third) year", claim["detail"]):
            yield _row(claim, "assessment_count", value=float(value))


def _from_share(claim: Mapping[Any, Any]) -> Iterable[dict[str, Any]]:
    """Return how many units, or what share of them, a claim puts on one side of a mark."""
    detail = claim["detail"]
    sides = {
        "at_least": r"at or above (\d+)|passed (\d+)|(pass rate)",
        "below": r"below (\d+)|(failed)",
        "above": r"(?:above|more than) (\d+)",
    }
    side, found = next(
        ((side, found) for side, pattern in sides.items() if (found := re.search(pattern, detail))), ("", None)
    )
    if found is None:
        return
    mark = next(text for text in found.groups() if text)
    k = float(mark) if mark.isdigit() else float(PASS_MARK)
    counts = re.fullmatch(r"(\d+)(?:/(\d+))?", claim["value"]) or re.search(r"\b(\d+)(?:/| of )(\d+)\b", detail)
    if counts:
        yield _row(claim, f"count_{side}", k=k, value=float(counts[1]))
        if counts[2]:
            yield _row(claim, "size", value=float(counts[2]))
    if percent := re.fullmatch(r"(\d+(?:\.\d+)?)%", claim["value"]):
        yield _row(claim, f"share_{side}", k=k, **_number(percent[1]))


def _from_readings(readings: pd.DataFrame, self_reported: pd.DataFrame) -> Iterable[dict[str, Any]]:
    figures = {(row["entity_zh"], row["indicator_zh"]): row["value"] for row in self_reported.to_dict("records")}
    problems = []
    spelt_out = readings[readings["kind"] != "set_aside"]
    for line, row in zip(spelt_out.index, spelt_out.to_dict("records"), strict=True):
        text = row["value"] or figures.get((row["entity_zh"], row["of"]), row["of"].removesuffix("%"))
        value = {"yes": 1.0, "no": 0.0}.get(text, to_number(text))
        if row["kind"] not in TEXTS or value is None:
            problems.append(f"line {line}: kind {row['kind']!r} is unknown or {text!r} is no number")
            continue
        k = float(row["k"]) if row["k"] else np.nan
        decimals = float(len(text.partition(".")[2]))
        yield _row(row, row["kind"], node_zh=row["node_zh"], k=k, value=value, decimals=decimals)
    if problems:
        raise InputError(problems, title="readings.csv")
