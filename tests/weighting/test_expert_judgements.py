"""Weights from people: budgets, orders, comparisons; by level and by node; named in an edition."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node
from govtransparency.weighting import WEIGHTERS

FLAT = Framework([Node("index", ""), *(Node(code, "index") for code in "abc")])
TREE = Framework(
    [
        Node("index", ""),
        Node("p", "index", weight=3),
        Node("q", "index", weight=1),
        *(Node(code, "p") for code in "ab"),
        *(Node(code, "q") for code in "cd"),
    ]
)
TABLE = pd.DataFrame({"a": [1.0, 2, 4], "b": [3.0, 1, 2], "c": [1.0, 1, 9], "d": [2.0, 3, 4]}, index=list("xyz"))


def square(rows, names="abc") -> pd.DataFrame:
    return pd.DataFrame(rows, index=list(names), columns=list(names), dtype=object)


def test_budgets_are_means_of_shares_and_leave_other_siblings_alone():
    points = pd.DataFrame({"a": [60, 40], "b": [40, 60], "p": [10, 30], "q": [90, 70]}, index=["one", "two"])
    weighted = gt.budget_allocation(TREE, points=points)
    assert weighted.weights.drop("index").to_dict() == pytest.approx(
        {"p": 0.2, "q": 0.8, "a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5}
    )
    shares = gt.budget_shares(TREE, points)
    assert shares.loc["two"].to_dict() == pytest.approx({"a": 0.4, "b": 0.6, "p": 0.3, "q": 0.7})


def test_one_budget_over_all_indicators():
    weighted = gt.budget_allocation(TREE, points={"a": 10, "b": 20, "c": 30, "d": 40}, at="across_pillars")
    assert weighted.effective_weights.to_dict() == pytest.approx({"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4})
    assert weighted.weights["p"] == pytest.approx(0.3)


def test_an_expert_may_keep_silent_on_a_set_of_siblings_but_not_on_one_of_them():
    points = pd.DataFrame({"a": [60, np.nan], "b": [40, np.nan], "c": [1, 3], "d": [3, 1]}, index=["one", "two"])
    assert gt.budget_allocation(TREE, points=points).weights[list("abcd")].tolist() == pytest.approx(
        [0.6, 0.4, 0.5, 0.5]
    )
    points.loc["two", "a"] = 100
    with pytest.raises(InputError, match="expert 'two', 'b': no points; write 0 for none"):
        gt.budget_allocation(TREE, points=points)


def test_every_fault_of_a_budget_is_listed():
    points = pd.DataFrame(
        {"a": [60, 70, 50], "b": [40, 40, 50], "c": [-1, 0, 0], "d": [101, 100, 100]}, index=["one", "two", "three"]
    )
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(TREE, points=points)
    assert caught.value.problems == (
        "expert 'two': the points for the children of 'p' come to 110, expected 100",
        "expert 'one', 'c': -1 points; expected 0 or more",
    )
    with pytest.raises(InputError, match="come to 100, expected 10"):
        gt.budget_allocation(FLAT, points={"a": 50, "b": 25, "c": 25}, total=10)
    with pytest.raises(InputError, match="'c' got no points from any expert"):
        gt.budget_allocation(FLAT, points={"a": 50, "b": 50, "c": 0})
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(FLAT, points={"a": 50, "bb": 50})
    assert caught.value.problems == (
        "unknown node 'bb'; did you mean 'b'? valid: a, b, c",
        "'b' is missing; siblings given: 'a'",
        "'c' is missing; siblings given: 'a'",
    )
    assert "“bb”不是可赋权的节点；是否应为“b”？可用：a、b、c" in caught.value.in_language("zh")


def test_every_wrong_argument_of_a_budget_or_an_order_is_named_at_once():
    with pytest.raises(InputError) as caught:
        gt.budget_allocation(FLAT, points={"a": "many", "b": 50}, at="top", total=0)
    assert [problem.partition(" =")[0] for problem in caught.value.problems] == ["at", "total", "points"]
    assert "total = 0：应为大于0的数，例如100" in caught.value.in_language("zh")
    with pytest.raises(InputError, match="points = 3: expected a DataFrame, a mapping of code to points, or a path"):
        gt.budget_shares(FLAT, 3)
    with pytest.raises(InputError, match="points: duplicate 'one'"):
        gt.budget_shares(FLAT, pd.DataFrame({"a": [1, 1], "b": [1, 1], "c": [1, 1]}, index=["one", "one"]))
    with pytest.raises(InputError) as caught:
        gt.rank_order_weights(FLAT, ranks=["a", "b"], method="centre", at="top")
    assert [problem.partition(" =")[0] for problem in caught.value.problems] == ["at", "method", "ranks"]


def test_a_budget_or_an_order_of_nothing_is_refused():
    with pytest.raises(InputError, match="budget_allocation: 1 problem\n  - no node is given"):
        gt.budget_allocation(FLAT, points={})
    with pytest.raises(InputError, match="rank_order_weights: 1 problem\n  - no node is given"):
        gt.rank_order_weights(FLAT, ranks={})


def test_budgets_read_from_a_file(tmp_path):
    path = tmp_path / "experts.csv"
    path.write_text("expert,a,b,c\none,50,30,20\ntwo,30,30,40\n", encoding="utf-8")
    assert gt.budget_allocation(FLAT, points=path).weights[list("abc")].tolist() == pytest.approx([0.4, 0.3, 0.3])
    path.write_text("expert,a,b,c\none,50,many,20\ntwo,30,30,40\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2, column 'b': 'many' is not a number"):
        gt.budget_allocation(FLAT, points=path)
    path.write_text("expert,a,b,c\none,50,30,20\none,50,30,20\n", encoding="utf-8")
    with pytest.raises(InputError, match="duplicate expert 'one'"):
        gt.budget_allocation(FLAT, points=path)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("centroid", [11 / 18, 5 / 18, 2 / 18]),
        ("sum", [3 / 6, 2 / 6, 1 / 6]),
        ("reciprocal", [6 / 11, 3 / 11, 2 / 11]),
    ],
)
def test_rank_order_weights_by_hand(method, expected):
    weighted = gt.rank_order_weights(FLAT, ranks={"c": 1, "a": 2, "b": 3}, method=method)
    assert weighted.weights[["c", "a", "b"]].tolist() == pytest.approx(expected)
    tied = gt.rank_order_weights(FLAT, ranks={"c": 1, "a": 2, "b": 2}, method=method).weights
    assert tied["c"] == pytest.approx(expected[0])
    assert tied["a"] == tied["b"] == pytest.approx(sum(expected[1:]) / 2)


def test_rank_order_within_siblings_and_across():
    weighted = gt.rank_order_weights(TREE, ranks={"a": 4, "b": 9})
    assert weighted.weights[list("abcdpq")].tolist() == pytest.approx([0.75, 0.25, 0.5, 0.5, 0.75, 0.25])
    across = gt.rank_order_weights(
        TREE, ranks=dict(zip("abcd", (1, 2, 3, 4), strict=True)), method="sum", at="across_pillars"
    )
    assert across.effective_weights.tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    with pytest.raises(InputError, match="rank of 'a' is 'first'; expected a number"):
        gt.rank_order_weights(TREE, ranks={"a": "first", "b": 2})
    with pytest.raises(InputError, match="method = 'centre' is unknown; did you mean 'centroid'"):
        gt.rank_order_weights(TREE, ranks={"a": 1, "b": 2}, method="centre")


@given(arrays(float, (5,), elements=st.floats(0.05, 20)))
@settings(max_examples=30, deadline=None)
def test_consistent_comparisons_give_back_the_weights_by_either_method(weights):
    matrix = np.divide.outer(weights, weights)
    for method in ("eigenvector", "geometric_mean"):
        result = gt.ahp(matrix, method=method)
        assert result.weights.tolist() == pytest.approx((weights / weights.sum()).tolist(), rel=1e-6)
        assert (result.cr, result.gci) == pytest.approx((0, 0), abs=1e-6)


@given(arrays(float, (5, 5), elements=st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7])), st.permutations(range(5)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_names_does_not_matter_to_ahp(values, order):
    values = np.triu(values, 1)
    matrix = pd.DataFrame(values + np.eye(5), index=list("abcde"), columns=list("abcde")).replace(0, np.nan)
    result = gt.ahp(matrix)
    other = gt.ahp(matrix.where(matrix.notna(), 1 / matrix.T).iloc[order, order[::-1]])
    assert other.weights[result.weights.index].tolist() == pytest.approx(result.weights.tolist(), rel=1e-9)
    assert other.cr == pytest.approx(result.cr, abs=1e-12)
    assert result.lambda_max >= 5 - 1e-12


def test_the_geometric_mean_method_is_the_mean_of_rows_and_its_index_the_residuals():
    matrix = np.array([[1, 2, 6, 3], [1 / 2, 1, 5, 1], [1 / 6, 1 / 5, 1, 2], [1 / 3, 1, 1 / 2, 1]])
    result = gt.ahp(matrix, method="geometric_mean")
    rows = matrix.prod(axis=1) ** 0.25
    assert result.weights.tolist() == pytest.approx((rows / rows.sum()).tolist())
    errors = [np.log(matrix[i, j] * rows[j] / rows[i]) ** 2 for i in range(4) for j in range(i + 1, 4)]
    assert result.gci == pytest.approx(2 * sum(errors) / (3 * 2))


def test_a_missing_pair_after_harker_is_what_its_weights_imply():
    matrix = square([[1, 2, 6, 3], ["1/2", 1, 5, ""], ["", "", 1, 2], ["", "", "", 1]], "abcd")
    result = gt.ahp(matrix)
    assert result.missing == 1
    filled = matrix.copy()
    filled.loc["b", "d"] = result.weights["b"] / result.weights["d"]
    complete = gt.ahp(filled)
    assert complete.weights.tolist() == pytest.approx(result.weights.tolist())
    assert complete.lambda_max == pytest.approx(result.lambda_max)
    assert result.cr == pytest.approx(result.ci / (0.90 * (1 - 2 / 6)))


def test_a_chain_of_comparisons_is_consistent_by_itself():
    result = gt.ahp(square([[1, 2, ""], ["", 1, 3], ["", "", 1]]))
    assert result.weights.tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert (result.cr, result.gci, result.missing) == (0, 0, 1)


def test_contradictions_are_reported_with_the_comparison_to_ask_about_first():
    matrix = square([[1, 2, 4, 4], ["", 1, 2, 2], ["", "", 1, 9], ["", "", "", 1]], "abcd")
    result = gt.ahp(matrix)
    assert result.cr > 0.1
    assert "consistency ratio" in result.warning
    assert "first about 'c' over 'd', which is 9 while the others imply about" in result.warning
    tree = Framework([Node("index", ""), *(Node(code, "index") for code in "abcd")])
    with pytest.warns(UserWarning, match="ahp_weights, children of 'index': consistency ratio"):
        weighted = gt.ahp_weights(tree, comparisons=matrix)
    assert weighted.weights[list("abcd")].tolist() == pytest.approx(result.weights.tolist())


def test_random_indices_beyond_fifteen_names_and_their_names():
    weights = np.arange(1, 17)
    matrix = np.divide.outer(weights, weights)
    assert gt.ahp(matrix).random_index == "alonso_lamata"
    with pytest.raises(InputError, match="'saaty2005' reaches 15 names, the matrix has 16; use 'alonso_lamata'"):
        gt.ahp(matrix, random_index="saaty2005")
    with pytest.raises(InputError, match="random_index = 'saaty' is unknown; did you mean"):
        gt.ahp(matrix, random_index="saaty")
    three = gt.ahp([[1, 2, 2], [0.5, 1, 2], [0.5, 0.5, 1]], random_index="alonso_lamata")
    assert three.cr == pytest.approx(three.ci / ((1.7699 * 3 - 4.3513) / 2))


def test_every_fault_of_a_matrix_is_listed():
    with pytest.raises(InputError) as caught:
        gt.ahp(square([[1, 3, -2], ["1/2", 1, "x"], ["", "", 1]]))
    assert caught.value.problems == (
        "'a' over 'c': -2 is not a positive number",
        "'b' over 'c': x is not a positive number",
    )
    with pytest.raises(InputError) as caught:
        gt.ahp(square([[2, 3, 4], ["0.33", 1, ""], ["", "", 1]]))
    assert caught.value.problems == (
        "'a' over itself is 2; expected 1",
        "'a' over 'b' is 3, but 'b' over 'a' is 0.33; expected the reciprocal "
        "(write fractions, as 1/3, or one of the two)",
    )
    with pytest.raises(InputError, match=r"no comparison connects these groups: \{'a', 'b'\}; \{'c'\}"):
        gt.ahp(square([[1, 3, ""], ["", 1, ""], ["", "", 1]]))
    with pytest.raises(InputError, match="'c' is a row but not a column; "):
        gt.ahp(square([[1, 3, 2]] * 3).rename(columns={"c": "cc"}))
    with pytest.raises(InputError, match="duplicate name 'b'"):
        gt.ahp(square([[1, 3, 2]] * 3, "abb"))


def test_wrong_options_of_ahp_are_named_at_once():
    with pytest.raises(InputError) as caught:
        gt.ahp_weights(FLAT, comparisons=[[1]], method="eigen", random_index="saaty", group="people")
    assert [problem.partition(" =")[0] for problem in caught.value.problems] == ["method", "random_index", "group"]
    with pytest.raises(InputError, match="method = 'eigen' is unknown; did you mean 'eigenvector'"):
        gt.ahp([[1]], method="eigen")


def test_faults_of_comparisons_are_there_in_chinese():
    with pytest.raises(InputError) as caught:
        gt.ahp(square([[1, 3, ""], ["0.5", 1, ""], ["", "", 1]]))
    assert caught.value.in_language("zh").splitlines()[1:] == [
        "  - “a”比“b”为3，而“b”比“a”为0.5；两者应互为倒数（请写分数，如1/3，或只填其一）",
        "  - 以下各组之间没有任何比较：〔“a”、“b”〕、〔“c”〕；请至少比较跨组的一对",
    ]
    answers = pd.DataFrame({"best_to_others": [1, 1, 4], "others_to_worst": [4, 2, 3]}, index=list("abc"))
    with pytest.raises(InputError) as caught:
        gt.best_worst(answers)
    assert caught.value.in_language("zh").splitlines()[1:] == [
        "  - “a”、“b”在best_to_others一列都为1；请指明哪一个是最优者",
        "  - others_to_worst一列没有1；最劣者与自身比较应为1",
    ]


def test_one_and_two_names():
    assert gt.ahp([[1]]).weights.tolist() == [1.0]
    assert gt.ahp([["", "⅓"], ["", ""]]).weights.tolist() == pytest.approx([0.25, 0.75])


def test_group_by_judgements_and_by_priorities():
    one, two = square([[1, 2], ["", 1]], "ab"), square([[1, 8], ["", 1]], "ab")
    by_judgement = gt.ahp_weights(TREE, comparisons=[one, two])
    assert by_judgement.weights[["a", "b"]].tolist() == pytest.approx([0.8, 0.2])
    by_priority = gt.ahp_weights(TREE, comparisons=[one, two], group="priorities")
    first, second = np.array([2 / 3, 1 / 3]), np.array([8 / 9, 1 / 9])
    mean = np.sqrt(first * second)
    assert by_priority.weights[["a", "b"]].tolist() == pytest.approx((mean / mean.sum()).tolist())
    with pytest.raises(InputError, match="group = 'priority' is unknown; did you mean 'priorities'"):
        gt.ahp_weights(TREE, comparisons=one, group="priority")


def test_people_who_compared_different_pairs_complete_each_other():
    one = square([[1, 2, ""], ["", 1, ""], ["", "", 1]])
    two = square([[1, "", ""], ["", 1, 3], ["", "", 1]])
    weighted = gt.ahp_weights(FLAT, comparisons=[one, two])
    assert weighted.weights[list("abc")].tolist() == pytest.approx([0.6, 0.3, 0.1])
    with pytest.raises(InputError, match="no comparison connects"):
        gt.ahp_weights(FLAT, comparisons=[one, two], group="priorities")


def test_the_names_say_which_children_are_weighted():
    matrix = gt.ahp_weights(TREE, comparisons=[square([[1, 4], ["", 1]], "cd"), square([[1, 1], ["", 1]], "pq")])
    assert matrix.weights[list("abcdpq")].tolist() == pytest.approx([0.5, 0.5, 0.8, 0.2, 0.5, 0.5])
    weights = np.array([4.0, 3, 2, 1])
    across = gt.ahp_weights(TREE, comparisons=square(np.divide.outer(weights, weights).tolist(), "abcd"))
    assert across.effective_weights.tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    with pytest.raises(
        InputError, match="comparisons 1: the names are not the children of 'p': lacks 'b'; has the extra name 'x'"
    ):
        gt.ahp_weights(TREE, comparisons=square([[1, 4], ["", 1]], "ax"))


def test_matrices_read_from_files(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("# asked in May\nrow;a;b\na;1;1/3\nb;3;1\n", encoding="utf-8")
    assert gt.ahp_weights(TREE, comparisons=path).weights[["a", "b"]].tolist() == pytest.approx([0.25, 0.75])


@given(st.lists(st.integers(1, 9), min_size=3, max_size=6))
@settings(max_examples=30, deadline=None)
def test_consistent_answers_give_back_the_weights_by_best_worst(scale):
    weights = np.array([10, *scale, 1], dtype=float)
    answers = pd.DataFrame(
        {"best_to_others": weights[0] / weights, "others_to_worst": weights / weights[-1]}, index=range(len(weights))
    )
    result = gt.best_worst(answers, best=0, worst=len(weights) - 1)
    assert result.weights.tolist() == pytest.approx((weights / weights.sum()).tolist(), rel=1e-6)
    assert (result.xi, result.consistency_ratio) == pytest.approx((0, 0), abs=1e-9)


def test_no_other_weights_fit_best_worst_answers_better():
    answers = pd.DataFrame({"best_to_others": [1, 2, 3, 8], "others_to_worst": [8, 2, 5, 1]}, index=list("abcd"))
    result = gt.best_worst(answers)

    def deviation(w):
        return max(
            np.abs(w[0] - answers["best_to_others"] * w).max(), np.abs(w - answers["others_to_worst"] * w[3]).max()
        )

    assert deviation(result.weights.to_numpy()) == pytest.approx(result.xi)
    rng = np.random.default_rng(0)
    others = np.abs(result.weights.to_numpy() + 0.02 * rng.normal(size=(2000, 4)))
    assert min(deviation(w / w.sum()) for w in others) >= result.xi - 1e-12
    assert result.consistency_ratio == pytest.approx(7 / 56)
    assert gt.best_worst(answers.assign(others_to_worst=[8, 1.5, 2, 1])).consistency_ratio == pytest.approx(5 / 56)


def test_every_fault_of_best_worst_answers_is_listed():
    good = pd.DataFrame({"best_to_others": [1, 2, 4], "others_to_worst": [4, 2, 1]}, index=list("abc"))
    with pytest.raises(InputError, match=r"'b', best_to_others: 0\.5; expected a number from 1 to 9"):
        gt.best_worst(good.assign(best_to_others=[1, 0.5, 4]))
    with pytest.raises(InputError, match="'a', 'b' all have a 1 in best_to_others; say which is the best one"):
        gt.best_worst(good.assign(best_to_others=[1, 1, 4]))
    assert gt.best_worst(good.assign(best_to_others=[1, 1, 4]), best="a").best == "a"
    with pytest.raises(InputError, match="no name has a 1 in others_to_worst"):
        gt.best_worst(good.assign(others_to_worst=[4, 2, 2]))
    with pytest.raises(InputError, match="'a' over 'c' is 4 in best_to_others, but 5 in others_to_worst"):
        gt.best_worst(good.assign(others_to_worst=[5, 2, 1]))
    with pytest.raises(InputError, match="3: expected a DataFrame with columns best_to_others, others_to_worst"):
        gt.best_worst(3)
    with pytest.raises(InputError, match="column 'others_to_worst' is missing; did you mean 'others_worst'"):
        gt.best_worst(good.rename(columns={"others_to_worst": "others_worst"}))


def test_best_worst_weights_average_people():
    one = pd.DataFrame({"best_to_others": [1, 3], "others_to_worst": [3, 1]}, index=["a", "b"])
    two = pd.DataFrame({"best_to_others": [9, 1], "others_to_worst": [1, 9]}, index=["a", "b"])
    assert gt.best_worst_weights(TREE, comparisons=[one, two]).weights["a"] == pytest.approx((0.75 + 0.1) / 2)


def test_weigh_by_level_and_by_node():
    levels = gt.by_level([gt.entropy_weights, gt.equal_weights])
    weighted = gt.weigh(TREE, TABLE, method=levels)
    assert weighted.weights[["p", "q"]].tolist() == [0.5, 0.5]
    assert weighted.weights[list("abcd")].equals(gt.entropy_weights(TREE, TABLE).weights[list("abcd")])
    experts = partial(gt.ahp_weights, comparisons=square([[1, 4], ["", 1]], "pq"))
    nodes = gt.by_node({"index": experts, "q": gt.sd_weights}, otherwise=gt.given_weights)
    weighted = gt.weigh(TREE, TABLE, method=nodes)
    assert weighted.weights[["p", "q", "a", "b"]].tolist() == pytest.approx([0.8, 0.2, 0.5, 0.5])
    assert weighted.weights["c"] == pytest.approx(gt.sd_weights(TREE, TABLE).weights["c"])


def test_a_method_chosen_for_one_branch_does_not_see_the_others():
    table = TABLE.assign(c=[0.0, 1, 2])
    with pytest.raises(InputError, match="not positive"):
        gt.merec_weights(TREE, table)
    weighted = gt.weigh(TREE, table, method=gt.by_node({"p": gt.merec_weights}, otherwise=gt.given_weights))
    assert weighted.weights[["a", "b"]].tolist() == pytest.approx(
        gt.merec_weights(TREE, TABLE).weights[["a", "b"]].tolist()
    )


def test_what_a_branch_leaves_out_is_left_out_of_the_whole():
    table = TABLE.assign(c=1.0)
    method = gt.by_node({"q": partial(gt.sd_weights, constant="drop")}, otherwise=gt.equal_weights)
    with pytest.warns(UserWarning, match="'c'"):
        weighted = gt.weigh(TREE, table, method=method)
    assert weighted.effective_weights.to_dict() == {"a": 0.25, "b": 0.25, "d": 0.5}


def test_weigh_names_levels_and_nodes_that_are_not_there():
    with pytest.raises(InputError, match=r"method = 'equal_weights': expected a weighter, by_level\(...\) or by_node"):
        gt.weigh(TREE, TABLE, method="equal_weights")
    with pytest.raises(InputError, match="1 methods by level, but the framework has 2 levels"):
        gt.weigh(TREE, TABLE, method=gt.by_level([gt.equal_weights]))
    with pytest.raises(InputError, match="no node 'pp' to choose for; did you mean 'p'"):
        gt.weigh(TREE, TABLE, method=gt.by_node({"pp": gt.equal_weights}, otherwise=gt.given_weights))


def test_every_weighter_of_the_package_can_be_named_in_a_file():
    public = {name for name in gt.__all__ if name.endswith("_weights") or name == "budget_allocation"}
    assert public - {"benefit_of_the_doubt_weights", "spread_weights", "feasible_weights", "expert_weights"} == set(
        WEIGHTERS
    )


def edit(root, old, new, files=()):
    folder = root / "toy" / "2024"
    text = (folder / "edition.toml").read_text(encoding="utf-8")
    (folder / "edition.toml").write_text(text.replace(old, new), encoding="utf-8")
    for name, content in files:
        (folder / name).write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("weight", "files", "expected"),
    [
        ('"equal_weights"', [], {"open": 0.5, "days": 0.5}),
        ('["equal_weights", "given_weights"]', [], {"open": 2 / 3, "days": 0.5}),
        (
            '{ by_node = { index = "equal_weights" }, otherwise = "given_weights" }',
            [],
            {"open": 0.5, "share": 0.75},
        ),
        (
            '{ method = "ahp_weights", comparisons = "file:pillars.csv" }',
            [("pillars.csv", "row,open,answer\nopen,1,1/4\nanswer,4,1\n")],
            {"open": 0.2, "share": 0.75},
        ),
        (
            '{ method = "budget_allocation", points = "file:experts.csv" }',
            [("experts.csv", "expert,open,answer\none,30,70\ntwo,50,50\n")],
            {"open": 0.4, "share": 0.75},
        ),
        ('{ method = "rank_order_weights", ranks = { open = 2, answer = 1 } }', [], {"open": 0.25}),
    ],
)
def test_weighters_named_in_an_edition(toy_root, weight, files, expected):
    edit(toy_root, "[recipe]", f"[recipe]\nweight = {weight}", files)
    edition = gt.read_edition("toy", 2024, root=toy_root)
    for code, share in expected.items():
        assert edition.framework.weights[code] == pytest.approx(share)
    assert {path.name for path in edition.files} >= {name for name, _ in files}


def test_a_weighter_that_looks_at_the_data_sees_the_edition(toy_root):
    edit(toy_root, "[recipe]", '[recipe]\nweight = { method = "sd_weights", normalise = "min_max" }')
    edition = gt.read_edition("toy", 2024, root=toy_root)
    scores = gt.build_index(edition.tables["city"], edition.recipe).scores
    spread = scores[["policies", "site"]].std()
    assert edition.framework.weights["site"] == pytest.approx(spread["site"] / spread.sum())


def test_an_edition_that_names_no_weighter_or_no_file(toy_root):
    edit(toy_root, "[recipe]", '[recipe]\nweight = "ahp_weight"')
    with pytest.raises(InputError, match="weight = 'ahp_weight' is unknown; did you mean 'ahp_weights'"):
        gt.read_edition("toy", 2024, root=toy_root)
    edit(toy_root, '"ahp_weight"', '{ method = "ahp_weights", comparisons = "file:absent.csv" }')
    with pytest.raises(InputError, match=r"absent\.csv: no such file"):
        gt.read_edition("toy", 2024, root=toy_root)
    edit(toy_root, "file:absent.csv", "file:../units.csv")
    with pytest.raises(InputError, match="expected the name of a CSV file in the edition's folder"):
        gt.read_edition("toy", 2024, root=toy_root)
