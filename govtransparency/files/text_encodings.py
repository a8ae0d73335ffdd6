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

__all__ = ["decoded", "has_mark", "known_encoding"]


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
BETWEEN_LATIN = re.compile("[A-Za-z][\u4e00-\u9fff](?=[A-Za-z])")
WORD = re.compile(r"(?<![^\x00- ,;\"])[^\x00- ,;\"\x80-\U0010ffff]*+[^\x00-\x7f][^\x00- ,;\"]*")
COMMON = 0.9  # the least share of the Han characters of a Chinese file that are in GB 2312
EVERYDAY, LEAST = 0xD7, 0.5  # the last row of the everyday ones, its first level, and their least share
SIGN_ROWS = b"\xa1\xa2\xa3\xa6\xa8\xa9"  # of GBK, without Han, kana and Cyrillic
WESTERN = ("cp1252", "iso8859-1", "ascii")
START = 4096  # bytes by which most files of another encoding are told
HAS_LATIN = re.compile("[A-Za-z]")
RIVALS = {  # whose words, too, are bytes beyond ASCII alone; with the script that Unicode names its letters by
    "Windows-1252": "LATIN",
    "EUC-KR": "HANGUL SYLLABLE",
    "Big5": "CJK",
    "KOI8-R": "CYRILLIC",
    "Windows-1251": "CYRILLIC",
    "ISO-8859-7": "GREEK",
}
BIG5_EVERYDAY = 0xC6  # the last row of its first level
ACUTE = "\u0301"
ACCENTED = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
NATURAL = re.compile(  # what texts in Latin letters have beyond ASCII, beside what they have it
    rf"[A-Za-z]{{2}}[{ACCENTED}]+|[a-z][{ACCENTED}]+|(?<![{ACCENTED}])[{ACCENTED}]++(?:[a-z]|[A-Za-z]{{2}})|[A-Za-z][{ACCENTED}]+[A-Za-z]"
    "|[A-Za-z0-9][\u00a0\u00ad]|[\u00a0\u00ad][A-Za-z0-9]|[A-Za-z0-9)][\u00b2\u00b3\u00b9]"
    "|[\u00b5\u03bc\u00b0][A-Za-z]|[\u00a3\u00a5\u00a7\u00b1][0-9]|[0-9][\u00b0\u00b1\u00bc-\u00be]"
)
TYPOGRAPHIC = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b0\u00a3\u20ac")


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


def has_mark(content: bytes) -> bool:
    """Return whether a file begins with a mark of its encoding."""
    return _mark(content) is not None


def _mark(content: bytes) -> str | None:
    return next((name for start, name in MARKS if content.startswith(start)), None)


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
    mark = _mark(content)
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
        raise InputError(_two_readings("UTF-8", text, chinese), title=title)
    return text, ()


def decoded_page(content: bytes, said: str, title: str) -> tuple[str, tuple[Text, ...]]:
    """Return the text of a web page that itself says in which encoding it is, which programs often say wrongly.

    What the bytes are beyond doubt counts where the page says that it is Western, as many programs do of all pages, or
    an encoding that has no such bytes, and where they are UTF-8.

    Raises
    ------
    InputError
        If the page is Chinese by its bytes and something else by its word, or by neither of them text.
    """
    known = known_encoding(said)
    as_said = None if known is None else _text_in(known, content)
    try:
        text, told = decoded(content, None, title)
    except InputError:
        chinese = _text_in("gb18030", content) if known in WESTERN else None
        if chinese and as_said and _plainly_chinese(chinese) and not _is_of_script(as_said, "LATIN"):
            raise
        return _as_declared(content, said, None, title), ()
    if as_said == text:
        return text, ()
    if as_said is None or known in WESTERN or not told:
        return text, (notes.OTHERWISE_SAID.format(said=said), *told)
    raise InputError(_two_readings(said, as_said, text), title=title)


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
    """Return the text of a file that is not UTF-8, if it is plainly Chinese in GB18030 and nothing else."""
    line, byte = content[: error.start].count(b"\n") + 1, f"{content[error.start]:02x}"
    text = _text_in("gb18030", content)
    if text is None:
        raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=title)
    if other := _other_reading(content):
        raise InputError(_two_readings(*other, text), title=title)
    if not _plainly_chinese(text):
        raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=title)
    return text


def _text_in(encoding: str, content: bytes) -> str | None:
    """Return what the bytes say in an encoding, or None where it has no such bytes."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _other_reading(content: bytes) -> tuple[str, str] | None:
    """Return another encoding in which the bytes are words of one script, with its text, or None."""
    start = content[:START]
    for name, script in RIVALS.items():
        if all(_is_letter(character, script) for character in _signs(start.decode(name, "ignore"))):
            text = _text_in(name, content)
            if text is not None and _is_of_script(text, script):
                return name, text
    return None


def _is_letter(character: str, script: str) -> bool:
    """Return whether a character is a letter of a script or, among Latin ones, a typographic sign."""
    if script == "LATIN" and character in TYPOGRAPHIC:
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith(script)


def _is_of_script(text: str, script: str) -> bool:
    """Return whether all that is not ASCII are letters of a script, written as its words are.

    Accented Latin letters stand in a word with others; of Chinese ones, everyday letters count alone.
    """
    signs = _signs(text)
    if not all(_is_letter(character, script) for character in signs):
        return False
    if script == "CJK":
        return all(character.encode("big5")[0] <= BIG5_EVERYDAY for character in signs)
    words = [word[0] for word in WORD.finditer(text)]
    if script == "LATIN":
        return not signs <= TYPOGRAPHIC and all(HAS_LATIN.search(word) or _signs(word) <= TYPOGRAPHIC for word in words)
    return all(map(_is_written_as_words_are, words))


def _is_written_as_words_are(word: str) -> bool:
    """Return whether a word has capitals as words do: none, the first, or all, and then no acute accent."""
    accents = ACUTE in unicodedata.normalize("NFD", word)
    return word in (word.lower(), word.title()) or (word == word.upper() and not accents)


def _plainly_chinese(text: str) -> bool:
    """Return whether a text read as GB18030 looks as if it were meant: common Han characters, none within a word."""
    signs = _signs(text)
    han = {character for character in signs if "\u4e00" <= character <= "\u9fff"}
    others = [character.encode("gbk", "ignore") for character in signs - han]
    if not han or any(not code or code[0] not in SIGN_ROWS for code in others):
        return False
    rows = [code[0] for character in han if (code := character.encode("gb2312", "ignore"))]
    everyday = sum(row <= EVERYDAY for row in rows)
    return len(rows) >= COMMON * len(han) and everyday >= LEAST * len(han) and not BETWEEN_LATIN.search(text)


def _signs(text: str) -> set[str]:
    """Return the characters of a text that are not ASCII."""
    return {character for character in set(text) if character > "\x7f"}


def _chinese_of_stray_letters(content: bytes, text: str) -> str | None:
    """Return the text in GB18030 where that may be meant although the bytes happen to be UTF-8, or None.

    About 1,900 common Han characters are, in GB18030, two bytes that are one letter or sign of another script in UTF-8.
    """
    if any(character > "\u07ff" for character in set(text)):
        return None
    chinese = _text_in("gb18030", content)
    if chinese is None or not _plainly_chinese(chinese) or NATURAL.sub("", text).isascii():
        return None
    return chinese


def _two_readings(first: str, one: str, chinese: str) -> Text:
    """Return that a file has two readings, with the first word that they have differently."""
    words = [next((found[0] for found in WORD.finditer(text)), "") for text in (one, chinese)]
    return problems.TWO_READINGS.format(first=first, one=words[0], chinese=words[1])
