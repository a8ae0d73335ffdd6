"""Weights from expert judgements: budgets of points and orders of importance."""

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError
from tests.examples import AB_AND_CD, ABC


def test_budgets_are_means_of_shares_and_leave_other_siblings_alone():
    points = pd.DataFrame({"a": [60, 40], "b": [40, 60], "p": [10, 30], "q": [90, 70]}, index=["one", "two"])
    weighted = gt.budget_allocation(AB_AND_CD, points=points)
    assert weighted.weights.drop("index").to_dict() == pytest.approx(
        {"p": 0.2, "q": 0.8, "a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5}
    )
    shares = gt.budget_shares(AB_AND_CD, points)
    assert shares.loc["two"].to_dict() == pytest.approx({"a": 0.4, "b": 0.6, "p": 0.3, "q": 0.7})


def test_one_budget_over_all_indicators():
    weighted = gt.budget_allocation(AB_AND_CD, points={"a": 10, "b": 20, "c": 30, "d": 40}, at="across_pillars")
    assert weighted.effective_weights.to_dict() == pytest.approx({"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4})
    assert weighted.weights["p"] == pytest.approx(0.3)


def test_an_expert_may_keep_silent_on_a_set_of_siblings_but_not_on_one_of_them():
    points = pd.DataFrame({"a": [60, np.nan], "b": [40, np.nan], "c": [1, 3], "d": [3, 1]}, index=["one", "two"])
    assert gt.budget_allocation(AB_AND_CD, points=points).weights[list("abcd")].tolist() == pytest.approx(
        [0.6, 0.4, 0.5, 0.5]
    )
    points.loc["two", "a"] = 100
    with pytest.raises(InputError, match="expert 'two', 'b': no points; write 0 for none"):
        gt.budget_allocation(AB_AND_CD, points=points)


def test_every_fault_of_a_budget_is_listed():
    points = pd.DataFrame(
        {"a": [60, 70, 50], "b": [40, 40, 50], "c": [-1, 0, 0], "d": [101, 100, 100]}, index=["one", "two", "three"]
    )
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(AB_AND_CD, points=points)
    assert caught.value.problems == (
        "expert 'two': the points for the children of 'p' come to 110, expected 100",
        "expert 'one', 'c': -1 points; expected 0 or more",
    )
    with pytest.raises(InputError, match="come to 100, expected 10"):
        gt.budget_allocation(ABC, points={"a": 50, "b": 25, "c": 25}, total=10)
    with pytest.raises(InputError, match="'c' got no points from any expert"):
        gt.budget_allocation(ABC, points={"a": 50, "b": 50, "c": 0})
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(ABC, points={"a": 50, "bb": 50})
    assert caught.value.problems == (
        "unknown node 'bb'; did you mean 'b'? valid: a, b, c",
        "'b' is missing; siblings given: 'a'",
        "'c' is missing; siblings given: 'a'",
    )
    assert "“bb”不是可赋权的节点；是否应为“b”？可用：a、b、c" in caught.value.in_language("zh")


def test_every_wrong_argument_of_a_budget_or_an_order_is_named_at_once():
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(ABC, points={"a": "many", "b": 50}, at="top", total=0)
    assert [problem.partition(" =")[0] for problem in caught.value.problems] == ["at", "total", "points"]
    assert "total = 0：应为大于0的数，例如100" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="points = 3: expected a DataFrame, a mapping of code to points, or a path"):
        gt.budget_shares(ABC, 3)
    with pytest.raises(InputError, match="points: duplicate 'one'"):
        gt.budget_shares(ABC, pd.DataFrame({"a": [1, 1], "b": [1, 1], "c": [1, 1]}, index=["one", "one"]))
    with pytest.raises(InputError) as caught:
        gt.rank_order_weights(ABC, ranks=["a", "b"], method="centre", at="top")
    assert [problem.partition(" =")[0] for problem in caught.value.problems] == ["at", "method", "ranks"]


def test_a_budget_or_an_order_of_nothing_is_refused():
    with pytest.raises(InputError, match="budget_allocation: 1 problem\n  - no node is given"):
        gt.budget_allocation(ABC, points={})
    with pytest.raises(InputError, match="rank_order_weights: 1 problem\n  - no node is given"):
        gt.rank_order_weights(ABC, ranks={})


def test_budgets_read_from_a_file(tmp_path):
    path = tmp_path / "experts.csv"
    path.write_text("expert,a,b,c\none,50,30,20\ntwo,30,30,40\n", encoding="utf-8")
    assert gt.budget_allocation(ABC, points=path).weights[list("abc")].tolist() == pytest.approx([0.4, 0.3, 0.3])
    path.write_text("expert,a,b,c\none,50,many,20\ntwo,30,30,40\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2, column 'b': 'many' is not a number"):
        gt.budget_allocation(ABC, points=path)
    path.write_text("expert,a,b,c\none,50,30,20\none,50,30,20\n", encoding="utf-8")
    with pytest.raises(InputError, match="duplicate expert 'one'"):
        gt.budget_allocation(ABC, points=path)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("centroid", [11 / 18, 5 / 18, 2 / 18]),
        ("sum", [3 / 6, 2 / 6, 1 / 6]),
        ("reciprocal", [6 / 11, 3 / 11, 2 / 11]),
    ],
)
def test_rank_order_weights_by_hand(method, expected):
    weighted = gt.rank_order_weights(ABC, ranks={"c": 1, "a": 2, "b": 3}, method=method)
    assert weighted.weights[["c", "a", "b"]].tolist() == pytest.approx(expected)
    tied = gt.rank_order_weights(ABC, ranks={"c": 1, "a": 2, "b": 2}, method=method).weights
    assert tied["c"] == pytest.approx(expected[0])
    assert tied["a"] == tied["b"] == pytest.approx(sum(expected[1:]) / 2)


def test_rank_order_within_siblings_and_across():
    weighted = gt.rank_order_weights(AB_AND_CD, ranks={"a": 4, "b": 9})
    assert weighted.weights[list("abcdpq")].tolist() == pytest.approx([0.75, 0.25, 0.5, 0.5, 0.75, 0.25])
    across = gt.rank_order_weights(
        AB_AND_CD, ranks=dict(zip("abcd", (1, 2, 3, 4), strict=True)), method="sum", at="across_pillars"
    )
    assert across.effective_weights.tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    with pytest.raises(InputError, match="rank of 'a' is 'first'; expected a number"):
        gt.rank_order_weights(AB_AND_CD, ranks={"a": "first", "b": 2})
    with pytest.raises(InputError, match="method = 'centre' is unknown; did you mean 'centroid'"):
        gt.rank_order_weights(AB_AND_CD, ranks={"a": 1, "b": 2}, method="centre")
