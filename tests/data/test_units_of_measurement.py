"""What a unit of measurement is, and how many of another one of them is."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.data.units_of_measurement import hold_measures, is_measure, is_part, plain_measure, ratio_of

PLAIN = ("件", "元", "人次", "千克", "天", "%", "元/人", "吨标准煤", "of twelve")
MULTIPLES = ("", "千", "万", "十万", "亿", "万亿")


@pytest.mark.parametrize(
    "text",
    [
        *("件", "万件", "%", "％", "亿元", "件/万人", "人次", "平方公里", "工作日", "‰", "百万人", "百元", "亿千瓦时"),
        *("days", "Days", "share", "points", "per cent", "万 人", "萬人", "百分点"),
    ],
)
def test_texts_that_are_units_of_measurement(text):
    assert is_measure(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲市",
        "万",
        "公开办",
        "处长",
        "a",
        "2020",
        "名次",
        "指数",
        "—",
        "件/",
        "/人",
        "千",
        "亿" * 3 + "件",
        "亿" * 40 + "件",
    ],
)
def test_texts_that_are_none(text):
    assert not is_measure(text)


@pytest.mark.parametrize("count", [3, 40])
def test_at_most_two_multiples_stand_before_a_unit_of_measurement(count):
    assert is_measure("亿" * 2 + "件")
    assert not is_measure("亿" * count + "件")


def test_a_column_of_units_of_measurement_may_say_that_there_is_none():
    assert all(is_measure(text, kinds=True) for text in ("名次", "指数", "是/否", "无量纲", "—", "-"))
    assert hold_measures(["件", "件", "天", ""])
    assert hold_measures(["件", "件", "见注", ""])
    assert hold_measures(["名次", "—", "甲市"])
    assert not hold_measures(["甲市", "件"])
    assert not hold_measures(["", ""])


@pytest.mark.parametrize(
    ("unit", "other", "ratio"),
    [
        *(("万件", "件", 10_000), ("件", "万件", Fraction(1, 10_000)), ("萬件", "万 件", 1), ("百元", "元", 100)),
        *(("%", "‰", 10), ("%", "share", Fraction(1, 100)), ("‰", "比例", Fraction(1, 1000)), ("％", "per cent", 1)),
        *(("天", "days", 1), ("日", "天", 1), ("points", "分", 1), ("年", "years", 1), ("个工作日", "工作日", 1)),
        *(("公里", "米", 1000), ("千米", "公里", 1), ("万公斤", "克", 10**7), ("亿千瓦时", "千瓦时", 10**8)),
        *(("万元/人", "元/人", 10_000), ("件/万人", "件/人", Fraction(1, 10_000)), ("万件/万人", "件/人", 1)),
        *(("万件", "count", 10_000), ("人次", "数量", 1), ("of twelve", "of twelve", 1)),
        *(("件", "元", None), ("%", "天", None), ("件/人", "件", None), ("元", "count", None), ("件", "", None)),
        *(("小时", "days", None), ("人", "log10 items", None), ("工作日", "天", None)),
    ],
)
def test_how_many_of_another_unit_one_is(unit, other, ratio):
    assert ratio_of(unit, other) == ratio


def test_a_part_of_a_whole():
    assert [is_part(unit) for unit in ("%", "‰", "share", "百分比", "件", "")] == [True, True, True, True, False, False]
    assert [plain_measure(text) for text in ("无量纲", "—", "-", "", "见注")] == ["", "", "", "", "见注"]


UNITS = st.builds(str.__add__, st.sampled_from(MULTIPLES), st.sampled_from([unit for unit in PLAIN if unit != "%"]))


@given(one=UNITS, other=UNITS, third=UNITS)
def test_ratios_there_and_back_and_by_way_of_a_third(one, other, third):
    there, back = ratio_of(one, other), ratio_of(other, one)
    assert (there is None) == (back is None)
    assert ratio_of(one, one) == 1
    if there is not None and back is not None:
        assert there * back == 1
        by_way = ratio_of(one, third), ratio_of(third, other)
        assert (by_way == (None, None)) or by_way[0] * by_way[1] == there
