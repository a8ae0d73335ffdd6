"""Small files made in a test, and what is said of them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from govtransparency import InputError
from govtransparency.files.file_form import FileForm
from govtransparency.files.table_files import FileTable, read_table_file


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a text or bytes to a file and returns its path."""

    def written(content: str | bytes, name: str = "sheet.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written


@pytest.fixture
def read() -> Callable[..., FileTable]:
    """Return a function that reads a file of a form given by names."""
    return lambda path, **form: read_table_file(path, FileForm(**form))


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    """Return a function that reads a file and returns the problems found, in English."""

    def problems(path: Path | str, **form: object) -> list[str]:
        with pytest.raises(InputError) as caught:
            read_table_file(path, FileForm(**form))
        assert all(text.zh and text.en for text in caught.value.texts)
        return list(caught.value.problems)

    return problems


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows of values to the sheets of an XLSX workbook and returns its path."""

    def written(**sheets: list[list[object]]) -> Path:
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return written


@pytest.fixture
def repacked() -> Callable[..., Path]:
    """Return a function that changes parts of an archive: a name to its new content, or to a function of the old."""

    def changed(path: Path, **parts: object) -> Path:
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
        for name, change in parts.items():
            content[name] = change(content[name]) if callable(change) else change
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in content.items():
                archive.writestr(name, text)
        return path

    return changed
