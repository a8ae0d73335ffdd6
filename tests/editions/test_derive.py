"""Indicators from expressions, and identities."""

import numpy as np
import pandas as pd
import pytest

from govtransparency import InputError
from govtransparency.editions.derive import check_identities, derive

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
        ("new.__class__", "Attribute is not allowed"),
        ("done > new", "Compare is not allowed"),
        ("'text'", "'text' is not a number"),
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
