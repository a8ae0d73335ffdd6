"""Reading a framework: headings of both languages, words for directions, parents by name, columns with two readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govtransparency as gt
from govtransparency import InputError, read_framework
from govtransparency.framework_file import DIRECTIONS
from govtransparency.texts.heading_words import HIGHER, LOWER

ENGLISH = "code,parent,name_zh,weight,direction,worst,best,unit\n"
ROWS = "index,,总指数,,,,,\np,index,公开,60,,,,\na,p,件数,1,{up},0,20,件\nb,index,天数,40,{down},30,5,天\n"
CHINESE = "代码,上级指标,名称,权重,方向,最差值,最优值,计量单位\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a framework from the text of its file."""

    def of(text, **arguments):
        path = tmp_path / "framework.csv"
        path.write_text(text, encoding="utf-8")
        return read_framework(path, **arguments)

    return of


def problems(read, text, language="en", **arguments):
    with pytest.raises(InputError) as caught:
        read(text, **arguments)
    return [getattr(problem, language) for problem in caught.value.texts]


@pytest.mark.parametrize(
    ("up", "down"), [("1", "-1"), ("正向", "逆向"), ("正", "负"), ("+", "−"), ("＋", "－"), ("越大越好", "成本型")]
)
def test_headings_and_directions_of_either_language_mean_the_same(read, up, down):
    rows = ROWS.format(up=up, down=down)
    assert read(CHINESE + rows) == read(ENGLISH + ROWS.format(up="1", down="-1"))


def test_a_heading_may_have_blanks_brackets_and_capital_letters(read):
    plain = read(ENGLISH + ROWS.format(up="1", down="-1"))
    header = '"Code","Parent","名 称","权重（%）","指标\n方向","最差值","最优值","计 量 单 位"\n'
    assert read(header + ROWS.format(up="1", down="-1")) == plain


def test_a_parent_may_be_given_by_a_name_that_one_node_has(read):
    text = CHINESE + ROWS.format(up="", down="-1").replace("a,p,", "a,公开,")
    assert read(text).parent("a") == "p"
    twice = text.replace("天数", "公开")
    assert problems(read, twice) == ["line 4, 'a': parent '公开' is missing; valid: b, index, p"]


def test_a_serial_number_and_a_note_are_passed_over(read):
    plain = read("code,parent,weight\nindex,,\na,index,3\nb,index,1\n")
    with_notes = read("序号,代码,上级指标,权重,说明,备注\n1,index,,,,\n2,a,index,3,x,\n3,b,index,1,,\n")
    assert with_notes.effective_weights.equals(plain.effective_weights)


@pytest.mark.parametrize("head", ["目标值", "满分", "标准值", "上限", "最大值", "target"])
def test_a_goalpost_that_may_be_either_is_asked_for(read, head):
    text = f"code,parent,名称,最差值,{head}\nindex,,,,\na,index,甲,0,10\nb,index,乙,0,10\n"
    assert problems(read, text) == [
        f"the column '{head}' does not say which goalpost it holds: head it 'best' if that is the value that scores "
        "most; if it is the largest value, that is 'best' where the direction is 1 and 'worst' where it is -1"
    ]
    assert problems(read, text, "zh") == [
        f"“{head}”列未写明是最差值还是最优值：若为得分最高的值，请将列名改为“最优值”（best）；若为数值的上限，则正向指标应填入"
        "“最优值”，逆向指标应填入“最差值”（worst）"
    ]
    assert read(text.replace("最差值", "note").replace(",10", ",").replace("0", "")).indicators == ("a", "b")
    both = text.replace(f",{head}", f",最优值,{head}").replace("0,10", "0,9,10").replace("index,,,,", "index,,,,,")
    assert read(both).goalposts["best"].tolist() == [9, 9]


@pytest.mark.parametrize(
    ("head", "cell", "name", "called", "words"),
    [
        ("权数", "80", "weight", "权重", "weight, weights, weight (%), 权重, 指标权重, 权重(%), 权重%, 权重值"),
        ("比重", "80%", "weight", "权重", "weight, weights, weight (%), 权重, 指标权重, 权重(%), 权重%, 权重值"),
        ("二级指标权重", "80", "weight", "权重", "weight, weights, weight (%), 权重, 指标权重, 权重(%), 权重%, 权重值"),
        ("指标性质", "逆向", "direction", "方向", "direction, 方向, 指标方向, 正逆向, 正负向, 正逆"),
    ],
)
def test_a_column_that_looks_like_one_that_counts_is_told(read, head, cell, name, called, words):
    text = f"code,parent,{head}\nindex,,\na,index,{cell}\nb,index,{cell}\n"
    assert problems(read, text) == [
        f"the column '{head}' looks like '{name}' and is not read; if it is, head it by one of {words}; if it is a "
        "note, call it note"
    ]
    listed = words.replace(", ", "、")
    assert problems(read, text, "zh") == [
        f"“{head}”列像是“{called}（{name}）”，但未采用；如是，请改用以下列名之一：{listed}；如为备注，请改称“备注”"
    ]
    assert read(text.replace(cell, "as agreed")).indicators == ("a", "b")  # a remark, whatever its heading


def test_misspelt_missing_and_repeated_columns_are_told(read):
    assert problems(read, "code,parent,Weigth\nindex,,\na,index,1\n")[0].startswith(
        "unknown column 'Weigth'; did you mean 'weight'? valid: code, parent,"
    )
    assert problems(read, "名称,权重\n甲,1\n") == ["column 'code' is missing", "column 'parent' is missing"]
    assert problems(read, "名称,权重\n甲,1\n", "zh") == ["缺少“代码（code）”一列", "缺少“上级指标（parent）”一列"]
    twice = "code,parent,weight,权重\nindex,,,\na,index,1,2\n"
    assert problems(read, twice) == ["the columns 'weight', '权重' both mean 'weight'; keep one of the two"]
    assert problems(read, twice, "zh") == ["“weight”、“权重”两列均为“权重（weight）”；请只保留一列"]


def test_a_direction_that_is_none_is_told_with_its_own_heading(read):
    text = "代码,上级指标,方向\nindex,,\na,index,适度\nb,index,2\n"
    assert problems(read, text) == [
        "line 3, 'a', column '方向': '适度' is no direction; expected 1 (larger values score higher) or -1 "
        "(smaller ones do)",
        "line 4, 'b': direction 2.0: expected 1 (larger values score higher) or -1 (smaller ones do)",
    ]
    assert problems(read, text, "zh")[0] == (
        "第3行，“a”，“方向”列：“适度”不是方向；请写1或正向（数值越大得分越高），-1或逆向（数值越小得分越高）"
    )


def test_no_word_is_a_direction_and_its_opposite():
    assert len(DIRECTIONS) == len({*HIGHER, *LOWER})


@given(st.sampled_from([*HIGHER, *LOWER, "1", "-1"]))
def test_every_word_for_a_direction_is_read(tmp_path_factory, word):
    path = tmp_path_factory.getbasetemp() / "direction.csv"
    path.write_text(f"代码,上级指标,方向\nindex,,\na,index,{word}\nb,index,\n", encoding="utf-8")
    assert gt.read_framework(path).directions.to_dict() == {"a": -1 if word in (*LOWER, "-1") else 1, "b": 1}
