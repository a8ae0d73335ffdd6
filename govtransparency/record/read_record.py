"""Read the public record of an index: what its publisher has made public."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.texts.problems import record_problems as problems

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
    """What is public of an index: each row names its source, and cells are text as transcribed.

    Attributes
    ----------
    ranks : DataFrame
        Ranks, scores and places in lists, one row per unit, year and source. In ``rank_basis`` and ``score_basis``,
        ``third_party_dataset`` marks a row that comes from a third party's data set; all other rows were printed.
    claims : DataFrame
        What a source states about a unit, a province or a group in a year.
    dimension_scores : DataFrame
        Scores on a pillar.
    coverage : DataFrame
        How many units were assessed.
    frameworks : DataFrame
        Pillars and indicators by name.
    self_reported : DataFrame
        Figures that a unit reports about itself.
    sources : DataFrame
    readings : DataFrame
        What prose means as a fact, and which of two contradictory sources is not followed.

    A table whose file is absent is empty, with its usual columns.
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
        For every column that a file lacks.
    """
    folder = Path(root) / index / "record"
    if not folder.is_dir():
        return None
    tables, found = {}, []
    for item in fields(Record):
        path = folder / FILES.get(item.name, f"{item.name}.csv")
        columns = COLUMNS[item.name]
        tables[item.name] = table = read_csv(path) if path.exists() else pd.DataFrame(columns=columns, dtype=object)
        found += [
            problems.NO_COLUMN.format(path=path, column=column, nearest=nearest(column, table.columns))
            for column in columns
            if column not in table
        ]
    if found:
        raise InputError(found, title=problems.RECORD_OF.format(index=index))
    return Record(**tables)
