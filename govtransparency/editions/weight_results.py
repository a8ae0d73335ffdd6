"""The scores of an edition under both readings of its weights, for the error that asks which is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, joined, words
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.weight_readings import READINGS, WeightReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.editions.edition import Edition

__all__ = ["results_of_readings"]

FIRST = 5  # units of each group


def results_of_readings(read: Callable[[WeightReading], Edition]) -> list[Text]:
    """Return the first units and their scores under each reading, if nothing else is wrong with the edition.

    Parameters
    ----------
    read : callable
        Reads the edition with the reading of its weights declared.
    """
    try:
        editions = {reading: read(reading) for reading in READINGS}
        return [problems.RESULTS.format(reading=reading, scores=_scores(own)) for reading, own in editions.items()]
    except InputError:
        return []


def _scores(edition: Edition) -> Text:
    """Return the first units of each group with their scores, the best first."""
    shown = []
    for group in edition.tables:
        best = edition.index_of(group).scores[ROOT].dropna().sort_values(ascending=False, kind="stable").head(FIRST)
        shown.append(words(f"{unit} {score:.4g}" for unit, score in best.items()))
    return joined(*shown)
