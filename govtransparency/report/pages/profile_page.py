"""The page of one unit: its rank and how certain it is, strengths, rivals, what would change the rank, its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.names import node_names, unit_names, with_node_names
from govtransparency.nodes import ROOT
from govtransparency.profiles.published_ranks import names_for_figures
from govtransparency.profiles.unit_profile import Profile, profile_of_edition
from govtransparency.report.render import html_page
from govtransparency.texts.bilingual import Column, Shown, Text, bilingual
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.profile_words import PROFILE
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.editions import Edition
    from govtransparency.index import Index

__all__ = ["write_profile"]

SHOWN = 6  # strengths, weaknesses, moves


def write_profile(edition: Edition, unit: str, folder: Path, *, language: Shown = "both") -> Path:
    """Write the profile of a unit as one page.

    Parameters
    ----------
    edition : Edition
    unit : str
        Its code, or its name in either language.
    folder : Path
    language : {"zh", "en", "both"}
        Shown until the reader chooses.

    Returns
    -------
    Path
        ``<folder>/<code>.html``.

    Notes
    -----
    An edition that shows tiers gives no ranks: its profiles show only the interval and the tier. In a simulated
    edition the page says which facts the unit's figures were drawn to agree with; everything else on it is invented.
    """
    index, found = profile_of_edition(edition, unit)
    code = str(found.unit)
    title = Text(
        f"{found.name.zh} · {edition.title['zh']}",
        f"{found.name.en} · {edition.title['en']}",
    )
    path = folder / (re.sub(r"[^\w.-]", "_", code) + ".html")
    parts = [_standing(edition, found), *_sections(edition, index, found), *html_page.contest_section(edition)]
    html_page.write_single_page(
        path,
        title=title,
        status=edition.status,
        attribution=edition.attribution,
        body="\n".join(parts),
        warning=_placeholder(edition, code),
        language=language,
    )
    return path


def _placeholder(edition: Edition, code: str) -> Text | None:
    if edition.status != "simulated":
        return None
    pinned = str(edition.units.at[code, "pinned_by"]) if "pinned_by" in edition.units else ""
    return PROFILE["pinned"].format(sources=pinned) if pinned else PROFILE["placeholder"]


def _standing(edition: Edition, found: Profile) -> str:
    group = str(edition.units.at[found.unit, "group"])
    values = {
        "name": found.name, "group": bilingual(edition.groups[group]), "ranked": found.ranked,
        "score": f"{found.score:.2f}", "rank": f"{found.rank:g}", "low": f"{found.low:g}", "high": f"{found.high:g}",
        "tier": f"{found.tier:g}", "status": STATUS[edition.status],
    }  # fmt: skip
    if np.isnan(found.rank):
        return html_page.section(
            PROFILE["standing"], html_page.paragraph(PROFILE["no_rank"].format(**values)), status=edition.status
        )
    key = "without_interval" if np.isnan(found.low) else "with_interval" if edition.league else "tier_only"
    return html_page.section(
        PROFILE["standing"], html_page.paragraph(PROFILE[key].format(**values)), status=edition.status
    )


def _sections(edition: Edition, index: Index, found: Profile) -> list[str]:
    league = edition.league
    parts = _pillars(edition, index, found) if league else []
    parts += _effects(edition, index, found, league=league)
    if league:
        parts += [*_rival_table(edition, found), *_move_table(edition, index, found)]
    return [*parts, *_record_table(found)]


def _pillars(edition: Edition, index: Index, found: Profile) -> list[str]:
    from govtransparency.plot import figures

    top = list(index.recipe.framework.children(ROOT))
    if len(top) < 2 or np.isnan(found.rank):
        return []
    panel = bilingual(edition.groups[str(edition.units.at[found.unit, "group"])])
    names = node_names(index.recipe.framework)
    drawn = figures.pillar_profile({panel: index.scores[top]}, {panel: found.unit}, names_for_figures(edition), names)
    shown = html_page.figure(
        drawn, name="profile", what=PROFILE["pillars"], index=bilingual(edition.title), status=edition.status,
        attribution=edition.attribution,
    )  # fmt: skip
    return [html_page.section(PROFILE["pillars"], shown, status=edition.status)]


def _effects(edition: Edition, index: Index, found: Profile, *, league: bool) -> list[str]:
    heads = {
        "median": Column(*PROFILE["median"], "score"),
        "effect": Column(*PROFILE["effect"], "score"),
        "rank": Column(*PROFILE["rank_by_node"], "rank"),
    }
    shown = ["score", "median", *(["rank"] if league else []), "effect"]
    parts = []
    for key, table in (("strengths", found.strengths), ("weaknesses", found.weaknesses)):
        rows = with_node_names(table.head(SHOWN)[shown], node_names(index.recipe.framework))
        said = [html_page.paragraph(PROFILE["effect_note"])] if key == "strengths" else []
        said.append(html_page.paragraph(PROFILE["none"]) if rows.empty else html_page.table(rows, columns=heads))
        parts.append(html_page.section(PROFILE[key], *said, status=edition.status))
    return parts


def _rival_table(edition: Edition, found: Profile) -> list[str]:
    if found.rivals.empty:
        return []
    table = edition.units.loc[found.rivals.index, ["name_zh", "name_en"]].join(found.rivals)
    heads = {"gap": Column(*PROFILE["gap"], "score"), "beats": Column(*PROFILE["beats"], "percent")}
    return [html_page.section(PROFILE["rivals"], html_page.table(table, columns=heads), status=edition.status)]


def _move_table(edition: Edition, index: Index, found: Profile) -> list[str]:
    if found.target is None:
        return []
    said = html_page.paragraph(PROFILE["moves_note"].format(target=found.target))
    first = found.moves.head(SHOWN)
    table = with_node_names(first[["value", "needed", "gain", "share"]], node_names(index.recipe.framework))
    units = unit_names(index.recipe.framework, list(map(str, first.index))).set_axis(table.index)
    at = table.columns.get_loc("value")
    for name in reversed(units.columns):
        table.insert(at, name, units[name])
    kinds = {"needed": "number", "gain": "number", "share": "percent"}
    heads = {key: Column(*PROFILE[key], kind) for key, kind in kinds.items()}
    rows = html_page.paragraph(PROFILE["no_move"]) if table.empty else html_page.table(table, columns=heads)
    return [html_page.section(PROFILE["moves"], said, rows, status=edition.status)]


def _record_table(found: Profile) -> list[str]:
    if found.record.empty:
        return []
    kinds = [PROFILE[f"kind_{kind.replace('-', '_')}"] for kind in found.record["kind"]]
    table = found.record.drop(columns="kind").assign(
        year=found.record["year"].astype(str), kind_zh=[kind.zh for kind in kinds], kind_en=[kind.en for kind in kinds]
    )
    heads = {key: Column(*PROFILE[key]) for key in ("year", "statement", "kind")} | {"source": COLUMNS["source"]}
    return [html_page.section(PROFILE["record"], html_page.table(table, columns=heads, rows=12))]
