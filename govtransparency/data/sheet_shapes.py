"""Sheets of other shapes as tables of one row for a unit: indicators in rows, years in columns, blocks side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.data.head_words import INDICATOR, HeadWords, without_number
from govtransparency.data.reading_notes import Note
from govtransparency.data.turned_sheets import turned
from govtransparency.data.unit_matching import filled_down, looks_like
from govtransparency.data.units_of_measurement import is_measure
from govtransparency.data_dictionary.known_headings import find_heading, words_of
from govtransparency.errors import InputError, nearest
from govtransparency.files.folded_text import folded
from govtransparency.files.table_files import FileTable, raw_rows, table_of
from govtransparency.files.unread_cells import CoveredCell
from govtransparency.files.year_heads import year_of_head
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.bilingual import words as told
from govtransparency.texts.problems import shape_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from govtransparency.data.sheet_form import SheetForm
    from govtransparency.data.unit_matching import UnitList
    from govtransparency.files.raw_rows import RawRows
    from govtransparency.texts.bilingual import Text

__all__ = ["ShapedSheet", "lines_above", "measure_above", "named_in", "read_shaped"]

GROUP = "group"
OF_INDICATORS, OF_VALUES = (words_of(role)[0] for role in ("indicator", "value"))  # columns of a long sheet
CONTINUED = re.compile(
    r".*(?:\u7eed\s*\u8868|[(\uff08]\s*\u7eed.{0,3}[)\uff09]|\(cont(?:inue)?d\.?\)).*", re.IGNORECASE
)
BETWEEN = ',;\t" \u3000'  # what may stand around the only cell of a line
MEASURE_ABOVE = re.compile(  # behind it the year and words in brackets, such as (\u5f53\u5e74\u4ef7)
    r"(?:\u5355\u4f4d|\bunits?) ?: ?(?:\u4eba\u6c11\u5e01 ?)?([^ ():]+?)"
    r"(?: ?\)| ?\([^()]*\)| ?\d{4}(?: ?\u5e74\u5ea6?)?)*$",
    re.IGNORECASE,
)
SEVERAL_ABOVE = re.compile(r"(?:\u5355\u4f4d|\bunits?) ?: ?(.+)", re.IGNORECASE)
BETWEEN_MEASURES = re.compile(r"[ ,;\u3001()/:]|\u548c|\band\b")
NAMED_ABOVE = re.compile(r"(?:\u6307\u6807|indicator)\s*[:\uff1a]\s*(.+)", re.IGNORECASE)


class ShapedSheet(NamedTuple):
    """A table of one row for a unit, or for a unit and an indicator.

    Attributes
    ----------
    file : FileTable
    notes : tuple of Note
    measures : dict of column to text
        The unit of measurement that the file gives for it.
    above : frozenset of str
        The columns for which it stands above the header.
    """

    file: FileTable
    notes: tuple[Note, ...]
    measures: dict[str, str]
    above: frozenset[str]


def read_shaped(
    path: str | Path,
    form: SheetForm,
    units: UnitList | None,
    *,
    indicators: Collection[str] = (),
    year: int | None = None,
) -> ShapedSheet:
    """Read a file, and bring its table into the shape of one row for a unit.

    Parameters
    ----------
    path : path
    form : SheetForm
    units : UnitList or None
        By which a unit without figures is told from the head of a section.
    indicators : collection of str
        What indicators are called.
    year : int, optional
        Of the edition, for tables whose columns are years.

    Raises
    ------
    InputError
        As `read_table_file`, and if the table is not of the shape that the form says.
    """
    path = Path(path)
    whole = raw_rows(path, form.file)
    top = form.file.header_lines[-1] if form.file.header_lines else whole.lines[0]
    raw, notes = _without_repeats(whole, form, top)
    file = table_of(
        path,
        raw,
        form.file.header_lines,
        repeated=form.others_ignored,
        uneven=form.pass_unlisted or form.is_shaped,
        blocks=form.blocks > 1,
    )
    known = HeadWords(form, units, indicators, year)
    if form.blocks > 1:
        file = _stacked(file, form.blocks)
    if form.fill_down:
        file = _filled_down(file, form.fill_down, notes)
    if form.sections_are_groups:
        file = _with_sections(file, known, notes)
    above = lines_above(whole, top)
    measures: dict[str, str] = {}
    if form.years_are_columns:
        file = _of_year(file, known, above, notes, measures)
    if form.indicators_are_rows:
        file = turned(file, known, top, notes, measures)
    elif form.indicator is not None and not form.years_are_columns:
        file = _indicator_called(file, form.indicator)
    stated = next(filter(None, map(measure_above, above)), None)
    of_all = frozenset(map(str, file.cells.columns)) - {*measures} if stated else frozenset()
    if stated is None:
        notes += [
            Note(reading_words.UNITS_ABOVE.format(line=line.strip(BETWEEN))) for line in above if _says_units(line)
        ]
    else:
        measures = dict.fromkeys(map(str, file.cells.columns), stated) | measures
    return ShapedSheet(file, tuple(notes), measures, of_all)


def _without_repeats(raw: RawRows, form: SheetForm, top: int) -> tuple[RawRows, list[Note]]:
    """Return the rows without further headers and lines that say that the table goes on; of a shape, without footnotes.

    A footnote has any number of cells, so that it is taken out before they are counted.
    """
    lines = form.file.header_lines or (raw.lines[0],)
    heads = [_trimmed(row) for row, line in zip(raw.rows, raw.lines, strict=True) if line in lines]
    repeated: list[int] = []
    footnotes: list[int] = []
    for row, line in zip(raw.rows, raw.lines, strict=True):
        if line <= top:
            continue
        if any(row[0] == head[0] and len(head) > 1 and _trimmed(row) == head for head in heads) or _goes_on(row):
            repeated.append(line)
        elif form.is_shaped and looks_like(row[0]) == "footnote":
            footnotes.append(line)
    out = {*repeated, *footnotes}
    if not out:
        return raw, []
    notes = [
        Note(template.format(lines=told(lines)), reading_words.LINE.format(line=lines[0]), len(lines))
        for template, lines in ((reading_words.REPEATED_HEADS, repeated), (reading_words.FOOTNOTES, footnotes))
        if lines
    ]
    kept = [(row, line) for row, line in zip(raw.rows, raw.lines, strict=True) if line not in out]
    return replace(raw, rows=[row for row, _ in kept], lines=[line for _, line in kept]), notes


def _trimmed(row: list[str]) -> list[str]:
    return row[: max((place for place, cell in enumerate(row, start=1) if cell), default=0)]


def _goes_on(row: list[str]) -> bool:
    """Return whether a row holds one text alone, which says that the table goes on."""
    filled = [cell for cell in row if cell]
    return len(filled) == 1 and len(row[0]) <= len(filled[0]) and CONTINUED.fullmatch(filled[0]) is not None


def _refused(file: FileTable, *found: Text) -> InputError:
    return InputError(list(found), title=str(file.path))


def _stacked(file: FileTable, blocks: int) -> FileTable:
    """Return the rows of all blocks, one block below the other."""
    heads = list(file.cells.columns)
    width, rest = divmod(len(heads), blocks)
    if rest or heads != heads[:width] * blocks:
        raise _refused(file, problems.UNEVEN_BLOCKS.format(blocks=blocks, heads=quoted(heads)))
    cells = file.cells.to_numpy(dtype=object)
    at = [
        (row, block)
        for block in range(blocks)
        for row in range(len(cells))
        if any(cells[row, block * width : (block + 1) * width])
    ]
    lines = file.cells.index
    table = pd.DataFrame(
        [list(cells[row, block * width : (block + 1) * width]) for row, block in at],
        columns=heads[:width],
        index=pd.Index([lines[row] for row, _ in at], name=lines.name),
        dtype=object,
    )
    place = {head: number for number, head in enumerate(heads[:width])}
    uneven = {line: count for line, count in file.uneven.items() if count % width}

    def origin(row: int, column: str) -> tuple[int, int]:
        return int(lines[at[row][0]]), at[row][1] * width + place[column]

    return replace(file, cells=table, uneven=uneven, origin=origin)


def _filled_down(file: FileTable, columns: Sequence[str], notes: list[Note]) -> FileTable:
    """Return the table with the text of the cell above in the empty cells of some columns."""
    cells = file.cells.copy()
    wrong: list[Text] = []
    for column in columns:
        if column not in cells:
            wrong.append(problems.NO_COLUMN.format(key="fill_down", column=column, nearest=nearest(column, cells)))
            continue
        empty = np.flatnonzero(cells[column] == "").tolist()
        if empty and empty[0] == 0:
            wrong.append(problems.NOTHING_ABOVE.format(place=file.cell_place(0, column)))
            continue
        cells[column] = filled_down(cells[column])
        if empty:
            where = reading_words.LINE.format(line=file.line(empty[0], column))
            notes.append(Note(reading_words.FILLED_DOWN.format(column=column), where, len(empty)))
    if wrong:
        raise _refused(file, *wrong)
    return replace(file, cells=cells)


def _with_sections(file: FileTable, known: HeadWords, notes: list[Note]) -> FileTable:
    """Return the rows below the head of a section with its text as their group."""
    if GROUP in file.cells:
        raise _refused(file, problems.GROUP_COLUMN)
    kept: list[int] = []
    groups: list[str] = []
    here, heads = "", []
    for row, cells in enumerate(file.cells.to_numpy(dtype=object)):
        filled = [cell for cell in cells if cell]
        own = [cell for cell in filled if not isinstance(cell, CoveredCell)]
        if len(own) == 1 and set(filled) == set(own) and not (known.units and known.units.find(own[0])):
            here = without_number(own[0])
            heads.append((here, row))
            continue
        kept.append(row)
        groups.append(here)
    if not heads:
        raise _refused(file, problems.NO_SECTIONS)
    if kept and kept[0] < heads[0][1]:
        raise _refused(file, problems.BEFORE_SECTIONS.format(line=file.cells.index[kept[0]]))
    names = quoted(dict.fromkeys(name for name, _ in heads))
    where = reading_words.LINE.format(line=file.cells.index[heads[0][1]])
    notes.append(Note(reading_words.SECTIONS.format(groups=names), where, len(heads)))
    table = file.cells.iloc[kept].copy()
    table[GROUP] = pd.Series(groups, index=table.index, dtype=object)
    return _rows_kept(file, table, kept)


def _rows_kept(file: FileTable, table: pd.DataFrame, kept: Sequence[int]) -> FileTable:
    """Return a table of some rows of the file, which still know where they stood."""
    if file.origin is None:
        return replace(file, cells=table)
    whole = file.origin
    return replace(file, cells=table, origin=lambda row, column: whole(kept[row], column))


def _columns_kept(file: FileTable, names: dict[str, str]) -> FileTable:
    """Return a table of some columns, under new names by their old ones."""
    there = list(file.cells.columns)
    table = file.cells[list(names)].set_axis(list(names.values()), axis=1)
    if file.origin is None:
        letters = tuple(file.letters[there.index(old)] for old in names if file.letters)
        return replace(file, cells=table, letters=letters)
    whole, old_of = file.origin, {new: old for old, new in names.items()}
    return replace(file, cells=table, origin=lambda row, column: whole(row, old_of[column]))


def _indicator_called(file: FileTable, column: str) -> FileTable:
    """Return the table with the column of indicators under the name that it has in a long sheet."""
    if column not in file.cells:
        known = nearest(column, file.cells.columns)
        raise _refused(file, problems.NO_COLUMN.format(key="indicator", column=column, nearest=known))
    return _columns_kept(file, {head: OF_INDICATORS if head == column else head for head in file.cells.columns})


def _of_year(
    file: FileTable, known: HeadWords, above: list[str], notes: list[Note], measures: dict[str, str]
) -> FileTable:
    """Return the table with the figures of one year alone: of the indicator in each row, or of the only one."""
    years = {head: year for head in file.cells.columns if (year := year_of_head(head)) is not None}
    chosen = [head for head, year in years.items() if year == known.year]
    if len(chosen) != 1:
        template = problems.NO_SUCH_YEAR if not chosen else problems.YEAR_TWICE
        raise _refused(file, template.format(year=str(known.year), there=quoted(chosen or years)))
    others = [head for head in years if head not in chosen]
    names = {head: head for head in file.cells.columns if head not in others}
    given = known.form.indicator
    column = given if given in names else None
    if given is None:
        column = find_heading(names, *INDICATOR)
    if column is not None:
        names |= {column: OF_INDICATORS, chosen[0]: OF_VALUES}
    elif given is not None and known.indicators and given not in known.indicators:
        raise _refused(file, problems.NO_INDICATOR.format(indicator=given, nearest=nearest(given, known.indicators)))
    elif given is not None:
        names[chosen[0]] = given
    else:
        names[chosen[0]], measure = _named_above(file, known, above, notes)
        measures |= {names[chosen[0]]: measure} if measure else {}
    template = reading_words.YEAR_CHOSEN if others else reading_words.ONE_YEAR
    notes.append(Note(template.format(column=chosen[0], others=told(others))))
    return _columns_kept(file, names)


def lines_above(raw: RawRows, top: int) -> list[str]:
    """Return what stands above the header, line by line."""
    rows = (" ".join(filter(None, row)) for row, line in zip(raw.rows, raw.lines, strict=True) if line < top)
    return [*raw.above, *rows]


def named_in(line: str) -> str | None:
    """Return the indicator that a line above the header names, or None."""
    found = NAMED_ABOVE.fullmatch(line.strip(BETWEEN))
    return found[1] if found else None


def measure_above(line: str) -> str | None:
    """Return the unit of measurement that a line above the header gives for the whole table, or None.

    Examples
    --------
    >>> [measure_above(line) for line in ("\u8868 3  \u5355\u4f4d\uff1a\u4e07\u5143", "(unit: %)", "Unit: Norway")]
    ['\u4e07\u5143', '%', None]
    """
    found = MEASURE_ABOVE.search(folded(line.strip(BETWEEN)))
    return found[1] if found and is_measure(found[1]) else None


def _says_units(line: str) -> bool:
    """Return whether a line above the header speaks of units of measurement."""
    found = SEVERAL_ABOVE.search(folded(line))
    return found is not None and any(map(is_measure, BETWEEN_MEASURES.split(found[1])))


def _named_above(file: FileTable, known: HeadWords, above: list[str], notes: list[Note]) -> tuple[str, str]:
    """Return the indicator that a line above the header names, and its unit of measurement."""
    for line in above:
        text = named_in(line)
        if text is not None:
            name, measure = known.named(text)
            notes.append(Note(reading_words.NAMED_ABOVE.format(text=line.strip(BETWEEN), indicator=name)))
            return name, measure
    raise _refused(file, problems.WHICH_INDICATOR)
