"""P-values adjusted for multiple tests."""

from __future__ import annotations

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.extras import needs
from govtransparency.texts.problems import argument_problems as problems

__all__ = ["adjusted"]


NAMES = ("holm", "bonferroni", "sidak", "holm-sidak", "hommel", "fdr_bh", "fdr_by")


def adjusted(p_values: np.ndarray, method: str = "holm", *, title: str = "adjust") -> np.ndarray:
    """Adjust p-values for testing many hypotheses.

    Parameters
    ----------
    p_values : array
        One per test, none missing.
    method : str
        ``holm`` (Holm 1979), or another name of statsmodels' ``multipletests``.
    title : str
        The function's name, for errors.

    Returns
    -------
    ndarray, in the order of the tests.

    Raises
    ------
    InputError
        For an unknown method.

    Notes
    -----
    Holm's adjustment of the k-th smallest of m p-values is the largest of ``(m - i + 1) p_(i)`` for i up to k, and at
    most 1. It is computed here because statsmodels runs the garbage collector in it, which takes longer than the tests.

    Examples
    --------
    >>> adjusted(np.array([0.03, 0.01, 0.02, 0.9])).round(12).tolist()
    [0.06, 0.04, 0.06, 0.9]
    """
    p = np.asarray(p_values, dtype=float)
    if method == "holm":
        order = np.argsort(p)
        result = np.empty(len(p))
        result[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)), 1.0)
        return result
    needs("statsmodels", title=title)
    from statsmodels.stats.multitest import multipletests

    try:
        return multipletests(p, method=method)[1]
    except ValueError:
        problem = problems.UNKNOWN.format(name="adjust", value=repr(method), nearest=nearest(method, NAMES))
        raise InputError(problem, title=title) from None
