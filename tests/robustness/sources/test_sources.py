"""Sources of uncertainty: how they are drawn, and the sentence with which each refuses what changes nothing."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from tests.examples import FOUR_UNITS as TABLE
from tests.examples import TWO_PILLARS as TREE
from tests.examples import refusal_of_sources as refused


def draw(source, draws=20_000, framework=TREE):
    """Return the weights drawn, as shares among siblings."""
    drawn = source.bind(framework)
    frame = pd.DataFrame(drawn.draw(np.random.default_rng(1), draws), columns=list(drawn.nodes))
    for parent in {framework.parent(code) for code in drawn.nodes}:
        codes = [code for code in drawn.nodes if framework.parent(code) == parent]
        frame[codes] = frame[codes].div(frame[codes].sum(axis=1), axis=0)
    return frame


def test_weights_anywhere_are_uniform_on_the_simplex_of_each_node():
    w = draw(gt.weights_anywhere())
    assert list(w) == ["p", "q", "a", "b", "c"]
    # a share of Dirichlet(1, 1, 1) is Beta(1, 2): mean 1/3, variance 1/18; of two, uniform
    assert w["a"].mean() == pytest.approx(1 / 3, abs=0.01)
    assert w["a"].var() == pytest.approx(1 / 18, abs=0.002)
    assert np.quantile(w["p"], [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.015)


def test_flat_weights_are_uniform_over_all_indicators_and_pillars_are_their_sums():
    drawn = gt.weights_anywhere(flat=True).bind(TREE)
    w = pd.DataFrame(drawn.draw(np.random.default_rng(1), 20_000), columns=list(drawn.nodes))
    np.testing.assert_allclose(w["p"], w[["a", "b", "c"]].sum(axis=1))
    np.testing.assert_allclose(w["q"], w["d"])
    share = w["p"] / (w["p"] + w["q"])
    assert share.mean() == pytest.approx(3 / 4, abs=0.01)
    assert share.var() == pytest.approx(3 * 1 / (16 * 5), abs=0.002)


def test_weights_around_have_the_recipes_weights_as_mean_and_the_documented_variance():
    w = draw(gt.weights_around(20, at="p"))
    assert w.mean().tolist() == pytest.approx([0.1, 0.4, 0.5], abs=0.005)
    assert w["b"].var() == pytest.approx(0.4 * 0.6 / 21, rel=0.05)
    drawn = gt.weights_around(20, at="p").bind(TREE)
    again = drawn.make(np.random.default_rng(2).random((4000, 3)))
    assert (again / again.sum(axis=1, keepdims=True)).mean(axis=0).tolist() == pytest.approx([0.1, 0.4, 0.5], abs=0.01)


def test_ordered_weights_keep_the_order_and_average_to_the_centroid():
    w = draw(gt.weights_ordered(["c", "a", "b"]))
    assert ((w["c"] >= w["a"]) & (w["a"] >= w["b"])).all()
    assert w[["c", "a", "b"]].mean().tolist() == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.006)


@pytest.mark.parametrize("width", [0.3, 0.01])
def test_bounded_weights_are_uniform_within_the_bounds(width):
    """Narrow bounds are drawn by chains: their draws are those of a box cut by the plane of sums 1."""
    bounds = {code: (share - width / 2, share + width / 2) for code, share in {"a": 0.3, "b": 0.3}.items()}
    w = draw(gt.weights_bounded(bounds | {"c": (0.4 - width / 4, 0.4 + width / 4)}))
    low, high = 0.3 - width / 2, 0.3 + width / 2
    assert w[["a", "b"]].to_numpy().min() >= low - 1e-12
    assert w[["a", "b"]].to_numpy().max() <= high + 1e-12
    box = np.random.default_rng(3).uniform(low, high, (200_000, 2))
    kept = box[np.abs(1 - box.sum(axis=1) - 0.4) <= width / 4]
    scaled = (w[["a", "b"]].to_numpy() - low) / width
    np.testing.assert_allclose(scaled.mean(axis=0), (kept.mean(axis=0) - low) / width, atol=0.01)
    np.testing.assert_allclose(np.cov(scaled.T), np.cov(kept.T) / width**2, atol=0.003)


def test_many_bounded_weights_stay_within_narrow_bounds():
    tree = Framework([Node("index", ""), *(Node(f"i{number}", "index") for number in range(40))])
    bounds = {f"i{number}": (0.75 / 40, 1.25 / 40) for number in range(40)}
    w = draw(gt.weights_bounded(bounds), draws=500, framework=tree).to_numpy()
    assert w.min() >= 0.75 / 40 - 1e-12
    assert w.max() <= 1.25 / 40 + 1e-12
    assert w.std() == pytest.approx(0.5 / 40 / np.sqrt(12), rel=0.05)


def test_weights_within_are_uniform_factors_by_level():
    drawn = gt.weights_within([0.5, 0.1]).bind(TREE)
    w = pd.DataFrame(drawn.draw(np.random.default_rng(1), 20_000), columns=list(drawn.nodes))
    assert list(w) == ["p", "q", "a", "b", "c"]
    assert w["p"].min() >= 0.9
    assert w["p"].max() <= 1.1
    assert w["a"].var() == pytest.approx(1 / 12, abs=0.002)
    assert gt.weights_within(0.25, level=2).bind(TREE).nodes == ("p", "q")
    assert gt.weights_within(0.25, nodes=["a"]).bind(TREE).nodes == ("a",)


def test_each_expert_is_as_likely():
    panel = pd.DataFrame({"p": [1, 3], "q": [1, 1], "a": [1, 2], "b": [1, 2], "c": [2, 1]}, index=["E", "F"])
    w = draw(gt.expert_weights(panel))
    assert w.drop_duplicates().shape == (2, 5)
    assert (w["p"] == 0.5).mean() == pytest.approx(0.5, abs=0.02)


def impute_low(table, framework):
    return table.fillna(0.0)


def impute_high(table, framework):
    return table.fillna(9.0)


def cut(table, framework, *, top=9.0):
    return table.clip(upper=top)


def test_imputations_replace_the_recipes_own_where_it_stands():
    gappy = TABLE.copy()
    gappy.loc["W", "a"] = np.nan
    recipe = Recipe(TREE, treat=(impute_low, cut), missing=gt.spread_weights(min_coverage=0.5))
    choice = gt.imputation(None, impute_low, impute_high).bind(recipe, gappy)
    assert choice.labels == ("none", "impute_low", "impute_high")
    assert choice.apply(recipe, gappy, 0).treat == (cut,)
    assert choice.apply(recipe, gappy, 2).treat == (impute_high, cut)
    ensemble = gt.uncertainty_analysis(gappy, recipe, gt.imputation(impute_low, impute_high), draws=1000, rng=0)
    low, high = (gt.build_index(gappy, Recipe(TREE, treat=(one, cut))).ranks for one in (impute_low, impute_high))
    expected = (pd.get_dummies(low).reindex(columns=range(1, 5), fill_value=False) * 0.5).add(
        pd.get_dummies(high).reindex(columns=range(1, 5), fill_value=False) * 0.5
    )
    np.testing.assert_allclose(ensemble.acceptability, expected, atol=0.06)
    assert "the table has no missing value" in refused(gt.imputation(None, impute_low))


def test_a_threshold_varies_the_parameter_of_the_treatment_in_the_recipe():
    recipe = Recipe(TREE, treat=partial(cut, top=8.0))
    choice = gt.threshold(cut, "top", [6.0, 9.0]).bind(recipe, TABLE)
    assert choice.labels == ("6.0", "9.0")
    (step,) = choice.apply(recipe, TABLE, 0).treat
    assert step.keywords == {"top": 6.0}
    assert gt.uncertainty_analysis(TABLE, recipe, gt.threshold(cut, "top", [3.0, 9.0]), draws=9, rng=0).draws == 9
    assert "the recipe does not treat with cut; its treatments: none" in refused(gt.threshold(cut, "top", [6.0, 9.0]))


def marks(values):
    rows = [("W", "a", str(number), mark) for number, mark in enumerate(values)]
    rows += [("X", "a", "0", 7.0), ("X", "a", "1", 7.0), ("Y", "d", "0", 1.0), ("Y", "d", "1", 1.0)]
    return pd.DataFrame(rows, columns=["unit", "indicator", "assessor", "mark"])


def test_values_of_a_threshold_may_come_to_the_same_but_not_all():
    table = pd.DataFrame({"a": [1.0, 2, 3, 4, 60], "b": [5.0, 3, 4, 1, 2]}, index=list("VWXYZ"))
    tree = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    recipe = Recipe(tree, treat=(partial(gt.jrc_outliers, kurtosis=3.5),))
    skewness = table["a"].skew()
    grid = np.linspace(skewness - 1, skewness + 0.5, 7)
    ensemble = gt.uncertainty_analysis(
        table, recipe, gt.threshold(gt.jrc_outliers, "skewness", grid), draws=20_000, rng=1
    )
    treated = gt.build_index(table, recipe).ranks["Z"]
    untreated = gt.build_index(table, Recipe(tree)).ranks["Z"]
    assert treated != untreated
    assert ensemble.acceptability.loc["Z", treated] == pytest.approx((grid < skewness).mean(), abs=0.015)
    said = refused(gt.threshold(gt.jrc_outliers, "skewness", grid[:3]), recipe, table)
    assert "all give every unit the same rank on this table, so choosing between them changes nothing" in said


def test_a_whole_step_is_chosen_before_changes_within_it_whatever_the_order():
    gappy = TABLE.copy()
    gappy.loc["W", "a"] = np.nan
    treats, fills = gt.one_of("treat", (), gt.log_transform), gt.imputation(None, gt.impute_mean)
    one, other = (
        gt.uncertainty_analysis(gappy, Recipe(TREE), sources, draws=20_000, rng=1).acceptability
        for sources in ([treats, fills], [fills, treats])
    )
    np.testing.assert_allclose(one, other, atol=0.015)


def test_numbers_of_numpy_are_numbers():
    assert gt.weights_around(np.int64(10)).name == "weights around, c = 10"
    assert gt.weights_within(np.float32(0.25)).name == "weights +-25%"
    assert gt.weights_bounded({"a": np.array([0.1, 0.2])}).name == "weights within bounds of a"
    assert gt.weights_within(0.25, nodes="a").bind(TREE).nodes == ("a",)


def test_marks_noise_is_the_pooled_disagreement_over_the_root_of_the_number_of_marks():
    source = gt.marks_noise(marks([5.0, 9.0, 7.0]))
    # within-unit variance of a: W has 4 with 2 degrees of freedom, X 0 with 1; pooled 8/3
    assert source.errors[("a", "W")] == pytest.approx(np.sqrt(8 / 3 / 3))
    assert source.errors[("a", "X")] == pytest.approx(np.sqrt(8 / 3 / 2))
    assert "d" not in source.limits.index
    disturbed = source.bind(Recipe(TREE), TABLE)
    rng = np.random.default_rng(0)
    drawn = np.array([disturbed.make(TABLE[["a"]].to_numpy(), rng)[:, 0] for _ in range(4000)])
    assert drawn[:, 2:].std() > 0
    assert (drawn[:, 2] == 2).all()
    assert drawn[:, 0].max() <= 9
    assert drawn[:, 1].mean() == pytest.approx(7, abs=0.05)
    assert drawn[:, 1].std() == pytest.approx(np.sqrt(8 / 3 / 2), rel=0.1)


def test_marks_without_disagreement_are_refused():
    with pytest.raises(InputError, match="no two assessors gave different marks on the same unit and indicator"):
        gt.marks_noise(marks([9.0, 9.0]))
    strange = marks([5.0, 9.0]).replace({"indicator": {"a": "z"}})
    assert "indicator 'z' is not in the framework" in refused(gt.marks_noise(strange))


def test_a_method_can_be_chosen_for_one_node_or_one_level():
    recipe = Recipe(TREE)
    floor = partial(gt.geometric_mean, floor=1)
    choice = gt.one_of("aggregate", gt.arithmetic_mean, floor, at="p").bind(recipe, TABLE)
    other = choice.apply(recipe, TABLE, 1)
    assert other.aggregator("p") is floor
    assert other.aggregator("index") is gt.arithmetic_mean
    level = gt.one_of("aggregate", gt.arithmetic_mean, floor, level=2).bind(recipe, TABLE)
    assert level.apply(recipe, TABLE, 1).aggregator("index") is floor
    assert level.apply(recipe, TABLE, 1).aggregator("p") is gt.arithmetic_mean
    assert "level = 3: the framework has levels 1 to 2" in refused(
        gt.one_of("aggregate", floor, gt.arithmetic_mean, level=3)
    )
    assert "unknown node 'x'" in refused(gt.one_of("aggregate", floor, gt.arithmetic_mean, at="x"))
    ranks = gt.one_of("normalise", gt.min_max, gt.percentile_rank, at="b").bind(recipe, TABLE)
    scores = gt.build_index(TABLE, ranks.apply(recipe, TABLE, 1)).scores
    assert scores["b"].tolist() == [75, 100, 50, 25]
    assert scores["a"].equals(gt.build_index(TABLE, recipe).scores["a"])


def test_leaving_out_a_pillar_keeps_the_methods_of_the_others():
    floor = partial(gt.geometric_mean, floor=1)
    recipe = Recipe(TREE, aggregate=gt.by_node({"p": floor, "q": gt.arithmetic_mean}, otherwise=gt.arithmetic_mean))
    moves = gt.one_at_a_time(TABLE, recipe, gt.without_one_pillar(), rng=0)
    assert moves.index.get_level_values("option").tolist() == ["none", "p", "q"]
    alone = gt.build_index(TABLE[["a", "b", "c"]], Recipe(TREE.without("q"), aggregate=floor)).ranks
    shift = gt.rank_shift(alone, gt.build_index(TABLE, recipe).ranks)
    assert moves.loc[("left-out pillar", "q"), list("WXYZ")].tolist() == shift.tolist()


def test_one_indicator_cannot_be_left_out():
    tree = Framework([Node("index", ""), Node("a", "index")])
    assert "leaving out any indicator would leave none" in refused(gt.without_one_indicator(), Recipe(tree))
