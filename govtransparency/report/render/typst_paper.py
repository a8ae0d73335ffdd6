"""PDF and pictures by Typst: of a template and its data, or of a figure; the same bytes each time."""

from __future__ import annotations

import datetime
import itertools
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, cast

from govtransparency.extras import needs
from govtransparency.plot import fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["compile_paper", "emptiest_pages", "picture"]

LOOSENESS = (1.0, 0.93, 1.07, 0.86, 1.14, 0.8, 1.22)  # of lines and parts, in the order in which they are tried
EMPTY = 0.36  # of a page, a little less than the 40 % that no page is to exceed
TOP, FOOT = 2.2, 28.0  # centimetres from the upper edge: where what a page holds begins and ends


def compile_paper(place: Path, template: str, data: Mapping[str, Any], *, year: int, floating: bool = False) -> bytes:
    """Return a PDF (PDF/A-2a, PDF/UA-1) in the fonts of the figures, dated the last day of a year.

    Lines and parts stand as loosely, and figures as near to their part, as leaves no page more than 40 % empty at its
    foot; where that cannot be had, a last page may be, and as full as it can; and else the emptiest page is that.

    Parameters
    ----------
    place : Path
        A private folder, where the template finds the figures that the data name.
    template : str
        The name of its file among the templates; it reads ``data.json``.
    data : mapping
        What the template shows; the names of the fonts and the setting are added.
    year : int
        Of the edition: the bytes depend on the results alone.
    floating : bool
        Whether the figures of the template may float into the next part where that fills the pages.
    """
    import typst

    source = resources.files("govtransparency.report.render") / "templates" / template
    (place / template).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    compiler = typst.Compiler(place / template, root=place, **_only_our_fonts())

    def written(setting: tuple[float, bool]) -> None:
        looseness, kept = setting
        shown = {**data, "fonts": fonts.FAMILIES, "looseness": looseness, "kept": kept}
        text = fonts.visible(json.dumps(shown, ensure_ascii=False))
        (place / "data.json").write_text(text, encoding="utf-8")

    empty: dict[tuple[float, bool], tuple[float, float]] = {}
    for kept, looseness in itertools.product((True, False) if floating else (True,), LOOSENESS):
        setting = looseness, kept
        written(setting)
        inner, whole = emptiest_pages(json.loads(compiler.query("<ends>", field="value", one=True)))
        if whole <= EMPTY:
            break
        empty[setting] = max(inner, EMPTY), whole
    else:
        written(min(empty, key=empty.__getitem__))
    dated = datetime.datetime(year, 12, 31, tzinfo=datetime.UTC)
    return cast("bytes", compiler.compile(pdf_standards=["a-2a", "ua-1"], timestamp=dated))


def emptiest_pages(ends: Iterable[Mapping[str, float]]) -> tuple[float, float]:
    """Return how much of the emptiest page but the last, and of the emptiest of all, is empty at its foot.

    A single page is as full as its text.

    Parameters
    ----------
    ends : iterable of mappings of page and y to float
        The page, and where on it in centimetres, of the end of each paragraph, figure and row of a table.
    """
    lowest: dict[float, float] = {}
    for end in ends:
        lowest[end["page"]] = max(lowest.get(end["page"], 0.0), end["y"])
    empty = [1 - (lowest[page] - TOP) / (FOOT - TOP) for page in sorted(lowest)]
    return (max(empty[:-1]), max(empty)) if len(empty) > 1 else (0.0, 0.0)


PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: if sys.inputs.paper == "white" { white })
#set document(date: none)
#image(bytes(sys.inputs.figure), format: "svg", width: eval(sys.inputs.width))"""


def picture(drawn: str, width: float, kind: Literal["pdf", "png"]) -> bytes:
    """Return a figure that is drawn as SVG with texts as a PDF, whose texts can be selected, or as a PNG on white.

    Parameters
    ----------
    drawn : str
    width : float
        In inches.
    kind : {"pdf", "png"}
        A PNG has 150 dots per inch.
    """
    needs("typst", title="show")
    import typst

    paper = "white" if kind == "png" else "none"
    inputs = {"figure": drawn, "width": f"{width}in", "paper": paper}
    return typst.compile(PICTURE, format=kind, ppi=150, sys_inputs=inputs, **_only_our_fonts())


def _only_our_fonts() -> dict[str, Any]:
    return {"font_paths": sorted({font.parent for font in fonts.all_files()}), "ignore_system_fonts": True}
