"""The public record in a report: the audit of its claims as a table, and the claims that contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.audit.claims import claims_at_odds
from govtransparency.texts.audit_words import AT_ODDS, CLAIM_VERDICTS
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.columns import COLUMNS
from govtransparency.texts.record_words import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Column

__all__ = ["audit_headings", "audit_table", "claims_in_pairs"]


def audit_headings(edition: Edition) -> dict[str, Column]:
    """Return the heading of what the rebuilt ranking gives, which says so where it was drawn."""
    return {"rebuilt": COLUMNS["rebuilt_drawn"]} if edition.status == "simulated" else {}


def claims_in_pairs(edition: Edition, contradicted: pd.DataFrame) -> Iterator[Text]:
    """Give the contradicted claims of an audit, each beside what is against it; two claims at odds stand together."""
    paired = set()
    for group, claim, other, kind in claims_at_odds(edition):
        paired |= {(group, claim.en), (group, other.en)}
        yield AT_ODDS["pair"].format(group=_name_of_group(edition, group), claim=claim, other=other, kind=kind)
    for row in contradicted.to_dict("records"):
        if (row["group"], row["claim"]) not in paired:
            claim, reason = Text(row["claim_zh"], row["claim"]), Text(row["reason_record_zh"], row["reason_record"])
            yield AT_ODDS["one"].format(group=_name_of_group(edition, row["group"]), claim=claim, reason=reason)


def _name_of_group(edition: Edition, group: str) -> Text:
    """Return the name of a group of the record, which the edition need not have."""
    return bilingual(edition.groups[group]) if group in edition.groups else GROUPS.get(group) or Text(group, group)


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
    groups = [_name_of_group(edition, group) for group in sorted_["group"]]
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
