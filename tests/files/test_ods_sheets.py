"""ODS workbooks, made by hand: cells that stand for many, per cents, errors, merged and hidden ones."""

import zipfile

import pytest

from govtransparency.files.typed_number import TypedNumber
from govtransparency.files.unread_cells import CoveredCell, ErrorCell, FormulaCell

NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
HIDDEN = (
    '<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties '
    'table:display="false"/></style:style></office:automatic-styles>'
)


def text(value, more=""):
    return f'<table:table-cell office:value-type="string"{more}><text:p>{value}</text:p></table:table-cell>'


def number(value, kind="float", more=""):
    cell = f'<table:table-cell office:value-type="{kind}" office:value="{value}"{more}>'
    return f"{cell}<text:p>x</text:p></table:table-cell>"


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def sheet(name, *rows, more=""):
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


@pytest.fixture
def ods(tmp_path):
    def written(*sheets, head="<?xml version='1.0'?>"):
        spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
        content = (
            f"{head}<office:document-content {spaces}>{HIDDEN}<office:body><office:spreadsheet>{''.join(sheets)}"
            "</office:spreadsheet></office:body></office:document-content>"
        )
        path = tmp_path / "book.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", MIMETYPE)
            archive.writestr("content.xml", content)
            archive.writestr(
                "META-INF/manifest.xml",
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
            )
        return path

    return written


HEADER = row(text("unit"), text("a"))
EMPTY_END = row(
    '<table:table-cell table:number-columns-repeated="1024"/>', more=' table:number-rows-repeated="1048000"'
)


def test_values_of_every_kind(ods, read):
    date = '<table:table-cell office:value-type="date" office:date-value="2024-01-31"/>'
    true = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    path = ods(
        sheet(
            "data",
            row(*map(text, "abcdef")),
            row(text("007"), number(7), number(0.92, "percentage"), date, true, text('x<text:s text:c="2"/>y')),
            EMPTY_END,
        )
    )
    cells = read(path).cells.iloc[0]
    assert cells.tolist() == ["007", "7", "0.92", "2024-01-31", "TRUE", "x  y"]
    assert [getattr(cell, "percent", None) for cell in cells] == [None, False, True, None, None, None]


def test_cells_and_rows_that_stand_for_many(ods, read):
    twice = ' table:number-columns-repeated="2"'
    path = ods(
        sheet(
            "data",
            row(text("unit"), text("a"), text("b")),
            row(text("A"), number(5, "percentage", twice), more=' table:number-rows-repeated="2"'),
            row("<table:table-cell/>", more=' table:number-rows-repeated="3"'),
            row(text("B"), number(6, more=twice)),
        )
    )
    table = read(path).cells
    assert table.to_dict("list") == {"unit": ["A", "A", "B"], "a": ["5", "5", "6"], "b": ["5", "5", "6"]}
    assert list(table.index) == [2, 3, 7]
    assert [[cell.percent for cell in table[name]] for name in "ab"] == [[True, True, False]] * 2


def test_errors_and_formulas_without_a_result(ods, read):
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    formula = '<table:table-cell table:formula="of:=[.A1]"/>'
    twice = error.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
    rows = [row(text("unit"), text("a"), text("b")), row(text("A"), twice), row(text("B"), formula), row(formula)]
    table = read(ods(sheet("data", *rows)))
    cells = table.cells.to_numpy().tolist()
    assert cells == [["A", "#DIV/0!", "#DIV/0!"], ["B", "=[.A1]", ""], ["=[.A1]", "", ""]]
    assert [[type(cell) for cell in row] for row in cells] == [
        [str, ErrorCell, ErrorCell],
        [str, FormulaCell, str],
        [FormulaCell, str, str],
    ]
    assert [text.en for text in table.unread_problems("a")] == [
        (
            "cells with nothing to be read but an error, a formula without its result or the text of a merged "
            "cell: 2 (cell B2 (column 'a'): '#DIV/0!'; cell B3 (column 'a'): '=[.A1]'); correct them in a "
            "spreadsheet program and save"
        )
    ]


def test_formulas_without_a_result_above_and_below_all_values_are_kept(ods, read):
    formula = '<table:table-cell table:formula="of:=[.A9]"/>'
    table = read(ods(sheet("data", row(formula), HEADER, row(text("A"), number(1)), row(formula))), header=2)
    assert table.cells.to_numpy().tolist() == [["A", "1"], ["=[.A9]", ""]]


def test_a_table_with_empty_rows_and_columns_before_it_keeps_its_lines_and_per_cents(ods, read):
    empty = "<table:table-cell/>"
    rows = [row(empty, text("unit"), text("a"))]
    rows += [row(empty, text(unit), number(value, "percentage")) for unit, value in (("A", 0.5), ("B", 0.25))]
    table = read(ods(sheet("data", row(), row(), *rows)))
    assert table.cells.to_dict("index") == {4: {"unit": "A", "a": "0.5"}, 5: {"unit": "B", "a": "0.25"}}
    assert all(cell.percent for cell in table.cells["a"])
    assert table.place(5, "a").en == "cell C5 (column 'a')"


def test_cells_covered_by_merging_have_its_text_but_no_figure(ods, read):
    covered = "<table:covered-table-cell/>"
    two = ' table:number-rows-spanned="2"'
    path = ods(sheet("data", HEADER, row(text("A", two), number(1, more=two)), row(covered, covered)))
    assert read(path).cells.to_numpy().tolist() == [["A", "1"]]  # a row without any cell of its own is none
    path = ods(sheet("data", HEADER, row(text("A"), number(1, more=two)), row(text("B"), covered)))
    table = read(path)
    assert table.cells["a"].tolist() == ["1", "1"]
    assert [type(cell) for cell in table.cells["a"]] == [TypedNumber, CoveredCell]
    assert [note.en for note in table.notes] == [
        "the text of merged cells is taken for the 1 cells that they cover, but no figure is"
    ]


def test_merged_cells_of_the_header(ods, read):
    covered = "<table:covered-table-cell/>"
    path = ods(
        sheet(
            "data",
            row(
                text("unit", ' table:number-rows-spanned="2"'),
                text("Open", ' table:number-columns-spanned="2"'),
                covered,
            ),
            row(covered, text("a"), text("b")),
            row(text("A"), number(1), number(2)),
        )
    )
    assert list(read(path, header=[1, 2]).cells) == ["unit", "Open a", "Open b"]


def test_which_sheet_and_what_is_hidden(ods, read, refused):
    data = sheet("data", HEADER, row(text("A"), number(1), more=' table:visibility="collapse"'))
    hidden = sheet("old", HEADER, more=' table:style-name="h"')
    table = read(ods(data, hidden))
    assert table.cells["unit"].tolist() == ["A"]
    assert [note.en for note in table.notes] == [
        "sheet 'data' is read",
        "hidden sheets are passed over: 'old'",
        "the 1 hidden rows of the sheet are read like the others",
    ]
    assert refused(ods(data, sheet("more", HEADER))) == ["several sheets hold something: 'data', 'more'; declare sheet"]


def test_a_cell_that_stands_for_millions_is_refused(ods, refused):
    many = number(1, more=' table:number-columns-repeated="16384"')
    assert refused(ods(sheet("data", row(many, more=' table:number-rows-repeated="1048576"')))) == [
        "sheet 'data' reaches to cell XFD1048576, larger than any table; delete the stray cells far from the others"
    ]


def test_a_document_type_and_a_broken_document_are_refused(ods, refused):
    doctype = "<!DOCTYPE x [<!ENTITY a 'b'>]>"
    assert refused(ods(sheet("data", HEADER), head=doctype)) == [
        "part content.xml of the workbook has a document type (DOCTYPE), which no spreadsheet program writes, and is "
        "not read"
    ]
    assert refused(ods("<broken>")) == [
        "part content.xml of the workbook cannot be read; open it in a spreadsheet program and save it as .xlsx"
    ]


@pytest.mark.parametrize("kind", ["float", "percentage"])
def test_a_cell_that_stands_for_more_rows_than_a_sheet_has_is_refused(ods, refused, kind):
    many = row(number(0.5, kind), more=' table:number-rows-repeated="19000000"')
    assert refused(ods(sheet("data", row(text("a")), many))) == [
        "sheet 'data' reaches to cell A19000001, larger than any table; delete the stray cells far from the others"
    ]
