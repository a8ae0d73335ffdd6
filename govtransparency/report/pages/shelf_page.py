"""The page of the shelf: all editions of published indices, what was rebuilt of each and what its ranks are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.profiles.alternatives import SPREAD
from govtransparency.report.render import html_page
from govtransparency.report.tables import shelf_tables
from govtransparency.texts.bilingual import Shown, Text, in_columns, joined, run_on
from govtransparency.texts.figure_words import FIGURES
from govtransparency.texts.shelf_words import HEADS, SHELF

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.profiles.shelf_rows import OnShelf, Shelf

__all__ = ["write_shelf_page"]

STATUS = "published"  # of the page; each row of its table says its own
SHOWN = 10  # rows of a long table shown at first
TOLD = 3  # problems of an edition that cannot be read


def write_shelf_page(
    path: Path, shelf: Shelf, left_out: pd.DataFrame | None = None, *, language: Shown = "both"
) -> None:
    """Write the page of the shelf.

    Parameters
    ----------
    path : Path
    shelf : Shelf
    left_out : DataFrame, optional
        What was looked at and left out: edition, looked_at, reason in both languages (``_zh``, ``_en``); years, source.
    language : {"zh", "en", "both"}
        Shown until the reader chooses.
    """
    parts = [
        _results(shelf),
        _rules(shelf),
        *_pictures(shelf),
        *_uncounted(shelf),
        *_inexact(shelf),
        *_refuted(shelf),
        _not_built(shelf),
        *([] if left_out is None else [_left_out(left_out)]),
        _sources(shelf),
    ]
    html_page.write_single_page(
        path,
        title=SHELF["title"],
        status=STATUS,
        body="\n".join(parts),
        attribution=shelf.attribution,
        language=language,
    )


def _results(shelf: Shelf) -> str:
    rows, titles = [each.row for each in shelf.editions], [each.title for each in shelf.editions]
    draws = max((row.draws or 0 for row in rows), default=0)
    notes = [
        SHELF["error_note"],
        SHELF["firm_note"].format(draws=f"{draws:,}", spread=f"{SPREAD:.0%}"),
        SHELF["claims_note"],
    ]
    said = [html_page.paragraph(shelf_tables.summary(rows))]
    table = html_page.table(shelf_tables.shelf_table(rows, titles), columns=HEADS)
    return html_page.section(SHELF["results"], *said, table, *map(html_page.note, notes))


def _rules(shelf: Shelf) -> str:
    table = shelf_tables.rule_table([each.row for each in shelf.editions], [each.title for each in shelf.editions])
    return html_page.section(
        SHELF["rules"], html_page.paragraph(SHELF["rule_note"]), html_page.table(table, columns=HEADS)
    )


def _pictures(shelf: Shelf) -> list[str]:
    from govtransparency.plot import figures

    rows, titles = [each.row for each in shelf.editions], [each.title for each in shelf.editions]
    drawn = []
    for name, shares in shelf_tables.PICTURES.items():
        table, names = shares(rows, titles)
        if len(table):
            drawing = figures.edition_shares(table, names, said=FIGURES[name])
            drawn.append(
                html_page.figure(
                    drawing, name=name, what=FIGURES[name], index=SHELF["title"], status=STATUS,
                    attribution=shelf.attribution,
                )
            )  # fmt: skip
    return [html_page.section(SHELF["pictures"], *drawn, status=STATUS)] if drawn else []


def _uncounted(shelf: Shelf) -> list[str]:
    parts = [part for each in shelf.editions if not each.row.counted for part in _why_uncounted(each)]
    return [html_page.section(SHELF["uncounted"], *parts)] if parts else []


def _why_uncounted(each: OnShelf) -> list[str]:
    parts = [html_page.paragraph(shelf_tables.why_uncounted(each.row, each.title, each.reason))]
    if each.beside is not None:
        parts.append(html_page.note(SHELF["beside"]))
        parts.append(html_page.table(each.beside, columns=HEADS, rows=SHOWN))
    return parts


def _inexact(shelf: Shelf) -> list[str]:
    parts = [
        html_page.paragraph(_how_inexact(each, each.row.official))
        for each in shelf.editions
        if each.row.official is not None and each.row.exact != each.row.official
    ]
    return [html_page.section(SHELF["inexact"], *parts)] if parts else []


def _how_inexact(each: OnShelf, official: int) -> Text:
    differing = official - (each.row.exact or 0)
    said = [SHELF["differing"].format(edition=each.title, differing=differing, official=official)]
    if each.declared:
        said.append(SHELF["declared"].format(declared=run_on(each.declared)))
    return run_on(said)


def _refuted(shelf: Shelf) -> list[str]:
    found = [(each.title, *claim) for each in shelf.editions for claim in each.refuted]
    if not found:
        return []
    edition, claim, rebuilt = zip(*found, strict=True)
    table = {**in_columns("edition", edition), **in_columns("claim", claim), **in_columns("rebuilt", rebuilt)}
    return [html_page.section(SHELF["refuted"], html_page.table(pd.DataFrame(table), columns=HEADS, rows=SHOWN))]


def _not_built(shelf: Shelf) -> str:
    if not shelf.not_built:
        return html_page.section(SHELF["not_built"], html_page.paragraph(SHELF["all_built"]))
    reasons = [joined(*each.broken.texts[:TOLD]) if each.broken else SHELF["not_fetched"] for each in shelf.not_built]
    table = pd.DataFrame(
        {
            **in_columns("edition", [each.title for each in shelf.not_built]),
            **in_columns("reason", reasons),
            "command": [each.command for each in shelf.not_built],
        }
    )
    return html_page.section(SHELF["not_built"], html_page.table(table, columns=HEADS))


def _left_out(table: pd.DataFrame) -> str:
    return html_page.section(
        SHELF["left_out"], html_page.paragraph(SHELF["left_out_note"]), html_page.table(table, columns=HEADS)
    )


def _sources(shelf: Shelf) -> str:
    found = [(shelf_tables.name_without_year(each.title, each.row.year), each.sources) for each in shelf.editions]
    table = html_page.table(shelf_tables.source_table(found), columns=HEADS, rows=SHOWN)
    return html_page.section(SHELF["sources"], html_page.paragraph(SHELF["sources_note"]), table)
