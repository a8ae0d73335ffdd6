"""What a public record states about a year, as facts that can be checked against a rebuilt edition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data_dictionary.input_files import SET_ASIDE
from govtransparency.record.statements import prose, statements
from govtransparency.texts.problems import record_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection

    from govtransparency.record.read_record import Record
    from govtransparency.texts.bilingual import Text

__all__ = ["facts", "followed", "pinned", "unread"]


HISTORY = ("assessment_count", "streak_first", "streak_first_in_province")  # about other years too
ROUNDED = ("average", "share_below", "share_above", "share_at_least")  # equal only to the decimals that are printed
PINNING = ("rank", "list_position", "score", "rank_within_province")
COLUMNS = ["group", "kind", "entity_zh", "node_zh", "k", "value", "source_id"]


def facts(record: Record, year: int, *, groups: Collection[str] | None = None) -> pd.DataFrame:
    """Return what the record states about a year, in a form against which a ranking can be checked.

    Ranks, list positions, scores, sizes, counts below a mark and counts among the first are read by rule. What prose
    and self-reported figures mean comes from the record's ``readings.csv``. Each fact names its source.

    Parameters
    ----------
    record : Record
    year : int
        The year assessed.
    groups : collection of str, optional
        Only those; all by default.

    Returns
    -------
    DataFrame, one row per fact
        group; kind; entity_zh, the unit or province it is about; node_zh, the indicator or pillar, empty for the index;
        k, the threshold or the number of first places; value; source_id, all sources that state it.

    Notes
    -----
    A list of leaders states no order; a place in one is a fact of its own kind, ``list_position``. Of sources that
    contradict each other only the one followed counts; the readings name those set aside. A third party's data set
    states no facts.

    Examples
    --------
    >>> from govtransparency.editions import find_root
    >>> from govtransparency.record import read_record
    >>> table = facts(read_record("cgti", root=find_root()), 2024)
    >>> table.loc[table["entity_zh"] == "\u80f6\u5dde\u5e02", ["group", "kind", "value", "source_id"]].values.tolist()
    [['county', 'rank', 5.0, 'seed']]
    """
    table = followed(record, year, statements(record, year, groups=groups))
    table = table[(table["relation"] == "=") & ~table["kind"].isin((*HISTORY, *ROUNDED))]
    keys = [column for column in COLUMNS if column != "source_id"]
    joined = table.groupby(keys, sort=False, dropna=False)["source_id"].agg(lambda ids: " ".join(dict.fromkeys(ids)))
    return joined.reset_index()[COLUMNS]


def followed(record: Record, year: int, table: pd.DataFrame) -> pd.DataFrame:
    """Return the statements of a year without those that the readings set aside, as another source contradicts them."""
    return table[~_set_aside(table, record.readings[record.readings["report_year"] == str(year)])]


def unread(record: Record, year: int, *, groups: Collection[str] | None = None) -> list[Text]:
    """Return a sentence for each claim of a year that neither a rule nor a reading turns into a statement."""
    return [
        problems.UNREAD_CLAIM.format(line=line, kind=claim["claim_type"], value=claim["value"])
        for line, claim in prose(record, year, groups=groups).iterrows()
    ]


def pinned(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return the units whose rank, score or listed place a fact gives: (group, entity_zh) -> sources.

    Only these may bear their real name in a simulated edition.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for row in table[table["kind"].isin(PINNING)].to_dict("records"):
        found.setdefault((row["group"], row["entity_zh"]), []).extend(row["source_id"].split())
    return {key: " ".join(dict.fromkeys(sources)) for key, sources in found.items()}


def _set_aside(table: pd.DataFrame, readings: pd.DataFrame) -> pd.Series:
    """Return which facts the record's readings set aside because another source contradicts them."""
    aside = set()
    for row in readings[readings["kind"] == SET_ASIDE].to_dict("records"):
        numbers = tuple(map(float, re.findall(r"\d+", row["of"])))
        aside.add((row["group"], row["entity_zh"], row["source_id"], numbers))
    found = [
        (
            row["group"],
            row["entity_zh"],
            row["source_id"],
            (row["value"],) if row["k"] != row["k"] else (row["value"], row["k"]),
        )
        in aside
        for row in table.to_dict("records")
    ]
    return pd.Series(found, index=table.index, dtype=bool)
