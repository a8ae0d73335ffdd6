"""The unit of each row of a sheet, and what is said of rows that name none: suggestions, totals, footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data.distinct_cells import SHOWN
from govtransparency.data.reading_notes import Note
from govtransparency.data.same_unit import is_han
from govtransparency.data.unit_matching import looks_like
from govtransparency.errors import closest, nearest, valid_names
from govtransparency.files.damaged_text import damage_of
from govtransparency.files.folded_text import HAN, folded
from govtransparency.files.invisible import has_invisible
from govtransparency.files.unread_cells import ErrorCell, FormulaCell
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import Text, joined, quoted
from govtransparency.texts.problems import table_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from govtransparency.data.sheet_form import SheetForm
    from govtransparency.data.unit_matching import UnitList

__all__ = ["unit_codes"]

NEVER_MEANT = re.compile(rf"[{HAN}]\s+[{HAN}]|[\u2e80-\u2fdf]")  # blanks between Han letters, and radicals


def unit_codes(
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
    typed: list[tuple[str, str]] = []
    unlisted: list[str] = []
    told = {str(cell) for cell in names if isinstance(cell, (ErrorCell, FormulaCell))}
    one_way = _typed_one_way(distinct["name"]) if units is None else {}
    for name, group in distinct.itertuples(index=False, name=None):
        matches = (one_way[name],) if units is None else units.find(name, group if groups is not None else None)
        strange = looks_like(name) if units is None or not matches else None
        codes[name, group] = matches[0] if len(matches) == 1 and name and not strange else None
        if not matches or not name or strange:
            if name not in told and not has_invisible(name):  # which are told as such
                unlisted.append(name)
        elif len(matches) > 1:
            line = names.index[(rows["name"] == name).argmax()]
            found.append(problems.SEVERAL_UNITS.format(line=line, name=name, units=quoted(matches)))
        elif matches[0] != name:
            (by_name if units is not None and units.has(name) else typed).append((name, matches[0]))
    read = [name for (name, _), code in codes.items() if code is not None]
    notes += _damaged(rows["name"], dict.fromkeys(read))
    if units is not None and groups is not None:
        found += _in_other_groups(distinct, codes, units)
    for pairs, template in ((by_name, reading_words.BY_NAME), (typed, reading_words.TYPED)):
        if pairs:
            notes.append(Note(template.format(name=pairs[0][0], unit=pairs[0][1]), times=len(pairs)))
    if unlisted:
        here = rows.loc[rows["name"].isin(unlisted), "name"]
        without_row = set() if units is None else set(units.groups) - set(codes.values())
        _tell_unlisted(here, units, without_row, form, notes, found)
    keys = zip(rows["name"].tolist(), rows["group"].tolist(), strict=True)
    return pd.Series([codes[key] for key in keys], index=names.index, dtype=object)


def _damaged(names: pd.Series, read: Iterable[str]) -> Iterator[Note]:
    """Give the names that are damaged although a unit is found by them, with the line of the first."""
    for name in read:
        if (damage := damage_of(name)) is not None:
            where = reading_words.LINE.format(line=names.index[(names == name).argmax()])
            yield Note(reading_words.DAMAGED.format(name=name, damage=damage.what), where, doubtful=True)


def _typed_one_way(names: Iterable[str]) -> dict[str, str]:
    """Return what each name is taken for where no list says how it is written: all that are equal once folded, as one.

    Examples
    --------
    >>> list(_typed_one_way(["\u7532\u3000\u5e02", "\u7532\u5e02", "a  b"]).values())
    ['甲市', '甲市', 'a  b']
    """
    given = list(names)
    shortest: dict[str, str] = {}
    for name in sorted(given, key=len):
        shortest.setdefault(folded(name), name)
    one = {plain: plain if NEVER_MEANT.search(name) else name for plain, name in shortest.items()}
    return {name: one[folded(name)] for name in given}


def _in_other_groups(rows: pd.DataFrame, codes: Mapping[tuple[str, str], str | None], units: UnitList) -> list[Text]:
    """Return one problem for the units that are of another group than in ``units.csv``; rows of name and group."""
    said = []
    for line, name, group in rows.itertuples(name=None):
        own = units.groups.get(codes[name, group] or "")
        if own and units.group_codes.get(group, group) != own:
            said.append(problems.OTHER_GROUP.format(line=line, unit=name, group=group, own=own))
    return said if len(said) <= 1 else [problems.OTHER_GROUPS.format(count=len(said), places=joined(*said[:SHOWN]))]


def _tell_unlisted(
    here: pd.Series,
    units: UnitList | None,
    without_row: Collection[str | None],
    form: SheetForm,
    notes: list[Note],
    found: list[Text],
) -> None:
    """Note the rows that are passed over, or refuse them in one sentence; `here` has their names by line.

    A name that may be that of a listed unit which has no row otherwise is never passed over.
    """
    lines = dict(zip(here[::-1], here.index[::-1], strict=True))
    names = list(dict.fromkeys(here))
    if form.pass_unlisted:
        counts = here.value_counts()
        alike: list[Text] = []
        for name in names:
            forms = {} if units is None else units.other_forms(name)
            if near := [called for code, called in forms.items() if code in without_row]:
                alike.append(problems.RESEMBLES_AT.format(line=lines[name], unit=name, near=quoted(near)))
                continue
            template = reading_words.LOOKS_LIKE.get(looks_like(name) or "", reading_words.PASSED_OVER)
            what = template.format(unit=name) if name else reading_words.NO_UNIT
            notes.append(Note(what, reading_words.LINE.format(line=lines[name]), int(counts[name])))
        if units is not None and alike:
            said = {"source": units.source, "count": len(alike), "places": joined(*alike[:SHOWN])}
            found.append(problems.RESEMBLES.format(**said))
        return
    source = "" if units is None else units.source
    first, line = names[0], lines[names[0]]
    if len(here) == 1 and not first:
        found.append(problems.EMPTY_UNIT.format(line=line))
    elif len(names) == 1 and units is not None and first and looks_like(first) in (None, "shortened"):
        found.append(
            problems.UNKNOWN_UNIT.format(line=line, unit=first, source=source, nearest=_suggestion(first, units))
        )
    else:
        places = [_unlisted_at(lines[name], name, units) for name in names[:SHOWN]]
        template = problems.UNLISTED["listed" if units is not None else "any"]
        found.append(template.format(count=len(here), source=source, places=joined(*places)))


def _suggestion(name: str, units: UnitList) -> Text:
    """Return which unit a name may mean, for the end of a sentence, and which there are.

    Of Han letters one makes another place, so that only other forms of a name are suggested.
    """
    valid = valid_names(units.groups)
    if forms := units.other_forms(name):
        template = problems.OTHER_FORM["place" if is_han(name) else "code"]
        return template.format(names=quoted(forms.values()), unit=name, valid=valid)
    if (damage := damage_of(name)) is not None:
        return problems.DAMAGED.format(damage=damage.what, valid=valid)
    return valid if is_han(name) else nearest(name, units.groups)


def _unlisted_at(line: int, name: str, units: UnitList | None) -> Text:
    """Return where a name stands that is no unit's, and what it looks like."""
    forms = {} if units is None else units.other_forms(name)
    if not name:
        return problems.UNLISTED_AS["empty"].format(line=line)
    if look := None if forms else looks_like(name):
        return problems.UNLISTED_AS[look].format(line=line, unit=name)
    near = None if units is None or is_han(name) else closest(name, units.groups)
    if forms or near:
        return problems.UNLISTED_AS["near"].format(line=line, unit=name, nearest=quoted(forms.values() or [near]))
    if (damage := damage_of(name)) is not None:
        return problems.UNLISTED_AS["damaged"].format(line=line, unit=name, damage=damage.what)
    return problems.UNLISTED_AS["unknown"].format(line=line, unit=name)
