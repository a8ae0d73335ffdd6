"""Sheets whose rows are indicators: the columns beside the units, units of measurement behind names and beside them."""

import pandas as pd
import pytest

from govtransparency import Framework, InputError, Node, read_table
from govtransparency.data.indicator_columns import columns_of, names_of
from govtransparency.data.sheet import read_sheet
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.unit_matching import UnitList

TREE = Framework([Node("index", ""), Node("a", "index", name_zh="人口", unit="人"), Node("b", "index", name_zh="乙")])


@pytest.fixture
def turned(tmp_path):
    """Return a function: a sheet read whose rows are indicators, with its notes."""

    def read(text, tree=TREE, units=None, **entry):
        path = tmp_path / "sheet.csv"
        path.write_text(text, encoding="utf-8")
        form = SheetForm.of({"indicators": "rows"} | entry)
        listed = None if units is None else UnitList.of(units)
        return read_sheet(path, columns_of(tree), names=names_of(tree), form=form, units=listed)

    return read


@pytest.fixture
def rows(turned):
    """Return a function: the values of such a sheet by unit."""

    def read(text, **given):
        return {unit: list(row.values()) for unit, row in turned(text, **given).values.to_dict("index").items()}

    return read


@pytest.fixture
def said(turned):
    """Return a function: the problems of such a sheet."""

    def problems(text, language="en", **given):
        with pytest.raises(InputError) as caught:
            turned(text, **given)
        return [getattr(problem, language) for problem in caught.value.texts]

    return problems


@pytest.mark.parametrize(
    "text",
    [
        "序号,指标,X,Y\n1,人口,1,2\n2,乙,3,4\n",
        "指标,代码,X,Y,备注,数据来源\n人口,p1,1,2,普查,统计局\n乙,p2,3,4,,统计局\n",
        "指标代码,指标名称,计量单位,X,Y\np1,人口,人,1,2\np2,乙,件,3,4\n",
        "指标代码,指标名称,X,Y\na,常住人口,1,2\nb,二,3,4\n",
        "类别,项目,单位,X,Y,说明\n民生,人口,人,1,2,\n民生,乙,件,3,4,注\n",
        "指标,权重,方向,最优值,X,Y\n人口,0.5,正向,100,1,2\n乙,0.5,负向,0,3,4\n",
        ",单位,X,Y\n人口,人,1,2\n乙,件,3,4\n",
        "Item,Unit of measure,X,Y,Notes\n人口,人,1,2,\n乙,件,3,4,\n",
    ],
)
def test_columns_that_say_something_of_the_indicators_are_no_units(rows, text):
    assert rows(text) == {"X": [1, 3], "Y": [2, 4]}


def test_what_is_passed_over_is_told(turned):
    notes = turned("序号,指标,单位,X,备注\n1,人口,人,1,普查\n2,乙,件,3,\n").notes
    assert [note.what.en for note in notes if "columns" in note.what.en] == ["columns not used: '序号', '备注'"]


def test_a_column_that_is_listed_as_a_unit_is_one(rows):
    assert rows("指标,来源,NO\n人口,1,2\n乙,3,4\n", units=["来源", "NO"]) == {"来源": [1, 3], "NO": [2, 4]}
    assert rows("指标,FI,NO\n人口,1,2\n乙,3,4\n") == {"FI": [1, 3], "NO": [2, 4]}  # Norway is no serial number


def test_an_indicator_called_as_the_column_of_units_is_told(said, rows):
    tree = Framework([Node("index", ""), Node("unit", "index", name_zh="人口"), Node("b", "index")])
    text = "指标,X,Y\nunit,1,2\nb,3,4\n"
    assert said(text, tree=tree) == [
        "line 2: the indicator 'unit' is called as the column of units is; write its code or another name, or "
        "list it in "
        "ignore"
    ]
    assert said(text, "zh", tree=tree) == [
        "第2行：指标“unit”与被评单位一列（unit）同名；请写其代码或另一名称，或列入 ignore"
    ]
    assert rows(text.replace("unit", "人口"), tree=tree) == {"X": [1, 3], "Y": [2, 4]}
    assert rows(text, tree=tree, ignore=["unit"]) == {"X": [3], "Y": [4]}


@pytest.mark.parametrize("head", ["人口(万人)", "一、人口（万人）", "人 口[单位：万人]"])
def test_a_unit_behind_a_name_is_that_of_the_framework_or_declared(said, rows, head):
    text = f"指标,X,Y\n{head},1.5,2\n乙,3,4\n"
    assert said(text) == [
        "'人口' is in 万人, and 'a' is in 人 by the framework (1 万人 = 10000 人); declare multiply = { a = "
        "10000 } for "
        "the sheet, or write the same unit in both"
    ]
    assert rows(text, multiply={"a": 10000}) == {"X": [15_000, 3], "Y": [20_000, 4]}


@pytest.mark.parametrize("brackets", ["2020", "年末", "全市", "预计"])
def test_brackets_without_a_unit_of_measurement_are_part_of_the_name(said, brackets):
    (problem,) = said(f"指标,X,Y\n人口({brackets}),1,2\n乙,3,4\n")
    assert problem.startswith(f"unknown column '人口({brackets})': not in the framework")


def test_a_unit_beside_a_name_is_that_of_the_framework_or_declared(said, rows):
    text = "指标,单位,X,Y\n人口,万人,1.5,2\n乙,—,3,4\n"
    assert said(text, "zh") == [
        "“人口”的计量单位为万人，而指标体系中“a”为人（1万人 = 10000人）；请为该表写明 multiply = { a = 10000 } "
        "予以换算，"
        "或统一计量单位"
    ]
    assert rows(text, multiply={"人口": 10000}) == {"X": [15_000, 3], "Y": [20_000, 4]}
    assert said(text.replace("万人", "元")) == [
        "'人口' is in 元, and 'a' is in 人 by the framework, and neither can be converted into the other; if it is the "
        "same indicator, write the same unit in both, or declare by multiply how many 人 1 元 is "
        "(multiply = { a = 1 } where the numbers are right as they stand)"
    ]


def test_a_unit_behind_a_name_and_another_beside_it_are_refused(said, rows):
    assert said("指标,单位,X,Y\n人口(万人),人,1,2\n乙,,3,4\n") == [
        "'人口(万人)' is in 万人, and in '人' by the column '单位'; correct one of the two"
    ]
    assert rows("指标,单位,X,Y\n人口(人),人,1,2\n乙,,3,4\n") == {"X": [1, 3], "Y": [2, 4]}


def test_one_indicator_in_two_units_stands_twice(said):
    assert said("指标,X,Y\n人口(人),10000,20000\n人口(万人),1,2\n乙,3,4\n") == [
        "line 3: the indicator '人口' stands on line 2 already; give one of them another name, or list it in ignore"
    ]


def test_measure_is_not_for_such_a_sheet(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("指标,单位,X\n人口,万人,1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, indicators="rows", measure="单位")
    assert [(problem.zh, problem.en) for problem in caught.value.texts] == [
        (
            '数据表“sheet.csv”：indicators = "rows" 时计量单位按行自动核对，不能写 measure；如需换算，请用 multiply',
            "sheet 'sheet.csv': with indicators = \"rows\" the unit of measurement of each row is checked without "
            "measure; take it out, and use multiply to convert",
        )
    ]


@pytest.mark.parametrize("unit", ["万人", "人"])
def test_the_unit_above_a_table_of_years_is_that_of_the_framework_or_declared(tmp_path, unit):
    path = tmp_path / "sheet.csv"
    path.write_text(f"指标：人口({unit})\n地区,2024,2023\nX,1.5,1\nY,2,1\n", encoding="utf-8")
    form = {"years": "columns", "header": 2, "unit": "地区"}
    own = {"万人": 10000.0, "人": 1.0}[unit]
    columns, names = columns_of(TREE), names_of(TREE)
    read = read_sheet(path, columns, names=names, form=SheetForm.of(form | {"multiply": {"a": own}}), year=2024)
    pd.testing.assert_series_equal(read.values["a"] / own, pd.Series({"X": 1.5, "Y": 2.0}), check_names=False)
    if own != 1:
        with pytest.raises(InputError, match=r"multiply = \{ a = 10000 \}"):
            read_sheet(path, columns, names=names, form=SheetForm.of(form), year=2024)
