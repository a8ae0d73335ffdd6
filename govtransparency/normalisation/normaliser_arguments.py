"""Read the arguments that every normaliser takes: values, goalposts, direction, reference and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats, floats
from govtransparency.errors import InputError, nearest
from govtransparency.normalisation.normaliser_sample import Sample
from govtransparency.texts.problems import normalisation_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments
    from govtransparency.texts.bilingual import Text

__all__ = ["by_group", "logarithms", "read_groups", "read_sample", "turned"]

Restore = Callable[[np.ndarray], Any]


def read_sample(
    check: Arguments, values: Any, goalposts: Any, direction: Any, reference: Any
) -> tuple[Sample, Restore]:
    """Return the sample, not yet turned, and the function that gives scores the form of the values."""
    raw, names, units, restore = _columns(check, values)
    worst, best = _goalposts(check, values, goalposts)
    sign = _directions(check, values, direction, len(names))
    measured = raw
    if reference is not None:
        table = _reference_table(check, reference, names)
        measured, units = floats(table), table.index
    return Sample(raw, measured, worst, best, sign, names, units), restore


def turned(sample: Sample) -> Sample:
    """Return the sample turned so that more is better."""
    x = sample.x * sample.direction
    return replace(
        sample,
        x=x,
        reference=x if sample.reference is sample.x else sample.reference * sample.direction,
        worst=sample.worst * sample.direction,
        best=sample.best * sample.direction,
    )


def _columns(check: Arguments, values: Any) -> tuple[np.ndarray, tuple[str, ...], pd.Index, Restore]:
    """Return the values as units x indicators, the codes, the units, and what gives scores the form of the values."""
    array = _numbers(check, "values", values, problems.NUMBERS)
    for axis in getattr(values, "axes", ()):
        check.unique("values", axis)
    if array.ndim > 1 + isinstance(values, pd.DataFrame):
        check.expect("values", values, problems.NUMBERS)
    if isinstance(values, pd.DataFrame):

        def as_table(scores: np.ndarray) -> pd.DataFrame:
            return pd.DataFrame(scores, index=values.index, columns=values.columns)

        return array, tuple(map(str, values.columns)), values.index, as_table
    if isinstance(values, pd.Series):

        def as_series(scores: np.ndarray) -> pd.Series:
            return pd.Series(scores[:, 0], index=values.index, name=values.name)

        return array.reshape(-1, 1), ("" if values.name is None else str(values.name),), values.index, as_series
    return array.reshape(-1, 1), ("",), pd.RangeIndex(array.size), lambda scores: scores[:, 0].reshape(array.shape)[()]


def _numbers(check: Arguments, name: str, given: Any, expected: Text) -> np.ndarray:
    """Return what is given as floats; NaN where it is not made of numbers."""
    try:
        return floats(given)
    except (TypeError, ValueError):
        check.expect(name, given, expected)
        return np.full(getattr(given, "shape", ()), np.nan)


def _goalposts(check: Arguments, values: Any, goalposts: Any) -> np.ndarray:
    """Return the worst and the best goalpost of every indicator, NaN where not given."""
    count = values.shape[1] if isinstance(values, pd.DataFrame) else 1
    if goalposts is None:
        return np.full((2, count), np.nan)
    if not isinstance(values, pd.DataFrame):
        pair = _numbers(check, "goalposts", goalposts, problems.GOALPOSTS)
        if pair.shape != (2,):
            check.expect("goalposts", goalposts, problems.GOALPOSTS)
            return np.full((2, 1), np.nan)
        return pair.reshape(2, 1)
    if not isinstance(goalposts, pd.DataFrame) or not {"worst", "best"} <= set(goalposts):
        check.expect("goalposts", goalposts, problems.GOALPOSTS_TABLE)
        return np.full((2, count), np.nan)
    table = goalposts if goalposts.index is values.columns else goalposts.reindex(values.columns)
    return _numbers(check, "goalposts", table[["worst", "best"]], problems.GOALPOSTS_TABLE).T


def _directions(check: Arguments, values: Any, direction: Any, count: int) -> np.ndarray:
    """Return +1 or -1 for every indicator."""
    given = direction
    if isinstance(values, pd.DataFrame) and isinstance(direction, pd.Series):
        given = direction.reindex(values.columns)
    try:
        signs = floats(given)
        signs = np.broadcast_to(signs, (count,) if isinstance(values, pd.DataFrame) or not signs.ndim else (0,))
    except (TypeError, ValueError):
        signs = np.zeros(count)
    if not (len(signs) == count and (np.abs(signs) == 1).all()):
        check.expect("direction", direction, problems.DIRECTION)
    return signs


def _reference_table(check: Arguments, reference: Any, names: tuple[str, ...]) -> pd.DataFrame:
    """Return the values to measure against as one table with a column for each indicator.

    Parameters
    ----------
    check : Arguments
    reference : DataFrame, Series, array, mapping of code to values, or a list of tables to be pooled
    names : tuple of str
        The indicators.
    """
    if _is_pooled(reference):
        return pd.concat([_reference_table(check, part, names) for part in reference])
    if isinstance(reference, Mapping):
        reference = _table_of(check, reference)
    if not isinstance(reference, pd.DataFrame):
        column = _numbers(check, "reference", reference, problems.NUMBERS)
        if len(names) > 1 or column.ndim > 1:
            check.refuse(problems.ONE_COLUMN)
            return pd.DataFrame(columns=list(names), dtype=float)
        index = reference.index if isinstance(reference, pd.Series) else None
        return pd.DataFrame(column.reshape(-1, 1), index=index, columns=[names[0]])
    codes = {str(column): column for column in reference.columns}
    lacking = [name for name in names if name not in codes]
    for name in lacking:
        check.refuse(problems.NOT_IN_REFERENCE.format(code=name, nearest=nearest(name, codes)))
    if lacking:
        return pd.DataFrame(columns=list(names), dtype=float)
    try:
        return as_floats(reference[[codes[name] for name in names]])
    except (TypeError, ValueError):
        check.expect("reference", reference, problems.NUMBERS)
        return pd.DataFrame(columns=list(names), dtype=float)


def _table_of(check: Arguments, reference: Mapping[Any, Any]) -> pd.DataFrame:
    try:
        return pd.DataFrame(reference)
    except ValueError:  # numbers in place of columns, or columns of different lengths
        check.expect("reference", reference, problems.NUMBERS)
        return pd.DataFrame()


def _is_pooled(reference: Any) -> bool:
    """Say whether the reference is a list of tables."""
    return isinstance(reference, (list, tuple)) and any(isinstance(part, (pd.DataFrame, Mapping)) for part in reference)


def logarithms(sample: Sample) -> Sample:
    """Return the sample with the logarithm of values, reference and goalposts, after refusing what has none."""
    given = {"value": sample.x, "worst": sample.worst[None], "best": sample.best[None]}
    if sample.reference is not sample.x:
        given["reference"] = sample.reference
    with np.errstate(invalid="ignore"):
        found = [
            problems.NO_LOGARITHM[what].format(indicator=sample.name(column), value=f"{np.nanmin(rows[:, column]):g}")
            for what, rows in given.items()
            for column in np.flatnonzero((rows <= 0).any(axis=0)).tolist()
        ]
    if found:
        raise InputError(found, title="normalise")
    x = np.log(sample.x)
    return replace(
        sample,
        x=x,
        reference=x if sample.reference is sample.x else np.log(sample.reference),
        worst=np.log(sample.worst),
        best=np.log(sample.best),
    )


def read_groups(
    check: Arguments, sample: Sample, values: Any, reference: Any, within: Any
) -> tuple[pd.Series, pd.Series]:
    """Return the group of each unit, and that of each unit of the reference."""
    labels = values.index if isinstance(values, (pd.Series, pd.DataFrame)) else pd.RangeIndex(len(sample.x))
    if isinstance(within, Mapping):
        within = pd.Series(within)
    if isinstance(within, pd.Series):
        groups = within.reindex(labels)
    else:
        listed = np.asarray(within, dtype=object).reshape(-1)
        if len(listed) != len(labels):
            check.expect("within", within, problems.WITHIN.format(count=len(labels)))
            return pd.Series(dtype=object), pd.Series(dtype=object)
        groups = pd.Series(listed, index=labels)
    for unit in labels[groups.isna()]:
        check.refuse(problems.NO_GROUP.format(unit=unit))
    return groups, groups if reference is None else _groups_of_reference(check, reference, within, sample.units)


def _groups_of_reference(check: Arguments, reference: Any, within: Any, units: pd.Index) -> pd.Series:
    """Return the groups of the reference's units: its own column of that name, or by the units' names."""
    if _is_pooled(reference):
        return pd.concat([_groups_of_reference(check, part, within, pd.DataFrame(part).index) for part in reference])
    if not isinstance(within, pd.Series):
        check.refuse(problems.WITHIN_REFERENCE)
        return pd.Series(dtype=object)
    if isinstance(reference, pd.DataFrame) and within.name in reference:
        return reference[within.name]
    return within.reindex(units)


def by_group(sample: Sample, groups: pd.Series, of_reference: pd.Series) -> Iterator[tuple[np.ndarray, Sample]]:
    """Give the rows of each group, and its sample."""
    for group in groups.unique():
        rows, those = (groups == group).to_numpy(), (of_reference == group).to_numpy()
        yield (
            rows,
            replace(
                sample,
                x=sample.x[rows],
                reference=sample.reference[those],
                units=sample.units[those],
                group=str(group),
            ),
        )
