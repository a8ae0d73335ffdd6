"""The status of a table's figures and their attribution, which go with the table wherever parts are taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.texts.bilingual import Text, as_text, quoted, run_on, strung
from govtransparency.texts.problems import argument_problems as problems
from govtransparency.texts.status_words import STATUS, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govtransparency.arguments import Arguments

__all__ = ["attribution_of", "check_has_units", "check_status", "head_of", "stamp_of", "status_of", "with_status"]

SHOWN = 5  # units that a sentence names


def with_status(table: pd.DataFrame, status: str, attribution: tuple[Text, ...] = ()) -> pd.DataFrame:
    """Return the table with its status and attribution in ``table.attrs``, which pandas takes along."""
    found = table.copy(deep=False)
    found.attrs["status"] = status
    if attribution:
        found.attrs["attribution"] = attribution
    return found


def status_of(*values: Any) -> tuple[str, ...]:
    """Return each status of the values once: of tables, and of what is made from them.

    Examples
    --------
    >>> status_of(with_status(pd.DataFrame({"a": [1, 2]}), "own").loc[[1]], None)
    ('own',)
    """
    found: list[Any] = []
    for given in _carried("status", values):
        found += [given] if given is None or isinstance(given, str) else list(given)
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one in STATUS))


def attribution_of(*values: Any) -> tuple[Text, ...]:
    """Return each line that the licences of the values' sources ask for once: of tables, and of what is made from them.

    Examples
    --------
    >>> table = with_status(pd.DataFrame({"a": [1, 2]}), "own", (Text("《甲》", "A"),))
    >>> attribution_of(table.loc[[1]], table["a"], None)
    (Text(zh='《甲》', en='A'),)
    """
    found: list[Text] = []
    for given in _carried("attribution", values):
        lines = [given] if isinstance(given, str | Text) else given if isinstance(given, list | tuple) else ()
        # a list is a text that was written to a file and read again
        found += [Text(*line) if isinstance(line, list) else as_text(line) for line in lines]
    return tuple(dict.fromkeys(found))


def _carried(name: str, values: Iterable[Any]) -> Iterator[Any]:
    """Give what each value carries under a name: a table in its ``attrs``."""
    for value in values:
        tabular = isinstance(value, pd.DataFrame | pd.Series)
        yield value.attrs.get(name) if tabular else getattr(value, name, None)


def head_of(status: str, attribution: Iterable[Text]) -> Text:
    """Return what the head of a page says of its figures: what their status means, and their attribution."""
    return run_on([WARNING[status], *attribution])


def stamp_of(status: str, attribution: Iterable[Text]) -> Text:
    """Return what a figure says of its data along the lower edge: their status, and below it their attribution."""
    return strung([STATUS[status], *attribution], "\n", "\n")


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
