"""Text that was decoded wrongly once before, so that its characters are not those that were written."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.files.folded_text import HAN, HAN_LETTER
from govtransparency.texts import damage_words as words

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["Damage", "damage_of"]

LOST = (  # what cannot be undone, with what it looks like
    (re.compile("\ufffd"), words.REPLACED),
    (re.compile("\u951f\u65a4|\u65a4\u62f7"), words.REPLACED_TWICE),
    (re.compile("\u70eb{3,}|\u5c6f{3,}"), words.EMPTY_MEMORY),
    (re.compile(rf"(?<=[{HAN}])\?+(?=[{HAN}])|^\?+(?=[{HAN}])|^\?\?+$"), words.QUESTION_MARKS),
    (re.compile("[\ue000-\uf8ff]"), words.PRIVATE),
)
SHORT = 2  # Han letters below which a text that can be read otherwise may be meant


class Damage(NamedTuple):
    """What is wrong with a text, and what it was, where that can be told."""

    what: Text
    was: str | None = None


def damage_of(text: str) -> Damage | None:
    """Return how a text seems to be damaged, or None.

    Examples
    --------
    >>> damage_of("\u7532\u5e02") is None, damage_of("\u9422\u63d2\u7af6").was, damage_of("T\u00c3\u00bcrkiye").was
    (True, '\u7532\u5e02', 'T\u00fcrkiye')
    """
    if text.isascii() and "?" not in text:
        return None
    if not text.isascii() and (was := _before(text)) is not None:
        return Damage(words.WRONGLY_DECODED.format(was=was), was)
    return next((Damage(what) for pattern, what in LOST if pattern.search(text)), None)


def _before(text: str) -> str | None:
    """Return what a text was before it was decoded wrongly, or None: UTF-8 as GBK or as Latin-1, GBK as Latin-1."""
    bytes_of = b"".join(_byte(character) for character in text)
    try:
        was = bytes_of.decode("utf-8")  # which is no chance
    except UnicodeDecodeError:
        return _utf_8_as_gbk(text.rstrip("?\ufffd")) or _gbk_as_latin(text, bytes_of)
    return was if HAN_LETTER.search(was) else _gbk_as_latin(text, bytes_of) or was


def _byte(character: str) -> bytes:
    """Return the byte that Windows shows as a character; bytes that it has no character for pass as they are."""
    code = character.encode("windows-1252", "ignore") or character.encode("latin-1", "ignore")
    return code or b"\xff"  # which is no byte of UTF-8


def _utf_8_as_gbk(text: str) -> str | None:
    """Return the Han letters that a text was in UTF-8, without one at its end of which bytes are lost; or None."""
    content = text.encode("gb18030", "ignore")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        was = decoder.decode(content)
    except UnicodeDecodeError:
        return None
    rest = "\u2026" if decoder.getstate()[0] else ""
    return was + rest if HAN_LETTER.search(was) else None


def _gbk_as_latin(text: str, bytes_of: bytes) -> str | None:
    """Return the Han letters that a word of nothing but accented letters and signs was in GBK, or None."""
    if not re.fullmatch("[\x80-\u2122]+", text):
        return None
    try:
        was = bytes_of.decode("gb2312")
    except UnicodeDecodeError:
        return None
    return was if re.fullmatch(f"[{HAN}]{{{SHORT},}}", was) else None
