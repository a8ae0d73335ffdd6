"""Fill missing values from other years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.methods import method_of
from govtransparency.treatment.treated_columns import chosen, with_values


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
