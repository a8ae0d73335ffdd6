"""Fill missing values by a constant, the other units or the unit's group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats, floats
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.treated_columns import chosen, groups_of, refuse_empty, with_values


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
