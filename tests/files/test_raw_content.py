"""Paths that lead to no file, and files that are of another kind."""

import os
import sys

import pytest

from govtransparency import InputError
from govtransparency.files.table_files import read_csv, read_table_file


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("absent.csv", "no such file; expected it in {folder}"),
        ("absent/sheet.csv", "no such file; expected it in {folder}/absent"),
        ("a\0b.csv", "the name of the file holds a null character (U+0000)"),
        ("x" * 300, "the name of the file is too long; most systems take 255 bytes"),
        ("loop", "this is a link that leads back to itself"),
        (".", "this is a folder; expected a file"),
        ("pipe", "this is a pipe or a device; expected a file"),
        ("file/below.csv", "no such file; expected it in {folder}/file"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows names and links files otherwise")
def test_a_path_that_leads_to_no_file_is_one_clear_error(tmp_path, refused, name, problem):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("a\n", encoding="utf-8")
    assert refused(tmp_path / name) == [problem.format(folder=tmp_path)]


def test_the_error_can_be_printed_although_the_name_cannot(tmp_path):
    with pytest.raises(InputError) as caught:
        read_csv(f"{tmp_path}/a\0b.csv")
    assert caught.value.title == f"{tmp_path}/a\\0b.csv"


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (PermissionError(13, "Permission denied"), "no permission to read the file"),
        (OSError(5, "Input/output error"), "the file cannot be read: Input/output error"),
    ],
)
def test_a_file_without_rights_or_on_a_broken_disk(write, refused, monkeypatch, error, problem):
    path = write("a\n1\n")

    def fail(*_args):
        raise error

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    assert refused(path) == [problem]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.xls", OLE, "the file is no intact workbook; open it in a spreadsheet program and save it as .xlsx"),
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected by a password; save it without one",
        ),
        ("a.csv", b"%PDF-1.7\n", "this is a PDF file; expected CSV, TSV, XLSX, ODS or Parquet"),
        ("a.csv.gz", b"\x1f\x8b\x08\x00", "this is a gzip file; expected CSV, TSV, XLSX, ODS or Parquet"),
        (
            "a.xls",
            b"\xef\xbb\xbf\r\n<html><table><tr><td>1</td></tr></table></html>",
            "the file is a web page or XML; open it in a spreadsheet program and save it as .xlsx",
        ),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook/>',
            "the file is a web page or XML; open it in a spreadsheet program and save it as .xlsx",
        ),
        (
            "a.xlsx",
            b"unit,a\nA,1\n",
            "the name ends in .xlsx, but the content is of another kind; if it is text, name it .csv",
        ),
        (
            "a.parquet",
            b"unit,a\nA,1\n",
            "the name ends in .parquet, but the content is of another kind; if it is text, name it .csv",
        ),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(write, refused, name, content, problem):
    assert refused(write(content, name)) == [problem]


def test_text_named_as_an_old_workbook_is_text(write):
    table = read_table_file(write("unit\ta\n甲市\t1\n", "export.xls", encoding="gbk"))
    assert table.cells.to_dict("list") == {"unit": ["甲市"], "a": ["1"]}
    assert table.separator == "\t"
