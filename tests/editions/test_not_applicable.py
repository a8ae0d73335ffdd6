"""Marks that say not applicable, from the file of an edition to scores, coverage, tables, workbook and page."""

import shutil

import numpy as np
import openpyxl
import pytest
from conftest import write_groups

import govtransparency as gt
from govtransparency import InputError, read_edition
from govtransparency.profiles import coverage, ranks_of_groups
from govtransparency.report.conclusions import assessed
from govtransparency.report.render.excel import FILE, write_workbook
from govtransparency.report.render.what_if import page_data
from govtransparency.report.tables import data_tables, result_tables

VALUES = {"u1": "10,10,n/a,n/a,n/a", "u2": "5,5,5,5,5", "u3": "4,,4,4,4"}
TOML = """\
schema = 1
index = "five"
year = 2024
status = "simulated"
title = { en = "Five", zh = "\u4e94\u9879" }

[groups]
g = { en = "Group", zh = "\u7ec4" }

[[sheets]]
file = "marks.csv"
kind = "marks"

[recipe]
missing = { method = "spread_weights", min_coverage = 0.5 }
"""
CODES = "abcde"


@pytest.fixture
def root(toy_root):
    """Return the folder of an edition of five indicators, each marked by two assessors."""
    folder = toy_root / "five" / "2024"
    shutil.copytree(toy_root / "toy" / "2024", folder)
    (folder / "edition.toml").write_text(TOML, encoding="utf-8")
    nodes = ["index,,,,,,,", *(f"{code},index,Indicator {code},,1,1,0,10" for code in CODES)]
    (folder / "framework.csv").write_text(
        "code,parent,name_en,name_zh,weight,direction,worst,best\n" + "\n".join(nodes) + "\n", encoding="utf-8"
    )
    units = [f"{unit},g,Unit {unit}," for unit in VALUES]
    (folder / "units.csv").write_text("unit,group,name_en,name_zh\n" + "\n".join(units) + "\n", encoding="utf-8")
    write_marks(folder, VALUES)
    return toy_root


def write_marks(folder, values, second=None):
    """Write the marks: both assessors give the same, except where `second` says what the second gives."""
    lines = ["unit,indicator,assessor,mark"]
    for unit, row in values.items():
        for code, mark in zip(CODES, row.split(","), strict=True):
            lines += [f"{unit},{code},A,{mark}", f"{unit},{code},B,{(second or {}).get((unit, code), mark)}"]
    (folder / "marks.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def edition(root):
    return read_edition("five", 2024, root=root)


def test_the_example_by_hand(edition):
    cells = edition.not_applicable["g"]
    assert cells.shape == edition.tables["g"].shape
    assert cells.loc["u1"].tolist() == [False, False, True, True, True]
    assert int(cells.to_numpy().sum()) == 3
    index = edition.index_of("g")
    assert index.scores["index"].to_dict() == {"u1": 100.0, "u2": 50.0, "u3": 40.0}
    assert index.what_is_there("u1").zh == "适用的2项指标中有2项有数据（100%）"
    panel = gt.read_panel("five", root=edition.path.parents[1])
    assert panel.ranks["g"][2024].to_dict() == {"u1": 1, "u2": 2, "u3": 3}


def test_coverage_tells_it_from_what_is_missing(edition):
    (row,) = coverage.overview(edition).to_dict("records")
    assert (row["observed"], row["not_applicable"], row["missing"]) == (11, 3, 1)
    assert row["coverage"] == pytest.approx(11 / 12)
    (said,) = assessed(edition, coverage.overview(edition))
    assert said.text.en == "The edition covers: 3 group; 5 indicators; 91.7% of the applicable cells have a value."
    assert said.text.zh == "本年度评估对象：组3个；指标5项；适用数据完整率为91.7%。"
    by_code = coverage.coverage_by_indicator(edition, ["g"]).set_index("indicator_en")["g"]
    assert by_code.to_dict() == {f"Indicator {code}": 2 / 3 if code == "b" else 1.0 for code in "bacde"}
    (unit,) = coverage.coverage_of_units(edition, {"g": edition.index_of("g")}).to_dict("records")
    assert (unit["name_en"], unit["observed"], unit["not_applicable"], unit["missing"]) == ("Unit u3", 4, 0, 1)
    assert (coverage.cell_states(edition, "g") == "not_applicable").loc["u1"].tolist() == [False, False, *[True] * 3]


def test_the_ranking_says_which_score_rests_on_few_indicators(edition):
    index = edition.index_of("g")
    ranks = ranks_of_groups.rank_table(edition, {"g": index})
    few = "the score rests on under half of the indicators (2 of 5)"
    assert ranks[["rank", "note_en", "note_zh"]].values.tolist() == [
        [1, few, "得分所依据的指标不足一半（5项中的2项）"], [2, "", ""], [3, "", ""]
    ]  # fmt: skip
    table = result_tables.league(ranks, "g", index)
    assert table["note_en"].to_dict() == {
        "u1": "the score rests on under half of the indicators (2 of 5)", "u2": "", "u3": ""
    }  # fmt: skip
    (group,) = page_data(edition)["groups"]
    assert group["reservations"] == {
        "0": {
            "zh": "得分所依据的指标不足一半（5项中的2项）",
            "en": "the score rests on under half of the indicators (2 of 5)",
        }
    }
    assert group["notApplicable"] == {"c": [0], "d": [0], "e": [0]}


def test_the_workbook_writes_it_and_marks_the_score(edition, tmp_path):
    write_workbook(tmp_path, edition, language="en")
    book = openpyxl.load_workbook(tmp_path / FILE)
    for name in ("raw", "normalised"):
        (row,) = (row for row in book[name].iter_rows(values_only=True) if row[1] == "u1")
        assert list(row[4:]) == [10 if name == "raw" else 100] * 2 + ["n/a"] * 3
        (row,) = (row for row in book[name].iter_rows(values_only=True) if row[1] == "u3")
        assert row[5] is None
    for name in ("ranks", "scores"):
        notes = {row[1]: row[-1] for row in book[name].iter_rows(min_row=5, values_only=True)}
        assert notes == {"u1": "the score rests on under half of the indicators (2 of 5)", "u2": None, "u3": None}
    formula = book["formulas"]["J6"].value
    assert formula.startswith('=IF((5-COUNTIF(E6:I6,"n/a"))=0,"n/a",IF(AND(')
    assert 'COUNT(normalised!E5:I5)/(5-COUNTIF(normalised!E5:I5,"n/a"))' in formula


def test_an_indicator_applicable_to_none_of_a_group_is_no_gap(root):
    folder = root / "five" / "2024"
    toml = (folder / "edition.toml").read_text(encoding="utf-8")
    (folder / "edition.toml").write_text(toml.replace("[[sheets]]", "h = {}\n\n[[sheets]]", 1), encoding="utf-8")
    with (folder / "units.csv").open("a", encoding="utf-8") as units:
        units.write("u4,h,Unit u4,\nu5,h,Unit u5,\n")
    rows = VALUES | {"u4": "1,1,1,1,n/a", "u5": "2,2,2,2,n/a"}
    write_marks(folder, rows)
    edition = read_edition("five", 2024, root=root)
    assert edition.index_of("h").scores["index"].to_dict() == {"u4": 10.0, "u5": 20.0}
    assert coverage.coverage_by_indicator(edition, ["h"])["h"].tolist()[:4] == [1.0] * 4
    write_marks(folder, rows | {"u5": "2,2,2,2,"})
    with pytest.raises(InputError, match=r"'e'.*'h'"):
        read_edition("five", 2024, root=root)


def test_where_assessors_disagree_is_listed(root):
    folder = root / "five" / "2024"
    write_marks(folder, VALUES, second={("u1", "c"): "6", ("u2", "a"): "n/a"})
    edition = read_edition("five", 2024, root=root)
    assert edition.not_applicable["g"].loc["u1"].tolist() == [False, False, False, True, True]
    table = data_tables.contested_table(edition)
    assert table.drop(columns=["name_zh", "indicator_zh"]).values.tolist() == [
        ["Unit u1", "Indicator c", 1, 1, 6.0],
        ["Unit u2", "Indicator a", 1, 1, 5.0],
    ]
    assert edition.index_of("g").what_is_there("u1").en == "3 of 3 applicable indicators observed (100%)"


def test_an_edition_without_marks_has_none(toy_root):
    edition = read_edition("toy", 2024, root=toy_root)
    assert not edition.not_applicable["city"].to_numpy().any()
    assert edition.not_applicable["city"].shape == edition.tables["city"].shape
    assert data_tables.contested_table(edition).empty
    assert np.isfinite(edition.index_of("city").coverage["index"]).all()


SUMS = """
[derived]
share = "granted / asked"
pace = ["days / asked", "30 - own"]
own = "own / 2"
"""


def test_what_is_computed_from_what_is_not_applicable_is_not_applicable(tmp_path):
    lines = [f"{code},index,,,1,1,0,10,\n" for code in ("share", "pace", "own", "kept")]
    rows = {
        "all": "n/a,n/a,n/a,n/a,5",
        "one": "n/a,6,,4,5",  # no share without what was asked, whatever was granted
        "other": "n/a,,8,8,5",
        "gap": ",n/a,,n/a,5",  # the pace could have been known from days and what was asked: it is missing
        "full": "2,6,8,4,5",
    }
    root = write_groups(
        tmp_path,
        frameworks={"framework.csv": "".join(lines)},
        groups='[groups.g]\nzh = "\u7ec4"\n',
        units="unit,group\n" + "".join(f"{unit},g\n" for unit in rows),
        sheet="unit,asked,granted,days,own,kept\n" + "".join(f"{unit},{row}\n" for unit, row in rows.items()),
        more=SUMS,
    )
    toml = root / "groups" / "2024" / "edition.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(
        text.replace('file = "sheet.csv"', 'file = "sheet.csv"\nnot_applicable = ["n/a"]'), encoding="utf-8"
    )
    edition = read_edition("groups", 2024, root=root)
    cells, table = edition.not_applicable["g"], edition.tables["g"]
    assert cells.T.to_dict() == {
        "all": {"share": True, "pace": True, "own": True, "kept": False},
        "one": {"share": True, "pace": False, "own": False, "kept": False},
        "other": {"share": True, "pace": False, "own": False, "kept": False},
        "gap": {"share": True, "pace": False, "own": True, "kept": False},
        "full": {"share": False, "pace": False, "own": False, "kept": False},
    }
    assert table.loc["full"].tolist() == [3.0, 4.0, 2.0, 5.0] and table.loc["other", "pace"] == 26.0
    assert table["pace"].isna().to_dict() == {"all": True, "one": False, "other": False, "gap": True, "full": False}
    coverage_of = edition.index_of("g").coverage["index"]
    assert coverage_of.to_dict() == {"all": 1.0, "one": 1.0, "other": 1.0, "gap": 0.5, "full": 1.0}
