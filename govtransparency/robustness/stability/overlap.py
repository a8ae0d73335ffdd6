"""How far two rankings share their top: rank-biased overlap, with ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.arrays import are_numbers, floats
from govtransparency.checked_calls import checked
from govtransparency.texts.bilingual import quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import stability_problems as problems
from govtransparency.ties import snapped

__all__ = ["overlap_at_depths", "overlap_of_orders", "rank_biased_overlap"]

Ties = Literal["a", "b", "w"]
Ranking: TypeAlias = pd.Series | Mapping[Any, float] | Sequence[Any]
Places = dict[Hashable, tuple[int, int]]  # item -> (items ahead of it, items tied with it and itself)


@checked
def rank_biased_overlap(a: Ranking, b: Ranking, *, p: float = 0.9, ties: Ties = "a") -> float:
    """Return the rank-biased overlap of two rankings, extrapolated: agreement that counts more near the top.

    ``(1 - p)/p sum_{d=1..l} A_d p^d + A_l p^l``: the mean of the agreement ``A_d`` of the first d places, d drawn from
    a geometric distribution, the agreement at the end of the lists, l places deep, assumed to continue. A reader who
    goes from one place to the next with probability `p` looks at ``1/(1 - p)`` places on average; with p = 0.9 the
    first ten carry 86 % of the weight.

    Parameters
    ----------
    a, b : Series or mapping, unit -> rank (1 = best); or sequence of units, best first, tied units as a set
        They need not hold the same units, nor as many. A missing rank means that the ranking leaves the unit out.
    p : float, between 0 and 1
    ties : {"a", "b", "w"}
        ``"a"`` takes the order of tied units as unknown and averages over the orders; ``"b"`` also corrects for the
        information lost to ties, so that a ranking with ties agrees fully with itself; ``"w"`` lets tied units share
        the place.

    Returns
    -------
    float
        0 for nothing in common, 1 for the same ranking. Equal lists give 1, unlike the truncated sum.

    Raises
    ------
    InputError
        For an empty ranking, a duplicate unit, and options outside their range.

    Notes
    -----
    Webber, W., Moffat, A. and Zobel, J. (2010), A similarity measure for indefinite rankings, ACM Transactions on
    Information Systems 28(4), for RBO and its extrapolation; Corsi, M. and Urbano, J. (2024), The treatment of ties in
    rank-biased overlap, SIGIR '24, for the three variants and for lists of different length.

    Examples
    --------
    >>> round(rank_biased_overlap([1, 2, 3, 4, 5, 6, 7, 8, 0, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]), 5)
    0.99522
    >>> round(rank_biased_overlap(["x", "y", "z"], ["z", "y", "x"], p=0.5), 4)
    0.375
    """
    with Arguments("rank_biased_overlap") as check:
        check.share("p", p, closed=(False, False), example=0.9)
        check.choice("ties", ties, get_args(Ties))
        groups = [_groups(check, "a", a), _groups(check, "b", b)]
    short, long = sorted(map(_places, groups), key=len)
    items = [*short, *(item for item in long if item not in short)]
    s, depth = len(short), np.arange(1, len(long) + 1)
    in_short, in_long = _contributions(short, items, depth, ties), _contributions(long, items, depth, ties)
    shared = np.sum(in_short * in_long, axis=0)
    if len(long) > s:
        # below its end the short list is assumed to agree with the long one as at its last place
        agreement = shared[s - 1] / _scale(in_short, in_long, depth, s, ties)[s - 1]
        unseen = in_long[s:, s:]
        shared[s:] += (depth[s:] - s) * agreement * unseen.sum(axis=0) / (unseen > 0).sum(axis=0)
        last = (np.sum(in_short * in_long, axis=0)[-1] + (len(long) - s) * agreement) / len(long)
    else:
        last = shared[-1] / len(long)
    agreement_at = shared / _scale(in_short, in_long, depth, s, ties)
    return float((1 - p) / p * np.sum(agreement_at * p**depth) + last * p ** len(long))


def _scale(in_short: np.ndarray, in_long: np.ndarray, depth: np.ndarray, s: int, ties: Ties) -> np.ndarray:
    """Return what the shared items of each depth are divided by."""
    if ties == "a":
        return depth.astype(float)
    power = 1 if ties == "w" else 2
    of_short, of_long = np.sum(in_short**power, axis=0), np.sum(in_long**power, axis=0)
    of_short[s:] = depth[s:]
    return (of_short + of_long) / 2 if ties == "w" else np.sqrt(of_short * of_long)


def _contributions(places: Places, items: list[Hashable], depth: np.ndarray, ties: Ties) -> np.ndarray:
    """Return how far each item counts among the first d of the list: items x depths."""
    found = np.array([places.get(item, (np.inf, 1)) for item in items], dtype=float)
    reached = depth - found[:, :1]
    return (reached > 0).astype(float) if ties == "w" else np.clip(reached / found[:, 1:], 0, 1)


def _groups(check: Arguments, name: str, ranking: Any) -> list[Collection[Hashable]]:
    """Return the units of a ranking, best first, tied ones together; refuse what is not a ranking."""
    groups: list[Collection[Hashable]]
    if isinstance(ranking, Mapping):
        ranking = pd.Series(ranking)
    if isinstance(ranking, pd.Series):
        ranks = ranking.dropna()
        if not are_numbers(ranks):
            check.expect(name, ranking, problems.RANKING)
            return []
        groups = [list(part.index) for _, part in ranks.groupby(snapped(floats(ranks)), sort=True)]
    elif isinstance(ranking, (pd.DataFrame, str)) or not isinstance(ranking, Iterable):
        check.expect(name, ranking, problems.RANKING)
        return []
    else:
        groups = [item if isinstance(item, (set, frozenset)) else (item,) for item in ranking]
        if not all(isinstance(item, Hashable) for group in groups for item in group):
            check.expect(name, ranking, problems.RANKING)
            return []
    counts = Counter(item for group in groups for item in group)
    if twice := [item for item, count in counts.items() if count > 1]:
        check.refuse(argument_problems.DUPLICATE.format(name=name, values=quoted(twice)))
    if not groups:
        check.refuse(problems.EMPTY_RANKING.format(name=name))
    return groups


def _places(groups: list[Collection[Hashable]]) -> Places:
    """Return how many units are ahead of each unit, and how many are tied with it including itself."""
    places: Places = {}
    ahead = 0
    for group in groups:
        places |= dict.fromkeys(group, (ahead, len(group)))
        ahead += len(group)
    return places


def overlap_at_depths(
    ahead_a: np.ndarray, tied_a: np.ndarray, ahead_b: np.ndarray, tied_b: np.ndarray, count: np.ndarray, *, p: float
) -> np.ndarray:
    """Return RBO (ties averaged) of many pairs of rankings of the same n items, for resampling.

    Parameters
    ----------
    ahead_a, tied_a, ahead_b, tied_b : ndarray, pairs x units
        Items ahead of each unit, and items tied with it including itself.
    count : ndarray, pairs x units
        How often the unit is in the resample; every row sums to n.
    p : float

    Returns
    -------
    ndarray, one value per pair
    """
    n = int(count[0].sum())
    depth, weight = _depths(n, p)
    deep = len(depth)
    values = np.empty(len(count))
    rows = max(1, 2_000_000 // (count.shape[1] * deep))
    for start in range(0, len(count), rows):
        part = slice(start, start + rows)
        in_a = np.clip((depth - ahead_a[part, :, None]) / np.maximum(tied_a[part, :, None], 1), 0, 1)
        in_b = np.clip((depth - ahead_b[part, :, None]) / np.maximum(tied_b[part, :, None], 1), 0, 1)
        # copies of a unit keep one order in both rankings, so that a ranking agrees with itself in every resample
        alone = (tied_a[part] == count[part]) & (tied_b[part] == count[part])
        shared = np.where(alone[:, :, None], np.minimum(in_a, in_b), in_a * in_b)
        values[part] = np.einsum("ru,rud,d->r", count[part], shared, weight, optimize=True)
    return values + p**n


def overlap_of_orders(
    ahead_a: np.ndarray, tied_a: np.ndarray, ahead_b: np.ndarray, tied_b: np.ndarray, orders: np.ndarray, *, p: float
) -> np.ndarray:
    """Return RBO (ties averaged) of one ranking with many random orders of another.

    Parameters
    ----------
    ahead_a, tied_a, ahead_b, tied_b : ndarray, one value per unit
        As for `overlap_at_depths`.
    orders : ndarray of int, orders x units
        The unit of the second ranking whose place each unit takes.
    p : float

    Returns
    -------
    ndarray, one value per order
    """
    n = len(ahead_a)
    depth, weight = _depths(n, p)
    in_a = np.clip((depth - ahead_a[:, None]) / np.maximum(tied_a[:, None], 1), 0, 1)
    in_b = np.clip((depth - ahead_b[:, None]) / np.maximum(tied_b[:, None], 1), 0, 1)
    of_pairs = np.einsum("ud,vd,d->uv", in_a, in_b, weight, optimize=True)
    return of_pairs[np.arange(n), orders].sum(axis=1) + p**n


def _depths(n: int, p: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the depths at which two rankings of n items are compared, and what the overlap at each weighs."""
    depth = np.arange(1, min(n, int(np.ceil(np.log(1e-10) / np.log(p)))) + 1)
    return depth, (1 - p) / p * p**depth / depth
