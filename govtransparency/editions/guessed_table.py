"""The draft of an edition guessed from one wide table: a row for each unit, a column for each indicator."""

from __future__ import annotations

import datetime
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from govtransparency.control_characters import without_control_characters
from govtransparency.data.head_words import INDICATOR
from govtransparency.data_dictionary.known_headings import find_heading
from govtransparency.editions.edition_draft import (
    Draft,
    TomlLine,
    assigned,
    code_from,
    list_lines,
    received_name,
)
from govtransparency.editions.guessed_columns import GuessedColumns, guess_columns, year_column
from govtransparency.editions.guessed_shapes import GuessedShape, guess_shape
from govtransparency.editions.report_codes import TAKEN, fitting_group_code
from govtransparency.errors import InputError, nearest
from govtransparency.files.found_layout import FoundLayout, find_layout
from govtransparency.nodes import ROOT, Node
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.bilingual import Shown, Text, quoted
from govtransparency.texts.bilingual import words as listed
from govtransparency.texts.problems import new_edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from govtransparency.files.table_files import FileTable

__all__ = ["guessed_drafts", "year_of_file"]

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DECIMALS = 10
EVERYBODY = "all"
LEVELS, FILLED = 4, 0.5  # the least number of units and of indicators of a long table, and share of figures there
SHORT = 30  # characters of the code of a group
NOT_CODES = (ROOT, *TAKEN)


def year_of_file(path: Path) -> tuple[int, Text]:
    """Return the year that the name of a file ends with, else this year, and how it was found."""
    found = YEAR.findall(path.stem)
    return (int(found[-1]), words.YEAR["name"]) if found else (datetime.date.today().year, words.YEAR["today"])


@dataclass(frozen=True)
class _Given:
    """A file and what is asked of it."""

    layout: FoundLayout
    shape: GuessedShape
    name: str
    year: str | None
    group: str | None
    language: Shown


def guessed_drafts(
    path: Path, name: str, *, years: Sequence[int] = (), group: str | None = None, language: Shown = "both"
) -> list[Draft]:
    """Return the drafts of the editions that a file holds, one for each year.

    Parameters
    ----------
    path : Path
    name : str
        Of the index.
    years : sequence of int
        Only those; by default all years of the file.
    group : str, optional
        The column that tells groups apart.
    language : {"zh", "en", "both"}

    Raises
    ------
    InputError
        If the file cannot be read, is no wide table, or has not the years or the column of groups.
    """
    layout = find_layout(path)
    table = layout.table
    shape = guess_shape(layout)
    column = None if shape.entry else year_column(table)
    if shape.entry.keys() <= {"unit"}:
        _refuse_long(table, [*filter(None, [column, group])])
    if group is not None and group not in table.cells:
        known = nearest(group, table.cells.columns)
        raise InputError(problems.NO_GROUP_COLUMN.format(file=path.name, column=group, nearest=known), title=str(path))
    given = _Given(layout, shape, name, column, "group" if "sections" in shape.entry else group, language)
    drafts = []
    for year, comment in _years(table, column, shape.years, years).items():
        file, measures, above = shape.table(layout, year)
        rows = file.cells if column is None else file.cells[file.cells[column] == str(year)]
        units = shape.entry.get("unit", ())
        used = [*filter(None, [column]), *(units[:-1] if isinstance(units, list) else ())]
        columns = guess_columns(file, rows, group=given.group, used=used)
        drafts.append(_draft(given, columns, measures, above, year, comment))
    return drafts


def _refuse_long(table: FileTable, beside: Sequence[str]) -> None:
    indicator, value = find_heading(table.cells, *INDICATOR), find_heading(table.cells, "value")
    if indicator is not None and value is not None:
        raise InputError(problems.WIDE_ONLY.format(indicator=indicator, value=value), title=str(table.path))
    if (found := _columns_of_figures(table.cells, beside)) is not None:
        raise InputError(problems.FIGURE_ROWS.format(unit=found[0], indicator=found[1]), title=str(table.path))


def _columns_of_figures(cells: pd.DataFrame, beside: Sequence[str]) -> tuple[str, str] | None:
    """Return two columns that name each row only together, and have most of their combinations.

    Those `beside`, of years and of groups, name neither units nor indicators.
    """
    counts = cells.drop(columns=list(beside), errors="ignore").nunique()
    many = len(cells)
    few = [str(column) for column in counts.index[(counts >= LEVELS) & (counts * 3 <= many)]]
    for unit, indicator in itertools.combinations(few, 2):
        filled = many / (counts[unit] * counts[indicator])
        if FILLED <= filled <= 1 and not cells.duplicated([unit, indicator]).any():
            return unit, indicator
    return None


def _years(table: FileTable, column: str | None, heads: Sequence[int], asked: Sequence[int]) -> dict[int, Text]:
    """Return the years to be made, of a column or of the heads of columns, each with how it was found."""
    if column is None and not heads:
        if len(asked) > 1:
            raise InputError(problems.NO_YEAR_COLUMN.format(file=table.path.name), title=str(table.path))
        return {asked[0]: words.YEAR["given"]} if asked else dict([year_of_file(table.path)])
    there = list(heads) if column is None else sorted({int(cell) for cell in table.cells[column] if cell})
    if lacking := [year for year in asked if year not in there]:
        raise InputError(
            [problems.NO_SUCH_YEAR.format(file=table.path.name, year=year, years=listed(there)) for year in lacking],
            title=str(table.path),
        )
    comment = words.YEAR["heads"] if column is None else words.YEAR["column"].format(column=column)
    return dict.fromkeys(asked or there, comment)


def _draft(
    given: _Given,
    columns: GuessedColumns,
    measures: Mapping[str, str],
    above: Mapping[str, str],
    year: int,
    comment: Text,
) -> Draft:
    group = given.group
    groups = _groups(columns.units["group"], group)
    nodes, notes = _nodes(given.name, [*columns.figures], above, measures)
    published = columns.score is not None or columns.rank is not None
    status = "published" if published else "own"
    units = columns.units.assign(group=columns.units["group"].map({text: code for code, text in groups.items()}))
    return Draft(
        year=year,
        status=status,
        title=Text(given.name, given.name),
        nodes=nodes,
        notes=notes,
        units=tuple(units.to_dict("records")),
        toml=(
            TomlLine("[groups]", words.GROUP_COLUMN.format(column=group) if group else words.ONE_GROUP),
            *(
                assigned(code, {"en": text, "zh": text} if group else words.ALL_UNITS._asdict())
                for code, text in groups.items()
            ),
            *_sheet(given, columns),
            *_official(given, columns, several=len(groups) > 1),
            *_recipe(columns),
        ),
        comments={
            "year": comment,
            "status": words.STATUS[status],
            "framework": words.FRAMEWORK,
            "units": words.UNITS,
        },
        received=given.layout.table.path,
        ranks=tuple(_ranks(columns, units)) if published and given.shape.entry else (),
    )


def _groups(texts: pd.Series, column: str | None) -> dict[str, str]:
    """Return the text of each group by its code: Latin letters, so that it can be the name of a file anywhere."""
    if column is None:
        return {EVERYBODY: ""}
    codes: dict[str, str] = {}
    for number, text in enumerate(texts.unique(), start=1):
        plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").lower() if text.isascii() else ""
        codes[code_from(fitting_group_code(plain[:SHORT]) or f"g{number}", codes)] = text
    return codes


def _nodes(
    name: str, columns: list[str], above: Mapping[str, str], measures: Mapping[str, str]
) -> tuple[tuple[Node, ...], dict[str, Text]]:
    """Return the index, the pillars in the upper row of the header, and an indicator for each column; with notes."""
    nodes = [Node(ROOT, "", name, name)]
    notes = {}
    pillars: dict[str, str] = {}
    taken = {*NOT_CODES, *columns}
    for title in dict.fromkeys(above.get(column, "") for column in columns):
        if title:
            pillars[title] = code_from(title, taken)
            taken.add(pillars[title])
            shown = without_control_characters(title)
            nodes.append(Node(pillars[title], ROOT, shown, shown))
            notes[pillars[title]] = words.PILLAR
    for column in columns:
        title = above.get(column, "")
        fits = re.fullmatch(r"[\w.-]+", column) and column not in NOT_CODES
        code = column if fits else code_from(column, taken)
        taken.add(code)
        shown = without_control_characters(column)
        unit = measures.get(column, "")
        nodes.append(
            Node(code, pillars.get(title, ROOT), shown, shown, unit=unit)
        )  # the sheet finds its column by name
        notes[code] = words.FROM_HEADER
    return tuple(nodes), notes


def _sheet(given: _Given, columns: GuessedColumns) -> list[TomlLine]:
    """Return the description of the file given."""
    layout = given.layout
    lines = [TomlLine("[[sheets]]", words.RECEIVED), assigned("file", received_name(layout.table.path))]
    if layout.form.sheet is not None:
        lines.append(assigned("sheet", layout.form.sheet, words.SHEET.format(sheets=quoted(layout.sheets))))
    if layout.form.header is not None:
        lines.append(assigned("header", layout.form.header, words.HEADER))
    lines += given.shape.lines
    if "indicators" not in given.shape.entry:
        lines.append(assigned("unit", given.shape.entry.get("unit", columns.unit), words.UNIT))
    group = None if "sections" in given.shape.entry else given.group
    lines += [assigned(key, column) for key, column in (("year", given.year), ("group", group)) if column is not None]
    in_lines = {column: without_control_characters(column) for column in columns.figures}
    if renamed := {column: name for column, name in in_lines.items() if column != name}:
        lines.append(assigned("names", renamed, words.IN_ONE_LINE))
    if columns.rows_left_out:
        lines.append(assigned("unlisted", "pass", words.UNLISTED.format(count=columns.rows_left_out)))
    if columns.decimal is not None:
        lines.append(assigned("decimal", columns.decimal, words.DECIMAL))
    if columns.missing:
        lines.append(assigned("missing", columns.missing, words.MISSING))
    ignored: dict[Text, list[str]] = {}
    for column, why in columns.passed_over.items():
        ignored.setdefault(why, []).append(column)
    if ignored:
        lines.append(list_lines("ignore", ignored.items(), given.language))
    return lines


def _official(given: _Given, columns: GuessedColumns, *, several: bool) -> list[TomlLine]:
    """Return where the published ranks and scores stand; a rank among all units is none within one of several groups.

    `[record]` reads a table with a row for each unit; of other shapes the record is written out.
    """
    found = {} if several or columns.rank is None else {"rank": columns.rank}
    found |= {} if columns.score is None else {"score": columns.score}
    if not found or given.shape.entry:
        return []
    layout = given.layout
    where = {
        "file": received_name(layout.table.path),
        "sheet": layout.form.sheet,
        "header": layout.form.header,
        "unit": columns.unit,
        "year": given.year,
        "group": given.group,
        "unlisted": "pass" if columns.rows_left_out else None,
        "decimal": columns.decimal,
        "missing": columns.missing or None,
    }
    entries = [assigned(key, value) for key, value in (where | found).items() if value is not None]
    return [TomlLine("[record]", words.OFFICIAL), *entries]


def _recipe(columns: GuessedColumns) -> list[TomlLine]:
    """Return the recipe: as published where the plain mean of the indicators is the published score; else its scale."""
    lines = [TomlLine("[recipe]")]
    score = columns.published["score"].dropna()
    mean = columns.figures.loc[score.index].mean(axis=1)
    if len(score) and np.allclose(mean, score, rtol=0, atol=10.0 ** -_decimals(score)):
        lines.append(assigned("normalise", "unscaled", words.AS_PUBLISHED))
        lines.append(assigned("rank", {"decimals": _decimals(score)}))
    elif len(score) and score.between(0, 1).all():
        lines.append(assigned("normalise", {"method": "min_max", "to": [0, 1]}, words.MIN_MAX.format(best=1)))
    else:
        lines.append(assigned("normalise", "min_max", words.MIN_MAX.format(best=100)))
    lines.append(assigned("missing", {"method": "spread_weights", "min_coverage": 0.5}, words.COVERAGE))
    return lines


def _decimals(values: pd.Series) -> int:
    """Return how many decimals the values have; those of a computer's sums do not count."""
    fits = (places for places in range(DECIMALS) if np.allclose(values, values.round(places), rtol=0, atol=1e-12))
    return next(fits, DECIMALS)


def _ranks(columns: GuessedColumns, units: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of the record; a rank among all units is none within one of several groups."""
    ranked = units["group"].nunique() == 1
    rows = []
    for unit, row in units.iterrows():
        rank, score = columns.published.loc[unit, "rank"], columns.published.loc[unit, "score"]
        cells = {
            "group": row["group"],
            "entity_zh": row["name_zh"],
            "rank": str(int(rank)) if ranked and np.isfinite(rank) else "",
            "score": repr(float(score)).removesuffix(".0") if np.isfinite(score) else "",
        }
        if cells["rank"] or cells["score"]:
            rows.append(cells)
    return rows
