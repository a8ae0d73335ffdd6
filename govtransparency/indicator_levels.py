"""Read a table with a column for each level of a framework (一级指标, 二级指标) as one with a row for each node."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from govtransparency.data_dictionary.known_headings import means
from govtransparency.errors import InputError
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.files.table_files import cells_of, raw_rows, table_of
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import level_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from govtransparency.files.raw_rows import RawRows
    from govtransparency.files.table_files import FileTable
    from govtransparency.texts.bilingual import Text

__all__ = ["has_levels", "header_of_levels", "nodes_in", "read_nodes"]

NUMERALS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d"
LEVEL = re.compile(rf"([{NUMERALS}1-6])\s*\u7ea7(?:\u6307\u6807)?(?:\u540d\u79f0)?|level\s*([1-6])", re.IGNORECASE)
LEVEL_WEIGHT = re.compile(rf"([{NUMERALS}1-6])\s*\u7ea7(?:\u6307\u6807)?\u6743\u91cd|weight\s*([1-6])", re.IGNORECASE)
LEAST = 2  # levels
SEARCHED = 30  # rows in which their header is looked for
NO_NODE = re.compile(
    r"(?:\u5408|\u603b|\u5c0f)\u8ba1|total|(?:\u6ce8|\u8bf4\u660e|\u5907\u6ce8|notes?)\s*[:\uff1a].*", re.IGNORECASE
)


class _Columns(NamedTuple):
    """Which columns of a table hold what, by their numbers: each level, its weights, the codes of leaves, the rest."""

    levels: list[int]
    weights: dict[int, int]  # by the place of the level among the levels
    of_the_last: int | None  # of whatever node stands last in a row
    code: int | None
    others: list[int]


def read_nodes(path: Path) -> pd.DataFrame:
    """Return the cells of a framework's file, indexed by line, with the columns ``code`` and ``parent``.

    A table with a column for each level is turned into one with a row for each node. An empty cell of a level means
    what stands above it if a cell to its right is filled. Codes are the names, or of leaves those in a column of codes.
    Weights of a level stand beside it or in a column named after it; other weights are those of the leaves.

    Parameters
    ----------
    path : Path

    Raises
    ------
    InputError
        As `read_csv`; and if a name stands twice below one parent, a node has two weights, or a row has no name.
    """
    return nodes_in(raw_rows(path), path)


def nodes_in(raw: RawRows, path: Path) -> pd.DataFrame:
    """Return the cells of a framework's file from its rows; as `read_nodes`."""
    header = header_of_levels(raw)
    if header is None:
        return cells_of(table_of(path, raw))
    file = table_of(path, raw, (header,), blocks=True)
    if file.cells.empty:
        raise InputError(problems.NO_ROWS.format(line=header), title=str(path))
    columns = _columns(file)
    heads = list(map(str, file.cells.columns))
    file = replace(file, cells=file.cells.set_axis([*_told_apart(heads)], axis=1))
    of_levels = [*columns.levels, *(at for level, at in columns.weights.items() if level < len(columns.levels) - 1)]
    cells_of(file, covered=[file.cells.columns[at] for at in of_levels])
    return _tree(file, columns)


def _told_apart(heads: Sequence[str]) -> Iterator[str]:
    """Give the heads, those that stand twice with their number."""
    before: Counter[str] = Counter()
    for head in heads:
        yield f"{head} {before[head] + 1}" if before[head] else head
        before[head] += 1


def header_of_levels(raw: RawRows, *, first: bool = False) -> int | None:
    """Return the line that heads a column for each level, with `first` only if its first column is one; or None."""
    for row, line in zip(raw.rows[:SEARCHED], raw.lines, strict=False):
        if has_levels(row) and (not first or _level(row[0]) is not None):
            return line
    return None


def has_levels(heads: Sequence[str]) -> bool:
    """Return whether heads are those of a table with a column for each level.

    Examples
    --------
    >>> has_levels(["\u4e00\u7ea7\u6307\u6807", "\u4e8c\u7ea7\u6307\u6807"]), has_levels(["code", "parent"])
    (True, False)
    """
    return sum(_level(head) is not None for head in heads) >= LEAST


def _level(head: str, pattern: re.Pattern[str] = LEVEL) -> int | None:
    found = pattern.fullmatch(head.strip())
    if found is None:
        return None
    numeral = found[1] or found[2]
    return NUMERALS.index(numeral) + 1 if numeral in NUMERALS else int(numeral)


def _columns(file: FileTable) -> _Columns:
    """Return which columns hold what."""
    heads = [str(head) for head in file.cells.columns]
    level_at = {at: level for at, head in enumerate(heads) if (level := _level(head)) is not None}
    order = sorted(level_at.values())
    plain = [at for at, head in enumerate(heads) if means(head, "weight")]
    named = {at: level for at, head in enumerate(heads) if (level := _level(head, LEVEL_WEIGHT)) is not None}
    wrong = [problems.LEVEL_TWICE.format(level=level) for level in dict.fromkeys(order) if order.count(level) > 1]
    weights: dict[int, int] = {}
    alone = len(plain) == 1 and not named and not any(at > plain[0] for at in level_at)
    of_the_last = plain.pop() if alone else None
    for at in (*plain, *named):
        beside = [level for place, level in level_at.items() if place < at]
        own = named[at] if at in named else (beside[-1] if beside else order[-1])
        if own not in order or order.index(own) in weights:
            wrong.append(problems.WHOSE_WEIGHT.format(place=at + 1, column=heads[at]))
        else:
            weights[order.index(own)] = at
    code = next((at for at, head in enumerate(heads) if means(head, "code", "indicator code")), None)
    others = [at for at in range(len(heads)) if at not in {*level_at, *plain, *named, of_the_last, code}]
    twice = [head for head in dict.fromkeys(heads[at] for at in others) if head and heads.count(head) > 1]
    wrong += [problems.COLUMN_TWICE.format(columns=quoted(twice))] if twice else []
    if wrong:
        raise InputError(wrong, title=str(file.path))
    return _Columns(sorted(level_at, key=lambda at: level_at[at]), weights, of_the_last, code, others)


def _tree(file: FileTable, columns: _Columns) -> pd.DataFrame:
    """Return a row for each node."""
    heads = [str(head) for head in file.cells.columns]
    tree = _Tree(int(file.cells.index[0]) - 1)
    above: list[str] = [""] * len(columns.levels)
    for line, row in zip(map(int, file.cells.index), file.cells.to_numpy(dtype=object), strict=True):
        given = [str(row[at]) for at in columns.levels]
        deepest = max((level for level, name in enumerate(given) if name), default=None)
        if deepest is None or any(map(NO_NODE.fullmatch, given)):
            tree.wrong.append(problems.NO_NAME.format(line=line))
            continue
        for level, name in enumerate(given):
            if name and name != above[level]:
                above[level:] = [name, *[""] * (len(above) - level - 1)]
        levels = [level for level in range(deepest + 1) if above[level]]
        code = "" if columns.code is None else str(row[columns.code])
        weights = [str(row[columns.weights[level]]) if level in columns.weights else "" for level in levels]
        if columns.of_the_last is not None:
            weights[-1] = str(row[columns.of_the_last])
        below = [at for level, at in columns.weights.items() if level > deepest and row[at]]
        tree.wrong += [problems.WEIGHT_OF_NOTHING.format(line=line, column=heads[at]) for at in below]
        rest = {heads[at]: str(row[at]) for at in columns.others if row[at]}
        tree.add(line, [above[level] for level in levels], code, weights, rest)
    if tree.wrong:
        raise InputError(tree.wrong, title=str(file.path))
    order = ["code", "parent", "name_en", "name_zh", "weight", *(heads[at] for at in columns.others)]
    table = pd.DataFrame(list(tree.nodes.values()), columns=order, dtype=object).fillna("")
    table.index = pd.Index([tree.lines[code] for code in tree.nodes], name="line")
    return table


class _Tree:
    """The nodes found so far, by their codes, and what is wrong with them."""

    def __init__(self, line: int) -> None:
        self.nodes: dict[str, dict[str, str]] = {ROOT: {"code": ROOT, "parent": ""}}
        self.lines = {ROOT: line}
        self.wrong: list[Text] = []
        self._codes: dict[tuple[str, ...], str] = {(): ROOT}
        self._last: dict[str, int] = {}  # the line of each node that stands last in a row

    def add(self, line: int, names: list[str], code: str, weights: list[str], rest: dict[str, str]) -> None:
        """Add the last of some names and those above it, each with its weight; code and rest are of the last."""
        for depth, (name, weight) in enumerate(zip(names, weights, strict=True), start=1):
            path = tuple(names[:depth])
            if path not in self._codes:
                parent = self._codes[path[:-1]]
                given = code if depth == len(names) else ""
                if given in self.nodes:
                    self.wrong.append(self._code_twice(line, given))
                own = given if given and given not in self.nodes else _free(name, parent, self.nodes)
                self._codes[path] = own
                self.lines[own] = line
                self.nodes[own] = {"code": own, "parent": parent, _name_column(name): name}
            node = self.nodes[self._codes[path]]
            if weight and node.setdefault("weight", weight) != weight:
                two = {"one": node["weight"], "other": weight}
                self.wrong.append(problems.TWO_WEIGHTS.format(line=line, name=name, **two))
        last = self._codes[tuple(names)]
        if last in self._last:
            self.wrong.append(problems.NODE_TWICE.format(line=line, name=names[-1], first=self._last[last]))
        self._last.setdefault(last, line)
        self.nodes[last] |= rest

    def _code_twice(self, line: int, code: str) -> Text:
        if code == ROOT:
            return problems.CODE_OF_ROOT.format(line=line, code=code)
        node = self.nodes[code]
        other = next(node[column] for column in ("name_zh", "name_en") if column in node)
        return problems.CODE_TWICE.format(line=line, code=code, other=other, first=self.lines[code])


def _free(name: str, parent: str, taken: Collection[str]) -> str:
    """Return the code of a node: its name, behind its parent's as often as another node has that code."""
    code = name
    while code in taken:
        code = f"{parent}-{code}"
    return code


def _name_column(name: str) -> str:
    return "name_zh" if HAN_LETTER.search(name) else "name_en"
