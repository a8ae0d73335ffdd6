"""Intervals of ranks by the bootstrap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.ranking import RankRule, rank
from govtransparency.robustness.inference.scores_and_errors import best_first, check_scores, square_root
from govtransparency.robustness.monte_carlo.rank_counts import count

__all__ = ["bootstrap_rank_intervals"]


@checked
def bootstrap_rank_intervals(
    estimates: pd.Series,
    errors: pd.Series | pd.DataFrame,
    *,
    level: float = 0.95,
    resamples: int = 10_000,
    rng: int | np.random.Generator = 0,
) -> pd.DataFrame:
    """Return percentile intervals of ranks under errors drawn around the estimates; they are too narrow near ties.

    Parameters
    ----------
    estimates, errors, level, resamples, rng
        As in `rank_confidence_sets`.

    Returns
    -------
    DataFrame, indexed by unit
        estimate, rank, median, low, high.

    Raises
    ------
    InputError
        As `rank_confidence_sets`.

    Warnings
    --------
    Where units are nearly tied these intervals contain the true rank less often than `level` says, however many
    resamples are drawn: noise is added to estimates that are noisy already, which spreads the units and pulls ranks to
    the middle. Use `rank_confidence_sets` for a valid statement (Hall and Miller 2009, Annals of Statistics 37; Xie,
    Singh and Zhang 2009, Journal of the American Statistical Association 104).

    Examples
    --------
    >>> scores = pd.Series({"A": 90.0, "B": 71.0, "C": 70.0})
    >>> bootstrap_rank_intervals(scores, pd.Series(2.0, index=scores.index))["high"].to_dict()
    {'A': 1, 'B': 3, 'C': 3}
    """
    with Arguments("bootstrap_rank_intervals") as check:
        check.level("level", level)
        check.count("resamples", resamples)
        check.rng("rng", rng)
        check_scores(check, estimates, errors)
    scores, covariance, order = best_first(estimates, errors)
    p = len(scores)
    generator, factor = np.random.default_rng(rng), square_root(covariance)
    counts = np.zeros((p, p), dtype=np.int64)  # ranks x units
    done, size = 0, max(1, 2_000_000 // p)
    while done < resamples:
        rows = min(size, resamples - done)
        noise = generator.standard_normal((rows, p))
        drawn = scores + (noise * factor if factor.ndim == 1 else noise @ factor.T)
        count(drawn, RankRule(), counts)
        done += rows
    reached = np.cumsum(counts.T, axis=1) / resamples
    cut = {"median": 0.5, "low": (1 - level) / 2, "high": (1 + level) / 2}
    columns = {name: 1 + np.argmax(reached >= share - 1e-12, axis=1) for name, share in cut.items()}
    table = pd.DataFrame(columns, index=estimates.index[order]).reindex(estimates.index)
    table.insert(0, "rank", rank(estimates))
    table.insert(0, "estimate", estimates.astype(float))
    return table
