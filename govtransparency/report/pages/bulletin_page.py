"""The bulletin of a month as a page and as a PDF: coverage, provisional and possible ranks, changes, lowest marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.names import named_nodes
from govtransparency.nodes import ROOT
from govtransparency.profiles.basis_of_figures import signed_names
from govtransparency.profiles.monthly_bulletin import Bulletin, bulletin
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.render.page_blocks import Section, Table, write_both
from govtransparency.report.tables.code_names import code_names
from govtransparency.texts.bilingual import Column, Shown, bilingual, in_columns, month_of, spelled
from govtransparency.texts.bulletin_words import BULLETIN
from govtransparency.texts.contest_words import CONTEST

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.editions import Edition

__all__ = ["write_bulletins"]


SHOWN = 15
LOWEST = 10  # rows of lowest marks shown at first


def write_bulletins(edition: Edition, month: str, folder: Path, *, language: Shown = "both") -> list[Path]:
    """Write the bulletin of a month, one page per group, and its PDFs.

    Parameters
    ----------
    edition : Edition
    month : str
        YYYY-MM.
    folder : Path
    language : {"zh", "en", "both"}
        The pages show it until the reader chooses; PDFs are written in it alone.

    Returns
    -------
    list of Path
        For each group ``<folder>/<group>.html``, ``<group>.pdf`` in Chinese and ``<group>.en.pdf`` in English.
    """
    found = [bulletin(edition, group, month) for group in edition.groups]
    return [path for each in found for path in _write(edition, each, folder, language)]


def _write(edition: Edition, found: Bulletin, folder: Path, language: Shown) -> list[Path]:
    group = bilingual(edition.groups[found.group])
    values: dict[str, Any] = {"group": group, "month": month_of(found.month), "title": bilingual(edition.title)}
    sections = [_coverage(edition, found, values), _ranks(edition, found)]
    sections += [_changes(edition, found)] if edition.league else []
    sections.append(_lowest(edition, found))
    if contest := how_to_contest(edition):
        sections.append(Section(CONTEST["heading"], contest, status=False))
    title, warning = BULLETIN["title"].format(**values), BULLETIN["provisional"]
    return write_both(folder, found.group, edition, title, sections, language=language, warning=warning)


def _coverage(edition: Edition, found: Bulletin, values: dict[str, Any]) -> Section:
    names = edition.nodes | {ROOT: BULLETIN["whole"]}
    own = in_columns("pillar", [names[str(code)] for code in found.coverage.index])
    table = pd.DataFrame(own, index=found.coverage.index).join(found.coverage)
    heads = {key: Column(*BULLETIN[key], "percent") for key in ("before", "now", "gained")}
    said = BULLETIN["coverage_said"].format(
        **values, now=f"{found.coverage.at[ROOT, 'now']:.1%}", before=f"{found.coverage.at[ROOT, 'before']:.1%}"
    )
    return Section(BULLETIN["coverage"], [said, Table(table, heads)])


def _with_names(edition: Edition, table: pd.DataFrame) -> pd.DataFrame:
    return signed_names(edition).loc[table.index].join(table)


def _ranks(edition: Edition, found: Bulletin) -> Section:
    among = found.among
    counts = {"count": len(among), "others": len(found.units) - len(among)}
    key = "among" if found.provisional is None else "among_all"
    parts: list[Any] = [BULLETIN[key].format(**counts), BULLETIN["likely_note"]]
    if found.outside:
        parts.append(BULLETIN["outside"].format(count=found.outside))
    for key, reason in (("no_ranks", found.provisional), ("no_interval", found.reason)):
        if reason is not None:
            parts.append(BULLETIN[key].format(why=spelled(reason, code_names(edition))))
    bounded = found.bounded[among.index]
    if found.reason is None:
        fixed = int((found.widths == 1).sum())
        parts.append(BULLETIN["bounds_note" if bounded.any() else "no_bounds"])
        parts.append(BULLETIN["fixed"].format(count=fixed) if fixed else BULLETIN["none_fixed"])
    table = among.sort_values(["rank", "likely_low", "likely_high"], kind="stable")
    table = table.assign(
        likely=[
            "" if pd.isna(low) else f"{low:g}\u2013{high:g}"
            for low, high in zip(table["likely_low"], table["likely_high"], strict=True)
        ],
        **{end: table[end].where(bounded) for end in ("low", "high")},
    )
    bounds = ["low", "high"] if bounded.any() else []
    shown = [*(["rank"] if edition.league else []), "likely", *bounds, "coverage"]
    heads = {key: Column(*BULLETIN[key], "rank") for key in ("rank", "likely", "low", "high")}
    heads |= {"coverage": Column(*BULLETIN["unit_coverage"], "percent")}
    parts.append(Table(_with_names(edition, table[shown]), heads, rows=SHOWN))
    return Section(BULLETIN["ranks"], parts)


def _changes(edition: Edition, found: Bulletin) -> Section:
    table, both = found.moved, len(found.compared)
    key = "changes_said" if both else "none_before"
    parts: list[Any] = [BULLETIN[key].format(both=both, moved=len(table), new=found.newly_ranked)]
    heads = {"previous": Column(*BULLETIN["previous"], "rank"), "rank": Column(*BULLETIN["rank"], "rank")}
    parts += [Table(_with_names(edition, table), heads, rows=SHOWN)] if len(table) else []
    return Section(BULLETIN["changes"], parts)


def _lowest(edition: Edition, found: Bulletin) -> Section:
    table = found.lowest
    if table.empty:
        return Section(BULLETIN["lowest"], [BULLETIN["none_lowest"]])
    said = BULLETIN["lowest_said"].format(marks=len(table), units=table["unit"].nunique())
    units = signed_names(edition).loc[table["unit"]].reset_index(drop=True)
    indicators = named_nodes(edition.frameworks[found.group], table["indicator"].tolist(), "indicator")
    shown = units.join(indicators).join(table[["assessor", "mark", "observed_on"]].reset_index(drop=True))
    heads = {"mark": Column(*BULLETIN["mark"], "number"), "observed_on": Column(*BULLETIN["observed_on"])}
    return Section(BULLETIN["lowest"], [said, Table(shown, heads, rows=LOWEST)])
