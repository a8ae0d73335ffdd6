"""What each column of a wide table seems to hold: units, a year, published ranks and scores, figures, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.control_characters import control_problems, without_control_characters
from govtransparency.data.numbers import UNDECLARED, NumberStyle, read_numbers
from govtransparency.data.unit_matching import looks_like
from govtransparency.data_dictionary.known_headings import means, says
from govtransparency.errors import InputError
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.problems import new_edition_problems as problems
from govtransparency.texts.problems import number_problems
from govtransparency.texts.problems.table_problems import UNNAMED_COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.files.table_files import FileTable
    from govtransparency.texts.bilingual import Text

__all__ = ["GuessedColumns", "guess_columns", "year_column"]

YEAR = re.compile(r"(?:18|19|20|21)\d\d", re.ASCII)
MAY_BE_UNITS = (None, "part", "shortened")  # what a name looks like that may be a unit's
DASHES = ("-", "--", "\u2013", "\u2014", "\u2014\u2014", "...", "\u2026", "n.a.", "n. a.", "#N/A")
COMMA = ","
DECIMAL_COMMA = r"[+-]?\d+,(?:\d{1,2}|\d{4,})"  # no comma between thousands
IN_ORDER = 0.98  # of neighbours by rank whose scores do not rise
HALF = 0.5 + 1e-9
FEWEST = 2  # units that can be ranked
SHORT = 3  # letters of a code
MANY = 20  # units from which a column in the order of the ranks is no chance
NUMBERS = 0.5  # of a column's cells from which it is one of figures with cells that cannot be read


@dataclass(frozen=True)
class GuessedColumns:
    """What the columns of a table seem to hold.

    Attributes
    ----------
    units : DataFrame of str
        One row per unit, in the order of the file: unit, name_en, name_zh, and group, empty where none is given.
    unit : str
        The column that names the units.
    rank, score : str or None
        The columns of the published ones.
    figures : DataFrame, units x columns
        The columns that seem to be indicators; all their cells can be read.
    published : DataFrame
        Columns rank and score, NaN where there is none.
    passed_over : dict of column to Text
        Why each other column is left out.
    missing : tuple of str
        Texts that seem to mean a missing value.
    rows_left_out : int
        Rows that seem to be no unit's.
    decimal : str or None
        The decimal sign, where it seems to be the comma.
    """

    units: pd.DataFrame
    unit: str
    rank: str | None
    score: str | None
    figures: pd.DataFrame
    published: pd.DataFrame
    passed_over: Mapping[str, Text]
    missing: tuple[str, ...]
    rows_left_out: int
    decimal: str | None


def year_column(table: FileTable) -> str | None:
    """Return the column whose name says that it is one of years and whose cells all are, or None."""
    return next(
        (
            column
            for column, cells in table.cells.items()
            if means(column, "year") and all(YEAR.fullmatch(cell) for cell in cells if cell)
        ),
        None,
    )


def guess_columns(table: FileTable, cells: pd.DataFrame, *, group: str | None, used: Iterable[str]) -> GuessedColumns:
    """Guess what the columns hold.

    Parameters
    ----------
    table : FileTable
        As read.
    cells : DataFrame
        The rows that are about one year.
    group : str, optional
        The column that tells groups of units apart.
    used : iterable of str
        Columns whose meaning is known.

    Raises
    ------
    InputError
        If no column can name the units, or none is one of figures.
    """
    free = [column for column in cells if column not in {*used, group} and column]
    there = {*cells[free].to_numpy(dtype=object).ravel()}
    missing = tuple(sign for sign in DASHES if sign in there)
    numbers, doubtful = _numbers(table, cells, free, missing, UNDECLARED)
    decimal = None
    if any(cells[column].str.fullmatch(DECIMAL_COMMA).any() for column in doubtful):
        with_comma, still_doubtful = _numbers(table, cells, free, missing, NumberStyle(decimal=COMMA))
        if numbers.equals(with_comma.reindex(columns=numbers.columns)):  # no figure with a point changes its meaning
            numbers, doubtful, decimal = with_comma, still_doubtful, COMMA
    texts = [column for column in free if column not in numbers and column not in doubtful]
    passed_over = dict.fromkeys(texts, words.OF_TEXT) | doubtful
    unit, names = _unit_column(table, cells, texts, numbers)
    kept = [bool(name) and looks_like(name) in MAY_BE_UNITS for name in cells[unit]]
    cells, figures = cells[kept], numbers.drop(columns=unit, errors="ignore")[kept]
    units = _units(table, cells, unit, names, group)
    figures.index = units.index
    passed_over |= dict.fromkeys(names, words.NAMES)
    del passed_over[unit]
    rank, score = _published(figures, passed_over)
    published = pd.DataFrame(
        {key: figures[column] if column else np.nan for key, column in (("rank", rank), ("score", score))},
        index=units.index,
        dtype=float,
    )
    passed_over |= {column: words.PUBLISHED for column in (rank, score) if column}
    _leave_out(figures, units["group"], passed_over)
    figures = figures[[column for column in figures if column not in passed_over]]
    if figures.empty:
        raise InputError(problems.NO_FIGURES, title=str(table.path))
    left_out = len(kept) - sum(kept)
    return GuessedColumns(units, unit, rank, score, figures, published, passed_over, missing, left_out, decimal)


def _numbers(
    table: FileTable, cells: pd.DataFrame, columns: list[str], missing: tuple[str, ...], style: NumberStyle
) -> tuple[pd.DataFrame, dict[str, Text]]:
    """Return the columns whose cells are all numbers or missing, and why others without texts hold no figures."""
    found = {}
    passed_over: dict[str, Text] = {}
    for column in columns:
        own = cells[column]
        read = read_numbers(
            own,
            style,
            code=column,
            place=lambda at: number_problems.LINE.format(line=cells.index[at], unit=cells.iloc[at, 0]),
            missing=missing,
            separator=table.separator,
        )
        filled = int((own != "").sum())
        values = int(np.isfinite(read.values).sum())
        if values and not read.problems:
            found[column] = read.values
        elif not values and not read.problems:
            passed_over[column] = words.EMPTY
        elif any(character.isdigit() for character in "".join(own)) and _mostly_numbers(own, filled):
            passed_over[column] = words.DOUBTFUL.format(problem=read.problems[0])
    return pd.DataFrame(found, index=cells.index), passed_over


def _mostly_numbers(cells: pd.Series, filled: int) -> bool:
    """Return whether most filled cells begin and end like figures."""
    like = sum(bool(re.fullmatch(r"[^\w]*\d[\d.,' \u00a0]*\s*\W?", cell)) for cell in cells if cell)
    return like > NUMBERS * filled


def _unit_column(
    table: FileTable, cells: pd.DataFrame, texts: list[str], numbers: pd.DataFrame
) -> tuple[str, list[str]]:
    """Return the column of the units' codes, and all that name them: those with a text of its own for each unit."""
    places = list(cells.columns)
    first_figure = next((place for place, column in enumerate(places) if column in numbers and place > 0), len(places))
    named = [column for column in texts if places.index(column) <= max(first_figure, 1) and _tells_apart(cells[column])]
    if not named and places[0] in numbers and _tells_apart(cells[places[0]]):
        named = [places[0]]
    if not named:
        problem = problems.FEW_UNITS if len(cells) < FEWEST else problems.NO_UNITS.format(column=places[0])
        if not places[0] and _tells_apart(cells[places[0]]):
            problem = UNNAMED_COLUMN.format(column=table.column_place(places[0]))
        raise InputError(problem, title=str(table.path))
    return next((column for column in named if _is_code(cells[column])), named[0]), named


def _is_code(cells: pd.Series) -> bool:
    """Return whether texts that tell units apart are short or hold figures, unlike names."""
    return bool(
        (~cells.str.contains(HAN_LETTER) & ((cells.str.len() <= SHORT) | cells.str.contains(r"\d"))).mean() > NUMBERS
    )


def _is_chinese(cells: pd.Series) -> bool:
    return bool(cells.str.contains(HAN_LETTER).mean() > NUMBERS)


def _tells_apart(cells: pd.Series) -> bool:
    names = cells[[looks_like(cell) is None for cell in cells]]
    return len(names) > 1 and names[names != ""].is_unique and bool((names != "").mean() > NUMBERS)


def _units(table: FileTable, cells: pd.DataFrame, unit: str, names: list[str], group: str | None) -> pd.DataFrame:
    """Return the units with their names in either language, or in both where there is one."""
    others = [column for column in names if column != unit]
    called = others if others and _is_code(cells[unit]) else names
    han = [column for column in called if _is_chinese(cells[column])]
    latin = [column for column in called if column not in han]
    english, chinese = (latin or han)[0], (han or latin)[0]
    if wrong := [*table.code_problems(unit), *control_problems(cells[[unit, group] if group else [unit]])]:
        raise InputError(wrong, title=str(table.path))
    units = pd.DataFrame(
        {
            "unit": cells[unit].map(str),
            "group": cells[group].map(str) if group else "",
            "name_en": cells[english].map(without_control_characters),
            "name_zh": cells[chinese].map(without_control_characters),
        }
    )
    counts = units["group"].value_counts(sort=False)
    if few := [code for code, count in counts.items() if count < FEWEST]:
        raise InputError(
            [problems.SMALL_GROUP.format(column=group, group=code, count=counts[code]) for code in few],
            title=str(table.path),
        )
    return units.set_index("unit", drop=False)


def _published(figures: pd.DataFrame, passed_over: dict[str, Text]) -> tuple[str | None, str | None]:
    """Return the columns of the published rank and score."""
    ranks = [column for column in figures if says(column, "rank")]
    rank = next((column for column in ranks if _are_ranks(figures[column])), None)
    passed_over.update({column: words.OTHER_RANK for column in ranks if column != rank})
    others = [column for column in figures if column not in ranks]
    named = [column for column in others if says(column, "score", loosely=True)]
    if rank is None:
        return None, named[0] if len(named) == 1 and len(others) > 1 else None
    ordered = [column for column in others if _in_order(figures[column], figures[rank])]
    found = [column for column in ordered if column in named] or (ordered if len(figures) >= MANY else [])
    score = found[0] if found else None
    if score is not None:
        passed_over.update({column: words.OTHER_INDEX for column in named if column != score})
    return rank, score


def _are_ranks(values: pd.Series) -> bool:
    given = values.dropna()
    return bool((given == given.round()).all() and given.min() >= 1 and given.max() <= 2 * len(values))


def _in_order(values: pd.Series, ranks: pd.Series) -> bool:
    """Return whether a column falls as the ranks rise, but for a few neighbours."""
    both = np.isfinite(values.to_numpy()) & np.isfinite(ranks.to_numpy())
    own, rank = values.to_numpy()[both], ranks.to_numpy()[both]
    steps = np.diff(own[np.lexsort((-own, rank))])
    return len(steps) > 1 and bool(steps.any()) and bool((steps <= 0).mean() >= IN_ORDER)


def _leave_out(figures: pd.DataFrame, groups: pd.Series, passed_over: dict[str, Text]) -> None:
    """Say which columns of figures can be no indicators, and why."""
    values = figures.to_numpy(dtype=float)
    whole = np.array([bool(np.all(np.isnan(column) | (column == np.round(column)))) for column in values.T], dtype=bool)
    for at, column in enumerate(figures):
        if column in passed_over:
            continue
        own = values[:, at]
        per_group = figures[column].groupby(groups)
        distinct = np.isfinite(own).all() and len(np.unique(own)) == len(own)
        if says(column, "code", "serial number", loosely=True) and whole[at] and distinct:
            passed_over[column] = words.OF_CODES
        elif (per_group.count() == 0).any():
            passed_over[column] = words.EMPTY_IN_GROUP
        elif (per_group.nunique() < 2).any():
            passed_over[column] = words.CONSTANT
        elif _repeats(values, at, whole):
            passed_over[column] = words.REPEATS


def _repeats(values: np.ndarray, at: int, whole: np.ndarray) -> bool:
    """Return whether an earlier column has the same values, or any column gives these when rounded."""
    own = values[:, [at]]
    both_empty = np.isnan(own) & np.isnan(values)
    with np.errstate(invalid="ignore"):
        same = ((own == values) | both_empty).all(axis=0)
        near = ((np.abs(own - values) <= HALF) | both_empty).all(axis=0)
    return bool(same[:at].any() or (whole[at] and (near & ~whole).any()))
