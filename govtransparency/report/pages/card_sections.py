"""The sections of a unit's card, for the page and for paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.names import name_of_unit, node_names, unit_names, with_node_names
from govtransparency.nodes import ROOT
from govtransparency.profiles.basis_of_figures import signed_names
from govtransparency.profiles.published_ranks import names_for_figures
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.render.html_table import Link
from govtransparency.report.render.page_blocks import Picture, Section, Table
from govtransparency.texts.bilingual import Column, Text, bilingual, in_columns, listed
from govtransparency.texts.card_words import CARD, places_in_words
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.profile_words import PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govtransparency.questions.survives import Survival
    from govtransparency.questions.unit_cards import GroupOfCards, UnitCard

__all__ = ["card_sections"]

SHOWN = 6  # rows of a table at first
NAMED = 8  # ranks, indicators or methods in a sentence


def card_sections(cards: GroupOfCards, card: UnitCard) -> list[Section]:
    """Return the sections of a card: in a simulated edition what is published comes first, else it comes last."""
    simulated = cards.edition.status == "simulated"
    found = list(_ranks(cards, card)) if cards.edition.league else [_tier(cards, card)]
    found += [*_pillars(cards, card), *_effects(cards, card)]
    if not simulated:
        return [*found, *_record(card), *_contest(cards)]
    drawn = [Section(CARD["in_simulation"].format(title=section.title), section.parts) for section in found]
    return [*_published_first(cards, card), *drawn]


def _published_first(cards: GroupOfCards, card: UnitCard) -> Iterator[Section]:
    yield from _record(card) or [Section(CARD["published"], [CARD["nothing_published"]], status=False)]
    named = "pinned_by" in cards.edition.units and cards.edition.units.at[card.profile.unit, "pinned_by"]
    placeholder = [] if named else [PROFILE["placeholder"]]
    yield Section(CARD["simulation"], [*placeholder, CARD["simulation_said"]])


def _tier(cards: GroupOfCards, card: UnitCard) -> Section:
    key = "no_rank" if np.isnan(card.profile.rank) else "tier_said"
    return Section(CARD["standing"], [CARD[key].format(**_values(cards, card))])


def _ranks(cards: GroupOfCards, card: UnitCard) -> Iterator[Section]:
    if card.survival is None:
        yield Section(CARD["standing"], [CARD["no_rank"].format(**_values(cards, card))])
        return
    yield _standing(cards, card, card.survival)
    yield _survives(card.survival)
    yield _rivals(cards, card)
    yield _lose(cards, card, card.survival)
    yield _gain(cards, card)
    if len({*card.history.index, *card.published.index}) > 1:
        yield _history(cards, card)


def _values(cards: GroupOfCards, card: UnitCard) -> dict[str, Any]:
    known = card.profile
    numbers = {key: f"{getattr(known, key):g}" for key in ("rank", "tier")}
    group = bilingual(cards.edition.groups[cards.group])
    return {"name": known.name, "group": group, "ranked": known.ranked, "score": f"{known.score:.2f}", **numbers}


def _of_drawn(cards: GroupOfCards, said: Text) -> Text:
    """Return a sentence about units, in a simulated edition with the words that say so."""
    return CARD["drawn_said"].format(said=said) if cards.edition.status == "simulated" else said


def _standing(cards: GroupOfCards, card: UnitCard, survival: Survival) -> Section:
    from govtransparency.plot import figures

    values = _values(cards, card)
    parts: list[Any] = [_of_drawn(cards, CARD["rank_said"].format(**values))]
    choices = None if survival.ensemble is None else (survival.low, survival.high)
    errors = None if card.errors is None else (float(card.errors["low"]), float(card.errors["high"]))
    drawing = figures.rank_shares(
        survival.shares["share"], survival.rank, choices, errors,
        simulated=cards.edition.status == "simulated", published=cards.edition.year in card.published.index,
    )  # fmt: skip
    parts.append(Picture(drawing, "rank-shares", CARD["standing"]))
    if survival.ensemble is None:
        parts.append(CARD["no_choices"])
    else:
        draws = {"draws": f"{survival.ensemble.draws:,}", "share": f"{survival.share:.0%}", "k": survival.k}
        parts += [
            _of_drawn(cards, CARD["share_said"].format(**draws)),
            CARD["choices_said"].format(places=places_in_words(survival.low, survival.high)),
        ]
    if errors is None:
        parts.append(CARD["no_errors"])
    else:
        parts.append(CARD["errors_said"].format(places=places_in_words(*errors)))
    return Section(CARD["standing"], parts)


def _survives(survival: Survival) -> Section:
    tried = {"indicators": survival.indicators, "methods": survival.methods, "rounding": survival.rounding}
    tried = {key: table for key, table in tried.items() if len(table)}
    frame = pd.DataFrame(
        in_columns("tried", [CARD[f"tried_{key}"] for key in tried])
        | {
            "cases": [len(table) for table in tried.values()],
            "kept": [int((table["kept"] == True).sum()) for table in tried.values()],  # noqa: E712 (None where unranked)
        }
        | in_columns("ranks", [_counted(table["rank"]) for table in tried.values()])
    )
    heads = {
        "tried": Column(*CARD["tried"]),
        "cases": Column(*CARD["cases"], "integer"),
        "kept": Column(*CARD["kept"], "integer"),
        "ranks": Column(*CARD["ranks_found"]),
    }
    parts: list[Any] = [Table(frame, heads)]
    changed = survival.indicators[survival.indicators["rank"] != survival.rank].dropna(subset="rank")
    if len(changed):
        parts.append(_naming("changing", (survival.names[str(code)] for code in changed.index), changed["rank"]))
    others = survival.methods[survival.methods["rank"] != survival.rank].dropna(subset="rank")
    if len(others):
        parts.append(_naming("changing_methods", map(Text, others["method_zh"], others["method_en"]), others["rank"]))
    return Section(CARD["survives"], parts)


def _counted(ranks: pd.Series) -> Text:
    """Return how often each rank comes out, the best first, in words."""
    counts = ranks.dropna().value_counts().sort_index()
    parts = [CARD["times"].format(rank=f"{rank:g}", count=count) for rank, count in counts.head(NAMED).items()]
    if len(counts) > NAMED:
        parts.append(CARD["more_ranks"].format(count=int(counts.iloc[NAMED:].sum())))
    if ranks.isna().any():
        parts.append(CARD["no_rank_times"].format(count=int(ranks.isna().sum())))
    return listed(parts)


def _naming(key: str, names: Iterable[Text], ranks: pd.Series) -> Text:
    parts = [CARD["gives"].format(name=name, rank=f"{rank:g}") for name, rank in zip(names, ranks, strict=True)]
    more = [CARD["and_more"].format(count=len(parts) - NAMED)] if len(parts) > NAMED else []
    return CARD[key].format(parts=listed([*parts[:NAMED], *more]))


def _rivals(cards: GroupOfCards, card: UnitCard) -> Section:
    table = signed_names(cards.edition).loc[card.profile.rivals.index].join(card.profile.rivals)
    heads = {"gap": Column(*CARD["gap"], "score"), "beats": Column(*CARD["beats"], "percent")}
    if cards.edition.status == "simulated":
        known = [cards.edition.year in cards.published.get(str(unit), ()) for unit in table.index]
        basis = [CARD["basis_published" if one else "basis_drawn"] for one in known]
        table = table.assign(**in_columns("basis", basis))
        heads["basis"] = Column(*CARD["basis"])
    return Section(CARD["rivals"], [CARD["rivals_said"], Table(table, heads)])


def _lose(cards: GroupOfCards, card: UnitCard, survival: Survival) -> Section:
    names = signed_names(cards.edition)
    parts: list[Any] = []
    if survival.changes.empty:
        parts.append(CARD["no_weight"])
    else:
        nearest = survival.changes.iloc[0]
        said = {"child": survival.names[nearest["child"]], "passing": _called(names, nearest["passing"])}
        parts.append(_of_drawn(cards, CARD["weight_said"].format(**said, **_percents(nearest))))
        rows = survival.changes.head(SHOWN)
        frame = pd.DataFrame(
            in_columns("child", [survival.names[code] for code in rows["child"]])
            | {"nominal": rows["nominal"].tolist(), "threshold": rows["threshold"].tolist()}
            | in_columns("passing", [_called(names, passing) for passing in rows["passing"]])
        )
        heads = {key: Column(*CARD[key], "percent") for key in ("nominal", "threshold")}
        heads |= {key: Column(*CARD[key]) for key in ("child", "passing")}
        parts.append(Table(frame, heads))
    if card.behind is None:
        parts.append(CARD["last"])
    else:
        if len(card.lose) or len(card.lose_together):
            parts.append(_of_drawn(cards, CARD["behind_said"].format(name=name_of_unit(names, card.behind))))
        parts += [*_single(cards, card.lose), *_together(cards, card.lose_together)]
    return Section(CARD["lose"], parts)


def _called(names: pd.DataFrame, units: Iterable[Any]) -> Text:
    return listed(name_of_unit(names, unit) for unit in units)


def _percents(change: pd.Series) -> dict[str, str]:
    return {key: f"{change[key]:.1%}" for key in ("nominal", "threshold")}


def _gain(cards: GroupOfCards, card: UnitCard) -> Section:
    if card.profile.target is None:
        return Section(CARD["gain"], [CARD["first"]])
    parts: list[Any] = [CARD["single_said"].format(target=card.profile.target)]
    parts += _single(cards, card.gain) or [CARD["no_single"]]
    together = _together(cards, card.gain_together)
    parts += [CARD["together_said"], *together] if together else []
    return Section(CARD["gain"], parts)


def _single(cards: GroupOfCards, gains: pd.DataFrame) -> list[Table]:
    if gains.empty:
        return []
    framework = cards.index.recipe.framework
    first = gains.head(SHOWN).set_index("indicator")
    table = with_node_names(first[["value", "needed", "share"]], node_names(framework))
    units = unit_names(framework, list(map(str, first.index))).set_axis(table.index)
    at = table.columns.get_loc("value")
    for name in reversed(units.columns):
        table.insert(at, name, units[name])
    kinds = {"value": "number", "needed": "number", "share": "percent"}
    return [Table(table, {key: Column(*CARD[key], kind) for key, kind in kinds.items()})]


def _together(cards: GroupOfCards, gains: pd.DataFrame) -> list[Table]:
    if gains.empty:
        return []
    names = node_names(cards.index.recipe.framework) | {ROOT: CARD["all_indicators"]}
    frame = pd.DataFrame(
        in_columns("node", [names[node] for node in gains["node"]]) | {"share": gains["share"].tolist()}
    )
    return [Table(frame, {"node": Column(*CARD["node"]), "share": Column(*CARD["share"], "percent")})]


def _history(cards: GroupOfCards, card: UnitCard) -> Section:
    from govtransparency.plot import figures

    simulated = cards.edition.status == "simulated"
    parts: list[Any] = [
        Picture(
            figures.rank_history(card.history, card.published, simulated=simulated), "rank-history", CARD["history"]
        )
    ]
    if len(card.published) or simulated:
        parts.append(CARD["history_drawn" if simulated else "history_said"])
    if card.change is not None:
        parts.append(card.change)
    return Section(CARD["history"], parts)


def _pillars(cards: GroupOfCards, card: UnitCard) -> list[Section]:
    from govtransparency.plot import figures

    framework = cards.index.recipe.framework
    top = list(framework.children(ROOT))
    if len(top) < 2 or np.isnan(card.profile.rank) or not cards.edition.league:
        return []
    panel = bilingual(cards.edition.groups[cards.group])
    scores, unit = cards.index.scores[top], card.profile.unit
    drawn = figures.pillar_profile(
        {panel: scores}, {panel: unit}, names_for_figures(cards.edition), node_names(framework)
    )
    return [Section(PROFILE["pillars"], [Picture(drawn, "profile", PROFILE["pillars"])])]


def _effects(cards: GroupOfCards, card: UnitCard) -> Iterator[Section]:
    heads = {
        "median": Column(*PROFILE["median"], "score"),
        "effect": Column(*PROFILE["effect"], "score"),
        "rank": Column(*PROFILE["rank_by_node"], "rank"),
    }
    shown = ["score", "median", *(["rank"] if cards.edition.league else []), "effect"]
    names = node_names(cards.index.recipe.framework)
    for key, table in (("strengths", card.profile.strengths), ("weaknesses", card.profile.weaknesses)):
        rows = with_node_names(table.head(SHOWN)[shown], names)
        parts: list[Any] = [PROFILE["effect_note"]] if key == "strengths" else []
        parts.append(PROFILE["none"] if rows.empty else Table(rows, heads))
        yield Section(CARD[key], parts)


def _record(card: UnitCard) -> list[Section]:
    record = card.profile.record
    if record.empty:
        return []
    kinds = [PROFILE[f"kind_{kind.replace('-', '_')}"] for kind in record["kind"]]
    table = record[["year", "statement_zh", "statement_en"]].assign(
        year=record["year"].astype(str),
        title=list(map(Link, record["title"], record["link"])),
        **in_columns("kind", kinds),
    )
    heads = {key: Column(*PROFILE[key]) for key in ("year", "statement", "kind")} | {"title": Column(*CARD["title"])}
    return [Section(CARD["published"], [Table(table, heads, rows=12)], status=False)]


def _contest(cards: GroupOfCards) -> list[Section]:
    said = how_to_contest(cards.edition)
    return [Section(CONTEST["heading"], said, status=False)] if said else []
