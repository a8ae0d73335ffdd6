"""Rules of publishers for single nodes: what each makes of small tables, how they are written, and what is refused."""

import json
import pickle
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index, by_node
from govtransparency.node_rules import Rescale

ENDS = {"worst": 0, "best": 100}


def tree(**weights):
    """Return index <- p (a, b, c), q (d) with the weights given."""
    parents = {"p": "index", "q": "index", "a": "p", "b": "p", "c": "p", "d": "q"}
    return Framework(
        [
            Node("index", ""),
            *(
                Node(code, parent, weight=weights.get(code, 1), **({} if code in "pq" else ENDS))
                for code, parent in parents.items()
            ),
        ]
    )


def flat(**weights):
    return Framework([Node("index", ""), *(Node(code, "index", weight=w, **ENDS) for code, w in weights.items())])


FULL = pd.DataFrame({"a": [90.0, 30], "b": [60.0, 30], "c": [30.0, 60], "d": [20.0, 100]}, index=["X", "Y"])
GAPS = pd.DataFrame(
    {"a": [90.0, 10, 50], "b": [30.0, np.nan, np.nan], "c": [np.nan, 40, np.nan]}, index=["X", "Y", "Z"]
)
LENIENT = gt.spread_weights(min_coverage=0.2)


def scores(table, recipe, node="index", **options):
    return build_index(table, recipe, **options).scores[node].round(9).tolist()


# -- what each rule does -------------------------------------------------------------------------------------------


def test_a_mean_of_all_indicators_beneath_whatever_the_pillar():
    recipe = Recipe(tree(), of="indicators")
    assert scores(FULL, recipe) == [50.0, 55.0]
    assert scores(FULL, Recipe(tree())) == [40.0, 70.0]
    assert scores(FULL, recipe, "p") == [60.0, 40.0]  # the pillars are shown
    assert scores(FULL, Recipe(tree(d=3), of="indicators")) == [40.0, 70.0]  # each has its own weight
    assert scores(FULL, Recipe(tree(p=9), of="indicators")) == [50.0, 55.0]  # that of a pillar counts for nothing
    cells = pd.DataFrame(False, index=FULL.index, columns=FULL.columns)
    cells.loc["X", ["b", "c"]] = True
    index = build_index(FULL.mask(cells), recipe, not_applicable=cells)
    assert index.scores["index"].tolist() == [55.0, 55.0]
    assert index.coverage["index"].tolist() == [1.0, 1.0]
    only = Recipe(tree(), of=by_node({"p": "indicators"}, otherwise="children"))
    assert scores(FULL, only) == [40.0, 70.0]


def test_weights_of_a_sum_count_as_given():
    table = pd.DataFrame({"a": [100.0, 50], "b": [100.0, np.nan]}, index=["X", "Y"])
    weights = flat(a=0.5, b=0.5007)
    assert scores(table, Recipe(weights, aggregate=gt.sum, missing=LENIENT)) == [100.07, 50.035]
    below = Recipe(tree(p=1, q=1), aggregate=by_node({"p": gt.sum}, otherwise=gt.arithmetic_mean))
    assert scores(FULL, below) == [(180 + 20) / 2, (120 + 100) / 2]
    rounded = Recipe(weights, aggregate=partial(gt.rounded, aggregate=gt.sum, decimals=1), missing=LENIENT)
    assert scores(table, rounded) == [100.1, 50.0]


def test_the_total_of_a_sum_is_kept_where_weights_vary_or_a_node_is_left_out():
    recipe = Recipe(flat(a=2, b=1, c=1), aggregate=gt.sum)
    table = pd.DataFrame({"a": [50.0, 0], "b": [50.0, 100], "c": [50.0, 0]}, index=["X", "Y"])
    assert scores(table, recipe) == [200.0, 100.0]
    for source in (gt.weights_within(0.5), gt.weights_anywhere()):
        ensemble = gt.uncertainty_analysis(table, recipe, source, draws=8, rng=1)
        for batch in ensemble.study.batches(0, 1):
            assert batch.scores[:, 0] == pytest.approx(200)
        assert sum(node.weight for node in ensemble.recipe_of(3).framework.nodes[1:]) == pytest.approx(4)
    assert scores(table, recipe.without("a")) == [200.0, 200.0]
    assert gt.rescore(build_index(table, recipe), {"a": 4}).scores.tolist() == pytest.approx([300, 100])  # as given


def test_the_weight_of_what_is_missing_is_shared_equally_or_in_proportion_or_goes_to_one():
    weights = flat(a=4, b=1, c=1)
    assert scores(GAPS, Recipe(weights, missing=LENIENT)) == [78.0, 16.0, 50.0]
    equal = gt.equal_shares(min_coverage=0.2)
    assert scores(GAPS, Recipe(weights, missing=equal)) == [75.0, 17.5, 50.0]
    one = Recipe(weights, missing=LENIENT, fallback={"c": "b"})
    assert scores(GAPS, one) == [(4 * 90 + 2 * 30) / 6, 16.0, 50.0]
    both = replace(one, missing=equal)
    assert scores(GAPS, both) == [70.0, 17.5, 50.0]
    cells = GAPS.isna()  # what is not applicable leaves its weight by the same rule
    assert scores(GAPS, Recipe(weights, missing=equal), not_applicable=cells) == [75.0, 17.5, 50.0]
    mean = Recipe(weights, aggregate=gt.geometric_mean, missing=equal)
    assert scores(GAPS, mean)[0] == round(float(np.exp((4.5 * np.log(90) + 1.5 * np.log(30)) / 6)), 9)


def test_a_stand_in_counts_for_the_score_but_not_for_the_coverage():
    recipe = Recipe(flat(a=1, b=1), missing=gt.spread_weights(min_coverage=0.6), fallback={"b": "a"})
    table = pd.DataFrame({"a": [40.0, 60], "b": [np.nan, 20]}, index=["X", "Y"])
    index = build_index(table, recipe)
    assert index.coverage["index"].tolist() == [0.5, 1.0]
    assert index.excluded["unit"].tolist() == ["X"]


def test_the_leader_has_100_and_the_others_follow_in_proportion():
    best = Recipe(tree(), rescale={"to": 100, "by": "best"})
    assert scores(FULL, best, "p") == [100.0, round(200 / 3, 9)]
    at_index = Recipe(tree(), rescale=by_node({"index": {}}, otherwise=None))
    assert scores(FULL, at_index) == [round(400 / 7, 9), 100.0]
    ranged = Recipe(tree(), rescale=by_node({"index": {"to": 10, "by": "range"}}, otherwise=None))
    assert scores(FULL, ranged) == [0.0, 10.0]
    three = pd.concat([FULL, pd.DataFrame({"a": 99.0, "b": 99.0, "c": 99.0, "d": 99.0}, index=["Z"])])
    assert scores(three, at_index)[:2] == [round(4000 / 99, 9), round(7000 / 99, 9)]  # the sample sets the scale


def test_another_node_sets_the_scale():
    recipe = Recipe(tree(), range_of=by_node({"p": "a"}, otherwise=None))
    assert scores(FULL, recipe, "p") == [50.0, round(100 * (40 - 30) / 60, 9)]  # a ranges from 30 to 90
    best = replace(recipe, rescale=by_node({"p": {"to": 1, "by": "best"}}, otherwise=None))
    assert scores(FULL, best, "p") == [round(60 / 90, 9), round(40 / 90, 9)]
    both = Recipe(tree(), rescale={"by": "range"}, range_of=by_node({"q": "p"}, otherwise=None))
    assert scores(FULL, both, "q") == [-100.0, 300.0]  # p before it is rescaled itself: 40 to 60


def test_the_node_that_sets_the_scale_may_stand_anywhere():
    before = Recipe(tree(p=3), range_of=by_node({"p": "q"}, otherwise=None))  # q: 20 to 100; p: 60 and 40
    assert scores(FULL, before, "p") == [50.0, 25.0]
    assert scores(FULL, before) == [(3 * 50 + 20) / 4, (3 * 25 + 100) / 4]
    table = FULL.assign(e=[60.0, 0])
    wider = Framework([*tree().nodes, Node("e", "q", **ENDS)])  # the weights vary of what sets the scale
    for case in (before, Recipe(wider, range_of=by_node({"p": "q"}, otherwise=None))):
        nodes = ["d", "e"] if case.framework is wider else None
        ensemble = gt.uncertainty_analysis(table, case, gt.weights_within(0.5, nodes=nodes), draws=4, rng=1)
        (batch,) = ensemble.study.batches(0, 1)
        for draw in range(4):
            rebuilt = build_index(table, ensemble.recipe_of(draw)).scores["index"]
            assert batch.scores[draw] == pytest.approx(rebuilt.to_numpy())


def test_a_missing_child_or_a_low_one_makes_the_score_zero():
    assert scores(GAPS, Recipe(flat(a=1, b=1, c=1), missing=LENIENT, zero_if="missing")) == [0.0, 0.0, 0.0]
    assert scores(GAPS, Recipe(flat(a=1, b=1, c=1), missing=LENIENT, zero_if={"b": "missing"})) == [60.0, 0.0, 0.0]
    assert scores(GAPS, Recipe(flat(a=1, b=1, c=1), missing=LENIENT, zero_if={"a": 10})) == [60.0, 0.0, 50.0]
    strict = Recipe(flat(a=1, b=1, c=1), zero_if="missing")  # whatever the coverage
    assert scores(GAPS, strict) == [0.0, 0.0, 0.0]
    cells = GAPS.isna()
    cells.loc["X", "c"] = False
    assert scores(GAPS, strict, not_applicable=cells) == [0.0, 25.0, 50.0]
    nothing = GAPS.copy()
    nothing.loc["Z"] = np.nan  # a unit without any value has no score to be made 0
    assert np.isnan(scores(nothing, strict)[2])
    assert scores(GAPS, replace(strict, fallback={"b": "c"})) == [0.0, 30.0, 0.0]


# -- how rules are written -----------------------------------------------------------------------------------------

WRITTEN = {
    "of": by_node({"index": "indicators", "p": "children"}, otherwise=None),
    "fallback": {"a": "b", "c": "b"},
    "rescale": by_node({"p": {"to": 10, "by": "range"}}, otherwise={}),
    "range_of": by_node({"q": "p"}, otherwise=None),
    "zero_if": by_node({"q": "missing"}, otherwise={"d": 5, "a": "missing"}),
}


def test_a_recipe_with_every_rule_is_read_back_from_plain_data():
    recipe = Recipe(tree(), missing=gt.equal_shares(min_coverage=0.5), **WRITTEN)
    data = json.loads(json.dumps(recipe.to_dict()))
    assert data["missing"] == {"method": "equal_shares", "min_coverage": 0.5, "count": "indicators"}
    assert data["fallback"] == {"a": "b", "c": "b"}
    assert data["rescale"] == {"by_node": {"p": {"to": 10.0, "by": "range"}}, "otherwise": {"to": 100.0, "by": "best"}}
    assert data["zero_if"] == {"by_node": {"q": "missing"}, "otherwise": {"d": 5.0, "a": "missing"}}
    assert Recipe.from_dict(data) == recipe
    assert pickle.loads(pickle.dumps(recipe)) == recipe
    assert hash(Recipe.from_dict(data)) == hash(recipe)
    assert Recipe(tree()).to_dict().keys() == {
        "schema",
        "framework",
        "treat",
        "normalise",
        "aggregate",
        "missing",
        "rank",
    }


def test_a_recipe_says_its_rules_in_both_languages():
    recipe = Recipe(tree(), aggregate=gt.sum, missing=gt.equal_shares(), **WRITTEN)
    assert recipe.describe(form="lines").splitlines()[5:11] == [
        "Aggregation: weighted sum",
        "Aggregated from: index: all indicators under the node; p: the node's own children; all others: the node's own "
        "children",
        "Substitutes: where a is missing, b takes its place, where c is missing, b takes its place",
        "Rescaling: p: the worst score becomes 0 and the best 10; all others: the best score becomes 100, the others "
        "in proportion",
        "Range for rescaling: q: that of p; all others: none",
        "Scores of zero: q: a unit that lacks a child scores 0; all others: a unit whose d is at most 5 scores 0, "
        "a unit without a scores 0",
    ]
    assert (
        recipe.describe(form="lines")
        .splitlines()[11]
        .startswith("Missing data: a missing value's weight is shared equally by")
    )
    assert recipe.describe("zh", form="lines").splitlines()[5:12] == [
        "汇总：加权求和",
        "汇总对象：“index”：其下全部指标；“p”：直接下级；其余：直接下级",
        "缺失时的替代：“a”缺失时以“b”的得分代替、“c”缺失时以“b”的得分代替",
        "得分换算：“p”：最低得分换算为0，最高得分换算为10；其余：最高得分换算为100，其余按比例",
        "换算所用的取值范围：“q”：以“p”的取值范围为准；其余：无",
        "记零规则：“q”：缺任一下级的，得0分；其余：“d”得分不高于5的，得0分、缺“a”的，得0分",
        "缺失数据：缺失项的权重由同级其他各项平均分担；总指数和每个分指数：适用于该单位的指标中，"
        "有值的均不低于65%，否则该节点无得分，在上一级视为缺失",
    ]


def test_a_node_left_out_takes_its_rules_along():
    recipe = Recipe(tree(), **WRITTEN)
    left = recipe.without("b")
    assert (left.fallback, left.zero_if.otherwise) == (None, (("d", 5.0), ("a", "missing")))
    assert recipe.without("a").zero_if.otherwise == (("d", 5.0),)
    assert recipe.without("q").range_of.methods == {}
    with pytest.raises(InputError) as refused:
        recipe.without("p")
    assert refused.value.texts[0].en == "range_of: 'p' cannot be left out, because other nodes take its range"


def test_rules_vary_like_any_other_choice():
    recipe = Recipe(tree(), missing=LENIENT)
    best = {"to": 100, "by": "best"}
    assert [each.rescale for each in recipe.vary(rescale=[None, best])] == [None, Rescale(100.0, "best")]
    sources = [
        gt.one_of("rescale", None, best, at=["p", "q"]),
        gt.one_of("of", "children", "indicators"),
        gt.one_of("zero_if", None, {"d": 50}, at="q"),
    ]
    table = pd.DataFrame(np.random.default_rng(3).uniform(0, 100, (9, 4)), columns=list("abcd"))
    ensemble = gt.uncertainty_analysis(table, recipe, sources, draws=40, rng=2)
    batches, seen = list(ensemble.study.batches(0, 1)), set()
    for draw in range(40):
        drawn = ensemble.recipe_of(draw)
        seen.add((str(drawn.rescale), drawn.of, str(drawn.zero_if)))
        expected = build_index(table, drawn).scores["index"]
        batch = next(part for part in batches if draw in part.rows)
        own = batch.scores[list(batch.rows).index(draw) if len(batch.scores) > 1 else 0]
        assert own == pytest.approx(expected.to_numpy())
    assert len(seen) == 8
    assert gt.one_of("rescale", None, best).bind(recipe, FULL).labels == (
        "none",
        "rescale = {'to': 100.0, 'by': 'best'}",
    )


def test_choices_of_rules_are_checked():
    with pytest.raises(InputError) as refused:
        gt.one_of("rescale", {"to": 0}, {"by": "bets"})
    assert str(refused.value).splitlines() == [
        "one_of: 2 problems",
        "  - rescale: to = 0, expected a positive number",
        "  - rescale: by = 'bets' is unknown; did you mean 'best'? valid: best, range",
    ]
    with pytest.raises(InputError, match=r"weights"):
        gt.uncertainty_analysis(
            FULL, Recipe(tree()), [gt.one_of("of", None, "indicators"), gt.weights_anywhere()], draws=2, rng=0
        )


# -- what is refused -----------------------------------------------------------------------------------------------

REFUSED = {
    "of": (
        {"of": "leaves"},
        'of = \'leaves\': expected "indicators" (all indicators under the node) or "children" (its own children)',
    ),
    "by node": (
        {"of": {"by_node": {"p": "indicators"}, "others": 1}},
        "of = {'by_node': {'p': 'indicators'}, 'others': 1}: expected { by_node = { node = ... }, otherwise = ... }",
    ),
    "pillar": ({"of": by_node({"a": "indicators"}, otherwise=None)}, "of: no pillar 'a'; valid: p, q, index"),
    "fallback": (
        {"fallback": "d"},
        "fallback = 'd': expected { c = \"d\" }, where c, if missing, takes the score of d, another node",
    ),
    "itself": (
        {"fallback": {"a": "a"}},
        "fallback = {'a': 'a'}: expected { c = \"d\" }, where c, if missing, takes the score of d, another node",
    ),
    "unknown": (
        {"fallback": {"a": "bb"}},
        "fallback: no node 'bb'; did you mean 'b'? valid: a, b, c, d, index, p, q",
    ),
    "cousin": (
        {"fallback": {"a": "d"}},
        "fallback: 'd' cannot stand in for 'a': 'p' is aggregated from a, b, c alone",
    ),
    "not there": (
        {"zero_if": by_node({"q": {"a": 0}}, otherwise=None)},
        "zero_if: no node with this rule is aggregated from 'a'; remove it, or name its node (by_node)",
    ),
    "rescale": ({"rescale": 100}, 'rescale = 100: expected { to = 100, by = "best" }'),
    "key": ({"rescale": {"too": 1}}, "rescale: 'too' is unknown; did you mean 'to'? valid: to, by"),
    "zero": (
        {"zero_if": {"a": None}},
        'zero_if = {\'a\': None}: expected "missing", or { c = 0 } (the score of c is at most 0), or { c = "missing" }',
    ),
    "range": ({"range_of": 3}, "range_of = 3: expected the code of a node"),
    "circle": (
        {"range_of": by_node({"p": "index"}, otherwise=None)},
        "range_of: each of p, index, p needs the one after it to be scored first; take the range of another node",
    ),
    "median": (
        {"aggregate": gt.median, "missing": gt.equal_shares()},
        "missing: 'p' is aggregated by median, but equal_shares goes only with the arithmetic, geometric, harmonic and "
        "power mean and with sum",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_rule_that_cannot_be_is_refused(name):
    choices, problem = REFUSED[name]
    with pytest.raises(InputError) as refused:
        Recipe(tree(), **choices)
    assert refused.value.texts[0].en == problem


def test_scores_that_set_no_scale_are_refused():
    none = FULL.assign(d=0.0)
    with pytest.raises(InputError) as refused:
        build_index(none, Recipe(tree(), rescale={"by": "best"}))
    assert refused.value.texts[0].en == (
        "'q': the best score is 0.0, and scores are rescaled by the best only where it is positive"
    )
    with pytest.raises(InputError) as refused:
        build_index(none, Recipe(tree(), range_of=by_node({"p": "d"}, otherwise=None)))
    assert refused.value.texts[0].en == "'d': all units score 0.0, so there is no range to rescale by"
    strict = Recipe(tree(), missing=gt.require_all(), range_of=by_node({"q": "p"}, otherwise=None))
    with pytest.raises(InputError) as refused:
        build_index(pd.DataFrame({"a": [1.0, None], "b": [None, 2.0], "c": 3.0, "d": 4.0}, index=["X", "Y"]), strict)
    assert refused.value.texts[0].en == "'q' is rescaled by the range of 'p', on which no unit has a score"
    assert refused.value.texts[0].zh == "“q”按“p”的取值范围换算，而各单位在“p”上均无得分，无法换算（rescale）"


# -- thresholds ----------------------------------------------------------------------------------------------------

PAIR = pd.DataFrame(
    {"a": [90.0, 30, 10], "b": [60.0, 30, 10], "c": [30.0, 60, 10], "d": [20.0, 60, 10]}, index=list("XYZ")
)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(tree(), of="indicators"),
        Recipe(tree(p=3, q=2), aggregate=gt.sum),
        Recipe(tree(a=3), aggregate=by_node({"p": gt.sum}, otherwise=gt.arithmetic_mean)),
        Recipe(tree(), rescale=by_node({"index": {}}, otherwise=None)),
    ],
    ids=["pooled", "sum", "sum below", "leader"],
)
@pytest.mark.parametrize("node", ["index", "p"])
def test_thresholds_are_those_at_which_the_ranking_changes(recipe, node):
    index = build_index(PAIR, recipe)
    if node == "p" and recipe.of:
        with pytest.raises(InputError) as refused:
            gt.weight_to_swap(index, "X", "Y", node=node)
        assert refused.value.texts[0].en == (
            "'p' is shown but not part of the index, which is aggregated from the indicators themselves; use "
            "node='index'"
        )
        return
    swap = gt.weight_to_swap(index, "X", "Y", node=node)
    assert swap.feasible and swap.confirmed
    weights = pd.Series(swap.weights)
    framework = recipe.framework
    total = sum(framework.node(code).weight for code in weights.index) if recipe.sums(node) else 1
    at = build_index(PAIR, replace(recipe, framework=framework.with_weights(weights * total))).scores["index"]
    assert at["X"] == pytest.approx(at["Y"])


def test_a_stand_in_keeps_thresholds_exact():
    table = PAIR.copy()
    table.loc["X", "b"] = np.nan
    recipe = Recipe(tree(), fallback={"b": "c"}, missing=LENIENT)
    index = build_index(table, recipe)
    swap = gt.weight_to_swap(index, "X", "Y", node="p")
    assert swap.confirmed
    at = build_index(table, replace(recipe, framework=recipe.framework.with_weights(swap.weights))).scores["index"]
    assert at["X"] == pytest.approx(at["Y"])


@pytest.mark.parametrize(
    ("choices", "rule"),
    [
        ({"rescale": {"by": "best"}}, "'p' has the rule rescale"),
        ({"zero_if": by_node({"p": {"c": 30}}, otherwise=None)}, "'p' has the rule zero_if"),
        ({"zero_if": by_node({"index": {"p": 0}}, otherwise=None)}, "'index' has the rule zero_if"),
        ({"missing": gt.equal_shares(min_coverage=0.5)}, "'p' has the rule equal_shares"),
        ({"range_of": by_node({"q": "p"}, otherwise=None)}, "'q' has the rule range_of"),
    ],
)
def test_a_rule_by_which_no_threshold_is_exact_is_named(choices, rule):
    table = PAIR.copy()
    if "missing" in choices:
        table.loc["X", "b"] = np.nan
    index = build_index(table, Recipe(tree(), **choices))
    for analysis in (partial(gt.weight_to_swap, a="X", b="Y"), gt.weight_stability, gt.dominance):
        with pytest.raises(
            InputError, match=rule + ", by which its score is no mean of its children: no exact threshold"
        ):
            analysis(index, node="p")
    with pytest.raises(InputError, match="has the rule"):
        gt.weight_to_swap(index, "X", "Y", node=None)


def test_what_it_takes_looks_at_the_whole_sample_where_the_leader_sets_the_scale():
    index = build_index(PAIR, Recipe(tree(), rescale={"by": "best"}))
    found = gt.what_would_it_take(index, "Y", 1)
    assert found["confirmed"].all() and found["reachable"].any()


def test_importance_and_contributions_weigh_a_pool_by_its_indicators():
    from govtransparency.contributions import contributions
    from govtransparency.robustness.thresholds.weight_paths import weight_paths

    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.uniform(0, 100, (12, 4)), columns=list("abcd"))
    index = build_index(table, Recipe(tree(d=3), of="indicators"))
    assert gt.importance(index, of="children")["weight"].to_dict() == {"p": 0.5, "q": 0.5}
    assert gt.importance(index)["weight"].to_dict() == pytest.approx({"a": 1 / 6, "b": 1 / 6, "c": 1 / 6, "d": 1 / 2})
    parts = contributions(index)
    assert list(parts) == ["p", "q"]
    for choices in ({"of": "indicators"}, {"aggregate": gt.sum}, {"rescale": {"by": "best"}}, {"zero_if": {"p": 40}}):
        index = build_index(table, Recipe(tree(d=3), **choices))
        assert contributions(index).sum(axis=1).to_numpy() == pytest.approx(index.scores["index"].to_numpy())
    assert set(weight_paths(index, [0, 1])["pillar"]) == {"p", "q"}


def test_an_indicator_left_out_of_a_sum_keeps_its_total_in_the_errors():
    rng = np.random.default_rng(1)
    table = pd.DataFrame(rng.uniform(0, 100, (8, 3)), columns=list("abc"))
    errors = [
        gt.indicator_errors(table, Recipe(flat(a=w, b=w, c=w), aggregate=rule)).to_numpy()
        for w, rule in ((1.0, gt.arithmetic_mean), (2.0, gt.sum))
    ]
    assert errors[1] == pytest.approx(36 * errors[0])
