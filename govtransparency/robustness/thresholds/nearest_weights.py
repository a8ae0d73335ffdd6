"""The weights nearest to given ones that satisfy linear conditions."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from govtransparency.arguments import Arguments
from govtransparency.robustness.thresholds.optimisation import least_distance, linear_programme

__all__ = ["Norm", "distance", "nearest_weights"]

Norm = Literal["l1", "l2", "linf"]

ZERO = 1e-15  # a weight that fell below this is 0: its share of the whole is below the last digit
ORDER = {"l1": 1, "l2": 2, "linf": np.inf}


def distance(weights: np.ndarray, nominal: np.ndarray, norm: Norm) -> float:
    """Return the distance of two weight vectors in the norm named."""
    return float(np.linalg.norm(weights - nominal, ORDER[norm]))


def nearest_weights(nominal: np.ndarray, conditions: np.ndarray, *, norm: Norm) -> np.ndarray | None:
    """Return the weights nearest to the nominal ones under which every condition holds.

    Minimises ``||w - w0||`` subject to ``A w >= 0``, ``w >= 0``, ``sum w = 1``: a linear programme for L1 and
    L-infinity, and a least-distance problem for L2. Both are solved by active sets, so that the answer is free of a
    solver's tolerance.

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
    with Arguments("nearest_weights") as check:
        check.choice("norm", norm, get_args(Norm))
    least, most = conditions.min(axis=1), conditions.max(axis=1)
    if (most < 0).any():
        return None
    refused = least < 0  # the others hold for all weights
    rows = conditions[refused] / (most - least)[refused, None]
    lacking = -rows @ nominal
    # the least that any step must move, taken as the unit of length, so that tolerances are relative to the answer
    unit = float(np.max(lacking, initial=0.0))
    if unit <= 0:
        return nominal.copy()
    given = rows, lacking / unit, nominal / unit
    step = _shortest_step(*given) if norm == "l2" else _least_step(*given, norm)
    if step is None:
        return None
    weights = nominal + unit * step
    weights[(weights < ZERO) & (weights < nominal)] = 0.0
    return weights / weights.sum()


def _least_step(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray, norm: Norm) -> np.ndarray | None:
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


def _shortest_step(rows: np.ndarray, lacking: np.ndarray, room: np.ndarray) -> np.ndarray | None:
    """Minimise the Euclidean length of a step that sums to 0 with rows y >= lacking and y >= -room."""
    m = len(room)
    if m == 1:
        return None
    # an orthonormal basis of the steps that sum to 0
    basis = np.linalg.qr(np.column_stack([np.ones(m), np.eye(m)[:, 1:]]))[0][:, 1:]
    sides = np.vstack([rows, np.eye(m)]) @ basis
    length = np.linalg.norm(sides, axis=1)
    found = least_distance(sides / length[:, None], np.append(lacking, -room) / length)
    return None if found is None else basis @ found
