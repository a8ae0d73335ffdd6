"""Weights from pairwise comparisons: AHP and the best-worst method."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import govtransparency as gt
from govtransparency import Framework, InputError, Node
from tests.examples import AB_AND_CD, ABC, square


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
        gt.ahp_weights(ABC, comparisons=[[1]], method="eigen", random_index="saaty", group="people")
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
    by_judgement = gt.ahp_weights(AB_AND_CD, comparisons=[one, two])
    assert by_judgement.weights[["a", "b"]].tolist() == pytest.approx([0.8, 0.2])
    by_priority = gt.ahp_weights(AB_AND_CD, comparisons=[one, two], group="priorities")
    first, second = np.array([2 / 3, 1 / 3]), np.array([8 / 9, 1 / 9])
    mean = np.sqrt(first * second)
    assert by_priority.weights[["a", "b"]].tolist() == pytest.approx((mean / mean.sum()).tolist())
    with pytest.raises(InputError, match="group = 'priority' is unknown; did you mean 'priorities'"):
        gt.ahp_weights(AB_AND_CD, comparisons=one, group="priority")


def test_people_who_compared_different_pairs_complete_each_other():
    one = square([[1, 2, ""], ["", 1, ""], ["", "", 1]])
    two = square([[1, "", ""], ["", 1, 3], ["", "", 1]])
    weighted = gt.ahp_weights(ABC, comparisons=[one, two])
    assert weighted.weights[list("abc")].tolist() == pytest.approx([0.6, 0.3, 0.1])
    with pytest.raises(InputError, match="no comparison connects"):
        gt.ahp_weights(ABC, comparisons=[one, two], group="priorities")


def test_the_names_say_which_children_are_weighted():
    matrix = gt.ahp_weights(AB_AND_CD, comparisons=[square([[1, 4], ["", 1]], "cd"), square([[1, 1], ["", 1]], "pq")])
    assert matrix.weights[list("abcdpq")].tolist() == pytest.approx([0.5, 0.5, 0.8, 0.2, 0.5, 0.5])
    weights = np.array([4.0, 3, 2, 1])
    across = gt.ahp_weights(AB_AND_CD, comparisons=square(np.divide.outer(weights, weights).tolist(), "abcd"))
    assert across.effective_weights.tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])
    with pytest.raises(
        InputError, match="comparisons 1: the names are not the children of 'p': lacks 'b'; has the extra name 'x'"
    ):
        gt.ahp_weights(AB_AND_CD, comparisons=square([[1, 4], ["", 1]], "ax"))


def test_matrices_read_from_files(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("# asked in May\nrow;a;b\na;1;1/3\nb;3;1\n", encoding="utf-8")
    assert gt.ahp_weights(AB_AND_CD, comparisons=path).weights[["a", "b"]].tolist() == pytest.approx([0.25, 0.75])


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
    assert gt.best_worst_weights(AB_AND_CD, comparisons=[one, two]).weights["a"] == pytest.approx((0.75 + 0.1) / 2)
