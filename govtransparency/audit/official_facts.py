"""What the official ranks and scores of an edition say about a statement of its publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.audit.evidence import Evidence, value_text
from govtransparency.audit.exact_ranks import official_ranks
from govtransparency.audit.ranking_facts import Ranking, holds, measured
from govtransparency.audit.relations import COUNTS, DIFFERENT
from govtransparency.texts.audit_words import CLAIM_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["by_official_table"]

BY_RANKS = ("rank", "rank_from_last", "list_position")
BY_SCORES = ("score", "average", *COUNTS)


def by_official_table(fact: Mapping[Any, Any], edition: Edition, indices: Mapping[str, Index]) -> Iterator[Evidence]:
    """Give what the table of official ranks says about a statement on the index, where it has what is needed.

    Parameters
    ----------
    fact : mapping
        A row of `statements`.
    edition : Edition
    indices : mapping of group to Index
        Their units, and the rule by which they round, are those of the table.
    """
    index, kind = indices.get(fact["group"]), fact["kind"]
    if edition.official is None or index is None or fact["node_zh"] or kind not in (*BY_RANKS, *BY_SCORES, "size"):
        return
    official = edition.official[edition.official.index.isin(index.scores.index)]
    names = edition.units.loc[official.index, "name_zh"]
    ranks = official_ranks(official, index).set_axis(names)
    values = official["score"].set_axis(names).dropna() if kind in BY_SCORES else ranks.dropna()
    if values.empty:
        return
    ranking = Ranking(values, ranks, rule=index.recipe.rank)
    decimals = int(fact["decimals"]) if fact["relation"] == "=" and not np.isnan(fact["decimals"]) else None
    low, high = measured(fact, ranking, decimals=decimals)
    if np.isnan(low):
        return
    agrees = holds(fact, (low, high))
    said = CLAIM_EVIDENCE["official"].format(value=value_text(low, high))
    yield Evidence(agrees, None if agrees else DIFFERENT, (), said)
