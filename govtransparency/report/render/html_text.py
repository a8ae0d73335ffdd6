"""A bilingual text as HTML."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language, Shown

__all__ = ["both", "plain", "running_head", "text_of"]


def running_head(status: str, language: Shown) -> str:
    """Return the style that puts the status of the figures at the head of every printed page."""
    shown = {"zh": STATUS[status].zh, "en": STATUS[status].en}.get(language, " · ".join(STATUS[status]))
    return (
        f"@page{{@top-right{{content:{json.dumps(shown, ensure_ascii=False)};font:8pt 'Noto Sans SC',sans-serif}}}}\n"
    )


def both(text: Text) -> str:
    """Return the text as HTML in both languages, once where they are equal; the page shows one of them or both."""
    zh, en = html.escape(text.zh), html.escape(text.en)
    if zh == en:
        # a sentence that exists only in English is shown in every language, and read out as English
        return f"<span lang=en-GB>{en}</span>" if zh.isascii() and zh.count(" ") > 4 else zh
    return f"<span lang=zh>{zh}</span> <span lang=en>{en}</span>"


def plain(markup: str, language: Language) -> str:
    """Return HTML without its markup, in one language where it is in both.

    Examples
    --------
    >>> plain("<span lang=zh>\u662f</span> <span lang=en>yes</span>", "en"), plain("<b>p &lt; 1</b>", "zh")
    ('yes', 'p < 1')
    """
    return getattr(text_of(markup), language)


def text_of(markup: str) -> Text:
    """Return the text that `both` made the HTML of.

    Examples
    --------
    >>> text_of(both(Text("\u8d8a\u5927\u8d8a\u597d", "p < 1"))).en
    'p < 1'
    """
    found = re.fullmatch(r"<span lang=zh>(.*)</span> <span lang=en>(.*)</span>", markup, re.S)
    zh, en = found.groups() if found else [re.sub(r"<[^>]+>", "", markup)] * 2
    return Text(html.unescape(zh), html.unescape(en))
