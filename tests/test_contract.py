"""The public contract: the names, signatures, defaults and shapes that other people's notebooks call."""

import dataclasses
import inspect
import json
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt

FRAMEWORK = """\
code,parent,name_en,name_zh,weight,direction,worst,best,unit,note
index,,Toy,玩具指数,,,,,,
open,index,Openness,公开,2,,,,,
answer,index,Answers,答复,1,,,,,
p,open,Policies,政策,1,1,0,10,,
q,open,Quality,质量,1,1,0,10,,
d,answer,Days,天数,1,-1,40,0,days,
s,answer,Share,比例,3,1,0,100,%,
"""
UNITS = list("ABCDEFGHIJKL")
INDICATORS = ["p", "q", "d", "s"]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    skill = np.linspace(8, 3, len(UNITS))[:, None] + rng.normal(0, 0.8, (len(UNITS), 4))
    values = skill * [1, 1, -4, 10] + [0, 0, 39, 0]
    return pd.DataFrame(
        values.clip([1, 1, 1, 5], [9, 9, 39, 99]), index=pd.Index(UNITS, name="unit"), columns=INDICATORS
    )


@pytest.fixture(scope="module")
def framework(tmp_path_factory) -> gt.Framework:
    path = tmp_path_factory.mktemp("contract") / "framework.csv"
    path.write_text(FRAMEWORK, encoding="utf-8")
    return gt.read_framework(str(path))


@pytest.fixture(scope="module")
def recipe(framework) -> gt.Recipe:
    return gt.Recipe(framework=framework, normalise=gt.min_max, aggregate=gt.arithmetic_mean)


@pytest.fixture(scope="module")
def index(table, recipe) -> gt.Index:
    return gt.build_index(table, recipe)


@pytest.fixture(scope="module")
def sources() -> list:
    return [
        gt.one_of("normalise", gt.min_max, gt.percentile_rank),
        gt.one_of("aggregate", gt.arithmetic_mean, gt.geometric_mean),
        gt.weights_within(0.25),
        gt.without_one_indicator(),
    ]


@pytest.fixture(scope="module")
def ranks_by_year() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame({year: rng.permutation(12) + 1 for year in (2021, 2022, 2023, 2024)}, index=UNITS)


def test_a_table_is_read_wide_or_long(tmp_path, table, framework):
    given = table.copy()
    given.loc["B", "q"] = np.nan
    given.to_csv(tmp_path / "indicators.csv")
    long = given.melt(ignore_index=False, var_name="indicator").reset_index()
    long.to_csv(tmp_path / "long.csv", index=False)
    for name in ("indicators.csv", "long.csv"):
        pd.testing.assert_frame_equal(gt.read_table(tmp_path / name, framework), given)


def test_an_index_has_scores_ranks_and_the_recipe_that_made_it(table, framework, recipe, index):
    share = pd.DataFrame({"p": table["p"] / 10, "q": table["q"] / 10, "d": 1 - table["d"] / 40, "s": table["s"] / 100})
    by_hand = 100 * ((share["p"] + share["q"]) / 3 + (share["d"] + 3 * share["s"]) / 12)
    assert isinstance(index.scores, pd.DataFrame)
    assert index.scores.index.equals(table.index)
    assert set(index.scores) == {*INDICATORS, "open", "answer", "index"}
    np.testing.assert_allclose(index.scores["index"], by_hand, rtol=0, atol=1e-12)
    assert isinstance(index.ranks, pd.Series)
    assert index.ranks.tolist() == by_hand.rank(ascending=False, method="min").astype(int).tolist()
    assert index.recipe is recipe
    said = json.loads(json.dumps(index.recipe.to_dict()))
    assert said["schema"] == 1
    assert set(said) == {"schema", "framework", "treat", "normalise", "aggregate", "missing", "rank"}
    assert gt.Recipe.from_dict(said) == dataclasses.replace(recipe)


def test_a_recipe_has_the_defaults_of_the_contract(framework):
    recipe = gt.Recipe(framework)
    assert recipe.treat == ()
    assert (recipe.normalise, recipe.aggregate) == (gt.min_max, gt.arithmetic_mean)
    assert recipe.missing == gt.spread_weights(min_coverage=0.65) == gt.spread_weights()
    assert recipe.rank == gt.RankRule() == gt.RankRule(decimals=10, rounding="half_even", ties="min")
    with pytest.raises(dataclasses.FrozenInstanceError):
        recipe.rank = gt.RankRule(decimals=1)  # type: ignore[misc]


def test_recipes_vary_into_their_product(table, recipe, index):
    others = recipe.vary(normalise=[gt.min_max, gt.z_score], aggregate=[gt.arithmetic_mean, gt.geometric_mean])
    assert [(other.normalise, other.aggregate) for other in others] == [
        (gt.min_max, gt.arithmetic_mean),
        (gt.min_max, gt.geometric_mean),
        (gt.z_score, gt.arithmetic_mean),
        (gt.z_score, gt.geometric_mean),
    ]
    shifts = [gt.rank_shift(gt.build_index(table, other).ranks, index.ranks) for other in others]
    assert (shifts[0] == 0).all()
    assert all(isinstance(shift, pd.Series) and shift.index.equals(table.index) for shift in shifts)
    assert gt.rank_shift(pd.Series({"A": 1}), pd.Series({"A": 4})).to_dict() == {"A": 3}  # gained three places


def test_methods_may_differ_by_level_and_by_node(table, framework, recipe):
    levels = gt.build_index(
        table, dataclasses.replace(recipe, aggregate=gt.by_level([gt.arithmetic_mean, gt.geometric_mean]))
    )
    nodes = gt.by_node({"index": gt.geometric_mean}, otherwise=gt.arithmetic_mean)
    by_node = gt.build_index(table, dataclasses.replace(recipe, aggregate=nodes))
    pd.testing.assert_frame_equal(levels.scores, by_node.scores)
    by_hand = np.exp((2 * np.log(levels.scores["open"]) + np.log(levels.scores["answer"])) / 3)
    np.testing.assert_allclose(levels.scores["index"], by_hand, rtol=0, atol=1e-12)
    scales = gt.by_node({"p": gt.percentile_rank}, otherwise=gt.min_max)
    mixed = gt.build_index(table, dataclasses.replace(recipe, normalise=scales)).scores
    np.testing.assert_allclose(mixed["p"], 100 * table["p"].rank() / 12)
    np.testing.assert_allclose(mixed["q"], 10 * table["q"])


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("min", [1, 2, 2, 4]),
        ("max", [1, 3, 3, 4]),
        ("dense", [1, 2, 2, 3]),
        ("average", [1, 2.5, 2.5, 4]),
        ("ordinal", [1, 2, 3, 4]),
    ],
)
def test_ranks_follow_every_tie_rule(ties, expected):
    assert gt.rank(pd.Series([9.0, 7.0, 7.0, 1.0]), gt.RankRule(ties=ties)).tolist() == expected


def test_ranks_follow_both_rounding_rules():
    scores = pd.Series([0.25, 0.2, 0.3])
    assert gt.rank(scores, gt.RankRule(decimals=1, rounding="half_even")).tolist() == [2, 2, 1]
    assert gt.rank(scores, gt.RankRule(decimals=1, rounding="half_up")).tolist() == [1, 3, 1]


def test_the_ensemble(table, recipe, index, sources):
    ensemble = gt.uncertainty_analysis(table, recipe, sources, draws=300, rng=2024)
    intervals = ensemble.intervals(level=0.90)
    assert list(intervals) == ["rank", "median", "low", "high"]
    assert intervals.index.equals(table.index)
    assert intervals["rank"].equals(index.ranks)
    assert (intervals["low"] <= intervals["median"]).all()
    assert (intervals["median"] <= intervals["high"]).all()
    assert ensemble.acceptability.index.equals(table.index)
    assert set(ensemble.acceptability.columns) <= set(range(1, 13))
    np.testing.assert_allclose(ensemble.acceptability.sum(axis=1), 1, rtol=0, atol=1e-12)
    first = ensemble.acceptability.loc[:, [rank for rank in ensemble.acceptability if rank <= 10]].sum(axis=1)
    assert isinstance(ensemble.top(10), pd.Series)
    np.testing.assert_allclose(ensemble.top(10), first)
    assert isinstance(ensemble.beats("A", "B"), float)
    assert ensemble.beats("A", "L") == 1
    assert ensemble.beats("A", "B") + ensemble.beats("B", "A") <= 1
    again = gt.uncertainty_analysis(table, recipe, sources, draws=300, rng=np.random.default_rng(2024))
    assert again.acceptability.shape == ensemble.acceptability.shape


def test_the_sensitivity(table, recipe, sources):
    found = gt.sensitivity_analysis(table, recipe, sources, samples=64, rng=2024)
    for shares in (found.first_order, found.total_order):
        assert len(shares) == len(sources)
        assert {"estimate", "low", "high"} <= set(shares)
        assert (shares["low"] <= shares["high"]).all()


@pytest.mark.parametrize(
    "source",
    [
        gt.weights_anywhere(),
        gt.weights_around(50),
        gt.weights_ordered(["open", "answer"]),
        gt.weights_bounded({"open": (0.5, 0.8)}),
        gt.expert_weights(pd.DataFrame({"open": [2, 1.0], "answer": [1.0, 3]}, index=["X", "Y"])),
        gt.without_one_pillar(),
        gt.imputation(gt.impute_mean, gt.impute_median),
        gt.marks_noise(
            pd.DataFrame(
                {"unit": ["A", "A", "B", "B"], "indicator": ["p"] * 4, "assessor": list("xyxy"), "mark": [1.0, 2, 1, 3]}
            )
        ),
    ],
    ids=lambda source: getattr(source, "name", type(source).__name__),
)
def test_every_source_draws(table, recipe, source):
    table = table.copy()
    table.loc[["A", "L"], "q"] = np.nan
    spread = gt.uncertainty_analysis(table, recipe, [source], draws=20, rng=0).intervals()
    assert spread.notna().all(axis=None)


def test_an_edition_is_read():
    edition = gt.read_edition("tai", 2001)
    assert edition.status == "official"
    assert isinstance(edition.framework, gt.Framework)
    assert isinstance(edition.tables["country"], pd.DataFrame)
    assert isinstance(edition.recipe, gt.Recipe)
    assert hasattr(edition, "record")
    assert list(gt.review(edition).columns[:1]) == ["step"]


def test_claims_are_audited_against_one_index_or_one_a_group():
    edition = gt.read_edition("cgti", 2012)
    index = gt.build_index(edition.tables["province"], edition.recipe)
    audit = gt.audit_claims(edition, index)
    pd.testing.assert_frame_equal(audit, gt.audit_claims(edition, {"province": index}))
    assert set(audit["verdict_record"]) <= {"confirmed", "contradicted", "not checkable"}


TREATMENTS = [
    *("winsorise", "jrc_outliers", "log_transform", "box_cox", "denominate", "screen_units"),
    *("impute_mean", "impute_group_mean", "impute_median", "impute_knn", "impute_iterative", "impute_panel"),
]


@pytest.mark.parametrize("name", TREATMENTS)
def test_treatments_take_a_table_and_a_framework_and_give_a_table(name, table, framework):
    given = table.copy()
    if name.startswith("impute"):
        given.loc["B", "q"] = np.nan
    options = {
        "winsorise": {"points": 1},
        "impute_group_mean": {"groups": pd.Series(["x", "y"] * 6, index=table.index)},
        "impute_panel": {"tables": {2023: table}, "year": 2024},
        "denominate": {"by": pd.Series(2.0, index=table.index)},
    }
    if name in ("log_transform", "box_cox"):  # which refuse indicators whose goalposts they would not transform
        framework = gt.Framework(dataclasses.replace(node, worst=np.nan, best=np.nan) for node in framework.nodes)
    treated = getattr(gt, name)(given, framework, **options.get(name, {}))
    assert isinstance(treated, pd.DataFrame)
    assert list(treated) == INDICATORS
    assert treated.notna().all(axis=None)


NORMALISERS = [
    *("min_max", "z_score", "robust_z", "rank_score", "borda", "percentile_rank", "categorical", "logistic"),
    *("ratio_to_best", "ratio_to_worst", "ratio_to_mean", "difference_to_mean", "distance_to_target"),
    *("distance_to_unit", "above_below_mean", "mazziotta_pareto_scale"),
]


@pytest.mark.parametrize("name", NORMALISERS)
def test_normalisers_take_values_and_goalposts_and_give_values(name, table, recipe):
    method = getattr(gt, name)
    method = partial(method, unit="C") if name == "distance_to_unit" else method
    scores = method(table["p"], (1, 10))
    assert isinstance(scores, pd.Series)
    assert scores.index.equals(table.index)
    steps = np.diff(scores[table["p"].sort_values().index])
    assert (steps >= 0).all()
    assert steps.any()
    bare = gt.Framework(dataclasses.replace(node, worst=np.nan, best=np.nan) for node in recipe.framework.nodes)
    framework = recipe.framework if name == "distance_to_target" else bare  # ratios refuse the goalpost 0
    build = gt.build_index(table, gt.Recipe(framework, normalise=method))
    days = build.scores["d"][table["d"].sort_values().index]  # fewer are better
    assert (np.diff(days) <= 1e-12).all()


def test_normalisers_have_the_defaults_of_the_contract(table):
    p = table["p"]
    np.testing.assert_allclose(gt.min_max(p, (0, 10)), 10 * p)
    np.testing.assert_allclose(gt.min_max(p, None), 100 * (p - p.min()) / (p.max() - p.min()))
    np.testing.assert_allclose(gt.min_max(p, (0, 10), to=(1, 100)), 1 + 9.9 * p)
    np.testing.assert_allclose(gt.z_score(p, None), 50 + 10 * (p - p.mean()) / p.std())
    assert inspect.signature(gt.min_max).parameters["to"].default == (0, 100)
    assert [inspect.signature(gt.z_score).parameters[key].default for key in ("mean", "sd")] == [50, 10]


COMPARISONS = pd.DataFrame([[1, 3], [1 / 3, 1]], index=["open", "answer"], columns=["open", "answer"])
BEST_WORST = pd.DataFrame({"best_to_others": [1, 3], "others_to_worst": [3, 1]}, index=["open", "answer"])
WEIGHTERS = {
    "equal_weights": {},
    "equal_indicator_weights": {},
    "budget_allocation": {"points": {"open": 70, "answer": 30}},
    "ahp_weights": {"comparisons": COMPARISONS},
    "best_worst_weights": {"comparisons": BEST_WORST},
    "rank_order_weights": {"ranks": {"open": 1, "answer": 2}},
    "entropy_weights": {},
    "critic_weights": {},
    "merec_weights": {},
    "sd_weights": {},
    "pca_weights": {},
    "regression_weights": {"outcome": pd.Series(np.linspace(9, 1, 12), index=UNITS), "at": "across_pillars"},
    "unobserved_components_weights": {"at": "across_pillars"},
    "importance_weights": {"at": "across_pillars", "least": 0.01},
}


@pytest.mark.parametrize("name", WEIGHTERS)
def test_weighters_take_a_framework_and_a_table_and_give_a_framework(name, table, framework):
    weighted = getattr(gt, name)(framework, table, **WEIGHTERS[name])
    assert isinstance(weighted, gt.Framework)
    assert weighted.indicators == framework.indicators
    assert weighted.effective_weights.sum() == pytest.approx(1, abs=1e-12)
    if name == "equal_weights":
        assert weighted.effective_weights.tolist() == [0.25] * 4
    else:
        assert not np.allclose(weighted.weights, framework.weights)


AGGREGATORS = [
    *("arithmetic_mean", "geometric_mean", "harmonic_mean", "power_mean", "median", "owa", "choquet", "mean_min"),
    *("mazziotta_pareto", "adjusted_mazziotta_pareto", "copeland", "kemeny", "borda_count", "topsis", "vikor"),
    *("promethee", "benefit_of_the_doubt"),
]
AGGREGATOR_OPTIONS = {"power_mean": {"p": 0.5}, "owa": {"orness": 0.3}, "choquet": {"interaction": [("a", "b", 0.1)]}}


@pytest.mark.parametrize("name", AGGREGATORS)
def test_aggregators_take_scores_and_weights_and_give_scores(name):
    scores = pd.DataFrame({"a": [90.0, 60, 20, 50], "b": [80.0, 70, 10, 30]}, index=list("WXYZ"))
    result = getattr(gt, name)(scores, pd.Series({"a": 0.6, "b": 0.4}), **AGGREGATOR_OPTIONS.get(name, {}))
    assert isinstance(result, pd.Series)
    assert result.index.equals(scores.index)
    assert result.notna().all()
    assert gt.rank(result).tolist() == [1, 2, 4, 3]


@pytest.mark.parametrize("norm", ["one", "l1", "l2", "linf"])
def test_the_distance_to_a_swap_in_every_norm(index, norm):
    open_, answer = (index.scores.loc["B"] - index.scores.loc["C"])[["open", "answer"]]
    moved = 2 / 3 - answer / (answer - open_)  # the weight of `open` at which B and C are equal
    assert 0 < moved < 2 / 3
    distance = moved * {"one": 1, "l1": 2, "l2": np.sqrt(2), "linf": 1}[norm]
    swap = gt.weight_to_swap(index, "B", "C", norm=norm)
    assert swap.norm == norm
    assert swap.feasible
    assert swap.distance == pytest.approx(distance, abs=1e-9)


@pytest.mark.parametrize("keep", ["first", "order", 3])
def test_weights_have_ranges_that_keep_the_ranking(index, keep):
    ranges = gt.weight_stability(index, keep=keep)
    assert {"weight", "low", "high"} <= set(ranges)
    assert ((ranges["low"] <= ranges["weight"]) & (ranges["weight"] <= ranges["high"])).all()


def test_the_other_thresholds(index):
    above = gt.dominance(index)
    assert above.shape == (12, 12)
    assert above.dtypes.eq(bool).all()
    gt.robust_comparisons(index, 0.5)
    assert gt.can_be_first(index, index.ranks.idxmin()).possible
    assert gt.what_would_it_take(index, "B", 1).index.tolist() == INDICATORS
    assert gt.rescore(index, {"open": 2, "answer": 1}).ranks.equals(index.ranks)


def test_rankings_are_compared(ranks_by_year):
    compared = gt.compare_rankings(ranks_by_year)
    assert "tau_b" in compared.index.get_level_values("statistic")
    reversed_ranks = pd.DataFrame({"x": range(1, 6), "y": range(5, 0, -1)})
    assert gt.kendall_w(reversed_ranks).w == pytest.approx(0, abs=1e-12)
    assert gt.kendall_w(reversed_ranks[["x", "x"]].set_axis(["x", "z"], axis=1)).w == pytest.approx(1)
    assert 0 <= gt.friedman(ranks_by_year).p_value <= 1
    assert gt.rank_biased_overlap(ranks_by_year[2021], ranks_by_year[2021]) == pytest.approx(1)
    assert 0 < gt.rank_biased_overlap(ranks_by_year[2021], ranks_by_year[2022]) < 1
    np.testing.assert_allclose(gt.mobility(ranks_by_year).transitions.sum(axis=1), 1)


def test_streaks_are_runs_among_the_first_k():
    ranks = pd.DataFrame({2021: [1, 2, 3], 2022: [1, 3, 2], 2023: [2, 3, 1]}, index=list("XYZ"))
    runs = gt.streaks(ranks, k=1).set_index("unit")
    assert runs.loc["X", ["first", "last", "editions"]].tolist() == [2021, 2022, 2]
    assert runs.loc["Z", ["first", "last", "editions"]].tolist() == [2023, 2023, 1]
    assert "Y" not in runs.index


def test_ranks_have_confidence_sets():
    estimates = pd.Series([10.0, 5.0, 4.9, 1.0], index=list("WXYZ"))
    errors = pd.Series(0.1, index=estimates.index)
    sets = gt.rank_confidence_sets(estimates, errors, level=0.95, simultaneous=True, rng=1)
    assert sets[["rank", "low", "high"]].to_numpy().tolist() == [[1, 1, 1], [2, 2, 3], [3, 2, 3], [4, 4, 4]]
    assert gt.tiers(sets).to_dict() == {"W": 1, "X": 2, "Y": 2, "Z": 3}
    assert list(gt.top_set(estimates, errors, k=2)) == ["W", "X", "Y"]


def test_coherence_is_looked_at(table, index):
    assert gt.correlations(table).matrix.shape == (4, 4)
    same = pd.DataFrame({"a": [1.0, 2, 3, 5], "b": [1.0, 2, 3, 5]})
    assert gt.cronbach_alpha(same).alpha == pytest.approx(1)
    assert gt.kmo(table).between(0, 1).all()
    assert gt.bartlett(table).df == 6
    assert gt.principal_components(table).variance["share"].sum() == pytest.approx(1)
    assert gt.importance(index).index.tolist() == INDICATORS


def test_weights_are_recovered_from_published_scores():
    scores, weights = pd.DataFrame({"a": [90.0, 40, 66], "b": [10.0, 80, 60]}), pd.Series({"a": 0.6, "b": 0.4})
    found = gt.feasible_weights(scores, (scores @ weights).round(2), decimals=2, grid=0.05, min_weight=0.0)
    assert list(found.bounds) == ["low", "high"]
    assert (found.bounds["low"] <= weights).all()
    assert (weights <= found.bounds["high"]).all()
    assert found.grid.round(12).to_dict("records") == [{"a": 0.6, "b": 0.4}]
    one = gt.feasible_weights({"a": 90.0, "b": 10.0}, 58.0)
    assert (one.bounds.loc["a", "low"] <= 0.6) and (one.bounds.loc["a", "high"] >= 0.6)


def test_assessors_agree_or_not():
    rows = [("u", "p", "x", 1.0), ("u", "p", "y", 1.0), ("v", "p", "x", 0.0), ("v", "p", "y", 0.0)]
    marks = pd.DataFrame(rows, columns=["unit", "indicator", "assessor", "mark"]).assign(not_applicable=False)
    found = gt.agreement(marks)
    assert {"cohen_kappa", "weighted_kappa", "fleiss_kappa", "alpha"} <= set(found)


def test_questions(table, recipe, index):
    later = gt.build_index(table * 0.99, recipe)
    found = gt.explain_change(index, later)
    parts = ["values", "weights", "goalposts", "indicators", "missing", "method"]
    np.testing.assert_allclose(found.scores[parts].sum(axis=1), found.scores["change"], atol=1e-10)
    assert found.ranks[["own", "others", "rule"]].sum(axis=1).tolist() == found.ranks["places"].tolist()
    card = gt.survives(index, "A", draws=50)
    assert card.rank == 1 and card.shares["share"].sum() == pytest.approx(1)
    assert gt.leave_one_unit_out(table, recipe).by_construction
    assert list(gt.leave_one_indicator_out(index).table.index) == INDICATORS
    assert list(gt.imputation_check(table, recipe, folds=2, resamples=20).best.index) == INDICATORS
    assert gt.compare(index, later).agreement.loc["tau_b", "units"] == 12
    answers = [found, card, gt.compare(index, later)]
    assert all(answer.text.zh and answer.text.en and answer.status == () for answer in answers)
