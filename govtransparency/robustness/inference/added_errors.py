"""Errors of the scores from several independent sources, added up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.robustness.inference.degrees_of_freedom import (
    check_degrees,
    degrees_of,
    difference_variance,
    satterthwaite,
    with_degrees,
)
from govtransparency.robustness.inference.scores_and_errors import check_errors, variances_of
from govtransparency.texts.problems import inference_problems as problems

__all__ = ["add_errors"]


@checked
def add_errors(*errors: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Add the errors of sources that do not depend on each other, and their degrees of freedom.

    Parameters
    ----------
    *errors : Series, unit -> standard error; or DataFrame, units x units, covariance of the scores
        Of the same units. Their ``attrs["df"]`` are degrees of freedom, a number or units x units; infinitely many
        if not given.

    Returns
    -------
    DataFrame, units x units
        The sum of the covariances, in the order of the first, with ``attrs["df"]`` for `rank_confidence_sets`.

    Raises
    ------
    InputError
        If no errors are given, for units that not all sources have, negative or missing errors and degrees of freedom
        that are not positive.

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
    with Arguments("add_errors") as check:
        if not errors:
            check.refuse(problems.NO_ERRORS_GIVEN)
        units = next((item.index for item in errors if isinstance(item, (pd.Series, pd.DataFrame))), pd.Index([]))
        for at, item in enumerate(errors):
            check_errors(check, f"errors[{at}]", item, units)
            check_degrees(check, f"errors[{at}]: df", getattr(item, "attrs", {}).get("df"), units)
    found = [variances_of(item, units) for item in errors]
    matrices = [np.diag(matrix) if matrix.ndim == 1 else matrix for matrix in found]
    degrees = satterthwaite(
        [difference_variance(matrix) for matrix in matrices],
        [degrees_of(item.attrs.get("df"), units) for item in errors],
    )
    total = pd.DataFrame(np.sum(matrices, axis=0), index=units, columns=units)
    return with_degrees(total, degrees)
