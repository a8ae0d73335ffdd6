"""Rescoring: to the last digit what a rebuilt index gives."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from govtransparency.aggregation import weighted_sum
from govtransparency.robustness.thresholds.rescore import rescore

PARENTS = {"a": "p", "b": "p", "c": "q", "d": "deep", "e": "deep", "f": "index"}
TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=2),
        Node("q", "index"),
        Node("deep", "q"),
        *(Node(code, parent, worst=0, best=10) for code, parent in PARENTS.items()),
    ]
)


def median_of(scores, weights):
    return scores.median(axis=1)


def table(holes):
    rng = np.random.default_rng(1)
    values = pd.DataFrame(rng.uniform(0, 10, (12, 6)), columns=list("abcdef"), index=[f"u{n}" for n in range(12)])
    return values.mask(rng.random(values.shape) < 0.2) if holes else values


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize(
    "mean",
    [
        gt.arithmetic_mean,
        partial(gt.geometric_mean, floor=1.0),
        partial(gt.harmonic_mean, floor=1.0),
        partial(gt.power_mean, p=2.0),
        gt.by_level([gt.arithmetic_mean, gt.arithmetic_mean, partial(gt.geometric_mean, floor=0.1)]),
        gt.by_node({"q": median_of}, otherwise=gt.arithmetic_mean),
    ],
)
def test_scores_and_ranks_are_those_of_a_rebuilt_index_to_the_last_digit(mean, holes):
    recipe = Recipe(TREE, aggregate=mean, missing=gt.spread_weights(min_coverage=0.5))
    index = build_index(table(holes), recipe)
    rng = np.random.default_rng(2)
    codes = [node.code for node in TREE.nodes if node.code != "index"]
    for named in (codes, ["p"], ["deep", "a"], []):
        weights = dict(zip(named, rng.uniform(0.1, 5, len(named)), strict=True))
        rebuilt = build_index(table(holes), replace(recipe, framework=TREE.with_weights(weights)))
        other = rescore(index, weights)
        pd.testing.assert_series_equal(other.scores, rebuilt.scores["index"], check_exact=True)
        pd.testing.assert_series_equal(other.ranks, rebuilt.ranks)


def test_a_weight_of_nothing_takes_a_child_out():
    index = build_index(table(False), Recipe(TREE))
    without = build_index(table(False), Recipe(TREE.without("f")))
    assert rescore(index, {"f": 0}).scores.to_numpy() == pytest.approx(without.scores["index"].to_numpy())


def test_a_pillar_that_is_shown_and_not_averaged_may_lose_all_its_weights():
    index = build_index(table(False), Recipe(TREE, of="indicators"))
    found = rescore(index, {"a": 0, "b": 0})
    others = index.normalised[["c", "d", "e", "f"]]
    assert found.scores.to_numpy() == pytest.approx(others.mean(axis=1).to_numpy())
    with pytest.raises(InputError, match="the children of 'index' all have weight 0"):
        rescore(index, dict.fromkeys("abcdef", 0))


def test_weights_that_cannot_be_are_refused_all_at_once():
    index = build_index(table(False), Recipe(TREE))
    with pytest.raises(InputError) as refused:
        rescore(index, {"deeep": 1, "a": -1, "b": float("nan"), "c": "2"})
    text = str(refused.value)
    assert "weights: unknown node 'deeep'; did you mean 'deep'?" in text
    assert "weights['a'] = -1: expected a number of at least 0" in text
    assert "weights['b'] = nan" in text and "weights['c'] = '2'" in text
    assert "weights：未知的指标“deeep”；是否应为“deep”？" in refused.value.in_language("zh")
    with pytest.raises(InputError, match="the children of 'p' all have weight 0: at least one of 'a', 'b'") as refused:
        rescore(index, {"a": 0, "b": 0})
    assert refused.value.texts[0].zh == "“p”的各下级权重不能全部为0：“a”、“b”之中至少一项的权重须大于0"


def test_the_sum_is_taken_in_the_order_of_the_columns():
    y, w = np.array([[1e16, 1.0, -1e16, 1.0]]), np.ones(4)
    expected = 0.0
    for value in y[0]:
        expected += value
    assert weighted_sum(y, w)[0] == expected


def all_but_first(values, framework):
    return values.iloc[1:]


def test_a_unit_that_a_treatment_leaves_out_changes_no_other_s_last_digit():
    recipe = Recipe(TREE, treat=(all_but_first,))
    index = build_index(table(False), recipe)
    weights = {code: 1 + 0.1 * place for place, code in enumerate("abcdef")}
    rebuilt = build_index(table(False), replace(recipe, framework=TREE.with_weights(weights)))
    pd.testing.assert_series_equal(rescore(index, weights).scores, rebuilt.scores["index"], check_exact=True)
    pd.testing.assert_series_equal(rescore(index, weights).ranks, rebuilt.ranks)


def same_as_rebuilt(values, recipe):
    index = build_index(values, recipe)
    weights = {code: 1 + 0.1 * place for place, code in enumerate("abcdef")}
    rebuilt = build_index(values, replace(recipe, framework=TREE.with_weights(weights)))
    pd.testing.assert_series_equal(rescore(index, weights).scores, rebuilt.scores["index"], check_exact=True)
    pd.testing.assert_series_equal(rescore(index, weights).ranks, rebuilt.ranks)


def test_a_unit_whose_score_is_withheld_changes_no_other_s_last_digit():
    values = table(False)
    values.iloc[0, 1:] = float("nan")
    same_as_rebuilt(values, Recipe(TREE, missing=gt.require_all()))
    same_as_rebuilt(values, Recipe(TREE, missing=gt.require_all(), aggregate=gt.by_level([far_from_the_best] * 3)))


def far_from_the_best(scores, weights):
    return (scores - scores.max()).mul(weights).sum(axis=1, min_count=1)


def test_a_second_key_breaks_ties_under_the_new_weights_too():
    recipe = Recipe(TREE, rank=gt.RankRule(decimals=0, tie_breakers="q"))
    same_as_rebuilt(table(False), recipe)
    index = build_index(table(False), recipe)
    plain = build_index(table(False), replace(recipe, rank=gt.RankRule(decimals=0)))
    assert not rescore(index, {"a": 3}).ranks.equals(rescore(plain, {"a": 3}).ranks)


def test_where_coverage_counts_the_weights_other_weights_change_who_is_scored():
    recipe = Recipe(TREE, missing=gt.spread_weights(min_coverage=0.5, count="weights"))
    same_as_rebuilt(table(False), recipe)
    same_as_rebuilt(table(True), recipe)
    index = build_index(table(True), recipe)
    assert not rescore(index, {"f": 9}).ranks.isna().equals(index.ranks.isna())
    with pytest.raises(InputError, match="other weights change who is scored and no exact threshold exists") as refused:
        gt.dominance(index)
    assert "权重一变，有得分的被评单位也随之改变，因此没有精确的临界权重" in refused.value.in_language("zh")
