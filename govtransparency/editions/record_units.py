"""The units of a public record by one name, whether its rows call them by code or by either name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govtransparency.data.unit_matching import UnitList

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.record.read_record import Record

__all__ = ["record_by_name"]

NAMING = ("ranks", "dimension_scores", "claims", "readings")  # tables with a column of groups


def record_by_name(record: Record | None, units: pd.DataFrame) -> Record | None:
    """Return the record with each unit of its group called by its Chinese name; None where there is none.

    Units are known by code, by either name and by former ones; what else a row names, such as a
    province or a unit that only other years have, is left as it is.

    Parameters
    ----------
    record : Record or None
        As read.
    units : DataFrame, indexed by unit
        All of ``units.csv``.
    """
    if record is None:
        return None
    listed = UnitList.of(units)

    def called(name: str, group: str) -> str:
        found = [code for code in listed.find(name) if listed.groups[code] == group]
        return str(units.loc[found[0], "name_zh"]) if len(found) == 1 else name

    def renamed(table: pd.DataFrame) -> pd.DataFrame:
        pairs = zip(table["entity_zh"], table["group"], strict=True)
        return table.assign(entity_zh=[called(*pair) for pair in pairs])

    return replace(record, **{name: renamed(getattr(record, name)) for name in NAMING})
