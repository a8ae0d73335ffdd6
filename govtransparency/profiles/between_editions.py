"""How ranks changed since the edition before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.editions import Edition, list_editions, read_edition
from govtransparency.ranking import rank_shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.index import Index

__all__ = ["changes", "previous_edition"]


def previous_edition(edition: Edition) -> Edition | None:
    """Return the latest earlier edition of the index that shares a group with this one, or None."""
    root = edition.path.parent.parent
    there = list_editions(root)
    for year in sorted(there.loc[there["index"] == edition.index, "year"], reverse=True):
        if year < edition.year:
            earlier = read_edition(edition.index, year, root=root)
            return earlier if set(earlier.groups) & set(edition.groups) else None
    return None


def changes(indices: Mapping[str, Index], earlier: Edition) -> dict[str, pd.DataFrame]:
    """Return for each group that both editions have: before, now and change of the units ranked in both.

    Ranks are those among the units of both editions, so that newcomers and leavers move nobody.
    """
    found = {}
    for group, index in indices.items():
        if group in earlier.groups:
            before = earlier.index_of(group).ranks.dropna()
            now = index.ranks.dropna()
            shared = now.index.intersection(before.index, sort=False)
            before, now = before[shared].rank(method="min"), now[shared].rank(method="min")
            if len(shared) > 1:
                found[group] = pd.DataFrame({"previous": before, "rank": now, "change": rank_shift(now, before)})
    return found
