"""A sound call of every public function and method: what their arguments are wrong against, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

import govtransparency as gt
import govtransparency.plot
from govtransparency.normalisation import NORMALISERS

UNITS = [f"u{n}" for n in range(8)]
CODES = ["a", "b", "c", "d"]
AGGREGATORS = [
    "arithmetic_mean",
    "geometric_mean",
    "harmonic_mean",
    "median",
    "owa",
    "choquet",
    "mazziotta_pareto",
    "adjusted_mazziotta_pareto",
    "mean_min",
    "copeland",
    "kemeny",
    "kemeny_orders",
    "borda_count",
    "topsis",
    "vikor",
    "vikor_solution",
    "promethee",
    "outranking_matrix",
    "rescaled",
    "benefit_of_the_doubt",
    "benefit_of_the_doubt_weights",
]
WEIGHTERS = [
    "critic_weights",
    "cv_weights",
    "entropy_weights",
    "equal_indicator_weights",
    "equal_weights",
    "given_weights",
    "importance_weights",
    "merec_weights",
    "pca_weights",
    "sd_weights",
]
RANKINGS = ("compare_rankings", "friedman", "kendall_w")
YEARS = ("mann_kendall", "mobility", "page_trend")


def table() -> pd.DataFrame:
    """Return eight units in four positive indicators, without ties."""
    values = np.random.default_rng(7).permutation(np.arange(10.0, 42.0)).reshape(8, 4)
    return pd.DataFrame(values, index=pd.Index(UNITS, name="unit"), columns=CODES)


def alike() -> pd.DataFrame:
    """Return eight units whose indicators have one factor in common."""
    noise = np.random.default_rng(0).normal(size=(8, 4))
    return pd.DataFrame(np.arange(8.0)[:, None] + noise, index=UNITS, columns=CODES)


def gaps() -> pd.DataFrame:
    """Return the same with two values missing."""
    holed = table()
    holed.loc["u1", "a"] = holed.loc["u4", "c"] = np.nan
    return holed


FRAMEWORK = gt.Framework.from_dict({"p": {"a": 1, "b": 2}, "q": {"c": 1, "d": 1}})
RECIPE = gt.Recipe(FRAMEWORK)
WEIGHTS = pd.Series({"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1})
SCORES = pd.Series([9.0, 7.5, 7.0, 5.0], index=UNITS[:4], name="score")
ERRORS = pd.Series([0.5, 0.4, 0.6, 0.5], index=UNITS[:4])
SETS = gt.rank_confidence_sets(SCORES, ERRORS, resamples=20, rng=1)
FIT = SimpleNamespace(params=pd.Series({"x": 1.0}), cov_params=lambda: np.eye(1), df_resid=9)
COMPARISONS = pd.DataFrame([[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]], list("xyz"), list("xyz"))
MARKS = pd.DataFrame(
    [
        (unit, code, assessor, (place + len(assessor) * (code == "a")) % 5)
        for place, unit in enumerate(UNITS)
        for code in CODES
        for assessor in ("x", "yy")
    ],
    columns=["unit", "indicator", "assessor", "mark"],
)
CHANCE = pd.DataFrame({year: np.random.default_rng(year).permutation(8) + 1 for year in (2021, 2022, 2023)}, UNITS)
BEST_WORST = pd.DataFrame({"best_to_others": [1, 2, 4], "others_to_worst": [4, 2, 1]}, index=list("xyz"))


@cache
def index() -> gt.Index:
    """Return the index of the table."""
    return gt.build_index(table(), RECIPE)


@cache
def ensemble() -> gt.Ensemble:
    """Return a small ensemble under other weights."""
    return gt.uncertainty_analysis(table(), RECIPE, gt.weights_within(0.25), draws=50, rng=1)


@cache
def sensitivity() -> gt.Sensitivity:
    """Return a small analysis of two sources."""
    sources = [gt.weights_within(0.2), gt.without_one_indicator()]
    return gt.sensitivity_analysis(table(), RECIPE, sources, samples=16, rng=1)


@cache
def change() -> gt.ChangeExplained:
    """Return a change of values, explained."""
    return gt.explain_change(index(), gt.build_index(table() ** 2, RECIPE))


@cache
def edition() -> gt.Edition:
    """Return the smallest real edition."""
    return gt.read_edition("tai", 2001)


@dataclass(frozen=True)
class Call:
    """A public function or method with arguments that it takes.

    Attributes
    ----------
    name : str
        As a reader writes it.
    function : callable
    arguments : dict
        By name.
    more : tuple
        Those without a name, before the others.
    """

    name: str
    function: Callable[..., Any]
    arguments: dict[str, Any] = field(default_factory=dict)
    more: tuple[Any, ...] = ()

    def __call__(self, **changed: Any) -> Any:
        return self.function(*self.more, **self.arguments | changed)

    def __str__(self) -> str:
        return self.name


def _calls() -> list[Call]:
    of_weights = {"framework": FRAMEWORK, "table": table()}
    few = {"resamples": 20, "rng": 1}
    edition_index = {group: edition().index_of(group) for group in edition().groups}
    arguments: dict[str, dict[str, Any]] = {
        **{name: {"values": table()["a"], "goalposts": (0, 50), "decimals": 3} for name in NORMALISERS},
        **{name: {"scores": table(), "weights": WEIGHTS} for name in AGGREGATORS},
        **{name: dict(of_weights) for name in WEIGHTERS},
        **{name: {"rankings": CHANCE} for name in RANKINGS},
        "mann_kendall": {"values_by_year": CHANCE * 1.0},
        "mobility": {"ranks_by_year": CHANCE, "groups": 2, **few},
        "page_trend": {"scores_by_year": CHANCE * 1.0},
        "streaks": {"ranks_by_year": CHANCE, "k": 3},
        "ratio_to_worst": {"values": table()["a"]},
        "difference_to_worst": {"values": table()["a"]},
        "distance_to_unit": {"values": table()["a"], "unit": "u1"},
        "categorical": {"values": table()["a"], "quantiles": 4},
        "power_mean": {"scores": table(), "weights": WEIGHTS, "p": 2},
        "rounded": {"scores": table(), "weights": WEIGHTS, "decimals": 1},
        "geometric_mean": {"scores": table(), "weights": WEIGHTS, "floor": 1.0},
        "harmonic_mean": {"scores": table(), "weights": WEIGHTS, "floor": 1.0},
        "owa": {"scores": table(), "weights": WEIGHTS, "orness": 0.4},
        "promethee": {"scores": table(), "weights": WEIGHTS, "preference": "linear", "q": 1.0, "p": 3.0},
        "ahp": {"matrix": COMPARISONS},
        "ahp_weights": {"framework": gt.Framework.flat(list("xyz")),
                        "comparisons": COMPARISONS},
        "group_judgements": {"matrices": [COMPARISONS, COMPARISONS]},
        "best_worst": {"comparisons": BEST_WORST},
        "best_worst_weights": {"framework": gt.Framework.flat(list("xyz")), "comparisons": BEST_WORST},
        "budget_allocation": {"framework": gt.Framework.flat(CODES), "points": dict.fromkeys(CODES, 25)},
        "budget_shares": {"framework": gt.Framework.flat(CODES), "points": dict.fromkeys(CODES, 25)},
        "rank_order_weights": {"framework": gt.Framework.flat(CODES), "ranks": {c: r + 1 for r, c in enumerate(CODES)}},
        "regression_weights": {**of_weights, "outcome": table().sum(axis=1)},
        "weigh": {**of_weights, "method": gt.equal_weights},
        "add_errors": {},
        "agreement": {"marks": MARKS, **few},
        "assessor_agreement": {"marks": MARKS},
        "assessor_errors": {"marks": MARKS, "recipe": RECIPE, **few},
        "indicator_errors": {"table": table(), "recipe": RECIPE, **few},
        "indicator_values": {"marks": MARKS, "framework": FRAMEWORK},
        "unobserved_components_weights": {"framework": gt.Framework.flat(CODES), "table": alike()},
        "sampling_errors": {"table": table() / 50, "items": table() * 0 + 20, "recipe": RECIPE, **few},
        "without_each_assessor": {"marks": MARKS, "recipe": RECIPE},
        "marks_noise": {"marks": MARKS},
        "audit_claims": {"edition": edition(), "index": edition_index},
        "doubts": {"edition": edition()},
        "review": {"edition": edition()},
        "bands": {"scores": SCORES, "edges": [5, 7]},
        "bartlett": {"table": table()},
        "cronbach_alpha": {"table": table()},
        "kmo": {"table": table()},
        "omega": {"table": table()},
        "correlations": {"table": table(), "framework": FRAMEWORK},
        "denominator_correlations": {"table": table(), "denominators": table()[["a"]] ** 2},
        "pillar_structure": {"table": table(), "framework": FRAMEWORK, "rng": 1},
        "principal_components": {"table": table(), "simulations": 20, "rng": 1},
        "redundant": {"pairs": gt.correlations(table())},
        "importance": {"index": index()},
        "bootstrap_rank_intervals": {"estimates": SCORES, "errors": ERRORS, **few},
        "rank_confidence_sets": {"estimates": SCORES, "errors": ERRORS, **few},
        "top_set": {"estimates": SCORES, "errors": ERRORS, "k": 2, **few},
        "tiers": {"sets": SETS},
        "box_cox": {"table": table(), "framework": FRAMEWORK, "power": 0.5},
        "log_transform": {"table": table(), "framework": FRAMEWORK},
        "winsorise": {"table": table(), "framework": FRAMEWORK, "points": 1},
        "jrc_outliers": {"table": table(), "framework": FRAMEWORK},
        "outlier_report": {"table": table(), "framework": FRAMEWORK},
        "denominate": {"table": table(), "framework": FRAMEWORK, "by": table()["d"]},
        "impute_mean": {"table": gaps(), "framework": FRAMEWORK},
        "impute_median": {"table": gaps(), "framework": FRAMEWORK},
        "impute_knn": {"table": gaps(), "framework": FRAMEWORK, "neighbours": 2},
        "impute_iterative": {"table": gaps(), "framework": FRAMEWORK},
        "impute_group_mean": {"table": gaps(), "framework": FRAMEWORK,
                              "groups": dict(zip(UNITS, "xxxxyyyy", strict=True))},
        "impute_panel": {"table": gaps(), "framework": FRAMEWORK, "tables": {2019: table(), 2020: table()},
                         "year": 2021},
        "screen_units": {"table": gaps(), "framework": FRAMEWORK},
        "screen_indicators": {"framework": FRAMEWORK, "table": gaps()},
        "treatment_report": {"table": table(), "recipe": RECIPE},
        "build_index": {"table": table(), "recipe": RECIPE},
        "normalise": {"table": table(), "framework": FRAMEWORK, "method": gt.min_max},
        "normaliser": {"formula": _formula},
        "by_level": {"methods": [gt.arithmetic_mean, gt.geometric_mean]},
        "by_node": {"methods": {"p": gt.geometric_mean}, "otherwise": gt.arithmetic_mean},
        "imputation": {},
        "threshold": {"method": gt.winsorise, "parameter": "points", "values": [1, 2]},
        "expert_weights": {"table": pd.DataFrame([[1.0, 2.0]], columns=["p", "q"], index=["x"]).reindex(
            ["x", "y"], method="ffill")},
        "weights_around": {"concentration": 20.0},
        "weights_bounded": {"bounds": {"p": (0.2, 0.6)}},
        "weights_ordered": {"order": ["p", "q"]},
        "weights_within": {"share": 0.25},
        "weights_anywhere": {},
        "can_be_first": {"index": index(), "unit": "u1"},
        "dominance": {"index": index()},
        "pairwise_swaps": {"index": index()},
        "rank_bounds": {"index": index()},
        "rescore": {"index": index(), "weights": {"p": 2.0}},
        "robust_comparisons": {"index": index(), "r": 0.5},
        "weight_stability": {"index": index()},
        "weight_to_swap": {"index": index(), "a": "u0", "b": "u1"},
        "what_would_it_take": {"index": index(), "unit": "u1", "rank": 2},
        "cohen_kappa": {"first": pd.Series([1, 2, 3, 1]), "second": pd.Series([1, 2, 2, 1])},
        "fleiss_kappa": {"ratings": pd.DataFrame([[1, 1], [2, 2], [1, 2], [3, 3]])},
        "krippendorff_alpha": {"ratings": pd.DataFrame([[1, 1], [2, 2], [1, 2], [3, 3]]), **few},
        "contradictions": {"record": edition().record},
        "feasible_weights": {"scores": {"p": 80.0, "q": 60.0}, "total": 70.0},
        "list_editions": {},
        "read_edition": {"index": "tai", "year": 2001},
        "read_panel": {"index": "tai"},
        "movers_test": {"before": CHANCE[2021], "after": CHANCE[2022], "permutations": 20, "rng": 1},
        "paired_tests": {"before": CHANCE[2021] * 1.0, "after": CHANCE[2022] * 1.0},
        "pool": {"results": [FIT, FIT]},
        "rank": {"scores": SCORES},
        "find_rank_rule": {"scores": SCORES, "published_ranks": gt.rank(SCORES)},
        "rank_changes": {"before": SETS, "after": SETS[::-1].set_axis(SETS.index)},
        "rank_shift": {"a": CHANCE[2021], "b": CHANCE[2022]},
        "rank_biased_overlap": {"a": list("xyz"), "b": list("yxz")},
        "uncertainty_analysis": {"table": table(), "recipe": RECIPE, "sources": gt.weights_within(0.2), "draws": 20,
                                 "rng": 1},
        "one_at_a_time": {"table": table(), "recipe": RECIPE, "sources": gt.weights_within(0.2), "draws": 20, "rng": 1},
        "sensitivity_analysis": {
            "table": table(), "recipe": RECIPE, "sources": [gt.weights_within(0.2), gt.without_one_indicator()],
            "samples": 16, "rng": 1,
        },
        "profile": {"index": index(), "unit": "u1", "draws": 20, "rng": 1},
        "survives": {"index": index(), "unit": "u1", "draws": 20, "rng": 1},
        "explain_change": {"before": index(), "after": gt.build_index(table() ** 2, RECIPE)},
        "leave_one_unit_out": {"table": table(), "recipe": RECIPE},
        "leave_one_indicator_out": {"index": index()},
        "imputation_check": {"table": alike(), "recipe": RECIPE, "methods": [gt.impute_mean], "resamples": 20},
        "compare": {"a": index(), "b": gt.build_index(table() ** 2, RECIPE)},
        "to_latex": {"table": table(), "caption": "Scores", "status": "own", "decimals": 1},
        "to_markdown": {"table": table(), "caption": "Scores", "status": "own", "decimals": 1},
        "cite": {},
        "transform_of": {"aggregator": gt.arithmetic_mean},
        "equal_shares": {"min_coverage": 0.5},
        "spread_weights": {"min_coverage": 0.5},
        "missing_score": {"score": 0.0},
        "require_all": {},
        "without_one_indicator": {},
        "without_one_pillar": {},
        "Framework": {"nodes": FRAMEWORK.nodes},
        "Node": {"code": "a", "parent": "index"},
        "Recipe": {"framework": FRAMEWORK},
        "RankRule": {"decimals": 2},
    }  # fmt: skip
    for name in RANKINGS:
        arguments[name] |= few if name != "friedman" else {}
    more = {
        "add_errors": (ERRORS, ERRORS),
        "imputation": (None, gt.impute_mean),
    }
    made = [Call(name, getattr(gt, name), given, more.get(name, ())) for name, given in arguments.items()]
    methods: dict[str, tuple[Any, dict[str, Any]]] = {
        "Edition.index_of": (edition(), {"group": "country"}),
        "Ensemble.beats": (ensemble(), {"a": "u0", "b": "u1"}),
        "Ensemble.holistic": (ensemble(), {}),
        "Ensemble.intervals": (ensemble(), {"level": 0.9}),
        "Ensemble.score_intervals": (ensemble(), {"level": 0.9}),
        "Ensemble.notes_in": (ensemble(), {"language": "zh"}),
        "Ensemble.recipe_of": (ensemble(), {"draw": 3}),
        "Ensemble.table_of": (ensemble(), {"draw": 3}),
        "Ensemble.top": (ensemble(), {"k": 3}),
        "Ensemble.scores_draws": (ensemble(), {"m": 5}),
        "Ensemble.by_source": (ensemble(), {}),
        "Ensemble.plot": (ensemble(), {}),
        "Index.plot": (index(), {}),
        "Comparison.plot": (gt.compare(index(), gt.build_index(table() ** 2, RECIPE)), {"language": "zh"}),
        "Framework.children": (FRAMEWORK, {"code": "p"}),
        "Framework.node": (FRAMEWORK, {"code": "p"}),
        "Framework.parent": (FRAMEWORK, {"code": "p"}),
        "Framework.names": (FRAMEWORK, {"language": "zh"}),
        "Framework.with_weights": (FRAMEWORK, {"weights": {"p": 2.0}}),
        "Framework.flat": (gt.Framework, {"columns": CODES}),
        "Framework.from_dict": (gt.Framework, {"tree": {"p": {"a": 1}}, "directions": {"a": 1}}),
        "Framework.from_frame": (gt.Framework, {"frame": FRAMEWORK.to_frame()}),
        "Framework.to_frame": (FRAMEWORK, {}),
        "ChangeExplained.of": (change(), {"unit": "u1"}),
        "InputError.in_language": (gt.InputError("x"), {"language": "zh"}),
        "ChangeExplained.plot": (change(), {"language": "zh"}),
        "Survival.plot": (gt.survives(index(), "u1", draws=20), {"language": "zh"}),
        "LeftOutInTurn.turned_by": (gt.leave_one_unit_out(table(), RECIPE), {"a": "u0", "b": "u1"}),
        "Pooled.notes_in": (gt.pool([FIT, FIT]), {"language": "zh"}),
        "RankRule.to_dict": (gt.RankRule(), {}),
        "Recipe.members": (RECIPE, {"code": "p"}),
        "Recipe.sums": (RECIPE, {"code": "p"}),
        "Recipe.aggregator": (RECIPE, {"code": "p"}),
        "Recipe.without_each": (RECIPE, {"codes": ["a", "p"]}),
        "Recipe.describe": (RECIPE, {"language": "zh", "form": "lines"}),
        "Recipe.to_dict": (RECIPE, {}),
        "Recipe.from_dict": (gt.Recipe, {"data": RECIPE.to_dict()}),
        "RobustComparisons.prevalence": (gt.robust_comparisons(index(), r=0.5), {"levels": [0.1, 0.5]}),
        "Sensitivity.of": (sensitivity(), {"output": "rank", "unit": "u1"}),
        "Sensitivity.per_unit": (sensitivity(), {"output": "rank", "order": "first"}),
        "Sensitivity.notes_in": (sensitivity(), {"language": "zh"}),
        "Transform.prepare": (gt.transform_of(gt.geometric_mean), {"scores": table()}),
        "Index.rank_by": (index(), {"node": "p"}),
        "Index.what_is_there": (index(), {"unit": "u1", "node": "p"}),
        "Index.why_withheld": (index(), {"unit": "u1", "node": "p"}),
    }
    for name, (value, given) in methods.items():
        made.append(Call(name, getattr(value, name.partition(".")[2]), given))
    names, nodes = {"u1": "One"}, {"p": "Pillar"}
    made += [
        Call(f"plot.{name}", getattr(gt.plot, name), given)
        for name, given in {
            "acceptability": {"result": ensemble(), "names": names},
            "change_explained": {"result": change(), "unit": "u1", "sources": {"values": "Values"}},
            "contributions": {"result": index(), "nodes": nodes},
            "correlations": {"result": index(), "nodes": nodes},
            "distribution": {"result": index(), "unit": "u1"},
            "framework": {"result": FRAMEWORK},
            "missing_map": {"result": index(), "nodes": nodes},
            "panel_lines": {"result": CHANCE, "what": "ranks"},
            "rank_shift": {"rankings": CHANCE, "columns": ["x", "y", "z"], "highlight": "movers"},
            "ranks": {"result": ensemble(), "places": (1, 5)},
            "sobol_shares": {"result": sensitivity(), "output": "rank", "unit": "u1"},
            "tiers": {"table": SETS.assign(tier=gt.tiers(SETS), rank=[1, 2, 3, 4])},
            "unit_profile": {"result": index(), "unit": "u1"},
            "weight_sensitivity": {"result": index(), "node": "p"},
            "weight_stability": {"result": index()},
        }.items()
    ]
    options = (gt.arithmetic_mean, gt.geometric_mean)
    made.append(
        Call("one_of", lambda step, at, level: gt.one_of(step, *options, at=at, level=level),
             {"step": "aggregate", "at": None, "level": None})
    )  # fmt: skip
    made.append(Call("Framework.without", lambda code: FRAMEWORK.without(code), {"code": "a"}))
    made.append(Call("Recipe.without", lambda code: RECIPE.without(code), {"code": "a"}))
    made.append(Call("Recipe.vary", lambda normalise: RECIPE.vary(normalise=normalise), {"normalise": [gt.z_score]}))
    return made


def _formula(x: np.ndarray, bounds: Any = None) -> np.ndarray:
    return x


SOUND = partial(cache(_calls))
