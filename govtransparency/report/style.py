"""How figures look: the report's fonts, a palette that the colour-blind can tell apart, SVG and PNG of fixed bytes."""

from __future__ import annotations

import copy
import io
import itertools
import re
import warnings
import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govtransparency.report import fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from govtransparency.report.drawing import Drawing

__all__ = [
    "ACCENT",
    "BEST",
    "GRID",
    "INK",
    "MUTED",
    "PALETTE",
    "PAPER",
    "SERIES",
    "SOFT",
    "bilingual_svg",
    "drawing",
    "png",
    "svg",
    "themed",
    "use",
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
RULES: dict[Any, Any] = {
    "font.family": [fonts.FAMILY, fonts.FALLBACK],
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
    "svg.hashsalt": "govtransparency",
    "text.hinting": "none",  # widths that are the same at every resolution
    "text.hinting_factor": 1,
}
SVG = "http://www.w3.org/2000/svg"
HREF = "{http://www.w3.org/1999/xlink}href"
FONT = f"font-family:{fonts.FAMILY!r},{fonts.FALLBACK!r}"


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


def drawing(width: float, height: float) -> Drawing:
    """Return an empty figure of that size in inches."""
    from govtransparency.report.drawing import Drawing

    return Drawing(width, height)


def svg(figure: Figure, *, text: bool, salt: str = "") -> str:
    """Return the figure as SVG, the same bytes each time.

    Parameters
    ----------
    figure : Figure
    text : bool
        True keeps text as text, for a page that has the fonts; False draws its outlines, for a file on its own.
    salt : str
        Keeps the identifiers of two drawings on one page apart.

    Returns
    -------
    str
        Without what a viewer does not need; coordinates to a tenth of a point with text, else to a hundredth.
    """
    return _written(_drawn(figure, text=text, salt=salt))


def bilingual_svg(drawing: Drawing, *, salt: str = "") -> str:
    """Return the settled drawing as one SVG: what the languages share once, and what differs in groups with ``lang``.

    Parameters
    ----------
    drawing : Drawing
    salt : str
        Keeps the identifiers of two drawings on one page apart.
    """
    spoken = []
    for language in ("en", "zh"):
        drawing.speak(language)
        spoken.append(_drawn(drawing, text=True, salt=salt))
    en, zh = spoken
    _merge(zh, en)
    return _written(zh)


def _drawn(figure: Figure, *, text: bool, salt: str) -> ET.Element:
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none" if text else "path", "svg.hashsalt": f"govtransparency{salt}"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    drawn = buffer.getvalue()
    root = ET.fromstring(drawn[drawn.index("<svg") :])
    used = set(re.findall(r"(?:xlink:href=\"|url\()#([^\")]+)", drawn))
    _slim_children(root, used, 1 if text else 2)
    root.set("style", f"{FONT};stroke-linejoin:round;stroke-linecap:butt")
    return root


def _written(root: ET.Element) -> str:
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    _hoist(root)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _merge(zh: ET.Element, en: ET.Element) -> None:
    """Take into the Chinese drawing what the English one has in other words or places."""
    merged: list[ET.Element] = []
    own: tuple[list[ET.Element], list[ET.Element]] = ([], [])

    def close() -> None:
        for language, elements in zip(("zh", "en"), own, strict=True):
            if len(elements) == 1 and "lang" not in elements[0].attrib:
                elements[0].set("lang", language)
                merged.extend(elements)
            elif elements:
                merged.append(ET.Element(f"{{{SVG}}}g", {"lang": language}))
                merged[-1].extend(elements)
            elements.clear()

    for one, other in itertools.zip_longest(zh, en):
        if one is not None and other is not None and _same(one, other):
            close()
            if len(one):
                _merge(one, other)
            merged.append(one)
        else:
            for element, elements in zip((one, other), own, strict=True):
                if element is not None:
                    elements.append(copy.deepcopy(element))
    close()
    zh[:] = merged


def _same(one: ET.Element, other: ET.Element) -> bool:
    """Return whether two elements are alike, what is in them apart; texts must be alike altogether."""
    if one.tag.rpartition("}")[2] == "text":
        return ET.tostring(one) == ET.tostring(other)
    return one.tag == other.tag and one.attrib == other.attrib and len(one) == len(other)


def _slim_children(parent: ET.Element, used: set[str], decimals: int) -> None:
    kept: list[ET.Element] = []
    for child in list(parent):
        tag = child.tag.rpartition("}")[2]
        if tag in ("metadata", "style"):
            continue
        child.tail = None
        if child.get("id") not in used:
            child.attrib.pop("id", None)
        if tag not in ("text", "tspan"):
            child.text = None
            _slim_children(child, used, decimals)
        _slim_attributes(child, decimals)
        if tag == "g" and not child.attrib:
            kept.extend(child)
        elif not (tag in ("g", "defs") and not len(child)) and not (
            tag == "path" and child.get("style") == "fill:none"
        ):
            kept.append(child)
    parent[:] = kept
    if parent.tag.rpartition("}")[2] not in ("text", "tspan"):
        parent.text = None


def _hoist(parent: ET.Element) -> None:
    for child in parent:
        _hoist(child)
    parent[:] = _hoisted(list(parent))


def _hoisted(elements: list[ET.Element]) -> list[ET.Element]:
    """Give neighbours of one style the style once, from a group around them."""
    grouped: list[ET.Element] = []
    for rules, run in itertools.groupby(elements, key=lambda element: element.get("style", "")):
        neighbours = list(run)
        if len(neighbours) > 2 and rules and "opacity" not in rules:
            group = ET.Element(f"{{{SVG}}}g", {"style": rules})
            for element in neighbours:
                del element.attrib["style"]
            group.extend(neighbours)
            neighbours = [group]
        grouped += neighbours
    return grouped


def _short_path(drawn: str) -> str:
    """Write a path of straight lines with as few characters as say the same."""
    tokens = re.findall(r"[A-Za-z]|-?[\d.]+", drawn)
    if not {token for token in tokens if token.isalpha()} <= set("MLz"):
        return drawn
    parts, place = [], 0
    here = start = (Decimal(0), Decimal(0))
    while place < len(tokens):
        letter = tokens[place]
        if letter == "z":
            parts.append("z")
            here, place = start, place + 1
            continue
        to = Decimal(tokens[place + 1]), Decimal(tokens[place + 2])
        by = to[0] - here[0], to[1] - here[1]
        if letter == "L" and not by[0]:
            choices = [f"V{to[1]}", f"v{by[1].normalize():f}"]
        elif letter == "L" and not by[1]:
            choices = [f"H{to[0]}", f"h{by[0].normalize():f}"]
        else:
            pairs = [
                f"{x}{'' if str(y).startswith('-') else ' '}{y}" for x, y in (to, [f"{d.normalize():f}" for d in by])
            ]
            choices = [letter + pairs[0], letter.lower() + pairs[1]]
        parts.append(min(choices, key=len))
        here, place = to, place + 3
        if letter == "M":
            start = to
    return "".join(parts)


def _slim_attributes(element: ET.Element, decimals: int) -> None:
    for name in ("d", "x", "y", "width", "height", "points"):
        if (value := element.get(name)) is not None:
            short = _rounded(" ".join(value.split()), decimals)
            element.set(name, _short_path(short) if name == "d" else short)
    if (turn := element.get("transform")) is not None:
        if re.match(r"rotate\(-?0 ", turn):
            del element.attrib["transform"]
        else:
            element.set("transform", turn if "scale" in turn else _rounded(turn, decimals))
    if (rules := element.get("style")) is not None:
        wanted = [rule.strip().replace(": ", ":") for rule in rules.split(";")]
        element.set("style", ";".join(rule for rule in wanted if rule and not rule.startswith("font-family")))


def _rounded(text: str, decimals: int) -> str:
    return re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.{decimals}f}".rstrip("0").rstrip("."), text)


def png(figure: Figure) -> bytes:
    """Return the figure as PNG on white, the same bytes each time."""
    buffer = io.BytesIO()
    figure.savefig(
        buffer, format="png", dpi=150, facecolor="white", metadata={"Software": None}, pil_kwargs={"compress_level": 3}
    )
    return buffer.getvalue()


def themed(drawn: str) -> str:
    """Return the SVG with variables of the page in place of the colours of the palette."""
    return re.sub("|".join(PALETTE), lambda colour: f"var({PALETTE[colour[0].lower()]})", drawn, flags=re.IGNORECASE)
