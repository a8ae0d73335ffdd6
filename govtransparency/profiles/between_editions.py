"""How an edition compares with earlier ones, as far as these can be read and share units with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.editions import Edition, readable_panel
from govtransparency.editions.joined_units import current_codes, under_current_codes
from govtransparency.editions.load import edition_folders, read_edition
from govtransparency.editions.panel_of_years import fault_of
from govtransparency.errors import InputError
from govtransparency.ranking import rank_shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Panel
    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["Compared", "comparable_ranks", "compared", "years_of_tiers", "years_so_far"]

LEAST = 2  # units that rankings must share


@dataclass(frozen=True)
class Compared:
    """How ranks changed since the edition before, or why this is not known.

    Attributes
    ----------
    year : int or None
        Of the latest earlier edition; None without one that shares a group with this one.
    changes : dict of group to DataFrame
        For each group that both editions have: previous, rank and change of the units ranked in both. Ranks are those
        among the units of both editions, so that newcomers and leavers move nobody.
    apart : tuple of group
        The groups of both editions that share fewer than two ranked units.
    fault : Text or None
        Why the earlier edition cannot be read or rebuilt.
    """

    year: int | None = None
    changes: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    fault: Text | None = None


def compared(edition: Edition, indices: Mapping[str, Index]) -> Compared:
    """Compare the indices of an edition with the edition before."""
    root = edition.path.parent.parent
    years = [int(path.name) for path in edition_folders(root) if path.parent.name == edition.index]
    year = max((year for year in years if year < edition.year), default=None)
    if year is None or not indices:
        return Compared()
    changes: dict[str, pd.DataFrame] = {}
    apart = []
    try:
        earlier = read_edition(edition.index, year, root=root)
        groups = [group for group in indices if group in earlier.groups]
        current = current_codes([earlier.units, edition.units])[0]
        for group in groups:
            then = under_current_codes(earlier.index_of(group).ranks, current)
            before, now = then.dropna(), indices[group].ranks.dropna()
            shared = now.index.intersection(before.index, sort=False)
            before, now = before[shared].rank(method="min"), now[shared].rank(method="min")
            if len(shared) < LEAST:
                apart.append(group)
            else:
                changes[group] = pd.DataFrame({"previous": before, "rank": now, "change": rank_shift(now, before)})
    except InputError as error:
        return Compared(year, fault=fault_of(error, root / edition.index / str(year)))
    return Compared(year, changes, tuple(apart)) if groups else Compared()


def years_so_far(edition: Edition) -> tuple[Panel, dict[int, Text]]:
    """Return the panel of the editions of the same status up to this one, and why some are not in it, by year."""
    root = edition.path.parent.parent
    return readable_panel(edition.index, until=edition.year, status=edition.status, root=root, known=edition)


def years_of_tiers(panel: Panel) -> list[int]:
    """Return the years whose editions show tiers and so name no places, where others name them; else none."""
    return [year for year, edition in panel.editions.items() if panel.league and not edition.league]


def comparable_ranks(panel: Panel) -> dict[str, pd.DataFrame]:
    """Return the ranks of each group in those years that can be compared, where there are several.

    The latest year stays, and each earlier one that shares at least two ranked units with every year kept. Editions
    that show tiers are left out where others name places.
    """
    found = {}
    tiers = years_of_tiers(panel)
    for group, every in panel.ranks.items():
        ranks = every.drop(columns=tiers, errors="ignore")
        ranked, kept = ranks.notna(), list(ranks.columns[-1:])
        for year in ranks.columns[-2::-1]:
            if all((ranked[year] & ranked[other]).sum() >= LEAST for other in kept):
                kept.insert(0, year)
        if len(kept) > 1:
            found[group] = ranks[kept]
    return found
