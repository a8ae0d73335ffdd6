"""Cells of a workbook without a value of their own: they matter where they are used, and nowhere else."""

import math

import openpyxl
import pytest

from govtransparency import Framework, InputError, Node, read_marks, read_table

TREE = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
ROWS = [["unit", "a", "b", "note"], ["A", 1, 2, "x"], ["B", 3, 4, "y"]]
LONG = [["unit", "indicator", "value"], ["A", "a", 1], [None, "b", 2], ["B", "a", 3], ["B", "b", 4]]


@pytest.fixture
def book(tmp_path):
    """Return a function that writes rows as a workbook, some cells changed, some merged."""

    def written(rows, *merged, **cells):
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        for place, value in cells.items():
            workbook.active[place] = value
        for area in merged:
            workbook.active.merge_cells(area)
        workbook.save(tmp_path / "sheet.xlsx")
        return tmp_path / "sheet.xlsx"

    return written


def said(path, **description):
    with pytest.raises(InputError) as caught:
        read_table(path, TREE, **description)
    assert all(text.zh and text.en for text in caught.value.texts)
    return caught.value.problems


@pytest.mark.parametrize("cells", [{"D2": "#DIV/0!"}, {"D2": "=1+1"}, {"D1": "#REF!"}, {"C5": "#N/A"}])
def test_in_a_column_or_row_that_is_not_used_they_are_passed_over(book, cells):
    path = book([*ROWS, ["Source: mine"]], **cells)
    ignore = ["#REF!"] if "D1" in cells else ["note"]
    table = read_table(path, TREE, unlisted="pass", ignore=ignore)
    assert table.to_dict("index") == {"A": {"a": 1, "b": 2}, "B": {"a": 3, "b": 4}}


def test_an_error_in_an_indicator_is_refused_with_its_cell_unless_it_is_declared(book):
    path = book(ROWS, B2="#DIV/0!", C3="#N/A")
    assert said(path) == (
        (
            "cell B2 (column 'a'), unit 'A', column 'a': '#DIV/0!' is the error of a formula; correct the "
            'formula or, if the value is missing, declare missing = ["#DIV/0!"] for the sheet'
        ),
        (
            "cell C3 (column 'b'), unit 'B', column 'b': '#N/A' is the error of a formula; correct the formula "
            'or, if the value is missing, declare missing = ["#N/A"] for the sheet'
        ),
    )
    table = read_table(path, TREE, missing=["#DIV/0!", "#N/A"])
    assert math.isnan(table.loc["A", "a"]) and math.isnan(table.loc["B", "b"])


def test_a_formula_without_its_result_is_no_missing_value(book):
    assert said(book(ROWS, B2="=1+1", B3="=2+2")) == (
        "column 'a', 2 cells (cell B2 (column 'a'), unit 'A': '=1+1'; cell B3 (column 'a'), unit 'B': '=2+2'): '=1+1' "
        "is a formula without its result; open the file in a spreadsheet program, recalculate and save",
    )


@pytest.mark.parametrize(
    ("cell", "description"),
    [("A2", {}), ("A2", {"unlisted": "pass"}), ("D2", {"where": {"note": ["x", "y"]}})],
)
def test_a_row_whose_unit_or_condition_cannot_be_read_is_told_once(book, cell, description):
    column = "unit" if cell == "A2" else "note"
    assert said(book(ROWS, **{cell: "#N/A"}), **description) == (
        "cells with nothing to be read but an error, a formula without its result or the text of a merged cell: 1 "
        f"(cell {cell} (column '{column}'): '#N/A'); correct them in a spreadsheet program and save",
    )


def test_a_figure_merged_over_several_units_is_refused_for_those_below_it(book):
    for area, cell, unit, column in (("B2:B3", "B3", "B", "a"), ("B2:C2", "C2", "A", "b")):
        path = book(ROWS, area, **{cell: None})
        assert said(path) == (
            f"cell {cell} (column '{column}'), unit '{unit}', column '{column}': '1' stands in a merged cell, "
            "and may be meant for some of its cells or for all; undo the merge and write the value in each cell that "
            "it is for",
        )


def test_a_text_merged_over_several_rows_is_that_of_each(book):
    table = read_table(book(LONG, "A2:A3"), TREE)
    assert table.to_dict("index") == {"A": {"a": 1, "b": 2}, "B": {"a": 3, "b": 4}}
    none = [["unit", "a", "b"], ["A", "n/a", None], ["B", 3, 4]]
    assert read_table(book(none, "B2:C2"), TREE).loc["A"].isna().all()
    marks = [["unit", "indicator", "assessor", "mark"], ["A", "a", "one", 1], [None, "b", None, 0]]
    read = read_marks(book(marks, "A2:A3", "C2:C3"), TREE)
    assert read[["unit", "assessor", "mark"]].to_numpy().tolist() == [["A", "one", 1], ["A", "one", 0]]


def test_the_header_row_has_the_text_of_a_cell_merged_with_those_above_it(book):
    rows = [["unit", "Scores", None], [None, "a", "b"], ["A", 1, 2], ["B", 3, 4]]
    path = book(rows, "A1:A2", "B1:C1")
    for description in ({"header": 2}, {"header": [1, 2], "names": {"Scores a": "a", "Scores b": "b"}}):
        assert read_table(path, TREE, **description).loc["B"].tolist() == [3, 4]


def test_merged_cells_that_overlap_are_not_followed_without_end(book):
    path = book([*ROWS, *([f"u{n}", n, n, "z"] for n in range(50))], "D2:D53")
    many = openpyxl.load_workbook(path)
    for _ in range(300):
        many.active.merged_cells.ranges.add(openpyxl.worksheet.cell_range.CellRange("D2:D53"))
    many.save(path)
    assert len(read_table(path, TREE)) == 52


def test_a_figure_hidden_beneath_a_merged_cell_is_refused(book):
    path = book(ROWS)
    workbook = openpyxl.load_workbook(path)
    workbook.active.merged_cells.ranges.add(openpyxl.worksheet.cell_range.CellRange("B2:B3"))  # keeps the cells
    workbook.save(path)
    assert said(path) == (
        "cell B3 (column 'a'), unit 'B', column 'a': '3' stands in a merged cell, and may be meant for some of its "
        "cells or for all; undo the merge and write the value in each cell that it is for",
    )
