"""What the results of a notebook come to, in sentences for the summary of the report."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from govtransparency.arrays import label_of_largest
from govtransparency.audit.exact_ranks import NO_ERROR
from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.names import name_of_unit
from govtransparency.profiles.between_editions import years_of_tiers
from govtransparency.profiles.rank_errors import error_source
from govtransparency.report.conclusion import Conclusion, concluded, of_group
from govtransparency.report.may_be_said import said_of_moves, said_of_ranks
from govtransparency.report.tables.record_tables import claims_in_pairs
from govtransparency.robustness.stability.movers import BEYOND
from govtransparency.stated_numbers import Stated
from govtransparency.texts.bilingual import Text, bilingual, joined, listed, words
from govtransparency.texts.conclusion_words import LEADER, LED, PARTS_OF_SENTENCES
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from govtransparency.audit.exact_ranks import ComparedRanks
    from govtransparency.editions import Edition, Panel
    from govtransparency.profiles.alternatives import Workable
    from govtransparency.profiles.between_editions import Compared
    from govtransparency.questions.explain_change import ChangeExplained
    from govtransparency.robustness import Ensemble

__all__ = ["CONCLUSIONS"]

FIRM = 0.9  # share of the weightings in which a published rank must hold to be called firm


def assessed(edition: Edition, overview: pd.DataFrame) -> Iterator[Conclusion]:
    """Say which groups are assessed, on how many indicators, and how full the tables are."""
    cells, barred = (overview["units"] * overview["indicators"]).sum(), overview["not_applicable"].sum()
    shared = len(edition.families) == 1
    part = PARTS_OF_SENTENCES["units_of_group" if shared else "units_of_group_with_framework"]
    groups = [
        part.format(group=Text(row.group_zh, row.group_en.lower()), count=row.units, indicators=row.indicators)
        for row in overview.itertuples()
    ]
    yield concluded(
        edition,
        "assessed" if shared else "assessed_by_frameworks",
        name="assessed",
        groups=words(groups),
        indicators=overview["indicators"].max(),
        coverage=Stated("applicable_filled_cells", overview["observed"].sum() / (cells - barred)),
        cells=PARTS_OF_SENTENCES["applicable_cells" if barred else "cells"],
    )


def leaders(edition: Edition, ranks: pd.DataFrame) -> Iterator[Conclusion]:
    """Say of each group how many units are ranked and which are the first three, if the edition names places."""
    for group in edition.groups if edition.league else ():
        own = ranks[ranks["group"] == group]
        first = own.dropna(subset="rank").nsmallest(3, "rank")
        ranked = int(own["rank"].count())
        if not ranked:
            yield of_group(edition, group, "nobody", f"leaders_{group}", count=len(own))
            continue
        names = listed(map(Text, first["name_zh"], first["name_en"]))
        if ranked == 1:
            yield of_group(edition, group, "one_ranked", f"leaders_{group}", name=names, count=len(own))
            continue
        if edition.status != "simulated":
            yield of_group(edition, group, "leaders", f"leaders_{group}", ranked=ranked, leaders=names)


def rebuilt(edition: Edition, exact: Iterable[ComparedRanks]) -> Iterator[Conclusion]:
    """Say how many of the official ranks of a real edition the rebuilt index gives, and how far its scores are off."""
    for found in exact if edition.status != "simulated" else ():
        yield concluded(
            edition,
            "rebuilt",
            name=f"rebuilt_{found.group}",
            group=bilingual(edition.groups[found.group]),
            exact=found.exact,
            count=found.official,
            order=PARTS_OF_SENTENCES["order_of_scores"] if found.by_scores else "",
            scores=_of_scores(found.score_error, found.rounding),
            counted=""
            if edition.uncounted is None
            else PARTS_OF_SENTENCES["uncounted"].format(reason=edition.uncounted.reason),
        )


def _of_scores(error: float, rounding: float) -> Text | str:
    """Return a clause on the largest difference of a score; nothing where no score is official."""
    if isnan(error):
        return ""
    if error < NO_ERROR:
        return PARTS_OF_SENTENCES["scores_equal"]
    within = error <= rounding + NO_ERROR
    return PARTS_OF_SENTENCES["score_error_of_rounding" if within else "score_error"].format(
        error=np.format_float_positional(error, 2, fractional=False)
    )


def left_out(edition: Edition, excluded: pd.DataFrame) -> Iterator[Conclusion]:
    """Say how many of all units have too few data to be ranked, or nothing that applies to them, if any."""
    total = sum(map(len, edition.tables.values()))
    barred = int(excluded["coverage"].isna().sum())
    for name, count in (("left_out", len(excluded) - barred), ("none_applicable", barred)):
        if count:
            yield concluded(edition, name, count=Stated("unranked", count), total=total)


def audit(edition: Edition, audited: pd.DataFrame) -> Iterator[Conclusion]:
    """Say how the published claims fare against the rest of the record, and set those at odds beside each other."""
    if audited.empty:
        return
    verdicts = audited["verdict_record"].value_counts()
    yield concluded(
        edition,
        "audit_record",
        count=len(audited),
        confirmed=verdicts.get("confirmed", 0),
        contradicted=verdicts.get("contradicted", 0),
        open=verdicts.get("not checkable", 0),
    )
    against = audited[audited["verdict_record"] == "contradicted"]
    if len(against):
        yield concluded(edition, "audit_contradicted", claims=joined(*claims_in_pairs(edition, against)))


def record(edition: Edition, facts: pd.DataFrame) -> Iterator[Conclusion]:
    """Say how many of the published facts hold in the rebuilt index, and name those that do not."""
    if facts.empty:
        return
    key = "record_holds_simulated" if edition.status == "simulated" else "record_holds"
    yield concluded(edition, key, name="record_holds", count=len(facts), holds=int(facts["holds"].sum()))
    failing = facts[~facts["holds"]]
    if len(failing):
        failed = [
            PARTS_OF_SENTENCES["rebuilt"].format(fact=Text(row.fact_zh, row.fact), value=f"{row.rebuilt:.6g}")
            for row in failing.itertuples()
        ]
        yield concluded(edition, "record_fails", facts=joined(*failed))


def changes(edition: Edition, compared: Compared) -> Iterator[Conclusion]:
    """Say how many units changed rank since the edition before and which gained most, or why this is not said.

    Of an edition that shows tiers, which has no ranks to compare, nothing is said.
    """
    if compared.fault is not None:
        yield concluded(edition, "faulty_year", year=compared.year, reason=compared.fault)
    elif compared.year is None and edition.league:
        yield concluded(edition, "no_changes")
    for group in compared.apart:
        yield of_group(edition, group, "apart", f"apart_{group}", years=compared.year)
    for group, table in compared.changes.items():
        yield of_group(
            edition,
            group,
            "change_simulated" if edition.status == "simulated" else "change",
            f"change_{group}",
            year=compared.year,
            count=len(table),
            moved=Stated("changed_rank", int((table["change"] != 0).sum())),
            up=name_of_unit(edition.units, table["change"].idxmax()),
            places=f"{table['change'].max():g}",
        )


def years_left_out(
    edition: Edition, panel: Panel, kept: Mapping[str, pd.DataFrame], faults: Mapping[int, Text]
) -> Iterator[Conclusion]:
    """Say which editions are not compared: those that cannot be read, and those that share no units with the others."""
    for year, reason in faults.items():
        yield concluded(edition, "faulty_year", name=f"faulty_{year}", year=year, reason=reason)
    tiers = years_of_tiers(panel)
    for group, ranks in panel.ranks.items() if edition.league else ():
        others = ranks.columns.drop(tiers, errors="ignore")[:-1]
        if gone := [year for year in others if group not in kept or year not in kept[group]]:
            yield of_group(edition, group, "apart", f"not_compared_{group}", years=words(gone))


def leans(edition: Edition, without: Mapping[str, pd.DataFrame]) -> Iterator[Conclusion]:
    """Say on which indicator the ranking of each group leans most."""
    names = edition.nodes
    for group, table in without.items():
        stay = table.index[table["mean_move"].isna()]
        if len(stay) < len(table):
            yield of_group(
                edition,
                group,
                "leans",
                f"leans_{group}",
                node=names[str(table.index[0])],
                mean=Stated("leaning_mean", table["mean_move"].iloc[0]),
                largest=Stated("leaning_largest", table["largest"].iloc[0]),
            )
        if len(stay):
            yield of_group(edition, group, "stays", f"stays_{group}", nodes=words(names[str(code)] for code in stay))


def claims_held(edition: Edition, held: pd.DataFrame, spread: float) -> Iterator[Conclusion]:
    """Say how many of the published ranks hold under other weights, and which is the least firm."""
    if held.empty:
        return
    weakest = held.loc[held["near"].idxmin()]
    yield concluded(
        edition,
        "claims_held_simulated" if edition.status == "simulated" else "claims_held",
        name="claims_held_words",
        count=len(held),
        firm=Stated("firm_claims", int((held["near"] >= FIRM).sum())),
        most=f"{FIRM:.0%}",
        spread=f"{spread:.0%}",
        claim=Text(weakest["fact_zh"], weakest["fact_en"]),
        share=Stated("weakest_claim", weakest["near"]),
    )


def tiers(edition: Edition, intervals: Mapping[str, pd.DataFrame], level: float) -> Iterator[Conclusion]:
    """Say into how many tiers each group falls, how wide its intervals are, and who leads if the edition says so."""
    for group, table in intervals.items():
        width = table["high"] - table["low"] + 1
        named = edition.league and edition.status != "simulated"
        first = table.dropna(subset="rank").sort_values("rank", kind="stable").head(3) if named else None
        yield of_group(
            edition,
            group,
            "tiers",
            f"tiers_{group}_words",
            count=table["rank"].count(),
            units=_of_all(int(table["rank"].count()), len(edition.tables[group])),
            tiers=Stated("tiers", table["tier"].nunique()),
            width=Stated("median_interval", width.median()),
            level=f"{level:.0%}",
            led="" if first is None else led(first.join(edition.units[["name_zh", "name_en"]]), level),
        )
    yield from said_of_ranks(edition, intervals, level)


def _of_all(count: int, total: int) -> Text:
    """Return how many units are ranked, and of how many where some are not."""
    return PARTS_OF_SENTENCES["units" if count == total else "units_of_all"].format(count=count, total=total)


def led(first: pd.DataFrame, level: float) -> Text:
    """Return who leads, each with the interval of the rank: a clause of a sentence.

    Parameters
    ----------
    first : DataFrame
        name_zh, name_en, low, high.
    level : float
        Of the intervals.
    """
    each = [
        LEADER.format(name=Text(zh, en), low=f"{low:g}", high=f"{high:g}")
        for zh, en, low, high in first[["name_zh", "name_en", "low", "high"]].itertuples(index=False, name=None)
    ]
    return LED.format(level=f"{level:.0%}", leaders=listed(each))


def pairs(edition: Edition, shares: Mapping[str, pd.Series | None], spread: float) -> Iterator[Conclusion]:
    """Say how many pairs of units keep their order when weight is moved."""
    for group, found in shares.items():
        name = f"pairs_{group}_words"
        if found is None:
            yield of_group(edition, group, "pairs_unknown", name)
        else:
            near, every = Stated("firm_pairs", found["near"]), Stated("always_firm_pairs", found["any"])
            yield of_group(edition, group, "pairs", name, near=near, any=every, spread=f"{spread:.0%}")


def drivers(
    edition: Edition,
    shares: Mapping[str, pd.DataFrame],
    workable: Mapping[str, Workable],
    kept: Mapping[str, pd.Series | None],
    spread: float,
) -> Iterator[Conclusion]:
    """Say which source moves the ranks most; in brief together with how many pairs keep their order."""
    briefs = {said.group: said.brief for said in pairs(edition, kept, spread)}
    for group, table in shares.items():
        most = label_of_largest(table["total"])
        if most is None:
            said = of_group(edition, group, "no_drivers", f"drivers_{group}")
        else:
            said = of_group(
                edition,
                group,
                "drivers",
                f"drivers_{group}",
                source=workable[group].names[str(most)],
                first=Stated("main_source_alone", table.loc[most, "first"]),
                total=Stated("main_source_total", table["total"].max()),
            )
        clauses = [clause for clause in (briefs.get(group), said.brief) if clause]
        yield replace(said, brief=joined(*clauses))


def uncertainty(edition: Edition, ensembles: Mapping[str, Ensemble]) -> Iterator[Conclusion]:
    """Say that nothing could vary, if that is so."""
    if not ensembles:
        yield concluded(edition, "no_uncertainty")


def errors(edition: Edition, sets: Mapping[str, pd.DataFrame], level: float) -> Iterator[Conclusion]:
    """Say into how many tiers the units of each group fall, or that no two can be told apart.

    With one tier nobody is proven above another: whoever is, leads a tier further down.
    """
    if not sets:
        yield concluded(edition, "no_errors")
    for group, table in sets.items():
        number = table["tier"].nunique()
        yield of_group(
            edition,
            group,
            "errors_one_tier" if number == 1 else "errors",
            f"errors_{group}",
            ranged="errors",
            source=error_source(edition, group),
            count=len(table),
            tiers=Stated("error_tiers", number),
            level=f"{level:.0%}",
        )


def real_moves(
    edition: Edition,
    moves: Mapping[str, pd.DataFrame],
    before: Edition | None,
    why: Mapping[str, ChangeExplained] | None = None,
) -> Iterator[Conclusion]:
    """Say how many units moved since the edition before, how many beyond the errors, and what changed the scores."""
    if before is None:
        return
    for group, table in moves.items():
        yield of_group(
            edition,
            group,
            "real_moves",
            f"real_moves_{group}",
            year=before.year,
            moved=Stated("moved", int((table["change"] != 0).sum())),
            real=Stated("moved_beyond_errors", int(table["verdict"].isin(BEYOND).sum())),
        )
    key = "explained_simulated" if edition.status == "simulated" else "explained"
    for group, found in (why or {}).items():
        said = found.statement.text(ranges_of(edition, group))
        stated = of_group(edition, group, key, f"explained_{group}_words", said=said)
        yield replace(stated, numbers=found.statement.numbers)
    yield from said_of_moves(edition, moves, before)


def covered(edition: Edition, status: pd.Series) -> Iterator[Conclusion]:
    """Say which editions stand side by side, by the status of their figures."""
    kinds = [
        PARTS_OF_SENTENCES["status_of_years"].format(years=words(part.index), status=STATUS[str(name)])
        for name, part in status.groupby(status, sort=False)
    ]
    yield concluded(edition, "covered", kinds=joined(*kinds))


CONCLUSIONS: dict[str, Callable[..., Iterable[Conclusion]]] = {
    function.__name__: function
    for function in (
        assessed,
        leaders,
        rebuilt,
        left_out,
        audit,
        record,
        changes,
        years_left_out,
        leans,
        claims_held,
        tiers,
        pairs,
        drivers,
        uncertainty,
        errors,
        real_moves,
        covered,
    )
}
"""What a notebook can conclude, by name: functions of the edition and of results."""
