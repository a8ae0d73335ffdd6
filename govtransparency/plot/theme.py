"""How figures look: the report's fonts, a palette that the colour-blind can tell apart, PNG of fixed bytes."""

from __future__ import annotations

import functools
import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from govtransparency.plot import fonts

if TYPE_CHECKING:
    from collections.abc import Generator

    from matplotlib.figure import Figure

__all__ = [
    "ACCENT",
    "BEHIND",
    "BEST",
    "GRID",
    "INK",
    "MUTED",
    "PALETTE",
    "PAPER",
    "SERIES",
    "SOFT",
    "dashed",
    "hatched",
    "marked",
    "png",
    "style",
]


PAPER = "#fefefe"
INK, MUTED, GRID = "#17293a", "#566879", "#d7dfe6"
BEST, SOFT, ACCENT = "#2a6f97", "#a9cbe0", "#c8553d"
# Neighbours differ in lightness, so that they can be told apart in grey too.
SERIES = ("#1d4e6f", "#85b8d4", "#b9603c", "#e8c27a", "#5a4b7c", "#a8bf9f", "#7d3a4d", "#9a9a9a")
# Each colour has a variable of the page in its place, so that figures turn dark with it.
PALETTE = {
    INK: "--ink",
    PAPER: "--paper",
    MUTED: "--muted",
    GRID: "--grid",
    BEST: "--best",
    SOFT: "--soft",
    ACCENT: "--accent",
    **{colour: f"--s{number}" for number, colour in enumerate(SERIES, 1)},
}
# In grey some colours are alike; lines and bars of such colours have other dashes, marks or hatches.
DASHES: tuple[Any, ...] = ("-", (0, (5, 1.5)), (0, (1.5, 1)), (0, (5, 1.5, 1.5, 1.5)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "p")
BEHIND: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "none", "boxstyle": "square,pad=0.15"}  # texts over marks
HATCHES = (None, "///", "...")
RULES: dict[Any, Any] = {
    "font.family": list(fonts.FAMILIES),
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.size": 8.5,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.5,
    "axes.unicode_minus": True,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "axes.grid": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "xtick.major.size": 2.5,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "text.hinting": "none",  # widths that are the same at every resolution
}


def dashed(number: int) -> dict[str, Any]:
    """Return how the line of a series without marks is drawn: no two of 32 alike, and neighbours apart in grey."""
    return {"color": SERIES[number % 8], "linestyle": DASHES[(number // 2 + number // 8) % 4]}


def marked(number: int) -> dict[str, Any]:
    """Return how the line of a series with marks is drawn: no two of 32 alike, and eight marks apart in grey."""
    return {"color": SERIES[number % 8], "marker": MARKERS[number % 8], "linestyle": DASHES[number // 8 % 4]}


def hatched(number: int) -> dict[str, Any]:
    """Return how the bars of a series are filled: no two of 24 alike, the first four apart in grey without hatches."""
    return {"color": SERIES[number % 8], "hatch": HATCHES[number // 4 % 3]}


@contextmanager
def style(*, strict: bool = True) -> Generator[None]:
    """Let matplotlib draw as the report does within the block, or within a function that this decorates.

    matplotlib's settings and the warning filters are afterwards as before; only the fonts stay registered. A character
    that no font has is an error that names it, or a warning of matplotlib unless `strict`: what the report writes has
    a sign in its place, but not what others write on the same axes.
    """
    import matplotlib

    _register_fonts()
    with matplotlib.rc_context(RULES), warnings.catch_warnings():
        if strict:
            warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        yield
    _register_fonts()  # a text within the block may have had the rest built


def _register_fonts() -> None:
    """Let matplotlib find every family; DejaVu Sans stands for one that is not built, so that none is missed."""
    faces = [fonts.faces(weight) for weight in fonts.WEIGHTS]
    _register(
        tuple(
            (family, *(str(face[family]) for face in faces if family in face))
            for family in fonts.FAMILIES
            if family != fonts.DEJAVU
        )
    )


@functools.cache  # once in a process, and again when the rest has been built
def _register(families: tuple[tuple[str, ...], ...]) -> None:
    from matplotlib.font_manager import FontEntry, fontManager

    for family, *files in families:
        fontManager.ttflist = [entry for entry in fontManager.ttflist if entry.name != family]
        for weight in fonts.WEIGHTS if not files else ():
            stand_in = str(fonts.dejavu_file(weight))
            fontManager.ttflist.append(FontEntry(stand_in, name=family, weight=weight, size="scalable"))
        for file in files:
            fontManager.addfont(file)


def png(figure: Figure) -> bytes:
    """Return the figure as PNG on white, the same bytes each time."""
    buffer = io.BytesIO()
    figure.savefig(
        buffer, format="png", dpi=150, facecolor="white", metadata={"Software": None}, pil_kwargs={"compress_level": 3}
    )
    return buffer.getvalue()
