"""What a Chinese keyboard leaves in a TOML file that does not parse: full-width marks and unquoted words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING

from govtransparency.texts.problems import toml_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["toml_mistakes"]

TOKEN = re.compile(
    r'''(?P<as_is>"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*)
    |“(?P<quoted>[^”"\n]*)”
    |(?P<mark>[“”‘’＝，．：；［］｛｝＂＇＃＋－])
    |(?P<word>[\w-]*[^\W\x00-\x7f][\w-]*)''',
    re.VERBOSE | re.DOTALL,
)
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
        return [*found, problems.AND_THEN.format(reason=error)] if found else []
    return found


def _typed(kind: str, token: re.Match[str]) -> str:
    if kind == "as_is":
        return token[0]
    narrow = _narrow(token[0])
    if kind == "mark" or narrow.isascii():
        return narrow
    return f'"{token["quoted"] if kind == "quoted" else token[0]}"'


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(TYPED))
