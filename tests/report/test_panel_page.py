"""What the page of several editions says of them: its title, their about texts, how they moved."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency.report.panel_conclusions import PANEL_CONCLUSIONS
from govtransparency.report.panel_run import over_the_years
from govtransparency.report.tables.stability_tables import declared_table, with_unit_names
from govtransparency.texts.bilingual import Text

KEY = ("official", "country")
NAMES = {KEY: Text("国家", "Countries")}
UNITS = pd.DataFrame({"name_zh": ["甲", "乙", "丙"], "name_en": ["Alder", "Birch", "Cedar"]}, index=["A", "B", "C"])


@pytest.fixture(scope="module")
def edition():
    return gt.read_edition("tai", 2001)


def told(edition, year, about, **declarations):
    texts = {name: {"zh": text, "en": text} for name, text in declarations.items()}
    return replace(edition, year=year, about={"zh": about, "en": about} if about else {}, declarations=texts)


def sentences(name, *given):
    return [said.text for said in PANEL_CONCLUSIONS[name](None, *given)]


def test_the_page_of_all_editions_says_what_each_is_about(edition):
    years = [(2009, "one"), (2010, "one"), (2011, "one"), (2013, "two"), (2014, "two"), (2015, "")]
    found = over_the_years([told(edition, *each) for each in years])
    assert found.about == {
        "zh": "2009至2011年：one\n\n2013、2014年：two",
        "en": "2009 to 2011: one\n\n2013, 2014: two",
    }
    assert found.title["en"] == f"{edition.title['en']}, compared with the editions since 2009"
    assert found.title["zh"] == f"{edition.title['zh']}：与2009年以来各年度的比较"
    assert found.year == 2015


def test_the_page_of_all_editions_names_the_sources_of_all_and_each_once(edition):
    def using(year, *titles):
        rows = [{"source": "s", "title": title, "publisher": "P", "licence": "CC-BY-4.0"} for title in titles]
        return replace(edition, year=year, sources=pd.DataFrame(rows))

    found = over_the_years([using(2010, "A", "B"), using(2012, "B", "C")])
    assert found.sources["title"].tolist() == ["A", "B", "C"]
    assert [line.en.split(",")[1] for line in found.attribution] == [" A", " B", " C"]


def test_one_edition_is_titled_and_described_as_it_is(edition):
    found = over_the_years([edition])
    assert (found.title, found.about) == (dict(edition.title), dict(edition.about))


def test_a_choice_that_several_editions_declare_stands_once(edition):
    editions = [told(edition, 2010, "", zeros="count"), told(edition, 2012, "", zeros="count", ties="min")]
    assert declared_table(editions).to_numpy().tolist() == [["2010, 2012", "count", "count"], ["2012", "min", "min"]]


def test_who_moved_furthest_is_said_and_nothing_where_nobody_moved():
    ranks = pd.DataFrame({2010: [1.0, 3, 2], 2018: [2.0, 1, 3]}, index=["A", "B", "C"])
    (said,) = sentences("moved_furthest", {KEY: ranks}, NAMES, {KEY: UNITS})
    assert said.en == (
        "Countries: from 2010 to 2018, among the 3 units of both, Birch (2 places) rose most and Alder (1 "
        "places) fell most."
    )
    assert said.zh == (
        "国家：2010年至2018年，在两个年度均有的3个单位中，名次上升最多的是乙（2位），下降最多的是甲（1位）。"
    )
    assert sentences("moved_furthest", {KEY: ranks[[2010, 2010]]}, NAMES, {KEY: UNITS}) == []


def test_moves_beyond_the_errors_are_counted_and_unknown_errors_told(edition):
    """Errors are those of the last edition compared; of later totals alone nothing is known."""
    moves = pd.DataFrame({"to": 2001, "change": [0, 2, -5], "verdict": ["same", "inside", "fall"]})
    totals = gt.read_edition("cgti", 2011)
    panel = SimpleNamespace(editions={2001: edition, 2011: totals})
    given = ({KEY: pd.DataFrame()}, {KEY: moves}, NAMES, {"official": panel})
    (said,) = sentences("moves_of_years", *given)
    assert said.en == (
        "Countries: between neighbouring editions ranks change 2 times, 1 times by more than the errors (the choice of "
        "indicators within each pillar)."
    )
    (said,) = sentences("moves_of_years", given[0], {}, *given[2:])
    assert said.en == ("Countries: the errors of the scores are not known, so no change can be said to exceed them.")


def test_a_unit_with_several_rows_has_each_once():
    streaks = pd.DataFrame({"first": [2010, 2014, 2010]}, index=["A", "A", "B"])
    assert with_unit_names(streaks, UNITS)[["name_en", "first"]].to_numpy().tolist() == [
        ["Alder", 2010], ["Alder", 2014], ["Birch", 2010],
    ]  # fmt: skip
