"""Kemeny, Copeland, PROMETHEE and VIKOR: all orders tried, and figures made by hand."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index
from tests.examples import CHILDREN, EQUAL, UNITS, few


def brute_kemeny(margin):
    """Return the best support and every order that has it, by trying all orders."""
    n, best, orders = len(margin), -np.inf, []
    for order in itertools.permutations(range(n)):
        support = sum(margin[i, j] for place, i in enumerate(order) for j in order[place + 1 :])
        if support > best + 1e-9:
            best, orders = support, []
        if support > best - 1e-9:
            orders.append(order)
    return best, orders


@few
@given(scores=arrays(float, (5, 4), elements=st.integers(0, 3).map(float)))
def test_kemeny_finds_every_best_order(scores):
    table = pd.DataFrame(scores, index=UNITS, columns=list("abcd"))
    weights = pd.Series([1.0, 1.0, 1.0, 0.5], index=list("abcd"))
    found = gt.kemeny_orders(table, weights, limit=200)
    support = gt.outranking_matrix(table, weights).fillna(0).to_numpy()
    best, orders = brute_kemeny(support)
    assert found.complete
    assert found.support == pytest.approx(best)
    # tied units share a place, so the orders can be compared one by one only without ties
    mean = np.mean([np.argsort(order) + 1 for order in orders], axis=0)
    tied = any(
        (np.abs(support[i] + np.eye(5)[i] / 2 - support[j] - np.eye(5)[j] / 2) < 1e-9).all()
        for i, j in itertools.combinations(range(5), 2)
    )
    if not tied:
        assert found.count == len(orders)
        np.testing.assert_allclose(found.mean_place, mean)


def test_kemeny_of_sixty_units_is_proven_best():
    rng = np.random.default_rng(7)
    scores = pd.DataFrame(rng.normal(size=(60, 1)) + rng.normal(size=(60, 9)))
    found = gt.kemeny_orders(scores, pd.Series(1.0, index=scores.columns), limit=1)
    support = gt.outranking_matrix(scores, pd.Series(1.0, index=scores.columns)).fillna(0).to_numpy()
    order = np.argsort(found.places[1].to_numpy())
    assert found.support == pytest.approx(np.triu(support[np.ix_(order, order)], 1).sum())
    copeland = np.argsort(-gt.copeland(scores, pd.Series(1.0, index=scores.columns)).to_numpy(), kind="stable")
    assert found.support >= np.triu(support[np.ix_(copeland, copeland)], 1).sum()
    for place in range(59):  # no neighbours to swap
        assert support[order[place], order[place + 1]] >= 0.5 - 1e-9


def test_kemeny_leaves_units_without_scores_out():
    scores = pd.DataFrame({"a": [1.0, 2.0, np.nan]}, index=["u", "v", "w"])
    assert gt.kemeny(scores, pd.Series({"a": 1.0}))[["u", "v"]].tolist() == [0, 1]


def test_missing_scores_do_not_make_the_order_of_rows_matter():
    scores = pd.DataFrame([[3, np.nan, np.nan], [2, 2, 2]], index=["u", "v"], columns=CHILDREN)
    for rows in (["u", "v"], ["v", "u"]):
        assert gt.copeland(scores.loc[rows], EQUAL).to_dict() == {"u": 1, "v": -1}


def test_promethee_by_every_preference_function():
    scores = pd.DataFrame({"a": [0.0, 3.0]}, index=["u", "v"])
    one = pd.Series({"a": 1.0})
    flow = lambda **options: gt.promethee(scores, one, **options)["v"]  # noqa: E731
    assert flow() == 1
    assert (flow(preference="u_shape", q=3), flow(preference="u_shape", q=2)) == (0, 1)
    assert (flow(preference="v_shape", p=6), flow(preference="v_shape", p=2)) == (0.5, 1)
    assert (flow(preference="level", q=1, p=4), flow(preference="level", q=1, p=2)) == (0.5, 1)
    assert (flow(preference="linear", q=1, p=5), flow(preference="linear", q={"a": 3}, p={"a": 5})) == (0.5, 0)
    assert flow(preference="gaussian", s=3) == pytest.approx(1 - math.exp(-0.5))


def test_vikor_proposes_several_without_advantage_or_stability():
    # by hand: Q of the best three lie within 1 / (n - 1) of each other
    close = pd.DataFrame({"a": [10.0, 9.8, 9.6, 0.0], "b": [9.6, 9.8, 10.0, 0.0]}, index=list("uvwx"))
    solution = gt.vikor_solution(close, pd.Series({"a": 1.0, "b": 1.0}))
    assert not solution.acceptable_advantage
    assert set(solution.compromise) == {"u", "v", "w"}
    # the best by Q, here with all weight on the single regret, is best by neither S nor R where v is 1/2
    measures = solution.measures
    assert measures["S"].round(6).tolist() == [0.02, 0.02, 0.02, 1.0]


def test_set_dependent_methods_see_only_units_with_enough():
    nodes = Framework([Node("index", ""), *(Node(code, "index") for code in CHILDREN)])
    table = pd.DataFrame([[1.0, 2, 3], [2, 1, 1], [9, np.nan, np.nan]], index=["u", "v", "w"], columns=CHILDREN)
    index = build_index(table, Recipe(nodes, normalise=gt.unscaled, aggregate=gt.copeland))
    assert index.scores["index"].tolist()[:2] == [1, -1]
    assert np.isnan(index.scores.at["w", "index"])
