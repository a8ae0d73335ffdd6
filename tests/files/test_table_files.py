"""Laws of every reader: what was written reads back, in any form."""

import csv
import io
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from govtransparency.files.file_form import FileForm
from govtransparency.files.invisible import has_invisible, stripped
from govtransparency.files.table_files import read_table_file
from govtransparency.files.typed_number import TypedNumber, typed_number

LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
MANY = st.sampled_from(
    ["NA", "NULL", "nan", "007", "TRUE", "1e5", "9,500", "1;2", "92%", '"', "#", "=1", "#N/A", "甲市"]
)
CELL = (st.text(LETTERS | st.sampled_from(',;\t"\n| '), max_size=8) | MANY).map(stripped)
CODE = CELL.filter(lambda cell: cell and not has_invisible(cell))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Return rows of text cells: a header of different names, and a code in front of each row."""
    header = draw(st.lists(CODE, min_size=1, max_size=4, unique=True))
    codes = draw(st.lists(CODE, max_size=5))
    return [
        header,
        *([code, *draw(st.lists(CELL, min_size=len(header) - 1, max_size=len(header) - 1))] for code in codes),
    ]


def cells_of(path: Path, **form: object) -> list[list[str]]:
    table = read_table_file(path, FileForm(**form)).cells
    return [list(table), *map(list, table.itertuples(index=False, name=None))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@given(
    rows=tables(),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=200)
def test_any_table_of_text_written_as_text_reads_back(folder, rows, separator, encoding, ending):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    path = folder / "table.csv"
    path.write_bytes(text.getvalue().replace("\n", ending).encode(encoding))
    declared = None if encoding in ("utf-8-sig", "utf-16") else encoding
    assert cells_of(path, header=1, separator=separator, encoding=declared) == rows


@given(rows=tables())
@settings(max_examples=60)
def test_any_table_of_text_written_as_a_workbook_reads_back(folder, rows):
    book = Workbook()
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text:
                cell = book.active.cell(line, column, text)
                cell.data_type = "s"  # openpyxl takes =1 for a formula, #N/A for an error
    path = folder / "table.xlsx"
    book.save(path)
    assert cells_of(path) == rows


@given(rows=tables())
@settings(max_examples=60)
def test_any_table_of_text_written_as_parquet_reads_back(folder, rows):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet has it)")
    path = folder / "table.parquet"
    pd.DataFrame(rows[1:], columns=rows[0], dtype=object).astype(str).to_parquet(path)
    assert cells_of(path) == rows


@given(
    numbers=st.lists(st.floats(-1e300, 1e300) | st.integers(-(10**15), 10**15), min_size=1),
    form=st.sampled_from(["xlsx", "parquet"]),
)
@settings(max_examples=60)
def test_any_number_reads_back_as_the_same_number_in_its_shortest_form(folder, numbers, form):
    path = folder / f"numbers.{form}"
    table = pd.DataFrame({"a": [float(number) for number in numbers]})
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet has it)")
        table.to_parquet(path)
    else:
        book = Workbook()
        for value in ["a", *table["a"]]:
            book.active.append([value])
        book.save(path)
    cells = read_table_file(path).cells["a"].tolist()
    assert all(isinstance(cell, TypedNumber) for cell in cells)
    # openpyxl writes sixteen digits, by which the largest floats become infinite
    assert all(math.isclose(cell.value, value, rel_tol=1e-15) for cell, value in zip(cells, table["a"], strict=True))
    assert all(cell == typed_number(cell.value) and len(cell) <= len(repr(cell.value)) for cell in cells)


def test_a_table_without_rows_has_its_columns(write):
    table = read_table_file(write("unit,a\n")).cells
    assert list(table) == ["unit", "a"] and len(table) == 0 and table.index.name == "line"
