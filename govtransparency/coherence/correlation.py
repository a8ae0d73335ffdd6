"""Correlations within and across pillars, redundant indicators, and what indicators owe to their denominators."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.arrays import floats, scaled
from govtransparency.errors import InputError, check_level, nearest
from govtransparency.framework import Framework
from govtransparency.nodes import ROOT
from govtransparency.p_values import adjusted
from govtransparency.ties import snapped

__all__ = ["Correlations", "correlations", "denominator_correlations", "redundant"]

METHODS = ("pearson", "spearman", "kendall")


@dataclass(frozen=True)
class Correlations:
    """Correlations of indicators; made by `correlations`.

    Attributes
    ----------
    matrix : DataFrame, indicators x indicators
        NaN where a column is constant.
    pairs : DataFrame, indexed by first, second
        pillar : str, the lowest node that both are under, empty without a framework; within : bool, whether it is not
        the index itself; units : int, with both values; value, low, high : float, with the Fisher interval; p_value,
        p_adjusted : float.
    """

    matrix: pd.DataFrame
    pairs: pd.DataFrame

    def summary(self) -> pd.DataFrame:
        """Return pairs, mean, least, greatest, negative and share certain (adjusted p < 0.05), within and across."""
        rows = {}
        for name, part in (
            ("within", self.pairs[self.pairs["within"]]),
            ("across", self.pairs[~self.pairs["within"]]),
        ):
            value = part["value"].dropna()
            certain = (part.loc[value.index, "p_adjusted"] < 0.05).mean() if len(value) else np.nan
            rows[name] = (len(value), value.mean(), value.min(), value.max(), int((value < 0).sum()), certain)
        columns = ["pairs", "mean", "least", "greatest", "negative", "certain"]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def correlations(
    table: pd.DataFrame,
    framework: Framework | None = None,
    *,
    method: str = "pearson",
    adjust: str = "holm",
    level: float = 0.95,
) -> Correlations:
    """Correlations of every pair of indicators.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Turned so that more is better, such as the normalised values of an index; pairs of complete values are used.
    framework : Framework, optional
        To tell pairs within a pillar from pairs across. With it, only its indicators that the table has are compared.
    method : {"pearson", "spearman", "kendall"}
    adjust : str
        For testing every pair, a name of statsmodels' ``multipletests``: "holm", "fdr_bh" and so on.
    level : float
        Of the interval of each pair, by Fisher's z (standard error ``1/sqrt(n - 3)``; for Spearman
        ``sqrt((1 + r^2/2)/(n - 3))``, Bonett and Wright 2000; for Kendall ``sqrt(0.437/(n - 4))``, Fieller and others
        1957).

    Returns
    -------
    Correlations

    Raises
    ------
    InputError
        For an unknown method or adjustment, fewer than two indicators, columns that are not numbers, and a level
        outside 0 to 1.

    Notes
    -----
    Handbook step 4. Indicators of one pillar should hang together, and more with each other than with other pillars';
    a negative correlation within a pillar means that the two compensate each other in its score.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, 3, 2, 4]})
    >>> correlations(table).matrix.loc["a"].round(3).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 0.8}
    """
    from scipy import stats

    title = "correlations"
    check_level(level, title=title)
    if method not in METHODS:
        raise InputError(f"method {method!r} is unknown; {nearest(method, METHODS)}", title=title)
    codes = list(table.columns) if framework is None else [code for code in framework.indicators if code in table]
    x = numeric(table[codes], title=title)
    if len(codes) < 2:
        raise InputError(f"{len(codes)} indicator(s); at least 2 are needed", title=title)
    varying = x.nunique() > 1
    matrix = x.corr(method=method, min_periods=3)  # pandas' Kendall calls a constant column its own equal
    matrix.loc[~varying, :] = matrix.loc[:, ~varying] = np.nan
    present = x.notna().to_numpy(dtype=int)
    counts = present.T @ present
    rows = {}
    for i, j in itertools.combinations(range(len(codes)), 2):
        first, second, n = codes[i], codes[j], int(counts[i, j])
        value = p_value = low = high = np.nan
        if n > 2 and not np.isnan(matrix.iat[i, j]):
            value = float(np.clip(matrix.iat[i, j], -1, 1))
            low, high = fisher_interval(value, n, level, method)
            if method == "kendall":
                p_value = float(stats.kendalltau(x[first], x[second], nan_policy="omit").pvalue)
            else:
                p_value = _t_test(value, n)
        pillar = "" if framework is None else common_node(framework, first, second)
        rows[first, second] = (pillar, pillar not in ("", ROOT), n, value, low, high, p_value)
    columns = ["pillar", "within", "units", "value", "low", "high", "p_value"]
    pairs = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    pairs.index = pd.MultiIndex.from_tuples(rows, names=["first", "second"])
    tested = pairs["p_value"].notna()
    pairs["p_adjusted"] = np.nan
    if tested.any():
        pairs.loc[tested, "p_adjusted"] = adjusted(pairs.loc[tested, "p_value"], adjust, title=title)
    return Correlations(matrix, pairs)


def _t_test(value: float, n: int) -> float:
    """Return the two-sided p-value of a correlation of n pairs, Pearson's or of ranks, by Student's t."""
    from scipy import special

    if abs(value) >= 1:
        return 0.0
    t = value * np.sqrt((n - 2) / (1 - value**2))
    return float(2 * special.stdtr(n - 2, -abs(t)))


def fisher_interval(value: float, n: int, level: float, method: str) -> tuple[float, float]:
    """Return the interval of a correlation by Fisher's z; NaN for too few units."""
    from scipy import special

    least = 5 if method == "kendall" else 4
    if n < least or np.isnan(value):
        return np.nan, np.nan
    if abs(value) >= 1:
        return value, value
    error = {
        "pearson": 1 / np.sqrt(n - 3),
        "spearman": np.sqrt((1 + value**2 / 2) / (n - 3)),
        "kendall": np.sqrt(0.437 / max(n - 4, 1)),
    }[method]
    z = np.arctanh(value) + special.ndtri([(1 - level) / 2, (1 + level) / 2]) * error
    low, high = np.tanh(z)
    return float(low), float(high)


def common_node(framework: Framework, first: str, second: str) -> str:
    """Return the lowest node that both indicators are under."""
    above = set()
    code = framework.parent(first)
    while code:
        above.add(code)
        code = framework.parent(code)
    code = framework.parent(second)
    while code not in above:
        code = framework.parent(code)
    return code


def redundant(pairs: pd.DataFrame | Correlations, *, threshold: float = 0.92) -> pd.DataFrame:
    """Pairs of indicators that measure nearly the same: a correlation of at least the threshold, in size.

    Parameters
    ----------
    pairs : Correlations, or its ``pairs``
    threshold : float
        0.92 is the mark that audits of the JRC use for collinear indicators.

    Returns
    -------
    DataFrame, the rows of ``pairs`` concerned, strongest first
        Such a pair counts double what it measures; give one of them up, or halve their weights.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, 3, 2, 4]})
    >>> redundant(correlations(table)).index.tolist()
    [('a', 'b')]
    """
    table = pairs.pairs if isinstance(pairs, Correlations) else pairs
    strong = table[table["value"].abs() >= threshold]
    return strong.reindex(strong["value"].abs().sort_values(ascending=False, kind="stable").index)


def denominator_correlations(
    table: pd.DataFrame, denominators: pd.DataFrame, *, method: str = "spearman", threshold: float = 0.5
) -> pd.DataFrame:
    """Correlations of indicators with size: population, income, area, staff.

    Parameters
    ----------
    table : DataFrame, units x indicators
    denominators : DataFrame, units x measures of size
    method : {"pearson", "spearman", "kendall"}
    threshold : float
        From which size on a correlation is flagged.

    Returns
    -------
    DataFrame, indexed by indicator, denominator
        units, value, p_value, flagged (bool). An indicator that goes with size may reward being large or rich: divide
        it by the denominator, or say why not. NaN where either is constant or fewer than three units have both.

    Raises
    ------
    InputError
        For an unknown method, columns that are not numbers, and no unit in common.

    Notes
    -----
    Handbook step 9, links to other indicators, and step 2, on dividing by size.

    Examples
    --------
    >>> table = pd.DataFrame({"spent": [1.0, 2, 3, 4], "answered": [3.0, 1, 4, 2]})
    >>> size = pd.DataFrame({"population": [10.0, 20, 30, 50]})
    >>> denominator_correlations(table, size)["flagged"].tolist()
    [True, False]
    """
    from scipy import stats

    title = "denominator_correlations"
    if method not in METHODS:
        raise InputError(f"method {method!r} is unknown; {nearest(method, METHODS)}", title=title)
    x, d = numeric(table, title=title), numeric(denominators, title=title)
    units = x.index.intersection(d.index)
    if not len(units):
        raise InputError("the table and the denominators have no unit in common", title=title)
    test = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}[method]
    rows = {}
    for code, size in itertools.product(x, d):
        pair = np.stack([x.loc[units, code].to_numpy(), d.loc[units, size].to_numpy()])
        pair = pair[:, ~np.isnan(pair).any(axis=0)]
        value = p_value = np.nan
        if pair.shape[1] > 2 and (np.ptp(pair, axis=1) > 0).all():
            result = test(*pair)
            value, p_value = float(result.statistic), float(result.pvalue)
        rows[code, size] = (pair.shape[1], value, p_value, abs(value) >= threshold)
    result = pd.DataFrame.from_dict(rows, orient="index", columns=["units", "value", "p_value", "flagged"])
    result.index = pd.MultiIndex.from_tuples(rows, names=["indicator", "denominator"])
    return result


def numeric(table: pd.DataFrame, *, title: str, axis: int | None = 0) -> pd.DataFrame:
    """Return the table as floats, or raise an error that names the columns that are none.

    Values of a column that binary arithmetic may have parted are equal. Each column (with `axis` None all of them
    together) is scaled by the power of two that brings it near to 1, which no correlation depends on.
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"got a {type(table).__name__}; expected a DataFrame, units x indicators", title=title)
    problems = [
        f"column {name!r} holds {dtype}, not numbers"
        for name, dtype in table.dtypes.items()
        if not pd.api.types.is_numeric_dtype(dtype)
    ]
    problems += [f"column {name!r} stands twice" for name in table.columns[table.columns.duplicated()]]
    if problems:
        raise InputError(problems, title=title)
    x = floats(table)
    if np.isinf(x).any():
        raise InputError("a value is infinite", title=title)
    return pd.DataFrame(scaled(snapped(x), axis=axis)[0], index=table.index, columns=table.columns)
