"""A text in two languages, how texts are joined and how numbers are written in them."""

from __future__ import annotations

import calendar
import re
import textwrap
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "Column",
    "Language",
    "Shown",
    "Text",
    "as_text",
    "bilingual",
    "decimal",
    "in_columns",
    "joined",
    "listed",
    "month_of",
    "quoted",
    "run_on",
    "signed",
    "spelled",
    "strung",
    "two_lines",
    "width_of",
    "words",
]


Language = Literal["zh", "en"]
Shown = Literal["zh", "en", "both"]  # the language that a page shows, or both


class Text(NamedTuple):
    """One text in both languages, or the template of one; as a string it is the English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def format(self, **values: object) -> Text:
        """Fill the places in braces; of a value that is a Text, each language takes its own.

        Examples
        --------
        >>> Text("{group}排名", "Ranks of {group}").format(group=Text("城市", "cities")).en
        'Ranks of cities'
        """
        own = [{key: value[at] if isinstance(value, Text) else value for key, value in values.items()} for at in (0, 1)]
        return Text(self.zh.format(**own[0]), self.en.format(**own[1]))


class Column(NamedTuple):
    """The heading of a column of a table and how its cells are written."""

    zh: str
    en: str
    kind: str = ""  # "", "integer", "score", "percent", "rank", "shift", "number", "link", "code"


def bilingual(names: Mapping[str, Any]) -> Text:
    """Return the mapping with the keys zh and en as a text."""
    return Text(names["zh"], names["en"])


def as_text(words: Text | str) -> Text:
    """Return the text, or the string as a text that reads the same in both languages."""
    return words if isinstance(words, Text) else Text(words, words)


def strung(texts: Iterable[Text | str], zh: str, en: str) -> Text:
    """Return the texts as one, joined by the mark of each language."""
    given = [as_text(text) for text in texts]
    return Text(zh.join(text.zh for text in given), en.join(text.en for text in given))


def in_columns(name: str, texts: Iterable[Text]) -> dict[str, list[str]]:
    """Return texts as two columns of a table, ``<name>_zh`` and ``<name>_en``."""
    given = list(texts)
    return {f"{name}_zh": [text.zh for text in given], f"{name}_en": [text.en for text in given]}


def quoted(names: Iterable[object]) -> Text:
    """Return codes or names as a list in quotation marks.

    Examples
    --------
    >>> print(quoted(["north", "south"]))
    'north', 'south'
    """
    given = [str(name) for name in names]
    return Text("、".join(f"“{name}”" for name in given), ", ".join(map(repr, given)))


def words(names: Iterable[object]) -> Text:
    """Return codes or numbers, or short texts, as a list without quotation marks.

    Examples
    --------
    >>> print(words([2, 4]))
    2, 4
    """
    return strung((name if isinstance(name, Text) else str(name) for name in names), "、", ", ")


def run_on(texts: Iterable[Text]) -> Text:
    """Return sentences one after the other: with a space between the English ones."""
    return strung(texts, "", " ")


def listed(texts: Iterable[Text]) -> Text:
    """Return the texts as a list within a sentence of each language; English names may have commas of their own."""
    return strung(texts, "、", "; ")


def month_of(month: str) -> Text:
    """Return a month given as YYYY-MM as each language writes it.

    Examples
    --------
    >>> month_of("2024-06").en
    'June 2024'
    """
    year, number = (int(part) for part in month.split("-"))
    return Text(f"{year}年{number}月", f"{calendar.month_name[number]} {year}")


def joined(*clauses: Text) -> Text:
    """Return the clauses as one text, semicolons between them."""
    return strung(clauses, "；", "; ")


def spelled(text: Text, names: Mapping[str, Text]) -> Text:
    """Put names in place of codes: in Chinese wherever one stands, in English in quotation marks only.

    Examples
    --------
    >>> spelled(Text("\u7f3a fees 2", "fees: 2; 'fees'"), {"fees": Text("\u6536\u8d39", "Fees charged")})
    Text(zh='\u7f3a \u6536\u8d39 2', en="fees: 2; 'Fees charged'")
    """
    codes = sorted((re.escape(code) for code in names), key=len, reverse=True)
    words = [code for code in codes if not code.isdigit()]
    zh = re.sub(rf"“({'|'.join(codes)})”", lambda found: f"“{names[found[1]].zh}”", text.zh)
    zh = re.sub(rf"(?<![\w.\-])(?:{'|'.join(words)})(?![\w\-])", lambda found: names[found[0]].zh, zh, flags=re.ASCII)
    return Text(zh, re.sub(rf"'({'|'.join(codes)})'", lambda found: f"'{names[found[1]].en}'", text.en))


def decimal(value: float, digits: int = 2) -> str:
    """Return the number with a fixed number of decimals and a true minus sign."""
    return f"{value:.{digits}f}".replace("-", "\u2212")


def signed(value: float, digits: int = 1) -> str:
    """Return the number as `decimal` does, with a plus sign before what is above zero.

    Examples
    --------
    >>> signed(1.25, 2), signed(-3), signed(0.01)
    ('+1.25', '−3.0', '0.0')
    """
    written = decimal(value, digits)
    if not float(written.replace("\u2212", "-")):
        return written.lstrip("\u2212")
    return written if value < 0 else f"+{written}"


def two_lines(text: Text) -> Text:
    """Break a short text for the foot of a column: Chinese after four characters, English before eleven letters."""
    return Text(
        "\n".join(text.zh[start : start + 4] for start in range(0, len(text.zh), 4)),
        "\n".join(textwrap.wrap(text.en, 11)),
    )


def width_of(text: str) -> float:
    r"""Return about how wide the widest line of a text is, in Chinese characters.

    Examples
    --------
    >>> width_of("\u540d\u6b21"), round(width_of("rank\nof"), 2)
    (2.0, 2.2)
    """
    return max(sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in line) for line in text.split("\n"))
