"""Reliability of the indicators of a pillar: Cronbach's alpha and McDonald's omega."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.coherence.correlation import numeric
from govtransparency.texts.problems import coherence_problems as problems

__all__ = ["Reliability", "cronbach_alpha", "omega"]

Missing = Literal["complete", "pairwise"]


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha; made by `cronbach_alpha`.

    Attributes
    ----------
    alpha, low, high : float
        At most 1, usually expected above 0.7; with Feldt's interval.
    standardised : float
        Alpha of the indicators scaled to equal variance.
    units, indicators : int
    items : DataFrame, indexed by indicator
        item_rest : correlation with the sum of the others; if_dropped : alpha without it (NaN where two are left or
        fewer).
    """

    alpha: float
    low: float
    high: float
    standardised: float
    units: int
    indicators: int
    items: pd.DataFrame


@checked
def cronbach_alpha(table: pd.DataFrame, *, level: float = 0.95, missing: Missing = "complete") -> Reliability:
    """Cronbach's alpha of indicators that are summed or averaged: ``m/(m - 1) (1 - sum var / var sum)``.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Turned so that more is better and on one scale, such as the normalised values of a pillar.
    level : float
        Of Feldt's interval.
    missing : {"complete", "pairwise"}
        Use the units that have every value; or the covariance of each pair from the units that have both, as COINr
        does. ``units`` is then the least number of any pair.

    Returns
    -------
    Reliability

    Raises
    ------
    InputError
        For fewer than two indicators or three units, constant indicators (named), columns that are not numbers, and a
        level outside 0 to 1.

    Notes
    -----
    Cronbach (1951); interval: Feldt, Woodruff and Salih (1987), Applied Psychological Measurement 11, exact if the
    indicators are parallel and normal. Alpha rises with the number of indicators whatever they measure. A
    formative pillar, such as a checklist, need not have a high alpha.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [1.0, 3, 2, 4], "c": [2.0, 2, 4, 4]})
    >>> round(cronbach_alpha(table).alpha, 4)
    0.8824
    """
    from scipy import stats

    with Arguments("cronbach_alpha") as check:
        check.level("level", level)
        check.choice("missing", missing, get_args(Missing))
        x = numeric(check, "table", table, least=2, axis=None)
        if missing == "complete":
            x = x.dropna()
        present = x.notna().to_numpy(dtype=int)
        units = int((present.T @ present).min()) if x.shape[1] else 0
        check_items(check, x, units)
    covariance = x.cov().to_numpy()
    m = len(covariance)
    alpha = _alpha(covariance)
    df = units - 1
    f = stats.f.ppf([(1 + level) / 2, (1 - level) / 2], df, df * (m - 1))
    rest = covariance.sum(axis=0) - np.diag(covariance)
    spread = covariance.sum() - 2 * rest - np.diag(covariance)
    with np.errstate(invalid="ignore", divide="ignore"):
        item_rest = rest / np.sqrt(np.diag(covariance) * spread)
    dropped = [_alpha(np.delete(np.delete(covariance, i, 0), i, 1)) if m > 2 else np.nan for i in range(m)]
    deviation = np.sqrt(np.diag(covariance))
    return Reliability(
        alpha=alpha,
        low=float(1 - (1 - alpha) * f[0]),
        high=float(1 - (1 - alpha) * f[1]),
        standardised=_alpha(covariance / np.outer(deviation, deviation)),
        units=units,
        indicators=m,
        items=pd.DataFrame({"item_rest": item_rest, "if_dropped": dropped}, index=x.columns),
    )


def _alpha(covariance: np.ndarray) -> float:
    m, total = len(covariance), covariance.sum()
    return float(m / (m - 1) * (1 - np.trace(covariance) / total)) if total > 0 else np.nan


@checked
def omega(table: pd.DataFrame) -> float:
    """McDonald's omega total of one common factor: ``(sum l)^2 / ((sum l)^2 + sum (1 - l^2))``.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Turned so that more is better; units with a missing value are left out.

    Returns
    -------
    float
        0 to 1. Unlike alpha it lets indicators load unequally. ``l`` are the loadings of one factor on the correlation
        matrix, by maximum likelihood, with unique variances of at least 0.005 (a Heywood case stops there).

    Raises
    ------
    InputError
        As `cronbach_alpha`, and for fewer than three indicators, which do not identify one factor.

    Notes
    -----
    McDonald, R. P. (1999), Test theory: a unified treatment.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> common = rng.normal(size=200)
    >>> table = pd.DataFrame({code: common + rng.normal(size=200) for code in "abc"})
    >>> round(omega(table), 2)
    0.71
    """
    with Arguments("omega") as check:
        x = numeric(check, "table", table, least=3).dropna()
        check_items(check, x, len(x))
    loadings = _one_factor(np.corrcoef(x.to_numpy(), rowvar=False))
    total = loadings.sum() ** 2
    return float(total / (total + np.sum(1 - loadings**2)))


def _one_factor(r: np.ndarray) -> np.ndarray:
    """Return the loadings of one factor by maximum likelihood over the unique variances (Joreskog 1967).

    Not statsmodels' factor, which starts from random numbers and does not keep unique variances above zero.
    """
    from scipy.optimize import minimize

    def spectrum(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        scale = 1 / np.sqrt(own)
        return np.linalg.eigh(r * np.outer(scale, scale))

    def misfit(own: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the misfit of all but the largest eigenvalue, and its gradient."""
        values, vectors = spectrum(own)
        rest = np.maximum(values[:-1], 1e-12)
        slope = vectors[:, :-1] ** 2 @ np.where(values[:-1] > 1e-12, 1 - rest, 0.0) / own
        return float(np.sum(rest - np.log(rest))), slope

    m = len(r)
    start = np.clip(0.5 / np.diag(np.linalg.pinv(r)), 0.005, 1)
    own = minimize(misfit, start, jac=True, method="L-BFGS-B", bounds=[(0.005, 1.0)] * m).x
    values, vectors = spectrum(own)
    loadings = np.sqrt(own) * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    return loadings if loadings.sum() >= 0 else -loadings


def check_items(check: Arguments, x: pd.DataFrame, units: int) -> None:
    """Refuse too few units, and each constant indicator; a table without columns was refused by `numeric`."""
    if x.columns.empty:
        return
    if units < 3:
        check.refuse(problems.FEW_UNITS.format(count=units))
        return
    for code in x:
        if not x[code].nunique() > 1:
            check.refuse(problems.CONSTANT.format(code=code))
