"""Audit what was published of an edition: against the rest of the record, and against the rebuilt ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.audit.evidence import Evidence, distinct, evidence
from govtransparency.audit.ranking_facts import holds
from govtransparency.audit.rebuilt_facts import named, names_of_places, printed_decimals, rebuilt_value
from govtransparency.audit.relations import KINDS
from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.record.facts import HISTORY
from govtransparency.record.statements import prose, statements

if TYPE_CHECKING:
    from govtransparency.editions.load import Edition

__all__ = ["VERDICTS", "audit_claims"]


CONFIRMED, CONTRADICTED, OPEN = "confirmed", "contradicted", "not checkable"
VERDICTS = (CONFIRMED, CONTRADICTED, OPEN)
COLUMNS = [
    "group",
    "kind",
    "claim",
    "claim_zh",
    "value",
    "sources",
    "verdict_record",
    "reason_record",
    "reason_record_zh",
    "verdict_rebuilt",
    "rebuilt",
    "reason_rebuilt",
    "reason_rebuilt_zh",
]


def audit_claims(edition: Edition, index: Index | Mapping[str, Index]) -> pd.DataFrame:
    """Check each published claim of the edition's year, twice.

    Parameters
    ----------
    edition : Edition
        With a record.
    index : Index, or mapping of group to Index
        The rebuilt ones; a single Index where the edition has one group.

    Returns
    -------
    DataFrame, a row a claim
        group; kind; claim and claim_zh, sentences; value; sources, all that make the claim.

        ``verdict_record`` with its reasons: against the rest of the record. *confirmed*: another source, the ranks of
        other years, or a third party's data set says the same. *contradicted*: something in the record, of the same
        source or another, says something else; the reason names it, its source and the kind of contradiction, one of
        which, "different figures for one headline", means that both can yet hold. *not checkable*: nothing else
        in the record settles it.

        ``verdict_rebuilt`` with its reasons and ``rebuilt``, the value (NaN where there is none): against the rebuilt
        ranking. Of a simulated edition it is always *not checkable*: the marks are drawn so that the facts hold, and
        prove nothing.

    Raises
    ------
    InputError
        Where the edition has no record, or `index` is a single one and the edition has several groups.

    Notes
    -----
    Two sources that agree may draw on one press release, which the record cannot show. A third party's data set, and
    an edition made of it, is no word of the publisher's. Where scores are missing, a claim counts as confirmed if it
    is true for some value of them.

    Examples
    --------
    >>> import govtransparency as gt
    >>> edition = gt.read_edition("cgti", 2012)
    >>> index = gt.build_index(edition.tables["province"], edition.recipe)
    >>> audit = audit_claims(edition, index).set_index("claim")
    >>> audit.loc["Guizhou has rank 23", ["verdict_record", "reason_record"]].tolist()
    ['contradicted', "different values: a third party's data set gives 21 (gh_panel)"]
    """
    if edition.record is None:
        raise InputError(f"{edition.index} has no public record to audit", title="audit_claims")
    if isinstance(index, Index):
        if len(edition.groups) != 1:
            raise InputError(
                f"one index given, but the edition has the groups {', '.join(edition.groups)}; "
                "give a mapping of group to index",
                title="audit_claims",
            )
        index = {next(iter(edition.groups)): index}
    record, year = edition.record, edition.year
    table = distinct(statements(record, year))
    found = evidence(record, year, table, names=names_of_places(edition.units))
    printed = printed_decimals(record, year)
    rows = []
    for fact, others in zip(table.to_dict("records"), found, strict=True):
        value = rebuilt_value(fact, edition, index, printed)
        by_record = _by_record(fact, others)
        by_rebuilt = _by_rebuilt(fact, value, edition, index)
        rows.append(
            (
                fact["group"],
                fact["kind"],
                *named(fact, edition),
                fact["value"],
                fact["source_id"],
                *by_record,
                *by_rebuilt,
            )
        )
    rows += [_unread(claim) for claim in prose(record, year).to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS)


Verdict = tuple[str, str, str]


def _by_record(fact: Mapping[Any, Any], others: Sequence[Evidence]) -> Verdict:
    against = [other for other in others if other.agrees is False]
    agreeing = [other for other in others if other.agrees]
    open_ = [other for other in others if other.agrees is None]
    if against:
        en = [f"{other.kind}: {_cited(other.en, other.sources)}" for other in against]
        zh = [f"{KINDS[other.kind]}：{_cited(other.zh, other.sources)}" for other in against]
        if agreeing:
            en.append(f"but in agreement: {_sources(agreeing)}")
            zh.append(f"另有一致者：{_sources(agreeing)}")
        return CONTRADICTED, "; ".join(en), "；".join(zh)
    if agreeing:
        en = [_cited(other.en, other.sources) for other in agreeing]
        zh = [_cited(other.zh, other.sources) for other in agreeing]
        return CONFIRMED, "; ".join(dict.fromkeys(en)), "；".join(dict.fromkeys(zh))
    en = ["nothing else in the record settles it", *(_cited(other.en, other.sources) for other in open_)]
    zh = ["公开记录中没有其他内容可供核对", *(_cited(other.zh, other.sources) for other in open_)]
    if fact["kind"] == "mark":
        return OPEN, "what a unit reports of itself; no other source", "单位自报，无其他来源"
    return OPEN, "; ".join(en), "；".join(zh)


def _cited(text: str, sources: Sequence[str]) -> str:
    return f"{text} ({', '.join(sources)})" if sources else text


def _sources(found: Sequence[Evidence]) -> str:
    return ", ".join(dict.fromkeys(source for other in found for source in other.sources))


def _by_rebuilt(
    fact: Mapping[Any, Any], value: tuple[float, float], edition: Edition, indices: Mapping[str, Index]
) -> tuple[str, float, str, str]:
    low, high = value
    if fact["group"] not in indices:
        return OPEN, np.nan, "the edition does not rebuild this group", "本版未重建该组"
    if np.isnan(low):
        en = "the rebuilt ranking has no score for it: its unit, pillar or indicator is not in the edition, or empty"
        zh = "重建的排名中没有相应得分：该单位、分项或指标不在本版之内，或没有数值"
        if fact["kind"] in HISTORY:
            en, zh = "a claim about several years; one year's ranking cannot tell", "涉及多个年度，单一年度排名无从核对"
        return OPEN, np.nan, en, zh
    text = f"{low:g}" if low == high else f"{low:g} to {high:g}, as scores are missing"
    text_zh = f"{low:g}" if low == high else f"{low:g}至{high:g}（有得分缺失）"
    true = holds(fact, value)
    if edition.status == "simulated":
        en = "the marks are drawn so that the facts the edition follows hold; its agreement is no evidence"
        zh = "打分是按本版所采用的事实模拟生成的，与之相符不构成证据"
        if not true:
            en = "the edition follows other sources, and its marks are simulated; its disagreement is no evidence"
            zh = "本版采用其他来源，且打分系模拟，与之不符不构成证据"
        return OPEN, low, f"the rebuilt ranking has {text}; {en}", f"重建的排名为{text_zh}；{zh}"
    if edition.status == "third-party":
        en, zh = " (from a third party's data set)", "（出自第三方数据集）"
    else:
        en = zh = ""
    return (
        CONFIRMED if true else CONTRADICTED,
        low,
        f"the rebuilt ranking has {text}{en}",
        f"重建的排名为{text_zh}{zh}",
    )


def _unread(claim: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return the row of a claim that is prose."""
    said = ", ".join(
        part for part in (claim["entity_zh"], claim["claim_type"], claim["value"], claim["detail"]) if part
    )
    why = ("prose that no rule reads and readings.csv does not spell out", "系文字表述，规则与readings.csv均未作解读")
    return (
        claim["group"],
        claim["claim_type"],
        said,
        said,
        np.nan,
        claim["source_id"],
        OPEN,
        *why,
        OPEN,
        np.nan,
        *why,
    )
