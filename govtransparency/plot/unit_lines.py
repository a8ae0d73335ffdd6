"""Lines of units from one ranking or year to the next, with the names of some at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import SMALL
from govtransparency.plot.line_breaks import PIECES, wrapped
from govtransparency.texts.bilingual import Text, decimal, width_of
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from govtransparency.plot.canvas import Canvas
    from govtransparency.plot.layout import Names

__all__ = ["draw_lines"]


LABEL = 0.17  # inches between two names at the ends of lines
MOVES: dict[int, dict[str, Any]] = {
    1: {"color": theme.BEST, "marker": "o", "linestyle": "-"},
    0: {"color": theme.MUTED, "marker": "o", "linestyle": "-"},
    -1: {"color": theme.ACCENT, "marker": "o", "linestyle": (0, (4, 1.5))},
}
MOST = 200  # grey lines that can be told apart


def draw_lines(
    on: Canvas,
    values: pd.DataFrame,
    named: pd.Index,
    names: Names,
    columns: Sequence[Text],
    *,
    places: np.ndarray | None = None,
    ranks: bool = True,
    shifts: pd.Series | None = None,
) -> int:
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
    places : ndarray, optional
        Where the columns stand, in rising order; by default at equal distances.
    ranks : bool
        Whether the values are ranks, else scores.
    shifts : Series, optional
        Places gained, written after the names: then lines are blue up and dashed red down, else as those of series,
        and the axis reaches to the last rank, not only to those named.

    Returns
    -------
    int
        How many units have no line: they lie beyond the axis, or there are so many that they would be a grey area.
    """
    axes = on.axes
    places = np.arange(values.shape[1]) if places is None else places
    unit = float(places[-1] - places[0]) / max(len(places) - 1, 1) or 1.0  # from one column to the next, on average
    low, high = _range(values, named, ranks=ranks, whole=shifts is not None)
    others = values.drop(named).dropna(how="all")
    seen = others[(others <= high).any(axis=1)].to_numpy()
    if len(seen) > MOST and not on.shared:
        evenly = np.linspace(0, len(seen) - 1, MOST).astype(int)  # from the first of the last column to the last
        seen = seen[np.argsort(seen[:, -1], kind="stable")[evenly]]
    broken = np.column_stack([seen, np.full(len(seen), np.nan)])  # one line with a gap after each unit
    axes.plot(np.tile([*places, np.nan], len(seen)), broken.ravel(), color=theme.GRID, zorder=1,
              linewidth=0.7 if len(seen) < 400 else 0.3)  # fmt: skip
    looks = [
        theme.marked(number) if shifts is None else MOVES[int(np.sign(shifts.get(one, 0)))]
        for number, one in enumerate(named)
    ]
    for look, row in zip(looks, values.loc[named].to_numpy(), strict=True):
        axes.plot(places, row, linewidth=1.8, markersize=4.5, zorder=3, clip_on=False, **look)
    margin = max(0.5 if ranks else 0.0, (high - low if not ranks else high) * 0.03) or 1.0
    if ranks:
        axes.set_ylim(high + margin, low - margin)
        axes.set_yticks(layout.rank_ticks(1, high))
    else:
        axes.set_ylim(low - margin, high + margin)
    room = unit * len(places)
    axes.set_xlim(places[0] - 0.05 * room, places[-1] + 0.025 * room)
    axes.set_xticks(places)
    ends = (places[-1] + 0.025 * room, places[-1] + 0.05 * room)
    _write_ends(on, values.loc[named], names, (low, high), ends, [look["color"] for look in looks], ranks=ranks,
                shifts=shifts)  # fmt: skip
    _write_columns(on, columns, places)
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.grid(axis="x")
    on.say(axes.set_ylabel, *FIGURES["rank" if ranks else "score"])
    return len(others) - len(seen)


def _range(values: pd.DataFrame, named: pd.Index, *, ranks: bool, whole: bool) -> tuple[float, float]:
    """Return the ends of the axis."""
    known = values.to_numpy()
    if np.isnan(known).all():
        return 1.0, 2.0
    if not ranks:
        return float(np.nanmin(known)), float(np.nanmax(known))
    if whole or values.loc[named].isna().all(axis=None):
        return 1.0, float(np.nanmax(known))
    return 1.0, max(float(np.nanmax(values.loc[named].to_numpy())), min(float(np.nanmax(known)), 10.0))


def _write_ends(
    on: Canvas,
    rows: pd.DataFrame,
    names: Names,
    limits: tuple[float, float],
    across: tuple[float, float],
    colours: Sequence[str],
    *,
    ranks: bool,
    shifts: pd.Series | None,
) -> None:
    """Write the names at the right of the lines, moved apart where they would overlap, and lead the lines to them."""
    low, high = limits
    last = rows.iloc[:, -1]
    ends = last.fillna(high if ranks else low).to_numpy()
    digits = 1 if ranks else layout.digits_of(rows)
    span = high if ranks else high - low
    gap = span / (15 if shifts is None else 20) if on.shared else span * LABEL / max(on.room()[1], LABEL)
    heights = layout.spread(ends, gap, least=low)
    if len(heights) and heights.max() > high and not on.shared:
        heights = high - layout.spread(high - heights, gap, least=0.0)
    texts = layout.names_of(rows.index, names)
    for unit, value, height, text, colour in zip(rows.index, last, heights, texts, colours, strict=True):
        label = on.axes.annotate(
            " ", (across[0], height), (across[1] + 0.1 * (across[1] - across[0]), height), va="center",
            fontsize=SMALL, annotation_clip=False,
        )  # fmt: skip
        if np.isnan(value):
            on.say(label.set_text, *FIGURES["without"].format(name=text))
            continue
        on.axes.plot(across, [value, height], color=colour, linewidth=0.7, clip_on=False)
        moved = None if shifts is None else shifts.get(unit)
        shift = "" if moved is None else f" ({moved:+g})".replace("-", "\u2212").replace("+0)", "0)")
        words = [f"{value:g}. {name}{shift}" if ranks else f"{decimal(value, digits)}  {name}" for name in text]
        on.say(label.set_text, *words)


def _write_columns(on: Canvas, columns: Sequence[Text], places: np.ndarray) -> None:
    """Write the names of the columns beneath them: the last, the first, and the others there is room for."""
    if on.shared:
        layout.write_labels(on, on.axes, "x", columns, fontsize=SMALL)
        return
    layout.write_labels(on, on.axes, "x", [Text("", "")] * len(columns), fontsize=SMALL)
    low, high = on.axes.get_xlim()
    inches = (places - low) * on.room()[0] / (high - low)
    columns = [layout.shortened(text) for text in columns]
    longest = max(width_of(word) for text in columns for words in text for word in PIECES.findall(words))
    apart = min(1.0, longest * SMALL / 72 + 0.1)
    written = [len(inches) - 1]
    for place in (0, *reversed(range(1, len(inches) - 1))):
        if np.abs(inches[written] - inches[place]).min() >= apart - 1e-9:
            written.append(place)
    width = 0.9 * min(np.diff(np.sort(inches[written])), default=inches[-1])
    texts = [
        Text(*(wrapped(word, width, SMALL) for word in text)) if place in written else Text("", "")
        for place, text in enumerate(columns)
    ]
    layout.write_labels(on, on.axes, "x", texts, fontsize=SMALL)
