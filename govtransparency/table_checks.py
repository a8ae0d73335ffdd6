"""What is wrong with a table of indicators as a whole: what it lacks, and what is taken for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import are_numbers
from govtransparency.errors import closest, first_of
from govtransparency.texts.problems import table_check_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.texts.bilingual import Text

__all__ = ["indicator_problems", "lacking_indicators", "misread", "not_finite_numbers"]


def misread(name: str, labelled: Any) -> list[Text]:
    """Return why a table or Series would be taken for another than it is: what follows from that is not worth saying.

    Examples
    --------
    >>> print(*misread("table", pd.DataFrame({"city": ["X", "Y"], "documents": [1, 2]})))
    table: its rows are only counted, and the column 'city' names each once; if these are the units, give table.set_index('city')
    """  # noqa: E501
    check = Arguments(name)
    for axis in labelled.axes:
        check.one_level(name, axis)
    if check.problems:
        return check.problems
    if isinstance(labelled, pd.DataFrame) and (column := _column_of_units(labelled)) is not None:
        return [problems.UNITS_IN_COLUMN.format(name=name, column=column)]
    return []


def _column_of_units(table: pd.DataFrame) -> Any:
    """Return the first column of words that names each row once, where the index only counts the rows."""
    if len(table) < 2 or not _counts(table.index):
        return None
    for place, (column, kind) in enumerate(zip(table.columns, table.dtypes, strict=True)):
        if pd.api.types.is_numeric_dtype(kind):
            continue
        words = table.iloc[:, place]
        if words.is_unique and _are_words(words):
            return column
    return None


def _counts(index: pd.Index) -> bool:
    if not pd.api.types.is_integer_dtype(index.dtype):
        return False
    return np.array_equal(index, np.arange(len(index)) + int(index[0] == 1))


def _are_words(column: pd.Series) -> bool:
    """Return whether all are texts, and not all of them show numbers."""
    listed = column.tolist()
    return all(isinstance(one, str) for one in listed) and pd.to_numeric(column, errors="coerce").isna().any()


def indicator_problems(table: pd.DataFrame, codes: Iterable[str]) -> list[Text]:
    """Return which indicators a table lacks or has twice, and which are not finite numbers."""
    needed = list(codes)
    found = lacking_indicators(table, needed)
    if table.columns.nlevels > 1:
        return found
    there = table[[code for code in dict.fromkeys(needed) if code in table.columns]]
    if len(twice := there.columns[there.columns.duplicated()]):
        found.append(problems.DUPLICATE_COLUMNS.format(columns=first_of(twice)))
    return found + not_finite_numbers(there)


def lacking_indicators(table: pd.DataFrame, codes: Iterable[str]) -> list[Text]:
    """Return which indicators a table lacks as columns, each with the column that may be meant.

    Examples
    --------
    >>> print(*lacking_indicators(pd.DataFrame(columns=["Documents ", "budget"]), ["documents", "budget"]))
    the table lacks the indicator 'documents'; did you mean the column 'Documents '?
    >>> print(*lacking_indicators(pd.DataFrame(index=["a", "b"], columns=["X", "Y", "Z"]), ["a", "b"]))
    the rows of the table are called as indicators ('a', 'b') and no column is; give table.T
    """
    needed, columns = list(codes), set(table.columns)
    lacking = [code for code in needed if code not in columns]
    if not lacking:
        return []
    if table.columns.nlevels > 1 or table.index.nlevels > 1:
        return misread("table", table)
    if len(lacking) == len(needed) and (turned := [code for code in needed if code in table.index]):
        return [problems.TURNED.format(codes=first_of(turned))]
    others = [column for column in table.columns if column not in set(needed)]
    found, alone = [], False
    for code in lacking:
        numbered = [column for column in others if not isinstance(column, str) and str(column) == code]
        if numbered:
            found.append(problems.NUMBERED.format(code=code))
        elif (near := closest(code, others)) is not None:
            found.append(problems.NEAR.format(code=code, column=near))
        else:
            found.append(problems.NO_INDICATOR.format(code=code))
            alone = True
    return [*found, problems.COLUMNS.format(columns=first_of(others))] if alone and others else found


def not_finite_numbers(table: pd.DataFrame) -> list[Text]:
    """Return which columns of a table are not numbers and, if all are, where one is infinite."""
    if not are_numbers(table):
        columns = [(column, table.iloc[:, place]) for place, column in enumerate(table.columns)]
        others = [(column, values.dtype) for column, values in columns if not are_numbers(values)]
        return [problems.NOT_NUMBERS.format(code=column, dtype=dtype) for column, dtype in others]
    check = Arguments("table")
    check.floats("table", table)
    return check.problems
