"""The framework as a tree, with the weight of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.framework import Framework
from govtransparency.index import Index
from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import Canvas, check_canvas, drawn_on
from govtransparency.recipe import Recipe
from govtransparency.texts.figure_words import TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govtransparency.plot.layout import Status
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["framework", "lowest_with_room"]


MOST = 160  # nodes of the lowest level that are drawn


def framework(
    result: Framework | Recipe | Index,
    *,
    averaged: Framework | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the tree from the index to its indicators, with the weight of each node within its parent.

    Bars and percentages at the ends are effective weights. Where there is no room for the indicators, the tree ends at
    the lowest pillars that have room.

    Parameters
    ----------
    result : Framework, Recipe or Index
    averaged : Framework, optional
        The tree as it is averaged (`Recipe.averaged`), if that differs: it gives the effective weights, and a node that
        it lacks has no weight. Of a recipe or an index, its own.
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
    >>> tree = gt.Framework([gt.Node("index", ""), gt.Node("a", "index", weight=2), gt.Node("b", "index")])
    >>> gt.plot.framework(tree).get_title(loc="left")
    'Framework of 2 indicators with effective weights'
    """
    with Arguments("plot.framework") as check:
        if not isinstance(result, (Framework, Recipe, Index)):
            check.expect("result", result, problems.TREE)
        if averaged is not None:
            check.instance("averaged", averaged, Framework)
        data = check_canvas(check, ax, language, title, of=[result], status=status)
    recipe = result.recipe if isinstance(result, Index) else result
    tree = recipe if isinstance(recipe, Framework) else recipe.framework
    counted = averaged or (tree if isinstance(recipe, Framework) else recipe.averaged)
    shares = {code: float(share) for code, share in counted.effective_weights.items()}
    for code in (*tree.pillars, ROOT):
        shares[code] = sum(shares.get(leaf, 0.0) for leaf in tree.leaves[code])
    with drawn_on(ax, language, width=7.4, height=0.75 + layout.ROW * min(MOST, max(len(tree.indicators), 4))) as on:
        ends = lowest_with_room(tree, layout.ROWS if on.shared else on.rows(len(tree.indicators), most=MOST))
        _draw(on, tree, ends, shares, counted)
        heading = TITLES["framework"].format(count=len(tree.indicators))
        left = len(tree.indicators) - sum(code in tree.indicators for code in ends)
        on.head(title, heading, *([TITLES["framework_cut"].format(count=left)] if left else []), data=data)
    return on.axes


def lowest_with_room(tree: Framework, room: int) -> list[str]:
    """Return the nodes at which the drawing ends: those of the lowest level there is room for."""
    level = [ROOT]
    while True:
        below = [child for code in level for child in (tree.children(code) or (code,))]
        if below == level or len(below) > max(room, len(tree.children(ROOT))):
            return level
        level = below


def _draw(on: Canvas, tree: Framework, ends: list[str], shares: dict[str, float], counted: Framework) -> None:
    """Draw lines, bars and names."""
    axes, names = on.axes, node_names(tree)
    height = {code: float(line) for line, code in enumerate(ends)}
    lines, above = dict.fromkeys(ends, 1), []
    for code in (*tree.pillars, ROOT):
        below = tree.children(code)
        if code not in height and all(child in height for child in below):
            above.append(code)
            height[code] = float(np.mean([height[child] for child in below]))
            lines[code] = sum(lines[child] for child in below)
    depth = {ROOT: 0}
    for code in reversed(above):
        depth.update(dict.fromkeys(tree.children(code), depth[code] + 1))
    deepest = max(depth.values())
    level = 72 * on.room()[0] / (deepest + 2.15)  # points
    bars = 0.55 / max(shares[code] for code in ends if code in shares)
    wide = 30.0 if on.shared or on.own else max(5.0, (1.5 * level - 30) / layout.SMALLEST)
    for code in depth:
        last = code in ends
        x = float(deepest if last else depth[code])
        if code != ROOT:
            start, parent = depth[tree.parent(code)], height[tree.parent(code)]
            axes.plot([start + 0.02, start + 0.55, x - 0.03], [parent, height[code], height[code]],
                      color=theme.GRID, linewidth=0.9, zorder=1)  # fmt: skip
        if last:
            share = shares.get(code, 0.0)
            axes.barh(height[code], bars * share, left=x, height=0.55, color=theme.BEST)
            label = axes.text(x + bars * share + 0.03, height[code], " ", va="center", fontsize=layout.SMALLEST)
            on.say(label.set_text, *(f"{share:.1%}  {name}" for name in layout.shortened(names[code], wide)))
        else:
            box = {"facecolor": theme.PAPER, "edgecolor": theme.MUTED, "linewidth": 0.6, "boxstyle": "round,pad=0.25"}
            label = axes.text(x, height[code], " ", va="center", ha="left", fontsize=7.2, bbox=box, zorder=3)
            share_of = f" {tree.weights[code]:.0%}" if code in counted.weights and code != ROOT else ""
            words = _folded(names[code], lines[code], on, (level - 32) / 7.2)
            on.say(label.set_text, *(f"{word}{share_of}" for word in words))
    axes.set_xlim(-0.05, deepest + 2.1)
    axes.set_ylim(max(len(ends), 4) - 0.4, -0.6)
    axes.set_axis_off()


def _folded(name: Text, lines: int, on: Canvas, width: float) -> Text:
    """Break the name of a pillar into as many lines as it has rows; on given axes no wider than a level."""
    if on.shared:
        return layout.folded(name, en=16)
    width = 9.0 if on.own else min(9.0, max(3.0, width))
    folded = layout.folded(name, zh=int(width), en=int(16 * width / 9))
    if max(words.count("\n") for words in folded) < lines:
        return folded
    return layout.shortened(name, width)
