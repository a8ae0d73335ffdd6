"""Errors of the scores due to assessors who disagree, and the ranking without each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.applicability import cells_of, is_bool
from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.data.marks import check_marks, indicator_values, marked_not_applicable
from govtransparency.errors import InputError
from govtransparency.index import build_index
from govtransparency.ranking import rank_shift
from govtransparency.robustness.inference.simulated_errors import simulated_covariance
from govtransparency.table_checks import lacking_indicators
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import applicability_problems
from govtransparency.texts.problems import inference_problems as problems

if TYPE_CHECKING:
    from govtransparency.recipe import Recipe

__all__ = ["assessor_errors", "without_each_assessor"]


@checked
def assessor_errors(
    marks: pd.DataFrame,
    recipe: Recipe,
    *,
    table: pd.DataFrame | None = None,
    resamples: int = 500,
    rng: int | np.random.Generator = 0,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the covariance of the scores that comes from disagreement among assessors.

    Parameters
    ----------
    marks : DataFrame
        Of the units ranked together: columns unit, indicator, assessor, mark.
    recipe : Recipe
    table : DataFrame, units x indicators, optional
        The values without marks, such as those of other sheets; they count as exact. By default there are none.
    resamples : int
    rng : int or Generator
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells where the unit cannot have a value, as in `build_index`, beside those of which all marks say so.

    Returns
    -------
    DataFrame, units x units
        Units without a score are left out. ``attrs["df"]`` : float.

    Raises
    ------
    InputError
        For missing columns, marks that are not numbers and an assessor who marked one indicator of a unit twice; if no
        unit and indicator has two marks; for fewer than two resamples, and what `build_index` refuses.

    Notes
    -----
    A mark is the unit's value plus an error. The errors of an indicator are pooled over the units: the differences of
    the marks from their mean, times ``sqrt(m/(m - 1))`` for m marks. Each resample adds to every value the mean of m
    errors drawn from the indicator's pool. An indicator without two marks of any unit counts as exact.

    A pool has as many degrees of freedom as it has marks beyond the first of each unit. They are combined by
    Satterthwaite's rule, each indicator with its share in the variance of the scores, and with the ``resamples - 1``
    of the simulation.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 0.8, 0.4, 0.4, 0.1, 0.3]})
    >>> covariance = assessor_errors(marks, Recipe(tree), rng=1)
    >>> covariance.shape, bool(covariance.loc["X", "X"] > 0)
    ((3, 3), True)
    """
    title = "assessor_errors"
    with Arguments(title) as check:
        check.count("resamples", resamples, least=2)
        check.rng("rng", rng)
    given = check_marks(marks, title=title)
    _check_tables(title, recipe, table, not_applicable)
    cells = given.groupby(["unit", "indicator"])["mark"]
    size = cells.transform("size")
    residual = (given["mark"] - cells.transform("mean")) * np.sqrt(size / (size - 1).where(size > 1))
    pools = {code: part.to_numpy() for code, part in residual[size > 1].groupby(given["indicator"])}
    if not pools:
        raise InputError(problems.ONE_MARK_EACH, title=title)
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
    cells = _not_applicable(marks, values, not_applicable)
    return simulated_covariance(values, recipe, draw, degrees, resamples, rng, cells)


@checked
def without_each_assessor(
    marks: pd.DataFrame,
    recipe: Recipe,
    *,
    table: pd.DataFrame | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what the ranks would be without each assessor.

    Parameters
    ----------
    marks : DataFrame
        Of the units ranked together: columns unit, indicator, assessor, mark.
    recipe : Recipe
    table : DataFrame, units x indicators, optional
        The values without marks, such as those of other sheets. By default there are none.
    not_applicable : DataFrame of bool, units x indicators, optional
        Cells where the unit cannot have a value, as in `build_index`, beside those of which all marks say so.

    Returns
    -------
    DataFrame, indexed by assessor
        marks : int, marks given. moved : int, units whose rank changes. mean_move : float, mean absolute change.
        largest : float, largest absolute change. unranked : int, units with too few marks left. most_moved : the unit
        that moves most; empty if none does.

    Raises
    ------
    InputError
        What `build_index` refuses.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe
    >>> tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=1)])
    >>> marks = pd.DataFrame({"unit": list("XXYYZZ"), "indicator": "a",
    ...                       "assessor": list("121212"), "mark": [1.0, 0.8, 0.4, 0.4, 0.1, 0.3]})
    >>> without_each_assessor(marks, Recipe(tree))[["marks", "moved"]].values.tolist()
    [[3, 0], [3, 0]]
    """
    _check_tables("without_each_assessor", recipe, table, not_applicable)
    marked = indicator_values(marks, recipe.framework)
    others = None if table is None else table.mask(marked.reindex_like(table).notna())
    values = _with_table(marked, others)
    cells = _not_applicable(marks, values, not_applicable)
    reference = build_index(values, recipe, not_applicable=cells).ranks.dropna()
    rows = {}
    for name in marks["assessor"].drop_duplicates():
        rest = marks[marks["assessor"] != name]
        kept = _with_table(indicator_values(rest, recipe.framework), others).reindex(reference.index)
        gone = kept.columns[kept.isna().all()]
        thinned = recipe.without(*gone) if len(gone) else recipe
        ranks = build_index(kept, thinned, not_applicable=_not_applicable(rest, kept, not_applicable)).ranks
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


def _check_tables(title: str, recipe: Recipe, table: pd.DataFrame | None, cells: pd.DataFrame | None) -> None:
    """Refuse a table without an indicator of the recipe, and cells that are not True or False."""
    with Arguments(title) as check:
        if table is not None:
            check.problems += lacking_indicators(table, recipe.framework.indicators)
        if cells is not None and (others := [code for code in cells if not is_bool(cells[code])]):
            check.refuse(applicability_problems.NOT_BOOL.format(codes=quoted(others)))


def _not_applicable(marks: pd.DataFrame, values: pd.DataFrame, given: pd.DataFrame | None) -> pd.DataFrame:
    """Return which cells of the values are not applicable, as given or as all marks say."""
    said = marked_not_applicable(marks, values) & values.isna()
    return said | cells_of(values, given)


def _with_table(values: pd.DataFrame, table: pd.DataFrame | None) -> pd.DataFrame:
    """Return the values that the marks give, and those of the table where there are no marks."""
    return values if table is None else values.reindex(table.index).fillna(table[list(values)])
