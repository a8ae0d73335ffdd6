"""The axes that a public figure draws on: its own or those given, in one language, or in both on a `Drawing`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text as Label

from govtransparency.framework import Framework
from govtransparency.index import Index
from govtransparency.plot import fonts, layout, theme
from govtransparency.plot.figure import STAMP, Drawing, Picture, visible_words
from govtransparency.plot.line_breaks import wrapped
from govtransparency.robustness import Ensemble
from govtransparency.status_of_data import attribution_of, check_has_units, check_status, status_of
from govtransparency.texts.bilingual import Language, Text, as_text, listed, quoted, strung, width_of
from govtransparency.texts.figure_words import TITLES
from govtransparency.texts.problems import plot_problems as problems
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from govtransparency.arguments import Arguments

__all__ = ["Canvas", "Data", "check_canvas", "check_framework", "check_values", "drawn_on"]


EDGE = 0.05  # inches between what is drawn and the edge of the figure
LONGEST = 120  # of a title, in Chinese characters: a few lines
SMALL = 7.5  # points, of names and legends
PLAIN: dict[str, Any] = {"linespacing": 1.3, "parse_math": False}
HEADING = PLAIN | {"fontsize": 9.5, "fontweight": "bold", "color": theme.INK}
CREDIT = PLAIN | {"fontsize": STAMP, "color": theme.MUTED}
HINTED = 1.09  # how much wider hinted text may be at another resolution, in which given axes may be saved


class Data(NamedTuple):
    """What a figure says of its data: their status in words, if it is known, and the lines of their attribution."""

    status: tuple[Text, ...] = ()
    attribution: tuple[Text, ...] = ()


class Canvas:
    """What one public figure draws on.

    Attributes
    ----------
    axes : Axes
    language : {"en", "zh"}
    shared : bool
        Whether the axes are a panel of one of the report's drawings, which heads and lays out its panels itself.
    own : bool
        Whether the figure was made for these axes.
    """

    def __init__(self, axes: Axes, language: Language, *, own: bool) -> None:
        self.axes, self.language, self.own = axes, language, own
        self.drawing = axes.figure if isinstance(axes.figure, Drawing) else None
        self.shared = self.drawing is not None and not own
        self._earlier = set(axes.texts)

    def say(self, setter: Any, zh: Any, en: Any, *, at: object = None) -> None:
        """Give a text, or a list of texts, to the setter in the canvas's language; on a drawing in both."""
        if self.drawing is not None:
            self.drawing.say(setter, zh, en, at=at)
        else:
            setter(visible_words(zh if self.language == "zh" else en))

    def room(self) -> tuple[float, float]:
        """Lay out what is drawn so far and return the width and height of the axes in inches."""
        if self.own:
            self.drawing.arrange()  # type: ignore[union-attr]
        elif not self.shared:
            self._dress()
            _fit(self.axes)
        return _inches(self.axes.get_window_extent(), self.axes)

    def rows(self, count: int, *, most: int) -> int:
        """Return how many of the rows can be drawn: at most `most`, and as the height of given axes allows."""
        if self.shared or self.own:
            return min(count, most)
        height = _inches(self.axes.get_window_extent(), self.axes)[1]
        return min(count, most, max(5, int((height - 0.5) / layout.ROW)))

    def legend(self, handles: Sequence[Any], texts: Sequence[Text], **options: Any) -> None:
        """Explain the handles beneath the axes, in as many columns as fit."""
        if self.shared or not handles:
            return
        widest = max(width_of(word) for text in texts for word in text) * SMALL / 72 + 0.6
        blank = [" "] * len(handles)
        if self.own:
            whole = _inches(self.axes.figure.bbox, self.axes)[0]
            columns = max(1, min(len(handles), int(whole / widest)))
            more = max(0, -(-len(handles) // columns) - 2)
            self.drawing.set_figheight(self.drawing.get_figheight() + 0.19 * more)  # type: ignore[union-attr]
            made = self.axes.figure.legend(
                handles, blank, loc="outside lower left", ncols=columns, fontsize=SMALL, **options
            )
        else:
            columns = max(1, min(len(handles), int(self.room()[0] / widest)))
            depth = self._depth() * 72 / SMALL
            made = self.axes.legend(
                handles, blank, loc="upper left", bbox_to_anchor=(0, 0), ncols=columns, fontsize=SMALL,
                borderaxespad=depth + 0.5, borderpad=0, **options,
            )  # fmt: skip
        layout.write_legend(self, made, texts)

    def bar(self, image: Any, explain: Callable[..., None]) -> None:
        """Explain the colours of an image by a bar beneath the axes, which `explain` draws."""
        if self.own:
            explain(self, image, [self.axes])
        elif not self.shared:
            height = self.room()[1]
            below = (1.3 * self._depth() + 0.15) / height
            explain(self, image, [self.axes], within=self.axes.inset_axes((0.3, -below, 0.4, 0.06 / height)))

    def _depth(self) -> float:
        """Return how many inches ticks and labels reach beneath the axes."""
        tight = self.axes.xaxis.get_tightbbox(_renderer(self.axes))
        below = self.axes.get_window_extent().y0 - tight.y0 if tight is not None else 0.0
        return max(0.0, below / self.axes.figure.dpi)

    def head(self, title: str | Text | None, heading: Text, *sentences: Text, data: Data) -> None:
        """Write the title, or the heading if it is None, and the sentences under it, no wider than the figure.

        The attribution of the data stands above it in small letters: below are the labels of the axes.
        """
        if self.shared:
            return
        first = heading if title is None else layout.shortened(as_text(title), LONGEST)
        text = strung([*([first] if any(first) else []), *sentences, *data.status], "\n", "\n")
        width, x = self.room()[0], 0.0
        if self.own:  # from the left edge of the figure, over the names of the rows
            left = self.axes.get_window_extent().x0 / self.axes.figure.dpi
            width, x = _inches(self.axes.figure.bbox, self.axes)[0] - 2 * EDGE, (EDGE - left) / width
        label = self.axes.set_title(" ", x=x, loc="left", **HEADING)
        self.say(label.set_text, *(wrapped(word, width, 9.5) for word in text))
        if data.attribution:
            note = self.axes.annotate(" ", (0, 1), (0, 3), xycoords=label, textcoords="offset points", **CREDIT)
            lines = [wrapped(word, width, STAMP) for word in strung(data.attribution, "\n", "\n")]
            self.say(note.set_text, *lines)
            if self.own:
                self.drawing.grow(1 + max(word.count("\n") for word in lines))  # type: ignore[union-attr]

    def _dress(self) -> None:
        """Give the labels of given axes the report's fonts; what was written on them before stays as it is."""
        self.axes.tick_params(labelfontfamily=list(fonts.FAMILIES))
        for label in self.axes.findobj(Label):
            if label not in self._earlier:
                label.set_fontfamily(list(fonts.FAMILIES))
                label.set_parse_math(False)


def check_canvas(
    check: Arguments,
    ax: object,
    language: object,
    title: object,
    *,
    of: Iterable[Any],
    names: object = None,
    status: Any = None,
    **named: object,
) -> Data:
    """Check what every public figure takes, and what units and others (`named`) are called.

    Return what is said of the data. By default it is that of the edition that gives the names and
    of the values that are drawn, `of`.
    """
    for called, given in {"names": names, **named}.items():
        if not (given is None or _are_names(given) or (called == "names" and layout.is_edition(given))):
            check.expect(called, given, problems.CALLED)
    if ax is not None:
        check.instance("ax", ax, Axes)
    check.choice("language", language, get_args(Language))
    if title is not None and not isinstance(title, Text):
        check.instance("title", title, str)
    drawn = list(of)
    edition = [names] if layout.is_edition(names) else []
    for one in drawn:
        if isinstance(one, Index | Ensemble):
            check_has_units(check, "names", edition, one.raw.index if isinstance(one, Index) else one.units)
    lines = attribution_of(*edition, *drawn, *(status if isinstance(status, list | tuple) else [status]))
    return Data(_status_words(check, status_of(*edition, *drawn) if status is None else status), lines)


def check_named(check: Arguments, names: object, units: Iterable[Any]) -> None:
    """Check that an edition that gives names has some of the units: else neither names nor status are theirs."""
    if layout.is_edition(names) and not check.problems:
        check_has_units(check, "names", [names], pd.Index(list(units), tupleize_cols=False), every=False)


def _are_names(given: Any) -> bool:
    """Return whether the value says by code what something is called; a missing name is none."""
    if isinstance(given, (Mapping, pd.Series)):
        return all(isinstance(name, (str, Text)) or _is_missing(name) for name in dict(given).values())
    return {"name_zh", "name_en"} <= set(getattr(given, "columns", ()))


def _is_missing(value: Any) -> bool:
    return pd.api.types.is_scalar(value) and pd.isna(value)


def _status_words(check: Arguments, given: Any) -> tuple[Text, ...]:
    """Return the line that says a status, or those of several editions, each once."""
    known = check_status(check, given)
    return (TITLES["status"].format(status=listed(STATUS[one] for one in known)),) if known else ()


def check_values(check: Arguments, name: str, table: Any, *, empty: bool = False) -> Any:
    """Check that the value is a table of finite numbers, or missing values, with something to draw unless `empty`."""
    table = check.table(name, table)
    if not check.problems and np.isnan(table.to_numpy(dtype=float)).all() and not empty:
        check.refuse(problems.NOTHING.format(name=name))
    return table


def check_framework(check: Arguments, framework: Any, codes: Iterable[Any]) -> None:
    """Check that the value is a framework with these nodes, or None."""
    if framework is None:
        return
    check.instance("framework", framework, Framework)
    if not isinstance(framework, Framework):
        return
    if lacking := [code for code in map(str, codes) if code not in framework.weights]:
        check.expect("framework", framework, problems.FRAMEWORK_OF.format(codes=quoted(lacking)))


@contextmanager
def drawn_on(ax: Axes | None, language: Language, *, width: float, height: float) -> Generator[Canvas]:
    """Give the axes to draw on, of that size in inches if none are given."""
    hinting: dict[Any, Any] = {
        "text.hinting": matplotlib.rcParams["text.hinting"]
    }  # with which given axes will be drawn
    with theme.style(strict=False):  # the report's figures are strict around it
        if ax is None:
            drawing = Drawing(width, height, language=language)
            drawing.background = "white"
            yield Canvas(drawing.add_subplot(axes_class=Picture), language, own=True)
            return
        canvas = Canvas(ax, language, own=False)
        if canvas.shared:
            yield canvas
            return
        with matplotlib.rc_context(hinting):
            _plain(ax)
            yield canvas
            canvas.room()


def _plain(axes: Axes) -> None:
    """Let given axes look like those of the report."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[:].set(color=theme.MUTED, linewidth=0.7)
    axes.tick_params(color=theme.MUTED, labelcolor=theme.INK, labelsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(grid_color=theme.GRID, grid_linewidth=0.7)
    for axis in (axes.xaxis, axes.yaxis):
        axis.label.set(color=theme.INK, fontsize=8.5)
    axes.set_axisbelow(True)


def _fit(axes: Axes) -> None:
    """Shrink given axes within their part of the figure until all that is written on them is within it too.

    A figure with a layout engine does that itself, each time it is drawn.
    """
    root = axes.get_figure(root=True)
    engine = root.get_layout_engine()  # type: ignore[union-attr]
    if engine is not None:
        engine.execute(root)  # type: ignore[arg-type]
        return
    figure = axes.figure
    whole = figure.bbox
    slot = _slot(axes)
    edge = EDGE * figure.dpi
    for _ in range(2):  # once more, because fewer ticks may be left
        tight, box = axes.get_tightbbox(_renderer(axes)), axes.get_window_extent()
        if tight is None:
            return
        west, east = (side + HINTED * (beyond - side) for side, beyond in ((box.x0, tight.x0), (box.x1, tight.x1)))
        left = box.x0 + max(0.0, slot[0] + edge - west)
        bottom = box.y0 + max(0.0, slot[1] + edge - tight.y0)
        right = box.x1 - max(0.0, east - slot[2] + edge)
        top = box.y1 - max(0.0, tight.y1 - slot[3] + edge)
        right, top = max(right, left + 0.1 * whole.width), max(top, bottom + 0.1 * whole.height)
        axes.set_position(
            ((left - whole.x0) / whole.width, (bottom - whole.y0) / whole.height,
             (right - left) / whole.width, (top - bottom) / whole.height)
        )  # fmt: skip


def _slot(axes: Axes) -> tuple[float, float, float, float]:
    """Return the part of the figure that is the axes' own in pixels: half the way to the neighbours in its grid."""
    whole, spec = axes.figure.bbox, axes.get_subplotspec()
    if spec is None:
        return whole.x0, whole.y0, whole.x1, whole.y1
    grid = spec.get_gridspec()
    bottoms, tops, lefts, rights = grid.get_grid_positions(axes.figure)  # type: ignore[arg-type]
    rows, columns = spec.rowspan, spec.colspan
    left = (rights[columns.start - 1] + lefts[columns.start]) / 2 if columns.start else 0.0
    right = (rights[columns.stop - 1] + lefts[columns.stop]) / 2 if columns.stop < grid.ncols else 1.0
    top = (bottoms[rows.start - 1] + tops[rows.start]) / 2 if rows.start else 1.0
    bottom = (bottoms[rows.stop - 1] + tops[rows.stop]) / 2 if rows.stop < grid.nrows else 0.0
    return (
        whole.x0 + left * whole.width, whole.y0 + bottom * whole.height,
        whole.x0 + right * whole.width, whole.y0 + top * whole.height,
    )  # fmt: skip


def _inches(box: Any, axes: Axes) -> tuple[float, float]:
    return box.width / axes.figure.dpi, box.height / axes.figure.dpi


def _renderer(axes: Axes) -> Any:
    return axes.get_figure(root=True)._get_renderer()  # type: ignore[union-attr]  # noqa: SLF001
