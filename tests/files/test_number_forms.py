"""What a cell looks like that is no number."""

import pytest

from govtransparency.files.number_forms import footnoted, look_of, multiple_in, written


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("1" * 100_000 + "!", "digits"),
        ("1 " * 100_000 + "!", "digits"),
        ("1 " * 100_000 + "x", "beside"),
        ("<" + "1," * 100_000, "bound"),
        ("1 " * 100_000 + "万人人人人人人人", "beside"),
        ("1." * 100_000 + "*", "mark"),
        ("1." * 100_000 + "*\u00bd", "digits"),
        ("=" + "1 " * 100_000 + "%x", "formula"),
        ("1-" * 100_000, "digits"),
        ("jan" + " 1" * 100_000 + "!", "digits"),
        ("-_" * 100_000 + "!", "sign"),
    ],
)
def test_a_long_cell_is_looked_through_in_one_pass(text, look):
    assert look_of(text) == look
    assert written(text) is None
    assert multiple_in(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("85 ①", "85"), ("1,200%*", "1,200%"), ("3.5（注1）", "3.5"), ("7 [a]", "7"), ("85", "85"), ("1 2x", "1 2x")],
)
def test_the_number_before_the_mark_of_a_footnote(text, number):
    assert footnoted(text) == number
