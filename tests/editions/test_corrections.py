"""What was corrected since an edition was published is checked, shown in the report and named in the CHANGELOG."""

import re
from pathlib import Path

import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import report
from govtransparency.build.data_package import write_data_package
from govtransparency.build.reference import named_changes
from govtransparency.report.tables.data_tables import correction_table
from tests.conftest import write_toy

HEAD = "date,unit,figure,before,after,reason\n"
PROJECT = Path(__file__).parents[2]
RAW = PROJECT / "data" / "raw"


@pytest.fixture
def toy(tmp_path):
    """Return a function that reads the toy edition with these rows in its corrections.csv."""
    root = write_toy(tmp_path / "data" / "raw")

    def read(rows, head=HEAD):
        (root / "toy" / "2024" / "corrections.csv").write_text(head + rows, encoding="utf-8")
        return gt.read_edition("toy", 2024, root=root)

    return read


def test_without_the_file_nothing_is_corrected(tmp_path):
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path))
    assert edition.corrections.empty
    assert list(edition.corrections) == ["date", "unit", "figure", "before", "after", "reason"]
    assert not [path for path in edition.files if path.name == "corrections.csv"]


def test_corrections_are_read_in_the_order_of_their_dates(toy):
    edition = toy(
        "2025-03-01,u2,policies,11,12,recounted\n2024-12-05,u2,policies,10,11.0,misprint\n"
        "2025-01-07,u4,share,88,,withdrawn\n2025-01-07,u1,index,95.5,96,follows from the sheet\n"
        "2025-01-08,u3,answer,,70,a pillar\n"
    )
    found = edition.corrections
    assert found["date"].tolist() == ["2024-12-05", "2025-01-07", "2025-01-07", "2025-01-08", "2025-03-01"]
    assert found.loc[0, ["before", "after"]].tolist() == [10, 11] and pd.isna(found.at[1, "after"])
    assert edition.path / "corrections.csv" in edition.files


def problems_of(toy, rows, head=HEAD):
    with pytest.raises(gt.InputError) as error:
        toy(rows, head)
    heading = re.compile(r"^\S*corrections.csv[：:] ?")
    return [[heading.sub("", words) for words in (text.zh, text.en)] for text in error.value.texts]


def test_one_error_lists_every_problem(toy):
    rows = (
        "2025-01-01,u1,policies,19,21,a\n"
        "2025-01-02,u2,policies,12,12.0,b\n"
        "2023-12-31,u3,policies,6,7,c\n"
        "2025-01-04,u9,policies,6,7,d\n"
        "2025-01-05,u1,polices,6,7,e\n"
        "2025-01-06,u6,days,,,f\n"
        "2025-01-07,u5,days,24,26,g\n"
        "2025-01-08,u5,days,20,25,h\n"
        "2025-01-09,u4,share,,80,i\n"
    )
    assert problems_of(toy, rows) == [
        ["第4行，“date”列：2023-12-31早于所属年度2024年；应为作出更正的日期",
         "line 4, column 'date': 2023-12-31 is before 2024, the year of the edition; expected the day of the "
         "correction"],
        ["第3行：before 与 after 相同（12），未作更正",
         "line 3: before and after are the same (12), so nothing is corrected"],
        ["第7行：before 与 after 相同（空），未作更正",
         "line 7: before and after are the same (empty), so nothing is corrected"],
        ["第2行：“u1”的“policies”应已更正为21，而数据表仍为20；请改正数据表，或改正 after",
         "line 2: 'policies' of 'u1' is corrected to 21, but the sheets give 20; correct the sheet, or after"],
        ["第5行，“unit”列：units.csv 没有代码“u9”；可用：u1、u2、u3、u4、u5、u6",
         "line 5, column 'unit': 'u9' is no code of units.csv; valid: u1, u2, u3, u4, u5, u6"],
        ["第6行，“figure”列：“polices”不是该单位所在类别的节点，也不是数据表中的变量；是否应为“policies”？"
         "可用：index、open、answer、policies、site、days、share",
         "line 6, column 'figure': 'polices' is neither a node of the framework of this unit's group nor a variable of "
         "the sheets; did you mean 'policies'? valid: index, open, answer, policies, site, days, share"],
        ["第7行：“u6”的“days”应已更正为空，而数据表仍为15；请改正数据表，或改正 after",
         "line 7: 'days' of 'u6' is corrected to empty, but the sheets give 15; correct the sheet, or after"],
        ["第9行：before 为20，而第8行已更正为26；请逐次接续填写",
         "line 9: before is 20, but line 8 corrected the figure to 26; each correction begins where the one before it "
         "ends"],
        ["第10行：“u4”的“share”应已更正为80，而数据表仍为空；请改正数据表，或改正 after",
         "line 10: 'share' of 'u4' is corrected to 80, but the sheets give empty; correct the sheet, or after"],
    ]  # fmt: skip


def test_cells_that_are_no_dates_or_numbers_are_refused_first(toy):
    rows = "2025-02-30,u1,policies,19,20,a\n2025-03,u2,policies,eleven,12,b\n,u3,policies,6,7,\n"
    assert [en for _, en in problems_of(toy, rows)] == [
        "column 'date': empty on line 4; expected a value",
        "column 'date': expected a date, YYYY-MM-DD; got '2025-02-30' (line 2), '2025-03' (line 3)",
        "column 'before': expected a number; got 'eleven' (line 3)",
        "column 'reason': empty on line 4; expected a value",
    ]


def test_a_missing_column_and_a_figure_corrected_twice_in_a_day_are_refused(toy):
    assert "reason" in problems_of(toy, "2025-01-01,u1,policies,19,20\n", "date,unit,figure,before,after\n")[0][1]
    twice = "2025-01-01,u1,policies,18,19,a\n2025-01-01,u1,policies,19,20,b\n"
    assert "line 3" in problems_of(toy, twice)[0][1]


def test_the_file_is_checked_also_where_a_sheet_cannot_be_read(toy, tmp_path):
    sheet = tmp_path / "data" / "raw" / "toy" / "2024" / "sheet.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("u1,20", "u1,none"), encoding="utf-8")
    found = [en for _, en in problems_of(toy, "2023-01-01,u1,policies,19,20,a\n")]
    assert len(found) == 2 and any("2023-01-01 is before 2024" in text for text in found)


def test_the_report_lists_them_by_name_and_publishes_them(toy, tmp_path, monkeypatch, capsys):
    edition = toy("2025-01-07,u2,policies,11,12,misprint\n2025-02-01,u4,index,60,61,follows\n")
    table = correction_table(edition)
    assert table.to_dict("records")[0] == {
        "date": "2025-01-07", "name_zh": "玩具市二", "name_en": "Toy city 2", "figure_zh": "公开的政策",
        "figure_en": "Policies published", "before": 11.0, "after": 12.0, "reason": "misprint",
    }  # fmt: skip
    assert table["figure_en"].tolist() == ["Policies published", "Toy index"]
    monkeypatch.chdir(tmp_path)
    run = report.start("toy", 2024, tmp_path / "out", notebook="1_data")
    run.show(table, "corrections")
    assert run.exhibits[0]["title"]["en"] == "Corrections since the edition was published"
    assert (run.folder / "tables" / "corrections.csv").read_text(encoding="utf-8").splitlines()[1] == (
        "u2,2025-01-07,玩具市二（模拟）,Toy city 2 (simulated),公开的政策,Policies published,11.0,12.0,misprint,drawn"
    )
    write_data_package(run.folder, edition, root=tmp_path, year=2024)
    assert (run.folder / "inputs" / "2024" / "corrections.csv").is_file()
    package = (run.folder / "datapackage.json").read_text(encoding="utf-8")
    assert "Day of the correction" in package


def test_a_report_without_corrections_has_no_table_of_them(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    edition = gt.read_edition("toy", 2024, root=write_toy(tmp_path / "data" / "raw"))
    run = report.start("toy", 2024, None, notebook="1_data")
    run.show(correction_table(edition), "corrections")
    assert run.exhibits == []


# -- the rule of the CHANGELOG ---------------------------------------------------------------------------------------


def unnamed(changelog, index, year, corrections):
    """Return the corrections of an edition that no item under Numbers names, as they must be named there."""
    parts = re.findall(r"^### Numbers$(.*?)(?=^##|\Z)", changelog, re.MULTILINE | re.DOTALL)
    items = [" ".join(item.split()) for part in parts for item in re.findall(r"^- (.+(?:\n  .+)*)", part, re.MULTILINE)]
    own = [item for item in items if re.match(rf"{index} (\d{{4}} )*{year}( \d{{4}})*, corrections\.csv: ", item)]
    rows = corrections.to_dict("records")
    named = ["{date} {unit} {figure}".format(**row) for row in rows]
    return [name for name in named if not any(re.search(rf"{re.escape(name)}\b", item) for item in own)]


def test_each_committed_correction_is_named_in_the_changelog_under_numbers():
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    for path in RAW.glob("*/*/corrections.csv"):
        rows = pd.read_csv(path, dtype=str)
        assert unnamed(changelog, path.parts[-3], path.parts[-2], rows) == [], f"{path}: see the head of CHANGELOG.md"


def test_a_correction_is_named_by_edition_day_unit_and_figure():
    rows = pd.DataFrame({"date": ["2025-01-07", "2025-02-01"], "unit": ["u2", "u4"], "figure": ["policies", "index"]})
    item = "- toy 2023 2024, corrections.csv: largest change 1;\n  reason: 2025-01-07 u2 policies 11 to 12, misprint.\n"
    text = f"## [Unreleased]\n\n### Numbers\n\n{item}\n### Fixed\n\n- 2025-02-01 u4 index.\n"
    assert unnamed(text, "toy", 2024, rows) == ["2025-02-01 u4 index"]
    assert unnamed(text, "toy", 2022, rows) == ["2025-01-07 u2 policies", "2025-02-01 u4 index"]
    assert [change.file for change in named_changes(text)] == ["corrections.csv"]  # of the form that items there have
