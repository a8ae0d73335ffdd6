"""Units of several editions under one code: joined where ``units.csv`` says so, and doubts where it does not."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from govtransparency.data.same_unit import same_code, same_place
from govtransparency.data.unit_matching import FORMERLY, former_names
from govtransparency.files.folded_text import folded
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.doubt_words import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govtransparency.editions.edition import Edition

T = TypeVar("T", pd.Series, pd.DataFrame)

__all__ = ["current_codes", "joined_doubts", "under_current_codes"]

NAMES = ("name_zh", "name_en")


def current_codes(listed: Sequence[pd.DataFrame]) -> list[dict[str, str]]:
    """Return for each year the code of later years of the units that have another one there.

    Parameters
    ----------
    listed : sequence of DataFrame
        The units of each year as from ``units.csv``, by their code, in the order of the years. The column formerly of
        any of them joins. Units of one year are never joined with one another.

    Examples
    --------
    >>> old, new = (pd.DataFrame({"name_en": [name]}, index=[name]) for name in ("Kristiania", "Oslo"))
    >>> current_codes([old, new.assign(formerly="Kristiania")])
    [{'Kristiania': 'Oslo'}, {}]
    """
    called = [_called(units) for units in listed]
    former = [
        {
            name: str(code)
            for code, cell in units.get(FORMERLY, pd.Series(dtype=str)).items()
            for name in former_names(cell)
        }
        for units in listed
    ]
    found = []
    for at, own in enumerate(called):
        codes = {}
        for code, names in own.items():
            for there, now in zip(called[at:], former[at:], strict=True):
                names = next((there[now[name]] for name in names if name in now), names)
            codes[code] = names[0]
        times = Counter(codes.values())
        found.append({code: new for code, new in codes.items() if new != code and times[new] == 1})
    return found


def under_current_codes(table: T, codes: Mapping[str, str]) -> T:
    """Return a table or Series with its units under their current codes."""
    if not codes:
        return table
    index = table.index
    return table.set_axis(pd.Index([codes.get(unit, unit) for unit in index], name=index.name, dtype=index.dtype))


def _called(units: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the code and the names of each unit."""
    columns = [units[column] for column in NAMES if column in units]
    return {str(called[0]): tuple(called) for called in zip(units.index, *columns, strict=True)}


def joined_doubts(editions: Sequence[Edition], codes: Sequence[Mapping[str, str]]) -> pd.DataFrame:
    """Return which units of two editions in a row may be one, or two, without ``units.csv`` saying so.

    Parameters
    ----------
    editions : sequence of Edition
        Of one index, in the order of their years.
    codes : sequence of mapping
        Their `current_codes`.

    Returns
    -------
    DataFrame
        Columns year, group, zh, en.
    """
    rows = [
        (now.year, group, text.zh, text.en)
        for (before, joined), (now, later) in pairwise(zip(editions, codes, strict=True))
        for group in now.tables
        if group in before.tables
        for text in _of_group(before, now, group, joined, later)
    ]
    return pd.DataFrame(rows, columns=["year", "group", "zh", "en"])


def _of_group(
    before: Edition, now: Edition, group: str, joined: Mapping[str, str], later: Mapping[str, str]
) -> Iterator[Text]:
    """Give the units that left and came and may be one, and those with one code and other names."""
    old, new = (_called(edition.units.loc[edition.tables[group].index]) for edition in (before, now))
    codes_then, codes_now = {joined.get(code, code) for code in old}, {later.get(code, code) for code in new}
    left = [code for code in old if joined.get(code, code) not in codes_now]
    came = [code for code in new if later.get(code, code) not in codes_then]
    said = {"group": group, "before": before.year, "year": now.year}
    alone = len(left) == len(came) == 1
    for one in left:
        if like := [other for other in came if alone or _alike(old[one], new[other])]:
            yield JOINED["renamed"].format(**said, old=_shown(old[one]), new=quoted(like), name=one)
    for code, called in old.items():
        if code in new and not _alike(called, new[code]) and not _told(called, now.units, code):
            yield JOINED["same_code"].format(**said, code=code, old=_shown(called), new=_shown(new[code]))


def _alike(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    """Return whether two units have a name in common, in any form, or codes that a spreadsheet turns into one."""
    names = [{folded(name) for name in called[1:] or called if name} for called in (old, new)]
    if names[0] & names[1] or same_code(old[0], new[0]) or same_code(new[0], old[0]):
        return True
    return any(same_place(one, other) for one in names[0] for other in names[1])


def _told(called: tuple[str, ...], units: pd.DataFrame, code: str) -> bool:
    """Return whether a former name of the unit of a code is among the names."""
    return FORMERLY in units and not {*former_names(units.loc[code, FORMERLY])}.isdisjoint(called)


def _shown(called: tuple[str, ...]) -> Text:
    """Return what a unit is called, with its code."""
    zh, en = (next((name for name in order if name), called[0]) for order in (called[1:], called[:0:-1]))
    return Text(zh, en)
