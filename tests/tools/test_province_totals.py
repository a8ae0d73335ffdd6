"""Editions of totals only: the same bytes from the record, its derived ranks, and what they say of themselves."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from tools.make_data.province_totals import PANEL_YEARS, write_province_totals

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"


@pytest.fixture
def inputs(tmp_path):
    for folder in ("record", "panel"):
        shutil.copytree(RAW / "cgti" / folder, tmp_path / "cgti" / folder)
    return tmp_path


@pytest.fixture(scope="module")
def editions():
    return {year: gt.read_edition("cgti", year, root=RAW) for year in PANEL_YEARS}


def ranked(edition):
    index = gt.build_index(edition.tables["province"], edition.recipe)
    return index, index.ranks.dropna().rename(index=edition.units["name_zh"])


def test_the_files_are_written_byte_for_byte(inputs):
    written = write_province_totals(inputs)
    assert len(written) == 5 * len(PANEL_YEARS)
    for path in written:
        assert path.read_bytes() == (RAW / path.relative_to(inputs)).read_bytes(), path


def test_ranks_are_those_derived_from_the_panel(editions):
    derived = pd.read_csv(RAW / "cgti" / "record" / "derived_province_ranks.csv")
    for year, edition in editions.items():
        own = derived[derived["report_year"] == year].set_index("province_zh")
        index, ranks = ranked(edition)
        assert ranks.astype(int).to_dict() == own["derived_rank"].to_dict(), year
        scores = index.scores["index"].dropna().rename(index=edition.units["name_zh"])
        assert scores.to_numpy() == pytest.approx(own.loc[scores.index, "score"].to_numpy(), abs=1e-12)


def test_a_framework_of_one_indicator_has_no_pillars_and_no_weights_to_choose(editions):
    framework = editions[2021].framework
    assert framework.pillars == ()
    assert framework.effective_weights.to_dict() == {"total": 1.0}


def test_tibet_is_left_out_by_name_where_it_was_assessed(editions):
    for year, edition in editions.items():
        index, ranks = ranked(edition)
        left_out = edition.units.loc[index.excluded["unit"], "name_en"].tolist()
        assert left_out == ([] if year < 2013 else ["Tibet"])
        assert len(ranks) == (26 if year < 2013 else 30)
        assert ("missing" in edition.declarations) == (year >= 2013)


def test_the_status_and_the_tests_of_each_year_are_said(editions):
    assert {edition.status for edition in editions.values()} == {"third-party"}
    tested = {year: edition.declarations["tested"]["en"] for year, edition in editions.items()}
    assert {year for year, text in tested.items() if text.startswith("No score")} == {
        2012, 2014, 2015, 2017, 2019, 2020, 2021,
    }  # fmt: skip
    assert tested[2011].startswith("10 of the 26 values") and tested[2011].endswith("10 agree.")
    assert all(tested[year] in edition.about["en"] for year, edition in editions.items())


def test_repeated_values_are_flagged_in_both_years(editions):
    texts = {
        year: edition.declarations["repeated"]["en"]
        for year, edition in editions.items()
        if "repeated" in edition.declarations
    }
    assert set(texts) == {2011, 2013, 2019}
    assert "Chongqing 58.33, also in 2019" in texts[2013]
    assert "Chongqing 58.33, also in 2013" in texts[2019]
    assert "Heilongjiang 49.0, also in 2010; Jiangxi 54.5, also in 2010" in texts[2011]


def test_a_value_that_is_not_in_the_press_is_found(inputs):
    path = inputs / "cgti" / "record" / "published_ranks.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count("2011,province,天津市,天津市,,false,69.0,gh_panel") == 1
    path.write_text(
        text.replace(
            "2011,province,天津市,天津市,,false,69.0,gh_panel", "2011,province,天津市,天津市,,false,68.0,gh_panel"
        ),
        encoding="utf-8",
    )
    write_province_totals(inputs, [2011])
    assert gt.read_edition("cgti", 2011, root=inputs).declarations["tested"]["en"].endswith("9 agree.")


def test_a_year_without_a_panel_and_an_unknown_province_are_refused(inputs):
    with pytest.raises(gt.InputError, match="the panel has no province in 2016; it has 2011, 2012"):
        write_province_totals(inputs, [2016])
    path = inputs / "cgti" / "panel" / "provinces.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("青海省", "青海"), encoding="utf-8")
    with pytest.raises(gt.InputError, match=r"'青海省' of the panel is not in provinces\.csv"):
        write_province_totals(inputs)


def test_years_compare(editions):
    _, before = ranked(editions[2020])
    _, after = ranked(editions[2021])
    shift = gt.rank_shift(after, before)
    assert shift.notna().all()
    assert (shift != 0).any()


def test_2016_is_no_edition():
    with pytest.raises(gt.InputError, match="cgti has no edition 2016; there are: 2011, 2012"):
        gt.read_edition("cgti", 2016, root=RAW)
