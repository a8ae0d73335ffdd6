"""A TOML file typed with a Chinese keyboard: the error says what to type, line by line."""

import tomllib

import pytest

import govtransparency as gt
from govtransparency.editions.expressions import parse, sides
from govtransparency.editions.toml_mistakes import toml_mistakes

CASES = {
    "[groups]\n省级 = { en = \"Provinces\" }": ['line 2: 省级 stands in quotation marks: "省级"'],
    '[groups.县区]\nen = "Counties"': ['line 1: 县区 stands in quotation marks: "县区"'],
    "title = { zh = “城市” }": ['line 1: type "城市" in place of the full-width “城市”'],
    'year ＝ 2024': ["line 1: type = in place of the full-width ＝"],
    'title = { en = "A"， zh = "甲，乙" }': ["line 1: type , in place of the full-width ，"],
    "year = ２０２４": ["line 1: type 2024 in place of the full-width ２０２４"],
    "status = 自行采集": ['line 1: 自行采集 stands in quotation marks: "自行采集"'],
    "［groups］\n［groups.a］": [
        "line 1: type [ ] in place of the full-width ［ ］", "line 2: type [ ] in place of the full-width ［ ］",
    ],
    '省 = { zh = “省” }\n市 ＝ 1': [
        'line 1: 省 stands in quotation marks: "省"',
        'line 1: type "省" in place of the full-width “省”',
        'line 2: 市 stands in quotation marks: "市"',
        "line 2: type = in place of the full-width ＝",
    ],
    '省 = 1\nx = ': [
        'line 1: 省 stands in quotation marks: "省"',
        "once this is corrected, there is still: Invalid value (at end of document)",
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_what_to_type_is_said_line_by_line(text):
    found = toml_mistakes(text)
    assert [problem.en for problem in found] == CASES[text]
    assert all("行：" in problem.zh or "改正" in problem.zh for problem in found)


@pytest.mark.parametrize(
    "text", ['a = "甲，乙" # 注：“丙”', "a = '＝'", 'a = """\n“甲”，乙 ＝ 丙\n"""', '"省级" = 1', "x = [", ""]
)
def test_marks_within_texts_and_comments_are_no_mistakes(text):
    assert toml_mistakes(text) == []


def test_the_edition_is_refused_in_both_languages(toy_root):
    path = toy_root / "toy" / "2024" / "edition.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[groups]", "[groups]\n省级 ＝ {}", 1), encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=toy_root)
    assert '须加英文引号，写作 "省级"' in caught.value.in_language("zh")
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("（x + y）／ y", "(x + y) / y"),
        ("x÷y", "x/y"),
        ("x × ２．５", "x * 2.5"),
        ("－x ＋ ｙ", "-x + ｙ"),
        ("max（x， y）", "max(x, y)"),
        ("“办结数（件）” ÷ '申请数'", "\"办结数（件）\" / '申请数'"),
    ],
)
def test_marks_of_a_chinese_keyboard_are_read_in_expressions(typed, meant):
    assert parse(typed).steps == parse(meant).steps


def test_full_width_signs_of_equality_part_an_identity_and_names_stay_as_they_are():
    assert [side.strip() for side in sides("a ＝＝ b")] == ["a", "b"]
    assert parse('"常住人口（万人）" * 2').columns == ("常住人口（万人）",)


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("a = ", "文件末尾，值无效；文本须加英文引号"),
        ("a = b", "第1行第5列，值无效；文本须加英文引号"),
        ("a", "文件末尾，键之后缺少 ="),
        ("a = [1", "文件末尾，列表缺少 ]"),
        ("a = { b = 1", "文件末尾，缺少 }"),
        ("= 1", "第1行第1列，语句无效；每行应为 键 = 值"),
        ("a = 1\na = 2\n", "第2行第6列，同一个键写了两次"),
        ("[a]\n[a]", "第2行第3列，同一个表写了两次"),
        ("a = 1 2", "第1行第7列，值之后有多余的内容"),
        ('a = "x', "文件末尾，文本缺少结束的引号"),
    ],
)
def test_what_is_no_toml_is_told_in_chinese_too(toy_root, text, zh):
    path = toy_root / "toy" / "2024" / "edition.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(gt.InputError) as caught:
        gt.read_edition("toy", 2024, root=toy_root)
    (problem,) = caught.value.texts
    assert problem.zh == f"不是有效的TOML：{zh}"
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    assert problem.en == str(error.value)
