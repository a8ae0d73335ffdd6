"""Read the public record of an index: what its publisher has made public."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.data_dictionary.described_file import Reference, is_of_kind
from govtransparency.data_dictionary.file_checks import cell_problems, column_problems, looks_like
from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.record.reading_values import unreadable_readings
from govtransparency.texts.problems import record_problems as problems
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.texts.bilingual import Text

__all__ = ["Record", "read_record", "stated_ranks"]


SOURCES = Reference("record/sources.csv", "source_id")
COUNTED = (  # claims of a whole number
    "rank",
    "rank_from_last",
    "rank_within_province",
    "streak_years",
    "only_in_top_k_from_province",
)


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
        Listing, with file, line and column, every column that a file lacks, every cell that is not what its column
        holds, every source that ``sources.csv`` does not list, every row that stands twice, every claim of a rank that
        is none, every reading without a number, every rank beyond the number of units assessed, and every file whose
        name is a misspelt one.
    """
    folder = Path(root) / index / "record"
    if not folder.is_dir():
        return None
    found = list(_misnamed(folder))
    attempt = Attempts(found)
    paths = {name: folder / description.name for name, description in RECORD.items()}
    read = {name: attempt(partial(read_csv, path)) for name, path in paths.items() if path.exists()}
    tables = {
        name: table.rename(columns=RECORD[name].names_of(table.columns))
        for name, table in read.items()
        if table is not None
    }
    for name, problem in _table_problems(tables):
        found.append(HEADED.format(title=paths[name], text=problem))
    if found:
        raise InputError(found, title=problems.RECORD_OF.format(index=index))
    empty = {
        name: pd.DataFrame(columns=list(description.columns), dtype=object) for name, description in RECORD.items()
    }
    return Record(**{item.name: tables.get(item.name, empty[item.name]) for item in fields(Record)})


def _misnamed(folder: Path) -> Iterator[Text]:
    """Give the files whose name looks like a misspelt one: they would not be read."""
    names = [description.name.removesuffix(".csv") for description in RECORD.values()]
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in names and looks_like(path.stem, names):
            yield problems.MISNAMED.format(path=path, nearest=nearest(path.stem, names))


def _table_problems(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Text]]:
    """Give what is wrong with the tables, each with the name of its table."""
    listed = dict.fromkeys(tables["sources"]["source_id"] if "source_id" in tables.get("sources", ()) else [""])
    known = {} if "" in listed else {SOURCES: listed}  # a source without its code is one fault, wherever it is cited
    for name, table in tables.items():
        for problem in column_problems(table.columns, RECORD[name]):
            yield name, problem
        for problem in cell_problems(table, RECORD[name], known=known):
            yield name, problem
    for line, row in _lines(tables.get("claims")):
        kind, value = row.get("claim_type", ""), row.get("value", "")
        if kind in COUNTED and is_of_kind(value, "number") and not (is_of_kind(value, "integer") and int(value) >= 1):
            yield "claims", problems.CLAIM_NOT_WHOLE.format(line=line, kind=kind, value=value)
    for line, text in unreadable_readings(tables.get("readings"), tables.get("self_reported")):
        yield "readings", problems.READING_WITHOUT_VALUE.format(line=line, text=text)
    if "coverage" in tables:
        yield from _beyond_coverage(tables, tables["coverage"])


def stated_ranks(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, Any, str, dict[str, str]]]:
    """Give each rank and place in a list: the name of the table, line, column and row."""
    for line, row in _lines(tables.get("ranks")):
        for column in ("rank", "list_position"):
            if is_of_kind(row.get(column, ""), "integer"):
                yield "ranks", line, column, row
    for line, row in _lines(tables.get("claims")):
        if row.get("claim_type") == "rank" and is_of_kind(row.get("value", ""), "integer"):
            yield "claims", line, "value", row


def _lines(table: pd.DataFrame | None) -> Iterator[tuple[Any, dict[str, str]]]:
    """Give the rows of a table, if there is one, each with its line."""
    return iter(()) if table is None else zip(table.index, table.to_dict("records"), strict=True)


def _beyond_coverage(tables: Mapping[str, pd.DataFrame], coverage: pd.DataFrame) -> Iterator[tuple[str, Text]]:
    """Give the ranks and places that are larger than any source's number of units assessed in the year and group."""
    sizes: dict[tuple[str, str], int] = {}
    for row in coverage.to_dict("records"):
        key, size = (row.get("report_year", ""), row.get("group", "")), row.get("n_assessed", "")
        if is_of_kind(size, "integer") and int(size) > 0:
            sizes[key] = max(int(size), sizes.get(key, 0))
    for name, line, column, row in stated_ranks(tables):
        year, group = row.get("report_year", ""), row.get("group", "")
        if (year, group) in sizes and int(row[column]) > (size := sizes[year, group]):
            yield (
                name,
                problems.BEYOND_COVERAGE.format(
                    line=line, column=column, cell=row[column], size=size, year=year, group=group
                ),
            )
