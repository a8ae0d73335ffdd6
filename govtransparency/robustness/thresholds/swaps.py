"""The least change of weights that makes two units swap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.index import Index
from govtransparency.nodes import ROOT
from govtransparency.robustness.thresholds.nearest_weights import NORMS, nearest_weights
from govtransparency.robustness.thresholds.pairs import (
    PAIRS,
    Pairs,
    Swap,
    confirmed_pairs,
    confirmed_swap,
    in_order,
    moved_weight,
)
from govtransparency.robustness.thresholds.weight_space import STEP, weight_space
from govtransparency.robustness.thresholds.weight_stability import ranked_pairs
from govtransparency.ties import NEAR

__all__ = ["pairwise_swaps", "weight_to_swap"]


def weight_to_swap(index: Index, a: object, b: object, norm: str = "one", *, node: str | None = ROOT) -> Swap:
    """Return the least change of weights that makes two units swap.

    Parameters
    ----------
    index : Index
    a, b : unit
        In either order.
    norm : {"one", "l1", "l2", "linf"}
        One weight, the others rescaled in proportion; or all of them, the change measured as the sum of the absolute
        changes (twice the weight that moves), the Euclidean length, or the largest change.
    node : str or None
        The node whose children's weights change: ``"index"`` for the pillars; None for the effective weights of all
        indicators.

    Returns
    -------
    Swap
        Infeasible where the upper unit is nowhere below the lower one: no weights then put it below.

    Raises
    ------
    InputError
        For an unknown or unranked unit or norm; where no exact threshold exists (see `docs/thresholds.md`); and, but
        for ``"one"``, for units that lack different children.

    Notes
    -----
    With ``d`` the difference of the two units' terms and ``B = sum_{j != k} w_j d_j / (1 - w_k)``, weight k has its
    threshold at ``t = B / (B - d_k)``. Where a unit lacks a child its score is a ratio in t, and the threshold the
    nearest root of a quadratic. A threshold is where unrounded scores are equal: a rule that rounds ties units earlier.

    `each` has for every child the ``threshold``, the ``change`` to it, and the measure of Triantaphyllou and Sanchez
    (1997): the change of that weight ``alone``, before all are divided by their new sum, and that change ``relative``
    to the weight (1 is 100 %). Both measures name the same weights; only their sizes differ.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> swap = weight_to_swap(build_index(table, Recipe(tree)), "X", "Y")
    >>> swap.weight, round(swap.distance, 9), swap.confirmed
    ('a', 0.25, True)
    """
    if norm not in ("one", *NORMS):
        raise InputError(f"norm {norm!r} is unknown; {nearest(norm, ('one', *NORMS))}", title="weight_to_swap")
    space = weight_space(index, node)
    rows = [space.place(a), space.place(b)]
    if rows[0] == rows[1]:
        raise InputError(f"{a!r} is given twice; two units swap", title="weight_to_swap")
    space.refuse_tangled(rows)
    pair = in_order(space, np.array(rows[:1]), np.array(rows[1:]))
    return _one_weight(pair) if norm == "one" else _all_weights(pair, norm)


def _one_weight(pair: Pairs) -> Swap:
    space, each = pair.space, _each_weight(pair)
    names = space.units[pair.above[0]], space.units[pair.below[0]]
    nominal = space.series(space.nominal)
    if not each["feasible"].any():
        return Swap(*names, "one", space.node, False, np.nan, nominal, each=each)
    place = int(_first_least(each["change"].abs().to_numpy()[None])[0])
    child, weight, threshold = space.children[place], space.nominal[place], float(each["threshold"].iloc[place])
    end = float(threshold > weight)
    if threshold == weight:  # already tied: beyond is where the lower unit gains
        end = float(pair.leads(moved_weight(space, [place], [weight + STEP * (1 - weight)]))[0] < 0)
    at, beyond = moved_weight(space, [place], [threshold])[0], moved_weight(space, [place], [end])[0]
    return confirmed_swap(pair, "one", at, beyond, child, each)


def _each_weight(pair: Pairs) -> pd.DataFrame:
    space, rows = pair.space, []
    for weight, *sides in zip(space.nominal.tolist(), *(side[0].tolist() for side in pair.crossings()), strict=True):
        found = [side for side in sides if not np.isnan(side)]
        threshold = min(found, key=lambda t: abs(t - weight), default=np.nan)
        alone = threshold * (1 - weight) / (1 - threshold) - weight if weight < 1 else np.nan
        rows.append((weight, threshold, threshold - weight, alone, alone / weight, bool(found)))
    columns = ["weight", "threshold", "change", "alone", "relative", "feasible"]
    return pd.DataFrame(rows, index=list(space.children), columns=columns)


def _all_weights(pair: Pairs, norm: str) -> Swap:
    space, above, below = pair.space, int(pair.above[0]), int(pair.below[0])
    names, nominal = (space.units[above], space.units[below]), space.series(space.nominal)
    upper, lower = space.comparable([above, below])
    ahead = upper - lower
    if ahead.min() >= 0:
        return Swap(*names, norm, space.node, False, np.nan, nominal)
    weights = nearest_weights(space.nominal, -ahead[None], norm=norm)
    assert weights is not None
    beyond = np.zeros(len(ahead))
    beyond[int(np.argmin(ahead))] = 1.0
    return confirmed_swap(pair, norm, weights, beyond)


def _first_least(changes: np.ndarray) -> np.ndarray:
    """Return the first column of each row's least change; what differs in the last digits is equal."""
    changes = np.where(np.isnan(changes), np.inf, changes)
    return np.argmax(changes <= changes.min(axis=1, keepdims=True) + NEAR, axis=1)


def pairwise_swaps(index: Index, *, node: str | None = ROOT) -> pd.DataFrame:
    """Return the least change of one weight that swaps each pair of units, as `weight_to_swap` finds it.

    Parameters
    ----------
    index : Index
    node : str or None
        As in `weight_to_swap`.

    Returns
    -------
    DataFrame, a row a pair, in the order of the ranking
        above, below : unit; gap : float, difference of their unrounded scores; weight : str, the child whose weight
        changes, missing where no single weight swaps the pair; nominal, threshold, change : float; feasible and
        confirmed : bool. Confirmed: the lead, computed from whole vectors of weights, has the right sign just before
        and just beyond.

    Raises
    ------
    InputError
        As `weight_to_swap`.

    Examples
    --------
    >>> from govtransparency import Framework, Node, Recipe, build_index
    >>> tree = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index", weight=1)])
    >>> table = pd.DataFrame({"a": [10.0, 0.0], "b": [0.0, 10.0]}, index=["X", "Y"])
    >>> pairwise_swaps(build_index(table, Recipe(tree)))[["above", "below", "weight", "threshold"]].values.tolist()
    [['X', 'Y', 'a', 0.5]]
    """
    space = weight_space(index, node)
    space.refuse_tangled(range(len(space.units)))
    order, _ = ranked_pairs(space)
    first, second = np.triu_indices(len(order), 1)
    above, below = order[first], order[second]
    threshold, child, confirmed = np.full(len(above), np.nan), np.full(len(above), -1), np.zeros(len(above), dtype=bool)
    for start in range(0, len(above), PAIRS):
        some = slice(start, start + PAIRS)
        pairs = in_order(space, above[some], below[some])
        above[some], below[some] = pairs.above, pairs.below
        found = np.stack(pairs.crossings(), axis=2).reshape(len(pairs.above), -1)
        best = _first_least(np.abs(found - np.repeat(space.nominal, 2)))
        threshold[some] = found[np.arange(len(found)), best]
        child[some] = np.where(np.isnan(threshold[some]), -1, best // 2)
        confirmed[some] = confirmed_pairs(pairs, child[some], threshold[some])
    feasible = child >= 0
    scores = index.scores.loc[space.units, ROOT].to_numpy()
    codes = np.array([*space.children, None], dtype=object)
    nominal = np.where(feasible, space.nominal[child], np.nan)
    return pd.DataFrame(
        {
            "above": space.units[above],
            "below": space.units[below],
            "gap": scores[above] - scores[below],
            "weight": codes[child],
            "nominal": nominal,
            "threshold": threshold,
            "change": threshold - nominal,
            "feasible": feasible,
            "confirmed": confirmed,
        }
    )
