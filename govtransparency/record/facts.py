"""What a public record states of a year, as facts that can be checked against a rebuilt edition."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.framework import ROOT
from govtransparency.index import Index
from govtransparency.record.measure import UNKNOWN, Ranking, holds, measured
from govtransparency.record.read import Record
from govtransparency.record.statements import prose, sentences, statements

if TYPE_CHECKING:
    from govtransparency.editions.load import Edition

__all__ = ["check_facts", "facts", "pinned", "unread"]

HISTORY = ("assessment_count", "streak_first", "streak_first_in_province")  # about other years too
PINNING = ("rank", "list_position", "score", "rank_within_province")
COLUMNS = ["group", "kind", "entity_zh", "node_zh", "k", "value", "source_id"]


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
    table = statements(record, year, groups=groups)
    stated = (table["relation"] == "=") & ~table["kind"].isin(HISTORY) & ~table["kind"].str.startswith("share_")
    table = table[stated & ~_set_aside(table, record.readings[record.readings["report_year"] == str(year)])]
    keys = [column for column in COLUMNS if column != "source_id"]
    joined = table.groupby(keys, sort=False, dropna=False)["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return joined.reset_index()[COLUMNS]


def unread(record: Record, year: int, *, groups: Collection[str] | None = None) -> list[str]:
    """Return the claims of a year, a sentence each, of which no rule and no reading makes a statement."""
    return [
        f"claims.csv line {line}: no rule and no reading for {claim['claim_type']} {claim['value']!r}"
        for line, claim in prose(record, year, groups=groups).iterrows()
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
    printed = printed_decimals(edition.record, edition.year)
    rows = []
    for fact in facts(edition.record, edition.year, groups=edition.groups).to_dict("records"):
        found = rebuilt_value(fact, edition, indices, printed)
        rows.append(
            (fact["group"], *named(fact, edition), fact["value"], found[0], holds(fact, found), fact["source_id"])
        )
    return pd.DataFrame(rows, columns=["group", "fact", "fact_zh", "expected", "rebuilt", "holds", "source_id"])


def named(fact: Mapping[Any, Any], edition: Edition) -> tuple[str, str]:
    """Return a statement as a sentence in English and one in Chinese, with the edition's names."""
    english = {node.name_zh: node.name_en for node in edition.framework.nodes}
    places = names_of_places(edition.units)
    entity, node = fact["entity_zh"], fact["node_zh"]
    return sentences(fact, places.get(entity, entity), english.get(node, node))


def printed_decimals(record: Record, year: int) -> dict[str, int]:
    """Return the most decimals that each source prints of any score of the year."""
    scores = statements(record, year).query("kind == 'score' and relation == '='")
    return {str(source): int(places) for source, places in scores.groupby("source_id")["decimals"].max().items()}


def rebuilt_value(
    fact: Mapping[Any, Any], edition: Edition, indices: Mapping[str, Index], printed: Mapping[str, int]
) -> tuple[float, float]:
    """Return the least and greatest value that the rebuilt indices allow in place of the statement's; NaN if none."""
    codes = {node.name_zh: node.code for node in edition.framework.nodes} | {"": ROOT}
    node, index = codes.get(fact["node_zh"]), indices.get(fact["group"])
    if node is None or index is None:
        return UNKNOWN
    if fact["kind"] == "yes_share":
        share = float(round((index.table[node] == 1).mean() * 100, 2))
        return share, share
    if fact["kind"] == "mark":
        mark = _agreed_mark(edition, fact["entity_zh"], fact["group"], node)
        return mark, mark
    units = edition.units.loc[index.scores.index]
    names = units["name_zh"].to_numpy()
    provinces = dict(zip(names, units.get("province", pd.Series("", index=units.index)), strict=True))
    ranking = Ranking(
        pd.Series(index.scores[node].to_numpy(), index=names),
        pd.Series(index.rank_by(node).to_numpy(), index=names),
        provinces,
        edition.recipe.rank,
    )
    exact = fact.get("relation", "=") == "="
    places = [printed[source] for source in fact["source_id"].split() if exact and source in printed]
    return measured(fact, ranking, decimals=min([edition.recipe.rank.decimals, *([max(places)] if places else [])]))


def names_of_places(units: pd.DataFrame) -> dict[str, str]:
    """Return the English name of each unit and, where units.csv has it, each province, by the Chinese one."""
    names = dict(zip(units["name_zh"], units["name_en"], strict=True))
    if {"province", "province_en"} <= set(units):
        names |= dict(zip(units["province"], units["province_en"], strict=True))
    return names


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


def _agreed_mark(edition: Edition, name: str, group: str, indicator: str) -> float:
    """Return the mark on which all assessors agree, NaN without one."""
    marks, units = edition.marks, edition.units
    named = units.index[(units["name_zh"] == name) & (units["group"] == group)]
    if marks is None or len(named) != 1:
        return np.nan
    given = marks.loc[(marks["unit"] == named[0]) & (marks["indicator"] == indicator), "mark"]
    return float(given.iloc[0]) if given.nunique(dropna=False) == 1 else np.nan
