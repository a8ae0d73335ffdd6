"""The tables of the shelf, in both languages: from its rows, the names of the editions and what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.audit.rank_rules import ROUNDINGS, TIES
from govtransparency.profiles.shelf_rows import DIGITS
from govtransparency.texts.bilingual import Text, in_columns, joined, run_on, strung, words
from govtransparency.texts.shelf_words import RULE, SHELF
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.profiles.shelf_rows import ShelfRow

__all__ = [
    "PICTURES",
    "exact_shares",
    "firm_shares",
    "name_without_year",
    "rule_table",
    "rule_text",
    "runs_of",
    "shelf_table",
    "source_table",
    "summary",
    "why_uncounted",
]

SHORTENED = 3  # years in a row that are said as first and last
DECIMALS = {0: "whole", 1: "one_decimal"}  # how a number of decimals is said, if not by the number
NOTHING = Text("", "")


def name_without_year(title: Text, year: int) -> Text:
    """Return the name of an index from the title of its edition.

    Examples
    --------
    >>> name_without_year(Text("\u6307\u6570\uff082001\uff09", "Achievement Index 2001"), 2001)
    Text(zh='\u6307\u6570', en='Achievement Index')
    """
    written = re.compile(rf"\s*[(\uff08]?(?<![\d/\u2013-]){year}(?![\d/\u2013-])\u5e74?[)\uff09]?")
    return Text(*(written.sub("", words).strip(" ,\uff0c\u3001:\uff1a") for words in title))


def shelf_table(rows: Sequence[ShelfRow], titles: Sequence[Text]) -> pd.DataFrame:
    """Return the main table, one row per row of the shelf.

    Parameters
    ----------
    rows : sequence of ShelfRow
    titles : sequence of Text
        Of their editions.
    """
    names = [name_without_year(title, row.year) for row, title in zip(rows, titles, strict=True)]
    return pd.DataFrame(
        {
            **in_columns("edition", names),
            "year": [row.year for row in rows],
            "units": [row.units for row in rows],
            "indicators": [row.indicators for row in rows],
            "exact": [_exact(row) for row in rows],
            "error": ["" if row.score_error is None else _digits(row.score_error) for row in rows],
            "firm": [_firm(row) for row in rows],
            "claims": [_claims(row) for row in rows],
            **in_columns("data", [BADGE[row.status] for row in rows]),
        }
    )


def _exact(row: ShelfRow) -> str:
    if row.exact is None:
        return ""
    return f"{row.exact}/{row.official}" if row.counted else f"({row.exact}/{row.official})"


def _digits(error: float) -> str:
    return np.format_float_positional(error, 2, fractional=False, trim="-")


def _firm(row: ShelfRow) -> float:
    return float("nan") if row.kept is None or not row.pairs else row.kept / (row.pairs * (row.draws or 1))


def _claims(row: ShelfRow) -> str:
    return "" if row.confirmed is None else f"{row.confirmed} / {row.contradicted} / {row.open}"


def rule_table(rows: Sequence[ShelfRow], titles: Sequence[Text]) -> pd.DataFrame:
    """Return the publishers' rules, one row for all editions of an index with the same one."""
    years: dict[tuple[Text, Text], list[int]] = {}
    for row, title in zip(rows, titles, strict=True):
        if row.official is not None:
            years.setdefault((name_without_year(title, row.year), rule_text(row)), []).append(row.year)
    names, rules = zip(*years, strict=True) if years else ((), ())
    return pd.DataFrame(
        {
            **in_columns("edition", names),
            **in_columns("years", [words(runs_of(found)) for found in years.values()]),
            **in_columns("rule", rules),
        }
    )


def runs_of(years: Sequence[int]) -> list[str]:
    """Return years in order with each run of three or more as its first and last.

    Examples
    --------
    >>> runs_of([2009, 2010, 2011, 2013, 2015, 2016])
    ['2009\u20132011', '2013', '2015', '2016']
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [text for run in runs for text in ([f"{run[0]}\u2013{run[-1]}"] if len(run) >= SHORTENED else map(str, run))]


def rule_text(row: ShelfRow) -> Text:
    """Return in short which rules give the official ranks."""
    if row.rules is None:
        return NOTHING if row.official is None else RULE["scores"]
    if not row.rules:
        return RULE["none"].format(reproduced=row.reproduced)
    rounding, ties = row.rounding.split(), row.ties.split()
    if row.fewest == row.most:
        decimals = RULE[DECIMALS.get(row.fewest or 0, "decimals")]
    else:
        decimals = RULE["at_least" if row.most == DIGITS else "between"]
    clauses = [
        decimals.format(fewest=row.fewest, most=row.most),
        RULE["any_rounding"]
        if set(ROUNDINGS) <= set(rounding)
        else strung((RULE[way] for way in rounding), *RULE["or"]),
        RULE["any_ties"] if set(TIES) - {"ordinal"} <= set(ties) else strung((RULE[way] for way in ties), *RULE["or"]),
    ]
    if row.rules > 1:
        clauses.append(RULE["several"].format(rules=row.rules))
    return joined(*clauses)


def why_uncounted(row: ShelfRow, title: Text, reason: Text | None) -> Text:
    """Return why the official ranks of an edition do not count, if it has any.

    Parameters
    ----------
    row : ShelfRow
    title : Text
    reason : Text or None
        That the edition gives.
    """
    if row.official is None:
        return SHELF["no_official"].format(edition=title)
    said = [SHELF["not_counted"].format(edition=title, exact=row.exact, official=row.official, reason=reason or "")]
    if row.ranked_without is not None:
        said.append(SHELF["without"].format(ranked=row.ranked_without, same=row.same_without))
    return run_on(said)


def summary(rows: Sequence[ShelfRow]) -> Text:
    """Return how many editions were rebuilt, and how many official ranks exactly; an edition may have several rows."""
    counted = [row for row in rows if row.counted]
    editions = {(row.index, row.year) for row in counted}
    return SHELF["summary"].format(
        indices=len({row.index for row in rows}),
        editions=len({(row.index, row.year) for row in rows}),
        counted=len(editions),
        official=f"{sum(row.official or 0 for row in counted):,}",
        exact=f"{sum(row.exact or 0 for row in counted):,}",
        whole=len(editions - {(row.index, row.year) for row in counted if row.exact != row.official}),
    )


def source_table(sources: Sequence[tuple[Text, pd.DataFrame]]) -> pd.DataFrame:
    """Return the sources of the editions, each once, with publisher, licence and address; by its code without a title.

    Parameters
    ----------
    sources : sequence of (Text, DataFrame)
        The name of an index and the sources of one of its editions, as in ``sources.csv``.
    """
    every = pd.concat(
        [table.assign(edition_zh=name.zh, edition_en=name.en) for name, table in sources] or [pd.DataFrame()]
    )
    shown = ["edition_zh", "edition_en", "title", "publisher", "licence", "note", "url"]
    every = every.reindex(columns=["source", *shown]).astype(object).fillna("")
    every["title"] = every["title"].where(every["title"] != "", every["source"])
    once = every.drop_duplicates(["title", "url"])[shown]
    return once.rename(columns={"title": "source", "url": "address"}).reset_index(drop=True)


def exact_shares(rows: Sequence[ShelfRow], titles: Sequence[Text]) -> tuple[pd.DataFrame, list[Text]]:
    """Return the share of official ranks that are exact, as `figures.edition_shares` takes it, and the names."""
    found = [
        (row.exact / row.official, f"{row.exact}/{row.official}", row.counted, title)
        for row, title in zip(rows, titles, strict=True)
        if row.exact is not None and row.official
    ]
    return _shares(found)


def firm_shares(rows: Sequence[ShelfRow], titles: Sequence[Text]) -> tuple[pd.DataFrame, list[Text]]:
    """Return the share of pairs of the first ten that keep their order, and the names."""
    found = [
        (_firm(row), f"{_firm(row):.1%}", row.official is not None, title)
        for row, title in zip(rows, titles, strict=True)
        if row.pairs
    ]
    return _shares(found)


def _shares(found: Sequence[tuple[float, str, bool, Text]]) -> tuple[pd.DataFrame, list[Text]]:
    table = pd.DataFrame([share[:3] for share in found], columns=["share", "word", "counted"])
    return table, [share[3] for share in found]


PICTURES = {"exact_share": exact_shares, "firm_share": firm_shares}
"""The shares that are drawn, by the words of the axis."""
