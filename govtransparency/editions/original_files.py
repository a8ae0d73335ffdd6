"""Publishers' files read as they are: edition.toml says which rows count and what columns and words mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.texts.bilingual import Text

__all__ = ["original_cells", "original_problems"]


KEYS = ("original", "unit", "pillar", "where", "values", "missing")


def original_problems(sheet: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with the ``[[sheets]]`` entry of a publisher's file."""
    name = sheet["original"]
    if not isinstance(name, str):
        yield problems.ORIGINAL.format(value=name)
    for key in sheet:
        if key not in KEYS:
            yield problems.SHEET_KEY.format(file=name, key=key, nearest=nearest(key, KEYS))
    for key in ("unit", "pillar"):
        if key in sheet and not isinstance(sheet[key], str):
            yield problems.SHEET_COLUMN.format(file=name, key=key, value=sheet[key])
    for key in ("where", "values"):
        if not isinstance(sheet.get(key, {}), Mapping):
            yield problems.SHEET_TABLE.format(file=name, key=key, value=sheet[key])


def original_cells(path: Path, sheet: Mapping[str, Any], codes: Collection[str]) -> pd.DataFrame:
    """Return a publisher's file as a long sheet: unit, indicator, value, as text, indexed by line.

    Parameters
    ----------
    path : Path
    sheet : mapping
        Its ``[[sheets]]`` entry. ``unit`` names the column of units. ``where`` maps columns to the text that a row must
        hold there to count. ``values`` maps words to numbers. With ``pillar``, a row is one unit on the pillar whose
        code is in that column, and its column ``x`` holds the indicator ``<pillar>.x``; without it, column ``x`` holds
        the indicator ``x``.
    codes : collection of str
        The indicators and variables; all other columns are ignored.

    Raises
    ------
    InputError
        If a named column is missing, no row is left, or no column holds an indicator.
    """
    text = read_csv(path, repeated=True)
    unit, pillar, where = sheet.get("unit", "unit"), sheet.get("pillar"), sheet.get("where", {})
    named = [unit, *([pillar] if pillar else []), *where]
    if lacking := [column for column in named if column not in text]:
        raise InputError(
            [problems.NO_COLUMN_NEAREST.format(column=name, nearest=nearest(name, text.columns)) for name in lacking],
            title=str(path),
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
        raise InputError(problems.NO_INDICATOR_COLUMN.format(count=len(text)), title=str(path))
    words = {word: str(number) for word, number in sheet.get("values", {}).items()}
    return cells.assign(value=cells["value"].map(lambda cell: words.get(cell, cell)))
