"""One source varied at a time, the others as in the recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.robustness.monte_carlo.accumulators import RankCounts
from govtransparency.robustness.monte_carlo.cases import Settings
from govtransparency.robustness.monte_carlo.design import check_design, make_study
from govtransparency.robustness.monte_carlo.engine import run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.sources.source import Source

__all__ = ["one_at_a_time"]


@checked
def one_at_a_time(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    draws: int = 1000,
    rng: int | np.random.Generator,
    executor: Executor | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how many places each unit gains against the recipe when one source alone takes one option.

    Parameters
    ----------
    table : DataFrame, units x indicators
    recipe : Recipe
    sources : Source or sequence of Source
    draws : int
        For sources that are drawn, not chosen from options: their row holds the mean shift over the draws.
    rng : int or numpy Generator
    executor : concurrent.futures.Executor, optional
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value, as in `build_index`.

    Returns
    -------
    DataFrame, (source, option) x units
        Rank shift, positive when the unit gains; NaN where it has no rank. A last column ``average_shift`` holds the
        mean of the absolute shifts; for a drawn source that mean is averaged over the draws.

    Raises
    ------
    InputError
        As `uncertainty_analysis`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, without_one_indicator
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [9.0, 5, 1], "b": [1.0, 3, 9]}, index=list("XYZ"))
    >>> one_at_a_time(table, Recipe(tree), without_one_indicator(), rng=1).loc[("left-out indicator", "a")].tolist()
    [-2.0, 1.0, 0.0, 1.0]
    """
    with Arguments("one_at_a_time") as check:
        sources = check_design(check, table, recipe, sources, rng)
        draws = check.count("draws", draws)
    study = make_study(table, recipe, sources, draws=draws, rng=rng, not_applicable=not_applicable)
    reference = study.reference.ranks.to_numpy(dtype=float)
    rows: dict[tuple[str, str], np.ndarray] = {}
    held = (False,) * (len(study.drawn) + len(study.noise))
    for number, source in enumerate(study.sources):
        if number not in study.options:
            counts = run(study.alone(number), RankCounts, executor=executor)
            rows[source.name, "drawn"] = _mean_shift(counts.counts, study.ranks, reference)
            continue
        column = list(study.options).index(number)
        for option, label in enumerate(study.options[number].labels):
            combination = tuple(option if at == column else -1 for at in range(len(study.options)))
            settings = Settings(
                np.array([combination]), [np.empty((1, 0)) for _ in study.drawn], [np.zeros(1, int)] * len(study.noise),
                held,
            )  # fmt: skip
            ranks = np.full(len(reference), np.nan)
            for batch in study.scored(np.zeros(1, dtype=int), settings):
                ranks[batch.units] = study.ranks[study.to_bins(batch.ranks[0], batch.case)]
            shift = reference - ranks
            rows[source.name, label] = np.append(shift, np.nanmean(np.abs(shift)))
    index = pd.MultiIndex.from_tuples(list(rows), names=["source", "option"])
    return pd.DataFrame(list(rows.values()), index=index, columns=[*study.units, "average_shift"])


def _mean_shift(counts: np.ndarray, ranks: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Return each unit's mean shift and the mean over units of the mean absolute shift, from counts ranks x units."""
    total = counts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        shift = reference - ranks @ counts / total
        size = np.einsum("ru,ru->u", np.abs(ranks[:, None] - reference), counts) / total
    return np.append(shift, np.nanmean(size))
