"""The figures of the report: one function a figure, tables in, a figure out that speaks both languages.

A table has a row a unit and is indexed by unit; ``names`` is a table with the columns name_zh and name_en, such as
``edition.units``. Figures with a panel a group take a mapping of the panel's title to its table. Every figure has its
alternative text, made of the data, in ``alt``.
"""

from govtransparency.report.figures.data import correlation_map, distributions, framework_tree, missing_map
from govtransparency.report.figures.profile import contributions, pillar_profile
from govtransparency.report.figures.ranks import acceptability, bump_chart, league_table, slope_chart, tier_plot
from govtransparency.report.figures.sensitivity import sobol_shares, weight_sensitivity, weight_stability

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
