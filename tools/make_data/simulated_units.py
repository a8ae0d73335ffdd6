"""Who is in a simulated edition: real names where a fact pins the unit, placeholders for all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import InputError
from govtransparency.record.facts import pinned

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACEHOLDERS = {
    "province": ("某省", "Placeholder province"),
    "city": ("某市", "Placeholder city"),
    "county": ("某县", "Placeholder county"),
    "police": ("某公安局", "Placeholder police bureau"),
}
UNIT_COLUMNS = ("unit", "group", "name_zh", "name_en", "province", "province_en", "pinned_by")
PROVINCE = UNIT_COLUMNS.index("province")


def choose_units(facts: pd.DataFrame, year: int, panel: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """Return the units of a year: real names for those whom a fact pins, placeholders for all others.

    Parameters
    ----------
    facts : DataFrame
        Of the year, as `govtransparency.record.facts.facts` gives them.
    year : int
    panel : DataFrame
        How many units of each province are assessed: group, province, province_en, code, and a column a year.
        Pinned units of provinces that it does not name come on top.
    names : DataFrame
        Code and English names of the real units: unit, group, name_zh, name_en, province,
        province_en.

    Returns
    -------
    DataFrame with the columns of ``units.csv``
    """
    sources = pinned(facts)
    known = {(row["group"], row["name_zh"]): row for row in names.to_dict("records")}
    if lacking := [f"{name} ({group}): no code and no English name" for group, name in set(sources) - set(known)]:
        raise InputError(sorted(lacking), title="names.csv")
    sizes = facts[facts["kind"] == "size"]
    rows: list[tuple[str, ...]] = []
    for group, size in zip(sizes["group"], sizes["value"], strict=True):
        real = [
            (*(known[key][column] for column in UNIT_COLUMNS[:-1]), by)
            for key, by in sources.items()
            if key[0] == group
        ]
        rows += sorted(real)
        rows += _placeholders(group, int(size), real, panel[panel["group"] == group], str(year))
    return pd.DataFrame(rows, columns=UNIT_COLUMNS)


def _placeholders(
    group: str, size: int, real: Sequence[tuple[str, ...]], panel: pd.DataFrame, year: str
) -> list[tuple[str, ...]]:
    zh, en = PLACEHOLDERS[group]
    if group == "province":
        return [
            (f"prov-{i:02}", group, f"{zh} {i:02}", f"{en} {i:02}", "", "", "") for i in range(1, size - len(real) + 1)
        ]
    rows: list[tuple[str, ...]] = []
    for row in panel.to_dict("records"):
        at, at_en = row["province"].removeprefix("某省 ").rstrip("省市"), row["province_en"]
        at_en = at_en.replace("Placeholder province", "province")
        count = int(row[year]) - sum(unit[PROVINCE] == row["province"] for unit in real)
        rows += [
            (f"{group}-{row['code']}-{i:02}", group, f"{zh} {at}-{i:02}", f"{en}, {at_en} {i:02}",
             row["province"], row["province_en"], "")
            for i in range(1, count + 1)
        ]  # fmt: skip
    if len(rows) + len(real) != size:
        raise InputError(
            f"group {group!r}: the panel has {len(rows) + len(real)} units, the record {size}",
            title=f"panel.csv {year}",
        )
    return rows
