"""The values that a workbook or a Parquet file holds, as the text of cells."""

from __future__ import annotations

import datetime
import decimal

from govtransparency.files.invisible import has_invisible, stripped
from govtransparency.files.raw_rows import SHARED
from govtransparency.files.typed_number import TypedNumber, typed_number

__all__ = ["CellTexts"]


class CellTexts:
    """Turns the values of cells into text: numbers typed, dates in ISO form, TRUE and FALSE; nothing is empty.

    Attributes
    ----------
    edges : int
        How many cells had invisible characters at an edge, which were taken off.
    """

    def __init__(self) -> None:
        self.edges = 0
        self._numbers: dict[float, TypedNumber] = {}

    def __call__(self, value: object) -> str:
        """Return a value as text."""
        if isinstance(value, str):
            if has_invisible(value):
                self.edges += stripped(value) != value.strip()
                return stripped(value)
            return value.strip()
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, (int, float)):
            return self.number(value)
        return "" if value is None else _other_text(value)

    def number(self, value: float) -> TypedNumber:
        """Return a number as a cell; equal ones are one object, since most sheets hold few different ones."""
        found = self._numbers.get(value)
        if found is None:
            found = typed_number(value)
            if len(self._numbers) < SHARED:
                self._numbers[value] = found
        return found


def _other_text(value: object) -> str:
    """Return a date, a time or a decimal number as text."""
    if isinstance(value, decimal.Decimal):
        return TypedNumber(f"{value.normalize():f}")
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
