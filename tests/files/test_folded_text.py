"""Folding: what names and headings have in common however they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.files.folded_text import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("甲　市", "甲市"),
        ("全  市", "全市"),
        ("常住\n人口", "常住人口"),
        ("常住人口（万人）", "常住人口(万人)"),
        ("常住人口 【万人】", "常住人口(万人)"),
        ("ＧＤＰ", "GDP"),
        ("GDP (亿元)", "GDP (亿元)"),
        ("New   York", "New York"),
        ("A 市", "A 市"),
        ("⼈口", "人口"),
    ],
)
def test_forms_of_one_text_are_equal(text, plain):
    assert folded(text) == plain


@given(st.text(alphabet=st.sampled_from("甲乙市 　\n(（）)[】ＡaB1％"), max_size=12))
def test_folding_twice_changes_nothing_and_keeps_what_is_seen(text):
    assert folded(folded(text)) == folded(text)
    assert len(folded(text)) <= len(unicodedata.normalize("NFKC", text))
