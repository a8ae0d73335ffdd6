"""Correlations within and across pillars, redundant indicators, and correlations of indicators with size."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats, scaled
from govtransparency.checked_calls import checked
from govtransparency.errors import first_of
from govtransparency.nodes import ROOT
from govtransparency.p_values import adjusted
from govtransparency.status_of_data import attribution_of, status_of
from govtransparency.table_checks import lacking_indicators, not_finite_numbers
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import coherence_problems as problems
from govtransparency.ties import snapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text

__all__ = ["Correlations", "correlations", "denominator_correlations", "redundant"]

Method = Literal["pearson", "spearman", "kendall"]


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

    @property
    def status(self) -> tuple[str, ...]:
        """What the figures are, as `Index.status`."""
        return status_of(self.matrix)

    @property
    def attribution(self) -> tuple[Text, ...]:
        """What the licences of the sources ask for, as `Index.attribution`."""
        return attribution_of(self.matrix)

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


@checked
def correlations(
    table: pd.DataFrame,
    framework: Framework | None = None,
    *,
    method: Method = "pearson",
    adjust: str = "holm",
    level: float = 0.95,
) -> Correlations:
    """Correlations of every pair of indicators.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Turned so that more is better, such as the normalised values of an index; pairs of complete values are used.
    framework : Framework, optional
        To separate pairs within a pillar from pairs across pillars. Only its indicators in the table are compared.
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
    Handbook step 4. Indicators of one pillar should be correlated, and more with each other than with those of other
    pillars; a negative correlation within a pillar means that the two compensate each other in its score.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, 3, 2, 4]})
    >>> correlations(table).matrix.loc["a"].round(3).to_dict()
    {'a': 1.0, 'b': 1.0, 'c': 0.8}
    """
    from scipy import stats

    with Arguments("correlations") as check:
        check.choice("method", method, get_args(Method))
        check.level("level", level)
        x = numeric(check, "table", table, codes=None if framework is None else framework.indicators, least=2)
    codes = list(x.columns)
    varying = x.nunique() > 1
    matrix = x.corr(method=method, min_periods=3)  # pandas' Kendall calls a constant column its own equal
    matrix.loc[~varying, :] = matrix.loc[:, ~varying] = np.nan
    matrix.attrs = table.attrs
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
        pairs.loc[tested, "p_adjusted"] = adjusted(pairs.loc[tested, "p_value"], adjust, title="correlations")
    return Correlations(matrix, pairs)


def _t_test(value: float, n: int) -> float:
    """Return the two-sided p-value of a correlation of n pairs, Pearson's or of ranks, by Student's t."""
    from scipy import special

    if abs(value) >= 1:
        return 0.0
    t = value * np.sqrt((n - 2) / (1 - value**2))
    return float(2 * special.stdtr(n - 2, -abs(t)))


def fisher_interval(value: float, n: int, level: float, method: Method) -> tuple[float, float]:
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


@checked
def redundant(pairs: pd.DataFrame | Correlations, *, threshold: float = 0.92) -> pd.DataFrame:
    """Find pairs of indicators that measure nearly the same: the absolute correlation is at least the threshold.

    Parameters
    ----------
    pairs : Correlations, or its ``pairs``
    threshold : float
        0.92 is the mark that audits of the JRC use for collinear indicators.

    Returns
    -------
    DataFrame, the rows of ``pairs`` concerned, strongest first
        Such a pair counts twice what it measures: leave one of them out, or halve their weights.

    Raises
    ------
    InputError
        For pairs that are not those of `correlations`, and a threshold outside 0 to 1.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, 3, 2, 4]})
    >>> redundant(correlations(table)).index.tolist()
    [('a', 'b')]
    """
    with Arguments("redundant") as check:
        check.share("threshold", threshold)
        table = pairs.pairs if isinstance(pairs, Correlations) else pairs
        if not isinstance(table, pd.DataFrame) or "value" not in table:
            check.expect("pairs", pairs, problems.PAIRS)
    strong = table[table["value"].abs() >= threshold]
    return strong.reindex(strong["value"].abs().sort_values(ascending=False, kind="stable").index)


@checked
def denominator_correlations(
    table: pd.DataFrame, denominators: pd.DataFrame, *, method: Method = "spearman", threshold: float = 0.5
) -> pd.DataFrame:
    """Correlations of indicators with size: population, income, area, staff.

    Parameters
    ----------
    table : DataFrame, units x indicators
    denominators : DataFrame, units x measures of size
    method : {"pearson", "spearman", "kendall"}
    threshold : float
        Least absolute correlation that is flagged, 0 to 1.

    Returns
    -------
    DataFrame, indexed by indicator, denominator
        units, value, p_value, flagged (bool). An indicator correlated with size may reward being large or rich:
        divide it by the denominator, or state why not. NaN where either is constant or under three units have both.

    Raises
    ------
    InputError
        For an unknown method, columns that are not numbers, no unit in common, and a threshold outside 0 to 1.

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

    with Arguments("denominator_correlations") as check:
        check.choice("method", method, get_args(Method))
        check.share("threshold", threshold)
        x, d = numeric(check, "table", table), numeric(check, "denominators", denominators)
        units = x.index.intersection(d.index)
        if not check.problems and units.empty:
            check.refuse(problems.NO_COMMON_UNIT)
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


def numeric(
    check: Arguments,
    name: str,
    table: Any,
    *,
    codes: Sequence[str] | None = None,
    least: int = 0,
    axis: int | None = 0,
) -> pd.DataFrame:
    """Check that an argument is a table of finite numbers and return it ready for correlations.

    Values of a column that differ only by the rounding of binary arithmetic become equal. Each column (with `axis` None
    all columns together) is scaled by the power of two that brings it near to 1, which no correlation depends on. With
    `codes` only the columns of the table among them are checked and returned, in their order. A table with fewer than
    `least` columns is refused; one that does not hold finite numbers is too, and is returned without columns.
    """
    if not isinstance(table, pd.DataFrame):
        check.expect(name, table, argument_problems.TABLE)
        return pd.DataFrame()
    there = table if codes is None else table[[code for code in codes if code in table]]
    if codes is not None and there.shape[1] < max(least, 1) and (lacking := lacking_indicators(table, codes)):
        check.problems += lacking
        return pd.DataFrame(index=table.index)
    table = there
    found = not_finite_numbers(table)
    if len(twice := table.columns[table.columns.duplicated()]):
        found.append(argument_problems.DUPLICATE.format(name=name, values=first_of(twice)))
    if found:
        check.problems += found
        return pd.DataFrame(index=table.index)
    if table.shape[1] < least:
        check.refuse(problems.FEW_INDICATORS.format(count=table.shape[1], least=least))
    return pd.DataFrame(scaled(snapped(floats(table)), axis=axis)[0], index=table.index, columns=table.columns)
