"""Names and headings as they are compared: without differences of width, brackets and blanks between Han letters."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["HAN", "folded"]

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
BRACKETS = str.maketrans("\u3010\u3011\u3014\u3015\uff3b\uff3d[]", "()()()()")
BESIDE_HAN = re.compile(rf"(?<=[{HAN}()])\s+(?=[{HAN}()])|(?<=[{HAN}])\s+(?=\()|(?<=\))\s+(?=[{HAN}])")


def folded(text: str) -> str:
    r"""Return a text by which names and headings are compared.

    Full-width forms and radicals become ordinary characters (NFKC), all brackets round ones; blanks and line breaks
    between Han letters and brackets go, others become one blank.

    Examples
    --------
    >>> folded("\uff27\uff24\uff30"), folded("Toy  index \uff082024\uff09") == "Toy index (2024)"
    ('GDP', True)
    >>> folded("\u7532\u3000\u5e02") == folded("\u7532\n\u5e02") == "\u7532\u5e02"
    True
    """
    plain = unicodedata.normalize("NFKC", text).translate(BRACKETS)
    return " ".join(BESIDE_HAN.sub("", plain).split())
