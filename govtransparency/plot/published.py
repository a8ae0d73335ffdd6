"""Published places in figures of simulated data: filled marks, and the sign beside real names of drawn figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.lines import Line2D

from govtransparency.names import with_sign
from govtransparency.plot import layout, theme
from govtransparency.plot.simulated_look import PUBLISHED, STRIPES
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing
    from govtransparency.texts.bilingual import Text

__all__ = ["explain", "explain_places", "mark", "mark_at", "mark_points", "signed"]

FILLED: dict[str, Any] = {
    "marker": "o", "linestyle": "none", "color": theme.INK, "markersize": 4.6, "zorder": 5, "clip_on": False,
    "gid": PUBLISHED,
}  # fmt: skip


def signed(names: pd.DataFrame) -> pd.DataFrame:
    """Return the names with the sign after those of units whose place is published, if other figures of them follow."""
    if "published" not in names:
        return names
    return names.assign(**with_sign(names, names["published"].notna()))


def mark(axes: Axes, units: pd.Index, names: pd.DataFrame) -> None:
    """Draw in the row of each unit the place that a published fact gives as a filled mark."""
    if "published" not in names:
        return
    axes.plot(names["published"].reindex(units), range(len(units)), **FILLED)


def mark_at(axes: Axes, units: pd.Index, names: pd.DataFrame, column: float) -> None:
    """Draw the places that published facts give as filled marks in a column of ranks, the ranks downwards."""
    if "published" not in names:
        return
    axes.plot([column] * len(units), names["published"].reindex(units), **FILLED)


def mark_points(axes: Axes, across: Iterable[Any], down: Iterable[Any]) -> None:
    """Draw published places as filled marks at points of their own."""
    axes.plot(list(across), list(down), **FILLED)


def explain(drawing: Drawing, names: pd.DataFrame) -> None:
    """Explain the marks of published places and of drawn ones, in figures of simulated data."""
    if "published" not in names:
        return
    drawn = Line2D([], [], color=theme.SERIES[-1], marker="o", markersize=3.4, markeredgecolor=theme.MUTED,
                   fillstyle="left", markerfacecoloralt=theme.PAPER, linewidth=4.5, linestyle=STRIPES)  # fmt: skip
    _legend(drawing, [_filled(), drawn], [FIGURES["published_place"], FIGURES["drawn_place"]])


def explain_places(drawing: Drawing, places: pd.Series) -> None:
    """Explain the marks of published places, in figures where there are any."""
    if places.notna().any():
        _legend(drawing, [_filled()], [FIGURES["published_place"]])


def _filled() -> Line2D:
    return Line2D([], [], color=theme.INK, marker="o", markersize=4.6, linestyle="none")


def _legend(drawing: Drawing, marks: list[Line2D], words: list[Text]) -> None:
    legend = drawing.legend(marks, [" "] * len(marks), loc="outside upper left", ncols=2, fontsize=7.5)
    for handle in legend.legend_handles:
        handle.set_gid(PUBLISHED)  # type: ignore[union-attr]
    layout.write_legend(drawing, legend, words)
