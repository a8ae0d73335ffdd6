"""What each source states about a year: one row per statement, so that statements can be compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.data_dictionary.input_files import SET_ASIDE
from govtransparency.errors import InputError, nearest
from govtransparency.record.reading_values import figures_of, value_read
from govtransparency.texts.problems import record_problems as problems
from govtransparency.texts.record_words import BOUNDS, STATEMENTS, STATEMENTS_ON_A_NODE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from govtransparency.record.read_record import Record
    from govtransparency.texts.bilingual import Text

__all__ = ["prose", "provinces_of", "sentence", "statements"]

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


def statements(record: Record, year: int, *, groups: Collection[str] | None = None) -> pd.DataFrame:
    """Return what each source states about a year.

    Parameters
    ----------
    record : Record
    year : int
        The year assessed.
    groups : collection of str, optional
        Only those; all by default.

    Returns
    -------
    DataFrame, one row per statement of a source
        group; kind; entity_zh, the unit or province it is about; node_zh, the indicator or pillar, empty for the index;
        k, the threshold or number of first places; relation, ``=`` or a bound; value; decimals, the number printed;
        first and last, the first and last place of an unbroken run of places in a list; ordered, whether the list
        states an order; source_id. A third party's data set makes no statements.
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
            for row in _from_claim(claim, provinces_of(record), _sizes(coverage))
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
    """Return the claims of a year, rows of ``claims.csv``, that neither a rule nor a reading turns into a statement."""
    readings = _of_year(record.readings, year, groups)
    claims = _of_year(record.claims, year, groups)
    provinces, sizes = provinces_of(record), _sizes(_of_year(record.coverage, year, groups))
    understood = set(readings["of"])
    not_understood = [
        not list(_from_claim(claim, provinces, sizes))
        and claim["claim_type"] != "dimension_score"
        and claim["value"] not in understood
        for claim in claims.to_dict("records")
    ]
    return claims[not_understood]


def sentence(fact: Mapping[Any, Any], entity: Text, node: Text) -> Text:
    """Return a statement as a sentence, with the names of what it is about."""
    kind = fact["kind"]
    template = STATEMENTS_ON_A_NODE[kind] if fact["node_zh"] and kind in STATEMENTS_ON_A_NODE else STATEMENTS[kind]
    value = BOUNDS[fact.get("relation", "=")].format(value=fact["value"])
    return template.format(entity=entity, node=node, value=value, k=fact["k"])


def _of_year(table: pd.DataFrame, year: int, groups: Collection[str] | None) -> pd.DataFrame:
    table = table[table["report_year"] == str(year)]
    return table if groups is None else table[table["group"].isin(list(groups))]


def provinces_of(record: Record) -> dict[str, str]:
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
    """Return the first and last place of the unbroken run of places around each place of each list."""
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
    if kind in ("rank", "rank_from_last", "score", "average", "rank_within_province") and number:
        yield _row(claim, kind, **_number(value))
    elif kind in ("rank", "rank_from_last", "score") and bound:
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
        yield from _from_streak(claim)


def _from_streak(claim: Mapping[Any, Any]) -> Iterable[dict[str, Any]]:
    """Return for how many years a unit has been first, or the number of the assessment."""
    detail, years = claim["detail"], float(claim["value"])
    if claim["entity_zh"] and re.search(r"\bfirst\b", detail):
        within = re.search(r"first in [A-Z]", detail)
        yield _row(claim, "streak_first_in_province" if within else "streak_first", value=years)
    elif not claim["entity_zh"] and re.search(r"\w+(th|first|second|third) year", detail):
        yield _row(claim, "assessment_count", value=years)


def _from_share(claim: Mapping[Any, Any]) -> Iterable[dict[str, Any]]:
    """Return how many units, or what share of them, a claim places on one side of a mark."""
    detail = claim["detail"]
    mark = r"(\d+(?:\.\d+)?)"
    sides = {
        "at_least": rf"at or above {mark}|passed {mark}|(pass rate)",
        "below": rf"below {mark}|(failed)",
        "above": rf"(?:above|more than) {mark}",
    }
    side, found = next(
        ((side, found) for side, pattern in sides.items() if (found := re.search(pattern, detail))), ("", None)
    )
    if found is None:
        return
    said = next(text for text in found.groups() if text)
    k = float(said) if said[0].isdigit() else float(PASS_MARK)
    counts = re.fullmatch(r"(\d+)(?:/(\d+))?", claim["value"]) or re.search(r"\b(\d+)(?:/| of )(\d+)\b", detail)
    if counts:
        yield _row(claim, f"count_{side}", k=k, value=float(counts[1]))
        if counts[2]:
            yield _row(claim, "size", value=float(counts[2]))
    if percent := re.fullmatch(r"(\d+(?:\.\d+)?)%", claim["value"]):
        yield _row(claim, f"share_{side}", k=k, **_number(percent[1]))


def _from_readings(readings: pd.DataFrame, self_reported: pd.DataFrame) -> Iterable[dict[str, Any]]:
    figures = figures_of(self_reported)
    found = []
    spelt_out = readings[readings["kind"] != SET_ASIDE]
    for line, row in zip(spelt_out.index, spelt_out.to_dict("records"), strict=True):
        text, value = value_read(row, figures)
        if row["kind"] not in STATEMENTS:
            found.append(
                problems.UNKNOWN_KIND.format(line=line, kind=row["kind"], nearest=nearest(row["kind"], STATEMENTS))
            )
        if value is None:
            found.append(problems.NOT_A_NUMBER.format(line=line, text=text))
        if value is None or row["kind"] not in STATEMENTS:
            continue
        k = float(row["k"]) if row["k"] else np.nan
        decimals = float(len(text.partition(".")[2]))
        yield _row(row, row["kind"], node_zh=row["node_zh"], k=k, value=value, decimals=decimals)
    if found:
        raise InputError(found, title="readings.csv")
