"""Degrees of freedom of estimated errors: read, combined by Satterthwaite's rule, and kept with the covariance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.texts.problems import inference_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Degrees", "check_degrees", "degrees_of", "difference_variance", "satterthwaite", "with_degrees"]

Degrees: TypeAlias = float | pd.DataFrame | None
LARGEST = float(np.finfo(float).max)


def check_degrees(check: Arguments, name: str, given: Any, units: pd.Index) -> None:
    """Refuse degrees of freedom that are not positive, or lack a unit; None stands for infinitely many."""
    if isinstance(given, pd.DataFrame):
        if missing := [unit for unit in units if unit not in given.index or unit not in given.columns]:
            for unit in missing:
                check.refuse(problems.NO_DEGREES.format(name=name, unit=unit))
            return
        degrees, off = given.loc[units, units].to_numpy(dtype=float), ~np.eye(len(units), dtype=bool)
        if not (degrees[off] > 0).all() or not np.allclose(degrees[off], degrees.T[off]):
            check.refuse(problems.DEGREES_OF_PAIRS.format(name=name))
    elif given is not None and not (is_number(given) and (0 < given <= LARGEST or given == np.inf)):
        check.expect(name, given, problems.DEGREES)


def degrees_of(given: Degrees, units: pd.Index) -> np.ndarray:
    """Return the degrees of freedom as one number or in the order of the units, infinite where none are given.

    The table of a covariance that was cut to fewer units still holds all of them.
    """
    if isinstance(given, pd.DataFrame):
        return given.loc[units, units].to_numpy(dtype=float)
    return np.asarray(np.inf if given is None else float(given))


def satterthwaite(variances: Sequence[float], degrees: Sequence[Any]) -> np.ndarray:
    """Return the degrees of freedom of a sum of independent variances.

    Parameters
    ----------
    variances : sequence of float
        A part without variance does not count; where no part has any, each difference is certain and the degrees are
        infinite.
    degrees : sequence of number or ndarray
        Of each part.

    Returns
    -------
    ndarray
    """
    total = sum(variances)
    if total <= 0:
        return np.asarray(np.inf)
    with np.errstate(divide="ignore"):
        parts = [(v / total) ** 2 / np.asarray(d, dtype=float) for v, d in zip(variances, degrees, strict=True)]
        return np.asarray(1 / sum(parts))


def difference_variance(covariance: np.ndarray) -> float:
    """Return half the mean variance of the difference of two units; of one unit alone its variance."""
    p = len(covariance)
    return float(np.trace(covariance) - covariance.sum() / p) / (p - 1) if p > 1 else float(covariance.sum())


def with_degrees(covariance: pd.DataFrame, degrees: np.ndarray) -> pd.DataFrame:
    """Return the covariance with its degrees of freedom, one number or one for each difference, in its ``attrs``."""
    table = pd.DataFrame(degrees, covariance.index, covariance.columns) if degrees.ndim else float(degrees)
    covariance.attrs["df"] = table
    return covariance
