"""The value of a reading: the number it gives, or the figure of a unit that it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.data_dictionary.input_files import SET_ASIDE
from govtransparency.files.plain_numbers import to_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

__all__ = ["figures_of", "unreadable_readings", "value_read"]


def unreadable_readings(readings: pd.DataFrame | None, self_reported: pd.DataFrame | None) -> Iterator[tuple[Any, str]]:
    """Give the line and the text of each reading that has no number: neither a value nor a figure that it refers to."""
    needed = {"kind", "value", "of", "entity_zh"}
    figures = figures_of(self_reported)
    if readings is not None and needed <= set(readings):
        for line, row in readings[readings["kind"] != SET_ASIDE].iterrows():
            text, value = value_read(row, figures)
            if value is None and not row["value"]:  # a value that is none is told as a cell
                yield line, text


def figures_of(self_reported: pd.DataFrame | None) -> dict[tuple[str, str], str]:
    """Return what units report of themselves, by unit and indicator."""
    if self_reported is None or not {"entity_zh", "indicator_zh", "value"} <= set(self_reported):
        return {}
    return {(row["entity_zh"], row["indicator_zh"]): row["value"] for row in self_reported.to_dict("records")}


def value_read(row: Mapping[Any, Any], figures: Mapping[tuple[str, str], str]) -> tuple[str, float | None]:
    """Return the text that a reading takes its value from, and the value."""
    text = row["value"] or figures.get((row["entity_zh"], row["of"]), row["of"].removesuffix("%"))
    value = {"yes": 1.0, "no": 0.0}.get(text, to_number(text.removesuffix("%")))
    return text, value / 100 if value is not None and text.endswith("%") else value
