"""Text files: lines of cells between commas, semicolons or tabs."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from govtransparency.errors import InputError
from govtransparency.files.invisible import has_invisible, stripped
from govtransparency.files.raw_rows import RawRows, shared_cells
from govtransparency.files.text_encodings import decoded
from govtransparency.texts import file_notes as notes
from govtransparency.texts.bilingual import words
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.files.file_form import FileForm
    from govtransparency.texts.bilingual import Text

__all__ = ["text_rows"]


SEPARATORS = (",", ";", "\t")
WIDE_COMMA, WIDE_COLON = "\uff0c", "\uff1a"
FIGURE = re.compile(r"[-+]?[\d.,]+%?|")  # or nothing, as cells beside a name mostly are
SHOWN = 3  # lines that a problem shows
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # Excel's own, in line 1


def text_rows(content: bytes, form: FileForm, title: str) -> RawRows:
    """Return the rows of a text file.

    Parameters
    ----------
    content : bytes
    form : FileForm
    title : str
        For the error.

    Raises
    ------
    InputError
        If the encoding or the separator is in doubt, the file is empty, or a quotation mark is out of place.
    """
    text, told = decoded(content, form.encoding, title)
    clean = not has_invisible(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    del text
    if form.header is None and (found := SEPARATOR_LINE.fullmatch(lines[0].strip())):
        raise InputError(problems.SEPARATOR_LINE.format(line=lines[0].strip(), separator=found[1]), title=title)
    first = min(form.header_lines) - 1 if form.header_lines else _first_line(lines)
    if first >= len(lines) or not any(map(str.strip, lines[first:])):
        empty = not form.header_lines or not any(map(str.strip, lines))
        problem = problems.EMPTY if empty else problems.NOTHING_FROM.format(line=first + 1)
        raise InputError(problem, title=title)
    above = tuple(lines[:first])
    separator = form.separator or _separator(lines[first:], title)
    rows: list[list[str]] = []
    starts: list[int] = []
    share, edges = shared_cells(), 0
    for start, row in _records(lines, first, separator, title):
        cells = [cell.strip() for cell in row]
        if not clean:
            plain, cells = cells, [stripped(cell) for cell in cells]
            edges += sum(map(str.__ne__, plain, cells))
        if any(cells):
            rows.append(share(cells))
            starts.append(start)
    if not rows:
        raise InputError(problems.ONLY_SEPARATORS, title=title)
    if wide := _full_width_commas(rows, starts, form.separator):
        raise InputError(wide, title=title)
    if edges:
        told = (*told, notes.EDGES.format(count=edges))
    return RawRows(rows, starts, separator=separator, notes=told, above=above)


def _first_line(lines: list[str]) -> int:
    """Return the number, from 0, of the first line that is neither blank nor a comment."""
    return next(
        (number for number, line in enumerate(lines) if line.strip() and not _is_comment(line)),
        len(lines),
    )


def _is_comment(line: str) -> bool:
    """Return whether a line above the header is a comment: it begins with #, and that is not the whole first cell."""
    first = re.split("[,;\t]", line, maxsplit=1)[0]
    return line.startswith("#") and not (first.strip() == "#" and first != line)


def _records(lines: list[str], first: int, separator: str, title: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record from a line on, with the line, counted from 1, on which it starts."""
    if not _is_quoted(lines):
        yield from ((line, text.split(separator)) for line, text in enumerate(lines[first:], start=first + 1))
        return
    reader = csv.reader((line + "\n" for line in lines[first:]), delimiter=separator, strict=True)
    start = first + 1
    try:
        for row in reader:
            yield start, row
            start = first + reader.line_num + 1
    except csv.Error as error:
        kind = next((key for key in problems.BROKEN if key in str(error)), "")
        raise InputError(problems.BROKEN[kind].format(line=start, reason=error), title=title) from None


def _is_quoted(lines: list[str]) -> bool:
    """Return whether any cell may be in quotation marks, so that a line is more than what its separators part."""
    return any('"' in line for line in lines)


def _separator(lines: list[str], title: str) -> str:
    """Return the separator by which most lines have the same number of cells, at least two, as many as can be."""
    present = [separator for separator in SEPARATORS if any(separator in line for line in lines)]
    if len(present) < 2:
        return present[0] if present else ","
    fits = {separator: _fit(lines, separator) for separator in present}
    best = max(fits.values())
    fitting = [separator for separator in present if fits[separator] == best]
    if len(fitting) > 1 and best[0] > 0:
        names = words(problems.SEPARATORS[separator] for separator in fitting)
        raise InputError(problems.SEVERAL_SEPARATORS.format(separators=names), title=title)
    return fitting[0]


def _fit(lines: list[str], separator: str) -> tuple[float, int]:
    """Return the share of lines that have the commonest number of cells, if that is two or more, and the number."""
    reader = csv.reader((line + "\n" for line in lines), delimiter=separator) if _is_quoted(lines) else None
    try:
        counts = (
            Counter(map(len, reader))
            if reader
            else Counter(line.count(separator) + 1 for line in lines if line.strip())
        )
    except csv.Error:
        return 0.0, 0
    counts.pop(0, None)
    width, count = max(((width, count) for width, count in counts.items()), key=lambda item: (item[1], item[0]))
    return (count / counts.total(), width) if width > 1 else (0.0, 0)


def _full_width_commas(rows: list[list[str]], lines: list[int], declared: str | None) -> Text | None:
    r"""Return that cells are parted by full-width commas, in the whole file or in single rows, or None.

    A row is of that kind if it is too short and has the usual number of cells once it is parted there too: with a
    figure among them, or names in the first row. A cell such as 1\uff0c234 or a sentence stays whole.
    """
    if declared is not None or not any(WIDE_COMMA in cell for row in rows for cell in row):
        return None
    if len(rows) > 1 and all(len(row) == 1 for row in rows) and WIDE_COMMA in rows[0][0] and WIDE_COMMA in rows[1][0]:
        return problems.WIDE_COMMAS.format(line=lines[0], sign=WIDE_COMMA)
    width = Counter(map(len, rows)).most_common(1)[0][0]
    found = [
        line
        for line, row in zip(lines, rows, strict=True)
        if len(row) < width == len(parted := _parted(row))
        and (any(map(FIGURE.fullmatch, parted[1:])) or (line == lines[0] and WIDE_COLON not in row[0]))
    ]
    if not found:
        return None
    return problems.WIDE_COMMAS_IN.format(sign=WIDE_COMMA, count=len(found), lines=words(found[:SHOWN]))


def _parted(row: list[str]) -> list[str]:
    return [part.strip() for cell in row for part in cell.split(WIDE_COMMA)]
