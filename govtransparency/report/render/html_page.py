"""A page of its own: one file in both languages that shows its status, with the report's fonts and style."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, get_args

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.plot.figure_frame import framed
from govtransparency.report.render import page_parts, svg
from govtransparency.report.render.exhibit import figure_html
from govtransparency.report.render.html_table import table_html
from govtransparency.report.render.html_text import both
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Column, Shown, Text
from govtransparency.texts.report_words import PAGE
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd

    from govtransparency.plot.figure import Drawing

__all__ = ["figure", "note", "paragraph", "section", "table", "write_single_page"]


def write_single_page(
    path: Path,
    *,
    title: Text,
    status: str,
    body: str,
    attribution: Iterable[Text] = (),
    warning: Text | None = None,
    language: Shown = "both",
    letters: str = "",
) -> None:
    """Write one self-contained page, in both languages.

    Parameters
    ----------
    path : Path
    title : Text
    status : str
        Of the data, as an edition declares it.
    body : str
        HTML, from the functions of this module.
    attribution : iterable of Text, optional
        As `Edition.attribution`.
    warning : Text, optional
        In addition to the one that goes with the status.
    language : {"zh", "en", "both"}
        Shown until the reader chooses; the page holds both languages in any case.
    letters : str
        As in `page_parts.finished`.
    """
    with Arguments("write_single_page") as check:
        check.choice("language", language, get_args(Shown))
    said = both(head_of(status, attribution)) + (f"<p>{both(warning)}</p>" if warning else "")
    markup = f"""<!DOCTYPE html>
<html lang="{"en" if language == "en" else "zh-CN"}" data-show="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(" / ".join(dict.fromkeys(title)))}</title>
<style>
{page_parts.FONTS}
{page_parts.style(status, language)}
</style>
</head>
<body class="{status}">
<a class="skip" href="#text">{both(PAGE["skip"])}</a>
<header class="bar"><span class="badge {status}">{both(BADGE[status])}</span><span class="name">{both(title)}</span>
{page_parts.choices()}</header>
<main id="text">
<h1>{both(title)}</h1>
<aside class="status {status}"><strong>{both(STATUS[status])}</strong> {said}</aside>
{body}
</main>
<script>
{page_parts.scripts()}
</script>
</body>
</html>
"""
    write_whole(path, page_parts.finished(markup, letters=letters))


def section(title: Text, *parts: str, status: str | None = None) -> str:
    """Return a section of the page with the status of its figures; None where each row states its own."""
    badge = f' <span class="badge {status}">{both(BADGE[status])}</span>' if status else ""
    return "\n".join([f"<section><h2>{both(title)}{badge}</h2>", *parts, "</section>"])


def paragraph(text: Text) -> str:
    """Return a paragraph."""
    return f"<p>{both(text)}</p>"


def note(text: Text) -> str:
    """Return a small paragraph, such as how a table is to be read."""
    return f'<p class="note">{both(text)}</p>'


def table(frame: pd.DataFrame, *, columns: Mapping[str, Column] | None = None, rows: int | None = None) -> str:
    """Return a table whose columns can be sorted; the page folds away all but the first `rows`."""
    inner = table_html(frame, columns=dict(columns or {}), rows=rows, most=max(len(frame), 1))
    return f'<figure class="exhibit table"><div class="scroll">{inner}</div></figure>'


def figure(
    drawing: Drawing, *, name: str, what: Text, index: Text, status: str, attribution: Iterable[Text] = ()
) -> str:
    """Return a figure in both languages, framed by what it finds, what it is of and the status of its data."""
    framed(drawing, what=what, index=index, status=status, attribution=attribution)
    drawing.settle()
    drawn = svg.bilingual_svg(drawing, salt=name)
    return f'<figure class="exhibit figure">{figure_html(drawing, name, drawn)}</figure>'
