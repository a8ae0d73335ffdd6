"""Indicators from expressions, and identities."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import Framework, InputError, Node
from govtransparency.editions.derive import check_identities, derive
from govtransparency.editions.expressions import parse

TABLE = pd.DataFrame(
    {"new": [10.0, 4.0, 0.0], "old": [2.0, np.nan, 0.0], "done": [9.0, 3.0, 0.0], "left": [3.0, 1.0, 1.0]},
    index=["x", "y", "z"],
)


def test_the_first_expression_with_a_value_counts():
    table = derive(TABLE.loc[["x", "y"]], {"rate": ["done / (new + old)", "done / new"]})
    assert table["rate"].tolist() == [0.75, 0.75]


def test_later_indicators_may_use_earlier_ones_and_functions():
    table = derive(TABLE.loc[["x"]], {"rate": "done / new", "score": "max(log10(new), 2 * rate) ** 2 - -1"})
    assert table.loc["x", "score"] == pytest.approx((2 * 0.9) ** 2 + 1)


def test_the_least_and_greatest_of_columns_and_numbers():
    table = derive(TABLE, {"capped": "max(2, min(new, 8, done))", "still": "min(old, 1)"})
    assert table["capped"].tolist() == [8.0, 3.0, 2.0]
    assert table["still"].tolist() == pytest.approx([1.0, np.nan, 0.0], nan_ok=True)


def test_a_column_may_be_called_as_a_function_is():
    table = pd.DataFrame({"max": [4.0, 9.0]}, index=["x", "y"])
    assert derive(table, {"root": "max(sqrt(max), 2.5)"})["root"].tolist() == [2.5, 3.0]


def test_what_cannot_be_computed_names_the_unit():
    with pytest.raises(InputError, match=r"rate = 'done / new': not a finite number for unit 'z'"):
        derive(TABLE, {"rate": "done / new"})


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("done / nwe", "no column 'nwe'; did you mean 'new'"),
        ("done +", "cannot be read as an expression"),
        ("open('x')", r"the function open\(...\) is unknown; valid: log"),
        ("new.__class__", r"character 4 is '\.', expected one of \+ - \* / \*\*"),
        ("done > new", "character 6 is '>', expected one of"),
        ("'text'", "no column 'text'; valid: new, old, done, left"),
        ("log()", r"log\(...\) takes one value; got log\(\)"),
        ("sqrt(new, old)", r"sqrt\(...\) takes one value; got sqrt\(new, old\)"),
        ("min()", r"min\(...\) takes values; got min\(\)"),
        ("log + new", "no column 'log'"),
        ("new * (1 / 0)", "not a finite number for unit 'x'"),
        ("(0 - 8) ** 0.5 + new", "not a finite number for unit 'x'"),
    ],
)
def test_only_arithmetic_is_allowed(expression, message):
    with pytest.raises(InputError, match=message):
        derive(TABLE, {"rate": expression})


def test_an_expression_that_is_refused_says_so_in_chinese_too():
    with pytest.raises(InputError) as caught:
        derive(TABLE, {"rate": "done / nwe", "other": "lgo(new)", "ratio": "done / new"})
    said = caught.value.in_language("zh")
    assert said.startswith("推算指标：发现3个问题\n  - rate = “done / nwe”：没有“nwe”列；是否应为“new”？可用：")
    assert "other = “lgo(new)”：未知的函数 lgo(...)；是否应为“log”？" in said
    assert "ratio = “done / new”：被评单位“z”得不出有限的数" in said


def test_identities_are_checked_where_every_term_is_present():
    found = check_identities(TABLE, {"balance": "new + old == done + left"})
    assert found.loc["balance"].to_dict() == {"checked": 2, "kept": 1, "broken": ("z",)}


def test_an_identity_without_two_sides_is_refused():
    with pytest.raises(InputError, match="expected two expressions with == between them"):
        check_identities(TABLE, {"balance": "new + old"})


def test_an_identity_whose_terms_cancel_is_kept():
    table = pd.DataFrame({"a": [0.1, 0.1], "b": [0.2, 0.2], "c": [0.3, 0.3000001]}, index=["X", "Y"])
    found = check_identities(table, {"difference": "a + b - c == 0"}).loc["difference"]
    assert found.to_dict() == {"checked": 2, "kept": 1, "broken": ("Y",)}


ODD = pd.DataFrame(
    {"Goal 1": [3.0], "plan.dq": [4.0], "e-gov-index": [5.0], "公开 度": [6.0], 'a"b': [7.0]}, index=["x"]
)
TREE = Framework(
    [Node("index", ""), Node("p", "index"), Node("i1", "p"), Node("i2", "p"), Node("q", "index"), Node("i3", "q")]
)
POINTS = pd.DataFrame(
    {"i1.fmt": [1.0], "i1.dq": [10.0], "i2.fmt": [2.0], "i2.dq": [20.0], "i3.fmt": [3.0], "all": [4.0]}, index=["x"]
)


def refusal(table, expressions, framework=None):
    with pytest.raises(InputError) as caught:
        derive(table, expressions, framework)
    return caught.value.problems


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('"Goal 1" * 2', 6.0),
        ("'Goal 1' - 'plan.dq'", -1.0),
        ('"e-gov-index" / 2 + "公开 度"', 8.5),
        ('"a""b"', 7.0),
        ("'a\"b' ** -1", 1 / 7),
    ],
)
def test_any_column_can_be_named_in_quotation_marks(expression, value):
    assert derive(ODD, {"c": expression}).loc["x", "c"] == value


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("Goal 1", "cannot be read as an expression: character 6 is '1', expected one of + - * / **; the name of a "
         'column that is not one word stands in quotation marks, as in "Goal 1"'),
        ("e-gov-index", "the column 'e-gov-index' must stand in quotation marks: \"e-gov-index\""),
        ('"Goal 1', "cannot be read as an expression: character 1 is '\"', expected a number, a column, a function or "
         'a parenthesis; the name of a column that is not one word stands in quotation marks, as in "Goal 1"'),
        ("(1, 2)", "cannot be read as an expression: character 3 is ',', expected one of + - * / **"),
        ("max(1,)", "cannot be read as an expression: character 7 is ')', expected a number, a column, a function or "
         "a parenthesis"),
        ("", "cannot be read as an expression: at its end, expected a number, a column, a function or a parenthesis"),
        ("(1 + 2", "cannot be read as an expression: at its end, expected a closing parenthesis"),
        ("9**9**9", "not a finite number, for any unit"),
        ("10**400", "not a finite number, for any unit"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_shown_by_its_place(expression, problem):
    assert refusal(ODD, {"c": expression}) == (f"c = {expression!r}: {problem}",)


def test_a_long_or_deep_expression_is_computed_or_refused_in_a_line():
    for expression, value in (
        ("+".join(["a"] * 3000), 6000.0),
        ("-" * 20_000 + "a", 2.0),
        ("(" * 20_000 + "a" + ")" * 20_000, 2.0),
        ("max(" * 5_000 + "a" + ", 1)" * 5_000, 2.0),
    ):
        assert derive(pd.DataFrame({"a": [2.0]}, index=["x"]), {"c": expression}).loc["x", "c"] == value
    cut = "-" * 77 + "..."
    assert refusal(ODD, {"c": "-" * 60_000 + "1"}) == (
        f"c = '{cut}': 60001 numbers, columns and signs; at most 50000 can be read",
    )
    (told,) = refusal(ODD, {"c": "9" * 401})
    assert told.endswith(f": the number {'9' * 77}... is too large to be computed with")
    assert len(told) < 300


@given(st.recursive(st.integers(0, 9).map(str) | st.sampled_from(["a", "b"]), lambda part: st.one_of(
    st.tuples(part, st.sampled_from([" + ", "-", " * ", "**"]), part).map("".join),
    part.map("({})".format), part.map("-{}".format), part.map("max({}, 2)".format)), max_leaves=8))  # fmt: skip
def test_an_expression_means_what_it_means_in_python(text):
    try:
        expected = float(eval(text, {"max": max, "a": np.float64(3.0), "b": np.float64(0.5)}))
    except (OverflowError, ZeroDivisionError, TypeError, ValueError):
        return
    if abs(expected) < 1e15:
        found = parse(text).values({"a": np.array([3.0]), "b": np.array([0.5])}, 1)[0]
        assert found == pytest.approx(expected, rel=1e-9, nan_ok=True)


def test_a_missing_column_leaves_no_value_even_to_the_power_of_zero():
    assert derive(TABLE, {"one": "old ** 0"})["one"].tolist() == pytest.approx([1.0, np.nan, 1.0], nan_ok=True)


def test_derived_indicators_may_stand_in_any_order_but_in_no_circle():
    assert derive(TABLE, {"twice": "2 * rate", "rate": "done / 2"})["twice"].tolist() == [9.0, 3.0, 0.0]
    assert refusal(TABLE, {"a": "b", "b": "c + 1", "c": "a"}) == ("each needs the next, in a circle: a -> b -> c -> a",)


def test_a_derived_indicator_may_rescale_its_own_column():
    assert derive(TABLE, {"done": "done / 3"})["done"].tolist() == [3.0, 1.0, 0.0]


def test_one_bad_expression_is_one_problem_though_others_use_it_and_many_units_have_it():
    assert refusal(TABLE, {"rate": "done / nwe", "twice": "2 * rate"}) == (
        "rate = 'done / nwe': no column 'nwe'; did you mean 'new'? valid: new, old, done, left",
    )
    assert refusal(TABLE, {"c": "done / (new - new)"}) == (
        "c = 'done / (new - new)': not a finite number for unit 'x' and 2 more, where that one has "
        "{ done = 9, new = 10 }",
    )


def test_one_expression_serves_all_indicators_beneath_a_pillar():
    expressions = {"i2": "all", "p.*": '"*.fmt" + "*.dq"', "index.*": '"*.fmt" * 100'}
    made = derive(POINTS, expressions, TREE.leaves).loc["x", ["i1", "i2", "i3"]]
    assert made.to_dict() == {"i1": 11.0, "i2": 4.0, "i3": 300.0}


def test_what_is_wrong_with_an_expression_for_a_pillar_is_told_once():
    assert refusal(POINTS, {"index.*": '"*.fmt" + "*.dqq"'}, TREE.leaves) == (
        "index.* = '\"*.fmt\" + \"*.dqq\"': no column 'i1.dqq'; did you mean 'i1.dq'? "
        "valid: i1.fmt, i1.dq, i2.fmt, i2.dq, i3.fmt, all (and likewise for 2 more)",
    )
    assert refusal(POINTS, {"pp.*": '"*.fmt"'}, TREE.leaves) == (
        "pp.* = '\"*.fmt\"': there is no pillar 'pp'; did you mean 'p'? valid: p, q, index",
    )
    assert refusal(POINTS, {"p.*": '"i1.fmt"'}, TREE.leaves) == (
        'p.* = \'"i1.fmt"\': no * stands for the indicator; write it in the quoted name of a column, as in "*.points"',
    )


def test_one_identity_serves_all_indicators_beneath_a_pillar():
    table = POINTS.assign(i1=11.0, i2=23.0)
    found = check_identities(table, {"p.*": '"*.fmt" + "*.dq" == "*"'}, TREE.leaves)
    assert found["broken"].to_dict() == {"i1": (), "i2": ("x",)}


def test_an_identity_of_quoted_names_or_without_a_finite_side():
    table = pd.DataFrame({"a==b": [1.0], "a": [0.0]}, index=["x"])
    assert check_identities(table, {"same": '"a==b" == 1'}).loc["same", "kept"] == 1
    assert check_identities(table, {"same": '1 / a == "a==b"'}).loc["same", "broken"] == ("x",)
