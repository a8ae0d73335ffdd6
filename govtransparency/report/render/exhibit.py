"""A table or figure of the report as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.report.render.html_text import both
from govtransparency.texts.bilingual import Text
from govtransparency.texts.report_words import PAGE
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.plot.figure import Drawing


NARROW = 4.5  # inches: of a figure that a telephone shows whole


def figure_html(drawing: Drawing, name: str, drawn: str) -> str:
    """Return a figure, drawn as SVG in both languages, with its alternative text."""
    hidden = drawn.replace("<svg ", '<svg aria-hidden="true" ', 1)
    wide = bool(drawing.get_figwidth() >= NARROW)  # which a telephone scrolls, by the keyboard too
    return (
        f'<div class="drawing scroll{" heat" * drawing.heat}{"" if wide else " narrow"}"{" tabindex=0" * wide}>'
        f'<div role="img" aria-labelledby="{name}-alt">'
        f'{hidden}<p class="alt" id="{name}-alt">{both(drawing.alt)}</p></div></div>'
    )


def of_groups(entry: Mapping[str, Any]) -> str:
    """Return the attribute by which a page shows what is of the chosen group; none for what is of all groups."""
    return f' data-of="{" ".join(entry["of"])}"' if entry["of"] else ""


def conclusion_html(entry: Mapping[str, Any]) -> str:
    """Return a sentence made of results, with its permanent id."""
    return f'<p class="conclusion" id="said-{entry["id"]}"{of_groups(entry)}>{both(Text(**entry["text"]))}</p>'


def exhibit_html(entry: Mapping[str, Any], body: str) -> str:
    """Return an exhibit with its caption: kind, title, status, file; a report puts its number beside the kind."""
    note = f'<p class="note">{both(Text(**entry["note"]))}</p>' if entry["note"] else ""
    file = entry.get("file")  # none where nothing is written
    source = f'{both(PAGE["from"])} <a href="{file}">{file}</a> · ' if file else ""
    return (
        f'<figure class="exhibit {entry["kind"]}" id="{entry["id"]}"{of_groups(entry)}>'
        f'<figcaption><a class="number" href="#{entry["id"]}">{both(PAGE[entry["kind"]])}</a> '
        f"{both(Text(**entry['title']))} "
        f'<span class="badge {entry["status"]}">{both(BADGE[entry["status"]])}</span></figcaption>\n{body}\n{note}'
        f'<p class="file">{source}{entry["notebook"]}.ipynb</p></figure>'
    )
