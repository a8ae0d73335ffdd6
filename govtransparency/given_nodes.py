"""Nodes of a framework from what a program holds: nested dicts of weights, or a table with the columns of the file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, shown
from govtransparency.arrays import is_real
from govtransparency.data_dictionary.input_files import FRAMEWORK
from govtransparency.errors import lacking, nearest
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.nodes import LEVELS, ROOT, Node, tree_problems
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import given_node_problems as problems
from govtransparency.weight_readings import READINGS, WeightReading, settled_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from govtransparency.texts.bilingual import Text

__all__ = ["given_codes", "given_weights", "nodes_from_dict", "nodes_from_frame", "settled_nodes"]

NUMBERS = ("weight", "direction", "worst", "best")

Given = tuple[list[Node], list[str]]  # nodes, and the codes of those whose weight is not given


def settled_nodes(title: str, make: Callable[[Arguments], Given], weights: WeightReading | None = None) -> list[Node]:
    """Return given nodes with the weights meant; raise what is wrong in them and in the tree they make as one error."""
    with Arguments(title) as check:
        nodes, blank = make(check)
        refused = bool(check.problems)
        for code, problem in tree_problems(nodes):
            if not (refused and code is None):  # the whole tree lacks what was refused
                check.refuse(problem)
        if weights is not None:
            check.choice("weights", weights, READINGS)
        if not check.problems:
            nodes, found = settled_weights(nodes, blank, weights)
            check.problems += found
    return nodes


def nodes_from_dict(check: Arguments, tree: Any, directions: Any, goalposts: Any) -> Given:
    """Return the root and the nodes of nested dicts, in their order; what cannot be a node is left out and refused.

    Parameters
    ----------
    check : Arguments
        Takes the problems.
    tree : mapping
        A key is a code and a name; a number under it is the weight of an indicator, a mapping holds the children of a
        pillar.
    directions, goalposts : mapping, Series, DataFrame or None
        By the code of an indicator.
    """
    rows = list(_branches(check, tree))
    leaves = [code for code, _, weight in rows if weight is not None]
    signs = {code: _direction(check, code, value) for code, value in _by_code(check, "directions", directions, leaves)}
    posts = {code: _goalposts(check, code, value) for code, value in _by_code(check, "goalposts", goalposts, leaves)}
    nodes = [Node(ROOT, "")]
    for code, parent, weight in rows:
        name_en, name_zh = _names(code)
        nodes.append(
            Node(
                code, parent, name_en, name_zh, 1.0 if weight is None else weight, signs.get(code, 1),
                *posts.get(code, (math.nan, math.nan)),
            )
        )  # fmt: skip
    beside = {parent for _, parent, weight in rows if weight == 1} - {
        parent for _, parent, weight in rows if weight not in (None, 1)
    }  # where all indicators weigh 1, and so pillars do
    return nodes, [ROOT, *(code for code, parent, weight in rows if weight is None and parent not in beside)]


def _branches(check: Arguments, tree: Any) -> Iterator[tuple[str, str, float | None]]:
    """Give each node's code, parent and weight, None for a pillar, from the top down and in the order given."""
    if not isinstance(tree, Mapping):
        check.expect("tree", tree, problems.TREE)
        return
    stack: list[tuple[Any, Any, str, int]] = [(code, below, ROOT, 1) for code, below in reversed(list(tree.items()))]
    while stack:
        code, below, parent, level = stack.pop()
        if not isinstance(code, str) or not code:
            check.refuse(problems.CODE.format(code=shown(code), parent=parent))
        elif code == ROOT:
            check.refuse(problems.ROOT_GIVEN.format(root=ROOT))
        elif not isinstance(below, Mapping):
            if _is_number(below) and math.isfinite(weight := _as_float(below)):
                yield code, parent, weight
            else:
                check.refuse(problems.WEIGHT.format(code=code, value=shown(below)))
        elif not below:
            check.refuse(problems.EMPTY.format(code=code))
        elif level >= LEVELS:
            check.refuse(problems.TOO_DEEP.format(code=code, most=LEVELS))
        else:
            yield code, parent, None
            stack += [(child, one, code, level + 1) for child, one in reversed(list(below.items()))]


def _by_code(check: Arguments, name: str, given: Any, leaves: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Give what an argument says of each indicator; refuse codes that are no indicators."""
    if given is None:
        return
    if isinstance(given, pd.DataFrame) and {"worst", "best"} <= {*given}:
        given = pd.Series(given[["worst", "best"]].to_numpy().tolist(), index=given.index, dtype=object)
    if isinstance(given, pd.Series):
        check.unique(name, given.index)
    if not isinstance(given, (Mapping, pd.Series)):
        check.expect(name, given, problems.BY_COLUMNS if isinstance(given, pd.DataFrame) else problems.BY_CODE)
        return
    for code, value in given.items():
        if code in leaves:
            yield str(code), value
        else:
            check.refuse(problems.NO_INDICATOR.format(name=name, code=str(code), nearest=nearest(code, leaves)))


def _direction(check: Arguments, code: str, value: Any) -> int:
    if not (_is_number(value) and value in (1, -1)):
        check.refuse(problems.DIRECTION.format(code=code, value=shown(value)))
        return 1
    return int(value)


def _goalposts(check: Arguments, code: str, value: Any) -> tuple[float, float]:
    """Return the worst and the best value; None or NaN for one that is not fixed."""
    pair = list(value) if isinstance(value, (Sequence, np.ndarray, pd.Series)) and not isinstance(value, str) else []
    posts = [math.nan if _is_missing(post) else post for post in pair]
    if len(posts) != 2 or not all(_is_number(post) for post in posts):
        check.refuse(problems.GOALPOSTS.format(code=code, value=shown(value)))
        return math.nan, math.nan
    return _as_float(posts[0]), _as_float(posts[1])


def _names(code: str) -> tuple[str, str]:
    """Return the English and the Chinese name that a code gives: itself, underscores as blanks."""
    name = " ".join(code.replace("_", " ").split())
    return ("", name) if HAN_LETTER.search(name) else (name, "")


def nodes_from_frame(check: Arguments, frame: Any) -> Given:
    """Return a node for each row of a table with the columns of ``framework.csv``.

    Parameters
    ----------
    check : Arguments
        Takes the problems.
    frame : DataFrame
    """
    check.instance("frame", frame, pd.DataFrame)
    if not isinstance(frame, pd.DataFrame) or not check.one_level("frame", frame.columns):
        return [], []
    columns = FRAMEWORK.columns
    for column in frame.columns[~frame.columns.isin(columns)].unique():
        check.refuse(problems.UNKNOWN_COLUMN.format(column=str(column), nearest=nearest(column, columns)))
    if twice := frame.columns[frame.columns.duplicated()].unique().tolist():
        check.refuse(problems.SAME_COLUMN.format(columns=quoted(twice)))
    for column in lacking(("code", "parent"), map(str, frame.columns), columns):
        check.refuse(problems.MISSING_COLUMN.format(column=column))
    if check.problems:
        return [], []
    cells = {column: frame[column].astype(object).tolist() for column in frame}
    rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
    nodes = [_node(check, place, row) for place, row in enumerate(rows)]
    return nodes, [node.code for node, row in zip(nodes, rows, strict=True) if _is_missing(row.get("weight"))]


def _node(check: Arguments, place: int, row: Mapping[str, Any]) -> Node:
    """Return the node of one row; a cell that is missing or refused means what an empty one means in a file."""
    values: dict[str, Any] = {"code": "", "parent": ""}
    for column, cell in row.items():
        if _is_missing(cell):
            continue
        if (problem := _cell_problem(column, cell)) is not None:
            check.refuse(problem.format(row=place, column=column, value=shown(cell)))
        elif column in NUMBERS:
            values[column] = int(cell) if column == "direction" else _as_float(cell)
        else:
            values[column] = cell
    refused = any(not _is_missing(row.get(post)) and post not in values for post in ("worst", "best"))
    return Node(**values | (dict.fromkeys(("worst", "best"), math.nan) if refused else {}))


def _cell_problem(column: str, cell: Any) -> Text | None:
    """Return the template of what is wrong with a cell, None if nothing is."""
    if column not in NUMBERS:
        return None if isinstance(cell, str) else problems.CELL_TEXT
    if not _is_number(cell):
        return problems.CELL_NUMBER
    return problems.CELL_DIRECTION if column == "direction" and cell not in (1, -1) else None


def _as_float(value: Any) -> float:
    """Return a number as a float: infinite if it is beyond their range."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def given_codes(check: Arguments, columns: Any) -> list[str]:
    """Return the codes that are given as the columns of a table."""
    given = check.labels("columns", columns)
    if not all(isinstance(code, str) for code in given):
        check.expect("columns", columns, argument_problems.LABELS)
    return given


def given_weights(check: Arguments, weights: Any, codes: Collection[str]) -> dict[str, float]:
    """Return the weights that are given for some codes."""
    if not isinstance(weights, (Mapping, pd.Series)):
        check.expect("weights", weights, argument_problems.MAPPING)
        return {}
    if isinstance(weights, pd.Series):
        check.unique("weights", weights.index)
    for code, weight in weights.items():
        if code in codes and not _is_number(weight):
            check.expect(f"weights[{code!r}]", weight, argument_problems.FINITE)
    return dict(weights)


def _is_number(value: Any) -> bool:
    """Return whether a value is a number as tables hold them, also as Decimal; True and False are not."""
    return is_real(value) and not isinstance(value, (bool, np.bool_))


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value))
