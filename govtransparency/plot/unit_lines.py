"""Lines of units from one ranking or year to the next, with the names of some at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import SMALL
from govtransparency.texts.bilingual import Text, width_of
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from govtransparency.plot.canvas import Canvas
    from govtransparency.plot.layout import Names

__all__ = ["draw_lines"]


LABEL = 0.17  # inches between two names at the ends of lines


def draw_lines(
    on: Canvas,
    values: pd.DataFrame,
    named: pd.Index,
    names: Names,
    columns: Sequence[Text],
    *,
    ranks: bool = True,
    colours: Mapping[Any, str] | None = None,
    shifts: pd.Series | None = None,
) -> None:
    """Draw one line per unit over the columns, ranks from the best at the top; those named in colour, with their names.

    Parameters
    ----------
    on : Canvas
    values : DataFrame, units x columns
        NaN interrupts a line.
    named : Index
        Units that are named.
    names : mapping, Series, DataFrame or None
    columns : sequence of Text
    ranks : bool
        Whether the values are ranks, else scores.
    colours : mapping of unit to colour, optional
        By default the colours of series.
    shifts : Series, optional
        Places gained, written after the names; then the axis reaches to the last rank, not only to those named.
    """
    axes = on.axes
    places = np.arange(values.shape[1])
    low, high = _range(values, named, ranks=ranks, whole=shifts is not None)
    others = values.drop(named)
    seen = others[(others <= high).any(axis=1)].to_numpy()
    broken = np.column_stack([seen, np.full(len(seen), np.nan)])  # one line with a gap after each unit
    axes.plot(np.tile([*places, np.nan], len(seen)), broken.ravel(), color=theme.GRID, zorder=1,
              linewidth=0.7 if len(seen) < 400 else 0.3)  # fmt: skip
    for number, (unit, row) in enumerate(zip(named, values.loc[named].to_numpy(), strict=True)):
        colour = (colours or {}).get(unit, theme.SERIES[number % 8])
        dashes = "-" if colours is None or colour == theme.BEST else (0, (4, 1.5))
        axes.plot(places, row, color=colour, linewidth=1.8, marker="o", markersize=3.5, linestyle=dashes, zorder=3)
    margin = max(0.5 if ranks else 0.0, (high - low if not ranks else high) * 0.03) or 1.0
    if ranks:
        axes.set_ylim(high + margin, low - margin)
        axes.set_yticks(layout.rank_ticks(1, high))
    else:
        axes.set_ylim(low - margin, high + margin)
    axes.set_xlim(-0.05 * len(places), places[-1] + 0.02)
    _write_ends(on, values.loc[named], names, (low, high), ranks=ranks, shifts=shifts)
    axes.set_xticks(places)
    _write_columns(on, columns)
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.grid(axis="x")
    on.say(axes.set_ylabel, *FIGURES["rank" if ranks else "score"])


def _range(values: pd.DataFrame, named: pd.Index, *, ranks: bool, whole: bool) -> tuple[float, float]:
    """Return the ends of the axis."""
    known = values.to_numpy()
    if np.isnan(known).all():
        return 1.0, 2.0
    if not ranks:
        return float(np.nanmin(known)), float(np.nanmax(known))
    if whole or values.loc[named].isna().all(axis=None):
        return 1.0, float(np.nanmax(known))
    return 1.0, max(float(np.nanmax(values.loc[named].to_numpy())), 10.0)


def _write_ends(
    on: Canvas,
    rows: pd.DataFrame,
    names: Names,
    limits: tuple[float, float],
    *,
    ranks: bool,
    shifts: pd.Series | None,
) -> None:
    """Write the names at the right ends of the lines, moved apart where they would overlap."""
    low, high = limits
    count = rows.shape[1]
    ends = rows.iloc[:, -1].fillna(high if ranks else low).to_numpy()
    span = high if ranks else high - low
    gap = span / (15 if shifts is None else 20) if on.shared else span * LABEL / max(on.room()[1], LABEL)
    heights = layout.spread(ends, gap, least=low)
    if len(heights) and heights.max() > high and not on.shared:
        heights = high - layout.spread(high - heights, gap, least=0.0)
    for unit, value, height, text in zip(rows.index, ends, heights, layout.names_of(rows.index, names), strict=True):
        label = on.axes.annotate(
            " ", (count - 1, value), (count - 1 + 0.06 * count, height), va="center", fontsize=SMALL,
            annotation_clip=False,
        )  # fmt: skip
        moved = None if shifts is None else shifts.get(unit)
        shift = "" if moved is None else f" ({moved:+g})".replace("-", "\u2212").replace("+0)", "0)")
        words = [f"{value:g}. {name}{shift}" if ranks else f"{value:.1f}  {name}" for name in text]
        on.say(label.set_text, *words)


def _write_columns(on: Canvas, columns: Sequence[Text]) -> None:
    """Write the names of the columns beneath them, every second or third where there is room for no more."""
    if on.shared:
        layout.write_labels(on, on.axes, "x", columns, fontsize=SMALL)
        return
    layout.write_labels(on, on.axes, "x", [Text("", "")] * len(columns), fontsize=SMALL)
    each = on.room()[0] / (len(columns) - 1 + 0.05 * len(columns) or 1)
    columns = [layout.shortened(text) for text in columns]
    longest = max(width_of(word) for text in columns for words in text for word in layout.PIECES.findall(words))
    step = max(1, int(np.ceil(min(1.0, longest * SMALL / 72 + 0.1) / each)))
    texts = [
        Text(*(layout.wrapped(word, 0.9 * each * step, SMALL) for word in text))
        if (len(columns) - 1 - place) % step == 0
        else Text("", "")
        for place, text in enumerate(columns)
    ]
    layout.write_labels(on, on.axes, "x", texts, fontsize=SMALL)
