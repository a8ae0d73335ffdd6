"""Figures of ranks: with their intervals and tiers, how probable each is, and how they shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.plot import layout, theme
from govtransparency.texts.bilingual import Text, listed, run_on, width_of
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["acceptability", "bump_chart", "league_table", "slope_chart", "tier_plot"]


ROW = 0.165  # inches per line of text
LONGEST = 40  # units in one column of a league table
WIDTH, TALLEST, ROOM = 7.4, 9.0, 1.0  # inches: of a figure, the most of a column's lines, the least of its plot
FONT = 7.5  # points, of the units' names


@theme.style()
def league_table(table: pd.DataFrame, names: pd.DataFrame) -> Drawing:
    """Draw each unit's rank with its interval, or its score where there are no intervals, in columns.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        rank; and either low and high, the ends of the rank's interval, or score. Units without a rank are left out.
    names : DataFrame, indexed by unit
        name_zh, name_en.

    Returns
    -------
    Drawing
    """
    ranked = table.dropna(subset="rank").sort_values("rank", kind="stable")
    intervals = {"low", "high"} <= set(ranked)
    columns = max(1, -(-len(ranked) // LONGEST))
    longest = max((width_of(word) for text in layout.names_of(ranked.index, names) for word in text), default=0)
    while columns > 1 and WIDTH / columns - (longest + 2) * FONT / 72 < ROOM:
        columns -= 1
    size = -(-len(ranked) // columns)
    row = ROW if size <= LONGEST else min(ROW, TALLEST / size)
    drawing, panels = layout.drawing_with_panels(
        columns, columns=columns, width=4.2 if size <= LONGEST and columns == 1 else WIDTH, heights=0.45 + row * size
    )
    for place, axes in enumerate(panels):
        part = ranked.iloc[place * size : (place + 1) * size]
        lines = np.arange(len(part))
        if intervals:
            axes.hlines(lines, part["low"] - 0.25, part["high"] + 0.25, color=theme.SOFT, linewidth=4.5)
            axes.plot(part["rank"], lines, "o", color=theme.INK, markersize=3.4, clip_on=False)
            first, last = np.floor(part["low"].min()), np.ceil(part["high"].max())
            layout.rank_axis(drawing, axes, last, first=first, most=max(2, 9 - 2 * columns))
        else:
            axes.hlines(lines, ranked["score"].min(), part["score"], color=theme.GRID, linewidth=1)
            axes.plot(part["score"], lines, "o", color=theme.BEST, markersize=4, clip_on=False)
            _score_axis(drawing, axes, ranked["score"])
        _unit_axis(drawing, axes, part, names, size)
    leaders = listed(layout.names_of(ranked.index[:3], names))
    widest = (ranked["high"] - ranked["low"]).median() + 1 if intervals else np.nan
    drawing.alt = FIGURES["league_alt" if intervals else "league_alt_scores"].format(
        count=len(ranked), leaders=leaders, width=f"{widest:g}"
    )
    return drawing


def _unit_axis(drawing: Drawing, axes: Axes, part: pd.DataFrame, names: pd.DataFrame, size: int) -> None:
    axes.set_ylim(size - 0.4, -0.6)
    axes.set_yticks(np.arange(len(part)))
    labels = [
        Text(*(f"{rank:g}. {name}" for name in text))
        for text, rank in zip(layout.names_of(part.index, names), part["rank"], strict=True)
    ]
    layout.write_labels(drawing, axes, "y", labels, fontsize=FONT)


def _score_axis(drawing: Drawing, axes: Axes, scores: pd.Series) -> None:
    room = (scores.max() - scores.min()) * 0.04 or 1.0
    axes.set_xlim(scores.min() - room, scores.max() + room)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.spines["top"].set_visible(True)
    axes.grid(axis="x")
    drawing.say(axes.set_xlabel, *FIGURES["score"])


@theme.style()
def tier_plot(table: pd.DataFrame, names: pd.DataFrame) -> Drawing:
    """Draw the units in their tiers, each tier a band, with the interval of each rank.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        tier, 1 the best; low and high, the ends of the rank's interval; rank, which only orders units within a tier.
    names : DataFrame, indexed by unit
        name_zh, name_en.

    Returns
    -------
    Drawing
    """
    tiers = table.dropna(subset="tier").sort_values(["tier", "rank"], kind="stable")
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=6, heights=0.5 + ROW * len(tiers))
    lines = np.arange(len(tiers))
    last = tiers["high"].max()
    for number, (tier, part) in enumerate(tiers.groupby("tier")):
        where = lines[tiers.index.isin(part.index)]
        if number % 2 == 0:
            axes.axhspan(where[0] - 0.5, where[-1] + 0.5, color=theme.GRID, alpha=0.45, linewidth=0)
        label = axes.text(last + 0.7, where.mean(), " ", va="center", fontweight="bold")
        drawing.say(label.set_text, *FIGURES["tier"].format(tier=f"{tier:g}", count=len(part)))
    axes.hlines(lines, tiers["low"] - 0.25, tiers["high"] + 0.25, color=theme.BEST, linewidth=3)
    layout.rank_axis(drawing, axes, last)
    axes.set_ylim(len(tiers) - 0.5, -0.5)
    axes.set_yticks(lines)
    layout.write_labels(drawing, axes, "y", layout.names_of(tiers.index, names), fontsize=7.5)
    sizes = tiers["tier"].value_counts().sort_index()
    first = layout.names_of(tiers.index[tiers["tier"] == sizes.index[0]], names)
    drawing.alt = FIGURES["tier_alt"].format(
        count=len(tiers), tiers=len(sizes), first=listed(first[:5]), size=len(first)
    )
    return drawing


@theme.style()
def acceptability(tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, *, first: int = 15) -> Drawing:
    """Draw how probable each rank is for each of the first units, as one heat map per group.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x ranks
        Probabilities; rows sum to 1.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    first : int
        The number of units in a panel: those of the best mean rank.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a number of units that is not a whole number or too small.
    """
    with Arguments("acceptability") as check:
        check.count("first", first)
    shown = {}
    for panel, table in tables.items():
        known = table.dropna(how="all")
        mean = (known * np.asarray(known.columns, dtype=float)).sum(axis=1)
        top = known.loc[mean.sort_values(kind="stable").index[:first]]
        reached = np.flatnonzero((top >= 0.005).any(axis=0))
        shown[panel] = top.iloc[:, : reached[-1] + 1]
    two = len(shown) > 1
    rows = [max(len(table) for table in list(shown.values())[start : start + 2]) for start in range(0, len(shown), 2)]
    drawing, panels = layout.drawing_with_panels(
        len(shown), columns=2, width=7.4 if two else 5.2, heights=[0.55 + ROW * size for size in rows]
    )
    sentences = []
    for (panel, table), axes in zip(shown.items(), panels, strict=True):
        image = axes.imshow(
            table.to_numpy(),
            cmap=layout.sequential(),
            vmin=0,
            vmax=1,
            aspect="auto",
            interpolation="none",
            extent=(0.5, table.shape[1] + 0.5, len(table) - 0.5, -0.5),
        )
        for line, (column, share) in enumerate(zip(table.to_numpy().argmax(axis=1), table.max(axis=1), strict=True)):
            ink = theme.PAPER if share > 0.45 else theme.INK
            if table.shape[1] <= 40 and share < 0.995:  # three digits would not fit the cell
                size = 6 if table.shape[1] <= 20 else 5
                axes.text(column + 1, line, f"{share:.0%}"[:-1], ha="center", va="center", fontsize=size, color=ink)
        layout.rank_axis(drawing, axes, table.shape[1])
        axes.grid(visible=False)
        axes.set_yticks(range(len(table)))
        units = layout.names_of(table.index, names)
        layout.write_labels(drawing, axes, "y", units, fontsize=7.5)
        if two:
            layout.title(drawing, axes, panel)
        sentences.append(
            FIGURES["acceptability_alt"].format(
                panel=panel, unit=units[0], share=f"{table.to_numpy()[0, 0]:.0%}", ranks=table.shape[1]
            )
        )
    drawing.heat = True
    bar = drawing.colorbar(image, ax=panels, location="bottom", shrink=0.4, aspect=40, pad=0.02, ticks=[0, 0.5, 1])
    bar.outline.set_visible(False)
    bar.ax.set_xticklabels(["0", "50", "100"])
    drawing.say(bar.set_label, *FIGURES["probability"])
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def bump_chart(
    tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, columns: Sequence[Text], *, first: int = 8
) -> Drawing:
    """Draw ranks from one ranking to the next as lines, those of the last ranking's first units in colour.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x rankings
        Ranks, NaN where a unit has none. All panels have the same rankings.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    columns : sequence of Text
        The names of the rankings: years or methods.
    first : int
        The number of units that are named.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a number of units that is not a whole number or too small.
    """
    with Arguments("bump_chart") as check:
        check.count("first", first, least=0)
    sentences = []
    few = len(columns) <= 4  # the names of more would meet at the foot of half a page
    width = 5.2 if few and len(tables) == 1 else 7.4
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2 if few else 1, width=width, heights=0.6 + 0.2 * max(first, 10)
    )
    for (panel, ranks), axes in zip(tables.items(), panels, strict=True):
        named = ranks.iloc[:, -1].dropna().sort_values(kind="stable").index[:first]
        _lines(drawing, axes, ranks, named, names, columns)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        stayed = [unit for unit in named if ranks.loc[unit].max() <= first]
        sentences.append(
            FIGURES["bump_alt"].format(
                panel=panel, count=len(named), stayed=len(stayed), units=listed(layout.names_of(stayed, names))
            )
        )
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def slope_chart(
    tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, columns: tuple[Text, Text], *, movers: int = 8
) -> Drawing:
    """Draw two rankings side by side with one line per unit; the largest movers are named, blue up, red down.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x 2
        Ranks; NaN where a unit has none.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    columns : pair of Text
        The names of the two rankings.
    movers : int
        The number of units that are named.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a number of units that is not a whole number or too small.
    """
    with Arguments("slope_chart") as check:
        check.count("movers", movers, least=0)
    sentences = []
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=7.4 if len(tables) > 1 else 4.6, heights=3.4
    )
    for (panel, ranks), axes in zip(tables.items(), panels, strict=True):
        gained = (ranks.iloc[:, 0] - ranks.iloc[:, 1]).dropna()
        moved = gained[gained != 0]
        named = moved.abs().sort_values(ascending=False, kind="stable").index[:movers]
        colours = {unit: theme.BEST if gained[unit] > 0 else theme.ACCENT for unit in named}
        _lines(drawing, axes, ranks, named, names, columns, colours=colours, shifts=gained)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        largest = gained.abs().max() if len(gained) else 0
        sentences.append(
            FIGURES["slope_alt"].format(
                panel=panel,
                moved=len(moved),
                count=len(gained),
                largest=f"{largest:g}",
                unit=listed(layout.names_of(named[:1], names)),
            )
        )
    drawing.alt = run_on(sentences)
    return drawing


def _lines(
    drawing: Drawing,
    axes: Axes,
    ranks: pd.DataFrame,
    named: pd.Index,
    names: pd.DataFrame,
    columns: Sequence[Text],
    *,
    colours: Mapping[str, str] | None = None,
    shifts: pd.Series | None = None,
) -> None:
    places = np.arange(ranks.shape[1])
    last = np.nanmax(ranks.to_numpy()) if ranks.notna().any(axis=None) else 1.0
    bottom = last if shifts is not None else max(np.nanmax(ranks.loc[named].to_numpy()), 10.0) if len(named) else last
    others = ranks.drop(named)
    seen = others[(others <= bottom).any(axis=1)].to_numpy()
    broken = np.column_stack([seen, np.full(len(seen), np.nan)])  # one line with a gap after each unit
    axes.plot(np.tile([*places, np.nan], len(seen)), broken.ravel(), color=theme.GRID, linewidth=0.7, zorder=1)
    for number, (unit, row) in enumerate(zip(named, ranks.loc[named].to_numpy(), strict=True)):
        colour = (colours or {}).get(unit, theme.SERIES[number % 8])
        dashes = "-" if colours is None or colour == theme.BEST else (0, (4, 1.5))
        axes.plot(places, row, color=colour, linewidth=1.8, marker="o", markersize=3.5, linestyle=dashes, zorder=3)
    ends = ranks.loc[named, ranks.columns[-1]].fillna(bottom).to_numpy()
    gap = bottom / (15 if shifts is None else 20)
    for unit, rank, height, text in zip(
        named, ends, layout.spread(ends, gap, least=1), layout.names_of(named, names), strict=True
    ):
        label = axes.annotate(
            " ", (places[-1], rank), (places[-1] + 0.06 * len(places), height), va="center", fontsize=7.5,
            annotation_clip=False,
        )  # fmt: skip
        shift = "" if shifts is None else f" ({shifts[unit]:+g})".replace("-", "\u2212")
        drawing.say(label.set_text, f"{rank:g}. {text.zh}{shift}", f"{rank:g}. {text.en}{shift}")
    axes.set_ylim(bottom + max(0.5, bottom * 0.03), 1 - max(0.5, bottom * 0.03))
    axes.set_xlim(-0.05 * len(places), places[-1] + 0.02)
    axes.set_xticks(places)
    layout.write_labels(drawing, axes, "x", columns, fontsize=7.5)
    axes.set_yticks(layout.rank_ticks(1, bottom))
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.grid(axis="x")
    drawing.say(axes.set_ylabel, *FIGURES["rank"])
