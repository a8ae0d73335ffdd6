"""What a Chinese keyboard leaves in a TOML file that does not parse: full-width marks and unquoted words."""

from __future__ import annotations

import re
import tomllib
import unicodedata

from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import toml_problems as problems
from govtransparency.texts.toml_words import AT, AT_END, REASONS

__all__ = ["reason_of", "toml_mistakes"]

TOKEN = re.compile(
    r'''(?P<as_is>"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*)
    |“(?P<quoted>[^”"\n]*)”
    |(?P<mark>[“”‘’＝，．：；［］｛｝＂＇＃＋－])
    |(?P<word>[\w-]+)''',
    re.VERBOSE | re.DOTALL,
)
PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def toml_mistakes(text: str) -> list[Text]:
    r"""Return what must be typed otherwise in each line of a TOML file, and what is wrong besides; nothing if nothing.

    Examples
    --------
    >>> for problem in toml_mistakes('[groups]\n省级 ＝ { zh = “省”， en = "Provinces" }'):
    ...     print(problem)
    line 2: 省级 stands in quotation marks: "省级"
    line 2: type = "省" , in place of the full-width ＝ “省” ，
    """
    wanted: dict[tuple[int, bool], dict[str, str]] = {}
    mended, end = [], 0
    for token in TOKEN.finditer(text):
        kind = token.lastgroup or ""
        typed = _typed(kind, token)
        if typed != token[0]:
            line = text.count("\n", 0, token.start()) + 1
            unquoted = kind == "word" and typed != _narrow(token[0])
            wanted.setdefault((line, unquoted), {})[token[0]] = typed
        mended += [text[end : token.start()], typed]
        end = token.end()
    found = [
        (problems.WORDS if unquoted else problems.MARKS).format(
            line=line, found=" ".join(typed), typed=" ".join(typed.values())
        )
        for (line, unquoted), typed in wanted.items()
    ]
    try:
        tomllib.loads("".join([*mended, text[end:]]))
    except (ValueError, RecursionError) as error:
        return [*found, problems.AND_THEN.format(reason=reason_of(error))] if found else []
    return found


def reason_of(error: Exception) -> Text:
    """Return why a TOML file cannot be read, in Chinese as far as the reason is known.

    Examples
    --------
    >>> reason_of(ValueError("Invalid value (at line 3, column 5)")).zh
    '第3行第5列，值无效；文本须加英文引号'
    """
    said = str(error)
    place = PLACE.search(said)
    english = said[: place.start()] if place else said
    reason = Text(next((zh for start, zh in REASONS if english.startswith(start)), english), english)
    if place is None:
        return reason
    at = AT if place["line"] else AT_END
    return at.format(reason=reason, line=place["line"], column=place["column"])


def _typed(kind: str, token: re.Match[str]) -> str:
    if kind == "as_is":
        return token[0]
    narrow = _narrow(token[0])
    if kind == "mark" or narrow.isascii():
        return narrow
    return f'"{token["quoted"] if kind == "quoted" else token[0]}"'


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(TYPED))
