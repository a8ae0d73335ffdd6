"""Cells as Chinese files have them: per mille, 万, words, bounds and footnotes, read or refused with their readings."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.data.number_column import NumberStyle
from govtransparency.data.numbers import read_numbers
from govtransparency.texts.bilingual import Text


def read(cells, unit="", *, multiples=(), **given):
    """Read a column that starts on line 2, in a unit of measurement."""
    style = NumberStyle(sign=unit if unit in ("%", "‰") else "", unit=unit, multiples=multiples)
    place = lambda at: Text(f"第{at + 2}行", f"line {at + 2}")  # noqa: E731
    return read_numbers(pd.Series(cells, dtype=object), style, code="a", place=place, **given)


def numbers(*cells, **given):
    column = read(cells, **given)
    assert column.problems == ()
    return column.values.tolist()


# -- per cent and per mille ------------------------------------------------------------------------------------------


def test_per_mille_is_read_by_the_unit():
    assert numbers("5.6‰", "7‰", "3", unit="‰") == [5.6, 7, 3]
    assert numbers("５.６‰", "7 ‰", unit="‰") == [5.6, 7]
    assert numbers("5.6‰", "7‰") == [0.0056, 0.007]
    assert numbers("5.6‰", "0.9", unit="%") == [0.56, 0.9]
    assert numbers("85%", "3", unit="‰") == [850, 3]
    assert numbers("85％", "5﹪", "50%", unit="%") == [85, 5, 50]


def test_per_mille_beside_a_bare_number_is_refused_with_both_readings():
    (problem,) = read(["5.6‰", "7‰", "3"]).problems
    assert problem == Text(
        "“a”列，2个单元格（第2行：“5.6‰”；第3行：“7‰”）：“5.6‰”可以是5.6（千分数），也可以是0.0056，而同列的“3”没有千分号；"
        "如全列均为千分数，请在 framework.csv 中将该指标的计量单位（unit）写为 ‰，否则请在文件中统一写法",
        "column 'a', 2 cells (line 2: '5.6‰'; line 3: '7‰'): '5.6‰' may be 5.6 (per mille) or 0.0056, and '3' in the "
        "same column has no sign; if all are per mille, give the indicator the unit ‰ in framework.csv, otherwise "
        "write the column in one way",
    )


def test_full_width_digits_commas_and_signs_are_read():
    assert numbers("1，234", "１２．５", "－5") == [1234, 12.5, -5]
    assert numbers("85％", "５％", unit="%") == [85, 5]


# -- multiples -------------------------------------------------------------------------------------------------------


def test_multiples_are_refused_once_with_their_reading():
    (problem,) = read(["1.2万", "9800", "3万"]).problems
    assert problem == Text(
        "“a”列，2个单元格（第2行：“1.2万”；第4行：“3万”）：“1.2万”即12000；请在文件中改为数字，或为该表写明换算："
        'multiples = ["万"]；切勿只留下前面的数字',
        "column 'a', 2 cells (line 2: '1.2万'; line 4: '3万'): '1.2万' is 12000; write that in the file, or declare "
        'multiples = ["万"] for the sheet; never the number before it alone',
    )
    assert 'multiples = ["千", "万", "亿"]' in read(["5千", "3亿", "1.2万", "9"]).problems[0].zh
    assert "“3亿”即300000000；" in read(["3亿", "9"], multiples=["万"]).problems[0].zh
    assert 'multiples = ["万", "亿"]' in read(["3亿", "9"], multiples=["万"]).problems[0].zh


def test_declared_multiples_are_read_in_the_unit_of_measurement():
    every = ("万", "亿", "千")
    assert numbers("1.2万", "9800", "3亿", "5千", multiples=every) == [12000, 9800, 3e8, 5000]
    assert numbers("1.2万元", "1.2 万", "３万", multiples=every, unit="元") == [12000, 12000, 30000]
    assert numbers("1.2万元", "3", "2亿元", multiples=every, unit="万元") == [1.2, 3, 20000]
    assert numbers("1，200万", "2百万", "3千万", "1万亿", multiples=("万", "亿", "千", "百")) == [12e6, 2e6, 3e7, 1e12]
    assert numbers("1.2萬", "3億", multiples=every) == [12000, 3e8]
    assert (
        read(["1.2万元", "3", "2亿元"], unit="万元")
        .problems[0]
        .en.endswith(
            "'1.2万元' is 1.2 in the unit of measurement '万元'; write that in the file, or declare multiples = "
            '["万", "亿"] for the sheet'
        )
    )
    assert [note.text.zh for note in read(["1.2万", "5"], multiples=["万"]).conversions] == ["“1.2万”读作12000"]


def test_a_multiple_of_another_unit_is_text_beside_a_number():
    assert "在数字之外还有文字" in read(["1.2万元", "3"], unit="件", multiples=["万"]).problems[0].zh
    assert "在数字之外还有文字" in read(["1.2万元", "3万件"], multiples=["万"]).problems[0].zh


@given(st.decimals(0, 9999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千", 10**3)]))
def test_no_digit_of_a_multiple_is_changed(number, multiple):
    letter, each = multiple
    assert numbers(f"{number}{letter}", multiples=[letter]) == [float(number * each)]


# -- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [("优", "良", "中", "差"), ("优秀", "良好", "合格", "不合格"), ("是", "否"), ("有", "无"), ("√", "×"),
     ("达标", "未达标"), ("★★★", "★★"), ("三", "八成"), ("甲等", "乙等"), ("Yes", "No"), ("A", "B+")],
)  # fmt: skip
def test_grades_lead_to_values_and_never_to_missing(cells):
    values = ", ".join(f'"{cell}" = ...' for cell in cells)
    (problem,) = read([*cells, "6"]).problems
    what = f"“{cells[0]}”是等级、判断或以文字写的数，应换算为数值：请为该表写明 values = {{ {values} }}"
    assert problem.zh.endswith(what)
    assert problem.en.endswith(
        f"'{cells[0]}' is a grade or a number in words: declare values = {{ {values} }} for the sheet"
    )
    assert "missing" not in problem.zh + problem.en and "留空" not in problem.zh
    assert numbers(*cells, "6", words=dict.fromkeys(cells, 10.0)) == [10] * len(cells) + [6]


@pytest.mark.parametrize("cell", ["暂缺", "不详", "未公布", "缺", "—", "－－", "／", "/", "-", "unknown"])
def test_what_is_likely_missing_has_three_readings(cell):
    (problem,) = read([cell, "6"]).problems
    assert problem == Text(
        f'第2行，“a”列：“{cell}”不是数字；若表示没有数据，请为该表写明 missing = ["{cell}"]；若表示不适用，请写明 '
        f'not_applicable = ["{cell}"]；若表示零，请写明 values = {{ "{cell}" = 0 }}',
        f"line 2, column 'a': '{cell}' is not a number; if it stands for no data, declare missing = [\"{cell}\"] for "
        f'the sheet; if the indicator does not apply, not_applicable = ["{cell}"]; if it is zero, values = '
        f'{{ "{cell}" = 0 }}',
    )


@pytest.mark.parametrize("cell", ["不适用", "弃权", "exempt"])
def test_what_is_likely_not_applicable(cell):
    assert read([cell, "6"]).problems[0].zh == (
        f'第2行，“a”列：“{cell}”不是数字；若表示该指标不适用，请为该表写明 not_applicable = ["{cell}"]；'
        f'若只是没有数据，请写明 missing = ["{cell}"]'
    )


def test_nothing_has_three_readings_unless_something_stands_beside_it():
    assert read(["无", "3", "8"]).problems == (
        Text(
            '第2行，“a”列：“无”有三种含义：若表示零，请写明 values = { "无" = 0 }；若表示没有数据，请写明 '
            'missing = ["无"]；若表示不适用，请写明 not_applicable = ["无"]',
            "line 2, column 'a': '无' has three readings: declare values = { \"无\" = 0 } if it is none at all, "
            'missing = ["无"] if nobody knows, not_applicable = ["无"] if the indicator does not apply',
        ),
    )
    assert "等级" in read(["无", "有", "8"]).problems[0].zh


@pytest.mark.parametrize("cell", ["…", "……", "..."])
def test_an_ellipsis_is_less_than_half_of_the_last_digit(cell):
    assert read([cell, "30"]).problems[0].zh == (
        f"第2行，“a”列：“{cell}”在统计年鉴中表示数值不足最末一位的一半：若如此，请为该表写明 "
        f'values = {{ "{cell}" = 0 }}；若表示没有数据，请写明 missing = ["{cell}"]'
    )


def test_of_which_is_no_value():
    assert "表示“其中”，本身不是数值" in read(["#", "30"]).problems[0].zh


def test_other_words_are_values_first():
    assert read(["待核", "30"]).problems[0].zh == (
        '第2行，“a”列：“待核”不是数字；若表示某个数，请为该表写明 values = { "待核" = ... }；只有在表示没有数据时，'
        '才写明 missing = ["待核"]'
    )


def test_of_many_words_the_first_are_written_out():
    (problem,) = read([f"{mark}等" for mark in "一二三四五六七八"]).problems
    assert '"六等" = ..., ... }' in problem.zh and "七等" not in problem.zh


# -- bounds and footnotes --------------------------------------------------------------------------------------------

BOUNDS = ["≥90", "≤5", ">3", "<5", "300余", "300余件", "90以上", "90分以上", "不足10", "约20", "近300", "超过1.2万",
          "1.2万余", "300多", "20左右", "about 72", "300+", "at least 5"]  # fmt: skip


@pytest.mark.parametrize("cell", BOUNDS)
def test_bounds_are_never_numbers(cell):
    assert read([cell, "6"], multiples=["万"]).problems == (
        Text(
            f"第2行，“a”列：“{cell}”只是界限或约数，不是数值，不能去掉文字后当作数值；请查明确切数值，如无从查明，"
            f'请写明 missing = ["{cell}"]，如约定以某数计，请写明 values = {{ "{cell}" = ... }}',
            f"line 2, column 'a': '{cell}' is a bound and not a value, and the number in it must not be taken for one; "
            f'find the value or, if nobody knows it, declare missing = ["{cell}"]; if a number is to stand for it by '
            f'agreement, values = {{ "{cell}" = ... }}',
        ),
    )


@pytest.mark.parametrize("cell", ["10～20", "10—20", "10至20", "10 to 20"])
def test_ranges_are_never_numbers(cell):
    assert f"“{cell}”是区间，不是数值" in read([cell, "6"]).problems[0].zh


@pytest.mark.parametrize("mark", ["①", "*", " [1]", "注", "(1)", "¹", "〔2〕", "㈠", "（注1）"])
def test_footnote_marks_are_never_digits(mark):
    cell = f"85{mark}"
    (problem,) = read([cell, "6"]).problems
    assert problem.zh == (
        f"第2行，“a”列：“{cell}”带注释符号，去掉后为85；请在文件中删去注释符号，或为该表写明其含义："
        f'values = {{ "{cell}" = 85 }}'
    )
    assert numbers(cell, "6", words={cell: 85.0}) == [85, 6]


def test_a_number_of_years_is_no_date():
    assert "在数字之外还有文字" in read(["3年", "6"]).problems[0].zh
    assert "像日期" in read(["2024年3月", "6"]).problems[0].zh


PIECES = st.sampled_from(
    [*"0123456789.,，-－+%‰％万亿千百①*[]（）注余多约≥<~～年月日元件 　…—／无优★三", "以上", "不足", "至"]
)


@given(
    st.lists(PIECES, min_size=1, max_size=8).map("".join).filter(str.strip),
    st.sampled_from(["", "%", "‰", "元", "万元"]),
)
def test_any_cell_is_a_number_or_one_problem_in_both_languages(cell, unit):
    column = read([cell.strip(), "7"], unit, multiples=["万", "亿", "千"])
    assert len(column.problems) == int(pd.isna(column.values[0]))
    for problem in column.problems:
        assert "{" not in problem.zh.replace("{ ", "") and problem.zh != problem.en
    if any(mark in cell for mark in "①*[]注余多约≥<~～年月日…—／无优★三"):
        assert pd.isna(column.values[0])
