"""What is counted over the draws: sums that are added up batch by batch and merged in the order of the draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.nodes import ROOT
from govtransparency.robustness.monte_carlo.rank_counts import bins, count

if TYPE_CHECKING:
    from govtransparency.robustness.monte_carlo.cases import Batch
    from govtransparency.robustness.monte_carlo.study import Study

__all__ = [
    "CentralWeights",
    "FirstScores",
    "RankCounts",
    "RanksAndWins",
    "ScoreCounts",
    "ScoreRange",
    "ShiftPerDraw",
    "Wins",
]


CLASSES = 1024  # of the histogram of a unit's scores
BYTE = 255  # the most that a byte counts
LARGE = 10_000_000  # draws x units from which importing a compiler pays, which takes a second


class _Tally:
    """A tally knows its study while it counts; it is pickled without the study."""

    study: Study

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "study"}


class RankCounts(_Tally):
    """How often each unit has each rank: ranks x units."""

    def __init__(self, study: Study) -> None:
        self.study = study
        whole = np.int32 if study.draws < 1 << 31 else np.int64
        self.counts = np.zeros((len(study.ranks), len(study.units)), dtype=whole)
        self.compiled = study.draws * len(study.units) >= LARGE

    def add(self, batch: Batch) -> None:
        n, rule = len(batch.units), batch.rule
        if (bins(n, rule), n) == self.counts.shape:
            count(batch.keys, rule, self.counts, batch.times, compiled=self.compiled)
            return
        mine = np.zeros((bins(n, rule), n), dtype=self.counts.dtype)
        count(batch.keys, rule, mine, batch.times, compiled=self.compiled)
        ranks = self.study.to_bins(np.arange(len(mine)), batch.case)
        self.counts[np.ix_(ranks, batch.units)] += mine

    def merge(self, later: RankCounts) -> None:
        self.counts += later.counts


class Wins(_Tally):
    """How often each unit ranks above each other unit."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.counts = np.zeros((len(study.units),) * 2, dtype=np.int64)

    def add(self, batch: Batch) -> None:
        ranks = batch.ranks.astype(np.uint8 if batch.ranks.shape[1] <= 128 else np.uint32)
        above = np.empty((len(batch.units),) * 2, dtype=np.bool_)
        for start in range(0, len(ranks), BYTE):
            held = np.zeros(above.shape, dtype=np.uint8)
            for row in ranks[start : start + BYTE]:
                np.less(row[:, None], row, out=above)
                held += above
            self.counts[np.ix_(batch.units, batch.units)] += held * np.int64(batch.times)

    def merge(self, later: Wins) -> None:
        self.counts += later.counts


class RanksAndWins(RankCounts):
    """Both in one pass over the draws."""

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self.wins = Wins(study)

    def add(self, batch: Batch) -> None:
        super().add(batch)
        self.wins.add(batch)

    def merge(self, later: RankCounts) -> None:
        super().merge(later)
        assert isinstance(later, RanksAndWins)
        self.wins.merge(later.wins)


class CentralWeights(_Tally):
    """Sums of the effective weights of the draws that put a unit first."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.indicators = list(study.recipe.framework.indicators)
        self.firsts = np.zeros(len(study.units), dtype=np.int64)
        self.sums = np.zeros((len(study.units), len(self.indicators)))

    def add(self, batch: Batch) -> None:
        first = batch.ranks == batch.ranks.min(axis=1, keepdims=True)
        weights = self._effective(batch)
        self.firsts[batch.units] += first.sum(axis=0) * batch.times
        self.sums[batch.units] += (first.T.astype(float) @ weights) * batch.times

    def _effective(self, batch: Batch) -> np.ndarray:
        """Return the product of the weights along the branch of each indicator of the study."""
        framework = self.study.recipe_of(batch.combination)[1].averaged
        column = {code: position for position, code in enumerate(batch.case.scoring.codes)}
        share = {ROOT: np.ones(len(batch.weights))}
        for parent in (ROOT, *reversed(framework.pillars)):
            children = framework.children(parent)
            total = batch.weights[:, [column[child] for child in children]].sum(axis=1)
            for child in children:
                share[child] = share[parent] * batch.weights[:, column[child]] / total
        nothing = np.zeros(len(batch.weights))
        return np.column_stack([share.get(code, nothing) for code in self.indicators])

    def merge(self, later: CentralWeights) -> None:
        self.firsts += later.firsts
        self.sums += later.sums


class ShiftPerDraw(_Tally):
    """The average rank shift of each draw against the reference, over the units ranked in both."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.reference = study.reference.ranks.to_numpy(dtype=float)
        self.draws = study.draws
        self.parts: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, batch: Batch) -> None:
        ranks = self.study.ranks[self.study.to_bins(batch.ranks, batch.case)]
        gaps = np.abs(ranks - self.reference[batch.units])
        known = ~np.isnan(self.reference[batch.units])
        mean = gaps[:, known].mean(axis=1) if known.any() else np.full(len(gaps), np.nan)
        self.parts.append((batch.rows, np.repeat(mean, batch.times)))

    def merge(self, later: ShiftPerDraw) -> None:
        self.parts += later.parts

    @property
    def values(self) -> np.ndarray:
        """The shift of each draw, in the order of the draws."""
        result = np.full(self.draws, np.nan)
        for rows, values in self.parts:
            result[rows] = values
        return result


class ScoreRange(_Tally):
    """Lowest, highest and mean score of each unit."""

    def __init__(self, study: Study) -> None:
        self.study = study
        n = len(study.units)
        self.low, self.high = np.full(n, np.inf), np.full(n, -np.inf)
        self.sums, self.counts = np.zeros(n), np.zeros(n, dtype=np.int64)

    def add(self, batch: Batch) -> None:
        units = batch.units
        self.low[units] = np.minimum(self.low[units], batch.scores.min(axis=0))
        self.high[units] = np.maximum(self.high[units], batch.scores.max(axis=0))
        self.sums[units] += batch.scores.sum(axis=0) * batch.times
        self.counts[units] += len(batch.rows)

    def merge(self, later: ScoreRange) -> None:
        self.low, self.high = np.minimum(self.low, later.low), np.maximum(self.high, later.high)
        self.sums += later.sums
        self.counts += later.counts

    @property
    def mean(self) -> np.ndarray:
        """Mean score of each unit over the draws in which it has one."""
        return np.divide(self.sums, self.counts, out=np.full(len(self.sums), np.nan), where=self.counts > 0)


class ScoreCounts(_Tally):
    """A histogram of each unit's scores between its lowest and highest."""

    def __init__(self, study: Study, *, low: np.ndarray, high: np.ndarray) -> None:
        self.study = study
        self.low, self.high = low, high
        self.counts = np.zeros((len(low), CLASSES), dtype=np.int64)

    def add(self, batch: Batch) -> None:
        units = batch.units
        low, width = self.low[units], (self.high - self.low)[units]
        scale = np.divide(CLASSES, width, out=np.zeros(len(width)), where=width > 0)
        classes = np.minimum((batch.scores - low) * scale, CLASSES - 1).astype(np.int64)
        classes += np.arange(len(units)) * CLASSES
        held = np.bincount(classes.ravel(), minlength=len(units) * CLASSES).reshape(-1, CLASSES)
        self.counts[units] += held * batch.times

    def merge(self, later: ScoreCounts) -> None:
        self.counts += later.counts

    def quantile(self, share: float) -> np.ndarray:
        """Return the quantile of each unit's scores, linear within a class."""
        below = np.cumsum(self.counts, axis=1)
        total = below[:, -1]
        wanted = share * total
        at = np.argmax(below >= wanted[:, None], axis=1)
        rows = np.arange(len(at))
        before = below[rows, at] - self.counts[rows, at]
        inside = np.divide(wanted - before, self.counts[rows, at], out=np.zeros(len(at)), where=total > 0)
        width = np.where(total > 0, self.high - self.low, np.nan)
        low = np.where(total > 0, self.low, np.nan)
        return low + (at + inside) * width / CLASSES


class FirstScores(_Tally):
    """The scores of the first draws, and how far those of all draws lie from the recipe's own."""

    def __init__(self, study: Study, *, first: int) -> None:
        self.study = study
        n = len(study.units)
        self.reference = study.reference.scores[ROOT].to_numpy(dtype=float)
        self.scores = np.full((first, n), np.nan)
        self.sums, self.squares, self.counts = np.zeros(n), np.zeros(n), np.zeros(n, dtype=np.int64)

    def add(self, batch: Batch) -> None:
        units = batch.units
        off = batch.scores - self.reference[units]
        self.sums[units] += off.sum(axis=0) * batch.times
        self.squares[units] += (off**2).sum(axis=0) * batch.times
        self.counts[units] += len(batch.rows)
        early = batch.rows < len(self.scores)
        if early.any():
            self.scores[np.ix_(batch.rows[early], units)] = (
                batch.scores[early] if batch.times == 1 else np.broadcast_to(batch.scores, (early.sum(), len(units)))
            )

    def merge(self, later: FirstScores) -> None:
        self.scores = np.where(np.isnan(self.scores), later.scores, self.scores)
        self.sums += later.sums
        self.squares += later.squares
        self.counts += later.counts

    @property
    def variance(self) -> np.ndarray:
        """Variance of each unit's score over the draws; NaN for a unit with a score in fewer than two."""
        known = np.where(self.counts > 1, self.counts, np.nan)
        return np.maximum(self.squares - self.sums**2 / known, 0.0) / (known - 1)
