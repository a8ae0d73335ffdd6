"""PDF and pictures by Typst: of a template and its data, or of a figure; the same bytes each time."""

from __future__ import annotations

import datetime
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from govtransparency.extras import needs
from govtransparency.plot import fonts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["compile_paper", "picture"]


def compile_paper(place: Path, template: str, data: Mapping[str, Any], *, year: int) -> bytes:
    """Return a PDF (PDF/A-2a, PDF/UA-1) in the fonts of the figures, dated the last day of a year.

    Parameters
    ----------
    place : Path
        A private folder, where the template finds the figures that the data name.
    template : str
        The name of its file among the templates; it reads ``data.json``.
    data : mapping
        What the template shows; the names of the fonts are added.
    year : int
        Of the edition: the bytes depend on the results alone.
    """
    import typst

    text = fonts.visible(json.dumps({**data, "fonts": fonts.FAMILIES}, ensure_ascii=False))
    (place / "data.json").write_text(text, encoding="utf-8")
    source = resources.files("govtransparency.report.render") / "templates" / template
    (place / template).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return typst.compile(
        place / template,
        root=place,
        **_only_our_fonts(),
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.datetime(year, 12, 31, tzinfo=datetime.UTC),
    )


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
