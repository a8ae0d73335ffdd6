"""Outliers and skewed distributions: winsorising, logarithms, Box-Cox, and the JRC's rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.columns import chosen, with_values, without_goalposts

Logarithm = Literal["ln", "log10", "log1p", "range", "gii"]


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
    return with_values(table, codes, _log(x, codes, variant))


def _log(x: np.ndarray, codes: Sequence[str], variant: Logarithm) -> np.ndarray:
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
        logged = _log(x[:, long], [codes[column] for column in long], "range")
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
