"""Rules for values that are still missing after treatment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.methods import method_of
from govtransparency.texts.problems import treatment_problems as problems

Count = Literal["indicators", "children", "weights"]


@dataclass(frozen=True)
class MissingRule:
    """A rule for values that are still missing; made by `spread_weights` and its like.

    Attributes
    ----------
    min_coverage : float, 0 to 1
        Least coverage of every node that `nodes` does not name.
    nodes : mapping of code to share
        Least coverage of single pillars, or of ``index``.
    count : {"indicators", "children", "weights"}
        What coverage counts.
    score : float or None
        The score of a missing indicator, on the normalised scale; None where it drops out with its weight.
    equal : bool
        Whether the weight of what is missing goes to the siblings in equal shares, not in proportion to their weights.

    Raises
    ------
    InputError
        For a share outside 0 to 1, an unknown `count`, and a score that is not finite.
    """

    min_coverage: float
    nodes: Mapping[str, float] = field(default_factory=dict)
    count: Count = "indicators"
    score: float | None = None
    equal: bool = False

    def __post_init__(self) -> None:
        with Arguments(self.method) as check:
            nodes = self.nodes if isinstance(self.nodes, Mapping) else {}
            if nodes is not self.nodes:
                check.expect("nodes", self.nodes, problems.NODES)
            checked = {
                "min_coverage": check.share("min_coverage", self.min_coverage),
                "nodes": MappingProxyType({code: check.share(f"nodes[{code!r}]", nodes[code]) for code in nodes}),
                "count": check.choice("count", self.count, get_args(Count)),
                "score": None if self.score is None else check.number("score", self.score),
            }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def __hash__(self) -> int:
        return hash((self.min_coverage, tuple(self.nodes.items()), self.count, self.score, self.equal))

    def __reduce__(self) -> tuple[Any, ...]:
        return MissingRule, (self.min_coverage, dict(self.nodes), self.count, self.score, self.equal)

    @property
    def method(self) -> str:
        """The name of the function that makes such a rule."""
        if self.equal:
            return "equal_shares"
        return "spread_weights" if self.score is None else "missing_score"

    def required(self, node: str) -> float:
        """Return the least coverage of a pillar or of the index."""
        return self.nodes.get(node, self.min_coverage)

    @property
    def label(self) -> str:
        """The rule in a few words: its least coverage, and every option that differs from the default."""
        shown = ["equal shares"] if self.equal else [] if self.score is None else [f"score={self.score:g}"]
        shown.append(f"min_coverage={self.min_coverage:g}")
        shown += [f"nodes={dict(self.nodes)}"] if self.nodes else []
        shown += [f"count={self.count}"] if self.count != "indicators" else []
        return ", ".join(shown)

    def to_dict(self) -> dict[str, object]:
        """Return the rule as plain data for ``recipe.json``."""
        data: dict[str, object] = {"method": self.method}
        data |= {} if self.score is None else {"score": self.score}
        data["min_coverage"] = self.min_coverage
        data |= {"nodes": dict(self.nodes)} if self.nodes else {}
        return data | {"count": self.count}


@method_of("missing")
@checked
def spread_weights(
    *, min_coverage: float = 0.65, nodes: Mapping[str, float] | None = None, count: Count = "indicators"
) -> MissingRule:
    """Spread the weight of missing indicators over those present, if a unit has enough of them.

    Within each parent, the children present count in proportion to their weights. If a unit has too little of a pillar,
    or of the index, it gets no score there: the pillar drops out with its weight, and a unit without an index is left
    out of the ranking and listed with the reason.

    Parameters
    ----------
    min_coverage : float, 0 to 1
        Least share that must be present. The default is the rule of thumb of the JRC's COIN Tool: 65 % of the data.
    nodes : mapping of code to share, optional
        Other shares for single pillars; the code ``index`` means the whole index.
    count : {"indicators", "children", "weights"}
        What the share is of: all indicators under the node, each counting once; the node's own children, those with a
        score counting; or the weights of those children.

    Returns
    -------
    MissingRule

    Raises
    ------
    InputError
        For a share outside 0 to 1, and an unknown `count`.

    Notes
    -----
    Leaving a value out of a mean amounts to imputing the unit's own mean of the siblings present (Handbook step 3).

    Examples
    --------
    >>> spread_weights(min_coverage=0.5, nodes={"index": 0.75}).required("index")
    0.75
    """
    return MissingRule(min_coverage, nodes or {}, count)


@method_of("missing")
@checked
def equal_shares(
    *, min_coverage: float = 0.65, nodes: Mapping[str, float] | None = None, count: Count = "indicators"
) -> MissingRule:
    """Divide the weight of what is missing equally among those present, if a unit has enough of them.

    As `spread_weights`, except that within each parent every child present gets the same share of a missing child's
    weight, however much it weighs itself: to rebuild an index whose publisher does so.

    Parameters
    ----------
    min_coverage, nodes, count
        As in `spread_weights`.

    Returns
    -------
    MissingRule
        For recipes that aggregate by quasi-arithmetic means and sums alone.

    Raises
    ------
    InputError
        As `spread_weights`.

    Notes
    -----
    It amounts to imputing the plain mean of the siblings present, whatever their weights; `spread_weights` amounts to
    imputing their weighted mean.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index, spread_weights
    >>> import pandas as pd
    >>> ends = {"worst": 0, "best": 100}
    >>> weights = {"a": 4, "b": 1, "c": 1}
    >>> tree = Framework([Node("index", ""), *(Node(code, "index", weight=w, **ends) for code, w in weights.items())])
    >>> table = pd.DataFrame({"a": [90.0, 1.0], "b": [30.0, 1.0], "c": [None, 1.0]}, index=["X", "Y"])
    >>> [float(build_index(table, Recipe(tree, missing=rule())).scores.at["X", "index"])
    ...  for rule in (spread_weights, equal_shares)]
    [78.0, 75.0]
    """
    return MissingRule(min_coverage, nodes or {}, count, equal=True)


@method_of("missing")
@checked
def require_all() -> MissingRule:
    """Give a score only to units without missing values: ``spread_weights(min_coverage=1)``.

    Returns
    -------
    MissingRule

    Examples
    --------
    >>> require_all().min_coverage
    1.0
    """
    return MissingRule(1.0)


@method_of("missing")
@checked
def missing_score(
    *,
    score: float = 0.0,
    min_coverage: float = 0.0,
    nodes: Mapping[str, float] | None = None,
    count: Count = "indicators",
) -> MissingRule:
    """Give a missing indicator a fixed score, for example where what is not published counts as not done.

    `Index.coverage` still shows the share of values that each unit has.

    Parameters
    ----------
    score : float
        On the normalised scale; 0 is the worst of `min_max`.
    min_coverage, nodes, count
        As in `spread_weights`. By default no coverage is required: a unit without any value has the score `score`.

    Returns
    -------
    MissingRule

    Raises
    ------
    InputError
        As `spread_weights`, and for a score that is not finite.

    Examples
    --------
    >>> missing_score(score=0).score
    0.0
    """
    return MissingRule(min_coverage, nodes or {}, count, score)
