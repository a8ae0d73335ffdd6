"""Names and codes of units as Chinese files have them: typed otherwise, with a suffix, shortened, damaged, totals."""

import pandas as pd
import pytest

from govtransparency import Framework, InputError, Node, read_marks, read_table
from govtransparency.data.indicator_columns import columns_of, names_of
from govtransparency.data.same_unit import same_code, same_place
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_matching import UnitList, looks_like

TREE = Framework(
    [Node("index", ""), Node("a", "index", name_zh="常住人口（万人）"), Node("b", "index", name_zh="ＧＤＰ")]
)


@pytest.fixture
def sheet(write):
    """Return a function that reads a text as a sheet of some units, by the entry that describes it."""

    def read(text, units, **entry):
        path = write(text)
        table = pd.DataFrame({"group": "", **units}, index=pd.Index(units.get("unit", []), name="unit"))
        form = SheetForm.of({"file": path.name} | entry)
        return read_sheet(path, columns_of(TREE), names=names_of(TREE), units=UnitList.of(table), form=form)

    return read


def said(read, *arguments, **given):
    with pytest.raises(InputError) as caught:
        read(*arguments, **given)
    assert all(text.zh and text.en for text in caught.value.texts)
    return list(caught.value.problems)


def listed(*units, **columns):
    return {"unit": list(units)} | columns


# -- suggestions -----------------------------------------------------------------------------------------------------


def test_case_12_what_resembles_a_listed_unit_without_a_row_is_never_passed_over(sheet):
    text = "unit,a,b\n甲市,1,1\n乙市,2,2\n丙,3,3\n全市,6,6\n"
    units = listed("甲市", "乙市", "丙市")
    assert said(sheet, text, units, unlisted="pass") == [
        'rows that unlisted = "pass" would pass over although they resemble a unit of units.csv that has no row: 1 '
        "(line 4: '丙', which resembles '丙市'); write the name as it is listed or, if it is another unit, leave "
        "the row out with where"
    ]
    read = sheet(text.replace("丙,", "丙市,"), units, unlisted="pass")
    assert read.values["a"].to_dict() == {"甲市": 1, "乙市": 2, "丙市": 3}
    assert [(note.where.en, note.what.en) for note in read.notes] == [
        ("line 5", "passed over: '全市' is not in units.csv and looks like a total")
    ]


def test_the_same_place_beside_a_row_of_the_listed_unit_passes(sheet):
    read = sheet("unit,a,b\n吉林,1,1\n吉林市,2,2\n甲市,2,2\n", listed("吉林市", "甲市"), unlisted="pass")
    assert read.values["a"].to_dict() == {"吉林市": 2, "甲市": 2}


@pytest.mark.parametrize(
    ("name", "units", "near"),
    [
        ("丙", ["丙市", "甲市"], "'丙市'"),
        ("甲", ["甲省", "乙省"], "'甲省'"),
        ("丁林", ["丁林省", "丁林市"], "'丁林省', '丁林市'"),  # case 13b, as 吉林省 and 吉林市
        ("广西", ["广西壮族自治区", "广东省"], "'广西壮族自治区'"),
        ("内蒙古自治区", ["内蒙古", "河北"], "'内蒙古'"),
        ("延边", ["延边朝鲜族自治州"], "'延边朝鲜族自治州'"),
        ("甲市人民政府", ["甲市", "乙市"], "'甲市'"),
        ("丙　", ["丙市"], "'丙市'"),
    ],
)
def test_the_same_place_in_another_form_is_suggested_and_not_read(sheet, name, units, near):
    (problem,) = said(sheet, f"unit,a,b\n{name},1,1\n", listed(*units))
    plain = name.strip()
    assert problem == (
        f"line 2: unit '{plain}' is not in units.csv; the same place may be {near}: if it is, write the name as it is "
        f"listed or, in an edition, add '{plain}' in the column formerly of units.csv; valid: {', '.join(units)}"
    )


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("河甲省", ["河乙省", "湖丁省"]),  # case 13, as 河北省 and 河南省
        ("河北省", ["河南省", "湖北省"]),
        ("莱芜市", ["芜湖市", "莱州市"]),
        ("吉林市", ["吉林省"]),
        ("丙县", ["丙市"]),
        ("鼓楼区", ["鼓楼"[:1] + "浪区"]),
    ],
)
def test_another_place_one_letter_off_is_never_suggested(sheet, name, units):
    assert said(sheet, f"unit,a,b\n{name},1,1\n", listed(*units)) == [
        f"line 2: unit '{name}' is not in units.csv; valid: {', '.join(units)}"
    ]
    rows = f"unit,a,b\n{name},1,1\n另市,2,2\n"
    assert said(sheet, rows, listed(*units)) == [
        f"rows whose unit is not in units.csv: 2 (line 2: '{name}'; line 3: '另市'); correct them or, if they are no "
        'units, declare unlisted = "pass" to pass them over'
    ]


def test_codes_and_latin_names_keep_the_nearest_match(sheet):
    assert "did you mean 'c1'?" in said(sheet, "unit,a,b\nc11,1,1\n", listed("c1", "k2"))[0]


def test_names_of_listed_codes_are_suggested_as_they_are_called(sheet):
    units = listed("c1", "c2", name_zh=["丙市", "丁市"], name_en=["", ""])
    assert "the same place may be '丙市': if it is" in said(sheet, "unit,a,b\n丙,1,1\n", units)[0]


@pytest.mark.parametrize(
    ("one", "other"), [("丙", "丙"), ("", "市"), ("河北", "河南"), ("东", "山东省"), ("甲市", "甲省")]
)
def test_other_names_are_other_places(one, other):
    assert not same_place(one, other)


# -- names typed otherwise -------------------------------------------------------------------------------------------


def test_case_14_names_typed_otherwise_are_read_with_one_line(sheet):
    units = listed("甲市", "乙市", "丙（新）区", "门头区")
    read = sheet("unit,a,b\n甲　市,1,1\n乙 市,2,2\n丙(新)区,3,3\n⻔头区,4,4\n", units)
    assert read.values["a"].to_dict() == {"甲市": 1, "乙市": 2, "丙（新）区": 3, "门头区": 4}
    assert [(note.what.en, note.times) for note in read.notes] == [
        (
            "units found although their names are typed otherwise (blanks, width, radicals, brackets), such as "
            "'甲\\u3000市' for 甲市",
            4,
        )
    ]


def test_total_rows_with_blanks_are_totals(sheet):
    read = sheet("unit,a,b\n甲市,1,1\n全  市,2,2\n合　计,3,3\n", listed("甲市"), unlisted="pass")
    assert [note.what.en for note in read.notes] == [
        "passed over: '全  市' is not in units.csv and looks like a total",
        "passed over: '合\\u3000计' is not in units.csv and looks like a total",
    ]


@pytest.mark.parametrize(
    ("character", "name"), [("\ufeff", "a byte-order mark (U+FEFF)"), ("\u200b", "a zero-width space (U+200B)")]
)
def test_invisible_characters_within_names_are_named(sheet, character, name):
    (problem,) = said(sheet, f"unit,a,b\n甲{character}市,1,1\n", listed("甲市"))
    assert name in problem


def test_two_listed_units_that_are_equal_once_folded_are_asked_for(sheet):
    (problem,) = said(sheet, "unit,a,b\n甲　区,1,1\n", listed("甲 区", "甲区"))
    assert problem == "line 2: '甲\\u3000区' is the name of '甲 区', '甲区'; use the code, or declare the column group"


@pytest.mark.parametrize(
    ("header", "how"),
    [
        ("常住人口(万人),GDP", "'常住人口(万人)' for a"),
        ('"常住\n人口（万人）",ＧＤＰ', "'常住\\n人口（万人）' for a"),
        ("常 住 人 口（万人）,b", "'常 住 人 口（万人）' for a"),
    ],
)
def test_case_26_heads_typed_otherwise_are_read_with_one_line(sheet, header, how):
    read = sheet(f"unit,{header}\n甲市,1,2\n", listed("甲市"))
    assert read.values.loc["甲市"].to_dict() == {"a": 1, "b": 2}
    (note,) = read.notes
    assert note.what.en.endswith(f"such as {how}")


def test_indicators_of_long_sheets_and_marks_fold_too(sheet, write):
    read = sheet("unit,指标,值\n甲市,常住人口(万人),1\n甲市,GDP,2\n", listed("甲市"))
    assert read.values.loc["甲市"].to_dict() == {"a": 1, "b": 2}
    marks = read_marks(
        write(
            "unit,indicator,assessor,mark\n甲市,gdp,x,1\n甲市,ＧＤＰ,x,1\n甲市,GDP,y,2\n".replace("甲市,gdp,x,1\n", "")
        ),
        TREE,
    )
    assert marks["indicator"].tolist() == ["b", "b"]


def test_two_columns_of_one_indicator_typed_otherwise_are_refused(sheet):
    (problem,) = said(sheet, "unit,ＧＤＰ,GDP\n甲市,1,2\n", listed("甲市"))
    assert problem == "the columns 'ＧＤＰ', 'GDP' all mean 'b'"


def test_without_a_list_one_spelling_stands_for_all(write):
    names = ("甲　市", "甲市", "A  B", "A  B", "乙 市", "乙 市", "丙（新）区", "丙（新）区")
    rows = [f"{name},{'ab'[at % 2]},{at + 1}" for at, name in enumerate(names)]
    table = read_table(write("\n".join(["unit,indicator,value", *rows])), TREE)
    assert table["a"].to_dict() == {"甲市": 1, "A  B": 3, "乙市": 5, "丙（新）区": 7}
    assert table["b"].tolist() == [2, 4, 6, 8]


# -- codes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["3.70202E+11", "3.70202e+11", "370202000000.0", "0370202000000", "'370202000000"])
@pytest.mark.parametrize("unlisted", [None, "pass"])
def test_codes_turned_by_a_spreadsheet_are_named_with_what_they_were(sheet, code, unlisted):
    units = listed("370202000000", "370203000000")
    text = f"unit,a,b\n{code},1,1\n370203000000,2,2\n"
    if unlisted is None:
        assert said(sheet, text, units) == [
            f"line 2: unit {code!r} is not in units.csv; it seems to be '370202000000', as spreadsheets shorten and "
            "pad codes: give the column the format of text and write the codes in full; valid: 370202000000, "
            "370203000000"
        ]
    else:
        (problem,) = said(sheet, text, units, unlisted="pass")
        assert f"(line 2: {code!r}, which resembles '370202000000')" in problem


def test_a_shortened_code_of_several_names_them_all(sheet):
    (problem,) = said(sheet, "unit,a,b\n3.7E+11,1,1\n", listed("370202000000", "370203000000", "37"))
    assert "it seems to be '370202000000', '370203000000', as spreadsheets" in problem


def test_a_padded_code_beside_the_right_one(sheet):
    (problem,) = said(sheet, "unit,a,b\n0370200,1,1\n370300,2,2\n", listed("370200", "370300"))
    assert problem.startswith("line 2: unit '0370200' is not in units.csv; it seems to be '370200', as spreadsheets")


def test_without_a_list_a_shortened_code_is_named(write):
    (problem,) = said(read_table, write("unit,a,b\n3.70202E+11,1,1\n370203,2,2\n"), TREE)
    assert problem.startswith(
        "rows that look like no unit: 1 (line 2: '3.70202E+11', which looks like a code that a spreadsheet shortened)"
    )


@pytest.mark.parametrize(
    ("written", "code"), [("370200", "370200"), ("3.7E+3", "370200"), ("37020", "370200"), ("0", "7")]
)
def test_other_codes_are_other_codes(written, code):
    assert not same_code(written, code)


# -- rows of no unit -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "names"),
    [
        ("total", "合计 总计 小计 全国 全省 全市 平均 全省平均 全市平均值 中位数 总平均 平均分 均值"),
        ("limit", "满分 最高分 最低分 最大值 最小值 最高值"),
        ("rest", "其他 其它 其他地区"),
        ("part", "市辖区 本级 市本级 省本级"),
        ("footnote", "注：甲 数据来源：某局 填表人： 填表人 审核人 审核人：张三 制表日期：2024年 单位：件 备注：无"),
    ],
)  # fmt: skip
def test_case_34_rows_of_no_unit_are_known_as_what_they_are(write, look, names):
    for name in names.split():
        assert looks_like(name) == look, name
        (problem,) = said(read_table, write(f"unit,a,b\n甲市,1,1\n{name},2,2\n"), TREE)
        assert problem.startswith(f"rows that look like no unit: 1 (line 3: {name!r}, which ")


@pytest.mark.parametrize(
    "name", ["平均县", "全州县", "总部", "其他省份办", "中位", "合计县局", "注音市", "单位", "全椒县", "最高人民法院"]
)
def test_names_that_only_begin_like_them_are_names(name):
    assert looks_like(name) is None


def test_a_part_of_a_city_is_asked_for_unless_it_is_listed(sheet, write):
    (problem,) = said(read_table, write("unit,a,b\n甲市,1,1\n市辖区,2,2\n"), TREE)
    assert problem == (
        "rows that look like no unit: 1 (line 3: '市辖区', which may be a unit or a part of one; list it if it is a "
        'unit); take them out of the file, or give unlisted = "pass" to pass them over; if they are units, list all '
        "units in units"
    )
    assert read_table(write("unit,a,b\n甲市,1,1\n市辖区,2,2\n"), TREE, units=["甲市", "市辖区"])["a"].tolist() == [1, 2]
    read = sheet("unit,a,b\n甲市,1,1\n市本级,2,2\n", listed("甲市"), unlisted="pass")
    assert [note.what.en for note in read.notes] == [
        "passed over: '市本级' is not in units.csv; if it is a unit, list it there"
    ]


# -- former names and damage -----------------------------------------------------------------------------------------


def test_former_names_and_codes_are_read(sheet):
    units = listed("u1", "u2", name_zh=["丙阳市", "甲市"], name_en=["", ""], formerly=["丙樊市；420600; x9", ""])
    for name in ("丙樊市", "420600", "x9", "丙 樊市"):
        assert sheet(f"unit,a,b\n{name},1,2\n甲市,3,4\n", units).values["a"].to_dict() == {"u1": 1, "u2": 3}


def test_a_damaged_name_is_told_with_what_it_was(sheet):
    assert said(sheet, "unit,a,b\n鐢插競,1,1\n", listed("甲市")) == [
        "line 2: unit '鐢插競' is not in units.csv; it was decoded wrongly once before; it was '甲市'; correct it; "
        "valid: 甲市"
    ]
    (problem,) = said(sheet, "unit,a,b\n甲\ufffd市,1,1\n乙?县,2,2\n", listed("甲市"))
    assert "line 2: '甲\ufffd市': it holds U+FFFD in the place of a character that is lost" in problem
    assert "line 3: '乙?县': it holds question marks in the place of Han letters" in problem
