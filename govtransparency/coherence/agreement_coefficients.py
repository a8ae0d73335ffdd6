"""Coefficients of agreement: Krippendorff's alpha, Cohen's and Fleiss' kappa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats, scaled
from govtransparency.checked_calls import checked
from govtransparency.texts.problems import coherence_problems as problems
from govtransparency.ties import snapped

__all__ = ["Alpha", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha"]


Measurement = Literal["nominal", "ordinal", "interval", "ratio"]
KappaWeights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha; made by `krippendorff_alpha`.

    Attributes
    ----------
    alpha, low, high : float
        1 for full agreement, 0 for agreement by chance, below 0 for less; with the bootstrap interval over units.
        NaN where every mark is the same, which says nothing about agreement.
    units, marks : int
        Units with at least two marks, and the number of those marks.
    """

    alpha: float
    low: float
    high: float
    units: int
    marks: int


@checked
def krippendorff_alpha(
    ratings: pd.DataFrame | np.ndarray,
    *,
    measurement: Measurement = "interval",
    level: float = 0.95,
    resamples: int = 1000,
    rng: int | np.random.Generator = 0,
) -> Alpha:
    """Krippendorff's alpha: ``1 - D_o / D_e``, observed over expected disagreement.

    Parameters
    ----------
    ratings : DataFrame or ndarray, units x assessors
        NaN where an assessor did not mark a unit. Units with fewer than two marks are left out.
    measurement : {"nominal", "ordinal", "interval", "ratio"}
        What counts as disagreement of two marks c and k: any difference; the marks given between them; ``(c - k)^2``;
        ``((c - k)/(c + k))^2``.
    level : float
    resamples : int
        Bootstrap resamples of the units; 0 for no interval.
    rng : int or Generator

    Returns
    -------
    Alpha

    Raises
    ------
    InputError
        For an unknown measurement, negative marks with ratio, and a level, a number of resamples or `rng` out of range.

    Notes
    -----
    Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability. With n marks of units that have m_u each,
    ``D_o = (1/n) sum_u sum_{c != k in u} d(c, k) / (m_u - 1)`` and ``D_e = sum_{c != k} d(c, k) / (n (n - 1))`` over
    all marks. The ordinal d is the interval one of the marks' mid-ranks among all marks.

    Examples
    --------
    >>> nan = float("nan")
    >>> ratings = np.array([[1, 1, nan, 1], [2, 2, 3, 2], [3, 3, 3, 3], [4, 4, 4, nan]])
    >>> round(krippendorff_alpha(ratings, measurement="nominal").alpha, 3)
    0.819
    """
    with Arguments("krippendorff_alpha") as check:
        check.choice("measurement", measurement, get_args(Measurement))
        check.level("level", level)
        check.count("resamples", resamples, least=0)
        check.rng("rng", rng)
        marks = _checked(check, "ratings", ratings)
        if measurement == "ratio" and (marks < 0).any():
            check.refuse(problems.NEGATIVE_RATIO)
    x, _ = scaled(snapped(marks, axis=None))  # no measurement depends on the unit of the marks
    x = x[np.sum(~np.isnan(x), axis=1) > 1]
    if not len(x):
        return Alpha(np.nan, np.nan, np.nan, 0, 0)
    # Values and how often each unit has each of them.
    values, places = np.unique(x[~np.isnan(x)], return_inverse=True)
    counts = np.zeros((len(x), len(values)))
    np.add.at(counts, (np.nonzero(~np.isnan(x))[0], places), 1)
    value = _alphas(counts, values, np.ones((1, len(x))), measurement)[0]
    low = high = np.nan
    if resamples and not np.isnan(value):
        chosen = np.random.default_rng(rng).integers(len(x), size=(resamples, len(x)))
        chosen += len(x) * np.arange(resamples)[:, None]
        weights = np.bincount(chosen.ravel(), minlength=resamples * len(x)).reshape(resamples, len(x))
        drawn = _alphas(counts, values, weights.astype(float), measurement)
        drawn = drawn[~np.isnan(drawn)]
        if drawn.size:
            low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Alpha(float(value), float(low), float(high), len(x), int(counts.sum()))


def _alphas(counts: np.ndarray, values: np.ndarray, weights: np.ndarray, measurement: Measurement) -> np.ndarray:
    """Return alpha of many resamples of the units."""
    of_unit = counts.sum(axis=1)
    marks = weights @ of_unit
    if measurement == "ordinal":
        pooled = weights @ counts
        # Mid-ranks depend on the marks drawn, so each resample has its own.
        scores = np.cumsum(pooled, axis=1) - pooled / 2
        observed = np.empty(len(weights))
        for draw, score in enumerate(scores):
            first, second = counts @ score, counts @ score**2
            observed[draw] = np.sum(weights[draw] * 2 * (of_unit * second - first**2) / (of_unit - 1))
        total, squares = np.sum(pooled * scores, axis=1), np.sum(pooled * scores**2, axis=1)
        expected = 2 * (marks * squares - total**2)
    elif measurement == "interval":
        centred = values - np.average(values, weights=counts.sum(axis=0))
        first, second = counts @ centred, counts @ centred**2
        observed = weights @ (2 * (of_unit * second - first**2) / (of_unit - 1))
        expected = 2 * (marks * (weights @ second) - (weights @ first) ** 2)
    else:
        with np.errstate(invalid="ignore"):
            apart = (values[:, None] != values).astype(float)
            if measurement == "ratio":
                apart = np.nan_to_num((values[:, None] - values) / (values[:, None] + values)) ** 2
        observed = weights @ (np.sum((counts @ apart) * counts, axis=1) / (of_unit - 1))
        pooled = weights @ counts
        expected = np.sum((pooled @ apart) * pooled, axis=1)
    # with one value drawn, or values too near each other to be squared, the expected disagreement is zero
    several = np.sum(weights @ counts > 0, axis=1) > 1
    clear = several & (expected > 1e-12 * np.abs(expected).max(initial=0.0))
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha = 1 - (observed / marks) / (expected / (marks * (marks - 1)))
    return np.where(clear, alpha, np.nan)


@checked
def cohen_kappa(
    first: pd.Series | np.ndarray, second: pd.Series | np.ndarray, *, weights: KappaWeights = "none"
) -> float:
    """Cohen's kappa of two assessors: agreement beyond what chance would give.

    ``1 - D_o / D_e``, the mean disagreement of the pairs over that of all pairings of their marks.

    Parameters
    ----------
    first, second : Series (matched by unit) or arrays of equal length
        NaN where an assessor did not mark the unit.
    weights : {"none", "linear", "quadratic"}
        What a difference counts: 1, its size, or its square. With sizes, the categories must be numbers whose
        differences have a meaning.

    Returns
    -------
    float
        NaN without shared units, and where both give every unit the same mark.

    Raises
    ------
    InputError
        For unknown weights and arrays of different lengths.

    Examples
    --------
    >>> cohen_kappa(np.array([1, 1, 0, 0]), np.array([1, 0, 0, 0]))
    0.5
    """
    if isinstance(first, pd.Series) and isinstance(second, pd.Series):
        with Arguments("cohen_kappa", last=False) as check:
            check.unique("first", first.index)
            check.unique("second", second.index)
        second = second.reindex(first.index)
    with Arguments("cohen_kappa") as check:
        check.choice("weights", weights, get_args(KappaWeights))
        given = [_checked(check, name, of, axes=1) for name, of in (("first", first), ("second", second))]
        if not check.problems and len(given[0]) != len(given[1]):
            check.refuse(problems.LENGTHS.format(first=len(given[0]), second=len(given[1])))
    pairs = np.stack(given)
    if (lacking := np.isnan(pairs).any(axis=0)).any():
        pairs = pairs[:, ~lacking]
    if not pairs.size:
        return float("nan")
    a, b = scaled(snapped(pairs, axis=None))[0]
    values, count_a = np.unique(a, return_counts=True)
    others, count_b = np.unique(b, return_counts=True)
    power = {"none": 0, "linear": 1, "quadratic": 2}[weights]
    observed = float(np.mean(_disagreement(a - b, power)))
    expected = float(count_a @ _disagreement(values[:, None] - others, power) @ count_b) / len(a) ** 2
    return 1 - observed / expected if expected > 0 else float("nan")


def _checked(check: Arguments, name: str, marks: pd.DataFrame | pd.Series | np.ndarray, *, axes: int = 2) -> np.ndarray:
    """Return the marks as floats; without any where they are not numbers along so many axes, which is then refused."""
    try:
        found = floats(marks)
    except (TypeError, ValueError):
        found = np.empty(())
    if found.ndim != axes:
        check.expect(name, marks, problems.MARKS)
        return np.empty((0,) * axes)
    return found


def _disagreement(gap: np.ndarray, power: int) -> np.ndarray:
    """Return the size of the gaps to the power; without a power, 1 for any gap."""
    return np.abs(gap) ** power if power else (gap != 0).astype(float)


@checked
def fleiss_kappa(ratings: pd.DataFrame | np.ndarray) -> float:
    """Fleiss' kappa of any number of assessors, nominal: agreement beyond chance (Fleiss 1971).

    ``(P - P_e) / (1 - P_e)``, P the share of equal pairs of marks within units, P_e the share among all marks paired.

    Parameters
    ----------
    ratings : DataFrame or ndarray, units x assessors
        NaN where an assessor did not mark a unit; units with fewer than two marks are left out. The number of marks may
        differ between units: agreement is then the mean over units, and chance the shares among all marks.

    Returns
    -------
    float
        NaN where every mark is the same.

    Raises
    ------
    InputError
        For marks that are not numbers.

    Examples
    --------
    >>> round(fleiss_kappa(np.array([[1, 1, 1], [0, 0, 1], [0, 0, 0]])), 3)
    0.55
    """
    with Arguments("fleiss_kappa") as check:
        marks = _checked(check, "ratings", ratings)
    x = snapped(marks, axis=None)
    x = x[np.sum(~np.isnan(x), axis=1) > 1]
    if not len(x):
        return float("nan")
    counts = np.stack([np.sum(x == value, axis=1) for value in np.unique(x[~np.isnan(x)])], axis=1)
    of_unit = counts.sum(axis=1)
    agree = np.mean(np.sum(counts * (counts - 1), axis=1) / (of_unit * (of_unit - 1)))
    chance = np.sum((counts.sum(axis=0) / counts.sum()) ** 2)
    return float((agree - chance) / (1 - chance)) if chance < 1 else float("nan")
