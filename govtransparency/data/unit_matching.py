"""Which unit a row is about: by code or by name; and rows that are about none, such as totals and footnotes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import pandas as pd

from govtransparency.data.same_unit import SHORTENED, bare_code, is_han, same_code, without_kind
from govtransparency.files.folded_text import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = [
    "FORMERLY",
    "UnitList",
    "column_beside",
    "filled_down",
    "former_names",
    "group_codes",
    "joined_columns",
    "looks_like",
]

FORMERLY = "formerly"  # the column of units.csv with former names and codes
JOINS = ("-", " ", "", "/", "_")
Look = Literal["total", "limit", "rest", "part", "shortened", "footnote"]
PATTERNS: dict[Look, re.Pattern[str]] = {
    "footnote": re.compile(
        r"(?:sources?|notes?|n\.?b\.?|footnotes?|legend|disclaimer|last updated?|\u8d44\u6599\u6765\u6e90"
        r"|\u6570\u636e\u6765\u6e90|\u6765\u6e90|\u6ce8|\u5907\u6ce8|\u9644\u6ce8|\u8bf4\u660e|\u5355\u4f4d|\u8ba1\u91cf\u5355\u4f4d"
        r"|\u8054\u7cfb\u7535\u8bdd|\u586b\u62a5\u5355\u4f4d)\s*\d*\s*[:\uff1a].*"
        r"|\*.*|\u00a9.*|\(c\) .*|copyright .*"
        r"|(?:\u586b\u8868|\u586b\u62a5|\u5236\u8868|\u5ba1\u6838|\u590d\u6838)(?:\u4eba|\u65e5\u671f|\u65f6\u95f4)(?:\s*[:\uff1a].*)?",
        re.IGNORECASE | re.DOTALL,
    ),
    "total": re.compile(
        r"(?:(?:grand |sub-?)?total|sum|all|median|world|global|euro ?area|european union|eu[- ]?\d\d|oecd"
        r"|.*\b(?:total|average|mean|median)|\u5168[\u56fd\u7701\u5e02\u533a\u53bf\u5dde]|\u4e16\u754c|\u603b\u6570|.*\u4e2d\u4f4d\u6570"
        r"|.*(?:\u5408\u8ba1|\u603b\u8ba1|\u5c0f\u8ba1|\u5e73\u5747[\u503c\u5206\u6570]?|\u5747\u503c))(?: ?\(.*\))?",
        re.IGNORECASE,
    ),
    "limit": re.compile(r"\u6ee1\u5206\u503c?|\u6700[\u9ad8\u4f4e](?:\u5206|\u503c)|\u6700[\u5927\u5c0f]\u503c"),
    "rest": re.compile(r"\u5176[\u4ed6\u5b83](?:\u5730\u533a)?"),
    "part": re.compile(r"\u5e02\u8f96\u533a|[\u7701\u5e02\u533a\u53bf\u5dde]?\u672c\u7ea7"),
    "shortened": SHORTENED,
}


def looks_like(name: str) -> Look | None:
    """Return what a name that may be no unit's looks like, or None.

    A total or average, a full or highest mark, the rest of the units; a part of a unit that may be listed as one; a
    code that a spreadsheet shortened; a footnote.

    Examples
    --------
    >>> [looks_like(name) for name in ("Total", "GLOBAL AVERAGE", "Source: mine", "3.70202E+11", "Totnes")]
    ['total', 'total', 'footnote', 'shortened', None]
    """
    plain = folded(name)
    return next((look for look, pattern in PATTERNS.items() if pattern.fullmatch(plain)), None)


def _composed(name: str) -> str:
    """Return a name with each letter and its accent as one character, as most files have it."""
    return unicodedata.normalize("NFC", name)


def former_names(cell: str) -> tuple[str, ...]:
    """Return the names and codes in a cell of the column of former ones, between semicolons.

    Examples
    --------
    >>> former_names("old town; t7")
    ('old town', 't7')
    """
    return tuple(filter(None, (part.strip() for part in re.split("[;\uff1b]", cell))))


@dataclass(frozen=True)
class UnitList:
    """The units there are, by what a file may call them.

    Attributes
    ----------
    groups : dict of code to group
        Of every unit; the empty text where groups are not known.
    codes : dict of name to tuple of codes
        By either name, and by former ones.
    group_codes : dict of str to str
        The code of each group by its code and by its names.
    above : dict of code to set of str
        What else ``units.csv`` says of the unit, such as its group or the province in which it lies.
    source : str
        Where the units are listed: a file, or an argument.
    """

    groups: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_codes: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    source: str = "units.csv"

    @classmethod
    def of(
        cls, units: pd.DataFrame | Collection[str], groups: Mapping[str, Mapping[str, str]] | None = None
    ) -> UnitList:
        """Return the list made of ``units.csv`` as read, or of codes alone, with the names of the groups."""
        if not isinstance(units, pd.DataFrame):
            return cls(dict.fromkeys(units, ""), source="units")
        own = (
            dict(zip(units.index, units["group"], strict=True)) if "group" in units else dict.fromkeys(units.index, "")
        )
        codes: dict[str, list[str]] = {}
        for column in ("name_en", "name_zh"):
            for code, name in zip(units.index, units.get(column, units.index), strict=True):
                for called in (_composed(name), _composed(code)):
                    if called and called not in own and code not in codes.setdefault(called, []):
                        codes[called].append(code)
        for code, cell in zip(units.index, units.get(FORMERLY, [""] * len(units)), strict=True):
            for called in map(_composed, former_names(cell)):
                if called not in own and code not in codes.setdefault(called, []):
                    codes[called].append(code)
        beside = units.drop(columns=["name_en", "name_zh"], errors="ignore").to_dict("index")
        above = {code: frozenset(map(str, row.values())) - {""} for code, row in beside.items()}
        return cls(own, {name: tuple(found) for name, found in codes.items()}, group_codes(groups or {}), above)

    def find(self, name: str, group: str | None = None) -> tuple[str, ...]:
        """Return the codes of the units of that code or name; of several, those of the group.

        Examples
        --------
        >>> units = pd.DataFrame({"group": ["city", "county"], "name_en": ["York", "York"]}, index=["c1", "k1"])
        >>> both = UnitList.of(units, {"city": {"en": "Cities"}, "county": {"en": "Counties"}})
        >>> both.find("c1"), both.find("York"), both.find("York", "Counties"), both.find("Leeds")
        (('c1',), ('c1', 'k1'), ('k1',), ())
        """
        found = (name,) if name in self.groups else self.codes.get(_composed(name), ())
        found = found or self._by_folded.get(folded(name), ())
        if len(found) > 1 and group is not None:
            found = tuple(code for code in found if self.groups[code] == self.group_codes.get(group, group))
        return found

    def has(self, name: str) -> bool:
        """Return whether a name or code is listed as it is written."""
        return name in self.groups or _composed(name) in self.codes

    def other_forms(self, name: str) -> dict[str, str]:
        """Return the codes of the units that a name may be in another form, each with what it is called there.

        Of a name with Han letters, those of the same place with or without the word for its kind; of a code, those
        that a spreadsheet turns into it.

        Examples
        --------
        >>> UnitList.of(["\u5409\u6797\u7701", "\u5409\u6797\u5e02"]).other_forms("\u5409\u6797")
        {'吉林省': '吉林省', '吉林市': '吉林市'}
        >>> UnitList.of(["370202000000", "b"]).other_forms("3.70202E+11")
        {'370202000000': '370202000000'}
        """
        plain = folded(name)
        if not is_han(plain):
            codes = self.groups if SHORTENED.fullmatch(plain) else self._by_bare_code.get(bare_code(plain), ())
            return {code: code for code in codes if same_code(plain, code)}
        like = [*self._longer.get(plain, ()), *(short for short in without_kind(plain) if short in self._by_folded)]
        found: dict[str, str] = {}
        for called in like:
            found |= {code: called for code in self._by_folded[called] if code not in found}
        return found

    @cached_property
    def _by_folded(self) -> dict[str, tuple[str, ...]]:
        """The codes by what a unit may be called, however it is typed."""
        found: dict[str, dict[str, None]] = {}
        for called, codes in ({code: (code,) for code in self.groups} | dict(self.codes)).items():
            found.setdefault(folded(called), {}).update(dict.fromkeys(codes))
        return {called: tuple(codes) for called, codes in found.items()}

    @cached_property
    def _longer(self) -> dict[str, list[str]]:
        """What a unit may be called, by the same without the word for its kind of place."""
        found: dict[str, list[str]] = {}
        for called in self._by_folded:
            for short in without_kind(called):
                found.setdefault(short, []).append(called)
        return found

    @cached_property
    def _by_bare_code(self) -> dict[str | None, list[str]]:
        found: dict[str | None, list[str]] = {}
        for code in self.groups:
            if (bare := bare_code(code)) is not None:
                found.setdefault(bare, []).append(code)
        return found

    def find_within(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes of the units of the last name that lie in those before it, by what ``units.csv`` says."""
        *above, name = cells
        return tuple(code for code in self.find(name) if {*above} - {""} <= self.above.get(code, frozenset()))


def group_codes(groups: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the code of each group by its code and by either of its names; a name of several groups is left out.

    Examples
    --------
    >>> group_codes({"city": {"en": "Cities", "zh": "All"}, "county": {"en": "Counties", "zh": "All"}})
    {'Cities': 'city', 'Counties': 'county', 'city': 'city', 'county': 'county'}
    """
    found: dict[str, set[str]] = {}
    for group, names in groups.items():
        for name in (names.get(language) for language in ("en", "zh")):
            if isinstance(name, str):
                found.setdefault(name, set()).add(group)
    return {name: min(of) for name, of in found.items() if len(of) == 1} | {group: group for group in groups}


def joined_columns(parts: pd.DataFrame, units: UnitList | None) -> pd.Series:
    """Return what several columns call a unit together: joined in the way in which the units are listed.

    Of units listed by the last name alone, it is the code of the one of which ``units.csv`` says the rest.

    Examples
    --------
    >>> parts = pd.DataFrame({"country": ["FR", "DE"], "region": ["75", ""]})
    >>> joined_columns(parts, UnitList.of(["FR 75", "DE"])).tolist()
    ['FR 75', 'DE']
    """

    def name(cells: tuple[str, ...]) -> str:
        names = [mark.join(filter(None, cells)) for mark in JOINS]
        if units is None:
            return names[0]
        within = units.find_within(cells)
        return next(filter(units.find, names), within[0] if len(within) == 1 else names[0])

    rows = list(parts.itertuples(index=False, name=None))
    names = {row: name(row) for row in dict.fromkeys(rows)}
    return pd.Series([names[row] for row in rows], index=parts.index, dtype=object)


def filled_down(cells: pd.Series) -> pd.Series:
    """Return a column with the text of the cell above in its empty cells; those above all texts stay empty."""
    return cells.where(cells != "").ffill().fillna("").astype(object)


def column_beside(cells: pd.DataFrame, unit: str, units: UnitList) -> str | None:
    """Return the column in front of that of units with which all of them are listed, where alone some are not.

    Examples
    --------
    >>> cells = pd.DataFrame({"city": ["A", "", "B"], "district": ["x", "y", "x"]})
    >>> column_beside(cells, "district", UnitList.of(["A x", "A y", "B x"]))
    'city'
    """
    if all(map(units.find, cells[unit].unique())):
        return None
    for column in list(cells.columns)[: list(cells.columns).index(unit)]:
        both = pd.DataFrame({column: filled_down(cells[column]), unit: cells[unit]}).drop_duplicates()
        if all(map(units.find, joined_columns(both, units))):
            return str(column)
    return None
