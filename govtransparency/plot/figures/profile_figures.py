"""The report's figures of single units: their scores on each pillar, and where they lie above the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from govtransparency import plot as pictures
from govtransparency.arguments import Arguments
from govtransparency.plot import layout, published, theme
from govtransparency.ranking import rank
from govtransparency.texts.bilingual import Text, decimal, run_on, signed, width_of
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.plot.figure import Drawing

__all__ = ["contributions", "pillar_profile"]


@theme.style()
def pillar_profile(
    tables: Mapping[Text, pd.DataFrame], units: Mapping[Text, str], names: pd.DataFrame, nodes: Mapping[str, Text]
) -> Drawing:
    """Draw a unit's score on each pillar among those of its group: one strip per pillar, the unit's own score in front.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x pillars
        Scores.
    units : mapping of panel title to unit
        The unit of the panel.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    nodes : mapping of code to Text
        The names of the pillars.

    Returns
    -------
    Drawing
    """
    pillars = max(table.shape[1] for table in tables.values())
    drawing, panels = layout.drawing_with_panels(
        len(tables), columns=2, width=layout.WIDE if len(tables) > 1 else 4.4, heights=0.75 + 0.34 * pillars
    )
    sentences, standings, called = [], [], published.signed(names)
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        unit = units[panel]
        (text,) = layout.names_of([unit], called)
        scores = table.dropna(how="all")
        pictures.unit_profile(table, unit, names=called, nodes=nodes, ax=axes)
        layout.title(drawing, axes, Text(*map("\n".join, zip(panel, text, strict=True))) if len(tables) > 1 else text)
        standing = scores.apply(rank).loc[unit].dropna()
        standings.append(standing)
        sentences.append(
            FIGURES["profile_alt"].format(
                unit=text,
                best=nodes[str(standing.idxmin())],
                best_rank=f"{standing.min():g}",
                worst=nodes[str(standing.idxmax())],
                worst_rank=f"{standing.max():g}",
                count=len(scores),
            )
        )
    places = pd.concat(standings)
    drawing.finds(FINDINGS["profile"], best=f"{places.min():g}", worst=f"{places.max():g}")
    marks = [
        Line2D([], [], color=theme.ACCENT, marker="o", markersize=6, markeredgecolor=theme.PAPER, linestyle="none"),
        Line2D([], [], color=theme.SOFT, linewidth=1.6),
        Line2D([], [], color=theme.MUTED, linewidth=1.4),
    ]
    legend = drawing.legend(marks, [" "] * 3, loc="outside upper left", ncols=3, fontsize=7.5)
    layout.write_legend(drawing, legend, [FIGURES[word] for word in ("unit_shown", "others", "median")])
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def contributions(
    tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, nodes: Mapping[str, Text], *, first: int = 10
) -> Drawing:
    """Draw by how much each pillar lifts the scores of the first units above the mean of their group.

    Parameters
    ----------
    tables : mapping of panel title to DataFrame, units x pillars
        Contributions, the pillar's score times its weight, which add up to the score.
    names : DataFrame, indexed by unit
        name_zh, name_en.
    nodes : mapping of code to Text
        The names of the pillars.
    first : int
        The number of units in a panel: those of the highest score.

    Returns
    -------
    Drawing
        A map of numbers: a row for each unit, a column for each pillar, and at the right the score and their sum.

    Raises
    ------
    InputError
        For a number of units that is not a whole number of at least 1.
    """
    with Arguments("contributions") as check:
        check.count("first", first)
    totals = {panel: table.sum(axis=1, min_count=1).dropna() for panel, table in tables.items()}
    leading = {panel: sums.sort_values(ascending=False, kind="stable").index[:first] for panel, sums in totals.items()}
    gaps = {panel: (tables[panel] - tables[panel].mean()).loc[units] for panel, units in leading.items()}
    size = max(map(len, leading.values()))
    called = published.signed(names)
    top = max(np.nanmax(np.abs(gap.to_numpy())) for gap in gaps.values()) or 1.0
    digits = layout.digits_of([top])
    drawing, panels = layout.drawing_with_panels(
        len(tables),
        columns=_across(gaps, called, signed(-top, digits)),
        width=layout.WIDE if len(tables) > 1 else 5.2,
        heights=0.75 + 1.15 * layout.ROW * size,
    )
    numbers = {
        code: place for place, code in enumerate(dict.fromkeys(code for gap in gaps.values() for code in gap), 1)
    }
    sentences: list[Text] = []
    for (panel, gap), axes in zip(gaps.items(), panels, strict=True):
        _draw_gaps(axes, gap, totals[panel], (top, digits), size)
        axes.set_xticks(
            range(gap.shape[1] + 1), [*(str(numbers[code]) for code in gap), "\u2211"], fontsize=layout.SMALLEST
        )
        layout.write_labels(drawing, axes, "y", layout.names_of(gap.index, called), fontsize=7.5)
        if len(tables) > 1:
            layout.title(drawing, axes, panel)
        largest = str(gap.iloc[0].idxmax())
        sentences.append(
            FIGURES["contributions_alt"].format(
                panel=panel,
                unit=layout.names_of(gap.index[:1], names)[0],
                score=decimal(totals[panel][gap.index[0]], digits),
                node=nodes[largest],
                part=decimal(gap.iloc[0].max(), digits),
            )
        )
    texts = [layout.shortened(nodes[code]) for code in numbers]
    heads = [Text(f"{place} {text.zh}", f"{place} {text.en}") for place, text in enumerate(texts, 1)]
    heads.append(FIGURES["sum_and_score"])
    legend = drawing.legend(
        [Line2D([], [], linestyle="none") for _ in heads], [" "] * len(heads), loc="outside upper left",
        ncols=min(3, len(heads)), fontsize=7.5, handlelength=0, handletextpad=0,
    )  # fmt: skip
    layout.write_legend(drawing, legend, heads)
    spreads = pd.concat([gap.max() - gap.min() for gap in gaps.values()])
    drawing.finds(FINDINGS["contributions"], node=layout.shortened(nodes[str(spreads.idxmax())]))
    drawing.heat = True
    drawing.alt = run_on(sentences)
    return drawing


def _across(gaps: Mapping[Text, pd.DataFrame], names: pd.DataFrame, number: str) -> int:
    """Return how many panels stand side by side: one where half a page has no room for a number in each cell."""
    texts = [text for gap in gaps.values() for text in layout.names_of(gap.index, names)]
    longest = max(width_of(word) for text in texts for word in text) * 7.5 / 72
    cells = max(gap.shape[1] for gap in gaps.values()) + 1.4  # the last are the sum and the score
    return 2 if (layout.WIDE / 2 - longest - 0.2) / cells > (width_of(number) + 0.5) * layout.SMALLEST / 72 else 1


def _draw_gaps(axes: Axes, gap: pd.DataFrame, totals: pd.Series, scale: tuple[float, int], size: int) -> None:
    """Draw the gaps of a group as cells with their numbers, and the sum of each row with the score."""
    (top, digits), values = scale, gap.to_numpy()
    axes.imshow(values, cmap=layout.signed_shares(), vmin=-top, vmax=top, aspect="auto", interpolation="none")
    for (line, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            ink = theme.PAPER if abs(value) > 0.75 * top else theme.INK
            axes.text(
                column, line, signed(value, digits), ha="center", va="center", fontsize=layout.SMALLEST, color=ink
            )
    for line, unit in enumerate(gap.index):
        words = f"{signed(values[line][~np.isnan(values[line])].sum(), digits)}  ({decimal(totals[unit], digits)})"
        axes.text(values.shape[1] - 0.4, line, words, va="center", fontsize=layout.SMALLEST, color=theme.INK)
    axes.set_xlim(-0.5, values.shape[1] + 0.9)
    axes.set_ylim(size - 0.5, -0.5)
    axes.set_yticks(range(len(gap)))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, labelbottom=False, labeltop=True)
