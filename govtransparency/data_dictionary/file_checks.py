"""Hold a file against the description of its columns: one problem per column and kind, with its first places."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING

from govtransparency.errors import InputError, nearest
from govtransparency.files.table_files import read_csv
from govtransparency.texts.bilingual import Text, quoted, strung, words
from govtransparency.texts.input_columns import KINDS
from govtransparency.texts.problems import description_problems as problems
from govtransparency.texts.problems.table_problems import NUMBER, ONE_OF

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from govtransparency.data_dictionary.described_file import DescribedFile, Field, Reference

__all__ = ["cell_problems", "column_problems", "looks_like", "misspelt_columns", "read_described"]

SHOWN = 3  # cells that a problem shows; it counts the others
ALIKE = 0.8  # from here on a name is a misspelt one


def read_described(path: Path, description: DescribedFile) -> pd.DataFrame:
    """Read a file as text, or raise one error for all that its description does not allow.

    Parameters
    ----------
    path : Path
    description : DescribedFile

    Returns
    -------
    DataFrame
        As from `read_csv`, its columns by the names that they have in the description.

    Raises
    ------
    InputError
        For columns that are missing or misspelt, and for each column with cells that are wrong.
    """
    table = read_csv(path)
    found = [*column_problems(table.columns, description), *cell_problems(table, description)]
    if found:
        raise InputError(found, title=str(path))
    return table.rename(columns=description.names_of(table.columns))


def column_problems(columns: Collection[str], description: DescribedFile) -> Iterator[Text]:
    """Give the columns that are missing, and those whose names look like misspelt ones."""
    there = description.names_of(columns).values()
    for field in description.fields:
        if field.needed and field.name not in there:
            yield problems.NO_COLUMN.format(column=field.name, nearest=nearest(field.name, columns))
    yield from misspelt_columns(columns, description)


def misspelt_columns(columns: Collection[str], description: DescribedFile) -> Iterator[Text]:
    """Give the unknown columns that look like a column that may be left out and is not there."""
    known = description.names_of(columns)
    absent = [field.name for field in description.fields if not field.needed and field.name not in known.values()]
    for column in columns:
        if column not in known and looks_like(column, absent):
            yield problems.MISSPELT.format(column=column, nearest=nearest(column, absent))


def looks_like(name: str, names: Collection[str]) -> bool:
    """Return whether a name is so like one of the names that it will be a misspelt one.

    Examples
    --------
    >>> looks_like("titel", ["title", "url"]), looks_like("name", ["name_en", "name_zh"])
    (True, False)
    """
    return bool(difflib.get_close_matches(name, names, n=1, cutoff=ALIKE))


def cell_problems(
    table: pd.DataFrame, description: DescribedFile, *, known: Mapping[Reference, Collection[str]] | None = None
) -> Iterator[Text]:
    """Give what is wrong with the cells and rows of a table of text, column by column.

    Parameters
    ----------
    table : DataFrame
        As from `read_csv`, indexed by line.
    description : DescribedFile
        Columns that the table lacks, and columns that it does not describe, are passed over.
    known : mapping of Reference to collection of str
        The values of the columns that others refer to; a reference that is not among them is not checked.
    """
    fields = description.fields_of(table.columns)
    for head in table.columns:
        if (field := fields.get(head)) is None:
            continue
        for problem in _of_column(table[head], field, known or {}):
            yield problems.AT_COLUMN.format(column=head, problem=problem)
    yield from _duplicates(table, description)


def _of_column(cells: pd.Series, field: Field, known: Mapping[Reference, Collection[str]]) -> Iterator[Text]:
    """Give what is wrong with one column: empty cells, cells of another kind, and values that are not known."""
    given = cells[cells != ""]
    if field.required and len(given) < len(cells):
        lines = [problems.LINE.format(line=line) for line in cells.index[cells == ""]]
        yield problems.EMPTY.format(cells=_cut(lines))
    allowed = {cell: field.allows(cell) for cell in given.unique()}
    wrong = given[~given.map(allowed).astype(bool)]
    if len(wrong):
        if field.one_of and field.kind in ("text", "code"):
            known_as = nearest(wrong.iloc[0], field.one_of)
            yield problems.UNKNOWN.format(cells=_cut(_shown(wrong)), nearest=known_as)
        else:
            yield problems.NOT_AS_EXPECTED.format(expected=_expected(field), cells=_cut(_shown(wrong)))
    place = field.refers_to
    if place is not None and place in known:
        there = known[place]
        lost = given[[cell not in there for cell in given]]
        if len(lost):
            yield problems.NOT_THERE.format(
                cells=_cut(_shown(lost)),
                file=place.file,
                column=place.column,
                nearest=nearest(lost.iloc[0], there),
            )


def _duplicates(table: pd.DataFrame, description: DescribedFile) -> Iterator[Text]:
    """Give the rows that no column of the key tells from an earlier one."""
    fields = description.fields_of(table.columns)
    heads = [head for head in table.columns if head in fields and fields[head].name in description.key]
    if not description.key or len(heads) < len(description.key):
        return
    first: dict[tuple[str, ...], int] = {}
    for line, *cells in table[heads].itertuples(name=None):
        start = first.setdefault(tuple(cells), line)
        if start != line and any(cells):
            yield problems.DUPLICATE.format(line=line, first=start, columns=quoted(heads))


def _expected(field: Field) -> Text:
    """Return what a column expects, in words."""
    if field.one_of:
        return ONE_OF.format(values=words(field.one_of))
    if field.above > -math.inf:
        return problems.ABOVE.format(limit=f"{field.above:g}")
    if field.low > -math.inf:
        return NUMBER[field.kind == "integer", True, False].format(low=f"{field.low:g}")
    return KINDS[field.kind]


def _shown(cells: pd.Series) -> list[Text]:
    return [problems.CELL.format(cell=cell, line=line) for line, cell in cells.items()]


def _cut(shown: Iterable[Text]) -> Text:
    """Return the first of some cells or lines, and how many more there are."""
    given = list(shown)
    listed = strung(given[:SHOWN], "、", ", ")
    if len(given) <= SHOWN:
        return listed
    return problems.MORE.format(cells=listed, more=len(given) - SHOWN)
