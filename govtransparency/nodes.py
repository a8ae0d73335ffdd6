"""The nodes of a framework, and what is wrong with a tree of them."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import pandas as pd

from govtransparency.errors import nearest

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
        The code where the file gives no name.
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


def tree_problems(nodes: tuple[Node, ...]) -> list[str]:
    """Return what is wrong with the nodes as a tree, a sentence a problem."""
    problems: list[str] = []
    count = Counter(node.code for node in nodes)
    known = set(count)
    parents = {node.parent for node in nodes}
    problems.extend(
        f"code {code!r} stands {times} times; codes must be unique" for code, times in count.items() if times > 1
    )
    if ROOT not in known:
        problems.append(f"no row with the code {ROOT!r}; the root must have that code and an empty parent")
    if known == {ROOT}:
        problems.append("no indicator; at least one row must have a parent")
    for node in nodes:
        problems.extend(f"{node.code!r}: {problem}" for problem in _node_problems(node, known, parents))
    if not problems:
        problems.extend(_cycles(nodes))
        problems.extend(_weight_problems(nodes))
    return problems


def _weight_problems(nodes: tuple[Node, ...]) -> list[str]:
    """Return which weights are too far from their siblings' for their share to be a number."""
    largest: dict[str, float] = {}
    for node in nodes:
        largest[node.parent] = max(node.weight, largest.get(node.parent, 0.0))
    return [
        f"{node.code!r}: weight {node.weight:g} beside {largest[node.parent]:g}: expected weights up to "
        f"{WEIGHT_LIMIT:g}, and none below {LEAST_SHARE:g} of its largest sibling's"
        for node in nodes
        if node.weight > WEIGHT_LIMIT or node.weight < LEAST_SHARE * largest[node.parent]
    ]


def _node_problems(node: Node, known: set[str], parents: set[str]) -> list[str]:
    problems = []
    if not node.code:
        problems.append("the code is empty")
    if node.code == ROOT and node.parent:
        problems.append(f"the root has the parent {node.parent!r}; leave it empty")
    if node.code != ROOT and not node.parent:
        problems.append(f"the parent is empty; only {ROOT!r} has none, so name a pillar or {ROOT!r}")
    if node.parent and node.parent not in known:
        problems.append(f"parent {node.parent!r} is missing; {nearest(node.parent, sorted(known - {node.code}))}")
    if not (math.isfinite(node.weight) and node.weight > 0):
        problems.append(f"weight {node.weight:g}: expected a positive number; to leave a node out, delete its row")
    if node.direction not in (1, -1):
        problems.append(f"direction {node.direction!r}: expected 1 (more is more transparent) or -1 (less is)")
    elif node.code not in parents:
        problems.extend(_goalpost_problems(node))
    return problems


def _goalpost_problems(node: Node) -> list[str]:
    if math.isinf(node.worst) or math.isinf(node.best):
        return ["goalposts must be finite"]
    if math.isnan(node.worst) or math.isnan(node.best):
        return []
    if node.worst == node.best:
        return [f"worst and best are both {node.best:g}; they must differ"]
    if (node.best - node.worst) * node.direction < 0:
        return [
            f"goalposts against the direction: worst {node.worst:g}, best {node.best:g}, "
            f"direction {node.direction:+d}; swap the goalposts or turn the direction"
        ]
    return []


def _cycles(nodes: tuple[Node, ...]) -> list[str]:
    parent = {node.code: node.parent for node in nodes}
    problems, done = [], set()
    for start in parent:
        way: list[str] = []
        code = start
        while code and code not in done and code not in way:
            way.append(code)
            code = parent[code]
        if code in way:
            circle = way[way.index(code) :]
            problems.append(f"cycle: {' -> '.join([*circle, circle[0]])}; no way leads up to {ROOT!r}")
        done.update(way)
    return problems
