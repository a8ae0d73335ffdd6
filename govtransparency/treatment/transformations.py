"""Transformations of skewed distributions: logarithms and Box-Cox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.treated_columns import chosen, with_values, without_goalposts

Logarithm = Literal["ln", "log10", "log1p", "range", "gii"]


@method_of("treat")
def log_transform(
    table: pd.DataFrame,
    framework: Framework,
    *,
    variant: Logarithm = "ln",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Take logarithms, to draw in a long tail.

    ========= =============================================================================================
    `variant`
    ========= =============================================================================================
    ``ln``     natural logarithm; positive values only
    ``log10``  decimal logarithm; positive values only
    ``log1p``  ``ln(1 + x)``; no negative values
    ``range``  ``ln((x - min) / (max - min) + 0.01)``; of a distribution skewed to the left the mirror image,
               ``-ln((max - x) / (max - min) + 0.01)``. Any values; does not depend on the measuring unit
    ``gii``    ``ln((max - 1) (x - min) / (max - min) + 1)``, of the Global Innovation Index; max above 1
    ========= =============================================================================================

    It acts on raw values, before the direction counts, and keeps their order.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
        The indicators may have no goalposts: those are in the old unit. Use a normaliser's ``log=True`` for them.
    variant : str
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator that has goalposts, values without a logarithm, or no range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> log_transform(pd.DataFrame({"a": [1.0, 10.0, 100.0]}), tree, variant="log10")["a"].tolist()
    [0.0, 1.0, 2.0]
    """
    title = "log_transform"
    if variant not in get_args(Logarithm):
        raise InputError(f"variant {variant!r} is unknown; {nearest(variant, get_args(Logarithm))}", title=title)
    codes = chosen(framework, indicators, title=title)
    without_goalposts(framework, codes, title=title)
    x = floats(table[codes])
    return with_values(table, codes, logarithm(x, codes, variant))


def logarithm(x: np.ndarray, codes: Sequence[str], variant: Logarithm) -> np.ndarray:
    least = np.min(x, axis=0, initial=np.inf, where=~np.isnan(x))
    most = np.max(x, axis=0, initial=-np.inf, where=~np.isnan(x))
    if variant in ("range", "gii"):
        bad, what = ~(most > least), "is constant, so it has no range"
        if variant == "gii" and not bad.any():
            bad, what = ~(most > 1), "has no value above 1, which the formula needs"
    else:
        bad, what = (
            (least < 0, "has negative values")
            if variant == "log1p"
            else (least <= 0, "has values that are not positive")
        )
    if bad.any():
        raise InputError(
            [f"indicator {codes[column]!r} {what}" for column in np.flatnonzero(bad).tolist()], title="log_transform"
        )
    if variant in ("ln", "log10", "log1p"):
        return {"ln": np.log, "log10": np.log10, "log1p": np.log1p}[variant](x)
    share = (x - least) / (most - least)
    if variant == "gii":
        return np.log((most - 1) * share + 1)
    left = skewness_kurtosis(x)[0] < 0
    return np.where(left, -np.log(1.01 - share), np.log(share + 0.01))


@method_of("treat")
def box_cox(
    table: pd.DataFrame,
    framework: Framework,
    *,
    power: float | None = None,
    shift: float = 0.0,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Box-Cox transformation: ``((x + shift)^power - 1) / power``, the logarithm for a power of 0 (Box and Cox 1964).

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
        The indicators may have no goalposts: those are in the old unit.
    power : float, optional
        Of each indicator by maximum likelihood if not given (`scipy.stats.boxcox`); `treatment_report` shows it.
    shift : float
        Added first; the sum must be positive.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        In the same order as the raw values.

    Raises
    ------
    InputError
        Naming every indicator that has goalposts, is constant, or has values that are not positive.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> box_cox(pd.DataFrame({"a": [1.0, 3.0, 5.0]}), tree, power=2)["a"].round(9).tolist()
    [0.0, 4.0, 12.0]
    """
    codes, x, powers = box_cox_powers(table, framework, power, shift, indicators)
    columns = [
        np.log(column) if abs(item) < 1e-12 else np.expm1(item * np.log(column)) / item
        for column, item in zip(x.T, powers, strict=True)
    ]
    return with_values(table, codes, np.column_stack(columns))


def box_cox_powers(
    table: pd.DataFrame, framework: Framework, power: float | None, shift: float, indicators: Sequence[str] | None
) -> tuple[list[str], np.ndarray, list[float]]:
    """Return the indicators that `box_cox` changes, their shifted values and the power of each."""
    codes = chosen(framework, indicators, title="box_cox")
    without_goalposts(framework, codes, title="box_cox")
    x = floats(table[codes]) + shift
    problems = []
    for code, column in zip(codes, x.T, strict=True):
        seen = column[~np.isnan(column)]
        if not seen.size or np.ptp(seen) == 0:
            problems.append(f"indicator {code!r} is constant or has no value")
        elif seen.min() <= 0:
            problems.append(
                f"indicator {code!r}: its least value with the shift is {seen.min():g}; give a larger shift"
            )
    if problems:
        raise InputError(problems, title="box_cox")
    if power is not None:
        return codes, x, [float(power)] * len(codes)
    from scipy.stats import boxcox

    return codes, x, [float(boxcox(column[~np.isnan(column)])[1]) for column in x.T]


def skewness_kurtosis(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Skewness and excess kurtosis of each column, bias-corrected ("type 2", as SAS, SPSS and spreadsheets give them).

    ``G1 = g1 sqrt(n (n - 1)) / (n - 2)``, ``G2 = ((n + 1) g2 + 6) (n - 1) / ((n - 2) (n - 3))`` with g1 and g2 the
    moment ratios (Joanes and Gill 1998, The Statistician 47).

    Parameters
    ----------
    x : ndarray, units x columns
        NaN is missing.

    Returns
    -------
    skewness, kurtosis : ndarray, one a column
        NaN for a constant column and for fewer than 4 values.

    Examples
    --------
    >>> skewness, kurtosis = skewness_kurtosis(np.array([[1.0], [2.0], [3.0], [4.0], [100.0]]))
    >>> round(float(skewness[0]), 4), round(float(kurtosis[0]), 4)
    (2.2324, 4.9869)
    """
    n = np.sum(~np.isnan(x), axis=0).astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = x - np.nansum(x, axis=0) / n
        gap[np.isnan(gap)] = 0
        square = gap * gap  # a general power costs twenty times as much
        second, third, fourth = (part.sum(axis=0) / n for part in (square, square * gap, square * square))
        # a spread that binary arithmetic may have made of equal numbers is none
        size = np.max(np.abs(x), axis=0, initial=0.0, where=~np.isnan(x))
        fit = (n >= 4) & (second > (8 * np.spacing(size)) ** 2)
        g1, g2 = third / second**1.5, fourth / second**2 - 3
        skewness = g1 * np.sqrt(n * (n - 1)) / (n - 2)
        kurtosis = ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where(fit, skewness, np.nan), np.where(fit, kurtosis, np.nan)
