"""One table written as each kind of file that can be read: CSV, TSV, XLSX, ODS, Parquet."""

import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

import pytest
from openpyxl import Workbook

__all__ = ["FORMS", "Rows", "file_of", "packed"]

FORMS = ("csv", "tsv", "xlsx", "ods", "parquet")
SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
Rows = list[list[str | float]]


def file_of(rows: Rows, form: str, *, separator: str = ",") -> bytes:
    """Return the bytes of a file with these rows, the first of which is the header; texts stay texts."""
    if form in ("csv", "tsv"):
        return _text(rows, "\t" if form == "tsv" else separator).encode()
    return {"xlsx": _xlsx, "ods": _ods, "parquet": _parquet}[form](rows)


def _text(rows: Rows, separator: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _xlsx(rows: Rows) -> bytes:
    book = Workbook()
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(line, column, None if value == "" else value)
            if isinstance(value, str) and value:
                cell.data_type = "s"  # no formula, whatever the text begins with
    file = io.BytesIO()
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    return packed(parts | {core: re.sub(rb"\d+-\d+-\d+T\d+:\d+:\d+Z", b"2024-01-01T00:00:00Z", parts[core])})


def _ods(rows: Rows) -> bytes:
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Sheet">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<m:manifest xmlns:m="{MANIFEST}"/>'
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an archive of these parts, the same bytes at any time."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _ods_cell(value: str | float) -> str:
    if value == "":
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string">{shown}'
    return f'<table:table-cell office:value-type="float" office:value={quoteattr(repr(value))}>{shown}'


def _parquet(rows: Rows) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed (the extra parquet has it)")
    parquet = pytest.importorskip("pyarrow.parquet")
    head, *lines = rows
    columns = [[None if value == "" else value for value in column] for column in zip(*lines, strict=True)]
    kinds = [pa.float64() if any(isinstance(v, float) for v in column) else pa.string() for column in columns]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    file = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, names=list(map(str, head))), file)
    return file.getvalue()
