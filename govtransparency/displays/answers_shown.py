"""What the answers to questions, pooled regressions and compromises show first: what they say, and one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.aggregation import VikorSolution
from govtransparency.displays.card import FACT, ROWS, Card, count_of
from govtransparency.displays.values_shown import card_of
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.compare import Comparison
from govtransparency.questions.explain_change import ChangeExplained
from govtransparency.questions.imputation_check import ImputationCheck
from govtransparency.questions.leave_one_out import LeftOutInTurn
from govtransparency.questions.names_and_status import called
from govtransparency.questions.survives import Survival
from govtransparency.robustness import Pooled
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.questions.answer import Answer
    from govtransparency.texts.bilingual import Text

__all__: list[str] = []


@card_of.register(Survival)
def _(answer: Survival) -> Card:
    return _of_answer(answer, answer.shares[answer.shares["share"] > 0], "rank", {})


@card_of.register(ChangeExplained)
def _(answer: ChangeExplained) -> Card:
    parts = [kind for kind in KINDS if (answer.scores[kind] != 0).any()]
    table = answer.ranks[["before", "after", "places"]].join(answer.scores[["change", *parts]])
    return _of_answer(answer, table.sort_values("places", key=abs, ascending=False, kind="stable"), "unit")


@card_of.register(LeftOutInTurn)
def _(answer: LeftOutInTurn) -> Card:
    table = answer.table.sort_values("pairs", ascending=False, kind="stable")
    firsts = [_in_both(answer.called(first)) for first in table["first"]]
    return _of_answer(answer, table.assign(first=firsts), answer.what, answer.names or None)


@card_of.register(ImputationCheck)
def _(answer: ImputationCheck) -> Card:
    methods = [_in_both(answer.method_names[name]) for name in answer.best["method"]]
    return _of_answer(answer, answer.best.assign(method=methods), "indicator", answer.names)


@card_of.register(Comparison)
def _(answer: Comparison) -> Card:
    return _of_answer(answer, answer.moves, "unit")


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


def _of_answer(answer: Answer, table: pd.DataFrame, left: str, names: Mapping[Any, Text] | None = None) -> Card:
    """Return what an answer says, in English and then in Chinese, and its table under the names of units or nodes."""
    statuses = [_in_both(STATUS[status]) for status in answer.status]
    facts = [*_lines((one.en for one in answer.sentences), " "), *_lines((one.zh for one in answer.sentences), "")]
    known = {label: called(label, answer.editions) for label in table.index[:ROWS]} if names is None else names
    labels = [_in_both(known[label]) if label in known else label for label in table.index[:ROWS]]
    shown = table.set_axis(pd.Index([*labels, *table.index[ROWS:]], name=table.index.name, tupleize_cols=False))
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
