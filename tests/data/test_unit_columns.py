"""Which column of a sheet names the units, and which columns beside the indicators are known and passed over."""

import pytest

from govtransparency import Framework, InputError, Node, read_marks, read_table
from govtransparency.data.indicator_columns import Column
from govtransparency.data.sheet import read_sheet

TREE = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])


@pytest.fixture
def sheet(tmp_path):
    """Return a function that writes a sheet, whose lines are separated by slashes, and returns its path."""

    def of(text):
        path = tmp_path / "sheet.csv"
        path.write_text(text.replace(" / ", "\n") + "\n", encoding="utf-8")
        return path

    return of


def problems(path, language="en", **how):
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, **how)
    return [getattr(problem, language) for problem in caught.value.texts]


def rows(path, **how):
    return {unit: list(row.values()) for unit, row in read_table(path, TREE, **how).to_dict("index").items()}


@pytest.mark.parametrize(
    "head", ["单位", "单位名称", "被评单位", "地区", "城市", "省份", "区县", "地  区", "名称", "Unit", "City"]
)
def test_units_are_found_under_any_word_for_them(sheet, head):
    assert rows(sheet(f"{head},a,b / X,1,2 / Y,3,4")) == {"X": [1, 2], "Y": [3, 4]}


def test_a_column_of_units_of_measurement_names_no_unit(sheet):
    long = "地区,指标,单位,数值 / X,a,件,5 / X,b,天,3 / Y,a,件,6 / Y,b,天,4"
    assert rows(sheet(long)) == {"X": [5, 3], "Y": [6, 4]}
    assert rows(sheet(long.replace("件", "万件").replace("天", "元/人"))) == {"X": [5, 3], "Y": [6, 4]}
    assert rows(sheet("region,indicator,unit,value / X,a,%,5 / X,b,%,3")) == {"X": [5, 3]}
    assert problems(sheet("指标,单位,数值 / a,件,5 / b,天,3")) == [
        "no column 'unit': the column '单位' holds units of measurement ('件', '天'); the header is 指标, 单位, 数值; "
        'if another column names who is ranked, declare unit = "..."'
    ]
    assert problems(sheet("指标,单位,数值 / a,件,5 / b,天,3"), "zh") == [
        "未找到被评单位一列（unit）：“单位”列为计量单位（“件”、“天”）；表头为：指标、单位、数值。如另有一列为被评单位，"
        '请写明 unit = "..."'
    ]


def test_listed_units_decide_which_column_names_them(sheet):
    text = "单位,地区,a,b / 处,X,1,2 / 班,Y,3,4"
    assert rows(sheet(text), units=["处", "班"]) == {"处": [1, 2], "班": [3, 4]}
    assert rows(sheet(text), units=["X", "Y"]) == rows(sheet(text)) == {"X": [1, 2], "Y": [3, 4]}
    both = "省份,城市,a,b / P,X,1,2 / P,Y,3,4"
    assert rows(sheet(both), units=["X", "Y"]) == rows(sheet(both)) == {"X": [1, 2], "Y": [3, 4]}
    assert problems(sheet("地区,a,b / X,1,2 / Z,3,4"), units=["X", "Y"]) == [
        "line 3: unit 'Z' is not in units; valid: X, Y"
    ]


def test_two_columns_that_could_name_the_units_are_asked_about(sheet):
    text = "省份,城市,a,b / P,X,1,2 / Q,Y,3,4"
    assert problems(sheet(text)) == [
        "each of the columns '省份', '城市' could name the units; declare unit = \"省份\", or another, or a list of "
        "those that name them together"
    ]
    assert problems(sheet(text), "zh") == [
        '“省份”、“城市”各列均可为被评单位；请写明 unit = "省份"（或其他一列；须几列合用时写作列表）'
    ]
    assert rows(sheet(text), unit="城市") == {"X": [1, 2], "Y": [3, 4]}


def test_no_column_of_units_is_told_with_the_header(sheet):
    assert problems(sheet("who,a,b / X,1,2")) == [
        "no column 'unit'; the header is who, a, b; if the column of units has another name, declare unit = \"...\""
    ]
    assert problems(sheet("甲,a,b / X,1,2"), "zh") == [
        '未找到被评单位一列（unit）；表头为：甲、a、b。如其中一列即被评单位，请写明 unit = "..."'
    ]


def test_known_columns_are_passed_over_and_published_ones_are_told(sheet):
    path = sheet("序号,代码,地区,省份,分组,排名,a,b,总分,备注,来源 / 1,01,X,P,g,2,1,2,80,x,y / 2,02,Y,P,g,1,3,4,90,,")
    assert rows(path) == {"X": [1, 2], "Y": [3, 4]}
    notes = read_sheet(path, {"a": Column("a"), "b": Column("b")}).notes
    assert [note.what.en for note in notes] == [
        "units found in the column '地区'",
        *(
            f"doubtful: the column '{head}' is no indicator and looks like published ranks or scores; name it in "
            "[record] of edition.toml to have the results checked against it"
            for head in ("排名", "总分")
        ),
    ]
    assert notes[1].what.zh == (
        "存疑：“排名”列不是指标，像是公布的名次或得分；可在 edition.toml 的 [record] 中写明此列，与所算结果核对"
    )


@pytest.mark.parametrize("head", ["2023年排名", "位次", "综合得分", "rank", "Rank 2023", "overall score"])
def test_published_ranks_and_scores_are_known_by_their_headings(sheet, head):
    assert rows(sheet(f"地区,a,b,{head} / X,1,2,1 / Y,3,4,2")) == {"X": [1, 2], "Y": [3, 4]}


def test_a_column_that_may_be_a_misspelt_indicator_is_no_published_score(sheet):
    tree = Framework([Node("index", ""), Node("a", "index"), Node("score1", "index", name_zh="总分1")])
    with pytest.raises(InputError, match="unknown column '总分': not in the framework; did you mean '总分1'"):
        read_table(sheet("地区,a,总分 / X,1,2 / Y,3,4"), tree)


def test_a_column_of_years_is_asked_about(sheet):
    path = sheet("年份,地区,a,b / 2024,X,1,2 / 2024,Y,3,4")
    assert problems(path) == [
        "the column '年份' holds years and is not in the framework; declare year = \"年份\", so that the rows of the "
        "edition's year count, or put it into ignore"
    ]
    assert problems(path, "zh") == [
        '“年份”一列为年份，不在指标体系中；请写明 year = "年份"，只取本年度的行，或列入 ignore'
    ]
    assert rows(path, ignore=["年份"]) == {"X": [1, 2], "Y": [3, 4]}


def test_a_long_sheet_without_values_is_told_so(sheet):
    path = sheet("城市,指标,结果 / X,a,1 / X,b,2")
    assert problems(path) == [
        "the column '指标' names indicators, and no column holds their values; head that one 'value', or rename it "
        "with names"
    ]
    assert problems(path, "zh") == [
        "“指标”一列为指标，而没有数值一列；请将数值所在的列改称“数值”（value），或用 names 改名"
    ]
    assert rows(path, names={"结果": "数值"}) == {"X": [1, 2]}


@pytest.mark.parametrize("indicator", ["指标", "指标名称", "指标代码", "Indicator"])
@pytest.mark.parametrize("value", ["数值", "值", "指标值", "数据", "Value"])
def test_a_long_sheet_is_known_by_words_of_either_language(sheet, indicator, value):
    assert rows(sheet(f"地区,{indicator},{value} / X,a,5 / X,b,3")) == {"X": [5, 3]}


@pytest.mark.parametrize("header", ["单位,指标,评估人,评分,观察日期", "城市,指标名称,评估员,得分,日期"])
def test_marks_are_known_by_words_of_either_language(sheet, header):
    marks = read_marks(sheet(f"{header} / X,a,1,0.5,2024-01-02 / X,b,1,1,"), TREE)
    assert marks[["unit", "indicator", "mark"]].values.tolist() == [["X", "a", 0.5], ["X", "b", 1.0]]
