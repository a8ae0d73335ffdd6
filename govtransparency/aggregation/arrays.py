"""What aggregations start from: arrays of scores, and the weights in the same order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.errors import InputError

__all__ = ["arrays", "ordered_weights", "shares"]


def arrays(scores: pd.DataFrame, weights: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores (units x children) and the children's weights in the same order, summing to 1."""
    w = ordered_weights(scores, weights)
    return scores.to_numpy(dtype=float), w / w.sum()


def ordered_weights(scores: pd.DataFrame, weights: pd.Series) -> np.ndarray:
    """Return the children's weights in the order of the scores.

    Raises
    ------
    InputError
        Naming every child without a weight or with one that is negative or not finite; and if all weights are 0.
    """
    w = (weights if weights.index is scores.columns else weights.reindex(scores.columns)).to_numpy(dtype=float)
    good = (w >= 0) & (w < np.inf)
    if not good.all():
        raise InputError(
            [f"child {scores.columns[i]!r} has the weight {w[i]:g}; expected 0 or more" for i in np.flatnonzero(~good)],
            title="weights",
        )
    if not w.any():
        raise InputError("all are 0; expected one that is positive", title="weights")
    return w


def shares(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return each unit's weights: those of the children present in proportion, 0 for the rest, NaN without any."""
    present = np.where(np.isnan(x), 0.0, w)
    with np.errstate(invalid="ignore"):
        return present / present.sum(axis=1, keepdims=True)
