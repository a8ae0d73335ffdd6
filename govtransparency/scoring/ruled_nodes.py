"""What the rules of publishers do to a node's children before, and to its scores after aggregation, in many draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.errors import InputError
from govtransparency.scoring.values import terms_of
from govtransparency.texts.problems import node_rule_problems as problems
from govtransparency.ties import NEAR

if TYPE_CHECKING:
    from govtransparency.aggregation import Transform
    from govtransparency.node_rules import Rescale

__all__ = ["AT_LIMIT", "Ruled"]

AT_LIMIT = 1e-9  # a score above the limit of `zero_if` by no more than this is at it


@dataclass(frozen=True, eq=False)
class Ruled:
    """The rules of one parent, its children by position.

    Scores are (draws x) units, NaN where missing; `there`, who has a score, is draws or 1 x units.

    Attributes
    ----------
    code : str
    fallback : tuple of (int, int)
    equal : bool
        Whether a missing child takes the plain mean of its siblings, on the scale of `transform`.
    transform : Transform or None
    zero_if : tuple of (int, float or None)
    applicable : ndarray of bool, children x units, or None
    rescale : Rescale or None
    range_of : str
        The node whose scores set the scale.
    """

    code: str
    fallback: tuple[tuple[int, int], ...]
    equal: bool
    transform: Transform | None
    zero_if: tuple[tuple[int, float | None], ...]
    applicable: np.ndarray | None
    rescale: Rescale | None
    range_of: str

    @property
    def fills(self) -> bool:
        """Whether a missing child may get a score."""
        return self.equal or bool(self.fallback)

    def fallen_back(
        self, children: list[np.ndarray], there: list[np.ndarray]
    ) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Return the children, missing ones with the scores of those that stand in for them; and who has a score."""
        scores, known = list(children), list(there)
        for child, other in self.fallback:
            scores[child] = np.where(there[child], children[child], children[other])
            known[child] = there[child] | there[other]
        return scores, known

    def shared_equally(
        self, children: list[np.ndarray], there: list[np.ndarray], weights: np.ndarray
    ) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Return the children, missing ones with the plain mean of those that count; weights are draws x children."""
        if not self.equal or all(one.all() for one in there):
            return children, there
        assert self.transform is not None
        total, count = np.zeros((1, 1)), np.zeros((1, 1))
        for child, one, weight in zip(children, there, weights.T, strict=True):
            here = one & (weight > 0)[:, None]
            total = total + np.where(here, terms_of(self.transform, child), 0.0)
            count = count + here
        with np.errstate(all="ignore"):
            mean = self.transform.backward(total / count)
        filled = [np.where(one, child, mean) for child, one in zip(children, there, strict=True)]
        return filled, [one | (count > 0) for one in there]

    def wanting(self, there: list[np.ndarray]) -> np.ndarray:
        """Return who scores 0 for want of a child, whatever the coverage: units that have another child.

        A child that is not applicable to a unit is not wanting.
        """
        some, zero = np.zeros((1, 1), dtype=bool), np.zeros((1, 1), dtype=bool)
        for one in there:
            some = some | one
        for child, limit in self.zero_if:
            if limit is None:
                zero = zero | (~there[child] if self.applicable is None else ~there[child] & self.applicable[child])
        return zero & some

    def zeroed(self, children: list[np.ndarray], there: list[np.ndarray], enough: np.ndarray) -> np.ndarray:
        """Return who scores 0: for want of a child, or, with enough coverage, for a child's score."""
        zero = self.wanting(there)
        for child, limit in self.zero_if:
            if limit is not None:
                zero = zero | (enough & (children[child] <= limit + AT_LIMIT))
        return zero

    def rescaled(self, scores: np.ndarray, scale: np.ndarray) -> np.ndarray:
        """Return the scores on the scale that the best of others, or their range, sets: draw by draw."""
        if self.rescale is None:
            return scores
        best = np.fmax.reduce(scale, axis=-1, keepdims=True)
        if (np.isnan(best) & ~np.isnan(scores)).any():
            raise InputError(problems.NO_SCALE.format(code=self.code, scale=self.range_of), title="rescale")
        if self.rescale.by == "best":
            if (wrong := best <= 0).any():
                raise InputError(problems.NO_BEST.format(code=self.range_of, best=best[wrong][0]), title="rescale")
            return scores / best * self.rescale.to
        worst = np.fmin.reduce(scale, axis=-1, keepdims=True)
        if (wrong := best - worst <= NEAR * np.maximum(np.abs(best), np.abs(worst))).any():
            raise InputError(problems.NO_RANGE.format(code=self.range_of, best=best[wrong][0]), title="rescale")
        return (scores - worst) / (best - worst) * self.rescale.to
