"""What the answers to questions, pooled regressions and compromises show first: what they say, and one table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govtransparency.aggregation import VikorSolution
from govtransparency.displays.card import Card, count_of
from govtransparency.displays.values_shown import card_of
from govtransparency.questions.compare import Comparison
from govtransparency.questions.explain_change import ChangeExplained
from govtransparency.questions.imputation_check import ImputationCheck
from govtransparency.questions.leave_one_out import LeftOutInTurn, called_in
from govtransparency.questions.names_and_status import called
from govtransparency.questions.survives import Survival
from govtransparency.robustness import Pooled
from govtransparency.texts.method_names import display_name

__all__: list[str] = []


@card_of.register(Survival)
def _(answer: Survival) -> Card:
    shares = answer.shares[answer.shares["share"] > 0]
    return Card(f"Survival of {_unit(answer, answer.unit)}", (answer.text.en,), shares, "rank")


@card_of.register(ChangeExplained)
def _(answer: ChangeExplained) -> Card:
    ranks = answer.ranks.sort_values("places", key=abs, ascending=False, kind="stable")
    table = ranks.assign(score=answer.scores["change"]).rename(columns={"score": "change of score"})
    return Card(f"ChangeExplained: {count_of(len(table), 'unit')}", (answer.text.en,), _named(answer, table), "unit")


@card_of.register(Comparison)
def _(answer: Comparison) -> Card:
    a, b = (name.en for name in answer.names)
    return Card(f"Comparison of {a} and {b}", (answer.text.en,), _named(answer, answer.moves), "unit")


@card_of.register(LeftOutInTurn)
def _(answer: LeftOutInTurn) -> Card:
    table = answer.table.sort_values(["pairs", "largest_shift"], ascending=False, kind="stable")
    table = table.assign(first=[called_in(answer, first).en for first in table["first"]])
    table.index = pd.Index([called_in(answer, left).en for left in table.index], name="left out", tupleize_cols=False)
    heading = f"LeftOutInTurn: {count_of(len(table), answer.what)}"
    return Card(heading, (answer.text.en,), table, answer.what)


@card_of.register(ImputationCheck)
def _(answer: ImputationCheck) -> Card:
    table = answer.best[["gaps", "method", "gain", "gain_low", "gain_high", "verdict"]]
    table = table.assign(method=[display_name(method).en for method in table["method"]])
    table = table.rename(index={code: answer.names[code].en for code in table.index})
    return Card(f"ImputationCheck: {count_of(len(table), 'indicator')}", (answer.text.en,), table, "indicator")


@card_of.register(Pooled)
def _(found: Pooled) -> Card:
    size = f"{count_of(len(found.table), 'coefficient')}, {count_of(found.count, 'regression')}"
    return Card(f"Pooled({size})", found.notes, found.table, "coefficient")


@card_of.register(VikorSolution)
def _(found: VikorSolution) -> Card:
    held = {"advantage": found.acceptable_advantage, "stability": found.acceptable_stability}
    said = ", ".join(f"{name} {'acceptable' if holds else 'not acceptable'}" for name, holds in held.items())
    facts = (f"compromise: {', '.join(map(str, found.compromise))}", said)
    return Card(
        f"VikorSolution: {count_of(len(found.measures), 'unit')}", facts, found.measures.sort_values("Q"), "unit"
    )


def _unit(answer: Any, unit: Any) -> str:
    return called(unit, answer.editions).en


def _named(answer: Any, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table indexed by unit with the names that the editions of the answer give."""
    names = [_unit(answer, unit) for unit in table.index]
    return table.set_axis(pd.Index(names, name="unit", tupleize_cols=False))
