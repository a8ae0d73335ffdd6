"""The Choquet integral: a weighted mean of children that support or repeat one another."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import floats, ordered_weights
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.methods import method_of
from govtransparency.texts.bilingual import quoted, words
from govtransparency.texts.problems import aggregation_problems as problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.texts.bilingual import Text

MOST_CHILDREN = 12  # with a general capacity, which has 2^m values


@method_of("aggregate")
@checked
def choquet(
    scores: pd.DataFrame,
    weights: pd.Series,
    *,
    interaction: Sequence[tuple[str, str, float]] | None = None,
    capacity: Sequence[tuple[Sequence[str], float]] | None = None,
) -> pd.Series:
    """Choquet integral: a weighted mean whose children may support or repeat one another.

    ``S = sum over sets A of m(A) min of I over A``, with m the Moebius transform of the capacity (Grabisch 1996,
    European Journal of Operational Research 89). Two ways to give the capacity:

    - `interaction`: a 2-additive one, with the children's weights as their Shapley values: ``m({i}) = w_i - 1/2 sum_j
      I_ij`` and ``m({i, j}) = I_ij`` (Grabisch 1997, Fuzzy Sets and Systems 92). Positive: the two support each other,
      so one good score without the other is worth less; negative: they repeat each other.
    - `capacity`: the value of every set of children, from 0 for none to 1 for all; the weights are then not used.

    Parameters
    ----------
    scores : DataFrame, units x children
        Any numbers on a common scale; zeros are ordinary scores.
    weights : Series, child -> weight
    interaction : sequence of (child, child, float)
        Pairs left out have 0; without any pair it is the arithmetic mean.
    capacity : sequence of (children, float)
        For each non-empty set except the whole, at most 12 children.

    Returns
    -------
    Series, unit -> score, within the range of the unit's scores.
        For a unit with missing children, the capacity is divided by its value for the children present.

    Raises
    ------
    InputError
        Naming unknown children, sets without a value, and sets whose capacity decreases as a child is added.

    Examples
    --------
    >>> table, equal = pd.DataFrame({"a": [2.0, 6.0], "b": [10.0, 6.0]}, index=["X", "Y"]), pd.Series({"a": 1, "b": 1})
    >>> choquet(table, equal, interaction=[("a", "b", 0.5)]).to_dict()
    {'X': 4.0, 'Y': 6.0}
    >>> choquet(table, equal, capacity=[(["a"], 0.3), (["b"], 0.3)]).round(9).to_dict()
    {'X': 4.4, 'Y': 6.0}
    """
    children = tuple(scores.columns)
    with Arguments("choquet") as check:
        if interaction is not None and capacity is not None:
            check.refuse(problems.NOT_BOTH)
        pairs = _interactions(check, interaction, children)
        capacities = _capacities(check, capacity, children)
    w = ordered_weights(scores, weights)
    w = w / w.sum()
    x = floats(scores)
    if not w.all():
        x = np.where(w > 0, x, np.nan)  # a child of weight 0 is one that every unit lacks
    terms = _two_additive(pairs, w, children) if capacity is None else _moebius(capacities, children)
    total, mass = np.zeros(len(x)), np.zeros(len(x))
    for positions, worth in terms.items():
        least = x[:, list(positions)].min(axis=1)
        present = ~np.isnan(least)
        total += np.where(present, worth * least, 0.0)
        mass += np.where(present, worth, 0.0)
    if (bare := (mass <= 1e-12) & ~np.isnan(x).all(axis=1)).any():
        raise InputError(problems.NO_WORTH.format(units=quoted(scores.index[bare])), title="choquet")
    with np.errstate(invalid="ignore"):
        return pd.Series(total / np.where(mass > 1e-12, mass, np.nan), index=scores.index)


def _interactions(
    check: Arguments, interaction: Sequence[tuple[str, str, float]] | None, children: Sequence[str]
) -> dict[tuple[int, int], float]:
    """Return the interactions by the positions of the two children; what is wrong is added to the check."""
    pairs: dict[tuple[int, int], float] = {}
    try:
        given = [(first, second, float(value)) for first, second, value in interaction or ()]
    except (TypeError, ValueError):
        check.expect("interaction", interaction, problems.INTERACTION)
        return pairs
    if _unknown_children(check, [code for first, second, _ in given for code in (first, second)], children):
        return pairs
    for first, second, value in given:
        low, high = sorted((children.index(first), children.index(second)))
        if low == high or (low, high) in pairs:
            check.refuse(problems.INTERACTION_PAIR.format(first=first, second=second))
        pairs[low, high] = value
    return pairs


def _capacities(
    check: Arguments, capacity: Sequence[tuple[Sequence[str], float]] | None, children: Sequence[str]
) -> dict[frozenset[int], float]:
    """Return the capacity of each set of positions of children; what is wrong is added to the check."""
    if capacity is None:
        return {}
    try:
        given = [(list(codes), float(value)) for codes, value in capacity]
    except (TypeError, ValueError):
        check.expect("capacity", capacity, problems.CAPACITY)
        return {}
    if len(children) > MOST_CHILDREN:
        check.refuse(problems.TOO_MANY_SETS.format(count=len(children), sets=2 ** len(children)))
        return {}
    if _unknown_children(check, [code for codes, _ in given for code in codes], children):
        return {}
    worth = {frozenset(children.index(code) for code in codes): value for codes, value in given}
    worth = {frozenset(): 0.0, frozenset(range(len(children))): 1.0} | worth
    _check_capacity(check, worth, children)
    return worth


def _check_capacity(check: Arguments, worth: dict[frozenset[int], float], children: Sequence[str]) -> None:
    """Check that every set has a value, that of all children is 1, and that no added child decreases it."""

    def name(s: frozenset[int]) -> Text:
        return problems.CHILDREN_SET.format(codes=words(children[place] for place in sorted(s)))

    sets = _all_sets(len(children))
    for s in sets:
        if s not in worth:
            check.refuse(problems.CAPACITY_MISSING.format(children=name(s)))
    if worth[sets[-1]] != 1:
        check.refuse(problems.CAPACITY_OF_ALL.format(value=f"{worth[sets[-1]]:g}"))
    if check.problems:
        return
    for s in sets:
        for place in sorted(s):
            less = s - {place}
            if worth[s] < worth[less] - 1e-12:
                check.refuse(
                    problems.CAPACITY_FALLS.format(
                        children=name(s), value=f"{worth[s]:g}", less=f"{worth[less]:g}", part=name(less)
                    )
                )


def _unknown_children(check: Arguments, codes: Sequence[str], children: Sequence[str]) -> bool:
    unknown = [code for code in dict.fromkeys(codes) if code not in children]
    for code in unknown:
        check.refuse(problems.UNKNOWN_CHILD.format(code=code, nearest=nearest(code, children)))
    return bool(unknown)


def _two_additive(
    pairs: dict[tuple[int, int], float], w: np.ndarray, children: Sequence[str]
) -> dict[tuple[int, ...], float]:
    """Return the Moebius transform of the 2-additive capacity with these weights and interactions."""
    single: dict[tuple[int, ...], float] = {}
    with Arguments("choquet") as check:
        for position, child in enumerate(children):
            others = [value for pair, value in pairs.items() if position in pair]
            total = sum(map(abs, others))
            if w[position] < total / 2 - 1e-12:
                check.refuse(
                    problems.INTERACTION_TOO_LARGE.format(child=child, total=f"{total:g}", weight=f"{w[position]:g}")
                )
            single[position,] = float(w[position] - sum(others) / 2)
    return single | pairs


def _moebius(worth: dict[frozenset[int], float], children: Sequence[str]) -> dict[tuple[int, ...], float]:
    """Return the Moebius transform of a capacity."""
    return {
        tuple(sorted(s)): sum(
            (-1) ** (len(s) - size) * worth[frozenset(part)]
            for size in range(len(s) + 1)
            for part in itertools.combinations(sorted(s), size)
        )
        for s in _all_sets(len(children))[1:]
    }


@cache
def _all_sets(count: int) -> tuple[frozenset[int], ...]:
    """Return all sets of positions of children, the empty set first and the set of all last."""
    return tuple(frozenset(s) for size in range(count + 1) for s in itertools.combinations(range(count), size))
