"""What becomes of values that are still missing after treatment."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from govtransparency.errors import InputError, nearest
from govtransparency.methods import method_of

Count = Literal["indicators", "children", "weights"]


@dataclass(frozen=True)
class MissingRule:
    """What becomes of values that are still missing; made by `spread_weights`, `require_all` or `missing_score`.

    Attributes
    ----------
    min_coverage : float
        Least coverage of every node that `nodes` does not name.
    nodes : mapping of code to share
        Least coverage of single pillars, or of ``index``.
    count : {"indicators", "children", "weights"}
        What coverage counts.
    score : float or None
        What a missing indicator scores, on the normalised scale; None where it drops out with its weight.
    """

    min_coverage: float
    nodes: Mapping[str, float] = field(default_factory=dict)
    count: Count = "indicators"
    score: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", MappingProxyType({code: float(share) for code, share in self.nodes.items()}))
        problems = [
            f"min_coverage{where} {share:g}: expected a share from 0 to 1"
            for where, share in (
                ("", self.min_coverage),
                *((f" of {code!r}", item) for code, item in self.nodes.items()),
            )
            if not 0 <= share <= 1
        ]
        if self.score is not None and not math.isfinite(self.score):
            problems.append(f"score {self.score!r}: expected a number on the normalised scale")
        if self.count not in get_args(Count):
            problems.append(f"count {self.count!r} is unknown; {nearest(self.count, get_args(Count))}")
        if problems:
            raise InputError(problems, title="spread_weights")

    def __hash__(self) -> int:
        return hash((self.min_coverage, tuple(self.nodes.items()), self.count, self.score))

    def __reduce__(self) -> tuple[Any, ...]:
        return MissingRule, (self.min_coverage, dict(self.nodes), self.count, self.score)

    def required(self, node: str) -> float:
        """Return the least coverage of a pillar or of the index."""
        return self.nodes.get(node, self.min_coverage)

    @property
    def label(self) -> str:
        """The rule in a few words, all that it does otherwise than by default named."""
        shown = [] if self.score is None else [f"score={self.score:g}"]
        shown.append(f"min_coverage={self.min_coverage:g}")
        shown += [f"nodes={dict(self.nodes)}"] if self.nodes else []
        shown += [f"count={self.count}"] if self.count != "indicators" else []
        return ", ".join(shown)

    def to_dict(self) -> dict[str, object]:
        """Return the rule as plain data for ``recipe.json``."""
        data: dict[str, object] = {"method": "spread_weights" if self.score is None else "missing_score"}
        data |= {} if self.score is None else {"score": self.score}
        data["min_coverage"] = self.min_coverage
        data |= {"nodes": dict(self.nodes)} if self.nodes else {}
        return data | ({"count": self.count} if self.count != "indicators" else {})


@method_of("missing")
def spread_weights(
    *, min_coverage: float = 0.65, nodes: Mapping[str, float] | None = None, count: Count = "indicators"
) -> MissingRule:
    """Spread the weight of what a unit lacks over what it has, if it has enough.

    Within each parent, the children present count in proportion to their weights. A pillar, or the index, of which a
    unit has too little gets no score for that unit: a pillar then drops out with its weight, and a unit without an
    index is left out of the ranking, by name and reason.

    Parameters
    ----------
    min_coverage : float, 0 to 1
        Share that must be there. The default is the rule of thumb of the JRC's COIN Tool: 65 % of the data points.
    nodes : mapping of code to share, optional
        Other shares for the pillars named; the code ``index`` is the whole.
    count : {"indicators", "children", "weights"}
        Of what: of all the indicators under the node, each counting once; of the node's own children that have a score;
        or of their weight.

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
    return MissingRule(float(min_coverage), nodes or {}, count)


@method_of("missing")
def require_all() -> MissingRule:
    """Give a score only to units of which nothing is missing: ``spread_weights(min_coverage=1)``.

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
def missing_score(
    *,
    score: float = 0.0,
    min_coverage: float = 0.0,
    nodes: Mapping[str, float] | None = None,
    count: Count = "indicators",
) -> MissingRule:
    """Let a missing indicator count with a fixed score, as where what is not published counts as not done.

    The share that each unit has is still seen in `Index.coverage`.

    Parameters
    ----------
    score : float
        On the normalised scale; 0 is the worst of `min_max`.
    min_coverage, nodes, count
        As in `spread_weights`; without them one value is enough, and with none at all a unit still scores `score`.

    Returns
    -------
    MissingRule

    Raises
    ------
    InputError
        As `spread_weights`.

    Examples
    --------
    >>> missing_score(score=0).score
    0.0
    """
    return MissingRule(float(min_coverage), nodes or {}, count, float(score))
