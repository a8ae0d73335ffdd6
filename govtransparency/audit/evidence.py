"""Compare the statements of a record with each other: what agrees, and where sources contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.audit.ranking_facts import Ranking, holds, measured
from govtransparency.audit.relations import COUNTS, DIFFERENT, HEADLINE, LOGICAL, Kind, Relation, numbers, relation
from govtransparency.checked_calls import checked
from govtransparency.ranking import rank
from govtransparency.record.read_record import Record
from govtransparency.record.statements import provinces_of, sentence, statements
from govtransparency.texts.audit_words import CLAIM_EVIDENCE, NO_YEAR
from govtransparency.texts.bilingual import Text, as_text, joined, words
from govtransparency.texts.problems import audit_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Evidence", "contradictions", "distinct", "evidence", "value_text"]


KEYS = ["group", "kind", "entity_zh", "node_zh", "k", "relation", "value", "first", "last", "ordered"]


@dataclass(frozen=True)
class Evidence:
    """What something else in the record says about a statement.

    Attributes
    ----------
    agrees : bool or None
        None where it is about the same matter but decides nothing.
    kind : Kind or None
        Of a contradiction.
    sources : tuple of str
    said : Text
        What they say.
    of : int or None
        The row of the other statement, if it is one.
    """

    agrees: bool | None
    kind: Kind | None
    sources: tuple[str, ...]
    said: Text
    of: int | None = None


def distinct(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per different statement; `source_id` names all sources that make it."""
    if table.empty:
        return table
    same = table.groupby(KEYS, sort=False, dropna=False)
    sources = same["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return pd.concat([same["decimals"].min(), sources], axis=1).reset_index()[list(table)]


@checked
def contradictions(record: Record, year: int | None = None, *, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Find where the record contradicts itself.

    Parameters
    ----------
    record : Record
    year : int, optional
        The year assessed; all years by default.
    names : mapping of Chinese to English name, optional
        For the English sentences; a name that is not among them stays Chinese.

    Returns
    -------
    DataFrame, one row per contradiction
        year; group; kind; statement, statement_zh and sources; against, against_zh and against_sources. The kind is
        ``different values``: one quantity, two values; ``logical contradiction``: both cannot hold;
        ``different figures for one headline``: two sources count a province's units among different numbers of first
        places. Both can hold, but a reader of the two headlines cannot tell which count is meant.

    Raises
    ------
    InputError
        For what is not a record or a year, and a line of ``readings.csv`` that cannot be read.

    Notes
    -----
    General rules, none about a particular year or unit: one quantity with two values; a share that no whole number of
    the stated units gives; counts below and above marks that do not add up, also with the printed scores; a rank beyond
    the number of units, or better than the printed scores of others allow; a place in a list and a rank; a province's
    count among the first k and its count among the first l, or known ranks; streaks and the ranks of the years they
    cover; and every rank, score and count and a third party's data set, where there is one. A unit missing from that
    data set may have any rank.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> contradictions(read_edition("cgti", 2024).record, 2024)["kind"].tolist()
    ['different values', 'different figures for one headline']
    """
    with Arguments("contradictions") as check:
        if not isinstance(record, Record):
            check.expect("record", record, problems.RECORD)
        if year is not None:
            check.count("year", year)
    years = sorted({int(text) for text in record.ranks["report_year"] if text}) if year is None else [year]
    rows: list[tuple[Any, ...]] = []
    for each in years:
        table = distinct(statements(record, each))
        found = evidence(record, each, table, names=names)
        for i, (fact, others) in enumerate(zip(table.to_dict("records"), found, strict=True)):
            own = _sentence(fact, names or {})
            rows += [
                (
                    each,
                    fact["group"],
                    other.kind,
                    own.en,
                    own.zh,
                    fact["source_id"],
                    other.said.en,
                    other.said.zh,
                    " ".join(other.sources),
                )
                for other in others
                if other.agrees is False and (other.of is None or other.of > i)
            ]
    columns = ["year", "group", "kind", "statement", "statement_zh", "sources"]
    return pd.DataFrame(rows, columns=[*columns, "against", "against_zh", "against_sources"])


def evidence(
    record: Record, year: int, table: pd.DataFrame, *, names: Mapping[str, str] | None = None
) -> list[list[Evidence]]:
    """Return what the rest of the record says about each of the distinct statements of a year.

    A source may contradict itself but cannot confirm itself, so what agrees comes from another source. Two sources may
    still draw on one press release, which the record cannot show.
    """
    rows: list[dict[str, Any]] = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
    found: list[list[Evidence]] = [[] for _ in rows]
    for i, row in enumerate(rows):
        row["said"] = _sentence(row, names or {})
        row["sources"] = tuple(row["source_id"].split())
        if len(row["sources"]) > 1:
            found[i].append(Evidence(True, None, row["sources"], row["said"]))
    provinces = provinces_of(record)
    for group in dict.fromkeys(table["group"]):
        places = [i for i, row in enumerate(rows) if row["group"] == group]
        own = [rows[i] for i in places]
        sizes = sorted({row["value"] for row in own if row["kind"] == "size"})
        for i, j in combinations(places, 2):
            if (link := relation(rows[i], rows[j], sizes)) is not None:
                for one, other in ((i, j), (j, i)):
                    _add(found[one], rows[one], rows[other], link, other)
        panel = _panel(record, year, str(group), sizes)
        for i in places:
            found[i] += _from_group(rows[i], own, provinces, sizes)
            found[i] += _from_panel(rows[i], panel)
            found[i] += _from_years(rows[i], record, year, provinces)
            found[i] += _possible(rows[i], sizes)
    return found


def _sentence(fact: Mapping[Any, Any], english: Mapping[str, str]) -> Text:
    name = fact["entity_zh"]
    return sentence(fact, Text(name, english.get(name, name)), as_text(fact["node_zh"]))


def _add(found: list[Evidence], row: Mapping[str, Any], other: Mapping[str, Any], link: Relation, of: int) -> None:
    """Add what another statement says about a row.

    A source that agrees with itself proves nothing. A place in a list of leaders fits any rank among them, so a list
    confirms a rank only where the place is the same.
    """
    sources = tuple(source for source in other["sources"] if source not in row["sources"])
    said = other["said"] if link.note is None else joined(other["said"], link.note)
    if link.agrees and sources:
        loose = (row["kind"], other["kind"]) == ("rank", "list_position") and row["value"] != other["value"]
        found.append(Evidence(None if loose else True, None, sources, said, of))
    elif not link.agrees and (sources or link.kind != HEADLINE):
        found.append(Evidence(False, link.kind, other["sources"], said, of))


def _from_group(
    row: Mapping[str, Any], own: list[dict[str, Any]], provinces: Mapping[str, str], sizes: list[float]
) -> Iterable[Evidence]:
    """Compare a statement with all known ranks, or all printed scores, of its group."""
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
        said = CLAIM_EVIDENCE["printed_scores"].format(printed=len(scores), count=len(on), mark=row["k"])
        yield Evidence(False, LOGICAL, sources, said)


def _rank_against_scores(row: Mapping[str, Any], own: list[dict[str, Any]]) -> Iterable[Evidence]:
    scores = _printed(own)
    if row["entity_zh"] not in scores:
        return
    score = scores[row["entity_zh"]][0]
    ahead = [name for name, (other, _) in scores.items() if other > score]
    if len(ahead) >= row["value"]:
        sources = tuple(dict.fromkeys(source for name in ahead for source in scores[name][1]))
        yield Evidence(False, LOGICAL, sources, CLAIM_EVIDENCE["higher_scores"].format(count=len(ahead), score=score))


def _against_ranks(
    row: Mapping[str, Any], own: list[dict[str, Any]], provinces: Mapping[str, str]
) -> Iterable[Evidence]:
    """Compare a count among the first k, or a rank within a province, with the ranks that are known."""
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
    said = CLAIM_EVIDENCE["known_ranks"].format(last=last, known=len(within), own=len(here))
    if len(here) > wanted or (len(within) >= last and len(here) < wanted):
        yield Evidence(False, LOGICAL, sources, said)
    elif len(within) >= last and all(independent.values()) and others:
        yield Evidence(True, None, others, said)


@dataclass(frozen=True)
class _Panel:
    source: str
    ranking: Ranking


def _panel(record: Record, year: int, group: str, sizes: list[float]) -> _Panel | None:
    """Return the ranked scores of the group in a third party's data set; units missing from it have no score."""
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
    said = CLAIM_EVIDENCE["third_party" if low == high else "third_party_incomplete"].format(
        value=value_text(low, high), missing=panel.ranking.missing
    )
    yield Evidence(agrees, None if agrees else DIFFERENT, (panel.source,), said)


def value_text(low: float, high: float) -> Text:
    """Return a value that is known, or the range in which one is that is not."""
    return as_text(f"{low:g}") if low == high else CLAIM_EVIDENCE["range"].format(low=low, high=high)


def _from_years(row: Mapping[str, Any], record: Record, year: int, provinces: Mapping[str, str]) -> Iterable[Evidence]:
    """Compare a streak, or the number of an assessment, with other years."""
    if row["kind"] == "assessment_count":
        yield from _from_other_assessments(row, record, year)
    elif row["kind"] in ("streak_first", "streak_first_in_province"):
        yield from _from_ranks_of_years(row, record, year, provinces)


def _from_other_assessments(row: Mapping[str, Any], record: Record, year: int) -> Iterable[Evidence]:
    """Compare the number of an assessment with those of other years: it grows by one per year."""
    for other in sorted({int(text) for text in record.claims["report_year"] if text} - {year}):
        for fact in statements(record, other).query("kind == 'assessment_count'").to_dict("records"):
            agrees = fact["value"] - other == row["value"] - year
            if fact["source_id"] not in row["sources"] if agrees else fact["group"] == row["group"]:
                said = CLAIM_EVIDENCE["assessment"].format(year=other, number=fact["value"])
                yield Evidence(agrees, None if agrees else DIFFERENT, (fact["source_id"],), said)


def _from_ranks_of_years(
    row: Mapping[str, Any], record: Record, year: int, provinces: Mapping[str, str]
) -> Iterable[Evidence]:
    """Compare a streak with the ranks of the years it covers."""
    years = range(year - int(row["value"]) + 1, year + 1)
    confirmed: dict[int, tuple[str, ...]] = {}
    for each in years:
        table = statements(record, each, groups=[row["group"]])
        ranked = table[(table["kind"] == "rank") & (table["node_zh"] == "") & (table["relation"] == "=")]
        own = ranked[ranked["entity_zh"] == row["entity_zh"]]
        firsts = own[own["value"] == 1]
        if row["kind"] == "streak_first":
            beaten = own[own["value"] > 1]
        else:
            rivals = ranked["entity_zh"].map(provinces) == provinces.get(row["entity_zh"])
            beaten = ranked[rivals & (ranked["value"] < own["value"].max())]
        for fact in beaten.to_dict("records"):
            said = CLAIM_EVIDENCE["in_year"].format(year=each, statement=_sentence(fact, {}))
            yield Evidence(False, LOGICAL, (fact["source_id"],), said)
        others = tuple(source for source in dict.fromkeys(firsts["source_id"]) if source not in row["sources"])
        if others:
            confirmed[each] = others
    sources = tuple(dict.fromkeys(source for found in confirmed.values() for source in found))
    said = CLAIM_EVIDENCE["streak"].format(count=len(years), years=words(confirmed) if confirmed else NO_YEAR)
    yield Evidence(True if len(confirmed) == len(years) else None, None, sources, said)


def _possible(row: Mapping[str, Any], sizes: list[float]) -> Iterable[Evidence]:
    """Return what a share or a place in a list amounts to, which decides nothing."""
    if row["kind"] == "list_position" and not row["ordered"]:
        yield Evidence(None, None, (), CLAIM_EVIDENCE["unordered"])
    if row["kind"].startswith("share_") or row["kind"] == "yes_share":
        for size in sizes:
            for n in numbers(row, size)[:1]:
                yield Evidence(None, None, (), CLAIM_EVIDENCE["amounts_to"].format(count=n, size=size))
