"""What the aggregations other than the means start from."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["arrays", "shares"]


def arrays(scores: pd.DataFrame, weights: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the scores (units x children) and the children's weights in the same order, summing to 1."""
    w = weights.reindex(scores.columns).to_numpy(dtype=float)
    return scores.to_numpy(dtype=float), w / w.sum()


def shares(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return each unit's weights: those of the children present in proportion, 0 for the rest, NaN without any."""
    present = np.where(np.isnan(x), 0.0, w)
    with np.errstate(invalid="ignore"):
        return present / present.sum(axis=1, keepdims=True)
