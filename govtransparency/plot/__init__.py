"""Figures, each in both languages."""

from govtransparency.plot.data_figures import correlation_map, distributions, framework_tree, missing_map
from govtransparency.plot.profile_figures import contributions, pillar_profile
from govtransparency.plot.rank_figures import acceptability, bump_chart, league_table, slope_chart, tier_plot
from govtransparency.plot.weight_figures import sobol_shares, weight_sensitivity, weight_stability

__all__ = [
    "acceptability",
    "bump_chart",
    "contributions",
    "correlation_map",
    "distributions",
    "framework_tree",
    "league_table",
    "missing_map",
    "pillar_profile",
    "slope_chart",
    "sobol_shares",
    "tier_plot",
    "weight_sensitivity",
    "weight_stability",
]
