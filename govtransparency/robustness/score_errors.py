"""Errors of the scores, as covariances: assessors who disagree, items that were sampled, indicators that were chosen.

Each function rebuilds the index many times with that one source of error drawn anew, and returns how the units' scores
then vary together, ready for `rank_confidence_sets`. Covariances of sources that do not depend on each other add up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from govtransparency.data import indicator_values
from govtransparency.errors import InputError
from govtransparency.framework import ROOT, Framework
from govtransparency.index import Recipe, build_index
from govtransparency.marks import check_marks
from govtransparency.ranking import rank_shift

__all__ = ["assessor_errors", "indicator_errors", "sampling_errors", "without_each_assessor"]


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
    DataFrame, units x units; units without a score are left out.

    Raises
    ------
    InputError
        For missing columns, marks that are no numbers and an assessor who marked one indicator of a unit twice; if no
        unit and indicator has two marks, and what `build_index` refuses.

    Notes
    -----
    A mark is the unit's value plus an error. Errors of an indicator are pooled over the units: what the marks differ
    from their mean, times ``sqrt(m/(m - 1))`` for m marks. Each resample adds to every value the mean of m errors drawn
    from the indicator's pool. An indicator that nobody marked twice gets no error, so it counts as exact.

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
    given = check_marks(marks, title=title)
    cells = given.groupby(["unit", "indicator"])["mark"]
    size = cells.transform("size")
    residual = (given["mark"] - cells.transform("mean")) * np.sqrt(size / (size - 1).where(size > 1))
    pools = {code: part.to_numpy() for code, part in residual[size > 1].groupby(given["indicator"])}
    if not pools:
        raise InputError("no unit and indicator has two marks, so disagreement cannot be seen", title=title)
    values = _values(marks, recipe.framework, table)
    numbers = cells.size().unstack().reindex_like(values).fillna(0).to_numpy(dtype=int)
    generator = np.random.default_rng(rng)
    given_marks = [np.arange(max(1, m.max(initial=1))) < m[:, None] for m in numbers.T]  # of each unit, by indicator
    divisors = np.maximum(numbers, 1)

    def tables() -> Iterator[tuple[pd.DataFrame, Recipe]]:
        for _ in range(resamples):
            noise = np.zeros(values.shape)
            for column, (code, used) in enumerate(zip(values, given_marks, strict=True)):
                if code in pools:
                    drawn = generator.choice(pools[code], size=used.shape)
                    noise[:, column] = np.sum(drawn * used, axis=1) / divisors[:, column]
            yield values + noise, recipe

    return _covariance(tables(), build_index(values, recipe).scores[ROOT])


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

    Raises
    ------
    InputError
        For indicators or units of `items` that the table lacks, a number of items that is not positive, and a share
        outside 0 to `whole`.

    Notes
    -----
    A share x of n items is drawn from ``Beta(n x + 1/2, n (1 - x) + 1/2)`` (Jeffreys), less its mean and plus x, so
    that 0 of 5 is not taken as certainly none. The items are taken to be a random sample of very many.

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
        bad = n.notna() & ((n <= 0) | ~shares.apply(lambda x: x.between(0, 1) | x.isna()))
        problems += [
            f"unit {table.index[row]!r}, indicator {n.columns[column]!r}: expected a share from 0 to {whole:g} of at "
            f"least one item; got {table.at[table.index[row], n.columns[column]]:g} of {n.iat[row, column]:g}"
            for row, column in np.argwhere(bad.to_numpy())[:20]
        ]
    if problems:
        raise InputError(problems, title="sampling_errors")
    sampled = n.notna() & shares.notna()
    a = (n * shares + 0.5).where(sampled, 1.0).to_numpy(dtype=float)
    b = (n * (1 - shares) + 0.5).where(sampled, 1.0).to_numpy(dtype=float)
    generator = np.random.default_rng(rng)

    def tables() -> Iterator[tuple[pd.DataFrame, Recipe]]:
        for _ in range(resamples):
            noise = np.where(sampled, whole * (generator.beta(a, b) - a / (a + b)), 0.0)
            yield table.assign(**(table[list(items)] + noise)), recipe

    return _covariance(tables(), build_index(table, recipe).scores[ROOT])


def indicator_errors(
    table: pd.DataFrame, recipe: Recipe, *, resamples: int = 500, rng: int | np.random.Generator = 0
) -> pd.DataFrame:
    """Covariance of the scores from the choice of indicators: within each pillar, indicators are drawn anew.

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    resamples : int
    rng : int or Generator

    Returns
    -------
    DataFrame, units x units

    Raises
    ------
    InputError
        For fewer than two resamples, and what `build_index` refuses.

    Notes
    -----
    As many indicators as a parent has are drawn from it with replacement; one drawn twice counts double, one not drawn
    is left out. A pillar with a single indicator always keeps it, so that it adds no error. This treats the indicators
    as a sample of those that might have measured the pillar. Coverage is not checked again in the resamples. A resample
    in which a unit has none of the indicators drawn says nothing of that unit: its scores in the others, in turn, stand
    in for it.

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", worst=0, best=10) for code in "abc")])
    >>> table = pd.DataFrame({"a": [9.0, 5.0], "b": [1.0, 5.0], "c": [4.0, 5.0]}, index=["X", "Y"])
    >>> errors = np.sqrt(np.diag(indicator_errors(table, Recipe(tree), rng=1)))
    >>> bool(errors[0] > 10), round(float(errors[1]), 9)  # Y scores alike on all
    (True, 0.0)
    """
    framework = recipe.framework
    leaves = {
        parent: [code for code in framework.children(parent) if not framework.children(code)]
        for parent in (*framework.pillars, ROOT)
    }
    lenient = replace(recipe, missing=replace(recipe.missing, min_coverage=0.0, nodes={}))
    generator = np.random.default_rng(rng)

    def tables() -> Iterator[tuple[pd.DataFrame, Recipe]]:
        for _ in range(resamples):
            times: dict[str, int] = {}
            for codes in leaves.values():
                if codes:
                    drawn = generator.multinomial(len(codes), np.full(len(codes), 1 / len(codes)))
                    times |= dict(zip(codes, drawn.tolist(), strict=True))
            yield table, replace(lenient, framework=_drawn(framework, times))

    return _covariance(tables(), build_index(table, recipe).scores[ROOT])


def _drawn(framework: Framework, times: dict[str, int]) -> Framework:
    kept = (
        framework.without(*(code for code, count in times.items() if not count)) if 0 in times.values() else framework
    )
    return kept.with_weights({code: framework.node(code).weight * n for code, n in times.items() if n})


def _values(marks: pd.DataFrame, framework: Framework, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the values that the marks give, and the table's where there are no marks."""
    values = indicator_values(marks, framework)
    return values if table is None else values.reindex(table.index).fillna(table[list(framework.indicators)])


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
    reference = build_index(_values(marks, recipe.framework, others), recipe).ranks.dropna()
    rows = {}
    for name in marks["assessor"].drop_duplicates():
        rest = marks[marks["assessor"] != name]
        kept = _values(rest, recipe.framework, others).reindex(reference.index)
        gone = kept.columns[kept.isna().all()]
        thinned = replace(recipe, framework=recipe.framework.without(*gone)) if len(gone) else recipe
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


def _covariance(resamples: Iterator[tuple[pd.DataFrame, Recipe]], scores: pd.Series) -> pd.DataFrame:
    """Return the covariance, over the resamples, of the units that have a score."""
    units = scores.dropna().index
    listed = [build_index(table, recipe).scores.loc[units, ROOT].to_numpy() for table, recipe in resamples]
    if len(listed) < 2:
        raise InputError("resamples: expected at least 2", title="score errors")
    drawn = np.array(listed)
    for column in np.flatnonzero(np.isnan(drawn).any(axis=0)):
        lost = np.isnan(drawn[:, column])
        seen = drawn[~lost, column] if not lost.all() else scores[units].to_numpy()[[column]]
        drawn[lost, column] = np.resize(seen, lost.sum())
    return pd.DataFrame(np.cov(drawn, rowvar=False), index=units, columns=units)
