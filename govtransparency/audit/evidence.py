"""Statements of a record held against each other: who agrees with whom, and where sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.audit.ranking_facts import Ranking, holds, measured
from govtransparency.audit.relations import COUNTS, DIFFERENT, HEADLINE, LOGICAL, Relation, numbers, relation
from govtransparency.ranking import rank
from govtransparency.record.read_record import Record
from govtransparency.record.statements import sentences, statements

__all__ = ["Evidence", "contradictions", "distinct", "evidence"]


KEYS = ["group", "kind", "entity_zh", "node_zh", "k", "relation", "value", "first", "last", "ordered"]


@dataclass(frozen=True)
class Evidence:
    """What something else in the record says to a statement.

    Attributes
    ----------
    agrees : bool or None
        None where it bears on the statement and settles nothing.
    kind : str
        Of a contradiction, one of `relations.KINDS`; empty where it agrees.
    sources : tuple of str
    en, zh : str
        What they say.
    of : int or None
        The row of the other statement, where it is one.
    """

    agrees: bool | None
    kind: str
    sources: tuple[str, ...]
    en: str
    zh: str
    of: int | None = None


def distinct(table: pd.DataFrame) -> pd.DataFrame:
    """Return the statements with those that several sources make put into one row, `source_id` naming them all."""
    if table.empty:
        return table
    same = table.groupby(KEYS, sort=False, dropna=False)
    sources = same["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return pd.concat([same["decimals"].min(), sources], axis=1).reset_index()[list(table)]


def contradictions(record: Record, year: int | None = None, *, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Find where the record contradicts itself.

    Parameters
    ----------
    record : Record
    year : int, optional
        The year assessed; all by default.
    names : mapping of Chinese to English name, optional
        For the English sentences; a name that is not in it stays Chinese.

    Returns
    -------
    DataFrame, a row a contradiction
        year; group; kind; statement, statement_zh and sources; against, against_zh and against_sources. The kind is
        ``different values``: one quantity, two values; ``logical contradiction``: both cannot hold;
        ``different figures for one headline``: two sources count a province's units among different numbers of first
        places. These can both hold, but a reader who meets the two headlines cannot tell which count is meant.

    Raises
    ------
    InputError
        For a line of ``readings.csv`` that cannot be read.

    Notes
    -----
    Rules, none of which names a year or a unit: the same quantity stated twice; a share that no whole number of the
    stated units gives; counts below and above marks that do not add up, with printed scores taken into account; a rank
    beyond the number of units, or better than the printed scores of others allow; a place in a list against a rank; a
    province's count among the first k against its count among the first l, and against known ranks; streaks
    against the ranks of the years they cover; and every rank, score and count against a data set of third parties,
    where there is one, a unit missing from it counting as possible anywhere.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> contradictions(read_edition("cgti", 2024).record, 2024)["kind"].tolist()
    ['different values', 'different figures for one headline']
    """
    years = sorted({int(text) for text in record.ranks["report_year"] if text}) if year is None else [year]
    rows: list[tuple[Any, ...]] = []
    for each in years:
        table = distinct(statements(record, each))
        found = evidence(record, each, table, names=names)
        for i, (fact, others) in enumerate(zip(table.to_dict("records"), found, strict=True)):
            own = sentences(fact, (names or {}).get(fact["entity_zh"], fact["entity_zh"]), fact["node_zh"])
            rows += [
                (each, fact["group"], other.kind, *own, fact["source_id"], other.en, other.zh, " ".join(other.sources))
                for other in others
                if other.agrees is False and (other.of is None or other.of > i)
            ]
    columns = ["year", "group", "kind", "statement", "statement_zh", "sources"]
    return pd.DataFrame(rows, columns=[*columns, "against", "against_zh", "against_sources"])


def evidence(
    record: Record, year: int, table: pd.DataFrame, *, names: Mapping[str, str] | None = None
) -> list[list[Evidence]]:
    """Return, for each of the distinct statements of a year, what else in the record says to it.

    A source may contradict itself; it cannot confirm itself, so what agrees comes from another source. Two sources may
    yet draw on one press release, which the record cannot show.
    """
    rows: list[dict[str, Any]] = table.to_dict("records")  # type: ignore[assignment]
    found: list[list[Evidence]] = [[] for _ in rows]
    english = names or {}
    for i, row in enumerate(rows):
        row["said"] = sentences(row, english.get(row["entity_zh"], row["entity_zh"]), row["node_zh"])
        row["sources"] = tuple(row["source_id"].split())
        if len(row["sources"]) > 1:
            found[i].append(Evidence(True, "", row["sources"], *row["said"]))
    for group in dict.fromkeys(table["group"]):
        places = [i for i, row in enumerate(rows) if row["group"] == group]
        own = [rows[i] for i in places]
        sizes = sorted({row["value"] for row in own if row["kind"] == "size"})
        for i, j in combinations(places, 2):
            if (link := relation(rows[i], rows[j], sizes)) is not None:
                for one, other in ((i, j), (j, i)):
                    _add(found[one], rows[one], rows[other], link, other)
        provinces = dict(zip(record.ranks["entity_zh"], record.ranks["province_zh"], strict=True))
        panel = _panel(record, year, str(group), sizes)
        for i in places:
            found[i] += _from_group(rows[i], own, provinces, sizes)
            found[i] += _from_panel(rows[i], panel)
            found[i] += _from_years(rows[i], record, year, provinces)
            found[i] += _possible(rows[i], sizes)
    return found


def _add(found: list[Evidence], row: Mapping[str, Any], other: Mapping[str, Any], link: Relation, of: int) -> None:
    """Note what another statement says to a row.

    An agreement of the same source tells nothing. To be in a list of leaders fits any rank among them, so a list
    bears a rank out only where the place is the same.
    """
    sources = tuple(source for source in other["sources"] if source not in row["sources"])
    en, zh = other["said"]
    if link.note:
        en, zh = f"{en}; {link.note}", f"{zh}；{link.note_zh}"
    if link.agrees and sources:
        loose = (row["kind"], other["kind"]) == ("rank", "list_position") and row["value"] != other["value"]
        found.append(Evidence(None if loose else True, "", sources, en, zh, of))
    elif not link.agrees and (sources or link.kind != HEADLINE):
        found.append(Evidence(False, link.kind, other["sources"], en, zh, of))


def _from_group(
    row: Mapping[str, Any], own: list[dict[str, Any]], provinces: Mapping[str, str], sizes: list[float]
) -> Iterable[Evidence]:
    """Hold a statement against all known ranks, or all printed scores, of its group together."""
    if row["kind"] in COUNTS:
        yield from _against_scores(row, own, sizes)
    elif row["kind"] == "rank" and not row["node_zh"] and row["relation"] == "=":
        yield from _rank_against_scores(row, own)
    elif row["kind"] in ("top_count", "rank_within_province"):
        yield from _against_ranks(row, own, provinces)


def _printed(own: list[dict[str, Any]]) -> dict[str, tuple[float, tuple[str, ...]]]:
    return {
        row["entity_zh"]: (row["value"], row["sources"])
        for row in own
        if row["kind"] == "score" and not row["node_zh"] and row["relation"] == "="
    }


def _against_scores(row: Mapping[str, Any], own: list[dict[str, Any]], sizes: list[float]) -> Iterable[Evidence]:
    scores = _printed(own)
    side = row["kind"].partition("_")[2]
    on = {
        name
        for name, (score, _) in scores.items()
        if (score < row["k"] if side == "below" else score > row["k"] if side == "above" else score >= row["k"])
    }
    off = len(scores) - len(on)
    allowed = [n for size in sizes for n in numbers(row, size) if len(on) <= n <= size - off]
    if sizes and not allowed and any(numbers(row, size) for size in sizes):
        sources = tuple(dict.fromkeys(source for name in scores for source in scores[name][1]))
        yield Evidence(
            False,
            LOGICAL,
            sources,
            f"of {len(scores)} printed scores {len(on)} are on that side of {row['k']:g}",
            f"已公布的{len(scores)}个得分中有{len(on)}个在{row['k']:g}的该侧",
        )


def _rank_against_scores(row: Mapping[str, Any], own: list[dict[str, Any]]) -> Iterable[Evidence]:
    scores = _printed(own)
    if row["entity_zh"] not in scores:
        return
    score = scores[row["entity_zh"]][0]
    ahead = [name for name, (other, _) in scores.items() if other > score]
    if len(ahead) >= row["value"]:
        sources = tuple(dict.fromkeys(source for name in ahead for source in scores[name][1]))
        yield Evidence(
            False,
            LOGICAL,
            sources,
            f"{len(ahead)} printed scores are higher than its {score:g}",
            f"有{len(ahead)}个已公布得分高于其{score:g}分",
        )


def _against_ranks(
    row: Mapping[str, Any], own: list[dict[str, Any]], provinces: Mapping[str, str]
) -> Iterable[Evidence]:
    """Hold a count among the first k, or a rank within a province, against the ranks that are known."""
    ranks = {
        other["entity_zh"]: (other["value"], other["sources"])
        for other in own
        if other["kind"] == "rank" and not other["node_zh"] and other["relation"] == "="
    }
    runs = {
        other["entity_zh"]: (other["last"], other["sources"])
        for other in own
        if other["kind"] == "list_position" and other["first"] == 1
    }
    if row["kind"] == "top_count":
        last, wanted, home = row["k"], row["value"], row["entity_zh"]
        known = ranks | {name: place for name, place in runs.items() if name not in ranks and place[0] <= last}
    else:
        if row["entity_zh"] not in ranks or not provinces.get(row["entity_zh"]):
            return
        last, wanted, home = ranks[row["entity_zh"]][0] - 1, row["value"] - 1, provinces[row["entity_zh"]]
        known = ranks
    within = {name: sources for name, (place, sources) in known.items() if place <= last}
    here = [name for name in within if provinces.get(name) == home]
    sources = tuple(dict.fromkeys(source for name in within for source in within[name]))
    independent = {name: set(found) - set(row["sources"]) for name, found in within.items()}
    others = tuple(dict.fromkeys(source for found in independent.values() for source in sorted(found)))
    said = (
        f"of the first {last:g}, {len(within)} are known and {len(here)} of them are from there",
        f"前{last:g}名中已知{len(within)}个，其中{len(here)}个属该省",
    )
    if len(here) > wanted or (len(within) >= last and len(here) < wanted):
        yield Evidence(False, LOGICAL, sources, *said)
    elif len(within) >= last and all(independent.values()) and others:
        yield Evidence(True, "", others, *said)


@dataclass(frozen=True)
class _Panel:
    source: str
    ranking: Ranking


def _panel(record: Record, year: int, group: str, sizes: list[float]) -> _Panel | None:
    """Return the scores that a data set of third parties has for the group, ranked, unknown units filled in."""
    ranks = record.ranks
    rows = ranks[
        (ranks["report_year"] == str(year))
        & (ranks["group"] == group)
        & (ranks["score_basis"] == "third_party_dataset")
        & (ranks["score"] != "")
    ]
    if rows.empty:
        return None
    ever = record.coverage.loc[record.coverage["group"] == group, "n_assessed"].astype(float)
    size = int(max([*sizes, *([] if sizes else ever), len(rows)]))
    names = [*rows["entity_zh"], *(f"?{i}" for i in range(size - len(rows)))]
    scores = pd.Series([*rows["score"].astype(float), *[np.nan] * (size - len(rows))], index=names)
    places = dict(zip(rows["entity_zh"], rows["province_zh"], strict=True))
    return _Panel(" ".join(dict.fromkeys(rows["source_id"])), Ranking(scores, rank(scores), places))


def _from_panel(row: Mapping[str, Any], panel: _Panel | None) -> Iterable[Evidence]:
    if panel is None or row["node_zh"] or row["kind"] == "size":
        return
    exact = row["relation"] == "=" and not np.isnan(row["decimals"])
    decimals = int(row["decimals"]) if exact else None
    low, high = measured(row, panel.ranking, decimals=decimals)
    if np.isnan(low):
        return
    agrees = holds(row, (low, high))
    value = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    value_zh = f"{low:g}" if low == high else f"{low:g}至{high:g}"
    missing = panel.ranking.missing if low != high else 0
    yield Evidence(
        agrees,
        "" if agrees else DIFFERENT,
        (panel.source,),
        f"a third party's data set gives {value}" + (f" ({missing} unit missing)" if missing else ""),
        f"第三方数据集为{value_zh}" + (f"（缺{missing}个）" if missing else ""),
    )


def _from_years(row: Mapping[str, Any], record: Record, year: int, provinces: Mapping[str, str]) -> Iterable[Evidence]:
    """Hold a streak against the years it covers, and the number of an assessment against those of other years."""
    if row["kind"] == "assessment_count":
        for other in sorted({int(text) for text in record.claims["report_year"] if text} - {year}):
            table = statements(record, other).query("kind == 'assessment_count'")
            for fact in table.to_dict("records"):
                agrees = fact["value"] - other == row["value"] - year
                if (agrees and fact["source_id"] not in row["sources"]) or (
                    not agrees and fact["group"] == row["group"]
                ):
                    yield Evidence(
                        agrees,
                        "" if agrees else DIFFERENT,
                        (fact["source_id"],),
                        f"{other} is number {fact['value']:g}",
                        f"{other}年为第{fact['value']:g}次",
                    )
    if row["kind"] not in ("streak_first", "streak_first_in_province"):
        return
    years = range(year - int(row["value"]) + 1, year + 1)
    confirmed: dict[int, tuple[str, ...]] = {}
    for each in years:
        table = statements(record, each, groups=[row["group"]])
        ranked = table[(table["kind"] == "rank") & (table["node_zh"] == "") & (table["relation"] == "=")]
        own = ranked[ranked["entity_zh"] == row["entity_zh"]]
        if row["kind"] == "streak_first":
            firsts, beaten = own[own["value"] == 1], own[own["value"] > 1]
        else:
            home = provinces.get(row["entity_zh"])
            firsts, best = own[own["value"] == 1], own["value"].max()
            rivals = ranked["entity_zh"].map(provinces) == home
            beaten = ranked[rivals & (ranked["value"] < best)]
        for fact in beaten.to_dict("records"):
            said = sentences(fact, fact["entity_zh"], "")
            yield Evidence(False, LOGICAL, (fact["source_id"],), f"{each}: {said[0]}", f"{each}年：{said[1]}")
        others = tuple(source for source in dict.fromkeys(firsts["source_id"]) if source not in row["sources"])
        if others:
            confirmed[each] = others
    sources = tuple(dict.fromkeys(source for found in confirmed.values() for source in found))
    which = ", ".join(map(str, confirmed)) or "none"
    yield Evidence(
        True if len(confirmed) == len(years) else None,
        "",
        sources,
        f"of the {len(years)} years other sources confirm {which}",
        f"{len(years)}年中有其他来源证实的：{'、'.join(map(str, confirmed)) or '无'}",
    )


def _possible(row: Mapping[str, Any], sizes: list[float]) -> Iterable[Evidence]:
    """Say of a share or of a place in a list what it amounts to, which settles nothing."""
    if row["kind"] == "list_position" and not row["ordered"]:
        yield Evidence(None, "", (), "the list states no order", "名单未说明次序")
    if row["kind"].startswith("share_") or row["kind"] == "yes_share":
        for size in sizes:
            for n in numbers(row, size)[:1]:
                yield Evidence(None, "", (), f"it is {n} of {size:g}", f"即{size:g}个中的{n}个")
