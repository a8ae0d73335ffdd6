"""Units of measurement that a sheet names, in its heads or in a column, against those of the framework."""

import pytest

from govtransparency import Framework, InputError, Node, Recipe, build_index, read_table


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
        "指标“a”有几种计量单位：“件”（首见第2行）；“万件”（首见第3行）；若按计量单位换算，1万件为10000件，若不换算则为1；"
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
        "指标“a”的计量单位在“单位”列为“件”，而指标体系中为“天”，不能换算；请统一"
    ]


def test_a_column_of_other_texts_under_the_same_head_is_passed_over_as_before(table):
    text = LONG.replace("万件,2", "乙,2").replace("件", "甲").replace("分", "丙")
    assert table(tree(), text)["a"].tolist() == [9000, 2, 3000]


def test_a_column_of_units_is_one_of_a_long_sheet(said):
    assert said(tree(), "unit,a,b,单位\nA,1,2,件\n", measure="单位") == [
        "measure：该表每项指标一列，没有逐行的计量单位；请删去 measure，如需换算，请用 multiply"
    ]
    assert said(tree(), LONG, measure="计量") == ["measure：没有“计量”列；可用：unit、指标、单位、数值"]


# -- a unit of measurement in a head ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head", ["常住人口(万人)", "常住人口（万人）", "常住人口 (万人)", "Population (万人)", "a(万人)"]
)
def test_a_head_in_another_unit_than_the_framework_is_refused_with_the_way_out(said, head):
    assert said(tree("人", **PEOPLE), HEADS.replace("常住人口(万人)", head)) == [
        f"“{head}”的计量单位为万人，而指标体系中“a”为人（1万人 = 10000人）；请为该表写明 multiply = {{ a = 10000 }} "
        "予以换算，或统一计量单位"
    ]


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
        "或用 multiply 写明1元为多少人"
    ]


def test_what_stands_in_brackets_and_is_no_unit_is_part_of_the_name(said):
    (problem,) = said(tree("人", **PEOPLE), HEADS.replace("万人", "2020"))[:1]
    assert problem.startswith("“常住人口(2020)”一列不在指标体系中")


def test_any_column_may_be_multiplied(table):
    assert table(tree(), "unit,a,b\nA,1.1,2\nB,3,\n", multiply={"a": 0.1})["a"].tolist() == [0.11, 0.3]
