"""Units of measurement that a sheet names, in its heads or in a column, against those of the framework."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from govtransparency import Framework, InputError, Node, Recipe, build_index, read_table
from govtransparency.data.indicator_columns import CellRules, Column
from govtransparency.data.measured_values import Measures, Named
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.files.toml_values import inline


@pytest.fixture
def said(tmp_path):
    """Return a function: the problems of a sheet, in one language."""

    def problems(tree, text, language="zh", **description):
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_table(path, tree, **description)
        return [getattr(problem, language) for problem in caught.value.texts]

    return problems


@pytest.fixture
def table(tmp_path):
    """Return a function: a sheet read."""

    def read(tree, text, **description):
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        return read_table(path, tree, **description)

    return read


def tree(unit="", other="", **names):
    return Framework([Node("index", ""), Node("a", "index", unit=unit, **names), Node("b", "index", unit=other)])


LONG = "unit,指标,单位,数值\nA,a,件,9000\nB,a,万件,2\nC,a,件,3000\nA,b,分,1\nB,b,分,2\nC,b,分,3\n"
HEADS = "unit,常住人口(万人),b\nA,1.1,1\nB,2,5\nC,0.5,3\n"
PEOPLE = {"name_zh": "常住人口", "name_en": "Population"}


# -- a column of units of measurement --------------------------------------------------------------------------------


def test_two_units_of_measurement_in_one_indicator_are_refused_with_both_readings(said):
    assert said(tree(), LONG) == [
        "指标“a”有几种计量单位：“件”（首见第2行）；“万件”（首见第3行）；若按计量单位换算，1万件为10000件，"
        "若不换算则为1；"
        '请为该表写明 measure = "单位" 予以换算，或在文件中统一计量单位'
    ]
    assert said(tree(), LONG, "en") == [
        "indicator 'a' has several units of measurement: '件' (first on line 2); '万件' (first on line 3); converted, "
        '1 万件 is 10000 件, and as it stands it is 1; declare measure = "单位" for the sheet to convert them, or '
        "write the indicator in one unit"
    ]


def test_a_declared_column_of_units_converts(table):
    read = table(tree(), LONG, measure="单位")
    assert read["a"].tolist() == [9000, 20000, 3000]
    scores = build_index(read, Recipe(tree())).scores["index"]
    assert scores.round(1).to_dict() == {"A": 17.6, "B": 75.0, "C": 50.0}
    assert table(tree("件", "分"), LONG, measure="单位")["a"].tolist() == [9000, 20000, 3000]
    assert table(tree("万件", "分"), LONG, measure="单位")["a"].tolist() == [0.9, 2, 0.3]


def test_one_unit_of_measurement_needs_no_declaration_unless_the_framework_has_a_multiple_of_it(table, said):
    one = LONG.replace("万件,2", "件,20000")
    assert table(tree(), one)["a"].tolist() == [9000, 20000, 3000]
    assert table(tree("件", "分"), one)["a"].tolist() == [9000, 20000, 3000]
    assert said(tree("万件"), one) == [
        "指标“a”的计量单位在“单位”列为“件”，而指标体系中为“万件”（1件 = 0.0001万件）；请为该表写明 "
        'measure = "单位" 予以换算，或统一计量单位'
    ]


def test_per_mille_and_per_cent_are_converted_too(table):
    text = "unit,指标,计量单位,数值\nA,a,％,5\nB,a,‰,70\nA,b,天,1\nB,b,天,2\n"
    assert table(tree("%"), text, measure="计量单位")["a"].tolist() == [5, 7]
    assert table(tree("‰"), text, measure="计量单位")["a"].tolist() == [50, 70]


def test_units_that_measure_different_things_are_refused(said):
    assert said(tree(), LONG.replace("万件", "元")) == [
        "指标“a”的计量单位不能互相换算：“件”（首见第2行）；“元”（首见第3行）；请核对，如为不同指标，请分别写明代码"
    ]
    assert said(tree("天"), LONG, measure="单位") == [
        "指标“a”的计量单位在“单位”列为“件”，而指标体系中为“天”，不能换算；请统一，或用 multiply 写明1件为多少天"
    ]


def test_a_column_of_other_texts_under_the_same_head_is_passed_over_as_before(table):
    text = LONG.replace("万件,2", "乙,2").replace("件", "甲").replace("分", "丙")
    assert table(tree(), text)["a"].tolist() == [9000, 2, 3000]


def test_a_column_of_units_is_declared_beside_one_column_of_figures(said):
    assert said(tree(), "unit,a,b,单位\nA,1,2,件\n", measure="单位") == [
        "measure：该表有几列数值，没有逐个数值的计量单位；请删去 measure，如需换算，请用 multiply"
    ]
    assert said(tree(), LONG, measure="计量") == ["measure：没有“计量”列；可用：unit、指标、单位、数值"]


ONE_COLUMN = "地区,{head},a\n甲市,万件,2\n乙市,{other}\n"


@pytest.mark.parametrize("head", ["计量单位", "单位"])
def test_a_column_of_units_beside_the_only_column_of_figures_is_checked_and_converts(said, table, head):
    of = Framework([Node("index", ""), Node("a", "index", unit="件")])
    both, one = (ONE_COLUMN.format(head=head, other=other) for other in ("件,10000", "万件,1"))
    assert said(of, both, "en") == [
        "indicator 'a' has several units of measurement: '万件' (first on line 2); '件' (first on line 3); converted, "
        f'1 万件 is 10000 件, and as it stands it is 1; declare measure = "{head}" for the sheet to convert them, or '
        "write the indicator in one unit"
    ]
    assert said(of, one) == [
        f"指标“a”的计量单位在“{head}”列为“万件”，而指标体系中为“件”（1万件 = 10000件）；请为该表写明 "
        f'measure = "{head}" 予以换算，或统一计量单位'
    ]
    assert table(of, both, measure=head)["a"].tolist() == [20_000, 10_000]
    assert table(of, one, measure=head)["a"].tolist() == [20_000, 10_000]
    assert table(of, both, ignore=[head])["a"].tolist() == [2, 10_000]


@pytest.mark.parametrize(("own", "other"), [("", "件"), ("件", "万件")])
def test_a_column_of_units_beside_several_columns_of_figures_is_refused(said, table, own, other):
    text = f"地区,计量单位,a,b\n甲市,万件,2,1\n乙市,{other},1,2\n"
    units = "“万件”" if other == "万件" else "“万件”、“件”"
    assert said(tree(own), text) == [
        f"“计量单位”列逐行写明计量单位：{units}，而该表有几列数值：“a”、“b”，无从得知说的是哪一列；请在各列列名后用"
        '括号写明计量单位并统一数值，或每列数值各成一表；如该列与数值无关，请写明 ignore = ["计量单位"]'
    ]
    assert table(tree(own), text, ignore=["计量单位"])["a"].tolist() == [2, 1]
    assert table(tree("万件"), text.replace(",件,", ",万件,"))["a"].tolist() == [2, 1]
    assert table(tree("万件"), text.replace(",件,", ",—,").replace(",万件,", ",—,"))["a"].tolist() == [2, 1]


def test_units_that_no_list_knows_do_not_switch_the_check_off(said, table):
    rows = "unit,指标,计量单位,数值\nA,a,万件,2\nB,a,件,10000\nA,b,标准箱,1\nB,b,标准箱,2\nC,b,标准箱,3\n"
    (problem,) = said(tree("件"), rows, "en")
    assert problem.startswith("indicator 'a' has several units of measurement: '万件' (first on line 2); '件'")
    read = table(tree("件"), rows, measure="计量单位")
    assert read["a"].tolist()[:2] == [20_000, 10_000]
    assert read["b"].tolist() == [1, 2, 3]


# -- a unit of measurement in a head ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head", ["常住人口(万人)", "常住人口（万人）", "常住人口 (万人)", "Population (万人)", "a(万人)"]
)
def test_a_head_in_another_unit_than_the_framework_is_refused_with_the_way_out(said, head):
    assert said(tree("人", **PEOPLE), HEADS.replace("常住人口(万人)", head)) == [
        f"“{head}”的计量单位为万人，而指标体系中“a”为人（1万人 = 10000人）；请为该表写明 multiply = {{ a = 10000 }} "
        "予以换算，或统一计量单位"
    ]


@pytest.mark.parametrize(
    "line", ["单位：万人", "表1  各地人口,单位:万人", "（计量单位：万人）", "# 单位：万人", "Unit: 万人"]
)
def test_a_unit_above_the_header_is_that_of_all_columns_without_one(said, table, line):
    declared = {} if line.startswith("#") else {"header": 2}
    text = f"{line}\nunit,常住人口,b(人)\nA,1.1,1\nB,2,5\n"
    assert said(tree("人", "人", **PEOPLE), text, **declared) == [
        "“常住人口”的计量单位（见表头之上）为万人，而指标体系中“a”为人（1万人 = 10000人）；请为该表写明 "
        "multiply = { a = 10000 } 予以换算，或统一计量单位"
    ]
    read = table(tree("人", "人", **PEOPLE), text, multiply={"a": 10000}, **declared)
    assert read.to_numpy().tolist() == [[11000, 1], [20000, 5]]
    assert table(tree("万人", "人", **PEOPLE), text, **declared)["a"].tolist() == [1.1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "单位：人民币万元",
        "单位：万元（当年价）",
        "单位：万元  2024年",
        "（单位：人民币 万元）2024年度",
        "单位:万元 (1990 prices) 2024",
    ],
)
def test_prices_and_years_behind_a_unit_above_the_header_do_not_hide_it(said, table, line):
    text = f"{line}\nunit,a,b\nA,2,1\n"
    problems = said(tree("元"), text, header=2)
    assert problems == [
        "“a”的计量单位（见表头之上）为万元，而指标体系中“a”为元（1万元 = 10000元）；请为该表写明 "
        "multiply = { a = 10000 } 予以换算，或统一计量单位"
    ]
    assert table(tree("元"), text, header=2, multiply={"a": 10000})["a"].tolist() == [20_000]


@pytest.mark.parametrize(
    ("line", "notes"),
    [
        ("单位：万元、%", 1),
        ("单位：万元（金额），件（数量）", 1),
        ("填报单位：省统计局", 0),
        ("单位：甲市", 0),
        ("单位：万元", 0),
    ],
)
def test_units_above_the_header_that_are_not_one_are_noted(tmp_path, line, notes):
    (tmp_path / "sheet.csv").write_text(f"{line}\nunit,a,b\nA,2,1\n", encoding="utf-8")
    form = SheetForm.of({"header": 2})
    read = read_sheet(tmp_path / "sheet.csv", {"a": Column("a"), "b": Column("b")}, form=form)
    found = [note.what.zh for note in read.notes if not note.what.zh.startswith("表头在第2行")]
    assert found == [f"表头之上的“{line}”不能读作一种计量单位，未用以核对各列"] * notes


@pytest.mark.parametrize("line", ["单位：甲市", "填报单位：省统计局", "单位：万元、人", "本表单位万人以上"])
def test_a_line_above_the_header_that_gives_no_one_unit_changes_nothing(table, line):
    text = f"{line}\nunit,常住人口,b\nA,1.1,1\nB,2,5\n"
    assert table(tree("人", **PEOPLE), text, header=2)["a"].tolist() == [1.1, 2]


def test_the_unit_may_be_part_of_the_name(said):
    (problem,) = said(tree("人", name_zh="常住人口(万人)"), HEADS)
    assert "multiply = { a = 10000 }" in problem


def test_a_head_is_converted_as_declared_or_read_in_the_same_unit(table, said):
    assert table(tree("人", **PEOPLE), HEADS, multiply={"a": 10000})["a"].tolist() == [11000, 20000, 5000]
    assert table(tree("人", **PEOPLE), HEADS, multiply={"常住人口": 10000})["a"].tolist() == [11000, 20000, 5000]
    assert table(tree("万人", **PEOPLE), HEADS)["a"].tolist() == [1.1, 2, 0.5]
    assert table(tree("", **PEOPLE), HEADS)["a"].tolist() == [1.1, 2, 0.5]
    assert said(tree("人", **PEOPLE), HEADS, multiply={"a": 1000}) == [
        "“常住人口(万人)”的计量单位为万人，而指标体系中“a”为人，应写明 multiply = { a = 10000 }"
    ]
    assert said(tree("人", **PEOPLE), HEADS, multiply={"c": 10000})[0].startswith("multiply：没有“c”列；")


def test_a_head_may_name_what_the_framework_does_not_measure(said):
    assert said(tree("人", **PEOPLE), HEADS.replace("万人", "元")) == [
        "“常住人口(元)”的计量单位为元，而指标体系中“a”为人，不能换算；如确为同一指标，请统一计量单位，"
        "或用 multiply 写明1元为多少人（数值无需换算即为 multiply = { a = 1 }）"
    ]


def test_what_stands_in_brackets_and_is_no_unit_is_part_of_the_name(said):
    (problem,) = said(tree("人", **PEOPLE), HEADS.replace("万人", "2020"))[:1]
    assert problem.startswith("“常住人口(2020)”一列不在指标体系中")


def test_any_column_may_be_multiplied(table):
    assert table(tree(), "unit,a,b\nA,1.1,2\nB,3,\n", multiply={"a": 0.1})["a"].tolist() == [0.11, 0.3]


# -- cells with a unit of their own ----------------------------------------------------------------------------------

WIDE = "unit,{head},b\nA,{one},1\nB,{two},2\n"


@pytest.mark.parametrize(
    ("unit", "head", "cells", "how", "values"),
    [
        ("人", "常住人口(万人)", ("1.2万人", "3"), {"multiples": ["万"], "multiply": {"a": 10000}}, [12_000, 30_000]),
        ("人", "常住人口(万人)", ("1.2万", "3"), {"multiples": ["万"], "multiply": {"a": 10000}}, [12_000, 30_000]),
        ("人", "常住人口(千人)", ("1.2万人", "3"), {"multiples": ["万"], "multiply": {"a": 1000}}, [12_000, 3000]),
        ("", "常住人口(万人)", ("1.2万人", "3"), {"multiples": ["万"], "multiply": {"a": 10000}}, [12_000, 30_000]),
        ("", "常住人口(千人)", ("1.2万人", "3"), {"multiples": ["万"]}, [12, 3]),
        ("万人", "常住人口(人)", ("1.2万人", "30000"), {"multiples": ["万"], "multiply": {"a": 0.0001}}, [1.2, 3]),
        ("share", "常住人口(%)", ("85%", "55.5"), {"multiply": {"a": 0.01}}, [0.85, 0.555]),
        ("share", "常住人口(‰)", ("85%", "5"), {"multiply": {"a": 0.001}}, [0.85, 0.005]),
        ("%", "常住人口(share)", ("85%", "0.5"), {"multiply": {"a": 100}}, [85, 50]),
        ("", "常住人口(%)", ("85%", "55"), {}, [85, 55]),
        ("", "常住人口(%)", ("85%", "55"), {"multiply": {"a": 0.01}}, [0.85, 0.55]),
        ("百分比", "常住人口", ("85%", "55"), {}, [85, 55]),
        ("元", "常住人口(美元)", ("1.2万", "3"), {"multiples": ["万"], "multiply": {"a": 7.1}}, [85_200, 21.3]),
    ],
)
def test_a_cell_with_its_own_unit_is_converted_once(table, unit, head, cells, how, values):
    text = WIDE.format(head=head, one=cells[0], two=cells[1])
    assert table(tree(unit, **PEOPLE), text, **how)["a"].tolist() == values


@pytest.mark.parametrize(
    ("unit", "head", "cells", "how", "values"),
    [
        ("人", "常住人口(万人)", ("1.2万人", "3万"), {"multiples": ["万"]}, [12_000, 30_000]),
        ("share", "常住人口(%)", ("85%", "5‰"), {}, [0.85, 0.005]),
        ("share", "常住人口(%)", ("85%", "0"), {}, [0.85, 0]),
    ],
)
def test_no_factor_is_needed_where_all_cells_say_their_unit(table, unit, head, cells, how, values):
    text = WIDE.format(head=head, one=cells[0], two=cells[1])
    assert table(tree(unit, **PEOPLE), text, **how)["a"].tolist() == values


def test_a_per_cent_of_a_workbook_is_converted_once(tmp_path):
    book = Workbook()
    for row in (["unit", "常住人口(%)", "b"], ["A", 0.853, 1], ["B", 0.55, 2]):
        book.active.append(row)
    for cell in ("B2", "B3"):
        book.active[cell].number_format = "0.0%"
    book.save(tmp_path / "sheet.xlsx")
    of = {unit: tree(unit, **PEOPLE) for unit in ("share", "%", "")}
    read = {unit: read_table(tmp_path / "sheet.xlsx", one)["a"].tolist() for unit, one in of.items()}
    assert read == {"share": [0.853, 0.55], "%": [85.3, 55], "": [85.3, 55]}
    assert read_table(tmp_path / "sheet.xlsx", of["share"], multiply={"a": 0.01})["a"].tolist() == [0.853, 0.55]


def test_cells_with_their_own_unit_in_a_column_of_units_are_converted_once(table):
    text = "unit,指标,单位,数值\nA,a,万件,1.2万件\nB,a,件,3\nC,a,万件,2\nD,a,件,5万\nA,b,分,1\nD,b,分,2\n"
    assert table(tree("件"), text, measure="单位", multiples=["万"])["a"].tolist() == [12_000, 3, 20_000, 50_000]
    text = "unit,指标,单位,数值\nA,a,％,5\nB,a,‰,7%\nC,a,‰,70\nA,b,天,1\n"
    assert table(tree("%"), text, measure="单位")["a"].tolist() == [5, 7, 7]
    assert table(tree("share"), text, measure="单位")["a"].tolist() == [0.05, 0.07, 0.07]


def test_with_a_factor_alone_a_cell_with_its_own_unit_has_two_readings(said):
    text = WIDE.format(head="常住人口", one="1.2万人", two="3")
    assert said(tree("人", **PEOPLE), text, "en", multiples=["万"], multiply={"a": 10000}) == [
        "line 2, unit 'A', column 'a': '1.2万人' has a unit or multiple of its own, and with multiply = { a = "
        "10000 } it "
        "may be 12000 or 120000000; write the unit of the column in brackets behind its head, or take multiply out, or "
        "write the numbers without units"
    ]
    text = WIDE.format(head="常住人口", one="85%", two="60%")
    assert said(tree(**PEOPLE), text, multiply={"a": 100}) == [
        "“a”列，2个单元格（第2行，被评单位“A”：“85%”；第3行，被评单位“B”：“60%”）：“85%”自带计量单位或倍数，"
        "而该列又写明 "
        "multiply = { a = 100 }，可读作0.85或85；请在列名后用括号写明该列的计量单位，或删去 multiply，"
        "或将数值写为不带单位的数"
    ]


def test_the_number_that_a_word_means_is_not_converted(table):
    text = WIDE.format(head="常住人口(万人)", one="五万", two="2")
    how = {"multiply": {"a": 10000}, "values": {"五万": 50000}}
    assert table(tree("人", **PEOPLE), text, **how)["a"].tolist() == [50_000, 20_000]
    assert table(tree(**PEOPLE), text, **how)["a"].tolist() == [50_000, 20_000]
    rows = "unit,指标,单位,数值\nA,a,万件,五万\nB,a,件,3\nA,b,分,1\n"
    assert table(tree("件"), rows, measure="单位", values={"五万": 50000})["a"].tolist() == [50_000, 3]


def test_a_head_with_a_row_of_multiples_is_no_unit_of_measurement(said):
    (problem,) = said(tree("件"), WIDE.format(head=f"a({'亿' * 40}件)", one=1, two=2))
    assert problem.startswith(f"“a({'亿' * 40}件)”一列不在指标体系中")


def test_a_number_that_is_infinite_once_converted_is_refused(said):
    assert said(tree(), WIDE.format(head="a", one="1e305", two="3"), "en", multiply={"a": 1e10}) == [
        "line 2, unit 'A', column 'a': '1e305' is infinite, which no indicator can be; correct it in the file"
    ]


@given(
    data=st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from(["件", "千件", "万件"]), st.booleans()), min_size=1),
    own=st.sampled_from(["件", "千件", "万件", "亿件"]),
)
def test_any_mixture_of_units_reads_the_same_numbers(data, own):
    size = {"件": 1, "千件": 1000, "万件": 10**4, "亿件": 10**8}
    rows, right = [], []
    for at, (number, unit, says) in enumerate(data):
        rows.append((f"u{at}", "a", unit, f"{number}{unit}" if says and unit != "件" else str(number)))
        right.append(number * size["件" if says and unit == "件" else unit] / size[own])
    cells = pd.DataFrame(rows, columns=["unit", "indicator", "measure", "value"])
    columns, known = {"a": Column("a", own)}, {"a": "a"}
    found = []
    measures = Measures.of(columns, known, {}, found, texts=cells["measure"], declared=True)
    standing = measures.of_part(Named("a", ("a",), "", np.arange(len(cells)), np.ones(len(cells), bool)), found)
    rules = CellRules.of(SheetForm(multiples=("千", "万")), columns, known, found)
    read = rules.read(cells["value"], "a", place=str, separator=",", standing=standing)
    assert not found
    assert not read.problems
    assert read.values.tolist() == right


# -- units of measurement that are not checked by a list of words ----------------------------------------------------


@pytest.mark.parametrize("text", ["见注", "元"])
def test_one_odd_unit_does_not_switch_the_check_off(said, text):
    rows = "unit,指标,单位,数值\nA,a,万件,1\nB,a,件,3\nC,a,{},2\nA,b,分,1\n"
    assert said(tree("件"), rows.format(text), "en") == [
        "indicator 'a' has units of measurement that cannot be converted: '万件' (first on line 2); '件' "
        "(first on line "
        f"3); '{text}' (first on line 4); correct them, or give the rows of another indicator its code"
    ]


def test_an_empty_unit_does_not_switch_the_check_off(said, table):
    rows = "unit,指标,单位,数值\nA,a,万件,1\nB,a,件,3\nC,a,{},2\nA,b,分,1\n"
    for empty in ("", "—", "无量纲"):
        for how in ({}, {"measure": "单位"}):
            assert said(tree("件"), rows.format(empty), "en", **how) == [
                "indicator 'a' has no unit of measurement on line 4, and others elsewhere: '万件' (first on "
                "line 2); '件' "
                "(first on line 3); write it there too"
            ]
        assert table(tree("件"), rows.format(empty).replace("万件", "件"))["a"].tolist() == [1, 3, 2]
    assert said(tree("件"), rows.format("").replace(",件,3", ",万件,3")) == [
        "指标“a”在第4行未写计量单位，而其余为：“万件”（首见第2行）；请补全"
    ]


def test_an_empty_unit_beside_a_multiple_is_refused_though_the_framework_has_none(said, table):
    rows = "unit,指标,计量单位,数值\nA,a,{},2\nB,a,,20000\nA,b,分,1\n"
    for how in ({}, {"measure": "计量单位"}):
        assert said(tree(), rows.format("万件"), "en", **how) == [
            "indicator 'a' has no unit of measurement on line 3, and others elsewhere: '万件' (first on line 2); write "
            "it there too"
        ]
        for unit in ("件", "千克"):
            assert table(tree(), rows.format(unit), **how)["a"].tolist() == [2, 20_000]
        assert table(tree("万件"), rows.format("万件"), **how)["a"].tolist() == [2, 20_000]


@pytest.mark.parametrize("cell", ["", "n/a", "…"])
def test_a_row_without_a_figure_needs_no_unit(table, cell):
    rows = f"unit,指标,计量单位,数值\nA,a,万件,2\nB,a,,{cell}\nC,a,件,3\nA,b,分,1\n"
    read = table(tree("件"), rows, measure="计量单位", missing=["…"])
    assert read["a"].fillna(-1).tolist() == [20_000, -1, 3]


def test_a_declared_column_without_a_unit_for_an_indicator_is_refused(said, table):
    rows = "unit,指标,计量单位,数值\nA,a,{0},2\nB,a,{0},3\nA,b,分,1\n"
    assert said(tree("件"), rows.format(""), measure="计量单位") == [
        "指标“a”的数值在“计量单位”列均未写计量单位，而 measure 按该列换算为件；请补全"
    ]
    assert table(tree("件"), rows.format(""))["a"].tolist() == [2, 3]
    assert table(tree(), rows.format(""), measure="计量单位")["a"].tolist() == [2, 3]
    assert table(tree("件"), rows.format("—"), measure="计量单位")["a"].tolist() == [2, 3]


def test_a_column_in_another_unit_than_the_framework_is_refused_though_it_cannot_be_converted(said, table):
    rows = "unit,指标,单位,数值\nA,a,元,1\nB,a,元,3\nA,b,分,1\n"
    assert said(tree("件"), rows, "en") == [
        "indicator 'a' is in '元' by the column '单位' and in '件' by the framework, and neither can be converted into "
        "the other; write the same unit in both, or declare by multiply how many 件 1 元 is"
    ]
    assert table(tree("件"), rows, multiply={"a": 2})["a"].tolist() == [2, 6]
    assert table(tree("count"), rows.replace("元", "场"))["a"].tolist() == [1, 3]


@pytest.mark.parametrize(
    ("own", "head", "problem"),
    [
        ("share", "%", "'常住人口(%)' is in %, and 'a' is in share by the framework (1 % = 0.01 share); declare "
                       "multiply = { a = 0.01 } for the sheet, or write the same unit in both"),
        ("days", "小时", "'常住人口(小时)' is in 小时, and 'a' is in days by the framework, and neither can be "
                         "converted into the other; if it is the same indicator, write the same unit in both, "
                         "or declare by "
                         "multiply how many days 1 小时 is (multiply = { a = 1 } where the "
                         "numbers are right as they stand)"),
        ("log10 items", "件", "'常住人口(件)' is in 件, and 'a' is in log10 items by the framework, and neither can be "
                              "converted into the other; if it is the same indicator, write the same unit in both, or "
                              "declare by multiply how many log10 items 1 件 is (multiply = { a = 1 } where the "
                              "numbers are right as they stand)"),
        ("count", "万件", "'常住人口(万件)' is in 万件, and 'a' is in count by the framework (1 万件 = 10000 count); "
                          "declare multiply = { a = 10000 } for the sheet, or write the same unit in both"),
    ],
)  # fmt: skip
def test_a_head_is_checked_against_any_unit_of_the_framework(said, own, head, problem):
    assert said(tree(own, **PEOPLE), WIDE.format(head=f"常住人口({head})", one=1, two=2), "en") == [problem]


@pytest.mark.parametrize(
    ("own", "head"),
    [
        ("% of GDP", "%"),
        ("0-10", "分"),
        ("100 million yuan", "亿元"),
        ("占GDP的百分比", "％"),
        ("% of exports", "% of GDP"),
    ],
)
def test_a_head_is_not_refused_where_it_cannot_be_told_that_it_is_another_unit(table, own, head):
    text = WIDE.format(head=f"常住人口({head})", one=1, two=2)
    assert table(tree(own, **PEOPLE), text)["a"].tolist() == [1, 2]
    rows = f"unit,指标,计量单位,数值\nA,a,{head},1\nB,a,{head},2\nA,b,天,1\n"
    assert table(tree(own), rows)["a"].tolist() == [1, 2]


def test_what_says_the_unit_is_named(said):
    text = "单位：%\nunit,a,b(%)\nA,85,1\n"
    of = Framework([Node("index", ""), Node("a", "index", worst=0.0, best=1.0), Node("b", "index", unit="share")])
    assert said(of, text, "en", header=2) == [
        "'a' is in % by the line above the header, and 'a' is in share by its goalposts 0 to 1 (1 % = 0.01 share); "
        "declare multiply = { a = 0.01 } for the sheet, or write the same unit in both",
        "'b(%)' is in %, and 'b' is in share by the framework (1 % = 0.01 share); declare multiply = { b = 0.01 } for "
        "the sheet, or write the same unit in both",
    ]
    rows = "unit,指标,单位,数值\nA,a,%,85\nB,a,%,60\n"
    assert said(tree(worst=0.0, best=1.0), rows)[0].startswith(
        "指标“a”的计量单位在“单位”列为“%”，而按最差值和最佳值（0至1）为“比例”"
    )


def test_a_sign_in_a_cell_is_that_of_a_per_cent_of_something(table):
    for own, head in (("% of GDP", "常住人口(%)"), ("% of GDP", "常住人口"), ("", "常住人口(%)")):
        text = WIDE.format(head=head, one="85%", two="60%")
        assert table(tree(own, **PEOPLE), text)["a"].tolist() == [85, 60]


def test_another_unit_may_be_declared_to_be_the_same(table):
    text = WIDE.format(head="常住人口(小时)", one=1, two=2)
    assert table(tree("days", **PEOPLE), text, multiply={"a": 1})["a"].tolist() == [1, 2]


def test_goalposts_within_0_to_1_are_those_of_a_share(said, table):
    of = tree(**PEOPLE, worst=0.0, best=1.0)
    assert said(of, WIDE.format(head="常住人口(%)", one=85, two=60)) == [
        "“常住人口(%)”的计量单位为%，而按最差值和最佳值（0至1）“a”为比例（1% = 0.01比例）；请为该表写明 "
        "multiply = { a = 0.01 } 予以换算，或统一计量单位"
    ]
    assert table(of, WIDE.format(head="常住人口(%)", one=85, two="60%"), multiply={"a": 0.01})["a"].tolist() == [
        0.85,
        0.6,
    ]
    assert table(of, WIDE.format(head="常住人口(%)", one="85%", two="60%"))["a"].tolist() == [0.85, 0.6]


@pytest.mark.parametrize(
    ("own", "head"), [("days", "天"), ("days", "日"), ("天", "Days"), ("points", "分"), ("%", "％")]
)
def test_words_of_two_languages_are_one_unit(table, own, head):
    text = WIDE.format(head=f"常住人口({head})", one=1, two=2)
    assert table(tree(own, **PEOPLE), text)["a"].tolist() == [1, 2]


@pytest.mark.parametrize(
    "head",
    [
        "常 住 人 口(万人)",
        "常住人口[万人]",
        "常住人口（单位：万人）",
        "常住人口【计量单位:万人】",
        "Population (Unit: 万人)",
    ],
)
def test_a_head_is_known_however_its_brackets_are_typed(table, said, head):
    text = WIDE.format(head=head, one=1, two=2)
    assert table(tree("万人", **PEOPLE), text)["a"].tolist() == [1, 2]
    assert table(tree("人", **PEOPLE), text, multiply={"a": 10000})["a"].tolist() == [10000, 20000]
    assert said(tree("人", **PEOPLE), text) == [
        f"“{head}”的计量单位为万人，而指标体系中“a”为人（1万人 = 10000人）；请为该表写明 "
        "multiply = { a = 10000 } 予以换算，或统一计量单位"
    ]


def test_a_column_with_a_new_name_keeps_its_unit_unless_that_has_one(said, table):
    text = WIDE.format(head="总人口(万人)", one=1, two=2)
    assert said(tree("人"), text, "en", names={"总人口(万人)": "a"}) == [
        "'总人口(万人)' is in 万人, and 'a' is in 人 by the framework (1 万人 = 10000 人); declare multiply = "
        "{ a = 10000 } "
        "for the sheet, or write the same unit in both"
    ]
    converted = table(tree("人"), text, names={"总人口(万人)": "a"}, multiply={"a": 10000})
    assert converted["a"].tolist() == [10000, 20000]
    assert table(tree("人"), text, names={"总人口(万人)": "a(人)"})["a"].tolist() == [1, 2]


def test_a_factor_beside_a_column_of_units_is_never_passed_over(said, table):
    rows = "unit,指标,单位,数值\nA,a,{},1\nB,a,{},3\nA,b,分,1\n"
    how = {"multiply": {"a": 10000}}
    assert table(tree("件"), rows.format("万件", "萬件"), **how)["a"].tolist() == [10000, 30000]
    assert table(tree(), rows.format("件", "件"), **how)["a"].tolist() == [10000, 30000]
    assert said(tree("件"), rows.format("件", "件"), "en", **how) == [
        "'a' is in 件 by the column '单位', and 'a' is in 件 by the framework: multiply = { a = 1 } is expected"
    ]
    for unit in ("件", "万件"):
        assert said(tree("件"), rows.format(unit, ""), "en", **how) == [
            f"indicator 'a' has no unit of measurement on line 3, and others elsewhere: '{unit}' (first on "
            "line 2); write "
            "it there too"
        ]
    for cells in ("1", "1千件"):
        (problem,) = said(tree(), rows.format("万件", "件").replace(",1\nB", f",{cells}\nB"), multiples=["千"], **how)
        assert problem.startswith("指标“a”有几种计量单位：“万件”（首见第2行）；“件”（首见第3行）；")


def test_a_wrong_factor_is_refused_though_all_cells_say_their_unit(said):
    text = WIDE.format(head="常住人口(万人)", one="1.2万人", two="3万")
    assert said(tree("人", **PEOPLE), text, "en", multiples=["万"], multiply={"a": 1000}) == [
        "'常住人口(万人)' is in 万人, and 'a' is in 人 by the framework: multiply = { a = 10000 } is expected"
    ]


# -- several statements of one unit ----------------------------------------------------------------------------------

NAMES = "unit,指标,数值\nA,{one},1\nB,{two},3\nA,b,1\n"


@pytest.mark.parametrize(
    ("own", "one", "two", "how"),
    [
        ("", "常住人口(人)", "常住人口(万人)", {}),
        ("", "常住人口(万人)", "常住人口", {}),
        ("人", "常住人口(人)", "常住人口(万人)", {}),
        ("人", "常住人口(人)", "Population(万人)", {"multiply": {"a": 10000}}),
        ("人", "常住人口", "常住人口(万人)", {"multiply": {"a": 10000}}),
    ],
)
def test_names_of_one_code_with_different_units_are_refused(said, own, one, two, how):
    problems = said(tree(own, **PEOPLE), NAMES.format(one=one, two=two), "en", **how)
    assert problems[0] == (
        f"indicator 'a' is named with different units of measurement: '{one}', '{two}'; write it in one unit, "
        "under one "
        "name"
    )


@pytest.mark.parametrize(
    ("own", "one", "two"),
    [("万人", "常住人口", "常住人口(万人)"), ("", "常住人口（万人）", "a(万人)"), ("天", "a(天)", "常住人口(日)")],
)
def test_names_of_one_code_with_one_unit_are_read(table, own, one, two):
    assert table(tree(own, **PEOPLE), NAMES.format(one=one, two=two))["a"].tolist() == [1, 3]


def test_a_head_and_a_column_of_units_that_differ_are_refused(said):
    rows = "unit,指标,单位,数值\nA,常住人口(万人),人,1\nB,常住人口(万人),人,3\nA,b,天,1\n"
    assert said(tree(**PEOPLE), rows) == ["“常住人口(万人)”的计量单位为万人，而“单位”列为“人”；请更正其一"]
    assert said(tree("人", **PEOPLE), rows, "en", measure="单位") == [
        "'常住人口(万人)' is in 万人, and in '人' by the column '单位'; correct one of the two"
    ]


@pytest.mark.parametrize("head", ["单位", "计量单位", "度量单位", "measure", "Unit of measure", "unit_of_measurement"])
def test_a_column_of_units_is_known_by_any_word_for_it(said, head):
    (problem,) = said(tree("件"), f"城市,指标,{head},数值\nA,a,万件,1\nB,a,件,3\nA,b,天,1\n", "en")
    assert f"declare measure = {inline(head)}" in problem


def test_one_sign_typed_in_two_ways_is_one_unit(table, said):
    rows = "unit,指标,单位,数值\nA,a,％,1\nB,a,%,3\nA,b,天,1\n"
    assert table(tree("%"), rows)["a"].tolist() == [1, 3]
    assert table(tree(), rows)["a"].tolist() == [1, 3]
    (problem,) = said(tree("share"), rows, "en")
    assert problem.startswith("indicator 'a' is in '％' by the column '单位' and in 'share' by the framework")


def test_measure_and_multiply_do_not_go_together(said):
    assert said(tree("件"), LONG, "en", measure="单位", multiply={"a": 2}) == [
        "sheet 'sheet.csv': measure converts each figure by its unit and multiply all of a column; keep one of the two"
    ]
    assert said(tree("件"), LONG, measure="单位", multiply={"a": 2}) == [
        "数据表“sheet.csv”：measure 逐行换算，multiply 整列换算，只能写一个"
    ]
