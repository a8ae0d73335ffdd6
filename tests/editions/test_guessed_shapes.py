"""New editions from tables of other shapes, and editions that describe a folder of files by one pattern."""

import openpyxl
import pytest

from govtransparency import InputError, read_edition, read_framework
from govtransparency.editions.levels_draft import levels_draft
from govtransparency.editions.new_edition import new_editions
from govtransparency.texts.bilingual import as_text
from tests.conftest import EDITION

NBS = (
    "数据库：分省年度数据\n指标：{name}(万件)\n时间：最近3年\n地区,2024年,2023年,2022年\n"
    "甲省,9,1,\n乙省,5,2,4\n丙省,1,3,6\n注：甲省口径调整,自2024年起\n"
)
EXPORT = NBS.format(name="公开件数")
TURNED = "指标,计量单位,甲市,乙市,丙市,合计\n一、公开件数,件,1,2,3,6\n二、其他,,,,,\n其中：答复率,%,33,21,15,23\n"
BLOCKS = "名次,单位,得分,件数,名次,单位,得分,件数\n1,甲,9,4,3,丙,5,2\n2,乙,7,1,4,丁,1,8\n"
TWO = "市,区,a,b\n甲市,鼓区,1,1\n,城区,2,4\n乙市,鼓区,3,3\n"
SECTIONS = "单位,a,b\n东部,,\n甲,1,2\n乙,2,3\n西部,,\n丙,4,1\n丁,3,9\n"
LONG = "城市,一级指标,二级指标,2023,2024\n甲,P,x,1,2\n,,y,2,5\n,Q,z,3,1\n乙,P,x,4,4\n,,y,9,2\n,Q,z,0,7\n"
REPEATED = "单位,a,b\n甲,1,2\n乙,2,3\n续表1,,\n单位,a,b\n丙,4,1\n"
LEVELS = "一级指标,二级指标,三级指标,权重\n公开,主动公开,a,30\n,,b,20\n回应,热线,c,50\n"


@pytest.fixture
def made(tmp_path):
    """Return a function that makes editions of a text, and gives the entry of its sheet and the last edition."""

    def make(content, name="file_2024.csv", encoding="gb18030"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        folders = new_editions("new", root=tmp_path / "raw", files=[path], language="en")
        toml = (folders[-1] / "edition.toml").read_text(encoding="utf-8")
        entry = toml[toml.index("[[sheets]]") : toml.index("[recipe]")].split("\n", 1)[1].strip()
        return entry, read_edition("new", folders[-1].name, root=tmp_path / "raw")

    return make


def table_of(edition):
    (table,) = edition.tables.values()
    return {code: dict(column) for code, column in table.items()}


def test_an_export_of_years(made):
    entry, edition = made(EXPORT)
    assert entry == (
        'file = "file_2024.csv"\n'
        "# Guessed: the row or rows of the header.\nheader = 4\n"
        '# Guessed: columns are years; that of the edition is read.\nyears = "columns"\n'
        '# Guessed: the column of the units\' codes or names.\nunit = "地区"'
    )
    assert edition.year == 2024
    assert list(table_of(edition).values()) == [{"甲省": 9, "乙省": 5, "丙省": 1}]
    assert read_edition("new", 2023, root=edition.path.parents[1]).year == 2023


def test_years_without_the_name_of_the_indicator_take_that_of_the_file(made):
    entry, edition = made("地区,2024,2023\n甲,1,2\n乙,3,5\n", name="公开件数.csv")
    assert (
        '# Guessed: the column of the indicators, or the only indicator of the file.\nindicator = "公开件数"'
    ) in entry
    assert table_of(edition) == {"公开件数": {"甲": 1, "乙": 3}}


def test_indicators_in_rows(made):
    entry, edition = made(TURNED)
    assert '# Guessed: indicators stand in rows, units in columns.\nindicators = "rows"' in entry
    assert "unit =" not in entry and 'unlisted = "pass"' in entry
    assert [node.unit for node in edition.framework.nodes] == ["", "件", "%"]
    assert table_of(edition) == {
        "公开件数": {"甲市": 1, "乙市": 2, "丙市": 3},
        "答复率": {"甲市": 33, "乙市": 21, "丙市": 15},
    }


def test_blocks_side_by_side(made):
    entry, edition = made(BLOCKS)
    assert "# Guessed: the same columns stand side by side this many times.\nblocks = 2" in entry
    assert table_of(edition) == {"件数": {"甲": 4, "乙": 1, "丙": 2, "丁": 8}}
    assert edition.record.ranks["rank"].tolist() == ["1", "2", "3", "4"]


def test_units_of_two_columns(made):
    entry, edition = made(TWO, encoding="utf-8")
    assert '# Guessed: an empty cell means the text above it.\nfill_down = ["市"]' in entry
    assert 'unit = ["市", "区"]' in entry and "ignore" not in entry
    assert table_of(edition)["b"] == {"甲市-鼓区": 1, "甲市-城区": 4, "乙市-鼓区": 3}


def test_sections_are_groups(made):
    entry, edition = made(SECTIONS)
    assert 'sections = "group"' in entry and "group =" not in entry
    assert {edition.groups[code]["zh"]: list(table.index) for code, table in edition.tables.items()} == {
        "东部": ["甲", "乙"],
        "西部": ["丙", "丁"],
    }


def test_years_of_several_indicators_with_their_pillars(made):
    entry, edition = made(LONG)
    assert 'indicator = "二级指标"' in entry and 'fill_down = ["城市"]' in entry
    assert edition.framework.children("P") == ("x", "y")
    assert table_of(edition) == {"x": {"甲": 2, "乙": 4}, "y": {"甲": 5, "乙": 2}, "z": {"甲": 1, "乙": 7}}


def test_headers_repeated_in_the_table(made):
    _, edition = made(REPEATED)
    assert table_of(edition) == {"a": {"甲": 1, "乙": 2, "丙": 4}, "b": {"甲": 2, "乙": 3, "丙": 1}}


def test_a_table_of_levels_gives_the_tree_and_figures_to_be_replaced(made):
    entry, edition = made(LEVELS)
    assert entry.startswith('file = "figures.csv"')
    assert edition.status == "simulated"
    assert edition.framework.effective_weights.round(12).to_dict() == {"a": 0.3, "b": 0.2, "c": 0.5}
    assert "shares of the whole" in (edition.path / "framework.csv").read_text(encoding="utf-8")


def test_a_table_of_levels_has_the_weights_that_the_framework_file_gives(tmp_path):
    path = tmp_path / "levels.csv"
    path.write_text("一级指标,一级权重,二级指标,二级权重\nA,40%,a1,30\n,,a2,70\nB,60%,b1,1\n", encoding="utf-8")
    draft = levels_draft(path, "new", 2024, as_text(""))
    assert {node.code: node.weight for node in draft.nodes} == {
        node.code: node.weight for node in read_framework(path).nodes
    }


def test_a_weight_of_a_table_of_levels_that_is_no_number_is_refused(tmp_path):
    path = tmp_path / "levels.csv"
    path.write_text("一级指标,二级指标,权重\nA,a1,30分\n,a2,70分\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2, 'a1', column 'weight': '30分' is not a number"):
        levels_draft(path, "new", 2024, as_text(""))


def test_a_table_of_levels_has_no_groups(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text(LEVELS, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        new_editions("new", root=tmp_path / "raw", files=[path], groups=["x"])
    assert caught.value.problems[0].endswith(
        "a table of levels has no units and no column of groups; leave --groups out"
    )


def test_a_web_page_called_a_workbook(made):
    page = "<table><tr><td>单位<td>a<td>b</tr><tr><td>甲<td>1<td>2</tr><tr><td>乙<td>3<td>1</tr></table>"
    _, edition = made(f"<html>{page}</html>", name="导出.xls", encoding="utf-8")
    assert table_of(edition) == {"a": {"甲": 1, "乙": 3}, "b": {"甲": 2, "乙": 1}}


# -- one entry for a folder of files ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """Return the folder of an edition whose two indicators lie in files of their own."""
    folder = tmp_path / "raw" / "toy" / "2024"
    (folder / "nbs").mkdir(parents=True)
    for name in ("公开件数", "答复件数"):
        (folder / "nbs" / f"{name}.csv").write_text(NBS.format(name=name), encoding="gb18030")
    (folder / "nbs" / "~$x.csv").write_text("open", encoding="utf-8")
    framework = "code,parent,name_zh\nindex,,\na,index,公开件数\nb,index,答复件数\n"
    (folder / "framework.csv").write_text(framework, encoding="utf-8")
    (folder / "units.csv").write_text("unit\n甲省\n乙省\n丙省\n", encoding="utf-8")
    entry = 'file = "nbs/*.csv"\nunit = "地区"\nheader = 4\nyears = "columns"'
    toml = EDITION.replace('file = "sheet.csv"\nkind = "table"', entry).replace(", size = 6", "")
    toml = toml[: toml.index("[scales]")] + toml[toml.index("[recipe]") :]
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    return folder


def test_a_pattern_is_one_entry_for_a_folder_of_files(folder):
    edition = read_edition("toy", 2024, root=folder.parents[1])
    assert table_of(edition) == {code: {"甲省": 9, "乙省": 5, "丙省": 1} for code in ("a", "b")}
    assert [path.name for path in edition.files if path.parent.name == "nbs"] == ["公开件数.csv", "答复件数.csv"]
    assert set(edition.reading["file"]) == {"公开件数.csv", "答复件数.csv"}


def test_a_pattern_may_be_of_workbooks(folder):
    for path in folder.glob("nbs/*件数.csv"):
        book = openpyxl.Workbook()
        for line in path.read_text(encoding="gb18030").splitlines():
            book.active.append([float(cell) if cell.isdecimal() else cell for cell in line.split(",")])
        book.save(path)
    assert table_of(read_edition("toy", 2024, root=folder.parents[1]))["b"] == {"甲省": 9, "乙省": 5, "丙省": 1}


@pytest.mark.parametrize("pattern", ["nbs[1]/2024?[a]*.csv", "nbs[1]/2024**.csv", "nbs[1]/*[a]*.csv"])
def test_brackets_and_question_marks_in_a_pattern_stand_for_themselves(folder, pattern):
    for path in sorted(folder.glob("nbs/*件数.csv")):
        path.rename(path.with_name(f"2024?[a]{path.name}"))
    (folder / "nbs" / "2024xa.csv.bak").write_text("no", encoding="utf-8")
    (folder / "nbs").rename(folder / "nbs[1]")
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("nbs/*.csv", pattern), encoding="utf-8")
    assert table_of(read_edition("toy", 2024, root=folder.parents[1]))["b"] == {"甲省": 9, "乙省": 5, "丙省": 1}


def test_two_files_of_a_pattern_with_one_indicator_are_refused(folder):
    (folder / "nbs" / "again.csv").write_text(NBS.format(name="公开件数"), encoding="gb18030")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=folder.parents[1])
    assert "公开件数.csv: 'a' of unit '甲省' has a value in another sheet too" in caught.value.problems[0]


@pytest.mark.parametrize(
    ("pattern", "there"), [("nbs/*.xls", "'公开件数.csv', '答复件数.csv', '~$x.csv'"), ("no/*.csv", "")]
)
def test_a_pattern_that_no_file_matches_is_refused(folder, pattern, there):
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("nbs/*.csv", pattern), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=folder.parents[1])
    said, _, names = caught.value.problems[0].rpartition(" holds: ")
    assert said == f"{toml}: sheet '{pattern}': no such file; {(folder / pattern).parent}"
    assert sorted(names.split(", ")) == sorted(there.split(", "))


@pytest.mark.parametrize("pattern", ["../../*.csv", "/etc/*.conf", "a/b/*.csv", ".git/*.csv", "*"])
def test_a_pattern_leads_nowhere_else(folder, pattern):
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("nbs/*.csv", pattern), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_edition("toy", 2024, root=folder.parents[1])
    assert "expected the name of a file in the edition's folder" in caught.value.problems[0]
