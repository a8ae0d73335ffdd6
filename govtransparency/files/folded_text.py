"""Texts that differ only in how they are typed or pasted: width, blanks between Han letters, radicals, line breaks."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["HAN", "HAN_LETTER", "folded"]

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_LETTER = re.compile(f"[{HAN}]")
BLANKS = re.compile(r"\s+")
BESIDE = re.compile(rf"(?<=[{HAN}()]) | (?=[{HAN}()])")
FOLDED = re.compile("[\u2f00-\u2fdf\u3000\uf900-\ufaff\uff01-\uffee]+")  # whose compatibility form is the usual one
BRACKETS = str.maketrans("\u3010\u3011\u3014\u3015\uff3b\uff3d[]", "()()()()")
# Radicals of simplified letters, as PDF files give them; Unicode names no usual form of these.
RADICALS = str.maketrans(
    "\u2e81\u2e8b\u2e9f\u2ea0\u2ebd\u2ec1\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb"
    "\u2edc\u2edd\u2ee2\u2ee3\u2ee4\u2ee5\u2ee6\u2ee7\u2ee8\u2ee9\u2eea\u2eec\u2eee\u2ef0\u2ef3",
    "\u5382\u5369\u6bcd\u6c11\u81fc\u864e\u897f\u89c1\u89d2\u8d1d\u8f66\u957f\u95e8\u9752\u97e6\u9875\u98ce"
    "\u98de\u98df\u9a6c\u9aa8\u9b3c\u9c7c\u9e1f\u5364\u9ea6\u9ec4\u9efe\u9f50\u9f7f\u9f99\u9f9f",
)
USUAL = RADICALS | BRACKETS


def folded(text: str) -> str:
    r"""Return a text in the form in which those that differ in typing alone are equal; invisible characters stay.

    Examples
    --------
    >>> folded("\u7532\u3000\u5e02"), folded("\uff27\uff24\uff30 per  head"), folded("\u5e02 ( a )")
    ('甲市', 'GDP per head', '市(a)')
    """
    if text.isascii() and text.isalnum():
        return text
    usual = FOLDED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(USUAL))
    return BESIDE.sub("", BLANKS.sub(" ", unicodedata.normalize("NFC", usual)).strip())
