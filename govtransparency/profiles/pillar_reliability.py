"""How far the indicators of each pillar belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.coherence import cronbach_alpha, kmo, omega, principal_components
from govtransparency.errors import InputError
from govtransparency.nodes import ROOT

if TYPE_CHECKING:
    from govtransparency.index import Index

__all__ = ["pillar_table"]


def pillar_table(index: Index, *, rng: int) -> pd.DataFrame:
    """Return how far the indicators of each pillar belong together.

    Returns
    -------
    DataFrame, indexed by pillar, and ``index`` for all indicators together
        indicators (that vary), units (complete), cronbach, low, high, omega, kmo, kept (components above random). NaN
        where a figure cannot be had: too few indicators or units, or indicators that follow from each other.
    """
    framework = index.recipe.framework
    values = index.scores[list(framework.indicators)]
    rows = {}
    for node in [*framework.children(ROOT), ROOT]:
        own = values[list(framework.leaves.get(node, (node,)))]
        own = own.loc[:, own.nunique() > 1].dropna()
        own = own.loc[:, own.nunique() > 1]
        if own.shape[1] < 2 or len(own) < 4:
            continue
        reliability = cronbach_alpha(own)
        rows[node] = {
            "indicators": own.shape[1],
            "units": len(own),
            "cronbach": reliability.alpha,
            "low": reliability.low,
            "high": reliability.high,
            "omega": omega(own) if own.shape[1] > 2 else float("nan"),
            "kmo": _kmo(own),
            "kept": principal_components(own, simulations=100, rng=rng).retained,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def _kmo(table: pd.DataFrame) -> float:
    try:
        return float(kmo(table)["all"])
    except InputError:  # fewer units than indicators, or one follows from others: the correlations cannot be inverted
        return float("nan")
