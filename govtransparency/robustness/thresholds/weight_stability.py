"""The range of each weight within which ranks stay as they are."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from govtransparency.errors import InputError
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.pairs import PAIRS, Pairs, moved_weight
from govtransparency.robustness.thresholds.weight_space import WeightSpace, weight_space

__all__ = ["weight_stability"]


def weight_stability(index: Index, keep: str | int = "first", *, node: str | None = ROOT) -> pd.DataFrame:
    """Return how far each weight may move, the others rescaled in proportion, before a place falls.

    Parameters
    ----------
    index : Index
    keep : {"first", "order"} or int
        What must stand: the first unit, the whole order, or who is among the first k. Units tied at the edge are all
        in; a tie that is broken overturns nothing.
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, a row a child
        weight : float, the recipe's; low, high : float, ends of the interval of its weights, 0 to 1, in which nothing
        falls, 0 and 1 themselves where nothing does; low_above, low_below, high_above, high_below : unit, who is
        overtaken by whom beyond each end, missing at 0 and 1; confirmed : bool, whether the recomputed ranking stands
        at both ends and falls just beyond them.

    Raises
    ------
    InputError
        For another `keep`, and where no exact threshold exists.

    Notes
    -----
    Mareschal (1988). On the way of a weight the first two units of different places to meet are neighbours, so the
    whole order needs only neighbours; a set needs every pair across its edge. Unrounded scores decide.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> weight_stability(build_index(table, Recipe(tree)))[["weight", "low", "high"]].round(9).loc["a"].tolist()
    [0.75, 0.5, 1.0]
    """
    space = weight_space(index, node)
    space.refuse_tangled(range(len(space.units)))
    pairs = Pairs(space, *_kept_pairs(space, keep))
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


def _nearest_ends(pairs: Pairs) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return for each child the nearest threshold of any pair, and the pair: below its weight, and above it."""
    m = len(pairs.space.nominal)
    ends = [(np.full(m, np.nan), np.full(m, -1)) for _ in range(2)]
    for start in range(0, len(pairs.above), PAIRS):
        for (best, who), found, sign in zip(
            ends, pairs.some(slice(start, start + PAIRS)).crossings(), (-1, 1), strict=True
        ):
            away = np.where(np.isnan(found), np.inf, sign * found)
            pair = away.argmin(axis=0)
            least = away[pair, np.arange(m)]
            nearer = (least < np.inf) & ~(sign * best <= least)
            best[nearer], who[nearer] = sign * least[nearer], start + pair[nearer]
    return ends


def ranked_pairs(space: WeightSpace) -> tuple[np.ndarray, np.ndarray]:
    """Return the units in the order of the ranking, and their places, which tied units share."""
    order = np.argsort(-space.values(), kind="stable")
    while True:
        leads = Pairs(space, order[:-1], order[1:]).leads(space.nominal)
        wrong = np.flatnonzero(leads < 0)  # nearer to each other than the last digit of their values
        if not len(wrong):
            return order, np.append(0, np.cumsum(leads > 0))
        for place in wrong:
            order[[place, place + 1]] = order[[place + 1, place]]


def _kept_pairs(space: WeightSpace, keep: str | int) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs, upper and lower unit, of which none may swap."""
    (order, place), count = ranked_pairs(space), len(space.units)
    if isinstance(keep, str) and keep == "order":
        blocks = [order[place == number] for number in range(place[-1] + 1)]
        pairs = [np.array(np.meshgrid(*two)).reshape(2, -1) for two in itertools.pairwise(blocks)]
        above, below = np.hstack([np.empty((2, 0), dtype=int), *pairs])
        return above, below
    k = 1 if isinstance(keep, str) and keep == "first" else keep
    if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 1 <= k <= count:
        raise InputError(
            f"keep {keep!r}: expected 'first', 'order' or a whole number from 1 to {count}", title="weight_stability"
        )
    inside = place <= place[k - 1]
    above, below = np.array(np.meshgrid(order[inside], order[~inside])).reshape(2, -1)
    return above, below


def _end_confirmed(pairs: Pairs, place: int, end: float, limit: float, pair: int) -> bool:
    """Return whether the recomputed scores keep every pair at the end of a weight's interval, and not beyond it."""
    space = pairs.space
    at, last = moved_weight(space, [place, place], [end, limit])
    stands = space.scores(at).to_numpy()
    beyond = space.scores(pairs.some(slice(pair, pair + 1)).seen(at, last)).to_numpy()
    kept = (stands[pairs.above] - stands[pairs.below]).min() >= -space.score_noise
    return bool(kept and beyond[pairs.above[pair]] < beyond[pairs.below[pair]])
