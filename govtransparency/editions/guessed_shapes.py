"""What shape the table of a file seems to have: years in columns, indicators in rows, blocks, two unit columns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.data.head_words import INDICATOR, ROW_HEADS
from govtransparency.data.sheet_form import SheetForm
from govtransparency.data.sheet_shapes import lines_above, named_in, read_shaped
from govtransparency.data.unit_matching import filled_down, looks_like
from govtransparency.data_dictionary.known_headings import find_heading, means
from govtransparency.editions.edition_draft import TomlLine, assigned
from govtransparency.files.header_rows import times_side_by_side
from govtransparency.files.table_files import raw_rows
from govtransparency.files.year_heads import are_years, year_of_head
from govtransparency.texts import new_edition_words as words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.files.found_layout import FoundLayout
    from govtransparency.files.table_files import FileTable

__all__ = ["GuessedShape", "guess_shape"]

FEWEST = 2  # sections, or units


@dataclass(frozen=True)
class GuessedShape:
    """The shape of a table, and how it is declared.

    Attributes
    ----------
    entry : dict
        The keys of the ``[[sheets]]`` entry that declare it.
    years : tuple of int
        Those of the columns; none where columns are no years.
    """

    entry: Mapping[str, Any] = field(default_factory=dict)
    years: tuple[int, ...] = ()

    @property
    def lines(self) -> list[TomlLine]:
        """The lines of ``edition.toml`` that declare it, but for the column of units."""
        return [assigned(key, value, words.SHAPE[key]) for key, value in self.entry.items() if key in words.SHAPE]

    def table(self, layout: FoundLayout, year: int) -> tuple[FileTable, dict[str, str], Mapping[str, str]]:
        """Return the table with one row for each unit, and of its columns the units of measurement and the pillars."""
        cells = layout.table.cells
        if not self.entry and not (cells.iloc[:, 0] == cells.columns[0]).any():  # which is a header that is repeated
            return layout.table, {}, layout.above
        form = replace(SheetForm.of(self.entry), file=layout.form, pass_unlisted=True)
        shaped = read_shaped(layout.table.path, form, None, year=year)
        file = shaped.file
        indicator = find_heading(file.cells, *INDICATOR)
        if "years" in self.entry and indicator is not None:
            above = _pillars(cells, form)
            file = replace(file, cells=_wide(file.cells, form.unit[0], indicator), letters=(), origin=None)
            return file, shaped.measures, above
        if len(form.unit) > 1:
            file = replace(file, cells=_joined(file.cells, form.unit))
        return file, shaped.measures, {} if self.entry else layout.above


def _pillars(cells: pd.DataFrame, form: SheetForm) -> dict[str, str]:
    """Return the pillar of each indicator: in the column in front of the indicators', if it has one for each."""
    heads = list(map(str, cells.columns))
    at = heads.index(form.indicator) if form.indicator in heads else 0
    if at == 0 or heads[at - 1] in form.unit:
        return {}
    both = pd.DataFrame({"of": filled_down(cells[heads[at]]), "in": filled_down(cells[heads[at - 1]])})
    both = both.drop_duplicates().map(str)
    return dict(zip(both["of"], both["in"], strict=True)) if both["of"].is_unique else {}


def _wide(cells: pd.DataFrame, unit: str, indicator: str) -> pd.DataFrame:
    """Return a row for each unit and a column for each indicator, of a table with a row for each figure."""
    value = find_heading(cells, "value")
    first = cells.reset_index().drop_duplicates(unit)
    wide = cells.pivot_table(index=unit, columns=indicator, values=value, aggfunc="first", sort=False, dropna=False)
    wide = wide.reindex(first[unit]).fillna("").reset_index()
    wide.columns = pd.Index([unit, *map(str, wide.columns[1:])])
    return wide.astype(object).set_axis(pd.Index(first["line"], name="line"), axis=0)


def _joined(cells: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return the table with the names of two columns in one, the last, as the units will be listed."""
    names = ["-".join(filter(None, row)) for row in cells[list(columns)].itertuples(index=False, name=None)]
    return cells.assign(**{columns[-1]: pd.Series(names, index=cells.index, dtype=object)})


def guess_shape(layout: FoundLayout) -> GuessedShape:
    """Return the shape that the table of a file seems to have; none where it has a row for each unit."""
    heads = list(map(str, layout.table.cells.columns))
    if (blocks := times_side_by_side(heads)) > 1:
        return GuessedShape({"blocks": blocks})
    if years := are_years(heads):
        return _of_years(layout, years)
    if means(heads[0], *ROW_HEADS) and find_heading(heads, "value") is None:
        return GuessedShape({"indicators": "rows"} | ({} if means(heads[0], *INDICATOR) else {"indicator": heads[0]}))
    if _has_sections(layout.table.cells):
        return GuessedShape({"sections": "group"})
    return _of_two_columns(layout.table.cells)


def _of_years(layout: FoundLayout, years: list[str]) -> GuessedShape:
    """Return how a table whose columns are years is declared: of one indicator, or of one for each row."""
    cells, path = layout.table.cells, layout.table.path
    filled = [head for head in years if (cells[head] != "").any()]
    found = tuple(sorted({year for head in filled if (year := year_of_head(head)) is not None}))
    texts = [str(head) for head in cells.columns if head not in years and (cells[head] != "").any()]
    units = filled_down(cells[texts[0]]) if texts else pd.Series(dtype=object)
    entry: dict[str, Any] = {"years": "columns"}
    for column in reversed(texts[1:]):
        pairs = pd.DataFrame({"unit": units, "indicator": filled_down(cells[column])})
        if units.duplicated().any() and not pairs.duplicated().any():
            down = [head for head in (texts[0], column) if (cells[head] == "").any()]
            entry = {"unit": texts[0], "indicator": column} | entry
            return GuessedShape(entry | ({"fill_down": down} if down else {}), found)
    header = layout.form.header_lines
    if not header or not any(map(named_in, lines_above(raw_rows(path, layout.form), header[-1]))):
        entry["indicator"] = path.stem
    return GuessedShape(entry, found)


def _has_sections(cells: pd.DataFrame) -> bool:
    """Return whether some rows, the first among them, have one filled cell alone, and rows of figures below."""
    alone = [sum(map(bool, row)) == 1 and not looks_like(next(filter(None, row))) for row in cells.to_numpy()]
    ends = [alone[at] and not any(alone[at + 1 : at + 1 + FEWEST]) for at in range(len(alone) - FEWEST)]
    return bool(alone) and alone[0] and sum(ends) == sum(alone) >= FEWEST


def _of_two_columns(cells: pd.DataFrame) -> GuessedShape:
    """Return the two first columns of texts that name each unit together, where the second alone does not."""
    texts = [str(head) for head in cells.columns if head and not cells[head].str.contains(r"\d").any()][:FEWEST]
    if len(texts) < FEWEST or list(cells.columns[:FEWEST]) != texts:
        return GuessedShape()
    places, names = filled_down(cells[texts[0]]), cells[texts[1]]
    both = pd.DataFrame({"place": places, "name": names})
    if places.is_unique or not names.duplicated().any() or (names == "").any() or both.duplicated().any():
        return GuessedShape()
    down = {"fill_down": [texts[0]]} if (cells[texts[0]] == "").any() else {}
    return GuessedShape({"unit": texts} | down)
