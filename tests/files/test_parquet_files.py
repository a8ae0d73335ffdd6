"""Parquet files: values of every type as cells, and columns that are none."""

import datetime
import decimal
import sys

import pandas as pd
import pytest

from govtransparency.files import parquet_files
from govtransparency.files.typed_number import TypedNumber

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet has it)")
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def written(tmp_path):
    def write(**columns):
        path = tmp_path / "table.parquet"
        parquet.write_table(pa.table(columns), path)
        return path

    return write


def test_values_of_every_type(written, read):
    columns = {
        "text": ["NA", "007", None],
        "whole": pa.array([7, 2**60 + 1, None]),
        "float": [0.92, float("nan"), 1e-7],
        "narrow": pa.array([0.1, None, 2.0], pa.float32()),
        "exact": [decimal.Decimal("1.50"), decimal.Decimal("100"), None],
        "yes": [True, False, None],
        "date": [datetime.date(2024, 1, 31), None, datetime.date(2024, 2, 1)],
        "time": pa.array(
            [datetime.datetime(2024, 1, 31), datetime.datetime(2024, 1, 31, 10, 30), None], pa.timestamp("ns")
        ),
        "coded": pa.array(["x", "y", "x"]).dictionary_encode(),
        "nothing": pa.nulls(3),
    }
    table = read(written(**columns))
    assert table.cells.to_dict("list") == {
        "text": ["NA", "007", ""],
        "whole": ["7", "1152921504606846977", ""],
        "float": ["0.92", "", "1e-07"],
        "narrow": ["0.1", "", "2"],
        "exact": ["1.5", "100", ""],
        "yes": ["TRUE", "FALSE", ""],
        "date": ["2024-01-31", "", "2024-02-01"],
        "time": ["2024-01-31", "2024-01-31T10:30:00", ""],
        "coded": ["x", "y", "x"],
        "nothing": ["", "", ""],
    }
    typed = [name for name in table.cells if isinstance(table.cells[name].iloc[0], TypedNumber)]
    assert typed == ["whole", "float", "narrow", "exact"]
    assert list(table.cells.index) == [1, 2, 3]
    assert table.place(2, "text").en == "row 2, column 'text'"
    assert table.separator is None and table.letters == ()


def test_a_file_written_by_pandas_with_its_index(tmp_path, read):
    table = pd.DataFrame({"a": [1.5, 2.0]}, index=pd.Index(["NA", "B"], name="unit"))
    table.to_parquet(tmp_path / "table.parquet")
    assert read(tmp_path / "table.parquet").cells.to_dict("list") == {"a": ["1.5", "2"], "unit": ["NA", "B"]}


def test_columns_of_other_types_are_refused(written, refused):
    assert refused(written(unit=["A"], many=[[1, 2]], raw=[b"x"])) == [
        "column 'many' is of type list<element: int64>; expected numbers, text, dates or booleans",
        "column 'raw' is of type binary; expected numbers, text, dates or booleans",
    ]


def test_damaged_too_large_and_without_columns(written, refused, monkeypatch):
    path = written(unit=["A"] * 10, a=[1] * 10)
    monkeypatch.setattr(parquet_files, "LARGEST", 19)
    assert refused(path) == ["the file has 20 cells, more than 20 million; keep the columns and rows that are needed"]
    path.write_bytes(path.read_bytes()[:-20])
    assert refused(path) == ["the Parquet file is damaged and cannot be read"]
    assert refused(written()) == ["the Parquet file has no columns"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
def test_texts_and_names_of_columns_that_are_no_utf_8(written, refused, kind):
    damaged = ["the Parquet file is damaged and cannot be read"]
    texts = pa.array([b"A", b"\xd2"], pa.binary() if kind == pa.string() else pa.large_binary())
    assert refused(written(unit=texts.view(kind), a=[1, 2])) == damaged
    assert refused(written(unit=texts.view(kind).dictionary_encode(), a=[1, 2])) == damaged
    path = written(unit=["A"], 市=[1])
    path.write_bytes(path.read_bytes().replace("市".encode(), b"\xd2\xd2\xd2"))
    assert refused(path) == damaged


def test_without_pyarrow_the_error_says_what_to_install(written, refused, monkeypatch):
    path = written(unit=["A"])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refused(path) == ['this needs pyarrow, not installed here; run: pip install "govtransparency[parquet]"']


def test_headers_are_not_declared(written, refused):
    assert refused(written(unit=["A"]), header=2) == ["header is declared, but the file is Parquet, which needs none"]
