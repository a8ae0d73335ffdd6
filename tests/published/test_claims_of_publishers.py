"""What publishers said of their own indices, held against their tables and against the rebuilt rankings."""

from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
FOUND = {  # by the record and by the rebuilt ranking: confirmed, contradicted, not checkable
    ("egdi", 2010): ((3, 0, 0), (3, 0, 0)),
    ("egdi", 2012): ((4, 0, 0), (4, 0, 0)),
    ("egdi", 2014): ((4, 0, 0), (4, 0, 0)),
    ("egdi", 2016): ((16, 0, 0), (16, 0, 0)),
    ("egdi", 2018): ((19, 0, 0), (19, 0, 0)),
    ("open_budget", 2017): ((2, 0, 1), (2, 0, 1)),
    ("open_budget", 2019): ((2, 0, 0), (2, 0, 0)),
    ("godi", 2013): ((7, 1, 0), (7, 1, 0)),
    ("godi", 2014): ((16, 2, 0), (16, 2, 0)),
    ("godi", 2015): ((13, 0, 0), (13, 0, 0)),
    ("odb", 2014): ((4, 0, 0), (4, 0, 0)),
    ("incise", 2019): ((11, 0, 2), (13, 0, 0)),
    ("bipa", 2024): ((18, 0, 7), (18, 0, 7)),
    ("ati", 2016): ((0, 0, 8), (8, 0, 0)),
    ("ati", 2018): ((0, 0, 4), (4, 0, 0)),
}
VERDICTS = ("confirmed", "contradicted", "not checkable")


@pytest.fixture
def audited(rebuilt):
    """Return a function: an index and a year to the audit of what was claimed, by claim."""

    def audit(index: str, year: int) -> pd.DataFrame:
        edition, built = rebuilt(index, year)
        return gt.audit_claims(edition, built).set_index("claim")

    return audit


@pytest.mark.parametrize(("index", "year"), FOUND)
def test_the_verdicts_are_those_found_by_hand(audited, index, year):
    found = audited(index, year)
    for view, counts in zip(("record", "rebuilt"), FOUND[index, year], strict=True):
        verdicts = found[f"verdict_{view}"].value_counts().reindex(VERDICTS, fill_value=0)
        assert tuple(verdicts) == counts, view


def test_every_publisher_with_claims_is_among_them():
    there = {path.parents[1].name for path in RAW.glob("*/record/claims.csv")}
    assert {index for index in there if (RAW / index / "originals.toml").exists()} == {index for index, _ in FOUND}


def test_later_files_differ_from_what_was_said_at_the_release(audited):
    found = audited("godi", 2013).query("verdict_rebuilt == 'contradicted'")
    assert found["rebuilt"].to_dict() == {"70 units are assessed": 60}
    found = audited("godi", 2014).query("verdict_rebuilt == 'contradicted'")
    assert found["rebuilt"].to_dict() == {"United Kingdom scores 96": 97, "Netherlands is ranked 17": 16}
    assert found["reason_record"].str.startswith("different values: the publisher's table of official ranks").all()


def test_ranks_within_the_rounding_of_published_figures_are_left_open(audited):
    found = audited("bipa", 2024)
    own = found.loc["Canada is ranked 3"]
    assert own["verdict_record"] == "confirmed"
    assert (own["verdict_rebuilt"], own["rebuilt"]) == ("not checkable", 2)
    assert own["reason_rebuilt"] == (
        "the rebuilt ranking has 2; the rebuilt scores differ slightly from the official ones, and within that "
        "difference it can be 1 to 5"
    )
    assert found.loc["Singapore is ranked 1", "verdict_rebuilt"] == "confirmed"


def test_averages_counts_and_last_places_are_read(audited):
    assert audited("open_budget", 2019).loc["The average score is 45", "rebuilt"] == 45
    assert audited("open_budget", 2017).loc["Units scoring below 61: 89", "rebuilt"] == 89
    assert audited("egdi", 2018).loc["Units scoring 0.75 or more: 40", "rebuilt"] == 40
    last = "China, MOFCOM is ranked at most 2 from the last"
    assert audited("ati", 2016).loc[last, "rebuilt"] == 2
    assert audited("incise", 2019).loc["Estonia is ranked 1 on Digital services", "rebuilt"] == 1


def test_every_source_is_an_address_with_title_publisher_and_date():
    for index in {index for index, _ in FOUND}:
        sources = gt.record.read_record(index, root=RAW).sources
        assert (sources[["title", "publisher", "date", "what_it_gives"]] != "").all(axis=None), index
        assert sources["url"].str.match(r"https?://").all(), index
