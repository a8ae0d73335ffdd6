"""Scores and their errors as inference starts from them: checked, ordered, and as variances or a covariance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.ranking import FINE, round_scores
from govtransparency.texts.problems import inference_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments

__all__ = ["ROUNDING", "BestFirst", "best_first", "check_errors", "check_scores", "square_root", "variances_of"]

ROUNDING = 1e-12  # share of the largest variance below which a variance is rounding error
NAMED = 10  # units named of each kind of problem


class BestFirst(NamedTuple):
    """Scores and their errors in the order of the scores, the best first.

    Attributes
    ----------
    scores : ndarray
        At 10 decimals.
    covariance : ndarray
        Or only the variances, where errors are independent.
    order : ndarray of int
        Where each unit is among the estimates.
    """

    scores: np.ndarray
    covariance: np.ndarray
    order: np.ndarray


def best_first(estimates: pd.Series, errors: pd.Series | pd.DataFrame) -> BestFirst:
    """Return the scores and their errors with the best first, so that the order of the table does not matter."""
    covariance = variances_of(errors, estimates.index)
    scores = round_scores(floats(estimates), decimals=FINE)
    order = np.argsort(-scores, kind="stable")
    return BestFirst(
        scores[order], covariance[order] if covariance.ndim == 1 else covariance[np.ix_(order, order)], order
    )


def variances_of(errors: pd.Series | pd.DataFrame, units: pd.Index) -> np.ndarray:
    """Return the variances (of a Series of standard errors) or the covariance, in the order of the units."""
    if isinstance(errors, pd.Series):
        return floats(errors.reindex(units)) ** 2
    return floats(errors.reindex(index=units, columns=units))


def check_scores(check: Arguments, estimates: Any, errors: Any) -> None:
    """Refuse scores that are missing, and errors that are not theirs or cannot be errors."""
    before = len(check.problems)
    found = check.series("estimates", estimates)
    if len(check.problems) == before:
        if len(found) < 2:
            check.refuse(problems.TOO_FEW_UNITS.format(count=len(found)))
        for unit in found.index[~np.isfinite(found)][:NAMED]:
            check.refuse(problems.NO_ESTIMATE.format(unit=unit))
    check_errors(check, "errors", errors, estimates.index if isinstance(estimates, pd.Series) else None)


def check_errors(check: Arguments, name: str, errors: Any, units: pd.Index | None) -> None:
    """Refuse errors of other units than those given, and what is not a standard error or a covariance.

    Of units that are not known (None), only the kind of the errors is checked.
    """
    if not isinstance(errors, (pd.Series, pd.DataFrame)):
        check.expect(name, errors, problems.ERRORS)
        return
    before = len(check.problems)
    found = check.series(name, errors) if isinstance(errors, pd.Series) else check.table(name, errors)
    if units is not None:
        for label in found.axes:
            _check_labels(check, name, label, units)
        if len(check.problems) == before:
            _check_variances(check, name, found, units)


def _check_labels(check: Arguments, name: str, label: pd.Index, units: pd.Index) -> None:
    """Refuse labels that lack a unit or hold another; the problems of rows are not repeated for columns."""
    found = [problems.NO_ERROR.format(name=name, unit=unit) for unit in units.difference(label, sort=False)[:NAMED]]
    found += [
        problems.ERROR_OF_NO_UNIT.format(name=name, unit=unit) for unit in label.difference(units, sort=False)[:NAMED]
    ]
    for problem in found:
        if problem not in check.problems:
            check.refuse(problem)


def _check_variances(check: Arguments, name: str, errors: pd.Series | pd.DataFrame, units: pd.Index) -> None:
    """Refuse standard errors that are negative or missing, and a table that is not a covariance."""
    if isinstance(errors, pd.Series):
        given = floats(errors.reindex(units))
        for row in np.flatnonzero(~(np.isfinite(given) & (given >= 0)))[:NAMED]:
            check.refuse(problems.BAD_ERROR.format(name=name, unit=units[row], error=f"{given[row]:g}"))
        return
    given = variances_of(errors, units)
    if not np.isfinite(given).all():
        check.refuse(problems.COVARIANCE_NOT_FINITE.format(name=name))
    elif not np.allclose(given, given.T, rtol=1e-8, atol=1e-12 * np.abs(given).max(initial=1e-300)):
        check.refuse(problems.COVARIANCE_NOT_SYMMETRIC.format(name=name))
    elif _triangle(given) is None and np.linalg.eigvalsh(given)[0] < -1e-8 * max(np.trace(given), 1e-300):
        check.refuse(problems.COVARIANCE_NOT_SEMIDEFINITE.format(name=name))


def square_root(covariance: np.ndarray) -> np.ndarray:
    """Return a matrix whose product with its transpose is the covariance; of variances the standard errors."""
    if covariance.ndim == 1:
        return np.sqrt(covariance)
    if (triangle := _triangle(covariance)) is not None:
        return triangle
    values, vectors = np.linalg.eigh(covariance)
    return vectors * np.sqrt(np.where(values > ROUNDING * values.max(), values, 0))


def _triangle(covariance: np.ndarray) -> np.ndarray | None:
    """Return Cholesky's factor, ten times as fast as eigenvalues; None where the covariance has not full rank."""
    try:
        triangle = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return None
    pivots = np.diag(triangle) ** 2
    return triangle if pivots.min() > ROUNDING * pivots.max() else None  # rounding error must not count as variance
