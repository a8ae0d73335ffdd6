"""Words for the robustness notebook: what varied, and the labels of the methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, listed, run_on, two_lines
from govtransparency.texts.report_words import NOTES, OWN_METHOD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from govtransparency.index import Index
    from govtransparency.profiles.alternatives import Workable

__all__ = ["method_labels", "what_intervals_count", "what_varied"]

NAMED = 10  # as many units as a note names


def what_varied(found: Workable, index: Index, units: pd.DataFrame) -> Text:
    """Return a note for what an ensemble shows: what a tier is, what varied in it, what could not, and weak scores.

    Parameters
    ----------
    found : Workable
    index : Index
        The units whose score rests on under half of the indicators are named.
    units : DataFrame, indexed by unit
        name_zh, name_en.
    """
    said = [NOTES["tier"], _choices(found)]
    few = index.reservations.index
    if len(few):
        names = [Text(row.name_zh, row.name_en) for row in units.loc[few[:NAMED]].itertuples()]
        names += [NOTES["and_more"].format(count=len(few) - NAMED)] if len(few) > NAMED else []
        said.append(NOTES["few_indicators"].format(units=listed(names)))
    return run_on(said)


def _choices(found: Workable) -> Text:
    """Return which choices varied together, and which could not."""
    said = [NOTES["varied"].format(sources=listed(found.names.values()))]
    if found.refused:
        said.append(NOTES["not_varied"].format(sources=listed(found.refused_names.values())))
    return run_on(said)


def what_intervals_count(
    workable: Mapping[str, Workable], *, draws: int, level: float
) -> dict[str, dict[str, float | int | dict[str, str]]]:
    """Return what the rank intervals of each group count, for ``intervals.json``: level, draws, and what varied.

    Parameters
    ----------
    workable : mapping of group to Workable
        Groups in which nothing varies are left out.
    draws : int
    level : float
    """
    return {
        group: {"level": level, "draws": draws, "varied": _choices(found)._asdict()}
        for group, found in workable.items()
        if found.sources
    }


def method_labels(methods: Iterable[Text]) -> list[Text]:
    """Return the labels of a figure of the ranks under other methods, the edition's own last."""
    return [*map(two_lines, methods), OWN_METHOD["short"]]
