"""The nodes of a framework, and the check that they make a tree."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.errors import nearest
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import framework_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govtransparency.texts.bilingual import Text

__all__ = ["ROOT", "Node"]


ROOT = "index"
WEIGHT_LIMIT = 1e300  # so that siblings' weights can be added
LEVELS = 100  # below the index
TEXTS = ("code", "parent", "name_en", "name_zh", "unit", "note")
NUMBERS = ("weight", "direction", "worst", "best")
SHOWN = 10  # codes of a cycle
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
        +1 if a larger value scores higher, -1 if a smaller one does. Of indicators only.
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
        words = [name for name in TEXTS if not isinstance(getattr(self, name), str)]
        numbers = [name for name in NUMBERS if not is_number(getattr(self, name))]
        with Arguments("Node") as check:
            for name in words:
                check.expect(name, getattr(self, name), argument_problems.TEXT)
            for name in numbers:
                check.expect(name, getattr(self, name), argument_problems.NUMBER)

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
    parents = {node.parent for node in nodes if node.parent not in ("", node.code)}
    twice = {code for code, rows in count.items() if rows > 1}
    found: list[tuple[str | None, Text]] = [
        (code, _at(code, problems.DUPLICATE_CODE.format(count=count[code]))) for code in count if code in twice
    ]
    if ROOT not in known:
        found.append((None, problems.NO_ROOT.format(root=ROOT)))
    if known == {ROOT}:
        found.append((None, problems.NO_INDICATOR))
    one_root = ROOT in known - twice
    for node in nodes:
        found += [(node.code, _at(node.code, problem)) for problem in _node_problems(node, parents, one_root=one_root)]
    if not twice & parents:  # else one of the two rows may be the parent that is missing
        found += [(code, _at(code, problem)) for code, problem in _unknown_parents(nodes, known)]
    if not found:
        found += [(None, problem) for problem in list(_cycles(nodes)) or _too_deep(nodes)]
        found += [(code, _at(code, problem)) for code, problem in _weight_problems(nodes)]
    return found


def _unknown_parents(nodes: Sequence[Node], known: set[str]) -> Iterator[tuple[str, Text]]:
    """Give each parent that is no node once, with the first node that names it; a missing root is told as such."""
    children: dict[str, list[str]] = {}
    for node in nodes:
        if node.parent not in known and node.parent not in ("", ROOT) and node.code != ROOT:
            children.setdefault(node.parent, []).append(node.code)
    for parent, (first, *others) in children.items():
        near = nearest(parent, sorted(known - {first}))
        problem = problems.UNKNOWN_PARENT.format(parent=parent, nearest=near)
        yield first, problems.AND_OTHERS.format(problem=problem, count=len(others)) if others else problem


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


def _node_problems(node: Node, parents: set[str], *, one_root: bool) -> Iterator[Text]:
    """Give what is wrong with one node; a root that is missing, or there twice, has its own problem."""
    if not node.code:
        yield problems.NO_CODE
    elif one_root and node.code == ROOT and node.parent:
        yield problems.ROOT_WITH_PARENT.format(parent=node.parent)
    elif one_root and node.code != ROOT and not node.parent:
        yield problems.NO_PARENT.format(root=ROOT)
    if not (math.isfinite(node.weight) and node.weight > 0):
        yield problems.WEIGHT.format(weight=f"{node.weight:g}")
    if node.direction not in (1, -1):
        yield problems.DIRECTION.format(direction=repr(node.direction))
    elif node.code in parents:
        if node.direction != 1 or not (math.isnan(node.worst) and math.isnan(node.best)):
            yield problems.OF_A_PILLAR
    else:
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
        path: dict[str, None] = {}
        code = start
        while code and code not in done and code not in path:
            path[code] = None
            code = parent[code]
        if code in path:
            cycle = list(path)[list(path).index(code) :]
            listed = [*cycle[:SHOWN], *(["..."] if len(cycle) > SHOWN else []), cycle[0]]
            yield problems.CYCLE.format(codes=" -> ".join(listed), root=ROOT)
        done.update(path)


def _too_deep(nodes: Sequence[Node]) -> Iterator[Text]:
    """Give that some node of a tree without cycles has too many above it."""
    parent = {node.code: node.parent for node in nodes}
    depth = {ROOT: 0}
    for start in parent:
        path, code = [], start
        while code not in depth:
            path.append(code)
            code = parent[code]
        depth.update(zip(reversed(path), itertools.count(depth[code] + 1), strict=False))
    if (levels := max(depth.values())) > LEVELS:
        yield problems.TOO_DEEP.format(levels=levels, most=LEVELS, code=max(depth, key=depth.__getitem__))
