"""Benefit of the doubt: each unit is scored with the weights that suit it best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from govtransparency.arrays import floats, ordered_weights
from govtransparency.errors import InputError, nearest
from govtransparency.methods import method_of

Bounds = tuple[float, float] | Mapping[str, Sequence[float]] | None
Of = Literal["weights", "pie"]
SOLVED = 1e-9  # what the solver may leave a unit short of the benchmark that it is


@method_of("aggregate")
def benefit_of_the_doubt(
    scores: pd.DataFrame,
    weights: pd.Series | None = None,
    *,
    bounds: Bounds = None,
    of: Of = "weights",
    best: float = 1.0,
) -> pd.Series:
    """Score each unit with the weights most favourable to it (Handbook step 6.3). An aggregator.

    ``S_i = max_w sum_j w_j I_ij`` under ``sum_j w_j I_kj <= best`` for every unit k and ``w >= 0`` (Melyn and Moesen
    1991; Cherchye et al. 2007, Social Indicators Research 82), a linear programme a unit, solved by HiGHS. Without
    bounds many units reach the top.

    Parameters
    ----------
    scores : DataFrame, units x children
        0 or more. A child that is missing for a unit drops out for it: the unit is compared with those that have all it
        has, and bounds grow in proportion to the weight that is left.
    weights : Series, child -> weight, optional
        The framework's; equal by default. A child of weight 0 does not count. The others count alike, but where a unit
        lacks a child, and as the shares to come near to in `benefit_of_the_doubt_weights`.
    bounds : pair, or mapping of child to pair, optional
        Least and largest share of each child, 0 to 1: ``(0.1, 0.15)`` for all. Children not named are free.
    of : {"weights", "pie"}
        Bounds hold the shares ``w_j / sum_k w_k`` of the weights, or the pie shares ``w_j I_ij / S_i`` of what each
        child adds to the score.
    best : float
        The score of the benchmark: 100 suits a pillar beside others scored 0 to 100.

    Returns
    -------
    Series, unit -> score, 0 to `best`; NaN for a unit without any child.

    Raises
    ------
    InputError
        Naming every negative score, bounds that leave no weights, and every unit that no weights can give the pie
        shares asked for: one with a 0 where a share is due.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [10.0, 2.0, 6.0], "b": [2.0, 8.0, 3.0]}, index=["X", "Y", "Z"])
    >>> benefit_of_the_doubt(table).round(4).to_dict()
    {'X': 1.0, 'Y': 1.0, 'Z': 0.7895}
    >>> benefit_of_the_doubt(table, bounds=(0.5, 0.5)).round(4).to_dict()
    {'X': 1.0, 'Y': 0.8333, 'Z': 0.75}
    """
    result, _ = _solve(scores, weights, bounds, of, best, settle=False)
    return result


def benefit_of_the_doubt_weights(
    scores: pd.DataFrame,
    weights: pd.Series | None = None,
    *,
    bounds: Bounds = None,
    of: Of = "weights",
    best: float = 1.0,
) -> pd.DataFrame:
    """Return the weights with which `benefit_of_the_doubt` scores each unit.

    Parameters
    ----------
    scores, weights, bounds, of, best
        As in `benefit_of_the_doubt`.

    Returns
    -------
    DataFrame, units x children
        ``(result * scores).sum(axis=1)`` is the score; NaN where the unit lacks the child.

    Raises
    ------
    InputError
        As `benefit_of_the_doubt`.

    Notes
    -----
    The score is unique, its weights often are not, above all at the top. Of all that give the same score, those are
    taken whose shares (weight or pie shares, as `of` says) differ least in sum from the framework's weights. Read the
    scores rather than the weights.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [10.0, 2.0, 6.0], "b": [2.0, 8.0, 3.0]}, index=["X", "Y", "Z"])
    >>> benefit_of_the_doubt_weights(table).round(4).loc["Z"].to_dict()
    {'a': 0.0789, 'b': 0.1053}
    """
    _, result = _solve(scores, weights, bounds, of, best, settle=True)
    return result


class Programme(NamedTuple):
    """The linear programme of one unit: maximise ``x w`` under ``rows w <= limits``, ``w >= 0``."""

    x: np.ndarray
    rows: np.ndarray
    limits: np.ndarray


def _solve(
    scores: pd.DataFrame, weights: pd.Series | None, bounds: Bounds, of: Of, best: float, *, settle: bool
) -> tuple[pd.Series, pd.DataFrame]:
    x, nominal, low, high = _checked(scores, weights, bounds, of, best)
    result = np.full(len(x), np.nan)
    chosen = np.full(x.shape, np.nan)
    problems = []
    here, names = ~np.isnan(x), scores.index.tolist()
    # where shares of the weights themselves do not matter, no child's unit does: scaled each by itself, the programme
    # of scores that lie many powers of ten apart stays solvable
    apart = of == "pie" or (not settle and not low.any() and (high == 1).all())
    for pattern in np.unique(here, axis=0):
        if not pattern.any():
            continue
        units = np.flatnonzero((here == pattern).all(axis=1)).tolist()
        peers = x[here[:, pattern].all(axis=1)][:, pattern]
        scale = peers.max(axis=0) if apart else np.full(pattern.sum(), peers.max())
        scale = np.where(scale > 0, scale, 1.0)
        peers = peers / scale
        frontier = _undominated(peers)
        left = nominal[pattern].sum()
        lows, highs = np.minimum(low[pattern] / left, 1.0), np.minimum(high[pattern] / left, 1.0)
        if of == "weights" and not lows.sum() <= 1 + 1e-9 <= highs.sum() + 2e-9:
            lacking = ", ".join(map(repr, scores.columns[~pattern]))
            problems += [f"unit {names[unit]!r} lacks {lacking}: no weights fit the bounds" for unit in units]
            continue
        for unit in units:
            own = x[unit, pattern] / scale
            if not own.any():
                result[unit], chosen[unit, pattern] = 0.0, 0.0
                continue
            if of == "pie" and (problem := _no_pie(own, lows, highs, scores.columns[pattern])):
                problems.append(f"unit {names[unit]!r}: {problem}")
                continue
            programme = _programme(own / own.max(), frontier, lows, highs, of)
            w = _best_weights(programme, nominal[pattern] / left if settle else None, of)
            w = w / (peers @ w).max()
            reached = own @ w
            result[unit] = best * (1.0 if reached > 1 - SOLVED else reached)
            chosen[unit, pattern] = best * w / scale
    if problems:
        raise InputError(problems, title="benefit_of_the_doubt")
    return (
        pd.Series(result, index=scores.index),
        pd.DataFrame(chosen, index=scores.index, columns=scores.columns),
    )


def _checked(
    scores: pd.DataFrame, weights: pd.Series | None, bounds: Bounds, of: Of, best: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return scores, nominal shares, least and largest shares, or refuse them with every fault."""
    children = list(scores.columns)
    if of not in get_args(Of):
        raise InputError(f"of = {of!r} is unknown; {nearest(of, get_args(Of))}", title="benefit_of_the_doubt")
    nominal = np.ones(len(children)) if weights is None else ordered_weights(scores, weights)
    counts = nominal > 0
    x = np.where(counts, floats(scores), np.nan)  # a child of weight 0 is one that every unit lacks
    problems = [] if best > 0 else [f"best = {best!r}: expected a positive number"]
    bad = np.argwhere((x < 0) | np.isinf(x))
    problems += [
        f"unit {scores.index[row]!r}, {children[column]!r}: score {x[row, column]:g}; expected 0 or more"
        for row, column in bad[:20]
    ]
    if len(bad) > 20:
        problems.append(f"... and {len(bad) - 20} more")
    pairs = (
        dict(bounds)
        if isinstance(bounds, Mapping)
        else dict.fromkeys(children, (0.0, 1.0) if bounds is None else bounds)
    )
    problems += [
        f"bounds of {code!r}: no such child; {nearest(code, children)}" for code in pairs if code not in children
    ]
    for code, pair in pairs.items():
        if len(tuple(pair)) != 2 or not 0 <= pair[0] <= pair[1] <= 1:
            problems.append(f"bounds of {code!r} are {pair!r}; expected (least, largest) share, from 0 to 1")
    if problems:
        raise InputError(problems, title="benefit_of_the_doubt")
    low = np.array([pairs.get(code, (0.0, 1.0))[0] for code in children], dtype=float) * counts
    high = np.array([pairs.get(code, (0.0, 1.0))[1] for code in children], dtype=float) * counts
    if not low.sum() <= 1 + 1e-9 or not high.sum() >= 1 - 1e-9:
        raise InputError(
            f"the least shares sum to {low.sum():g} and the largest to {high.sum():g}; 1 must lie between",
            title="benefit_of_the_doubt",
        )
    return x, nominal / nominal.sum(), low, high


def _undominated(peers: np.ndarray) -> np.ndarray:
    """Return the peers that no other equals or exceeds in everything: with w >= 0 only they can bind."""
    rows = np.unique(peers, axis=0)
    keep = [not ((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any() for row in rows]
    return rows[keep]


def _no_pie(own: np.ndarray, low: np.ndarray, high: np.ndarray, children: pd.Index) -> str:
    due = [code for code, value, least in zip(children, own, low, strict=True) if value == 0 and least > 0]
    if due:
        return f"{', '.join(map(repr, due))} is 0, so it cannot have its least pie share; normalise to (1, 100), say"
    if low.sum() > 1 + 1e-9:
        return "the least pie shares of what it has come to more than 1"
    if high[own > 0].sum() < 1 - 1e-9:
        return "the largest pie shares of what it has above 0 do not reach 1; normalise to (1, 100), say"
    return ""


def _programme(own: np.ndarray, frontier: np.ndarray, low: np.ndarray, high: np.ndarray, of: Of) -> Programme:
    m = len(own)
    part = np.eye(m) if of == "weights" else np.diag(own)
    whole = np.ones((m, m)) if of == "weights" else np.tile(own, (m, 1))
    floors = (low[:, None] * whole - part)[low > 0]
    ceilings = (part - high[:, None] * whole)[high < 1]
    rows = np.vstack([frontier, floors, ceilings])
    return Programme(own, rows, np.concatenate([np.ones(len(frontier)), np.zeros(len(floors) + len(ceilings))]))


def _best_weights(programme: Programme, shares: np.ndarray | None, of: Of) -> np.ndarray:
    """Return optimal weights; with `shares`, those of them whose shares lie nearest to these."""
    from scipy.optimize import linprog

    x, rows, limits = programme
    first = linprog(-x, A_ub=rows, b_ub=limits, method="highs")
    if first.status != 0:
        raise InputError(f"no optimum: {first.message}", title="benefit_of_the_doubt")
    if shares is None:
        return first.x
    m = len(x)
    part = np.eye(m) if of == "weights" else np.diag(x)
    away = part - np.outer(shares, np.ones(m) if of == "weights" else x)
    second = linprog(
        np.concatenate([np.zeros(m), np.ones(m)]),
        A_ub=np.vstack(
            [
                np.hstack([rows, np.zeros((len(rows), m))]),
                np.hstack([away, -np.eye(m)]),
                np.hstack([-away, -np.eye(m)]),
                np.concatenate([-x, np.zeros(m)])[None, :],
            ]
        ),
        b_ub=np.concatenate([limits, np.zeros(2 * m), [first.fun * (1 - SOLVED)]]),
        method="highs",
    )
    return second.x[:m] if second.status == 0 else first.x
