"""The figures of the shelf: a share for each edition of a published index."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from govtransparency.plot import layout, theme
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from govtransparency.plot.figure import Drawing
    from govtransparency.texts.bilingual import Text

__all__ = ["edition_shares"]

MARGIN = 0.75  # inches
ROW = 0.18  # inches, of an edition
SMALL = 7.5  # points


@theme.style()
def edition_shares(table: pd.DataFrame, names: Sequence[Text], *, said: Text) -> Drawing:
    """Draw a share for each edition, as a dot on a line, with a word of its own at the end.

    Parameters
    ----------
    table : DataFrame, one row per edition, the first on top
        share, 0 to 1; word, written beside the dot; counted, a ring where it is False. The axis begins at a tenth of
        shares below the least of them.
    names : sequence of Text
        Of the editions.
    said : Text
        What the shares are: the label of the axis and the beginning of the alternative text.

    Returns
    -------
    Drawing
    """
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=layout.WIDE, heights=MARGIN + ROW * len(table))
    axes.grid(color=theme.GRID, linewidth=0.7)
    for row, (share, word, counted) in enumerate(table[["share", "word", "counted"]].itertuples(index=False)):
        face = theme.BEST if counted else theme.PAPER
        place = (100 * share, row)
        axes.plot(*place, "o", markersize=4.5, color=theme.BEST, markerfacecolor=face, zorder=2, clip_on=False)
        axes.annotate(
            word, place, (6, 0), textcoords="offset points", va="center", fontsize=SMALL, annotation_clip=False
        )
    axes.set_xlim(max(0, math.floor(10 * table["share"].min() - 1e-9) * 10), 100)
    axes.set_ylim(len(table) - 0.4, -0.6)
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True, steps=[1, 2, 5, 10]))
    axes.set_yticks(range(len(table)))
    layout.write_labels(drawing, axes, "y", [layout.shortened(name, most=30) for name in names], fontsize=SMALL)
    drawing.say(axes.set_xlabel, *said)
    drawing.finds(FINDINGS["shares"], count=len(table), whole=int((table["share"] == 1).sum()))
    lowest = int(table["share"].to_numpy().argmin())
    drawing.alt = FIGURES["shares_alt"].format(
        said=said, count=len(table), name=names[lowest], low=f"{table['share'].iloc[lowest]:.1%}"
    )
    return drawing
