"""Benefit of the doubt: the linear programme, its bounds, what lacks a value, and its place in a recipe."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node

TABLE = pd.DataFrame({"a": [10.0, 2, 6, 5], "b": [2.0, 8, 3, 5], "c": [4.0, 4, 1, 5]}, index=["w", "x", "y", "z"])
tables = arrays(float, (6, 3), elements=st.integers(1, 99).map(float)).map(
    lambda x: pd.DataFrame(x, index=list("uvwxyz"), columns=list("abc"))
)


# within bounds of the shares of each unit's own score, none of these reaches 1
HELD_BELOW_ONE = pd.DataFrame([[1.0, 7, 1], [1, 1, 7], *[[1, 1, 1]] * 4], index=list("uvwxyz"), columns=list("abc"))


@example(HELD_BELOW_ONE, (0.1, 0.6), "pie")
@given(tables, st.sampled_from([None, (0.1, 0.6), {"a": (0.2, 0.5)}]), st.sampled_from(["weights", "pie"]))
@settings(max_examples=25, deadline=None)
def test_no_weights_within_the_bounds_score_a_unit_higher(table, bounds, of):
    scores = gt.benefit_of_the_doubt(table, bounds=bounds, of=of)
    pairs = bounds if isinstance(bounds, dict) else dict.fromkeys("abc", bounds or (0, 1))
    low = np.array([pairs.get(code, (0, 1))[0] for code in "abc"])
    high = np.array([pairs.get(code, (0, 1))[1] for code in "abc"])
    draws = np.random.default_rng(0).dirichlet(np.ones(3), size=400)
    draws = draws[((draws >= low) & (draws <= high)).all(axis=1)]
    assert len(draws)
    x = table.to_numpy()
    assert scores.max() <= 1 and (scores.max() == 1 or (bounds is not None and of == "pie"))
    for row, unit in enumerate(table.index):
        w = draws if of == "weights" else draws / x[row]
        reached = w @ x[row] / (w @ x.T).max(axis=1)
        assert reached.max() <= scores[unit] + 1e-9


def test_bounds_on_shares_can_keep_every_unit_below_one():
    # u takes .6 of its score s from b and .1 from c, so that v has s (.3 + .6 / 7 + .1 x 7) = s 38 / 35, which is 1
    scores = gt.benefit_of_the_doubt(HELD_BELOW_ONE, bounds=(0.1, 0.6), of="pie")
    assert scores[["u", "v"]].tolist() == pytest.approx([35 / 38] * 2, abs=1e-12)


@given(tables, st.permutations(list("uvwxyz")), st.permutations(list("abc")))
@settings(max_examples=15, deadline=None)
def test_order_and_measuring_unit_do_not_matter(table, units, codes):
    scores = gt.benefit_of_the_doubt(table)
    other = gt.benefit_of_the_doubt(table.loc[units, codes] * [3.0, 0.01, 500.0])
    assert other[scores.index].tolist() == pytest.approx(scores.tolist(), abs=1e-9)


@pytest.mark.parametrize(("bounds", "of"), [(None, "weights"), ((0.2, 0.5), "weights"), ((0.2, 0.5), "pie")])
def test_the_weights_give_the_scores_and_keep_the_bounds(bounds, of):
    weights = gt.benefit_of_the_doubt_weights(TABLE, bounds=bounds, of=of)
    scores = gt.benefit_of_the_doubt(TABLE, bounds=bounds, of=of)
    assert (weights * TABLE).sum(axis=1).tolist() == pytest.approx(scores.tolist())
    assert (weights.to_numpy() @ TABLE.to_numpy().T).max() <= 1 + 1e-9
    parts = weights if of == "weights" else weights * TABLE
    shares = parts.div(parts.sum(axis=1), axis=0)
    if bounds:
        assert shares.min().min() >= 0.2 - 1e-9
        assert shares.max().max() <= 0.5 + 1e-9


def test_among_weights_of_one_score_those_nearest_the_frameworks_are_taken():
    table = pd.DataFrame({"a": [10.0, 1.0], "b": [10.0, 2.0]}, index=["top", "low"])
    shares = [
        gt.benefit_of_the_doubt_weights(table, pd.Series({"a": a, "b": 1 - a})).loc["top"].pipe(lambda w: w / w.sum())
        for a in (0.3, 0.9)
    ]
    assert [share["a"] for share in shares] == pytest.approx([0.3, 0.9])


def test_equal_bounds_leave_the_mean_over_the_best_mean():
    mean = TABLE.mean(axis=1)
    expected = mean / mean.max()
    found = gt.benefit_of_the_doubt(TABLE, bounds=(1 / 3, 1 / 3))
    assert found.tolist() == pytest.approx(expected.tolist())
    assert gt.benefit_of_the_doubt(TABLE, bounds=(1 / 3, 1 / 3), best=100).tolist() == pytest.approx(
        (100 * expected).tolist()
    )


def test_a_missing_child_drops_out_with_its_weight():
    table = TABLE.copy()
    table.loc["z", "c"] = np.nan
    found = gt.benefit_of_the_doubt(table, bounds=(0.25, 0.4))
    both = TABLE[["a", "b"]]
    assert found["z"] == pytest.approx(gt.benefit_of_the_doubt(both, bounds=(0.375, 0.6))["z"])
    complete = gt.benefit_of_the_doubt(TABLE.drop(index="z"), bounds=(0.25, 0.4))
    assert found[["w", "x", "y"]].tolist() == pytest.approx(complete.tolist())
    table.loc["y"] = np.nan
    assert np.isnan(gt.benefit_of_the_doubt(table)["y"])


def test_a_unit_of_zeros_scores_zero():
    table = TABLE.copy()
    table.loc["y"] = 0
    for of in ("weights", "pie"):
        assert gt.benefit_of_the_doubt(table, bounds=(0.2, 0.5), of=of)["y"] == 0
    assert (gt.benefit_of_the_doubt(TABLE * 0) == 0).all()


def test_pie_shares_that_a_zero_makes_impossible_are_reported_by_unit():
    table = TABLE.copy()
    table.loc["y", "a"] = 0
    table.loc["z", ["b", "c"]] = 0
    with pytest.raises(InputError) as caught:
        gt.benefit_of_the_doubt(table, bounds=(0.1, 0.6), of="pie")
    assert caught.value.problems == (
        "unit 'y': 'a' is 0, so it cannot have its least pie share; normalise to (1, 100), say",
        "unit 'z': 'b', 'c' is 0, so it cannot have its least pie share; normalise to (1, 100), say",
    )
    with pytest.raises(InputError, match="unit 'z': the largest pie shares of the children it has above 0 sum"):
        gt.benefit_of_the_doubt(table, bounds=(0.0, 0.6), of="pie")


def test_what_it_refuses():
    with pytest.raises(InputError, match="unit 'x', 'b': score -1; expected 0 or more"):
        gt.benefit_of_the_doubt(TABLE.replace(8.0, -1.0))
    with pytest.raises(InputError, match=r"the least shares sum to 1.2 and the largest to 1.5; 1 must lie between"):
        gt.benefit_of_the_doubt(TABLE, bounds=(0.4, 0.5))
    with pytest.raises(InputError, match="bounds of 'd': no such child"):
        gt.benefit_of_the_doubt(TABLE, bounds={"d": (0.1, 0.2)})
    with pytest.raises(InputError, match=r"bounds of 'a' are \(0.5, 0.2\); expected \(least, largest\) share"):
        gt.benefit_of_the_doubt(TABLE, bounds={"a": (0.5, 0.2)})
    with pytest.raises(InputError, match="of = 'share' is unknown"):
        gt.benefit_of_the_doubt(TABLE, of="share")
    with pytest.raises(InputError) as caught:
        gt.benefit_of_the_doubt(TABLE, of="share", best=0, bounds=0.3)
    assert caught.value.problems == (
        "of = 'share' is unknown; valid: weights, pie",
        "best = 0: expected a number above 0",
        "bounds = 0.3: expected a pair (least, largest) of shares from 0 to 1, or a mapping of code to such pairs",
    )
    assert "of = 'share'：未知；可用：weights、pie" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="child 'c' has the weight nan; expected 0 or more"):
        gt.benefit_of_the_doubt(TABLE, pd.Series({"a": 1.0, "b": 1.0}))
    table, weights = TABLE.copy(), pd.Series({"a": 0.1, "b": 0.1, "c": 0.8})
    table.loc["z", "c"] = np.nan
    with pytest.raises(InputError, match="unit 'z' lacks 'c': no weights fit the bounds") as caught:
        gt.benefit_of_the_doubt(table, weights, bounds={"a": (0.4, 1), "b": (0.3, 1)})
    assert "被评单位“z”缺少“c”：没有符合上下限的权重" in caught.value.in_language("zh")


def test_it_aggregates_in_a_recipe_and_in_recipe_json():
    tree = Framework([Node("index", ""), *(Node(code, "index") for code in "abc")])
    data = {
        "normalise": {"method": "min_max", "to": [1, 100]},
        "aggregate": {"method": "benefit_of_the_doubt", "bounds": [0.2, 0.5], "best": 100},
    }
    recipe = gt.Recipe.from_dict(data, tree)
    index = gt.build_index(TABLE, recipe)
    expected = gt.benefit_of_the_doubt(gt.min_max(TABLE, to=(1, 100)), bounds=(0.2, 0.5), best=100)
    assert index.scores["index"].tolist() == pytest.approx(expected.tolist())
    assert gt.Recipe.from_dict(recipe.to_dict()).to_dict() == recipe.to_dict()


def test_a_unit_far_below_the_others_still_gets_its_share():
    scores = pd.DataFrame({"a": [np.nan, 1e-9], "b": [1.0, 1e-9], "c": [1e-9, 1e-9]}, index=["X", "Y"])
    assert gt.benefit_of_the_doubt(scores).tolist() == pytest.approx([1, 1])
    below = pd.DataFrame({"a": [1.0, 1e-10], "b": [1.0, 0.0]}, index=["X", "Y"])
    assert gt.benefit_of_the_doubt(below)["Y"] == pytest.approx(1e-10, rel=1e-6)
