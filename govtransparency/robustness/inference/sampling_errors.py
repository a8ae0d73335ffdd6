"""Errors of the scores due to indicators that are shares of a sample of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import as_floats
from govtransparency.checked_calls import checked
from govtransparency.robustness.inference.simulated_errors import simulated_covariance
from govtransparency.texts.problems import inference_problems as problems

if TYPE_CHECKING:
    from govtransparency.recipe import Recipe

__all__ = ["sampling_errors"]


@checked
def sampling_errors(
    table: pd.DataFrame,
    items: pd.DataFrame,
    recipe: Recipe,
    *,
    whole: float = 1.0,
    resamples: int = 500,
    rng: int | np.random.Generator = 0,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the covariance of the scores from indicators that are shares of sampled items (documents, requests).

    Parameters
    ----------
    table : DataFrame, units x indicators
    items : DataFrame, units x some of the indicators
        How many items were examined; NaN where the value is not a share of a sample.
    recipe : Recipe
    whole : float
        The value if all items pass: 1, or 100 for percentages.
    resamples : int
    rng : int or Generator
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value, as in `build_index`.

    Returns
    -------
    DataFrame, units x units
        ``attrs["df"]`` : float.

    Raises
    ------
    InputError
        For indicators or units of `items` that the table lacks, a number of items that is not positive, a share outside
        0 to `whole`, a `whole` that is not positive, fewer than two resamples, and what `build_index` refuses.

    Notes
    -----
    The error of a share x of n items is drawn from ``Beta(n x + 1/2, n (1 - x) + 1/2)`` (Jeffreys) about its mean, so
    that 0 of 5 is not taken as certainly none, and multiplied by ``sqrt((n + 1)(n + 2)) / n``: the variance is then, on
    average over samples, never less than the true ``p (1 - p) / n``, and at p = 1/2 more by only ``1 / (n (n + 1))`` of
    it. The items are taken to be a random sample of very many.

    The degrees of freedom are twice the squared variance over the variance of its estimate (Pan 2002, Computational
    Statistics & Data Analysis 40, to the leading orders), combined by Satterthwaite's rule for the whole index, and
    with the ``resamples - 1`` of the simulation.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> table, items = (pd.DataFrame({"a": values}, index=["X", "Y"]) for values in ([0.9, 0.5], [10, 1000]))
    >>> variance = np.diag(sampling_errors(table, items, Recipe(tree), rng=1))
    >>> bool(variance[0] > variance[1])  # ten items say less than a thousand
    True
    """
    with Arguments("sampling_errors") as check:
        check.number("whole", whole, low=0, closed=(False, True), example=100)
        check.count("resamples", resamples, least=2)
        check.rng("rng", rng)
        if isinstance(check.table("items", items), pd.DataFrame):
            codes = [code for code in dict.fromkeys(items) if code in table]
            table = table.assign(**check.table("table", table[codes]))
            _check_items(check, table, items, whole)
    n = as_floats(items).reindex(table.index)
    shares = table[list(items)] / whole
    sampled = n.notna() & shares.notna()
    size = n.where(sampled, 1.0).to_numpy(dtype=float)
    share = shares.where(sampled, 0.5).to_numpy(dtype=float)
    a, b = size * share + 0.5, size * (1 - share) + 0.5
    p = a / (a + b)
    stretch = whole * np.where(sampled, np.sqrt((size + 1) * (size + 2)) / size, 0.0)
    values = as_floats(table[list(recipe.framework.indicators)])
    columns = [column for column, code in enumerate(values) if code in n]
    places = [n.columns.get_loc(values.columns[column]) for column in columns]

    def draw(generator: np.random.Generator, times: int) -> np.ndarray:
        noise = np.zeros((times, *values.shape))
        noise[..., columns] = (stretch * (generator.beta(a, b, size=(times, *a.shape)) - p))[..., places]
        return noise

    variance = np.where(sampled, p * (1 - p) / size, 0.0)
    doubt = variance * (1 - 2 * p) ** 2 / size**2 + 2 * variance**2 / size**2  # variance of the variance's estimate
    known = np.full(values.shape[1], np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        # of the difference of two units: twice the mean variance, of which twice the mean doubt is the variance
        known[columns] = (4 * np.mean(variance, axis=0) ** 2 / np.mean(doubt, axis=0))[places]
    degrees = np.nan_to_num(known, nan=np.inf, posinf=np.inf)
    return simulated_covariance(table, recipe, draw, degrees, resamples, rng, not_applicable)


def _check_items(check: Arguments, table: pd.DataFrame, items: pd.DataFrame, whole: float) -> None:
    """Refuse items of other indicators and units than the table's, and what is not a share of at least one item."""
    for code in items:
        if code not in table:
            check.refuse(problems.ITEMS_OF_NO_INDICATOR.format(code=code))
    for unit in items.index.difference(table.index)[:10]:
        check.refuse(problems.ITEMS_OF_NO_UNIT.format(unit=unit))
    if check.problems:
        return
    numbers, values = as_floats(items).reindex(table.index), table[list(items)]
    bad = numbers.notna() & ((numbers <= 0) | (values / whole < 0) | (values / whole > 1))
    for row, column in np.argwhere(bad.to_numpy())[:20]:
        unit, code = table.index[row], numbers.columns[column]
        share, count = values.iat[row, column], numbers.iat[row, column]
        check.refuse(
            problems.BAD_SHARE.format(unit=unit, code=code, whole=f"{whole:g}", share=f"{share:g}", items=f"{count:g}")
        )
