"""What several figures need: names in both languages, panels, colours of a heat map, labels that do not overlap."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, TypeGuard

import numpy as np
import pandas as pd

from govtransparency.plot import theme
from govtransparency.plot.figure import Drawing
from govtransparency.texts.bilingual import Text, as_text, width_of
from govtransparency.texts.figure_findings import FINDINGS
from govtransparency.texts.figure_words import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.legend import Legend

    class Published(Protocol):
        """An edition: its units and their names, and the status of its figures."""

        @property
        def units(self) -> pd.DataFrame: ...
        @property
        def status(self) -> str: ...

    class Stated(Protocol):
        """An edition, an index, an answer: what says the status of its figures."""

        @property
        def status(self) -> str | tuple[str, ...]: ...

    Names: TypeAlias = pd.DataFrame | Mapping[Any, Text | str] | pd.Series | Published | None
    Status: TypeAlias = str | Stated | Sequence[str | Stated] | None

__all__ = [
    "ROW",
    "ROWS",
    "SMALLEST",
    "WIDE",
    "Speaker",
    "correlation_bar",
    "digits_of",
    "drawing_with_panels",
    "folded",
    "height_of",
    "is_edition",
    "known_names",
    "names_of",
    "rank_axis",
    "rank_ticks",
    "row_height",
    "sequential",
    "share_bar",
    "shortened",
    "signed_shares",
    "spread",
    "thinned",
    "title",
    "top_axis",
    "units_of_all",
    "write_labels",
    "write_legend",
]


WIDEST = 24  # of a unit's name, in Chinese characters: a wider one leaves the panel no room
LINES = 4  # of a name that is folded
SMALLEST = 7.0  # points: of what is written in a figure
ROW = 0.165  # inches per line of text
WIDE = 7.08  # inches: of the widest figures, which a page of the report has room for as they are drawn
PAGE, AROUND = 7.5, 0.8  # inches: of the rows of the highest figures, and of their scale and legend: a page holds both
ROWS = 66  # on a page whose texts touch no other


def names_of(units: Iterable[Any], names: Names) -> list[Text]:
    """Return the name of each unit, shortened, or its code where the names do not have it."""
    known = known_names(names)
    return [shortened(as_text(known.get(unit) or str(unit))) for unit in units]


def units_of_all(count: int, total: int | None = None) -> Text:
    """Return how many units a figure is about, and how many of all it is not.

    Examples
    --------
    >>> units_of_all(18).en, units_of_all(18, 75).en
    ('18 units', '57 of 75 units are not ranked; the other 18')
    """
    if total is None or total == count:
        return FINDINGS["units"].format(count=count)
    return FINDINGS["units_of_all"].format(count=count, total=total, out=total - count)


def known_names(names: Names) -> dict[Any, Text | str]:
    """Return names by code: of a table with name_zh and name_en, a mapping or Series of code to name, or an edition."""
    given: Any = names.units if is_edition(names) else names
    if given is None:
        return {}
    if "name_zh" in given and "name_en" in given:
        table = pd.DataFrame(given)[["name_zh", "name_en"]].to_dict("index")
        return {unit: Text(row["name_zh"], row["name_en"]) for unit, row in table.items()}
    return {code: name for code, name in dict(given).items() if isinstance(name, (str, Text))}


def is_edition(value: object) -> TypeGuard[Published]:
    """Return whether the value is an edition: it has units and one status; the layer of editions is below this one."""
    return isinstance(getattr(value, "units", None), pd.DataFrame) and isinstance(getattr(value, "status", None), str)


def shortened(text: Text, most: float = WIDEST) -> Text:
    """Return a name as wide as a figure can show, in Chinese characters; one that was cut ends in an ellipsis.

    Examples
    --------
    >>> shortened(Text("\u5e02", "A town with a name"), most=6)
    Text(zh='\u5e02', en='A town wi\u2026')
    """
    return Text(*(_cut(word, most) for word in text))


def _cut(word: str, most: float) -> str:
    if width_of(word) <= most:
        return word
    fits = 0
    while width_of(word[: fits + 1]) <= most - 1:
        fits += 1
    return f"{word[:fits].rstrip()}\u2026"


def height_of(rows: int) -> float:
    """Return the height in inches of a figure with that many rows of text, at most as many as are drawn one by one."""
    return 1.05 + ROW * max(3, min(rows, 120))


def row_height(rows: int, usual: float) -> float:
    """Return the height of a row in inches: less than usual where so many would be higher than a page.

    Examples
    --------
    >>> row_height(20, 0.165), row_height(75, 0.165)
    (0.165, 0.1)
    """
    return min(usual, PAGE / max(rows, 1))


def thinned(labels: Sequence[Text]) -> list[Text]:
    """Return the labels of rows, those of every second, third ... row alone where more would touch on a page.

    Examples
    --------
    >>> [label.en for label in thinned([Text("", str(row)) for row in range(70)])[:3]]
    ['0', '', '2']
    """
    step = -(-len(labels) // ROWS)
    return [label if row % step == 0 else Text("", "") for row, label in enumerate(labels)]


class Speaker(Protocol):
    """A drawing, or the canvas of a figure: what gives texts to the setters that write them."""

    def say(self, setter: Any, zh: Any, en: Any, *, at: object = None) -> None:
        """Give the text of the language to the setter."""
        ...


def drawing_with_panels(
    count: int, *, columns: int, width: float, heights: float | Sequence[float]
) -> tuple[Drawing, list[Axes]]:
    """Return a drawing with a number of panels, row by row; `heights` in inches, of each row or of all.

    Panels that would be higher than a page are less high.
    """
    columns = min(columns, count)
    rows = -(-count // columns)
    each = [float(heights)] * rows if isinstance(heights, (int, float)) else list(heights)
    drawing = Drawing(width, min(sum(each), PAGE + AROUND))
    grid = drawing.add_gridspec(rows, columns, height_ratios=each)
    return drawing, [drawing.add_subplot(grid[place // columns, place % columns]) for place in range(count)]


def title(drawing: Speaker, axes: Axes, text: Text, *, narrow: bool = False) -> None:
    """Head a panel; a narrow one in two lines."""
    drawing.say(axes.set_title(" ").set_text, *(folded(text, en=12) if narrow else text))


def write_labels(
    drawing: Speaker, axes: Axes, which: Literal["x", "y"], labels: Sequence[Text], **options: Any
) -> None:
    """Write bilingual labels at the ticks of the axis ``"x"`` or ``"y"``; the ticks must be set before."""
    axis = getattr(axes, f"{which}axis")
    axis.set_ticklabels([""] * len(labels), **options)
    setter = axis.set_ticklabels
    zh, en = [item.zh for item in labels], [item.en for item in labels]
    drawing.say(lambda words: setter(words, **options), zh, en, at=axis)


def write_legend(drawing: Speaker, legend: Legend, texts: Iterable[Text]) -> None:
    """Write a bilingual text beside each handle of a legend."""
    for label, text in zip(legend.get_texts(), texts, strict=True):
        drawing.say(label.set_text, *text)


def folded(text: Text, *, zh: int = 9, en: int = 18) -> Text:
    """Break a name into a few lines of about `zh` or `en` characters: Chinese anywhere, English between words.

    A word of more than two lines is broken, and a name of more than a few lines is shortened.
    """
    text, lines = shortened(text, LINES * zh), [""]
    for word in (long[at : at + 2 * en] for long in text.en.split() for at in range(0, len(long), 2 * en)):
        if lines[-1] and len(lines[-1]) + len(word) >= en:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return Text("\n".join(text.zh[start : start + zh] for start in range(0, len(text.zh), zh)), "\n".join(lines))


def digits_of(values: Any) -> int:
    """Return with how many decimals values are told apart: one, or more where they are all below two.

    Examples
    --------
    >>> digits_of([71.2, 8]), digits_of([1.0, 0.4]), digits_of([0.03])
    (1, 2, 3)
    """
    most = np.nan_to_num(np.abs(np.asarray(values, dtype=float))).max(initial=0.0)
    return max(1, 1 - int(np.floor(np.log10(most / 2)))) if most > 0 else 1


def rank_ticks(first: float, last: float, *, most: int = 6) -> list[int]:
    """Return at most about `most` round ranks from the first to the last, with rank 1 if it is among them."""
    steps = (base * 10**power for power in itertools.count() for base in (1, 2, 5))
    step = next(step for step in steps if (last - first) / step <= most)
    ticks = range(-(-int(np.ceil(first)) // step) * step, int(last) + 1, step)
    return [*([1] if first <= 1 else []), *(tick for tick in ticks if tick > max(1, step / 2))]


def rank_axis(drawing: Speaker, axes: Axes, last: float, *, first: float = 1, most: int = 6) -> None:
    """Make the horizontal axis show ranks, at the top, the best at the left."""
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.set_xticks(rank_ticks(first, last, most=most))
    top_axis(axes)
    drawing.say(axes.set_xlabel, *FIGURES["rank"])


def top_axis(axes: Axes) -> None:
    """Move the horizontal axis to the top, with lines down from its ticks."""
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.spines["top"].set_visible(True)
    axes.grid(axis="x")


def sequential() -> Colormap:
    """Return the colours of shares from 0 to 1: evenly darker, from nearly white to ink."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("shares", ["#f1f6fa", theme.SOFT, theme.BEST, theme.INK])


def signed_shares() -> Colormap:
    """Return the colours of numbers from -1 to 1."""
    from matplotlib.colors import LinearSegmentedColormap

    colours = [theme.ACCENT, "#e9b8ac", "#f7f9fa", theme.SOFT, theme.SERIES[0]]
    return LinearSegmentedColormap.from_list("signs", colours)


def _bar(image: Any, panels: list[Axes], within: Axes | None, ticks: list[float], write: Any) -> Any:
    """Draw the colours of an image beneath the panels, or within axes of their own; `write` turns a tick into words."""
    figure = panels[0].figure
    if within is None:
        place: dict[str, Any] = {"ax": panels, "location": "bottom", "shrink": 0.4, "aspect": 40, "pad": 0.02}
    else:
        place = {"cax": within, "orientation": "horizontal"}
    bar = figure.colorbar(image, ticks=ticks, format=lambda tick, _: write(tick), **place)
    bar.outline.set_visible(False)  # type: ignore[operator]
    return bar


def correlation_bar(on: Speaker, image: Any, panels: list[Axes], *, within: Axes | None = None) -> None:
    """Explain the colours of correlations beneath the panels."""
    low, high = image.get_clim()
    ticks = [low, 0 if low < 0 else (low + high) / 2, high]
    bar = _bar(image, panels, within, ticks, lambda tick: f"{tick:.2g}".replace("-", "\u2212"))
    on.say(bar.set_label, *FIGURES["correlation"])


def share_bar(on: Speaker, image: Any, panels: list[Axes], *, within: Axes | None = None) -> None:
    """Explain the colours of shares from 0 to the end of their scale beneath the panels."""
    top = image.get_clim()[1]
    bar = _bar(image, panels, within, [0, top / 2, top], lambda share: f"{100 * share:g}")
    on.say(bar.set_label, *FIGURES["probability"])


def spread(places: Sequence[float] | np.ndarray, gap: float, *, least: float = -np.inf) -> np.ndarray:
    """Move places apart as little as needed for the gap between neighbours, none below the least."""
    order = np.argsort(places, kind="stable")
    moved = np.asarray(places, dtype=float)[order]
    # Pool neighbours that are too close, as in isotonic regression, after subtracting the gaps.
    blocks: list[list[float]] = []
    for value in moved - gap * np.arange(len(moved)):
        blocks.append([value, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            mean, size = blocks.pop()
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + mean * size) / (blocks[-1][1] + size), blocks[-1][1] + size]
    level = np.concatenate([np.full(int(size), mean) for mean, size in blocks]) if blocks else moved
    result = np.empty(len(moved))
    result[order] = np.maximum(level, least) + gap * np.arange(len(moved))
    return result
