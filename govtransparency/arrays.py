"""Tables as arrays of floats, and the weights of the children that count: the input of every numerical kernel."""

from __future__ import annotations

import math
import numbers
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, first_of
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import weight_problems as problems

__all__ = [
    "PLAIN",
    "are_numbers",
    "arrays",
    "as_floats",
    "as_numbers",
    "counted",
    "floats",
    "is_real",
    "label_of_largest",
    "label_of_smallest",
    "ordered_weights",
    "scaled",
    "shares",
]

PLAIN = "fiub"  # kinds of NumPy's types that hold numbers
ORDINARY = 1e140  # magnitudes up to it, and down to its inverse, can be squared and summed
Table = TypeVar("Table", pd.Series, pd.DataFrame)


def floats(values: Any) -> np.ndarray:
    """Return a table, Series or array as floats, whatever its type: a missing value of any kind is NaN.

    Parameters
    ----------
    values : DataFrame, Series, array or number
        Of Python's, NumPy's or pandas' own types (``Int64``, ``Float64``, ``boolean``), ``pd.NA`` and None included.

    Returns
    -------
    ndarray of float, the shape of `values`.

    Raises
    ------
    InputError
        For anything that is not a number: text, also if it shows a number, dates, complex numbers; and for whole
        numbers of more than 308 digits.

    Examples
    --------
    >>> floats(pd.Series([1, None], dtype="Int64")).tolist(), floats([True, None, 2]).tolist()
    ([1.0, nan], [1.0, nan, 2.0])
    """
    if isinstance(values, (pd.DataFrame, pd.Series)):
        array = values.to_numpy()
        if array.dtype.kind in PLAIN:
            return array.astype(float, copy=False)
        array = values.astype(object).where(values.notna(), np.nan).to_numpy() if are_numbers(values) else array
    else:
        array = _array(values)
    if array.dtype == object and not (array.size and _holds_other_than_numbers(array)):
        array = np.where(pd.isna(array), np.nan, array)
    elif array.dtype.kind not in PLAIN:
        raise InputError(argument_problems.NOT_NUMBERS.format(dtype=array.dtype))
    try:
        return array.astype(float, copy=False)
    except OverflowError:  # a whole number of more than 308 digits
        raise InputError(argument_problems.BEYOND_FLOATS) from None


def _array(values: Any) -> np.ndarray:
    try:
        return np.asarray(values)
    except ValueError:  # lists of different lengths
        raise InputError(argument_problems.NOT_NUMBERS.format(dtype="lists")) from None


def _holds_other_than_numbers(array: np.ndarray) -> bool:
    missing = pd.isna(array)
    return not all(is_real(item) for item in array[~missing])


def is_real(value: object) -> bool:
    """Return whether the value is a real number of any kind; True and False are, as 1 and 0."""
    return isinstance(value, numbers.Real | Decimal | np.bool_)


def are_numbers(values: pd.Series | pd.DataFrame) -> bool:
    """Return whether every value is a number or missing; text that shows a number, and dates, are not.

    Examples
    --------
    >>> are_numbers(pd.Series([1, None], dtype="Int64")), are_numbers(pd.Series(["1", "2"]))
    (True, False)
    """
    dtypes = [values.dtype] if isinstance(values, pd.Series) else values.dtypes
    if all(isinstance(dtype, np.dtype) and dtype.kind in PLAIN for dtype in dtypes):
        return True  # what nearly every call gives; the loop below takes five times as long
    table = values.to_frame() if isinstance(values, pd.Series) else values
    for at, dtype in enumerate(table.dtypes):
        own = dtype.categories.dtype if isinstance(dtype, pd.CategoricalDtype) else dtype
        if pd.api.types.is_object_dtype(own):
            fits = all(map(is_real, table.iloc[:, at].dropna()))
        elif pd.api.types.is_bool_dtype(own):
            fits = True
        else:
            fits = pd.api.types.is_numeric_dtype(own) and not pd.api.types.is_complex_dtype(own)
        if not fits:
            return False
    return True


def as_floats(table: Table) -> Table:
    """Return a table or Series as floats, as `floats` does, with its labels and ``attrs``.

    Examples
    --------
    >>> as_floats(pd.Series([1, pd.NA], index=["X", "Y"], dtype=object)).to_dict()
    {'X': 1.0, 'Y': nan}
    """
    if isinstance(table, pd.Series):
        found: Any = pd.Series(floats(table), index=table.index, name=table.name)
    else:
        found = pd.DataFrame(floats(table), index=table.index, columns=table.columns)
    found.attrs = table.attrs
    return found


def as_numbers(table: Table) -> Table:
    """Return the table itself where it holds NumPy's own numbers, else as floats: whole numbers stay whole.

    Examples
    --------
    >>> as_numbers(pd.Series([1, 2])).tolist(), as_numbers(pd.Series([1, 2], dtype="category")).tolist()
    ([1, 2], [1.0, 2.0])
    """
    dtypes = [table.dtype] if isinstance(table, pd.Series) else table.dtypes
    plain = all(isinstance(dtype, np.dtype) and dtype.kind in PLAIN for dtype in dtypes)
    return table if plain else as_floats(table)


def scaled(x: np.ndarray, *, axis: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Divide by the power of two next to the largest magnitude, if a square would overflow or vanish otherwise.

    Division by a power of two is exact, and squares of the quotients neither overflow nor vanish.

    Parameters
    ----------
    x : ndarray
        NaN is ignored.
    axis : int or None
        Along which the largest magnitude is taken; kept with length 1.

    Returns
    -------
    ndarray, the shape of `x`
        `x` itself if no square overflows or vanishes.
    ndarray of float
        The divisors.

    Examples
    --------
    >>> scaled(np.array([[3.0, -5.0], [0.0, np.nan]]), axis=1)[1].tolist()
    [[1.0], [1.0]]
    >>> quotients, power = scaled(np.array([2.0**900, 2.0**899]))
    >>> quotients.tolist(), float(power[0]) == 2.0**901
    ([0.5, 0.25], True)
    """
    if _ordinary(x):
        return x, np.ones([1 if axis in (None, at) else length for at, length in enumerate(x.shape)])
    size = np.fmax.reduce(np.abs(x), axis=axis, keepdims=True, initial=0.0)
    exponent = np.frexp(np.where(np.isfinite(size), size, 0.0))[1]
    power = np.ldexp(1.0, np.clip(exponent, -1022, 1023))
    return x / power, power


def _ordinary(x: np.ndarray) -> bool:
    """Return whether the square of every number other than 0 neither overflows nor vanishes."""
    low, high = np.fmin.reduce(x, axis=None, initial=np.inf), np.fmax.reduce(x, axis=None, initial=-np.inf)
    if low < -ORDINARY or high > ORDINARY:
        return False
    return low >= 1 / ORDINARY or not ((np.abs(x) < 1 / ORDINARY) & (x != 0)).any()


def arrays(scores: pd.DataFrame, weights: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores (units x children) and the weights, summing to 1, of the children that count.

    Examples
    --------
    >>> x, w = arrays(pd.DataFrame({"a": [1.0], "b": [2.0], "c": [3.0]}), pd.Series({"a": 1, "b": 0, "c": 3}))
    >>> x.tolist(), w.tolist()
    ([[1.0, 3.0]], [0.25, 0.75])
    """
    kept, w = counted(scores, weights)
    return floats(kept), w / w.sum()


def counted(scores: pd.DataFrame, weights: pd.Series) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the scores and weights of the children that count: a child with weight 0 is left out.

    Parameters
    ----------
    scores : DataFrame, units x children
    weights : Series, child -> weight

    Returns
    -------
    DataFrame, units x children whose weight is not 0
    ndarray
        Their weights in the same order, as from `ordered_weights`.

    Raises
    ------
    InputError
        As `ordered_weights`.

    Examples
    --------
    >>> kept, w = counted(pd.DataFrame({"a": [1.0], "b": [2.0]}), pd.Series({"a": 0, "b": 2}))
    >>> list(kept), w.tolist()
    (['b'], [0.125])
    """
    w = ordered_weights(scores, weights)
    counts = w > 0
    return (scores, w) if counts.all() else (scores.loc[:, counts], w[counts])


def ordered_weights(scores: pd.DataFrame, weights: pd.Series) -> np.ndarray:
    """Return the children's weights in the order of the scores, times a power of two that brings their sum below 1.

    Raises
    ------
    InputError
        For every child whose weight is missing, negative or infinite; or if all weights are 0.

    Examples
    --------
    >>> ordered_weights(pd.DataFrame({"a": [1.0], "b": [2.0]}), pd.Series({"b": 2, "a": 0})).tolist()
    [0.0, 0.125]
    """
    w = floats(weights if weights.index is scores.columns else weights.reindex(scores.columns))
    good = (w >= 0) & (w < np.inf)
    if not good.all():
        if len(weights) and not weights.index.isin(scores.columns).any():
            said = {"labels": first_of(weights.index), "children": first_of(scores.columns)}
            raise InputError(problems.OTHER_LABELS.format(**said), title="weights")
        wrong = np.flatnonzero(~good)
        raise InputError(
            [problems.CHILD_WEIGHT.format(child=scores.columns[at], weight=f"{w[at]:g}") for at in wrong],
            title="weights",
        )
    if not w.any():
        raise InputError(problems.ALL_ZERO, title="weights")
    power = min(max(math.frexp(w.max())[1], -1000), 1000) + len(w).bit_length()
    return w * math.ldexp(1.0, -power)


def shares(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return each unit's weights: in proportion for the children present, 0 for the others, NaN if none is present.

    Examples
    --------
    >>> shares(np.array([[1.0, np.nan]]), np.array([0.25, 0.75])).tolist()
    [[1.0, 0.0]]
    """
    present = np.where(np.isnan(x), 0.0, w)
    with np.errstate(invalid="ignore"):
        return present / present.sum(axis=1, keepdims=True)


def label_of_largest(values: pd.Series) -> Any:
    """Return the label of the largest value, the first of several; None where there is no value.

    Examples
    --------
    >>> label_of_largest(pd.Series({"a": 1, "b": 3, "c": np.nan})), label_of_largest(pd.Series({"a": np.nan}))
    ('b', None)
    """
    known = values.dropna()
    return known.idxmax() if len(known) else None


def label_of_smallest(values: pd.Series) -> Any:
    """Return the label of the smallest value, the first of several; None where there is no value."""
    return label_of_largest(-values)
