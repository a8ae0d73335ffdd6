"""Raw CSV files: what is read without a word, and what is refused with a line number."""

import pytest

from govtransparency import InputError
from govtransparency.files.plain_numbers import to_number
from govtransparency.files.table_files import read_csv


def test_byte_order_mark_semicolons_comments_and_blank_lines_are_simply_read(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes("\ufeff# Source: somebody\nunit;值\n\nNA;1\nb;2,5\n".encode())
    table = read_csv(path)
    assert table.to_dict("list") == {"unit": ["NA", "b"], "值": ["1", "2,5"]}
    assert list(table.index) == [4, 5]


def test_quoted_cells_may_hold_separators_and_line_breaks(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text('a,b\n"one, two","x\ny"\n3,4\n', encoding="utf-8")
    table = read_csv(path)
    assert table["a"].tolist() == ["one, two", "3"]
    assert list(table.index) == [2, 4]


def test_wrong_encoding_names_the_line(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes(b"unit,a\n" + "青岛,1\n".encode("gb18030"))
    with pytest.raises(InputError, match=r"line 2: not UTF-8 \(byte 0xc7\)") as caught:
        read_csv(path)
    assert caught.value.texts[0].zh.startswith(
        "第2行：不是UTF-8编码（字节0xc7）；请在Excel中另存为“CSV UTF-8（逗号分隔）”"
    )


def test_rows_of_another_length_are_all_listed(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("a,b\n1\n1,2\n1,2,3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_csv(path)
    assert caught.value.problems == ("line 2: 1 cells, but the header has 2", "line 4: 3 cells, but the header has 2")
    assert caught.value.texts[1].zh == "第4行有3个单元格，而表头有2列"


def test_double_headers_empty_and_missing_files(tmp_path):
    (tmp_path / "twice.csv").write_text("a,a\n1,2\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="duplicate column 'a' in the header"):
        read_csv(tmp_path / "twice.csv")
    with pytest.raises(InputError, match="the file is empty"):
        read_csv(tmp_path / "empty.csv")
    with pytest.raises(InputError, match="no such file"):
        read_csv(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1.0),
        (" -2.5 ", -2.5),
        ("1e3", 1000.0),
        ("12,345.5", 12345.5),
        ("85%", 0.85),
        ("85\uff05", 0.85),
        ("\u22123", -3.0),
        ("\uff11\uff12", 12.0),
        ("1,23", None),
        ("1_000", None),
        ("three", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(text, number):
    assert to_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234,567.8", 1234567.8), ("-12,345", -12345.0), ("\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15", 1234.5)],
)
def test_commas_between_thousands_are_read(text, number):
    assert to_number(text) == number


@pytest.mark.parametrize("text", ["1.234,5", "0,123", "1234,567", "12,34", "1,2345", "1,234,5", ",123", "1,234e3"])
def test_a_comma_that_may_be_a_decimal_point_is_no_number(text):
    assert to_number(text) is None
