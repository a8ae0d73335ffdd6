"""A card: what one wants to see of a value first, as a few lines of text or as HTML in which no name is markup."""

from __future__ import annotations

import html
import math
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FACT", "ROWS", "Card", "cell_text"]


ROWS, SHORT = 10, 5  # of the table, in HTML and in text
COLUMNS, FACTS = 10, 12
CELL, FACT = 40, 240  # characters: with every one escaped, a card stays below 60 kB
STYLE = "text-align:right;padding:1px 8px"
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
        What the rows left out are called.
    """

    title: str
    facts: tuple[str, ...] = ()
    table: pd.DataFrame | None = None
    left: str = "rows"

    def text(self) -> str:
        """Return the card as lines of text."""
        lines = [_cut(self.title, FACT), *(f"  {_cut(fact, FACT)}" for fact in self._facts())]
        if self.table is not None and len(self.table):
            cells = self._cells(SHORT)
            widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
            for row in cells:
                blanks = [" " * (width - _width(word)) for word, width in zip(row, widths, strict=True)]
                others = [blank + word for word, blank in zip(row[1:], blanks[1:], strict=True)]
                lines.append("  " + "  ".join([row[0] + blanks[0], *others]).rstrip())
            lines += [f"  {more}" for more in self._more(SHORT)]
        return "\n".join(lines)

    def html(self) -> str:
        """Return the card as HTML."""
        parts = [f"<strong>{html.escape(_cut(self.title, FACT))}</strong>"]
        parts += [f"<div>{html.escape(_cut(fact, FACT))}</div>" for fact in self._facts()]
        if self.table is not None and len(self.table):
            head, *rows = self._cells(ROWS)
            body = "".join(
                f"<tr><th style='text-align:left;white-space:pre'>{html.escape(first)}</th>"
                + "".join(f"<td style='{STYLE}'>{html.escape(word)}</td>" for word in others)
                + "</tr>"
                for first, *others in rows
            )
            heads = "".join(f"<th style='{STYLE}'>{html.escape(word)}</th>" for word in head)
            parts.append(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")
            parts += [f"<div>{html.escape(more)}</div>" for more in self._more(ROWS)]
        return f"<div class='{INERT}'>{''.join(parts)}</div>"

    def _facts(self) -> Iterable[str]:
        return (*self.facts[:FACTS], *([f"and {len(self.facts) - FACTS} more"] if len(self.facts) > FACTS else []))

    def _cells(self, most: int) -> list[list[str]]:
        """Return the head and the first rows of the table as texts."""
        table: Any = self.table.iloc[:most, :COLUMNS]  # type: ignore[union-attr]
        label = [str(name) for name in table.index.names if name is not None]
        head = [_cut(", ".join(label), CELL), *(_cut(str(column), CELL) for column in table)]
        rows = [
            [_label(unit), *map(cell_text, row)]
            for unit, row in zip(table.index, table.itertuples(index=False, name=None), strict=True)
        ]
        return [head, *rows]

    def _more(self, most: int) -> Iterable[str]:
        rows, columns = self.table.shape  # type: ignore[union-attr]
        said = [f"{rows - most:,} more {self.left}"] if rows > most else []
        said += [f"{columns - COLUMNS:,} more columns"] if columns > COLUMNS else []
        return ["and " + ", ".join(said)] if said else []


def cell_text(value: Any) -> str:
    """Return a cell in a few characters: whole numbers as such, others with two decimals, nothing for what is missing.

    Examples
    --------
    >>> [cell_text(value) for value in (2.0, 71.234, 0.00012, float("nan"), "a")]
    ['2', '71.23', '0.00012', '', 'a']
    """
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        if math.isnan(value):
            return ""
        if float(value).is_integer():
            return f"{value:,.0f}"
        return f"{value:,.2f}" if abs(value) >= 0.01 else f"{value:.2g}"
    return "" if value is None or value is pd.NaT else _cut(str(value), CELL)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: a Chinese character two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def _label(label: Any) -> str:
    return _cut(", ".join(map(str, label)) if isinstance(label, tuple) else str(label), CELL)


def _cut(words: str, most: int) -> str:
    """Return a text on one line, cut to its first characters."""
    line = " ".join(words.splitlines())
    return line if len(line) <= most else f"{line[: most - 1]}\u2026"
