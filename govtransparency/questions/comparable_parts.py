"""What two indices have in common: units under their latest codes, and the nodes that compare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.editions.joined_units import current_codes, under_current_codes
from govtransparency.index import scored_again
from govtransparency.nodes import ROOT
from govtransparency.texts import question_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["codes_of", "common_units", "marked_nodes", "under_latest_codes", "without_nodes_of"]

FRAMES = ("scores", "ranks", "raw", "table", "coverage", "imputed", "not_applicable")


def under_latest_codes(before: Index, after: Index, editions: Sequence[Edition]) -> tuple[Index, Index]:
    """Return the indices with units that have another code in a later edition under that, where editions say so."""
    if len(editions) < len((before, after)):
        return before, after
    codes = current_codes([edition.units for edition in editions])
    return _renamed(before, codes[0]), _renamed(after, codes[-1])


def _renamed(index: Index, codes: Mapping[str, str]) -> Index:
    if not any(unit in codes for unit in index.raw.index):
        return index
    frames: dict[str, Any] = {name: under_current_codes(getattr(index, name), codes) for name in FRAMES}
    source = replace(index.scoring.source, units=frames["table"].index)
    return replace(index, **frames, scoring=replace(index.scoring, source=source))


def codes_of(index: Index) -> list[str]:
    """Return the codes of the nodes of an index, in the framework's order."""
    return [node.code for node in index.recipe.framework.nodes]


def marked_nodes(before: Index, after: Index, editions: Sequence[Edition]) -> list[str]:
    """Return the nodes whose note says that they do not compare with the year of the other index."""
    if len(editions) < len((before, after)):
        return []
    found = []
    for index, other in ((after, editions[0]), (before, editions[-1])):
        marks = [mark.casefold() for mark in question_words.NOT_COMPARABLE.format(year=other.year)]
        found += [
            node.code
            for node in index.recipe.framework.nodes
            if node.code != ROOT and any(mark in node.note.casefold() for mark in marks)
        ]
    return list(dict.fromkeys(found))


def without_nodes_of(index: Index, codes: Sequence[str]) -> Index:
    """Return the index without some nodes; the others are treated and normalised as they were."""
    mine = [code for code in codes if code in codes_of(index)]
    return scored_again(index, index.recipe.without(*mine)) if mine else index


def common_units(before: Index, after: Index) -> tuple[pd.Index, list[tuple[str, Any, Text]]]:
    """Return the units ranked in both, in the order of the later index; and the others, with the reason."""
    words = question_words.LEFT_OUT
    left = [("unit", unit, words["before"]) for unit in before.ranks.index.difference(after.ranks.index, sort=False)]
    left += [("unit", unit, words["after"]) for unit in after.ranks.index.difference(before.ranks.index, sort=False)]
    both = after.ranks.index.intersection(before.ranks.index, sort=False)
    for year, word in ((before, "unranked_before"), (after, "unranked_after")):
        unranked = year.ranks[both].isna()
        left += [("unit", unit, words[word]) for unit in both[unranked]]
        both = both[~unranked]
    return both, left
