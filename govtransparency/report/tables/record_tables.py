"""Tables of the public record: the audit of its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.texts.audit_words import CLAIM_VERDICTS
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.record_words import GROUPS

if TYPE_CHECKING:
    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Column

__all__ = ["audit_headings", "audit_table"]


def audit_headings(edition: Edition) -> dict[str, Column]:
    """Return the heading of what the rebuilt ranking gives, which says so where it was drawn."""
    return {"rebuilt": COLUMNS["rebuilt_drawn"]} if edition.status == "simulated" else {}


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
    by_record = [CLAIM_VERDICTS[verdict] for verdict in sorted_["verdict_record"]]
    by_rebuilt = [CLAIM_VERDICTS[verdict] for verdict in sorted_["verdict_rebuilt"]]
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
