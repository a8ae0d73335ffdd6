"""The report's figures of the data: the framework as a tree, missing values, distributions and correlations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from govtransparency import plot as pictures
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.data_maps import STATE_COLOURS, STATES, places_between, scale_ends
from govtransparency.plot.frameworks import lowest_with_room
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, decimal, run_on
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES, TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.framework import Framework
    from govtransparency.plot.figure import Drawing

__all__ = ["correlation_map", "distributions", "framework_tree", "missing_map"]


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
    ends = lowest_with_room(framework, layout.ROWS)
    height = 0.3 + layout.row_height(len(ends), layout.ROW) * max(len(ends), 4)
    drawing, (axes,) = layout.drawing_with_panels(1, columns=1, width=layout.WIDE, heights=height)
    pictures.framework(framework, averaged=averaged, ax=axes)
    if left := len(set(order).difference(ends)):
        heading = axes.set_title(" ", fontsize=layout.SMALLEST, fontweight="normal")
        drawing.say(heading.set_text, *TITLES["framework_cut"].format(count=left))
    heaviest = counted.effective_weights.idxmax()
    weights = counted.effective_weights.sort_values(ascending=False)
    heavy = int((weights.cumsum() < 0.5 * weights.sum() - 1e-9).sum()) + 1
    drawing.finds(FINDINGS["tree"], indicators=len(order), heavy=heavy)
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
    from matplotlib.patches import Patch

    codes = list(map(str, next(iter(tables.values()))))
    drawing, panels = _side_by_side(tables, codes)
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.missing_map(table, ax=axes)
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
        [Patch(color=colour) for colour in STATE_COLOURS], [" "] * 3, loc="outside upper left", ncols=3, fontsize=7.5
    )
    layout.write_legend(drawing, legend, [FIGURES[state] for state in STATES])
    lacking = sum((table == STATES[-1]).sum() for table in tables.values())
    cells = sum(table.size for table in tables.values())
    share = sum(int((table == STATES[0]).to_numpy().sum()) for table in tables.values()) / cells
    drawing.finds(
        FINDINGS["missing" if share < 1 else "missing_none"],
        FINDINGS["missing"],
        share=Stated("filled_cells", share),
        count=Stated("most_missing", int(lacking.max())),
    )
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
    codes = list(framework.indicators)
    low, high = scale_ends(list(tables.values()), framework)
    drawing, panels = _side_by_side(tables, codes)
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.distribution(table[codes], ends=(low, high), ax=axes)
        medians = places_between(table[codes], low, high).median().dropna()
        layout.title(drawing, axes, panel, narrow=len(tables) > 2)
        easiest, hardest = medians.idxmax(), medians.idxmin()
        sentences.append(
            FIGURES["distribution_alt"].format(panel=panel, easiest=nodes[easiest], hardest=nodes[hardest])
        )
    for axes in panels:
        axes.set_ylim(len(codes) - 0.45, -0.55)
    _line_labels(drawing, panels[0], codes, nodes)
    medians = places_between(pd.concat(tables.values())[codes], low, high).median()
    drawing.finds(FINDINGS["distribution"], nodes=len(codes), count=Stated("near_best", int((medians >= 0.9).sum())))
    drawing.alt = run_on(sentences)
    return drawing


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
    size = max(len(table) for table in tables.values())
    few = size <= 12
    two = len(tables) > 1
    side = 0.42 * size + 0.5 if few else 0.45 + layout.row_height(size, 0.135) * size
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=layout.WIDE if two or not few else 5.6, heights=side
    )
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        pictures.correlations(table, framework=framework, nodes=nodes, ax=axes)
        if two:
            layout.title(drawing, axes, panel)
        sentences.append(_extremes(panel, table, nodes))
    below = np.concatenate([_below(table) for table in tables.values()])
    if len(below):
        _rescale(panels, list(tables.values()), below, few=few)
        of = "correlation" if framework else "pillar_correlation"
        drawing.finds(
            FINDINGS["correlation" if (below < 0).any() else "correlation_positive"],
            FINDINGS["correlation"],
            pairs=len(below),
            negative=Stated(f"negative_{of}s", int((below < 0).sum())),
            low=Stated(f"lowest_{of}", below.min()),
            high=Stated(f"highest_{of}", below.max()),
        )
        if not few and (below < 0).any():
            mark = Line2D([], [], color=theme.INK, marker="_", markersize=4, markeredgewidth=0.8, linestyle="none")
            legend = drawing.legend([mark], [" "], loc="outside upper left", fontsize=7.5)
            layout.write_legend(drawing, legend, [FIGURES["negative"]])
    drawing.heat = True
    layout.correlation_bar(drawing, panels[-1].images[0], panels)
    drawing.alt = run_on(sentences)
    return drawing


def _below(table: pd.DataFrame) -> np.ndarray:
    """Return the correlations below the diagonal that are known."""
    values = table.to_numpy(dtype=float)
    below = values[np.tril_indices(len(values), -1)]
    return below[~np.isnan(below)]


def _rescale(panels: list[Axes], tables: list[pd.DataFrame], below: np.ndarray, *, few: bool) -> None:
    """Let the colours reach as far as the correlations do: from the least to the largest, or both ways from zero.

    The diagonal, which is 1 by definition, is blank; of a few nodes only one half is shown.
    """
    least, largest = (round_to(end) for round_to, end in ((_floor, below.min()), (_ceil, below.max())))
    both = least < 0
    top = max(-least, largest)
    for axes, table in zip(panels, tables, strict=True):
        (image,) = axes.images
        values = table.to_numpy(dtype=float)
        hidden = np.triu(np.ones(values.shape, dtype=bool)) if few else np.eye(len(values), dtype=bool)
        image.set_data(np.where(hidden, np.nan, values))
        image.set_cmap(layout.signed_shares() if both else layout.sequential())
        image.set_clim(*((-top, top) if both else (least, max(largest, least + 0.1))))
        for label in axes.texts:
            column, line = label.get_position()
            value = values[round(line), round(column)]
            dark = abs(value) > 0.7 * top if both else value > least + 0.5 * (largest - least)
            label.set_color(theme.PAPER if dark else theme.INK)
        if not few:  # in grey too, both signs are told apart
            rows, columns = np.nonzero(np.where(hidden, 0.0, values) < 0)
            axes.plot(columns, rows, "_", color=theme.INK, markersize=3, markeredgewidth=0.5)


def _floor(value: float) -> float:
    return float(np.floor(10 * value + 1e-9) / 10)


def _ceil(value: float) -> float:
    return float(np.ceil(10 * value - 1e-9) / 10)


def _extremes(panel: Text, table: pd.DataFrame, nodes: Mapping[str, Text]) -> Text:
    values = table.to_numpy()
    pairs = np.argwhere(np.tril(~np.isnan(values), -1))
    if not len(pairs):
        return FIGURES["correlation_alt_none"].format(panel=panel)
    below = values[tuple(pairs.T)]
    names = [nodes[str(code)] for code in table]
    (a, b), (c, d) = pairs[below.argmax()], pairs[below.argmin()]
    return FIGURES["correlation_alt"].format(
        panel=panel, a=names[a], b=names[b], high=decimal(below.max()), c=names[c], d=names[d],
        low=decimal(below.min()), negative=int((below < 0).sum()), pairs=len(pairs),
    )  # fmt: skip


def _side_by_side(tables: Mapping[Text, pd.DataFrame], codes: list[str]) -> tuple[Drawing, list[Axes]]:
    drawing, panels = layout.drawing_with_panels(
        len(tables),
        columns=len(tables),
        width=layout.WIDE if len(tables) > 1 else 5.2,
        heights=0.75 + layout.row_height(len(codes), 0.155) * max(len(codes), 3),
    )
    for axes in panels:
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
    return drawing, panels


def _line_labels(drawing: Drawing, axes: Axes, codes: list[str], nodes: Mapping[str, Text]) -> None:
    axes.set_yticks(range(len(codes)))
    labels = [layout.shortened(nodes[code], most=30) for code in codes]
    layout.write_labels(drawing, axes, "y", layout.thinned(labels), fontsize=layout.SMALLEST)
