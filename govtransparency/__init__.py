"""Compute, check and question composite indices of government transparency."""

import builtins
import importlib
import sys
from typing import TYPE_CHECKING, Any

from govtransparency.aggregation import (
    AGGREGATORS,
    KemenyOrders,
    Transform,
    VikorSolution,
    kemeny_orders,
    outranking_matrix,
    transform_of,
    vikor_solution,
)
from govtransparency.audit.claims import audit_claims
from govtransparency.audit.evidence import contradictions
from govtransparency.audit.feasible_weights import feasible_weights
from govtransparency.audit.methodology import review
from govtransparency.audit.rank_rules import RankRulesFound, find_rank_rule
from govtransparency.citation import cite
from govtransparency.coherence import (
    bartlett,
    correlations,
    cronbach_alpha,
    denominator_correlations,
    importance,
    kmo,
    omega,
    pillar_structure,
    principal_components,
    redundant,
)
from govtransparency.coherence.agreement_coefficients import cohen_kappa, fleiss_kappa, krippendorff_alpha
from govtransparency.coherence.assessors import agreement, assessor_agreement
from govtransparency.data.indicator_table import read_table
from govtransparency.data.marks import indicator_values, read_marks
from govtransparency.deprecation import warn_renamed
from govtransparency.displays import DISPLAYED, html_of, text_of
from govtransparency.editions import Edition, Panel, doubts, fetch, list_editions, read_edition, read_panel
from govtransparency.errors import InputError
from govtransparency.exported_tables import to_latex, to_markdown
from govtransparency.framework import Framework
from govtransparency.framework_file import read_framework
from govtransparency.index import Index, build_index
from govtransparency.methods import by_level, by_node
from govtransparency.nodes import Node
from govtransparency.normalisation import NORMALISERS, normalise, normaliser
from govtransparency.profiles.unit_profile import Profile, profile
from govtransparency.questions.compare import Comparison, compare
from govtransparency.questions.explain_change import ChangeExplained, explain_change
from govtransparency.questions.imputation_check import ImputationCheck, imputation_check
from govtransparency.questions.leave_one_out import LeftOutInTurn, leave_one_indicator_out, leave_one_unit_out
from govtransparency.questions.survives import Survival, survives
from govtransparency.ranking import RankRule, bands, rank, rank_shift
from govtransparency.recipe import Recipe
from govtransparency.robustness import (
    Ensemble,
    FirstRegion,
    Pooled,
    Rescored,
    RobustComparisons,
    Sensitivity,
    Swap,
    add_errors,
    assessor_errors,
    bootstrap_rank_intervals,
    can_be_first,
    compare_rankings,
    dominance,
    expert_weights,
    friedman,
    imputation,
    indicator_errors,
    kendall_w,
    mann_kendall,
    marks_noise,
    mobility,
    movers_test,
    one_at_a_time,
    one_of,
    page_trend,
    paired_tests,
    pairwise_swaps,
    pool,
    rank_biased_overlap,
    rank_bounds,
    rank_changes,
    rank_confidence_sets,
    rescore,
    robust_comparisons,
    sampling_errors,
    sensitivity_analysis,
    streaks,
    threshold,
    tiers,
    top_set,
    uncertainty_analysis,
    weight_stability,
    weight_to_swap,
    weights_anywhere,
    weights_around,
    weights_bounded,
    weights_ordered,
    weights_within,
    what_would_it_take,
    without_each_assessor,
    without_one_indicator,
    without_one_pillar,
)
from govtransparency.schema import SchemaNotice
from govtransparency.treatment import MISSING_RULES, TREATMENTS, outlier_report, screen_indicators, treatment_report
from govtransparency.weighting import (
    AHP,
    WEIGHTERS,
    BestWorst,
    ahp,
    benefit_of_the_doubt_weights,
    best_worst,
    budget_shares,
    group_judgements,
    weigh,
)

if TYPE_CHECKING:  # the methods too, for editors and type checkers
    from govtransparency.aggregation import *
    from govtransparency.normalisation import *
    from govtransparency.treatment import *
    from govtransparency.weighting import *

_methods = TREATMENTS | MISSING_RULES | NORMALISERS | WEIGHTERS | AGGREGATORS
globals().update(_methods)

__all__ = [
    "AHP",
    "BestWorst",
    "ChangeExplained",
    "Comparison",
    "Edition",
    "Ensemble",
    "FirstRegion",
    "Framework",
    "ImputationCheck",
    "Index",
    "InputError",
    "KemenyOrders",
    "LeftOutInTurn",
    "Node",
    "Panel",
    "Pooled",
    "Profile",
    "RankRule",
    "RankRulesFound",
    "Recipe",
    "Rescored",
    "RobustComparisons",
    "SchemaNotice",
    "Sensitivity",
    "Survival",
    "Swap",
    "Transform",
    "VikorSolution",
    "add_errors",
    "agreement",
    "ahp",
    "assessor_agreement",
    "assessor_errors",
    "audit_claims",
    "bands",
    "bartlett",
    "benefit_of_the_doubt_weights",
    "best_worst",
    "bootstrap_rank_intervals",
    "budget_shares",
    "build_index",
    "by_level",
    "by_node",
    "can_be_first",
    "cite",
    "cohen_kappa",
    "compare",
    "compare_rankings",
    "contradictions",
    "correlations",
    "cronbach_alpha",
    "denominator_correlations",
    "dominance",
    "doubts",
    "expert_weights",
    "explain_change",
    "feasible_weights",
    "fetch",
    "find_rank_rule",
    "fleiss_kappa",
    "friedman",
    "group_judgements",
    "importance",
    "imputation",
    "imputation_check",
    "indicator_errors",
    "indicator_values",
    "kemeny_orders",
    "kendall_w",
    "kmo",
    "krippendorff_alpha",
    "leave_one_indicator_out",
    "leave_one_unit_out",
    "list_editions",
    "mann_kendall",
    "marks_noise",
    "mobility",
    "movers_test",
    "normalise",
    "normaliser",
    "omega",
    "one_at_a_time",
    "one_of",
    "outlier_report",
    "outranking_matrix",
    "page_trend",
    "paired_tests",
    "pairwise_swaps",
    "pillar_structure",
    "pool",
    "principal_components",
    "profile",
    "rank",
    "rank_biased_overlap",
    "rank_bounds",
    "rank_changes",
    "rank_confidence_sets",
    "rank_shift",
    "read_edition",
    "read_framework",
    "read_marks",
    "read_panel",
    "read_table",
    "redundant",
    "rescore",
    "review",
    "robust_comparisons",
    "sampling_errors",
    "screen_indicators",
    "sensitivity_analysis",
    "streaks",
    "survives",
    "threshold",
    "tiers",
    "to_latex",
    "to_markdown",
    "top_set",
    "transform_of",
    "treatment_report",
    "uncertainty_analysis",
    "vikor_solution",
    "weigh",
    "weight_stability",
    "weight_to_swap",
    "weights_anywhere",
    "weights_around",
    "weights_bounded",
    "weights_ordered",
    "weights_within",
    "what_would_it_take",
    "without_each_assessor",
    "without_one_indicator",
    "without_one_pillar",
    *(name for name in _methods if not hasattr(builtins, name)),  # `import *` must not hide Python's own `sum`
]


def _plot(self: Any, **options: Any) -> Any:
    """Draw the natural figure of the value, `govtransparency.plot.ranks`; it takes the options.

    Returns
    -------
    matplotlib Axes
    """
    return importlib.import_module(f"{__name__}.plot").ranks(self, **options)


for _kind in DISPLAYED:
    _kind.__repr__ = text_of  # type: ignore[assignment, method-assign]
    _kind._repr_html_ = html_of  # type: ignore[attr-defined]
Index.plot = Ensemble.plot = _plot  # type: ignore[attr-defined]  # from here, because `plot` stands on both

RENAMED: dict[str, tuple[str, str]] = {}  # by the old name of a public one: the new, and the version that drops the old


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib import metadata  # which takes longer to load than most modules of the library

        return metadata.version(__name__)
    if name == "plot":  # matplotlib is loaded when it is asked for
        return importlib.import_module(f"{__name__}.plot")
    if name not in RENAMED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    new, until = RENAMED[name]
    warn_renamed(f"{__name__}.{name}", f"{__name__}.{new}", until=until)
    return getattr(sys.modules[__name__], new)
