"""What a ranking depends on: the weight of a pillar, the room of each weight, the sources of uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import SMALL, check_canvas, check_named, drawn_on
from govtransparency.plot.unit_parts import node_texts
from govtransparency.robustness import Sensitivity
from govtransparency.robustness import weight_stability as stability_of
from govtransparency.robustness.thresholds.weight_paths import weight_paths
from govtransparency.texts.bilingual import Language, Text, as_text
from govtransparency.texts.figure_words import FIGURES, TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from govtransparency.plot.layout import Names, Status

__all__ = ["sobol_shares", "weight_sensitivity", "weight_stability"]


LEADING = 6  # units of an index
ROOM_FOR_TICK = 0.15  # of the width: nearer to the end, the label of the weight would lie over that of the end


def weight_sensitivity(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Index | pd.DataFrame,
    node: str | None = None,
    *,
    first: int | None = None,
    weight: float | None = None,
    names: Names = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the scores of the leading units as the weight of one pillar goes from 0 to 1, the others in proportion.

    Where two lines cross, the two units change places.

    Parameters
    ----------
    result : Index or DataFrame
        A table has the column weight, 0 to 1, and one column of scores per unit.
    node : str, optional
        The child of the index whose weight changes; of an index, by default the one of the greatest weight.
    first : int, optional
        The number of units: the first of the index, 6 by default; of a table the first columns, all by default.
    weight : float, optional
        The official weight; of an index, its own.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
    nodes : mapping or Series of code to name, optional
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
        For a result of another kind, an unknown node or unit, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index"), gt.Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> axes = gt.plot.weight_sensitivity(gt.build_index(table, gt.Recipe(tree)), "a")
    >>> axes.get_title(loc="left")
    'Scores as the weight of a changes'
    """
    with Arguments("plot.weight_sensitivity") as check:
        if first is not None:
            first = check.count("first", first)
        if weight is not None:
            check.share("weight", weight)
        data = check_canvas(check, ax, language, title, of=[result], names=names, nodes=nodes, status=status)
        if isinstance(result, Index):
            official = result.recipe.averaged.sibling_weights[ROOT]
            node = official.idxmax() if node is None else node
            check.choice("node", node, official.index)
            check.labels("select", select, result.ranks.index)
        elif not isinstance(result, pd.DataFrame) or "weight" not in result or result.shape[1] < 2:
            check.expect("result", result, problems.PATHS)
        else:
            check_named(check, names, _units_of(result))
            check.labels("select", select, _units_of(result))
    if isinstance(result, Index):
        leading = result.ranks.dropna().sort_values(kind="stable").index[: first or LEADING]
        units = list(dict.fromkeys([*leading, *select]))
        path = weight_paths(result, units, steps=21, nodes=[str(node)])
        weight = official[node] if weight is None else weight
    else:
        path = result.sort_values("weight")
        columns = _units_of(result)
        units = list(dict.fromkeys([*columns[:first], *select]))
    (called,) = node_texts(result, [node or FIGURES["weight"].en], nodes)
    with drawn_on(ax, language, width=5.8, height=3.6 + 0.09 * len(units)) as on:
        axes = on.axes
        lines = [
            axes.plot(path["weight"], path[unit], linewidth=1.6, **theme.dashed(place))[0]
            for place, unit in enumerate(units)
        ]
        ticks = {0.0: "0", 1.0: "100%"}
        if weight is not None:
            axes.axvline(weight, color=theme.MUTED, linewidth=0.9, linestyle=(0, (2, 2)))
            ticks = {at: text for at, text in ticks.items() if abs(at - weight) > ROOM_FOR_TICK}
            ticks[weight] = f"{weight:.{0 if weight >= 0.01 else 1}%}"
        axes.set_xlim(0, 1)
        axes.set_xticks(list(ticks), list(ticks.values()), fontsize=layout.SMALLEST)
        if not on.shared:
            on.say(axes.set_ylabel, *FIGURES["score"])
            on.say(axes.set_xlabel, *FIGURES["weight"])
        on.legend(lines, layout.names_of(units, names), handlelength=2.6)
        on.head(title, TITLES["weight_path"].format(node=called), data=data)
    return axes


def _units_of(path: pd.DataFrame) -> pd.Index:
    """Return the units of a table of scores by weight."""
    return path.columns.drop(["pillar", "weight"], errors="ignore")


def weight_stability(
    result: Index | pd.DataFrame,
    *,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the range of each node's weight within which the result does not change, with the official weight.

    Parameters
    ----------
    result : Index or DataFrame, indexed by node
        weight, low, high: shares from 0 to 1; of an index, what keeps its first unit first (`weight_stability`).
    nodes : mapping or Series of code to name, optional
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, an index without exact thresholds, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> stable = pd.DataFrame({"weight": [0.6, 0.4], "low": [0.5, 0.0], "high": [0.7, 1.0]}, index=["a", "b"])
    >>> gt.plot.weight_stability(stable).get_title(loc="left")
    'Weights that change nothing'
    """
    with Arguments("plot.weight_stability") as check:
        table = stability_of(result, "first") if isinstance(result, Index) else result
        if not isinstance(table, pd.DataFrame) or not {"weight", "low", "high"} <= set(table):
            check.expect("result", result, problems.STABLE)
        else:
            check.table("result", table[["weight", "low", "high"]])
        data = check_canvas(check, ax, language, title, of=[result], nodes=nodes, status=status)
    with drawn_on(ax, language, width=5.8, height=1.1 + 0.3 * len(table)) as on:
        axes, lines = on.axes, np.arange(len(table))
        axes.hlines(lines, 0, 1, color=theme.GRID, linewidth=1)
        span = axes.hlines(lines, table["low"], table["high"], color=theme.BEST, linewidth=6)
        (mark,) = axes.plot(
            table["weight"], lines, "D", color=theme.ACCENT, markersize=4.5, markeredgecolor=theme.PAPER, zorder=3
        )
        axes.set_xlim(-0.01, 1.01)
        axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_yticks(lines)
        texts = [layout.folded(text) for text in node_texts(result, list(table.index), nodes)]
        layout.write_labels(on, axes, "y", texts, fontsize=SMALL)
        axes.spines["left"].set_visible(False)
        on.say(axes.set_xlabel, *FIGURES["weight"])
        on.legend([span, mark], [FIGURES["stable"], FIGURES["weight"]])
        first = isinstance(result, Index)
        on.head(title, TITLES["stable_first" if first else "stable"], data=data)
    return axes


def sobol_shares(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Sensitivity | pd.DataFrame,
    *,
    output: str = "average_shift",
    unit: Any = "",
    names: Names = None,
    sources: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw each source's share of the variance with its interval: first order as a dot, total effect as a ring.

    Parameters
    ----------
    result : Sensitivity or DataFrame, indexed by source
        first, first_low, first_high, total, total_low, total_high, as `Sensitivity.of` returns.
    output, unit
        Of a sensitivity analysis, as `Sensitivity.of` takes them.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
    sources : mapping or Series of source to name, optional
    ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind, an output or unit that was not estimated, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> shares = pd.DataFrame(
    ...     {"first": [0.7], "first_low": [0.6], "first_high": [0.8], "total": [0.8], "total_low": [0.7],
    ...      "total_high": [0.9]}, index=["weights"])
    >>> gt.plot.sobol_shares(shares).get_title(loc="left")
    'Sources of the variation of ranks: shares of the variance'
    """
    columns = [f"{kind}{end}" for kind in ("first", "total") for end in ("", "_low", "_high")]
    with Arguments("plot.sobol_shares") as check:
        table = result.of(output, unit) if isinstance(result, Sensitivity) else result  # type: ignore[arg-type]
        if not isinstance(table, pd.DataFrame) or not set(columns) <= set(table):
            check.expect("result", result, problems.SHARES)
        else:
            check.table("result", table[columns])
        data = check_canvas(check, ax, language, title, of=[result], names=names, sources=sources, status=status)
        if isinstance(result, Sensitivity):
            check_named(check, names, (of for _, of in result.columns if of != ""))
    with drawn_on(ax, language, width=6.0, height=1.4 + 0.36 * len(table)) as on:
        axes, lines, marks = on.axes, np.arange(len(table)), []
        for offset, kind, colour, face in (
            (-0.13, "first", theme.BEST, theme.BEST), (0.13, "total", theme.ACCENT, theme.PAPER)
        ):  # fmt: skip
            axes.hlines(lines + offset, table[f"{kind}_low"], table[f"{kind}_high"], color=colour, linewidth=1.3)
            marks += axes.plot(table[kind], lines + offset, "o", color=colour, markerfacecolor=face, markersize=5.5)
        axes.axvline(0, color=theme.MUTED, linewidth=0.7)
        axes.set_xlim(
            np.nanmin([-0.03, table["first_low"].min() - 0.02]), np.nanmax([1.0, table["total_high"].max() + 0.02])
        )
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_yticks(lines)
        known = layout.known_names(sources)
        texts = [layout.shortened(as_text(known.get(code) or _source_text(str(code)))) for code in table.index]
        layout.write_labels(on, axes, "y", texts, fontsize=SMALL)
        axes.grid(axis="x")
        axes.spines["left"].set_visible(False)
        of_one = isinstance(result, Sensitivity) and output != "average_shift"
        on.say(axes.set_xlabel, *FIGURES["share" if of_one else "share_of_variance"])
        on.legend(marks, [FIGURES["first_order"], FIGURES["total_order"]])
        heading = TITLES["sobol"]
        if of_one:
            (called,) = layout.names_of([unit], names)
            heading = TITLES[f"sobol_{output}"].format(unit=called, top=result.top)  # type: ignore[union-attr]
        said = [TITLES["sobol_none"]] if table["total"].isna().all() else []
        on.head(title, heading, *said, data=data)
    return axes


def _source_text(code: str) -> Text:
    """Return what a source is called: the usual ones in either language, others by the name they gave themselves."""
    if code.startswith("weights +-"):
        changed = code.removeprefix("weights +-")
        return Text(f"{FIGURES['weight'].zh}\u00b1{changed}", f"weights \u00b1{changed}")
    return FIGURES.get(f"from_{code}") or as_text(code)
