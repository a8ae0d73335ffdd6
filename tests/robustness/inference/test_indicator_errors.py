"""Errors from the choice of indicators: by hand, against the rescaled bootstrap, and with missing values."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, InputError, Node, Recipe
from tests.examples import SHARES_ABC


def tree_of(**pillars):
    """Return a framework of pillars with so many indicators of the weights given, scored as they are."""
    nodes = [Node("index", "")]
    for pillar, weights in pillars.items():
        nodes += [Node(pillar, "index"), *(Node(f"{pillar}{i}", pillar, weight=w) for i, w in enumerate(weights))]
    return Framework(nodes)


def plain(**pillars):
    return Recipe(tree_of(**pillars), normalise=gt.unscaled)


def test_the_choice_of_indicators_moves_units_together():
    table = pd.DataFrame([[0.1, 0.5, 0.9], [0.2, 0.6, 1.0], [0.5, 0.5, 0.5]], ["x", "y", "z"], list("abc"))
    covariance = gt.indicator_errors(table, Recipe(SHARES_ABC))
    assert covariance.at["z", "z"] == pytest.approx(0, abs=1e-18)
    # x and y differ by the same amount on every indicator, so the choice of indicators never puts x first.
    assert covariance.at["x", "x"] == pytest.approx(covariance.at["x", "y"])
    # s^2 / m of (10, 50, 90)
    assert covariance.at["x", "x"] == pytest.approx(1600 / 3)
    assert covariance.attrs == {"df": 2.0, "borrowed": ()}


def test_two_indicators_have_the_variance_of_their_mean():
    table = pd.DataFrame({"p0": [40.0, 50.0], "p1": [60.0, 80.0]}, ["X", "Y"])
    found = gt.indicator_errors(table, plain(p=[1, 1]))
    assert np.diag(found).tolist() == pytest.approx([100, 225])
    # Weights of .8 and .2 of independent indicators: (.64 + .04) s^2, with s^2 = 200 and 450.
    assert np.diag(gt.indicator_errors(table, plain(p=[4, 1]))).tolist() == pytest.approx([136, 306])


def test_equal_weights_give_the_variance_of_the_rescaled_bootstrap_over_all_its_draws():
    recipe = plain(p=[1, 1, 1], q=[1, 1])
    framework = recipe.framework
    table = pd.DataFrame(np.random.default_rng(5).uniform(20, 80, (4, 5)), list("WXYZ"), framework.indicators)
    scores = []
    for first in product(range(3), repeat=2):  # m - 1 = 2 of three, drawn with replacement
        for second in range(2):  # and one of two
            times = np.bincount(first, minlength=3) * 3 / 2, np.bincount([second], minlength=2) * 2
            scores.append(0.5 * table.to_numpy()[:, :3] @ times[0] / 3 + 0.5 * table.to_numpy()[:, 3:] @ times[1] / 2)
    expected = np.cov(np.array(scores), rowvar=False, ddof=0)
    np.testing.assert_allclose(gt.indicator_errors(table, recipe), expected, rtol=1e-12)


def test_degrees_of_freedom_weigh_the_pillars_by_their_pooled_variance():
    recipe = plain(p=[1, 1, 1], q=[1, 1])
    table = pd.DataFrame(np.random.default_rng(5).uniform(20, 80, (4, 5)), list("WXYZ"), recipe.framework.indicators)
    errors = gt.indicator_errors(table, recipe)
    parts = []
    for codes in (["p0", "p1", "p2"], ["q0", "q1"]):
        centred = table[codes].sub(table[codes].mean(axis=0))  # what the units have in common cancels in differences
        parts.append((centred.var(axis=1) / len(codes)).sum() / 4)
    assert errors.attrs["df"] == pytest.approx(sum(parts) ** 2 / (parts[0] ** 2 / 2 + parts[1] ** 2 / 1))
    holes = table.mask(pd.DataFrame(False, table.index, table.columns).assign(p2=[True, False, False, False]))
    degrees = gt.indicator_errors(holes, recipe).attrs["df"]
    assert degrees.at["X", "Y"] == degrees.at["Y", "Z"] > degrees.at["W", "X"] == degrees.at["W", "Z"]


def test_a_pillar_of_one_indicator_takes_its_error_from_the_others():
    table = pd.DataFrame({"p0": [40.0, 50.0], "p1": [60.0, 80.0], "q0": [10.0, 90.0]}, ["X", "Y"])
    found = gt.indicator_errors(table, plain(p=[1, 1], q=[1]))
    # Half of the mean of two, with s^2 = 200 and 450, and half of one of the same kind.
    assert np.diag(found).tolist() == pytest.approx([0.25 * 100 + 0.25 * 200, 0.25 * 225 + 0.25 * 450])
    assert found.attrs == {"df": pytest.approx(1.0), "borrowed": ("q",)}
    # Of two siblings, one with three indicators counts twice as much as one with two.
    wide = table.assign(r0=[1.0, 0.0], r1=[2.0, 0.0], r2=[3.0, 0.0])
    found = gt.indicator_errors(wide, plain(p=[1, 1], q=[1], r=[1, 1, 1]))
    assert found.at["X", "X"] == pytest.approx((200 / 2 + 1 / 3 + (200 * 1 + 1 * 2) / 3) / 9)
    with pytest.raises(InputError, match=r"'p' has only one indicator .* no parent has two to take it from"):
        gt.indicator_errors(table, plain(p=[1], q=[1]))


def test_siblings_come_before_cousins():
    nodes = [Node("index", ""), Node("A", "index"), Node("B", "index")]
    nodes += [Node("p", "A"), Node("q", "A"), Node("r", "B")]
    nodes += [Node(code, code[0]) for code in ("p0", "q0", "q1", "r0", "r1")]
    table = pd.DataFrame(
        [[5.0, 1.0, 3.0, 0.0, 90.0], [4.0, 4.0, 4.0, 4.0, 4.0]], list("XY"), [n.code for n in nodes[6:]]
    )
    found = gt.indicator_errors(table, Recipe(Framework(nodes), normalise=gt.unscaled))
    assert found.at["X", "X"] == pytest.approx((2 / 2 + 2) / 16 + 4050 / 2 / 4)


def test_a_unit_with_one_indicator_takes_its_error_from_the_other_units():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, np.nan, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    covariance = gt.indicator_errors(table, Recipe(SHARES_ABC, missing=gt.spread_weights(min_coverage=0.3)))
    assert covariance.at["y", "y"] == pytest.approx((1600 + 1900) / 2)  # the mean of s^2 of (10, 50, 90), (90, 10, 20)
    assert covariance.at["x", "y"] == 0
    sets = gt.rank_confidence_sets(pd.Series({"x": 50.0, "y": 20.0, "z": 40.0}), covariance)
    assert sets[["low", "high"]].values.tolist() == [[1, 3]] * 3


def test_a_unit_with_fewer_indicators_has_the_variance_of_their_mean():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, 0.6, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    covariance = gt.indicator_errors(table, Recipe(SHARES_ABC, missing=gt.spread_weights(min_coverage=0.3)))
    assert covariance.at["y", "y"] == pytest.approx(800 / 2)


def test_the_choice_of_indicators_on_a_tree_that_is_not_linear():
    recipe = Recipe(tree_of(p=[1, 2, 1], q=[1, 3]), normalise=gt.unscaled, aggregate=gt.geometric_mean)
    framework = recipe.framework
    table = pd.DataFrame(np.random.default_rng(6).uniform(20, 80, (3, 5)), list("XYZ"), framework.indicators)
    scores = gt.build_index(table, recipe).scores["index"]
    expected = np.zeros((3, 3))
    for pillar in "pq":
        codes = framework.children(pillar)
        for code in codes:
            without = Recipe(framework.without(code), normalise=gt.unscaled, aggregate=gt.geometric_mean)
            change = gt.build_index(table, without).scores["index"] - scores
            expected += np.outer(change, change) * (len(codes) - 1) / len(codes)
    np.testing.assert_allclose(gt.indicator_errors(table, recipe), expected, rtol=1e-9)


def test_the_choice_of_indicators_keeps_the_score_of_what_is_missing():
    table = pd.DataFrame({"a": [0.1, 0.2, 0.9], "b": [0.5, np.nan, 0.1], "c": [0.9, np.nan, 0.2]}, list("xyz"))
    rule = gt.missing_score(score=0)
    filled = gt.indicator_errors(table.fillna(0), Recipe(SHARES_ABC), resamples=60)
    pd.testing.assert_frame_equal(gt.indicator_errors(table, Recipe(SHARES_ABC, missing=rule), resamples=60), filled)
