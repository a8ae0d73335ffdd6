"""Normalisers: hand-made figures, what must hold for all of them, directions, groups, references."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.normalisation import NORMALISERS

UNITS = list("uvwxyz")
# every name an edition's file may use, with the options it cannot do without
METHODS = NORMALISERS | {"distance_to_unit": partial(gt.distance_to_unit, unit="u")}
VARIANTS = METHODS | {
    "percentile_rank midpoint": partial(gt.percentile_rank, definition="midpoint", ties="average"),
    "categorical quintiles": partial(gt.categorical, quantiles=5, definition="midpoint"),
    "distance_to_unit difference": partial(gt.distance_to_unit, unit="u", form="difference"),
    "mazziotta_pareto_scale adjusted": partial(gt.mazziotta_pareto_scale, adjusted=True),
    "borda min": partial(gt.borda, ties="min"),
}
NOT_SHIFTED = ("ratio", "difference", "above_below", "distance_to_unit")  # a zero point matters to these
few = settings(max_examples=8, deadline=None)
columns = arrays(float, 6, elements=st.integers(1, 12).map(float), unique=True)
tables = arrays(float, (6, 2), elements=st.integers(1, 40).map(float)).filter(
    lambda x: (np.ptp(x, axis=0) > 0).all() and all(len(np.unique(c)) >= 4 for c in x.T)
)


def frame(x):
    return pd.DataFrame(x, index=UNITS, columns=["a", "b"])


def tree(direction=1, worst=1.0, best=40.0):
    if direction < 0:
        worst, best = best, worst
    nodes = [Node("a", "index", direction=direction, worst=worst, best=best)]
    return Framework([Node("index", ""), *nodes, Node("b", "index", direction=1, worst=1.0, best=40.0)])


@pytest.mark.parametrize("name", VARIANTS)
@few
@given(x=tables)
def test_more_is_never_worse_and_less_is_never_better_where_less_is_meant(name, x):
    for direction in (1, -1):
        scores = gt.normalise(frame(x), tree(direction), method=VARIANTS[name])["a"].to_numpy()
        order = np.argsort(direction * x[:, 0], kind="stable")
        assert (np.diff(scores[order]) >= -1e-9).all(), (direction, x[:, 0], scores)


@pytest.mark.parametrize("name", VARIANTS)
@few
@given(x=tables)
def test_a_direction_turned_twice_is_none(name, x):
    if name in ("unscaled", *(key for key in VARIANTS if key.startswith("ratio") or key == "distance_to_unit")):
        return  # a ratio of negated values is refused; see the test of ratios
    flipped = Framework(
        replace(node, direction=-1, worst=-node.worst, best=-node.best) if node.code == "a" else node
        for node in tree().nodes
    )
    table = frame(x)
    ours = gt.normalise(table.assign(a=-table["a"]), flipped, method=VARIANTS[name])
    np.testing.assert_allclose(ours, gt.normalise(table, tree(), method=VARIANTS[name]), rtol=1e-12)


@pytest.mark.parametrize("name", [key for key in VARIANTS if key.startswith("ratio") or key == "distance_to_unit"])
@few
@given(x=tables)
def test_a_ratio_is_turned_by_turning_the_ratio(name, x):
    table = frame(x)
    method = VARIANTS[name]
    for side in (tree(), tree(-1)):
        free = Framework(replace(node, worst=np.nan, best=np.nan) for node in side.nodes)
        scores = gt.normalise(table, free, method=method)["a"]
        assert (scores > 0).all()
        if name == "ratio_to_best":
            assert scores.max() == pytest.approx(1) and scores.idxmax() == (side.directions["a"] * table["a"]).idxmax()
        if name == "ratio_to_worst":
            assert scores.min() == pytest.approx(1)
    # twice as good is twice the ratio, whichever way is better
    down = gt.normalise(table, Framework(replace(n, worst=np.nan, best=np.nan) for n in tree(-1).nodes), method=method)
    ratio = down["a"].to_numpy()[:, None] / down["a"].to_numpy()
    np.testing.assert_allclose(ratio, x[:, 0] / x[:, 0][:, None])


@pytest.mark.parametrize("name", [key for key in VARIANTS if key != "unscaled"])
@few
@given(x=tables, factor=st.sampled_from([0.001, 7.0, 1e6]))
def test_the_measuring_unit_does_not_matter(name, x, factor):
    table = frame(x)
    for direction in (1, -1):
        posts = tree(direction)
        other = Framework(
            replace(node, worst=node.worst * factor, best=node.best * factor) if node.code == "a" else node
            for node in posts.nodes
        )
        ours = gt.normalise(table.assign(a=table["a"] * factor), other, method=VARIANTS[name])
        np.testing.assert_allclose(ours, gt.normalise(table, posts, method=VARIANTS[name]), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [k for k in VARIANTS if k != "unscaled" and not k.startswith(NOT_SHIFTED)])
@few
@given(x=tables, shift=st.sampled_from([-1000.0, 32.0]))
def test_the_zero_point_does_not_matter_to_methods_for_interval_scales(name, x, shift):
    table, posts = frame(x), tree()
    other = Framework(
        replace(node, worst=node.worst + shift, best=node.best + shift) if node.code == "a" else node
        for node in posts.nodes
    )
    ours = gt.normalise(table.assign(a=table["a"] + shift), other, method=VARIANTS[name])
    np.testing.assert_allclose(ours, gt.normalise(table, posts, method=VARIANTS[name]), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", VARIANTS)
@few
@given(x=tables, hole=st.integers(1, 5), order=st.permutations(UNITS))
def test_column_table_and_array_forms_agree_and_order_does_not_matter(name, x, hole, order):
    method, table = VARIANTS[name], frame(x)
    table.iloc[hole, 0] = np.nan
    assume((table["a"] - table["a"].median()).abs().median() > 0)  # the hole may leave more than half of them equal
    posts = tree(-1)
    whole = gt.normalise(table, posts, method=method)
    goal = tuple(posts.goalposts.loc["a", ["worst", "best"]])
    column = method(table["a"], goal, direction=-1)
    pd.testing.assert_series_equal(column, whole["a"])
    assert column.isna().tolist() == table["a"].isna().tolist()
    if "distance_to_unit" not in name:
        np.testing.assert_array_equal(method(table["a"].to_numpy(), goal, direction=-1), column.to_numpy())
    np.testing.assert_allclose(gt.normalise(table.loc[order], posts, method=method).loc[UNITS], whole, rtol=1e-12)


@pytest.mark.parametrize("name", VARIANTS)
@few
@given(x=tables)
def test_within_groups_is_each_group_by_itself_and_a_reference_of_oneself_changes_nothing(name, x):
    method, table, posts = VARIANTS[name], frame(x), tree(-1)
    np.testing.assert_allclose(
        gt.normalise(table, posts, method=partial(method, reference=table)), gt.normalise(table, posts, method=method)
    )
    one = pd.Series("all", index=UNITS)
    pd.testing.assert_frame_equal(
        gt.normalise(table, posts, method=partial(method, within=one)), gt.normalise(table, posts, method=method)
    )


def test_within_groups_and_against_another_years_groups():
    values = pd.Series({"u": 1.0, "v": 3.0, "w": 10.0, "x": 30.0})
    groups = pd.Series({"u": "n", "v": "n", "w": "s", "x": "s"}, name="region")
    assert gt.min_max(values, within=groups).tolist() == [0, 100, 0, 100]
    before = pd.Series({"u": 0.0, "v": 4.0, "w": 0.0, "x": 40.0})
    assert gt.min_max(values, within=groups, reference=before).tolist() == [25, 75, 25, 75]
    gone = pd.DataFrame({"a": [0.0, 4.0, 0.0, 40.0], "region": ["n", "n", "s", "s"]}, index=list("uqrx"))
    assert gt.min_max(values.rename("a"), within=groups, reference=gone).tolist() == [25, 75, 25, 75]
    assert gt.min_max(values, within=["n", "n", "s", "s"]).tolist() == [0, 100, 0, 100]


def test_two_years_compare_when_both_are_measured_against_the_same():
    first, second = pd.Series({"u": 10.0, "v": 20.0}), pd.Series({"u": 15.0, "v": 40.0})
    assert gt.z_score(second, mean=0, sd=1, reference=first).tolist() == pytest.approx([0, 25 / np.sqrt(50)])
    assert gt.ratio_to_mean(second, reference=first).tolist() == pytest.approx([1, 40 / 15])
    assert gt.min_max(second, reference=first).tolist() == [50, 100]
    assert gt.min_max(second, reference=first, cap=False).tolist() == [50, 300]
    assert gt.min_max(second, reference=[first.to_frame(""), second.to_frame("")]).tolist() == pytest.approx(
        [50 / 3, 100]
    )
    assert gt.percentile_rank(second, reference=first).tolist() == [75, 100]
    assert gt.rank_score(second, reference=first).tolist() == [1.5, 2]
    scale = gt.mazziotta_pareto_scale(second, adjusted=True, reference=first)
    assert scale.tolist() == pytest.approx([100, 100 + 60 * 25 / 30])


def test_the_reference_passes_through_the_treatments():
    nodes = Framework([Node("index", ""), Node("a", "index")])
    first, second = (
        pd.DataFrame({"a": [1.0, 100.0]}, index=["u", "v"]),
        pd.DataFrame({"a": [10.0, 1.0]}, index=["u", "v"]),
    )
    for normalise in (
        partial(gt.min_max, reference=first),
        partial(gt.min_max, reference=[first]),
        gt.by_node({"a": partial(gt.min_max, reference=first)}, otherwise=gt.z_score),
    ):
        index = build_index(second, Recipe(nodes, treat=[gt.log_transform], normalise=normalise))
        assert index.scores["a"].tolist() == pytest.approx([50, 0])


def test_goalposts_in_raw_units_under_a_logarithm():
    # the income index of UNDP: ln x between ln 100 and ln 75,000, capped
    income = pd.Series([100.0, np.sqrt(100 * 75_000), 75_000, 150_000])
    assert gt.min_max(income, (100, 75_000), to=(0, 1), log=True).tolist() == pytest.approx([0, 0.5, 1, 1])
    assert gt.min_max(income, (75_000, 100), to=(0, 1), log=True, direction=-1).tolist() == pytest.approx(
        [1, 0.5, 0, 0]
    )
    with pytest.raises(InputError, match=r"indicator 'a' has the value 0, which has no logarithm"):
        gt.min_max(pd.Series([0.0, 1.0], name="a"), log=True)
    with pytest.raises(InputError, match=r"indicator 'a' has the worst goalpost 0, which has no logarithm"):
        gt.min_max(pd.Series([2.0, 1.0], name="a"), (0, 5), log=True)


def test_percentile_ranks_by_every_definition():
    values = pd.Series([10.0, 20.0, 20.0, 40.0])
    expected = {
        "inclusive": [0, 100 / 3, 100 / 3, 100],
        "fraction": [25, 50, 50, 100],
        "exclusive": [20, 40, 40, 80],
        "midpoint": [12.5, 37.5, 37.5, 87.5],
        "below": [0, 25, 25, 75],
        "tukey": [100 * (r - 1 / 3) / (4 + 1 / 3) for r in (1, 2, 2, 4)],
        "blom": [100 * (r - 3 / 8) / 4.25 for r in (1, 2, 2, 4)],
    }
    for definition, scores in expected.items():
        assert gt.percentile_rank(values, definition=definition).tolist() == pytest.approx(scores)
    assert gt.percentile_rank(values, definition="midpoint", ties="average").tolist() == pytest.approx(
        [12.5, 50, 50, 87.5]
    )
    assert gt.percentile_rank(values).equals(gt.percentile_rank(values, definition="fraction"))  # Handbook Table 15
    assert gt.percentile_rank(pd.Series([3.0, np.nan]), definition="inclusive").iloc[0] == 50


@few
@given(x=columns)
def test_reversing_after_ranking_is_the_other_side_of_ties(x):
    values = pd.Series(np.round(x / 2))
    percentiles = partial(gt.percentile_rank, definition="inclusive")
    after = percentiles(values, direction=-1, turn="after")
    np.testing.assert_allclose(after, 100 - percentiles(values), atol=1e-9)
    np.testing.assert_allclose(after, percentiles(values, direction=-1, ties="max"), atol=1e-9)


def test_equal_numbers_of_binary_arithmetic_are_tied():
    assert gt.rank_score(pd.Series([0.1 + 0.2, 0.3, 0.4])).tolist() == [1, 1, 3]
    with pytest.raises(InputError, match="is constant"):
        gt.min_max(pd.Series([0.1 + 0.2, 0.3], name="a"))


def test_rounding_inside_is_possible_where_a_publisher_does_it():
    assert gt.min_max(pd.Series([0.0, 1.0, 8.0]), to=(0, 1), decimals=2, rounding="half_up").tolist() == [0, 0.13, 1]
    assert gt.min_max(pd.Series([0.0, 1.0, 8.0]), to=(0, 1), decimals=2).tolist() == [0, 0.12, 1]


def test_robust_z_is_the_z_score_of_a_normal_sample_and_is_not_moved_by_an_outlier():
    from scipy.stats import norm

    sample = norm.ppf((np.arange(1, 2000) - 0.5) / 1999) * 3 + 7
    np.testing.assert_allclose(gt.robust_z(sample), gt.z_score(sample), atol=0.15)
    moved = sample.copy()
    moved[-1] = 1e6
    np.testing.assert_allclose(gt.robust_z(moved)[:-1], gt.robust_z(sample)[:-1])


def test_scales_by_hand():
    values = pd.Series([1.0, 2.0, 3.0])
    assert gt.mazziotta_pareto_scale(values).tolist() == pytest.approx([100 - 10 * 1.5**0.5, 100, 100 + 10 * 1.5**0.5])
    assert gt.mazziotta_pareto_scale(values, (0, 4), adjusted=True).tolist() == [85, 100, 115]
    assert gt.logistic(values, steepness=2).tolist() == pytest.approx(
        [100 / (1 + np.exp(2)), 50, 100 / (1 + np.exp(-2))]
    )
    assert gt.distance_to_unit(pd.Series({"u": 4.0, "v": 2.0}), unit="u", direction=-1).tolist() == [1, 2]
    assert gt.ratio_to_best(pd.Series([5.0, 20.0]), (np.nan, 10), direction=-1, cap=True).tolist() == [1, 0.5]
    assert gt.above_below_mean(pd.Series([8.0, 10.0, 12.0]), threshold=0.2).tolist() == [0, 0, 0]
    assert gt.above_below_mean(pd.Series([7.9, 10.0, 12.1]), direction=-1).tolist() == [1, 0, -1]


def test_nominal_is_best_from_both_sides():
    nodes = Framework([Node("index", ""), Node("a", "index", worst=0.0, best=20.0)])
    table = pd.DataFrame({"a": [0.0, 10.0, 20.0, 30.0, 60.0]})
    scores = gt.normalise(table, nodes, method=partial(gt.distance_to_target, overshoot="missed"))
    assert scores["a"].tolist() == [0, 50, 100, 50, 0]


@pytest.mark.parametrize("name", NORMALISERS)
def test_every_method_can_be_named_in_a_file_with_its_options(name):
    spec = {"method": name, "within": {"u": "n", "v": "n", "w": "n"}, "decimals": 3}
    spec |= {"unit": "u"} if name == "distance_to_unit" else {}
    nodes = Framework([Node("index", ""), Node("a", "index", worst=1.0, best=9.0)])
    recipe = Recipe.from_dict({"normalise": spec}, nodes)
    table = pd.DataFrame({"a": [2.0, 3.0, 7.0]}, index=list("uvw"))
    index = build_index(table, recipe)
    assert index.scores["a"].notna().all()
    again = Recipe.from_dict(recipe.to_dict())
    pd.testing.assert_frame_equal(build_index(table, again).scores, index.scores)


def test_a_reference_survives_recipe_json():
    nodes = Framework([Node("index", ""), Node("a", "index")])
    before = pd.DataFrame({"a": [0.0, 10.0]}, index=["u", "v"])
    table = pd.DataFrame({"a": [5.0, 10.0]}, index=["u", "v"])
    recipe = Recipe(nodes, normalise=partial(gt.min_max, reference=before))
    again = Recipe.from_dict(recipe.to_dict())
    assert (
        build_index(table, again).scores["a"].tolist() == build_index(table, recipe).scores["a"].tolist() == [50, 100]
    )
