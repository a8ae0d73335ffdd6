"""Whether the public record and the editions of its index speak of the same groups and units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.data.same_unit import is_han, nearest_unit
from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.editions.group_frameworks import groups_of_years
from govtransparency.errors import nearest
from govtransparency.record.read_record import stated_ranks
from govtransparency.record.statements import provinces_of
from govtransparency.texts.problems import record_problems as problems
from govtransparency.texts.problems.error_problems import HEADED
from govtransparency.texts.record_words import GROUPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    import pandas as pd

    from govtransparency.record.read_record import Record
    from govtransparency.texts.bilingual import Text

__all__ = ["record_problems"]

OTHER = "other:"  # begins the groups of a record that are not those of an edition
RANKED = ("ranks", "dimension_scores")  # tables whose rows are about one unit each
STATED = ("claims", "readings")  # about a unit, a province or a whole group


def record_problems(record: Record, units: pd.DataFrame, year: int, folder: Path) -> Iterator[Text]:
    """Give the groups of the record that are unknown, and the units that the edition of their year does not have.

    Where an ``edition.toml`` of the index cannot be read, any group may be meant; else a group is known if an edition
    has it, if it is one of those that records usually name, or if it begins with ``other:``. In a year and group of the
    edition, a unit with a rank, a place in a list or a score must be in ``units.csv``; what is stated may also be about
    a province, or about a unit that the record names in another row. Where the record does not say how many units were
    assessed, no rank and no place may be beyond the number of units in the edition.

    Parameters
    ----------
    record : Record
        With its units by their Chinese names.
    units : DataFrame
        Of the edition.
    year : int
        Of the edition.
    folder : Path
        Of the index: it holds the editions and the record.
    """
    groups, whole = groups_of_years(folder)
    for name in (*RANKED, *STATED, "coverage", "frameworks"):
        for problem in _unknown_groups(getattr(record, name), groups) if whole else ():
            yield HEADED.format(title=folder / "record" / RECORD[name].name, text=problem)
    names = set(units["name_zh"])
    places = {*names, *units.get("province", ()), *provinces_of(record), *provinces_of(record).values()} - {""}
    for name in (*RANKED, *STATED):
        for problem in _unknown_units(getattr(record, name), units, year, names if name in RANKED else places):
            yield HEADED.format(title=folder / "record" / RECORD[name].name, text=problem)
    for name, problem in _beyond_edition(record, units, year):
        yield HEADED.format(title=folder / "record" / RECORD[name].name, text=problem)


def _unknown_groups(table: pd.DataFrame, groups: Collection[str]) -> Iterator[Text]:
    known = [*sorted(groups), *(group for group in GROUPS if group not in groups)]
    for line, group in table["group"].drop_duplicates().items():
        if group not in known and not group.startswith(OTHER):
            yield problems.UNKNOWN_GROUP.format(line=line, group=group, nearest=nearest(group, known))


def _unknown_units(table: pd.DataFrame, units: pd.DataFrame, year: int, known: Collection[str]) -> Iterator[Text]:
    rows = table[(table["report_year"] == str(year)) & table["group"].isin(units["group"]) & (table["entity_zh"] != "")]
    if "rank" in rows:
        rows = rows[(rows[["rank", "list_position", "score"]] != "").any(axis=1)]
    for line, row in rows[~rows["entity_zh"].isin(known)].iterrows():
        name = row["entity_zh"]
        like = known if is_han(name) else {*units["name_en"], *units.index}
        nearest_one = nearest_unit(name, sorted(like))
        yield problems.UNKNOWN_UNIT.format(line=line, unit=name, year=year, nearest=nearest_one)


def _beyond_edition(record: Record, units: pd.DataFrame, year: int) -> Iterator[tuple[str, Text]]:
    covered = record.coverage.loc[record.coverage["report_year"] == str(year), "group"]
    sizes = units["group"].value_counts().drop(covered, errors="ignore")
    stated = {"ranks": record.ranks, "claims": record.claims}
    for name, line, column, row in stated_ranks(
        {name: table[table["report_year"] == str(year)] for name, table in stated.items()}
    ):
        group = row["group"]
        if group in sizes and int(row[column]) > (size := sizes[group]):
            said = {"line": line, "column": column, "cell": row[column], "size": size, "year": year, "group": group}
            yield name, problems.BEYOND_EDITION.format(**said)
