"""The ranks of all units under each other choice: an indicator left out, another method, other decimals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.aggregation import AGGREGATORS
from govtransparency.errors import InputError
from govtransparency.methods import name_of
from govtransparency.nodes import ROOT
from govtransparency.normalisation import NORMALISERS
from govtransparency.profiles.alternatives import alternative_ranks, alternatives, ranks_without_each
from govtransparency.ranking import rank
from govtransparency.texts.bilingual import in_columns
from govtransparency.texts.method_names import display_name
from govtransparency.weighting import WEIGHTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.index import Index
    from govtransparency.texts.bilingual import Text

__all__ = ["OTHER_METHODS", "Trials", "make_trials"]

OTHER_METHODS: dict[str, tuple[Any, ...]] = {
    "normalise": tuple(NORMALISERS[name] for name in ("min_max", "z_score", "percentile_rank")),
    "aggregate": tuple(AGGREGATORS[name] for name in ("arithmetic_mean", "geometric_mean")),
    "weight": tuple(WEIGHTERS[name] for name in ("equal_weights", "equal_indicator_weights")),
}
DECIMALS = (0, 1, 2, 3)  # to which scores are rounded by way of trial


@dataclass(frozen=True, eq=False)
class Trials:
    """The ranks of all units under each trial, which the answers on each unit share.

    Attributes
    ----------
    indicators : dict of indicator to Series
        The ranks without that indicator.
    methods : dict of method's name to Series
    refused : DataFrame
        method_zh, method_en, reason_zh, reason_en of the methods that cannot be used.
    rounding : dict of decimals to Series
        The ranks if scores were rounded so; without the recipe's own decimals.
    """

    indicators: Mapping[str, pd.Series]
    methods: Mapping[Text, pd.Series]
    refused: pd.DataFrame
    rounding: Mapping[int, pd.Series]


def make_trials(index: Index, methods: Mapping[str, Iterable[Any]] = OTHER_METHODS) -> Trials:
    """Return the ranks without each indicator, by each other method and by other decimals."""
    rule = index.recipe.rank
    rounded = {
        decimals: rank(index.scores[ROOT], replace(rule, decimals=decimals), tie_breakers=index.scores)
        for decimals in DECIMALS
        if decimals != rule.decimals
    }
    return Trials(dict(ranks_without_each(index)), *_by_methods(index, methods), rounded)


def _by_methods(index: Index, methods: Mapping[str, Iterable[Any]]) -> tuple[dict[Text, pd.Series], pd.DataFrame]:
    """Return the ranks by each other method, and those that cannot be used, with the reason."""
    found: dict[Text, pd.Series] = {}
    refused: list[pd.DataFrame] = []
    for step, given in methods.items():
        for method in given:
            try:
                others = alternatives(index.recipe, {step: [method]}, index.table)
            except InputError as error:
                own = in_columns("alternative", [display_name(name_of(method))])
                refused.append(pd.DataFrame(own | in_columns("reason", error.texts[:1])))
                continue
            ranks, unfit = alternative_ranks({"": index.raw}, {"": others}, {"": index.not_applicable})
            found |= ranks[""]
            refused.append(unfit.drop(columns="group"))
    columns = ["alternative_zh", "alternative_en", "reason_zh", "reason_en"]
    table = pd.concat(refused, ignore_index=True) if refused else pd.DataFrame(columns=columns)
    return found, table.rename(columns=lambda name: name.replace("alternative", "method"))
