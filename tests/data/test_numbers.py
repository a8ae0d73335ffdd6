"""The numbers of a column: what is read, what is converted and listed, what is refused and how."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.data.numbers import NumberStyle, read_numbers
from govtransparency.files.typed_number import typed_number
from govtransparency.texts.bilingual import Text

COMMA, POINT = NumberStyle(decimal=","), NumberStyle(decimal=".")
PER_CENT, OPEN = NumberStyle(sign="%"), NumberStyle(sign=None, goalposts=(0.0, 100.0))
SHARES = NumberStyle(goalposts=(0.0, 1.0), shares=True)


def read(cells, style=NumberStyle(), **given):  # noqa: B008 (frozen)
    """Read a column that starts on line 2."""
    return read_numbers(
        pd.Series(cells, dtype=object),
        style,
        code="a",
        place=lambda at: Text(f"第{at + 2}行", f"line {at + 2}"),
        **given,
    )


def numbers(cells, style=NumberStyle(), **given):  # noqa: B008 (frozen)
    """Return the numbers of a column of which nothing is refused."""
    column = read(cells, style, **given)
    assert column.problems == ()
    return column.values.tolist()


def refusals(cells, style=NumberStyle(), **given):  # noqa: B008 (frozen)
    return [problem.en for problem in read(cells, style, **given).problems]


def test_a_comma_with_two_readings_is_refused_once_with_both():
    assert refusals(["9,500", "4,125", "12"], separator=";") == [
        "column 'a', 2 cells (line 2: '9,500'; line 3: '4,125'): '9,500' is 9.5 where the comma is the decimal sign, "
        'and 9500 where the point is; declare decimal = "," or decimal = "." for the sheet'
    ]
    assert read(["9,500"]).problems[0].zh == (
        '第2行，“a”列：“9,500”可以是9.5（逗号为小数点），也可以是9500；请为该表写明 decimal = "," 或 decimal = "."'
    )
    assert numbers(["9,500", "4,125", "12"], COMMA) == [9.5, 4.125, 12]
    assert numbers(["9,500", "4,125", "12"], POINT) == [9500, 4125, 12]


def test_a_column_with_a_decimal_comma_is_refused_as_a_whole():
    assert refusals(["9,500", "9,5", "4,125"]) == [
        "column 'a', 3 cells (line 2: '9,500'; line 3: '9,5'; line 4: '4,125'): '9,5' has a decimal comma; declare "
        'decimal = "," for the sheet'
    ]
    assert refusals(["9,5", "12.5"]) == [
        "line 2, column 'a': '9,5' has a decimal comma, and '12.5' in the same column a decimal "
        "point; write the column "
        "in one way"
    ]
    assert refusals(["12.5", "9"], COMMA) == [
        "line 2, column 'a': '12.5' cannot be read with the declared decimal = \",\"; correct the "
        "declaration, or write "
        "the column in one way"
    ]


def test_one_line_for_a_column_however_many_cells():
    (said,) = refusals([f"{n},5" for n in range(180)])
    assert said.startswith(
        "column 'a', 180 cells (line 2: '0,5'; line 3: '1,5'; line 4: '2,5'): '0,5' has a decimal comma"
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,234.5", "9,500"], [1234.5, 9500]),
        (["1,234,567", "9,500"], [1234567, 9500]),
        (["\uff11\uff0c\uff12\uff13\uff14", "2,000"], [1234, 2000]),  # nobody's decimal sign is a full-width comma
        (["1.234", "2.5"], [1.234, 2.5]),
        (["0.125"], [0.125]),
        (["1\u00a0234", "1\u2009234.5", "1'234"], [1234, 1234.5, 1234]),
        (["\u2212999", "\uff11\uff12\uff0e\uff15", "1e3", "+4", ".5", "5."], [-999, 12.5, 1000, 4, 0.5, 5]),
        (["007", "7"], [7, 7]),
    ],
)
def test_what_leaves_no_doubt_is_read(cells, expected):
    assert numbers(cells, separator=";") == expected


def test_a_point_before_three_digits_is_in_doubt_unless_the_file_or_the_column_settles_it():
    said = "'1.234' is 1234 where the comma is the decimal sign, and 1.234 where the point is"
    for separator in (";", "\t", None):
        assert said in refusals(["1.234", "12"], separator=separator)[0]
    assert numbers(["1.234", "12"], separator=",") == [1.234, 12]
    assert numbers(["1.234", "0.5"], separator=";") == [1.234, 0.5]
    assert numbers(["1.234", "12"], COMMA, separator=";") == [1234, 12]


def test_blanks_between_digits_are_read_where_the_decimal_sign_is_declared():
    assert refusals(["1 234"]) == [
        "line 2, column 'a': '1 234' has a blank between digits; if it is one number, declare "
        'decimal = "." (or ",") '
        "for the sheet, and if it is two, part them in the file"
    ]
    assert numbers(["1 234", "5"], POINT) == [1234, 5]
    assert numbers(["1 234,5", "5"], COMMA) == [1234.5, 5]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("$1,958", "'$1,958' has a currency beside its number; "),
        ("38,000 ppl.", "'38,000 ppl.' has text beside its number; "),
        ("(12.5)", "'(12.5)' is in brackets, which may mean a negative number or a note; "),
        ("Jan-02", "'Jan-02' looks like a date, which a spreadsheet makes of texts such as 1-2; "),
        ("12,34,5", "'12,34,5' is not a number; "),
    ],
)
def test_the_advice_fits_the_cell_and_never_is_to_empty_it(cell, said):
    correct = f'write the number alone in the file, or declare what it stands for: values = {{ "{cell}" = ... }}'
    assert refusals([cell, "3"]) == [f"line 2, column 'a': {said}{correct}"]
    assert numbers([cell, "3"], words={cell: 7.0}) == [7, 3]


def test_words_may_mean_a_number_or_no_value_and_a_dash_may_be_left_out():
    assert refusals(["rising", "1"]) == [
        "line 2, column 'a': 'rising' is not a number; if it stands for a number, declare values = { "
        '"rising" = ... } for the sheet; only if it stands for no data, missing = ["rising"]'
    ]
    assert refusals(["-", "1"]) == [
        "line 2, column 'a': '-' is not a number; if it stands for no data, declare missing = "
        '["-"] for the sheet; if the indicator does not apply, not_applicable = ["-"]; if it is '
        'zero, values = { "-" = 0 }'
    ]
    assert refusals(["inf", "1e999"]) == [
        "line 2, column 'a': 'inf' is infinite, which no indicator can be; correct it in the file",
        "line 3, column 'a': '1e999' is infinite, which no indicator can be; correct it in the file",
    ]


def test_percent_signs_on_some_cells_only():
    assert refusals(["92%", "55", "47"]) == [
        "line 2, column 'a': '92%' has a percent sign, and '55' in the same column has none; if all are per cent, give "
        "the indicator the unit % in framework.csv, otherwise write the column in one way"
    ]
    assert numbers(["92%", "55", "47"], PER_CENT) == [92, 55, 47]
    assert numbers(["92%", "0", ""], NumberStyle())[:2] == [0.92, 0]
    assert numbers(["98\uff05", "1", "0.5"], SHARES) == [0.98, 1, 0.5]
    assert "'55' in the same column has none" in refusals(["92%", "55"], SHARES)[0]


def test_percent_signs_on_all_cells_are_read_unless_the_goalposts_leave_it_open():
    assert numbers(["92%", "7 %"]) == [0.92, 0.07]
    assert numbers(["92%", "7%"], PER_CENT) == [92, 7]
    assert refusals(["92%", "7%"], OPEN) == [
        "column 'a', 2 cells (line 2: '92%'; line 3: '7%'): '92%' may be 92 or 0.92, and the "
        "goalposts are 0 and 100; give "
        "the indicator its unit in framework.csv: with % it is 92, with another, such as share, 0.92"
    ]
    assert numbers(["9,5%"], NumberStyle(decimal=",", sign="%")) == [9.5]


def test_a_number_of_the_file_has_its_value_and_its_per_cent_follows_the_unit():
    shown = [typed_number(0.92, percent=True), typed_number(0.07, percent=True)]
    assert numbers(shown) == [0.92, 0.07]
    assert numbers(shown, PER_CENT) == [92, 7]
    assert read(shown, PER_CENT).conversions[0].text.en == "0.92, shown as a per cent in the file, read as 92"
    assert "'92%' has a percent sign, and '55' in the same column has none" in refusals([shown[0], typed_number(55)])[0]
    assert "'92%' may be 92 or 0.92" in refusals(shown, OPEN)[0]
    assert numbers([typed_number(1.234), typed_number(5)], COMMA) == [1.234, 5]
    assert numbers([typed_number(-999.0), "-999", "3"], missing=["-999"])[2] == 3


def test_every_conversion_is_listed_by_kind_with_its_number_and_its_first_cell():
    column = read(
        ["Yes", "1,234.5", "No", "n/a", "Yes", "x", "2,345.5", ""], words={"Yes": 1, "No": 0}, not_applicable=["x"]
    )
    assert [(one.text.en, one.count, one.first) for one in column.conversions] == [
        ("'Yes' read as 1", 2, 0),
        ("'No' read as 0", 1, 2),
        ("'n/a' read as missing", 1, 3),
        ("'x' read as not applicable", 1, 5),
        ("'1,234.5' read as 1234.5", 2, 1),
    ]
    assert column.not_applicable.tolist() == [False] * 5 + [True, False, False]
    assert read(["9,5", "3"], COMMA).conversions[0].text == ("“9,5”读作9.5", "'9,5' read as 9.5")
    assert read(["1", "2.5", ""]).conversions == ()


def test_what_is_declared_goes_before_what_a_cell_looks_like():
    assert numbers(["0", "5"], missing=["0"])[1] == 5
    assert math.isnan(numbers(["0", "5"], missing=["0"])[0])
    assert numbers(["n/a", "5"], words={"n/a": 3}) == [3, 5]


@pytest.mark.parametrize("cells", [[], ["", "NA", "Nan", "NULL", ".."]])
def test_columns_without_a_number(cells):
    assert np.isnan(numbers(cells)).all()


# how the same numbers are written: what is between thousands, the decimal sign, what follows
STYLES = {
    "1234.5": ("", "."), "1,234.5": (",", "."),
    "1 234.5": (" ", "."), "1\u202f234.5": ("\u202f", "."), "1'234.5": ("'", "."),
    "1234,5": ("", ","), "1.234,5": (".", ","),
    "1 234,5": (" ", ","), "1\u00a0234,5": ("\u00a0", ","), "1\u2019234,5": ("\u2019", ","),
}  # fmt: skip
COLUMNS = st.lists(
    st.integers(-(10**10), 10**10).map(lambda number: number / 1000) | st.integers(-2000, 2000).map(float),
    min_size=1,
    max_size=6,
)


def in_style(number, style, minus="-"):
    group, decimal = STYLES[style]
    text = f"{abs(number):,.3f}".rstrip("0").rstrip(".")
    text = text.replace(",", "\x00").replace(".", decimal).replace("\x00", group)
    return minus + text if number < 0 else text


@given(COLUMNS, st.sampled_from(list(STYLES)), st.sampled_from(["-", "\u2212", "\uff0d"]))
def test_any_column_in_a_declared_style_reads_back_equal(column, style, minus):
    cells = [in_style(number, style, minus) for number in column]
    assert numbers(cells, NumberStyle(decimal=STYLES[style][1]), separator=";") == column


@given(COLUMNS, st.sampled_from(list(STYLES)), st.sampled_from([",", ";", "\t", None]))
def test_any_column_in_an_undeclared_style_reads_back_equal_or_is_refused(column, style, separator):
    if separator == "," and STYLES[style] == (".", ","):
        return  # a file between commas has the decimal point
    read_back = read([in_style(number, style) for number in column], separator=separator)
    assert read_back.problems or read_back.values.tolist() == column


@given(st.lists(st.integers(0, 1000).map(lambda number: number / 10), min_size=1, max_size=6), st.booleans())
def test_any_column_of_per_cent_reads_back_equal(column, whole):
    cells = [f"{number}%" for number in column]
    expected = column if whole else [number / 100 for number in column]
    assert numbers(cells, NumberStyle(sign="%" if whole else ""), separator=",") == expected


def test_an_empty_cell_that_is_declared_is_a_conversion():
    column = read(["1", "", "2", ""], not_applicable=[""])
    assert column.not_applicable.tolist() == [False, True, False, True]
    assert [(one.text, one.count, one.first) for one in column.conversions] == [
        (Text("空单元格读作不适用", "an empty cell read as not applicable"), 2, 1)
    ]
    column = read(["1", "", "2", ""], words={"": 0})
    assert column.values.tolist() == [1, 0, 2, 0]
    assert [(one.text.en, one.count, one.first) for one in column.conversions] == [("an empty cell read as 0", 2, 1)]
    assert read(["1", ""]).conversions == ()


def test_points_between_thousands_are_called_so():
    assert refusals(["1.234.567", "5"]) == [
        "line 2, column 'a': '1.234.567' has points between thousands; declare decimal = \",\" for the sheet"
    ]


@pytest.mark.parametrize("cell", ["\u00bd", "\u2460"])
def test_a_number_of_one_sign_is_never_to_be_left_out(cell):
    assert refusals([cell, "5"]) == [
        f"line 2, column 'a': {cell!r} is not a number; write the number alone in the file, or declare what it stands "
        f'for: values = {{ "{cell}" = ... }}'
    ]


def test_what_is_to_be_declared_is_written_as_toml():
    (said,) = refusals(['say "x"', "5"])
    declared = re.findall(r"values = \{.*?= |missing = \[.*?\]", said)
    assert declared == ['values = { "say \\"x\\"" = ', 'missing = ["say \\"x\\""]']


def test_a_date_with_a_time_is_a_date_and_a_word_like_a_month_is_a_word():
    assert "looks like a date" in refusals(["1900-01-05T12:00:00", "5"])[0]
    assert refusals(["Maybe", "5"])[0].startswith("line 2, column 'a': 'Maybe' is not a number; if it stands for a ")


@pytest.mark.parametrize("cell", ["-999.0", "\u2212999", "-9.99e2", "-999.00"])
@pytest.mark.parametrize("declared", [{"missing": ["-999"]}, {"not_applicable": ["-999"]}, {"words": {"-999": 0.0}}])
def test_a_declared_number_written_otherwise_is_refused(cell, declared):
    assert refusals(["-999", cell, "5"], **declared) == [
        f"line 3, column 'a': {cell!r} is the same number as '-999', whose meaning is declared; declare that of "
        f"{cell!r} too, or write the column in one way"
    ]
    both = {key: {**given, cell: 1.0} if key == "words" else [*given, cell] for key, given in declared.items()}
    assert refusals(["-999", cell, "5"], **both) == []


def test_a_number_declared_to_be_itself_may_be_written_otherwise():
    assert refusals(["1", "1.0", "Yes"], words={"1": 1.0, "Yes": 2.0}) == []


def test_a_word_for_no_value_in_other_capitals_than_the_one_for_not_applicable_is_refused():
    assert refusals(["n/a", "NA", "5"], not_applicable=["n/a"]) == []
    assert refusals(["n/a", "N/A", "5"], not_applicable=["n/a"])[0].startswith(
        "line 3, column 'a': 'N/A' is not a number"
    )
    assert refusals(["n/a", "N/A", "5"], not_applicable=["n/a"], missing=["N/A"]) == []
