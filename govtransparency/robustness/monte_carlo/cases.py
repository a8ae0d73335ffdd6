"""The cases of a study: one per combination of choices, and the batches of draws within each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.ranking import FINE, RankRule, joint_places, round_scores
from govtransparency.robustness.monte_carlo.rank_counts import rank_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.scoring.evaluator import Scoring

__all__ = ["Batch", "Settings", "Tally"]


SAMPLE = 1024  # draws that share their random streams
CELLS = 1 << 16  # draws x units that are scored and ranked together: 0.5 MB of scores, which the cache holds
WIDE = 1 << 22  # the same for many units, whose counts do not fit into the cache: more draws for each reload
CHECKED = 4096  # combinations of choices up to which all are checked before any draw
KEPT = 1 << 24  # normalised values, over all combinations, up to which they are kept in memory: 128 MB


@dataclass(frozen=True, eq=False)
class Settings:
    """What the sources have drawn for some draws.

    Attributes
    ----------
    choices : ndarray of int, draws x choices
        The option taken; -1 where the source is held and the recipe's own is used.
    weights : list of ndarray, draws x nodes
        One array for each source of weights.
    keys : list of ndarray, draws
        One array for each source of noise: the seed of the draw's table.
    varied : tuple of bool
        For each source of weights and then of noise, whether it varies.
    """

    choices: np.ndarray
    weights: list[np.ndarray]
    keys: list[np.ndarray]
    varied: tuple[bool, ...]

    def __getitem__(self, rows: Any) -> Settings:
        weights, keys = [drawn[rows] for drawn in self.weights], [key[rows] for key in self.keys]
        return Settings(self.choices[rows], weights, keys, self.varied)

    @property
    def noisy(self) -> tuple[bool, ...]:
        """For each source of noise, whether it varies."""
        return self.varied[len(self.weights) :]


@dataclass(frozen=True, eq=False)
class Case:
    """A combination of choices, compiled for the weights and values that vary.

    Attributes
    ----------
    scoring : Scoring
    units : ndarray of int
        Positions, in the study's table, of the units that `scoring` ranks.
    """

    scoring: Scoring
    units: np.ndarray

    @property
    def rank(self) -> RankRule:
        """The rule by which the scores are ranked."""
        return self.scoring.recipe.rank

    def batches(
        self, combination: tuple[int, ...], rows: np.ndarray, weights: np.ndarray, values: np.ndarray | None = None
    ) -> Iterator[Batch]:
        """Yield the scored draws; those in which the same units have a score form one batch."""
        scores = self.scoring.score(weights, values)
        keys = scores if not self.rank.tie_breakers else self._keys(scores, weights, values)
        if self.scoring.fixed:
            if len(self.units):
                yield Batch(self, combination, rows, weights, self.units, scores, keys)
            return
        ranked, pattern = np.unique(~np.isnan(scores), axis=0, return_inverse=True)
        for number, mine in enumerate(ranked):
            if mine.any():
                at = np.flatnonzero(pattern.reshape(-1) == number)
                here = np.ix_(at, mine)
                yield Batch(self, combination, rows[at], weights[at], self.units[mine], scores[here], keys[here])

    def _keys(self, scores: np.ndarray, weights: np.ndarray, values: np.ndarray | None) -> np.ndarray:
        """Return whole numbers that order the units of each draw by the scores and the rule's tie breakers."""
        rule = self.rank
        codes = [code for code in rule.tie_breakers if code != ROOT]
        found = dict(zip(codes, self.scoring.score_nodes(codes, weights, values), strict=True)) | {ROOT: scores}
        first = round_scores(scores, decimals=rule.decimals, rounding=rule.rounding)
        others = [round_scores(found[code], decimals=FINE) for code in rule.tie_breakers]
        return np.ascontiguousarray(joint_places(first.T, *(key.T for key in others)).T)


@dataclass(frozen=True, eq=False)
class Batch:
    """Some draws that share a case and the units that have a score, scored.

    Attributes
    ----------
    case : Case
    combination : tuple of int
        The options taken.
    rows : ndarray of int
        The draws' numbers.
    weights : ndarray, draws x nodes of the case
        One row when no weight varies.
    units : ndarray of int
        Positions, in the study's table, of the units that have a score.
    scores : ndarray, draws x units
        One row, for all draws, when no weight varies.
    keys : ndarray, draws x units
        The numbers to rank: the scores or, where the rule has tie breakers, whole numbers that order the units by the
        score and the tie breakers.
    """

    case: Case
    combination: tuple[int, ...]
    rows: np.ndarray
    weights: np.ndarray
    units: np.ndarray
    scores: np.ndarray
    keys: np.ndarray

    @property
    def times(self) -> int:
        """The number of draws that each row of scores represents."""
        return len(self.rows) // len(self.scores)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The bin of each unit's rank, draws x units."""
        return rank_rows(self.keys, self.rule)

    @property
    def rule(self) -> RankRule:
        """The rule by which the keys are ranked."""
        rule = self.case.rank
        return rule if not rule.tie_breakers else RankRule(decimals=0, ties=rule.ties)


class Tally(Protocol):
    """Something counted over the draws."""

    def add(self, batch: Batch) -> None:
        """Count some draws."""

    def merge(self, later: Any) -> None:
        """Add what was counted over later draws."""
