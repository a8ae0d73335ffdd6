"""The rows of a sheet that count, and the unit of each: what its description says, before any cell is a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN
from govtransparency.data.reading_notes import Note
from govtransparency.data.unit_matching import joined_columns, looks_like
from govtransparency.errors import InputError, closest, nearest
from govtransparency.files.header_rows import length_problems
from govtransparency.files.invisible import has_invisible
from govtransparency.files.table_files import FileTable, read_table_file
from govtransparency.files.unread_cells import ErrorCell, FormulaCell
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, joined, quoted, words
from govtransparency.texts.problems import number_problems, table_problems
from govtransparency.texts.problems import sheet_form_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from govtransparency.data.sheet_form import SheetForm, Where
    from govtransparency.data.unit_matching import UnitList

__all__ = ["UNIT", "SheetRows", "find_column", "first_of", "read_rows"]

UNIT = ("unit", "\u5355\u4f4d")
SEARCHED = 30  # rows in which a header is looked for
LISTED = 10  # columns, or values of a column, that a message lists


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet that count.

    Attributes
    ----------
    file : FileTable
        As read.
    cells : DataFrame
        The rows that count, under the new names of the columns.
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
    notes : tuple of Note
    problems : tuple of Text
        What is wrong with the units of single rows; all other problems are raised at once.
    """

    file: FileTable
    cells: pd.DataFrame
    units: np.ndarray
    used: tuple[str, ...]
    conditions: tuple[str, ...]
    pillar: str
    measure: str
    names: dict[str, str]
    notes: tuple[Note, ...]
    problems: tuple[Text, ...]

    def place(self, rows: np.ndarray, column: str) -> Callable[[int], Text]:
        """Return where the cells of some rows stand in a column, by their position among these rows."""

        def at(position: int) -> Text:
            row = rows[position]
            line, unit = self.cells.index[row], self.units[row]
            if self.file.separator is not None:
                return number_problems.LINE.format(line=line, unit=unit)
            place = self.file.place(line, self.names.get(column, column))
            return number_problems.PLACE.format(place=place, unit=unit)

        return at


def read_rows(path: str | Path, form: SheetForm, units: UnitList | None, *, year: int | None = None) -> SheetRows:
    """Read a file and keep the rows that count.

    Parameters
    ----------
    path : path
    form : SheetForm
    units : UnitList or None
        None takes any unit.
    year : int, optional
        Of the edition; needed where the form names a column of years.

    Raises
    ------
    InputError
        If a column named in the form is missing, or a condition can never hold; with the columns or values there are.
    """
    file = read_table_file(path, form.file, repeated=form.others_ignored, uneven=form.pass_unlisted)
    notes = [Note(text) for text in file.notes]
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
    unit_columns = used["unit"] or [
        column
        for column in [find_column(UNIT, cells.drop(columns=used["measure"], errors="ignore"))]
        if column is not None
    ]
    if not unit_columns:
        lacking.append(_no_unit_column(cells))
    if lacking:
        raise InputError(lacking, title=str(path))
    conditions = [replace(where, column=now.get(where.column, where.column)) for where in form.where]
    cells = _rows_that_count(cells, conditions, now.get(form.year or "", form.year), year, notes, title=str(path))
    groups = cells[used["group"][0]] if used["group"] else None
    if len(unit_columns) == 1:
        named_units = cells[unit_columns[0]]
    else:
        named_units = joined_columns(cells[unit_columns], units)
    structure = [*unit_columns, *used["group"], *used["year"], *used["pillar"], *used["measure"]]
    chosen = tuple(dict.fromkeys([*structure, *used["where"]]))
    found = [problem for column in unit_columns for problem in file.code_problems(names.get(column, column))]
    found += [problem for column in chosen for problem in file.unread_problems(names.get(column, column))]
    codes = _unit_codes(named_units, groups, units, form, notes, found)
    kept = codes.notna()
    uneven = {line: count for line, count in file.uneven.items() if kept.get(line)}
    found += length_problems(uneven, len(cells.columns))
    pillar, measure = (used[key][0] if used[key] else "" for key in ("pillar", "measure"))
    return SheetRows(
        file,
        cells[kept],
        codes[kept].to_numpy(dtype=object),
        tuple(dict.fromkeys(structure)),
        tuple(column for column in used["where"] if column not in structure),
        pillar,
        measure,
        names,
        tuple(notes),
        tuple(found),
    )


def _no_unit_column(cells: pd.DataFrame) -> Text:
    """Return what to do where the header has no column of units: perhaps it stands in a line below."""
    first = cells.head(SEARCHED)
    there = first.apply(lambda row: row.astype(str).str.lower().isin(UNIT).any(), axis=1)
    if not there.any():
        return problems.NO_UNIT_COLUMN.format(columns=words(cells.columns))
    line = int(there.idxmax())
    return problems.UNIT_BELOW.format(line=line, above=line - 1)


def find_column(names: Iterable[str], text: pd.DataFrame) -> str | None:
    """Return the first column whose header is one of the names, ignoring case."""
    return next((column for column in text.columns if str(column).lower() in names), None)


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
) -> pd.DataFrame:
    """Return the rows that meet all conditions; refuse one that can never be met."""
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
    return cells[keep]


def first_of(names: Iterable[str]) -> Text:
    """Return the first names or values of a list, each once, and how many there are."""
    there = list(dict.fromkeys(map(str, names)))
    shown = quoted(there[:LISTED])
    return shown if len(there) <= LISTED else table_problems.AND_MORE.format(listed=shown, count=len(there))


def _unit_codes(
    names: pd.Series,
    groups: pd.Series | None,
    units: UnitList | None,
    form: SheetForm,
    notes: list[Note],
    found: list[Text],
) -> pd.Series:
    """Return the code of each row's unit, None for a row passed over; add what is wrong to the problems found."""
    rows = pd.DataFrame({"name": names.map(str), "group": "" if groups is None else groups.map(str)})
    distinct = rows.drop_duplicates()
    codes: dict[tuple[str, str], str | None] = {}
    by_name: list[tuple[str, str]] = []
    unlisted: list[str] = []
    told = {str(cell) for cell in names if isinstance(cell, (ErrorCell, FormulaCell))}
    for name, group in distinct.itertuples(index=False, name=None):
        matches = (name,) if units is None else units.find(name, group if groups is not None else None)
        strange = looks_like(name) if units is None or not matches else None
        codes[name, group] = matches[0] if len(matches) == 1 and name and not strange else None
        if not matches or not name or strange:
            if name not in told and not has_invisible(name):  # which are told as such
                unlisted.append(name)
        elif len(matches) > 1:
            line = names.index[(rows["name"] == name).argmax()]
            found.append(table_problems.SEVERAL_UNITS.format(line=line, name=name, units=quoted(matches)))
        elif matches[0] != name:
            by_name.append((name, matches[0]))
    if units is not None and groups is not None:
        found += _in_other_groups(distinct, codes, units)
    if by_name:
        name, code = by_name[0]
        notes.append(Note(reading_words.BY_NAME.format(name=name, unit=code), times=len(by_name)))
    if unlisted:
        _tell_unlisted(rows["name"], dict.fromkeys(unlisted), units, form, notes, found)
    keys = zip(rows["name"].tolist(), rows["group"].tolist(), strict=True)
    return pd.Series([codes[key] for key in keys], index=names.index, dtype=object)


def _in_other_groups(rows: pd.DataFrame, codes: Mapping[tuple[str, str], str | None], units: UnitList) -> list[Text]:
    """Return one problem for the units that are of another group than in ``units.csv``; rows of name and group."""
    said = []
    for line, name, group in rows.itertuples(name=None):
        own = units.groups.get(codes[name, group] or "")
        if own and units.group_codes.get(group, group) != own:
            said.append(table_problems.OTHER_GROUP.format(line=line, unit=name, group=group, own=own))
    return (
        said if len(said) <= 1 else [table_problems.OTHER_GROUPS.format(count=len(said), places=joined(*said[:SHOWN]))]
    )


def _tell_unlisted(
    names: pd.Series,
    unlisted: Collection[str],
    units: UnitList | None,
    form: SheetForm,
    notes: list[Note],
    found: list[Text],
) -> None:
    """Note the rows that are passed over, or refuse them in one sentence."""
    here = names[names.isin(list(unlisted))]
    lines = {name: here.index[(here == name).argmax()] for name in unlisted}
    if form.pass_unlisted:
        counts = here.value_counts()
        for name, line in lines.items():
            template = reading_words.LOOKS_LIKE.get(looks_like(name) or "", reading_words.PASSED_OVER)
            what = template.format(unit=name) if name else reading_words.NO_UNIT
            notes.append(Note(what, reading_words.LINE.format(line=line), int(counts[name])))
        return
    known, source = (list(units.groups), units.source) if units is not None else ([], "")
    first, line = next(iter(lines.items()))
    if len(here) == 1 and not first:
        found.append(table_problems.EMPTY_UNIT.format(line=line))
    elif len(lines) == 1 and first and looks_like(first) is None:
        found.append(
            table_problems.UNKNOWN_UNIT.format(line=line, unit=first, source=source, nearest=nearest(first, known))
        )
    else:
        places = [_unlisted_at(line, name, known) for name, line in list(lines.items())[:SHOWN]]
        template = table_problems.UNLISTED["listed" if units is not None else "any"]
        found.append(template.format(count=len(here), source=source, places=joined(*places)))


def _unlisted_at(line: int, name: str, known: Collection[str]) -> Text:
    """Return where a name stands that is no unit's, and what it looks like."""
    near = closest(name, known)
    look = looks_like(name) or ("empty" if not name else "unknown" if near is None else "near")
    return table_problems.UNLISTED_AS[look].format(line=line, unit=name, nearest=near)
