"""The figures of a unit's card: how often it has each rank, beside its two intervals, and its rank over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.plot import layout, theme
from govtransparency.plot.figure import Drawing
from govtransparency.plot.simulated_look import PUBLISHED
from govtransparency.texts.bilingual import Text, run_on
from govtransparency.texts.card_words import CARD, places_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["rank_history", "rank_shares"]

LEAST = 0.005  # share of the draws of a rank that is shown
GREY = theme.SERIES[7]  # of all that is drawn in a simulated edition
LABELLED = 12  # years with their ranks written beside the marks
WIDTH = 4.4  # inches: a telephone shows it whole
BANDS: dict[str, dict[str, Any]] = {  # filled and open, so that they are told apart in grey too
    "choices": {"facecolor": theme.BEST, "edgecolor": theme.BEST, "linewidth": 0.8},
    "errors": {"facecolor": "none", "edgecolor": theme.ACCENT, "linewidth": 1.6},
}
BANDS_DRAWN: dict[str, dict[str, Any]] = {
    "choices": {"facecolor": "none", "edgecolor": GREY, "hatch": "////", "linewidth": 0.8},
    "errors": {"facecolor": "none", "edgecolor": GREY, "hatch": "....", "linewidth": 0.8},
}


@theme.style()
def rank_shares(
    shares: pd.Series,
    rank: float,
    choices: Sequence[float] | None,
    errors: Sequence[float] | None,
    *,
    simulated: bool,
    published: bool,
) -> Drawing:
    """Draw the share of the draws at each rank as bars, and beneath them the two intervals of the rank.

    Parameters
    ----------
    shares : Series, rank -> share of the draws
        Empty where nothing can vary.
    rank : float
        The unit's own.
    choices, errors : pair of float, optional
        The ends of the 90 % interval of choices and of the 95 % set of errors.
    simulated : bool
        Whether the figures are drawn: then all is hatched grey.
    published : bool
        Whether the unit's own rank is published: then its mark is filled.

    Returns
    -------
    Drawing
    """
    shown = shares[shares >= LEAST]
    ends = [rank, *shown.index, *(choices or ()), *(errors or ())]
    bands = [(key, ends_of) for key, ends_of in (("choices", choices), ("errors", errors)) if ends_of is not None]
    drawing = Drawing(WIDTH, 1.5 * (len(shown) > 0) + 0.55 + 0.28 * len(bands))
    heights = ([1.5] if len(shown) else []) + [0.35 + 0.28 * len(bands)]
    grid = drawing.add_gridspec(len(heights), 1, height_ratios=heights)
    panels = [drawing.add_subplot(grid[place]) for place in range(len(heights))]
    for axes in panels:
        axes.set_xlim(min(ends) - 1, max(ends) + 1)
    if len(shown):
        _bars(drawing, panels[0], shown, simulated=simulated)
    below = panels[-1]
    for place, (key, (low, high)) in enumerate(bands):
        look = BANDS_DRAWN[key] if simulated else BANDS[key]
        below.barh(place, high - low + 0.6, left=low - 0.3, height=0.5, **look)
    _mark(below, rank, -0.75, drawn=simulated and not published)
    below.set_ylim(len(bands) - 0.4, -1.3)
    below.set_yticks([-0.75, *range(len(bands))])
    layout.write_labels(drawing, below, "y", [CARD["own_rank"], *(CARD[f"{key}_label"] for key, _ in bands)])
    below.set_xticks(layout.rank_ticks(max(1, min(ends)), max(ends), most=10))
    drawing.say(below.set_xlabel, *CARD["rank"])
    words: list[Text] = [CARD["alt_rank"].format(rank=f"{rank:g}")]
    if len(shown):
        most = {"most": f"{shown.idxmax():g}", "share": f"{shown.max():.0%}"}
        words.append(CARD["alt_share"].format(**most))
        drawing.finds(CARD["share_found"], **most)
    words += [CARD[f"alt_{key}"].format(places=places_in_words(low, high)) for key, (low, high) in bands]
    drawing.alt = run_on(words)
    return drawing


@theme.style()
def rank_history(ranks: pd.Series, published: pd.Series, *, simulated: bool) -> Drawing:
    """Draw the rank of a unit over the years as a line, and the published ranks as filled marks.

    Parameters
    ----------
    ranks : Series, year -> rank
    published : Series, year -> rank
        As sources state it.
    simulated : bool
        Whether the ranks are drawn.

    Returns
    -------
    Drawing
    """
    drawing = Drawing(WIDTH, 1.9)
    axes = drawing.add_subplot()
    colour = GREY if simulated else theme.BEST
    years = sorted({*ranks.index, *published.index})
    axes.plot(ranks.index, ranks, color=colour, linestyle="--" if simulated else "-", linewidth=1.4, zorder=1)
    for year, rank in ranks.items():
        if year not in published.index:
            _mark(axes, year, rank, drawn=simulated)
    for year, rank in published.items():
        _mark(axes, year, rank, drawn=False)
    both = {**ranks.to_dict(), **published.to_dict()}
    if len(both) <= LABELLED:
        for year, rank in both.items():
            axes.annotate(
                f"{rank:g}", (year, rank), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=7.5
            )
    worst = max(both.values())
    axes.set_ylim(worst + max(1.0, 0.15 * worst), 1 - max(1.0, 0.3 * worst))
    axes.set_yticks(layout.rank_ticks(1, worst, most=4))
    axes.set_xticks(_apart(years))
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    drawing.say(axes.set_ylabel, *CARD["rank"])
    ends = {"first": years[0], "then": f"{both[years[0]]:g}", "last": years[-1], "now": f"{both[years[-1]]:g}"}
    drawing.alt = CARD["alt_history"].format(**ends)
    if not simulated:  # what is drawn anew each year says nothing of changes
        drawing.finds(CARD["history_found"], **ends)
    return drawing


def _bars(drawing: Drawing, axes: Axes, shown: pd.Series, *, simulated: bool) -> None:
    look: dict[str, Any] = {"color": theme.SOFT}
    if simulated:
        look = {"facecolor": "none", "edgecolor": GREY, "hatch": "////", "linewidth": 0.6}
    percent = 100 * shown.to_numpy()
    axes.bar(shown.index.to_numpy(dtype=float), percent, width=0.8, **look)
    if len(shown) <= LABELLED:
        for rank, share in zip(shown.index, percent, strict=True):
            label = f"{share:.0f}" if share >= 1 else "<1"
            _label(axes, label, (rank, share), up=2)
    axes.set_ylim(0, 1.25 * percent.max())
    axes.set_xticks([])
    axes.set_yticks(np.linspace(0, np.floor(percent.max() / 10) * 10 or percent.max(), 3).round(1))
    drawing.say(axes.set_ylabel, *CARD["share_axis"])


def _apart(years: Sequence[int]) -> list[int]:
    """Return the years, from the last back, whose figures do not touch beside each other."""
    shown = [years[-1]]
    for year in reversed(years):
        if shown[-1] - year >= (years[-1] - years[0] + 1) / LABELLED:
            shown.append(year)
    return shown[::-1]


def _mark(axes: Axes, x: Any, y: Any, *, drawn: bool) -> None:
    """Draw a rank: filled, or hollow and grey where it is drawn."""
    axes.plot(
        [x], [y], marker="o", markersize=6, color=GREY if drawn else theme.INK,
        markerfacecolor=theme.PAPER if drawn else theme.INK, zorder=3, linestyle="none",
        gid=None if drawn else PUBLISHED,
    )  # fmt: skip


def _label(axes: Axes, words: str, at: tuple[Any, Any], *, up: float) -> None:
    axes.annotate(words, at, xytext=(0, up), textcoords="offset points", ha="center", fontsize=7.5)
