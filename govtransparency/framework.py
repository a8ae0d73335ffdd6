"""The tree from indicators through pillars to the index, with directions, weights and goalposts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from govtransparency.arguments import Arguments, shown
from govtransparency.data_dictionary.input_files import FRAMEWORK
from govtransparency.errors import InputError, nearest
from govtransparency.given_nodes import given_codes, given_weights, nodes_from_dict, nodes_from_frame, settled_nodes
from govtransparency.nodes import ROOT, Node, tree_problems
from govtransparency.texts.bilingual import Language, words
from govtransparency.texts.problems import framework_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.weight_readings import WeightReading

__all__ = ["COLUMNS", "Framework", "first_level", "framework_from_records"]

COLUMNS = FRAMEWORK.columns


@dataclass(frozen=True)
class Framework:
    """The whole tree. Immutable: `with_weights` and `without` give a new one.

    Parameters
    ----------
    nodes : iterable of Node
        In any order; the order given is the order of all output.

    Raises
    ------
    InputError
        For duplicate codes, missing parents, cycles, weights that are not positive, directions other than +1 and -1,
        and goalposts against the direction; all are listed.

    Examples
    --------
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> tree.indicators
    ('a', 'b')
    >>> tree.effective_weights.to_dict()
    {'a': 0.75, 'b': 0.25}
    """

    nodes: tuple[Node, ...]

    def __init__(self, nodes: Iterable[Node]) -> None:
        with Arguments("Framework") as check:
            given = list(nodes) if isinstance(nodes, Iterable) else []
            if not (given and all(isinstance(node, Node) for node in given)):
                check.expect("nodes", nodes, problems.NODES)
        object.__setattr__(self, "nodes", tuple(given))
        if found := tree_problems(self.nodes):
            raise InputError([problem for _, problem in found], title="framework")

    @classmethod
    def from_dict(
        cls,
        tree: Mapping[str, Any],
        *,
        directions: Mapping[str, int] | pd.Series | None = None,
        goalposts: Mapping[str, Sequence[float]] | pd.DataFrame | None = None,
        weights: WeightReading | None = None,
    ) -> Framework:
        """Return the framework of nested dicts, whose numbers are the weights of indicators.

        Parameters
        ----------
        tree : mapping
            A key is the code of a node, for an indicator the column of the table, and its name (underscores as
            blanks; English, or Chinese if it has Chinese characters). A number is the weight of an indicator among
            its siblings; a mapping, of any depth, holds the children of a pillar. Pillars weigh 1 each, beside other
            pillars or indicators that weigh 1 each; `with_weights` changes that.
        directions : mapping or Series, code of an indicator -> +1 or -1, optional
            +1 where none is given.
        goalposts : mapping, code of an indicator -> (worst, best); or DataFrame with these columns, optional
            None for one that the sample's own extreme stands for.
        weights : {"of_the_whole", "within_the_parent"}, optional
            What the weights are shares of: with ``"of_the_whole"`` a pillar weighs what the indicators below it add to.

        Returns
        -------
        Framework

        Raises
        ------
        InputError
            Listing every problem; where weights add to 1, 100 or 1000 over several pillars, both readings.

        Examples
        --------
        >>> tree = Framework.from_dict(
        ...     {"Publication": {"documents": 1, "budget": 2}, "Requests": {"days": 1}},
        ...     directions={"days": -1},
        ...     goalposts={"days": (30, 5)},
        ... )
        >>> tree.effective_weights.round(3).to_dict()
        {'documents': 0.167, 'budget': 0.333, 'days': 0.5}
        """
        make = partial(nodes_from_dict, tree=tree, directions=directions, goalposts=goalposts)
        return cls(settled_nodes("Framework.from_dict", make, weights))

    @classmethod
    def flat(
        cls,
        columns: Iterable[str],
        *,
        directions: Mapping[str, int] | pd.Series | None = None,
        goalposts: Mapping[str, Sequence[float]] | pd.DataFrame | None = None,
    ) -> Framework:
        """Return the framework of indicators that weigh alike right under the index.

        Parameters
        ----------
        columns : iterable of str
            Codes of the indicators, such as the columns of a table.
        directions, goalposts
            As in `from_dict`.

        Returns
        -------
        Framework

        Raises
        ------
        InputError
            Listing every problem.

        Examples
        --------
        >>> table = pd.DataFrame({"documents": [3, 4], "days": [10, 20]}, index=["X", "Y"])
        >>> Framework.flat(table.columns, directions={"days": -1}).weights.drop("index").to_dict()
        {'documents': 0.5, 'days': 0.5}
        """
        with Arguments("Framework.flat") as check:
            given = given_codes(check, columns)
        tree = dict.fromkeys(given, 1)
        make = partial(nodes_from_dict, tree=tree, directions=directions, goalposts=goalposts)
        return cls(settled_nodes("Framework.flat", make))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, weights: WeightReading | None = None) -> Framework:
        """Return the framework of a table with the columns of ``framework.csv``: the inverse of `to_frame`.

        Parameters
        ----------
        frame : DataFrame
            Columns code, parent and, if there are any, name_en, name_zh, weight, direction, worst, best, unit, note.
            A missing cell means no parent, no text, weight 1 where those of all siblings are missing, direction +1, and
            goalposts of the sample.
        weights : {"of_the_whole", "within_the_parent"}, optional
            What the weights are shares of, where pillars have none; as in `read_framework`.

        Returns
        -------
        Framework

        Raises
        ------
        InputError
            Listing every problem with its row.

        Examples
        --------
        >>> frame = pd.DataFrame({"code": ["index", "a", "b"], "parent": ["", "index", "index"], "weight": [1, 3, 1]})
        >>> Framework.from_frame(frame).effective_weights.to_dict()
        {'a': 0.75, 'b': 0.25}
        """
        return cls(settled_nodes("Framework.from_frame", partial(nodes_from_frame, frame=frame), weights))

    @cached_property
    def _by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for node in self.nodes:
            children.setdefault(node.parent, []).append(node.code)
        return {parent: tuple(codes) for parent, codes in children.items()}

    def node(self, code: str) -> Node:
        """Return the node with the given code.

        Parameters
        ----------
        code : str

        Returns
        -------
        Node

        Raises
        ------
        InputError
            For an unknown code, with the nearest valid one.
        """
        try:
            return self._by_code[code]
        except (KeyError, TypeError):  # a list, say
            problem = problems.NO_NODE.format(code=shown(code), nearest=nearest(code, self._by_code))
            raise InputError(problem, title="framework") from None

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes of the node's children, in file order; empty for an indicator.

        Parameters
        ----------
        code : str

        Returns
        -------
        tuple of str
        """
        self.node(code)
        return self._children.get(code, ())

    def parent(self, code: str) -> str:
        """Return the code of the node's parent; empty for the root.

        Parameters
        ----------
        code : str

        Returns
        -------
        str
        """
        return self.node(code).parent

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Codes of the leaves, in file order."""
        return tuple(node.code for node in self.nodes if node.code not in self._children)

    @cached_property
    def pillars(self) -> tuple[str, ...]:
        """Codes of the nodes with children except the root, bottom up: each after the pillars under it."""
        order: list[str] = []

        def visit(code: str) -> None:
            for child in self._children.get(code, ()):
                visit(child)
            if code in self._children and code != ROOT:
                order.append(code)

        visit(ROOT)
        return tuple(order)

    @cached_property
    def leaves(self) -> dict[str, tuple[str, ...]]:
        """Codes of the indicators under each pillar and under the index."""
        below: dict[str, tuple[str, ...]] = {}
        for code in (*self.pillars, ROOT):
            below[code] = tuple(leaf for child in self._children[code] for leaf in (below.get(child, (child,))))
        return below

    @cached_property
    def heights(self) -> dict[str, int]:
        """Number of levels below each node: 0 for an indicator, 1 for a pillar of indicators, and so on."""
        heights = dict.fromkeys(self.indicators, 0)
        for code in (*self.pillars, ROOT):
            heights[code] = 1 + max(heights[child] for child in self._children[code])
        return heights

    @cached_property
    def weights(self) -> pd.Series:
        """Weight of each node within its parent: code -> share among the siblings, summing to 1; the root has 1."""
        totals = {
            parent: math.fsum(self._by_code[code].weight for code in codes) for parent, codes in self._children.items()
        }
        shares = {node.code: node.weight / totals[node.parent] for node in self.nodes}
        return pd.Series(shares, name="weight", dtype=float)

    @cached_property
    def sibling_weights(self) -> dict[str, pd.Series]:
        """Weights of the children of each pillar and of the index, summing to 1."""
        share = self.weights.to_dict()
        families = {code: self._children[code] for code in (*self.pillars, ROOT)}
        return {
            parent: pd.Series([share[code] for code in codes], index=list(codes), name="weight", dtype=float)
            for parent, codes in families.items()
        }

    @cached_property
    def effective_weights(self) -> pd.Series:
        """Product of the weights along the branch of each indicator; they sum to 1."""
        share = self.weights.to_dict()
        effective = {}
        for leaf in self.indicators:
            product, code = 1.0, leaf
            while code != ROOT:
                product *= share[code]
                code = self._by_code[code].parent
            effective[leaf] = product
        return pd.Series(effective, name="effective_weight", dtype=float)

    @cached_property
    def directions(self) -> pd.Series:
        """Direction of each indicator, +1 or -1."""
        return pd.Series({code: self._by_code[code].direction for code in self.indicators}, name="direction")

    @cached_property
    def goalposts(self) -> pd.DataFrame:
        """Worst and best value of each indicator; NaN means the sample's own extremes."""
        rows = {code: (self._by_code[code].worst, self._by_code[code].best) for code in self.indicators}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["worst", "best"], dtype=float)

    def names(self, language: Language = "en") -> pd.Series:
        """Return each node's name in one language; if it has none, the name in the other language, or the code.

        Parameters
        ----------
        language : {"en", "zh"}

        Returns
        -------
        Series, code -> name

        Raises
        ------
        InputError
            For another language.
        """
        with Arguments("Framework.names") as check:
            check.choice("language", language, get_args(Language))
        first, second = ("name_en", "name_zh") if language == "en" else ("name_zh", "name_en")
        return pd.Series(
            {node.code: getattr(node, first) or getattr(node, second) or node.code for node in self.nodes}, name="name"
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the tree as the columns of ``framework.csv``, one row per node.

        Returns
        -------
        DataFrame
        """
        return pd.DataFrame([[getattr(node, column) for column in COLUMNS] for node in self.nodes], columns=COLUMNS)

    def with_weights(self, weights: Mapping[str, float] | pd.Series) -> Framework:
        """Return the same tree with new weights for some nodes; siblings count in proportion to their weights.

        Parameters
        ----------
        weights : mapping or Series, code -> positive number

        Returns
        -------
        Framework

        Raises
        ------
        InputError
            For unknown codes and for weights that are not positive.
        """
        with Arguments("with_weights") as check:
            new = given_weights(check, weights, self._by_code)
            for code in sorted(new.keys() - self._by_code.keys(), key=str):
                check.refuse(problems.NO_SUCH_NODE.format(code=code, nearest=nearest(code, self._by_code)))
        return Framework(
            replace(node, weight=float(new[node.code])) if node.code in new else node for node in self.nodes
        )

    def without(self, *codes: str) -> Framework:
        """Return the tree without some nodes, the nodes under them, and the pillars left empty.

        Parameters
        ----------
        *codes : str
            Indicators or pillars.

        Returns
        -------
        Framework

        Raises
        ------
        InputError
            For an unknown code, and if no indicator would be left.
        """
        gone: set[str] = set()
        for code in codes:
            self.node(code)
            gone.update(self.leaves.get(code, (code,)))
        for pillar in (*self.pillars, ROOT):
            if gone.issuperset(self._children[pillar]):
                gone.add(pillar)
        if ROOT in gone:
            raise InputError(problems.NOTHING_LEFT, title=problems.WITHOUT.format(codes=words(codes)))
        return Framework(node for node in self.nodes if node.code not in gone)


def first_level(framework: Framework, code: str) -> str:
    """Return the child of the index that is the node itself or above it."""
    while framework.parent(code) != ROOT:
        code = framework.parent(code)
    return code


def framework_from_records(records: Iterable[Mapping[str, object]]) -> Framework:
    """Return the framework from the records of its `Framework.to_frame`, with None for NaN."""
    return Framework(
        Node(**{key: math.nan if value is None else value for key, value in record.items()})  # type: ignore[arg-type]
        for record in records
    )
