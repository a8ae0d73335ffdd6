"""What each value shows first: a framework its tree, a recipe its steps, an index its ranking."""

from __future__ import annotations

import dataclasses
import math
from functools import singledispatch
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import KemenyOrders, VikorSolution
from govtransparency.audit.feasible_weights import FeasibleWeights
from govtransparency.audit.rank_rules import RankRulesFound
from govtransparency.coherence import Correlations
from govtransparency.coherence.agreement_coefficients import Alpha
from govtransparency.coherence.factors import Bartlett, Components
from govtransparency.coherence.reliability import Reliability
from govtransparency.displays.card import FACT, NAMED, ROWS, Card, cell_text, count_of
from govtransparency.editions import Edition, Panel
from govtransparency.framework import Framework
from govtransparency.index import Index
from govtransparency.methods import name_of
from govtransparency.nodes import ROOT
from govtransparency.profiles.unit_profile import Profile
from govtransparency.questions.answer import Answer
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.compare import Comparison
from govtransparency.questions.explain_change import ChangeExplained
from govtransparency.questions.imputation_check import ImputationCheck
from govtransparency.questions.leave_one_out import LeftOutInTurn, called_in
from govtransparency.questions.names_and_status import called
from govtransparency.questions.survives import Survival
from govtransparency.recipe import Recipe
from govtransparency.robustness import Ensemble, FirstRegion, Pooled, Rescored, RobustComparisons, Sensitivity, Swap
from govtransparency.robustness.stability.concordance import Concordance, Friedman
from govtransparency.robustness.stability.mobility import Mobility
from govtransparency.robustness.stability.movers import Movers
from govtransparency.robustness.stability.trends import PageTrend
from govtransparency.status_of_data import status_of
from govtransparency.texts.bilingual import Text
from govtransparency.texts.status_words import STATUS
from govtransparency.weighting import AHP, BestWorst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


__all__ = ["DISPLAYED", "html_of", "text_of"]


DISPLAYED: tuple[type, ...] = (
    Framework, Recipe, Index, Ensemble, Sensitivity, Edition, Panel, Profile,
    Survival, ChangeExplained, Comparison, LeftOutInTurn, ImputationCheck,
    RankRulesFound, Swap, FirstRegion, Rescored, RobustComparisons, FeasibleWeights, Pooled,
    AHP, BestWorst, KemenyOrders, VikorSolution,
    Concordance, Friedman, Mobility, Movers, PageTrend,
    Alpha, Bartlett, Components, Correlations, Reliability,
)  # fmt: skip
LINES = 10  # nodes of a tree


def html_of(value: Any) -> str:
    """Return what a notebook shows of the value."""
    return _with_status(value).html()


def text_of(value: Any) -> str:
    """Return what a prompt shows of the value."""
    return _with_status(value).text()


def _with_status(value: Any) -> Card:
    """Return the card of a value, with the status of its figures; answers and panels say it in their own place."""
    card = card_of(value)
    said = [] if isinstance(value, (Answer, Panel)) else [STATUS[status].en for status in status_of(value)]
    return dataclasses.replace(card, facts=(f"status: {', '.join(said)}", *card.facts)) if said else card


@singledispatch
def card_of(value: Any) -> Card:
    """Return the card of a result: its sentence if it has one, its numbers, and the first table among its fields."""
    held = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if hasattr(value, "text"):
        facts = [value.text.en]
    elif hasattr(value, "sentence"):
        facts = [value.sentence("en")]
    else:
        kinds = (int, float, str, bool, np.generic, Text)
        single = {name: one for name, one in held.items() if isinstance(one, kinds) and one != "" and name != "status"}
        shown = {
            name: str(one) if isinstance(one, (str, Text)) else cell_text(_plain(one)) for name, one in single.items()
        }
        facts = [", ".join(f"{name} {one}" for name, one in shown.items())]
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
    heading = f"Framework({count_of(len(tree.indicators), 'indicator')}, {count_of(len(tree.pillars), 'pillar')})"
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
            what = count_of(below, "indicator") if below else ("more is better", "less is better")[node.direction < 0]
            effective = "" if below else f"{tree.effective_weights[code]:.1%}"
            lines.append((f"{shares[code]:.0%}", effective, what, ends))
    columns = ["weight", "effective weight", "holds", "goalposts"]
    table = pd.DataFrame(lines, index=pd.Index(labels, name="node"), columns=columns)
    hidden = len(tree.nodes) - len(kept)
    said = (f"{count_of(hidden, 'node')} below those shown",) if hidden else ()
    return Card(heading, said, table, "node", short=ROWS)


def _walk(tree: Framework, code: str, depth: int) -> list[tuple[str, int]]:
    """Return each node below one, in the order of the tree, with its depth."""
    return [(code, depth), *(pair for child in tree.children(code) for pair in _walk(tree, child, depth + 1))]


@card_of.register
def _(recipe: Recipe) -> Card:
    tree = recipe.framework
    heading = f"Recipe for {count_of(len(tree.indicators), 'indicator')} in {count_of(len(tree.pillars), 'pillar')}"
    return Card(heading, tuple(recipe.describe("en", form="lines").splitlines()))


@card_of.register
def _(index: Index) -> Card:
    recipe, ranks = index.recipe, index.ranks
    ranked = "" if ranks.count() == len(ranks) else f"{ranks.count():,} of "
    by = count_of(len(recipe.framework.indicators), "indicator")
    heading = f"Index: {ranked}{count_of(len(ranks), 'unit')} ranked by {by}"
    how = f"{name_of(recipe.normalise)}, {name_of(recipe.aggregate)}"
    table = pd.concat([ranks.rename("rank"), index.scores[[ROOT, *recipe.framework.children(ROOT)]]], axis=1)
    return Card(heading, (how,), table.sort_values("rank", kind="stable"), "unit")


@card_of.register
def _(found: Rescored) -> Card:
    table = pd.concat([found.ranks.rename("rank"), found.scores], axis=1).sort_values("rank", kind="stable")
    return Card(f"Rescored: {count_of(len(table), 'unit')} under other weights", (), table, "unit")


@card_of.register
def _(found: RobustComparisons) -> Card:
    names = f"{found.share:.1%} of the comparisons hold where {found.r:.0%} of the weight goes anywhere"
    return Card("RobustComparisons", (f"{names}, {found.fully_robust:.1%} under any weights",), found.levels, "unit")


@card_of.register
def _(ensemble: Ensemble) -> Card:
    sources = ", ".join(ensemble.sources)
    size = f"{count_of(len(ensemble.units), 'unit')}, {count_of(ensemble.draws, 'draw')}"
    heading = f"Ensemble({size}, seed {ensemble.seed}: {sources})"
    table = ensemble.intervals(0.90).sort_values("rank", kind="stable")
    return Card(heading, ("ranks with 90% intervals",), table, "unit")


@card_of.register
def _(found: Sensitivity) -> Card:
    output, unit = found.columns[0]
    counts = {"factor": len(found.factors), "output": len(found.columns), "sample": found.samples}
    size = ", ".join([*(count_of(count, noun) for noun, count in counts.items()), f"seed {found.seed}"])
    of = f"{output} of {unit}" if unit != "" else output
    facts = (f"share of the variance of {of}, with {found.level:.0%} intervals", *found.notes)
    return Card(f"Sensitivity({size}: {', '.join(found.factors)})", facts, found.of(output, unit), "source")


@card_of.register
def _(found: Pooled) -> Card:
    size = f"{count_of(len(found.table), 'coefficient')}, {count_of(found.count, 'regression')}"
    return Card(f"Pooled({size})", found.notes, found.table, "coefficient")


@card_of.register
def _(found: VikorSolution) -> Card:
    held = {"advantage": found.acceptable_advantage, "stability": found.acceptable_stability}
    said = ", ".join(f"{name} {'acceptable' if holds else 'not acceptable'}" for name, holds in held.items())
    facts = (f"compromise: {', '.join(map(str, found.compromise))}", said)
    return Card(
        f"VikorSolution: {count_of(len(found.measures), 'unit')}", facts, found.measures.sort_values("Q"), "unit"
    )


@card_of.register
def _(answer: Survival) -> Card:
    return _of_answer(answer, answer.shares[answer.shares["share"] > 0], "rank", {})


@card_of.register
def _(answer: ChangeExplained) -> Card:
    parts = [kind for kind in KINDS if (answer.scores[kind] != 0).any()]
    table = answer.ranks[["before", "after", "places"]].join(answer.scores[["change", *parts]])
    return _of_answer(answer, table.sort_values("places", key=abs, ascending=False, kind="stable"), "unit")


@card_of.register
def _(answer: LeftOutInTurn) -> Card:
    table = answer.table.sort_values("pairs", ascending=False, kind="stable")
    firsts = [_in_both(called_in(answer, first)) for first in table["first"].iloc[:NAMED]]
    table = table.assign(first=[*firsts, *table["first"].iloc[NAMED:]])
    return _of_answer(answer, table, answer.what, answer.names or None)


@card_of.register
def _(answer: ImputationCheck) -> Card:
    methods = [_in_both(answer.method_names[name]) for name in answer.best["method"]]
    return _of_answer(answer, answer.best.assign(method=methods), "indicator", answer.names)


@card_of.register
def _(answer: Comparison) -> Card:
    return _of_answer(answer, answer.moves, "unit")


def _of_answer(answer: Answer, table: pd.DataFrame, left: str, names: Mapping[Any, Text] | None = None) -> Card:
    """Return what an answer says, in English and then in Chinese, and its table under the names of units or nodes."""
    statuses, sentences = [_in_both(STATUS[status]) for status in answer.status], answer.sentences
    facts = [*_lines((one.en for one in sentences), " "), *_lines((one.zh for one in sentences), "")]
    seen = table.index[:NAMED]
    known = {label: called(label, answer.editions) for label in seen} if names is None else names
    labels = [_in_both(known[label]) if label in known else label for label in seen]
    shown = table.set_axis(pd.Index([*labels, *table.index[NAMED:]], name=table.index.name, tupleize_cols=False))
    return Card(": ".join([type(answer).__name__, *statuses]), tuple(facts), shown, left)


def _in_both(text: Text) -> str:
    return " ".join(dict.fromkeys((text.en, text.zh)))


def _lines(sentences: Iterable[str], space: str) -> list[str]:
    """Return sentences as lines of a card, as many together as one holds."""
    lines: list[str] = []
    for sentence in sentences:
        if lines and len(lines[-1]) + len(space) + len(sentence) <= FACT:
            lines[-1] += space + sentence
        else:
            lines.append(sentence)
    return lines


@card_of.register
def _(edition: Edition) -> Card:
    rows = {
        group: (edition.groups[group].get("en", group), *table.shape, f"{table.notna().to_numpy().mean():.1%}")
        for group, table in edition.tables.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["name", "units", "indicators", "present"])
    heading = f"Edition {edition.index} {edition.year}: {edition.title['en']}"
    return Card(heading, (), table.rename_axis("group"), "group")


@card_of.register
def _(panel: Panel) -> Card:
    years = list(panel.status.index)
    statuses = [f"{year}: {STATUS[status].en}" for year, status in panel.status.items()]
    called = panel.units["name_en"]
    ordered = {group: table.sort_values(table.columns[-1], kind="stable") for group, table in panel.ranks.items()}
    table = _in_turn(ordered).rename(index=called[called != ""].to_dict()) if ordered else None
    sizes = (
        [f"{count_of(len(ranks), 'unit')} in {group}" for group, ranks in ordered.items()] if len(ordered) > 1 else []
    )
    size = {"year": len(years), "unit": len(panel.units), "group": len(panel.ranks)}
    heading = f"Panel of {', '.join(count_of(count, noun) for noun, count in size.items())}"
    return Card(heading, (*sizes, "status", *statuses), table, "unit")


def _in_turn(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the only table; of several the first row of each, then the second of each, with the group before them."""
    if len(tables) == 1:
        return next(iter(tables.values()))
    rows = pd.concat([table.assign(group=group) for group, table in tables.items()])
    places = np.concatenate([np.arange(len(table)) for table in tables.values()])
    return rows.iloc[np.argsort(places, kind="stable")].set_index("group", append=True).rename_axis(["unit", "group"])
