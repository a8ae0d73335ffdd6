"""How far the published ranks of the record hold under other weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.record.facts import facts
from govtransparency.record.statements import sentence
from govtransparency.texts.bilingual import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.editions import Edition
    from govtransparency.robustness import Ensemble

__all__ = ["claims_held"]


def claims_held(edition: Edition, ensembles: Mapping[str, Mapping[str, Ensemble]]) -> pd.DataFrame:
    """Return in what share of the weightings each published rank of the record comes out as published.

    Parameters
    ----------
    edition : Edition
    ensembles : mapping of group to what `weightings` returns

    Returns
    -------
    DataFrame, one row per claim
        group_zh, group_en, fact_zh, fact_en, near and any (shares, 0 to 1), source_id. Claims on ranks and listed
        places of the whole index, of units of the edition.
    """
    columns = ["group_zh", "group_en", "fact_zh", "fact_en", "near", "any", "source_id"]
    if edition.record is None:
        return pd.DataFrame(columns=columns)
    units = edition.units.reset_index().set_index(["group", "name_zh"])
    rows: dict[tuple[str, str, float], tuple[object, ...]] = {}
    for fact in facts(edition.record, edition.year, groups=edition.groups).to_dict("records"):
        group, name, rank = fact["group"], fact["entity_zh"], fact["value"]
        if fact["kind"] not in ("rank", "list_position") or fact["node_zh"] or (group, name) not in units.index:
            continue
        shares = [
            _share(ensemble, units.loc[(group, name), "unit"], rank) for ensemble in ensembles.get(group, {}).values()
        ]
        if shares and (group, name, rank) not in rows:  # a rank is often said as a listed place too
            said = sentence(fact, Text(name, units.loc[(group, name), "name_en"]), Text("", ""))
            names = edition.groups[group]
            rows[group, name, rank] = (names["zh"], names["en"], *said, *shares, fact["source_id"])
    return pd.DataFrame(list(rows.values()), columns=columns)


def _share(ensemble: Ensemble, unit: str, rank: float) -> float:
    row = ensemble.acceptability.loc[unit]
    return float(row.get(rank, 0.0))
