"""Tables of ranks with intervals: the columns rank, low and high, as confidence sets and ensembles give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.arrays import are_numbers, as_numbers
from govtransparency.table_checks import misread
from govtransparency.texts.problems import inference_problems as problems
from govtransparency.texts.problems import table_check_problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments

__all__ = ["INTERVAL", "check_rank_intervals"]

INTERVAL = ["rank", "low", "high"]


def check_rank_intervals(check: Arguments, name: str, table: Any) -> Any:
    """Refuse what is not a table with a rank and its interval for each unit; return it with these as numbers."""
    if not isinstance(table, pd.DataFrame):
        check.expect(name, table, problems.RANK_INTERVALS)
        return table
    if found := misread(name, table):
        check.problems += found
        return table
    for column in INTERVAL:
        if column not in table:
            check.refuse(problems.NO_COLUMN.format(name=name, column=column))
        elif not are_numbers(table[column]):
            check.refuse(table_check_problems.NOT_NUMBERS.format(code=column, dtype=table[column].dtype))
    return table if check.problems else table.assign(**as_numbers(table[INTERVAL]))
