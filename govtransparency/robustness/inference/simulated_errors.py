"""Covariance of the scores over resamples in which noise is added to the indicators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.aggregation import transform_of
from govtransparency.index import build_index
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, unscaled
from govtransparency.robustness.inference.degrees_of_freedom import satterthwaite, with_degrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from govtransparency.recipe import Recipe

__all__ = ["scores_units_independently", "simulated_covariance"]

ROWS = 50_000  # units times resamples scored at once
INDEPENDENT = {"to", "cap", "log", "direction", "decimals", "rounding"}  # options that depend on no other unit


def simulated_covariance(
    table: pd.DataFrame,
    recipe: Recipe,
    draw: Callable[[np.random.Generator, int], np.ndarray],
    degrees: np.ndarray,
    resamples: int,
    rng: int | np.random.Generator,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the covariance of the scores over resamples with noise added to the table's indicators.

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    draw : callable
        From a generator and a number of resamples to the noise: resamples x units x indicators.
    degrees : ndarray
        Degrees of freedom of each indicator's errors. The share of an indicator in the variance comes from the slope of
        the scores on its noise, over all units.
    resamples : int
    rng : int or Generator
    not_applicable : DataFrame of bool, the shape of the table, optional

    Returns
    -------
    DataFrame, units x units
        Of the units that have a score, with ``attrs["df"]``.
    """
    scores = build_index(table, recipe, not_applicable=not_applicable).scores[ROOT]
    units = scores.notna().to_numpy()
    generator = np.random.default_rng(rng)
    chunk = max(1, min(resamples, ROWS // len(table)))
    drawn, product, square = [], 0.0, 0.0
    for first in range(0, resamples, chunk):
        noise = draw(generator, min(chunk, resamples - first))
        found = _scores_with(table, recipe, noise, not_applicable)[:, units]
        drawn.append(found)
        noise = noise[:, units]
        product = product + np.einsum("ru,rui->i", np.nan_to_num(found - scores[units].to_numpy()), noise)
        square = square + np.einsum("rui,rui->i", noise, noise)
    everything = np.concatenate(drawn)
    for column in np.flatnonzero(np.isnan(everything).any(axis=0)):  # a treatment left the unit out of some resamples
        lost = np.isnan(everything[:, column])
        seen = everything[~lost, column] if not lost.all() else scores[units].to_numpy()[[column]]
        everything[lost, column] = np.resize(seen, lost.sum())
    covariance = pd.DataFrame(
        np.cov(everything, rowvar=False).reshape(2 * (units.sum(),)), scores.index[units], scores.index[units]
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        variances = np.nan_to_num(product**2 / square)
    estimated = satterthwaite(variances[variances > 0], degrees[variances > 0])
    return with_degrees(covariance, 1 / (1 / estimated + 1 / (resamples - 1)))


def _scores_with(
    table: pd.DataFrame, recipe: Recipe, noise: np.ndarray, not_applicable: pd.DataFrame | None
) -> np.ndarray:
    """Return the scores of the index with each noise added: resamples x units."""
    codes = list(recipe.framework.indicators)
    values = table[codes].to_numpy(dtype=float) + noise
    if scores_units_independently(recipe):
        everyone = pd.DataFrame(values.reshape(-1, len(codes)), columns=codes)
        cells = not_applicable
        if cells is not None:
            cells = pd.DataFrame(np.tile(cells.loc[table.index, codes], (len(noise), 1)), columns=codes)
        return build_index(everyone, recipe, not_applicable=cells).scores[ROOT].to_numpy().reshape(noise.shape[:2])
    with_noise = (table.assign(**dict(zip(codes, each.T, strict=True))) for each in values)
    built = (build_index(each, recipe, not_applicable=not_applicable) for each in with_noise)
    return np.array([index.scores[ROOT].to_numpy() for index in built])


def scores_units_independently(recipe: Recipe) -> bool:
    """Whether no score depends on other units, so that all resamples can be scored as units of one table."""
    method = recipe.normalise
    options = set(method.keywords) if isinstance(method, partial) else set()
    plain = method.func if isinstance(method, partial) else method
    fixed = plain is unscaled or (plain is min_max and recipe.framework.goalposts.notna().to_numpy().all())
    parents = (*recipe.framework.pillars, ROOT)
    means = all(transform_of(recipe.aggregator(code)) is not None for code in parents)
    rescaled = recipe.rescale is not None or recipe.range_of is not None
    return not recipe.treat and fixed and options <= INDEPENDENT and means and not rescaled
