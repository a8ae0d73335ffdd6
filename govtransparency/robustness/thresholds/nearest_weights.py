"""The weights nearest to given ones that satisfy linear conditions."""

from __future__ import annotations

import numpy as np

from govtransparency.errors import InputError, nearest
from govtransparency.robustness.thresholds.optimisation import least_distance, linear_programme

__all__ = ["NORMS", "distance", "nearest_weights"]


ZERO = 1e-15  # a weight that came down to less is 0: its share of the whole is below the last digit
NORMS = ("l1", "l2", "linf")


def distance(weights: np.ndarray, nominal: np.ndarray, norm: str) -> float:
    """Return the distance of two weight vectors in the norm named."""
    return float(np.linalg.norm(weights - nominal, {"l1": 1, "l2": 2, "linf": np.inf}[norm]))


def nearest_weights(nominal: np.ndarray, conditions: np.ndarray, *, norm: str) -> np.ndarray | None:
    """Return the weights nearest to the nominal ones under which every condition holds.

    Minimises ``||w - w0||`` subject to ``A w >= 0``, ``w >= 0``, ``sum w = 1``: a linear programme for L1 and
    L-infinity, and for L2 a least-distance problem. Both are solved by active sets, so that no solver's tolerance is
    left in the answer.

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
    least, most = conditions.min(axis=1), conditions.max(axis=1)
    if (most < 0).any():
        return None
    refused = least < 0  # the others hold whatever the weights
    rows = conditions[refused] / (most - least)[refused, None]
    lacking = -rows @ nominal
    # no condition is met without moving this much: the unit of length, so that tolerances are relative to the answer
    unit = float(np.max(lacking, initial=0.0))
    if unit <= 0:
        return nominal.copy()
    given = rows, lacking / unit, nominal / unit
    step = _least_squares(*given) if norm == "l2" else _programme(*given, norm)
    if step is None:
        return None
    weights = nominal + unit * step
    weights[(weights < ZERO) & (weights < nominal)] = 0.0
    return weights / weights.sum()


def _programme(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray, norm: str) -> np.ndarray | None:
    """Minimise the norm of a step y that sums to 0 with rows y >= lacking and y >= -room."""
    m = len(room)
    if norm == "l1":  # y = p - q
        cost, high = np.ones(2 * m), np.append(np.full(m, np.inf), room)
        flow = np.append(np.ones(m), -np.ones(m))
        sides, limits = np.vstack([np.hstack([rows, -rows]), flow, -flow]), np.append(lacking, [0.0, 0.0])
    else:  # y = z - s, 0 <= z <= 2 s
        cost, high = np.append(np.zeros(m), 1.0), np.full(m + 1, np.inf)
        flow, one = np.append(np.ones(m), -m), np.ones((m, 1))
        size = [np.hstack([-np.eye(m), 2 * one]), np.hstack([np.eye(m), -one])]
        sides = np.vstack([np.column_stack([rows, -rows.sum(axis=1)]), *size, flow, -flow])
        limits = np.concatenate([lacking, np.zeros(m), -room, [0.0, 0.0]])
    found = linear_programme(cost, sides, limits, high, [], [])
    if found is None:
        return None
    return found[:m] - found[m:] if norm == "l1" else found[:m] - found[m]


def _least_squares(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray) -> np.ndarray | None:
    """Minimise the length of such a step."""
    m = len(room)
    if m == 1:
        return None
    # an orthonormal basis of the steps that sum to 0
    basis = np.linalg.qr(np.column_stack([np.ones(m), np.eye(m)[:, 1:]]))[0][:, 1:]
    sides = np.vstack([rows, np.eye(m)]) @ basis
    length = np.linalg.norm(sides, axis=1)
    found = least_distance(sides / length[:, None], np.append(lacking, -room) / length)
    return None if found is None else basis @ found
