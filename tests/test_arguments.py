"""The checks of arguments: what each takes, what it returns, and what it says of the rest in both languages."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from govtransparency import Framework, InputError, Node, Recipe
from govtransparency.arguments import Arguments
from govtransparency.texts.bilingual import Text

HUGE = 10**400  # a whole number that is no float


def taken(method: str, *given, **options):
    """Return what a check returns of a value that it takes."""
    with Arguments("f") as check:
        return getattr(check, method)("x", *given, **options)


def refused(method: str, *given, **options) -> Text:
    """Return what a check says of a value that it refuses, in both languages."""
    with pytest.raises(InputError) as caught, Arguments("f") as check:
        getattr(check, method)("x", *given, **options)
    (text,) = caught.value.texts
    return text


def kinds(*values) -> dict[str, object]:
    """Return parameters for pytest, each named as it is written."""
    names = [f"{type(value).__name__} {value!r}".partition(" at 0x")[0][:40] for value in values]
    return {"argvalues": values, "ids": names}


SERIES, TABLE = pd.Series([1.0, 2.0], ["a", "b"]), pd.DataFrame({"p": [1, 2]}, index=["a", "b"])
NO_NUMBERS = ("1", None, True, np.True_, [1], SERIES, np.array(1.0), 1 + 2j, pd.NA)


def test_all_problems_of_a_call_are_one_error_in_both_languages():
    with pytest.raises(InputError) as caught, Arguments("weights_within") as check:  # noqa: PT012 - its end raises
        check.share("share", 1.5)
        check.count("draws", 0)
        check.choice("ties", "min", ["min", "max"])
        check.refuse(Text("另有问题", "another problem"))
    assert str(caught.value) == (
        "weights_within: 3 problems\n"
        "  - share = 1.5: expected a number from 0 to 1\n"
        "  - draws = 0: expected a whole number of at least 1\n"
        "  - another problem"
    )
    assert caught.value.in_language("zh") == (
        "weights_within：发现3个问题\n  - share = 1.5：应为0至1之间的数\n  - draws = 0：应为不小于1的整数\n  - 另有问题"
    )


def test_nothing_is_raised_of_arguments_that_are_right_nor_in_place_of_another_error():
    with Arguments("f") as check:
        assert check.share("x", 0.5) == 0.5
    with pytest.raises(ZeroDivisionError), Arguments("f") as check:  # noqa: PT012 - its end does not raise
        check.share("x", 2)
        raise ZeroDivisionError


# -- what was given, as it is shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two", "'two'"),
        (np.float64(1.5), "1.5"),
        (np.str_("two"), "'two'"),
        (SERIES, "<Series 2>"),
        (TABLE, "<DataFrame 2 x 1>"),
        (np.zeros((2, 3)), "<ndarray 2 x 3>"),
        (math.sqrt, "sqrt"),
        (Framework([Node("index", ""), Node("a", "index")]), "Framework(1 indicator, 0 pillars)"),
        ("x" * 100, f"'{'x' * 76}..."),
        ([SERIES], "[a 1.0 b 2.0 dtype: float64]"),
    ],
)
def test_a_value_is_shown_short_and_on_one_line(value, shown):
    assert refused("rng", value).en == f"x = {shown}: expected a whole number of at least 0 or a numpy Generator"


def test_what_was_expected_may_have_an_example():
    assert refused("expect", 3, Text("名称", "a name"), example="north") == (
        "x = 3：应为名称，例如north",
        "x = 3: expected a name, such as north",
    )


# -- choice


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("min", ["min", "max"]),
        (np.str_("max"), ("min", "max")),
        (None, ["min", None]),
        (2, [1, 2]),
        (np.int64(2), [1, 2]),
        (2.0, iter([1, 2])),
        (True, [True, False]),
        (np.False_, [True, False]),
    ],
)
def test_a_choice_is_one_of_the_valid_values(value, valid):
    assert taken("choice", value, valid) is value


@pytest.mark.parametrize(
    "value", **kinds("mean", "", None, True, 3, math.nan, pd.NA, ["min"], SERIES, TABLE, np.array(["min"]))
)
def test_a_choice_is_nothing_else(value):
    assert "is unknown; valid: min, 1" in refused("choice", value, ["min", 1]).en.replace("did you mean 'min'? ", "")


def test_long_names_are_cut_where_valid_ones_are_listed():
    names = ["x" * 10_000, "budget"]
    with pytest.raises(InputError) as error, Arguments("f") as check:
        check.choice("code", "x" * 9_999, names)
    assert str(error.value).endswith(f"did you mean '{'x' * 79}…'? valid: {'x' * 79}…, budget")
    assert len(str(error.value)) < 400


def test_a_choice_is_no_number_in_place_of_true_and_is_answered_with_the_nearest():
    assert refused("choice", 1, [True, False]).en == "x = 1 is unknown; valid: True, False"
    assert refused("choice", "minn", ["min", "max"]) == (
        "x = 'minn'：未知；是否应为“min”？可用：min、max",
        "x = 'minn' is unknown; did you mean 'min'? valid: min, max",
    )


# -- numbers


@pytest.mark.parametrize("value", **kinds(0, 1.5, -2, np.int8(3), np.float32(0.5), Fraction(1, 2)))
def test_a_number_is_returned_as_a_float(value):
    assert taken("number", value) == float(value)
    assert type(taken("number", value)) is float


@pytest.mark.parametrize(
    "value", **kinds(*NO_NUMBERS, math.nan, math.inf, -math.inf, np.float64("nan"), HUGE, Decimal(1))
)
def test_a_number_is_finite_and_of_a_numeric_type(value):
    text = refused("number", value)
    assert text.en.endswith(": expected a finite number")
    assert text.zh.endswith("：应为有限的数")


@pytest.mark.parametrize(
    ("limits", "inside", "outside", "en", "zh"),
    [
        ({"low": 0}, [0, 5], [-1], "a number of at least 0", "不小于0的数"),
        ({"low": 0, "closed": (False, True)}, [0.1], [0], "a number above 0", "大于0的数"),
        ({"high": 2}, [2, -5], [2.5], "a number of at most 2", "不大于2的数"),
        ({"high": 2, "closed": (True, False)}, [1], [2], "a number below 2", "小于2的数"),
        ({"low": 0, "high": 2}, [0, 2], [-1, 3], "a number from 0 to 2", "0至2之间的数"),
        (
            {"low": 0, "high": 2, "closed": (False, False)},
            [1],
            [0, 2],
            "a number above 0 and below 2",
            "大于0且小于2的数",
        ),
        (
            {"low": 0, "high": 2, "closed": (True, False)},
            [0],
            [2],
            "a number from 0 to below 2",
            "不小于0且小于2的数",
        ),
        (
            {"low": 0, "high": 2, "closed": (False, True)},
            [2],
            [0],
            "a number above 0 and up to 2",
            "大于0且不大于2的数",
        ),
    ],
)
def test_a_number_is_within_its_limits(limits, inside, outside, en, zh):
    assert [taken("number", value, **limits) for value in inside] == inside
    for value in (*outside, math.nan):
        assert refused("number", value, **limits, example=1) == (
            f"x = {value}：应为{zh}，例如1",
            f"x = {value}: expected {en}, such as 1",
        )


@pytest.mark.parametrize("value", **kinds(0, 1, 0.25, np.float64(1)))
def test_a_share_is_from_0_to_1(value):
    assert taken("share", value) == value


@pytest.mark.parametrize("value", **kinds(*NO_NUMBERS, -0.1, 1.1, math.nan, math.inf))
def test_a_share_is_nothing_else(value):
    assert refused("share", value).en.endswith(": expected a number from 0 to 1")


def test_a_share_may_leave_out_its_limits():
    assert refused("share", 0, closed=(False, True)).en == "x = 0: expected a number above 0 and up to 1"


@pytest.mark.parametrize("value", **kinds(1, np.int64(7), np.uint8(3), 10**7))
def test_a_count_is_returned_as_a_whole_number(value):
    assert taken("count", value) == value
    assert type(taken("count", value)) is int


@pytest.mark.parametrize("value", **kinds(*NO_NUMBERS, 0, -1, 1.0, np.float64(2), math.nan, math.inf))
def test_a_count_is_whole_and_not_too_small(value):
    assert refused("count", value).en.endswith(": expected a whole number of at least 1")


def test_a_count_ends_somewhere():
    assert refused("count", HUGE).en.endswith(": expected a whole number from 1 to 10000000")


def test_a_count_is_within_its_limits():
    assert [taken("count", value, least=0, most=2) for value in (0, 1, 2)] == [0, 1, 2]
    for value in (-1, 3):
        assert refused("count", value, least=0, most=2) == (
            f"x = {value}：应为0至2之间的整数",
            f"x = {value}: expected a whole number from 0 to 2",
        )


@pytest.mark.parametrize("value", **kinds(0.95, np.float32(0.5), Fraction(9, 10)))
def test_a_level_is_returned_as_a_float(value):
    assert taken("level", value) == float(value)
    assert type(taken("level", value)) is float


@pytest.mark.parametrize("value", **kinds(*NO_NUMBERS, 0, 1, 95, -0.5, math.nan, math.inf))
def test_a_level_is_between_0_and_1(value):
    text = refused("level", value)
    assert text.en.endswith(": expected a level of confidence between 0 and 1, such as 0.95")
    assert text.zh.endswith("：应为0与1之间的置信水平，例如0.95")


@pytest.mark.parametrize("value", **kinds(0, 2024, np.int64(1), HUGE, np.random.default_rng(1)))
def test_random_numbers_come_from_a_seed_or_a_generator(value):
    assert taken("rng", value) is value


@pytest.mark.parametrize("value", **kinds(*NO_NUMBERS, -1, 1.0, math.nan, np.random.RandomState(1)))
def test_random_numbers_come_from_nothing_else(value):
    text = refused("rng", value)
    assert text.en.endswith(": expected a whole number of at least 0 or a numpy Generator")
    assert text.zh.endswith("：应为不小于0的整数，或numpy的Generator")


# -- labels and tables


@pytest.mark.parametrize(
    "value", **kinds([], ["a"], ("b", "a"), np.array(["a"]), pd.Index(["b"]), pd.Series(["a"]), {"a": 1})
)
def test_labels_are_returned_as_a_list(value):
    assert taken("labels", value, ["a", "b"]) == list(value)


@pytest.mark.parametrize("value", **kinds("a", 1, None, math.nan))
def test_labels_are_a_list(value):
    text = refused("labels", value, ["a", "b"])
    assert text.en.endswith(": expected a list of names")
    assert text.zh.endswith("：应为名称的列表")


def test_labels_are_valid_and_none_is_given_twice():
    with pytest.raises(InputError) as caught, Arguments("f") as check:
        check.labels("x", ["north", "sout", "north", ["west"], ["west"]], iter(["north", "south"]))
    assert caught.value.texts == (
        (
            "x：未知的“sout”、“['west']”；是否应为“south”？可用：north、south",
            "x: unknown 'sout', \"['west']\"; did you mean 'south'? valid: north, south",
        ),
        ("x：“north”、“['west']”重复", "x: duplicate 'north', \"['west']\""),
    )
    assert refused("labels", [1, math.nan], [1, 2]).en == "x: unknown 'nan'; valid: 1, 2"


@pytest.mark.parametrize(
    "values",
    **kinds([1, 2], [True, False], [1.5, None], [pd.NA, 2], [math.nan, 3], []),
)
@pytest.mark.parametrize("dtype", [None, object, "Float64"])
def test_series_and_tables_are_returned_as_floats(values, dtype):
    own = pd.Series(values, list("ab")[: len(values)], dtype=dtype, name="s")
    expected = pd.Series([math.nan if pd.isna(value) else float(value) for value in values], own.index, float, "s")
    pd.testing.assert_series_equal(taken("series", own), expected)
    pd.testing.assert_frame_equal(taken("table", own.to_frame()), expected.to_frame())


def test_decimals_and_numbers_in_categories_are_numbers_and_words_are_not():
    assert taken("series", pd.Series([3, 4], dtype="category")).tolist() == [3.0, 4.0]
    assert taken("series", pd.Series([Decimal("0.5")])).tolist() == [0.5]
    assert refused("series", pd.Series(["x", "y"], dtype="category")).en.endswith("expected a Series of numbers")


@pytest.mark.parametrize(
    "values", **kinds(["1", "2"], ["x", None], [1, "2"], [[1], [2]], [1 + 2j, 1], [pd.Timestamp(2024, 1, 1)] * 2)
)
def test_text_dates_and_lists_are_no_numbers(values):
    own = pd.Series(values, ["a", "b"])
    assert refused("series", own) == (
        "x = <Series 2>：应为数值型的Series",
        "x = <Series 2>: expected a Series of numbers",
    )
    assert refused("table", own.to_frame()) == (
        "x = <DataFrame 2 x 1>：应为数值型的DataFrame",
        "x = <DataFrame 2 x 1>: expected a DataFrame of numbers",
    )


@pytest.mark.parametrize("value", **kinds([1.0], {"a": 1}, None, 1.0, np.ones(2), "a"))
def test_series_and_tables_are_those_of_pandas(value):
    assert refused("series", value).en.endswith(": expected a Series of numbers")
    assert refused("table", value).en.endswith(": expected a DataFrame of numbers")
    assert refused("series", TABLE).en == "x = <DataFrame 2 x 1>: expected a Series of numbers"
    assert refused("table", SERIES).en == "x = <Series 2>: expected a DataFrame of numbers"


def test_a_missing_label_and_an_infinite_value_are_refused():
    assert refused("series", pd.Series(1.0, ["a", math.nan])) == (
        "x：有标签缺失（NaN）；请填写",
        "x: a label is missing (NaN); give every row and column one",
    )
    assert refused("table", pd.DataFrame({"p": [1, math.inf], "q": [-math.inf, 0]}, index=["a", "b"])) == (
        "x：a, q处为无穷大（共2处）；应为有限的数，或缺失",
        "x: infinite at a, q (2 in all); expected finite numbers, or missing values",
    )


@pytest.mark.parametrize("value", **kinds(True, np.False_))
def test_a_flag_is_true_or_false(value):
    assert taken("flag", value) is bool(value)


@pytest.mark.parametrize("value", **kinds(1, 0, "yes", None, pd.NA, [], np.array([True])))
def test_a_flag_is_nothing_else(value):
    assert refused("flag", value).en.endswith(": expected True or False")


def test_a_label_twice_is_refused_in_rows_and_in_columns():
    assert refused("series", pd.Series(1.0, ["a", "b", "a"])) == ("x：“a”重复", "x: duplicate 'a'")
    with pytest.raises(InputError) as caught, Arguments("f") as check:
        check.table("x", pd.DataFrame(1.0, ["a", "a"], ["p", "q", "q"]))
    assert caught.value.problems == ("x: duplicate 'a'", "x: duplicate 'q'")


# -- goalposts and values of the library


@pytest.mark.parametrize(
    "value", **kinds((0, 1), [10, 0], np.array([0.0, 2.0]), pd.Series([1, 5]), (np.int64(1), np.float64(2)))
)
def test_goalposts_are_returned_as_two_floats(value):
    found = taken("goalposts", value)
    assert found == tuple(value)
    assert [type(post) for post in found] == [float, float]


@pytest.mark.parametrize(
    "value",
    **kinds(
        (1, 1), (0,), (0, 1, 2), (), "01", 1, None, (0, "1"), (0, True), (0, None), (0, math.nan), (0, math.inf),
        (0, HUGE),        {0, 1}, {0: 1, 1: 2}, np.array(1.0), np.ones((2, 2)), TABLE,
    ),
)  # fmt: skip
def test_goalposts_are_two_different_numbers(value):
    text = refused("goalposts", value)
    assert text.en.endswith(": expected two different finite numbers, the worst value and the best")
    assert text.zh.endswith("：应为两个不同的有限数：最差值与最佳值")


def test_a_value_of_the_library_is_of_its_class():
    tree = Framework([Node("index", ""), Node("a", "index")])
    assert taken("instance", tree, Framework) is tree
    assert refused("instance", "tree", Framework) == (
        "x = 'tree'：应为Framework类型的值，例如gt.read_framework(path)",
        "x = 'tree': expected a value of type Framework, such as gt.read_framework(path)",
    )
    assert refused("instance", tree, Recipe).en.endswith(
        "expected a value of type Recipe, such as gt.Recipe(framework)"
    )
