"""Read a framework from its file, whose columns may be headed in either language."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.control_characters import control_problems
from govtransparency.data_dictionary.input_files import FRAMEWORK
from govtransparency.data_dictionary.known_headings import heading_key, may_mean, means
from govtransparency.errors import InputError, closest, lacking, nearest
from govtransparency.files.number_forms import sign_of
from govtransparency.files.plain_numbers import to_number, written_plainly
from govtransparency.framework import COLUMNS, Framework
from govtransparency.indicator_levels import read_nodes
from govtransparency.nodes import Node, tree_problems
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.heading_words import HIGHER, LOWER
from govtransparency.texts.problems import framework_problems as problems
from govtransparency.weight_readings import READINGS, WeightReading, bare_weights, settled_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from govtransparency.data_dictionary.described_file import Field


__all__ = ["DIRECTIONS", "codes_by_name", "framework_in", "read_framework"]

NUMBER_COLUMNS = {"weight": 1.0, "direction": 1.0, "worst": math.nan, "best": math.nan}  # and what an empty cell means
TEXT_COLUMNS = tuple(column for column in COLUMNS if column not in NUMBER_COLUMNS)
NOTES = ("serial number", "note", "name", "name_en", "indicator")  # columns that may be there besides
DIRECTIONS = dict.fromkeys(map(heading_key, HIGHER), "1") | dict.fromkeys(map(heading_key, LOWER), "-1")


@checked
def read_framework(path: str | Path, *, weights: WeightReading | None = None) -> Framework:
    r"""Read a framework from a CSV file or a workbook.

    Parameters
    ----------
    path : path
        Columns ``code,parent,name_en,name_zh,weight,direction,worst,best,unit,note``, or headed by other words for
        them (``docs/data_dictionary.md`` lists all); only `code` and `parent` are required. A parent is given by its
        code, or by a name that no other node has. An empty weight means 1 where all siblings' are empty, an empty
        direction +1, empty goalposts the sample's own extremes. Other columns are taken as the author's notes, unless
        their name looks like one of these. Or a table with a column for each level (一级指标, 二级指标, 权重), where an
        empty cell means what stands above it.
    weights : {"of_the_whole", "within_the_parent"}, optional
        What the weights are shares of, where pillars have none: of the whole, so that a pillar has the sum of those
        below it, or of their parent.

    Returns
    -------
    Framework

    Raises
    ------
    InputError
        Listing every problem of the file with its line; where weights have two readings, both.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "framework.csv"
    ...     _ = path.write_text("code,parent,weight\nindex,,\na,index,3\nb,index,1\n")
    ...     read_framework(path).effective_weights.to_dict()
    {'a': 0.75, 'b': 0.25}
    """
    with Arguments("read_framework") as check:
        check.path("path", path)
        if weights is not None:
            check.choice("weights", weights, READINGS)
    return framework_in(read_nodes(Path(path)), path, weights)


def framework_in(table: pd.DataFrame, path: str | Path, weights: WeightReading | None) -> Framework:
    """Return the framework in the cells of its file; raise as `read_framework`."""
    names = FRAMEWORK.names_of(table.columns)
    if found := list(_column_problems(table, names)):
        raise InputError(found, title=str(path))
    heads = {name: head for head, name in names.items()}
    table = _with_parents_by_code(table.rename(columns=names))
    found += control_problems(table, lines=["note"])
    if "weight" in table:
        table = table.assign(weight=bare_weights(table, weights))
    nodes: list[Node] = []
    lines: dict[str, int] = {}
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        lines.setdefault(row["code"], line)
        nodes.append(_read_node(row, line, heads, found))
    in_tree = tree_problems(nodes)
    for code, problem in in_tree:
        found.append(problems.AT_LINE.format(line=lines[code], problem=problem) if code is not None else problem)
    if not found:
        blank = table.loc[table["weight"] == "", "code"] if "weight" in table else table["code"]
        nodes, found = settled_weights(nodes, list(blank), weights)
    if found:
        raise InputError(found, title=str(path))
    return Framework(nodes)


def _column_problems(table: pd.DataFrame, names: Mapping[str, str]) -> Iterator[Text]:
    """Give the columns that look like one that is not there, or have two readings, and those that are missing."""
    unread = [column for column in table if column not in names]
    for column in unread:
        if means(column, *NOTES):
            continue
        if like := FRAMEWORK.fields_like(column):
            first = next(head for head, name in names.items() if name == like[0].name)
            yield problems.SAME_COLUMN.format(columns=quoted([first, column]), name=like[0].called)
        elif means(column, "goalpost"):
            if _holds_numbers(table[column]) and not {"worst", "best"} <= {*names.values()}:
                yield problems.WHICH_GOALPOST.format(column=column)
        elif closest(column, COLUMNS) is not None:
            yield problems.UNKNOWN_COLUMN.format(column=column, nearest=nearest(column, COLUMNS))
        elif (field := _near(column, table[column], names)) is not None:
            yield problems.NEAR_COLUMN.format(column=column, name=field.called, words=words(field.heads))
    needed = {field.name: field for field in FRAMEWORK.fields if field.needed}
    for name in lacking(needed, [*names.values(), *unread], COLUMNS):
        yield problems.MISSING_COLUMN.format(column=needed[name].called)


def _near(column: str, cells: pd.Series, names: Mapping[str, str]) -> Field | None:
    """Return the column, not there, that one seems to be by its heading and its cells."""
    return next(
        (
            field
            for field in FRAMEWORK.fields
            if field.name in NUMBER_COLUMNS
            and field.name not in names.values()
            and may_mean(column, field.name)
            and (_holds_directions(cells) if field.name == "direction" else _holds_numbers(cells))
        ),
        None,
    )


def _holds_directions(cells: pd.Series) -> bool:
    return any(heading_key(cell) in DIRECTIONS for cell in cells)


def _holds_numbers(cells: pd.Series) -> bool:
    return any(to_number(cell[:-1] if sign_of(cell[-1]) == "%" else cell) is not None for cell in cells if cell)


def _with_parents_by_code(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the code of each parent that is given by a name which one node alone has."""
    by_name = codes_by_name(table)
    return table.assign(parent=table["parent"].map(lambda parent: by_name.get(parent, parent)))


def codes_by_name(table: pd.DataFrame) -> dict[str, str]:
    """Return the code of each node by a name that no other has and that is no code."""
    codes = {*table["code"]}
    named: dict[str, set[str]] = {}
    for column in ("name_zh", "name_en"):
        for name, code in zip(table.get(column, ()), table["code"], strict=False):
            named.setdefault(name, set()).add(code)
    return {name: min(of) for name, of in named.items() if name and name not in codes and len(of) == 1}


def _read_node(row: Mapping[str, str], line: int, heads: Mapping[str, str], found: list[Text]) -> Node:
    """Return the node of one row; add the cells that are not numbers to the problems found."""
    values: dict[str, Any] = {column: row.get(column, "") for column in TEXT_COLUMNS}
    for column, default in NUMBER_COLUMNS.items():
        text = row.get(column, "")
        if column == "direction":
            text = DIRECTIONS.get(heading_key(text), text)
        number = default if text == "" else to_number(text)
        if number is None:
            place = {"line": line, "code": row["code"], "column": heads[column], "text": text}
            if column == "direction":
                found.append(problems.NO_DIRECTION.format(**place))
            else:
                found.append(problems.NOT_A_NUMBER.format(**place, plainly=written_plainly(text)))
            values["worst"] = values["best"] = math.nan  # no second complaint about goalposts half read
            number = default
        values.setdefault(column, number)
    if values["direction"] in (1, -1):
        values["direction"] = int(values["direction"])
    return Node(**values)
