"""Notes on the results of an uncertainty or sensitivity analysis: what a reader should know about them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.texts.bilingual import Language, Text, words
from govtransparency.texts.monte_carlo_words import ENSEMBLE_NOTES, SENSITIVITY_NOTES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from govtransparency.robustness.monte_carlo.study import Study

__all__ = ["notes_in_language", "notes_on_draws", "notes_on_shares"]

TOLERATED_ERROR = 0.01  # of a probability near one half, at 95 %
WIDE = 0.1  # width of an interval of a total-order index above which it is named


def notes_in_language(notes: Iterable[Text], language: Language) -> tuple[str, ...]:
    """Return notes in one language."""
    with Arguments("notes_in") as check:
        check.choice("language", language, get_args(Language))
    return tuple(getattr(note, language) for note in notes)


def notes_on_draws(study: Study, ranked: pd.Series) -> list[Text]:
    """Return the notes on an ensemble.

    Parameters
    ----------
    study : Study
    ranked : Series, unit -> 0 to 1
        Share of the draws in which the unit has a rank.
    """
    notes = []
    error = 1.96 * 0.5 / math.sqrt(study.draws)
    if error > TOLERATED_ERROR:
        notes.append(ENSEMBLE_NOTES["few_draws"].format(draws=f"{study.draws:,}", error=f"{100 * error:.1f}"))
    if study.slow_methods:
        notes.append(ENSEMBLE_NOTES["slow"].format(methods=words(study.slow_methods)))
    if any(number in turn for turn in study.turns for number in study.noise):
        notes.append(ENSEMBLE_NOTES["noise"])
    if rare := int((ranked < 1).sum()):
        notes.append(ENSEMBLE_NOTES["not_always_ranked"].format(rare=rare, units=len(ranked)))
    return notes


def notes_on_shares(samples: int, total: pd.DataFrame, estimates: np.ndarray) -> list[Text]:
    """Return the notes on Sobol' indices.

    Parameters
    ----------
    samples : int
    total : DataFrame, source -> estimate, low, high
        Total order of the first output.
    estimates : ndarray, outputs
        The total order of one factor, NaN for an output that is constant.
    """
    notes = []
    if samples & (samples - 1):
        better = 1 << (samples - 1).bit_length()
        notes.append(SENSITIVITY_NOTES["unbalanced"].format(samples=f"{samples:,}", better=f"{better:,}"))
    wide = total.index[(total["high"] - total["low"]) > WIDE]
    if len(wide):
        notes.append(SENSITIVITY_NOTES["wide"].format(sources=words(wide), samples=f"{samples:,}"))
    if constant := int(np.isnan(estimates).sum()):
        notes.append(SENSITIVITY_NOTES["constant"].format(constant=constant, outputs=len(estimates)))
    return notes
