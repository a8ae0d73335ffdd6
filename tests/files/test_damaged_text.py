"""Text that was decoded wrongly once before is told, with what it was where nothing is lost."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govtransparency.files.damaged_text import damage_of

EVERYDAY = "".join(
    bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
HAN = st.text(st.sampled_from(EVERYDAY), min_size=1, max_size=8)


def as_windows_shows(content):
    """Return bytes as Windows shows them, those that it has no character for as Latin-1."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in content)


@settings(max_examples=40)
@given(HAN)
def test_utf_8_shown_as_latin_1_is_undone(text):
    assert damage_of(as_windows_shows(text.encode())).was == text
    assert damage_of(text.encode().decode("latin-1")).was == text


@settings(max_examples=40)
@given(
    st.text(st.sampled_from("äöüéñçÅØĐłş"), min_size=1, max_size=4),  # none of which Windows shows for a second byte
    st.text(st.sampled_from("abcXYZ"), min_size=1, max_size=5),
)
def test_latin_utf_8_shown_as_latin_1_is_undone(accented, plain):
    assert damage_of(as_windows_shows((plain + accented).encode())).was == plain + accented
    assert damage_of(plain + accented) is None


@settings(max_examples=40)
@given(HAN)
def test_utf_8_shown_as_gbk_is_undone_but_for_a_last_letter_that_lost_its_bytes(text):
    shown = text.encode().decode("gb18030", "replace").rstrip("\ufffd")
    assume("\ufffd" not in shown and len(text) > 1)
    assert damage_of(shown + "?").was in (text, text[:-1] + "…")


@settings(max_examples=40)
@given(st.text(st.sampled_from(EVERYDAY), min_size=2, max_size=8))
def test_gbk_shown_as_latin_1_is_undone(text):
    damage = damage_of(as_windows_shows(text.encode("gb2312")))
    assert damage is not None
    assert damage.was == text


@settings(max_examples=40)
@given(st.text(st.sampled_from(EVERYDAY + "ABab01 ()（）·"), max_size=12))
def test_everyday_han_is_not_damaged(text):
    assume(not any(mark in text for mark in ("锟斤", "斤拷", "烫烫烫", "屯屯屯")))
    assert damage_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["是否公开?", "what?", "?", "a?b", "5 °C", "m²", "Łódź", "Žilina", "Москва", "서울", "東京", "烫", "屯溪区", "—"],
)
def test_other_texts_are_not_damaged(text):
    assert damage_of(text) is None


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("甲\ufffd市", "含有替换符（U+FFFD），原字已丢失"),
        ("锟斤拷市", "含有“锟斤拷”，是替换符（U+FFFD）被按GBK读出的结果，原字已丢失"),
        ("烫烫烫", "含有“烫烫烫”或“屯屯屯”，是未写入内容的存储区，原字已丢失"),
        ("乙?县", "汉字处为问号，原字已丢失"),
        ("??", "汉字处为问号，原字已丢失"),
        ("?县", "汉字处为问号，原字已丢失"),
        ("甲\ue111市", "含有自造字（私用区字符），各处显示不同"),
        ("鐢插競", "曾被按错误的编码读取，原为“甲市”"),
    ],
)
def test_what_is_lost_is_told(text, zh):
    assert damage_of(text).what.zh == zh
