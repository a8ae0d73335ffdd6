"""The status of a table's figures, which goes with the table wherever rows or columns are taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import argument_problems as problems
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.arguments import Arguments

__all__ = ["check_has_units", "check_status", "status_of", "with_status"]

SHOWN = 5  # units that a sentence names


def with_status(table: pd.DataFrame, status: str) -> pd.DataFrame:
    """Return the table with its status in ``table.attrs``, which pandas takes along."""
    found = table.copy(deep=False)
    found.attrs["status"] = status
    return found


def status_of(*values: Any) -> tuple[str, ...]:
    """Return each status of the values once: of tables, and of what is made from them.

    Examples
    --------
    >>> status_of(with_status(pd.DataFrame({"a": [1, 2]}), "own").loc[[1]], None)
    ('own',)
    """
    found: list[Any] = []
    for value in values:
        tabular = isinstance(value, pd.DataFrame | pd.Series)
        given = value.attrs.get("status") if tabular else getattr(value, "status", None)
        found += [given] if given is None or isinstance(given, str) else list(given)
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one in STATUS))


def check_status(check: Arguments, given: Any) -> tuple[str, ...]:
    """Return each status given once: a status by its code, an edition or another value that has one, or several."""
    known: list[str] = []
    for one in given if isinstance(given, list | tuple) else [given]:
        own = () if isinstance(one, str) else status_of(one)
        known += own or [check.choice("status", one, STATUS)]
    return tuple(one for one in dict.fromkeys(known) if one in STATUS) if not check.problems else ()


def check_has_units(
    check: Arguments, name: str, editions: Sequence[Any], units: pd.Index, *, every: bool = True
) -> bool:
    """Refuse editions of other units, whose names and status these figures do not have; return whether all fit.

    Each edition must have some of the units, and, if `every`, each unit be in one of the editions.
    """
    others = [edition for edition in editions if len(units) and not units.isin(edition.units.index).any()]
    for edition in others:
        check.refuse(problems.NO_UNIT_OF_EDITION.format(name=name, index=edition.index, year=edition.year))
    known = [unit for edition in editions for unit in edition.units.index]
    missing = units[~units.isin(known)] if every and editions and not others else units[:0]
    if len(missing):
        names = quoted(map(str, missing[:SHOWN]))
        check.refuse(problems.NOT_IN_EDITION.format(name=name, units=names, count=len(missing)))
    return not others and not len(missing)
