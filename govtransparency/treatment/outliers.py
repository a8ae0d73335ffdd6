"""Outliers: winsorising and the JRC's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number, is_whole
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.transformations import logarithm, skewness_kurtosis
from govtransparency.treatment.treated_columns import treated_values, with_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework


@method_of("treat")
@checked
def winsorise(
    table: pd.DataFrame,
    framework: Framework,
    *,
    points: int | tuple[int, int] | None = None,
    quantiles: tuple[float, float] | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Replace the extreme values of each indicator with the nearest value that is not extreme.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values.
    framework : Framework
    points : int or pair of int
        How many of the lowest and of the highest values take the next value; one number holds for both ends.
    quantiles : pair of float from 0 to 1
        Instead of `points`: values beyond these quantiles (linear interpolation) take the quantile. If neither is
        given, ``(0.025, 0.975)``, as in the Environmental Sustainability Index.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        For both `points` and `quantiles`, or either out of range; naming every indicator with too few values for
        `points`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> winsorise(pd.DataFrame({"a": [1.0, 2.0, 3.0, 50.0, 99.0]}), tree, points=(0, 2))["a"].tolist()
    [1.0, 2.0, 3.0, 3.0, 3.0]
    """
    title = "winsorise"
    with Arguments(title) as check:
        if points is not None and quantiles is not None:
            check.refuse(problems.POINTS_OR_QUANTILES)
        low, high = _quantiles(check, (0.025, 0.975) if quantiles is None else quantiles)
        ends = _points(check, points)
        codes, x = treated_values(check, table, framework, indicators)
    seen = np.sum(~np.isnan(x), axis=0)
    if ends is None:
        some = seen > 0
        bounds = np.full((2, len(codes)), np.nan)
        if some.any():
            bounds[:, some] = np.nanquantile(x[:, some], [low, high], axis=0)
    else:
        if few := np.flatnonzero(seen <= sum(ends)).tolist():
            raise InputError(
                [
                    problems.FEW_VALUES.format(code=codes[column], count=seen[column], points=sum(ends))
                    for column in few
                ],
                title=title,
            )
        ordered = np.sort(x, axis=0)
        bounds = np.stack([ordered[ends[0]], ordered[seen - 1 - ends[1], np.arange(len(codes))]])
    return with_values(table, codes, np.clip(x, bounds[0], bounds[1]))


def _quantiles(check: Arguments, quantiles: Any) -> tuple[float, float]:
    pair = tuple(quantiles) if np.ndim(quantiles) == 1 else ()
    if len(pair) != 2 or not all(map(is_number, pair)) or not 0 <= pair[0] < pair[1] <= 1:
        check.expect("quantiles", quantiles, problems.QUANTILES)
        return 0.0, 1.0
    return pair[0], pair[1]


def _points(check: Arguments, points: Any) -> tuple[int, int] | None:
    """Return how many values are winsorised at each end; None where quantiles say so instead."""
    if points is None:
        return None
    pair = (points, points) if np.ndim(points) == 0 else tuple(points)
    if len(pair) != 2 or not all(map(is_whole, pair)) or min(pair) < 0:
        check.expect("points", points, problems.POINTS)
        return 0, 0
    return int(pair[0]), int(pair[1])


@method_of("treat")
@checked
def jrc_outliers(
    table: pd.DataFrame,
    framework: Framework,
    *,
    points: int = 5,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Treat outliers as the European Commission's Joint Research Centre does.

    An indicator has outliers when ``|skewness| > 2`` and excess kurtosis ``> 3.5`` both hold, each bias-corrected (see
    `skewness_kurtosis`). Then the most extreme value on the side of the skew takes the next value (ties together) until
    the test is passed, changing at most `points` values. Where that is not enough, the logarithm of the original values
    is taken instead (`log_transform`, variant "range"). `outlier_report` shows what was done to each indicator.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values; the direction does not matter.
    framework : Framework
    points : int
        Largest number of values changed before the logarithm is taken; 5 is usual for about a hundred units.
    skewness, kurtosis : float
        The limits, 0 or more.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        An indicator with fewer than 4 values, or a constant one, is left alone. So is one that needs the logarithm but
        has goalposts, which are in its own unit and limit its outliers anyway, and one whose skewness the logarithm
        does not reduce (an indicator with two values, for example).

    Raises
    ------
    InputError
        For limits out of range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0]})
    >>> jrc_outliers(table, tree)["a"].tolist()
    [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 9.0]
    """
    codes, x = _checked("jrc_outliers", table, framework, points, skewness, kurtosis, indicators)
    treated, _ = _jrc(x, codes, framework, points, skewness, kurtosis)
    return with_values(table, codes, treated)


@checked
def outlier_report(
    table: pd.DataFrame,
    framework: Framework,
    *,
    points: int = 5,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Report what `jrc_outliers` does to each indicator, with the same options.

    Parameters
    ----------
    table, framework, points, skewness, kurtosis, indicators
        As in `jrc_outliers`.

    Returns
    -------
    DataFrame, indicator x (skewness, kurtosis, action, low, high, skewness_after, kurtosis_after, passed)
        `action` is "none", "winsorised", "log" or "left alone"; `low` and `high` count the values winsorised at each
        end; `passed` says whether the treated values pass the test.

    Raises
    ------
    InputError
        As `jrc_outliers`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 100.0]})
    >>> report = outlier_report(table, tree)
    >>> report.at["a", "action"], int(report.at["a", "high"])
    ('winsorised', 1)
    """
    codes, x = _checked("outlier_report", table, framework, points, skewness, kurtosis, indicators)
    return _jrc(x, codes, framework, points, skewness, kurtosis)[1]


def _checked(
    title: str,
    table: pd.DataFrame,
    framework: Framework,
    points: int,
    skewness: float,
    kurtosis: float,
    indicators: Sequence[str] | None,
) -> tuple[list[str], np.ndarray]:
    with Arguments(title) as check:
        for name, limit in (("points", points), ("skewness", skewness), ("kurtosis", kurtosis)):
            check.number(name, limit, low=0)
        return treated_values(check, table, framework, indicators)


def _jrc(
    x: np.ndarray,
    codes: list[str],
    framework: Framework,
    points: int,
    max_skewness: float,
    max_kurtosis: float,
) -> tuple[np.ndarray, pd.DataFrame]:
    """Return the treated values of the indicators, and the report."""

    def outlying(values: np.ndarray) -> np.ndarray:
        skew, kurt = skewness_kurtosis(values)
        return (np.abs(skew) > max_skewness) & (kurt > max_kurtosis)

    skew, kurt = skewness_kurtosis(x)
    action = np.full(len(codes), "none", dtype=object)
    treated = x.copy()
    columns = np.flatnonzero(outlying(x))
    action[columns] = "left alone"
    winsorised = x[:, columns]
    while len(columns):
        winsorised = _most_extreme_replaced(winsorised)
        changed = np.sum((winsorised != x[:, columns]) & ~np.isnan(winsorised), axis=0)
        known = ~np.isnan(skewness_kurtosis(winsorised)[0])
        passed = known & (changed <= points) & ~outlying(winsorised)
        treated[:, columns[passed]] = winsorised[:, passed]
        action[columns[passed]] = "winsorised"
        further = known & (changed < points) & ~passed
        winsorised, columns = winsorised[:, further], columns[further]
    without_goalposts = framework.goalposts.loc[codes].isna().all(axis=1).to_numpy()
    skewed = np.flatnonzero((action == "left alone") & without_goalposts)
    if len(skewed):
        logged = logarithm(x[:, skewed], [codes[column] for column in skewed], "range", title="jrc_outliers")
        better = np.abs(skewness_kurtosis(logged)[0]) < np.abs(skew[skewed]) - 1e-9
        treated[:, skewed[better]] = logged[:, better]
        action[skewed[better]] = "log"
    shift = np.where(action == "winsorised", treated - x, 0.0)
    after = skewness_kurtosis(treated)
    report = pd.DataFrame(
        {
            "skewness": skew,
            "kurtosis": kurt,
            "action": action,
            "low": np.sum(shift > 0, axis=0),
            "high": np.sum(shift < 0, axis=0),
            "skewness_after": after[0],
            "kurtosis_after": after[1],
            "passed": ~outlying(treated),
        },
        index=pd.Index(codes, name="indicator"),
    )
    return treated, report


def _most_extreme_replaced(x: np.ndarray) -> np.ndarray:
    """Replace the most extreme value of each column, on the side of its skew, with the next one; ties together."""
    side = np.where(skewness_kurtosis(x)[0] < 0, -1.0, 1.0)
    y = x * side
    seen = ~np.isnan(y)
    top = np.max(y, axis=0, initial=-np.inf, where=seen)
    following = np.max(y, axis=0, initial=-np.inf, where=seen & (y < top))
    return np.where(y == top, np.where(np.isfinite(following), following, top), y) * side
