"""Fill missing values: by a constant, the other units, the other indicators, or other years.

Every cell filled stays flagged in `Index.imputed`. Imputing one value as if it were known hides its uncertainty: vary
the imputation in the uncertainty analysis (Handbook steps 3 and 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats, floats
from govtransparency.errors import InputError, nearest
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.columns import chosen, groups_of, refuse_empty, with_values


@method_of("treat")
def impute_value(
    table: pd.DataFrame, framework: Framework, *, value: float = 0.0, indicators: Sequence[str] | None = None
) -> pd.DataFrame:
    """Fill with a fixed value, in the indicators' own unit: where what is not published counts as not done.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    value : float
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming unknown indicators.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> impute_value(pd.DataFrame({"a": [1.0, None]}), tree)["a"].tolist()
    [1.0, 0.0]
    """
    codes = chosen(framework, indicators, title="impute_value")
    x = floats(table[codes])
    return with_values(table, codes, np.where(np.isnan(x), value, x))


@method_of("treat")
def impute_mean(table: pd.DataFrame, framework: Framework, *, indicators: Sequence[str] | None = None) -> pd.DataFrame:
    """Fill with the indicator's mean over the units that have a value (Handbook step 3, unconditional mean).

    It draws units with gaps towards the middle, and lowers the indicator's variance and correlations.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> impute_mean(pd.DataFrame({"a": [1.0, 3.0, None]}), tree)["a"].tolist()
    [1.0, 3.0, 2.0]
    """
    return _by_statistic(table, framework, indicators, np.nanmean, "impute_mean")


@method_of("treat")
def impute_median(
    table: pd.DataFrame, framework: Framework, *, indicators: Sequence[str] | None = None
) -> pd.DataFrame:
    """Fill with the indicator's median over the units that have a value, which outliers do not move.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> impute_median(pd.DataFrame({"a": [1.0, 3.0, 99.0, None]}), tree)["a"].tolist()
    [1.0, 3.0, 99.0, 3.0]
    """
    return _by_statistic(table, framework, indicators, np.nanmedian, "impute_median")


def _by_statistic(
    table: pd.DataFrame, framework: Framework, indicators: Sequence[str] | None, statistic: Any, title: str
) -> pd.DataFrame:
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    refuse_empty(x, codes, title=title)
    return with_values(table, codes, np.where(np.isnan(x), statistic(x, axis=0), x))


@method_of("treat")
def impute_group_mean(
    table: pd.DataFrame,
    framework: Framework,
    *,
    groups: Any,
    statistic: Literal["mean", "median"] = "mean",
    empty: Literal["refuse", "all"] = "refuse",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the mean, or median, of the unit's group: region, income class, rank of government.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    groups : Series or mapping unit -> group, or name of a column of the table
        In an edition's file ``"units:column"``.
    statistic : {"mean", "median"}
    empty : {"refuse", "all"}
        A group in which nobody has a value is an error, or takes the statistic of all units.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator and group without any value, and units without a group.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 3.0, 9.0, None]}, index=["X", "Y", "Z", "V"])
    >>> impute_group_mean(table, tree, groups={"X": "n", "Y": "n", "Z": "s", "V": "n"})["a"].tolist()
    [1.0, 3.0, 9.0, 2.0]
    """
    title = "impute_group_mean"
    if statistic not in ("mean", "median"):
        raise InputError(f"statistic {statistic!r}: expected 'mean' or 'median'", title=title)
    if empty not in ("refuse", "all"):
        raise InputError(f"empty {empty!r}: expected 'refuse' or 'all'", title=title)
    codes = chosen(framework, indicators, title=title)
    values = as_floats(table[codes])
    refuse_empty(values.to_numpy(), codes, title=title)
    of_unit = groups_of(table, groups, title=title)
    grouped = values.groupby(of_unit, observed=True)
    filled = values.fillna(grouped.transform("mean" if statistic == "mean" else "median"))
    if empty == "all":
        filled = filled.fillna(values.agg(statistic))
    gaps = filled.isna()
    if gaps.to_numpy().any():
        pairs = dict.fromkeys((code, of_unit[unit]) for code in codes for unit in gaps.index[gaps[code]])
        raise InputError(
            [f"indicator {code!r}: nobody in group {group!r} has a value" for code, group in pairs]
            + ["use empty='all', or larger groups"],
            title=title,
        )
    return table.assign(**{code: filled[code] for code in codes})


@method_of("treat")
def impute_regression(
    table: pd.DataFrame,
    framework: Framework,
    *,
    predictors: Sequence[str],
    clip: bool = True,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the prediction of a linear regression on other columns (Handbook step 3, regression imputation).

    Ordinary least squares with a constant, over the units that have the indicator and all predictors.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    predictors : sequence of str
        Columns of the table: indicators, or others. An indicator is not used to predict itself. A unit that lacks one
        of them stays without the value.
    clip : bool
        Hold predictions within the values seen.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming unknown predictors, and every indicator with fewer complete units than predictors and two more, or whose
        predictors are collinear.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [2.0, 4.0, None, 8.0]})
    >>> impute_regression(table, tree, predictors=["a"])["b"].round(9).tolist()
    [2.0, 4.0, 6.0, 8.0]
    """
    title = "impute_regression"
    predictors = [predictors] if isinstance(predictors, str) else list(predictors)
    if unknown := [name for name in predictors if name not in table]:
        raise InputError(
            [f"no column {name!r} to predict by; {nearest(name, table.columns)}" for name in unknown], title=title
        )
    codes = chosen(framework, indicators, title=title)
    columns, problems = {}, []
    for code in codes:
        y = floats(table[code])
        if not np.isnan(y).any():
            continue
        x = floats(table[[name for name in predictors if name != code]])
        ready = ~np.isnan(x).any(axis=1)
        known = ready & ~np.isnan(y)
        if known.sum() < x.shape[1] + 2:
            problems.append(
                f"indicator {code!r}: {known.sum()} units have it and all {x.shape[1]} predictors; "
                f"expected at least {x.shape[1] + 2}"
            )
            continue
        centre, spread = x[known].mean(axis=0), x[known].std(axis=0)
        design = np.column_stack([np.ones(len(x)), (x - centre) / np.where(spread > 0, spread, 1.0)])
        coefficients, _, order, _ = np.linalg.lstsq(design[known], y[known], rcond=None)
        if order < design.shape[1]:
            problems.append(f"indicator {code!r}: its predictors are constant or collinear; leave some out")
            continue
        fitted = design @ coefficients
        if clip:
            fitted = np.clip(fitted, np.nanmin(y), np.nanmax(y))
        columns[code] = np.where(np.isnan(y) & ready, fitted, y)
    if problems:
        raise InputError(problems, title=title)
    return table.assign(**columns)


@method_of("treat")
def impute_knn(
    table: pd.DataFrame,
    framework: Framework,
    *,
    neighbours: int = 5,
    weights: Literal["uniform", "distance"] = "uniform",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the mean of the nearest units that have the value (Troyanskaya et al. 2001).

    Nearness is the Euclidean distance over the indicators both units have, each standardised first (scikit-learn's
    `KNNImputer`). A unit without any value gets the means.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    neighbours : int
        At most as many as there are other units.
    weights : {"uniform", "distance"}
        Of the neighbours.
    indicators : sequence of str, optional
        Codes of indicators or pillars that are filled and that distances are measured by; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value; for `neighbours` out of range.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 1.1, 9.0], "b": [5.0, None, 7.0]})
    >>> impute_knn(table, tree, neighbours=1)["b"].tolist()
    [5.0, 5.0, 7.0]
    """
    from sklearn.impute import KNNImputer

    title = "impute_knn"
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    refuse_empty(x, codes, title=title)
    if isinstance(neighbours, bool) or not isinstance(neighbours, int) or not 1 <= neighbours < max(len(x), 2):
        raise InputError(f"neighbours {neighbours!r}: expected a whole number from 1 to {len(x) - 1}", title=title)
    if weights not in ("uniform", "distance"):
        raise InputError(f"weights {weights!r}: expected 'uniform' or 'distance'", title=title)
    return _filled(table, codes, x, KNNImputer(n_neighbors=neighbours, weights=weights))


@method_of("treat")
def impute_iterative(
    table: pd.DataFrame,
    framework: Framework,
    *,
    iterations: int = 50,
    tolerance: float = 1e-3,
    draw: bool = False,
    clip: bool = True,
    rng: int | np.random.Generator | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill each indicator from all others by regression, in turns until the values settle.

    Bayesian ridge regressions in the round-robin manner of chained equations (van Buuren and Groothuis-Oudshoorn 2011;
    scikit-learn's `IterativeImputer`), on standardised indicators. Without `draw` the values are conditional means, the
    counterpart of the Handbook's EM imputation.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    iterations : int
        At most; scikit-learn warns when the values have not settled by then.
    tolerance : float
        In standard deviations.
    draw : bool
        Draw each value from its predictive distribution, for multiple imputation; needs `rng`.
    clip : bool
        Hold values within those seen.
    rng : int or Generator
        Seed of the draws.
    indicators : sequence of str, optional
        Codes of indicators or pillars that are filled, and predicted by; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator without any value; for `draw` without `rng`.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0, 5.0], "b": [2.0, 4.0, None, 8.0, 10.0]})
    >>> impute_iterative(table, tree)["b"].round(1).tolist()
    [2.0, 4.0, 6.0, 8.0, 10.0]
    """
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer

    title = "impute_iterative"
    if draw and rng is None:
        raise InputError("draw=True needs rng, a seed or a Generator", title=title)
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    refuse_empty(x, codes, title=title)
    centre, spread = _standard(x)
    z = (x - centre) / spread
    least, most = np.nanmin(z, axis=0), np.nanmax(z, axis=0)
    free = ~(most > least) if clip else np.ones(len(codes), dtype=bool)  # a constant is predicted without bounds
    seed = 0 if rng is None else int(np.random.default_rng(rng).integers(2**31))
    imputer = IterativeImputer(
        max_iter=iterations,
        tol=tolerance,
        sample_posterior=draw,
        random_state=seed,
        min_value=np.where(free, -np.inf, least),
        max_value=np.where(free, np.inf, most),
    )
    return _filled(table, codes, x, imputer)


def _standard(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    spread = np.nanstd(x, axis=0)
    return np.nanmean(x, axis=0), np.where(spread > 0, spread, 1.0)


def _filled(table: pd.DataFrame, codes: list[str], x: np.ndarray, imputer: Any) -> pd.DataFrame:
    """Return the table with its gaps filled by an imputer of standardised values; what is known stays exact."""
    centre, spread = _standard(x)
    guess = imputer.fit_transform((x - centre) / spread) * spread + centre
    return with_values(table, codes, np.where(np.isnan(x), guess, x))


@method_of("treat")
def impute_panel(
    table: pd.DataFrame,
    framework: Framework,
    *,
    tables: Mapping[Any, pd.DataFrame],
    year: int | None = None,
    method: Literal["last", "interpolated"] = "last",
    max_gap: int | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill from the same unit in other years.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    tables : mapping of year to DataFrame
        In an edition's file ``{ 2022 = "edition:2022", ... }``.
    year : int
        Of `table`.
    method : {"last", "interpolated"}
        The value of the latest earlier year that has one; or the straight line in time between that and the earliest
        later one, where both are there.
    max_gap : int, optional
        The value used may not be more than so many years away.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        What no other year has stays missing.

    Raises
    ------
    InputError
        For a year that is no whole number, an unknown method, and tables that have none of the units.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> now, before = pd.DataFrame({"a": [None, 3.0]}, index=["X", "Y"]), pd.DataFrame({"a": [2.0]}, index=["X"])
    >>> impute_panel(now, tree, tables={2023: before}, year=2024)["a"].tolist()
    [2.0, 3.0]
    """
    title = "impute_panel"
    if method not in ("last", "interpolated"):
        raise InputError(f"method {method!r}: expected 'last' or 'interpolated'", title=title)
    try:
        panel = {int(key): pd.DataFrame(other) for key, other in tables.items()}
        now = int(year)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputError(
            f"years {[*tables, year]}: expected whole numbers, and that of the table", title=title
        ) from None
    problems = [f"year {now} is the table's own"] if now in panel else []
    problems += [
        f"the table of {key} has none of the units"
        for key, other in panel.items()
        if not table.index.isin(other.index).any()
    ]
    if problems:
        raise InputError(problems, title=title)
    codes = chosen(framework, indicators, title=title)
    x = floats(table[codes])
    gap = np.inf if max_gap is None else max_gap
    before, before_year = _nearest_year(
        table, codes, {key: panel[key] for key in sorted(panel) if now - gap <= key < now}, now
    )
    if method == "last":
        return with_values(table, codes, np.where(np.isnan(x), before, x))
    later = {key: panel[key] for key in sorted(panel, reverse=True) if now < key <= now + gap}
    after, after_year = _nearest_year(table, codes, later, now)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = before + (after - before) * (now - before_year) / (after_year - before_year)
    return with_values(table, codes, np.where(np.isnan(x), between, x))


def _nearest_year(
    table: pd.DataFrame, codes: list[str], panel: Mapping[int, pd.DataFrame], now: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of the last table that has them, and its year."""
    values, years = np.full((len(table), len(codes)), np.nan), np.full((len(table), len(codes)), float(now))
    for year, other in panel.items():
        given = floats(other.reindex(index=table.index, columns=codes))
        values, years = np.where(np.isnan(given), values, given), np.where(np.isnan(given), years, year)
    return values, years
