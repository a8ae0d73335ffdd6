"""The results of an uncertainty analysis, `Ensemble`: scores and ranks over all draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.same_unit import check_known
from govtransparency.nodes import ROOT
from govtransparency.robustness.monte_carlo.accumulators import (
    CentralWeights,
    RankCounts,
    RanksAndWins,
    ScoreCounts,
    ScoreRange,
    ShiftPerDraw,
    Wins,
)
from govtransparency.robustness.monte_carlo.engine import run
from govtransparency.robustness.monte_carlo.rank_statistics import changes, holistic_weights, rank_quantiles
from govtransparency.robustness.monte_carlo.regression_draws import RegressionDraws
from govtransparency.robustness.monte_carlo.result_notes import notes_in_language, notes_on_draws

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.monte_carlo.study import Study
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["Ensemble"]


def make_ensemble(study: Study, executor: Executor | None, *, wins: bool = False) -> Ensemble:
    """Make all draws of a study and count the ranks, and in the same pass the `wins` where they will be asked for."""
    history: list[tuple[int, np.ndarray]] = []

    def seen(tally: RankCounts, done: int) -> None:
        if not history or done >= 1.5 * history[-1][0] or done == study.draws:
            history.append((done, rank_quantiles(tally.counts.T, study.ranks, (0.5, 0.05, 0.95))))

    tally = run(study, RanksAndWins if wins else RankCounts, executor=executor, seen=seen)
    pairs = tally.wins.counts if isinstance(tally, RanksAndWins) else None
    return Ensemble(study, np.ascontiguousarray(tally.counts.T, dtype=np.int64), tuple(history), executor, pairs)


@dataclass(frozen=True, eq=False)
class Ensemble(RegressionDraws):
    """The scores and ranks of all draws. Ranks follow the recipe's own rule: rounding, ties and tie breakers.

    A unit that is not ranked in a draw, because too few of its indicators are left, does not count in that draw:
    probabilities are shares of the draws in which the unit is ranked (see `ranked`).

    Attributes
    ----------
    study : Study
        Table, recipe, reference index, sources, number of draws and seed. `wins`, `score_intervals` and other results
        that are not counted at once are counted on first use, by going over the same draws again.
    counts : ndarray of int, units x ranks
        How often each unit held each rank.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, uncertainty_analysis, weights_anywhere
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> ensemble = uncertainty_analysis(table, Recipe(tree), weights_anywhere(), draws=500, rng=1)
    >>> ensemble.acceptability.loc["X"].tolist(), ensemble.beats("X", "Y")
    ([1.0, 0.0, 0.0], 1.0)
    """

    study: Study
    counts: np.ndarray
    _history: tuple[tuple[int, np.ndarray], ...] = ()
    _executor: Executor | None = field(default=None, repr=False)
    _pairs: np.ndarray | None = field(default=None, repr=False)  # how often each unit ranks above each other

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_executor": None}

    @property
    def units(self) -> pd.Index:
        """The units, in the table's order."""
        return self.study.units

    @property
    def draws(self) -> int:
        """How many draws were made."""
        return self.study.draws

    @property
    def status(self) -> tuple[str, ...]:
        """What the figures are, as `Index.status`."""
        return self.study.reference.status

    @property
    def attribution(self) -> tuple[Text, ...]:
        """What the licences of the sources ask for, as `Index.attribution`."""
        return self.study.reference.attribution

    @property
    def seed(self) -> int:
        """The seed that gives the same draws again."""
        return self.study.seed

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources that varied."""
        used = {number for turn in self.study.turns for number in turn}
        return tuple(source.name for number, source in enumerate(self.study.sources) if number in used)

    @property
    def reference(self) -> pd.Series:
        """The ranks that the recipe itself gives."""
        return self.study.reference.ranks

    def recipe_of(self, draw: int) -> Recipe:
        """Return the recipe of one draw: ``build_index(ensemble.table_of(draw), recipe)`` gives its ranks.

        With the `not_applicable` of the analysis, if it was given any.

        Parameters
        ----------
        draw : int
            From 0 to `draws` - 1.

        Returns
        -------
        Recipe
            With the options taken and the weights drawn.

        Raises
        ------
        InputError
            For a number that is not that of a draw.

        Examples
        --------
        >>> from govtransparency import Framework, Node, Recipe, uncertainty_analysis, weights_within
        >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
        >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
        >>> ensemble = uncertainty_analysis(table, Recipe(tree), weights_within(0.25), draws=500, rng=1)
        >>> ensemble.recipe_of(499).framework.weights.between(0.375, 0.625).drop("index").tolist()
        [True, True]
        """
        return self.study.drawn_as(self._checked(draw, "recipe_of"))[0]

    def table_of(self, draw: int) -> pd.DataFrame:
        """Return the table of one draw; the study's own where no source changes the data.

        Parameters
        ----------
        draw : int
            From 0 to `draws` - 1.

        Returns
        -------
        DataFrame, units x indicators
            Raw values: what the recipe of the draw treats and normalises.

        Raises
        ------
        InputError
            For a number that is not that of a draw.
        """
        return self.study.drawn_as(self._checked(draw, "table_of"))[1]

    def _checked(self, draw: int, title: str) -> int:
        with Arguments(title) as check:
            draw = check.count("draw", draw, least=0, most=self.draws - 1)
        return int(draw)

    @property
    def ranked(self) -> pd.Series:
        """Share of the draws in which the unit has a rank: unit -> 0 to 1."""
        return pd.Series(self.counts.sum(axis=1) / self.draws, index=self.units, name="ranked")

    @cached_property
    def acceptability(self) -> pd.DataFrame:
        """Rank acceptability, units x ranks: the share of the draws in which the unit holds the rank.

        Rows sum to 1 (NaN for a unit that is never ranked). Where units tie, columns need not sum to 1: each unit has
        the rank that the recipe's rule gives it.
        """
        total = self.counts.sum(axis=1, keepdims=True)
        shares = np.divide(self.counts, total, out=np.full(self.counts.shape, np.nan), where=total > 0)
        return pd.DataFrame(shares, index=self.units, columns=pd.Index(self.study.ranks, name="rank"))

    @property
    def standard_errors(self) -> pd.DataFrame:
        """Monte Carlo standard errors of `acceptability`: ``sqrt(b (1 - b) / K)`` for K draws."""
        b = self.acceptability
        return (b * (1 - b)).div(self.counts.sum(axis=1), axis=0).pow(0.5)

    @property
    def median(self) -> pd.Series:
        """Median rank of each unit."""
        return self._series(rank_quantiles(self.counts, self.study.ranks, (0.5,))[:, 0], "median")

    @property
    def mean_rank(self) -> pd.Series:
        """Mean rank of each unit."""
        return self._series(self.acceptability.to_numpy() @ self.study.ranks, "mean_rank")

    def _series(self, values: np.ndarray, name: str) -> pd.Series:
        return pd.Series(values, index=self.units, name=name)

    @checked
    def intervals(self, level: float = 0.90) -> pd.DataFrame:
        """Return each unit's rank, median rank and the interval that holds its rank with a probability of `level`.

        Parameters
        ----------
        level : float
            Above 0 and below 1. The tails are equal: 0.90 goes from the 5th to the 95th percentile. A percentile is
            the lowest rank that at least that share of the draws do not exceed.

        Returns
        -------
        DataFrame, indexed by unit
            rank : the recipe's own; median, low, high : of the draws; low is the better end.

        Raises
        ------
        InputError
            For a level outside 0 to 1.
        """
        with Arguments("intervals") as check:
            level = check.level("level", level)
        tail = (1 - level) / 2
        quantiles = rank_quantiles(self.counts, self.study.ranks, (0.5, tail, 1 - tail))
        return pd.DataFrame(
            {"rank": self.reference, "median": quantiles[:, 0], "low": quantiles[:, 1], "high": quantiles[:, 2]},
            index=self.units,
        )

    @checked
    def top(self, k: int) -> pd.Series:
        """Return the probability that each unit is among the first k: unit -> P(rank <= k).

        Parameters
        ----------
        k : int
            At least 1.

        Returns
        -------
        Series, unit -> 0 to 1

        Raises
        ------
        InputError
            For a k that is not a whole number of at least 1.
        """
        with Arguments("top") as check:
            k = check.count("k", k)
        inside = self.acceptability.to_numpy()[:, self.study.ranks <= k]
        return self._series(inside.sum(axis=1), f"top {k}")

    @cached_property
    def wins(self) -> pd.DataFrame:
        """Pairwise winning probabilities: share of all draws in which the row's unit ranks above the column's.

        A tie is a win for neither unit. The diagonal is 0.
        """
        counts = run(self.study, Wins, executor=self._executor).counts if self._pairs is None else self._pairs
        return pd.DataFrame(counts / self.draws, index=self.units, columns=self.units)

    @checked
    def beats(self, a: object, b: object) -> float:
        """Return the probability that unit `a` ranks above unit `b`; a tie is not a win.

        Parameters
        ----------
        a, b : unit

        Returns
        -------
        float, 0 to 1

        Raises
        ------
        InputError
            For a unit that is not in the table.
        """
        with Arguments("beats") as check:
            for name, unit in (("a", a), ("b", b)):
                check_known(check, name, unit, self.units)
        row, column = (self.units.get_indexer([unit])[0] for unit in (a, b))
        return float(self.wins.to_numpy()[row, column])

    @checked
    def holistic(self, weights: Sequence[float] | None = None) -> pd.Series:
        """Return the holistic acceptability ``sum_r alpha_r b_r``: one number for how good the ranks of a unit are.

        Parameters
        ----------
        weights : sequence of float, optional
            alpha for each rank of `acceptability`, not increasing. By default the centroid weights
            ``alpha_r = sum_{s >= r} (1 / s) / sum_s (1 / s)``, so that a unit that is always first has 1.

        Returns
        -------
        Series, unit -> 0 to 1

        Raises
        ------
        InputError
            For weights that increase, or of another number than the ranks.
        """
        alpha = holistic_weights(self.study.ranks, weights)
        return self._series(self.acceptability.to_numpy() @ alpha, "holistic")

    @cached_property
    def central_weights(self) -> pd.DataFrame:
        """Mean effective weights of the draws that put the unit first: units x indicators, NaN if none does.

        The weights that a typical supporter of the unit would give (SMAA's central weights). A tie for the first rank
        counts for every unit in it.
        """
        tally = run(self.study, CentralWeights, executor=self._executor)
        count = tally.firsts[:, None]
        mean = np.divide(tally.sums, count, out=np.full(tally.sums.shape, np.nan), where=count > 0)
        return pd.DataFrame(mean, index=self.units, columns=tally.indicators)

    @cached_property
    def shift_per_draw(self) -> pd.Series:
        """Average rank shift of each draw against the recipe's ranks: draw -> mean of ``|r_ref - r|`` (Handbook 38)."""
        tally = run(self.study, ShiftPerDraw, executor=self._executor)
        return pd.Series(tally.values, index=pd.RangeIndex(self.draws, name="draw"), name="average_shift")

    @property
    def average_shift(self) -> float:
        """Mean over the draws of the average rank shift against the recipe's ranks."""
        return float(np.nanmean(self.shift_per_draw))

    @cached_property
    def _scores(self) -> tuple[ScoreRange, ScoreCounts]:
        extremes = run(self.study, ScoreRange, executor=self._executor)
        make = partial(ScoreCounts, low=extremes.low, high=extremes.high)
        counts = run(self.study, make, executor=self._executor)
        return extremes, counts

    @checked
    def score_intervals(self, level: float = 0.90) -> pd.DataFrame:
        """Return each unit's score, mean, median and interval of scores.

        Parameters
        ----------
        level : float
            Above 0 and below 1.

        Returns
        -------
        DataFrame, indexed by unit
            score : the recipe's own; mean, median, low, high : of the draws. Quantiles come from a histogram of 1,024
            classes between the unit's lowest and highest score, so they are exact to a thousandth of that range.

        Raises
        ------
        InputError
            For a level outside 0 to 1.
        """
        with Arguments("score_intervals") as check:
            level = check.level("level", level)
        extremes, counts = self._scores
        tail = (1 - level) / 2
        columns = [counts.quantile(share) for share in (0.5, tail, 1 - tail)]
        reference = self.study.reference.scores[ROOT]
        return pd.DataFrame(
            dict(zip(("score", "mean", "median", "low", "high"), (reference, extremes.mean, *columns), strict=True)),
            index=self.units,
        )

    @property
    def convergence(self) -> pd.DataFrame:
        """How the results converged: indexed by the number of draws, each at least 1.5 times the one before.

        Columns: median, low, high = the largest change, over the units, of the median rank and of the ends of the 90 %
        interval since the row before, in places; error = the Monte Carlo standard error of a probability of 1/2.
        """
        return changes(self._history)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader of the results should know, one English sentence each; `notes_in` gives other languages."""
        return self.notes_in("en")

    def notes_in(self, language: Language) -> tuple[str, ...]:
        """Return what a reader of the results should know, one sentence each.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        tuple of str
        """
        return notes_in_language(notes_on_draws(self.study, self.ranked), language)

    def by_source(self) -> dict[str, Ensemble]:
        """Return an ensemble for each source, in which that source alone varies, by the same draws.

        Returns
        -------
        dict of source's name to Ensemble
        """
        return {
            source.name: make_ensemble(self.study.alone(number), self._executor)
            for number, source in enumerate(self.study.sources)
        }
