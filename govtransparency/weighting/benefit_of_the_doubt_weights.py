"""Benefit of the doubt: each unit is scored with the weights that suit it best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import pandas as pd

from govtransparency.arguments import Arguments, is_number
from govtransparency.arrays import floats, ordered_weights
from govtransparency.checked_calls import checked
from govtransparency.errors import InputError, nearest
from govtransparency.methods import method_of
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import aggregation_problems
from govtransparency.texts.problems import weighting_problems as problems

Bounds = tuple[float, float] | Mapping[str, Sequence[float]] | None
Of = Literal["weights", "pie"]
SOLVED = 1e-9  # how far below the benchmark the solver may leave a unit that reaches it
MOST_LISTED = 20  # negative scores
FREE = (0.0, 1.0)  # bounds of a child that has none


@method_of("aggregate")
@checked
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
    1991; Cherchye et al. 2007, Social Indicators Research 82), one linear programme per unit, solved by HiGHS. Without
    bounds many units reach the best score.

    Parameters
    ----------
    scores : DataFrame, units x children
        0 or more. A child that is missing for a unit is left out for that unit: the unit is compared with the units
        that have all of its children, and the bounds are divided by the remaining share of the weights.
    weights : Series, child -> weight, optional
        The framework's; equal by default. A child of weight 0 does not count. The weights of the others matter only if
        a unit lacks a child, and to choose among equally good weights in `benefit_of_the_doubt_weights`.
    bounds : pair, or mapping of child to pair, optional
        Least and largest share of each child, 0 to 1: ``(0.1, 0.15)`` for all. Children not named have no bounds.
    of : {"weights", "pie"}
        Whether the bounds limit the shares ``w_j / sum_k w_k`` of the weights, or the pie shares ``w_j I_ij / S_i``:
        what each child contributes to the score.
    best : float
        The score of the benchmark, such as 100 if other pillars are scored 0 to 100.

    Returns
    -------
    Series, unit -> score, 0 to `best`; NaN for a unit without any child.

    Raises
    ------
    InputError
        Listing every wrong option and negative score; bounds that no weights fit; and every unit for which no weights
        give the required pie shares, such as a unit with score 0 in a child that has a least share.

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


@checked
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
    The score is unique, but its weights often are not, above all for the best units. Of all weights with the same
    score, the result has those whose shares (weight or pie shares, as in `of`) have the smallest sum of absolute
    differences from the framework's weights. Interpret the scores rather than the weights.

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
    found: list[Text] = []
    here, names = ~np.isnan(x), scores.index.tolist()
    # if the shares of the weights do not matter, neither do the children's scales: with each child scaled by itself,
    # the programme can be solved even if scores differ by many powers of ten
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
            lacking = quoted(scores.columns[~pattern])
            found += [problems.NO_WEIGHTS_WITHOUT.format(unit=names[unit], codes=lacking) for unit in units]
            continue
        for unit in units:
            own = x[unit, pattern] / scale
            if not own.any():
                result[unit], chosen[unit, pattern] = 0.0, 0.0
                continue
            if of == "pie" and (problem := _impossible_pie(own, lows, highs, scores.columns[pattern])):
                found.append(problems.UNIT_PROBLEM.format(unit=names[unit], problem=problem))
                continue
            programme = _programme(own / own.max(), frontier, lows, highs, of)
            w = _best_weights(programme, nominal[pattern] / left if settle else None, of)
            w = w / (peers @ w).max()
            reached = own @ w
            result[unit] = best * (1.0 if reached > 1 - SOLVED else reached)
            chosen[unit, pattern] = best * w / scale
    if found:
        raise InputError(found, title="benefit_of_the_doubt")
    return (
        pd.Series(result, index=scores.index),
        pd.DataFrame(chosen, index=scores.index, columns=scores.columns),
    )


def _checked(
    scores: pd.DataFrame, weights: pd.Series | None, bounds: Bounds, of: Of, best: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return scores, nominal shares, least and largest shares, or refuse the arguments with every problem."""
    children = list(scores.columns)
    nominal = np.ones(len(children)) if weights is None else ordered_weights(scores, weights)
    counts = nominal > 0
    x = np.where(counts, floats(scores), np.nan)  # a child of weight 0 is one that every unit lacks
    with Arguments("benefit_of_the_doubt") as check:
        check.choice("of", of, get_args(Of))
        check.number("best", best, low=0, closed=(False, True))
        _check_scores(check, scores, x)
        pairs = _checked_bounds(check, bounds, children)
    low = np.array([pairs.get(code, FREE)[0] for code in children], dtype=float) * counts
    high = np.array([pairs.get(code, FREE)[1] for code in children], dtype=float) * counts
    if not low.sum() <= 1 + 1e-9 or not high.sum() >= 1 - 1e-9:
        raise InputError(
            problems.BOUNDS_LEAVE_NOTHING.format(low=f"{low.sum():g}", high=f"{high.sum():g}"),
            title="benefit_of_the_doubt",
        )
    return x, nominal / nominal.sum(), low, high


def _check_scores(check: Arguments, scores: pd.DataFrame, x: np.ndarray) -> None:
    bad = np.argwhere((x < 0) | np.isinf(x))
    if not len(bad):
        return
    units, codes = scores.index.tolist(), scores.columns.tolist()
    for row, column in bad[:MOST_LISTED]:
        score = f"{x[row, column]:g}"
        check.refuse(problems.NEGATIVE_SCORE.format(unit=units[row], code=codes[column], score=score))
    if len(bad) > MOST_LISTED:
        check.refuse(aggregation_problems.MORE_SCORES.format(count=len(bad) - MOST_LISTED))


def _checked_bounds(check: Arguments, bounds: Bounds, children: Sequence[str]) -> Mapping[str, Sequence[float]]:
    """Return the bounds of each child that has some; what is wrong with them is added to the check."""
    if bounds is None:
        return {}
    pairs = bounds if isinstance(bounds, Mapping) else dict.fromkeys(children, bounds)
    for code, pair in pairs.items():
        if code not in children:
            check.refuse(problems.UNKNOWN_BOUNDS.format(code=code, nearest=nearest(code, children)))
        if not _is_bounds(pair):
            if not isinstance(bounds, Mapping):
                check.expect("bounds", bounds, problems.BOUNDS)
                break
            check.refuse(problems.BOUNDS_OUT_OF_ORDER.format(code=code, value=repr(pair)))
    return pairs


def _is_bounds(pair: Sequence[float]) -> bool:
    """Return whether it is a pair of shares, the least and the largest."""
    return np.size(pair) == 2 and all(map(is_number, pair)) and 0 <= pair[0] <= pair[1] <= 1


def _undominated(peers: np.ndarray) -> np.ndarray:
    """Return the peers that no other peer equals or exceeds in every child: only their constraints can bind."""
    rows = np.unique(peers, axis=0)
    keep = [not ((rows >= row).all(axis=1) & (rows > row).any(axis=1)).any() for row in rows]
    return rows[keep]


def _impossible_pie(own: np.ndarray, low: np.ndarray, high: np.ndarray, children: pd.Index) -> Text | None:
    """Say why no weights give the unit the required pie shares; None if some do."""
    if zero := [code for code, value, least in zip(children, own, low, strict=True) if value == 0 and least > 0]:
        return problems.ZERO_IN_PIE.format(codes=quoted(zero))
    if low.sum() > 1 + 1e-9:
        return problems.LEAST_PIE_TOO_LARGE
    if high[own > 0].sum() < 1 - 1e-9:
        return problems.LARGEST_PIE_TOO_SMALL
    return None


def _programme(own: np.ndarray, frontier: np.ndarray, low: np.ndarray, high: np.ndarray, of: Of) -> Programme:
    m = len(own)
    part = np.eye(m) if of == "weights" else np.diag(own)
    whole = np.ones((m, m)) if of == "weights" else np.tile(own, (m, 1))
    floors = (low[:, None] * whole - part)[low > 0]
    ceilings = (part - high[:, None] * whole)[high < 1]
    rows = np.vstack([frontier, floors, ceilings])
    return Programme(own, rows, np.concatenate([np.ones(len(frontier)), np.zeros(len(floors) + len(ceilings))]))


def _best_weights(programme: Programme, shares: np.ndarray | None, of: Of) -> np.ndarray:
    """Return optimal weights; if `shares` are given, the optimal weights whose shares are nearest to them."""
    from scipy.optimize import linprog

    x, rows, limits = programme
    first = linprog(-x, A_ub=rows, b_ub=limits, method="highs")
    if first.status != 0:
        raise InputError(problems.NO_OPTIMUM.format(message=first.message), title="benefit_of_the_doubt")
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
