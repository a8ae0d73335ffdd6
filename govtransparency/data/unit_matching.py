"""Which unit a row is about: by code or by name; and rows that are about none, such as totals and footnotes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["UnitList", "group_codes", "joined_columns", "looks_like"]

JOINS = ("-", " ", "", "/", "_")
TOTALS = re.compile(
    r"(?:(?:grand |sub-?)?total|sum|all|median|world|global|euro ?area|european union|eu[- ]?\d\d|oecd"
    r"|.*\b(?:total|average|mean|median)|\u5168\u56fd|\u4e16\u754c|\u603b\u6570|\u4e2d\u4f4d\u6570"
    r"|.*(?:\u5408\u8ba1|\u603b\u8ba1|\u5c0f\u8ba1|\u5e73\u5747|\u5747\u503c))(?: \(.*\))?",
    re.IGNORECASE,
)
FOOTNOTES = re.compile(
    r"(?:sources?|notes?|n\.?b\.?|footnotes?|legend|disclaimer|last updated?|\u8d44\u6599\u6765\u6e90"
    r"|\u6570\u636e\u6765\u6e90|\u6765\u6e90|\u6ce8|\u5907\u6ce8|\u9644\u6ce8|\u8bf4\u660e)\s*\d*\s*[:\uff1a].*"
    r"|\*.*|\u00a9.*|\(c\) .*|copyright .*",
    re.IGNORECASE | re.DOTALL,
)


def looks_like(name: str) -> Literal["total", "footnote"] | None:
    """Return what a name that is no unit's looks like, or None.

    Examples
    --------
    >>> [looks_like(name) for name in ("Total", "GLOBAL AVERAGE", "Source: mine", "Totnes")]
    ['total', 'total', 'footnote', None]
    """
    if FOOTNOTES.fullmatch(name.strip()):
        return "footnote"
    return "total" if TOTALS.fullmatch(name.strip()) else None


def _composed(name: str) -> str:
    """Return a name with each letter and its accent as one character, as most files have it."""
    return unicodedata.normalize("NFC", name)


@dataclass(frozen=True)
class UnitList:
    """The units there are, by what a file may call them.

    Attributes
    ----------
    groups : dict of code to group
        Of every unit; the empty text where groups are not known.
    codes : dict of name to tuple of codes
        By either name.
    group_codes : dict of str to str
        The code of each group by its code and by its names.
    source : str
        Where the units are listed: a file, or an argument.
    """

    groups: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_codes: Mapping[str, str] = field(default_factory=dict)
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
        return cls(own, {name: tuple(found) for name, found in codes.items()}, group_codes(groups or {}))

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
        if len(found) > 1 and group is not None:
            found = tuple(code for code in found if self.groups[code] == self.group_codes.get(group, group))
        return found


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

    Examples
    --------
    >>> parts = pd.DataFrame({"country": ["FR", "DE"], "region": ["75", ""]})
    >>> joined_columns(parts, UnitList.of(["FR 75", "DE"])).tolist()
    ['FR 75', 'DE']
    """

    def name(cells: tuple[str, ...]) -> str:
        names = [mark.join(filter(None, cells)) for mark in JOINS]
        return next((one for one in names if units is not None and units.find(one)), names[0])

    rows = list(parts.itertuples(index=False, name=None))
    names = {row: name(row) for row in dict.fromkeys(rows)}
    return pd.Series([names[row] for row in rows], index=parts.index, dtype=object)
