"""Whole notebooks on editions whose groups, or whose years, have frameworks of their own."""

import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import data_of
from data_packages import broken_promises
from paper_pages import is_readable_on_paper

import govtransparency as gt
from govtransparency.build.manifest import sha256
from govtransparency.build.reports import build_reports
from govtransparency.build.staging import Project
from govtransparency.profiles.monthly_bulletin import bulletin
from govtransparency.report.pages.profile_page import write_profile

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


def execute(name, **parameters):
    """Run the code cells of a notebook in this process, with these parameters in place of its own."""
    scope = {}
    for cell in json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
            if "parameters" in cell["metadata"].get("tags", ()):
                scope |= parameters
    return scope


def put(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def titles(folder, notebook):
    listed = json.loads((folder / "exhibits" / f"{notebook}.json").read_text(encoding="utf-8"))
    return {entry["id"]: entry["title"]["en"] for entry in listed if entry["kind"] != "conclusion"}


def conclusions(folder, notebook):
    listed = json.loads((folder / "exhibits" / f"{notebook}.json").read_text(encoding="utf-8"))
    return {entry["id"]: entry["text"] for entry in listed if entry["kind"] == "conclusion"}


@pytest.fixture
def home(groups_root, monkeypatch):
    """Work in a project that holds the edition whose groups have frameworks of their own."""
    monkeypatch.chdir(groups_root.parents[1])
    return groups_root.parents[1]


def test_what_is_shown_by_indicator_is_shown_for_each_framework(home, capsys):
    out = home / "out"
    execute("1_data.ipynb", index="groups", year=2024, output=out)
    shown = titles(out, "1_data")
    for name in ("coverage_by_indicator", "coverage_by_pillar", "missing_map", "distributions", "framework_tree"):
        assert [shown[f"{name}_g1"], shown[f"{name}_g2"]] == [
            f"{shown[f'{name}_g1'].rsplit(': ', 1)[0]}: {group}" for group in ("First", "Second")
        ]
        assert name not in shown
    assert len(pd.read_csv(out / "tables" / "framework_g1.csv")) == 4
    assert len(pd.read_csv(out / "tables" / "framework_g2.csv")) == 5
    said = conclusions(out, "1_data")["assessed"]
    assert said["en"].startswith(
        "The edition covers: 2 first (4 indicators), 2 second (5 indicators); 100.0% of the cells have a value. "
    )
    assert "甲类2个（指标4项）、乙类2个（指标5项）" in said["zh"]
    assert pd.read_csv(out / "processed" / "g1.csv").columns.tolist() == ["unit", "i0", "i1", "i2", "i3"]


@pytest.mark.slow
def test_groups_of_one_framework_are_shown_together(home, groups_root, capsys):
    put(groups_root / "groups" / "2024" / "edition.toml", 'framework = "framework_g1.csv"\n', "")
    put(groups_root / "groups" / "2024" / "sheet.csv", "5,5,5,5,\n", "5,5,5,5,1\n")
    execute("1_data.ipynb", index="groups", year=2024, output=home / "out")
    shown = titles(home / "out", "1_data")
    assert shown["framework"] == "Indicators, weights, directions and goalposts" and "framework_g1" not in shown
    execute("2_index.ipynb", index="groups", year=2024, output=home / "out")
    assert (home / "out" / "recipe.json").exists()


def test_the_index_of_each_group_is_that_of_its_recipe(home, capsys):
    out = home / "out"
    execute("2_index.ipynb", index="groups", year=2024, output=out)
    ranks = pd.read_csv(out / "ranks.csv", index_col="unit")
    assert ranks["score"].to_dict() == {"A": 70, "B": 50, "C": 60, "D": 30}
    for group in ("g1", "g2"):
        recipe = gt.Recipe.from_dict(json.loads((out / f"recipe_{group}.json").read_text(encoding="utf-8")))
        assert recipe == gt.read_edition("groups", 2024).recipes[group]
    assert not (out / "recipe.json").exists()


@pytest.mark.slow
def test_a_whole_report_of_groups_with_frameworks_of_their_own(home, groups_root, capsys):
    folder = groups_root / "groups" / "2024"
    shutil.copytree(NOTEBOOKS, home / "notebooks")
    for line in ("g1", "g2"):  # enough units for every table
        units = "".join(f"{line}{number},{line}\n" for number in range(8))
        (folder / "units.csv").write_text((folder / "units.csv").read_text(encoding="utf-8") + units, encoding="utf-8")
        values = [
            "".join(f",{(7 * number + 3 * item) % 10}" for item in range(4 if line == "g1" else 5))
            for number in range(8)
        ]
        rows = "".join(f"{line}{number}{own}{',' * (line == 'g1')}\n" for number, own in enumerate(values))
        (folder / "sheet.csv").write_text((folder / "sheet.csv").read_text(encoding="utf-8") + rows, encoding="utf-8")
    (outcome,) = build_reports("groups", [2024], project=Project(home), jobs=2, say=print)
    assert outcome.status == 0, outcome.message
    out = home / "outputs" / "groups" / "2024"
    book = openpyxl.load_workbook(out / "results.xlsx")
    assert [name for name in book.sheetnames if name[-1].isdigit()] == [
        "framework_1",
        "framework_2",
        "formulas_1",
        "formulas_2",
    ]
    page = (out / "what-if.html").read_text(encoding="utf-8")
    data = data_of(page)
    assert [len(group["nodes"]) for group in data["groups"]] == [4, 5] and "nodes" not in data
    inputs = {entry["path"]: entry["sha256"] for entry in json.loads((out / "manifest.json").read_text())["inputs"]}
    for name in ("framework.csv", "framework_g1.csv"):
        assert inputs[f"data/raw/groups/2024/{name}"] == sha256(folder / name)
    assert broken_promises(out) == []
    is_readable_on_paper(out)
    assert {"review_g1.csv", "review_g2.csv"} <= {path.name for path in out.iterdir()}


# Years


@pytest.fixture
def years(toy_root, monkeypatch):
    """Work in a project with toy/2023 and toy/2024, which are the same."""
    older = toy_root / "toy" / "2023"
    shutil.copytree(toy_root / "toy" / "2024", older)
    put(older / "edition.toml", "year = 2024", "year = 2023")
    monkeypatch.chdir(toy_root.parents[1])
    return toy_root.parents[1]


def other_units(folder):
    for name in ("units.csv", "sheet.csv"):
        put(folder / name, "\nu", "\nv")


def faulty(folder):
    put(folder / "sheet.csv", "u1,20", "u1,many")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (other_units, "share fewer than two ranked units with later ones"),
        pytest.param(faulty, "cannot be read or rebuilt", marks=pytest.mark.slow),
    ],
)
def test_an_earlier_edition_that_cannot_be_compared_costs_its_table_only(years, spoil, said, capsys):
    out = years / "out"
    spoil(years / "data" / "raw" / "toy" / "2023")
    for notebook in ("2_index", "4_stability"):
        execute(f"{notebook}.ipynb", index="toy", year=2024, output=out)
        assert any(said in text["en"] for text in conclusions(out, notebook).values())
        assert not {"changes_city", "years_city", "mobility_city", "changes_beyond_errors_city"} & set(
            titles(out, notebook)
        )
    assert "league_city" in titles(out, "2_index") and "rank_sets_city" in titles(out, "4_stability")
    execute("5_panel.ipynb", index="toy", output=out)
    assert any(said in text["en"] for text in conclusions(out, "5_panel").values())


def test_the_panel_tells_how_frameworks_differ(years, capsys):
    out = years / "out"
    older = years / "data" / "raw" / "toy" / "2023"
    put(older / "framework.csv", "site,open,Web site in order,网站合格,1,1,0,1,yes/no,\n", "")
    put(older / "edition.toml", '"yes/no" = { values = [0, 1] }\n', "")
    put(
        older / "framework.csv",
        "days,answer,Days to answer,答复天数,1,-1,30,0",
        "days,answer,Days to answer,答复天数,2,-1,30,0",
    )
    sheet = pd.read_csv(older / "sheet.csv")
    sheet.drop(columns="site").to_csv(older / "sheet.csv", index=False)
    execute("5_panel.ipynb", index="toy", output=out)
    table = pd.read_csv(out / "tables" / "frameworks_city_simulated.csv")
    assert table[["before", "year", "change_en", "node_en"]].values.tolist() == [
        [2023, 2024, "added", "Web site in order"],
        [2023, 2024, "weight within its parent", "Days to answer"],
        [2023, 2024, "weight within its parent", "Share answered in time"],
    ]
    (said,) = pd.read_csv(out / "tables" / "frameworks_in_words.csv")["said_zh"]
    assert said.startswith("2023年至2024年，相邻年度之间的1次更替中，1次改变了指标体系：新增指标1项次")


# Pages


@pytest.mark.slow
def test_the_page_of_a_unit_goes_by_the_framework_of_its_group(groups_root, tmp_path):
    edition = gt.read_edition("groups", 2024, root=groups_root)
    for unit, items in (("B", 4), ("D", 5)):
        page = write_profile(edition, unit, tmp_path, language="en")[0].read_text(encoding="utf-8")
        assert [f"Item {number}" in page for number in range(5)] == [number < items for number in range(5)]


def test_the_bulletin_of_a_group_counts_the_marks_that_its_own_framework_expects(groups_root):
    folder = groups_root / "groups" / "2024"
    marks = pd.read_csv(folder / "sheet.csv").melt("unit", var_name="indicator", value_name="mark").dropna()
    marks.assign(assessor="x", observed_on="2024-03-05").to_csv(folder / "marks.csv", index=False)
    put(folder / "edition.toml", 'file = "sheet.csv"', 'file = "marks.csv"\nkind = "marks"')
    edition = gt.read_edition("groups", 2024, root=groups_root)
    for group, ranks in (("g1", {"A": 1, "B": 2}), ("g2", {"C": 1, "D": 2})):
        found = bulletin(edition, group, "2024-03")
        assert found.coverage["now"].eq(1).all() and list(found.coverage.index) == [*edition.tables[group], "index"]
        assert found.units["rank"].to_dict() == found.units["low"].to_dict() == ranks
