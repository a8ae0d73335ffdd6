"""The report's figures of single units: their scores on each pillar, and what makes up their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency import plot as pictures
from govtransparency.arguments import Arguments
from govtransparency.plot import layout, theme
from govtransparency.ranking import rank
from govtransparency.texts.bilingual import Text, run_on
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

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
        len(tables), columns=2, width=7.4 if len(tables) > 1 else 5.2, heights=0.75 + 0.34 * pillars
    )
    sentences = []
    for (panel, table), axes in zip(tables.items(), panels, strict=True):
        unit = units[panel]
        (text,) = layout.names_of([unit], names)
        scores = table.dropna(how="all")
        pictures.unit_profile(table, unit, names=names, nodes=nodes, ax=axes)
        layout.title(drawing, axes, Text(*map("\n".join, zip(panel, text, strict=True))) if len(tables) > 1 else text)
        standing = scores.apply(rank).loc[unit].dropna()
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
    drawing.alt = run_on(sentences)
    return drawing


@theme.style()
def contributions(
    tables: Mapping[Text, pd.DataFrame], names: pd.DataFrame, nodes: Mapping[str, Text], *, first: int = 10
) -> Drawing:
    """Draw the scores of the first units as bars, divided into the contributions of the pillars.

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

    Raises
    ------
    InputError
        For a number of units that is not a whole number of at least 1.
    """
    with Arguments("contributions") as check:
        check.count("first", first)
    shown = {
        panel: table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:first]]
        for panel, table in tables.items()
    }
    size = max(len(table) for table in shown.values())
    drawing, panels = layout.drawing_with_panels(
        len(shown), columns=2, width=7.4 if len(shown) > 1 else 5.2, heights=0.55 + 1.15 * layout.ROW * size
    )
    sentences: list[Text] = []
    handles: dict[str, Any] = {}
    for (panel, table), axes in zip(shown.items(), panels, strict=True):
        pictures.contributions(table, first=first, names=names, nodes=nodes, ax=axes)
        axes.set_ylim(size - 0.5, -0.5)
        for bars in axes.containers:
            handles.setdefault(str(bars.get_label()), bars)
        if len(shown) > 1:
            layout.title(drawing, axes, panel)
        largest = str(table.iloc[0].idxmax())
        sentences.append(
            FIGURES["contributions_alt"].format(
                panel=panel,
                unit=layout.names_of(table.index[:1], names)[0],
                score=f"{table.iloc[0].sum():.1f}",
                node=nodes[largest],
                part=f"{table.iloc[0].max():.1f}",
            )
        )
    legend = drawing.legend(
        list(handles.values()), [" "] * len(handles), loc="outside upper left", ncols=min(3, len(handles)),
        fontsize=7.5, handlelength=1.2, handleheight=1.0,
    )  # fmt: skip
    layout.write_legend(drawing, legend, [nodes[code] for code in handles])
    drawing.alt = run_on(sentences)
    return drawing
