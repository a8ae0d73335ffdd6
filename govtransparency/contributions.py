"""What each pillar contributes to the scores of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from govtransparency.framework import first_level
from govtransparency.nodes import ROOT

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.index import Index

__all__ = ["contributions"]


def contributions(index: Index) -> pd.DataFrame:
    """Return what each child of the index contributes to each score: units x children, adding up to the score.

    Where a child is missing, its weight is spread over those that are there. Where rules of publishers change the
    scores after aggregation, the contributions change in proportion.
    """
    recipe, total = index.recipe, index.scores[ROOT]
    nodes = list(recipe.members(ROOT))
    weights = index.scores[nodes].notna() * recipe.averaged.weights[nodes]
    parts = index.scores[nodes] * weights.div(weights.sum(axis=1), axis=0)
    if tuple(nodes) != recipe.framework.children(ROOT):
        parts = parts.T.groupby([first_level(recipe.framework, code) for code in nodes], sort=False).sum(min_count=1).T
    if recipe.sums(ROOT) or index.scoring.parents[-1].ruled is not None:
        parts = parts.mul(total / parts.sum(axis=1).replace(0.0, np.nan), axis=0).fillna(0.0).where(parts.notna())
    return parts[total.notna()]
