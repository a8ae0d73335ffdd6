"""What goes together: correlations between indicators or pillars, as a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.coherence import Correlations
from govtransparency.framework import Framework, first_level
from govtransparency.index import Index
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import Canvas, check_canvas, check_framework, drawn_on
from govtransparency.plot.unit_parts import node_texts
from govtransparency.texts.bilingual import Language, Text, decimal, width_of
from govtransparency.texts.figure_words import TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.plot.layout import Status

__all__ = ["correlations"]


def correlations(
    result: Correlations | Index | pd.DataFrame,
    *,
    framework: Framework | None = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw correlations between indicators or pillars as a map, with numbers for up to a dozen.

    Parameters
    ----------
    result : Correlations, Index or DataFrame, nodes x nodes
        Correlations, -1 to 1; of an index those of its normalised indicators.
    framework : Framework, optional
        If given, lines separate the pillars of the first level; of an index, its own.
    nodes : mapping or Series of code to name, optional
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> table = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 4, 6, 8], "c": [1.0, 3, 2, 4]})
    >>> gt.plot.correlations(table.corr()).get_title(loc="left")
    'Correlations of 3 nodes'
    """
    with Arguments("plot.correlations") as check:
        matrix = _matrix(check, result)
        check_framework(check, framework, matrix)
        data = check_canvas(check, ax, language, title, of=[result], nodes=nodes, status=status)
    codes = list(map(str, matrix))
    values = matrix.to_numpy(dtype=float)
    few = len(codes) <= 12
    side = 0.42 * len(codes) + 1.6 if few else 1.6 + 0.135 * len(codes)
    with drawn_on(ax, language, width=7.0 if few else 7.4, height=side) as on:
        axes = on.axes
        image = axes.imshow(values, cmap=layout.signed_shares(), vmin=-1, vmax=1, interpolation="none", aspect="auto")
        axes.spines[:].set_visible(False)
        texts = node_texts(result, list(matrix), nodes, framework)
        _numbered_labels(on, texts, few=few)
        tree = result.recipe.framework if isinstance(result, Index) else framework
        for edge in pillar_edges(codes, tree) if tree is not None else ():
            axes.axhline(edge, color=theme.MUTED, linewidth=0.6)
            axes.axvline(edge, color=theme.MUTED, linewidth=0.6)
        on.head(title, TITLES["correlations"].format(nodes=len(codes)), data=data)
        on.bar(image, layout.correlation_bar)
        if few and (
            on.shared or min(size * 72 / len(codes) / k for size, k in zip(on.room(), (18, 9), strict=True)) > 1
        ):
            _write_correlations(axes, values)
        elif not on.shared:  # in grey too, colours of both signs are told apart
            rows, columns = np.nonzero(values < 0)
            cell = min(on.room()) * 72 / len(codes)
            axes.plot(columns, rows, "_", color=theme.INK, markersize=0.5 * cell, markeredgewidth=0.6)
    return axes


def _matrix(check: Arguments, result: Any) -> pd.DataFrame:
    if isinstance(result, Correlations):
        return result.matrix
    if isinstance(result, Index):
        return result.normalised.corr()
    if not isinstance(result, pd.DataFrame):
        check.expect("result", result, problems.CORRELATED)
        return pd.DataFrame()
    table = check.table("result", result)
    if not check.problems and (list(table) != list(table.index) or (table.abs() > 1 + 1e-9).any(axis=None)):
        check.expect("result", result, problems.CORRELATED)
    return table


def _numbered_labels(on: Canvas, texts: list[Text], *, few: bool) -> None:
    """Write names and numbers at the rows, and the numbers beneath the columns; as many as there is room for."""
    axes, count = on.axes, len(texts)
    axes.set_yticks(range(count))
    size = 7.2 if few else layout.SMALLEST
    if on.shared and few:
        texts = [layout.folded(text, zh=9, en=18) for text in texts]
    else:
        texts = [layout.shortened(text, layout.WIDEST if on.shared or (few and on.own) else 18) for text in texts]
    labels = [Text(*(f"{name}  {place}" for name in text)) for place, text in enumerate(texts, 1)]
    layout.write_labels(on, axes, "y", layout.thinned(labels) if on.shared else labels, fontsize=size)
    width, height = on.room()
    if on.shared:  # not laid out yet: the names are beside the map
        width -= max(width_of(word) for text in labels for word in text) * size / 72
    else:
        row = max(1, int(np.ceil(0.105 * count / height)))
        axes.set_yticks(range(0, count, row))
        layout.write_labels(on, axes, "y", labels[::row], fontsize=size)
    step = 1 if on.shared and few else max(1, int(np.ceil((0.13 if count < 100 else 0.18) * count / width)))
    shown = range(0, count, step)
    axes.set_xticks(shown, [f"{place + 1}" for place in shown], fontsize=layout.SMALLEST)


def _write_correlations(axes: Axes, values: np.ndarray) -> None:
    for row, column in np.argwhere(np.tril(~np.isnan(values), -1)):
        ink = theme.PAPER if abs(values[row, column]) > 0.7 else theme.INK
        axes.text(
            column, row, decimal(values[row, column]), ha="center", va="center", fontsize=layout.SMALLEST, color=ink
        )


def pillar_edges(codes: list[str], framework: Framework) -> list[float]:
    """Return where the pillar of the first level changes from one code to the next."""
    top = [first_level(framework, code) for code in codes]
    return [place - 0.5 for place in range(1, len(codes)) if top[place] != top[place - 1]]
