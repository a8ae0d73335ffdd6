"""The figure of a report's first screen: all ranks of a group with their intervals and tiers, one unit marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.plot import layout, published, theme
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, listed
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd
    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["overview"]


WIDTH, HEIGHT = 4.3, 4.1  # inches: letters are then of about their own size on a telephone
FIRST = 3  # units that are named beside the one marked
FONT = 8.5  # points
APART = 0.19  # inches between two names


@theme.style()
def overview(table: pd.DataFrame, names: pd.DataFrame, *, unit: Any = None, total: int | None = None) -> Drawing:
    """Draw the ranks of all units of a group with their intervals on a diagonal, tiers shaded, one unit marked.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        rank; low and high, the ends of the rank's interval; tier, 1 the best. Units without a rank are left out.
    names : DataFrame, indexed by unit
        name_zh, name_en; of simulated data also published, the place that a published fact gives, which is a filled
        mark. The first units are named, and of simulated data those that have such a place; none where it has no rows.
    unit : unit, optional
        The unit that is marked and named with its interval.
    total : int, optional
        The units of the group, where some are not ranked.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a unit that has no rank.
    """
    ranked = table.dropna(subset=["rank", "low", "high"]).sort_values(["rank", "high"], kind="stable")
    if unit is not None:
        with Arguments("overview") as check:
            check.choice("unit", unit, ranked.index)
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=WIDTH, heights=HEIGHT)
    lines = np.arange(len(ranked))
    _shade(axes, ranked["tier"])
    width = min(4.5, 0.62 * (HEIGHT - 0.7) * 72 / max(len(ranked), 1))
    axes.hlines(lines, ranked["low"] - 0.25, ranked["high"] + 0.25, color=theme.SOFT, linewidth=width, gid="intervals")
    axes.plot(ranked["rank"], lines, "o", color=theme.BEST, markersize=min(3.4, width + 0.8), markeredgewidth=0.4)
    published.mark(axes, ranked.index, names)
    published.explain(drawing, names)
    layout.rank_axis(drawing, axes, float(np.ceil(ranked["high"].max())))
    axes.set_ylim(len(ranked) - 0.4, -0.6)
    axes.set_yticks([])
    _name(drawing, axes, ranked, names, unit)
    certain, tiers = int((ranked["low"] == ranked["high"]).sum()), ranked["tier"].nunique()
    drawing.finds(
        FINDINGS["overview" if certain else "overview_none"],
        FINDINGS["overview"],
        units=layout.units_of_all(len(ranked), total),
        tiers=Stated("tiers", tiers),
        certain=Stated("certain_places", certain),
    )
    leaders = listed(_told(ranked, names, one) for one in ranked.index.intersection(names.index)[:FIRST])
    width_of_all = f"{(ranked['high'] - ranked['low']).median() + 1:g}"
    drawing.alt = FIGURES["overview_alt" if len(names) else "overview_alt_unnamed"].format(
        leaders=leaders, width=width_of_all
    )
    return drawing


def _shade(axes: Axes, tiers: pd.Series) -> None:
    """Shade every other tier, from the first rank of its units to the last."""
    for number, tier in enumerate(tiers.dropna().unique()):
        (where,) = np.nonzero((tiers == tier).to_numpy())
        if number % 2 == 0:
            axes.axhspan(where[0] - 0.5, where[-1] + 0.5, color=theme.GRID, alpha=0.45, linewidth=0)


def _name(drawing: Drawing, axes: Axes, ranked: pd.DataFrame, names: pd.DataFrame, unit: Any) -> None:
    """Write names to the right of the intervals of the first units, and left of the one marked in its colour."""
    places = {one: line for line, one in enumerate(ranked.index)}
    first = list(ranked.index.intersection(names.index))
    if "published" in names:
        first = list(names["published"].reindex(ranked.index).dropna().index)
    first = [one for one in first[:FIRST] if one != unit]
    gap = APART / (HEIGHT - 0.7) * len(ranked)
    heights = layout.spread([places[one] for one in first], gap, least=0.45 * gap)
    for one, height in zip(first, heights, strict=True):
        beside = ranked["high"].iloc[max(0, int(height - gap / 2)) : int(height + gap / 2) + 1].max()
        left = beside + 0.06 * len(ranked)
        axes.plot([ranked.at[one, "high"] + 0.25, left], [places[one], height], color=theme.MUTED, linewidth=0.6)
        label = axes.text(left + 0.01 * len(ranked), height, " ", va="center", fontsize=FONT)
        drawing.say(label.set_text, *_told(ranked, names, one, alone="published" in names))
    if unit is None:
        return
    place, row = places[unit], ranked.loc[unit]
    axes.hlines([place], row["low"] - 0.25, row["high"] + 0.25, color=theme.ACCENT, linewidth=4.5, zorder=3)
    axes.plot([row["rank"]], [place], "D", color=theme.ACCENT, markeredgecolor=theme.PAPER, markersize=6, zorder=6)
    over = ranked["high"].max() - row["high"] >= row["low"]  # where there is more room
    label = axes.text(
        row["high"] + 0.04 * len(ranked) if over else row["low"] - 0.04 * len(ranked), place, " ", va="center",
        ha="left" if over else "right", fontsize=FONT, fontweight="bold", zorder=7, bbox=theme.BEHIND,
    )  # fmt: skip
    drawing.say(label.set_text, *_told(ranked, published.signed(names), unit))


def _told(ranked: pd.DataFrame, names: pd.DataFrame, unit: Any, *, alone: bool = False) -> Text:
    """Return what a unit is called, with its rank and, unless that stands alone, its interval."""
    (name,) = layout.names_of([unit], names)
    row = ranked.loc[unit]
    key = "with_rank" if alone or row["low"] == row["high"] else "with_interval"
    return FIGURES[key].format(
        name=layout.shortened(name, 18), rank=f"{row['rank']:g}", low=f"{row['low']:g}", high=f"{row['high']:g}"
    )
