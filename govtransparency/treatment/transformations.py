"""Transformations of skewed distributions: logarithms and Box-Cox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.treated_columns import raise_for, treated_values, with_values, without_goalposts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from govtransparency.framework import Framework

Logarithm = Literal["ln", "log10", "log1p", "range", "gii"]


@method_of("treat")
@checked
def log_transform(
    table: pd.DataFrame,
    framework: Framework,
    *,
    variant: Logarithm = "ln",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Take logarithms, to shorten a long tail.

    ========= =============================================================================================
    `variant`
    ========= =============================================================================================
    ``ln``     natural logarithm; positive values only
    ``log10``  decimal logarithm; positive values only
    ``log1p``  ``ln(1 + x)``; no negative values
    ``range``  ``ln((x - min) / (max - min) + 0.01)``; for a distribution skewed to the left the mirror image,
               ``-ln((max - x) / (max - min) + 0.01)``. Any values; does not depend on the unit of measurement
    ``gii``    ``ln((max - 1) (x - min) / (max - min) + 1)``, of the Global Innovation Index; max above 1
    ========= =============================================================================================

    It acts on raw values, before the direction is applied, and keeps their order.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
        The indicators may not have goalposts, which are in the old unit. For those use ``log=True`` of the normaliser.
    variant : {"ln", "log10", "log1p", "range", "gii"}
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        For an unknown variant; naming every indicator that has goalposts, values without a logarithm, or no range.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> log_transform(pd.DataFrame({"a": [1.0, 10.0, 100.0]}), tree, variant="log10")["a"].tolist()
    [0.0, 1.0, 2.0]
    """
    title = "log_transform"
    with Arguments(title) as check:
        check.choice("variant", variant, get_args(Logarithm))
        codes, x = treated_values(check, table, framework, indicators)
    without_goalposts(framework, codes, title=title)
    return with_values(table, codes, logarithm(x, codes, variant, title=title))


def logarithm(x: np.ndarray, codes: Sequence[str], variant: Logarithm, *, title: str) -> np.ndarray:
    """Return the logarithm of each column, after refusing every indicator that has none."""
    least = np.min(x, axis=0, initial=np.inf, where=~np.isnan(x))
    most = np.max(x, axis=0, initial=-np.inf, where=~np.isnan(x))
    refused = {
        "ln": {"not positive": least <= 0},
        "log10": {"not positive": least <= 0},
        "log1p": {"negative": least < 0},
        "range": {"no range": ~(most > least)},
        "gii": {"no range": ~(most > least), "not above 1": ~(most > 1)},
    }
    for reason, bad in refused[variant].items():
        raise_for(codes, bad, problems.NO_LOGARITHM[reason], title=title)
    if variant in ("ln", "log10", "log1p"):
        return {"ln": np.log, "log10": np.log10, "log1p": np.log1p}[variant](x)
    share = (x - least) / (most - least)
    if variant == "gii":
        return np.log((most - 1) * share + 1)
    left = skewness_kurtosis(x)[0] < 0
    return np.where(left, -np.log(1.01 - share), np.log(share + 0.01))


@method_of("treat")
@checked
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
        The indicators may not have goalposts, which are in the old unit.
    power : float, optional
        If not given, estimated for each indicator by maximum likelihood (`scipy.stats.boxcox`); `treatment_report`
        shows it.
    shift : float
        Added to the values first; the sums must be positive.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        The order of the values stays the same.

    Raises
    ------
    InputError
        Naming every indicator that has goalposts, is constant, or has values that are not positive.

    Examples
    --------
    >>> import pandas as pd
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
    title = "box_cox"
    with Arguments(title) as check:
        if power is not None:
            check.number("power", power)
        check.number("shift", shift)
        codes, raw = treated_values(check, table, framework, indicators)
    without_goalposts(framework, codes, title=title)
    x = raw + shift
    refused = []
    for code, column in zip(codes, x.T, strict=True):
        seen = column[~np.isnan(column)]
        if not seen.size or np.ptp(seen) == 0:
            refused.append(problems.CONSTANT.format(code=code))
        elif seen.min() <= 0:
            refused.append(problems.SHIFT.format(code=code, least=f"{seen.min():g}"))
    if refused:
        raise InputError(refused, title=title)
    if power is not None:
        return codes, x, [float(power)] * len(codes)
    from scipy.stats import boxcox

    # sorted: the search for the power ends elsewhere for another order of the units
    ordered = (np.sort(column[~np.isnan(column)]) for column in x.T)
    return codes, x, [float(boxcox(column)[1]) for column in ordered]


def skewness_kurtosis(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the skewness and excess kurtosis of each column, bias-corrected.

    This is "type 2", as in SAS, SPSS and spreadsheets:
    ``G1 = g1 sqrt(n (n - 1)) / (n - 2)``, ``G2 = ((n + 1) g2 + 6) (n - 1) / ((n - 2) (n - 3))`` with g1 and g2 the
    moment ratios (Joanes and Gill 1998, The Statistician 47).

    Parameters
    ----------
    x : ndarray, units x columns
        NaN is missing.

    Returns
    -------
    skewness, kurtosis : ndarray, one value per column
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
        # rounding errors of binary arithmetic between equal numbers are not a spread
        size = np.max(np.abs(x), axis=0, initial=0.0, where=~np.isnan(x))
        fit = (n >= 4) & (second > (8 * np.spacing(size)) ** 2)
        g1, g2 = third / second**1.5, fourth / second**2 - 3
        skewness = g1 * np.sqrt(n * (n - 1)) / (n - 2)
        kurtosis = ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3))
    return np.where(fit, skewness, np.nan), np.where(fit, kurtosis, np.nan)
