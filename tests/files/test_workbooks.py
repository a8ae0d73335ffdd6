"""XLSX workbooks: what their cells become, which sheet is read, and what is refused with the address of the cell."""

import datetime
import re

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from govtransparency import InputError
from govtransparency.files.table_files import read_csv
from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.unread_cells import CoveredCell, ErrorCell, FormulaCell

SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_are_typed_and_texts_that_look_like_numbers_are_not(workbook, read):
    table = read(workbook(data=[["unit", "a"], ["007", 7], ["NA", 0.92], ["TRUE", True], ["1e5", 1e-7], [7, None]]))
    assert table.cells.to_dict("list") == {
        "unit": ["007", "NA", "TRUE", "1e5", "7"],
        "a": ["7", "0.92", "TRUE", "1e-07", ""],
    }
    assert [isinstance(cell, TypedNumber) for cell in table.cells["a"]] == [True, True, False, True, False]
    assert [isinstance(cell, TypedNumber) for cell in table.cells["unit"]] == [False, False, False, False, True]
    assert [cell.value for cell in table.cells["a"] if isinstance(cell, TypedNumber)] == [7.0, 0.92, 1e-7]
    assert list(table.cells.index) == [2, 3, 4, 5, 6]
    assert table.separator is None and table.notes == ()


def test_a_place_is_the_address_of_the_cell(workbook, read):
    table = read(workbook(data=[[None, "unit", None, "a"], [None, "A", None, 1]]))
    assert list(table.cells) == ["unit", "a"]
    assert table.place(2, "a").en == "cell D2 (column 'a')"
    assert table.place(2, "a").zh == "D2单元格（“a”列）"


def test_rows_are_counted_from_the_first_of_the_sheet_even_if_it_is_empty(tmp_path, read):
    book = Workbook()
    for row, cells in ((4, ("unit", "a")), (5, ("x", 1))):
        for column, value in enumerate(cells, start=3):
            book.active.cell(row, column, value)
    book.save(tmp_path / "low.xlsx")
    table = read(tmp_path / "low.xlsx", header=4)
    assert list(table.cells.index) == [5]
    assert table.place(5, "a").en == "cell D5 (column 'a')"


def test_numbers_shown_as_per_cents_are_marked(tmp_path, read):
    book = Workbook()
    sheet = book.active
    formats = ["0%", "0.00%", "0.0%;[Red]-0.0%", '0"%"', "0.00", "General", r"0\%", "[$%-409]0", "# ##0.0 %"]
    sheet.append([f"c{place}" for place in range(len(formats))])
    sheet.append([0.92] * len(formats))
    for column, code in enumerate(formats, start=1):
        sheet.cell(2, column).number_format = code
    book.save(tmp_path / "book.xlsx")
    row = read(tmp_path / "book.xlsx").cells.iloc[0]
    assert [cell.percent for cell in row] == [True, True, True, False, False, False, False, False, True]
    assert {cell.value for cell in row} == {0.92} and set(row) == {"0.92"}


def test_dates_become_iso_text(workbook, read):
    values = [
        datetime.date(2024, 1, 31),
        datetime.datetime(2024, 1, 31, 10, 30),
        datetime.time(10, 30),
        datetime.timedelta(hours=26),
    ]
    table = read(workbook(data=[["a", "b", "c", "d"], values]))
    assert table.cells.iloc[0].tolist() == ["2024-01-31", "2024-01-31T10:30:00", "10:30:00", "1 day, 2:00:00"]
    assert not any(isinstance(cell, TypedNumber) for cell in table.cells.iloc[0])


def test_dates_counted_from_1904_and_dates_in_a_format_of_chinese_excel(workbook, read, repacked):
    path = workbook(data=[["a"], [datetime.date(2024, 1, 31)]])
    repacked(path, **{"xl/workbook.xml": lambda text: text.replace(b"<workbookPr ", b'<workbookPr date1904="1" ')})
    assert read(path).cells["a"].tolist() == ["2028-02-01"]
    path = workbook(data=[["a"], [datetime.date(2024, 1, 31)]])
    repacked(path, **{"xl/styles.xml": lambda text: re.sub(rb'(<xf numFmtId=")14"', rb'\g<1>31"', text)})
    assert read(path).cells["a"].tolist() == ["2024-01-31"]


def test_texts_in_pieces_with_readings_and_escapes(workbook, read, repacked):
    path = workbook(data=[["unit", "b"], ["x", "y"]])
    rich = (
        b'<row r="2"><c r="A2" t="inlineStr"><is><r><t>A </t></r><r><rPr><b/></rPr><t>&amp; B</t></r>'
        b'<rPh sb="0" eb="1"><t>reading</t></rPh></is></c><c r="B2" t="str"><f>1</f><v>a_x0041_b</v></c></row>'
        b"</sheetData>"
    )
    repacked(path, **{SHEET: lambda text: re.sub(rb'<row r="2".*</sheetData>', rich, text)})
    assert read(path).cells.iloc[0].tolist() == ["A & B", "aAb"]


@pytest.fixture
def with_strings(workbook, repacked):
    """Return a function that gives a workbook whose texts are kept apart; the row below the header refers to one."""
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>unit</t></si>'
        b"<si><r><t>N</t></r><r><t>A\xe2\x80\x8b</t></r><rPh><t>x</t></rPh></si></sst>"
    )
    link = (
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
        b' Target="sharedStrings.xml"/></Relationships>'
    )

    def written(number):
        cells = b'<c t="s"><v>' + number + b"</v></c><c><v>2.50</v></c>"
        rows = b'<row><c t="s"><v>0</v></c><c t="str"><v>a</v></c></row><row>' + cells + b"</row>"
        return repacked(
            workbook(data=[["unit", "a"]]),
            **{
                "xl/sharedStrings.xml": strings,
                "xl/_rels/workbook.xml.rels": lambda text: text.replace(b"</Relationships>", link),
                SHEET: lambda text: re.sub(rb"(<sheetData>).*(</sheetData>)", rb"\g<1>" + rows + rb"\g<2>", text),
            },
        )

    return written


@pytest.mark.parametrize("number", [b"-1", b"1_0", b"9" * 5000, b"2"])
def test_a_cell_of_a_text_that_is_not_there_is_refused(with_strings, refused, number):
    assert refused(with_strings(number)) == [
        f"part {SHEET} of the workbook cannot be read; open it in a spreadsheet program and save it as .xlsx"
    ]


def test_texts_kept_apart_from_the_sheet_and_cells_without_an_address(with_strings, read):
    table = read(with_strings(b"1"))
    assert table.cells.to_dict("list") == {"unit": ["NA"], "a": ["2.5"]}
    assert [note.en for note in table.notes] == ["invisible characters taken off the edges of 1 cells"]


# -- which sheet -----------------------------------------------------------------------------------------------------

ROWS = [["unit", "a"], ["A", 1]]


def test_of_several_sheets_one_is_declared(workbook, read, refused):
    path = workbook(**{"2018 data": ROWS, "2019 data": [["unit", "b"], ["B", 2]], "empty": []})
    assert refused(path) == ["several sheets hold something: '2018 data', '2019 data'; declare sheet"]
    assert refused(path, sheet="2019 dat") == [
        "the workbook has no sheet '2019 dat'; did you mean '2019 data'? valid: 2018 data, 2019 data, empty"
    ]
    assert refused(path, sheet="empty") == ["sheet 'empty' holds nothing"]
    table = read(path, sheet="2019 data")
    assert table.cells.to_dict("list") == {"unit": ["B"], "b": ["2"]} and table.notes == ()


def test_empty_sheets_do_not_count_and_the_sheet_read_is_told(workbook, read, refused):
    assert [note.en for note in read(workbook(data=ROWS, notes=[])).notes] == ["sheet 'data' is read"]
    assert refused(workbook(data=[], notes=[])) == ["no sheet of the workbook holds anything"]


def test_hidden_sheets_are_read_only_by_name(workbook, read, refused):
    path = workbook(data=ROWS, old=[["unit", "b"], ["B", 2]])
    book = load_workbook(path)
    book["old"].sheet_state = "veryHidden"
    book.save(path)
    table = read(path)
    assert list(table.cells) == ["unit", "a"]
    assert [note.en for note in table.notes] == ["sheet 'data' is read", "hidden sheets are passed over: 'old'"]
    assert list(read(path, sheet="old").cells) == ["unit", "b"]
    book["data"].sheet_state = "hidden"
    book.create_sheet("front")
    book.save(path)
    assert refused(path) == ["only hidden sheets hold anything: 'data', 'old'; to read one, declare sheet"]


def test_hidden_rows_are_read_and_told(workbook, read):
    path = workbook(data=[*ROWS, ["B", 2]])
    book = load_workbook(path)
    book["data"].row_dimensions[3].hidden = True
    book.save(path)
    table = read(path)
    assert table.cells["unit"].tolist() == ["A", "B"]
    assert [note.zh for note in table.notes] == ["工作表中隐藏的1行同样读取"]


def test_a_workbook_with_macros_is_read_and_nothing_of_it_is_run(workbook, read, repacked):
    path = repacked(workbook(data=ROWS), **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not looked at"})
    assert read(path.rename(path.with_suffix(".xlsm"))).cells["unit"].tolist() == ["A"]


# -- headers ---------------------------------------------------------------------------------------------------------


def test_merged_cells_of_the_header_stand_above_all_their_columns(tmp_path, read, refused):
    book = Workbook()
    sheet = book.active
    for row in (["Index"], ["unit", "Open", None, "note", "Answer"], [None, "a", "b", None, "c"], ["A", 1, 2, "x", 3]):
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(area)
    book.save(path := tmp_path / "book.xlsx")
    assert list(read(path, header=[2, 3]).cells) == ["unit", "Open a", "Open b", "note", "Answer c"]
    assert refused(path) == [
        "the header seems to be two rows, row 2 and row 3 ('unit', 'Open a', 'Open b', ...): declare header = [2, 3]"
    ]


def test_a_title_above_the_table_is_named_by_its_row(workbook, refused, read):
    path = workbook(data=[["Index 2024"], [], ["unit", "a", 2019], ["A", 1, 2]])
    assert refused(path) == [
        "row 1 looks like a title (1 of 3 columns filled: 'Index 2024'); the header seems to be row 3 ('unit', 'a', "
        "'2019', ...): declare header = 3"
    ]
    table = read(path, header=3)
    assert [type(name) for name in table.cells] == [str, str, str]
    assert table.cells.iloc[0].tolist() == ["A", "1", "2"]


def test_rows_end_where_they_like(workbook, read):
    table = read(workbook(data=[["unit", "a", "b"], ["A", 1], ["B", None, 2, None, None], [], [None, None, None]]))
    assert table.cells.to_dict("list") == {"unit": ["A", "B"], "a": ["1", ""], "b": ["", "2"]}


# -- errors and formulas ---------------------------------------------------------------------------------------------


def test_cells_with_an_error_are_told_with_their_addresses_where_they_are_used(workbook, read):
    rows = [["note", "#REF!"], ["unit", "a"], ["A", "#DIV/0!"], ["B", "#N/A"], ["C", "#VALUE!"], ["D", "#NUM!"]]
    path = workbook(data=rows)
    table = read(path, header=2)
    assert {type(cell) for cell in table.cells["a"]} == {ErrorCell}
    assert table.unread_problems("unit") == []
    assert [text.en for text in table.unread_problems("a")] == [
        (
            "cells with nothing to be read but an error, a formula without its result or the text of a merged "
            "cell: 4 (cell B3 (column 'a'): '#DIV/0!'; cell B4 (column 'a'): '#N/A'; cell B5 (column 'a'): "
            "'#VALUE!'); correct them in a spreadsheet program and save"
        )
    ]
    assert read(workbook(data=rows[1:])).cells["unit"].tolist() == ["A", "B", "C", "D"]
    with pytest.raises(InputError, match=r"the text of a merged cell: 4 \(cell B2 "):
        read_csv(path)


def test_a_formula_without_its_result_is_told(workbook, repacked, read):
    path = workbook(data=[["unit", "a"], ["A", "=1+1"], ["B", "=2+2"]])
    table = read(path)
    assert [type(cell) for cell in table.cells["a"]] == [FormulaCell, FormulaCell]
    assert [text.en for text in table.unread_problems("a")] == [
        (
            "cells with nothing to be read but an error, a formula without its result or the text of a merged "
            "cell: 2 (cell B2 (column 'a'): '=1+1'; cell B3 (column 'a'): '=2+2'); correct them in a spreadsheet "
            "program and save"
        )
    ]
    repacked(path, **{SHEET: lambda text: text.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")})
    assert read(path).cells["a"].tolist() == ["2", "2"]
    repacked(path, **{SHEET: lambda text: re.sub(rb'<c r="B3"><f>', rb'<c r="B3" t="str"><f>', text)})
    repacked(path, **{SHEET: lambda text: re.sub(rb"(2\+2</f>)<v>2</v>", rb"\g<1><v></v>", text)})
    assert read(path).cells["a"].tolist() == ["2", ""]


def test_a_number_that_only_python_reads_is_refused(workbook, refused, repacked):
    path = repacked(workbook(data=ROWS), **{SHEET: lambda text: re.sub(rb"<v>1</v>", b"<v>1_0</v>", text)})
    assert refused(path) == [
        "part xl/worksheets/sheet1.xml of the workbook cannot be read; open it in a spreadsheet program and save it as "
        ".xlsx"
    ]


# -- the same as others read -----------------------------------------------------------------------------------------


def test_other_readers_find_the_same_in_published_workbooks(shared, read):
    """openpyxl and calamine agree with our cells on every cell of real workbooks."""
    for name, sheet in (("open_budget/ibp_data_2017_statfile.xlsx", "Data"), ("city_rank/weights.xlsx", "Sheet1")):
        path = shared / "upstream" / name
        table = read(path, sheet=sheet)
        book = load_workbook(path, data_only=True, read_only=True)[sheet]
        theirs = [["" if value is None else value for value in row] for row in book.iter_rows(values_only=True)]
        calamine = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        for line, *row in table.cells.itertuples(name=None):
            own = ["" if isinstance(cell, CoveredCell) else cell for cell in row]
            ours = [cell.value if isinstance(cell, TypedNumber) else cell for cell in own]
            for other in (theirs, calamine):
                values = [value.strip() if isinstance(value, str) else value for value in other[line - 1]]
                assert [*ours] == values[: len(ours)], (name, line)
