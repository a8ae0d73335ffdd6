"""Figures in both languages: each takes a result, draws on ``ax`` and returns the axes.

Nothing global changes: matplotlib's settings, pyplot's figures and the warning filters are afterwards as before.
"""

from govtransparency.plot.correlation_maps import correlations
from govtransparency.plot.data_maps import distribution, missing_map
from govtransparency.plot.explained_changes import change_explained
from govtransparency.plot.frameworks import framework
from govtransparency.plot.ranks import acceptability, ranks, tiers
from govtransparency.plot.shifts import panel_lines, rank_shift
from govtransparency.plot.unit_parts import contributions, unit_profile
from govtransparency.plot.weights import sobol_shares, weight_sensitivity, weight_stability

__all__ = [
    "acceptability",
    "change_explained",
    "contributions",
    "correlations",
    "distribution",
    "framework",
    "missing_map",
    "panel_lines",
    "rank_shift",
    "ranks",
    "sobol_shares",
    "tiers",
    "unit_profile",
    "weight_sensitivity",
    "weight_stability",
]
