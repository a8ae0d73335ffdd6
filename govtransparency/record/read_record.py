"""The public record of an index: what its publisher has made public."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from govtransparency.csv_files import read_csv
from govtransparency.errors import InputError, nearest

__all__ = ["Record", "read_record"]


FILES = {"ranks": "published_ranks.csv", "dimension_scores": "published_dimension_scores.csv"}
COLUMNS = {
    "ranks": (
        "report_year",
        "group",
        "entity_zh",
        "province_zh",
        "rank",
        "rank_is_ordered",
        "score",
        "source_id",
        "list_position",
        "note",
        "rank_basis",
        "score_basis",
    ),
    "claims": ("report_year", "entity_zh", "group", "claim_type", "value", "detail", "source_id"),
    "dimension_scores": ("report_year", "group", "entity_zh", "dimension_zh", "score", "weight", "source_id"),
    "coverage": ("report_year", "group", "n_assessed", "source_id", "note"),
    "frameworks": ("report_year", "group", "level", "code", "parent_code", "name_zh", "weight", "source_id"),
    "self_reported": (
        "report_year",
        "entity_zh",
        "indicator_zh",
        "indicator_en",
        "value",
        "qualifier",
        "source_id",
        "note",
    ),
    "sources": ("source_id", "url", "title", "publisher", "date", "what_it_gives"),
    "readings": (
        "report_year",
        "kind",
        "group",
        "entity_zh",
        "node_zh",
        "value",
        "k",
        "of",
        "source_id",
        "reading",
    ),
}


@dataclass(frozen=True)
class Record:
    """What is public of an index, each row with its source; text as transcribed.

    Attributes
    ----------
    ranks : DataFrame
        Ranks, scores and places in lists, a row a unit, year and source. Of ``rank_basis`` and ``score_basis`` only
        ``third_party_dataset`` is told apart from what was printed: such a row comes from someone else's data set.
    claims : DataFrame
        What a source states of a unit, a province or a group in a year.
    dimension_scores : DataFrame
        Scores on a pillar.
    coverage : DataFrame
        How many units were assessed.
    frameworks : DataFrame
        Pillars and indicators by name.
    self_reported : DataFrame
        Figures that a unit gives of itself.
    sources : DataFrame
    readings : DataFrame
        What prose means as a fact, and which of two contradictory sources is set aside.

    A table whose file is absent is empty, with the columns it would have.
    """

    ranks: pd.DataFrame
    claims: pd.DataFrame
    dimension_scores: pd.DataFrame
    coverage: pd.DataFrame
    frameworks: pd.DataFrame
    self_reported: pd.DataFrame
    sources: pd.DataFrame
    readings: pd.DataFrame


def read_record(index: str, *, root: Path) -> Record | None:
    """Read ``<root>/<index>/record/*.csv``; None where there is no such folder.

    Raises
    ------
    InputError
        Listing every column that a file lacks.
    """
    folder = Path(root) / index / "record"
    if not folder.is_dir():
        return None
    tables, problems = {}, []
    for item in fields(Record):
        path = folder / FILES.get(item.name, f"{item.name}.csv")
        columns = COLUMNS[item.name]
        tables[item.name] = table = read_csv(path) if path.exists() else pd.DataFrame(columns=columns, dtype=object)
        problems += [
            f"{path}: column {column!r} is missing; the header has {nearest(column, table.columns)}"
            for column in columns
            if column not in table
        ]
    if problems:
        raise InputError(problems, title=f"record of {index}")
    return Record(**tables)
