"""Arguments refused by their kind: which, in which words, and what stays the function's own to say."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.arguments import Arguments, end_of_checks
from govtransparency.checked_calls import checked
from govtransparency.texts.bilingual import Text


@checked
def halves(table: pd.DataFrame, share: float = 0.5, *, sure: bool = True, names: list[str] | None = None) -> float:
    """Take a share, checked by itself."""
    with Arguments("halves") as check:
        check.share("share", share)
    return float(table["a"].sum() * share)


DONE: list[str] = []  # what the functions below did beside checking


@checked
def written(table: pd.DataFrame, share: float = 0.5, *, sure: bool = True) -> None:
    """Check in blocks within a block, then work."""
    with Arguments("written") as check:
        with Arguments("share") as inner:
            inner.share("share", share)
        check.choice("table", len(table), [2])
    DONE.append("written")


@checked
def read(name: str, *, sure: bool = True) -> None:
    """Check in no block, then work."""
    if name == "none":
        raise gt.InputError(Text("没有", "nothing of that name"), title="read")
    end_of_checks()
    DONE.append("read")


TABLE = pd.DataFrame({"a": [1.0, 3.0], "words": ["x", "y"]}, index=["X", "Y"])


def test_what_is_right_is_passed_on():
    assert halves(TABLE) == 2
    assert halves(TABLE, 0.25, sure=np.True_) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: halves(TABLE, 2), "halves: 1 problem\n  - share = 2: expected a number from 0 to 1"),
        (
            lambda: halves(TABLE.set_axis(["X", "X"]), 2, sure=1),
            "halves: 3 problems\n"
            "  - share = 2: expected a number from 0 to 1\n"
            "  - table: duplicate 'X'\n"
            "  - sure = 1: expected True or False",
        ),
        (
            lambda: halves("table", 10**400),
            f"halves: 2 problems\n  - share = 1{'0' * 76}...: expected a number from 0 to 1\n"
            "  - table = 'table': expected a DataFrame of numbers",
        ),
        (
            lambda: halves(TABLE.replace(3.0, np.inf)),
            "halves: 1 problem\n  - table: infinite at Y, a (1 in all); expected finite numbers, or missing values",
        ),
    ],
)
def test_one_error_has_what_the_function_and_what_the_kinds_refuse(call, message):
    with pytest.raises(gt.InputError) as caught:
        call()
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: written(TABLE, sure=1), "written: 1 problem\n  - sure = 1: expected True or False"),
        (
            lambda: written(TABLE.iloc[:1], sure=1),
            "written: 2 problems\n  - table = 1 is unknown; valid: 2\n  - sure = 1: expected True or False",
        ),
        (lambda: read("one", sure=1), "read: 1 problem\n  - sure = 1: expected True or False"),
        (
            lambda: read("none", sure=1),
            "read: 2 problems\n  - nothing of that name\n  - sure = 1: expected True or False",
        ),
    ],
)
def test_nothing_is_done_before_a_wrong_kind_is_refused(call, message):
    DONE.clear()
    with pytest.raises(gt.InputError) as caught:
        call()
    assert str(caught.value) == message
    assert DONE == []
    written(TABLE)
    read("one")
    assert DONE == ["written", "read"]  # the calls after that are whole


def test_a_function_that_is_given_is_not_called_beside_a_wrong_kind():
    DONE.clear()
    with pytest.raises(gt.InputError, match="normalise = 3: expected a function"):
        gt.rescaled(TABLE[["a"]], pd.Series({"a": 1.0}), normalise=3, aggregate=lambda *_: DONE.append("aggregate"))
    assert DONE == []


@pytest.mark.parametrize("kind", ["int8", "Int64", "Float64", "int64[pyarrow]", "double[pyarrow]", "category", object])
def test_numbers_of_any_type_make_the_same_index(kind):
    tree = gt.Framework.from_dict({"p": {"a": 1, "b": 1}, "c": 1})
    table = pd.DataFrame({"a": [1, 2, 3, 4], "b": [3, 1, 2, 5], "c": [1, 0, 1, 0]}, index=list("WXYZ"))
    expected = gt.build_index(table, gt.Recipe(tree)).scores
    pd.testing.assert_frame_equal(gt.build_index(table.astype(kind), gt.Recipe(tree)).scores, expected)
    truth = table["c"].astype(bool).astype("boolean")
    pd.testing.assert_frame_equal(gt.build_index(table.assign(c=truth), gt.Recipe(tree)).scores, expected)


def refused(call) -> gt.InputError:
    with pytest.raises(gt.InputError) as caught:
        call()
    return caught.value


def test_an_index_of_pandas_is_no_index_of_the_library():
    dtype = "str" if pd.__version__ >= "3" else "object"
    assert refused(lambda: gt.dominance(pd.Index(["a"]))).problems == (
        f"index = Index(['a'], dtype='{dtype}'): expected a value of type Index, such as gt.build_index(table, recipe)",
    )


def test_a_fraction_is_a_number_for_every_option():
    half, values = Fraction(1, 2), pd.Series([1.0, 2.0, 3.0])
    assert gt.z_score(values, mean=half, sd=half).tolist() == gt.z_score(values, mean=0.5, sd=0.5).tolist()
    scores, weights = pd.DataFrame({"a": [4.0], "b": [9.0]}), pd.Series({"a": 1, "b": 1})
    assert gt.geometric_mean(scores, weights, floor=half).tolist() == [6.0]


def test_an_aggregator_of_the_users_own_is_told_what_it_does_wrong():
    def own(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
        return gt.arithmetic_mean(scores.to_numpy(), weights)

    tree = gt.Framework.flat(["a", "b"])
    table = pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 3.0]}, index=["X", "Y"])
    error = refused(lambda: gt.build_index(table, gt.Recipe(tree, aggregate=own)))
    assert error.problems == ("'index': scores = <ndarray 2 x 2>: expected a DataFrame of numbers",)


@pytest.mark.parametrize(
    ("call", "title"),
    [
        (lambda: gt.budget_shares(gt.Framework.flat(["a", "b"]), 5), "budget_shares (budget_allocation)"),
        (lambda: gt.min_max(pd.Series([1, 10**400], dtype=object)), "min_max"),
        (lambda: gt.rank(pd.Series([1, 10**400], dtype=object)), "rank"),
        (
            lambda: gt.build_index(
                pd.DataFrame({"a": [1.0, 2.0]}, index=["X", np.nan]), gt.Recipe(gt.Framework.flat(["a"]))
            ),
            "build_index",
        ),
    ],
)
def test_the_error_is_headed_by_the_function_that_was_called(call, title):
    assert refused(call).title == title


def test_counts_that_fill_the_memory_are_refused():
    ranks = pd.DataFrame({"a": [1, 2], "b": [2, 1]}, index=["X", "Y"])
    text = "resamples = 1000000000: expected a whole number from 1 to 1000000"
    assert refused(lambda: gt.kendall_w(ranks, resamples=10**9)).problems == (text,)
    assert refused(lambda: gt.min_max(ranks["a"], decimals=10**9)).problems == (
        "decimals = 1000000000: expected a whole number from -15 to 15",
    )


def test_a_table_in_place_of_a_path_and_weights_without_their_children_are_named():
    table = pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 3.0]}, index=["X", "Y"])
    text = "path = <DataFrame 2 x 2>: expected the path of a file or a folder"
    assert refused(lambda: gt.read_table(table)).problems == (text,)
    assert refused(lambda: gt.arithmetic_mean(table, pd.Series([0.5, 0.5]))).problems == (
        "the weights are labelled '0', '1', and none of it is a child; label them by the children 'a', 'b'",
    )
