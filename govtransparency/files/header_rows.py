"""The header of a table: which rows it is, how two rows are joined, and what is wrong where the first row is none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from govtransparency.errors import InputError
from govtransparency.files.invisible import invisible_name
from govtransparency.files.unread_cells import CoveredCell
from govtransparency.files.year_heads import are_years
from govtransparency.texts.bilingual import Text, listed, quoted
from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govtransparency.files.raw_rows import Area, RawRows

__all__ = ["NamedColumns", "header_in", "length_problems", "likely_header", "named_columns", "times_side_by_side"]


SEARCHED = 30  # rows from the top within which a header is looked for
SHOWN = 3  # cells of a row, or places, that a message shows
YEARS = range(1800, 2200)


class NamedColumns(NamedTuple):
    """The rows below the header, all brought to its length."""

    header: list[str]
    places: list[int]  # of each column among the cells of a row of the file
    rows: list[list[str]]
    lines: list[int]
    uneven: dict[int, int]  # the lines of rows of another length, and their own number of cells


def named_columns(
    raw: RawRows, header_lines: tuple[int, ...], title: str, *, repeated: bool, uneven: bool, blocks: bool = False
) -> NamedColumns:
    """Return the rows of a file under their header: the rows declared, or the first one.

    Columns without a name and without a cell are left out; with `repeated`, so are those with the name and the cells of
    an earlier one. Below the header, cells covered by merging are `CoveredCell`. With `uneven`, less than half of the
    rows may be longer or shorter than the header, as footnotes are. With `blocks`, columns may have the same names.

    Raises
    ------
    InputError
        If the header is not where it is declared, or seems not to be in the first row; if columns have the same name or
        none, or rows are longer or shorter than the header.
    """
    header = _declared(raw, header_lines, title) if header_lines else raw.rows[0]
    top = header_lines[-1] if header_lines else raw.lines[0]
    below = next((place for place, line in enumerate(raw.lines) if line > top), len(raw.lines))
    lines, rows = raw.lines[below:], raw.rows[below:]
    odd = _uneven(header, rows, lines)
    found = length_problems(odd, len(header)) if not uneven or 2 * len(odd) > len(rows) else []
    unnamed: list[str] = []
    if not found:
        if any(len(row) != len(header) for row in rows):
            rows = [(row + [""] * len(header))[: len(header)] for row in rows]
        places = [place for place, name in enumerate(header) if name or any(row[place] for row in rows)]
        if repeated:
            counts = Counter(header)
            contents = {_content(header, rows, place, counts): place for place in reversed(places)}
            places = sorted(contents.values())
        names = [header[place] for place in places]
        found = [] if blocks else [*_name_problems(names, places)]
        unnamed = [name for name in names[1:] if not name]
    elsewhere = _header_elsewhere(raw) if (found or unnamed) and not header_lines else None
    if elsewhere or found:
        raise InputError(elsewhere or found, title=title)
    rows = _with_covered(rows, lines, raw.merged)
    if len(places) < len(header):
        rows = [[row[place] for place in places] for row in rows]
    return NamedColumns(names, places, rows, lines, odd)


def _content(header: list[str], rows: list[list[str]], place: int, counts: Counter[str]) -> tuple[str, ...]:
    """Return what makes a column the same as another: its name, and its cells if another has the name."""
    name = header[place]
    return (name, *(row[place] for row in rows)) if counts[name] > 1 else (name,)


def _uneven(header: list[str], rows: list[list[str]], lines: list[int]) -> dict[int, int]:
    """Return the lines of rows longer than the header, or that end before its last name, and how long they are.

    Empty cells beyond the header hold nothing where all rows have some; one row alone may have a decimal comma.
    """
    width = len(header)
    least = max((place for place, name in enumerate(header, start=1) if name), default=0)
    all_longer = all(len(row) > width for row in rows)
    return {
        line: len(row)
        for line, row in zip(lines, rows, strict=True)
        if len(row) < least or (len(row) > width and not all_longer) or any(row[width:])
    }


def length_problems(uneven: Mapping[int, int], width: int) -> list[Text]:
    """Return what is said of rows, by line, that have another number of cells than the header."""
    if len(uneven) <= SHOWN:
        return [problems.CELLS.format(line=line, count=count, header=width) for line, count in uneven.items()]
    places = [problems.LENGTH_AT.format(line=line, count=count) for line, count in [*uneven.items()][:SHOWN]]
    return [problems.MANY_LENGTHS.format(count=len(uneven), header=width, places=listed(places))]


def _name_problems(header: list[str], places: list[int]) -> Iterator[Text]:
    counts = Counter(header)
    if (times := times_side_by_side(header)) > 1:
        yield problems.BLOCKS.format(times=times, heads=quoted(header[: len(header) // times]))
        return
    if counts.pop("", 0) > 1:  # one may be the column of codes in front
        unnamed = [place + 1 for place, name in zip(places, header, strict=True) if not name]
        yield problems.UNNAMED.format(columns=", ".join(map(str, unnamed)))
    for name in sorted(counts):
        if counts[name] > 1:
            yield problems.DUPLICATE_COLUMN.format(column=name)
        if (character := invisible_name(name)) is not None:
            yield problems.INVISIBLE_HEADER.format(column=name, name=character)


def times_side_by_side(header: list[str]) -> int:
    """Return how often the same several heads stand side by side."""
    for width in range(2, len(header) // 2 + 1):
        if len(header) % width == 0 and all(header[:width]) and header[:width] * (len(header) // width) == header:
            return len(header) // width
    return 1


def _declared(raw: RawRows, lines: tuple[int, ...], title: str) -> list[str]:
    """Return the header in the rows that are declared.

    Raises
    ------
    InputError
        If one of them has no cell or does not begin a row.
    """
    at = dict(zip(raw.lines, raw.rows, strict=True))
    if lacking := [line for line in lines if line not in at]:
        raise InputError(
            [problems.NO_HEADER_LINE.format(line=line, row=_row_word(raw)) for line in lacking], title=title
        )
    return _joined(raw, lines, [at[line] for line in lines])


def _joined(raw: RawRows, lines: tuple[int, ...], rows: list[list[str]]) -> list[str]:
    """Return the header in some rows: what stands above a column, from above, without repetition.

    In a workbook a merged cell stands above all its columns. Elsewhere a cell of an upper row stands above the empty
    ones on its right.
    """
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    merged = [area for area in raw.merged if any(area[0] <= line <= area[2] for line in lines)]
    if merged:
        _fill_merged(filled, lines, merged, raw)
    else:
        for row in filled[:-1]:
            for place in range(1, width):
                row[place] = row[place] or row[place - 1]
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*filled, strict=True)]


def _with_covered(rows: list[list[str]], lines: list[int], merged: tuple[Area, ...]) -> list[list[str]]:
    """Return the rows with the text of each merged cell in those that it covers and that have none of their own."""
    found = list(rows) if merged else rows
    copied: set[int] = set()
    for top, covered, places in _covered(merged, rows, lines):
        start, first = covered.start, places.start
        shown = rows[start][first]
        if lines[start] != top or not shown:
            continue
        for at in covered:
            if at not in copied:
                found[at] = list(found[at])
                copied.add(at)
            for place in places:
                if (at, place) != (start, first) and not isinstance(found[at][place], CoveredCell):
                    found[at][place] = CoveredCell(found[at][place] or shown)
    return found


def _fill_merged(rows: list[list[str]], lines: tuple[int, ...], merged: list[Area], raw: RawRows) -> None:
    """Put the text of each merged cell, which may begin above them, into all cells of some rows that it covers."""
    end = bisect_right(raw.lines, lines[-1])
    row_in = dict(zip(lines, rows, strict=True))
    for _, covered, places in _covered(merged, raw.rows[:end], raw.lines[:end]):
        text = next((raw.rows[at][place] for at in covered for place in places if raw.rows[at][place]), "")
        for at in covered:
            if (row := row_in.get(raw.lines[at])) is not None:
                row[places.start : places.stop] = [text] * len(places)


def _covered(merged: Iterable[Area], rows: list[list[str]], lines: list[int]) -> Iterator[tuple[int, range, range]]:
    """Give the line in which each merged cell begins, and the rows and places that it covers.

    Only in a damaged workbook do merged cells overlap; those are passed over that cover more cells than there are.
    """
    width = max(map(len, rows), default=0)
    left = len(rows) * width
    for top, first, bottom, last in merged:
        covered = range(bisect_left(lines, top), bisect_right(lines, bottom))
        places = range(first, min(last + 1, width))
        left -= len(covered) * len(places)
        if left < 0:
            return
        if covered and places:
            yield top, covered, places


def likely_header(raw: RawRows) -> tuple[int, ...]:
    """Return the line, or the two lines, where the header seems to be if the first row looks like none; else nothing.

    Examples
    --------
    >>> from govtransparency.files.raw_rows import RawRows
    >>> likely_header(RawRows([["A title", ""], ["unit", "a"], ["x", "1"]], [1, 3, 4]))
    (3,)
    """
    rows = [_trimmed(row) for row in raw.rows[:SEARCHED]]
    if len(rows) < 2:
        return ()
    usual = _usual_width(rows)
    sparse = _is_sparse(rows[0], usual)
    for place, row in enumerate(rows):
        line = raw.lines[place]
        following = rows[place + 1] if place + 1 < len(rows) else []
        if sum(map(bool, row)) > 1 and following and bool(row[0]) != bool(following[0]):
            lines = (line, raw.lines[place + 1])
            if _is_whole(_joined(raw, lines, [row, following]), usual):
                return lines
        if sparse and _is_whole(row, usual):
            return (line,)
    return ()


def header_in(raw: RawRows, lines: tuple[int, ...]) -> tuple[list[str], list[str]]:
    """Return the header in some lines, and of each column what stands above its name in the last of them."""
    at = dict(zip(raw.lines, raw.rows, strict=True))
    header = _joined(raw, lines, [at[line] for line in lines])
    names = at[lines[-1]] + [""] * len(header)
    return header, [
        whole.removesuffix(name).rstrip() if name and whole != name else ""
        for whole, name in zip(header, names, strict=False)
    ]


def _header_elsewhere(raw: RawRows) -> Text | None:
    """Return where the header seems to be if the first row looks like a title or the upper one of two rows, or None."""
    rows = [_trimmed(row) for row in raw.rows[:SEARCHED]]
    if len(rows) < 2:
        return None
    lines, usual = likely_header(raw), _usual_width(rows)
    filled = sum(map(bool, rows[0]))
    names = _shown(header_in(raw, lines)[0]) if lines else None
    if len(lines) == 2:
        return problems.TWO_HEADER_ROWS.format(row=_row_word(raw), first=lines[0], second=lines[1], names=names)
    said = {"row": _row_word(raw), "first": raw.lines[0], "filled": filled, "width": usual, "what": _shown(rows[0])}
    if lines:
        years = quoted(are_years(header_in(raw, lines)[0])[:SHOWN])
        template = problems.TITLE_ABOVE_YEARS if years.en else problems.TITLE_ABOVE
        return template.format(**said, line=lines[0], names=names, years=years)
    return problems.NO_HEADER.format(**said) if _is_sparse(rows[0], usual) else None


def _usual_width(rows: list[list[str]]) -> int:
    """Return the number of cells that most rows below the first have, those of one cell aside if others have more."""
    counts = Counter(map(len, rows[1:]))
    return max(counts, key=lambda width: (width > 1, counts[width], width))


def _is_sparse(row: list[str], usual: int) -> bool:
    """Return whether a row has too few cells to be a header."""
    filled = sum(map(bool, row))
    return filled == 1 or 2 * filled < usual


def _row_word(raw: RawRows) -> Text:
    """Return what a row is called: a line of a text file, a row of a workbook."""
    return problems.ROWS[not raw.is_sheet]


def _shown(row: list[str]) -> Text:
    return quoted([cell for cell in row if cell][:SHOWN])


def _trimmed(row: list[str]) -> list[str]:
    """Return the row without the empty cells at its end."""
    return row[: max((place for place, cell in enumerate(row, start=1) if cell), default=0)]


def _is_whole(row: list[str], width: int) -> bool:
    """Return whether a row could be a header: every column named, once, by something that is no figure."""
    return len(row) == width > 1 and all(row) and len(set(row)) == width and not any(map(_is_figure, row))


def _is_figure(cell: str) -> bool:
    try:
        number = float(cell.rstrip("%").replace(",", "."))
    except ValueError:
        return False
    return number not in YEARS
