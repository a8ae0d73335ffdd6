"""The rows of a sheet that count, and the unit of each: what its description says, before any cell is a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN
from govtransparency.data.reading_notes import Note
from govtransparency.data.row_units import unit_codes
from govtransparency.data.sheet_shapes import read_shaped
from govtransparency.data.unit_columns import EXACT, unit_candidates
from govtransparency.data.unit_matching import column_beside, filled_down, joined_columns
from govtransparency.data.units_of_measurement import hold_measures
from govtransparency.data_dictionary.known_headings import find_heading, means
from govtransparency.errors import InputError, first_of, nearest
from govtransparency.files.header_rows import length_problems
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import number_problems, shape_problems
from govtransparency.texts.problems import sheet_form_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from govtransparency.data.sheet_form import SheetForm, Where
    from govtransparency.data.unit_matching import UnitList
    from govtransparency.files.table_files import FileTable

__all__ = ["SheetRows", "read_rows"]

SEARCHED = 30  # rows in which a header is looked for


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet that count.

    Attributes
    ----------
    file : FileTable
        As read.
    cells : DataFrame
        The rows that count, under the new names of the columns.
    positions : ndarray of int
        Of each of these rows among those of the file.
    units : ndarray of str
        The unit of each row, by its code.
    used : tuple of str
        The columns of the unit, its group, the year, the pillar and the unit of measurement.
    conditions : tuple of str
        The other columns that say which rows count; they may be indicators too.
    pillar : str
        The column of pillars, or the empty text.
    measure : str
        The declared column of units of measurement, or the empty text.
    names : dict of new to old name of a column
    measures : dict of column to text
        The unit of measurement that the file gives for it.
    above : frozenset of str
        The columns for which it stands above the header.
    notes : tuple of Note
    problems : tuple of Text
        What is wrong with the units of single rows; all other problems are raised at once.
    """

    file: FileTable
    cells: pd.DataFrame
    positions: np.ndarray
    units: np.ndarray
    used: tuple[str, ...]
    conditions: tuple[str, ...]
    pillar: str
    measure: str
    names: dict[str, str]
    measures: dict[str, str]
    above: frozenset[str]
    notes: tuple[Note, ...]
    problems: tuple[Text, ...]

    def place(self, rows: np.ndarray, column: str) -> Callable[[int], Text]:
        """Return where the cells of some rows stand in a column, by their position among these rows."""

        def at(position: int) -> Text:
            unit, row = self.units[rows[position]], int(self.positions[rows[position]])
            name = self.names.get(column, column)
            if self.file.separator is not None:
                return number_problems.LINE.format(line=self.file.line(row, name), unit=unit)
            return number_problems.PLACE.format(place=self.file.cell_place(row, name), unit=unit)

        return at


def read_rows(
    path: str | Path,
    form: SheetForm,
    units: UnitList | None,
    *,
    year: int | None = None,
    indicators: Collection[str] = (),
) -> SheetRows:
    """Read a file and keep the rows that count.

    Parameters
    ----------
    path : path
    form : SheetForm
    units : UnitList or None
        None takes any unit.
    year : int, optional
        Of the edition; needed where the form names a column of years, or columns are years.
    indicators : collection of str
        What indicators may be called, which tells them from units.

    Raises
    ------
    InputError
        If a column named in the form is missing, or a condition can never hold; with the columns or values there are.
    """
    shaped = read_shaped(path, form, units, indicators=indicators, year=year)
    file = shaped.file
    notes = [*(Note(text) for text in file.notes), *shaped.notes]
    cells, names = _renamed(file, form)
    named = {
        "unit": form.unit,
        "group": [form.group] if form.group else [],
        "year": [form.year] if form.year else [],
        "pillar": [form.pillar] if form.pillar else [],
        "measure": [form.measure] if form.measure else [],
        "where": [where.column for where in form.where],
    }
    now = {old: new for new, old in names.items()}
    used = {key: [now.get(column, column) for column in columns] for key, columns in named.items()}
    lacking = [
        problems.NO_COLUMN.format(key=key, column=column, nearest=nearest(column, cells.columns))
        for key, columns in used.items()
        for column in columns
        if column not in cells
    ]
    if not form.is_shaped:
        lacking += _turned_problems(cells, units, indicators)
    candidates = cells.drop(columns=used["measure"], errors="ignore")
    unit_columns = used["unit"] or unit_candidates(candidates, units)
    if not unit_columns and not lacking:
        lacking.append(_no_unit_column(cells))
    elif not used["unit"] and len(unit_columns) > 1:
        lacking.append(problems.SEVERAL_UNIT_COLUMNS.format(columns=quoted(unit_columns), first=unit_columns[0]))
    if lacking:
        raise InputError(lacking, title=str(path))
    if not used["unit"] and unit_columns != [EXACT]:
        notes.append(Note(reading_words.UNITS_IN.format(column=unit_columns[0])))
    conditions = [replace(where, column=now.get(where.column, where.column)) for where in form.where]
    keep = _rows_that_count(cells, conditions, now.get(form.year or "", form.year), year, notes, title=str(path))
    cells, positions = cells[keep], np.flatnonzero(keep)
    if form.sections_are_groups:
        used["group"] = ["group"]
    groups = cells[used["group"][0]] if used["group"] else None
    named_units = _named_units(cells, unit_columns, units, title=str(path))
    structure = [*unit_columns, *used["group"], *used["year"], *used["pillar"], *used["measure"]]
    chosen = tuple(dict.fromkeys([*structure, *used["where"]]))
    found = [problem for column in unit_columns for problem in file.code_problems(names.get(column, column))]
    found += [problem for column in chosen for problem in file.unread_problems(names.get(column, column))]
    codes = unit_codes(named_units, groups, units, form, notes, found)
    kept = codes.notna().to_numpy()
    lines = set(cells.index[kept])
    uneven = {line: count for line, count in file.uneven.items() if line in lines}
    found += length_problems(uneven, len(cells.columns))
    pillar, measure = (used[key][0] if used[key] else "" for key in ("pillar", "measure"))
    return SheetRows(
        file,
        cells[kept],
        positions[kept],
        codes[kept].to_numpy(dtype=object),
        tuple(dict.fromkeys(structure)),
        tuple(column for column in used["where"] if column not in structure),
        pillar,
        measure,
        names,
        {now.get(column, column): measure for column, measure in shaped.measures.items()},
        frozenset(now.get(column, column) for column in shaped.above),
        tuple(notes),
        tuple(found),
    )


def _named_units(cells: pd.DataFrame, columns: list[str], units: UnitList | None, *, title: str) -> pd.Series:
    """Return what each row calls its unit; refuse names that are of no unit alone but would be with what is beside."""
    named = cells[columns[0]] if len(columns) == 1 else joined_columns(cells[columns], units)
    if units is None or all(map(units.find, named.unique())):
        return named
    beside = column_beside(cells, columns[0], units) if len(columns) == 1 else None
    if beside is not None:
        here = {"unit": columns[0], "column": beside, "source": units.source}
        raise InputError(shape_problems.UNIT_OF_TWO[bool((cells[beside] == "").any())].format(**here), title=title)
    empty = [column for column in columns[:-1] if (cells[column] == "").any()]
    filled = cells[columns].assign(**{column: filled_down(cells[column]) for column in empty})
    if empty and all(map(units.find, joined_columns(filled, units))):
        problem = shape_problems.FILL_DOWN.format(column=empty[0], source=units.source)
        raise InputError(problem, title=title)
    return named


def _no_unit_column(cells: pd.DataFrame) -> Text:
    """Return what to do where the header has no column of units: perhaps it stands in a line below."""
    if len(cells.columns) and means(str(cells.columns[0]), "indicator") and find_heading(cells, "value") is None:
        return shape_problems.ROWS_LIKELY.format(column=cells.columns[0])
    measures = [column for column in cells.columns if means(column, "unit") and hold_measures(cells[column])]
    if measures:
        there = first_of(cells[measures[0]])
        return problems.UNIT_HOLDS_MEASURES.format(column=measures[0], there=there, columns=words(cells.columns))
    first = cells.head(SEARCHED)
    found = first.apply(lambda row: any(means(str(cell), "unit", "place") for cell in row), axis=1)
    if not found.any():
        return problems.NO_UNIT_COLUMN.format(columns=words(cells.columns))
    line = int(found.idxmax())
    return problems.UNIT_BELOW.format(line=line, above=line - 1)


def _turned_problems(cells: pd.DataFrame, units: UnitList | None, indicators: Collection[str]) -> list[Text]:
    """Return what to declare where columns are called as units are."""
    heads = [head for head in map(str, cells.columns) if units is not None and units.find(head)]
    heads = [head for head in heads if head not in indicators]
    return [shape_problems.ROWS_UNDECLARED.format(units=quoted(heads[:SHOWN]))] if len(heads) > 1 else []


def _renamed(file: FileTable, form: SheetForm) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the cells under the new names of their columns, and the old name of each that has a new one."""
    cells = file.cells
    wrong = [
        problems.NO_COLUMN.format(key="names", column=column, nearest=nearest(column, cells.columns))
        for column in form.names
        if column not in cells
    ]
    header = [form.names.get(column, column) for column in cells.columns]
    wrong += [problems.RENAMED_TWICE.format(column=name) for name in set(form.names.values()) if header.count(name) > 1]
    if wrong:
        raise InputError(wrong, title=str(file.path))
    return cells.set_axis(header, axis=1), {new: old for old, new in form.names.items()}


def _rows_that_count(
    cells: pd.DataFrame,
    conditions: Sequence[Where],
    year_column: str | None,
    year: int | None,
    notes: list[Note],
    *,
    title: str,
) -> np.ndarray:
    """Return which rows meet all conditions; refuse one that can never be met."""
    wrong: list[Text] = []
    keep = np.ones(len(cells), dtype=bool)
    for where in conditions:
        column = cells[where.column]
        meets = column.isin(where.texts).to_numpy()
        if not meets.any():
            if where.leave_out:
                notes.append(
                    Note(reading_words.NOTHING_LEFT_OUT.format(column=where.column, value=quoted(where.texts)))
                )
            else:
                there = first_of(column)
                wrong.append(
                    problems.NO_SUCH_VALUE.format(column=where.column, wanted=quoted(where.texts), there=there)
                )
        keep &= ~meets if where.leave_out else meets
    if year_column is not None:
        meets = (cells[year_column] == str(year)).to_numpy()
        if not meets.any():
            there = first_of(cells[year_column])
            wrong.append(problems.NO_SUCH_YEAR.format(column=year_column, year=str(year), there=there))
        keep &= meets
    if not wrong and len(cells) and not keep.any():
        wrong.append(problems.NO_ROWS)
    if wrong:
        raise InputError(wrong, title=title)
    if not keep.all():
        columns = quoted(dict.fromkeys([*(where.column for where in conditions), *filter(None, [year_column])]))
        count = int((~keep).sum())
        notes.append(Note(reading_words.ROWS_LEFT_OUT.format(columns=columns, count=count, all=len(keep)), times=count))
    return keep
