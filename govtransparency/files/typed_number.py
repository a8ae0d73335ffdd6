"""A number that a file itself holds as a number: its text and its value."""

from __future__ import annotations

from typing import ClassVar

__all__ = ["TypedNumber", "TypedPercent", "typed_number"]


class TypedNumber(str):
    """The text of a cell that a workbook or a Parquet file holds as a number: its shortest decimal form.

    As a code it is text like any other; as a figure it is `value`, whatever the decimal sign of texts in the same file.

    Examples
    --------
    >>> typed_number(7.0), typed_number(0.92, percent=True).percent, typed_number(1e-7).value
    ('7', True, 1e-07)
    """

    __slots__ = ()
    percent: ClassVar[bool] = False  # shown as a per cent in the file

    @property
    def value(self) -> float:
        """The number."""
        return float(self)


class TypedPercent(TypedNumber):
    """A number that the file shows as a per cent: 0.92 in a cell of the format 0%."""

    __slots__ = ()
    percent: ClassVar[bool] = True


def typed_number(value: float, *, percent: bool = False) -> TypedNumber:
    """Return the number as a cell."""
    text = repr(value).removesuffix(".0")
    return TypedPercent(text) if percent else TypedNumber(text)
