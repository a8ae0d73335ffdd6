"""Errors of the scores due to the choice of indicators, by a stratified jackknife."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError
from govtransparency.index import Index, build_index
from govtransparency.nodes import ROOT
from govtransparency.robustness.inference.degrees_of_freedom import difference_variance, satterthwaite, with_degrees
from govtransparency.texts.problems import inference_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.framework import Framework
    from govtransparency.recipe import Recipe

__all__ = ["indicator_errors"]


@checked
def indicator_errors(
    table: pd.DataFrame,
    recipe: Recipe,
    *,
    resamples: int = 500,
    rng: int | np.random.Generator = 0,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the covariance of the scores from the choice of indicators: each parent's indicators are a sample.

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    resamples, rng
        Checked as in `assessor_errors`, so that all sources take the same arguments; nothing is drawn here.
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value, as in `build_index`.

    Returns
    -------
    DataFrame, units x units
        Units without a score are left out. ``attrs["df"]`` : float, or DataFrame, units x units, where units lack
        different indicators. ``attrs["borrowed"]`` : tuple of the parents whose error is that of their siblings.

    Raises
    ------
    InputError
        For fewer than two resamples, a parent with one indicator where no other parent has two, and what `build_index`
        refuses.

    Notes
    -----
    The indicators of a parent are taken as a sample of those that might have measured it. Of its m indicators, m - 1
    are kept in turn, and the covariance is the sum over parents of ``(m - 1) / m`` times the sum over the m turns of
    the squared changes of the scores: the stratified jackknife (Wolter 2007, Introduction to Variance Estimation,
    chapter 4). The rescaled bootstrap, which draws m - 1 of the m with replacement and weighs them by ``m / (m - 1)``
    (Rao, Wu and Yue 1992, Survey Methodology 18; Rao and Wu 1988, doi:10.1080/01621459.1988.10478591), has the same
    variance for indicators of equal weight, ``s^2 / m`` of a mean, but adds the noise of its draws. Where weights
    differ, it is too small (for weights of .8 and .2, .5 of one indicator's variance in place of .68); the jackknife is
    right for two indicators and a little too large for more.

    Where a unit has n of a parent's m indicators, n takes the place of m. One indicator alone shows no error, which
    does not mean that there is none. A unit that has only one of a parent's indicators takes the variance of one
    indicator from the other units, on average. A parent that has only one takes it, unit by unit, from its sibling
    parents, those with more indicators counting more; from the next level above where no sibling has two. Coverage is
    not checked again.

    The degrees of freedom are Satterthwaite's, with n - 1 for each parent. The variances they need are pooled over all
    pairs of units: those of one pair are too uncertain where parents vary unequally.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=100) for code in "ab")])
    >>> table = pd.DataFrame({"a": [40.0, 50.0], "b": [60.0, 80.0]}, index=["X", "Y"])
    >>> covariance = indicator_errors(table, Recipe(tree))
    >>> covariance.round(9).values.tolist(), covariance.attrs["df"]
    ([[100.0, 150.0], [150.0, 225.0]], 1.0)
    """
    with Arguments("indicator_errors") as check:
        check.count("resamples", resamples, least=2)
        check.rng("rng", rng)
    index = build_index(table, recipe, not_applicable=not_applicable)
    samples = _samples(index)
    covariance, degrees, borrowed = _jackknife(samples, recipe.framework)
    units = index.scores.index[index.scores[ROOT].notna()]
    found = pd.DataFrame(covariance, index=units, columns=units)
    found.attrs["borrowed"] = borrowed
    return with_degrees(found, degrees)


@dataclass(frozen=True, eq=False)
class _Sample:
    """The indicators of one parent.

    Attributes
    ----------
    parent : str
    codes : tuple of str
    weight : float
        Their weight in the index.
    present : ndarray of bool, units x codes
        Whether the unit has the indicator, and a score of the parent in which it counts.
    changes : ndarray, units x codes
        Change of the unit's score when the indicator counts nothing; 0 where it is missing or the only one.
    kish : ndarray, units
        Effective number of the indicators present (Kish), ``(sum w)^2 / sum w^2``; 0 where there is none.
    """

    parent: str
    codes: tuple[str, ...]
    weight: float
    present: np.ndarray
    changes: np.ndarray
    kish: np.ndarray

    @cached_property
    def seen(self) -> np.ndarray:
        """Number of the indicators that each unit has."""
        return self.present.sum(axis=1)

    @cached_property
    def degrees(self) -> np.ndarray:
        """Degrees of freedom by unit: one less than its indicators; for one alone those that other units can have."""
        return np.where(self.seen == 1, len(self.codes) - 1, np.maximum(self.seen - 1, 0)).astype(float)


def _samples(index: Index) -> list[_Sample]:
    """Return the indicators of every parent that has some, for the units that have a score."""
    framework = index.recipe.framework
    scores = index.scores[index.scores[ROOT].notna()]
    families = {
        parent: [code for code in framework.children(parent) if not framework.children(code)]
        for parent in (*framework.pillars, ROOT)
    }
    changes = _changes(index, [code for codes in families.values() if len(codes) > 1 for code in codes])
    found = []
    for parent, codes in families.items():
        if not codes:
            continue
        present = scores[codes].notna().to_numpy() & scores[[parent]].notna().to_numpy()
        moved = np.zeros(present.shape)
        if len(codes) > 1:
            moved = np.where(present & (present.sum(axis=1, keepdims=True) > 1), changes.loc[scores.index, codes], 0.0)
        weights = present * framework.weights[codes].to_numpy()
        with np.errstate(invalid="ignore"):
            kish = np.nan_to_num(weights.sum(axis=1) ** 2 / (weights**2).sum(axis=1))
        weight = float(framework.effective_weights[codes].sum())
        found.append(_Sample(parent, tuple(codes), weight, present, moved, kish))
    return found


def _jackknife(samples: Sequence[_Sample], framework: Framework) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Return the covariance of the scores, its degrees of freedom and the parents that borrow their error."""
    several = {sample.parent: sample for sample in samples if (sample.seen > 1).any()}
    lone = [sample for sample in samples if sample.parent not in several]
    growth = {parent: np.ones(len(sample.seen)) for parent, sample in several.items()}
    for sample in lone:
        near = _closest_parents(framework, sample.parent, several)
        total = np.maximum(np.sum([several[parent].degrees for parent in near], axis=0), 1)
        for parent in near:
            other = several[parent]
            share = (sample.weight / other.weight) ** 2 * other.kish * other.degrees / total
            growth[parent] = growth[parent] + np.where(sample.seen > 0, share, 0.0)
    parts = []
    for parent, sample in several.items():
        seen = sample.seen
        alone = seen == 1
        moved = sample.changes * np.sqrt(1 - 1 / np.maximum(seen, 1))[:, None]
        single = np.mean((np.sum(moved**2, axis=1) * sample.kish)[seen > 1])  # of one indicator, in the index
        moved *= np.sqrt(growth[parent])[:, None]
        part = moved @ moved.T
        part[alone, alone] += single * growth[parent][alone]
        parts.append(part)
    degrees = satterthwaite(
        [difference_variance(part) for part in parts], [_of_pairs(each.degrees) for each in several.values()]
    )
    return np.sum(parts, axis=0), degrees, tuple(sample.parent for sample in lone)


def _changes(index: Index, codes: Sequence[str]) -> pd.DataFrame:
    """Return how the scores of the index change when each indicator in turn counts nothing: units x codes."""
    scoring = index.scoring.with_own_coverage()
    weights = np.tile(scoring.weights, (len(codes), 1))
    weights[np.arange(len(codes)), [scoring.column[code] for code in codes]] = 0.0
    units = scoring.units[scoring.ranked]
    found = pd.DataFrame(scoring.score(scoring.keeping_totals(weights)).T, index=units, columns=list(codes)).reindex(
        index.scores.index
    )
    return found.sub(index.scores[ROOT], axis=0)


def _closest_parents(framework: Framework, parent: str, several: dict[str, _Sample]) -> list[str]:
    """Return the parents with several indicators below the parent, or below its closest ancestor that has some."""
    node = parent
    while True:
        leaves = set(framework.leaves[node])
        if near := [code for code, sample in several.items() if leaves.issuperset(sample.codes)]:
            return near
        if node == ROOT:
            raise InputError(problems.ONE_INDICATOR_EACH.format(parent=parent), title="indicator_errors")
        node = framework.parent(node)


def _of_pairs(degrees: np.ndarray) -> np.ndarray:
    """Return the degrees of freedom of differences: one number where all units have the same, else the fewer of two.

    A unit without any indicator of the parent adds no error there, and the degrees are those of the other unit.
    """
    degrees = np.where(degrees > 0, degrees, np.max(degrees))
    if np.ptp(degrees) == 0:
        return np.asarray(degrees[0])
    return np.minimum(degrees[:, None], degrees)
