"""Figures of the data: the framework as a tree, missing values, distributions and correlations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.framework import Framework, first_level
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.rank_figures import ROW
from govtransparency.texts.bilingual import Text, run_on
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["correlation_map", "distributions", "framework_tree", "missing_map"]


BINS, LEVELS = 20, 24  # of a small histogram
STATES = ("observed", "not_applicable", "missing")


@theme.style()
def framework_tree(framework: Framework, averaged: Framework | None = None) -> Drawing:
    """Draw the tree from the index to its indicators, with the weight of each node within its parent.

    Bars and percentages at the indicators are effective weights.

    Parameters
    ----------
    framework : Framework
    averaged : Framework, optional
        The tree as it is averaged (`Recipe.averaged`), if that differs: it gives the effective weights, and a node that
        it lacks has no weight.

    Returns
    -------
    Drawing
    """
    names, counted = node_names(framework), averaged or framework
    order = framework.leaves[ROOT]
    height = {code: float(line) for line, code in enumerate(order)}
    for code in (*framework.pillars, ROOT):
        height[code] = float(np.mean([height[child] for child in framework.children(code)]))
    depth = {ROOT: 0}
    for code in (ROOT, *reversed(framework.pillars)):
        depth.update(dict.fromkeys(framework.children(code), depth[code] + 1))
    deepest = max(depth.values())
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=7.4, heights=0.3 + ROW * max(len(order), 4))
    bars = 0.55 / counted.effective_weights.max()
    for code in framework.weights.index:
        leaf = code in framework.indicators
        x = float(deepest if leaf else depth[code])
        share = f" {framework.weights[code]:.0%}" if code in counted.weights else ""
        if code != ROOT:
            start = depth[framework.parent(code)]
            axes.plot(
                [start + 0.02, start + 0.55, x - 0.03], [height[framework.parent(code)], height[code], height[code]],
                color=theme.GRID, linewidth=0.9, zorder=1,
            )  # fmt: skip
        if leaf:
            effective = counted.effective_weights[code]
            axes.barh(height[code], bars * effective, left=x, height=0.55, color=theme.BEST)
            label = axes.text(x + bars * effective + 0.03, height[code], " ", va="center", fontsize=6.8)
            drawing.say(label.set_text, *(f"{effective:.1%}  {name}" for name in names[code]))
        else:
            box = {"facecolor": theme.PAPER, "edgecolor": theme.MUTED, "linewidth": 0.6, "boxstyle": "round,pad=0.25"}
            label = axes.text(x, height[code], " ", va="center", ha="left", fontsize=7.2, bbox=box, zorder=3)
            words = layout.folded(names[code], en=16)
            drawing.say(label.set_text, *(word if code == ROOT else f"{word}{share}" for word in words))
    axes.set_xlim(-0.05, deepest + 2.1)
    axes.set_ylim(max(len(order), 4) - 0.4, -0.6)
    axes.set_axis_off()
    heaviest = counted.effective_weights.idxmax()
    drawing.alt = FIGURES["tree_alt"].format(
        indicators=len(order),
        pillars=len(framework.children(ROOT)) if framework.pillars else 0,
        heaviest=names[str(heaviest)],
        share=f"{counted.effective_weights.max():.1%}",
    )
    return drawing


@theme.style()
def missing_map(tables: Mapping[Text, pd.DataFrame], nodes: Mapping[str, Text]) -> Drawing:
    """Draw which cells have a value: one line per indicator, one column per unit, one panel per group.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x indicators
        The texts observed, not_applicable or missing. All panels have the same indicators.
    nodes : mapping of code to Text
        The names of the indicators.

    Returns
    -------
    Drawing
        Units are ordered by their number of missing values, the smallest first.
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    codes = list(map(str, next(iter(tables.values()))))
    colours = ["#b4cfe0", "#e3b75c", "#bf4a2c"]  # not of the palette: pixels do not turn dark with the page
    drawing, panels = _side_by_side(tables, codes)
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        states = table.replace(dict(zip(STATES, range(3), strict=True))).astype(int)
        states = states.loc[(states > 0).sum(axis=1).sort_values(kind="stable").index]
        axes.imshow(
            states.to_numpy().T, cmap=ListedColormap(colours), vmin=-0.5, vmax=2.5, aspect="auto", interpolation="none"
        )
        axes.set_xticks([])
        drawing.say(axes.set_xlabel, *FIGURES["units"].format(count=len(table)))
        layout.title(drawing, axes, panel, narrow=len(tables) > 2)
        lacking = (table != STATES[0]).sum()
        sentences.append(
            FIGURES["missing_alt"].format(
                panel=panel,
                share=f"{(table == STATES[0]).to_numpy().mean():.1%}",
                node=nodes[str(lacking.idxmax())],
                count=int(lacking.max()),
            )
        )
    _line_labels(drawing, panels[0], codes, nodes)
    legend = drawing.legend(
        [Patch(color=colour) for colour in colours], [" "] * 3, loc="outside upper left", ncols=3, fontsize=7.5
    )
    for text, state in zip(legend.get_texts(), STATES, strict=True):
        drawing.say(text.set_text, *FIGURES[state])
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def distributions(tables: Mapping[Text, pd.DataFrame], framework: Framework, nodes: Mapping[str, Text]) -> Drawing:
    """Draw a small histogram of each indicator in each group, from its worst value at the left to its best.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x indicators
        Values in the indicators' own units.
    framework : Framework
        Its goalposts are the ends of the scale; without goalposts, the extremes of all groups together.
    nodes : mapping of code to Text
        The names of the indicators.

    Returns
    -------
    Drawing
    """
    from matplotlib.colors import to_rgba

    codes = list(framework.indicators)
    low, high = scale_ends(tables, framework)
    drawing, panels = _side_by_side(tables, codes)
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        medians = {}
        bars = np.zeros((len(codes) * LEVELS, BINS))
        for line, code in enumerate(codes):
            place = ((table[code] - low[code]) / (high[code] - low[code] or 1)).clip(0, 1).dropna()
            counts, _ = np.histogram(place, bins=BINS, range=(0, 1))
            tall = np.ceil(counts / max(counts.max(), 1) * (LEVELS - 3))
            bars[line * LEVELS : (line + 1) * LEVELS] = np.arange(LEVELS, 0, -1)[:, None] <= tall
            if len(place):
                medians[code] = place.median()
        axes.imshow(
            np.where(bars[..., None] > 0, to_rgba(theme.BEST), (0, 0, 0, 0)), aspect="auto", interpolation="none",
            extent=(0, 1, len(codes) - 0.55, -0.55),
        )  # fmt: skip
        strokes = [[value, value, np.nan] for value in medians.values()]
        heights = [[line - 0.45, line + 0.4, np.nan] for line, code in enumerate(codes) if code in medians]
        axes.plot(np.ravel(strokes), np.ravel(heights), color=theme.ACCENT, linewidth=1.1)
        axes.hlines(np.arange(len(codes)) + 0.45, 0, 1, color=theme.GRID, linewidth=0.5)
        axes.set_xlim(-0.01, 1.01)
        axes.set_xticks([0, 1])
        layout.write_labels(drawing, axes, "x", [FIGURES["worst"], FIGURES["best"]], fontsize=7)
        left, right = axes.get_xticklabels()
        left.set_horizontalalignment("left")
        right.set_horizontalalignment("right")
        layout.title(drawing, axes, panel, narrow=len(tables) > 2)
        easiest, hardest = max(medians, key=lambda code: medians[code]), min(medians, key=lambda code: medians[code])
        sentences.append(
            FIGURES["distribution_alt"].format(panel=panel, easiest=nodes[easiest], hardest=nodes[hardest])
        )
    for axes in panels:
        axes.set_ylim(len(codes) - 0.45, -0.55)
    _line_labels(drawing, panels[0], codes, nodes)
    drawing.alt = run_on(sentences)
    return drawing


def scale_ends(tables: Mapping[Text, pd.DataFrame], framework: Framework) -> tuple[pd.Series, pd.Series]:
    """Return the worst and the best value of each indicator: its goalposts, else the extremes of all the tables."""
    pooled = pd.concat(list(tables.values()))
    turned = framework.directions < 0
    worst = framework.goalposts["worst"].fillna(pooled.min().where(~turned, pooled.max()))
    best = framework.goalposts["best"].fillna(pooled.max().where(~turned, pooled.min()))
    return worst, best


@theme.style()
def correlation_map(
    tables: Mapping[Text, pd.DataFrame], nodes: Mapping[str, Text], *, framework: Framework | None = None
) -> Drawing:
    """Draw correlations between indicators or pillars, with numbers for up to a dozen.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, nodes x nodes
        Correlations, -1 to 1.
    nodes : mapping of code to Text
        Their names.
    framework : Framework, optional
        If given, lines separate the pillars of the first level.

    Returns
    -------
    Drawing
    """
    from matplotlib.colors import LinearSegmentedColormap

    colours = LinearSegmentedColormap.from_list(
        "signs", [theme.ACCENT, "#e9b8ac", "#f7f9fa", theme.SOFT, theme.SERIES[0]]
    )
    size = max(len(table) for table in tables.values())
    few = size <= 12
    two = len(tables) > 1
    side = 0.42 * size + 0.5 if few else 0.45 + 0.135 * size
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=7.4 if two or not few else 5.6, heights=side
    )
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        codes = list(map(str, table))
        values = table.to_numpy()
        image = axes.imshow(values, cmap=colours, vmin=-1, vmax=1, interpolation="none", aspect="auto")
        for row, column in np.argwhere(np.tril(~np.isnan(values), -1)) if few else ():
            number = f"{values[row, column]:.2f}".replace("-", "\u2212")
            ink = theme.PAPER if abs(values[row, column]) > 0.7 else theme.INK
            axes.text(column, row, number, ha="center", va="center", fontsize=7, color=ink)
        axes.spines[:].set_visible(False)
        axes.set_yticks(range(len(codes)))
        wide = (9, 18) if few else (40, 80)
        numbered = [
            Text(*(f"{name} {place}" for name in layout.folded(nodes[code], zh=wide[0], en=wide[1])))
            for place, code in enumerate(codes, 1)
        ]
        layout.write_labels(drawing, axes, "y", numbered, fontsize=7.2 if few else 6)
        axes.set_xticks(range(len(codes)), [f"{place}" for place in range(1, len(codes) + 1)], fontsize=7 if few else 5)
        if framework is not None:
            for edge in _edges(codes, framework):
                axes.axhline(edge, color=theme.MUTED, linewidth=0.6)
                axes.axvline(edge, color=theme.MUTED, linewidth=0.6)
        if two:
            layout.title(drawing, axes, panel)
        sentences.append(_extremes(panel, table, nodes))
    drawing.heat = True
    bar = drawing.colorbar(image, ax=panels, location="bottom", shrink=0.4, aspect=40, pad=0.02, ticks=[-1, 0, 1])
    bar.outline.set_visible(False)
    drawing.say(bar.set_label, *FIGURES["correlation"])
    drawing.alt = run_on(sentences)
    return drawing


def _edges(codes: list[str], framework: Framework) -> list[float]:
    top = [first_level(framework, code) for code in codes]
    return [place - 0.5 for place in range(1, len(codes)) if top[place] != top[place - 1]]


def _extremes(panel: Text, table: pd.DataFrame, nodes: Mapping[str, Text]) -> Text:
    values = table.to_numpy()
    pairs = np.argwhere(np.tril(~np.isnan(values), -1))
    if not len(pairs):
        return FIGURES["correlation_alt_none"].format(panel=panel)
    below = values[tuple(pairs.T)]
    names = [nodes[str(code)] for code in table]
    (a, b), (c, d) = pairs[below.argmax()], pairs[below.argmin()]
    return FIGURES["correlation_alt"].format(
        panel=panel, a=names[a], b=names[b], high=f"{below.max():.2f}".replace("-", "\u2212"), c=names[c], d=names[d],
        low=f"{below.min():.2f}".replace("-", "\u2212"), negative=int((below < 0).sum()), pairs=len(pairs),
    )  # fmt: skip


def _side_by_side(tables: Mapping[Text, pd.DataFrame], codes: list[str]) -> tuple[Drawing, list[Axes]]:
    drawing, panels = layout.drawing_with_panels(
        len(tables),
        columns=len(tables),
        width=7.4 if len(tables) > 1 else 5.2,
        heights=0.75 + 0.155 * max(len(codes), 3),
    )
    for axes in panels:
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
    return drawing, panels


def _line_labels(drawing: Drawing, axes: Axes, codes: list[str], nodes: Mapping[str, Text]) -> None:
    axes.set_yticks(range(len(codes)))
    labels = [layout.shortened(nodes[code], most=30) for code in codes]
    layout.write_labels(drawing, axes, "y", labels, fontsize=6.8)
