"""Ranks with their intervals or scores, tiers, and in what share of the draws each rank is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.plot import layout, theme
from govtransparency.plot.canvas import check_canvas, check_named, check_values, drawn_on
from govtransparency.plot.chosen_units import chosen_rows, drawn_of, write_units
from govtransparency.robustness import Ensemble
from govtransparency.texts.figure_words import FIGURES, TITLES
from govtransparency.texts.problems import plot_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from govtransparency.plot.canvas import Canvas
    from govtransparency.plot.layout import Names, Status
    from govtransparency.texts.bilingual import Language

__all__ = ["acceptability", "ranks", "tiers"]


TALL = 45  # rows
CELLS = 400  # ranks that have a cell each
SCALES = (0.05, 0.1, 0.2, 0.5, 1.0)  # where the colours of probabilities may end


def ranks(  # noqa: PLR0913 (options of a public function, by keyword)
    result: Index | Ensemble | pd.DataFrame,
    *,
    names: Names = None,
    select: Sequence[Any] = (),
    places: tuple[int, int] | None = None,
    level: float = 0.90,
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw each unit's rank with its interval, or its score where there are no intervals, the best at the top.

    Parameters
    ----------
    result : Index, Ensemble or DataFrame indexed by unit
        Of an index the scores, of an ensemble the ranks and their intervals. A table has the columns rank; low and
        high, or score; and, where bands are to show the tiers, tier. Units without a rank are left out, and counted in
        the title.
    names : mapping or Series of unit to name, or DataFrame with name_zh and name_en, or Edition, optional
        What the units are called; a long name is shortened.
    select : sequence of unit
        Units that are drawn in any case. More units than there is room for leave the first, the last and these.
    places : pair of int, optional
        Draw the units from the first to the second of these places only, both included, as one column of several, and
        those of `select`.
    level : float
        Of an ensemble's intervals.
    ax : Axes, optional
        Where to draw; by default a figure of its own, ``.figure`` of the result.
    language : {"en", "zh"}
    title : str, optional
        Instead of what the figure is called; ``""`` for none. What was left out, and the status, stand under it.
    status : str, Edition or several of them, optional
        What the figures are: "official", "published", "third-party", "self-reported", "own" or "simulated", or that of
        an edition. By default that of `names` if they are an edition.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a result of another kind or without these columns, unknown units, and other bad arguments.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index, plot
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> axes = plot.ranks(build_index(table, Recipe(tree)))
    >>> axes.get_title(loc="left"), axes.get_yticklabels()[0].get_text()
    ('Scores and ranks of 3 units', '1. X')
    """
    with Arguments("plot.ranks") as check:
        table = _rank_table(check, result, level)
        if places is not None:
            check.rising("places", places, problems.PLACES, count=2, low=1)
        data = check_canvas(check, ax, language, title, of=[result], names=names, status=status)
        if not check.problems:
            check_named(check, names, table.index)
            check_values(check, "result", table)
            if table["rank"].isna().all():
                check.refuse(problems.NOTHING.format(name="result"))
            check.labels("select", select, table.index)
    ranked = table.dropna(subset="rank").sort_values("rank", kind="stable")
    intervals = {"low", "high"} <= set(ranked)
    if places is None:
        seen = ranked
    else:
        place = np.arange(1, len(ranked) + 1)
        within = (int(places[0]) <= place) & (place <= int(places[1]))
        seen = ranked[within | ranked.index.isin(list(select))]
    with drawn_on(ax, language, width=5.6, height=layout.height_of(drawn_of(len(seen)))) as on:
        rows = chosen_rows(seen.index, on, select)
        part = ranked.reindex(rows.labels)
        lines = np.arange(len(part))
        if "tier" in part and not on.shared:
            _bands(on, part["tier"], {})
        if intervals:
            first = np.floor(seen["low"].min())
            if not on.shared:  # from the name to the interval
                on.axes.hlines(lines, first - 0.5, part["low"] - 0.25, color=theme.GRID, linewidth=0.6)
            on.axes.hlines(lines, part["low"] - 0.25, part["high"] + 0.25, color=theme.SOFT, linewidth=4.5)
            on.axes.plot(part["rank"], lines, "o", color=theme.INK, markersize=3.4, clip_on=False)
            layout.rank_axis(on, on.axes, np.ceil(seen["high"].max()), first=first)
        else:
            on.axes.hlines(lines, ranked["score"].min(), part["score"], color=theme.GRID, linewidth=1)
            on.axes.plot(part["score"], lines, "o", color=theme.BEST, markersize=4, clip_on=False)
            _score_axis(on, ranked["score"])
        write_units(on, rows, names, numbers=part["rank"])
        _repeat_axis(on, len(part))
        unranked = len(table) - len(ranked)
        heading = TITLES["ranks" if intervals else "scores"].format(count=f"{len(ranked):,}")
        if isinstance(result, Ensemble):
            heading = TITLES["intervals"].format(level=f"{level:.0%}", count=f"{len(ranked):,}")
        said = [*rows.said, *([TITLES["unranked"].format(count=unranked)] if unranked else [])]
        said += [TITLES["bands"]] if "tier" in part else []
        on.head(title, heading, *said, data=data)
    return on.axes


def _rank_table(check: Arguments, result: Any, level: Any) -> pd.DataFrame:
    """Return rank with low and high or score, of any of the results that have them."""
    check.level("level", level)
    if isinstance(result, Ensemble):
        return pd.DataFrame() if check.problems else result.intervals(level)
    if isinstance(result, Index):
        return pd.DataFrame({"rank": result.ranks, "score": result.scores[ROOT]})
    columns = getattr(result, "columns", ())
    if not isinstance(result, pd.DataFrame) or "rank" not in columns or not (
        {"low", "high"} <= set(columns) or "score" in columns
    ):  # fmt: skip
        check.expect("result", result, problems.RANKS)
        return pd.DataFrame()
    used = [column for column in ("rank", "low", "high", "score", "tier") if column in columns]
    return check.table("result", result[used])


def _repeat_axis(on: Canvas, count: int) -> None:
    """Repeat the numbers of the axis under more rows than one sees at once."""
    if count > TALL and not on.shared:
        on.axes.tick_params(axis="x", labelbottom=True)


def _score_axis(on: Canvas, scores: pd.Series) -> None:
    room = (scores.max() - scores.min()) * 0.04 or 1.0
    on.axes.set_xlim(scores.min() - room, scores.max() + room)
    layout.top_axis(on.axes)
    on.say(on.axes.set_xlabel, *FIGURES["score"])


def tiers(
    table: pd.DataFrame,
    *,
    names: Names = None,
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw the units in their tiers, each tier a band, with the interval of each rank and without places.

    Parameters
    ----------
    table : DataFrame, indexed by unit
        tier, 1 the best; low and high, the ends of the rank's interval; rank, which only orders units within a tier.
    names, select, ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a table without these columns, unknown units, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0, "D": 40.0})
    >>> sets = gt.rank_confidence_sets(scores, pd.Series(2.0, index=scores.index))
    >>> gt.plot.tiers(sets.assign(tier=gt.tiers(sets))).get_title(loc="left")
    '4 units in 3 tiers'
    """
    columns = ["tier", "low", "high", "rank"]
    with Arguments("plot.tiers") as check:
        if not isinstance(table, pd.DataFrame) or not set(columns) <= set(table):
            check.expect("table", table, problems.TIERS)
        else:
            table = check_values(check, "table", table[columns].dropna(subset="tier"))
            check.labels("select", select, table.index)
        data = check_canvas(check, ax, language, title, of=[table], names=names, status=status)
        if not check.problems:
            check_named(check, names, table.index)
    ordered = table.dropna(subset="tier").sort_values(["tier", "rank"], kind="stable")
    with drawn_on(ax, language, width=6, height=layout.height_of(drawn_of(len(ordered)))) as on:
        rows = chosen_rows(ordered.index, on, select)
        part = ordered.reindex(rows.labels)
        _bands(on, part["tier"], ordered["tier"].value_counts().to_dict(), beyond=ordered["high"].max() + 0.5)
        lines = np.arange(len(part))
        on.axes.hlines(lines, part["low"] - 0.25, part["high"] + 0.25, color=theme.BEST, linewidth=3)
        short = part["low"].where(part["high"] - part["low"] < ordered["high"].max() / 100).to_numpy()
        if not np.isnan(short).all():  # a dot, as no line is seen
            on.axes.plot(short, lines, "o", color=theme.BEST, markersize=3, markeredgewidth=0, clip_on=False)
        layout.rank_axis(on, on.axes, ordered["high"].max())
        write_units(on, rows, names)
        _repeat_axis(on, len(part))
        on.axes.set_ylim(len(part) - 0.5, -0.5)
        count = ordered["tier"].nunique()
        on.head(title, TITLES["tiers"].format(count=f"{len(ordered):,}", tiers=count), *rows.said, data=data)
    return on.axes


def _bands(on: Canvas, tier: pd.Series, sizes: dict[float, int], *, beyond: float = 0.0) -> None:
    """Shade every other tier, and name those whose size is given at the right."""
    lines = np.arange(len(tier))
    for number, one in enumerate(tier.dropna().unique()):
        where = lines[(tier == one).to_numpy()]
        if number % 2 == 0:
            on.axes.axhspan(where[0] - 0.5, where[-1] + 0.5, color=theme.GRID, alpha=0.45, linewidth=0)
        if one in sizes:
            label = on.axes.annotate(
                " ", (beyond, where.mean()), (5, 0), textcoords="offset points", va="center", fontweight="bold",
                fontsize=8.5, annotation_clip=False,
            )  # fmt: skip
            on.say(label.set_text, *FIGURES["tier"].format(tier=f"{one:g}", count=sizes[one]))


def acceptability(
    result: Ensemble | pd.DataFrame,
    *,
    first: int = 30,
    names: Names = None,
    select: Sequence[Any] = (),
    ax: Axes | None = None,
    language: Language = "en",
    title: str | None = None,
    status: Status = None,
) -> Axes:
    """Draw in what share of the draws each of the first units holds each rank, as a heat map.

    Parameters
    ----------
    result : Ensemble or DataFrame, units x ranks
        Shares of the draws; rows sum to 1, or to less where the last ranks are left out.
    first : int
        The number of units: those of the best mean rank.
    names, select, ax, language, title, status
        As in `ranks`.

    Returns
    -------
    Axes

    Raises
    ------
    InputError
        For a table that is not one of shares, unknown units, and other bad arguments.

    Examples
    --------
    >>> import govtransparency as gt
    >>> shares = pd.DataFrame({1: [0.9, 0.1], 2: [0.1, 0.9]}, index=["X", "Y"])
    >>> gt.plot.acceptability(shares).get_title(loc="left")
    'Share of the draws at each rank (%)'
    """
    with Arguments("plot.acceptability") as check:
        shares = result.acceptability if isinstance(result, Ensemble) else result
        if isinstance(shares, pd.DataFrame):
            check_values(check, "result", shares)
        if not check.problems and not (isinstance(shares, pd.DataFrame) and _are_shares(shares)):
            check.expect("result", result, problems.RANK_COLUMNS)
        first = check.count("first", first)
        data = check_canvas(check, ax, language, title, of=[result], names=names, status=status)
        if not check.problems:
            check_named(check, names, shares.index)
            check.labels("select", select, shares.index)
    known = shares.dropna(how="all").reindex(columns=range(1, int(max(shares.columns)) + 1), fill_value=0.0)
    mean = (known * np.asarray(known.columns, dtype=float)).sum(axis=1)
    order = mean.sort_values(kind="stable").index
    with drawn_on(ax, language, width=7.4, height=layout.height_of(min(first, len(order)))) as on:
        rows = chosen_rows(order, on, select, most=first, last=False)
        shown = known.reindex(rows.labels)
        reached = np.flatnonzero((shown >= 0.005).any(axis=0))
        shown = shown.iloc[:, : reached[-1] + 1 if len(reached) else None]
        count, height = shown.shape[1], len(shown)
        width = 1 if on.shared else -(-count // CELLS)
        cells = shown.T.groupby(np.arange(count) // width).sum(min_count=1).T
        largest = np.nanmax(cells.to_numpy())
        top = 1.0 if on.shared else next((scale for scale in SCALES if largest <= scale), 1.0)
        image = on.axes.imshow(
            cells.to_numpy(), cmap=layout.sequential(), vmin=0, vmax=top, aspect="auto", interpolation="none",
            extent=(0.5, width * cells.shape[1] + 0.5, height - 0.5, -0.5),
        )  # fmt: skip
        layout.rank_axis(on, on.axes, count)
        on.axes.grid(visible=False)
        write_units(on, rows, names)
        on.axes.set_ylim(height - 0.5, -0.5)
        said = [TITLES["ranks_together"].format(count=width)] if width > 1 else []
        on.head(title, TITLES["acceptability"], *rows.said, *said, data=data)
        cell = on.room()[0] * 72 / count
        if count <= 40 and (on.shared or cell > 1.3 * layout.SMALLEST):
            _write_shares(on.axes, shown, top)
        on.bar(image, layout.share_bar)
    return on.axes


def _are_shares(table: pd.DataFrame) -> bool:
    """Return whether the table holds probabilities, and its columns are ranks, each once."""
    ranks = all(is_number(rank) and rank >= 1 and float(rank).is_integer() for rank in table.columns)
    within = bool(((table >= 0) & (table <= 1) | table.isna()).all(axis=None))
    return ranks and table.columns.is_unique and within and bool((table.sum(axis=1) <= 1 + 1e-6).all())


def _write_shares(axes: Axes, shown: pd.DataFrame, top: float) -> None:
    """Write the largest share of each unit into its cell, in per cent; three digits would not fit."""
    values = shown.fillna(-1).to_numpy()
    for line, (column, share) in enumerate(zip(values.argmax(axis=1), values.max(axis=1), strict=True)):
        if 0 <= share < 0.995:
            ink = theme.PAPER if share > 0.45 * top else theme.INK
            label = axes.text(column + 1, line, f"{share:.0%}"[:-1], ha="center", va="center", color=ink)
            label.set_fontsize(layout.SMALLEST)
