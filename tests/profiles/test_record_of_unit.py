"""What is public about a unit, in words."""

import pandas as pd
import pytest

from govtransparency import read_edition
from govtransparency.profiles.basis_of_figures import published_figures
from govtransparency.profiles.record_of_unit import (
    _in_words,
    published_facts,
    published_ranks,
    published_ranks_of_year,
    record_of_unit,
    stated_of_group,
)
from govtransparency.texts.bilingual import Text

SOURCES = "source_id,url,title,publisher,date,what_it_gives\n"
RANKS = (
    "report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,source_id,list_position,note,rank_basis,"
    "score_basis\n"
)
OWN = "report_year,entity_zh,indicator_zh,indicator_en,value,qualifier,source_id,note\n"


@pytest.fixture
def edition(toy_root):
    folder = toy_root / "toy" / "record"
    folder.mkdir()
    sources = "paper,https://example.org/a,公报,某局,2024-05,ranks\nnote,notes.txt,来函,某局,2024-05,figures\n"
    (folder / "sources.csv").write_text(SOURCES + sources, encoding="utf-8")
    ranks = "2023,city,玩具市二,,3,true,,paper,,,stated,\n2024,city,玩具市二,,2,true,,paper,,,stated,\n"
    (folder / "published_ranks.csv").write_text(RANKS + ranks, encoding="utf-8")
    own = "2024,玩具市二,文件,documents,16000,more than,note,\n2024,玩具市二,监测机制,monitoring,yes,exact,note,\n"
    (folder / "self_reported.csv").write_text(OWN + own, encoding="utf-8")
    return read_edition("toy", 2024, root=toy_root)


def test_statements_are_in_words_with_the_title_and_the_address_of_their_source(edition):
    found = record_of_unit(edition, "u2")
    assert found.drop(columns="source").to_numpy().tolist() == [
        [2024, "玩具市二排名第2", "Toy city 2 is ranked 2", "公报", "https://example.org/a", "published"],
        [2024, "文件：1.6万余", "documents: more than 16,000", "来函", "", "self-reported"],
        [2024, "已具备：监测机制", "Available: monitoring", "来函", "", "self-reported"],
        [2023, "玩具市二排名第3", "Toy city 2 is ranked 3", "公报", "https://example.org/a", "published"],
    ]
    assert record_of_unit(edition, "u1").empty
    assert list(record_of_unit(None, "u2").columns) == list(found.columns)


def test_the_ranks_that_sources_state_are_held_by_unit(edition):
    found = published_ranks(edition, "city", stated_of_group(edition, "city"))
    assert {unit: ranks.to_dict() for unit, ranks in found.items()} == {"u2": {2023: 3.0, 2024: 2.0}}


@pytest.mark.parametrize(
    ("value", "qualifier", "zh", "en"),
    [
        ("no", "exact", "尚未具备：甲", "Not yet available: a"),
        ("130", "exact", "甲：130", "a: 130"),
        ("350", "more than", "甲：350余", "a: more than 350"),
        ("12345", "about", "甲：约12345", "a: about 12,345"),
        ("99.5", "at least", "甲：不少于99.5", "a: at least 99.5"),
        ("一至三月", "exact", "甲：一至三月", "a: 一至三月"),
    ],
)
def test_qualifiers_are_kept_in_both_languages(value, qualifier, zh, en):
    assert _in_words(Text("甲", "a"), value, qualifier) == Text(zh, en)


def test_without_a_record_nothing_is_public(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    assert record_of_unit(edition, "u2").empty
    assert stated_of_group(edition, "city") == {}
    assert published_ranks(edition, "city", {}) == {}
    assert isinstance(record_of_unit(edition, "u2"), pd.DataFrame)


TWICE = (
    "2024,city,玩具市三,,2,true,,paper,,,stated,\n2024,city,玩具市三,,3,true,,note,,,stated,\n"
    "2024,city,玩具市四,,,true,,paper,4,,,\n2024,city,玩具市四,,,true,,note,5,,,\n"
)
READINGS = "report_year,kind,group,entity_zh,node_zh,value,k,of,source_id,reading\n"


def with_two_sources(toy_root, readings=""):
    """Return the edition whose record states ranks 2 and 3 of a unit and listed places 4 and 5 of another."""
    folder = toy_root / "toy" / "record"
    ranks = folder / "published_ranks.csv"
    ranks.write_text(ranks.read_text(encoding="utf-8") + TWICE, encoding="utf-8")
    (folder / "readings.csv").write_text(READINGS + readings, encoding="utf-8")
    return read_edition("toy", 2024, root=toy_root)


def test_of_several_ranks_the_first_counts_wherever_the_published_rank_is_told(edition, toy_root):
    twice = with_two_sources(toy_root)
    assert published_ranks_of_year(twice, 2024) == {"u2": 2.0, "u3": 2.0, "u4": 4.0}
    assert published_figures(twice) == {
        "u2": {"rank": 2.0},
        "u3": {"rank": 2.0},
        "u4": {"rank": 4.0, "list position": 4.0},
    }


def test_what_a_reading_sets_aside_is_no_published_fact(edition, toy_root):
    aside = "2024,set_aside,city,玩具市三,,2,,2,paper,The edition follows note\n"
    followed = with_two_sources(toy_root, aside)
    stated = stated_of_group(followed, "city")
    assert published_facts(followed, "city", stated)["u3"] == [(2024, "rank", 3.0, "note")]
    assert published_ranks(followed, "city", stated)["u3"].to_dict() == {2024: 3.0}
    assert published_figures(followed)["u3"] == {"rank": 3.0}
    assert len(record_of_unit(followed, "u3", stated)) == 2
