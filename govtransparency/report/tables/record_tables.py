"""Tables that set the public record beside the edition: the audit of its claims, and how far its ranks hold."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govtransparency.editions import Edition
from govtransparency.record.facts import facts
from govtransparency.record.statements import sentences
from govtransparency.robustness import Ensemble
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.names_of_things import GROUPS, VERDICTS

__all__ = ["audit_table", "claims_held"]


def audit_table(audit: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Return the audit for reading: contradicted claims first, then confirmed ones, then those that cannot be checked.

    Parameters
    ----------
    audit : DataFrame
        From `govtransparency.audit_claims`.
    edition : Edition

    Returns
    -------
    DataFrame, one row per claim
        group, claim, by_record (verdict), reason, rebuilt, by_rebuilt (verdict), each text in both languages. A
        simulated edition has no verdict of the rebuilt ranking, whose agreement proves nothing.
    """
    order = audit["verdict_record"].map(
        dict(zip(("contradicted", "confirmed", "not checkable"), range(3), strict=True))
    )
    sorted_ = audit.loc[order.sort_values(kind="stable").index]
    known = {group: bilingual(names) for group, names in edition.groups.items()}
    groups = [known.get(group) or GROUPS.get(group) or Text(group, group) for group in sorted_["group"]]
    by_record = [VERDICTS[verdict] for verdict in sorted_["verdict_record"]]
    by_rebuilt = [VERDICTS[verdict] for verdict in sorted_["verdict_rebuilt"]]
    table = pd.DataFrame(
        {
            "group_zh": [text.zh for text in groups],
            "group_en": [text.en for text in groups],
            "claim_zh": sorted_["claim_zh"].tolist(),
            "claim_en": sorted_["claim"].tolist(),
            "by_record_zh": [text.zh for text in by_record],
            "by_record_en": [text.en for text in by_record],
            "reason_zh": sorted_["reason_record_zh"].tolist(),
            "reason_en": sorted_["reason_record"].tolist(),
            "rebuilt": sorted_["rebuilt"].tolist(),
            "by_rebuilt_zh": [text.zh for text in by_rebuilt],
            "by_rebuilt_en": [text.en for text in by_rebuilt],
        }
    )
    return table.drop(columns=["by_rebuilt_zh", "by_rebuilt_en"]) if edition.status == "simulated" else table


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
            en, zh = sentences(fact, units.loc[(group, name), "name_en"], "")
            names = edition.groups[group]
            rows[group, name, rank] = (names["zh"], names["en"], zh, en, *shares, fact["source_id"])
    return pd.DataFrame(list(rows.values()), columns=columns)


def _share(ensemble: Ensemble, unit: str, rank: float) -> float:
    row = ensemble.acceptability.loc[unit]
    return float(row.get(rank, 0.0))
