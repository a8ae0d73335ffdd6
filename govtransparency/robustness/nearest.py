"""The weights nearest to given ones that satisfy linear conditions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from govtransparency.errors import InputError, nearest

__all__ = ["NORMS", "by_rows", "distance", "nearest_weights"]

FEW = 128  # conditions up to which all are given to the solver at once
BROKEN = 1e-10  # by more than the solver itself lets a condition be
NORMS = ("l1", "l2", "linf")


def distance(weights: np.ndarray, nominal: np.ndarray, norm: str) -> float:
    """Return the distance of two weight vectors in the norm named."""
    return float(np.linalg.norm(weights - nominal, {"l1": 1, "l2": 2, "linf": np.inf}[norm]))


def nearest_weights(nominal: np.ndarray, conditions: np.ndarray, *, norm: str) -> np.ndarray | None:
    """Return the weights nearest to the nominal ones under which every condition holds.

    Minimises ``||w - w0||`` subject to ``A w >= 0``, ``w >= 0``, ``sum w = 1``: a linear programme for L1 and
    L-infinity (HiGHS), and for L2 the least-distance problem of Lawson and Hanson (1974), whose active set is found by
    non-negative least squares.

    Parameters
    ----------
    nominal : ndarray of m
        w0, non-negative, summing to 1.
    conditions : ndarray, conditions x m
        A.
    norm : {"l1", "l2", "linf"}

    Returns
    -------
    ndarray of m, or None where no weights satisfy the conditions.

    Raises
    ------
    InputError
        For an unknown norm.

    Examples
    --------
    >>> nearest_weights(np.array([0.75, 0.25]), np.array([[-1.0, 1.0]]), norm="l1").round(9).tolist()
    [0.5, 0.5]
    """
    if norm not in NORMS:
        raise InputError(f"norm {norm!r} is unknown; {nearest(norm, NORMS)}")
    spread = np.ptp(conditions, axis=1)
    if ((spread == 0) & (conditions[:, 0] < 0)).any():
        return None
    rows = conditions[spread > 0] / spread[spread > 0, None]
    lacking = -rows @ nominal
    # no condition is met without moving this much: the unit of length, so that tolerances are relative to the answer
    unit = float(np.max(lacking, initial=0.0))
    if unit <= 0:
        return nominal.copy()
    solve = _least_squares if norm == "l2" else _programme
    step = solve(rows, lacking / unit, nominal / unit, norm)
    if step is None:
        return None
    weights = np.maximum(nominal + unit * step, 0.0)
    return weights / weights.sum()


def _programme(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray, norm: str) -> np.ndarray | None:
    """Minimise the norm of a step y that sums to 0 with rows y >= lacking and y >= -room, by HiGHS."""

    def solve(some: np.ndarray) -> np.ndarray | None:
        return _solved(rows[some], lacking[some], room, norm)

    return by_rows(solve, lambda step: rows @ step - lacking, -lacking[:, None])


def by_rows(
    solve: Callable[[np.ndarray], np.ndarray | None],
    slack: Callable[[np.ndarray], np.ndarray],
    firsts: np.ndarray,
) -> np.ndarray | None:
    """Solve a programme of many conditions by few: those broken are added until none is, and the solution is exact.

    Parameters
    ----------
    solve : callable
        From the numbers of the conditions to keep to the solution; None where there is none, as there is then none
        with all conditions either.
    slack : callable
        From a solution to how far each condition is kept; negative where it is broken.
    firsts : ndarray, conditions x guesses
        The conditions with the least of each guess are the first.

    Returns
    -------
    ndarray or None
    """
    count = len(firsts)
    if count <= FEW:
        return solve(np.arange(count))
    share = max(2, FEW // 2 // firsts.shape[1])
    kept = np.unique(np.argpartition(firsts, min(share, count - 1), axis=0)[:share])
    while (found := solve(kept)) is not None:
        left = slack(found)
        left[kept] = 0.0
        broken = np.flatnonzero(left < -BROKEN)
        if not len(broken):
            break
        kept = np.union1d(kept, broken[np.argsort(left[broken])[: FEW // 4]])
    return found


def _solved(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray, norm: str) -> np.ndarray | None:
    from scipy.optimize import linprog

    count, m = rows.shape
    if norm == "l1":  # y = p - q
        cost = np.ones(2 * m)
        upper, right = np.hstack([-rows, rows]), -lacking
        equal = np.hstack([np.ones(m), -np.ones(m)])[None]
        bounds = [(0, None)] * m + [(0, limit) for limit in room]
    else:  # -size <= y <= size
        cost = np.append(np.zeros(m), 1.0)
        sides = np.vstack([np.eye(m), -np.eye(m)])
        upper = np.block([[-rows, np.zeros((count, 1))], [sides, -np.ones((2 * m, 1))]])
        right = np.append(-lacking, np.zeros(2 * m))
        equal = np.append(np.ones(m), 0.0)[None]
        bounds = [(-limit, None) for limit in room] + [(0, None)]
    tight = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    found = linprog(cost, upper, right, equal, [0.0], bounds, method="highs", options=tight)
    if found.status == 2:
        return None
    if found.status != 0:
        raise RuntimeError(f"linear programme: {found.message}")
    return found.x[:m] - found.x[m:] if norm == "l1" else found.x[:m]


def _least_squares(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray, norm: str) -> np.ndarray | None:
    """Minimise the length of such a step by the multipliers of its conditions (Lawson and Hanson, chapter 23)."""
    from scipy.optimize import nnls

    m = len(room)
    if m == 1:
        return None
    # an orthonormal basis of the steps that sum to 0
    basis = np.linalg.qr(np.column_stack([np.ones(m), np.eye(m)[:, 1:]]))[0][:, 1:]
    sides = np.vstack([rows, np.eye(m)]) @ basis
    limits = np.append(lacking, -room)
    length = np.maximum(np.hypot(np.linalg.norm(sides, axis=1), limits), 1e-300)
    sides, limits = sides / length[:, None], limits / length
    target = np.append(np.zeros(m - 1), 1.0)
    multipliers, residual = nnls(np.vstack([sides.T, limits]), target)
    if residual < 1e-9:
        return None
    active = multipliers > 1e-12 * multipliers.max(initial=0.0)
    # the conditions that hold with equality give the step exactly
    return basis @ np.linalg.lstsq(sides[active], limits[active], rcond=None)[0]
