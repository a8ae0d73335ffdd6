"""What units are called in the answer to a question, and the status of its figures, where editions give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.editions import Edition
from govtransparency.index import Index
from govtransparency.names import name_of_unit
from govtransparency.status_of_data import attribution_of, check_has_units, status_of
from govtransparency.texts.bilingual import Text, as_text, in_columns, words
from govtransparency.texts.question_words import DRAWN, WITH_STATUS
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govtransparency.arguments import Arguments

__all__ = ["called", "check_editions", "from_editions", "name_table", "said", "signed"]


def from_editions(editions: tuple[Edition, ...], *tables: pd.DataFrame | Index) -> dict[str, Any]:
    """Return the editions, the status and the attribution of an answer from tables or indices."""
    sources = (*editions, *tables)
    return {"editions": editions, "status": status_of(*sources), "attribution": attribution_of(*sources)}


def check_editions(check: Arguments, name: str, editions: Any, *tables: Any) -> tuple[Edition, ...]:
    """Return the editions given: one, several or none. They must have the units of the tables or indices."""
    given = () if editions is None else (editions,) if isinstance(editions, Edition) else editions
    if not isinstance(given, (list, tuple)):
        check.instance(name, given, Edition)
        return ()
    for edition in given:
        check.instance(name, edition, Edition)
    if given and not check.problems:
        frames = [table.raw if isinstance(table, Index) else table for table in tables]
        units = pd.Index(list(dict.fromkeys(unit for frame in frames for unit in frame.index)), tupleize_cols=False)
        check_has_units(check, name, given, units)
    return tuple(given)


def called(unit: object, editions: Sequence[Edition]) -> Text:
    """Return the name of a unit from the latest edition that has it; else its label."""
    for edition in reversed(editions):
        if unit in edition.units.index:
            return name_of_unit(edition.units, unit)
    return as_text(str(unit))


def name_table(units: Iterable[Any], editions: Sequence[Edition]) -> pd.DataFrame:
    """Return the names of units, for a figure: name_zh, name_en."""
    index = pd.Index(list(units), tupleize_cols=False)
    return pd.DataFrame(in_columns("name", [called(unit, editions) for unit in index]), index=index)


def said(text: Text, statuses: Sequence[str]) -> Text:
    """Return a text with the status of its figures at the end, where it is known; drawn figures are called so first."""
    if not statuses:
        return text
    if "simulated" in statuses:
        text = DRAWN.format(text=text)
    return WITH_STATUS.format(text=text, status=words(STATUS[status] for status in statuses))


def signed(number: float) -> str:
    """Return a number with its sign, which is a true minus, to two decimals at most; 0 has none."""
    shown = round(number, 2)
    return f"{shown:+g}".replace("-", "\u2212") if shown else "0"
