"""Figures of single units: what their scores are made of, and how they stand on each node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from govtransparency.arguments import Arguments
from govtransparency.contributions import contributions as parts_of
from govtransparency.index import Index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import SMALL, check_canvas, check_named, check_values, drawn_on
from govtransparency.plot.chosen_units import chosen_rows, write_units
from govtransparency.texts.bilingual import Language, Text, as_text, decimal
from govtransparency.texts.figure_words import FIGURES, TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from govtransparency.framework import Framework
    from govtransparency.plot.layout import Names, Status

__all__ = ["contributions", "node_texts", "stacked_bars", "unit_profile"]


FEW = 40  # strokes that may be wide


def node_texts(result: Any, codes: Sequence[Any], nodes: Names, framework: Framework | None = None) -> list[Text]:
    """Return what nodes are called: as given, else as the framework calls them, else by their codes."""
    known = layout.known_names(nodes)
    tree = result.recipe.framework if isinstance(result, Index) else framework
    own = {} if tree is None else node_names(tree)
    return [as_text(known.get(code) or own.get(code) or str(code)) for code in codes]


def contributions(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Index | pd.DataFrame,
    *,
    first: int = 10,
    names: Names = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the scores of the first units as bars, divided into the contributions of the pillars.

    Parameters
    ----------
    result : Index or DataFrame, units x nodes
        Of an index, each pillar's score times its weight; where the index is not a weighted mean, parts in proportion.
        A table holds such parts, which add up to the score.
    first : int
        The number of units: those of the highest score.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
    nodes : mapping or Series of code to name, optional
        What the pillars are called; by default as the framework of the index names them.
    select : sequence of unit
        Units that are drawn in any case.
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, unknown units, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> parts = pd.DataFrame({"a": [30.0, 20.0], "b": [40.0, 10.0]}, index=["X", "Y"])
    >>> axes = gt.plot.contributions(parts, nodes={"a": "Publication", "b": "Requests"})
    >>> [label.get_text() for label in axes.texts]
    [' 70.0', ' 30.0']
    """
    with Arguments("plot.contributions") as check:
        if isinstance(result, Index):
            table = check_values(check, "result", parts_of(result))
        elif isinstance(result, pd.DataFrame):
            table = check_values(check, "result", result)
        else:
            check.expect("result", result, problems.INDEX_OR_PARTS)
        first = check.count("first", first)
        data = check_canvas(check, ax, language, title, of=[result], names=names, nodes=nodes, status=status)
        if not check.problems:
            check_named(check, names, table.index)
            check.labels("select", select, table.index)
    table = table.dropna(how="all")
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    with drawn_on(ax, language, width=6.4, height=0.3 + layout.height_of(round(1.15 * min(first, len(order))))) as on:
        rows = chosen_rows(order, on, select, most=first, last=False)
        shown = table.reindex(rows.labels)
        lines = np.arange(len(shown))
        handles, ends = stacked_bars(on.axes, shown, 0.78)
        totals = ends[1] + ends[-1]
        digits = layout.digits_of([*ends[1], *ends[-1]])
        for line, total in zip(lines, totals, strict=True):
            if not shown.iloc[line].isna().all():
                on.axes.text(
                    ends[1][line], float(line), f" {decimal(total, digits)}", va="center", fontsize=layout.SMALLEST
                )
        on.axes.set_xlim(ends[-1].min(), ends[1].max() * 1.13 - ends[-1].min() * 0.13 or 1.0)
        said = []
        if (ends[-1] < 0).any():  # then the bars do not end where the score lies
            on.axes.axvline(0, color=theme.INK, linewidth=0.8)
            handles += on.axes.plot(totals, lines, "D", color=theme.INK, markersize=4, markeredgecolor=theme.PAPER)
            said = [FIGURES["total"]]
        write_units(on, rows, names)
        on.axes.set_ylim(len(lines) - 0.5, -0.5)
        on.axes.spines["left"].set_visible(False)
        texts = node_texts(result, list(shown), nodes)
        if not on.shared:
            on.say(on.axes.set_xlabel, *FIGURES["score"])
        on.legend(handles, [*map(layout.shortened, texts), *said], handlelength=1.2, handleheight=1.0)
        on.head(title, TITLES["contributions"], *rows.said, data=data)
    return on.axes


def stacked_bars(axes: Axes, parts: pd.DataFrame, height: float) -> tuple[list[Any], dict[int, np.ndarray]]:
    """Draw each column as bars that add to those before, right of zero or left of it by their signs.

    Returns
    -------
    tuple of the bars of each column and where they end at last, by the sign of that side
    """
    bars, ends = [], {1: np.zeros(len(parts)), -1: np.zeros(len(parts))}
    for number, code in enumerate(parts):
        widths = parts[code].fillna(0).to_numpy()
        bars.append(
            axes.barh(
                np.arange(len(parts)), widths, left=np.where(widths >= 0, ends[1], ends[-1]), height=height,
                edgecolor=theme.PAPER, linewidth=0.6, label=str(code), **theme.hatched(number),
            )
        )  # fmt: skip
        for sign, end in ends.items():
            end += np.where(np.sign(widths) == sign, widths, 0)
    return bars, ends


def unit_profile(
    result: Index | pd.DataFrame,
    unit: Any,
    *,
    names: Names = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw a unit's score on each pillar among those of all: one strip per pillar, the unit's own score in front.

    Parameters
    ----------
    result : Index or DataFrame, units x nodes
        Scores; of an index those of the children of the index.
    unit : unit
    names, nodes, ax, language, title, status
        As in `contributions`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, an unknown unit, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> scores = pd.DataFrame({"a": [30.0, 20.0, 90.0], "b": [40.0, 10.0, 70.0]}, index=["X", "Y", "Z"])
    >>> gt.plot.unit_profile(scores, "X").get_title(loc="left")
    'X among 3 units'
    """
    with Arguments("plot.unit_profile") as check:
        if isinstance(result, Index):
            table = result.scores[list(result.recipe.framework.children(ROOT))]
        elif isinstance(result, pd.DataFrame):
            table = check_values(check, "result", result)
        else:
            check.expect("result", result, problems.INDEX_OR_SCORES)
        data = check_canvas(check, ax, language, title, of=[result], names=names, nodes=nodes, status=status)
        if not check.problems:
            check_named(check, names, table.index)
            check.choice("unit", unit, table.index)
    scores = table.dropna(how="all")
    lines = np.arange(table.shape[1])
    with drawn_on(ax, language, width=6.0, height=1.1 + 0.34 * len(lines)) as on:
        axes = on.axes
        for line, code in zip(lines, scores, strict=True):
            values = scores[code].dropna()
            strokes = np.column_stack([values, values, np.full(len(values), np.nan)]).ravel()
            axes.plot(
                strokes, np.tile([line - 0.18, line + 0.18, np.nan], len(values)), color=theme.SOFT,
                linewidth=1.6 if len(values) < FEW else 0.8 if len(values) < 400 else 0.2,
            )  # fmt: skip
            median = axes.plot([values.median()] * 2, [line - 0.27, line + 0.27], color=theme.MUTED, linewidth=1.4)
        own, digits = table.loc[unit], layout.digits_of(scores)
        dots = axes.plot(
            own, lines, "o", color=theme.ACCENT, markersize=6, markeredgecolor=theme.PAPER, markeredgewidth=0.7
        )
        for line, value in zip(lines, own, strict=True):
            if not np.isnan(value):
                axes.text(
                    value, line - 0.29, decimal(value, digits), va="bottom", ha="center", fontsize=layout.SMALLEST
                )
        axes.set_ylim(len(lines) - 0.5, -0.6)
        axes.set_yticks(lines)
        labels = [layout.folded(text) for text in node_texts(result, list(scores), nodes)]
        layout.write_labels(on, axes, "y", labels, fontsize=SMALL)
        axes.spines["left"].set_visible(False)
        on.say(axes.set_xlabel, *FIGURES["score"])
        (text,) = layout.names_of([unit], names)
        if own.isna().all():
            dots, text = [Line2D([], [], linestyle="none")], FIGURES["without"].format(name=text)
        others = Line2D([], [], color=theme.SOFT, linewidth=1.6)
        on.legend([*dots, others, *median], [text, FIGURES["others"], FIGURES["median"]])
        on.head(title, TITLES["profile"].format(unit=text, count=f"{len(scores):,}"), data=data)
    return axes
