"""Which units a figure has room for: all, or the first, the last and those selected, with gaps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.plot import layout
from govtransparency.plot.canvas import SMALL
from govtransparency.texts.bilingual import Text
from govtransparency.texts.figure_words import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.plot.canvas import Canvas
    from govtransparency.plot.layout import Names

__all__ = ["Rows", "chosen_rows", "drawn_of", "named_units", "write_units"]


WHOLE = 120  # units that are drawn one by one
FEW = 40  # of more units
GAP = Text("\u2026", "\u2026")


def drawn_of(count: int) -> int:
    """Return how many of a number of units are drawn, where there is room for them."""
    return count if count <= WHOLE else FEW


class Rows(NamedTuple):
    """The rows of a figure.

    Attributes
    ----------
    labels : list
        A unit in each row, or a `Gap` in place of those left out.
    said : tuple of Text
        What was left out, if anything.
    """

    labels: list[Any]
    said: tuple[Text, ...]


class Gap:
    """A row in place of units that are left out; equal to no unit, so that tables have no values there."""


def chosen_rows(
    order: pd.Index, on: Canvas, select: Sequence[Any], *, most: int | None = None, last: bool = True
) -> Rows:
    """Return the units in their order, or as many of them as there is room for.

    Parameters
    ----------
    order : Index
        All units, the first first.
    on : Canvas
    select : sequence of unit
        Units that are kept.
    most : int, optional
        The number of units that are wanted; by default all of up to 120, and 40 of more.
    last : bool
        Whether the last units are kept beside the first.
    """
    count = len(order)
    room = on.rows(count, most=min(most or drawn_of(count), WHOLE)) if most or not on.shared else count
    if room >= count:
        return Rows(list(order), ())
    kept = set(np.flatnonzero(order.isin(list(select))))
    free = max(room - len(kept) - (2 if last else 0), 2 if last else 1)
    tail = free // 3 if last else 0
    head = free - tail
    places = sorted(kept | set(range(min(head, count))) | set(range(count - tail, count)))
    labels: list[Any] = []
    for before, place in zip([-1, *places], places, strict=False):
        if place > before + 1:
            labels.append(Gap())
        labels.append(order[place])
    part = {"first": head, "last": tail, "selected": len(kept), "count": f"{count:,}"}
    key = ("part_last" if last else "part_first") + ("_selected" if kept else "")
    return Rows(labels, (TITLES[key].format(**part),))


def named_units(order: pd.Index, on: Canvas, named: int, select: Sequence[Any]) -> pd.Index:
    """Return the units whose lines are named: those selected, then the first, as many as there is room for."""
    most = named + len(select)
    return pd.Index(list(dict.fromkeys([*select, *order[:named]]))[: on.rows(most, most=most)])


def write_units(on: Canvas, rows: Rows, names: Names, *, numbers: pd.Series | None = None) -> None:
    """Write the names of the units at their rows, with their ranks before them if given."""
    texts = layout.names_of(rows.labels, names)
    if numbers is not None:
        texts = [
            Text(*(f"{rank:g}. {name}" for name in text)) for text, rank in zip(texts, numbers, strict=True)
        ]  # fmt: skip
    texts = [GAP if isinstance(unit, Gap) else text for unit, text in zip(rows.labels, texts, strict=True)]
    texts = layout.thinned(texts) if on.shared else texts
    on.axes.set_ylim(len(texts) - 0.4, -0.6)
    on.axes.set_yticks(np.arange(len(texts)))
    layout.write_labels(on, on.axes, "y", texts, fontsize=SMALL)
