"""What one cell can mean as a number, by the decimal sign; or what it looks like where it is none."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from govtransparency.files.multiples import MULTIPLES, size_of
from govtransparency.texts.cell_words import ABOUT, FOOTNOTES, MARKS_OF_GRADES, NUMERALS, OR_SO, WORDS

__all__ = [
    "DOTTED",
    "PER",
    "PLAIN",
    "Look",
    "Written",
    "footnoted",
    "look_of",
    "multiple_in",
    "plain_texts",
    "share_of",
    "shown",
    "sign_of",
    "written",
]

Look = Literal[
    "error",
    "formula",
    "brackets",
    "bound",
    "range",
    "date",
    "currency",
    "mark",
    "multiple",
    "beside",
    "digits",
    "grade",
    "nothing",
    "no data",
    "not applicable",
    "less than half",
    "of which",
    "word",
    "sign",
]

FULL_WIDTH_COMMA = "\uff0c"
HARD_SPACE = "\u00a0"  # what no one types between words: a blank that keeps the groups of a number together
WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # full-width characters
MINUS = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), "-")
SPACES = dict.fromkeys((0x2007, 0x2008, 0x2009, 0x202F), HARD_SPACE) | {0x3000: " "}
APOSTROPHES = dict.fromkeys((0x2019, 0x02BC, 0x00B4), "'")
ORDINARY = WIDE | MINUS | SPACES | APOSTROPHES | {0x066A: "%", 0xFE6A: "%", 0x0609: "\u2030"}
PER = {"%": 100, "\u2030": 1000}  # the signs that may follow a number: per cent and per mille

PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
DOTTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)  # also a number above 1000, where the comma is decimal


def _pattern(decimal: str, group: str) -> str:
    grouped = rf"[1-9]\d{{0,2}}([{group}' {HARD_SPACE}])\d{{3}}(?:\1\d{{3}})*(?:{decimal}\d*)?"
    return rf"[+-]?(?:{grouped}|(?:\d+(?:{decimal}\d*)?|{decimal}\d+)(?:[eE][+-]?\d+)?)"


PATTERNS = {".": _pattern(r"\.", ","), ",": _pattern(",", r"\.")}
READINGS = {decimal: re.compile(pattern, re.ASCII) for decimal, pattern in PATTERNS.items()}
COLUMNS = {decimal: re.compile(rf"(?:{pattern}\n)*", re.ASCII) for decimal, pattern in PATTERNS.items()}
NUMBER = r"[+-]?\d[\d.,' \u00a0]*+"  # whole: nothing of it is tried as what follows
SIGN = "[%\u2030]?"
MARKS = rf"*\u2020\u2021\u00a7#\u00b9\u00b2\u00b3\u2070-\u2079{FOOTNOTES}"
MARK = rf"(?:[{MARKS}]+|[\[(\u3014\u3010]\w{{1,3}}[\])\u3015\u3011]|\(?\u6ce8\w{{0,2}}\)?)"
ANY_ABOUT, ANY_OR_SO = ("|".join(map(re.escape, sorted(words, key=len, reverse=True))) for words in (ABOUT, OR_SO))
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MARKED = re.compile(rf"(?P<number>{NUMBER}{SIGN})\s*{MARK}")
MULTIPLE = re.compile(rf"(?P<number>{NUMBER})\s*(?P<multiple>{MULTIPLES})(?P<unit>(?!\u6ce8)[^\W\d]{{0,6}})")
FORMULAS: tuple[tuple[Look, re.Pattern[str]], ...] = (
    ("error", re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|#?Err:?\d{3}", re.IGNORECASE)),
    ("formula", re.compile(rf"=(?!\s*{NUMBER}%?$).+")),
)
LOOKS: tuple[tuple[Look, re.Pattern[str]], ...] = (
    ("brackets", re.compile(rf"\({NUMBER}{SIGN}\)")),
    ("bound", re.compile(rf"[<>\u2264\u2265\u2266\u2267\u2248~=]+\s*{NUMBER}{SIGN}.{{0,3}}")),
    ("bound", re.compile(rf"(?i)(?:{ANY_ABOUT})\.?\s*{NUMBER}{SIGN}.{{0,4}}")),
    ("bound", re.compile(rf"(?i){NUMBER}{SIGN}[^\W\d]{{0,3}}\s*(?:{ANY_OR_SO})[^\W\d]{{0,3}}")),
    ("date", re.compile(rf"(?i)(?:\d+[- ./])?(?:{MONTHS})[a-z]*\.?(?:[- ./,]+\d+)*|\d+[-/]\d+(?:[-/]\d+)*")),
    (
        "date",
        re.compile(r"\d+[.]\d+[.]\d{2,4}|(?:\d{4}|\d+(?=\u5e74\d))\u5e74.*|\d+\u6708.*|(?:[\d-]+T)?\d+:\d+(?::\d+)?"),
    ),
    ("range", re.compile(rf"(?i){NUMBER}{SIGN}\s*(?:[-~\u2014\u301c\u81f3\u5230]|--|to)\s*{NUMBER}{SIGN}.{{0,3}}")),
    ("currency", re.compile(rf"[+-]?\s*(?:[A-Za-z]{{0,3}}[$\u20ac\u00a3\u00a5\u20b9]|[A-Z]{{3}})\s*{NUMBER}.*")),
    ("mark", MARKED),
    ("multiple", MULTIPLE),
    ("beside", re.compile(rf"{NUMBER}\s*[^\W\d].*|{NUMBER}\s*[\u2030\u00b0$\u20ac\u00a3\u00a5].*")),
)
SAID_BY_WORD = {word: cast("Look", look) for look, words in WORDS.items() for word in words}
SAID_BY_FORM: tuple[tuple[Look, re.Pattern[str]], ...] = (
    ("no data", re.compile(r"[-\u2014\u2015\u2500_/\\\uff3f\s]+")),
    ("grade", re.compile(rf"[{MARKS_OF_GRADES}]+|{NUMERALS}|[A-F][A-F+-]{{0,2}}")),
)


class Written(NamedTuple):
    r"""A cell that is a number in one way of writing at least.

    Attributes
    ----------
    point, comma : float or None
        The number where the point is the decimal sign, and where the comma is; None where it is none.
    sign : {"", "%", "\u2030"}
        What follows it: nothing, per cent, per mille.
    blank : bool
        Whether ordinary blanks stand between its groups, which may also be two numbers in one cell.
    grouped : bool
        Whether anything stands between thousands in the reading with a decimal point.
    chinese : bool
        Whether that is a full-width comma, which is nobody's decimal sign.
    """

    point: float | None
    comma: float | None
    sign: str
    blank: bool
    grouped: bool
    chinese: bool


def written(text: str) -> Written | None:
    r"""Return the numbers that a cell can be, or None where it is none.

    Examples
    --------
    >>> written("9,500")[:2], written("1.234,5")[:2], written("85 %")[:3]
    ((9500.0, 9.5), (None, 1234.5), (85.0, 85.0, '%'))
    >>> written("about 3") is None
    True
    """
    plain = text.translate(ORDINARY).strip()
    sign = sign_of(plain[-1:])
    digits = plain.removesuffix(sign).rstrip(f" {HARD_SPACE}")
    point, comma = _read(digits, "."), _read(digits, ",")
    if point is None and comma is None:
        return None
    found = READINGS["."].fullmatch(digits)
    grouped = found is not None and found[1] is not None
    return Written(point, comma, sign, " " in digits, grouped, grouped and FULL_WIDTH_COMMA in text)


def _read(digits: str, decimal: str) -> float | None:
    found = READINGS[decimal].fullmatch(digits)
    if found is None:
        return None
    joined = digits.replace(found[1], "") if found[1] else digits
    return float(joined.replace(",", "."))


def plain_texts(texts: list[str], decimal: str) -> list[str] | None:
    """Return all cells of a column as plain numbers, or None if one of them is none with that decimal sign.

    As `written` does for each, but for the whole column at once.

    Examples
    --------
    >>> plain_texts(["9,500", "-3", "1.234,5"], ","), plain_texts(["9.5"], ",")
    (['9.500', '-3', '1234.5'], None)
    """
    if not texts:
        return []
    joined = "\n".join(texts).translate(ORDINARY) + "\n"
    if joined.count("\n") != len(texts) or COLUMNS[decimal].fullmatch(joined) is None:
        return None
    group = "," if decimal == "." else "."
    for mark in (group, "'", " ", HARD_SPACE):
        joined = joined.replace(mark, "")
    return joined.replace(decimal, ".").split("\n")[:-1]


def look_of(text: str) -> Look:
    r"""Return what a cell that is no number looks like, so that the advice can fit.

    Examples
    --------
    >>> [look_of(text) for text in ("$1,958", "38,000 ppl.", "(12.5)", "Jan-02", "4*", "<5", "1,23,4", "Yes", "-")]
    ['currency', 'beside', 'brackets', 'date', 'mark', 'bound', 'digits', 'grade', 'no data']
    >>> [look_of(text) for text in ("#N/A", "=A1", "= 5", "\u00bd")]
    ['error', 'formula', 'bound', 'digits']
    >>> [look_of(text) for text in ("300余", "10～20", "85①", "1.2万", "优", "八成", "无", "不详", "弃权", "…")]
    ['bound', 'range', 'mark', 'multiple', 'grade', 'grade', 'nothing', 'no data', 'not applicable', 'less than half']
    """
    plain = text.translate(ORDINARY).strip()
    for look, pattern in FORMULAS:
        if pattern.fullmatch(plain):
            return look
    if any(map(str.isdigit, plain)):
        return next((look for look, pattern in LOOKS if pattern.fullmatch(plain)), "digits")
    if (said := SAID_BY_WORD.get(plain.casefold()) or SAID_BY_WORD.get(text)) is not None:
        return said
    for look, pattern in SAID_BY_FORM:
        if pattern.fullmatch(plain):
            return look
    if any(map(str.isalpha, plain)):
        return "word"
    return "digits" if any(map(str.isnumeric, plain)) else "sign"  # a fraction may be one character


def sign_of(unit: str) -> str:
    """Return the sign that a unit of measurement is, in its ordinary form; nothing where it is none.

    Examples
    --------
    >>> sign_of("\uff05"), sign_of("\ufe6a"), sign_of("days")
    ('%', '%', '')
    """
    plain = unit.translate(ORDINARY).strip()
    return plain if plain in PER else ""


def share_of(value: float, sign: str, unit: str = "") -> float:
    """Return a number followed by a sign in a unit that is a sign, or as a share; no digit is changed.

    Examples
    --------
    >>> share_of(85, "%", "%"), share_of(85, "%"), share_of(8.5, "%", "\u2030")
    (85, 0.85, 85.0)
    """
    if sign == unit:
        return value
    return float(Decimal(repr(value)) * PER[unit] / PER[sign]) if unit else value / PER[sign]


def multiple_in(text: str) -> tuple[Written, str, int, str] | None:
    """Return the number before 万, 千 or 亿, what follows it, how many it is, and the unit behind; None where none is.

    Examples
    --------
    >>> multiple_in("1.2万元")[1:], multiple_in("12万余")
    (('万', 10000, '元'), None)
    """
    found = MULTIPLE.fullmatch(text.translate(ORDINARY).strip())
    if found is None or look_of(text) != "multiple":
        return None
    number = written(text.strip()[slice(*found.span("number"))])  # as typed: a full-width comma is no decimal sign
    return None if number is None else (number, found["multiple"], size_of(found["multiple"]), found["unit"])


def footnoted(text: str) -> str:
    """Return the number that stands before the mark of a footnote."""
    marked = MARKED.fullmatch(text.translate(ORDINARY).strip())
    return text if marked is None else marked["number"].strip()


def shown(value: float) -> str:
    """Return a number in its shortest exact form.

    Examples
    --------
    >>> shown(9500.0), shown(0.1), shown(1e22)
    ('9500', '0.1', '1e+22')
    """
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e15
    return str(int(value)) if whole else repr(float(value))
