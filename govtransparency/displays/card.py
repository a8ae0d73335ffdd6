"""A card: what one wants to see of a value first, as a few lines of text or as HTML in which no name is markup."""

from __future__ import annotations

import html
import math
import textwrap
import unicodedata
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.control_characters import CONTROL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FACT", "NAMED", "ROWS", "Card", "cell_text", "count_of"]


ROWS, SHORT = 10, 5  # of the table, in HTML and in text
NAMED = ROWS + 1  # rows that may be seen: one more where a line would take its place
COLUMNS, FACTS = 10, 12
CELL, FACT, WORDS = (
    40,
    900,
    2880,
)  # characters, of all facts together too: with every one escaped, a card is below 60 kB
WIDTH = 100  # of the lines of a text
FIRST, STYLE = "text-align:left;white-space:pre", "text-align:right;padding:1px 8px"
INERT = "tex2jax_ignore mathjax_ignore"  # pages that typeset formulas leave names with dollars alone


@dataclass(frozen=True)
class Card:
    """What is shown of a value.

    Attributes
    ----------
    title : str
    facts : tuple of str
        One line each.
    table : DataFrame, optional
        Its first rows are shown, with its index.
    left : str
        What one row is called.
    short : int
        How many rows the text shows.
    """

    title: str
    facts: tuple[str, ...] = ()
    table: pd.DataFrame | None = None
    left: str = "row"
    short: int = SHORT

    def text(self) -> str:
        """Return the card as lines of text."""
        lines = [_cut(self.title)]
        for fact in self._facts():
            lines += textwrap.wrap(fact, WIDTH, initial_indent="  ", subsequent_indent="  ")
        if self.table is not None and len(self.table):
            cells = self._cells(self.short)
            widths = [max(map(_wide, column)) for column in zip(*cells, strict=True)]
            for row in cells:
                blanks = [" " * (width - _wide(word)) for word, width in zip(row, widths, strict=True)]
                others = [blank + word for word, blank in zip(row[1:], blanks[1:], strict=True)]
                lines.append("  " + "  ".join([row[0] + blanks[0], *others]).rstrip())
            lines += [f"  {more}" for more in self._more(self.short)]
        return "\n".join(lines)

    def html(self) -> str:
        """Return the card as HTML."""
        parts = [f"<strong>{html.escape(_cut(self.title))}</strong>"]
        parts += [f"<div>{html.escape(fact)}</div>" for fact in self._facts()]
        if self.table is not None and len(self.table):
            head, *rows = self._cells(ROWS)
            body = "".join(
                f"<tr><th style='{FIRST}'>{html.escape(first)}</th>"
                + "".join(f"<td style='{STYLE}'>{html.escape(word)}</td>" for word in others)
                + "</tr>"
                for first, *others in rows
            )
            styles = [FIRST, *[STYLE] * len(head[1:])]
            heads = "".join(
                f"<th style='{style}'>{html.escape(word)}</th>" for style, word in zip(styles, head, strict=True)
            )
            parts.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")
            parts += [f"<div>{html.escape(more)}</div>" for more in self._more(ROWS)]
        return f"<div class='{INERT}'>{''.join(parts)}</div>"

    def _facts(self) -> list[str]:
        shown, room = [], WORDS
        for fact in self.facts[:FACTS]:
            if room > 0:
                shown.append(_cut(fact, min(room, FACT)))
                room -= len(shown[-1])
        hidden = len(self.facts) - len(shown)
        return [*shown, *([f"and {hidden} more"] if hidden else [])]

    def _shown(self, most: int) -> int:
        """Return how many rows are shown: one more than the most where a line would take its place."""
        rows = len(self.table)  # type: ignore[arg-type]
        return rows if rows <= most + 1 else most

    def _cells(self, most: int) -> list[list[str]]:
        """Return the head and the first rows of the table as texts."""
        table: Any = self.table.iloc[: self._shown(most), :COLUMNS]  # type: ignore[union-attr]
        label = [str(name) for name in table.index.names if name is not None]
        head = [_cut(", ".join(label), CELL), *(_cut(str(column), CELL) for column in table)]
        columns = [_column(list(table.iloc[:, at])) for at in range(table.shape[1])]
        return [head, *map(list, zip(map(_label, table.index), *columns, strict=True))]

    def _more(self, most: int) -> Iterable[str]:
        rows, columns = self.table.shape  # type: ignore[union-attr]
        hidden = rows - self._shown(most)
        said = [count_of(hidden, f"more {self.left}")] if hidden else []
        said += [count_of(columns - COLUMNS, "more column")] if columns > COLUMNS else []
        return ["and " + ", ".join(said)] if said else []


def count_of(count: int, noun: str) -> str:
    """Return a count with its noun.

    Examples
    --------
    >>> count_of(1, "node"), count_of(1200, "node")
    ('1 node', '1,200 nodes')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def cell_text(value: Any, *, whole: bool = True) -> str:
    """Return a cell in a few characters: numbers with two decimals, none where all are whole; nothing if missing.

    Examples
    --------
    >>> [cell_text(value) for value in (2.0, 71.234, 0.00012, float("nan"), "a")]
    ['2', '71.23', '0.00012', '', 'a']
    >>> cell_text(2.0, whole=False)
    '2.00'
    """
    if not _is_number(value):
        return "" if value is None or value is pd.NaT or value is pd.NA else _cut(str(value), CELL)
    if math.isnan(value):
        return ""
    if float(value).is_integer():
        return f"{value:,.0f}" if whole else f"{value:,.2f}"
    return f"{value:,.2f}" if abs(value) >= 0.01 else f"{value:.2g}"


def _column(values: Sequence[Any]) -> list[str]:
    """Return the cells of a column, whose numbers have the same decimals."""
    whole = all(float(value).is_integer() for value in values if _is_number(value) and math.isfinite(value))
    return [cell_text(value, whole=whole) for value in values]


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _label(label: Any) -> str:
    return _cut(", ".join(map(str, label)) if isinstance(label, tuple) else str(label), CELL)


def _cut(words: str, most: int = 240) -> str:
    """Return a text on one line, cut to its first characters, without characters that a terminal would obey."""
    line = CONTROL.sub(" ", words[: most + 1])
    return line if len(line) <= most else f"{line[: most - 1]}\u2026"


def _wide(words: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character two, an accent none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    return len(words) + wide - sum(unicodedata.category(sign) in ("Mn", "Me", "Cf") for sign in words)
