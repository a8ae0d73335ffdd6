"""The columns that a treatment works on: their codes and values, groups and denominators, checked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.applicability import checked_cells
from govtransparency.arrays import as_floats
from govtransparency.errors import InputError
from govtransparency.framework import Framework
from govtransparency.table_checks import lacking_indicators, not_finite_numbers
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import treatment_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments

__all__ = [
    "chosen_indicators",
    "column_of",
    "fillable_values",
    "groups_of",
    "numbers_of",
    "raise_for",
    "refuse_empty",
    "treated_values",
    "with_values",
    "without_goalposts",
]


def treated_values(
    check: Arguments, table: pd.DataFrame, framework: Framework, indicators: Sequence[str] | str | None
) -> tuple[list[str], np.ndarray]:
    """Return the codes of the indicators chosen and their values, units x indicators."""
    codes = chosen_indicators(check, table, framework, indicators)
    return codes, numbers_of(check, table, codes)


def fillable_values(
    check: Arguments,
    table: pd.DataFrame,
    framework: Framework,
    indicators: Sequence[str] | str | None,
    not_applicable: pd.DataFrame | None,
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return codes and values of the indicators chosen, and their missing cells, units x indicators.

    A cell that is not applicable is not missing; an indicator that is applicable to no unit is left out.
    """
    codes, x = treated_values(check, table, framework, indicators)
    cells = checked_cells(check, not_applicable, table, codes) if codes else None
    if cells is None:
        return codes, x, np.isnan(x)
    known = ~cells.to_numpy().all(axis=0)
    codes = [code for code, kept in zip(codes, known, strict=True) if kept]
    return codes, x[:, known], np.isnan(x[:, known]) & ~cells[codes].to_numpy()


def chosen_indicators(
    check: Arguments, table: pd.DataFrame, framework: Framework, indicators: Sequence[str] | str | None = None
) -> list[str]:
    """Return the indicators chosen, in the framework's order: all if none is named; a pillar means those under it."""
    if not isinstance(check.instance("framework", framework, Framework), Framework):
        return []
    given = [indicators] if isinstance(indicators, str) else indicators
    if given is not None and (not isinstance(given, Iterable) or not all(isinstance(code, str) for code in given)):
        check.expect("indicators", indicators, argument_problems.LABELS)
        return []
    given = None if given is None else list(dict.fromkeys(given))
    if given == []:
        check.expect("indicators", indicators, argument_problems.LABELS)
        return []
    named = [] if given is None else check.labels("indicators", given, [node.code for node in framework.nodes])
    wanted = {leaf for code in named for leaf in framework.leaves.get(code, (code,))}
    codes = [code for code in framework.indicators if given is None or code in wanted]
    if not isinstance(table, pd.DataFrame):
        check.expect("table", table, argument_problems.TABLE)
        return []
    present = set(table.columns)
    check.problems += lacking_indicators(table, codes)
    return [code for code in codes if code in present]


def numbers_of(check: Arguments, table: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """Return the values of columns of the table as floats, units x columns."""
    if not names:
        return np.empty((len(table) if isinstance(table, pd.DataFrame) else 0, 0))
    if found := not_finite_numbers(table[list(names)]):
        check.problems += found
        return np.full((len(table), len(names)), np.nan)
    return as_floats(table[list(names)]).to_numpy()


def column_of(check: Arguments, name: str, table: pd.DataFrame, given: Any) -> pd.Series | None:
    """Return one value per unit of the table, from a Series, a mapping or the name of a column; None if refused."""
    if not isinstance(table, pd.DataFrame):
        return None
    if isinstance(given, str):
        check.choice(name, given, table.columns)
        return table.get(given)
    if not isinstance(given, (pd.Series, Mapping)):
        check.expect(name, given, argument_problems.SERIES)
        return None
    series = pd.Series(given)
    if twice := series.index[series.index.duplicated()].unique().tolist():
        check.refuse(argument_problems.DUPLICATE.format(name=name, values=quoted(twice)))
        return None
    return series.reindex(table.index)


def groups_of(check: Arguments, table: pd.DataFrame, groups: Any) -> pd.Series:
    """Return the group of every unit of the table."""
    series = column_of(check, "groups", table, groups)
    if series is None:
        return pd.Series(dtype=object)
    if not all(isinstance(group, Hashable) for group in series):
        check.expect("groups", groups, problems.GROUPS)
        return pd.Series(dtype=object)
    for unit in series.index[series.isna()]:
        check.refuse(problems.NO_GROUP.format(unit=unit))
    return series


def with_values(table: pd.DataFrame, codes: Sequence[str], values: np.ndarray) -> pd.DataFrame:
    """Return the table with other values in those columns; all else as it is."""
    return table.assign(**{code: values[:, column] for column, code in enumerate(codes)})


def raise_for(codes: Sequence[str], bad: np.ndarray, problem: Text, *, title: str) -> None:
    """Raise one error that names every indicator of the mask, if there is any."""
    if bad.any():
        raise InputError([problem.format(code=codes[column]) for column in np.flatnonzero(bad).tolist()], title=title)


def refuse_empty(x: np.ndarray, codes: Sequence[str], *, title: str) -> None:
    """Raise an error that names every indicator without any value."""
    raise_for(codes, np.isnan(x).all(axis=0), problems.NO_VALUE, title=title)


def without_goalposts(framework: Framework, codes: Sequence[str], *, title: str) -> None:
    """Refuse to transform indicators whose goalposts would stay in the old unit."""
    posts = framework.goalposts.loc[list(codes)].notna().any(axis=1).to_numpy()
    raise_for(codes, posts, problems.HAS_GOALPOSTS, title=title)
