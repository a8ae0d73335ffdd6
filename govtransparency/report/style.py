"""How figures look: the report's fonts, a palette that the colour-blind can tell apart, and deterministic SVG."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any

from govtransparency.report import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["BEST", "GRID", "INK", "MUTED", "PALETTE", "SERIES", "figure", "png", "svg", "themed", "use"]

INK, MUTED, GRID = "#17293a", "#566879", "#d7dfe6"
BEST, SOFT, ACCENT = "#2a6f97", "#a9cbe0", "#c8553d"
SERIES = ("#1d4e6f", "#3f88b5", "#85b8d4", "#e0a83c", "#b9603c", "#7a5c8e", "#5d7a5a", "#9a9a9a")
# Each colour has a variable of the page in its place, so that figures turn dark with it.
PALETTE = {
    INK: "--ink",
    MUTED: "--muted",
    GRID: "--grid",
    BEST: "--best",
    SOFT: "--soft",
    ACCENT: "--accent",
    **{colour: f"--s{number}" for number, colour in enumerate(SERIES, 1)},
}
RULES: dict[Any, Any] = {
    "font.family": [fonts.FAMILY, fonts.FALLBACK],
    "font.size": 9.5,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.color": MUTED,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.hashsalt": "govtransparency",
}


def use() -> None:
    """Let matplotlib draw as the report does; nothing of matplotlib is changed before this is called.

    Registers the static Regular and Bold of the report's font, sets the rules above, and makes a character that no font
    has an error that names it.
    """
    import matplotlib
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in fonts.font_files().values():
        if str(path) not in known:
            font_manager.fontManager.addfont(str(path))
    matplotlib.rcParams.update(RULES)
    warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)


def figure(width: float, height: float) -> Figure:
    """Return an empty figure of that size in inches, outside pyplot, so that nothing draws it twice."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def svg(drawing: Figure, *, text: bool) -> str:
    """Return the figure as SVG, the same bytes each time.

    Parameters
    ----------
    drawing : Figure
    text : bool
        True keeps text as text, for a page that has the fonts; False draws its outlines, for a file on its own.
    """
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none" if text else "path", "svg.hashsalt": "govtransparency"}):
        drawing.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :]


def png(drawing: Figure) -> bytes:
    """Return the figure as PNG on white, the same bytes each time."""
    buffer = io.BytesIO()
    drawing.savefig(buffer, format="png", dpi=160, facecolor="white", metadata={"Software": None})
    return buffer.getvalue()


def themed(drawn: str) -> str:
    """Return the SVG with variables of the page in place of the colours of the palette."""
    return re.sub("|".join(PALETTE), lambda colour: f"var({PALETTE[colour[0].lower()]})", drawn, flags=re.IGNORECASE)
