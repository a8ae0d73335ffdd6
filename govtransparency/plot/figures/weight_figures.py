"""The report's figures of what the ranking depends on: the weights of the pillars and the sources of uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency import plot as pictures
from govtransparency.arrays import label_of_largest, label_of_smallest
from govtransparency.plot import layout, theme
from govtransparency.texts.bilingual import Text, listed, run_on, width_of
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from matplotlib.lines import Line2D

    from govtransparency.plot.figure import Drawing

__all__ = ["sobol_shares", "weight_sensitivity", "weight_stability"]


@theme.style()
def weight_sensitivity(
    scores: pd.DataFrame, weights: pd.Series, names: pd.DataFrame, nodes: Mapping[str, Text]
) -> Drawing:
    """Draw the scores of the leading units as the weight of one pillar goes from 0 to 1, one panel per pillar.

    Parameters
    ----------
    scores : DataFrame
        pillar, weight (0 to 1, of the pillar, while the others keep their proportions), then one column per unit.
    weights : Series, pillar -> official weight
        Pillars that `scores` does not have are not drawn.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    nodes : mapping of code to Text
        The names of the pillars.

    Returns
    -------
    Drawing
        Where two lines cross, the two units change places.
    """
    units = [column for column in scores if column not in ("pillar", "weight")]
    texts = layout.names_of(units, names)
    weights = weights[scores["pillar"].unique()]
    drawing, panels = layout.drawing_with_panels(len(weights), columns=3, width=7.4, heights=2.1)
    values = scores[units].to_numpy()
    low, high = (np.nanmin(values), np.nanmax(values)) if not np.isnan(values).all() else (0.0, 1.0)
    room = (high - low) * 0.05 or 1.0
    sentences, lines = [], []
    for number, (pillar, axes) in enumerate(zip(weights.index, panels, strict=True)):
        part = scores[scores["pillar"] == pillar].sort_values("weight")
        pictures.weight_sensitivity(part, pillar, weight=weights[pillar], ax=axes)
        lines = axes.get_lines()[: len(units)]
        axes.set_ylim(low - room, high + room)
        if number % 3:
            axes.set_yticklabels([])
        else:
            drawing.say(axes.set_ylabel, *FIGURES["score"])
        heading = axes.set_title(" ", fontsize=8)
        drawing.say(heading.set_text, *layout.folded(nodes[str(pillar)], zh=14, en=26))
        leaders = part[units].dropna(how="all").idxmax(axis=1)
        others = [name for name in dict.fromkeys(leaders) if name != units[0]]
        sentences.append(
            FIGURES["weight_alt" if others else "weight_alt_never"].format(
                node=nodes[str(pillar)], unit=texts[0], others=listed(layout.names_of(others, names))
            )
        )
    longest = max(width_of(word) for text in texts for word in text)
    legend = drawing.legend(
        lines, [" "] * len(lines), loc="outside upper left", ncols=3 if longest < 19 else 2, fontsize=7.5,
        handlelength=2.6,
    )  # fmt: skip
    layout.write_legend(drawing, legend, texts)
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def weight_stability(tables: Mapping[Text, pd.DataFrame], nodes: Mapping[str, Text]) -> Drawing:
    """Draw the range of each node's weight within which the result does not change, with the official weight.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, indexed by node
        weight, low, high: shares from 0 to 1.
    nodes : mapping of code to Text
        The names of the nodes.

    Returns
    -------
    Drawing
    """
    size = max(len(table) for table in tables.values())
    drawing, panels = layout.drawing_with_panels(
        len(tables),
        columns=2,
        width=7.4 if len(tables) > 1 else 5.2,
        heights=0.7 + layout.row_height(size, 0.24) * size,
    )
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.weight_stability(table, nodes=nodes, ax=axes)
        axes.set_ylim(size - 0.4, -0.6)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        narrow = label_of_smallest(table["high"] - table["low"])
        if narrow is None:
            continue
        sentences.append(
            FIGURES["stability_alt"].format(
                panel=panel,
                node=nodes[narrow],
                weight=_percent(table, narrow, "weight"),
                low=_percent(table, narrow, "low"),
                high=_percent(table, narrow, "high"),
            )
        )
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def sobol_shares(tables: Mapping[Text, pd.DataFrame], sources: Mapping[str, Text]) -> Drawing:
    """Draw each source's share of the variance with its interval: first order as a dot, total effect as a ring.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, indexed by source
        first, first_low, first_high, total, total_low, total_high, as `Sensitivity.of` returns.
    sources : mapping of source to Text
        The names of the sources.

    Returns
    -------
    Drawing
    """
    size = max(len(table) for table in tables.values())
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=7.4 if len(tables) > 1 else 5.2, heights=0.75 + 0.36 * size
    )
    sentences: list[Text] = []
    marks: list[Line2D] = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.sobol_shares(table, sources=sources, ax=axes)
        axes.set_ylim(size - 0.4, -0.6)
        marks = axes.get_lines()[:2]
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        largest = label_of_largest(table["total"])
        if largest is None:
            sentences.append(FIGURES["sobol_alt_none"].format(panel=panel))
            continue
        sentences.append(
            FIGURES["sobol_alt"].format(
                panel=panel, source=sources[largest], first=_percent(table, largest, "first"),
                total=_percent(table, largest, "total"),
            )
        )  # fmt: skip
    legend = drawing.legend(marks, [" ", " "], loc="outside upper left", ncols=2, fontsize=7.5)
    layout.write_legend(drawing, legend, [FIGURES["first_order"], FIGURES["total_order"]])
    drawing.alt = run_on(sentences)
    return drawing


def _percent(table: pd.DataFrame, row: str, column: str) -> str:
    return f"{float(table[column].loc[row]):.0%}"
