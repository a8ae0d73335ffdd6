"""Outliers: winsorising and the JRC's rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.transformations import logarithm, skewness_kurtosis
from govtransparency.treatment.treated_columns import chosen, with_values


@method_of("treat")
def winsorise(
    table: pd.DataFrame,
    framework: Framework,
    *,
    points: int | tuple[int, int] | None = None,
    quantiles: tuple[float, float] | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Draw the extreme values of each indicator in to the nearest that is not extreme.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values.
    framework : Framework
    points : int or pair of int
        So many of the lowest and of the highest values take the next value (one number: as many at each end).
    quantiles : pair of float from 0 to 1
        In place of `points`: values beyond these quantiles (linear interpolation) take them; ``(0.025, 0.975)``, as the
        Environmental Sustainability Index had it, if neither is given.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        For both `points` and `quantiles`, and either out of range; naming every indicator with too few values for
        `points`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> winsorise(pd.DataFrame({"a": [1.0, 2.0, 3.0, 50.0, 99.0]}), tree, points=(0, 2))["a"].tolist()
    [1.0, 2.0, 3.0, 3.0, 3.0]
    """
    title = "winsorise"
    if points is not None and quantiles is not None:
        raise InputError("give points or quantiles, not both", title=title)
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    seen = np.sum(~np.isnan(x), axis=0)
    if points is None:
        low, high = quantiles or (0.025, 0.975)
        if not 0 <= low < high <= 1:
            raise InputError(f"quantiles {quantiles!r}: expected two rising numbers from 0 to 1", title=title)
        some = seen > 0
        bounds = np.full((2, len(codes)), np.nan)
        if some.any():
            bounds[:, some] = np.nanquantile(x[:, some], [low, high], axis=0)
    else:
        pair = (points, points) if isinstance(points, int) else tuple(points)
        if len(pair) != 2 or any(isinstance(item, bool) or not isinstance(item, int) or item < 0 for item in pair):
            raise InputError(f"points {points!r}: expected one or two whole numbers, 0 or more", title=title)
        if few := np.flatnonzero(seen <= sum(pair)).tolist():
            raise InputError(
                [
                    f"indicator {codes[column]!r} has {seen[column]} values; {sum(pair)} are too many to draw in"
                    for column in few
                ],
                title=title,
            )
        ordered = np.sort(x, axis=0)
        bounds = np.stack([ordered[pair[0]], ordered[seen - 1 - pair[1], np.arange(len(codes))]])
    return with_values(table, codes, np.clip(x, bounds[0], bounds[1]))


@method_of("treat")
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

    An indicator has outliers when ``|skewness| > 2`` and excess kurtosis ``> 3.5`` together, both bias-corrected (see
    `skewness_kurtosis`). Then the most extreme value on the side of the skew takes the next value, ties together, until
    the test is passed, changing at most `points` values; where that is not enough, the original values are logged
    instead (`log_transform`, variant "range"). What was done to each indicator: `outlier_report`.

    Parameters
    ----------
    table : DataFrame, units x columns
        Raw values; the direction does not count.
    framework : Framework
    points : int
        At most so many values are changed before the logarithm; 5 is usual for about a hundred units.
    skewness, kurtosis : float
        The limits.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        An indicator with fewer than 4 values, or constant, is left alone; so is one that needs the logarithm but has
        goalposts, which are in its own unit and bound its outliers anyway, and one whose skewness the logarithm does
        not lessen (an indicator of two values, for example).

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
    codes, treated, _ = _jrc(table, framework, points, skewness, kurtosis, indicators)
    return with_values(table, codes, treated)


def outlier_report(
    table: pd.DataFrame,
    framework: Framework,
    *,
    points: int = 5,
    skewness: float = 2.0,
    kurtosis: float = 3.5,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """What `jrc_outliers` does to each indicator, with the same options.

    Parameters
    ----------
    table, framework, points, skewness, kurtosis, indicators
        As in `jrc_outliers`.

    Returns
    -------
    DataFrame, indicator x (skewness, kurtosis, action, low, high, skewness_after, kurtosis_after, passed)
        `action` is "none", "winsorised", "log" or "left alone"; `low` and `high` count the values drawn in at each end;
        `passed` says whether the treated values pass the test.

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
    return _jrc(table, framework, points, skewness, kurtosis, indicators)[2]


def _jrc(
    table: pd.DataFrame,
    framework: Framework,
    points: int,
    max_skewness: float,
    max_kurtosis: float,
    indicators: Sequence[str] | None,
) -> tuple[list[str], np.ndarray, pd.DataFrame]:
    problems = [
        f"{name} {limit!r}: expected a number, 0 or more"
        for name, limit in (("points", points), ("skewness", max_skewness), ("kurtosis", max_kurtosis))
        if not limit >= 0
    ]
    if problems:
        raise InputError(problems, title="jrc_outliers")
    codes = chosen(framework, indicators, title="jrc_outliers")
    x = floats(table[codes])

    def outlying(values: np.ndarray) -> np.ndarray:
        skew, kurt = skewness_kurtosis(values)
        return (np.abs(skew) > max_skewness) & (kurt > max_kurtosis)

    skew, kurt = skewness_kurtosis(x)
    action = np.full(len(codes), "none", dtype=object)
    treated = x.copy()
    open_ = np.flatnonzero(outlying(x))
    action[open_] = "left alone"
    drawn, columns = x[:, open_], open_
    while len(columns):
        drawn = _draw_in(drawn)
        moved = np.sum((drawn != x[:, columns]) & ~np.isnan(drawn), axis=0)
        known = ~np.isnan(skewness_kurtosis(drawn)[0])
        cured = known & (moved <= points) & ~outlying(drawn)
        treated[:, columns[cured]] = drawn[:, cured]
        action[columns[cured]] = "winsorised"
        on = known & (moved < points) & ~cured
        drawn, columns = drawn[:, on], columns[on]
    free = framework.goalposts.loc[codes].isna().all(axis=1).to_numpy()
    long = np.flatnonzero((action == "left alone") & free)
    if len(long):
        logged = logarithm(x[:, long], [codes[column] for column in long], "range")
        better = np.abs(skewness_kurtosis(logged)[0]) < np.abs(skew[long]) - 1e-9
        treated[:, long[better]] = logged[:, better]
        action[long[better]] = "log"
    drawn_in = np.where(action == "winsorised", treated - x, 0.0)
    after = skewness_kurtosis(treated)
    report = pd.DataFrame(
        {
            "skewness": skew,
            "kurtosis": kurt,
            "action": action,
            "low": np.sum(drawn_in > 0, axis=0),
            "high": np.sum(drawn_in < 0, axis=0),
            "skewness_after": after[0],
            "kurtosis_after": after[1],
            "passed": ~outlying(treated),
        },
        index=pd.Index(codes, name="indicator"),
    )
    return codes, treated, report


def _draw_in(x: np.ndarray) -> np.ndarray:
    """Draw the most extreme value of each column, on the side of its skew, in to the next; ties together."""
    side = np.where(skewness_kurtosis(x)[0] < 0, -1.0, 1.0)
    y = x * side
    seen = ~np.isnan(y)
    top = np.max(y, axis=0, initial=-np.inf, where=seen)
    following = np.max(y, axis=0, initial=-np.inf, where=seen & (y < top))
    return np.where(y == top, np.where(np.isfinite(following), following, top), y) * side
