"""Publishers' files read as they are: which rows, which columns and which words mean what is said in edition.toml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.errors import InputError, nearest

__all__ = ["original_cells", "original_problems"]


KEYS = ("original", "unit", "pillar", "where", "values", "missing")


def original_problems(sheet: Mapping[str, Any]) -> Iterable[str]:
    """Say what is wrong with the ``[[sheets]]`` entry of a publisher's file."""
    name = sheet["original"]
    if not isinstance(name, str):
        yield f"sheet: original = {name!r}; expected the name of a file in originals.toml"
    for key in sheet:
        if key not in KEYS:
            yield f"sheet {name!r}: {key!r} is unknown; {nearest(key, KEYS)}"
    for key in ("unit", "pillar"):
        if key in sheet and not isinstance(sheet[key], str):
            yield f"sheet {name!r}: {key} = {sheet[key]!r}; expected the name of a column"
    for key in ("where", "values"):
        if not isinstance(sheet.get(key, {}), Mapping):
            yield f"sheet {name!r}: {key} = {sheet[key]!r}; expected a table"


def original_cells(path: Path, sheet: Mapping[str, Any], codes: Collection[str]) -> pd.DataFrame:
    """Return a publisher's file as a long sheet: unit, indicator, value, as text, indexed by line.

    Parameters
    ----------
    path : Path
    sheet : mapping
        Its ``[[sheets]]`` entry. ``unit`` names the column of units. ``where`` maps columns to the text that a row must
        hold there to count. ``values`` maps words to numbers. With ``pillar``, a row is a unit on the pillar whose code
        stands in that column, and its column ``x`` holds the indicator ``<pillar>.x``; without it, column ``x`` holds
        the indicator ``x``.
    codes : collection of str
        The indicators and variables there are; all other columns are passed over.

    Raises
    ------
    InputError
        If a column that is named is not there, no row is left, or no column holds an indicator.
    """
    text = read_csv(path, repeated=True)
    unit, pillar, where = sheet.get("unit", "unit"), sheet.get("pillar"), sheet.get("where", {})
    named = [unit, *([pillar] if pillar else []), *where]
    if lacking := [column for column in named if column not in text]:
        raise InputError(
            [f"column {column!r} is missing; {nearest(column, text.columns)}" for column in lacking], title=str(path)
        )
    for column, wanted in where.items():
        text = text[text[column] == str(wanted)]
    prefix = text[pillar] + "." if pillar else pd.Series("", index=text.index)
    parts = [
        pd.DataFrame({"unit": text[unit], "indicator": prefix + column, "value": text[column]})
        for column in text.columns
        if column not in named
    ]
    cells = pd.concat(parts) if parts else pd.DataFrame(columns=["unit", "indicator", "value"])
    cells = cells[cells["indicator"].isin(list(codes))].sort_index(kind="stable")
    if cells.empty:
        raise InputError(f"{len(text)} rows count, and no column of theirs holds an indicator", title=str(path))
    words = {word: str(number) for word, number in sheet.get("values", {}).items()}
    return cells.assign(value=cells["value"].map(lambda cell: words.get(cell, cell)))
