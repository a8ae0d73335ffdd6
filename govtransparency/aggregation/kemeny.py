"""Kemeny's rule (Condorcet, Kemeny, Young, Levenglick): the order that agrees best with the pairwise comparisons."""

from __future__ import annotations

import itertools
import math
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from govtransparency.aggregation.outranking import margins
from govtransparency.arguments import Arguments
from govtransparency.arrays import counted
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, level_of_reader
from govtransparency.methods import method_of
from govtransparency.texts.problems import aggregation_problems as problems

EQUAL = 1e-9  # of the largest margin: orders whose support differs by less are equally good


@dataclass(frozen=True)
class KemenyOrders:
    """The best orders by Kemeny's rule.

    Attributes
    ----------
    places : DataFrame, unit x order
        Place in each of the optimal orders, up to the limit; 1 is the best. Units that are tied with each other and
        have the same margins over every other unit share their mean place and do not count as several orders.
    mean_place : Series, unit -> place
        Mean over all optimal orders found; NaN for a unit without any score.
    support : float
        Sum of ``e_jk`` over all pairs in that order (see `outranking_matrix`).
    count : int
        The number of optimal orders, or of those found up to the limit.
    complete : bool
        Whether all optimal orders were found.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 2.0], "c": [2.0, 3.0, 1.0]}, index=["X", "Y", "Z"])
    >>> found = kemeny_orders(table, pd.Series({"a": 1, "b": 1, "c": 1}))
    >>> found.places[1].to_dict(), found.unique
    ({'X': 3.0, 'Y': 1.0, 'Z': 2.0}, True)
    """

    places: pd.DataFrame
    mean_place: pd.Series
    support: float
    count: int
    complete: bool

    @property
    def unique(self) -> bool:
        """Whether there is only one optimal order."""
        return self.complete and self.count == 1


@method_of("aggregate")
@checked
def kemeny(scores: pd.DataFrame, weights: pd.Series, *, limit: int = 20, time_limit: float = 60.0) -> pd.Series:
    """Kemeny's rule: the order of the units that agrees best with the pairwise comparisons.

    ``S = n - place`` in the optimal order, or the mean over all optimal orders (Handbook step 6, the C-K-Y-L procedure;
    Young 1988). Only the order within each child counts, and the score of a unit depends on who else is in the sample.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better. A pair is compared on the children that both units have; equal scores support each
        order by half.
    weights : Series, child -> weight
    limit, time_limit
        As in `kemeny_orders`.

    Returns
    -------
    Series, unit -> score, 0 to n - 1.

    Raises
    ------
    InputError
        For an option out of its range; if the optimum is not found in time, as with far more than 60 units in one
        circle of preferences.

    Warns
    -----
    UserWarning
        If there are several optimal orders, which is common in small samples: units then have their mean place.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 3.0, 2.0], "c": [2.0, 3.0, 1.0]}, index=["X", "Y", "Z"])
    >>> kemeny(table, pd.Series({"a": 1, "b": 1, "c": 1})).to_dict()
    {'X': 0.0, 'Y': 2.0, 'Z': 1.0}
    """
    found = kemeny_orders(scores, weights, limit=limit, time_limit=time_limit)
    if not found.unique:
        warning = problems.SEVERAL_ORDERS["all" if found.complete else "some"].format(count=found.count)
        warnings.warn(str(warning), stacklevel=level_of_reader())
    return found.mean_place.count() - found.mean_place


@checked
def kemeny_orders(
    scores: pd.DataFrame, weights: pd.Series, *, limit: int = 20, time_limit: float = 60.0
) -> KemenyOrders:
    """Find all optimal orders by Kemeny's rule, up to a limit.

    Maximises ``sum e_jk`` over ordered pairs, exactly: units are divided into groups each of which beats all later
    groups (Truchon's extended Condorcet criterion); within a group, a mixed-integer programme finds the order, with a
    variable for each pair and ``0 <= x_ab + x_bc - x_ac <= 1`` for each triple (Conitzer, Davenport and Kalagnanam
    2006).

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers, more is better.
    weights : Series, child -> weight
    limit : int
        How many optimal orders to look for within a group, and to return in `places`; at least 1.
    time_limit : float
        Seconds for one such programme.

    Returns
    -------
    KemenyOrders

    Raises
    ------
    InputError
        For an option out of its range; if the optimum is not found in time.

    Examples
    --------
    >>> circle = pd.DataFrame({"a": [3.0, 2.0, 1.0], "b": [1.0, 3.0, 2.0], "c": [2.0, 1.0, 3.0]}, index=["X", "Y", "Z"])
    >>> kemeny_orders(circle, pd.Series({"a": 1, "b": 1, "c": 1})).count
    3
    """
    with Arguments("kemeny") as check:
        check.count("limit", limit)
        if time_limit != math.inf:
            check.number("time_limit", time_limit, low=0, closed=(False, True))
    scored = scores[counted(scores, weights)[0].notna().any(axis=1)]
    margin = margins(scored, weights)
    ties = _tied_units(margin)
    size = np.array([len(group) for group in ties])
    heads = [group[0] for group in ties]
    between = margin[np.ix_(heads, heads)] * np.outer(size, size)
    optima: list[list[np.ndarray]] = []  # the optimal orders of each block, as places of all units, 0 outside the block
    ahead, complete = 0, True
    for block in _blocks(between):
        orders, all_found = _optimal_orders(between[np.ix_(block, block)], limit, time_limit)
        optima.append([_places([ties[block[item]] for item in order], ahead, len(margin)) for order in orders])
        complete &= all_found
        ahead += int(size[block].sum())
    shown = itertools.islice(itertools.product(*optima), limit)
    places = np.column_stack([np.sum(order, axis=0) for order in shown]) if len(margin) else np.zeros((0, 1))
    mean = np.sum([np.mean(orders, axis=0) for orders in optima], axis=0)
    first = places[:, 0]
    support = (len(margin) * (len(margin) - 1) / 2 + np.sum(margin * (first[:, None] < first[None, :]))) / 2
    return KemenyOrders(
        pd.DataFrame(places, index=scored.index, columns=range(1, places.shape[1] + 1)),
        pd.Series(mean, index=scored.index, dtype=float).reindex(scores.index),
        float(support),
        math.prod(len(orders) for orders in optima),
        complete,
    )


def _places(order: list[list[int]], ahead: int, n: int) -> np.ndarray:
    """Return the places of the units in the order of the groups, which follow `ahead` other units."""
    places = np.zeros(n)
    for group in order:
        places[group] = ahead + (len(group) + 1) / 2
        ahead += len(group)
    return places


def _tied_units(margin: np.ndarray) -> list[list[int]]:
    """Group units that are tied with each other and have the same margins over every other unit."""
    groups: list[list[int]] = []
    for unit, row in enumerate(margin):
        for group in groups:
            if np.abs(row - margin[group[0]]).max(initial=0.0) < EQUAL:
                group.append(unit)
                break
        else:
            groups.append([unit])
    return groups


def _blocks(margin: np.ndarray) -> list[list[int]]:
    """Divide the units into blocks each of which beats all later ones, pair by pair."""
    from scipy.sparse.csgraph import connected_components

    if not len(margin):
        return []
    _, block = connected_components(margin >= -EQUAL, connection="strong")
    apart = block[:, None] != block[None, :]
    beaten = ((margin > 0) & apart).sum(axis=1)
    members = [np.flatnonzero(block == label).tolist() for label in np.unique(block)]
    return sorted(members, key=lambda group: -beaten[group[0]])


def _optimal_orders(margin: np.ndarray, limit: int, time_limit: float) -> tuple[list[list[int]], bool]:
    """Return the optimal orders of one block, and whether all were found."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, vstack

    n = len(margin)
    if n == 1:
        return [[0]], True
    first, second = np.triu_indices(n, 1)
    column = np.zeros((n, n), dtype=int)
    column[first, second] = np.arange(len(first))
    gain = margin[first, second]
    scale = 1000 / max(np.abs(gain).max(), 1e-300) if np.abs(gain).max() > 0 else 1.0
    triples = np.array(list(itertools.combinations(range(n), 3)), dtype=int).reshape(-1, 3)
    rows = np.arange(len(triples))
    a, b, c = triples.T
    cells = (np.concatenate([rows, rows, rows]), np.concatenate([column[a, b], column[b, c], column[a, c]]))
    values = np.repeat([1.0, 1.0, -1.0], len(triples))
    matrix = coo_array((values, cells), shape=(len(triples), len(first))).tocsr()
    lower, upper = np.zeros(len(triples)), np.ones(len(triples))
    orders: list[list[int]] = []
    best = -np.inf
    while True:
        constraints = [LinearConstraint(matrix, lower, upper)] if matrix.shape[0] else []
        found = milp(
            -gain * scale,
            integrality=np.ones(len(gain)),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "time_limit": time_limit},
        )
        if found.status == 2:
            return orders, True
        if found.status != 0:
            raise InputError(problems.NO_PROVEN_OPTIMUM.format(count=n, seconds=f"{time_limit:g}"), title="kemeny")
        ahead = np.rint(found.x)
        value = float(gain @ ahead)
        if orders and value < best - EQUAL * max(np.abs(gain).max(), 1e-300):
            return orders, True
        if len(orders) == limit:
            return orders, False
        best = max(best, value)
        wins = np.zeros(n)
        np.add.at(wins, first, ahead)
        np.add.at(wins, second, 1 - ahead)
        orders.append(np.argsort(-wins, kind="stable").tolist())
        cut = coo_array(np.where(ahead > 0, -1.0, 1.0)[None, :]).tocsr()  # at least one pair must change its order
        matrix = vstack([matrix, cut]).tocsr()
        lower, upper = np.append(lower, 1 - ahead.sum()), np.append(upper, np.inf)
