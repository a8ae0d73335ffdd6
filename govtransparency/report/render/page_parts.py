"""What all pages of the report have in common: style, scripts, the choice of language, embedded fonts."""

from __future__ import annotations

import html
import json
import re
from importlib import resources
from typing import TYPE_CHECKING

from govtransparency.plot import fonts
from govtransparency.report.render import svg
from govtransparency.report.render.html_text import both, running_head
from govtransparency.texts.report_words import LANGUAGE_BUTTONS, PAGE

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Shown

__all__ = ["FONTS", "choices", "finished", "scripts", "style", "template"]


FONTS = "/*fonts*/"  # where `finished` puts the fonts
END_TAGS = re.compile(r"</t[dh]>(?=<t[dh]|</tr>)|</tr>(?=\s*<tr|\s*</t)")  # which HTML does not need
UNFOLD = "/*unfold*/{}"  # where page.js takes the words of its button
BOLD = re.compile(
    r"<(h[1-4]|strong|figcaption)\b[^>]*>.*?</\1>|<th\b[^>]*scope=\"?col.*?(?=</?t[hdr])"
    r"|<text[^>]*font-weight:700.*?</text>|<g[^>]*font-weight:700.*?</g>",
    re.DOTALL,
)


def style(status: str, language: Shown) -> str:
    """Return the style of a page; printed, each sheet has the status of the data at its head."""
    return template("page.css") + running_head(status, language)


def scripts() -> str:
    """Return the scripts of a page: sorting and unfolding tables, the choice of language, light and dark."""
    unfold = {"zh": PAGE["unfold"].zh, "en": f" {PAGE['unfold'].en}"}
    return template("sort.js") + template("page.js").replace(UNFOLD, json.dumps(unfold, ensure_ascii=False))


def choices(*, code: bool = False) -> str:
    """Return the buttons of the bar: the language, the code where a page has any, light or dark."""
    languages = "".join(f'<button type="button" data-show="{key}">{label}</button>' for key, label in LANGUAGE_BUTTONS)
    language, shade = (" · ".join(PAGE[key]) for key in ("language", "shade"))
    switch = f'<button type="button" id="code" aria-pressed="false">{both(PAGE["code"])}</button>\n' if code else ""
    return (
        f'<span class="choices">\n<span role="group" aria-label="{language}">{languages}</span>\n{switch}'
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
    markup = END_TAGS.sub("", fonts.visible(markup))
    markup = re.sub(r"<svg .*?</svg>", lambda drawn: svg.themed(drawn[0]), markup, flags=re.DOTALL)
    shown = html.unescape(markup) + letters
    bold = "".join(html.unescape(found[0]) for found in BOLD.finditer(markup)) + letters
    markup, rules = svg.share_styles(markup)
    return markup.replace(FONTS, f"{fonts.web_fonts(shown, bold=bold)}\n{rules}", 1).encode("utf-8")


def template(name: str) -> str:
    """Return a file of the page's style and scripts."""
    folder = resources.files("govtransparency.report.render") / "templates" / "page"
    return (folder / name).read_text(encoding="utf-8")
