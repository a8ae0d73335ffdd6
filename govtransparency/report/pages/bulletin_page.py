"""The page of a monthly bulletin: coverage, provisional and possible ranks, changes, failed checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.names import named_nodes
from govtransparency.nodes import ROOT
from govtransparency.profiles.monthly_bulletin import Bulletin, bulletin
from govtransparency.report.render import html_page
from govtransparency.report.tables.code_names import code_names
from govtransparency.texts.bilingual import Column, Shown, bilingual, month_of, spelled
from govtransparency.texts.bulletin_words import BULLETIN

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.editions import Edition

__all__ = ["write_bulletins"]


SHOWN = 15
FAILED = 10  # rows of failed checks shown at first


def write_bulletins(edition: Edition, month: str, folder: Path, *, language: Shown = "both") -> list[Path]:
    """Write the bulletin of a month, one page per group.

    Parameters
    ----------
    edition : Edition
    month : str
        YYYY-MM.
    folder : Path
    language : {"zh", "en", "both"}
        Shown until the reader chooses.

    Returns
    -------
    list of Path
        ``<folder>/<group>.html``.
    """
    found = [bulletin(edition, group, month) for group in edition.groups]
    return [_write(edition, each, folder / f"{each.group}.html", language) for each in found]


def _write(edition: Edition, found: Bulletin, path: Path, language: Shown) -> Path:
    group = bilingual(edition.groups[found.group])
    values: dict[str, Any] = {"group": group, "month": month_of(found.month), "title": bilingual(edition.title)}
    title = BULLETIN["title"].format(**values)
    parts = [_coverage(edition, found, values), _ranks(edition, found)]
    parts += [_changes(edition, found)] if edition.league else []
    parts += [_failures(edition, found), *html_page.contest_section(edition)]
    html_page.write_single_page(
        path,
        title=title,
        status=edition.status,
        attribution=edition.attribution,
        body="\n".join(parts),
        warning=BULLETIN["provisional"],
        language=language,
    )
    return path


def _coverage(edition: Edition, found: Bulletin, values: dict[str, Any]) -> str:
    names = edition.nodes | {ROOT: BULLETIN["whole"]}
    table = found.coverage.copy()
    own = [names[str(code)] for code in table.index]
    table.insert(0, "pillar_zh", [name.zh for name in own])
    table.insert(1, "pillar_en", [name.en for name in own])
    heads = {key: Column(*BULLETIN[key], "percent") for key in ("before", "now", "gained")}
    said = BULLETIN["coverage_said"].format(
        **values, now=f"{found.coverage.at[ROOT, 'now']:.1%}", before=f"{found.coverage.at[ROOT, 'before']:.1%}"
    )
    return html_page.section(
        BULLETIN["coverage"], html_page.paragraph(said), html_page.table(table, columns=heads), status=edition.status
    )


def _with_names(edition: Edition, table: pd.DataFrame) -> pd.DataFrame:
    return edition.units.loc[table.index, ["name_zh", "name_en"]].join(table)


def _ranks(edition: Edition, found: Bulletin) -> str:
    parts = [html_page.paragraph(BULLETIN["ranks_note"])]
    for key, reason in (("no_ranks", found.provisional), ("no_interval", found.reason)):
        if reason is not None:
            why = spelled(reason, code_names(edition))
            parts.append(html_page.paragraph(BULLETIN[key].format(why=why)))
    if found.reason is None:
        widths = found.widths
        said = {"median": f"{widths.median():g}", "count": len(widths), "fixed": int((widths == 1).sum())}
        parts.append(html_page.paragraph(BULLETIN["width"].format(**said)))
    table = found.units.sort_values(["rank", "likely_low", "likely_high"], kind="stable")
    shown = [*(["rank"] if edition.league else []), "likely", "low", "high", "coverage"]
    table["likely"] = [
        "" if low != low else f"{low:g}–{high:g}"
        for low, high in zip(table["likely_low"], table["likely_high"], strict=True)
    ]
    heads = {"rank": Column(*BULLETIN["rank"], "rank"), "low": Column(*BULLETIN["low"], "rank")}
    heads |= {"likely": Column(*BULLETIN["likely"], "rank")}
    heads |= {"high": Column(*BULLETIN["high"], "rank"), "coverage": Column(*BULLETIN["unit_coverage"], "percent")}
    parts.append(html_page.table(_with_names(edition, table[shown]), columns=heads, rows=SHOWN))
    return html_page.section(BULLETIN["ranks"], *parts, status=edition.status)


def _changes(edition: Edition, found: Bulletin) -> str:
    table = found.moved
    said = BULLETIN["changes_said"].format(both=len(found.compared), moved=len(table), new=found.newly_ranked)
    heads = {"previous": Column(*BULLETIN["previous"], "rank"), "rank": Column(*BULLETIN["rank"], "rank")}
    shown = [html_page.table(_with_names(edition, table), columns=heads, rows=SHOWN)] if len(table) else []
    return html_page.section(BULLETIN["changes"], html_page.paragraph(said), *shown, status=edition.status)


def _failures(edition: Edition, found: Bulletin) -> str:
    table = found.failed
    if table.empty:
        none = html_page.paragraph(BULLETIN["none_failed"])
        return html_page.section(BULLETIN["failed"], none, status=edition.status)
    said = BULLETIN["failed_said"].format(marks=len(table), units=table["unit"].nunique())
    units = edition.units.loc[table["unit"], ["name_zh", "name_en"]].reset_index(drop=True)
    indicators = named_nodes(edition.frameworks[found.group], table["indicator"].tolist(), "indicator")
    shown = units.join(indicators).join(table[["assessor", "mark", "observed_on"]].reset_index(drop=True))
    heads = {"mark": Column(*BULLETIN["mark"], "number"), "observed_on": Column(*BULLETIN["observed_on"])}
    drawn = html_page.table(shown, columns=heads, rows=FAILED)
    return html_page.section(BULLETIN["failed"], html_page.paragraph(said), drawn, status=edition.status)
