"""Recipe and Index: the choices that make an index, what they give, and what they refuse."""

import json
import pickle
import warnings
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index

TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=2),
        Node("q", "index", weight=1),
        Node("a", "p", worst=0, best=10),
        Node("b", "p", weight=3, direction=-1, worst=10, best=0),
        Node("c", "q"),
    ]
)
TABLE = pd.DataFrame({"a": [2.0, 8, 5], "b": [5.0, 5, 0], "c": [1.0, 3, 2]}, index=["x", "y", "z"])
tables = arrays(float, (5, 3), elements=st.integers(0, 1000).map(lambda n: n / 100)).map(
    lambda x: pd.DataFrame(x, index=list("vwxyz"), columns=["a", "b", "c"])
)


def lower_half(values, goalposts):
    """Score as a user would write it: without knowing of directions, tables or registration."""
    return (values >= values.median()) * 100.0


def test_scores_by_hand():
    index = build_index(TABLE, Recipe(TREE))
    assert list(index.scores) == ["a", "b", "c", "p", "q", "index"]
    assert index.scores.loc["x"].tolist() == pytest.approx([20, 50, 0, 42.5, 0, 42.5 * 2 / 3])
    assert index.scores.loc["z"].tolist() == pytest.approx([50, 100, 50, 87.5, 50, 75])
    assert index.ranks.to_dict() == {"x": 3, "y": 2, "z": 1}
    assert index.rank_by("q").to_dict() == {"x": 3, "y": 1, "z": 2}


def test_the_weight_of_a_missing_child_is_spread_over_the_others():
    table = TABLE.astype(float).copy()
    table.loc["x", "b"] = np.nan
    index = build_index(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0.5)))
    assert index.scores.loc["x", "p"] == 20
    assert index.coverage.loc["x"].tolist() == pytest.approx([0.5, 1, 2 / 3])
    assert index.excluded.empty


def test_a_unit_below_the_least_coverage_is_left_out_by_name_and_reason():
    table = TABLE.copy()
    table.loc["x", ["a", "b"]] = np.nan
    index = build_index(table, Recipe(TREE))
    assert np.isnan(index.ranks["x"])
    assert index.ranks[["y", "z"]].tolist() == [2, 1]
    assert index.excluded.set_index(["unit", "node"]).loc[("x", "index"), "reason"] == (
        "1 of 3 indicators observed (33%); 65% is required"
    )


def test_without_a_least_coverage_one_value_is_enough():
    table = TABLE.copy()
    table.loc["x", ["a", "b"]] = np.nan
    index = build_index(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0)))
    assert index.scores.loc["x", "index"] == index.scores.loc["x", "c"]


def test_a_unit_without_any_value_gets_no_score_even_then():
    table = TABLE.copy()
    table.loc["x"] = np.nan
    index = build_index(table, Recipe(TREE, missing=gt.spread_weights(min_coverage=0)))
    assert np.isnan(index.scores.loc["x", "index"])


@given(tables, st.permutations(list("vwxyz")), st.permutations(["a", "b", "c"]))
def test_the_order_of_units_and_indicators_does_not_matter(table, units, codes):
    tree = TREE.without("c")
    index = build_index(table, Recipe(tree))
    other = build_index(table.loc[units, codes], Recipe(tree))
    pd.testing.assert_series_equal(other.ranks[index.ranks.index], index.ranks)


@given(tables, st.sampled_from([0.001, 0.5, 1000.0]))
def test_another_measuring_unit_changes_no_score(table, factor):
    tree = Framework([Node("index", ""), Node("a", "index", worst=0, best=10), Node("b", "index", worst=0, best=10)])
    other = Framework(
        [Node("index", ""), Node("a", "index", worst=0, best=10 * factor), Node("b", "index", worst=0, best=10)]
    )
    scaled = table.assign(a=table["a"] * factor)
    pd.testing.assert_frame_equal(build_index(scaled, Recipe(other)).scores, build_index(table, Recipe(tree)).scores)


@given(tables, st.sampled_from(list("vwxyz")), st.sampled_from(["a", "b"]), st.floats(0, 5))
def test_doing_better_never_lowers_a_rank_under_goalposts(table, unit, code, gain):
    tree = TREE.without("c")
    better = table.copy()
    better.loc[unit, code] += gain * tree.directions[code]
    assert build_index(better, Recipe(tree)).ranks[unit] <= build_index(table, Recipe(tree)).ranks[unit]


@given(tables)
def test_a_direction_turned_twice_is_none(table):
    tree = TREE.without("c")
    flipped = Framework(
        replace(node, direction=-node.direction, worst=-node.worst, best=-node.best)
        if node.code in ("a", "b")
        else node
        for node in tree.nodes
    )
    pd.testing.assert_frame_equal(build_index(-table, Recipe(flipped)).scores, build_index(table, Recipe(tree)).scores)


def test_vary_gives_every_combination_and_leaves_the_reference_alone():
    recipe = Recipe(TREE)
    others = recipe.vary(normalise=[gt.min_max, gt.z_score], aggregate=[gt.arithmetic_mean, gt.geometric_mean])
    assert [(r.normalise.__name__, r.aggregate.__name__) for r in others] == [
        ("min_max", "arithmetic_mean"),
        ("min_max", "geometric_mean"),
        ("z_score", "arithmetic_mean"),
        ("z_score", "geometric_mean"),
    ]
    assert others[0] == recipe
    assert gt.rank_shift(build_index(TABLE, others[0]).ranks, build_index(TABLE, recipe).ranks).eq(0).all()
    with pytest.raises(InputError, match="unknown step 'normalize'; did you mean 'normalise'"):
        recipe.vary(normalize=[gt.min_max])
    with pytest.raises(InputError, match="'aggregate': no alternatives given"):
        recipe.vary(aggregate=[])


def test_methods_by_level_and_by_node():
    by_level = build_index(TABLE, Recipe(TREE, aggregate=gt.by_level([gt.arithmetic_mean, _least])))
    assert by_level.scores.loc["z", "index"] == 50
    by_node = build_index(
        TABLE,
        Recipe(
            TREE,
            normalise=gt.by_node({"p": partial(gt.min_max, to=(0, 1))}, otherwise=gt.rank_score),
            aggregate=gt.by_node({"p": _least}, otherwise=gt.arithmetic_mean),
        ),
    )
    assert by_node.scores.loc["x"].tolist() == pytest.approx([0.2, 0.5, 1, 0.2, 1, (0.2 * 2 + 1) / 3])


def _least(scores, weights):
    return scores.min(axis=1)


def test_a_users_own_functions_fit_without_registering():
    index = build_index(TABLE, Recipe(TREE, normalise=lower_half, aggregate=_least))
    assert index.scores.loc["z"].tolist() == [100, 100, 100, 100, 100, 100]
    assert index.recipe.to_dict()["normalise"] == "lower_half"


def test_an_aggregator_that_gives_no_score_is_found_out():
    def broken(scores, weights):
        return scores.mean(axis=1).where(scores.index != "y")

    with pytest.raises(InputError, match="'p': broken gave no finite score for 'y'") as caught:
        build_index(TABLE, Recipe(TREE, aggregate=broken))
    assert caught.value.texts[0].zh.startswith("“p”：broken没有给出被评单位“y”的有限得分，而该单位的下级指标数据足够")


def test_recipe_survives_json_and_pickle():
    recipe = Recipe(
        TREE,
        normalise=gt.by_node({"a": partial(gt.min_max, to=(1, 100))}, otherwise=gt.z_score),
        aggregate=gt.by_level([gt.arithmetic_mean, partial(gt.geometric_mean, floor=1.0)]),
        missing=gt.spread_weights(min_coverage=0.8),
        rank=gt.RankRule(decimals=2, rounding="half_up", ties="dense"),
    )
    text = json.dumps(recipe.to_dict(), allow_nan=False)
    again = Recipe.from_dict(json.loads(text))
    assert json.dumps(again.to_dict()) == text
    pd.testing.assert_frame_equal(build_index(TABLE, again).scores, build_index(TABLE, recipe).scores)
    assert pickle.loads(pickle.dumps(recipe)).to_dict() == recipe.to_dict()


def test_every_wrong_choice_of_a_recipe_is_listed():
    with pytest.raises(InputError) as caught:
        Recipe(
            TREE,
            treat=[lambda table, framework: table],
            normalise=gt.by_node({"aa": gt.min_max}, otherwise="min_max"),
            aggregate=gt.by_level([gt.arithmetic_mean] * 3),
        )
    assert set(caught.value.problems) == {
        "treat: a lambda has no name to record in recipe.json; define a function instead",
        "normalise: 'min_max' is a text; name the function itself, such as gt.min_max",
        "normalise: no node 'aa'; did you mean 'a'? valid: a, b, c, index, p, q",
        "aggregate: 3 methods by level, but the framework has 2 levels",
    }
    assert "normalise：没有指标“aa”；是否应为“a”？可用：a、b、c、index、p、q" in caught.value.in_language("zh")
    with pytest.raises(InputError) as caught:
        Recipe("tree", missing=0.5, rank="min")
    assert caught.value.problems == (
        "framework = 'tree': expected a value of type Framework, such as gt.read_framework(path)",
        "missing = 0.5: expected a value of type MissingRule, such as gt.spread_weights()",
        "rank = 'min': expected a value of type RankRule, such as gt.RankRule(decimals=2)",
    )
    with pytest.raises(InputError) as caught:
        Recipe(
            TREE,
            aggregate=gt.by_node({"a": _least}, otherwise=_least),
            missing=gt.spread_weights(nodes={"a": 0.5}),
            normalise=gt.by_level([gt.min_max]),
        )
    assert caught.value.problems == (
        "normalise: only indicators are normalised; use by_node, not by_level",
        "missing: no pillar 'a'; valid: index, p, q",
        "aggregate: no pillar 'a'; valid: index, p, q",
    )
    with pytest.raises(InputError, match="by_level: 1 problem\n  - methods = min_max: expected a list"):
        gt.by_level(gt.min_max)


def _three(scores, weights, third):
    return scores.mean(axis=1)


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        (
            {"aggregate": gt.power_mean},
            "aggregate: power_mean needs its option 'p'; write functools.partial(gt.power_mean, p=...)",
        ),
        (
            {"normalise": partial(gt.min_max, scale=(0, 1))},
            "normalise: min_max has no option 'scale'; valid: to, cap, direction, log, within, "
            "reference, decimals, rounding",
        ),
        ({"normalise": gt.geometric_mean}, "normalise: geometric_mean is a method for the step 'aggregate'"),
        ({"treat": gt.z_score}, "treat: z_score is a method for the step 'normalise'"),
        (
            {"aggregate": gt.by_node({"p": gt.equal_weights}, otherwise=gt.median)},
            "aggregate: equal_weights is a method for the step 'weight'",
        ),
        (
            {"aggregate": partial(gt.rescaled, normalise=gt.median)},
            "aggregate, normalise: median is a method for the step 'aggregate'",
        ),
        (
            {"aggregate": _three},
            "aggregate: _three must take two arguments: treat a table and a framework, normalise values and goalposts, "
            "aggregate scores and weights",
        ),
        (
            {"aggregate": "geometrc_mean"},
            "aggregate: 'geometrc_mean' is a text; name the function itself, such as gt.geometric_mean",
        ),
        ({"normalise": 7}, "normalise: 7 is not a function; name the function itself, not a text"),
    ],
)
def test_a_choice_that_cannot_be_computed_is_refused_before_it_is(choices, problem):
    with pytest.raises(InputError) as caught:
        Recipe(TREE, **choices)
    assert caught.value.problems == (problem,)
    (step, option), *_ = choices.items()
    if not isinstance(option, (gt.by_node({}, otherwise=1).__class__, str, int)):
        with pytest.raises(InputError) as caught:
            gt.one_of(step, option, option)
        assert problem in caught.value.problems


@pytest.mark.parametrize("method", [gt.rounded, gt.distance_to_unit, gt.impute_group_mean, gt.impute_regression,
                                    gt.impute_panel, gt.denominate])  # fmt: skip
def test_every_option_that_must_be_given_is_asked_for(method):
    with pytest.raises(InputError, match=f"{method.__name__} needs its option '[a-z]+'; write functools.partial"):
        Recipe(TREE, **{method.step: method})


def test_methods_with_positional_options_and_any_options_are_taken():
    def own(values, goalposts, k=1, **rest):
        return values * k

    Recipe(TREE, normalise=partial(own, k=3, other=2), aggregate=partial(gt.power_mean, p=2))


A_SERIES = "it must return a Series with a number for each unit"


@pytest.mark.parametrize(
    ("step", "own", "problem"),
    [
        ("aggregate", np.mean, "'p': mean: unhashable type: 'Series'"),
        ("aggregate", lambda scores, weights: 3.0, f"'p': own gave 3.0; {A_SERIES}"),
        ("aggregate", lambda scores, weights: scores, f"'p': own gave <DataFrame 3 x 2>; {A_SERIES}"),
        ("aggregate", lambda scores, weights: scores.sum(axis=1).astype(str), f"'p': own gave <Series 3>; {A_SERIES}"),
        ("normalise", lambda values, goalposts: values.astype(str), "indicator 'a': own: expected numbers, not object"),
        ("treat", lambda table, framework: table.nothing, "own: 'DataFrame' object has no attribute 'nothing'"),
        ("treat", lambda table, framework: 5, "own gave 5; it must return a DataFrame"),
    ],
)  # fmt: skip
def test_what_a_method_of_ones_own_gives_is_checked(step, own, problem):
    if own is not np.mean:
        own.__name__ = "own"
    with pytest.raises(InputError) as caught:
        build_index(TABLE, Recipe(TREE, **{step: own}))
    assert caught.value.title == step and caught.value.problems[0] == problem


def test_methods_of_a_recipe_refuse_what_is_no_node_or_no_list():
    recipe = Recipe(TREE)
    for call in (recipe.aggregator, recipe.sums, recipe.members):
        with pytest.raises(InputError, match="no node 'zz'"):
            call("zz")
    with pytest.raises(InputError, match="'a' is an indicator, which no method aggregates"):
        recipe.aggregator("a")
    assert recipe.members("a") == replace(recipe, of="indicators").members("a") == ()
    with pytest.raises(InputError, match="codes: unknown 'zz'; valid: index, p, q, a, b, c"):
        recipe.without_each(["zz"])
    with pytest.raises(InputError, match="codes = 'ab': expected a list of names"):
        recipe.without_each("ab")
    with pytest.raises(InputError, match="normalise = z_score: expected a list of alternatives"):
        recipe.vary(normalise=gt.z_score)
    with pytest.raises(InputError, match=r"data = 'recipe\.json': expected a mapping, as to_dict gives it"):
        Recipe.from_dict("recipe.json")
    with pytest.raises(InputError, match=r"missing = \[\]: expected a rule's name, or {method = name, ...}"):
        Recipe.from_dict(recipe.to_dict() | {"missing": []})


def test_every_unknown_name_in_plain_data_is_listed_with_the_nearest():
    with pytest.raises(InputError) as caught:
        Recipe.from_dict(
            {
                "normalise": "min_mx",
                "aggregate": {"method": "geometric_mean", "flor": 1},
                "missing": {"method": "spread_weights", "min_coverage": 65},
                "rank": {"ties": "mim"},
                "wieghts": 1,
            },
            TREE,
        )
    text = str(caught.value)
    for expected in (
        "unknown step 'wieghts'",
        "normalise = 'min_mx' is unknown; did you mean 'min_max'?",
        "aggregate: geometric_mean has no option 'flor'; did you mean 'floor'?",
        "min_coverage = 65: expected a number from 0 to 1",
        "ties = 'mim' is unknown; did you mean 'min'?",
    ):
        assert expected in text
    chinese = caught.value.in_language("zh")
    assert "未知的步骤“wieghts”；可用：framework、treat、normalise、aggregate、missing、rank" in chinese
    assert "aggregate：geometric_mean没有选项“flor”；是否应为“floor”？" in chinese


def test_options_of_the_wrong_form_are_refused_in_both_languages():
    with pytest.raises(InputError) as caught:
        Recipe.from_dict(
            {
                "treat": [{"method": "winsorise", "points": 1.5}, {"methods": "winsorise"}],
                "normalise": {"by_node": {"a": "min_mx"}, "otherwise": "min_max"},
                "aggregate": {"by_node": {}, "others": "arithmetic_mean"},
                "rank": "min",
                "framework": [{"code": "index", "colour": "red"}],
            }
        )
    assert [text.en for text in caught.value.texts][:2] == [
        "treat: winsorise, points = 1.5: expected a whole number or two whole numbers",
        "treat = {'methods': 'winsorise'}: expected a method's name, {method = name, ...}, a list by level, or by_node",
    ]
    assert caught.value.texts[2].en.startswith("normalise of 'a' = 'min_mx' is unknown; did you mean 'min_max'?")
    assert caught.value.texts[2].zh.startswith("“a”的normalise = 'min_mx'：未知；是否应为“min_max”？")
    assert caught.value.texts[3] == (
        "aggregate：by_node须与otherwise同时给出，且不得有其他键（见others、otherwise）",
        "aggregate: by_node needs 'otherwise' and takes nothing else (see others, otherwise)",
    )
    assert caught.value.texts[0].zh == "treat：winsorise，points = 1.5：应为整数或两个整数"
    assert caught.value.texts[4].zh == "rank = 'min'：应为含decimals、rounding、ties、tie_breakers的表"
    assert "unexpected keyword argument 'colour'" in caught.value.texts[5].en


def test_every_problem_of_a_table_is_listed():
    with pytest.raises(InputError) as caught:
        build_index(pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "x"]), Recipe(TREE))
    assert set(caught.value.problems) == {
        "the table lacks the indicator 'b'",
        "the table lacks the indicator 'c'",
        "duplicate unit 'x'",
    }
    assert {text.zh for text in caught.value.texts} == {
        "数据表中没有指标“b”",
        "数据表中没有指标“c”",
        "被评单位“x”重复",
    }
    message = r"recipe = <DataFrame 3 x 3>: expected a value of type Recipe, such as gt\.Recipe\(framework\)"
    with pytest.raises(InputError, match=message):
        build_index(TREE, TABLE)
    with pytest.raises(InputError, match="column 'a' holds"):
        build_index(TABLE.assign(a=["1", "2", "3"]), Recipe(TREE))
    with pytest.raises(InputError, match="table: infinite at y, c"):
        build_index(TABLE.assign(c=[1, np.inf, 2]), Recipe(TREE))
    with pytest.raises(InputError, match="indicator 'c': no unit has a value, so no unit can be scored on it"):
        build_index(TABLE.assign(c=np.nan), Recipe(TREE))


def test_a_constant_indicator_without_goalposts_is_named():
    with pytest.raises(InputError, match=r"indicator 'c' is constant, so it has no range \(all 3 values are 7\)"):
        build_index(TABLE.assign(c=7.0), Recipe(TREE))


def test_one_unit_is_ranked_under_goalposts():
    tree = TREE.without("c")
    assert build_index(TABLE.loc[["x"]], Recipe(tree)).ranks.to_dict() == {"x": 1}


def test_a_pillar_with_one_child_has_its_score():
    index = build_index(TABLE, Recipe(TREE))
    assert index.scores["q"].equals(index.scores["c"].rename("q"))


def test_units_that_a_treatment_drops_stay_in_sight():
    def drop_y(table, framework):
        return table.drop("y")

    index = build_index(TABLE, Recipe(TREE, treat=[drop_y]))
    assert list(index.scores.index) == ["x", "y", "z"]
    assert np.isnan(index.ranks["y"])
    assert index.excluded[["unit", "reason"]].values.tolist() == [["y", "left out by the treatment"]]


def test_cells_that_a_treatment_fills_stay_flagged():
    def fill(table, framework):
        return table.fillna(1.0)

    table = TABLE.copy()
    table.loc["x", "a"] = np.nan
    index = build_index(table, Recipe(TREE, treat=[fill]))
    assert index.imputed.loc["x", "a"]
    assert index.imputed.to_numpy().sum() == 1


def test_building_twice_from_the_file_gives_identical_numbers(tmp_path):
    TABLE.rename_axis("unit").to_csv(tmp_path / "table.csv")
    again = build_index(gt.read_table(tmp_path / "table.csv", TREE), Recipe(TREE))
    pd.testing.assert_frame_equal(
        again.scores, build_index(TABLE, Recipe(TREE)).scores, check_names=False, check_exact=True
    )


def test_values_all_beyond_a_goalpost_give_a_warning():
    tree = Framework.from_dict({"a": 1, "b": 1}, goalposts={"a": (0, 1), "b": (0, 50)})
    percent = pd.DataFrame({"a": [20.0, 40.0, None], "b": [10.0, 60.0, 70.0]}, index=list("XYZ"))
    with pytest.warns(UserWarning, match="goalposts") as caught:
        build_index(percent, Recipe(tree))
    assert [str(one.message) for one in caught] == [
        "indicator 'a': all 2 values (20 to 40) lie beyond its goalposts 0 and 1; is it in another unit of measurement?"
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build_index(percent.assign(a=[1.0, 1.0, 1.0]), Recipe(tree))
