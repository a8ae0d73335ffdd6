"""Aggregators: hand-made figures, what must hold for all of them, missing scores, zeros, ties, error texts."""

import math
import warnings
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.aggregation import AGGREGATORS
from tests.examples import CHILDREN, EQUAL, UNITS, WEIGHTS, few, score_tables

# every name an edition's file may use, with the options it cannot do without
METHODS = AGGREGATORS | {
    "kemeny": partial(gt.kemeny, limit=121),  # all orders of five units: the mean over some depends on the file
    "power_mean": partial(gt.power_mean, p=0.5),
    "power_mean -inf": partial(gt.power_mean, p=-math.inf),
    "owa": partial(gt.owa, order_weights=(0.2, 0.3, 0.5)),
    "owa orness": partial(gt.owa, orness=0.3),
    "choquet": partial(gt.choquet, interaction=[("a", "b", 0.2), ("b", "c", -0.1)]),
    "rounded": partial(gt.rounded, decimals=2),
    "promethee linear": partial(gt.promethee, preference="linear", q=1, p=9),
}
ORDINAL = ("borda_count", "copeland", "kemeny", "promethee")
OF_THE_SET = (*ORDINAL, "topsis", "vikor", "promethee linear", "rescaled", "benefit_of_the_doubt")
# not monotone by their nature: the penalty may outgrow the gain, and the ideal or the other units move
NOT_MONOTONE = ("mazziotta_pareto", "adjusted_mazziotta_pareto", "topsis", "kemeny")
MEANS = [name for name in METHODS if name not in (*OF_THE_SET, "sum")]


def call(name, scores, weights=WEIGHTS):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of kemeny: several orders are equally good
        try:
            return METHODS[name](scores, weights)
        except InputError as error:
            if name == "rescaled" and "constant" in str(error):
                reject()  # all units have the same mean; a test of its own says what happens then
            raise


@pytest.mark.parametrize("name", METHODS)
@few
@given(scores=score_tables, units=st.permutations(UNITS), children=st.permutations(CHILDREN))
def test_the_order_of_units_and_children_does_not_matter(name, scores, units, children):
    ours = call(name, scores.loc[units, children]).loc[UNITS]
    np.testing.assert_allclose(ours, call(name, scores), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", [name for name in METHODS if name != "sum"])  # whose weights count as given
@few
@given(scores=score_tables, factor=st.sampled_from([0.1, 3.0]))
def test_only_the_proportions_of_weights_count(name, scores, factor):
    np.testing.assert_allclose(call(name, scores, WEIGHTS * factor), call(name, scores), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", [name for name in METHODS if name not in NOT_MONOTONE])
@few
@given(scores=score_tables, unit=st.sampled_from(UNITS), child=st.sampled_from(CHILDREN), gain=st.integers(1, 20))
def test_doing_better_in_one_child_never_lowers_the_score(name, scores, unit, child, gain):
    better = scores.copy()
    better.loc[unit, child] += gain
    if name in ("rescaled", "vikor"):  # the ends of the scale move; the rank among the others must not fall
        place = lambda index: (index > index[unit] + 1e-9).sum()  # noqa: E731
        if name == "vikor" or call(name, scores).nunique() == 1:
            return
        assert place(call(name, better)) <= place(call(name, scores))
    else:
        assert call(name, better)[unit] >= call(name, scores)[unit] - 1e-9


@pytest.mark.parametrize("name", MEANS)
@few
@given(scores=score_tables)
def test_a_mean_lies_within_the_units_scores_and_is_the_score_where_all_are_equal(name, scores):
    mean = call(name, scores)
    penalised = "mazziotta" in name
    assert (mean <= scores.max(axis=1) + 0.01).all()
    assert penalised or (mean >= scores.min(axis=1) - 0.01).all()
    flat = pd.DataFrame(np.repeat(scores[["a"]].to_numpy(), 3, axis=1), index=UNITS, columns=CHILDREN)
    np.testing.assert_allclose(call(name, flat), scores["a"], rtol=1e-9)


@pytest.mark.parametrize("name", METHODS)
@few
@given(scores=score_tables)
def test_one_child_alone_orders_as_its_own_score(name, scores):
    if name in ("owa", "choquet"):
        return  # their options name the children
    one = scores[["a"]]
    result = call(name, one, pd.Series({"a": 1.0}))
    if name == "promethee linear":  # differences within its thresholds count for nothing or in full
        assert result[one["a"].sort_values().index].is_monotonic_increasing
    else:
        assert gt.rank(result, gt.RankRule(decimals=6)).tolist() == gt.rank(one["a"]).tolist()


@pytest.mark.parametrize("name", [name for name in METHODS if name != "rescaled"])  # which needs a sample
def test_a_table_without_units_has_no_scores(name):
    assert METHODS[name](pd.DataFrame(columns=list(WEIGHTS.index), dtype=float), WEIGHTS).empty


@pytest.mark.parametrize("name", METHODS)
@few
@given(scores=score_tables, unit=st.sampled_from(UNITS))
def test_a_missing_child_drops_out_with_its_weight(name, scores, unit):
    gaps = scores.copy()
    gaps.loc[unit, "c"] = np.nan
    result = call(name, gaps)
    assert result.notna().all()
    if name in MEANS and name not in ("owa", "choquet"):
        alone = call(name, gaps.loc[[unit], ["a", "b"]], WEIGHTS[["a", "b"]])
        assert result[unit] == pytest.approx(alone[unit])
    empty = scores.copy()
    empty.loc[unit] = np.nan
    assert call(name, empty).isna().tolist() == [other == unit for other in UNITS]


@pytest.mark.parametrize("name", METHODS)
def test_one_unit_has_a_defined_score(name):
    one = pd.DataFrame([[100.0, 90.0, 110.0]], index=["u"], columns=CHILDREN)
    if name == "rescaled":
        with pytest.raises(InputError, match=r"is constant, so it has no range \(its one value is 100\)"):
            METHODS[name](one, WEIGHTS)
        return
    expected = {"topsis": 0.5, "vikor": 1.0, "benefit_of_the_doubt": 1.0}
    expected |= dict.fromkeys([*ORDINAL, "promethee linear"], 0.0)
    expected["sum"] = 100 * WEIGHTS["a"] + 90 * WEIGHTS["b"] + 110 * WEIGHTS["c"]
    expected |= {"mean_min": 95, "power_mean -inf": 90, "owa": 97.75}  # 110 x 0.15 + 100 x 0.475 + 90 x 0.375
    expected["owa orness"] = (
        110 * 0.25 ** (7 / 3) + 100 * (0.75 ** (7 / 3) - 0.25 ** (7 / 3)) + 90 * (1 - 0.75 ** (7 / 3))
    )
    exact = name in expected
    assert METHODS[name](one, WEIGHTS)["u"] == pytest.approx(expected.get(name, 100), abs=1e-9 if exact else 1.5)


@pytest.mark.parametrize("name", ORDINAL)
@few
@given(scores=score_tables)
def test_only_the_order_counts_to_ordinal_methods(name, scores):
    bent = np.exp(scores / 20).assign(b=scores["b"] ** 3, c=-1 / scores["c"])
    np.testing.assert_allclose(call(name, bent), call(name, scores), atol=1e-9)


def test_rounding_and_rescaling_a_pillar():
    scores = pd.DataFrame({"a": [1.0, 2.0, 5.0], "b": [2.0, 3.0, 6.0]}, index=["u", "v", "w"])
    two = pd.Series({"a": 1.0, "b": 1.0})
    assert gt.rounded(scores, two, decimals=0, rounding="half_up").tolist() == [2, 3, 6]
    assert gt.rounded(scores, two, aggregate=gt.geometric_mean, decimals=1).tolist() == [1.4, 2.4, 5.5]
    assert gt.rescaled(scores, two, goalposts=(0, 10)).tolist() == pytest.approx([15, 25, 55])
    published = partial(gt.min_max, to=(0, 1), cap=False)  # with a published mean of 2.5 and standard deviation of 2
    assert gt.rescaled(scores, two, normalise=published, goalposts=(2.5, 4.5)).tolist() == [-0.5, 0, 1.5]
    spec = {
        "method": "rescaled",
        "aggregate": {"method": "rounded", "aggregate": "geometric_mean", "decimals": 1},
        "normalise": {"method": "percentile_rank", "definition": "inclusive", "decimals": 4},
    }
    nodes = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    recipe = Recipe.from_dict({"normalise": "unscaled", "aggregate": spec}, nodes)
    assert build_index(scores, recipe).scores["index"].tolist() == [0, 50, 100]
    again = Recipe.from_dict(recipe.to_dict())
    assert again.to_dict() == recipe.to_dict()
    pd.testing.assert_frame_equal(build_index(scores, again).scores, build_index(scores, recipe).scores)
    with pytest.raises(InputError, match=r"aggregate, normalise = 'min_mix' is unknown; did you mean 'min_max'"):
        Recipe.from_dict({"aggregate": {"method": "rescaled", "normalise": "min_mix"}}, nodes)


@pytest.mark.parametrize("name", AGGREGATORS)
def test_every_method_can_be_named_in_a_file_and_works_at_any_node(name):
    options = {
        "power_mean": {"p": 2},
        "owa": {"order_weights": [0.5, 0.5]},
        "choquet": {"interaction": [["a", "b", 0.2]]},
        "rounded": {"decimals": 1},
    }.get(name, {})
    nodes = [Node("index", ""), Node("p", "index"), Node("d", "index"), Node("a", "p"), Node("b", "p")]
    table = pd.DataFrame({"a": [1.0, 2, 3], "b": [5.0, 3, 4], "d": [1.0, 7, 2]}, index=list("uvw"))
    node = {"method": name, **options} if options else name
    recipe = Recipe.from_dict(
        {
            "normalise": {"method": "min_max", "to": [1, 100]},
            "aggregate": {"by_node": {"p": node}, "otherwise": "arithmetic_mean"},
        },
        Framework(nodes),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        index = build_index(table, recipe)
    assert index.scores.notna().all(axis=None)
    assert Recipe.from_dict(recipe.to_dict()).to_dict() == recipe.to_dict()


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (gt.owa, "give either order_weights or orness"),
        (partial(gt.owa, order_weights=(1, 2)), "2 order_weights for 3 children"),
        (partial(gt.owa, order_weights=(1, -2, 3)), "expected a list of numbers, none negative"),
        (partial(gt.owa, order_weights="equal"), "order_weights = 'equal': expected a list of numbers"),
        (partial(gt.owa, orness=1), "orness = 1: expected a number above 0 and below 1"),
        (partial(gt.choquet, interaction=[("a", "b")]), "expected a list of \\(child, child, number\\)"),
        (partial(gt.choquet, capacity=[("a", "b", 1)]), "expected a list of \\(children, number\\)"),
        (partial(gt.choquet, interaction=[("a", "bb", 0.1)]), "no child 'bb'; did you mean 'b'"),
        (partial(gt.choquet, interaction=[("b", "c", 0.9)]), "the interactions of 'b' add up to 0.9"),
        (partial(gt.choquet, interaction=[("a", "a", 0.1)]), "expected two different children, each pair once"),
        (partial(gt.choquet, capacity=[(["a"], 0.3)]), r"capacity of \{b\}: not given"),
        (
            partial(gt.choquet, capacity=[(s, 0.9 if len(s) == 1 else 0.5) for s in ("a", "b", "c", "ab", "ac", "bc")]),
            r"capacity of \{a, b\} is 0.5, less than 0.9 of \{b\}",
        ),
        (partial(gt.mean_min, alpha=2), "alpha = 2: expected a number from 0 to 1"),
        (partial(gt.promethee, preference="usuall"), "did you mean 'usual'"),
        (partial(gt.promethee, preference="v_shape"), "child 'a': preference 'v_shape' needs the threshold p"),
        (partial(gt.promethee, preference="linear", q=3, p=2), "p is 2; expected more than q"),
        (partial(gt.promethee, preference="u_shape", q="much"), "q = 'much': expected a number, or a mapping"),
        (partial(gt.topsis, scale="max"), "scale = 'max' is unknown; valid: vector, none"),
        (partial(gt.vikor, v=1.5), "v = 1.5: expected a number from 0 to 1"),
        (partial(gt.power_mean, p=math.nan), "p = nan: expected a number, -inf or inf"),
        (partial(gt.geometric_mean, zeros="drop"), "zeros = 'drop' is unknown; valid: refuse, zero"),
        (partial(gt.kemeny, limit=0), "limit = 0: expected a whole number of at least 1"),
        (partial(gt.mazziotta_pareto, ddof=-1), "ddof = -1: expected a whole number from 0 to 1"),
        (partial(gt.rounded, decimals=1.5), "decimals = 1.5: expected a whole number"),
    ],
)
def test_options_out_of_range_are_refused(method, text):
    scores = pd.DataFrame([[1.0, 2, 3], [2, 3, 4]], index=["u", "v"], columns=CHILDREN)
    with pytest.raises(InputError, match=text):
        method(scores, EQUAL)


@pytest.mark.parametrize(
    ("method", "names"),
    [
        (partial(gt.geometric_mean, floor=0, zeros="drop"), ["floor", "zeros"]),
        (partial(gt.power_mean, p="1", floor=-1), ["p", "floor"]),
        (partial(gt.mean_min, alpha=2, beta=-1), ["alpha", "beta"]),
        (partial(gt.mazziotta_pareto, penalty="1", ddof=0.5), ["penalty", "ddof"]),
        (partial(gt.kemeny, limit=1.5, time_limit=0), ["limit", "time_limit"]),
        (partial(gt.rounded, decimals="2", rounding="up"), ["decimals", "rounding"]),
        (partial(gt.promethee, preference="usuall", q="1", s=[2]), ["preference", "q", "s"]),
    ],
)
def test_every_wrong_option_is_named_at_once(method, names):
    scores = pd.DataFrame([[1.0, 2, 3], [2, 3, 4]], index=["u", "v"], columns=CHILDREN)
    with pytest.raises(InputError) as caught:
        method(scores, EQUAL)
    assert [problem.partition(" = ")[0] for problem in caught.value.problems] == names


@pytest.mark.parametrize(
    ("method", "text"),
    [
        (partial(gt.owa, orness=1), "orness = 1：应为大于0且小于1的数"),
        (partial(gt.choquet, interaction=[("a", "bb", 0.1)]), "没有下级指标“bb”；是否应为“b”？"),
        (partial(gt.choquet, capacity=[(["a"], 0.3)]), "〔b〕的容度：未给出"),
        (partial(gt.promethee, preference="v_shape"), "下级指标“a”：偏好函数“v_shape”需要阈值“p”"),
        (partial(gt.harmonic_mean), "被评单位“u”、“a”：得分0不是正数"),
        (partial(gt.mazziotta_pareto), "请用 mazziotta_pareto_scale 标准化"),
    ],
)
def test_errors_are_there_in_chinese(method, text):
    scores = pd.DataFrame([[0.0, 0, 0], [2, 3, 4]], index=["u", "v"], columns=CHILDREN)
    with pytest.raises(InputError) as caught:
        method(scores, EQUAL)
    assert text in caught.value.in_language("zh")


@pytest.mark.parametrize("name", [name for name in METHODS if name not in ("benefit_of_the_doubt", "power_mean -inf")])
@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"a": 1.0, "b": 1.0}, "child 'c' has the weight nan; expected 0 or more"),
        ({"a": 1.0, "b": -1.0, "c": math.inf}, "child 'b' has the weight -1; expected 0 or more"),
        ({"a": 0.0, "b": 0.0, "c": 0.0}, "all weights are 0; expected at least one positive weight"),
    ],
)
def test_weights_that_are_none_are_refused(name, weights, words):
    scores = pd.DataFrame([[70.0, 80.0, 90.0], [90.0, 70.0, 80.0]], index=["u", "v"], columns=CHILDREN)
    with pytest.raises(InputError, match=words):
        METHODS[name](scores, pd.Series(weights))


def test_net_flows_that_cancel_out_are_zero_to_the_last_bit():
    scores = pd.DataFrame({f"c{n}": [0.0, 1.0] if n % 2 else [1.0, 0.0] for n in range(6)}, index=["X", "Y"])
    weights = pd.Series([0.1, 0.1 + 0.2, 0.2, 0.1, 0.2, 0.1], index=scores.columns)  # each side 0.5
    assert gt.promethee(scores, weights).tolist() == [0.0, 0.0]
