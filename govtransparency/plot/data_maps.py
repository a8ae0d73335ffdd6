"""What is known of the data: which cells have a value, how each indicator is distributed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import Canvas, check_canvas, check_framework, check_named, check_values, drawn_on
from govtransparency.plot.unit_parts import node_texts
from govtransparency.texts.figure_words import FIGURES, TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from govtransparency.framework import Framework
    from govtransparency.plot.layout import Names, Status
    from govtransparency.texts.bilingual import Language, Text

__all__ = ["STATES", "STATE_COLOURS", "distribution", "missing_map", "places_between", "scale_ends"]


BINS, LEVELS = 20, 24  # of a small histogram
STATES = ("observed", "not_applicable", "missing")
STATE_COLOURS = ("#d3e3ee", "#dfae4a", "#9c3318")  # not of the palette: pixels do not turn dark with the page
SINGLE = 400  # units that have a column each
NAMED = 40  # units whose names stand beneath their columns
LINE = 0.155  # inches of a row


def missing_map(
    result: Index | pd.DataFrame,
    *,
    names: Names = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw which cells have a value: one row per indicator, one column per unit, the units that lack most at the right.

    More than 400 units are drawn as shares, one bar per indicator.

    Parameters
    ----------
    result : Index or DataFrame, units x indicators
        Values, NaN where missing; or the texts observed, not_applicable and missing. Of an index its raw values.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
        Shown for up to 40 units.
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
    >>> table = pd.DataFrame({"a": [1.0, None], "b": [2.0, 3.0]}, index=["X", "Y"])
    >>> gt.plot.missing_map(table).get_title(loc="left")
    '75.0% of 2 \u00d7 2 cells have a value'
    """
    with Arguments("plot.missing_map") as check:
        states = _states(check, result)
        data = check_canvas(check, ax, language, title, of=[result], names=names, nodes=nodes, status=status)
        check_named(check, names, states.index)
    codes = list(states)
    states = states.loc[(states > 0).sum(axis=1).sort_values(kind="stable").index]
    with drawn_on(ax, language, width=6.8, height=1.5 + LINE * max(len(codes), 3)) as on:
        binned = len(states) > SINGLE and not on.shared
        handles = _shares_of_states(on, states) if binned else _cells(on, states)
        share = _share_text(float((states == 0).to_numpy().mean()))
        said = [TITLES["cells"].format(share=share, units=f"{len(states):,}", indicators=len(codes))]
        said += [TITLES["cells_binned"]] if binned else []
        there = [place for place in range(3) if (states == place).any(axis=None)]
        if not on.shared:
            _row_labels(on, codes, node_texts(result, codes, nodes))
            if not binned and len(states) <= NAMED:
                _unit_columns(on, states.index, names)
            on.legend([handles[place] for place in there], [FIGURES[STATES[place]] for place in there])
        on.head(title, *said, data=data)
    return on.axes


def _share_text(share: float) -> str:
    """Return a share in per cent, with as many decimals as tell it from none and from all."""
    decimals = 1
    while 0 < share < 1 and float(f"{100 * share:.{decimals}f}") in (0, 100):
        decimals += 1
    return f"{share:.{decimals}%}"


def _states(check: Arguments, result: Any) -> pd.DataFrame:
    """Return the place in `STATES` of each cell."""
    if isinstance(result, Index):
        gone = result.raw.isna().to_numpy()
        states = np.where(gone, np.where(result.not_applicable.to_numpy(), 1, 2), 0)
        return pd.DataFrame(states, index=result.raw.index, columns=result.raw.columns)
    if not isinstance(result, pd.DataFrame) or result.empty:
        check.expect("result", result, problems.VALUES)
        return pd.DataFrame()
    if result.isin(STATES).all(axis=None):
        return result.replace(dict(zip(STATES, range(3), strict=True))).astype(int)
    return result.isna().astype(int) * 2


def _cells(on: Canvas, states: pd.DataFrame) -> list[Any]:
    """Draw a column for each unit."""
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    on.axes.imshow(
        states.to_numpy().T, cmap=ListedColormap(STATE_COLOURS), vmin=-0.5, vmax=2.5, aspect="auto",
        interpolation="none",
    )  # fmt: skip
    on.axes.spines[:].set_visible(False)
    on.axes.set_xticks([])
    on.say(on.axes.set_xlabel, *FIGURES["units"].format(count=f"{len(states):,}"))
    patches = [Patch(color=colour) for colour in STATE_COLOURS]
    columns, rows = np.nonzero(states.to_numpy() == 1)
    if not on.shared and len(rows):  # in grey too
        on.axes.plot(columns, rows, ".", color=theme.INK, markersize=2.5, markeredgewidth=0)
        patches[1] = Patch(facecolor=STATE_COLOURS[1], edgecolor=theme.INK, linewidth=0, hatch="..")
    return patches


def _shares_of_states(on: Canvas, states: pd.DataFrame) -> list[Any]:
    """Draw the share of each state as a bar for each indicator."""
    left, handles = np.zeros(states.shape[1]), []
    for place, colour in enumerate(STATE_COLOURS):
        share = (states == place).mean().to_numpy()
        handles.append(
            on.axes.barh(
                np.arange(len(left)), share, left=left, height=0.85, color=colour, edgecolor=theme.INK, linewidth=0,
                hatch=".." if STATES[place] == "not_applicable" else None,
            )
        )  # fmt: skip
        left = left + share
    on.axes.set_xlim(0, 1)
    on.axes.set_ylim(len(left) - 0.5, -0.5)
    on.axes.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    on.axes.spines[:].set_visible(False)
    on.say(on.axes.set_xlabel, *FIGURES["units"].format(count=f"{len(states):,}"))
    return handles


def _unit_columns(on: Canvas, units: pd.Index, names: Names) -> None:
    """Write the names of the units upright beneath their columns, if the columns are wide enough."""
    if on.room()[0] / len(units) < 0.13:
        return
    on.axes.set_xticks(range(len(units)))
    texts = [layout.shortened(text, 10) for text in layout.names_of(units, names)]
    layout.write_labels(on, on.axes, "x", texts, fontsize=layout.SMALLEST, rotation=90)
    on.axes.tick_params(axis="x", length=0)
    on.axes.set_xlabel("")


def _row_labels(on: Canvas, codes: list[Any], texts: list[Text]) -> None:
    """Write the names of the indicators at their rows; of rows too narrow for that, of every second, third ..."""
    step = max(1, int(np.ceil(0.125 * len(codes) / on.room()[1])))
    on.axes.set_yticks(range(0, len(codes), step))
    layout.write_labels(
        on, on.axes, "y", [layout.shortened(text, most=30) for text in texts[::step]], fontsize=layout.SMALLEST
    )


def distribution(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Index | pd.DataFrame,
    *,
    unit: Any = None,
    framework: Framework | None = None,
    ends: tuple[pd.Series, pd.Series] | None = None,
    names: Names = None,
    nodes: Mapping[str, Text | str] | pd.Series | None = None,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw a small histogram of each column, from its worst or lowest value at the left, with the median.

    Parameters
    ----------
    result : Index or DataFrame, units x indicators
        Of an index, the scores of the index and of its children, from 0 to 1 or from 0 to 100 where all lie there. Of a
        table, its columns.
    unit : unit, optional
        Its values are marked.
    framework : Framework, optional
        Of a table: its goalposts are the ends of the scale, and its directions say which end is the worst.
    ends : pair of Series, optional
        The worst and the best value of each column; by default by the framework, else the extremes, which are called
        the lowest and the highest, because nothing says which is better.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, optional
    nodes : mapping or Series of code to name, optional
    ax, language, title, status
        As in `ranks`.

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
    >>> table = pd.DataFrame({"a": [1.0, 4.0, 9.0], "b": [2.0, 3.0, 5.0]}, index=["X", "Y", "Z"])
    >>> gt.plot.distribution(table, unit="Y").get_title(loc="left")
    'Distribution of 2 nodes over 3 units'
    """
    with Arguments("plot.distribution") as check:
        table = _distributed(check, result)
        check_framework(check, framework, table)
        if ends is not None and not (
            isinstance(ends, tuple)
            and len(ends) == 2
            and all(isinstance(end, pd.Series) and set(table) <= set(end.index) for end in ends)
        ):
            check.expect("ends", ends, problems.ENDS)
        data = check_canvas(check, ax, language, title, of=[result], names=names, nodes=nodes, status=status)
        check_named(check, names, table.index)
        if not check.problems and unit is not None:
            check.choice("unit", unit, table.index)
    low, high = ends or _ends(result, table, framework)
    codes = list(table)
    places = places_between(table, low, high)
    with drawn_on(ax, language, width=5.8, height=1.4 + LINE * 1.35 * max(len(codes), 3)) as on:
        medians = _histograms(on.axes, places)
        axes = on.axes
        strokes = [[value, value, np.nan] for value in medians.values()]
        heights = [[line - 0.45, line + 0.4, np.nan] for line, code in enumerate(codes) if code in medians]
        axes.plot(np.ravel(strokes), np.ravel(heights), color=theme.PAPER, linewidth=3.4)  # in grey too
        (median,) = axes.plot(np.ravel(strokes), np.ravel(heights), color=theme.ACCENT, linewidth=1.4)
        axes.hlines(np.arange(len(codes)) + 0.45, 0, 1, color=theme.GRID, linewidth=0.5)
        axes.spines[:].set_visible(False)
        axes.set_xlim(-0.01, 1.01)
        axes.set_xticks([0, 1])
        marks = [(median, FIGURES["median"])]
        if unit is not None:
            own = places.loc[unit]
            (dots,) = axes.plot(own, np.arange(len(codes)), "D", color=theme.INK, markersize=4,
                                markeredgecolor=theme.PAPER)  # fmt: skip
            marks.append((dots, layout.names_of([unit], names)[0]))
        directed = isinstance(result, Index) or framework is not None or ends is not None
        words = [FIGURES[end] for end in (("worst", "best") if directed else ("lowest", "highest"))]
        layout.write_labels(on, axes, "x", words, fontsize=layout.SMALLEST)
        left, right = axes.get_xticklabels()
        left.set_horizontalalignment("left")
        right.set_horizontalalignment("right")
        axes.set_ylim(len(codes) - 0.45, -0.55)
        if not on.shared:
            _row_labels(on, codes, node_texts(result, codes, nodes, framework))
        on.legend(*map(list, zip(*marks, strict=True)))
        count = places.notna().any(axis=1).sum()
        on.head(title, TITLES["distribution"].format(nodes=len(codes), count=f"{count:,}"), data=data)
    return on.axes


def _distributed(check: Arguments, result: Any) -> pd.DataFrame:
    if isinstance(result, Index):
        return result.scores[[ROOT, *result.recipe.framework.children(ROOT)]]
    if not isinstance(result, pd.DataFrame) or result.empty:
        check.expect("result", result, problems.VALUES)
        return pd.DataFrame()
    return check_values(check, "result", result)


def _ends(result: Any, table: pd.DataFrame, framework: Framework | None) -> tuple[pd.Series, pd.Series]:
    """Return the worst and the best value of each column."""
    low, high = table.min(), table.max()
    if isinstance(result, Index) and low.min() >= 0 and high.max() <= 100:
        return low * 0, low * 0 + (1 if high.max() <= 1 else 100)
    if framework is None:
        return low, high
    return scale_ends([table], framework)


def scale_ends(tables: list[pd.DataFrame], framework: Framework) -> tuple[pd.Series, pd.Series]:
    """Return the worst and the best value of each indicator: its goalposts, else the extremes of all the tables."""
    pooled = pd.concat(tables)
    turned = framework.directions < 0
    worst = framework.goalposts["worst"].fillna(pooled.min().where(~turned, pooled.max()))
    best = framework.goalposts["best"].fillna(pooled.max().where(~turned, pooled.min()))
    return worst, best


def places_between(table: pd.DataFrame, low: pd.Series, high: pd.Series) -> pd.DataFrame:
    """Return where each value lies on the way from the worst to the best of its column, 0 to 1; at 0 if they agree."""
    span = (high - low)[list(table)]
    return ((table - low[list(table)]) / span.where(span != 0, 1)).clip(0, 1)


def _histograms(axes: Axes, places: pd.DataFrame) -> dict[Any, float]:
    """Draw the histograms of places between the ends, 0 to 1, as one image and return each median."""
    from matplotlib.colors import to_rgba

    medians = {}
    bars = np.zeros((places.shape[1] * LEVELS, BINS))
    for line, code in enumerate(places):
        place = places[code].dropna()
        counts, _ = np.histogram(place, bins=BINS, range=(0, 1))
        tall = np.ceil(counts / max(counts.max(), 1) * (LEVELS - 3))
        bars[line * LEVELS : (line + 1) * LEVELS] = np.arange(LEVELS, 0, -1)[:, None] <= tall
        if len(place):
            medians[code] = float(place.median())
    axes.imshow(
        np.where(bars[..., None] > 0, to_rgba(theme.BEST), (0, 0, 0, 0)), aspect="auto", interpolation="none",
        extent=(0, 1, places.shape[1] - 0.55, -0.55),
    )  # fmt: skip
    return medians
