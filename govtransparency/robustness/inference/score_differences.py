"""Errors of differences between scores, and their degrees of freedom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from govtransparency.errors import InputError

__all__ = ["add_errors"]


Degrees: TypeAlias = float | pd.DataFrame | None
ROUNDING = 1e-12  # share of the largest variance that is no variance


def add_errors(*errors: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Add the errors of sources that do not depend on each other, and their degrees of freedom.

    Parameters
    ----------
    *errors : Series, unit -> standard error; or DataFrame, units x units, covariance of the scores
        Of the same units. Their ``attrs["df"]`` are degrees of freedom, a number or units x units; infinitely many
        without.

    Returns
    -------
    DataFrame, units x units
        The sum of the covariances, in the order of the first, with ``attrs["df"]`` for `rank_confidence_sets`.

    Raises
    ------
    InputError
        Without errors, for units that not all sources have, negative or missing errors and bad degrees of freedom.

    Notes
    -----
    Satterthwaite (1946, Biometrics Bulletin 2): with ``V_i`` the variance of a difference that source i adds, the mean
    over all pairs of units, ``df = (sum V_i)^2 / sum(V_i^2 / df_i)``. Adding the tables with ``+`` would lose the
    degrees of freedom.

    Examples
    --------
    >>> first = pd.DataFrame(np.diag([4.0, 4.0]), index=["X", "Y"], columns=["X", "Y"])
    >>> first.attrs["df"] = 6.0
    >>> both = add_errors(first, pd.Series({"X": 2.0, "Y": 2.0}))
    >>> np.diag(both).tolist(), both.attrs["df"]
    ([8.0, 8.0], 24.0)
    """
    title = "add_errors"
    if not errors or not all(isinstance(item, (pd.Series, pd.DataFrame)) for item in errors):
        raise InputError("expected Series of standard errors or DataFrames of covariances, at least one", title=title)
    units = errors[0].index
    for item in errors:
        refuse_all(label_problems(units, item), title=title)
    found = [read_errors(item, units) for item in errors]
    refuse_all([problem for _, problems in found for problem in problems], title=title)
    matrices = [np.diag(matrix) if matrix.ndim == 1 else matrix for matrix, _ in found]
    degrees = satterthwaite(
        [between(matrix) for matrix in matrices], [degrees_of(item, None, units, title=title) for item in errors]
    )
    total = pd.DataFrame(np.sum(matrices, axis=0), index=units, columns=units)
    return with_degrees(total, degrees)


def between(covariance: np.ndarray) -> float:
    """Return half the mean variance of the difference of two units; of one unit alone its variance."""
    p = len(covariance)
    return float(np.trace(covariance) - covariance.sum() / p) / (p - 1) if p > 1 else float(covariance.sum())


def satterthwaite(variances: Sequence[float], degrees: Sequence[Any]) -> np.ndarray:
    """Return the degrees of freedom of a sum of independent variances, where those of the parts are numbers or arrays.

    A part without variance has no say; of a sum without any, each difference is certain, whatever the degrees.
    """
    total = sum(variances)
    if total <= 0:
        return np.asarray(np.inf)
    with np.errstate(divide="ignore"):
        parts = [(v / total) ** 2 / np.asarray(d, dtype=float) for v, d in zip(variances, degrees, strict=True)]
        return np.asarray(1 / sum(parts))


def with_degrees(covariance: pd.DataFrame, degrees: np.ndarray) -> pd.DataFrame:
    """Return the covariance with its degrees of freedom, one number or one of each difference, in its ``attrs``."""
    table = pd.DataFrame(degrees, covariance.index, covariance.columns) if degrees.ndim else float(degrees)
    covariance.attrs["df"] = table
    return covariance


def refuse_all(problems: list[str], *, title: str) -> None:
    if problems:
        raise InputError(problems, title=title)


def label_problems(units: pd.Index, errors: pd.Series | pd.DataFrame) -> list[str]:
    problems = []
    for label in [errors.index] if isinstance(errors, pd.Series) else [errors.index, errors.columns]:
        problems += [f"no error is given for unit {unit!r}" for unit in units.difference(label, sort=False)[:10]]
        problems += [f"an error is given for {unit!r}, not a unit" for unit in label.difference(units, sort=False)[:10]]
        if label.has_duplicates:
            problems.append("duplicate unit among the errors")
    return list(dict.fromkeys(problems))


def read_errors(errors: pd.Series | pd.DataFrame, units: pd.Index) -> tuple[np.ndarray, list[str]]:
    """Return variances or the covariance in the order of the units, and what is wrong with them."""
    if isinstance(errors, pd.Series):
        given: np.ndarray = errors.reindex(units).to_numpy(dtype=float, na_value=np.nan)
        return given**2, [
            f"unit {units[row]!r}: error {given[row]:g}; expected a number, 0 or more"
            for row in np.flatnonzero(~(np.isfinite(given) & (given >= 0)))[:10]
        ]
    given = errors.reindex(index=units, columns=units).to_numpy(dtype=float)
    if not np.isfinite(given).all():
        return given, ["the covariance holds a missing or infinite value"]
    if not np.allclose(given, given.T, rtol=1e-8, atol=1e-12 * np.abs(given).max(initial=1e-300)):
        return given, ["the covariance is not symmetric"]
    if cholesky(given) is None and np.linalg.eigvalsh(given)[0] < -1e-8 * max(np.trace(given), 1e-300):
        return given, ["the covariance is not positive semi-definite, so it is no covariance"]
    return given, []


def degrees_of(errors: pd.Series | pd.DataFrame, df: Degrees, units: pd.Index, *, title: str) -> np.ndarray:
    """Return the degrees of freedom as one number or in the order of the units, infinite where none are given."""
    given = errors.attrs.get("df") if df is None else df
    if given is None:
        return np.asarray(np.inf)
    if isinstance(given, pd.DataFrame):
        # a covariance cut to fewer units still carries the table of all
        refuse_all(
            [f"df: unit {unit!r} is missing" for unit in units if unit not in given.index or unit not in given.columns],
            title=title,
        )
        degrees = given.loc[units, units].to_numpy(dtype=float)
        off = ~np.eye(len(units), dtype=bool)
        if not (degrees[off] > 0).all() or not np.allclose(degrees[off], degrees.T[off]):
            raise InputError("df: expected positive numbers, the same for both orders of a pair", title=title)
        return degrees
    if isinstance(given, bool) or not isinstance(given, (int, float, np.number)) or not given > 0:
        raise InputError(f"df {given!r}: expected a positive number or a table of them, units x units", title=title)
    return np.asarray(float(given))


def cholesky(covariance: np.ndarray) -> np.ndarray | None:
    """Return the triangular factor, ten times as fast as eigenvalues; None where the covariance has not full rank."""
    try:
        triangle = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        return None
    pivots = np.diag(triangle) ** 2
    return triangle if pivots.min() > ROUNDING * pivots.max() else None  # what rounding left is no noise of its own
