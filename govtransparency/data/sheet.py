"""One sheet of values, wide or long: find its columns and read their cells as numbers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from govtransparency.data.distinct_cells import SHOWN
from govtransparency.data.duplicate_rows import duplicate_problems
from govtransparency.data.head_words import INDICATOR
from govtransparency.data.indicator_columns import CellRules, codes_by_header, doubts, typed_otherwise
from govtransparency.data.measured_values import Measures, Named, heads_with_units, notes_of_heads, unit_in
from govtransparency.data.reading_notes import Note, notes_of_columns
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.sheet_rows import read_rows
from govtransparency.data.units_of_measurement import differ, hold_measures, is_measure
from govtransparency.data_dictionary.known_headings import find_heading, means, says
from govtransparency.errors import InputError, closest, first_of, nearest
from govtransparency.files.toml_values import inline
from govtransparency.files.year_heads import are_years
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, joined, quoted
from govtransparency.texts.problems import measure_problems, shape_problems
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from govtransparency.data.indicator_columns import Column
    from govtransparency.data.numbers import NumberColumn
    from govtransparency.data.sheet_rows import SheetRows
    from govtransparency.data.unit_matching import UnitList

__all__ = ["SheetTable", "read_sheet", "unknown_indicators"]

ANNOTATIONS = (
    *("unit", "place", "province", "code", "name", "name_en", "group"),
    *("unit of measurement", "serial number", "note", "source"),
)
AS_IT_IS = SheetForm()


@dataclass(frozen=True)
class SheetTable:
    """The figures of a sheet.

    Attributes
    ----------
    values : DataFrame, units x those columns that the sheet has
        Floats, NaN where missing or not applicable.
    not_applicable : DataFrame of bool
        Of the same shape.
    notes : tuple of Note
    measures : mapping of code to text
        The unit of measurement of its figures, or nothing.
    """

    values: pd.DataFrame
    not_applicable: pd.DataFrame
    notes: tuple[Note, ...]
    measures: Mapping[str, str] = field(default_factory=dict)


def read_sheet(
    path: str | Path,
    columns: Mapping[str, Column],
    *,
    names: Mapping[str, str] | None = None,
    computed: Collection[str] = (),
    units: UnitList | None = None,
    form: SheetForm = AS_IT_IS,
    year: int | None = None,
) -> SheetTable:
    """Read a wide or long sheet that holds some of the columns.

    Parameters
    ----------
    path : path
    columns : mapping of code to Column
        The columns that the sheet may have.
    names : mapping of name to code, optional
        Other headers that a column may have.
    computed : collection of str
        Codes that are computed from other columns, so that no sheet may have them.
    units : UnitList, optional
        The units that may occur; any by default.
    form : SheetForm
    year : int, optional
        The rows of which count, where the form names a column of years.

    Returns
    -------
    SheetTable

    Raises
    ------
    InputError
        As `read_table`.
    """
    known = codes_by_header(columns, names or {})
    rows = read_rows(path, form, units, year=year, indicators=known)
    if rows.file.cells.empty:
        raise InputError(problems.NO_ROWS, title=str(path))
    head, value = find_heading(rows.cells, *INDICATOR), find_heading(rows.cells, "value")
    if head is not None and value is None and find_heading(rows.cells, "assessor") is not None:
        raise InputError(problems.MARKS, title=str(path))
    unused = head is not None and head not in (*known, *rows.conditions) and not form.others_ignored
    if unused and value is None and not form.ignores(str(head), known):
        raise InputError(problems.NO_VALUE_COLUMN.format(column=head), title=str(path))
    found, notes = list(rows.problems), list(rows.notes)
    typed, told = typed_otherwise(_heads(rows), known)
    notes += told
    with_units = heads_with_units(_heads(rows), known | typed, columns)
    known |= typed | with_units
    parts, others = _parts(rows, known, form, notes, found)
    twice, told_apart_by = _duplicates(rows, parts, known)
    found += [*_parts_problems(rows, parts, others, known, computed, told_apart_by), *twice]
    rules = CellRules.of(form, columns, known, found)
    measures = _measures(rows, parts, columns, known, form, found)
    read: dict[str, tuple[_Part, NumberColumn]] = {}
    measured: dict[str, str] = {}
    numbered, units_in_order = pd.factorize(rows.units)
    for part in _each_unit_once(parts, numbered):
        cells, place = rows.cells[part.header].iloc[part.rows], rows.place(part.rows, part.header)
        called = [name if unit_in(name) else rows.names.get(name, name) for name in part.names]  # a new one may lack it
        above, filled = part.header in rows.above, rules.filled(cells, part.code)
        named = Named(part.code, called, rows.measures.get(part.header, ""), part.rows, filled, above)
        standing = measures.of_part(named, found)
        column = rules.read(cells, part.code, place=place, separator=rows.file.separator, standing=standing)
        found += column.problems
        read[part.code], measured[part.code] = (part, column), standing.measure
    if found:
        raise InputError(found, title=str(path))
    notes += notes_of_heads(with_units)
    places = {code: rows.place(part.rows, part.header) for code, (part, _) in read.items()}
    notes += notes_of_columns({code: (column, places[code]) for code, (_, column) in read.items()})
    notes += [note for code, (_, one) in read.items() for note in doubts(one.values, columns[code], places[code])]
    used = np.zeros(len(numbered), dtype=bool)
    for part, _ in read.values():
        used[part.rows] = True
    order = pd.unique(numbered[used])
    place_of = np.zeros(len(units_in_order), dtype=int)
    place_of[order] = np.arange(len(order))
    index = pd.Index(units_in_order[order], name="unit", dtype=str)
    present = [code for code in columns if code in read]
    values, not_applicable = np.full((len(order), len(present)), math.nan), np.zeros((len(order), len(present)), bool)
    for to, code in enumerate(present):
        part, column = read[code]
        at = place_of[numbered[part.rows]]
        values[at, to], not_applicable[at, to] = column.values, column.not_applicable
    tables = [pd.DataFrame(cells, index=index, columns=present) for cells in (values, not_applicable)]
    return SheetTable(tables[0], tables[1], tuple(notes), measured)


def _heads(rows: SheetRows) -> list[str]:
    """Return what may name an indicator: the columns that say nothing else and, in a long sheet, its indicators."""
    indicator = find_heading(rows.cells, *INDICATOR)
    named = [] if indicator is None else rows.cells[indicator].map(str).unique().tolist()
    return [*(column for column in rows.cells.columns if column not in rows.used), *named]


class _Part(NamedTuple):
    """The cells of one code: in a column of the file, at positions of the rows that count."""

    code: str
    header: str
    rows: np.ndarray
    names: tuple[str, ...]  # of the code in the file


def _measures(
    rows: SheetRows,
    parts: list[_Part],
    columns: Mapping[str, Column],
    known: Mapping[str, str],
    form: SheetForm,
    found: list[Text],
) -> Measures:
    """Return what the sheet says of units of measurement: by row where it has one column of figures alone."""
    figures = list(dict.fromkeys(part.header for part in parts))
    beside = [name for name in rows.cells if name not in (*rows.used, *figures, *form.ignore)]
    column = rows.measure or next((name for name in beside if _says_units(name, rows.cells[name])), "")
    texts = rows.cells[column].map(str) if column else None
    if texts is not None and len(figures) > 1:
        if rows.measure:
            found.append(measure_problems.MEASURE_OF_WIDE)
        elif differ(texts.unique(), [columns[part.code].unit for part in parts]):
            words = {"column": column, "units": first_of(filter(None, texts)), "figures": first_of(figures)}
            found.append(measure_problems.UNITS_OF_WIDE.format(**words, ignore=inline(column)))
        texts = None
    return Measures.of(columns, known, form.multiply, found, texts=texts, declared=bool(rows.measure))


def _says_units(head: str, cells: pd.Series) -> bool:
    """Return whether a column holds units of measurement; one that may be of assessed units, if most cells are."""
    if not means(head, "unit of measurement"):
        return False
    return hold_measures(cells) if means(head, "unit") else any(map(is_measure, map(str, cells.unique())))


def _each_unit_once(parts: Iterable[_Part], units: np.ndarray) -> list[_Part]:
    """Return the parts with the first row of each unit alone."""
    shared = {id(part.rows): part.rows for part in parts}
    first = {key: rows[np.sort(np.unique(units[rows], return_index=True)[1])] for key, rows in shared.items()}
    return [part._replace(rows=first[id(part.rows)]) for part in parts]


def _parts(
    rows: SheetRows, known: Mapping[str, str], form: SheetForm, notes: list[Note], found: list[Text]
) -> tuple[list[_Part], dict[str, int]]:
    """Return the cells of each code, however the sheet is laid out.

    Besides, the columns or indicators that mean nothing here and must mean something, each with its line.
    """
    indicator, value = find_heading(rows.cells, *INDICATOR), find_heading(rows.cells, "value")
    if form.pillar is not None:
        parts, unused = _parts_of_pillars(rows, known)
        if not form.others_ignored:
            found += _misspelt_pillars(unused[1][1], parts, rows)
        notes += [
            Note(template.format(columns=first_of(names)), times=len(names)) for template, names in unused if names
        ]
        return parts, {}
    if indicator is not None and value is not None:
        parts, others = _parts_of_long(rows, indicator, value, known, form)
        template = reading_words.OTHER_INDICATORS
    else:
        parts, others = _parts_of_wide(rows, known, form)
        template = reading_words.OTHER_COLUMNS
    if not form.others_ignored:
        if template is reading_words.OTHER_COLUMNS:
            published = [name for name in others if _is_published(name, known)]
            notes += [Note(reading_words.PUBLISHED.format(column=name)) for name in published]
            others = {name: line for name, line in others.items() if name not in published}
        return parts, others
    if others:
        notes.append(Note(template.format(columns=first_of(others)), times=len(others)))
    if template is reading_words.OTHER_INDICATORS:
        used = (*rows.used, *rows.conditions, indicator, value)
        beside = [column for column in rows.cells.columns if column not in used]
        if beside:
            notes.append(Note(reading_words.OTHER_COLUMNS.format(columns=first_of(beside)), times=len(beside)))
    return parts, {}


def _parts_of_pillars(rows: SheetRows, known: Mapping[str, str]) -> tuple[list[_Part], list[tuple[Text, list[str]]]]:
    """Return the cells of a sheet with one row for a unit on a pillar: column x holds ``<pillar>.x``.

    Besides, the columns and the pillars that mean nothing here, each under its template.
    """
    pillars = rows.cells[rows.pillar].map(str).to_numpy(dtype=object)
    own = {pillar: np.flatnonzero(pillars == pillar) for pillar in dict.fromkeys(pillars)}
    headers = [header for header in rows.cells.columns if header not in rows.used]
    found = [(pillar, header) for pillar in own for header in headers if f"{pillar}.{header}" in known]
    pillars_used, headers_used = ({one[at] for one in found} for at in (0, 1))
    unused = [
        (reading_words.OTHER_COLUMNS, [name for name in headers if name not in headers_used | {*rows.conditions}]),
        (reading_words.OTHER_PILLARS, [pillar for pillar in own if pillar not in pillars_used]),
    ]
    return [_Part(known[f"{pillar}.{header}"], header, own[pillar], (header,)) for pillar, header in found], unused


def _misspelt_pillars(unused: list[str], parts: list[_Part], rows: SheetRows) -> Iterator[Text]:
    """Give the pillars that mean nothing and look like one that does."""
    pillars = dict.fromkeys(rows.cells[rows.pillar].map(str).iloc[part.rows[0]] for part in parts)
    lines = dict(zip(rows.cells[rows.pillar].map(str)[::-1], rows.cells.index[::-1], strict=True))
    for name in unused:
        if closest(name, pillars) is not None:
            yield problems.UNKNOWN_PILLAR.format(line=lines[name], pillar=name, nearest=nearest(name, pillars))


def _parts_of_long(
    rows: SheetRows, indicator: str, value: str, known: Mapping[str, str], form: SheetForm
) -> tuple[list[_Part], dict[str, int]]:
    """Return the cells of a sheet with one row for a figure, and the unknown indicators with their lines."""
    named = rows.cells[indicator].map(str).to_numpy(dtype=object)
    own = pd.Series(np.arange(len(named))).groupby(named, sort=False).indices
    of_code: dict[str, dict[str, np.ndarray]] = {}  # by its code on some rows, by its name on others
    for name, at in own.items():
        if name in known and name not in form.ignore:
            of_code.setdefault(known[name], {})[name] = at
    parts = [
        _Part(code, value, np.sort(np.concatenate([*found.values()])), tuple(found)) for code, found in of_code.items()
    ]
    others = [name for name in own if name not in known and not form.ignores(name, known)]
    return parts, {name: rows.cells.index[own[name][0]] for name in others}


def _parts_of_wide(rows: SheetRows, known: Mapping[str, str], form: SheetForm) -> tuple[list[_Part], dict[str, int]]:
    """Return the cells of a sheet with one row for a unit and a column for an indicator, and the unknown columns."""
    headers = [str(column) for column in rows.cells.columns if column not in rows.used]
    everywhere = np.arange(len(rows.cells))
    parts = [
        _Part(known[name], name, everywhere, (name,)) for name in headers if name in known and name not in form.ignore
    ]
    others = [
        name for name in headers if name not in known and name not in rows.conditions and not form.ignores(name, known)
    ]
    annotations = () if form.others_ignored else ANNOTATIONS
    return parts, dict.fromkeys((name for name in others if not means(name, *annotations)), 0)


def _is_published(name: str, known: Iterable[str]) -> bool:
    """Return whether a column is headed as published ranks or scores are, and not nearly as an indicator is."""
    return says(name, "rank", "score") and closest(name, known) is None


def _parts_problems(
    rows: SheetRows,
    parts: list[_Part],
    others: Mapping[str, int],
    known: Mapping[str, str],
    computed: Collection[str],
    told_apart_by: str | None,
) -> Iterator[Text]:
    """Give unknown columns or indicators, and columns that mean the same; a column of years is not called unknown."""
    if not parts and not others and len(rows.cells):
        headers = [column for column in rows.cells.columns if column not in (*rows.used, *rows.conditions)]
        yield problems.NO_INDICATOR.format(columns=first_of(headers), codes=first_of(known))
    lines = {name: line for name, line in others.items() if line}
    years = are_years(name for name in others if name not in lines)
    if years:
        yield shape_problems.YEARS_UNDECLARED.format(years=first_of(years))
    yield from unknown_indicators(lines, known)
    for header in others:
        if header in years:
            continue
        if header in computed and header not in lines:
            yield problems.COMPUTED_COLUMN.format(column=header)
        elif header not in lines and header != told_apart_by:
            yield _unknown_column(header, known, rows)
    for code, count in Counter(part.code for part in parts).items():
        if count > 1 and rows.pillar == "":
            same = quoted(part.header for part in parts if part.code == code)
            yield problems.SAME_INDICATOR.format(columns=same, code=code)


def _unknown_column(header: str, known: Iterable[str], rows: SheetRows) -> Text:
    """Return what to do with a column of a wide sheet that means nothing there."""
    if not header:
        return problems.UNNAMED_COLUMN.format(column=rows.file.column_place(header))
    if means(header, "year"):
        return problems.YEAR_COLUMN.format(column=header)
    return problems.UNKNOWN_COLUMN.format(column=header, nearest=nearest(header, known))


def unknown_indicators(lines: Mapping[str, int], known: Iterable[str]) -> list[Text]:
    """Return one problem for all unknown indicators, each with the first line that names it."""
    if not lines:
        return []
    if "" in lines:
        others = {code: line for code, line in lines.items() if code}
        return [problems.EMPTY_INDICATOR.format(line=lines[""]), *unknown_indicators(others, known)]
    if len(lines) == 1:
        ((code, line),) = lines.items()
        return [problems.UNKNOWN_INDICATOR.format(line=line, code=code, nearest=nearest(code, known))]
    places = [problems.NAMED_AT.format(line=line, code=code) for code, line in list(lines.items())[:SHOWN]]
    first = next(iter(lines))
    return [problems.UNKNOWN_INDICATORS.format(count=len(lines), places=joined(*places), nearest=nearest(first, known))]


def _duplicates(rows: SheetRows, parts: list[_Part], known: Mapping[str, str]) -> tuple[list[Text], str | None]:
    """Return what stands twice (a unit in a wide sheet, a unit and indicator in another), and what tells it apart."""
    shared = {id(part.rows): part for part in parts}
    wide = len(shared) == 1 and len(parts[0].rows) == len(rows.cells)
    keys = [
        pd.DataFrame({"row": part.rows, "unit": rows.units[part.rows], "code": "" if wide else part.code})
        for part in shared.values()
    ]
    if not keys:
        return [], None

    def describe(key: pd.Series, line: int, first: int) -> Text:
        template = problems.UNIT_TWICE if wide else problems.CELL_TWICE
        return template.format(line=line, unit=key["unit"], code=key["code"], first=first)

    values = {part.header for part in parts}
    unused = [
        column
        for column in rows.cells.columns
        if column not in (*rows.used, *values)
        and column not in known
        and not means(column, "indicator", "indicator code")
    ]
    unit = rows.used[0] if len(rows.used) == 1 else None
    return duplicate_problems(rows.cells, pd.concat(keys, ignore_index=True), describe, unused=unused, unit=unit)
