"""Check published facts against the rebuilt index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.audit.ranking_facts import UNKNOWN, Ranking, holds, measured
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.record.facts import facts
from govtransparency.record.statements import sentence, statements
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import audit_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.record.read_record import Record

__all__ = ["check_facts"]


def check_facts(edition: Edition, indices: Mapping[str, Index]) -> pd.DataFrame:
    """Check every fact of the edition's year against its rebuilt indices.

    Parameters
    ----------
    edition : Edition
        With a record.
    indices : mapping of group to Index
        The rebuilt indices.

    Returns
    -------
    DataFrame, one row per fact
        group; fact and fact_zh, sentences; expected and rebuilt, numbers (NaN where the unit is not in the edition);
        holds; source_id. A score holds if it is equal after rounding to the decimals of the edition's rank rule, or to
        the most decimals that the source prints in that year if these are fewer.

    Raises
    ------
    InputError
        For an edition without a record.
    """
    if edition.record is None:
        raise InputError(problems.NO_RECORD.format(index=edition.index), title="check_facts")
    printed = printed_decimals(edition.record, edition.year)
    rows = []
    for fact in facts(edition.record, edition.year, groups=edition.groups).to_dict("records"):
        found = rebuilt_value(fact, edition, indices, printed)
        said = statement_text(fact, edition)
        rows.append((fact["group"], said.en, said.zh, fact["value"], found[0], holds(fact, found), fact["source_id"]))
    return pd.DataFrame(rows, columns=["group", "fact", "fact_zh", "expected", "rebuilt", "holds", "source_id"])


def statement_text(fact: Mapping[Any, Any], edition: Edition) -> Text:
    """Return a statement as a sentence, with the edition's names."""
    english = {name.zh: name.en for name in edition.nodes.values()}
    places = names_of_places(edition.units)
    entity, node = fact["entity_zh"], fact["node_zh"]
    return sentence(fact, Text(entity, places.get(entity, entity)), Text(node, english.get(node, node)))


def printed_decimals(record: Record, year: int) -> dict[str, int]:
    """Return the most decimals that each source prints of any score of the year."""
    scores = statements(record, year).query("kind == 'score' and relation == '='")
    return {str(source): int(places) for source, places in scores.groupby("source_id")["decimals"].max().items()}


def rebuilt_value(
    fact: Mapping[Any, Any],
    edition: Edition,
    indices: Mapping[str, Index],
    printed: Mapping[str, int],
    *,
    error: float = 0.0,
) -> tuple[float, float]:
    """Return the least and greatest value that the rebuilt indices allow for a statement's quantity; NaN if none.

    `error` is by how much the rebuilt scores of the index may be off; those of other nodes are taken to be no surer,
    since no official score of theirs is known.
    """
    index = indices.get(fact["group"])
    if index is None:
        return UNKNOWN
    codes = {node.name_zh: node.code for node in index.recipe.framework.nodes} | {"": ROOT}
    if (node := codes.get(fact["node_zh"])) is None:
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
        index.recipe.rank,
        error,
    )
    exact = fact.get("relation", "=") == "="
    places = [printed[source] for source in fact["source_id"].split() if exact and source in printed]
    return measured(fact, ranking, decimals=min([index.recipe.rank.decimals, *([max(places)] if places else [])]))


def names_of_places(units: pd.DataFrame) -> dict[str, str]:
    """Return the English name of each unit and, where units.csv has it, each province, by the Chinese one."""
    names = dict(zip(units["name_zh"], units["name_en"], strict=True))
    if {"province", "province_en"} <= set(units):
        names |= dict(zip(units["province"], units["province_en"], strict=True))
    return names


def _agreed_mark(edition: Edition, name: str, group: str, indicator: str) -> float:
    """Return the mark on which all assessors agree, NaN without one."""
    marks, units = edition.marks, edition.units
    named = units.index[(units["name_zh"] == name) & (units["group"] == group)]
    if marks is None or len(named) != 1:
        return np.nan
    given = marks.loc[(marks["unit"] == named[0]) & (marks["indicator"] == indicator), "mark"]
    return float(given.iloc[0]) if given.nunique(dropna=False) == 1 else np.nan
