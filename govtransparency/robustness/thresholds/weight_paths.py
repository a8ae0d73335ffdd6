"""Scores along the weight of one pillar, from none of the weight to all of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.rescore import rescore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.index import Index

__all__ = ["weight_paths"]


def weight_paths(
    index: Index, units: Sequence[str], *, steps: int = 11, nodes: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the units' scores as the weight of each child of the index goes from 0 to 1, the others in proportion.

    Parameters
    ----------
    index : Index
    units : sequence of unit
    steps : int
        The number of weights.
    nodes : sequence of str, optional
        The children of the index; all by default.

    Returns
    -------
    DataFrame
        pillar, weight, and one column per unit.
    """
    recipe = index.recipe
    official = recipe.averaged.sibling_weights[ROOT]
    total = math.fsum(recipe.framework.node(code).weight for code in official.index) if recipe.sums(ROOT) else 1.0
    rows = []
    for pillar in nodes or official.index:
        for weight in np.linspace(0, 1, steps):
            others = official.drop(pillar)
            weights = (others / others.sum() * (1 - weight)).reindex(official.index, fill_value=weight)
            found = rescore(index, weights * total).scores[list(units)]
            rows.append({"pillar": pillar, "weight": weight, **found.to_dict()})
    return pd.DataFrame(rows)
