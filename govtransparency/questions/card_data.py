"""The card of a unit as compact data, at most 1 kB as JSON, from which the report draws its ten lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.questions.unit_cards import group_of_cards, panel_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.index import Index
    from govtransparency.questions.unit_cards import GroupOfCards
    from govtransparency.robustness import Ensemble

__all__ = ["MOST_BYTES", "card_data", "cards_of_groups"]

MOST_BYTES = 1000
RIVALS = 2  # on either side
YEARS = 8
FACTS = 6  # published ones, from the year of the edition backwards
LEAST_SHARE = 0.005  # of the draws, for a rank to be listed


def card_data(cards: GroupOfCards, unit: str) -> dict[str, Any]:
    """Return the compact data of a unit's card.

    Parameters
    ----------
    cards : GroupOfCards
    unit : str

    Returns
    -------
    dict
        unit; rank, of (units with a rank), score; choices, the ends of the 90 % interval; draws, pairs of rank and
        percent of the draws; errors, the ends of the 95 % set; without, methods and rounding, pairs of rank and number
        of trials; rivals, each with rank and percent of the draws in which it is behind; lose, what the next unit
        behind needs: unit, indicator, value, share of the possible gain; gain, the same for this unit: indicator,
        value, share; gain_together: node, share; history, pairs of year and rank; published, year, kind, value and
        source (and node) of what sources state up to the edition's year, the newest first; more, how many facts are not
        among these. Ranks with the fewest draws are left out until the data fit into `MOST_BYTES`.
        A unit without a rank has unit, rank, why, published and more. Where the edition shows tiers, a unit has unit,
        rank (none), tier, tiers, of, choices, coverage, published and more.
    """
    found: dict[str, Any] = {"unit": unit, "rank": None}
    if np.isnan(cards.index.ranks[unit]):
        found["why"] = list(cards.index.why_withheld(unit))
    elif cards.edition.league:
        found |= _of_rank(cards, unit)
    else:
        found |= _of_tier(cards, unit)
    if unit in cards.facts:
        found |= _published(cards.facts[unit], cards.edition.year)
    while _size(found) > MOST_BYTES and found.get("draws"):
        found["draws"] = sorted(sorted(found["draws"], key=lambda pair: -pair[1])[:-1])
    return found


def _published(facts: list[tuple[Any, ...]], year: int) -> dict[str, Any]:
    """Return the first facts up to a year, and how many others there are, of later years too."""
    told = [[*fact[:2], _plain(fact[2]), *fact[3:]] for fact in facts if fact[0] <= year][:FACTS]
    left = len(facts) - len(told)
    return {"published": told} | ({"more": left} if left else {})


def _of_rank(cards: GroupOfCards, unit: str) -> dict[str, Any]:
    """Return what is known of a unit's rank."""
    found: dict[str, Any] = {"rank": _plain(cards.index.ranks[unit]), "of": int(cards.index.ranks.count())}
    found["score"] = round(float(cards.index.scores.at[unit, ROOT]), 4)
    found |= _over_draws(cards, unit)
    errors = cards.errors_of(unit)
    if errors is not None:
        found["errors"] = [_plain(end) for end in errors]
    found["without"] = _counts(ranks[unit] for ranks in cards.trials.indicators.values())
    found["methods"] = _counts(ranks[unit] for ranks in cards.trials.methods.values())
    found["rounding"] = _counts(ranks[unit] for ranks in cards.trials.rounding.values())
    behind = cards.behind(unit)
    if behind is not None and len(lose := cards.gain_of(behind)):
        found["lose"] = [behind, *_first(cards, lose)]
    if len(gain := cards.gain_of(unit)):
        found["gain"] = _first(cards, gain)
    together = cards.together[cards.together["unit"] == unit]
    if len(together):
        found["gain_together"] = [together["node"].iloc[0], round(float(together["share"].iloc[0]), 3)]
    if unit in cards.history.index:
        found["history"] = _pairs(cards.history.loc[unit].dropna())
    return found


def _of_tier(cards: GroupOfCards, unit: str) -> dict[str, Any]:
    """Return what an edition that shows tiers says of a unit that it assesses."""
    found: dict[str, Any] = {"of": int(cards.index.ranks.count())}
    if len(cards.intervals):
        found |= {"tier": _plain(cards.tiers[unit]), "tiers": int(cards.tiers.nunique())}
        found["choices"] = [_plain(end) for end in cards.intervals.loc[unit, ["low", "high"]]]
    return found | {"coverage": _percent(cards.index.coverage.at[unit, ROOT])}


def cards_of_groups(
    edition: Edition, indices: Mapping[str, Index], ensembles: Mapping[str, Ensemble]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return the compact data of all units, group -> unit -> `card_data`, from draws that are there.

    Parameters
    ----------
    edition : Edition
    indices : mapping of group to Index
    ensembles : mapping of group to Ensemble

    Notes
    -----
    Without the errors of the scores, which `card_data` takes from the confidence sets of the ranks.
    """
    no_sets = pd.DataFrame(columns=["low", "high"])
    panel, found = panel_of(edition), {}
    for group, index in indices.items():
        cards = group_of_cards(edition, group, index=index, ensemble=ensembles.get(group), sets=no_sets, panel=panel)
        found[group] = {str(unit): card_data(cards, unit) for unit in index.ranks.index}
    return found


def _over_draws(cards: GroupOfCards, unit: str) -> dict[str, Any]:
    ensemble = cards.ensemble
    if ensemble is None:
        return {}
    ends = cards.intervals.loc[unit, ["low", "high"]]
    at = ensemble.acceptability.loc[unit]
    order = cards.index.ranks.dropna().sort_values(kind="stable").index
    place = order.get_loc(unit)
    near = [other for other in order[max(place - RIVALS, 0) : place + RIVALS + 1] if other != unit]
    return {
        "choices": [_plain(end) for end in ends],
        "draws": [[_plain(rank), _percent(share)] for rank, share in at[at >= LEAST_SHARE].items()],
        "rivals": [[other, _plain(cards.index.ranks[other]), _percent(ensemble.beats(unit, other))] for other in near],
    }


def _first(cards: GroupOfCards, improvements: pd.DataFrame) -> list[Any]:
    first = improvements.iloc[0]
    better = cards.index.recipe.framework.node(first["indicator"]).direction
    return [first["indicator"], _enough(float(first["needed"]), better), round(float(first["share"]), 3)]


def _enough(value: float, better: int) -> float:
    """Return a value to six digits that is no worse: more is better where `better` is 1, less where it is -1."""
    digits = 5 - int(np.floor(np.log10(abs(value)))) if value else 0
    shown = round(value, digits)
    return shown if (shown - value) * better >= 0 else round(shown + better * 10.0**-digits, digits)


def _counts(ranks: Any) -> list[list[float]]:
    """Return how often each rank comes out, the best first; trials without a rank are not counted."""
    counted = pd.Series(list(ranks), dtype=float).dropna().value_counts().sort_index()
    return [[_plain(rank), int(count)] for rank, count in counted.items()]


def _pairs(ranks: pd.Series) -> list[list[float]]:
    return [[int(year), _plain(rank)] for year, rank in ranks.iloc[-YEARS:].items()]


def _percent(share: float) -> float:
    return round(100 * float(share), 1)


def _plain(number: Any) -> float:
    """Return a whole number as one."""
    return int(number) if float(number).is_integer() else float(number)


def _size(data: dict[str, Any]) -> int:
    return len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())
