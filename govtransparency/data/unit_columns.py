"""Which column of a file names the units: one so headed whose cells are units, never units of measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.data.unit_matching import looks_like
from govtransparency.data.units_of_measurement import hold_measures
from govtransparency.data_dictionary.known_headings import find_heading, means
from govtransparency.errors import InputError, closest
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.data.unit_matching import UnitList

__all__ = ["BODIES", "EXACT", "unit_and_name", "unit_candidates"]

EXACT = "unit"
ROLES = ("unit", "place", "name", "name_en")
BODIES = ("unit", "place", "code")  # what a column of ``units.csv`` that names the units is headed


def unit_candidates(cells: pd.DataFrame, units: UnitList | None) -> list[str]:
    """Return the columns that may name the units of a sheet, the best: one where it is clear, none where there is none.

    A column called ``unit`` does, unless it holds units of measurement. Else, with a list of units, those whose cells
    are most often units of it; without one, those headed as units are, then as places, then as names.
    """
    if EXACT in cells:
        given = cells[EXACT].map(str)
        if (units is not None and any(map(units.find, given.unique()))) or not hold_measures(given):
            return [EXACT]
    named = {role: [str(name) for name in cells.columns if means(str(name), role)] for role in (*ROLES, "code")}
    if units is not None:
        known = {name: _listed(cells[name], units) for of in named.values() for name in of}
        if best := max(known.values(), default=0):
            return _different([name for name, count in known.items() if count == best], cells, units)
    named = {role: [name for name in named[role] if not hold_measures(cells[name])] for role in ROLES}
    first: list[str] = next(filter(None, named.values()), [])
    return first if len(first) <= 1 else [name for name in first if _tells_apart(cells[name])] or first


def unit_and_name(table: pd.DataFrame, *, title: str) -> tuple[str | None, str | None]:
    """Return the columns of codes and of Chinese names in ``units.csv``; a name is the code where there is none.

    Raises
    ------
    InputError
        If several columns of places could be it.
    """
    bodies, places, codes, names = (
        [column for column in table if means(column, role) and not hold_measures(table[column])]
        for role in (*BODIES, "name")
    )
    if EXACT in table:
        return EXACT, names[0] if names else None
    apart = [column for column in places if table[column].is_unique]
    misspelt = _unknown_body(table) or any(closest(name, [EXACT]) for name in table if name not in bodies)
    if not codes and not bodies and not misspelt and len(apart) > 1:
        raise InputError(problems.SEVERAL_UNIT_COLUMNS.format(columns=quoted(apart)), title=title)
    places = [] if misspelt else apart or places
    order = [*codes[:1], *bodies, *places[:1]]
    if not order and not misspelt:
        order = [*names, *filter(None, [find_heading(table.columns, "name_en")])]
    called = [*names, *bodies, *(places[:1] if codes else ())]
    unit = next(iter(order), None)
    name = next((column for column in called if column != unit), None)
    if name is None and unit is not None and table[unit].str.contains(HAN_LETTER).any():
        name = unit  # which the names in the other language would hide
    return unit, name


def _unknown_body(table: pd.DataFrame) -> bool:
    """Return whether the first column has an unknown heading and a text of its own for each row: units, it seems."""
    head, cells = table.columns[0], table.iloc[:, 0]
    known = means(head, *BODIES, "name", "name_en", "group", "province", "serial number", "note")
    return not known and _tells_apart(cells) and not any(map(str.isdecimal, cells))


def _listed(cells: pd.Series, units: UnitList) -> int:
    """Return how many cells are units of the list."""
    return sum(count for cell, count in cells.map(str).value_counts().items() if cell and units.find(str(cell)))


def _different(names: list[str], cells: pd.DataFrame, units: UnitList) -> list[str]:
    """Return the columns without those that name the same units as the first."""
    of = {name: [units.find(str(cell)) for cell in cells[name]] for name in names}
    return [name for name in names if name == names[0] or of[name] != of[names[0]]]


def _tells_apart(cells: pd.Series) -> bool:
    given = [cell for cell in map(str, cells) if cell and looks_like(cell) is None]
    return len(set(given)) == len(given) > 1
