"""What was read by other words than its own in the author's files: headings, directions, parents and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.data.reading_notes import Note
from govtransparency.data.unit_columns import unit_and_name
from govtransparency.data.unit_matching import group_codes
from govtransparency.data_dictionary.input_files import FRAMEWORK, SOURCES
from govtransparency.data_dictionary.known_headings import heading_key
from govtransparency.editions.sheets import names_in_units
from govtransparency.files.table_files import raw_rows, read_csv
from govtransparency.framework_file import DIRECTIONS, codes_by_name
from govtransparency.indicator_levels import header_of_levels, nodes_in
from govtransparency.texts import reading_words
from govtransparency.texts.bilingual import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    import pandas as pd

    from govtransparency.texts.bilingual import Text

__all__ = ["heading_notes"]

SHOWN = 5  # words of a column that a note shows


def heading_notes(
    frameworks: Iterable[Path], units: tuple[Path, pd.DataFrame], sources: Path, groups: Mapping[str, Any]
) -> Iterator[tuple[str, Note]]:
    """Give what was read by another word than its own, each with the name of its file; the files have been read.

    Of the units, the file and its cells are given.
    """
    for path in dict.fromkeys(frameworks):
        raw = raw_rows(path)
        table = nodes_in(raw, path)
        if header_of_levels(raw) is not None:
            yield path.name, Note(reading_words.LEVELS.format(count=len(table)))
        names = FRAMEWORK.names_of(table.columns)
        yield from _of_headings(path, names)
        table = table.rename(columns=names)
        directions = {cell: DIRECTIONS.get(heading_key(cell), cell) for cell in table.get("direction", ())}
        yield from _of_words(path, "direction", directions)
        by_name = codes_by_name(table)
        yield from _of_words(path, "parent", {cell: by_name.get(cell, cell) for cell in table["parent"]})
    path, table = units
    names = names_in_units(table, *unit_and_name(table, title=str(path)))
    yield from _of_headings(path, names)
    own = group_codes(groups)
    in_column = table.rename(columns=names).get("group", ())
    yield from _of_words(path, "group", {cell: own.get(cell, cell) for cell in in_column})
    if sources.exists():
        yield from _of_headings(sources, SOURCES.names_of(read_csv(sources).columns))


def _of_headings(path: Path, names: Mapping[str, str]) -> Iterator[tuple[str, Note]]:
    """Give the columns that were read under another name."""
    read = {head: name for head, name in names.items() if head != name}
    if read:
        yield path.name, Note(reading_words.HEADINGS.format(columns=_pairs(read)), times=len(read))


def _of_words(path: Path, column: str, meanings: Mapping[str, str]) -> Iterator[tuple[str, Note]]:
    """Give the cells of a column that were read as another text."""
    read = {cell: meaning for cell, meaning in meanings.items() if cell != meaning}
    if read:
        yield path.name, Note(reading_words.WORDS.format(column=column, words=_pairs(read)), times=len(read))


def _pairs(read: Mapping[str, str]) -> Text:
    """Return the first words with what they were read as."""
    pairs = [reading_words.READ_AS.format(cell=cell, value=meaning) for cell, meaning in list(read.items())[:SHOWN]]
    return words([*pairs, *(["..."] if len(read) > SHOWN else [])])
