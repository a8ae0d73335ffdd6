"""The one table of words for columns: no word is lost, none has two meanings in one file."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency.data_dictionary import input_files
from govtransparency.data_dictionary.known_headings import find_heading, heading_key, may_mean, means, says, words_of
from govtransparency.texts.heading_words import HEADINGS

FILES = (input_files.FRAMEWORK, input_files.UNITS, input_files.SOURCES, input_files.LONG_SHEET, input_files.MARKS)
WORDS = [(heading.role, word) for heading in HEADINGS for word in (*heading.en, *heading.zh)]


def test_each_role_stands_once_and_has_words_of_both_languages():
    assert max(Counter(heading.role for heading in HEADINGS).values()) == 1
    for heading in HEADINGS:
        assert heading.zh and heading.en
        assert not {*map(heading_key, heading.near)} & {*map(heading_key, (*heading.zh, *heading.en))}


@pytest.mark.parametrize("described", FILES, ids=lambda described: described.name)
def test_no_word_means_two_columns_of_a_file(described):
    keys = Counter(key for field in described.fields for key in {heading_key(head) for head in field.heads})
    assert [key for key, count in keys.items() if count > 1] == []


@given(st.sampled_from(WORDS), st.sampled_from([str.upper, str.title, " {} ".format, "\n{}".format]))
def test_every_word_is_found_however_it_is_written(role_and_word, write):
    role, word = role_and_word
    assert means(write(word), role)
    assert find_heading(["x", write(word)], role) == write(word)


def test_blanks_widths_and_brackets_do_not_matter():
    assert means("权　重", "weight") and means("权\n重", "weight") and means("权重（％）", "weight")
    assert means("Ｗｅｉｇｈｔ", "weight") and means("unit  name", "unit")


def test_what_may_be_meant_is_no_word_of_its_own():
    assert may_mean("权数", "weight") and may_mean("指标权重值", "weight") and not may_mean("备注", "weight")
    assert not means("权数", "weight")


def test_ranks_and_scores_within_longer_headings():
    ranks = ["排名", "2023年排名", "Rank", "rank_2023", "Global Ranking"]
    assert all(says(head, "rank") for head in ranks)
    assert not any(says(head, "rank") for head in ["排名变化", "franks", "名次前十"])
    assert says("综合得分", "score") and not says("服务得分", "score")
    assert says("发展指数", "score", loosely=True) and not says("发展指数", "score")


def test_columns_take_the_heading_that_can_mean_nothing_else():
    ranks = input_files.RECORD["ranks"].names_of(["年份", "类别", "省份", "城市", "名次", "得分", "来源", "备注"])
    assert ranks == {
        "年份": "report_year",
        "类别": "group",
        "省份": "province_zh",
        "城市": "entity_zh",
        "名次": "rank",
        "得分": "score",
        "来源": "source_id",
        "备注": "note",
    }
    assert words_of("year")[0] == "year"
