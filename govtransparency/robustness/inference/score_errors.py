"""Errors of the scores, as covariances: assessors who disagree, items that were sampled, indicators that were chosen.

Each function returns how the units' scores vary together by that one source, ready for `rank_confidence_sets`, with the
degrees of freedom that the estimate has in ``attrs["df"]``. Sources that do not depend on each other are added by
`add_errors`, which keeps count of the degrees.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from govtransparency.aggregation import transform_of
from govtransparency.data.marks import check_marks, indicator_values
from govtransparency.errors import InputError
from govtransparency.index import build_index
from govtransparency.nodes import ROOT
from govtransparency.normalisation import min_max, unscaled
from govtransparency.ranking import rank_shift
from govtransparency.recipe import Recipe
from govtransparency.robustness.inference.draw_checks import check_draws
from govtransparency.robustness.inference.score_differences import satterthwaite, with_degrees

__all__ = ["assessor_errors", "sampling_errors", "without_each_assessor"]


ROWS = 50_000  # of the resamples scored at once
BY_ROW = {"to", "cap", "log", "direction", "decimals", "rounding"}  # options that look at no other unit


def assessor_errors(
    marks: pd.DataFrame,
    recipe: Recipe,
    *,
    table: pd.DataFrame | None = None,
    resamples: int = 500,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Covariance of the scores from assessors' disagreement.

    Parameters
    ----------
    marks : DataFrame
        Of the units ranked together: columns unit, indicator, assessor, mark.
    recipe : Recipe
    table : DataFrame, units x indicators, optional
        The values that nobody marked, such as those of other sheets; they count as exact. Without it there are none.
    resamples : int
    rng : int or Generator

    Returns
    -------
    DataFrame, units x units
        Units without a score are left out. ``attrs["df"]`` : float.

    Raises
    ------
    InputError
        For missing columns, marks that are no numbers and an assessor who marked one indicator of a unit twice; if no
        unit and indicator has two marks; for fewer than two resamples, and what `build_index` refuses.

    Notes
    -----
    A mark is the unit's value plus an error. Errors of an indicator are pooled over the units: what the marks differ
    from their mean, times ``sqrt(m/(m - 1))`` for m marks. Each resample adds to every value the mean of m errors drawn
    from the indicator's pool. An indicator that nobody marked twice gets no error, so it counts as exact.

    A pool has as many degrees of freedom as it has marks beyond the first of each unit. They are put together by
    Satterthwaite's rule, each indicator with its share in the variance of the scores, and with the ``resamples - 1``
    of the simulation.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 0.8, 0.4, 0.4, 0.1, 0.3]})
    >>> covariance = assessor_errors(marks, Recipe(tree), rng=1)
    >>> covariance.shape, bool(covariance.loc["X", "X"] > 0)
    ((3, 3), True)
    """
    title = "assessor_errors"
    check_draws(resamples, rng, least=2, title=title)
    given = check_marks(marks, title=title)
    cells = given.groupby(["unit", "indicator"])["mark"]
    size = cells.transform("size")
    residual = (given["mark"] - cells.transform("mean")) * np.sqrt(size / (size - 1).where(size > 1))
    pools = {code: part.to_numpy() for code, part in residual[size > 1].groupby(given["indicator"])}
    if not pools:
        raise InputError("no unit and indicator has two marks, so disagreement cannot be seen", title=title)
    values = _with_table(indicator_values(marks, recipe.framework), table)
    numbers = cells.size().unstack().reindex_like(values).fillna(0)
    columns = [column for column, code in enumerate(values) if code in pools]
    counts = numbers.to_numpy(dtype=int).T
    given_marks = [np.arange(max(1, m.max(initial=1))) < m[:, None] for m in counts]  # of each unit, by indicator

    def draw(generator: np.random.Generator, times: int) -> np.ndarray:
        noise = np.zeros((times, *values.shape))
        for column in columns:
            used = given_marks[column]
            drawn = generator.choice(pools[values.columns[column]], size=(times, *used.shape))
            noise[..., column] = np.sum(drawn * used, axis=2) / np.maximum(counts[column], 1)
        return noise

    degrees = (numbers - 1).where(numbers > 1).sum().to_numpy(dtype=float)
    return _simulated(values, recipe, draw, degrees, resamples, rng)


def sampling_errors(
    table: pd.DataFrame,
    items: pd.DataFrame,
    recipe: Recipe,
    *,
    whole: float = 1.0,
    resamples: int = 500,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Covariance of the scores from indicators that are shares of a sample of items (documents, requests, pages).

    Parameters
    ----------
    table : DataFrame, units x indicators
    items : DataFrame, units x some of the indicators
        How many items were looked at; NaN where the value is no share of a sample.
    recipe : Recipe
    whole : float
        What a value is if all items pass: 1, or 100 for percentages.
    resamples : int
    rng : int or Generator

    Returns
    -------
    DataFrame, units x units
        ``attrs["df"]`` : float.

    Raises
    ------
    InputError
        For indicators or units of `items` that the table lacks, a number of items that is not positive, a share outside
        0 to `whole`, fewer than two resamples, and what `build_index` refuses.

    Notes
    -----
    The error of a share x of n items is drawn from ``Beta(n x + 1/2, n (1 - x) + 1/2)`` (Jeffreys) about its mean, so
    that 0 of 5 is not taken as certainly none, and stretched by ``sqrt((n + 1)(n + 2)) / n``: the variance is then, on
    average over samples, never less than the true ``p (1 - p) / n``, and at p = 1/2 more by only ``1 / (n (n + 1))`` of
    it. The items are taken to be a random sample of very many.

    The degrees of freedom are twice the squared variance over the variance of its estimate (Pan 2002, Computational
    Statistics & Data Analysis 40, to the leading orders), by Satterthwaite's rule for the whole index, and with the
    ``resamples - 1`` of the simulation.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> table, items = (pd.DataFrame({"a": values}, index=["X", "Y"]) for values in ([0.9, 0.5], [10, 1000]))
    >>> variance = np.diag(sampling_errors(table, items, Recipe(tree), rng=1))
    >>> bool(variance[0] > variance[1])  # ten items say less than a thousand
    True
    """
    problems = [f"items: the table has no indicator {code!r}" for code in items if code not in table]
    problems += [f"items: the table has no unit {unit!r}" for unit in items.index.difference(table.index)[:10]]
    if not problems:
        n = items.reindex(table.index)
        shares = table[list(items)] / whole
        bad = n.notna() & ((n <= 0) | (shares < 0) | (shares > 1))
        problems += [
            f"unit {table.index[row]!r}, indicator {n.columns[column]!r}: expected a share from 0 to {whole:g} of at "
            f"least one item; got {table.at[table.index[row], n.columns[column]]:g} of {n.iat[row, column]:g}"
            for row, column in np.argwhere(bad.to_numpy())[:20]
        ]
    if problems:
        raise InputError(problems, title="sampling_errors")
    check_draws(resamples, rng, least=2, title="sampling_errors")
    sampled = n.notna() & shares.notna()
    size = n.where(sampled, 1.0).to_numpy(dtype=float)
    share = shares.where(sampled, 0.5).to_numpy(dtype=float)
    a, b = size * share + 0.5, size * (1 - share) + 0.5
    p = a / (a + b)
    stretch = whole * np.where(sampled, np.sqrt((size + 1) * (size + 2)) / size, 0.0)
    values = table[list(recipe.framework.indicators)].astype(float)
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
    return _simulated(table, recipe, draw, np.nan_to_num(known, nan=np.inf, posinf=np.inf), resamples, rng)


def _with_table(values: pd.DataFrame, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the values that marks give, and the table's where there are no marks."""
    return values if table is None else values.reindex(table.index).fillna(table[list(values)])


def without_each_assessor(marks: pd.DataFrame, recipe: Recipe, *, table: pd.DataFrame | None = None) -> pd.DataFrame:
    """What the ranks would be without each assessor.

    Parameters
    ----------
    marks : DataFrame
        Of the units ranked together: columns unit, indicator, assessor, mark.
    recipe : Recipe
    table : DataFrame, units x indicators, optional
        The values that nobody marked, such as those of other sheets. Without it there are none.

    Returns
    -------
    DataFrame, indexed by assessor
        marks : int, given. moved : int, units whose rank changes. mean_move : float, mean absolute change. largest :
        float. unranked : int, units that have too few marks left. most_moved : the unit that moves most; empty if none
        does.

    Raises
    ------
    InputError
        What `build_index` refuses.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 0.8, 0.4, 0.4, 0.1, 0.3]})
    >>> without_each_assessor(marks, Recipe(tree))[["marks", "moved"]].values.tolist()
    [[3, 0], [3, 0]]
    """
    marked = indicator_values(marks, recipe.framework)
    others = None if table is None else table.mask(marked.reindex_like(table).notna())
    reference = build_index(_with_table(marked, others), recipe).ranks.dropna()
    rows = {}
    for name in marks["assessor"].drop_duplicates():
        rest = marks[marks["assessor"] != name]
        kept = _with_table(indicator_values(rest, recipe.framework), others).reindex(reference.index)
        gone = kept.columns[kept.isna().all()]
        thinned = recipe.without(*gone) if len(gone) else recipe
        ranks = build_index(kept, thinned).ranks
        moves = rank_shift(ranks, reference).abs()
        moved = int((moves > 0).sum())
        rows[name] = (
            int(marks.loc[marks["assessor"] == name, "mark"].notna().sum()),
            moved,
            float(moves.mean()),
            float(moves.max()),
            int(ranks.isna().sum()),
            moves.idxmax() if moved else "",
        )
    columns = ["marks", "moved", "mean_move", "largest", "unranked", "most_moved"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("assessor")


def _simulated(
    table: pd.DataFrame,
    recipe: Recipe,
    draw: Callable[[np.random.Generator, int], np.ndarray],
    degrees: np.ndarray,
    resamples: int,
    rng: int | np.random.Generator,
) -> pd.DataFrame:
    """Return the covariance of the units that have a score, over resamples with noise on the table's indicators.

    `degrees` are those of each indicator's errors; which part of the variance an indicator has is told by the slope of
    the scores on its noise, over all units.
    """
    scores = build_index(table, recipe).scores[ROOT]
    units = scores.notna().to_numpy()
    generator = np.random.default_rng(rng)
    chunk = max(1, min(resamples, ROWS // len(table)))
    drawn, product, square = [], 0.0, 0.0
    for first in range(0, resamples, chunk):
        noise = draw(generator, min(chunk, resamples - first))
        found = _scores_with(table, recipe, noise)[:, units]
        drawn.append(found)
        noise = noise[:, units]
        product = product + np.einsum("ru,rui->i", np.nan_to_num(found - scores[units].to_numpy()), noise)
        square = square + np.einsum("rui,rui->i", noise, noise)
    everything = np.concatenate(drawn)
    for column in np.flatnonzero(np.isnan(everything).any(axis=0)):  # a treatment left the unit out of some
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


def _scores_with(table: pd.DataFrame, recipe: Recipe, noise: np.ndarray) -> np.ndarray:
    """Return the scores of the index with each noise added: resamples x units."""
    codes = list(recipe.framework.indicators)
    values = table[codes].to_numpy(dtype=float) + noise
    if _by_row(recipe):
        everyone = pd.DataFrame(values.reshape(-1, len(codes)), columns=codes)
        return build_index(everyone, recipe).scores[ROOT].to_numpy().reshape(noise.shape[:2])
    with_noise = (table.assign(**dict(zip(codes, each.T, strict=True))) for each in values)
    return np.array([build_index(each, recipe).scores[ROOT].to_numpy() for each in with_noise])


def _by_row(recipe: Recipe) -> bool:
    """Whether no unit's score depends on another unit, so that all resamples can be units of one table."""
    method = recipe.normalise
    options = set(method.keywords) if isinstance(method, partial) else set()
    plain = method.func if isinstance(method, partial) else method
    fixed = plain is unscaled or (plain is min_max and recipe.framework.goalposts.notna().to_numpy().all())
    parents = (*recipe.framework.pillars, ROOT)
    means = all(transform_of(recipe.aggregator(code)) is not None for code in parents)
    return not recipe.treat and fixed and options <= BY_ROW and means
