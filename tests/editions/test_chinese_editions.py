"""Editions whose files are written in Chinese: signs, workbooks, dates, names of variables, status, denominators."""

import zipfile

import pytest
from openpyxl import Workbook

from govtransparency import InputError, read_edition

EDITION = """\
schema = 1
index = "t"
year = 2024
status = "own"
title = { en = "Test", zh = "测试" }
groups = { city = { en = "Cities", zh = "城市" } }

[[sheets]]
file = "sheet.csv"

[recipe]
normalise = "min_max"
aggregate = "arithmetic_mean"
missing = { method = "spread_weights", min_coverage = 0.5 }
rank = { decimals = 2, ties = "min" }
"""
FRAMEWORK = "code,parent,worst,best,unit\nindex,,,,\na,index,0,100,%\nb,index,0,10,\n"


@pytest.fixture
def edition(tmp_path):
    """Return a function: an edition of three units, of files as given or as usual."""
    folder = tmp_path / "data" / "raw" / "t" / "2024"
    folder.mkdir(parents=True)

    def read(sheet=None, more="", keys="", status="own", file="sheet.csv", units="", framework=FRAMEWORK):
        (folder / "framework.csv").write_text(framework, encoding="utf-8")
        (folder / "units.csv").write_text(units or "unit,group\nA,city\nB,city\nC,city\n", encoding="utf-8")
        if sheet is not None:
            (folder / file).write_text(sheet, encoding="utf-8")
        text = EDITION.replace('"sheet.csv"\n', f'"{file}"\n{keys}').replace('"own"', f'"{status}"') + more
        (folder / "edition.toml").write_text(text, encoding="utf-8")
        return read_edition("t", 2024, root=tmp_path / "data" / "raw")

    read.folder = folder
    return read


def scores(edition):
    return edition.index_of("city").scores["index"].round(4).to_dict()


def said(edition, *given, language="zh", **more):
    with pytest.raises(InputError) as caught:
        edition(*given, **more)
    return [getattr(text, language).replace(f"{edition.folder}/", "") for text in caught.value.texts]


# -- per cent in all its forms ---------------------------------------------------------------------------------------


def test_the_sign_of_per_cent_may_be_wide_in_variables_and_framework(edition):
    """Case 5."""
    read = edition(
        "unit,x,y\nA,85％,85%\nB,5,5\nC,50％,50%\n",
        '[variables]\nx = { zh = "率", en = "x", unit = "％" }\ny = { zh = "比", en = "y", unit = "%" }\n'
        '[derived]\na = "x"\nb = "y"\n',
        framework=FRAMEWORK.replace("10,", "100,﹪").replace("100,%", "100,"),
    )
    assert scores(read) == {"A": 85.0, "B": 5.0, "C": 50.0}


def workbook(path, cells, formats):
    book = Workbook()
    sheet = book.active
    sheet.append(["unit", "a", "b"])
    for row, (unit, value, other) in enumerate(zip("ABC", cells, (1, 2, 3), strict=True), start=2):
        sheet.append([unit, value, other])
        sheet.cell(row, 2).number_format = formats[row - 2]
    book.save(path)


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="s">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods(path, rows):
    """Write a sheet of texts, numbers and shares shown as per cent."""

    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        kind = "percentage" if isinstance(value, float) else "float"
        return (
            f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>x</text:p></table:table-cell>'
        )

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows=body))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xlsm", "ods", "mixed csv", "mixed xlsx"])
def test_a_share_shown_as_per_cent_is_that_per_cent_in_any_file(edition, kind):
    """Case 8."""
    mixed, _, kind = kind.rpartition(" ")
    file = f"sheet.{kind}"
    path = edition.folder / file
    text = None
    if kind == "csv":
        text = "unit,a,b\nA,85.3%,1\nB,60,2\nC,55.0%,3\n" if mixed else "unit,a,b\nA,85.3%,1\nB,60.0%,2\nC,55.0%,3\n"
    elif kind == "ods":
        ods(path, [["unit", "a", "b"], ["A", 0.853, 1], ["B", 0.6, 2], ["C", 0.55, 3]])
    else:
        workbook(path, (0.853, 60 if mixed else 0.6, 0.55), ("0.0%", "General" if mixed else "0.0%", "0.0%"))
    assert scores(edition(text, file=file)) == {"A": 47.65, "B": 40.0, "C": 42.5}


# -- words and multiples ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "keys", "expected"),
    [
        (("优秀", 60, 80), (1, 5, 2), '{ "优秀" = 100 }', {"A": 55.0, "B": 55.0, "C": 50.0}),
        (("无", 30, 80), (10, 5, 2), '{ "无" = 0 }', {"A": 50.0, "B": 40.0, "C": 50.0}),
        (("…", 30, 60), (9, 5, 4), '{ "…" = 0 }', {"A": 45.0, "B": 40.0, "C": 50.0}),
    ],
)
def test_words_that_are_declared_are_numbers(edition, a, b, keys, expected):
    """Cases 17, 17a and 18, in per cent."""
    sheet = "unit,a,b\n" + "".join(f"{unit},{x},{y}\n" for unit, x, y in zip("ABC", a, b, strict=True))
    assert scores(edition(sheet, keys=f"values = {keys}\n")) == expected
    (problem,) = said(edition, sheet)  # once, and nothing that follows
    assert problem.startswith(f"sheet.csv：第2行，被评单位“A”，“a”列：“{a[0]}”")


def test_multiples_are_settled_by_a_key(edition):
    """Case 19."""
    sheet, framework = "unit,a,b\nA,1.2万,9\nB,9800,5\nC,3万,4\n", "code,parent\nindex,\na,index\nb,index\n"
    assert said(edition, sheet, framework=framework) == [
        "sheet.csv：“a”列，2个单元格（第2行，被评单位“A”：“1.2万”；第4行，被评单位“C”：“3万”）：“1.2万”即12000；请在文件中"
        '改为数字，或为该表写明换算：multiples = ["万"]；切勿只留下前面的数字'
    ]
    read = edition(sheet, keys='multiples = ["万", "亿", "千"]\n', framework=framework)
    assert read.tables["city"]["a"].tolist() == [12000, 9800, 30000]
    assert said(edition, sheet, keys='multiples = ["k"]\n', framework=framework) == [
        'edition.toml：数据表“sheet.csv”：multiples = ["k"]；应为如 ["十", "百", "千", "万", "亿"] 的列表'
    ]


def test_a_denominator_with_a_multiple_is_one_error_with_its_place(edition):
    """Case 32."""
    more = 'treat = [{ method = "denominate", by = { a = "units:pop" } }]\n'
    sheet = "unit,a,b\nA,1,9\nB,2,5\nC,3,4\n"
    for cell, plainly in (("120万", "；请写作1200000"), ("1.5亿", "；请写作150000000"), ("约3", "")):
        units = f"unit,group,pop\nA,city,{cell}\nB,city,90\nC,city,80\n"
        assert said(edition, sheet, more, units=units) == [
            f"edition.toml：units.csv：第2行，被评单位“A”，“pop”列：“{cell}”不是数字{plainly}"
        ]


# -- dates -----------------------------------------------------------------------------------------------------------

MARKS = "单位,指标,评估人,评分,观察日期\n" + "".join(
    f"{unit},{code},甲,{mark},{{}}\n" for mark, unit in enumerate("ABC", start=1) for code in "ab"
)
DATES = ("2024/3/5", "2024年3月5日", "2024.3.5", "2024-3-5", "２０２４／３／５", "2024-03-05")


def test_dates_of_marks_are_read_and_told(edition):
    """Case 28."""
    read = edition(MARKS.format(*DATES), keys='kind = "marks"\n')
    assert {str(day.date()) for day in read.marks["observed_on"]} == {"2024-03-05"}
    assert read.reading[["where_zh", "note_zh", "count"]].values.tolist() == [
        ["文件", "被评单位见“单位”列", 1],
        ["第2行，“观察日期”列", "“2024/3/5”读作2024-03-05", 5],
    ]


@pytest.mark.parametrize("half", ["2024年3月", "3月5日", "45356"])
def test_a_half_date_is_one_problem(edition, half):
    (problem,) = said(edition, MARKS.format(half, *DATES[1:]), keys='kind = "marks"\n')
    assert problem.startswith(f"sheet.csv：第2行，“观察日期”列：“{half}”")


# -- names of variables, and the status ------------------------------------------------------------------------------

VARIABLES = """\
[variables]
x = { zh = "办结数", en = "done" }
y = { zh = "申请数", en = "asked in all" }
[derived]
a = "（办结数 × 100）／ 'asked in all'"
[identities]
"办结不多于申请" = "办结数 + 0 == done"
"""


@pytest.mark.parametrize("heads", ["x,y", "办结数,申请数", "done,申请数", "x,asked in all"])
def test_names_of_variables_work_in_expressions_and_as_heads(edition, heads):
    """Case 29a."""
    read = edition(f"unit,{heads},b\nA,1,2,5\nB,1,4,6\nC,3,3,7\n", VARIABLES)
    assert read.tables["city"]["a"].tolist() == [50, 25, 100]
    assert read.identities["kept"].tolist() == [3]


def test_a_name_of_two_variables_is_none(edition):
    twice = VARIABLES.replace('zh = "申请数"', 'zh = "办结数"')
    (problem,) = said(edition, "unit,x,y,b\nA,1,2,5\nB,1,4,6\nC,3,3,7\n", twice)[:1]
    assert "没有“办结数”列" in problem


def test_names_of_indicators_work_in_expressions_too_unless_they_are_derived(edition):
    framework = "code,parent,name_zh\nindex,,\na,index,甲\nb,index,乙\n"
    read = edition("unit,乙\nA,1\nB,2\nC,4\n", '[derived]\na = "2 × 乙"\n', framework=framework)
    assert read.tables["city"]["a"].tolist() == [2, 4, 8]
    read = edition("unit,甲,乙\nA,1,1\nB,2,1\nC,4,1\n", '[derived]\na = "10 * 甲"\n', framework=framework)
    assert read.tables["city"]["a"].tolist() == [10, 20, 40]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        *[
            ("自行采集", "own"),
            ("自采", "own"),
            ("官方", "official"),
            ("官方数据", "official"),
            ("已发表", "published"),
        ],
        *[("公开发表", "published"), ("第三方", "third-party"), ("自报", "self-reported"), ("模拟", "simulated")],
        *[("own", "own"), ("Official", "official")],
    ],
)
def test_the_status_may_be_written_in_chinese(edition, word, status):
    assert edition("unit,a,b\nA,1,2\nB,3,4\nC,5,6\n", status=word).status == status


def test_an_unknown_status_lists_the_chinese_words_too(edition):
    assert said(edition, "unit,a,b\nA,1,2\nB,3,4\nC,5,6\n", status="内部") == [
        "edition.toml：数据性质“内部”未知；可用：official、published、third-party、self-reported、own、simulated（也可写中文："
        "官方、已发表、第三方、自报、自行采集、模拟）"
    ]


def test_full_width_commas_are_separators_where_they_are_declared(edition):
    """Case 27."""
    text = "unit，a，b\nA，10，1\nB，5，2\nC，0，3\n"
    assert edition(text, keys='separator = "，"\n').tables["city"]["a"].tolist() == [10, 5, 0]
    (problem,) = said(edition, text)
    assert problem.endswith('请改用半角逗号（,）保存，或写明 separator = "，"')
