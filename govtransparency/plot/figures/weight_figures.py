"""The report's figures of what the ranking depends on: the weights of the pillars and the sources of uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.lines import Line2D

from govtransparency import plot as pictures
from govtransparency.arrays import label_of_largest, label_of_smallest
from govtransparency.plot import layout, published, theme
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, listed, run_on, strung
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["sobol_shares", "weight_sensitivity", "weight_stability"]

WIDEST = 16  # of a name at the end of a line, in Chinese characters


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
    texts = layout.names_of(units, published.signed(names))
    plain = layout.names_of(units, names)
    weights = weights[scores["pillar"].unique()]
    drawing, panels = layout.drawing_with_panels(
        len(weights), columns=2, width=layout.WIDE, heights=1.0 + 0.2 * len(units)
    )
    values = scores[units].to_numpy()
    low, high = (np.nanmin(values), np.nanmax(values)) if not np.isnan(values).all() else (0.0, 1.0)
    room = (high - low) * 0.05 or 1.0
    sentences, changing = [], 0
    for number, (pillar, axes) in enumerate(zip(weights.index, panels, strict=True)):
        part = scores[scores["pillar"] == pillar].sort_values("weight")
        pictures.weight_sensitivity(part, pillar, weight=weights[pillar], ax=axes)
        axes.set_ylim(low - room, high + room)
        _name_ends(drawing, axes, part[units], texts)
        if number % 2:
            axes.set_yticklabels([])
        else:
            drawing.say(axes.set_ylabel, *FIGURES["score"])
        heading = axes.set_title(" ", fontsize=8)
        drawing.say(heading.set_text, *layout.folded(nodes[str(pillar)], zh=14, en=26))
        leaders = part[units].dropna(how="all").idxmax(axis=1)
        others = [name for name in dict.fromkeys(leaders) if name != units[0]]
        changing += bool(others)
        sentences.append(
            FIGURES["weight_alt" if others else "weight_alt_never"].format(
                node=nodes[str(pillar)], unit=plain[0], others=listed(layout.names_of(others, names))
            )
        )
    key = "weight_paths_never" if not changing else "weight_paths" if changing < len(weights) else "weight_paths_all"
    changed = Stated("critical_weights", changing)
    drawing.finds(FINDINGS[key], FINDINGS["weight_paths"], count=len(weights), changed=changed)
    drawing.alt = run_on(sentences)
    return drawing


def _name_ends(drawing: Drawing, axes: Axes, paths: pd.DataFrame, texts: Sequence[Text]) -> None:
    """Write the name of each unit beside the end of its line, in the line's colour, moved apart as needed."""
    low, high = axes.get_ylim()
    known = paths.apply(lambda path: path.dropna().iloc[-1] if path.notna().any() else np.nan)
    heights = layout.spread(known.fillna(low).to_numpy(), (high - low) / (len(texts) + 3), least=low)
    over = max(0.0, heights.max() - high)
    for line, text, end, height in zip(axes.get_lines(), texts, known, heights - over, strict=False):
        if np.isnan(end):
            continue
        axes.plot([1.0, 1.05], [end, height], color=line.get_color(), linewidth=0.7, clip_on=False)
        label = axes.annotate(" ", (1.06, height), va="center", fontsize=layout.SMALLEST, annotation_clip=False)
        drawing.say(label.set_text, *layout.shortened(text, WIDEST))


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
        width=layout.WIDE if len(tables) > 1 else 5.2,
        heights=0.7 + layout.row_height(size, 0.24) * size,
    )
    sentences: list[Text] = []
    spans: list[tuple[float, dict[str, str]]] = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.weight_stability(table, nodes=nodes, ax=axes)
        short = [layout.shortened(nodes[str(code)], WIDEST) for code in table.index]  # one line each
        layout.write_labels(drawing, axes, "y", short, fontsize=7.5)
        axes.set_ylim(size - 0.4, -0.6)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        narrow = label_of_smallest(table["high"] - table["low"])
        if narrow is None:
            continue
        said = {column: _percent(table, narrow, column) for column in ("weight", "low", "high")}
        spans.append((float((table["high"] - table["low"])[narrow]), said))
        sentences.append(FIGURES["stability_alt"].format(panel=panel, node=nodes[narrow], **said))
    if spans:
        _, tightest = min(spans, key=lambda span: span[0])
        drawing.finds(FINDINGS["stability"], **tightest)
    legend = drawing.legend(
        [Line2D([], [], color=theme.BEST, linewidth=6), Line2D([], [], color=theme.ACCENT, marker="D", linestyle="")],
        [" ", " "], loc="outside upper left", ncols=2, fontsize=7.5, markerscale=0.8,
    )  # fmt: skip
    layout.write_legend(drawing, legend, [FIGURES["stable"], FIGURES["weight"]])
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
        len(tables), columns=2, width=layout.WIDE if len(tables) > 1 else 5.2, heights=0.75 + 0.36 * size
    )
    sentences: list[Text] = []
    marks: list[Line2D] = []
    most: list[Text] = []
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
        most.append(sources[largest])
        sentences.append(
            FIGURES["sobol_alt"].format(
                panel=panel, source=sources[largest], first=_percent(table, largest, "first"),
                total=_percent(table, largest, "total"),
            )
        )  # fmt: skip
    legend = drawing.legend(marks, [" ", " "], loc="outside upper left", ncols=2, fontsize=7.5)
    layout.write_legend(drawing, legend, [FIGURES["first_order"], FIGURES["total_order"]])
    named = strung(map(layout.shortened, dict.fromkeys(most)), "、", " and ")
    drawing.finds(FINDINGS["sobol" if most else "sobol_none"], sources=named)
    drawing.alt = run_on(sentences)
    return drawing


def _percent(table: pd.DataFrame, row: str, column: str) -> str:
    return f"{float(table[column].loc[row]):.0%}"
