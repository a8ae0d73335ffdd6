"""The quasi-arithmetic means: their order, their transforms, zeros, and a tree of them."""

import math
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe, build_index
from tests.examples import WEIGHTS, few, score_tables


@few
@given(scores=score_tables, p=st.sampled_from([-math.inf, -30, -1, -0.2, 0, 0.2, 1, 2, 30, 400, math.inf]))
def test_power_means_rise_with_their_exponent_and_have_the_known_means_as_cases(scores, p):
    mean = gt.power_mean(scores, WEIGHTS, p=p)
    for lower in (-math.inf, -30, -1, 0, 1, 30):
        if lower <= p:
            assert (gt.power_mean(scores, WEIGHTS, p=lower) <= mean + 1e-9).all()
    known = {-1: gt.harmonic_mean, 0: gt.geometric_mean, 1: gt.arithmetic_mean}
    if p in known:
        np.testing.assert_allclose(mean, known[p](scores, WEIGHTS), rtol=1e-13)
    ends = {-math.inf: scores.min(axis=1), math.inf: scores.max(axis=1)}
    if p in ends:
        assert mean.tolist() == ends[p].tolist()


@pytest.mark.parametrize(
    "mean",
    [
        gt.arithmetic_mean,
        gt.geometric_mean,
        partial(gt.geometric_mean, floor=80.0),
        gt.harmonic_mean,
        partial(gt.harmonic_mean, floor=80.0),
        partial(gt.power_mean, p=2),
        partial(gt.power_mean, p=-0.5, floor=75.0),
        partial(gt.power_mean, p=0),
        partial(gt.power_mean, p=1),
    ],
)
@few
@given(scores=score_tables)
def test_the_transform_of_a_mean_makes_that_mean(mean, scores):
    transform = gt.transform_of(mean)
    w = WEIGHTS.to_numpy() / WEIGHTS.sum()
    ours = transform.backward(transform.forward(transform.prepare(scores)) @ w)
    np.testing.assert_allclose(ours, mean(scores, WEIGHTS), rtol=1e-12)


@pytest.mark.parametrize(
    "other",
    [gt.median, max, partial(gt.power_mean, p=math.inf), partial(gt.power_mean, p=300), gt.power_mean,
     partial(gt.geometric_mean, zeros="zero"), partial(gt.arithmetic_mean, None), "arithmetic_mean", None],
)  # fmt: skip
def test_what_is_no_quasi_arithmetic_mean_has_no_transform(other):
    assert gt.transform_of(other) is None


def test_zeros():
    scores = pd.DataFrame({"a": [0.0, 4.0], "b": [9.0, 9.0]}, index=["u", "v"])
    two = pd.Series({"a": 1.0, "b": 1.0})
    for mean in (gt.geometric_mean, gt.harmonic_mean, partial(gt.power_mean, p=-2)):
        with pytest.raises(InputError, match=r"unit 'u', 'a': score 0 is not positive"):
            mean(scores, two)
    assert gt.geometric_mean(scores, two, zeros="zero").tolist() == pytest.approx([0, 6])
    assert gt.harmonic_mean(scores, two, zeros="zero").tolist() == pytest.approx([0, 72 / 13])
    assert gt.geometric_mean(scores, two, floor=1).tolist() == pytest.approx([3, 6])
    assert gt.power_mean(scores, two, p=2)["u"] == pytest.approx(math.sqrt(40.5))
    with pytest.raises(InputError, match=r"unit 'u', 'a': score -1 is negative"):
        gt.power_mean(scores - 1, two, p=2)
    with pytest.raises(InputError, match="score -1 is negative"):
        gt.geometric_mean(scores - 1, two, zeros="zero")
    with pytest.raises(InputError, match="floor = 0: expected a number above 0"):
        gt.geometric_mean(scores, two, floor=0)


def test_a_nested_tree_of_means():
    nodes = [Node("index", "")]
    nodes += [Node("women", "index"), Node("men", "index")]
    nodes += [Node(f"{what}_{who}", who) for who in ("women", "men") for what in ("health", "work")]
    table = pd.DataFrame([[0.2, 0.8, 0.5, 0.5]], index=["u"], columns=[node.code for node in nodes[3:]])
    recipe = Recipe(
        Framework(nodes), normalise=gt.unscaled, aggregate=gt.by_level([gt.geometric_mean, gt.harmonic_mean])
    )
    assert build_index(table, recipe).scores.at["u", "index"] == pytest.approx(2 / (1 / 0.4 + 1 / 0.5))
