"""Workbooks: what their cells become, and where they stand."""

from openpyxl import Workbook

from govtransparency.files.file_form import FileForm
from govtransparency.files.table_files import read_table_file
from govtransparency.files.typed_number import TypedNumber


def workbook(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_numbers_are_typed_and_texts_that_look_like_numbers_are_not(tmp_path):
    path = workbook(tmp_path / "book.xlsx", data=[["unit", "a"], ["007", 7], ["NA", 0.92], ["TRUE", True]])
    table = read_table_file(path, FileForm())
    assert table.cells.to_dict("list") == {"unit": ["007", "NA", "TRUE"], "a": ["7", "0.92", "TRUE"]}
    assert [isinstance(cell, TypedNumber) for cell in table.cells["a"]] == [True, True, False]
    assert not isinstance(table.cells["unit"].iloc[0], TypedNumber)
    assert table.cells["a"].iloc[1].value == 0.92
    assert table.place(3, "a").en == "cell B3 (column 'a')"


def test_rows_are_counted_from_the_first_of_the_sheet_even_if_it_is_empty(tmp_path):
    path = tmp_path / "low.xlsx"
    book = Workbook()
    for row, cells in ((4, ("unit", "a")), (5, ("x", 1))):
        for column, value in enumerate(cells, start=3):
            book.active.cell(row, column, value)
    book.save(path)
    table = read_table_file(path, FileForm(header=4))
    assert list(table.cells.index) == [5]
    assert table.place(5, "a").en == "cell D5 (column 'a')"
