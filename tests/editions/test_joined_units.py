"""Units that were renamed: joined in panels, comparisons and sheets where units.csv says so, else doubted."""

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import InputError, cli
from govtransparency.editions.joined_units import current_codes
from govtransparency.profiles.between_editions import compared
from tests.conftest import EDITION, FRAMEWORK

SHEET = {"甲市": "20,1,5,98", "乙市": "12,1,8,91", "丙": "7,0,10,80"}


@pytest.fixture
def write_year(tmp_path):
    """Return a function that writes an edition of some units, each with its cells, and returns the root."""
    root = tmp_path / "data" / "raw"

    def written(year, units, *, more="", shared=False):
        folder = root / "toy" / str(year)
        folder.mkdir(parents=True)
        text = EDITION.replace("year = 2024", f"year = {year}").replace(", size = 6", "")
        (folder / "edition.toml").write_text(text, encoding="utf-8")
        (folder / "framework.csv").write_text(FRAMEWORK, encoding="utf-8")
        if not shared:
            names = "\n".join(f"{unit},city" for unit in units)
            (folder / "units.csv").write_text(more or f"unit,group\n{names}\n", encoding="utf-8")
        rows = "\n".join(f"{unit},{cells}" for unit, cells in units.items())
        (folder / "sheet.csv").write_text(f"unit,policies,site,days,share\n{rows}\n", encoding="utf-8")
        return root

    return written


def renamed(name):
    return {name if unit == "丙" else unit: cells for unit, cells in SHEET.items()}


def test_case_16_a_unit_renamed_is_doubted_and_with_formerly_joined(write_year):
    write_year(2010, renamed("丙樊市"))
    root = write_year(2011, renamed("丙阳市"))
    panel = gt.read_panel("toy", root=root)
    assert panel.ranks["city"].notna().sum(axis=1).to_dict() == {"甲市": 2, "乙市": 2, "丙樊市": 1, "丙阳市": 1}
    assert panel.doubts.to_dict("records") == [
        {
            "year": 2011,
            "group": "city",
            "zh": (
                "“city”类：2010年的“丙樊市”在2011年已不存在，2011年新增“丙阳市”；如为同一单位，请在2011年units.csv的"
                "formerly一栏写明“丙樊市”"
            ),
            "en": "group 'city': '丙樊市' of 2010 is gone in 2011, and '丙阳市' came; if they are one unit, write "
            "'丙樊市' in the column formerly of units.csv of 2011",
        }
    ]
    units = "unit,group,formerly\n甲市,city,\n乙市,city,\n丙阳市,city,丙樊市\n"
    (root / "toy" / "2011" / "units.csv").write_text(units, encoding="utf-8")
    panel = gt.read_panel("toy", root=root)
    assert panel.doubts.empty
    assert panel.ranks["city"].loc["丙阳市"].tolist() == [3, 3]
    assert list(panel.ranks["city"].index) == list(panel.units.index) == ["甲市", "乙市", "丙阳市"]
    edition = gt.read_edition("toy", 2011, root=root)
    changes = compared(edition, {"city": edition.index_of("city")}).changes["city"]
    assert changes.loc["丙阳市"].to_dict() == {"previous": 3, "rank": 3, "change": 0}


def test_a_unit_renamed_twice_is_joined_throughout(write_year):
    write_year(2010, renamed("丙甲"))
    write_year(2011, renamed("丙乙"), more="unit,group,formerly\n甲市,city,\n乙市,city,\n丙乙,city,丙甲\n")
    root = write_year(2012, renamed("丙丁"), more="unit,group,formerly\n甲市,city,\n乙市,city,\n丙丁,city,x；丙乙\n")
    assert gt.read_panel("toy", root=root).ranks["city"].loc["丙丁"].tolist() == [3, 3, 3]


def test_former_names_join_by_the_names_of_codes_too(write_year):
    head = "unit,group,name_zh,formerly\nc1,city,甲市,\nc2,city,乙市,\n"
    cells = dict(zip(("c1", "c2", "k3"), SHEET.values(), strict=True))
    write_year(2010, cells, more=head + "k3,city,丙樊市,\n")
    new = {("c3" if unit == "k3" else unit): cell for unit, cell in cells.items()}
    root = write_year(2011, new, more=head + "c3,city,丙阳市,丙樊市\n")
    panel = gt.read_panel("toy", root=root)
    assert panel.ranks["city"].loc["c3"].tolist() == [3, 3]
    assert panel.units.loc["c3", "name_zh"] == "丙阳市"


def test_sheets_of_earlier_years_have_units_by_their_former_names(write_year, tmp_path):
    write_year(2010, renamed("丙樊市"), shared=True)
    root = write_year(2011, renamed("丙阳市"), shared=True)
    units = "unit,group,formerly\n甲市,city,\n乙市,city,\n丙阳市,city,丙樊市\n"
    (root / "toy" / "units.csv").write_text(units, encoding="utf-8")
    edition = gt.read_edition("toy", 2010, root=root)
    assert edition.tables["city"].loc["丙阳市", "policies"] == 7
    assert edition.reading["note_en"].tolist() == ["units found by their names, such as '丙樊市' for 丙阳市"]
    assert gt.read_panel("toy", root=root).doubts.empty


def test_merged_units_stay_apart(write_year):
    two = SHEET | {"丁": "15,1,20,"}
    write_year(2010, two)
    units = "unit,group,formerly\n甲市,city,\n乙市,city,\n新区,city,丙；丁\n"
    root = write_year(2011, renamed("新区"), more=units)
    ranks = gt.read_panel("toy", root=root).ranks["city"]
    assert ranks.loc[["丙", "丁", "新区"]].notna().to_numpy().tolist() == [[True, False], [True, False], [False, True]]


@pytest.mark.parametrize(
    ("old", "new", "doubted"),
    [
        (["丙"], ["丙市"], True),
        (["丙", "丁市"], ["丙省", "戊市"], True),
        (["370200", "丁"], ["0370200", "戊"], True),
        (["丙", "丁"], ["戊", "己"], False),
        (["丙", "丁"], ["戊"], False),
        ([], ["丙"], False),
        (["河北省", "丁"], ["河南省", "戊"], False),
    ],
)
def test_what_left_and_came_is_doubted_where_it_is_alike_or_alone(write_year, old, new, doubted):
    cells = "9,1,9,70"
    write_year(2010, SHEET | dict.fromkeys(old, cells))
    root = write_year(2011, {**SHEET, **dict.fromkeys(new, cells)} if "丙" in new else renamed_away(old, new, cells))
    assert bool(len(gt.read_panel("toy", root=root).doubts)) == doubted


def renamed_away(old, new, cells):
    kept = {unit: own for unit, own in SHEET.items() if unit not in old or unit in new}
    return kept | dict.fromkeys(new, cells)


def test_one_code_with_other_names_is_doubted_unless_it_was_renamed(write_year, capsys, monkeypatch):
    head = "unit,group,name_zh,formerly\nc1,city,甲市,\nc2,city,乙市,\n"
    cells = dict(zip(("c1", "c2", "420600"), SHEET.values(), strict=True))
    write_year(2010, cells, more=head + "420600,city,丙樊市,\n")
    root = write_year(2011, cells, more=head + "420600,city,丙阳市,\n")
    (doubt,) = gt.read_panel("toy", root=root).doubts.itertuples()
    assert doubt.en == (
        "group 'city': the code '420600' is '丙樊市' in 2010 and '丙阳市' in 2011, taken for one unit; if it was "
        "renamed, write its former name in the column formerly of units.csv of 2011, else give it another code"
    )
    monkeypatch.chdir(root.parent.parent)
    assert cli.main(["check", "--index", "toy"]) == 0
    assert f"toy, 2011: {doubt.en}" in capsys.readouterr().out
    (root / "toy" / "2011" / "units.csv").write_text(head + "420600,city,丙阳市,丙樊市\n", encoding="utf-8")
    assert gt.read_panel("toy", root=root).doubts.empty


def test_former_names_of_two_units_or_of_a_listed_one_are_refused(write_year):
    units = "unit,group,formerly\n甲市,city,丙\n乙市,city,旧；x\n丙,city,旧\n"
    root = write_year(2011, SHEET, more=units)
    with pytest.raises(InputError) as caught:
        gt.read_edition("toy", 2011, root=root)
    assert [problem.partition("units.csv: ")[2] for problem in caught.value.problems] == [
        "line 2, unit '甲市', column 'formerly': '丙' is what '丙' is called now; delete one of the two",
        "line 4, unit '丙', column 'formerly': '旧' is a former name of '乙市' too; keep one of the two",
    ]


def test_a_unit_that_took_its_old_name_again_is_joined_under_it():
    years = [pd.DataFrame({"formerly": [former]}, index=[code]) for code, former in (("b", ""), ("a", "b"), ("b", "a"))]
    assert current_codes(years) == [{}, {"a": "b"}, {}]
