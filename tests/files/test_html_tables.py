"""Tables of web pages, also of those that are called workbooks."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govtransparency import InputError
from govtransparency.files import html_tables, sheet_content
from govtransparency.files.file_form import FileForm
from govtransparency.files.table_files import read_table_file

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table border=1><tr><th>地区</th><th>公开<br>件数</th><th>备注</th></tr>
<tr><td rowspan=2>甲&nbsp;</td><td>1,200</td><td>a &lt; b</td></tr>
<tr style="display:none"><td>85%</td><td></td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig"])
def test_the_table_of_a_web_page_called_xls_is_read(write, encoding):
    page = PAGE if encoding == "gbk" else PAGE.replace("gb2312", encoding)
    table = read_table_file(write(page.encode(encoding), "导出.xls"))
    assert table.cells.to_dict("list") == {"地区": ["甲", "甲"], "公开\n件数": ["1,200", "85%"], "备注": ["a < b", ""]}
    assert [note.en for note in table.notes if "UTF" not in note.en] == [
        "the file is the table of a web page, read as the page shows it",
        "the 1 hidden rows of the sheet are read like the others",
        "the text of merged cells is taken for the 1 cells that they cover, but no figure is",
    ]


def test_a_web_page_of_several_tables_or_of_none(write, refused):
    assert refused(write(PAGE.replace("</body>", "") + PAGE, "a.xls", "gbk")) == [
        "the web page holds 2 tables; open it in a spreadsheet program, keep one and save it as .xlsx"
    ]
    assert refused(write("<html><p>nothing</p></html>", "a.xls")) == [
        "the file is a web page or XML; open it in a spreadsheet program and save it as .xlsx"
    ]


@given(text=st.text(st.sampled_from("<>/=\"' 1甲tablerdhspnow")), span=st.integers(-1, 10**9))
def test_any_web_page_is_read_or_refused(tmp_path_factory, text, span):
    path = tmp_path_factory.mktemp("any") / "a.xls"
    path.write_text(f"<html><table><tr><td colspan={span}>a<td rowspan={span}>b</tr>{text}<tr><td>1", encoding="utf-8")
    with contextlib.suppress(InputError):
        read_table_file(path)


def test_what_is_declared_for_another_kind_is_refused(write, refused):
    assert refused(write(PAGE, "a.xls", "gbk"), sheet="x") == [
        "sheet is declared, but the file is the table of a web page, which needs none"
    ]
    assert read_table_file(write(PAGE, "a.xls", "gbk"), FileForm(encoding="gbk")).cells.shape == (2, 3)


HEAD = "<tr><td>unit<td>a</tr>"


def page(rows, charset=None):
    head = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{head}</head><table>{rows}</table></html>"


@pytest.mark.parametrize(
    ("charset", "encoding", "name"),
    [
        ("Big5", "big5", "臺北市"),
        ("shift_jis", "cp932", "髙崎①"),
        ("euc-kr", "cp949", "서울시"),
        ("windows-1251", "cp1251", "Москва"),
        ("ISO-8859-1", "cp1252", "São Tomé – “x”"),
        ("UTF-8", "utf-8", "Türkiye"),
        ("utf-8", "utf-8", "业"),
        ("x-gbk", "gb18030", "青岛市"),
        ("gb2312", "gb18030", "䶮镇"),
        ("GB2312", "utf-8-sig", "青岛市"),
        ("UTF-16", "utf-8", "青岛市"),
        ("no-such", "utf-8", "青岛市"),
    ],
)
def test_a_web_page_is_read_in_the_encoding_that_it_declares(write, charset, encoding, name):
    content = page(f"{HEAD}<tr><td>{name}<td>1</tr>", charset).encode(encoding)
    assert read_table_file(write(content, "a.xls")).cells.to_dict("list") == {"unit": [name], "a": ["1"]}


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "gbk"), ("iso-8859-1", "gbk"), ("windows-1252", "utf-8"), ("gb2312", "utf-8"), ("big5", "utf-8")],
)
def test_a_web_page_is_read_by_its_bytes_where_it_says_otherwise(write, charset, encoding):
    path = write(page(f"{HEAD}<tr><td>北京市<td>1</tr>", charset).encode(encoding), "a.xls")
    read = read_table_file(path)
    assert read.cells["unit"].tolist() == ["北京市"]
    assert any(note.en.startswith("the page says that it is in ") for note in read.notes)


def test_a_web_page_that_is_chinese_by_its_bytes_and_not_by_its_word_is_refused_until_one_is_declared(write, refused):
    path = write(page(f"{HEAD}<tr><td>北京市<td>1</tr>", "windows-1251").encode("gbk"), "a.xls")
    (problem,) = refused(path)
    assert problem.startswith("the encoding is in doubt: in windows-1251 a cell says ") and "北京市" in problem
    assert read_table_file(path, FileForm(encoding="gbk")).cells["unit"].tolist() == ["北京市"]


def test_a_charset_outside_the_head_of_a_page_declares_nothing(write):
    content = page(f"{HEAD}<tr><td>charset=koi8-r 青岛市<td>1</tr>").encode()
    assert read_table_file(write(content, "a.xls")).cells["unit"].tolist() == ["charset=koi8-r 青岛市"]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("<tr><td>A<td>1</tr><![<![<tr><td>B<td>2</tr>", [["A", "1"], ["B", "2"]]),  # a comment up to the first >
        ("<tr><td>A<td>1</tr><![if !x]><tr><td>B<td>2</tr><![endif]>", [["A", "1"], ["B", "2"]]),
        ("<tr><td>A<td>1</tr><![CDATA[x]]><tr><td>B<td>2</tr>", [["A", "1"], ["B", "2"]]),
        ("<tr><td>A<td>1</tr><!-- <tr><td>B<td>2", [["A", "1"]]),
        ("<tr><td>A<td>1</tr><tr><td>B<td>5<", [["A", "1"], ["B", "5<"]]),
        ("<tr><td>A<td>1</tr><tr><td>B<td>5 & 6", [["A", "1"], ["B", "5 & 6"]]),
        ("<tr><td>A<td>x&#" + "1" * 5000 + ";</tr>", [["A", "x\ufffd"]]),
        ("<tr><td>A<td>x&#0000000066;</tr>", [["A", "xB"]]),
        ("<tr><td>A<td colspan=" + "0" * 5000 + "1>1</tr>", [["A", "1"]]),
        ("<tr><td>A<td rowspan='1 x'>1</tr><tr><td>B<td>2", [["A", "1"], ["B", "2"]]),
        ("<tr><td>A<td colspan=-3>1</tr>", [["A", "1"]]),
        ("<tr><td rowspan=0>A<td>1</tr><tr><td>2</tr>", [["A", "1"], ["A", "2"]]),
        ("<tr><td rowspan=" + "9" * 5000 + ">A<td>1</tr><tr><td>2</tr>", [["A", "1"], ["A", "2"]]),
        ("<tbody><tr><td rowspan=9>A<td>1</tbody><tbody><tr><td>B<td>2</tbody>", [["A", "1"], ["B", "2"]]),
        ("<tbody><tr><td rowspan=9>A<td>1<tr><td>3</tbody><tr><td>B<td>2", [["A", "1"], ["A", "3"], ["B", "2"]]),
    ],
)
def test_odd_web_pages_are_read_as_browsers_show_them(write, rows, cells):
    content = f"<html><table>{HEAD}{rows}"
    assert read_table_file(write(content, "a.xls")).cells.to_numpy().tolist() == cells


@pytest.mark.parametrize(
    "end", ["<a ", "<!--", "</a ", "<?", "<!", "<![", "<a b='", "<a b='<a c=\"", "</script", "<!-- >"]
)
def test_a_page_of_tags_without_an_end_is_read_in_one_pass(write, end):
    content = f"<html><table>{HEAD}<tr><td>A<td>1</tr></table>" + end * 50_000
    assert read_table_file(write(content, "a.xls")).cells.to_numpy().tolist() == [["A", "1"]]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ("<tr>" + "<td colspan=99999>" * 17, "YCV1"),
        (("<tr>" + "<td colspan=1000>" * 10 + "</tr>") * 20, "ALL11"),
        ("<tr>" + "<td colspan=1000 rowspan=70000>" * 10 + "</tr>" + "<tr><td>" * 20, "NTQ10"),
        ("<tr><td>1" * 200 + "<tr>" + "<td colspan=1000>1" * 2, "ALM201"),
    ],
)
def test_a_web_table_larger_than_any_is_refused_as_it_is_read(write, refused, monkeypatch, rows, cell):
    monkeypatch.setattr(html_tables, "LARGEST", 100_000)
    monkeypatch.setattr(sheet_content, "LARGEST", 100_000)
    path = write(f"<html><table>{rows}</table></html>", "a.xls")
    assert refused(path) == [
        f"sheet '{path}' reaches to cell {cell}, larger than any table; delete the stray cells far from the others"
    ]
