"""The report's figure of how far several indices agree: one map of all pairs, as they are and given income."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.plot import layout, theme
from govtransparency.texts.bilingual import Text, decimal
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["agreement_map"]

MOST = 8  # indices with whose number a cell has room for an interval in readable letters


@theme.style()
def agreement_map(pairs: pd.DataFrame, given_income: pd.DataFrame | None, names: Mapping[str, Text]) -> Drawing:
    """Draw the correlation of each two indices, with its interval and the number of countries.

    Parameters
    ----------
    pairs : DataFrame, indexed by first, second
        spearman, low, high, countries: below the diagonal.
    given_income : DataFrame, indexed by first, second, or None
        partial, low, high, countries: above the diagonal, if it is given.
    names : mapping of index to Text

    Returns
    -------
    Drawing
    """
    places = {name: place for place, name in enumerate(names)}
    values = np.full((len(places), len(places)), np.nan)
    cells = {}
    for table, column, above in ((pairs, "spearman", False), (given_income, "partial", True)):
        if table is not None:
            for (first, second), row in table.iterrows():
                cell = (places[first], places[second]) if above else (places[second], places[first])
                values[cell], cells[cell] = row[column], row
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=layout.WIDE, heights=1.0 + 0.52 * len(places))
    image = axes.imshow(values, cmap=layout.signed_shares(), vmin=-1, vmax=1, interpolation="none", aspect="auto")
    axes.spines[:].set_visible(False)
    axes.set_yticks(range(len(places)))
    axes.set_xticks(range(len(places)), [str(place + 1) for place in places.values()], fontsize=layout.SMALLEST)
    labels = [layout.folded(name, zh=18, en=24) for name in names.values()]
    numbered = [Text(*(f"{words}  {place}" for words in label)) for place, label in enumerate(labels, 1)]
    layout.write_labels(drawing, axes, "y", numbered, fontsize=layout.SMALLEST)
    for (down, across), found in cells.items():
        _write(drawing, axes, (across, down), values[down, across], found, whole=len(places) <= MOST)
    if given_income is not None:
        layout.title(drawing, axes, FIGURES["below_and_above"])
    drawing.heat = True
    layout.correlation_bar(drawing, image, [axes])
    known = pairs["spearman"].dropna()
    if len(known):
        drawing.finds(FINDINGS["agreement"], pairs=len(known), low=decimal(known.min()), high=decimal(known.max()))
    drawing.alt = _alternative(known, names)
    return drawing


def _write(drawing: Drawing, axes: Axes, at: tuple[int, int], value: float, row: pd.Series, *, whole: bool) -> None:
    """Write a correlation, its interval and the number of countries into a cell."""
    ink = theme.PAPER if abs(value) > 0.7 else theme.INK
    count = FIGURES["countries"].format(count=int(row["countries"]))
    if np.isnan(value):
        alone = axes.text(*at, " ", ha="center", va="center", fontsize=layout.SMALLEST, color=theme.MUTED)
        drawing.say(alone.set_text, *(count if whole else Text(*2 * [f"{row['countries']:g}"])))
        return
    across, down = at
    axes.text(across, down - (0.22 if whole else 0), decimal(value), ha="center", va="center", fontsize=7.5, color=ink)
    if whole:
        interval = f"[{decimal(row['low'])}, {decimal(row['high'])}]"
        lines = axes.text(across, down + 0.2, " \n ", ha="center", va="center", fontsize=layout.SMALLEST, color=ink)
        drawing.say(lines.set_text, *(f"{interval}\n{words}" for words in count))


def _alternative(known: pd.Series, names: Mapping[str, Text]) -> Text:
    if known.empty:
        return FIGURES["agreement_alt_none"]
    (a, b), (c, d) = known.idxmax(), known.idxmin()
    return FIGURES["agreement_alt"].format(
        pairs=len(known), a=names[a], b=names[b], high=decimal(known.max()), c=names[c], d=names[d],
        low=decimal(known.min()),
    )  # fmt: skip
