"""The report's figures: several panels of the public ones, in both languages, each with an alternative text."""

from govtransparency.plot.figures.agreement_figures import agreement_map
from govtransparency.plot.figures.card_figures import rank_history, rank_shares
from govtransparency.plot.figures.data_figures import correlation_map, distributions, framework_tree, missing_map
from govtransparency.plot.figures.overview_figures import overview
from govtransparency.plot.figures.panel_figures import mobility_map, moves_and_errors, rank_lines
from govtransparency.plot.figures.profile_figures import contributions, pillar_profile
from govtransparency.plot.figures.rank_figures import (
    acceptability,
    bump_chart,
    league_table,
    slope_chart,
    tier_plot,
)
from govtransparency.plot.figures.shelf_figures import edition_shares
from govtransparency.plot.figures.weight_figures import sobol_shares, weight_sensitivity, weight_stability

__all__ = [
    "acceptability",
    "agreement_map",
    "bump_chart",
    "contributions",
    "correlation_map",
    "distributions",
    "edition_shares",
    "framework_tree",
    "league_table",
    "missing_map",
    "mobility_map",
    "moves_and_errors",
    "overview",
    "pillar_profile",
    "rank_history",
    "rank_lines",
    "rank_shares",
    "slope_chart",
    "sobol_shares",
    "tier_plot",
    "weight_sensitivity",
    "weight_stability",
]
