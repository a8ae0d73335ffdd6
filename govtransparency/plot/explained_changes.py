"""What explains the change of scores or ranks: one unit's parts one after the other, or those of several units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import SMALL, Data, check_canvas, check_named, drawn_on
from govtransparency.plot.chosen_units import chosen_rows, write_units
from govtransparency.plot.unit_parts import stacked_bars
from govtransparency.texts.bilingual import Language, Text, as_text, decimal
from govtransparency.texts.figure_words import FIGURES, TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.plot.layout import Names, Status

__all__ = ["change_explained"]


def change_explained(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Any,
    *,
    unit: Any = None,
    first: int = 15,
    names: Names = None,
    sources: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw what a change is made of: the parts of one unit step by step, or those of the units that change most.

    Parameters
    ----------
    result : DataFrame or what explains a change
        One row per unit and part: the columns unit, source (what the part is due to) and change. Or a table indexed by
        unit, or a value whose `scores` is one, with before, after, change and a column for each part. The parts of a
        unit add up to its change.
    unit : unit, optional
        Whose parts are drawn; by default those of all units, or of the only one.
    first : int
        The number of units that are drawn: those that change most.
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
        For a table without these columns, an unknown unit, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> parts = pd.DataFrame({"unit": "X", "source": ["values", "weights"], "change": [3.0, -1.0]})
    >>> gt.plot.change_explained(parts).get_title(loc="left")
    'Why X changes by +2.0'
    """
    with Arguments("plot.change_explained") as check:
        table = _tidy(result)
        if not isinstance(table, pd.DataFrame) or not {"unit", "source", "change"} <= set(table) or table.empty:
            check.expect("result", result, problems.CHANGES)
        else:
            check.series("change", table["change"].reset_index(drop=True))
            if unit is not None:
                check.choice("unit", unit, table["unit"].unique())
        first = check.count("first", first)
        data = check_canvas(check, ax, language, title, of=[result], names=names, sources=sources, status=status)
        if not check.problems:
            check_named(check, names, table["unit"].unique())
    parts = table.pivot_table(index="unit", columns="source", values="change", aggfunc="sum", sort=False)
    parts = parts.loc[:, (parts != 0).any()] if (parts != 0).any(axis=None) else parts
    known = layout.known_names(sources)
    texts = [as_text(known.get(code) or FIGURES.get(f"due_to_{code}") or str(code)) for code in parts]
    if unit is None and len(parts) == 1:
        unit = parts.index[0]
    if unit is not None:
        return _one(parts.loc[unit].fillna(0), layout.names_of([unit], names)[0], texts, (ax, language, title), data)
    order = parts.sum(axis=1).abs().sort_values(ascending=False, kind="stable").index
    with drawn_on(ax, language, width=6.4, height=0.3 + layout.height_of(min(first, len(order)))) as on:
        rows = chosen_rows(order, on, (), most=first, last=False)
        shown = parts.reindex(rows.labels).fillna(0)
        bars, _ = stacked_bars(on.axes, shown, 0.72)
        totals = on.axes.plot(
            shown.sum(axis=1), np.arange(len(shown)), "D", color=theme.INK, markersize=4,
            markeredgecolor=theme.PAPER, zorder=4,
        )  # fmt: skip
        on.axes.axvline(0, color=theme.INK, linewidth=0.8)
        write_units(on, rows, names)
        on.axes.spines["left"].set_visible(False)
        on.axes.grid(axis="x")
        on.say(on.axes.set_xlabel, *FIGURES["change"])
        on.legend([*bars, *totals], [*map(layout.shortened, texts), FIGURES["total"]])
        on.head(title, TITLES["changes"], *rows.said, data=data)
    return on.axes


def _tidy(result: Any) -> Any:
    """Return one row per unit and part of a table of scores before and after, the parts beside their change."""
    scores = getattr(result, "scores", result)
    if isinstance(scores, pd.DataFrame) and {"before", "after", "change"} <= set(scores):
        parts = scores.drop(columns=["before", "after", "change"]).rename_axis(index="unit", columns="source")
        return parts.stack().rename("change").reset_index()
    return result


def _one(
    parts: pd.Series,
    name: Text,
    texts: list[Text],
    where: tuple[Axes | None, Language, str | None],
    data: Data,
) -> Axes:
    """Draw the parts of one unit as steps from no change to the whole change."""
    ax, language, title = where
    ends = parts.cumsum().to_numpy()
    starts = ends - parts.to_numpy()
    total = float(ends[-1])
    digits = layout.digits_of(parts)
    with drawn_on(ax, language, width=5.6, height=1.1 + 0.26 * (len(parts) + 1)) as on:
        axes, lines = on.axes, np.arange(len(parts) + 1)
        widths = np.append(parts.to_numpy(), total)
        left = np.append(starts, 0.0)
        colours = [theme.BEST if width >= 0 else theme.ACCENT for width in widths[:-1]]
        axes.barh(lines, widths, left=left, height=0.66, color=[*colours, theme.INK])
        for line, bar in enumerate(axes.patches[-len(lines) :]):
            if widths[line] < 0 and line < len(parts):
                bar.set_hatch("////")
            bar.set_edgecolor(theme.PAPER)
        axes.plot(
            np.ravel([[end, end, np.nan] for end in ends]),
            np.ravel([[line, line + 1, np.nan] for line in lines[:-1]]),
            color=theme.MUTED, linewidth=0.7,
        )  # fmt: skip
        axes.axvline(0, color=theme.INK, linewidth=0.8)
        room = 0.16 * (max(0.0, *ends, *starts) - min(0.0, *ends, *starts) or 1.0)
        axes.set_xlim(min(0.0, *ends) - room, max(0.0, *ends) + room)
        for line, width in enumerate(widths):  # right of the bars: the lines to the next bar are at the other side
            axes.annotate(
                signed(width, digits), (max(left[line], left[line] + width), line), (4, 0), zorder=3,
                textcoords="offset points", va="center", fontsize=SMALL, bbox=theme.BEHIND,
            )  # fmt: skip
        axes.set_ylim(len(lines) - 0.4, -0.6)
        axes.set_yticks(lines)
        layout.write_labels(on, axes, "y", [*map(layout.shortened, texts), FIGURES["total"]], fontsize=SMALL)
        axes.spines["left"].set_visible(False)
        on.say(axes.set_xlabel, *FIGURES["change"])
        on.head(title, TITLES["change"].format(unit=name, change=signed(total, digits)), data=data)
    return on.axes


def signed(value: float, digits: int = 1) -> str:
    """Return a change with its sign, a number of decimals, a true minus.

    Examples
    --------
    >>> signed(-0.04), signed(2)
    ('0.0', '+2.0')
    """
    text = decimal(abs(value), digits)
    return text if not float(text) else ("+" if value > 0 else "\u2212") + text
