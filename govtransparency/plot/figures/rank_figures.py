"""The report's figures of ranks: with their intervals and tiers, how probable each is, and how they shift."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from govtransparency import plot as pictures
from govtransparency.arguments import Arguments
from govtransparency.plot import layout, published, theme
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, in_columns, listed, run_on, width_of
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["acceptability", "bump_chart", "league_table", "slope_chart", "tier_plot"]


LONGEST = 40  # units in one column of a league table
ROOM = 1.0  # inches: the least of the plot of a column
WIDEST_OF_TWO = 16  # of a name, in Chinese characters, beside lines of half a page
FONT = 7.5  # points, of the units' names
MOST_COLUMNS = 3  # into which units are put so that their names do not overlap; more leave the plot no room


@theme.style()
def league_table(table: pd.DataFrame, names: pd.DataFrame) -> Drawing:
    """Draw each unit's rank with its interval, or its score where there are no intervals, in columns.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        rank; and either low and high, the ends of the rank's interval, or score. Units without a rank are left out.
    names : DataFrame, indexed by unit
        name_zh, name_en; of simulated data also published, the place that a published fact gives, which is a filled
        mark.

    Returns
    -------
    Drawing
    """
    shown = [column for column in ("rank", "low", "high", "score") if column in table]
    ranked = table[shown].dropna(subset="rank").sort_values("rank", kind="stable")
    intervals = {"low", "high"} <= set(ranked)
    columns = max(1, -(-len(ranked) // LONGEST))
    fewest = min(columns, MOST_COLUMNS, -(-len(ranked) // layout.ROWS))  # else names would overlap
    longest = max((width_of(word) for text in layout.names_of(ranked.index, names) for word in text), default=0)
    while columns > fewest and layout.WIDE / columns - (longest + 2) * FONT / 72 < ROOM:
        columns -= 1
    if columns > 1:
        room = (layout.WIDE / columns - ROOM) * 72 / FONT - 3  # the number of the rank
        short = [layout.shortened(text, room) for text in layout.names_of(ranked.index, names)]
        names = names.reindex(ranked.index).assign(**in_columns("name", short))
    size = -(-len(ranked) // columns)
    row = layout.row_height(size, layout.ROW)
    drawing, panels = layout.drawing_with_panels(
        columns,
        columns=columns,
        width=4.2 if size <= LONGEST and columns == 1 else layout.WIDE,
        heights=0.45 + row * size,
    )
    for place, axes in enumerate(panels):
        pictures.ranks(ranked, places=(place * size + 1, (place + 1) * size), names=names, ax=axes)
        axes.set_ylim(size - 0.4, -0.6)
        if intervals:  # one scale for all columns
            last = float(np.ceil(ranked["high"].max()))
            axes.set_xlim(0.5, last + 0.5)
            axes.set_xticks(layout.rank_ticks(1, last, most=max(2, 9 - 2 * columns)))
            published.mark(axes, ranked.index[place * size : (place + 1) * size], names)
    if intervals:
        published.explain(drawing, names)
        certain = int((ranked["low"] == ranked["high"]).sum())
        width = (ranked["high"] - ranked["low"]).median() + 1
        drawing.finds(
            FINDINGS["league" if certain else "league_none"],
            FINDINGS["league"],
            count=len(ranked),
            certain=Stated("certain_places", certain),
            width=Stated("median_interval", width),
        )
    else:
        drawing.finds(
            FINDINGS["league_scores"],
            count=len(ranked),
            low=Stated("lowest_score", ranked["score"].min()),
            high=Stated("highest_score", ranked["score"].max()),
        )
    leaders = listed(layout.names_of(ranked.index[:3], names))
    widest = (ranked["high"] - ranked["low"]).median() + 1 if intervals else np.nan
    drawing.alt = FIGURES["league_alt" if intervals else "league_alt_scores"].format(
        count=len(ranked), leaders=leaders, width=f"{widest:g}"
    )
    return drawing


@theme.style()
def tier_plot(table: pd.DataFrame, names: pd.DataFrame, *, total: int | None = None) -> Drawing:
    """Draw the units in their tiers, each tier a band, with the interval of each rank.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        tier, 1 the best; low and high, the ends of the rank's interval; rank, which only orders units within a tier.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    total : int, optional
        The units of the group, where some are not ranked.

    Returns
    -------
    Drawing
    """
    tiers = table.dropna(subset="tier").sort_values(["tier", "rank"], kind="stable")
    drawing, (axes,) = layout.drawing_with_panels(
        1, columns=1, width=6, heights=0.5 + layout.row_height(len(tiers), layout.ROW) * len(tiers)
    )
    pictures.tiers(tiers, names=names, ax=axes)
    published.mark(axes, tiers.index, names)
    published.explain(drawing, names)
    sizes = tiers["tier"].value_counts().sort_index()
    drawing.finds(
        FINDINGS["tiers"],
        units=layout.units_of_all(len(tiers), total),
        tiers=Stated("tiers", len(sizes)),
        size=Stated("first_tier", int(sizes.iloc[0])),
    )
    first = layout.names_of(tiers.index[tiers["tier"] == sizes.index[0]], names)
    drawing.alt = FIGURES["tier_alt"].format(
        count=len(tiers), tiers=len(sizes), first=listed(first[:5]), size=len(first)
    )
    return drawing


@theme.style()
def acceptability(
    tables: Mapping[Text, pd.DataFrame], ranks: Mapping[Text, pd.Series], names: pd.DataFrame, *, first: int = 15
) -> Drawing:
    """Draw in what share of the draws each of the first units holds each rank, as one heat map per group.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x ranks
        Shares; rows sum to 1.
    ranks : mapping of panel title to Series, unit -> rank
        The official ones: the order of the rows.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    first : int
        The number of units in a panel: those of the best rank.

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
        order = ranks[panel].dropna().sort_values(kind="stable").index
        top = table.loc[order[order.isin(table.dropna(how="all").index)][:first]]
        reached = np.flatnonzero((top >= 0.005).any(axis=0))
        shown[panel] = top.iloc[:, : reached[-1] + 1]
    two = len(shown) > 1
    rows = [max(len(table) for table in list(shown.values())[start : start + 2]) for start in range(0, len(shown), 2)]
    drawing, panels = layout.drawing_with_panels(
        len(shown), columns=2, width=layout.WIDE if two else 5.2, heights=[0.55 + layout.ROW * size for size in rows]
    )
    most = max(table.shape[1] for table in shown.values())
    called = published.signed(names)
    sentences = []
    for (panel, table), axes in zip(shown.items(), panels, strict=True):
        cells = table.reindex(columns=range(1, most + 1), fill_value=0.0)  # one scale for all panels
        _draw_shares(drawing, axes, cells, ranks[panel].loc[table.index], called)
        if two:
            layout.title(drawing, axes, panel)
        sentences.append(
            FIGURES["acceptability_alt"].format(
                panel=panel, unit=layout.names_of(table.index[:1], names)[0], share=f"{table.to_numpy()[0, 0]:.0%}",
                ranks=table.shape[1],
            )
        )  # fmt: skip
    drawing.heat = True
    layout.share_bar(drawing, panels[-1].images[0], panels)
    settled = sum(int((table > 0.5).any(axis=1).sum()) for table in shown.values())
    count = sum(map(len, shown.values()))
    drawing.finds(FINDINGS["acceptability"], count=count, settled=Stated("settled", settled))
    drawing.alt = run_on(sentences)
    return drawing


def _draw_shares(drawing: Drawing, axes: Axes, shares: pd.DataFrame, ranks: pd.Series, names: pd.DataFrame) -> None:
    """Draw the shares of each unit as a row of cells; numbers stand where the largest is a number that fits."""
    height, count = shares.shape
    axes.imshow(
        shares.to_numpy(), cmap=layout.sequential(), vmin=0, vmax=1, aspect="auto", interpolation="none",
        extent=(0.5, count + 0.5, height - 0.5, -0.5),
    )  # fmt: skip
    layout.rank_axis(drawing, axes, count)
    axes.grid(visible=False)
    texts = layout.names_of(shares.index, names)
    axes.set_yticks(range(height))
    numbered = [Text(*(f"{rank:g}. {word}" for word in text)) for rank, text in zip(ranks, texts, strict=True)]
    layout.write_labels(drawing, axes, "y", numbered, fontsize=FONT)
    longest = max(width_of(word) for text in numbered for word in text) * FONT / 72
    columns = axes.get_gridspec().ncols  # type: ignore[union-attr]
    cell = (drawing.get_figwidth() / columns - longest - 0.2) * 72 / count
    if cell < 1.2 * layout.SMALLEST:
        return
    for line, row in enumerate(shares.to_numpy()):
        column = int(row.argmax())
        if row[column] < 0.995:  # three digits would not fit
            ink = theme.PAPER if row[column] > 0.45 else theme.INK
            axes.text(
                column + 1,
                line,
                f"{row[column]:.0%}"[:-1],
                ha="center",
                va="center",
                fontsize=layout.SMALLEST,
                color=ink,
            )


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
    sentences, held, called = [], 0, published.signed(names)
    few = len(columns) <= 4  # the names of more would meet at the foot of half a page
    width = 5.2 if few and len(tables) == 1 else layout.WIDE
    leaders = [ranks.iloc[:, -1].dropna().sort_values(kind="stable").index[:first] for ranks in tables.values()]
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=_across(leaders, called) if few else 1, width=width, heights=0.6 + 0.2 * max(first, 10)
    )
    for (panel, ranks), axes, named in zip(tables.items(), panels, leaders, strict=True):
        pictures.rank_shift(ranks, highlight="leaders", named=first, columns=columns, names=called, ax=axes)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        published.mark_at(axes, named, names, ranks.shape[1] - 1)
        stayed = [unit for unit in named if ranks.loc[unit].max() <= first]
        held += len(stayed)
        sentences.append(
            FIGURES["bump_alt"].format(
                panel=panel, count=len(named), stayed=len(stayed), units=listed(layout.names_of(stayed, names))
            )
        )
    if "published" in names:
        published.explain_places(drawing, names["published"].reindex(list(chain.from_iterable(leaders))))
    drawing.finds(FINDINGS["bump"], count=sum(map(len, leaders)), stayed=Stated("stay_leading", held), first=first)
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def slope_chart(
    tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, columns: tuple[Text, Text], *, movers: int = 8
) -> Drawing:
    """Draw how far the largest movers go from one ranking to the next: a row each, blue up, dashed red down.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x 2
        Ranks; NaN where a unit has none. An empty table leaves a panel that says so.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    columns : pair of Text
        The names of the two rankings.
    movers : int
        The number of units in a panel.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a number of units that is not a whole number or too small.
    """
    with Arguments("slope_chart") as check:
        check.count("movers", movers, least=1)
    called = published.signed(names)
    shifts = [(ranks.iloc[:, 0] - ranks.iloc[:, 1]).dropna() for ranks in tables.values()]
    largest_moves = [gained[gained != 0].abs().sort_values(ascending=False, kind="stable") for gained in shifts]
    size = max(map(len, (moved.index[:movers] for moved in largest_moves)))
    two = len(tables) > 1
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=layout.WIDE if two else 5.2, heights=0.7 + 1.15 * layout.ROW * max(size, 3)
    )
    sentences = []
    for (panel, ranks), axes, gained, moved in zip(tables.items(), panels, shifts, largest_moves, strict=True):
        named = gained.loc[moved.index[:movers]].sort_values(ascending=False, kind="stable")
        if two:
            layout.title(drawing, axes, panel)
        if not len(gained):
            axes.set_axis_off()
            empty = axes.text(0, 1, " ", transform=axes.transAxes, va="top", fontsize=FONT, color=theme.MUTED)
            drawing.say(empty.set_text, *FIGURES["no_pair"].format(before=columns[0]))
            continue
        _draw_moved(drawing, axes, ranks.loc[named.index], named, called, size)
        layout.rank_axis(drawing, axes, float(ranks.max(axis=None)))
        sentences.append(
            FIGURES["slope_alt"].format(
                panel=panel, moved=len(moved), count=len(gained), largest=f"{gained.abs().max():g}",
                unit=listed(layout.names_of(moved.index[:1], names)),
            )
        )  # fmt: skip
    ends = [Line2D([], [], color=theme.INK, marker="o", linestyle="none", markersize=4, markerfacecolor=face)
            for face in (theme.PAPER, theme.INK)]  # fmt: skip
    legend = drawing.legend(ends, [" ", " "], loc="outside upper left", ncols=2, fontsize=FONT)
    layout.write_legend(drawing, legend, columns)
    largest = max((gained.abs().max() for gained in shifts if len(gained)), default=0)
    drawing.finds(
        FINDINGS["slope"],
        count=sum(map(len, shifts)),
        moved=Stated("changed_rank", sum(map(len, largest_moves))),
        largest=Stated("largest_change", largest),
    )
    drawing.alt = run_on(sentences)
    return drawing


def _draw_moved(
    drawing: Drawing, axes: Axes, ranks: pd.DataFrame, gained: pd.Series, names: pd.DataFrame, size: int
) -> None:
    """Draw a line in the row of each unit, from a ring at its rank before to a dot at its rank now."""
    for line, (before, now) in enumerate(ranks.to_numpy()):
        colour, dash = (theme.BEST, "-") if now < before else (theme.ACCENT, (0, (3, 1.2)))
        axes.plot([before, now], [line, line], color=colour, linestyle=dash, linewidth=1.6, zorder=2)
        for place, face in ((before, theme.PAPER), (now, colour)):
            axes.plot(place, line, "o", color=colour, markerfacecolor=face, markersize=4.5, zorder=3, clip_on=False)
    axes.set_ylim(size - 0.4, -0.6)
    axes.set_yticks(range(len(ranks)))
    texts = [
        FIGURES["moved_by"].format(name=name, change=f"{change:+g}".replace("-", "\u2212"))
        for name, change in zip(layout.names_of(ranks.index, names), gained, strict=True)
    ]
    layout.write_labels(drawing, axes, "y", texts, fontsize=FONT)


def _across(named: Sequence[pd.Index], names: pd.DataFrame) -> int:
    """Return how many panels stand side by side: one where the names of units would leave half a page no room."""
    texts = [text for units in named for text in layout.names_of(units, names)]
    return 2 if max((width_of(word) for text in texts for word in text), default=0.0) <= WIDEST_OF_TWO else 1
