"""Text files: lines of cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.raw_rows import RawRows
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.files.file_form import FileForm

__all__ = ["text_rows"]


SEPARATORS = (",", ";", "\t")


def text_rows(path: Path, content: bytes, form: FileForm) -> RawRows:
    """Return the rows of a text file."""
    try:
        text = content.decode(form.encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"{error.object[error.start]:02x}"
        raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=str(path)) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if skipped is None:
        raise InputError(problems.EMPTY, title=str(path))
    separator = form.separator or max(SEPARATORS, key=lines[skipped].count)
    reader = csv.reader(io.StringIO("\n".join(lines[skipped:]) + "\n"), delimiter=separator, strict=True)
    rows, starts, start = [], [], skipped + 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                rows.append(cells)
                starts.append(start)
            start = skipped + reader.line_num + 1
    except csv.Error as error:
        raise InputError(problems.BROKEN_LINE.format(line=start, reason=error), title=str(path)) from None
    if not rows:
        raise InputError(problems.ONLY_SEPARATORS, title=str(path))
    return RawRows(rows, starts, separator=separator)
