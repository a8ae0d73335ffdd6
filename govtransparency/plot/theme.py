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

__all__ = ["ACCENT", "BEST", "GRID", "INK", "MUTED", "PALETTE", "PAPER", "SERIES", "SOFT", "png", "style"]


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
HATCHES = (None, "///", "...")  # of series beyond the colours
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


@contextmanager
def style() -> Generator[None]:
    """Let matplotlib draw as the report does within the block, or within a function that this decorates.

    matplotlib's settings and the warning filters are afterwards as before; only the static Regular and Bold of the
    report's font stay registered. A character that no font has is an error that names it.
    """
    import matplotlib

    _register_fonts()
    with matplotlib.rc_context(RULES), warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        yield


@functools.cache  # once in a process
def _register_fonts() -> None:
    from matplotlib.font_manager import fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in fonts.font_files().values():
        if str(path) not in known:
            fontManager.addfont(str(path))


def png(figure: Figure) -> bytes:
    """Return the figure as PNG on white, the same bytes each time."""
    buffer = io.BytesIO()
    figure.savefig(
        buffer, format="png", dpi=150, facecolor="white", metadata={"Software": None}, pil_kwargs={"compress_level": 3}
    )
    return buffer.getvalue()
