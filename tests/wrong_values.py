"""Wrong values of an argument, by the kind of its sound value: each must be refused by one error that says so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

NOTHING = object()


class Odd:
    """A value of a class that nothing knows."""

    def __repr__(self) -> str:
        return "<odd>"


ANYTHING: dict[str, Any] = {
    "odd": Odd(),
    "text": "xyzzy",
    "empty text": "",
    "minus one": -1,
    "nought": 0,
    "a fraction": 0.123,
    "many": 10**400,
    "not a number": math.nan,
    "infinite": math.inf,
    "true": True,
    "none": None,
    "NA": pd.NA,
    "NaT": pd.NaT,
    "date": date(2024, 1, 1),
    "complex": 1 + 2j,
    "empty list": [],
    "empty dict": {},
    "list of text": ["xyzzy"],
    "list of nan": [math.nan, math.nan],
    "list in list": [[1, 2], [3, 4]],
    "dict of nan": {"xyzzy": math.nan},
    "set": {1, 2, 3},
    "empty array": np.array([]),
    "array of three dimensions": np.ones((2, 2, 2)),
    "empty Series": pd.Series(dtype=float),
    "Series of text": pd.Series(["xyzzy"] * 3),
    "empty DataFrame": pd.DataFrame(),
    "DataFrame of text": pd.DataFrame({"xyzzy": ["x", "y"]}),
    "function": len,
    "class": int,
}


def wrong_tables(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give the table with one thing in it that cannot be meant."""
    rows, columns = table.shape
    number = next((at for at in range(columns) if table.dtypes.iloc[at].kind in "fiu"), None)
    yield "no rows", table.iloc[:0]
    yield "a row twice", pd.concat([table, table.iloc[:1]])
    yield "NaN as a label", table.set_axis([math.nan, *table.index[1:]])
    yield "rows of two levels", table.set_axis(_two_levels(table.index))
    if number is None:
        return
    yield "a column twice", pd.concat([table, table.iloc[:, [number]]], axis=1)
    cells: dict[str, Any] = {
        "infinite": math.inf,
        "minus infinite": -math.inf,
        "text": "a few",
        "text of a number": "3",
        "complex": 1 + 2j,
        "date": pd.Timestamp(2024, 1, 1),
        "list": [1, 2],
    }
    for name, cell in cells.items():
        values = table.iloc[:, number].astype(complex if name == "complex" else object)
        values.iloc[0] = cell
        yield name, _with_column(table, number, values)
    dates = pd.Series(pd.date_range("2024-01-01", periods=rows), index=table.index)
    yield "a column of dates", _with_column(table, number, dates)
    yield "a column of text", _with_column(table, number, table.iloc[:, number].astype(str))
    yield "a column of durations", _with_column(table, number, dates - dates.iloc[0])


def _two_levels(labels: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([["x"], labels])


def _with_column(table: pd.DataFrame, at: int, values: pd.Series) -> pd.DataFrame:
    columns = [values if place == at else table.iloc[:, place] for place in range(table.shape[1])]
    return pd.concat(columns, axis=1).set_axis(table.columns, axis=1)


def wrong_series(series: pd.Series) -> Iterator[tuple[str, pd.Series]]:
    """Give the Series with one thing in it that cannot be meant."""
    for name, table in wrong_tables(series.to_frame("x")):
        if name != "a column twice":
            yield name, table["x"].rename(series.name)


def wrong_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Give wrong values in place of a sound one: anything, and what is nearly right."""
    yield from ANYTHING.items()
    if isinstance(value, pd.DataFrame):
        yield from wrong_tables(value)
        yield "columns of two levels", value.set_axis(_two_levels(value.columns), axis=1)
        yield "units in a column", value.reset_index(names="xyzzy")
        yield "turned", value.T
        yield "without a column", value.iloc[:, 1:]
    elif isinstance(value, pd.Series):
        yield from wrong_series(value)
    elif isinstance(value, Mapping) and value:
        key = next(iter(value))
        for name in ("text", "not a number", "infinite", "odd", "none", "minus one"):
            yield f"{name} under a key", {**value, key: ANYTHING[name]}
        yield "an unknown key", {**value, "xyzzy": value[key]}
    elif isinstance(value, list | tuple) and value:
        for name in ("odd", "not a number", "none", "text"):
            yield f"{name} in the list", [*value[:-1], ANYTHING[name]]
        yield "one twice", [*value, value[0]]
