"""Where the lines of a text of a figure break."""

from __future__ import annotations

import re

from govtransparency.texts.bilingual import width_of

__all__ = ["PIECES", "wrapped"]

# a Chinese character, or a word with the space after it; with the brackets that may not end a line and the
# punctuation that may not begin one
CLOSING = r"[\uff0c\u3002\uff1b\uff1a\u3001\uff09\u300b\u201d]*"
PIECES = re.compile(rf"[\uff08\u300a]*(?:[\u2e80-\uffef]{CLOSING}|[^\s\u2e80-\uffef]+{CLOSING}\s*)|\s+")


def wrapped(words: str, inches: float, points: float) -> str:
    r"""Break a text into lines that are no wider: between words, and anywhere between Chinese characters.

    Examples
    --------
    >>> wrapped("Ranks and intervals", inches=1, points=10)
    'Ranks and\nintervals'
    >>> wrapped("许可CC BY（见附录）", inches=0.7, points=10)
    '许可CC BY\n（见附\n录）'
    """
    most = inches * 72 / (1.05 * points)
    lines = []
    for paragraph in words.split("\n"):
        line = ""
        pieces = PIECES.findall(paragraph)
        while pieces:
            piece = pieces.pop(0)
            if width_of(piece.rstrip()) > most and len(piece) > 1:  # a word of more than a line
                fits = max(1, int(len(piece) * most / width_of(piece)))
                pieces.insert(0, piece[fits:])
                piece = piece[:fits]
            if line and width_of((line + piece).rstrip()) > most:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return "\n".join(lines)
