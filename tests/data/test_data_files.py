"""Sheets and marks: the forms they come in, and every way they can be wrong."""

import math

import numpy as np
import pandas as pd
import pytest

from govtransparency import Framework, InputError, Node, indicator_values, read_marks, read_table
from govtransparency.data.indicator_columns import Scale

TREE = Framework(
    [
        Node("index", ""),
        Node("a", "index", name_zh="公开率", unit="%"),
        Node("b", "index", name_en="Briefings", unit="count"),
    ]
)
SCALES = {"%": Scale(low=0, high=100), "count": Scale(low=0, integer=True)}
EXPECTED = pd.DataFrame(
    {"a": [85.0, math.nan], "b": [3.0, 4.0]}, index=pd.Index(["NA", "x"], name="unit"), columns=["a", "b"]
)


def sheet(tmp_path, text):
    path = tmp_path / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "unit,a,b\nNA,85,3\nx,,4\n",
        "单位,公开率,Briefings\nNA,85%,3\nx,NA,4\n",
        "unit;b;a\nNA;3;85\nx;4;..\n",
        "unit,name_zh,a,b,note\nNA,纳米比亚,85,3,seen\nx,某市,,4,\n",
        "unit,indicator,value,source\nNA,a,85,s1\nx,b,4,s1\nNA,b,3,s2\n",
        "unit,指标,数值\nNA,公开率,85％\nNA,b,3\nx,b,4\n",
    ],
)
def test_wide_and_long_sheets_give_the_same_table(tmp_path, text):
    table = read_table(sheet(tmp_path, text), TREE, scales=SCALES)
    pd.testing.assert_frame_equal(table, EXPECTED)


def test_a_percent_sign_divides_by_100_unless_the_unit_is_per_cent(tmp_path):
    tree = Framework([Node("index", ""), Node("a", "index", unit="%"), Node("b", "index", unit="share")])
    table = read_table(sheet(tmp_path, "unit,a,b\nx,85%,85%\n"), tree)
    assert table.loc["x"].tolist() == [85.0, 0.85]


def test_a_percent_sign_where_the_unit_is_one_changes_no_digit(tmp_path):
    tree = Framework([Node("index", ""), Node("a", "index", unit="%")])
    whole = {"%": Scale(low=0, high=100, integer=True)}
    text = "unit,a\n" + "".join(f"u{share},{share}%\n" for share in range(101))
    assert read_table(sheet(tmp_path, text), tree, scales=whole)["a"].tolist() == list(range(101))  # 0.07 * 100 > 7


CODED = {"wide": "unit,a,b\nx,-,3\ny,5,-999\n", "long": "unit,indicator,value\nx,a,-\nx,b,3\ny,a,5\ny,b,-999\n"}


@pytest.mark.parametrize("form", CODED)
def test_the_codes_of_a_sheet_for_missing_values_are_declared(tmp_path, form):
    path = sheet(tmp_path, CODED[form])
    table = read_table(path, TREE, scales=SCALES, missing=["-", "-999"])
    assert table.loc["x"].tolist() == pytest.approx([math.nan, 3], nan_ok=True)
    assert table.loc["y"].tolist() == pytest.approx([5, math.nan], nan_ok=True)
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, scales=SCALES)
    assert len(caught.value.problems) == 2
    assert "'-' is not a number; if it stands for no data, declare missing = [\"-\"]" in str(caught.value)
    assert "-999 is off its scale; expected a whole number >= 0" in str(caught.value)


def test_one_text_for_missing_values_is_not_taken_apart(tmp_path):
    table = read_table(sheet(tmp_path, "unit,a,b\nx,9,4\ny,-999,3\n"), TREE, missing="-999")
    assert table["a"].tolist() == pytest.approx([9, math.nan], nan_ok=True)


@pytest.mark.parametrize("read", [read_table, read_marks])
def test_a_framework_is_needed(tmp_path, read):
    with pytest.raises(InputError) as caught:
        read(sheet(tmp_path, "unit,a,b\nx,1,2\n"), "framework.csv")
    assert caught.value.texts == (
        (
            "framework = 'framework.csv'：应为Framework类型的值，例如gt.read_framework(path)",
            "framework = 'framework.csv': expected a value of type Framework, such as gt.read_framework(path)",
        ),
    )


def test_every_problem_of_a_wide_sheet_is_listed(tmp_path):
    path = sheet(tmp_path, "unit,a,bb\nx,85,3\nx,12,1\ny,lots,1\nz,inf,1\nw,101,2\n,5,1\nv,nan,2\n")
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, scales=SCALES, units={"x", "y", "z", "w"})
    text = str(caught.value)
    assert str(path) in text
    for expected in (
        "unknown column 'bb': not in the framework; did you mean 'b'? valid: a, b",
        "line 3: duplicate unit 'x', first on line 2; keep one of the two",
        "line 4, unit 'y', column 'a': 'lots' is not a number; if it stands for a number, declare values = { ",
        "line 5, unit 'z', column 'a': 'inf' is infinite",
        "line 6, unit 'w', column 'a': 101 is off its scale; expected a number >= 0 and <= 100",
        "rows whose unit is not in units: 2 (line 7: no unit; line 8: 'v'); correct them or, if they are no units",
    ):
        assert expected in text
    assert len(caught.value.problems) == 6
    assert [text.zh for text in caught.value.texts] == [
        "被评单位不在 units 中的行：2行（第7行，空白；第8行“v”）；请更正，如这些行不是被评单位，请写明 "
        'unlisted = "pass" 予以跳过',
        "“bb”一列不在指标体系中：若不需要，请列入 ignore；若为指标，请在 framework.csv 中补写。"
        "是否应为“b”？可用：a、b、公开率、Briefings",
        "第3行：被评单位“x”重复，已见于第2行；请保留其一",
        '第4行，被评单位“y”，“a”列：“lots”不是数字；若表示某个数，请为该表写明 values = { "lots" = ... }；只有在'
        '表示没有数据时，才写明 missing = ["lots"]',
        "第5行，被评单位“z”，“a”列：“inf”为无穷大，不是可用的数值；请在文件中更正",
        "第6行，被评单位“w”，“a”列：101超出取值范围；应为0至100之间的数",
    ]


def test_every_problem_of_a_long_sheet_is_listed(tmp_path):
    path = sheet(tmp_path, "unit,indicator,value\nx,a,1\nx,a,2\nx,brief,3\nx,b,1.5\n")
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, scales=SCALES)
    assert set(caught.value.problems) == {
        "line 3, unit 'x', column 'a': duplicate, first on line 2; keep one of the two",
        "line 4: indicator 'brief' is unknown; did you mean 'Briefings'? valid: a, b, 公开率, Briefings",
        "line 5, unit 'x', column 'b': 1.5 is off its scale; expected a whole number >= 0",
    }


def test_a_sheet_without_an_indicator_or_without_units_is_refused(tmp_path):
    with pytest.raises(InputError, match="no column or row for the indicator 'b'"):
        read_table(sheet(tmp_path, "unit,a\nx,1\n"), TREE)
    with pytest.raises(InputError, match="no column 'unit'"):
        read_table(sheet(tmp_path, "who,a,b\nx,1,2\n"), TREE)


def test_two_columns_of_one_indicator_are_refused(tmp_path):
    with pytest.raises(InputError, match="the columns 'a', '公开率' all mean 'a'"):
        read_table(sheet(tmp_path, "unit,a,公开率,b\nx,1,2,3\n"), TREE)


MARKS = (
    "unit,indicator,assessor,mark,observed_on\n"
    "x,a,1,80,2024-03-01\nx,a,2,90,2024-03-02\ny,a,1,n/a,\ny,b,1,,2024-05-01\n"
)


def test_marks_keep_their_dates_and_tell_not_applicable_from_missing(tmp_path):
    marks = read_marks(sheet(tmp_path, MARKS), TREE, scales=SCALES)
    assert marks["not_applicable"].tolist() == [False, False, True, False]
    assert marks["observed_on"].dt.month.tolist()[:2] == [3, 3]
    assert np.isnan(marks["mark"].tolist()[2])
    values = indicator_values(marks, TREE)
    assert values.loc["x", "a"] == 85.0
    assert values.loc["y"].isna().all()
    assert list(values.columns) == ["a", "b"]


def test_marks_may_have_chinese_headers_and_names_of_indicators(tmp_path):
    text = "单位,指标,评估人,评分,观察日期\nx,公开率,甲,85％,2024-03-01\nx,Briefings,甲,3,\nx,a,乙,n/a,\n"
    marks = read_marks(sheet(tmp_path, text), TREE, scales=SCALES)
    assert marks["indicator"].tolist() == ["a", "b", "a"] and marks["assessor"].tolist() == ["甲", "甲", "乙"]
    assert marks["mark"].tolist()[:2] == [85.0, 3.0] and marks["not_applicable"].tolist() == [False, False, True]
    assert marks["observed_on"].dt.month.tolist()[0] == 3
    with pytest.raises(InputError, match="line 3: duplicate mark of assessor '甲' for 'a' of 'x'"):
        read_marks(sheet(tmp_path, "单位,指标,评估人,得分\nx,公开率,甲,85\nx,a,甲,80\n"), TREE)


def test_every_problem_of_the_marks_is_listed(tmp_path):
    path = sheet(
        tmp_path,
        "unit,indicator,assessor,mark,observed_on\n"
        "x,a,1,80,2024-03-01\nx,a,1,81,2024-03-01\nx,c,1,1,\nx,b,1,1.5,\nx,b,2,1,May\nx,b,,1,\n",
    )
    with pytest.raises(InputError) as caught:
        read_marks(path, TREE, scales=SCALES)
    assert set(caught.value.problems) == {
        "line 3: duplicate mark of assessor '1' for 'a' of 'x'; keep one of the two",
        "line 4: indicator 'c' is unknown; valid: a, b, 公开率, Briefings",
        "line 5, unit 'x', column 'b': 1.5 is off its scale; expected a whole number >= 0",
        "line 6, column 'observed_on': 'May' is not a date; expected YYYY-MM-DD",
        "line 7: the assessor is empty",
    }


def test_marks_need_their_columns(tmp_path):
    with pytest.raises(InputError, match="column 'assessor' is missing"):
        read_marks(sheet(tmp_path, "unit,indicator,mark\nx,a,1\n"), TREE)


def test_a_scale_says_what_it_takes():
    assert Scale(values=(0, 0.5, 1)).text == ("0、0.5、1之一", "one of 0, 0.5, 1")
    assert str(Scale()) == "a number"
    assert Scale(low=1).text == ("不小于1的数", "a number >= 1")
    assert Scale(high=9, integer=True).text == ("不大于9的整数", "a whole number <= 9")
    assert Scale(low=0, high=9, integer=True).text == ("0至9之间的整数", "a whole number >= 0 and <= 9")
    assert Scale(values=(0, 0.5, 1)).holds(0.5)
    assert not Scale(low=0, integer=True).holds(-1)


def test_cells_that_are_no_dates_are_one_problem(tmp_path):
    days = ["1.2.2024", "", "May", "2024-02-30", "5"]
    rows = "".join(f"u{number},a,A,1,{day}\n" for number, day in enumerate(days))
    path = tmp_path / "marks.csv"
    path.write_text("unit,indicator,assessor,mark,observed_on\n" + rows)
    with pytest.raises(InputError) as caught:
        read_marks(path, Framework([Node("index", ""), Node("a", "index")]))
    assert caught.value.problems == (
        "column 'observed_on', 4 cells are no dates (line 2: '1.2.2024'; line 4: 'May'; line 5: '2024-02-30'): "
        "'1.2.2024' does not begin with the year, so that its day and month are in doubt; write YYYY-MM-DD",
    )
