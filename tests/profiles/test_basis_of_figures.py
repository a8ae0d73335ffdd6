"""Tables of a simulated edition say in each unit's row what is published of it and what is drawn."""

from dataclasses import replace

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
