"""The sections of a page as values, written as HTML and on paper from the same: paragraphs, tables, figures."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.atomic_files import write_whole
from govtransparency.report.render import html_page, svg
from govtransparency.report.render.html_table import NUMERIC, Link, columns_of, write
from govtransparency.report.render.html_text import plain
from govtransparency.report.render.typst_paper import compile_paper
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Column, Language, Shown, Text, bilingual, width_of
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from govtransparency.editions import Edition
    from govtransparency.plot.figure import Drawing

__all__ = ["Picture", "Section", "Table", "languages_on_paper", "write_both", "write_page", "write_paper"]

PAPER = 58.0  # Chinese characters of a table that is as wide as the page
NARROW, WIDEST = 9.0, 40.0  # in a wider table a column of text of no more takes its own width, of more a share


@dataclass(frozen=True, eq=False)
class Table:
    """A table with the headings of its columns; the page folds away all but the first `rows`."""

    frame: pd.DataFrame
    columns: Mapping[str, Column] = field(default_factory=dict)
    rows: int | None = None


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure, its name in the page and what it is of."""

    drawing: Drawing
    name: str
    what: Text


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands below it; `status`, whether the heading bears the status of the figures."""

    title: Text
    parts: Sequence[Text | Table | Picture]
    status: bool = True


def write_page(
    path: Path,
    edition: Edition,
    title: Text,
    sections: Sequence[Section],
    *,
    language: Shown,
    warning: Text | None = None,
    letters: str = "",
) -> None:
    """Write the sections as one self-contained page.

    Parameters
    ----------
    path : Path
    edition : Edition
        Gives the status and the attribution of the figures.
    title : Text
    sections : sequence of Section
    language : {"zh", "en", "both"}
        Shown until the reader chooses.
    warning : Text, optional
        In addition to the one that goes with the status.
    letters : str
        As in `page_parts.finished`.
    """
    body = [
        html_page.section(
            section.title,
            *(_markup(part, edition) for part in section.parts),
            status=edition.status if section.status else None,
        )
        for section in sections
    ]
    html_page.write_single_page(
        path,
        title=title,
        status=edition.status,
        attribution=edition.attribution,
        body="\n".join(body),
        warning=warning,
        language=language,
        letters=letters,
    )


def write_paper(
    path: Path,
    edition: Edition,
    title: Text,
    sections: Sequence[Section],
    *,
    language: Language,
    warning: Text | None = None,
) -> None:
    """Write the sections as a PDF (A4) in one language; after `write_page`, which lays the figures out."""
    with tempfile.TemporaryDirectory() as private:
        place = Path(private)
        data = {
            "language": language,
            "simulated": edition.status == "simulated",
            "title": getattr(title, language),
            "index": getattr(bilingual(edition.title), language),
            "status": getattr(STATUS[edition.status], language),
            "badge": getattr(BADGE[edition.status], language),
            "warning": getattr(head_of(edition.status, edition.attribution), language),
            "further": getattr(warning, language) if warning else None,
            "sections": [
                {
                    "title": getattr(section.title, language),
                    "status": section.status,
                    "parts": [_on_paper(part, language, place) for part in section.parts],
                }
                for section in sections
            ],
        }
        made = compile_paper(place, "sections.typ", data, year=edition.year)
    write_whole(path, made)


def write_both(
    folder: Path,
    stem: str,
    edition: Edition,
    title: Text,
    sections: Sequence[Section],
    *,
    language: Shown,
    warning: Text | None = None,
    letters: str = "",
) -> list[Path]:
    """Write the sections as a page and as a PDF in each language that is asked for, and return the files.

    Parameters
    ----------
    folder : Path
    stem : str
        Of the files' names: ``<stem>.html``, ``<stem>.pdf`` in Chinese, ``<stem>.en.pdf`` in English.
    edition, title, sections, language, warning, letters
        As in `write_page`; PDFs are written in the language alone, or in both.
    """
    page = folder / f"{stem}.html"
    write_page(page, edition, title, sections, language=language, warning=warning, letters=letters)
    papers = [(folder / f"{stem}{ending}", one) for one, ending in languages_on_paper(language)]
    for path, one in papers:
        write_paper(path, edition, title, sections, language=one, warning=warning)
    return [page, *(path for path, _ in papers)]


def languages_on_paper(language: Shown) -> list[tuple[Language, str]]:
    """Return in which languages the PDFs are, each with the ending of its file.

    Examples
    --------
    >>> languages_on_paper("both"), languages_on_paper("en")
    ([('zh', '.pdf'), ('en', '.en.pdf')], [('en', '.en.pdf')])
    """
    endings: dict[Language, str] = {"zh": ".pdf", "en": ".en.pdf"}
    return [(one, endings[one]) for one in get_args(Language) if language in (one, "both")]


def _markup(part: Text | Table | Picture, edition: Edition) -> str:
    if isinstance(part, Text):
        return html_page.paragraph(part)
    if isinstance(part, Table):
        return html_page.table(part.frame, columns=part.columns, rows=part.rows)
    return html_page.figure(
        part.drawing, name=part.name, what=part.what, index=bilingual(edition.title), status=edition.status,
        attribution=edition.attribution,
    )  # fmt: skip


def _on_paper(part: Text | Table | Picture, language: Language, place: Path) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"kind": "text", "text": getattr(part, language)}
    if isinstance(part, Picture):
        part.drawing.speak(language)
        file = f"{part.name}.svg"
        (place / file).write_text(svg.svg(part.drawing, text=False), encoding="utf-8")
        return {"kind": "figure", "file": file, "alt": getattr(part.drawing.alt, language)}
    heads = columns_of(part.frame, part.columns)
    pairs = {name for name in heads if f"{name}_{language}" in part.frame}
    rows = [
        [
            _plain(row[f"{name}_{language}"] if name in pairs else row[name], head.kind, language)
            for name, head in heads.items()
        ]
        for row in part.frame.to_dict("records")
    ]
    widths = [max((width_of(cell["words"]) for cell in cells), default=0.0) for cells in zip(*rows, strict=True)]
    wide = sum(widths) + len(widths) > PAPER
    return {
        "kind": "table",
        "heads": [
            {
                "text": getattr(head, language),
                "number": head.kind in NUMERIC,
                "share": min(width, WIDEST) if wide and width > NARROW and head.kind not in NUMERIC else None,
            }
            for head, width in zip(heads.values(), widths or [0.0] * len(heads), strict=True)
        ],
        "rows": rows,
    }


def _plain(value: Any, kind: str, language: Language) -> dict[str, str]:
    """Return the words of a cell as the page writes them, without its markup, and the address that they lead to."""
    address = value.address if isinstance(value, Link) else ""
    return {"words": plain(write(value, kind), language), "address": address}
