"""Uncertainty analysis: the spread of scores and ranks when the choices vary together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.robustness.monte_carlo.design import check_design, make_study
from govtransparency.robustness.monte_carlo.ensemble import Ensemble, make_ensemble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    import numpy as np
    import pandas as pd

    from govtransparency.recipe import Recipe
    from govtransparency.robustness.sources.source import Source

__all__ = ["uncertainty_analysis"]


@checked
def uncertainty_analysis(
    table: pd.DataFrame,
    recipe: Recipe,
    sources: Source | Sequence[Source],
    *,
    draws: int = 10_000,
    rng: int | np.random.Generator,
    joint: bool = True,
    executor: Executor | None = None,
    not_applicable: pd.DataFrame | None = None,
) -> Ensemble:
    """Rank the units many times, each time with new draws of all sources, and count the ranks.

    Parameters
    ----------
    table : DataFrame, units x indicators
        Raw values.
    recipe : Recipe
        The reference.
    sources : Source or sequence of Source
        What varies: `one_of`, `weights_within`, `without_one_indicator`, ...
    draws : int
        At least 1.
    rng : int or numpy Generator
        The same seed gives the same numbers, whatever the number of workers.
    joint : bool
        True varies all sources in every draw. False varies one source in each draw, in turn; the others stay as in the
        recipe.
    executor : concurrent.futures.Executor, optional
        Where to work: a thread or process pool, or ``Client.get_executor()`` of dask.distributed. None uses threads.
    not_applicable : DataFrame of bool, the shape of the table, optional
        Cells where the unit cannot have a value, as in `build_index`.

    Returns
    -------
    Ensemble

    Raises
    ------
    InputError
        Naming every argument out of range, every source that does not fit or could not change anything, and every
        combination of choices that cannot work.

    Notes
    -----
    Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168, 307-323; OECD/JRC Handbook
    2008, step 7; rank acceptability as in Lahdelma and Salminen (2001), Operations Research 49, 444-454.

    Examples
    --------
    >>> import pandas as pd
    >>> from govtransparency import Framework, Node, Recipe, weights_within
    >>> tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> table = pd.DataFrame({"a": [3.0, 2, 1], "b": [3.0, 1, 2]}, index=["X", "Y", "Z"])
    >>> ensemble = uncertainty_analysis(table, Recipe(tree), weights_within(0.25), draws=500, rng=1)
    >>> ensemble.intervals(0.90).loc["X"].tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    with Arguments("uncertainty_analysis") as check:
        sources = check_design(check, table, recipe, sources, rng)
        draws = check.count("draws", draws)
    study = make_study(table, recipe, sources, draws=draws, rng=rng, joint=joint, not_applicable=not_applicable)
    return make_ensemble(study, executor)
