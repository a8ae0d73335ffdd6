"""The report's figures of ranks: with their intervals and tiers, how probable each is, and how they shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency import plot as pictures
from govtransparency.arguments import Arguments
from govtransparency.plot import layout, theme
from govtransparency.texts.bilingual import Text, listed, run_on, width_of
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.plot.figure import Drawing

__all__ = ["acceptability", "bump_chart", "league_table", "slope_chart", "tier_plot"]


LONGEST = 40  # units in one column of a league table
WIDTH, TALLEST, ROOM = 7.4, 9.0, 1.0  # inches: of a figure, the most of a column's lines, the least of its plot
WIDEST_OF_TWO = 16  # of a name, in Chinese characters, beside lines of half a page
FONT = 7.5  # points, of the units' names
LINE = 1.15 * FONT / 72  # inches that a name takes
MOST_COLUMNS = 3  # into which units are put so that their names do not overlap; more leave the plot no room


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
    shown = [column for column in ("rank", "low", "high", "score") if column in table]
    ranked = table[shown].dropna(subset="rank").sort_values("rank", kind="stable")
    intervals = {"low", "high"} <= set(ranked)
    columns = max(1, -(-len(ranked) // LONGEST))
    fewest = min(columns, MOST_COLUMNS, -(-len(ranked) // int(TALLEST / LINE)))  # else names would overlap
    longest = max((width_of(word) for text in layout.names_of(ranked.index, names) for word in text), default=0)
    while columns > fewest and WIDTH / columns - (longest + 2) * FONT / 72 < ROOM:
        columns -= 1
    if columns > 1:
        room = (WIDTH / columns - ROOM) * 72 / FONT - 3  # the number of the rank
        short = [layout.shortened(text, room) for text in layout.names_of(ranked.index, names)]
        names = pd.DataFrame(short, index=ranked.index, columns=["name_zh", "name_en"])
    size = -(-len(ranked) // columns)
    row = layout.ROW if size <= LONGEST else min(layout.ROW, TALLEST / size)
    drawing, panels = layout.drawing_with_panels(
        columns, columns=columns, width=4.2 if size <= LONGEST and columns == 1 else WIDTH, heights=0.45 + row * size
    )
    for place, axes in enumerate(panels):
        pictures.ranks(ranked, places=(place * size + 1, (place + 1) * size), names=names, ax=axes)
        axes.set_ylim(size - 0.4, -0.6)
        if intervals:
            left, right = axes.get_xlim()
            axes.set_xticks(layout.rank_ticks(left + 0.5, right - 0.5, most=max(2, 9 - 2 * columns)))
    leaders = listed(layout.names_of(ranked.index[:3], names))
    widest = (ranked["high"] - ranked["low"]).median() + 1 if intervals else np.nan
    drawing.alt = FIGURES["league_alt" if intervals else "league_alt_scores"].format(
        count=len(ranked), leaders=leaders, width=f"{widest:g}"
    )
    return drawing


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
    drawing, (axes,) = layout.drawing_with_panels(
        1, columns=1, width=6, heights=0.5 + layout.row_height(len(tiers), layout.ROW) * len(tiers)
    )
    pictures.tiers(tiers, names=names, ax=axes)
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
        len(shown), columns=2, width=7.4 if two else 5.2, heights=[0.55 + layout.ROW * size for size in rows]
    )
    sentences = []
    for (panel, table), axes in zip(shown.items(), panels, strict=True):
        pictures.acceptability(table, first=first, names=names, ax=axes)
        units = layout.names_of(table.index, names)
        if two:
            layout.title(drawing, axes, panel)
        sentences.append(
            FIGURES["acceptability_alt"].format(
                panel=panel, unit=units[0], share=f"{table.to_numpy()[0, 0]:.0%}", ranks=table.shape[1]
            )
        )
    drawing.heat = True
    layout.share_bar(drawing, panels[-1].images[0], panels)
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
    leaders = [ranks.iloc[:, -1].dropna().sort_values(kind="stable").index[:first] for ranks in tables.values()]
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=_across(leaders, names) if few else 1, width=width, heights=0.6 + 0.2 * max(first, 10)
    )
    for (panel, ranks), axes, named in zip(tables.items(), panels, leaders, strict=True):
        pictures.rank_shift(ranks, highlight="leaders", named=first, columns=columns, names=names, ax=axes)
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
    shifts = [(ranks.iloc[:, 0] - ranks.iloc[:, 1]).dropna() for ranks in tables.values()]
    largest_moves = [gained[gained != 0].abs().sort_values(ascending=False, kind="stable") for gained in shifts]
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=_across([moved.index[:movers] for moved in largest_moves], names),
        width=7.4 if len(tables) > 1 else 4.6, heights=3.4,
    )  # fmt: skip
    for (panel, ranks), axes, gained, moved in zip(tables.items(), panels, shifts, largest_moves, strict=True):
        named = moved.index[:movers]
        pictures.rank_shift(ranks, highlight="movers", named=movers, columns=columns, names=names, ax=axes)
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


def _across(named: Sequence[pd.Index], names: pd.DataFrame) -> int:
    """Return how many panels stand side by side: one where the names of units would leave half a page no room."""
    texts = [text for units in named for text in layout.names_of(units, names)]
    return 2 if max((width_of(word) for text in texts for word in text), default=0.0) <= WIDEST_OF_TWO else 1
