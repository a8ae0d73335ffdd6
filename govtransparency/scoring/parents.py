"""A node with children: its scores under one weight vector, or under many at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.aggregation import Transform, arithmetic_mean, geometric_mean, harmonic_mean, mean_of_terms
from govtransparency.aggregation import sum as sum_of_scores
from govtransparency.arguments import shown
from govtransparency.arrays import are_numbers
from govtransparency.errors import InputError
from govtransparency.files.toml_values import inline
from govtransparency.methods import name_of
from govtransparency.scoring.values import terms_of
from govtransparency.texts.problems import index_problems as problems
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    from govtransparency.scoring.ruled_nodes import Ruled
    from govtransparency.texts.bilingual import Text

__all__ = ["Parent"]

MEANS = (arithmetic_mean, geometric_mean, harmonic_mean)  # nothing but backward(sum w forward(x) / sum w)
LINEAR = (*MEANS, sum_of_scores)  # the sum is the first of them times the sum of the weights


@dataclass(frozen=True, eq=False)
class Parent:
    """A node that is scored from children: inputs of the scoring, and parents before it.

    Attributes
    ----------
    code : str
    children : tuple of str
    columns : ndarray of int
        Columns of the weights that hold the children's.
    places : ndarray of int
        Positions of the children: columns of the inputs or, counted from the number of inputs, positions of parents.
    width : int
        Number of inputs.
    required : float
        Least coverage.
    share : ndarray of units, or None
        Coverage if it depends on no weight and no other node's score: if indicators are counted.
    applicable : ndarray of bool, children x units, or None
        Which children have an indicator beneath them that is applicable to the unit; None where all have.
    aggregator : aggregator
    transform : Transform or None
    sums : bool
        Whether the score is a sum, in which weights count as given.
    ruled : Ruled or None
        What rules of publishers do to the children and the scores.
    """

    code: str
    children: tuple[str, ...]
    columns: np.ndarray
    places: np.ndarray
    width: int
    required: float
    share: np.ndarray | None
    applicable: np.ndarray | None
    aggregator: Any
    transform: Transform | None
    sums: bool = False
    ruled: Ruled | None = None

    @cached_property
    def taken(self) -> slice | np.ndarray:
        """The columns, as a slice where they are contiguous, so that taking them makes a view."""
        first, last = int(self.columns[0]), int(self.columns[-1])
        together = len(self.columns) == last - first + 1 and bool((np.diff(self.columns) == 1).all())
        return slice(first, last + 1) if together else self.columns

    @cached_property
    def labels(self) -> pd.Index:
        """The children as the labels of a table, made once: that takes longer than many an aggregation."""
        return pd.Index(self.children)

    @property
    def scaled_by(self) -> str | None:
        """The node whose scores set the scale of this one's, itself perhaps; None if they are not rescaled."""
        return self.ruled.range_of if self.ruled is not None and self.ruled.rescale is not None else None

    @cached_property
    def straight(self) -> bool:
        """Whether the children are all inputs, in their order."""
        return np.array_equal(self.places, np.arange(self.width))

    @cached_property
    def split(self) -> tuple[np.ndarray, np.ndarray]:
        """Which children are scored by the inputs' own values, and which are parents before this one or filled."""
        inputs = (self.places < self.width) & (self.ruled is None or not self.ruled.fills)
        return np.flatnonzero(inputs), np.flatnonzero(~inputs)


def scores_of_one(parent: Parent, x: np.ndarray, weights: np.ndarray, units: pd.Index) -> np.ndarray:
    """Return a parent's scores of the units with enough coverage, one row each; no others are in the sample."""
    total = math.fsum(weights)
    shares = weights / total
    if parent.transform is not None and getattr(parent.aggregator, "func", parent.aggregator) in LINEAR:
        counted = shares > 0
        own = x if counted.all() else x[:, counted]
        terms = terms_of(parent.transform, own)
        with np.errstate(all="ignore"):
            score = parent.transform.backward(mean_of_terms(terms, ~np.isnan(own), shares[counted]))
        if np.isfinite(terms.sum() + score.sum()):
            return score * total if parent.sums else score
    return aggregated(parent, x, weights if parent.sums else shares, units)


def aggregated(parent: Parent, x: np.ndarray, weights: np.ndarray, units: pd.Index) -> np.ndarray:
    """Call the aggregator on the children whose weight is not 0; the weights are shares except of a sum."""
    counted = weights > 0
    codes = parent.labels
    if not counted.all():
        x, weights, codes = x[:, counted], weights[counted], codes[counted]
    scores = pd.DataFrame(x, index=units, columns=codes)
    try:
        found = parent.aggregator(scores, pd.Series(weights, index=codes, name="weight"))
    except InputError as error:
        found = [problems.AT_NODE.format(code=parent.code, problem=problem) for problem in error.texts]
        raise InputError(found, title="aggregate") from None
    except Exception as error:  # of a function of the user's own
        raise _own_error(parent, HEADED.format(title=name_of(parent.aggregator), text=error)) from error
    if isinstance(found, pd.Series) and not found.index.equals(units):
        found = found.reindex(units)
    if np.shape(found) != units.shape or not are_numbers(pd.Series(found)):
        given = problems.NO_SERIES.format(method=name_of(parent.aggregator), value=shown(found))
        raise _own_error(parent, given)
    result = np.asarray(found, dtype=float)
    if not np.isfinite(result).all():
        row = np.flatnonzero(~np.isfinite(result))[0]
        raise InputError(
            problems.NO_FINITE_SCORE.format(
                code=parent.code,
                method=name_of(parent.aggregator),
                unit=units[row],
                scores=inline(dict(zip(codes, scores.iloc[row].tolist(), strict=True))),
            ),
            title="aggregate",
        )
    return result


def _own_error(parent: Parent, problem: Text) -> InputError:
    return InputError(problems.AT_NODE.format(code=parent.code, problem=problem), title="aggregate")


def scores_at_once(
    parent: Parent,
    transform: Transform,
    weights: np.ndarray,
    values: np.ndarray,
    children: list[np.ndarray],
    there: list[np.ndarray],
    enough: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return a parent's scores in all draws, draws x units, and the draws in which some are not finite.

    Parameters
    ----------
    weights : ndarray, draws x children
    values : ndarray, (draws x) units x inputs
    children : list of ndarray, (draws x) units
    there : list of ndarray of bool, draws or 1 x units
        Which units have a score on each child.
    enough : ndarray of bool, draws or 1 x units
    """
    leaves, nodes = parent.split
    whole = all(one.all() for one in there)
    sums = weights.sum(axis=1, keepdims=True)
    if whole:
        weights = weights / sums
    terms = terms_of(transform, values[..., parent.places[leaves]])
    own = weights[:, leaves]
    with np.errstate(all="ignore"):
        total = own @ terms.T if terms.ndim == 2 else np.matmul(terms, own[:, :, None])[:, :, 0]
        for at in nodes:
            total += terms_of(transform, children[at]) * weights[:, at, None]
        if not whole:
            here = np.array([there[at][0] for at in leaves], dtype=float).reshape(len(leaves), values.shape[-2])
            total = total / sum((there[at] * weights[:, at, None] for at in nodes), start=own @ here)
        score = transform.backward(total)
        if parent.sums:
            score = score * sums
        unfit = ~np.isfinite(score if score is total else total + score)
    if not enough.all():
        score, unfit = np.where(enough, score, np.nan), unfit & enough
    return score, np.flatnonzero(unfit.any(axis=1))
