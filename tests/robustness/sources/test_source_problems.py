"""What each source of uncertainty refuses, and with which sentence: bad arguments, no fit, nothing that varies."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError, Recipe
from tests.examples import FOUR_UNITS as TABLE
from tests.examples import TWO_PILLARS as TREE
from tests.examples import refusal_of_sources as refused

MEANS = gt.arithmetic_mean
WEIGHTED = (
    (gt.weights_within(0.25, nodes=["d"]), "the chosen nodes have no siblings, so their weights have no effect"),
    (gt.weights_within(0.25, nodes=["e"]), "unknown node 'e'; valid: p, q, a, b, c, d"),
    (gt.weights_within([0.1, 0.2, 0.3]), "3 shares, but the framework has 2 levels"),
    (gt.weights_within(0.25, level=3), "level = 3: the framework has levels 1 to 2"),
    (gt.weights_anywhere(at="q"), "none of the chosen nodes has more than one child, so its weights are always 1"),
    (gt.weights_ordered(["a", "b"]), "the order must name each child of 'p' once: a, b, c"),
    (gt.weights_bounded({"a": (0.5, 0.6), "b": (0.6, 0.7)}), "the bounds leave sums from 1.1 to 2.3"),
    (gt.expert_weights(pd.DataFrame({"a": [1, 2], "b": [2, 1]})), "of the children of 'p', c have no weights"),
    (gt.expert_weights(pd.DataFrame({"p": [1, 2], "q": [1, 2]})), "all experts give the same weights"),
    ([gt.weights_anywhere(), gt.weights_around(5, at="p")], "both set the weight of 'a'; keep one"),
    ([gt.weights_within(0.1), gt.weights_within(0.1)], "duplicate source 'weights +-10%'"),
    ([], "no source of uncertainty given"),
    ([gt.min_max], "source 1: min_max is not a source of uncertainty; use gt.one_of, gt.weights_within, ..."),
    (
        [gt.one_of("weights", gt.equal_weights, gt.given_weights), gt.weights_anywhere(at="p")],
        "weights and weights anywhere at 'p' both set weights; keep one",
    ),
    (
        [gt.one_of("framework", TREE, TREE.without("d")), gt.one_of("weights", {"p": 1}, {"p": 2})],
        "framework and weights both set weights; keep one",
    ),
    (
        [gt.one_of("aggregate", MEANS, gt.median, at="index"), gt.one_of("aggregate", MEANS, gt.median, level=2)],
        "aggregate at 'index' and aggregate at level 2 both choose for 'index'; keep one",
    ),
    (
        [gt.one_of("aggregate", MEANS, gt.median, at="index"), gt.one_of("aggregate", MEANS, gt.median)],
        "aggregate is chosen by two sources; keep one",
    ),
)


@pytest.mark.parametrize(("sources", "words"), WEIGHTED, ids=range(len(WEIGHTED)))
def test_a_source_that_does_not_fit_or_changes_nothing_is_refused(sources, words):
    assert words in refused(sources)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: gt.weights_within(25), "share = 25: expected a number above 0 and below 1, such as 0.25"),
        (lambda: gt.weights_within(0), "share = 0: expected a number above 0"),
        (lambda: gt.weights_around(0), "concentration = 0: expected a number above 0"),
        (
            lambda: gt.weights_bounded({"a": (0.5, 0.2)}),
            "bounds['a'] = (0.5, 0.2): expected (low, high) with 0 <= low < high <= 1",
        ),
        (lambda: gt.weights_ordered(["a"]), "at least two siblings"),
        (
            lambda: gt.expert_weights(pd.DataFrame({"a": [0, 1], "b": [1, 1]})),
            "expert 0, 'a': weight 0; expected a positive number",
        ),
        (
            lambda: gt.one_of("normalize", gt.min_max, gt.z_score),
            "step = 'normalize' is unknown; did you mean 'normalise'?",
        ),
        (lambda: gt.one_of("normalise", gt.min_max), "options: 1 given; expected at least two"),
        (
            lambda: gt.one_of("aggregate", "mean", "median"),
            "aggregate: 'mean' is a text; name the function itself, such as gt.median",
        ),
        (
            lambda: gt.one_of("normalise", [gt.min_max, gt.z_score]),
            "normalise: give each option as an argument of its own, not in a list: gt.one_of('normalise', first, ",
        ),
        (
            lambda: gt.one_of("missing", 0.5, 0.6),
            "missing = 0.5: expected a value of type MissingRule, such as gt.spread_weights()",
        ),
        (lambda: gt.imputation(None), "methods: 1 given; expected at least two"),
        (lambda: gt.threshold(gt.min_max, "tail", [1, 2]), "min_max has no parameter 'tail'"),
        (lambda: gt.marks_noise(pd.DataFrame({"unit": []})), "the columns 'indicator', 'assessor', 'mark' are missing"),
        (
            lambda: gt.marks_noise(pd.DataFrame({"unit": "W", "indicator": "a", "assessor": [1, 1], "mark": [1, 0]})),
            "duplicate mark of assessor 1 for 'a' of 'W'",
        ),
        (
            lambda: gt.marks_noise(pd.DataFrame({"unit": "W", "indicator": "a", "assessor": [1], "mark": ["x"]})),
            "assessor 1, 'a' of 'W': mark 'x' is not a number",
        ),
        (lambda: gt.weights_within([]), "share = []: expected a number, or one number for each level bottom up"),
        (lambda: gt.weights_within([0, 0]), "share = [0, 0]: expected"),
        (lambda: gt.weights_within([0.1, 1]), "share = 1: expected a number from 0 to below 1, such as 0.25"),
        (lambda: gt.weights_within(0.1, nodes="a", level=1), "nodes and level: give only one of the two"),
        (lambda: gt.weights_within(0.1, nodes=5), "nodes = 5: expected a list of names"),
        (lambda: gt.weights_within(0.1, level=0), "level = 0: expected a whole number of at least 1"),
        (lambda: gt.weights_anywhere(flat=True, at="p"), "flat and at: give only one of the two"),
        (lambda: gt.weights_around(np.inf), "concentration = inf: expected a number above 0"),
        (lambda: gt.weights_ordered("ab"), "order = 'ab': expected the codes of at least two siblings"),
        (lambda: gt.weights_bounded({}), "bounds = {}: expected (low, high) for each code, at least one code"),
        (lambda: gt.weights_bounded(0.3), "bounds = 0.3: expected (low, high) for each code"),
        (lambda: gt.one_of("treat", gt.log_transform, (), at="p"), "treat: only 'aggregate' (at, level) and"),
        (lambda: gt.one_of("aggregate", MEANS, gt.median, at="p", level=1), "at and level: give only one of the two"),
        (
            lambda: gt.one_of("aggregate", gt.by_level([MEANS, gt.median]), MEANS, level=1),
            "cannot be chosen for some nodes alone; give plain methods",
        ),
        (lambda: gt.imputation(None, "mean"), "method = 'mean': expected the function itself, not its name"),
        (lambda: gt.threshold("cut", "top", [1, 2]), "method = 'cut': expected the function itself, not its name"),
        (lambda: gt.threshold(gt.jrc_outliers, "skewness", [1]), "values: 1 given; expected at least two"),
        (lambda: gt.marks_noise([1.0]), "marks = [1.0]: expected a value of type DataFrame"),
        (lambda: gt.expert_weights(pd.DataFrame({"a": [1]})), "experts: 1 given; expected at least two"),
        (lambda: gt.weights_within(True), "share = True: expected a number"),
        (lambda: gt.weights_within("0.25"), "share = '0.25': expected a number"),
        (lambda: gt.weights_around(True), "concentration = True: expected a number above 0"),
        (lambda: gt.weights_bounded({"a": 0.3}), "bounds['a'] = 0.3: expected (low, high)"),
        (lambda: gt.expert_weights({"a": [1, 2]}), "table = {'a': [1, 2]}: expected a DataFrame, experts in rows"),
        (
            lambda: gt.expert_weights(pd.DataFrame({"a": ["much", 1], "b": [1, 1]}, index=["E", "F"])),
            "expert 'E', 'a': weight 'much'; expected a positive number",
        ),
        (
            lambda: gt.expert_weights(pd.DataFrame([[1, 2, 3], [3, 2, 1]], columns=["a", "b", "a"])),
            "duplicate node 'a'",
        ),
    ],
)
def test_bad_arguments_are_refused_when_a_source_is_declared(make, words):
    with pytest.raises(InputError) as error:
        make()
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("make", "chinese"),
    [
        (lambda: gt.weights_within(25), "share = 25：应为大于0且小于1的数，例如0.25"),
        (lambda: gt.one_of("normalise", gt.min_max), "options：只有1个；至少应为两个，否则没有可变动的内容"),
        (lambda: gt.weights_bounded({"a": 0.3}), "bounds['a'] = 0.3：应为（下限，上限），0 <= 下限 < 上限 <= 1"),
        (
            lambda: gt.expert_weights(pd.DataFrame({"a": [0, 1], "b": [1, 1]}, index=["E", "F"])),
            "专家“E”给“a”的权重为0；应为正数",
        ),
        (
            lambda: gt.uncertainty_analysis(TABLE, Recipe(TREE), gt.weights_within(0.1, nodes=["e"]), draws=9, rng=0),
            "weights +-10% of e：未知节点“e”；可用：p、q、a、b、c、d",
        ),
        (
            lambda: gt.uncertainty_analysis(
                TABLE, Recipe(TREE), [gt.weights_anywhere(), gt.weights_around(5, at="p")], draws=9, rng=0
            ),
            "“weights anywhere”与“weights around, c = 5 at 'p'”都设定“a”的权重；请只保留一个",
        ),
        (
            lambda: gt.uncertainty_analysis(
                TABLE, Recipe(TREE), gt.one_of("normalise", gt.min_max, partial(gt.min_max, to=(0, 1))), draws=9, rng=0
            ),
            "在这张数据表上，min_max与min_max(to=(0, 1))给每个被评单位的名次都相同",
        ),
    ],
    ids=range(7),
)
def test_what_is_refused_is_refused_in_chinese_too(make, chinese):
    with pytest.raises(InputError) as error:
        make()
    assert chinese in error.value.in_language("zh")


def test_min_max_on_normalised_data_changes_nothing_and_is_refused():
    """The published sensitivity test that rescaled z-scores by min-max, and so varied nothing (trap)."""
    said = refused(gt.one_of("normalise", gt.min_max, partial(gt.min_max, to=(0, 1))))
    assert "normalise: min_max and min_max(to=(0, 1)) give every unit the same rank on this table" in said
    floors = [partial(gt.geometric_mean, floor=1), gt.arithmetic_mean]
    sources = [gt.one_of("normalise", gt.min_max, partial(gt.min_max, to=(10, 100))), gt.one_of("aggregate", *floors)]
    assert gt.uncertainty_analysis(TABLE, Recipe(TREE), sources, draws=10, rng=0).draws == 10


def test_a_missing_data_rule_that_no_gap_asks_for_is_refused():
    rules = gt.one_of("missing", gt.spread_weights(min_coverage=0.5), gt.spread_weights(min_coverage=0.9))
    assert "min_coverage=0.5 and min_coverage=0.9 give every unit the same rank" in refused(rules)
    gappy = TABLE.copy()
    gappy.loc["W", "a"] = np.nan
    assert gt.uncertainty_analysis(gappy, Recipe(TREE), rules, draws=20, rng=0).ranked["W"] < 1


def test_combinations_that_cannot_work_are_named_before_any_draw():
    centred = partial(gt.z_score, mean=0)
    sources = [
        gt.one_of("normalise", gt.min_max, centred),
        gt.one_of("aggregate", gt.arithmetic_mean, partial(gt.geometric_mean, floor=1), gt.harmonic_mean),
        gt.weights_within(0.25),
    ]
    said = refused(sources)
    assert "normalise = z_score(mean=0) with aggregate = harmonic_mean cannot work" in said
    assert "normalise = min_max with aggregate = harmonic_mean cannot work" in said
    assert "is not positive" in said
    assert "arithmetic_mean cannot work" not in said


def test_a_combination_that_cannot_work_is_named_in_chinese():
    above, centred = partial(gt.min_max, to=(1, 100)), partial(gt.z_score, mean=0)
    recipe = Recipe(TREE, normalise=above, aggregate=gt.geometric_mean)
    with pytest.raises(InputError) as error:
        gt.uncertainty_analysis(TABLE, recipe, gt.one_of("normalise", above, centred), draws=9, rng=0)
    assert "normalise = z_score(mean=0)无法计算：" in error.value.in_language("zh")


def test_a_combination_that_fails_under_some_weights_only_is_named_too():
    low, above = (partial(gt.min_max, to=(least, 100)) for least in (-5, 1))
    recipe = Recipe(
        TREE,
        normalise=gt.by_node({"a": low}, otherwise=above),
        aggregate=gt.by_node({"index": gt.geometric_mean}, otherwise=gt.arithmetic_mean),
    )
    with pytest.raises(InputError, match="the recipe as it is cannot work: 'index': unit 'Y', 'p': score -") as error:
        gt.uncertainty_analysis(TABLE, recipe, gt.weights_anywhere(at="p"), draws=5000, rng=0)
    assert "is not positive" in str(error.value)
