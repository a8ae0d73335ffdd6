"""Papers by Typst: a template and its data compiled to a PDF, archivable, tagged, the same bytes each time."""

from __future__ import annotations

import datetime
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from govtransparency.plot import fonts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["compile_paper"]


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
        font_paths=sorted({font.parent for font in fonts.all_files()}),
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.datetime(year, 12, 31, tzinfo=datetime.UTC),
    )
