"""Places gained between two indices: by the unit's own score, by those of the others, each by name, and by the rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.questions.orders_of_replacement import shares_of_change
from govtransparency.ranking import FINE, RankRule, column_ranks, joint_places, round_scores

if TYPE_CHECKING:
    from govtransparency.index import Index
    from govtransparency.questions.orders_of_replacement import State

__all__ = ["LEVEL", "TURNED", "changes_of_ranks"]

PAIRS = 1 << 20  # of units, that are looked at together


def changes_of_ranks(before: Index, after: Index, units: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the places that each unit gained.

    Parameters
    ----------
    before, after : Index
    units : Index
        Ranked in both; ranks are among them.

    Returns
    -------
    DataFrame, indexed by unit
        before, after : rank; places : gained; own, others, rule : their parts.
    DataFrame, one row for each pair whose order changed, or would with the move of one of the two
        unit, other, places, own, others, rule; order : `TURNED`, or `LEVEL` where the two are tied in one of the
        indices, or `SAME` where ties with further units make the difference.
    """
    rules = (before.recipe.rank, after.recipe.rank)
    orders = [year.scores.index.get_indexer(units) for year in (before, after)]
    places = np.array([order.argsort().argsort() for order in orders])
    by_order = any(rule.ties == "ordinal" for rule in rules) and not np.array_equal(*places)
    factors = 3 if by_order or rules[0] != rules[1] else 2
    keys = {rule: _keys((before, after), units, rule) for rule in dict.fromkeys(rules)}
    size = max(1, PAIRS // len(units))
    parts, passes = [], []
    for start in range(0, len(units), size):
        rows = np.arange(start, min(start + size, len(units)))
        pairs = _Pairs(keys, rules, places, rows)
        first, last = (pairs.taken((late, late, late)) for late in (False, True))
        split = [0.0 - part for part in shares_of_change(pairs.taken, factors)]
        split += [np.zeros_like(first)] * (3 - len(split))
        gained = first - last
        parts.append(np.column_stack([part.sum(axis=1) for part in split]))
        at, other = np.nonzero(np.any([part != 0 for part in split], axis=0))
        named = {"unit": units[rows[at]], "other": units[other], "places": gained[at, other]}
        named["order"] = pairs.order()[at, other]
        passes.append(pd.DataFrame(named | {kind: part[at, other] for kind, part in zip(BY, split, strict=True)}))
    held = [_ranks(keys[rule][at], rule, places[at]) for at, rule in enumerate(rules)]
    ranks = pd.DataFrame({"before": held[0], "after": held[1], "places": held[0] - held[1]}, index=units)
    return ranks.join(pd.DataFrame(np.vstack(parts), index=units, columns=list(BY))), pd.concat(
        passes, ignore_index=True
    )


BY = ("own", "others", "rule")
TURNED, LEVEL, SAME = "turned", "level", "same"


def _ranks(keys: np.ndarray, rule: RankRule, places: np.ndarray) -> np.ndarray:
    """Return the ranks of one index, with ties in the order of its own units."""
    order = places.argsort()
    return column_ranks(-keys[order][:, None], ties=rule.ties, exact=True)[places, 0]


def _keys(years: tuple[Index, Index], units: pd.Index, rule: RankRule) -> np.ndarray:
    """Return numbers that order the units of both indices together as the rule does, 2 x units; the highest is best."""

    def column(code: str) -> np.ndarray:
        scores = [
            year.scores[code].loc[units] if code in year.scores else np.full(len(units), np.nan) for year in years
        ]
        return np.concatenate(scores)[:, None]

    first = round_scores(column(ROOT), decimals=rule.decimals, rounding=rule.rounding)
    others = [round_scores(column(code), decimals=FINE) for code in rule.tie_breakers]
    return joint_places(first, *others)[:, 0].reshape(2, -1)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Some units against all: how many places each of the others takes from them."""

    keys: dict[RankRule, np.ndarray]
    rules: tuple[RankRule, RankRule]
    places: np.ndarray  # of the units in each index, 2 x units
    rows: np.ndarray

    def taken(self, state: State) -> np.ndarray:
        """Return the places taken, rows x units, with the unit, the others and the rule of one index or the other.

        A unit's rank is 1 and the places that the others take from it.
        """
        unit, others, rule = (*state, False)[:3]
        used = self.rules[rule]
        keys = self.keys[used]
        own, theirs = keys[int(unit)][self.rows, None], keys[int(others)][None, :]
        ahead, tied = (theirs > own).astype(float), theirs == own
        if used.ties == "max":
            ahead += tied
        elif used.ties == "average":
            ahead += tied / 2
        elif used.ties == "ordinal":
            ahead += tied & (self.places[int(rule)] < self.places[int(rule)][self.rows, None])
        elif used.ties == "dense":
            ahead /= self._sharing(keys[int(others)])
        ahead[np.arange(len(self.rows)), self.rows] = 0.0
        return ahead

    def order(self) -> np.ndarray:
        """Return whether the order of the two turned, rows x units, or they are level in one of the indices."""
        before, after = (
            np.sign(self.keys[rule][at][None, :] - self.keys[rule][at][self.rows, None])
            for at, rule in enumerate(self.rules)
        )
        return np.where(before == after, SAME, np.where(before * after < 0, TURNED, LEVEL))

    def _sharing(self, keys: np.ndarray) -> np.ndarray:
        """Return how many of the units other than that of the row share the key of the column's."""
        count = np.unique(keys, return_inverse=True, return_counts=True)
        return np.maximum(count[2][count[1]] - (keys == keys[self.rows, None]), 1)
