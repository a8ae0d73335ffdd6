"""Numbers as people write them, and texts that are none."""

import pytest

from govtransparency.files.plain_numbers import to_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0),
        (" -2.5 ", -2.5),
        ("1e3", 1000.0),
        ("12,345.5", 12345.5),
        ("85%", 0.85),
        ("85\uff05", 0.85),
        ("\u22123", -3.0),
        ("\uff11\uff12", 12.0),
        ("1,23", None),
        ("1_000", None),
        ("three", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert to_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234,567.8", 1234567.8), ("-12,345", -12345.0), ("\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15", 1234.5)],
)
def test_commas_between_thousands_are_read(text, number):
    assert to_number(text) == number


@pytest.mark.parametrize("text", ["1.234,5", "0,123", "1234,567", "12,34", "1,2345", "1,234,5", ",123", "1,234e3"])
def test_a_comma_that_may_be_a_decimal_point_is_no_number(text):
    assert to_number(text) is None
