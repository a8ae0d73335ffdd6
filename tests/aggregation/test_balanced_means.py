"""Median, OWA, Choquet integral and penalties for imbalance: known cases and figures made by hand."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import govtransparency as gt
from govtransparency import InputError
from tests.examples import CHILDREN, EQUAL, WEIGHTS, few, score_tables


def test_weighted_median_of_even_and_uneven_weights():
    scores = pd.DataFrame({"a": [1.0], "b": [2.0], "c": [10.0]}, index=["u"])
    median = lambda **w: gt.median(scores[list(w)], pd.Series(w))["u"]  # noqa: E731
    assert (median(a=1, b=1, c=1), median(a=1, b=1), median(a=3, b=1, c=1), median(a=1, b=1, c=2)) == (2, 1.5, 1, 6)


@few
@given(scores=score_tables)
def test_owa_and_choquet_have_the_arithmetic_mean_and_the_extremes_as_cases(scores):
    mean = gt.arithmetic_mean(scores, WEIGHTS)
    np.testing.assert_allclose(gt.owa(scores, WEIGHTS, order_weights=(1, 1, 1)), mean)
    np.testing.assert_allclose(gt.owa(scores, WEIGHTS, orness=0.5), mean)
    np.testing.assert_allclose(gt.owa(scores, EQUAL, order_weights=(1, 0, 0)), scores.max(axis=1))
    np.testing.assert_allclose(gt.owa(scores, EQUAL, order_weights=(0, 1, 0)), scores.median(axis=1))
    np.testing.assert_allclose(gt.choquet(scores, WEIGHTS), mean)
    sets = [s for k in (1, 2) for s in itertools.combinations(CHILDREN, k)]
    share = WEIGHTS / WEIGHTS.sum()
    np.testing.assert_allclose(gt.choquet(scores, EQUAL, capacity=[(s, share[list(s)].sum()) for s in sets]), mean)
    np.testing.assert_allclose(gt.choquet(scores, EQUAL, capacity=[(s, 0) for s in sets]), scores.min(axis=1))
    np.testing.assert_allclose(gt.choquet(scores, EQUAL, capacity=[(s, 1) for s in sets]), scores.max(axis=1))


@few
@given(scores=score_tables)
def test_the_two_ways_to_give_a_capacity_agree(scores):
    interaction = [("a", "b", 0.3), ("a", "c", -0.2)]
    w = (WEIGHTS / 4).to_dict()
    alone = {child: w[child] - sum(v for i, j, v in interaction if child in (i, j)) / 2 for child in CHILDREN}
    both = {frozenset((i, j)): v for i, j, v in interaction}
    capacity = [((c,), alone[c]) for c in CHILDREN]
    capacity += [(s, sum(alone[c] for c in s) + both.get(frozenset(s), 0)) for s in itertools.combinations(CHILDREN, 2)]
    ours = gt.choquet(scores, WEIGHTS, interaction=interaction)
    np.testing.assert_allclose(ours, gt.choquet(scores, WEIGHTS, capacity=capacity))


def test_the_textbook_choquet_integral():
    # Grabisch (1996), three pupils; mathematics and physics repeat each other, literature counts with either
    marks = pd.DataFrame([[18, 16, 10], [10, 12, 18], [14, 15, 15]], index=["A", "B", "C"], columns=["m", "p", "l"])
    capacity = [(["m"], 0.45), (["p"], 0.45), (["l"], 0.3), (["m", "p"], 0.5), (["m", "l"], 0.9), (["p", "l"], 0.9)]
    scores = gt.choquet(marks.astype(float), pd.Series(1.0, index=["m", "p", "l"]), capacity=capacity)
    assert scores.round(9).to_dict() == {"A": 13.9, "B": 13.6, "C": 14.9}


def test_penalties_by_hand():
    scores = pd.DataFrame({"a": [90.0, 100.0], "b": [110.0, 100.0], "c": [100.0, 100.0]}, index=["u", "v"])
    assert gt.mazziotta_pareto(scores, EQUAL).tolist() == pytest.approx([100 - 200 / 3 / 100, 100])
    assert gt.mazziotta_pareto(scores, EQUAL, ddof=1).tolist() == pytest.approx([99, 100])
    assert gt.adjusted_mazziotta_pareto(scores, EQUAL, penalty=-1).tolist() == pytest.approx([100 + 2 / 3, 100])
    assert gt.mean_min(scores, EQUAL, alpha=0).tolist() == pytest.approx([100, 100])
    assert gt.mean_min(scores, EQUAL, alpha=1).tolist() == pytest.approx([90, 100])
    assert gt.mean_min(scores, EQUAL, alpha=0.5, beta=5)["u"] == pytest.approx(100 - 0.5 * (math.sqrt(125) - 5))


def test_a_mean_that_is_not_positive_has_no_variation():
    scores = pd.DataFrame([[1.0, -1.0, 0.0]], index=["u"], columns=CHILDREN)
    with pytest.raises(InputError, match="unit 'u': its mean is 0; expected a positive one"):
        gt.mazziotta_pareto(scores, EQUAL)
