"""Fill missing values from other years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats
from govtransparency.checked_calls import checked
from govtransparency.methods import method_of
from govtransparency.texts.problems import treatment_problems as problems
from govtransparency.treatment.treated_columns import fillable_values, with_values

if TYPE_CHECKING:
    from govtransparency.framework import Framework

PanelMethod = Literal["last", "interpolated"]


@method_of("treat")
@checked
def impute_panel(
    table: pd.DataFrame,
    framework: Framework,
    not_applicable: pd.DataFrame | None = None,
    *,
    tables: Mapping[Any, pd.DataFrame],
    year: int | None = None,
    method: PanelMethod = "last",
    max_gap: int | None = None,
    indicators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Fill from the same unit in other years.

    Parameters
    ----------
    table : DataFrame, units x columns
    framework : Framework
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells that are not filled, since the unit cannot have a value.
    tables : mapping of year to DataFrame
        In an edition's file ``{ 2022 = "edition:2022", ... }``.
    year : int
        The year of `table`.
    method : {"last", "interpolated"}
        The value of the latest earlier year that has one; or the linear interpolation between that value and the one of
        the earliest later year, where both exist.
    max_gap : int, optional
        Largest number of years between `year` and the year of a value used.
    indicators : sequence of str, optional
        Codes of indicators or pillars; all if not given.

    Returns
    -------
    DataFrame
        A value that no other year has stays missing.

    Raises
    ------
    InputError
        For a year that is not a whole number, an unknown method, and tables that have none of the units.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index")])
    >>> now, before = pd.DataFrame({"a": [None, 3.0]}, index=["X", "Y"]), pd.DataFrame({"a": [2.0]}, index=["X"])
    >>> impute_panel(now, tree, tables={2023: before}, year=2024)["a"].tolist()
    [2.0, 3.0]
    """
    with Arguments("impute_panel") as check:
        check.choice("method", method, get_args(PanelMethod))
        gap = np.inf if max_gap is None else check.number("max_gap", max_gap, low=0)
        codes, x, gaps = fillable_values(check, table, framework, indicators, not_applicable)
        now = _own_year(check, year)
        panel = _other_years(check, table, tables, now)
    before, before_year = _nearest_year(
        table, codes, {key: panel[key] for key in sorted(panel) if now - gap <= key < now}, now
    )
    if method == "last":
        return with_values(table, codes, np.where(gaps, before, x))
    later = {key: panel[key] for key in sorted(panel, reverse=True) if now < key <= now + gap}
    after, after_year = _nearest_year(table, codes, later, now)
    with np.errstate(invalid="ignore", divide="ignore"):
        between = before + (after - before) * (now - before_year) / (after_year - before_year)
    return with_values(table, codes, np.where(gaps, between, x))


def _own_year(check: Arguments, year: Any) -> int:
    try:
        return int(year)
    except (TypeError, ValueError, OverflowError):
        check.expect("year", year, problems.YEAR)
        return 0


def _other_years(check: Arguments, table: pd.DataFrame, tables: Any, now: int) -> dict[int, pd.DataFrame]:
    """Return the tables of other years by year."""
    if not isinstance(tables, Mapping):
        check.expect("tables", tables, problems.YEARS)
        return {}
    units = table.index if isinstance(table, pd.DataFrame) else pd.Index([])
    panel = {}
    for key, other in tables.items():
        try:
            year = int(key)
        except (TypeError, ValueError, OverflowError):
            check.refuse(problems.YEAR_OF_TABLE.format(year=repr(key)))
            continue
        if not isinstance(other, (pd.DataFrame, Mapping)):  # a mapping comes from a file
            check.instance(f"tables[{key!r}]", other, pd.DataFrame)
            continue
        panel[year] = pd.DataFrame(other)
        if year == now:
            check.refuse(problems.OWN_YEAR.format(year=year))
        if not units.isin(panel[year].index).any():
            check.refuse(problems.NO_COMMON_UNIT.format(year=year))
    return panel


def _nearest_year(
    table: pd.DataFrame, codes: Sequence[str], panel: Mapping[int, pd.DataFrame], now: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of the last table that has them, and its year."""
    values, years = np.full((len(table), len(codes)), np.nan), np.full((len(table), len(codes)), float(now))
    for year, other in panel.items():
        given = floats(other.reindex(index=table.index, columns=codes))
        values, years = np.where(np.isnan(given), values, given), np.where(np.isnan(given), years, year)
    return values, years
