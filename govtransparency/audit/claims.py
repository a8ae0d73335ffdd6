"""Audit the published claims of an edition: compare them with the rest of the record and with the rebuilt ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.audit.evidence import Evidence, distinct, evidence, value_text
from govtransparency.audit.exact_ranks import error_as_printed
from govtransparency.audit.official_facts import by_official_table
from govtransparency.audit.ranking_facts import holds
from govtransparency.audit.rebuilt_facts import names_of_places, printed_decimals, rebuilt_value, statement_text
from govtransparency.checked_calls import checked
from govtransparency.index import Index
from govtransparency.record.facts import HISTORY
from govtransparency.record.statements import prose, statements
from govtransparency.texts.audit_words import CLAIM_REASONS, CONTRADICTIONS
from govtransparency.texts.bilingual import Text, joined, words
from govtransparency.texts.problems import audit_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtransparency.editions import Edition

__all__ = ["VERDICTS", "audit_claims", "claims_at_odds"]


Verdict = Literal["confirmed", "contradicted", "not checkable"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CONFIRMED, CONTRADICTED, OPEN = VERDICTS
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


@checked
def audit_claims(edition: Edition, index: Index | Mapping[str, Index]) -> pd.DataFrame:
    """Check each published claim of the edition's year against the record and against the rebuilt ranking.

    Parameters
    ----------
    edition : Edition
        With a record.
    index : Index, or mapping of group to Index
        The rebuilt indices; a single Index where the edition has one group.

    Returns
    -------
    DataFrame, one row per claim
        group; kind; claim and claim_zh, sentences; value; sources, all that make the claim.

        ``verdict_record`` with its reasons compares the claim with the rest of the record. *confirmed*: another source,
        the ranks of other years, the publisher's table of official ranks (`Edition.official`) or a third party's data
        set says the same. *contradicted*: something in the record, from the same source or another, says something
        else; the reason names it, its source and the kind of contradiction ("different figures for one headline" means
        that both can hold). *not checkable*: nothing else in the record decides it.

        ``verdict_rebuilt`` with its reasons and ``rebuilt``, the value (NaN where there is none), compares it with the
        rebuilt ranking. In a simulated edition it is always *not checkable*: the marks are drawn so that the facts
        hold, which proves nothing.

    Raises
    ------
    InputError
        Where the edition has no record, or `index` is a single one and the edition has several groups.

    Notes
    -----
    Two sources that agree may draw on one press release, which the record cannot show. A third party's data set, and
    an edition built from it, does not come from the publisher. Where scores are missing, a claim counts as confirmed if
    it is true for some value of them. Where the rebuilt scores differ from the official ones, as rounded figures make
    them, a claim that fails but holds within the largest such difference is *not checkable*.

    Examples
    --------
    >>> import govtransparency as gt
    >>> edition = gt.read_edition("cgti", 2012)
    >>> index = gt.build_index(edition.tables["province"], edition.recipe)
    >>> audit = audit_claims(edition, index).set_index("claim")
    >>> audit.loc["Guizhou is ranked 23", ["verdict_record", "reason_record"]].tolist()
    ['contradicted', "different values: a third party's data set gives 21 (gh_panel)"]
    """
    record, year = edition.record, edition.year
    with Arguments("audit_claims") as check:
        if record is None:
            check.refuse(problems.NO_RECORD.format(index=edition.index))
        if isinstance(index, Mapping):
            for group, own in index.items():
                check.choice("index", group, edition.groups)
                check.instance(f"index[{group!r}]", own, Index)
        elif isinstance(check.instance("index", index, Index), Index) and len(edition.groups) != 1:
            check.refuse(problems.ONE_INDEX.format(groups=words(edition.groups)))
    assert record is not None
    if isinstance(index, Index):
        index = {next(iter(edition.groups)): index}
    table = distinct(statements(record, year))
    found = evidence(record, year, table, names=names_of_places(edition.units))
    printed = printed_decimals(record, year)
    rows = []
    official = None if edition.official is None else edition.official["score"]
    errors = {group: 0.0 if official is None else error_as_printed(official, own) for group, own in index.items()}
    for fact, others in zip(table.to_dict("records"), found, strict=True):
        value, widest = (
            rebuilt_value(fact, edition, index, printed, error=error) for error in (0.0, errors.get(fact["group"], 0.0))
        )
        about = {"group": fact["group"], "kind": fact["kind"], "value": fact["value"], "sources": fact["source_id"]}
        outcomes = (
            _by_record(fact, [*others, *by_official_table(fact, edition, index)]),
            _by_rebuilt(fact, value, widest, edition, index),
        )
        rows.append(_row(about, statement_text(fact, edition), *outcomes))
    rows += [_unread(claim) for claim in prose(record, year).to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS)


def claims_at_odds(edition: Edition) -> Iterator[tuple[str, Text, Text, Text]]:
    """Give each contradiction within the record of an edition once: group, a claim, what is against it, the kind."""
    if edition.record is None:
        return
    facts = distinct(statements(edition.record, edition.year)).to_dict("records")
    found = evidence(edition.record, edition.year, pd.DataFrame(facts), names=names_of_places(edition.units))
    for place, (fact, others) in enumerate(zip(facts, found, strict=True)):
        for other in others:
            if other.agrees is False and (other.of is None or other.of > place):
                said = other.said if other.of is None else statement_text(facts[other.of], edition)
                yield fact["group"], statement_text(fact, edition), said, CONTRADICTIONS[str(other.kind)]


Outcome = tuple[Verdict, Text]


def _by_record(fact: Mapping[Any, Any], others: Sequence[Evidence]) -> Outcome:
    against = [other for other in others if other.agrees is False]
    agreeing = [other for other in others if other.agrees]
    if against:
        said = [
            CLAIM_REASONS["against"].format(kind=CONTRADICTIONS[str(other.kind)], said=_cited(other))
            for other in against
        ]
        if agreeing:
            sources = words(dict.fromkeys(by for other in agreeing for by in (other.sources or (other.said,))))
            said.append(CLAIM_REASONS["agreeing"].format(sources=sources))
        return CONTRADICTED, joined(*said)
    if agreeing:
        return CONFIRMED, joined(*dict.fromkeys(_cited(other) for other in agreeing))
    if fact["kind"] == "mark":
        return OPEN, CLAIM_REASONS["self_reported"]
    return OPEN, joined(CLAIM_REASONS["nothing_else"], *(_cited(other) for other in others))


def _cited(other: Evidence) -> Text:
    """Return what the evidence says, with its sources if it has any."""
    if not other.sources:
        return other.said
    return CLAIM_REASONS["cited"].format(said=other.said, sources=words(other.sources))


def _by_rebuilt(
    fact: Mapping[Any, Any],
    value: tuple[float, float],
    widest: tuple[float, float],
    edition: Edition,
    indices: Mapping[str, Index],
) -> tuple[Verdict, float, Text]:
    """Return whether the rebuilt value bears a statement out; `widest` is the range in which it lies."""
    low, high = value
    if fact["group"] not in indices:
        return OPEN, np.nan, CLAIM_REASONS["other_group"]
    if np.isnan(low):
        return OPEN, np.nan, CLAIM_REASONS["several_years" if fact["kind"] in HISTORY else "no_score"]
    shown = value_text(low, high)
    if low != high:
        shown = CLAIM_REASONS["incomplete"].format(value=shown)
    true = holds(fact, value)
    if edition.status == "simulated":
        return OPEN, low, CLAIM_REASONS["simulated_holds" if true else "simulated_fails"].format(value=shown)
    if not true and holds(fact, widest):
        return OPEN, low, CLAIM_REASONS["within_error"].format(value=shown, range=value_text(*widest))
    reason = CLAIM_REASONS["third_party" if edition.status == "third-party" else "rebuilt"]
    return CONFIRMED if true else CONTRADICTED, low, reason.format(value=shown)


def _row(
    fact: Mapping[str, Any], claim: Text, by_record: Outcome, by_rebuilt: tuple[Verdict, float, Text]
) -> dict[str, Any]:
    verdict_record, reason_record = by_record
    verdict_rebuilt, rebuilt, reason_rebuilt = by_rebuilt
    return {
        **fact,
        "claim": claim.en,
        "claim_zh": claim.zh,
        "verdict_record": verdict_record,
        "reason_record": reason_record.en,
        "reason_record_zh": reason_record.zh,
        "verdict_rebuilt": verdict_rebuilt,
        "rebuilt": rebuilt,
        "reason_rebuilt": reason_rebuilt.en,
        "reason_rebuilt_zh": reason_rebuilt.zh,
    }


def _unread(claim: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the row of a claim that is prose."""
    said = [claim[cell] for cell in ("entity_zh", "claim_type", "value", "detail") if claim[cell]]
    fact = {
        "group": claim["group"],
        "kind": claim["claim_type"],
        "value": np.nan,
        "sources": claim["source_id"],
    }
    return _row(fact, words(said), (OPEN, CLAIM_REASONS["prose"]), (OPEN, np.nan, CLAIM_REASONS["prose"]))
