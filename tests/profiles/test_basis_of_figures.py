"""Tables of a simulated edition say in each unit's row what is published of it and what is drawn."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from govtransparency import read_edition, report
from govtransparency.profiles.basis_of_figures import published_figures, signed_names, with_basis


@pytest.fixture(scope="module")
def edition():
    return read_edition("cgti", 2024, root=ROOT / "data" / "raw")


def by_name(edition):
    """Return the published figures by the unit's Chinese name."""
    return {edition.units.at[unit, "name_zh"]: tuple(found) for unit, found in published_figures(edition).items()}


def test_the_figures_that_facts_state_are_found_for_each_unit(edition):
    found = by_name(edition)
    assert found["青岛市"] == ("rank", "rank_in_province")
    assert found["胶州市"] == ("rank",)
    assert found["安徽省"] == ("rank", "score", "list position", "decision", "business")
    assert found["上海市"] == ("list position",)
    assert found["广东省"] == ("list position", "business")


def test_only_named_units_have_published_figures(edition):
    pinned = edition.units["pinned_by"].fillna("").ne("")
    assert set(published_figures(edition)) <= set(edition.units.index[pinned])


def test_each_row_says_what_is_published_of_it(edition):
    units = {name: unit for unit, name in edition.units["name_zh"].items()}
    rows = [units["青岛市"], units["安徽省"], units["上海市"], next(iter(edition.tables["city"].index[-1:]))]
    ranks = {"rank": [2.0, 7.0, 1.0, 9.0], "rank_in_province": 1.0}
    table = pd.DataFrame({"score": 50.0} | ranks, index=pd.Index(rows, name="unit"))
    assert with_basis(table, edition)["basis"].tolist() == [
        "published: rank, rank_in_province; drawn: the rest",
        "published: rank, score, list position; drawn: the rest",
        "published: list position; drawn: the rest",
        "drawn",
    ]
    assert with_basis(table[["rank"]], edition)["basis"].tolist()[::3] == ["published", "drawn"]
    pillars = table.rename(columns={"score": "index", "rank": "decision"}).reset_index()
    assert with_basis(pillars, edition)["basis"][1] == "published: score, decision; drawn: the rest"


def test_real_editions_and_tables_without_units_are_left_as_they_are(edition):
    table = pd.DataFrame({"rank": [1.0]}, index=pd.Index(["370200"], name="unit"))
    assert list(with_basis(table, replace(edition, status="official"))) == ["rank"]
    assert list(with_basis(table.reset_index(drop=True), edition)) == ["rank"]


def test_a_run_writes_the_basis_into_its_tables(toy_root, monkeypatch, tmp_path):
    monkeypatch.chdir(toy_root.parents[1])
    run = report.start("toy", 2024, tmp_path / "out", notebook="2_index")
    run.write("ranks.csv", run.indices["city"].ranks.to_frame("rank").rename_axis("unit"))
    found = pd.read_csv(tmp_path / "out" / "ranks.csv")
    assert found.columns.tolist() == ["unit", "rank", "basis"]
    assert set(found["basis"]) == {"drawn"}
    run.write_processed("city.csv", run.edition.tables["city"])
    assert "basis" not in pd.read_csv(tmp_path / "out" / "processed" / "city.csv")


def test_a_real_name_beside_drawn_figures_has_the_sign(edition):
    names = signed_names(edition)
    assert tuple(names.loc["370200"]) == ("青岛市（模拟）", "Qingdao (simulated)")
    placeholders = edition.units.index[edition.units["pinned_by"].fillna("") == ""]
    columns = ["name_zh", "name_en"]
    assert (names.loc[placeholders] == edition.units.loc[placeholders, columns]).all(axis=None)
    assert signed_names(replace(edition, status="own")).equals(edition.units[columns])


SOURCES = "source_id,url,title,publisher,date,what_it_gives\npaper,https://example.org/a,公报,某局,2024-05,ranks\n"
RANKS = """\
report_year,group,entity_zh,province_zh,rank,rank_is_ordered,score,source_id,list_position,note,rank_basis,score_basis
2023,city,玩具市二,,4,true,,paper,,,stated,
2022,city,玩具市二,,3,true,,paper,,,stated,
2024,city,玩具市三,,,false,,paper,1,,,
"""


@pytest.fixture
def recorded(toy_root):
    """Return toy 2024, simulated, whose record states ranks of 2022 and 2023 and a place in a list without order."""
    folder = toy_root / "toy" / "record"
    folder.mkdir()
    (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
    (folder / "published_ranks.csv").write_text(RANKS, encoding="utf-8")
    shutil.copytree(toy_root / "toy" / "2024", toy_root / "toy" / "2023")
    own = toy_root / "toy" / "2023" / "edition.toml"
    text = own.read_text(encoding="utf-8").replace("year = 2024", "year = 2023").replace('"simulated"', '"own"')
    own.write_text(text, encoding="utf-8")
    return read_edition("toy", 2024, root=toy_root)


@pytest.mark.parametrize("column", ["before", "previous"])
def test_an_earlier_rank_is_published_only_where_it_is_the_one_stated_of_the_year_compared(recorded, column):
    units = pd.Index(["u1", "u2", "u3"], name="unit")
    table = pd.DataFrame({column: [1.0, 3.0, np.nan], "change": [0.0, 1.0, np.nan]}, index=units)
    some = f"published: {column}; drawn: the rest"
    assert with_basis(table, recorded, 2022)["basis"].tolist() == ["drawn", some, "drawn"]
    assert with_basis(table, recorded, 2023)["basis"].tolist() == ["drawn"] * 3
    assert with_basis(table, recorded)["basis"].tolist() == ["drawn"] * 3


def test_a_listed_place_is_published_only_where_it_is_the_row_s_rank(recorded):
    table = pd.DataFrame({"rank": [5.0]}, index=pd.Index(["u3"], name="unit"))
    assert with_basis(table, recorded)["basis"].tolist() == ["drawn"]
    assert with_basis(table.assign(rank=1.0), recorded)["basis"].tolist() == ["published"]


def test_a_run_passes_the_year_that_a_table_of_changes_compares_with(recorded, tmp_path, monkeypatch):
    monkeypatch.chdir(recorded.path.parents[3])
    run = report.start("toy", 2024, tmp_path / "out", notebook="4_stability")
    moved = pd.DataFrame({"before": [3.0], "change": [1.0]}, index=pd.Index(["u2"], name="unit"))
    for year, said in ((2022, "published: before; drawn: the rest"), (2023, "drawn")):
        run.show({"city": moved}, "changes_beyond_errors", year=year)
        assert pd.read_csv(tmp_path / "out" / "tables" / "changes_beyond_errors_city.csv")["basis"].tolist() == [said]
