"""Which cells of a table are not applicable: the unit cannot have a value there, so that none is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.table_checks import misread
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import applicability_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.arguments import Arguments

__all__ = ["NOT_APPLICABLE", "cells_of", "checked_cells", "emptied", "is_bool", "part_of", "with_words"]

NOT_APPLICABLE = "n/a"  # as written into a table for readers; what is missing is left empty
SHOWN = 10  # how many cells of one kind an error lists


def checked_cells(check: Arguments, given: Any, table: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame | None:
    """Return which cells of a table are not applicable.

    Parameters
    ----------
    check : Arguments
        Takes everything that is wrong with them.
    given : DataFrame of bool, units x indicators, or None
        With every unit of the table and every indicator, in any order; other columns of the table may be there too.
    table : DataFrame
    codes : sequence of str
        The indicators.

    Returns
    -------
    DataFrame of bool, the table's units x codes, or None
        None where no cell is.
    """
    if given is None:
        return None
    if not isinstance(given, pd.DataFrame):
        check.expect("not_applicable", given, problems.TABLE)
        return None
    if not _has_labels(check, given, table, codes):
        return None
    cells = given.reindex(index=table.index, columns=list(codes))
    kinds = zip(codes, cells.dtypes, strict=True)
    if others := [code for code, kind in kinds if kind != np.bool_ and not is_bool(cells[code])]:
        check.refuse(problems.NOT_BOOL.format(codes=quoted(others)))
        return None
    cells = cells.astype(bool)
    both = np.argwhere(cells.to_numpy() & table[list(codes)].notna().to_numpy()).tolist()
    for row, column in both[:SHOWN]:
        value = table[codes[column]].iloc[row]
        check.refuse(problems.HAS_VALUE.format(unit=table.index[row], code=codes[column], value=value))
    if len(both) > SHOWN:
        check.refuse(problems.MORE_VALUES.format(count=len(both) - SHOWN))
    return cells if cells.to_numpy().any() else None


def _has_labels(check: Arguments, given: pd.DataFrame, table: pd.DataFrame, codes: Sequence[str]) -> bool:
    """Refuse what lacks a unit or an indicator, has one twice, or has one that the table lacks."""
    if deep := misread("not_applicable", given):
        check.problems += deep
        return False
    fits = True
    for kind, labels, needed, known in (
        ("units", given.index, table.index, table.index),
        ("indicators", given.columns, pd.Index(codes), table.columns),
    ):
        for fault, found in (
            ("twice", labels[labels.duplicated()].unique()),
            ("lacking", needed[~needed.isin(labels)]),
            ("unknown", labels[~labels.isin(known)]),
        ):
            if len(found):
                fits = False
                check.refuse(problems.LABELS[kind, fault].format(labels=quoted(found[:SHOWN]), count=len(found)))
    return fits


def is_bool(column: pd.Series) -> bool:
    """Return whether a column holds nothing but True and False."""
    return pd.api.types.infer_dtype(column, skipna=False) == "boolean" and not column.isna().any()


def emptied(table: pd.DataFrame, not_applicable: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table without what was filled into cells that are not applicable."""
    if not_applicable is None:
        return table
    own = table[list(not_applicable)]
    filled = own.notna() & not_applicable.loc[own.index]
    return table.assign(**own.mask(filled)) if filled.to_numpy().any() else table


def cells_of(table: pd.DataFrame, not_applicable: pd.DataFrame | None) -> pd.DataFrame:
    """Return which cells of a table are not applicable, as far as it is said: a DataFrame of bool of its shape."""
    if not_applicable is None:
        return pd.DataFrame(False, index=table.index, columns=table.columns)
    return not_applicable.reindex(index=table.index, columns=table.columns, fill_value=False)


def part_of(not_applicable: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return which cells are not applicable of a table with fewer units or indicators."""
    return not_applicable.loc[table.index, [code for code in table if code in not_applicable]]


def with_words(values: pd.DataFrame, not_applicable: pd.DataFrame) -> pd.DataFrame:
    """Return a table to be written, in which a cell that is not applicable says so."""
    cells = not_applicable[list(values)].reindex(values.index)
    return values.astype(object).mask(cells, NOT_APPLICABLE) if cells.to_numpy().any() else values
