"""Normalised values as arrays, each cell a value, missing or not applicable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.aggregation import Transform

__all__ = ["MISSING", "NOT_APPLICABLE", "VALUE", "Values", "values_of"]


VALUE, MISSING, NOT_APPLICABLE = 0, 1, 2  # states of a cell


@dataclass(frozen=True, eq=False)
class Values:
    """Normalised indicators as arrays, shared by all recipes that aggregate them.

    Attributes
    ----------
    units : Index
    codes : tuple of str
        The indicators, one per column.
    scores : ndarray, units x codes
        NaN where there is no value.
    states : ndarray of int8, units x codes
        `VALUE`, `MISSING` or `NOT_APPLICABLE`.
    """

    units: pd.Index
    codes: tuple[str, ...]
    scores: np.ndarray
    states: np.ndarray
    _kept: dict[Any, np.ndarray] = field(default_factory=dict, repr=False)

    @cached_property
    def observed(self) -> np.ndarray:
        """Which cells have a value: units x codes."""
        return self.states == VALUE

    @cached_property
    def applicable(self) -> np.ndarray | None:
        """Which cells are a value or missing: units x codes; None where all are."""
        applicable = self.states != NOT_APPLICABLE
        return None if applicable.all() else applicable

    def filled(self, score: float | None) -> np.ndarray:
        """Return the scores with a fixed score for missing values, not for what is not applicable; None fixes none."""
        if score is None:
            return self.scores
        if score not in self._kept:
            self._kept[score] = np.where(self.states == MISSING, score, self.scores)
        return self._kept[score]

    def terms(self, transform: Transform, score: float | None) -> np.ndarray:
        """Return the transformed scores, codes x units: 0 where missing, NaN outside the transform's domain."""
        key = (transform, score)
        if key not in self._kept:
            self._kept[key] = np.ascontiguousarray(terms_of(transform, self.filled(score)).T)
        return self._kept[key]


def values_of(normalised: pd.DataFrame, not_applicable: np.ndarray | None = None) -> Values:
    """Return normalised indicators as arrays.

    Parameters
    ----------
    normalised : DataFrame, units x indicators
        NaN where a value is missing or not applicable.
    not_applicable : ndarray of bool, units x indicators, optional
        Which cells are not applicable; none by default.

    Returns
    -------
    Values
    """
    scores = normalised.to_numpy(dtype=float)
    states = np.where(np.isnan(scores), MISSING, VALUE).astype(np.int8)
    if not_applicable is not None:
        states[not_applicable] = NOT_APPLICABLE
    return Values(normalised.index, tuple(normalised), scores, states)


def terms_of(transform: Transform, x: np.ndarray) -> np.ndarray:
    """Return the transformed scores: 0 where missing, NaN outside the transform's domain."""
    missing = np.isnan(x)
    if transform.floor is not None:
        x = np.maximum(x, transform.floor)
    with np.errstate(all="ignore"):
        terms = transform.forward(x)
        if transform.domain != "any" and not x.min(initial=np.inf) > 0:
            terms = np.where(x <= 0 if transform.domain == "positive" else x < 0, np.nan, terms)
    return np.where(missing, 0.0, terms) if missing.any() else terms
