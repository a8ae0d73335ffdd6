"""What all pages of the report have in common: style, scripts, the choice of language, embedded fonts."""

from __future__ import annotations

import html
import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from govtransparency.plot import fonts
from govtransparency.report.render import svg
from govtransparency.report.render.html_text import running_head
from govtransparency.texts.report_words import LANGUAGE_BUTTONS, PAGE

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Shown

__all__ = ["FONTS", "choices", "finished", "scripts", "style"]


FONTS = "/*fonts*/"  # where `finished` puts the fonts
UNFOLD = "/*unfold*/{}"  # where page.js takes the words of its button
BOLD = re.compile(
    r'<(h[1-4]|strong|figcaption)\b[^>]*>.*?</\1>|<th\b[^>]*scope="?col.*?</th>|<text[^>]*font-weight:700.*?</text>'
    r"|<g[^>]*font-weight:700.*?</g>",
    re.S,
)


def style(status: str, language: Shown) -> str:
    """Return the style of a page; printed, each sheet has the status of the data at its head."""
    return _template("page.css") + running_head(status, language)


def scripts() -> str:
    """Return the scripts of a page: sorting and unfolding tables, the choice of language, light and dark."""
    unfold = {"zh": PAGE["unfold"].zh, "en": f" {PAGE['unfold'].en}"}
    return _template("sort.js") + _template("page.js").replace(UNFOLD, json.dumps(unfold, ensure_ascii=False))


def choices() -> str:
    """Return the buttons of the bar: the language, light or dark."""
    languages = "".join(f'<button type="button" data-show="{key}">{label}</button>' for key, label in LANGUAGE_BUTTONS)
    language, shade = (" · ".join(PAGE[key]) for key in ("language", "shade"))
    return (
        f'<span class="choices">\n<span role="group" aria-label="{language}">{languages}</span>\n'
        f'<button type="button" id="shade" aria-label="{shade}">◐</button>\n</span>'
    )


def finished(markup: str, *, letters: str = "") -> bytes:
    """Return the page with the palette's variables in its drawings, their styles shared, and the fonts it needs.

    Parameters
    ----------
    markup : str
        Of the whole page, with `FONTS` where its style begins. What the fonts lack is replaced by a sign.
    letters : str
        That the fonts have in any case, so that pages of the same letters share the work of making them.
    """
    markup = fonts.visible(markup)
    markup = re.sub(r"<svg .*?</svg>", lambda drawn: svg.themed(drawn[0]), markup, flags=re.DOTALL)
    shown = html.unescape(markup) + letters
    bold = "".join(html.unescape(found[0]) for found in BOLD.finditer(markup)) + letters
    markup, rules = svg.share_styles(markup)
    return markup.replace(FONTS, f"{fonts.web_fonts(shown, bold=bold)}\n{rules}", 1).encode("utf-8")


def _template(name: str) -> str:
    folder = resources.files("govtransparency.report.render") / "templates" / "page"
    return (folder / name).read_text(encoding="utf-8")
