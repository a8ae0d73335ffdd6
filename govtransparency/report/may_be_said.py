"""What may be said of an edition's results, and what may not: conclusions for the last part of the short report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.names import name_of_unit
from govtransparency.report.conclusion import Conclusion, on_group
from govtransparency.robustness.stability.movers import BEYOND
from govtransparency.stated_numbers import Stated
from govtransparency.texts.conclusion_words import Sentence
from govtransparency.texts.may_be_said_words import MAY_BE_SAID, OF_STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from govtransparency.editions import Edition

__all__ = ["said_of_moves", "said_of_ranks"]

PART = "said"


def said_of_ranks(edition: Edition, intervals: Mapping[str, pd.DataFrame], level: float) -> Iterator[Conclusion]:
    """Say how the figures may be quoted, of which units an order may be stated, and whether one may be called first."""
    yield Conclusion("said_of_status", PART, OF_STATUS.get(edition.status, OF_STATUS["other"]))
    for group, table in intervals.items():
        known, total = table.dropna(subset="rank"), len(edition.tables[group])
        if len(known) < total:
            exhibit = f"said_of_unranked_{group}"
            yield _said(edition, group, "unranked", exhibit, count=total - len(known), total=total)
        if len(known) < 2:
            continue
        low, high = (known[end].to_numpy() for end in ("low", "high"))
        apart, pairs = int((high[:, None] < low).sum()), len(known) * (len(known) - 1) // 2
        share, order = Stated("ordered_pairs", apart / pairs), f"said_of_order_{group}"
        key = "order" if edition.league or edition.status == "simulated" else "order_tiers"
        yield _said(edition, group, key, order, level=f"{level:.0%}", pairs=pairs, share=share)
        if not edition.league:
            continue
        first = known.index[low == low.min()]
        yield _said(
            edition,
            group,
            "several_first" if len(first) > 1 else "first",
            f"said_of_first_{group}",
            count=Stated("possible_first", len(first)),
            name=name_of_unit(edition.units, first[0]),
        )
    if intervals:
        yield Conclusion("said_of_shares", PART, MAY_BE_SAID["shares"])


def said_of_moves(edition: Edition, moves: Mapping[str, pd.DataFrame], before: Edition) -> Iterator[Conclusion]:
    """Say of how many units a rise or a fall since the edition before may be stated."""
    for group, table in moves.items():
        real = int(table["verdict"].isin(BEYOND).sum())
        yield _said(
            edition,
            group,
            "moves",
            f"said_of_moves_{group}",
            year=before.year,
            real=Stated("moved_beyond_errors", real),
            rest=len(table) - real,
        )


def _said(edition: Edition, group: str, key: str, exhibit: str, /, **values: object) -> Conclusion:
    simulated = f"{key}_simulated"
    if edition.status == "simulated" and simulated in MAY_BE_SAID:
        key = simulated
    return on_group(edition, group, Sentence(PART, MAY_BE_SAID[key]), exhibit, **values)
