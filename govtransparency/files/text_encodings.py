"""The characters of a text file: which encoding its bytes are in."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING

from govtransparency.errors import InputError, nearest
from govtransparency.texts import file_notes as notes
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["decoded", "known_encoding"]


MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHINESE = frozenset({"gb2312", "gbk", "gb18030"})  # each holds the one before; files named after one hold the next
NO_TEXT = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf_7"})
SUGGESTED = ("utf-8", "utf-16", "gb18030", "gbk", "big5", "windows-1252", "latin-1", "shift_jis", "euc-kr")
HAN = "\u4e00-\u9fff"
BETWEEN_LATIN = re.compile(f"[A-Za-z][{HAN}](?=[A-Za-z])")
LETTERS_BESIDE = re.compile(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")
WORD = re.compile(r"[^\s,;\"]*[^\x00-\x7f][^\s,;\"]*")
COMMON = 0.9  # the least share of the Han characters of a Chinese file that are in GB 2312
MANY = 12  # so many different characters are never all from the first half of GB 2312, unless they are Korean
KOREAN = 0xC8
OTHER_SCRIPTS = (0xA4, 0xA5, 0xA7)  # the rows of GB 2312 with kana and Cyrillic


def known_encoding(name: str) -> str | None:
    """Return Python's name of an encoding of text, or None if there is none of that name.

    Examples
    --------
    >>> known_encoding("GBK"), known_encoding("UTF8"), known_encoding("rot13")
    ('gb18030', 'utf-8', None)
    """
    try:
        found = codecs.lookup(name).name
        b"a".decode(name)  # refuses what turns bytes into bytes
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        return None
    if found.replace("-", "_") in NO_TEXT:
        return None
    return "gb18030" if found in CHINESE else found


def decoded(content: bytes, encoding: str | None, title: str) -> tuple[str, tuple[Text, ...]]:
    """Return the text of a file and what was decided about its encoding.

    Parameters
    ----------
    content : bytes
    encoding : str or None
        As declared.
    title : str
        For the error.

    Raises
    ------
    InputError
        If the encoding declared is unknown or not that of the file, or none is found that is beyond doubt.
    """
    mark = next((name for start, name in MARKS if content.startswith(start)), None)
    if encoding is not None:
        return _as_declared(content, encoding, mark, title), ()
    if mark is not None:
        text = _decode(content, mark, title)
        return text, () if mark == "utf-8-sig" else (notes.MARKED.format(encoding=mark.upper()),)
    if b"\0" in content:
        raise InputError(_nul_problem(content), title=title)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _chinese(content, error, title), (notes.GB18030,)
    if not text.isascii() and (chinese := _chinese_of_stray_letters(content, text)):
        raise InputError(problems.TWO_READINGS.format(**_first_words(text, chinese), first="UTF-8"), title=title)
    return text, ()


def _as_declared(content: bytes, encoding: str, mark: str | None, title: str) -> str:
    known = known_encoding(encoding)
    if known is None:
        problem = problems.UNKNOWN_ENCODING.format(encoding=encoding, nearest=nearest(encoding, SUGGESTED))
        raise InputError(problem, title=title)
    if mark is not None and not known.startswith(mark.removesuffix("-sig")):
        found = mark.removesuffix("-sig").upper()
        raise InputError(problems.OTHER_MARK.format(encoding=encoding, found=found), title=title)
    text = _decode(content, known, title, declared=encoding).removeprefix("\ufeff")
    if "\0" in text:
        raise InputError(problems.NUL_DECLARED.format(encoding=encoding, line=_line_of(text, "\0")), title=title)
    return text


def _decode(content: bytes, encoding: str, title: str, *, declared: str | None = None) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "ignore").count("\n") + 1
        byte = f"{content[error.start]:02x}"
        problem = problems.NOT_AS_DECLARED.format(line=line, byte=byte, encoding=declared or encoding.upper())
        raise InputError(problem, title=title) from None


def _line_of(text: str, character: str) -> int:
    return text[: text.index(character)].count("\n") + 1


def _nul_problem(content: bytes) -> Text:
    """Return what a file with bytes 0 seems to be: UTF-16 without its mark has them in every second place."""
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[start:2000:2].count(0) > 0.4 * len(content[start:2000:2]) and not content[
            1 - start : 2000 : 2
        ].count(0):
            return problems.UNMARKED_UTF16.format(encoding=name)
    return problems.NUL.format(line=content[: content.index(b"\0")].count(b"\n") + 1)


def _chinese(content: bytes, error: UnicodeDecodeError, title: str) -> str:
    """Return the text of a file that is not UTF-8, if it is plainly Chinese in GB18030."""
    line, byte = content[: error.start].count(b"\n") + 1, f"{content[error.start]:02x}"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=title) from None
    if _plainly_chinese(text):
        return text
    western = content.decode("cp1252", errors="replace")
    if all(map(str.isalpha, _signs(western))):
        problem = problems.TWO_READINGS.format(**_first_words(western, text), first="Windows-1252")
        raise InputError(problem, title=title)
    raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=title)


def _plainly_chinese(text: str) -> bool:
    """Return whether a text read as GB18030 looks as if it were meant: common Han characters, none within a word."""
    signs = _signs(text)
    han = {character for character in signs if "\u4e00" <= character <= "\u9fff"}
    common = {character: character.encode("gb2312", "ignore") for character in signs}
    others = [character for character in signs - han if not _is_chinese_sign(common[character])]
    leads = [common[character][0] for character in han if common[character]]
    if others or not han or len(leads) < COMMON * len(han) or BETWEEN_LATIN.search(text):
        return False
    return len(leads) < MANY or max(leads) > KOREAN


def _signs(text: str) -> set[str]:
    """Return the characters of a text that are not ASCII."""
    return {character for character in set(text) if character > "\x7f"}


def _is_chinese_sign(code: bytes) -> bool:
    """Return whether a character, as GB 2312 writes it, is a sign of Chinese texts."""
    return bool(code) and code[0] not in OTHER_SCRIPTS


def _chinese_of_stray_letters(content: bytes, text: str) -> str | None:
    """Return the text in GB18030 where that may be meant although the bytes happen to be UTF-8, or None.

    About 1,900 common Han characters are, in GB18030, two bytes that are one letter of another script in UTF-8.
    """
    signs = _signs(text)
    if any(character > "\u07ff" or unicodedata.category(character)[0] not in "LM" for character in signs):
        return None
    if LETTERS_BESIDE.search(text):
        return None
    try:
        chinese = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return chinese if _plainly_chinese(chinese) else None


def _first_words(one: str, chinese: str) -> dict[str, str]:
    """Return the first word that the two readings of the same bytes have differently, in both."""
    words = (next((found[0] for found in WORD.finditer(text)), "") for text in (one, chinese))
    return dict(zip(("one", "chinese"), words, strict=True))
