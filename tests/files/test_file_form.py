"""What may be declared about a file, and what does not fit its kind."""

import pytest
from openpyxl import Workbook

from govtransparency import InputError
from govtransparency.files.file_form import FileForm


def test_every_declaration_of_another_form_is_listed():
    with pytest.raises(InputError) as caught:
        FileForm(sheet="", header=0, encoding=8, separator="::")
    assert caught.value.problems == (
        "sheet = '': expected a text",
        "encoding = 8: expected a text",
        "header = 0: expected the number of a line, such as 3, or of two lines in order, such as [3, 4]",
        "separator = '::': expected one sign: a comma, a semicolon or a tab",
    )


@pytest.mark.parametrize("header", [-1, True, "3", 2.0, (), (4, 3), (3, 3), ("3",)])
def test_a_header_is_the_number_of_a_line_or_of_lines_in_order(header):
    with pytest.raises(InputError, match="expected the number of a line"):
        FileForm(header=header)


@pytest.mark.parametrize("separator", ["", "a", "5", '"', "'", "\n", ".", "-", "#", 3])
def test_a_separator_is_one_sign_that_stands_in_no_number(separator):
    with pytest.raises(InputError, match="expected one sign"):
        FileForm(separator=separator)


def test_a_declaration_that_does_not_fit_the_kind_of_file_is_refused(write, refused, tmp_path):
    book = Workbook()
    book.active.append(["unit", "a"])
    book.save(tmp_path / "book.xlsx")
    assert refused(write("unit,a\nA,1\n"), sheet="data") == ["sheet is declared, but the file is text, without sheets"]
    assert refused(tmp_path / "book.xlsx", encoding="gbk", separator=";") == [
        "encoding is declared, but the file is a workbook, which needs none",
        "separator is declared, but the file is a workbook, which needs none",
    ]
