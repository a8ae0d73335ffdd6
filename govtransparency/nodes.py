"""The nodes of a framework, and the check that they make a tree."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import nearest
from govtransparency.texts.problems import framework_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["ROOT", "Node"]


ROOT = "index"
WEIGHT_LIMIT = 1e300  # so that siblings' weights can be added
LEAST_SHARE = 1e-300  # of the largest sibling's weight, so that a share is a number in full precision


@dataclass(frozen=True, eq=False)
class Node:
    """One row of ``framework.csv``: an indicator, a pillar or the index itself.

    Attributes
    ----------
    code, parent : str
        `parent` is empty for the root, whose code is ``index``.
    name_en, name_zh : str
        Empty if the file gives no name.
    weight : float
        Share among the siblings, any positive number.
    direction : int
        +1 if more is more transparent, -1 if less is. Of indicators only.
    worst, best : float
        Goalposts in the indicator's own unit; NaN or None means the sample's own extremes.
    unit, note : str

    Examples
    --------
    >>> Node("days", "index", direction=-1, worst=30, best=5).direction
    -1
    """

    code: str
    parent: str
    name_en: str = ""
    name_zh: str = ""
    weight: float = 1.0
    direction: int = 1
    worst: float = math.nan
    best: float = math.nan
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for post in ("worst", "best"):
            if (value := getattr(self, post)) is None or value is pd.NA:
                object.__setattr__(self, post, math.nan)

    def _key(self) -> tuple[object, ...]:
        """Return the values with None for NaN, which is not equal to itself, so that equal rows make equal trees."""
        return tuple(None if value != value else value for value in self.__dict__.values())

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Node) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())


def tree_problems(nodes: Sequence[Node]) -> list[tuple[str | None, Text]]:
    """Return what is wrong with the nodes as a tree: the code concerned, None for the whole tree, and the problem."""
    count = Counter(node.code for node in nodes)
    known = set(count)
    parents = {node.parent for node in nodes}
    found: list[tuple[str | None, Text]] = [
        (code, _at(code, problems.DUPLICATE_CODE.format(count=rows))) for code, rows in count.items() if rows > 1
    ]
    if ROOT not in known:
        found.append((None, problems.NO_ROOT.format(root=ROOT)))
    if known == {ROOT}:
        found.append((None, problems.NO_INDICATOR))
    for node in nodes:
        found += [(node.code, _at(node.code, problem)) for problem in _node_problems(node, known, parents)]
    if not found:
        found += [(None, problem) for problem in _cycles(nodes)]
        found += [(code, _at(code, problem)) for code, problem in _weight_problems(nodes)]
    return found


def _at(code: str, problem: Text) -> Text:
    return problems.AT_NODE.format(code=code, problem=problem)


def _weight_problems(nodes: Sequence[Node]) -> Iterator[tuple[str, Text]]:
    """Yield the codes of weights that are too far from their siblings' for a share to be computed."""
    largest: dict[str, float] = {}
    for node in nodes:
        largest[node.parent] = max(node.weight, largest.get(node.parent, 0.0))
    for node in nodes:
        if node.weight > WEIGHT_LIMIT or node.weight < LEAST_SHARE * largest[node.parent]:
            yield (
                node.code,
                problems.WEIGHT_TOO_FAR.format(
                    weight=f"{node.weight:g}",
                    largest=f"{largest[node.parent]:g}",
                    limit=f"{WEIGHT_LIMIT:g}",
                    least=f"{LEAST_SHARE:g}",
                ),
            )


def _node_problems(node: Node, known: set[str], parents: set[str]) -> Iterator[Text]:
    if not node.code:
        yield problems.NO_CODE
    if node.code == ROOT and node.parent:
        yield problems.ROOT_WITH_PARENT.format(parent=node.parent)
    if node.code != ROOT and not node.parent:
        yield problems.NO_PARENT.format(root=ROOT)
    if node.parent and node.parent not in known:
        yield problems.UNKNOWN_PARENT.format(
            parent=node.parent, nearest=nearest(node.parent, sorted(known - {node.code}))
        )
    if not (math.isfinite(node.weight) and node.weight > 0):
        yield problems.WEIGHT.format(weight=f"{node.weight:g}")
    if node.direction not in (1, -1):
        yield problems.DIRECTION.format(direction=repr(node.direction))
    elif node.code not in parents:
        yield from _goalpost_problems(node)


def _goalpost_problems(node: Node) -> Iterator[Text]:
    if math.isinf(node.worst) or math.isinf(node.best):
        yield problems.INFINITE_GOALPOSTS
    elif node.worst == node.best:
        yield problems.EQUAL_GOALPOSTS.format(value=f"{node.best:g}")
    elif (node.best - node.worst) * node.direction < 0:
        yield problems.GOALPOSTS_AGAINST_DIRECTION.format(
            worst=f"{node.worst:g}", best=f"{node.best:g}", direction=f"{node.direction:+d}"
        )


def _cycles(nodes: Sequence[Node]) -> Iterator[Text]:
    parent = {node.code: node.parent for node in nodes}
    done: set[str] = set()
    for start in parent:
        path: list[str] = []
        code = start
        while code and code not in done and code not in path:
            path.append(code)
            code = parent[code]
        if code in path:
            cycle = path[path.index(code) :]
            yield problems.CYCLE.format(codes=" -> ".join([*cycle, cycle[0]]), root=ROOT)
        done.update(path)
