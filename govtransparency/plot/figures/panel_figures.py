"""The report's figures of several editions: rank lines, mobility between groups, moves against the errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from govtransparency import plot as pictures
from govtransparency.arguments import Arguments
from govtransparency.plot import layout, published, theme
from govtransparency.robustness.stability.movers import BEYOND
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, listed, run_on
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing
    from govtransparency.plot.shifts import Highlight
    from govtransparency.robustness.stability.mobility import Mobility

__all__ = ["mobility_map", "moves_and_errors", "rank_lines"]


MOST, MOST_OF_TWO, LEAST = 36, 16, 3  # units in a figure of moves, over all pairs of editions and of each
FONT = 7.5  # points
MARKS = {"rise": "^", "fall": "v"}  # in grey too, moves beyond the errors are told apart
VERDICTS = {"rise": theme.BEST, "fall": theme.ACCENT, "inside": theme.MUTED, "same": theme.MUTED}


@theme.style()
def rank_lines(
    ranks: pd.DataFrame,
    stayers: pd.DataFrame,
    names: pd.DataFrame,
    *,
    published_places: pd.DataFrame | None = None,
    first: int = 10,
    movers: int = 8,
) -> Drawing:
    """Draw the ranks of several editions as lines, the years at their true distances.

    The upper panel names the first units of the last year, the lower one, down to the last rank, those that moved
    furthest from the first year to the last.

    Parameters
    ----------
    ranks : DataFrame, units x years
        NaN where a unit has none.
    stayers : DataFrame, units x years
        Of the lower panel: ranks among the units that are in the first year and in the last, so that nobody moves
        because others come or go.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    published_places : DataFrame, units x years, optional
        The places that published facts give in simulated editions: filled marks of the units named in the upper panel.
    first, movers : int
        How many units are named in either panel.

    Returns
    -------
    Drawing

    Raises
    ------
    InputError
        For a number of units that is not a whole number or too small.
    """
    with Arguments("rank_lines") as check:
        first = check.count("first", first)
        movers = check.count("movers", movers)
    drawing, panels = layout.drawing_with_panels(
        2, columns=1, width=layout.WIDE, heights=(0.7 + 0.2 * max(first, 10), 3.6)
    )
    years = {"start": ranks.columns[0], "end": ranks.columns[-1]}
    shown: list[tuple[Highlight, pd.DataFrame, int]] = [("leaders", ranks, first), ("movers", stayers, movers)]
    for axes, (highlight, table, named) in zip(panels, shown, strict=True):
        pictures.panel_lines(table, highlight=highlight, named=named, names=names, ax=axes)
        heading = FIGURES[f"lines_{highlight}"].format(count=min(named, len(table)), of=len(table), **years)
        layout.title(drawing, axes, heading)
        drawing.say(axes.set_xlabel, *FIGURES["year"])
    leaders = ranks.iloc[:, -1].dropna().sort_values(kind="stable").index[:first]
    if published_places is not None and len(published_places):
        places = published_places.reindex(index=leaders, columns=ranks.columns).stack()
        published.mark_points(panels[0], places.index.get_level_values(1), places)
        published.explain_places(drawing, places)
    stayed = listed(layout.names_of([unit for unit in leaders if ranks.loc[unit].max() <= first], names))
    gained = stayers.iloc[:, 0] - stayers.iloc[:, -1]
    held = int((ranks.loc[leaders].max(axis=1) <= first).sum())
    drawing.finds(FINDINGS["lines"], count=len(leaders), stayed=Stated("stayed_leading", held), end=years["end"])
    said = [FIGURES["lines_alt"].format(count=len(leaders), stayed=held, units=_in_brackets(stayed), **years)]
    if gained.max() > 0 > gained.min():
        ends = {
            end: FIGURES["lines_mover"].format(unit=layout.names_of([unit], names)[0], places=f"{abs(gained[unit]):g}")
            for end, unit in (("up", gained.idxmax()), ("down", gained.idxmin()))
        }
        said.append(FIGURES["lines_alt_moved"].format(**ends, **years))
    drawing.alt = run_on(said)
    return drawing


@theme.style()
def mobility_map(found: Mobility) -> Drawing:
    """Draw in what share of the moves a unit goes from each quantile group to each other, with the numbers.

    Parameters
    ----------
    found : Mobility

    Returns
    -------
    Drawing
    """
    shares, counts = found.transitions.to_numpy(dtype=float), found.counts.to_numpy(dtype=float)
    groups = len(shares)
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=5.2, heights=1.0 + 0.42 * groups)
    axes.imshow(shares, cmap=layout.sequential(), vmin=0, vmax=1, aspect="auto", interpolation="none")
    drawing.heat = True
    for (row, column), share in np.ndenumerate(shares):
        if np.isnan(share):
            continue
        words = f"{share:.0%} ({counts[row, column]:,.0f})" if counts[row, column] else "0"
        colour = theme.PAPER if share > 0.45 else theme.INK
        axes.text(column, row, words, ha="center", va="center", fontsize=FONT, color=colour)
    ends = {0: "best", groups - 1: "worst"}
    texts = [
        FIGURES["group_number"].format(number=place + 1, end=FIGURES[f"group_{ends[place]}"] if place in ends else "")
        for place in range(groups)
    ]
    axes.set_xticks(range(groups))
    axes.set_yticks(range(groups))
    axes.tick_params(length=0)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.spines[:].set_visible(False)
    layout.write_labels(drawing, axes, "x", texts, fontsize=FONT)
    layout.write_labels(drawing, axes, "y", texts, fontsize=FONT)
    drawing.say(axes.set_xlabel, *FIGURES["group_after"])
    drawing.say(axes.set_ylabel, *FIGURES["group_before"])
    stay, stayed = np.diag(shares), f"{np.trace(counts) / counts.sum():.0%}"
    drawing.finds(FINDINGS["mobility"], stayed=Stated("stayed_in_group", np.trace(counts) / counts.sum()))
    drawing.alt = FIGURES["mobility_alt"].format(
        groups=groups, moves=f"{counts.sum():,.0f}", stayed=stayed,
        first=f"{stay[0]:.0%}", last=f"{stay[-1]:.0%}",
    )  # fmt: skip
    return drawing


@theme.style()
def moves_and_errors(moves: pd.DataFrame, names: pd.DataFrame) -> Drawing:
    """Draw the moves between each two neighbouring editions with the intervals of both ranks, the largest first.

    Moves beyond the errors come before the others and are coloured: blue up, red down.

    Parameters
    ----------
    moves : DataFrame, indexed by unit
        from, to, before, before_low, before_high, after, after_low, after_high, change, verdict; of each pair of years
        the units in the order in which they are to be drawn.
    names : DataFrame, indexed by unit
        name_zh, name_en.

    Returns
    -------
    Drawing
    """
    pairs = dict(list(moves.groupby(["from", "to"])))
    each = min(max(LEAST, MOST // len(pairs)), MOST_OF_TWO)
    drawing, panels = layout.drawing_with_panels(
        len(pairs), columns=2, width=layout.WIDE, heights=0.75 + 1.25 * layout.ROW * each
    )
    last = float(moves[["before_high", "after_high"]].max(axis=None))
    for place, (axes, ((old, new), part)) in enumerate(zip(panels, pairs.items(), strict=True)):
        _draw_moves(drawing, axes, part.head(each), names)
        layout.rank_axis(drawing, axes, last)
        if place > 1:  # the axis is named once
            drawing.say(axes.set_xlabel, "", "")
        beyond = int(part["verdict"].isin(BEYOND).sum())
        moved = int((part["change"] != 0).sum())
        heading = axes.set_title(" ", fontsize=8.5)
        drawing.say(heading.set_text, *FIGURES["moves_of"].format(old=old, new=new, beyond=beyond, moved=moved))
    _explain_moves(drawing)
    beyond = moves[moves["verdict"].isin(BEYOND)]
    drawing.finds(
        FINDINGS["moves"],
        moved=Stated("moves_of_years", int((moves["change"] != 0).sum())),
        beyond=Stated("moves_of_years_beyond_errors", len(beyond)),
    )
    drawing.alt = FIGURES["moves_alt"].format(
        pairs=len(pairs), moved=int((moves["change"] != 0).sum()), beyond=len(beyond),
        units=_in_brackets(listed(layout.names_of(dict.fromkeys(beyond.index[:5]), names))),
    )  # fmt: skip
    return drawing


def _explain_moves(drawing: Drawing) -> None:
    look: dict[str, Any] = {"linestyle": "none", "markersize": 4}
    marks = [
        Line2D([], [], marker="o", color=theme.INK, markerfacecolor=theme.PAPER, **look),
        *(Line2D([], [], marker=MARKS[verdict], color=VERDICTS[verdict], **look) for verdict in BEYOND),
        Line2D([], [], marker="o", color=theme.MUTED, **look),
    ]
    legend = drawing.legend(marks, [" "] * len(marks), loc="outside upper left", ncols=len(marks), fontsize=FONT)
    layout.write_legend(drawing, legend, [FIGURES[f"move_{word}"] for word in ("before", *BEYOND, "within")])


def _in_brackets(units: Text) -> Text:
    """Return the names in brackets; nothing where there are none."""
    return FIGURES["some_units"].format(units=units) if units.en else units


def _draw_moves(drawing: Drawing, axes: Axes, part: pd.DataFrame, names: pd.DataFrame) -> None:
    """Draw in the row of each unit the earlier interval, pale, above the later one, and an arrow from rank to rank."""
    lines = np.arange(len(part))
    colours = [VERDICTS[verdict] for verdict in part["verdict"]]
    for when, shift, look in (("before", -0.2, theme.SOFT), ("after", 0.2, colours)):
        axes.hlines(
            lines + shift, part[f"{when}_low"] - 0.25, part[f"{when}_high"] + 0.25, color=look, linewidth=2.6,
            alpha=0.55 if when == "after" else 1,
        )  # fmt: skip
    looks: dict[str, Any] = {"linestyle": "none", "markersize": 4, "clip_on": False, "zorder": 4}
    axes.plot(part["before"], lines - 0.2, "o", markerfacecolor=theme.PAPER, markeredgecolor=theme.INK, **looks)
    for line, rank, verdict in zip(lines, part["after"], part["verdict"], strict=True):
        axes.plot(rank, line + 0.2, MARKS.get(verdict, "o"), color=VERDICTS[verdict], **looks)
    axes.set_yticks(lines)
    axes.set_ylim(len(part) - 0.4, -0.6)
    texts = [
        FIGURES["moved_by"].format(name=layout.shortened(name, 14), change=f"{change:+g}".replace("-", "\u2212"))
        for name, change in zip(layout.names_of(part.index, names), part["change"], strict=True)
    ]
    layout.write_labels(drawing, axes, "y", texts, fontsize=FONT)
