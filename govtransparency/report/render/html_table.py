"""Tables of the report as HTML: headings in both languages, numbers written for reading, nothing left out."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from govtransparency.report.render.html_text import both
from govtransparency.report.render.score_digits import FEWEST, MOST, score_digits
from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.report_words import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Link", "columns_of", "focusable", "heading", "table_html", "write"]


MORE_DIGITS = {f"score{digits}": f"{{:z.{digits}f}}".format for digits in range(3, MOST + 1)}
NUMERIC = {"integer", "score", "percent", "rank", "shift", "number", "correlation", "chance", *MORE_DIGITS}
DASH = "\u2013"


class Link(NamedTuple):
    """Words that lead to an address; without one they are words alone."""

    words: str
    address: str


def table_html(
    frame: pd.DataFrame,
    *,
    columns: Mapping[str, Column | Text] | None = None,
    rows: int | None = None,
    most: int = 120,
) -> str:
    """Return the frame as an HTML table.

    Parameters
    ----------
    frame : DataFrame
        Its index is not shown. A pair of columns ``x_zh`` and ``x_en`` makes one column ``x``; the first column holds
        the row headers.
    columns : mapping of name to Column or Text, optional
        Headings in place of those in `texts.columns`; a column in neither has its name as heading.
    rows : int, optional
        The number of rows shown at first; the page folds the others away.
    most : int
        The number of rows in the page.

    Returns
    -------
    str
    """
    shown = _merge_languages(frame)
    heads = columns_of(frame, columns)
    kinds = {name: head.kind for name, head in heads.items()}
    head = "".join(f"<th scope=col>{both(Text(*heads[name][:2]))}</th>" for name in kinds)
    numeric = " ".join(f"n{place}" for place, kind in enumerate(kinds.values(), 1) if kind in NUMERIC)
    lines: list[str] = []
    for row in shown.head(most).itertuples(index=False, name=None):
        cells = [f"<td>{write(value, kind)}</td>" for value, kind in zip(row, kinds.values(), strict=True)]
        cells[0] = f"<th scope=row{cells[0][3:-5]}</th>"
        folded = "" if rows is None or len(lines) < rows else " class=more"
        lines.append(f"<tr{folded}>{''.join(cells)}</tr>")
    rest = ""
    if len(shown) > most:
        rest = f'<p class="note">{both(PAGE["cut"].format(shown=most, count=len(shown)))}</p>'
    opening = f'<table class="{numeric or "words"}">'  # of words alone: a telephone shows a row as paragraphs
    if not lines:
        rest = f'<p class="note">{both(PAGE["empty"])}</p>'
    return f"{opening}\n<thead><tr>{head}</tr></thead>\n<tbody>\n" + "\n".join(lines) + f"\n</tbody>\n</table>{rest}"


def columns_of(frame: pd.DataFrame, columns: Mapping[str, Column | Text] | None = None) -> dict[str, Column]:
    """Return the heading and kind of each column of the frame, as the table shows them."""
    shown = _merge_languages(frame)
    heads = {str(name): heading(str(name), columns) for name in shown}
    kinds = {name: _kind(shown[name], head) for name, head in heads.items()}
    if {"rank", "score"} <= set(frame) and (digits := score_digits(frame["score"], frame["rank"])) > FEWEST:
        kinds["score"] = f"score{digits}"
    return {name: head._replace(kind=kinds[name]) for name, head in heads.items()}


def heading(name: str, columns: Mapping[str, Column | Text] | None = None) -> Column:
    """Return the heading and kind of the column of that name."""
    found = (columns or {}).get(name) or COLUMNS.get(name) or Column(name, name)
    return found if isinstance(found, Column) else Column(*found)


def _merge_languages(frame: pd.DataFrame) -> pd.DataFrame:
    merged = {}
    for name in frame.columns:
        text = str(name)
        if text.endswith("_zh") and f"{text[:-3]}_en" in frame:
            merged[text[:-3]] = list(map(Text, frame[name], frame[f"{text[:-3]}_en"]))
        elif not (text.endswith("_en") and f"{text[:-3]}_zh" in frame):
            merged[text] = frame[name].tolist()
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in merged.items()})


def _kind(values: pd.Series, column: Column) -> str:
    if column.kind:
        return column.kind
    numbers = [value for value in values if isinstance(value, (int, float)) and not isinstance(value, bool)]
    return "score" if len(numbers) and len(numbers) == len(values) else ""


def write(value: object, kind: str = "") -> str:
    """Return one cell as HTML.

    Examples
    --------
    >>> write(0.4567, "percent"), write(-3, "shift"), write(-0.001, "score"), write(float("nan"), "score")
    ('45.7%', '\u22123', '0.00', '\u2013')
    """
    if isinstance(value, Text):
        return both(value)
    if isinstance(value, Link):
        words = _word(value.words, "")
        return f'<a href="{html.escape(value.address)}" rel="noopener">{words}</a>' if value.address else words
    if value is None or (isinstance(value, float) and math.isnan(value)) or value is pd.NaT or value == "":
        return DASH
    if isinstance(value, bool):
        return "\u2713" if value else "\u2717"
    if isinstance(value, (int, float)):
        return FORMATS.get(kind, _plain)(float(value)).replace("-", "\u2212")
    return f"<time>{value:%Y-%m-%d}</time>" if isinstance(value, pd.Timestamp) else _word(str(value), kind)


def _word(word: str, kind: str) -> str:
    text = html.escape(word)
    if kind == "link" and text.startswith(("http://", "https://")):
        return f'<a href="{text}" rel="noopener">{text.split("/")[2]}</a>'
    return f"<code>{text}</code>" if kind == "code" else text


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"


FORMATS: dict[str, Callable[[float], str]] = {
    "percent": "{:z.1%}".format,
    "integer": "{:z,.0f}".format,
    "correlation": lambda value: f"{value:z.3f}" if abs(value) < 100 else f"{value:,.1f}",
    "chance": lambda value: f"{value:.3f}" if value >= 0.0005 else "&lt;0.001",
    "shift": lambda value: f"{value:+.10g}" if value else "0",
    "rank": "{:.10g}".format,
    "score": "{:z.2f}".format,
    **MORE_DIGITS,
}


def focusable(markup: str) -> str:
    """Return tables in HTML whose column headings can be reached by the keyboard."""
    return markup.replace("<th scope=col", "<th tabindex=0 scope=col")
