"""Statistics of the ranks of many draws: quantiles, the weights of the holistic acceptability, convergence."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["changes", "holistic_weights", "rank_quantiles"]


def rank_quantiles(counts: np.ndarray, ranks: np.ndarray, shares: Sequence[float]) -> np.ndarray:
    """Return the lowest rank that at least each share of the draws do not exceed: units x shares."""
    total = counts.sum(axis=1)
    wanted = np.ceil(np.multiply.outer(shares, total) - 1e-9).astype(np.int64)
    below = np.zeros_like(total)
    places = np.zeros(wanted.shape, dtype=np.int64)
    for held in counts.T:  # rank by rank, so that no second table as large as the counts is made
        below += held
        places += below < wanted
    result = ranks[places.T].astype(float)
    result[total == 0] = np.nan
    return result


def holistic_weights(ranks: np.ndarray, weights: Sequence[float] | None) -> np.ndarray:
    """Return the weight of each rank in the holistic acceptability: those given, or the centroid weights."""
    if weights is None:
        tail = np.cumsum((1 / ranks)[::-1])[::-1]
        return tail / tail[0]
    with Arguments("holistic") as check:
        try:
            alpha = np.asarray(weights, dtype=float)
        except (TypeError, ValueError):
            alpha = np.empty(0)
        if alpha.shape != ranks.shape or np.isnan(alpha).any() or (np.diff(alpha) > 0).any():
            check.expect("weights", weights, problems.RANK_WEIGHTS.format(count=len(ranks)))
    return alpha


def changes(history: Sequence[tuple[int, np.ndarray]]) -> pd.DataFrame:
    """Return the largest changes of quantiles as draws were added.

    Parameters
    ----------
    history : sequence of (number of draws, ndarray)
        The arrays units x (median, low, high).

    Returns
    -------
    DataFrame, indexed by the number of draws
        median, low, high : the largest change over the units since the one before; error : the Monte Carlo standard
        error of a probability of 1/2.
    """
    rows = []
    for (_, before), (done, now) in itertools.pairwise(history):
        rows.append([done, *np.nanmax(np.abs(now - before), axis=0, initial=0), 0.5 / math.sqrt(done)])
    return pd.DataFrame(rows, columns=["draws", "median", "low", "high", "error"]).set_index("draws")
