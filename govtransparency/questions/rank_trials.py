"""The ranks of all units under each other choice, one at a time: an indicator left out, another method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.aggregation import AGGREGATORS
from govtransparency.errors import InputError
from govtransparency.methods import name_of
from govtransparency.normalisation import NORMALISERS
from govtransparency.profiles.alternatives import alternative_ranks, alternatives, ranks_without_each
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
    """

    indicators: Mapping[str, pd.Series]
    methods: Mapping[Text, pd.Series]
    refused: pd.DataFrame


def make_trials(index: Index, methods: Mapping[str, Iterable[Any]] = OTHER_METHODS) -> Trials:
    """Return the ranks without each indicator and by each other method."""
    return Trials(dict(ranks_without_each(index)), *_by_methods(index, methods))


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
