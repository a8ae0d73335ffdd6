"""Raw CSV files as text tables that remember their line numbers, and the numbers in their cells."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd

from govtransparency.errors import InputError

__all__ = ["read_csv", "to_number"]


SEPARATORS = (",", ";", "\t")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # so that 1.234,5 and 0,123 are no numbers
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: "-"}  # full-width characters, minus sign


def read_csv(path: str | Path, *, repeated: bool = False) -> pd.DataFrame:
    """Read a CSV file as text, a row a record, indexed by the line it starts on.

    A byte-order mark, semicolon or tab separators, and lines that start with ``#`` before the header are read without
    a word; blank lines are passed over. Nothing is turned into a number and no cell is taken for missing
    (``NA`` is Namibia).

    Parameters
    ----------
    path : path
    repeated : bool
        Keep only the first of several columns of one name that hold the same, as some publishers' files have them.

    Returns
    -------
    DataFrame
        Text cells, stripped of blanks around them; the index, named ``line``, counts from 1 with the header.

    Raises
    ------
    InputError
        When the file is missing, unreadable, empty, not UTF-8, has two columns of one name, or rows longer or shorter
        than the header; all such rows are listed.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise InputError(f"no such file; expected it in {path.parent}", title=str(path)) from None
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", title=str(path)) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(
            f"line {line}: not UTF-8 (byte 0x{error.object[error.start]:02x}); save the file as UTF-8 "
            "(in Excel: 'CSV UTF-8')",
            title=str(path),
        ) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    skipped = next((number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
    if skipped is None:
        raise InputError("the file is empty; expected a header line", title=str(path))
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
        raise InputError(f"line {start}: {error}", title=str(path)) from None
    if not rows:
        raise InputError("the file has separators only; expected a header line", title=str(path))
    return _table(path, rows[0], rows[1:], starts[1:], repeated=repeated)


def _table(path: Path, header: list[str], rows: list[list[str]], lines: list[int], *, repeated: bool) -> pd.DataFrame:
    while header and header[-1] == "" and all(len(row) < len(header) or row[len(header) - 1] == "" for row in rows):
        header = header[:-1]
        rows = [row[: len(header)] for row in rows]
    problems = [
        f"line {line}: {len(row)} cells, but the header has {len(header)}"
        for line, row in zip(lines, rows, strict=True)
        if len(row) != len(header)
    ]
    if repeated and not problems:
        first: dict[tuple[str, ...], int] = {}
        for place, name in enumerate(header):
            first.setdefault((name, *(row[place] for row in rows)), place)
        header, rows = [header[i] for i in first.values()], [[row[i] for i in first.values()] for row in rows]
    problems += [
        f"column {name!r} stands twice in the header" for name in sorted(set(header)) if header.count(name) > 1
    ]
    if problems:
        raise InputError(problems, title=str(path))
    return pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="line"), dtype=object)


def to_number(text: str) -> float | None:
    """Return the number a cell shows, or None when it shows none.

    A percent sign divides by 100 (``85%`` is 0.85); commas between groups of three digits before the point and
    full-width characters are read. A decimal comma is not. ``inf`` is returned as such: its caller refuses it with the
    place it stands at.

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
