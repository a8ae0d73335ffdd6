"""Scores for regressions: plain draws of an ensemble, or true scores given the regression's other variables."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.data.same_unit import nearest_unit
from govtransparency.nodes import ROOT
from govtransparency.robustness.monte_carlo.accumulators import FirstScores
from govtransparency.robustness.monte_carlo.engine import run
from govtransparency.robustness.monte_carlo.study import stream
from govtransparency.robustness.monte_carlo.true_scores import true_score_draws
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import regression_problems as problems

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from govtransparency.robustness.monte_carlo.study import Study

__all__ = ["RegressionDraws"]

STREAM = 1 << 40  # of the true scores: a sample of draws that no study reaches
MOST = 1000  # draws kept for regressions
LEAST = 3  # units more than variables, the constant among them


class RegressionDraws:
    """What an ensemble gives to regressions."""

    study: Study
    _executor: Executor | None

    def scores_draws(self, m: int = 20, *, given: pd.DataFrame | pd.Series | None = None) -> pd.DataFrame:
        """Return scores for m regressions, whose results `pool` puts together.

        Parameters
        ----------
        m : int
            How many, from 2 to `draws` or 1,000.
        given : DataFrame or Series, indexed by unit, optional
            All other variables of the regression: the outcome too where the index is a regressor. Numbers without
            missing values; words as columns of 0 and 1.

        Returns
        -------
        DataFrame, units x draws
            Without `given` the scores of the first m draws: where errors are all that varies, for a regression whose
            outcome is the index. With `given` draws of the true scores given the observed ones, their errors and these
            variables (multiple overimputation), of the units in `given`: for a regression in which the index is a
            regressor, or the outcome. ``attrs["drawn"]`` says which: "errors", "given", or "choices" where weights or
            methods vary, of which `pool` only reports the spread.

        Raises
        ------
        InputError
            With `given`, for sources that are choices and not errors, units that are unknown or have no score,
            variables that are not numbers or missing, and fewer units than the model needs.

        Notes
        -----
        Blackwell, M., Honaker, J. and King, G. (2017), A unified approach to measurement error and missing data,
        Sociological Methods and Research 46, 303-341, doi:10.1177/0049124115585360. The error variance of each score is
        its variance over all draws. As a regressor, plain draws carry the error twice and pull the coefficient towards
        0 even further than the observed score does.

        Examples
        --------
        >>> from govtransparency import Framework, Recipe, marks_noise, uncertainty_analysis, unscaled
        >>> marks = pd.DataFrame(
        ...     [(unit, "a", who, mark + (who == "2")) for mark, unit in enumerate("UVWXYZ") for who in "12"],
        ...     columns=["unit", "indicator", "assessor", "mark"],
        ... )
        >>> table = marks.groupby("unit")[["mark"]].mean().rename(columns={"mark": "a"})
        >>> recipe = Recipe(Framework.flat(["a"]), normalise=unscaled)
        >>> ensemble = uncertainty_analysis(table, recipe, marks_noise(marks), draws=200, rng=1)
        >>> income = pd.Series([1.0, 3, 2, 5, 4, 6], index=table.index, name="income")
        >>> draws = ensemble.scores_draws(m=5, given=income)
        >>> draws.shape, draws.attrs["drawn"]
        ((6, 5), 'given')
        """
        choices = _choices(self.study)
        with Arguments("scores_draws") as check:
            m = check.count("m", m, least=2, most=min(self.study.draws, MOST))
            others = None if given is None else _checked(check, self.study, given, choices)
        if others is None:
            drawn = self._first_scores.scores[:m].T
            return _marked(drawn, self.study.units, "choices" if choices else "errors")
        at, tally = self.study.units.get_indexer(others.index), self._first_scores
        rng = stream(self.study.seed, STREAM)
        drawn = true_score_draws(tally.reference[at], tally.variance[at], others.to_numpy(), draws=m, rng=rng)
        return _marked(drawn.T, others.index, "given")

    @cached_property
    def _first_scores(self) -> FirstScores:
        make = partial(FirstScores, first=min(self.study.draws, MOST))
        return run(self.study, make, executor=self._executor)


def _marked(scores: np.ndarray, units: pd.Index, how: str) -> pd.DataFrame:
    """Return the scores as a table that says how they were drawn."""
    drawn = pd.DataFrame(scores, index=units, columns=pd.RangeIndex(scores.shape[1], name="draw"))
    drawn.attrs["drawn"] = how
    return drawn


def _choices(study: Study) -> list[str]:
    """Return the names of the sources that vary and are no errors of the data."""
    used = {number for turn in study.turns for number in turn}
    return [source.name for number, source in enumerate(study.sources) if number in used and number not in study.noise]


def _checked(check: Arguments, study: Study, given: Any, choices: list[str]) -> pd.DataFrame:
    """Return the other variables as numbers, a row for each unit."""
    if choices:
        check.refuse(problems.NOT_ERRORS.format(sources=words(choices)))
    elif len(study.turns) > 1:
        check.refuse(problems.NOT_JOINT)
    others = check.table("given", given.to_frame() if isinstance(given, pd.Series) else given)
    if not isinstance(others, pd.DataFrame) or check.problems:
        return pd.DataFrame()
    for unit in others.index[~others.index.isin(study.units)]:
        check.refuse(problems.UNKNOWN_UNIT.format(unit=unit, nearest=nearest_unit(unit, study.units)))
    scores = study.reference.scores[ROOT].reindex(others.index)
    for unit in others.index[scores.isna() & others.index.isin(study.units)]:
        check.refuse(problems.NO_SCORE.format(unit=unit))
    bad = np.argwhere(~np.isfinite(others.to_numpy()))
    for row, column in bad.tolist():
        check.refuse(problems.NO_VALUE.format(unit=others.index[row], column=others.columns[column]))
    if len(others) < (needed := others.shape[1] + 1 + LEAST):
        check.refuse(problems.TOO_FEW_UNITS.format(count=len(others), needed=needed))
    return others
