"""Tables of rankings and of years: what they must hold, and the ranks of the units that they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.arrays import are_numbers, as_floats
from govtransparency.ranking import column_ranks
from govtransparency.texts.bilingual import quoted, words
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import stability_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments
    from govtransparency.methods import Ties

__all__ = ["check_complete", "check_numbers", "check_rankings", "check_ranks_by_year", "check_years", "common_ranks"]

NAMED = 10  # units named of those that lack a value


def check_numbers(check: Arguments, name: str, table: Any, *, columns: int = 2) -> pd.DataFrame:
    """Check that the value is a table of numbers with enough units and columns; return it as floats.

    Parameters
    ----------
    check : Arguments
    name : str
        The argument.
    table : DataFrame, units x columns
    columns : int
        The least number of columns.

    Returns
    -------
    DataFrame
        Empty if the value is not a table of numbers.
    """
    if not isinstance(table, pd.DataFrame):
        check.expect(name, table, argument_problems.TABLE)
        return pd.DataFrame()
    if table.shape[1] < columns:
        check.refuse(problems.TOO_FEW_COLUMNS.format(name=name, count=table.shape[1], least=columns))
    if len(table) < 2:
        check.refuse(problems.TOO_FEW_UNITS.format(name=name, count=len(table)))
    wrong = [(column, dtype) for column, dtype in table.dtypes.items() if not are_numbers(table[[column]])]
    for column, dtype in wrong:
        check.refuse(problems.NOT_NUMBERS.format(name=name, column=column, type=dtype))
    return pd.DataFrame() if wrong else as_floats(table)


def check_rankings(check: Arguments, name: str, rankings: Any, *, columns: int = 2) -> pd.DataFrame:
    """Check that the value is a table of ranks; return it as floats.

    Parameters
    ----------
    check : Arguments
    name : str
        The argument.
    rankings : DataFrame, units x rankings
        1 is best; NaN where a ranking leaves a unit out.
    columns : int
        The least number of rankings.

    Returns
    -------
    DataFrame
        Empty if the value is not a table of numbers.
    """
    before = len(check.problems)
    ranks = check_numbers(check, name, rankings, columns=columns)
    for axis in ranks.axes:
        check.unique(name, axis)
    if len(check.problems) > before:
        return ranks
    for column, given in ranks.items():
        if pd.api.types.is_bool_dtype(rankings[column].dtype):
            check.refuse(problems.NOT_NUMBERS.format(name=name, column=column, type=rankings[column].dtype))
        for unit, value in given[(given < 1) | (given > len(given))].head(3).items():
            check.refuse(
                problems.NOT_A_RANK.format(name=name, column=column, unit=unit, value=f"{value:g}", count=len(given))
            )
    return ranks


def check_years(check: Arguments, name: str, table: Any) -> pd.DataFrame:
    """Check that the columns of a table are years; return it in their order, empty if it was refused."""
    if not isinstance(table, pd.DataFrame):
        check.expect(name, table, argument_problems.TABLE)
        return pd.DataFrame()
    try:
        years = [int(column) for column in table.columns]
    except (TypeError, ValueError):
        check.refuse(problems.NOT_YEARS.format(name=name, columns=quoted(table.columns)))
        return pd.DataFrame()
    duplicate_years = sorted({year for year in years if years.count(year) > 1})
    if duplicate_years:
        check.refuse(problems.DUPLICATE_YEARS.format(name=name, years=words(duplicate_years)))
    check.unique(name, table.index)
    if duplicate_years or not table.index.is_unique:
        return pd.DataFrame()
    return table.set_axis(years, axis=1).sort_index(axis=1)


def check_ranks_by_year(check: Arguments, name: str, table: Any, *, columns: int = 2) -> pd.DataFrame:
    """Check that the value is a table of ranks with years as columns; return it as floats, in their order."""
    before = len(check.problems)
    by_year = check_years(check, name, table)
    return check_rankings(check, name, by_year, columns=columns) if len(check.problems) == before else by_year


def check_complete(check: Arguments, name: str, table: pd.DataFrame) -> None:
    """Refuse a table with gaps, naming the units that have one."""
    gaps = table.index[table.isna().any(axis=1)]
    if len(gaps):
        template = problems.INCOMPLETE["all" if len(gaps) <= NAMED else "first"]
        check.refuse(template.format(name=name, count=len(gaps), total=len(table), units=quoted(gaps[:NAMED])))


def common_ranks(ranks: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks of the units that every ranking has, ranked again where units were left out.

    Ranks stay as given where no unit is left out. Otherwise the others are ranked again, ties sharing the best rank, or
    their mean rank if any rank given is not a whole number: a unit that leaves the panel must not move the others.
    """
    kept = ranks.dropna()
    if len(kept) == len(ranks):
        return kept
    ties: Ties = "min" if (kept % 1 == 0).all(axis=None) else "average"
    return pd.DataFrame(column_ranks(kept.to_numpy(), ties=ties), index=kept.index, columns=kept.columns)
