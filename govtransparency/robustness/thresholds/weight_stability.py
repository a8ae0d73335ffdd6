"""The range of each weight within which ranks stay as they are."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_whole
from govtransparency.checked_calls import checked
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.pair_leads import PairLeads, ranking_order
from govtransparency.robustness.thresholds.threshold_arguments import check_node
from govtransparency.robustness.thresholds.weight_space import WeightSpace, batches, weight_space
from govtransparency.texts.problems import threshold_problems as problems

if TYPE_CHECKING:
    from govtransparency.index import Index

__all__ = ["weight_stability"]

Keep = Literal["first", "order"] | int


@checked
def weight_stability(index: Index, keep: Keep = "first", *, node: str | None = ROOT) -> pd.DataFrame:
    """Return how far each weight may move, the others rescaled in proportion, before the ranking changes.

    Parameters
    ----------
    index : Index
    keep : {"first", "order"} or int
        What must stay as it is: the first unit, the whole order, or which units are among the first k. Units tied at
        the edge all count as among the first k; breaking a tie is not a change.
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, one row per child
        weight : float, the recipe's. low, high : float, ends of the interval of the weight, within 0 to 1, in which
        nothing changes. low_above, low_below, high_above, high_below : unit, the unit overtaken beyond each end and the
        one that overtakes it; missing where the end is 0 or 1. confirmed : bool, whether the recomputed ranking is
        unchanged at both ends and changed just beyond them.

    Raises
    ------
    InputError
        For another `keep`, a node without children, and where no exact threshold exists.

    Notes
    -----
    Mareschal (1988, doi:10.1016/0377-2217(88)90254-8). As a weight moves, the first two units of different places to
    meet are neighbours, so the whole order needs only neighbours; a set needs every pair across its edge. Unrounded
    scores decide.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> weight_stability(build_index(table, Recipe(tree)))[["weight", "low", "high"]].round(9).loc["a"].tolist()
    [0.75, 0.5, 1.0]
    """
    with Arguments("weight_stability") as check:
        check_node(check, index, node)
        count = int(index.ranks.notna().sum())
        known = keep in ("first", "order") if isinstance(keep, str) else is_whole(keep) and 1 <= keep <= count
        if not known:
            check.expect("keep", keep, problems.KEEP.format(count=count))
    space = weight_space(index, node)
    space.refuse_not_linear()
    pairs = PairLeads(space, *_kept_pairs(space, keep))
    nearest = _nearest_ends(pairs)
    rows = []
    for place, weight in enumerate(space.nominal.tolist()):
        ends, who, confirmed = [], [], True
        for limit, (found, pair) in zip(
            (0.0, 1.0), [(side[place], pair[place]) for side, pair in nearest], strict=True
        ):
            if np.isnan(found):
                ends.append(limit)
                who += [None, None]
                continue
            ends.append(float(found))
            who += [space.units[pairs.above[pair]], space.units[pairs.below[pair]]]
            confirmed &= _end_confirmed(pairs, place, ends[-1], limit, pair)
        rows.append((weight, *ends, *who, confirmed))
    columns = ["weight", "low", "high", "low_above", "low_below", "high_above", "high_below", "confirmed"]
    types = dict.fromkeys(columns[:3], float) | {"confirmed": bool}
    return pd.DataFrame(rows, index=list(space.children), columns=columns, dtype=object).astype(types)


def _nearest_ends(pairs: PairLeads) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the nearest threshold of any pair below each weight, and the pair; and the same above each weight."""
    m = len(pairs.space.nominal)
    ends = [(np.full(m, np.nan), np.full(m, -1)) for _ in range(2)]
    for batch in batches(len(pairs.above)):
        for (best, who), found, sign in zip(ends, pairs.subset(batch).crossings(), (-1, 1), strict=True):
            away = np.where(np.isnan(found), np.inf, sign * found)
            pair = away.argmin(axis=0)
            least = away[pair, np.arange(m)]
            nearer = (least < np.inf) & ~(sign * best <= least)
            best[nearer], who[nearer] = sign * least[nearer], batch.start + pair[nearer]
    return ends


def _kept_pairs(space: WeightSpace, keep: Keep) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs of units, upper and lower, none of which may swap."""
    order, place = ranking_order(space)
    if keep == "order":
        blocks = [order[place == number] for number in range(place[-1] + 1)]
        pairs = [np.array(np.meshgrid(*two)).reshape(2, -1) for two in itertools.pairwise(blocks)]
        above, below = np.hstack([np.empty((2, 0), dtype=int), *pairs])
        return above, below
    k = 1 if isinstance(keep, str) else keep
    inside = place <= place[k - 1]
    above, below = np.array(np.meshgrid(order[inside], order[~inside])).reshape(2, -1)
    return above, below


def _end_confirmed(pairs: PairLeads, place: int, end: float, limit: float, pair: int) -> bool:
    """Return whether the recomputed scores keep every pair at the end of a weight's interval, and not beyond it."""
    space = pairs.space
    at, last = space.with_one_changed([place, place], [end, limit])
    scores = space.scores(at).to_numpy()
    beyond = space.scores(pairs.subset([pair]).just_beyond(at, last)).to_numpy()
    kept = (scores[pairs.above] - scores[pairs.below]).min() >= -space.score_noise
    return bool(kept and beyond[pairs.above[pair]] < beyond[pairs.below[pair]])
