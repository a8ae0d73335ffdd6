"""Numbers that are stated of whole groups: how they are written, and their ranges beside them."""

import pytest

from govtransparency.stated_numbers import FORMS, Range, Stated, Statement
from govtransparency.texts.bilingual import Text
from govtransparency.texts.stated_words import STATED

RANGES = {"certain_places": Range(3, 9, 20), "tiers": Range(5, 5, 20), "firm_pairs": Range(0.281, 0.286, 20)}
PLACES = Text("{count}个中有{certain}个，{tiers}个梯队", "{tiers} tiers, {certain} of {count}")
WHOLE = {"count": 106, "certain": Stated("certain_places", 4), "tiers": Stated("tiers", 7)}


def test_the_first_range_of_a_sentence_counts_the_simulations_in_the_order_of_each_language():
    assert Statement(PLACES, WHOLE).text(RANGES) == Text(
        "106个中有4个（另20次模拟中为3至9），7个梯队（均为5）",
        "7 (5 in all 20 other simulations) tiers, 4 (3 to 9) of 106",
    )


@pytest.mark.parametrize("ranges", [None, {}, {"moved": Range(1, 2, 20)}])
def test_without_a_range_nothing_stands_beside_the_number(ranges):
    assert Statement(PLACES, WHOLE).text(ranges) == Text("106个中有4个，7个梯队", "7 tiers, 4 of 106")


def test_a_range_whose_ends_are_written_alike_is_one_number():
    assert Stated("firm_pairs", 0.39).within(RANGES["firm_pairs"]).en == " (28% to 29% in 20 other simulations)"
    assert Stated("firm_pairs", 0.39).within(Range(0.281, 0.284, 20)) == Text(
        "（另20次模拟中均为28%）", " (28% in all 20 other simulations)"
    )


def test_a_chinese_range_stands_behind_the_word_that_counts():
    width = {"width": Stated("median_interval", 5)}
    said = ("{width}位。", "{width}个单位留", "{width}个名次，", "{width}个名次不变", "为{width}", "{width}次变动")
    ranges = {"median_interval": Range(4, 6, 20)}
    written = [Statement(Text(zh, "{width}"), width).text(ranges).zh.replace("另20次模拟中为", "") for zh in said]
    assert written == [
        "5位（4至6）。", "5个单位（4至6）留", "5个名次（4至6），",
        "5个（4至6）名次不变", "为5（4至6）", "5次（4至6）变动",
    ]  # fmt: skip


def test_what_is_said_in_words_of_one_value_is_said_in_numbers_where_it_can_have_another():
    none, some = Text("无", "none of {count}"), Text("{count}个中有{certain}个", "{certain} of {count}")
    values = {"count": 106, "certain": Stated("certain_places", 0)}
    said = Statement(none, values, some)
    assert said.text().en == said.text({"certain_places": Range(0, 0, 20)}).en == "none of 106"
    assert said.text({"certain_places": Range(0, 3, 20)}).en == "0 (0 to 3 in 20 other simulations) of 106"
    assert said.numbers == (Stated("certain_places", 0),)


def test_numbers_are_written_as_their_kind_with_a_true_minus_sign():
    written = [str(Stated(*one)) for one in (("tiers", 7.0), ("median_interval", 12.5), ("lowest_correlation", -0.256))]
    assert written == ["7", "12.5", "−0.26"]
    assert str(Stated("filled_cells", 0.98854)) == "98.9%"


def test_every_form_is_of_a_number_that_is_known():
    assert set(FORMS) <= set(STATED)


def test_a_change_that_rounds_to_nothing_has_no_sign():
    written = [str(Stated("mean_change_of_scores", value)) for value in (-0.001, 0.0, 0.004, -0.2, 1.5)]
    assert written == ["0.00", "0.00", "0.00", "\u22120.20", "+1.50"]
    assert str(Stated("lowest_correlation", -0.001)) == "0.00"
