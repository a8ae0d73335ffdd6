"""Figures as SVG: the same bytes each time, without what a viewer does not need, in one language or in both."""

from __future__ import annotations

import copy
import difflib
import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from govtransparency.plot import fonts
from govtransparency.plot.theme import PALETTE
from govtransparency.texts.bilingual import Language, Shown

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from govtransparency.plot.figure import Drawing

__all__ = ["bilingual_svg", "in_languages", "share_styles", "svg", "themed"]

ROWS = "intervals"  # the gid of what has a part for each unit, which a page marks for its reader


SVG = "http://www.w3.org/2000/svg"
FONT = "font-family:" + ",".join(map(repr, fonts.FAMILIES))


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
    """Return the settled drawing as one SVG: what both languages share is there once, the rest in groups with ``lang``.

    Parameters
    ----------
    drawing : Drawing
    salt : str
        Keeps the identifiers of two drawings on one page apart.
    """
    return in_languages(drawing, salt=salt)["both"]


def in_languages(drawing: Drawing, *, salt: str = "") -> dict[Shown, str]:
    """Return the settled drawing as SVG with texts: in each language, and as `bilingual_svg` in both.

    Parameters
    ----------
    drawing : Drawing
    salt : str
        Keeps the identifiers of two drawings on one page apart.
    """
    spoken: dict[Language, ET.Element] = {}
    for language in get_args(Language)[::-1]:
        drawing.speak(language)
        spoken[language] = _drawn(drawing, text=True, salt=salt)
    apart: dict[Shown, str] = {language: _written(copy.deepcopy(root)) for language, root in spoken.items()}
    both = spoken["zh"]
    _merge(both, spoken["en"])
    widest = 1.17 * 72 * drawing.get_figwidth()  # so that letters are of one size in all figures of a page
    both.set("style", f"{both.get('style')};max-width:{widest:.0f}pt")
    return apart | {"both": _written(both)}


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
    """Add to the Chinese drawing what differs in the English one."""
    merged: list[ET.Element] = []
    match = difflib.SequenceMatcher(None, [_key(child) for child in zh], [_key(child) for child in en], autojunk=False)
    for what, first, last, start, stop in match.get_opcodes():
        if what == "equal":
            for one, other in zip(zh[first:last], en[start:stop], strict=True):
                _merge(one, other)
                merged.append(one)
            continue
        for language, elements in (("zh", zh[first:last]), ("en", en[start:stop])):
            if len(elements) > 1:
                group = ET.Element(f"{{{SVG}}}g", {"lang": language})
                group.extend(elements)
                elements = [group]
            for element in elements:
                element.set("lang", language)
            merged += elements
    zh[:] = merged


def _key(element: ET.Element) -> tuple[str, ...]:
    """Return what two elements must share to be merged; their children are compared on their own, except in texts."""
    if element.tag.endswith("}text"):
        return ("text", ET.tostring(element, encoding="unicode"))
    return (element.tag, *map(str, element.attrib.items()))


def _slim_children(parent: ET.Element, used: set[str], decimals: int) -> None:
    kept: list[ET.Element] = []
    for child in list(parent):
        tag = child.tag.rpartition("}")[2]
        if tag in ("metadata", "style"):
            continue
        child.tail = None
        if child.get("id") not in used and child.attrib.pop("id", None) == ROWS:
            child.set("data-rows", "")
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
    """Give adjacent elements of the same style that style once, in a group around them."""
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
    """Write a path of straight lines in the fewest characters."""
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
            step = [f"{part.normalize():f}" for part in by]
            choices = [f"{letter}{to[0]} {to[1]}", f"{letter.lower()}{step[0]} {step[1]}"]
            choices = [choice.replace(" -", "-") for choice in choices]
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


def themed(drawn: str) -> str:
    """Return the SVG with variables of the page in place of the palette's colours."""
    return re.sub("|".join(PALETTE), lambda colour: f"var({PALETTE[colour[0].lower()]})", drawn, flags=re.IGNORECASE)


def share_styles(markup: str) -> tuple[str, str]:
    """Replace the styles in the drawings of a page by classes, with the clipping where both occur several times.

    Returns
    -------
    markup : str
        Of the page, with no style in a tag of its drawings.
    rules : str
        CSS, one class per style.
    """
    styled = re.compile(r' clip-path="([^"]*)" style="([^"]*)"| clip-path="([^"]*)"| style="([^"]*)"')

    def parts(found: re.Match[str]) -> tuple[str, str]:
        return found[1] or found[3] or "", found[2] or found[4] or ""

    def rule(clip: str, own: str) -> str:
        return ";".join([*([f"clip-path:{clip}"] if clip else []), *([own] if own else [])])

    drawings = re.compile(r"(?<=<svg ).*?(?=</svg>)", re.S)
    found = [parts(each) for drawn in drawings.findall(markup) for each in styled.finditer(drawn)]
    times = Counter(rule(*each) for each in found)
    whole = {text for text, count in times.items() if count > 1}
    texts = dict.fromkeys(rule(*each) if rule(*each) in whole else each[1] for each in found)
    names = {text: f"d{number}" for number, text in enumerate(filter(None, texts))}

    def replaced(each: re.Match[str]) -> str:
        clip, own = parts(each)
        if rule(clip, own) in whole:
            return f' class="{names[rule(clip, own)]}"'
        return (f' clip-path="{clip}"' if clip else "") + (f' class="{names[own]}"' if own else "")

    rules = "\n".join(f".{name}{{{text}}}" for text, name in names.items())
    return drawings.sub(lambda drawn: styled.sub(replaced, drawn[0]), markup), rules
