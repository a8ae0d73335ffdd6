"""What is said of one column of a file, and of the file as a whole."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from govtransparency.data_dictionary.known_headings import heading_key, meaning_of, words_of
from govtransparency.texts.bilingual import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DescribedFile", "Field", "Kind", "Reference", "is_of_kind"]


Kind = Literal[
    "text", "code", "number", "share", "integer", "year", "day", "date", "boolean", "flag", "address", "licence"
]

NUMERIC = ("number", "share", "integer")
NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
NOTE = r"( \(.+\))?"
PATTERNS: dict[Kind, str] = {
    "number": NUMBER,
    "share": f"{NUMBER}%?",
    "integer": r"[+-]?\d+",
    "year": r"\d{4}",
    "day": r"\d{4}-\d{2}-\d{2}",
    "date": rf"\d{{4}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?{NOTE}",
    "boolean": "true|false",
    "flag": "True|False",
    "address": r"https?://[^\s/]+(/\S*)?( .+)?|[^\s/:]+\.(txt|html?|pdf|csv|tsv|xlsx?|ods|docx?|json|xml|zip)|\(.+\)",
    "licence": r"[-A-Za-z0-9._]+|https?://[^\s/]+(/\S*)?",
}
"""What the cells of a kind look like, as a whole; texts and codes can be anything."""


@dataclass(frozen=True)
class Reference:
    """A column of another file that holds the only values allowed."""

    file: str
    column: str


@dataclass(frozen=True)
class Field:
    """One column of a file.

    Attributes
    ----------
    name : str
    kind : Kind
    needed : bool
        Whether the file must have the column.
    required : bool
        Whether no cell of it may be empty.
    low, high : float
        The least and the largest value allowed.
    above : float
        A value that all must exceed.
    one_of : tuple of str
        The only values allowed, if any are given.
    refers_to : Reference or None
    roles : tuple of str
        What it is among the known headings, by whose words it may be headed too.
    """

    name: str
    kind: Kind = "text"
    needed: bool = False
    required: bool = False
    low: float = -math.inf
    high: float = math.inf
    above: float = -math.inf
    one_of: tuple[str, ...] = ()
    refers_to: Reference | None = None
    roles: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """All headings that it may stand under, its name first."""
        return tuple(dict.fromkeys([self.name, *(word for role in self.roles for word in words_of(role))]))

    @property
    def called(self) -> Text:
        """What messages call it: in Chinese by its word, with the name."""
        return Text(f"{meaning_of(self.roles[0]).zh}（{self.name}）" if self.roles else self.name, self.name)

    def allows(self, cell: str) -> bool:
        """Return whether a cell that is not empty is of the column's kind, in its range and among its values."""
        if not is_of_kind(cell, self.kind):
            return False
        if self.kind not in NUMERIC:
            return not self.one_of or cell in self.one_of
        number = float(cell.removesuffix("%"))
        if self.one_of and number not in map(float, self.one_of):
            return False
        return self.low <= number <= self.high and number > self.above


@dataclass(frozen=True)
class DescribedFile:
    """One kind of input file.

    Attributes
    ----------
    name : str
        Of the file, or of the kind of sheet.
    title : Text
    fields : tuple of Field
    meanings : dict of column to Text
    key : tuple of str
        The columns that tell its rows apart.
    """

    name: str
    title: Text
    fields: tuple[Field, ...]
    meanings: dict[str, Text] = field(repr=False)
    key: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(item.name for item in self.fields)

    @cached_property
    def _by_head(self) -> dict[str, list[Field]]:
        found: dict[str, list[Field]] = {}
        for item in self.fields:
            for head in item.heads if item.roles else ():
                found.setdefault(heading_key(head), []).append(item)
        return found

    def fields_like(self, head: str) -> list[Field]:
        """Return the columns that a heading can mean: the one of that name, or those among whose words it is."""
        own = [item for item in self.fields if item.name == head]
        return own or self._by_head.get(heading_key(head), [])

    def names_of(self, heads: Iterable[str]) -> dict[str, str]:
        """Return the name of the column meant by each heading that means one; of several, the first means it.

        Examples
        --------
        >>> from govtransparency.data_dictionary.input_files import FRAMEWORK
        >>> FRAMEWORK.names_of(["Code", "weights", "weight", "remark"])
        {'weight': 'weight', 'Code': 'code'}
        """
        possible = {head: [item.name for item in self.fields_like(head)] for head in heads}
        found: dict[str, str] = {}
        for head, names in sorted(possible.items(), key=lambda item: (item[0] not in item[1], len(item[1]))):
            free = [name for name in names if name not in found.values()]
            found |= {head: free[0]} if free else {}
        return found

    def fields_of(self, heads: Iterable[str]) -> dict[str, Field]:
        """Return the column meant by each heading that means one."""
        by_name = {item.name: item for item in self.fields}
        return {head: by_name[name] for head, name in self.names_of(heads).items()}


def is_of_kind(cell: str, kind: Kind) -> bool:
    """Return whether a cell is written as its kind is, and means something: no 30 February, no infinite number.

    Examples
    --------
    >>> is_of_kind("2024-02", "date"), is_of_kind("2024-02-30", "date"), is_of_kind("1e999", "number")
    (True, False, False)
    """
    pattern = PATTERNS.get(kind)
    if pattern is None:
        return True
    if not re.fullmatch(pattern, cell, re.ASCII):
        return False
    if kind in ("number", "share", "integer"):
        return math.isfinite(float(cell.removesuffix("%")))
    if kind in ("day", "date"):
        return _is_date(cell.partition(" ")[0])
    return True


def _is_date(text: str) -> bool:
    """Return whether a date, its month or its month and day perhaps left out, is in the calendar."""
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True
