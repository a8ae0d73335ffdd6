"""The value that a ranking gives for what a statement claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.ranking import RankRule, round_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["UNKNOWN", "Ranking", "holds", "measured"]


UNKNOWN = (np.nan, np.nan)
PLACES = 9  # decimals of a score that may be off, beyond which there is the computer's arithmetic alone


@dataclass(frozen=True)
class Ranking:
    """Scores and ranks of one group on one node.

    Attributes
    ----------
    scores, ranks : Series, Chinese name -> score, rank
        NaN for a unit whose score is not known.
    provinces : mapping of Chinese name to province
    rule : RankRule
        How scores are rounded.
    error : float
        By how much the rounded scores may be off.
    """

    scores: pd.Series
    ranks: pd.Series
    provinces: Mapping[str, str] = field(default_factory=dict)
    rule: RankRule = field(default_factory=RankRule)
    error: float = 0.0

    @property
    def missing(self) -> int:
        """Units whose score is not known: each may have any rank."""
        return int(self.scores.isna().sum())

    def rounded(self, decimals: int | None = None) -> pd.Series:
        """Return the scores as they are compared: to the decimals of the rule, unless others are given."""
        places = self.rule.decimals if decimals is None else decimals
        return pd.Series(
            round_scores(self.scores, decimals=places, rounding=self.rule.rounding), index=self.scores.index
        )

    def shifted(self, sign: int, decimals: int | None = None) -> pd.Series:
        """Return the scores as they are compared, each higher (1) or lower (-1) by as much as it may be off."""
        scores = self.rounded(decimals)
        return (scores + sign * self.error).round(PLACES) if self.error else scores


def measured(fact: Mapping[Any, Any], ranking: Ranking, *, decimals: int | None = None) -> tuple[float, float]:
    """Return the least and greatest value that the ranking allows for the quantity of a statement.

    The two differ only where scores are missing, since a unit without a score may be ahead of a unit or behind it,
    below a mark or above it; and where the ranking's scores may be off.

    Parameters
    ----------
    fact : mapping
        A row of `statements`.
    ranking : Ranking
        Of the statement's group and node.
    decimals : int, optional
        To which scores are compared; those of the ranking's rule by default.

    Returns
    -------
    pair of float
        NaN where the ranking cannot tell: the unit is not in it or has no score, or the statement is not about a rank.
    """
    kind = fact["kind"]
    if kind == "size":
        return float(len(ranking.scores)), float(len(ranking.scores))
    if kind.startswith(("count_", "share_")):
        return _counted(fact, ranking)
    if kind in ("top_count", "top_count_more", "top_count_place"):
        return _of_province(fact, ranking)
    if kind == "average":
        return _average(fact, ranking)
    if kind in ("rank", "rank_from_last", "list_position", "score", "rank_within_province"):
        return _of_unit(fact, ranking, decimals)
    return UNKNOWN


def _average(fact: Mapping[Any, Any], ranking: Ranking) -> tuple[float, float]:
    """Return the mean score, to the decimals that the statement prints."""
    if ranking.missing:
        return UNKNOWN
    mean = ranking.scores.mean()
    ends = np.array([mean - ranking.error, mean + ranking.error])
    low, high = round_scores(ends, decimals=int(fact["decimals"]), rounding="half_up").tolist()
    return low, high


def _of_unit(fact: Mapping[Any, Any], ranking: Ranking, decimals: int | None) -> tuple[float, float]:
    """Return the score of a unit, or its rank among all or within its province."""
    name, known, kind = fact["entity_zh"], ranking.scores, fact["kind"]
    if (known.index == name).sum() != 1 or np.isnan(known[name]):
        return UNKNOWN
    if kind == "score":
        return float(ranking.shifted(-1, decimals)[name]), float(ranking.shifted(1, decimals)[name])
    own = pd.Series(True, index=ranking.ranks.index)
    if kind == "rank_within_province":
        province = ranking.provinces.get(name)
        if not province:
            return UNKNOWN
        own = pd.Series([ranking.provinces.get(other) == province for other in own.index], index=own.index)
    if ranking.error:
        best, worst = _places(ranking.rounded()[own], name, ranking.error, last=kind == "rank_from_last")
        if ranking.rule.ties == "dense" and kind in ("rank", "list_position"):
            best = _first_level(ranking.rounded(), name, ranking.error)
    elif kind == "rank_from_last":
        best = worst = 1 + (ranking.ranks > ranking.ranks[name]).sum()
    elif kind == "rank_within_province":
        best = worst = 1 + (ranking.ranks[own] < ranking.ranks[name]).sum()
    else:
        best = worst = ranking.ranks[name]
    return float(best), float(worst + ranking.missing)


def _places(scores: pd.Series, name: str, error: float, *, last: bool) -> tuple[int, int]:
    """Return the first and the last place that a unit can have where all scores may be off, from the end if `last`."""
    gaps = (scores.drop(name) - scores[name]) * (-1 if last else 1)
    apart = 2 * error + 10.0**-PLACES  # two scores in decimals that differ by twice the error may be equal
    return 1 + int((gaps > apart).sum()), 1 + int((gaps > -apart).sum())


def _first_level(scores: pd.Series, name: str, error: float) -> int:
    """Return the first place that a unit can have where tied units take one place and all scores may be off."""
    apart = 2 * error + 10.0**-PLACES
    levels, lowest = 1, scores[name]
    for score in scores.sort_values():
        if score - lowest > apart:  # too far from the level below to be tied with it
            levels, lowest = levels + 1, score
    return levels


def holds(fact: Mapping[Any, Any], found: tuple[float, float]) -> bool:
    """Return whether a statement is true for some value between the two found.

    A place in a list, where its run of places is known, holds for any rank within the run; if the list is in order, for
    any up to the place, since ties take the better rank.
    """
    low, high = found
    if fact["kind"] == "list_position" and "first" in fact:
        return bool(low <= (fact["value"] if fact["ordered"] else fact["last"]) and high >= fact["first"])
    relation = ">" if fact["kind"] == "top_count_more" else fact.get("relation", "=")
    return bool(
        {
            "=": low <= fact["value"] <= high,
            "<": low < fact["value"],
            "<=": low <= fact["value"],
            ">": high > fact["value"],
            ">=": high >= fact["value"],
        }[relation]
    )


def _counted(fact: Mapping[Any, Any], ranking: Ranking) -> tuple[float, float]:
    """Return how many units, or what share, are on the statement's side of its mark."""
    what, _, side = fact["kind"].partition("_")
    mark, up = fact["k"], 1 if side == "below" else -1
    counts = [
        {"below": rounded < mark, "above": rounded > mark, "at_least": rounded >= mark}[side].sum()
        for rounded in (ranking.shifted(up), ranking.shifted(-up))
    ]
    low, high = float(counts[0]), float(counts[1] + ranking.missing)
    if what == "count":
        return low, high
    shares = 100 * np.array([low, high]) / len(ranking.scores)
    low, high = round_scores(shares, decimals=int(fact["decimals"]), rounding="half_up").tolist()  # as printed
    return low, high


def _of_province(fact: Mapping[Any, Any], ranking: Ranking) -> tuple[float, float]:
    """Return how many of the first k are from the province, or its place among provinces by that number."""
    first = ranking.ranks.index[ranking.ranks <= fact["k"]]
    counts = pd.Series([ranking.provinces.get(name, "") for name in first], dtype=object).value_counts()
    own, missing = int(counts.get(fact["entity_zh"], 0)), ranking.missing
    if fact["kind"] == "top_count_place":
        return (float(1 + (counts > own).sum()),) * 2 if not missing else UNKNOWN
    return float(max(own - missing, 0)), float(own + missing)
