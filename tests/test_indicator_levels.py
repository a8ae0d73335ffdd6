"""A table of 一级指标, 二级指标 and 三级指标 with their weights, read as a framework."""

import openpyxl
import pytest

from govtransparency import InputError, read_framework

CASE_20 = "一级指标,二级指标,三级指标,权重\n公开,主动公开,a,30\n,,b,20\n回应,热线,c,50\n"


def tree(framework):
    return [(node.code, node.parent, node.weight) for node in framework.nodes]


AS_TREE = [
    ("index", "", 1),
    *(("公开", "index", 1), ("主动公开", "公开", 1), ("a", "主动公开", 30), ("b", "主动公开", 20)),
    *(("回应", "index", 1), ("热线", "回应", 1), ("c", "热线", 50)),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_empty_cells_of_a_level_mean_what_stands_above(write, encoding):
    framework = read_framework(write(CASE_20, "framework.csv", encoding))
    assert tree(framework) == AS_TREE
    assert framework.names("zh")["主动公开"] == "主动公开"


def test_merged_cells_of_a_workbook_mean_the_same(tmp_path):
    book = openpyxl.Workbook()
    for row in [line.split(",") for line in CASE_20.splitlines()]:
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    for area in ("A2:A3", "B2:B3"):
        book.active.merge_cells(area)
    book.save(tmp_path / "体系.xlsx")
    assert tree(read_framework(tmp_path / "体系.xlsx")) == AS_TREE


@pytest.mark.parametrize(
    "text",
    [
        "一级指标,一级权重,二级指标,二级权重\n甲,60%,a,50%\n,,b,50%\n乙,40%,c,100%\n",
        "一级指标,权重,二级指标,权重\n甲,0.6,a,0.5\n甲,0.6,b,0.5\n乙,0.4,c,1\n",
        "一级指标,二级指标,一级权重,二级权重\n甲,a,0.6,0.5\n,b,,0.5\n乙,c,0.4,1\n",
        "Level 1,Level 2,weight 1,weight 2\n甲,a,0.6,0.5\n,b,,0.5\n乙,c,0.4,1\n",
    ],
)
def test_weights_stand_beside_their_level_or_are_called_after_it(write, text):
    framework = read_framework(write(text, "framework.csv"))
    assert framework.effective_weights.round(12).to_dict() == {"a": 0.3, "b": 0.3, "c": 0.4}
    assert framework.weights.to_dict() == {"index": 1, "甲": 0.6, "a": 0.5, "b": 0.5, "乙": 0.4, "c": 1}


def test_other_columns_are_of_the_leaves_and_codes_too(write):
    text = "一级指标,二级指标,代码,direction,unit,worst,best\n甲,天数,a,-1,天,30,0\n,件数,b,1,件,,\n"
    framework = read_framework(write(text, "framework.csv"))
    days = framework.node("a")
    assert (days.name_zh, days.parent, days.direction, days.unit, days.worst, days.best) == (
        "天数",
        "甲",
        -1,
        "天",
        30,
        0,
    )


def test_a_title_may_stand_above_and_totals_below_are_named(write):
    assert tree(read_framework(write("某市指标体系,,,\n" + CASE_20, "framework.csv"))) == AS_TREE
    with pytest.raises(InputError) as caught:
        read_framework(write(CASE_20 + "合计,,,100\n注：试行,,,\n", "framework.csv"))
    assert list(caught.value.problems) == [
        f"line {line} names no indicator, or is a total or a note; name it or take it out" for line in (5, 6)
    ]


def test_levels_may_be_left_out_and_names_stand_in_several_places(write):
    text = "一级指标,二级指标,三级指标\n甲,甲,x\n,乙,\n丙,,x\n"
    framework = read_framework(write(text, "framework.csv"))
    assert [(node.code, node.parent) for node in framework.nodes[1:]] == [
        *(("甲", "index"), ("甲-甲", "甲"), ("x", "甲-甲"), ("乙", "甲"), ("丙", "index"), ("丙-x", "丙")),
    ]


def test_a_name_that_is_taken_goes_behind_that_of_its_parent_as_often_as_needed(write):
    text = "一级指标,二级指标,代码\n甲,x,\n,y,乙-x\n乙,x,\n,乙,\n丙,z,index-丁\n,w,丁\n丁,v,\n"
    framework = read_framework(write(text, "framework.csv"))
    assert [(node.code, node.parent, node.name_zh or node.name_en) for node in framework.nodes[1:]] == [
        *(("甲", "index", "甲"), ("x", "甲", "x"), ("乙-x", "甲", "y")),
        *(("乙", "index", "乙"), ("乙-乙-x", "乙", "x"), ("乙-乙", "乙", "乙")),
        *(("丙", "index", "丙"), ("index-丁", "丙", "z"), ("丁", "丙", "w"), ("index-index-丁", "index", "丁")),
        ("v", "index-index-丁", "v"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "一级指标,二级指标,一级权重\n甲,a,0.6\n,b,0.5\n,a,\n",
            [
                "line 3: the weight of '甲' is 0.5 here and 0.6 above; a node has one weight",
                "line 4: 'a' stands below the same parent on line 2 already; give one of them another name",
            ],
        ),
        (
            "一级指标,二级指标,权重\n甲,a,1\n,,100\n",
            ["line 3 names no indicator, or is a total or a note; name it or take it out"],
        ),
        (
            "一级指标,二级指标,三级权重,一级指标\n甲,a,1,乙\n",
            [
                "two columns are of level 1; keep one of them",
                "column 3, '三级权重': of which level the weights are is not clear; call it after the level: "
                "'weight 1'",
            ],
        ),
        ("一级指标,二级指标,x,x\n甲,a,1,2\n", ["the header has the columns 'x' twice"]),
        (
            "一级指标,二级指标,代码\n甲,天数,a1\n,件数,a1\n乙,金额,甲\n,人数,index\n,乙,件数\n",
            [
                "line 3: the code 'a1' is that of '天数' on line 2 already; give each its own code",
                "line 4: the code '甲' is that of '甲' on line 2 already; give each its own code",
                "line 5: 'index' is the code of the whole index; give the indicator another code",
                "line 6: the code '件数' is that of '件数' on line 3 already; give each its own code",
            ],
        ),
        (
            "Level 1,Level 2,code\nOpen,b,\n,c,b\n",
            ["line 3: the code 'b' is that of 'b' on line 2 already; give each its own code"],
        ),
    ],
)
def test_what_is_wrong_with_a_table_of_levels_is_one_error(write, text, found):
    with pytest.raises(InputError) as caught:
        read_framework(write(text, "framework.csv"))
    assert list(caught.value.problems) == found


def test_a_header_of_levels_without_a_row_is_told(tmp_path):
    path = tmp_path / "framework.csv"
    path.write_text("一级指标,二级指标,权重\n", encoding="utf-8")
    with pytest.raises(InputError, match="no indicator stands below the header in line 1"):
        read_framework(path)


def test_weights_of_rows_that_end_higher_are_of_the_node_that_ends_them(write):
    weights = {node.code: node.weight for node in read_framework(write("一级指标,二级指标,权重\nP,,20\nQ,,80\n")).nodes}
    assert weights == {"index": 1, "P": 20, "Q": 80}
    mixed = "一级指标,二级指标,三级指标,权重\nP,a,,20\n,b,,30\nQ,c,,50\n"
    tree = read_framework(write(mixed), weights="of_the_whole")
    assert tree.effective_weights.to_dict() == pytest.approx({"a": 0.2, "b": 0.3, "c": 0.5})


def test_a_weight_of_a_level_that_a_row_lacks_is_told(write):
    text = "一级指标,二级指标,三级指标,三级权重\nP,a,x,20\n,b,,30\n"
    with pytest.raises(InputError, match="line 3: a weight in column '三级权重', but no indicator of that level"):
        read_framework(write(text))


@pytest.mark.parametrize("header", ["一级指标,二级指标,二级权重,权重", "一级指标,一级权重,二级指标,二级权重,权重"])
def test_a_weight_column_behind_one_of_the_same_level_is_refused(write, header):
    row = {"一级指标": "A", "一级权重": "1", "二级指标": "a", "二级权重": "30", "权重": "1"}
    with pytest.raises(InputError, match="of which level the weights are is not clear"):
        read_framework(write(f"{header}\n{','.join(row[head] for head in header.split(','))}\n"))


def test_a_weight_column_behind_the_last_level_is_that_level_s_where_an_upper_one_has_its_own(write):
    tree = read_framework(write("一级指标,一级权重,二级指标,权重\nP,1,a,30\n,,b,70\nQ,3,c,1\n"))
    assert tree.effective_weights.to_dict() == pytest.approx({"a": 0.075, "b": 0.175, "c": 0.75})


def test_percent_weights_of_the_whole_may_stand_beside_blank_ones(write):
    text = "code,parent,weight\nindex,,\np,index,\nq,index,20%\na,p,50%\nb,p,30%\n"
    tree = read_framework(write(text), weights="of_the_whole")
    assert tree.effective_weights.to_dict() == pytest.approx({"q": 0.2, "a": 0.5, "b": 0.3})
    minus = "code,parent,weight\nindex,,\na,index,−5%\nb,index,1，000%\n"
    with pytest.raises(InputError, match="weight"):
        read_framework(write(minus))
