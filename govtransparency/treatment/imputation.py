"""Fill missing values by a constant, the other units or the unit's group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.methods import method_of
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.treated_columns import fillable_values, groups_of, refuse_empty, with_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govtransparency.framework import Framework

Statistic = Literal["mean", "median"]
EmptyGroup = Literal["refuse", "all"]


@method_of("treat")
@checked
def impute_value(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    value: float = 0.0,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with a fixed value, in the indicators' own unit: for example 0 where what is not published is not done.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    value : float
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        For a value that is not finite; naming unknown indicators.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> impute_value(pd.DataFrame({"a": [1.0, None]}), tree)["a"].tolist()
    [1.0, 0.0]
    """
    with Arguments("impute_value") as check:
        check.number("value", value)
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
    return with_values(table, codes, np.where(gaps, value, x))


@method_of("treat")
@checked
def impute_mean(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the indicator's mean over the units that have a value (Handbook step 3, unconditional mean).

    It moves units with gaps towards the middle, and lowers the indicator's variance and correlations.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
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
    return _by_statistic(table, framework, not_applicable, indicators, np.nanmean, "impute_mean")


@method_of("treat")
@checked
def impute_median(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the indicator's median over the units that have a value; outliers do not change it.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
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
    return _by_statistic(table, framework, not_applicable, indicators, np.nanmedian, "impute_median")


def _by_statistic(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None,
    indicators: Sequence[str] | None,
    statistic: Callable[..., np.ndarray],
    title: str,
) -> pd.DataFrame:
    with Arguments(title) as check:
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
    refuse_empty(x, codes, title=title)
    return with_values(table, codes, np.where(gaps, statistic(x, axis=0), x))


@method_of("treat")
@checked
def impute_group_mean(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    groups: Any,
    statistic: Statistic = "mean",
    empty: EmptyGroup = "refuse",
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill with the mean, or median, of the unit's group: region, income class, rank of government.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    groups : Series or mapping unit -> group, or name of a column of the table
        In an edition's file ``"units:column"``.
    statistic : {"mean", "median"}
    empty : {"refuse", "all"}
        A group in which no unit has a value is an error, or takes the statistic of all units.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame

    Raises
    ------
    InputError
        Naming every indicator and group without any value, and every unit without a group.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> table = pd.DataFrame({"a": [1.0, 3.0, 9.0, None]}, index=["X", "Y", "Z", "V"])
    >>> impute_group_mean(table, tree, groups={"X": "n", "Y": "n", "Z": "s", "V": "n"})["a"].tolist()
    [1.0, 3.0, 9.0, 2.0]
    """
    title = "impute_group_mean"
    with Arguments(title) as check:
        check.choice("statistic", statistic, get_args(Statistic))
        check.choice("empty", empty, get_args(EmptyGroup))
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
        of_unit = groups_of(check, table, groups)
    refuse_empty(x, codes, title=title)
    values = pd.DataFrame(x, index=table.index, columns=codes)
    filled = values.fillna(values.groupby(of_unit, observed=True).transform(statistic))
    if empty == "all":
        filled = filled.fillna(values.agg(statistic))
    still = filled.isna() & gaps
    if still.to_numpy().any():
        pairs = dict.fromkeys((code, of_unit[unit]) for code in codes for unit in still.index[still[code]])
        raise InputError([problems.EMPTY_GROUP.format(code=code, group=group) for code, group in pairs], title=title)
    return with_values(table, codes, np.where(gaps, filled, x))
