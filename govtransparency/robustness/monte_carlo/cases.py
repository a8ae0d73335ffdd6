"""The cases of a study: one per combination of choices, and the batches of draws within each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.ranking import FINE, RankRule, joint_places, round_scores
from govtransparency.robustness.monte_carlo.rank_counts import rank_rows
from govtransparency.scoring.evaluator import Scoring

__all__ = ["Batch", "Settings", "Tally"]


SAMPLE = 1024  # draws that share their seeds
CELLS = 1 << 16  # draws x units that are scored and ranked together: 0.5 MB of scores, near to the core
WIDE = 1 << 22  # the same for many units, whose counts leave the cache in any case: more draws for each time they do
CHECKED = 4096  # combinations of choices up to which all are checked before any draw
KEPT = 1 << 24  # normalised values of all combinations together up to which they are kept: 128 MB


@dataclass(frozen=True, eq=False)
class Settings:
    """What each of some draws has drawn.

    Attributes
    ----------
    choices : ndarray of int, draws x choices
        The option taken; -1 where the recipe's own stays because the source is held.
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
        """The rule that makes ranks of the scores."""
        return self.scoring.recipe.rank

    def batches(
        self, combination: tuple[int, ...], rows: np.ndarray, weights: np.ndarray, values: np.ndarray | None = None
    ) -> Iterator[Batch]:
        """Yield the draws scored, those in which the same units have a score together."""
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
        """Return numbers that order the units of each draw as the scores and the rule's tie breakers do."""
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
        What is ranked: the scores, or where the rule has tie breakers whole numbers that order the units by all keys.
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
        """How many draws each row of scores stands for."""
        return len(self.rows) // len(self.scores)

    @cached_property
    def ranks(self) -> np.ndarray:
        """The bin of each unit's rank, draws x units."""
        return rank_rows(self.keys, self.rule)

    @property
    def rule(self) -> RankRule:
        """The rule that makes ranks of the keys."""
        rule = self.case.rank
        return rule if not rule.tie_breakers else RankRule(decimals=0, ties=rule.ties)


class Tally(Protocol):
    """What is counted over the draws."""

    def add(self, batch: Batch) -> None:
        """Count some draws."""

    def merge(self, later: Any) -> None:
        """Take in what was counted over later draws."""
