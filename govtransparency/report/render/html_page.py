"""A page of its own beside the report: one file, both languages, its status in sight, the report's fonts and style."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.plot import fonts
from govtransparency.report.render import svg
from govtransparency.report.render.exhibit import figure_html
from govtransparency.report.render.html_table import table_html
from govtransparency.report.render.html_text import both, running_head
from govtransparency.texts.bilingual import Column, Shown, Text
from govtransparency.texts.report_words import PAGE
from govtransparency.texts.status_words import BADGE, STATUS, WARNING

if TYPE_CHECKING:
    from govtransparency.plot.figure import Drawing

__all__ = ["figure", "paragraph", "section", "table", "write_leaf"]


BOLD = re.compile(
    r"<(h[1-4]|strong|figcaption)\b[^>]*>.*?</\1>|<th\b[^>]*scope=col.*?</th>|<text[^>]*700.*?</text>", re.S
)


def write_leaf(
    path: Path, *, title: Text, status: str, body: str, warning: Text | None = None, language: Shown = "both"
) -> None:
    """Write the page.

    Parameters
    ----------
    path : Path
    title : Text
    status : str
        Of the data, as an edition declares it.
    body : str
        HTML, from the functions of this module.
    warning : Text, optional
        In addition to the one that goes with the status.
    language : {"zh", "en", "both"}
        Shown until the reader chooses; the page holds both languages in any case.

    Raises
    ------
    InputError
        For characters that the report's fonts cannot show.
    """
    with Arguments("write_leaf") as check:
        check.choice("language", language, get_args(Shown))
    parts = resources.files("govtransparency.report.render") / "templates" / "page"
    css, script = ((parts / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    css += running_head(status, language)
    choices = "".join(
        f'<button type="button" data-show="{key}">{label}</button>'
        for key, label in (("zh", "中文"), ("en", "English"), ("both", "中 + En"))
    )
    more = f"<p>{both(warning)}</p>" if warning else ""
    markup = f"""<!DOCTYPE html>
<html lang="{"en" if language == "en" else "zh-CN"}" data-show="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(" / ".join(dict.fromkeys(title)))}</title>
<style>
/*fonts*/
{css}
</style>
</head>
<body class="{status}">
<a class="skip" href="#text">{both(PAGE["skip"])}</a>
<header class="bar"><span class="badge {status}">{both(BADGE[status])}</span><span class="name">{both(title)}</span>
<span class="choices"><span role="group" aria-label="语言 · Language">{choices}</span>
<button type="button" id="shade" aria-label="明暗 · Light or dark">◐</button></span></header>
<main id="text">
<h1>{both(title)}</h1>
<aside class="status {status}"><strong>{both(STATUS[status])}</strong> {both(WARNING[status])}{more}</aside>
{body}
</main>
<script>
{script}
</script>
</body>
</html>
"""
    markup = re.sub(r"<svg .*?</svg>", lambda drawn: svg.themed(drawn[0]), markup, flags=re.S)
    shown = html.unescape(markup)
    if lacking := fonts.glyphless(shown):
        codes = ", ".join(f"{character} (U+{ord(character):04X})" for character in lacking)
        raise InputError(f"no font of the report has {codes}; mend the data it comes from", title=path.name)
    bold = "".join(html.unescape(found[0]) for found in BOLD.finditer(markup))
    markup, rules = svg.share_styles(markup)
    markup = markup.replace("/*fonts*/", f"{fonts.web_fonts(shown, bold=bold)}\n{rules}", 1)
    write_whole(path, markup.encode("utf-8"))


def section(title: Text, *parts: str, status: str | None = None) -> str:
    """Return a section of the page, its figures' status beside the heading; None for one whose rows say their own."""
    badge = f' <span class="badge {status}">{both(BADGE[status])}</span>' if status else ""
    return "\n".join([f"<section><h2>{both(title)}{badge}</h2>", *parts, "</section>"])


def paragraph(text: Text) -> str:
    """Return a paragraph."""
    return f"<p>{both(text)}</p>"


def table(frame: pd.DataFrame, *, columns: Mapping[str, Column] | None = None, rows: int | None = None) -> str:
    """Return a table whose columns can be sorted; `rows` of it stand open."""
    inner = table_html(frame, columns=dict(columns or {}), rows=rows, most=max(len(frame), 1))
    return f'<figure class="exhibit table"><div class="scroll">{inner}</div></figure>'


def figure(drawing: Drawing, *, name: str, status: str) -> str:
    """Return a figure in both languages, stamped with the status of its data."""
    drawing.stamp(STATUS[status])
    return f'<figure class="exhibit figure">{figure_html(drawing, name)}</figure>'
