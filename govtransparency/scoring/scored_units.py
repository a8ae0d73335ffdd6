"""Who has a score: coverage, and which units the missing-data rule gives a score on each node."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.recipe import Recipe
    from govtransparency.scoring.parents import Parent
    from govtransparency.scoring.values import Values

__all__ = ["SLACK", "ScoredUnits"]

SLACK = 1e-12  # a coverage below the required one by no more than this is enough


@dataclass(frozen=True, eq=False)
class ScoredUnits:
    """The arrays of a `Scoring`, whose attributes these are, and what they say of who has a score."""

    recipe: Recipe
    source: Values
    inputs: tuple[str, ...]
    values: np.ndarray
    observed: np.ndarray
    parents: tuple[Parent, ...]
    codes: tuple[str, ...]
    weights: np.ndarray

    @property
    def units(self) -> pd.Index:
        """The units, in the order of the rows."""
        return self.source.units

    def _share(
        self, parent: Parent, weights: np.ndarray, covered: list[np.ndarray], rows: Any = slice(None)
    ) -> np.ndarray:
        """Return the coverage of a parent from its children's: draws x units, or one row if no weight matters."""
        if parent.share is not None:
            return parent.share[None, rows]
        if self.recipe.missing.count == "children":
            weights = np.ones((1, len(covered)))
        share = np.zeros((1, 1))
        for weight, one in zip(weights.T, covered, strict=True):
            share = share + weight[:, None] * one
        with np.errstate(invalid="ignore"):  # nothing to count beneath: no weight, or nothing applicable
            if parent.applicable is None:
                return share / weights.sum(axis=1, keepdims=True)
            return share / (weights @ parent.applicable[:, rows])

    def _enough(self, parent: Parent, share: np.ndarray, weights: np.ndarray, scored: list[np.ndarray]) -> np.ndarray:
        """Return which units have a score on a parent, draws x units: enough coverage, and a child with a score."""
        some = np.zeros((1, 1), dtype=bool)
        for weight, one in zip(weights.T, scored, strict=True):
            some = some | (one if weight.all() else one & (weight > 0)[:, None])
            if some.all():
                break
        return (share >= parent.required - SLACK) & some

    @cached_property
    def fixed(self) -> bool:
        """Whether the same units have a score under all positive weights."""
        weighed = self.recipe.missing.count == "weights" and any(parent.share is None for parent in self.parents)
        return not weighed or bool(self.observed[:, self._used].all())

    @cached_property
    def _used(self) -> np.ndarray:
        """The inputs that some parent has as a child."""
        places = np.concatenate([parent.places for parent in self.parents]) if self.parents else np.zeros(1, dtype=int)
        return np.unique(places[places < len(self.inputs)])

    @cached_property
    def _scored(self) -> list[np.ndarray] | None:
        """Which units have a score on each input and parent under all positive weights; None if it depends on them."""
        if not self.fixed:
            return None
        scored, covered = list(~np.isnan(self.values.T)), list(self.observed.T)
        for parent in self.parents:
            weights = np.ones((1, len(parent.places)))
            share = self._share(parent, weights, [covered[at][None] for at in parent.places])
            there = [scored[at][None] for at in parent.places]
            enough = self._enough(parent, share, weights, there)[0]
            if parent.ruled is not None:
                there = parent.ruled.fallen_back(there, there)[1]
                enough = enough | parent.ruled.wanting(there)[0]
            scored.append(enough)
            covered.append(enough)
        return scored

    @cached_property
    def _complete(self) -> np.ndarray:
        """Units with a value on every input that is used, and a score on every parent under all positive weights."""
        complete = ~np.isnan(self.values[:, self._used]).any(axis=1)
        if self._scored is None:
            return complete & self.observed[:, self._used].all(axis=1)
        return np.logical_and.reduce([complete, *self._scored[len(self.inputs) :]])

    @cached_property
    def ranked(self) -> np.ndarray:
        """Positions of the units that have a score on the index under some positive weights."""
        return np.arange(len(self.units)) if self._scored is None else np.flatnonzero(self._scored[-1])
