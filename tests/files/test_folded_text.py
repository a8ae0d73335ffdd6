"""Names that differ in how they were typed alone are equal once folded; other names stay apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.files.folded_text import RADICALS, folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("甲　市", "甲市"),
        ("乙 市", "乙市"),
        ("全  市", "全市"),
        ("地  区", "地区"),
        ("指 标 名 称", "指标名称"),
        ("常住人口（万人）", "常住人口(万人)"),
        ("常住人口 ( 万人 )", "常住人口(万人)"),
        ("常住\n人口", "常住人口"),
        ("ＧＤＰ", "GDP"),
        ("人均 ＧＤＰ", "人均GDP"),
        ("GDP\nper  head", "GDP per head"),
        ("⻔头沟区", "门头沟区"),
        ("⾦华市", "金华市"),
        ("⻄安市", "西安市"),
        ("甲市\u00a0", "甲市"),
        ("城中区（市）", "城中区(市)"),
        ("常住人口 【万人】", "常住人口(万人)"),
        ("人口〔万人〕［a］", "人口(万人)(a)"),
        ("⼈口", "人口"),
    ],
)
def test_width_blanks_radicals_line_breaks_and_brackets_fold(text, plain):
    assert folded(text) == folded(plain) == plain


@pytest.mark.parametrize(
    "text", ["甲①", "km²", "甲\u200b市", "\ufeff甲市", "New York", "吉林省", "007", "a-b", "Ⅰ", "½"]
)
def test_what_is_no_way_of_typing_stays(text):
    assert folded(text) == text


def test_each_radical_becomes_a_han_letter_of_its_own():
    assert len(set(RADICALS.values())) == len(RADICALS)
    assert all(unicodedata.name(chr(one)).startswith("CJK UNIFIED IDEOGRAPH") for one in RADICALS.values())


@given(st.text(max_size=12))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
