"""What each value shows first: a framework its tree, a recipe its steps, an index its ranking."""

from __future__ import annotations

import dataclasses
import math
from functools import singledispatch
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.coherence import Correlations
from govtransparency.coherence.agreement_coefficients import Alpha
from govtransparency.coherence.factors import Bartlett, Components
from govtransparency.coherence.reliability import Reliability
from govtransparency.displays.card import Card, cell_text
from govtransparency.editions import Edition, Panel
from govtransparency.framework import Framework
from govtransparency.index import Index
from govtransparency.methods import name_of
from govtransparency.nodes import ROOT
from govtransparency.profiles.unit_profile import Profile
from govtransparency.recipe import Recipe
from govtransparency.robustness import Ensemble, FirstRegion, Rescored, RobustComparisons, Sensitivity, Swap
from govtransparency.robustness.stability.concordance import Concordance, Friedman
from govtransparency.robustness.stability.mobility import Mobility
from govtransparency.robustness.stability.movers import Movers
from govtransparency.robustness.stability.trends import PageTrend
from govtransparency.texts.bilingual import Text
from govtransparency.texts.status_words import STATUS

__all__ = ["DISPLAYED", "html_of", "text_of"]


DISPLAYED: tuple[type, ...] = (
    Framework, Recipe, Index, Ensemble, Sensitivity, Edition, Panel, Profile,
    Swap, FirstRegion, Rescored, RobustComparisons,
    Concordance, Friedman, Mobility, Movers, PageTrend,
    Alpha, Bartlett, Components, Correlations, Reliability,
)  # fmt: skip
LINES = 10  # nodes of a tree


def html_of(value: Any) -> str:
    """Return what a notebook shows of the value."""
    return card_of(value).html()


def text_of(value: Any) -> str:
    """Return what a prompt shows of the value."""
    return card_of(value).text()


@singledispatch
def card_of(value: Any) -> Card:
    """Return the card of a result: its sentence if it has one, its numbers, and the first table among its fields."""
    held = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    facts = [value.sentence("en")] if hasattr(value, "sentence") else []
    single = {name: one for name, one in held.items() if isinstance(one, (int, float, str, bool, np.generic, Text))}
    if not facts:
        facts = [", ".join(f"{name} {cell_text(_plain(one))}" for name, one in single.items())]
    tables = [one for one in held.values() if isinstance(one, pd.DataFrame)]
    series = {name: one for name, one in held.items() if isinstance(one, pd.Series)}
    alike = {name: one for name, one in series.items() if one.index.equals(next(iter(series.values())).index)}
    table = pd.DataFrame(alike) if alike else next(iter(tables), None)
    return Card(type(value).__name__, tuple(facts), table)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


@card_of.register
def _(tree: Framework) -> Card:
    names, shares = tree.names("en"), tree.weights
    heading = f"Framework({len(tree.indicators)} indicators, {len(tree.pillars)} pillars)"
    kept, level = {ROOT}, list(tree.children(ROOT))
    while level and (len(kept) + len(level) <= LINES or len(kept) == 1):  # whole levels, and the first in any case
        kept |= set(level)
        level = [child for code in level for child in tree.children(code)]
    labels, lines = [], []
    for code, depth in _walk(tree, ROOT, 0):
        if code in kept:
            node, below = tree.node(code), len(tree.leaves.get(code, ()))
            labels.append("  " * depth + names[code])
            ends = "" if math.isnan(node.worst) else f"{cell_text(node.worst)} to {cell_text(node.best)}"
            what = f"{below} indicators" if below else ("more is better", "less is better")[node.direction < 0]
            effective = "" if below else f"{tree.effective_weights[code]:.1%}"
            lines.append((f"{shares[code]:.0%}", effective, what, ends))
    columns = ["weight", "effective weight", "holds", "goalposts"]
    table = pd.DataFrame(lines, index=pd.Index(labels, name="node"), columns=columns)
    hidden = len(tree.nodes) - len(kept)
    return Card(heading, (f"{hidden} nodes below those shown",) if hidden else (), table, "nodes")


def _walk(tree: Framework, code: str, depth: int) -> list[tuple[str, int]]:
    """Return each node below one, in the order of the tree, with its depth."""
    return [(code, depth), *(pair for child in tree.children(code) for pair in _walk(tree, child, depth + 1))]


@card_of.register
def _(recipe: Recipe) -> Card:
    heading = f"Recipe for {len(recipe.framework.indicators)} indicators in {len(recipe.framework.pillars)} pillars"
    return Card(heading, tuple(recipe.describe("en", form="lines").splitlines()))


@card_of.register
def _(index: Index) -> Card:
    recipe, ranks = index.recipe, index.ranks
    ranked = f"{ranks.count():,}" if ranks.count() == len(ranks) else f"{ranks.count():,} of {len(ranks):,}"
    heading = f"Index: {ranked} units ranked by {len(recipe.framework.indicators)} indicators"
    how = f"{name_of(recipe.normalise)}, {name_of(recipe.aggregate)}"
    table = pd.concat([ranks.rename("rank"), index.scores[[ROOT, *recipe.framework.children(ROOT)]]], axis=1)
    return Card(heading, (how,), table.sort_values("rank", kind="stable"), "units")


@card_of.register
def _(found: Rescored) -> Card:
    table = pd.concat([found.ranks.rename("rank"), found.scores], axis=1).sort_values("rank", kind="stable")
    return Card(f"Rescored: {len(table):,} units under other weights", (), table, "units")


@card_of.register
def _(ensemble: Ensemble) -> Card:
    sources = ", ".join(ensemble.sources)
    heading = f"Ensemble({len(ensemble.units)} units, {ensemble.draws:,} draws, seed {ensemble.seed}: {sources})"
    table = ensemble.intervals(0.90).sort_values("rank", kind="stable")
    return Card(heading, ("ranks with 90% intervals",), table, "units")


@card_of.register
def _(found: Sensitivity) -> Card:
    output, unit = found.columns[0]
    size = f"{len(found.factors)} factors, {len(found.columns)} outputs, {found.samples:,} samples, seed {found.seed}"
    of = f"{output} of {unit}" if unit != "" else output
    facts = (f"share of the variance of {of}, with {found.level:.0%} intervals", *found.notes)
    return Card(f"Sensitivity({size}: {', '.join(found.factors)})", facts, found.of(output, unit), "sources")


@card_of.register
def _(edition: Edition) -> Card:
    rows = {
        group: (edition.groups[group].get("en", group), *table.shape, f"{table.notna().to_numpy().mean():.1%}")
        for group, table in edition.tables.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", "units", "indicators", "present"])
    heading = f"Edition {edition.index} {edition.year}: {edition.title['en']}"
    return Card(heading, (f"status: {STATUS[edition.status].en}",), table.rename_axis("group"), "groups")


@card_of.register
def _(panel: Panel) -> Card:
    years = list(panel.status.index)
    statuses = [f"{year}: {STATUS[status].en}" for year, status in panel.status.items()]
    called = panel.units["name_en"]
    ordered = {group: table.sort_values(table.columns[-1], kind="stable") for group, table in panel.ranks.items()}
    table = _in_turn(ordered).rename(index=called[called != ""].to_dict()) if ordered else None
    sizes = [f"{len(ranks):,} units in {group}" for group, ranks in ordered.items()] if len(ordered) > 1 else []
    heading = f"Panel of {len(years)} years, {len(panel.units):,} units, {len(panel.ranks)} groups"
    return Card(heading, (*sizes, "status", *statuses), table, "units")


def _in_turn(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the only table; of several the first row of each, then the second of each, with the group before them."""
    if len(tables) == 1:
        return next(iter(tables.values()))
    rows = pd.concat([table.assign(group=group) for group, table in tables.items()])
    places = np.concatenate([np.arange(len(table)) for table in tables.values()])
    return rows.iloc[np.argsort(places, kind="stable")].set_index("group", append=True).rename_axis(["unit", "group"])
