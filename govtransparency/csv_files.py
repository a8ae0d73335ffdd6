"""Raw CSV files as text tables that remember their line numbers, and the numbers in their cells."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.texts.problems import csv_problems as problems

__all__ = ["read_csv", "to_number"]


SEPARATORS = (",", ";", "\t")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # so that 1.234,5 and 0,123 are not numbers
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: "-"}  # full-width characters, minus sign


def read_csv(path: str | Path, *, repeated: bool = False) -> pd.DataFrame:
    """Read a CSV file as text, one row per record, indexed by the line on which the record starts.

    A byte-order mark, semicolons or tabs as separators, and lines that start with ``#`` before the header are accepted;
    blank lines are skipped. No cell is turned into a number or taken as missing (``NA`` is Namibia).

    Parameters
    ----------
    path : path
    repeated : bool
        Keep only the first of several columns with the same name and the same cells, as in some publishers' files.

    Returns
    -------
    DataFrame
        Text cells, stripped of blanks around them; the index, named ``line``, counts from 1 with the header.

    Raises
    ------
    InputError
        If the file is missing, unreadable, empty or not UTF-8, has two columns with the same name, or has rows longer
        or shorter than the header; all such rows are listed.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(problems.NO_FILE.format(folder=path.parent), title=str(path)) from None
    except OSError as error:
        raise InputError(problems.UNREADABLE.format(reason=error.strerror), title=str(path)) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        byte = f"{error.object[error.start]:02x}"
        raise InputError(problems.NOT_UTF8.format(line=line, byte=byte), title=str(path)) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if skipped is None:
        raise InputError(problems.EMPTY, title=str(path))
    separator = max(SEPARATORS, key=lines[skipped].count)
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
    return _table(path, rows[0], rows[1:], starts[1:], repeated=repeated)


def _table(path: Path, header: list[str], rows: list[list[str]], lines: list[int], *, repeated: bool) -> pd.DataFrame:
    while header and header[-1] == "" and all(len(row) < len(header) or row[len(header) - 1] == "" for row in rows):
        header = header[:-1]
        rows = [row[: len(header)] for row in rows]
    found = [
        problems.CELLS.format(line=line, count=len(row), header=len(header))
        for line, row in zip(lines, rows, strict=True)
        if len(row) != len(header)
    ]
    if repeated and not found:
        first: dict[tuple[str, ...], int] = {}
        for place, name in enumerate(header):
            first.setdefault((name, *(row[place] for row in rows)), place)
        header, rows = [header[i] for i in first.values()], [[row[i] for i in first.values()] for row in rows]
    found += [problems.DUPLICATE_COLUMN.format(column=name) for name in sorted(set(header)) if header.count(name) > 1]
    if found:
        raise InputError(found, title=str(path))
    return pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="line"), dtype=object)


def to_number(text: str) -> float | None:
    """Return the number in a cell, or None if the cell is not a number.

    A percent sign divides by 100 (``85%`` is 0.85); commas between groups of three digits before the point and
    full-width characters are read. A decimal comma is not. ``inf`` is returned as such: the caller refuses it and says
    where it is.

    Examples
    --------
    >>> to_number("1,234.5"), to_number("85%"), to_number("about 3"), to_number("1.234,5")
    (1234.5, 0.85, None, None)
    """
    text = text.translate(NARROW).strip()
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if "," in digits:
        if not GROUPED.fullmatch(digits):
            return None
        digits = digits.replace(",", "")
    if "_" in digits:
        return None
    try:
        number = float(digits)
    except ValueError:
        return None
    return number / 100 if percent else number
