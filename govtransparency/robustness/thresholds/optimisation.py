"""Linear programmes and least distances solved by active sets, free of a solver's tolerance."""

from __future__ import annotations

import numpy as np

__all__ = ["least_distance", "linear_programme"]


EXACT = 1e-14  # rounding error of a difference, as a share of the numbers subtracted
PIVOT = 1e-13  # share of a condition below which a variable plays no role in it


def linear_programme(
    cost: np.ndarray, sides: np.ndarray, limits: np.ndarray, high: np.ndarray, held: list[int], free: list[int]
) -> np.ndarray | None:
    """Return the x of least ``c x`` with ``G x >= h`` and ``0 <= x <= high``.

    The dual simplex method: it starts from a vertex that would be optimal if no other condition were violated; the
    condition violated most replaces one of those that define the vertex, until none is violated. Every vertex is
    solved anew from the conditions that define it, so that the optimum carries no tolerance of the search.

    Parameters
    ----------
    cost : ndarray of n
    sides : ndarray, conditions x n
        G, numbers of about 1.
    limits : ndarray of conditions
        h.
    high : ndarray of n
        Positive; may be infinite.
    held, free : list of int
        The first vertex: conditions that hold with equality, and equally many variables that are not 0. It must be
        dual feasible: no multiplier of these conditions and no reduced cost of the other variables is negative.

    Returns
    -------
    ndarray of n, or None where no x satisfies the conditions.

    Examples
    --------
    >>> sides, limits = np.array([[1.0, 1.0], [-1.0, 1.0]]), np.array([1.0, 0.0])
    >>> linear_programme(np.array([1.0, 2.0]), sides, limits, np.full(2, np.inf), [], []).tolist()
    [0.5, 0.5]
    """
    count, n = sides.shape
    held, free, upper = list(held), list(free), np.zeros(n, dtype=bool)
    size = np.abs(sides).max(axis=1, initial=0.0)
    for turn in range(100 + 20 * (count + n)):
        careful = turn > 5 * n + 50  # Bland's rule cannot cycle
        core = sides[np.ix_(held, free)]
        x = np.where(upper, high, 0.0)
        x[free] = 0.0
        x[free] = _solved(core, limits[held] - sides[held] @ x)
        short = sides @ x - limits
        short[held] = 0.0
        noise = EXACT * (np.abs(limits) + size * np.abs(x).max(initial=0.0))
        below, above = np.zeros(n), np.zeros(n)
        below[free], above[free] = x[free], high[free] - x[free]
        edge = EXACT * np.abs(x).max(initial=0.0)
        broken = np.concatenate([short + noise, below + edge, above + edge])
        worst = int(np.argmax(broken < 0)) if careful else int(np.argmin(broken))
        if broken[worst] >= 0:
            return np.clip(x, 0.0, high)
        # the row of the violated condition, as a combination of those that hold
        row = sides[worst] if worst < count else np.zeros(n)
        if worst >= count:
            row[(worst - count) % n] = 1.0 if worst < count + n else -1.0
        bound = np.ones(n, dtype=bool)
        bound[free] = False
        sign = np.where(upper, -1.0, 1.0) * bound
        (own, part) = (_combined(core, sides[held], free, sign, target) for target in (cost, row))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(part > PIVOT, np.maximum(own, 0.0) / part, np.inf)
        least = ratios.min(initial=np.inf)
        if np.isinf(least):
            return None
        tied = np.flatnonzero(ratios <= least + PIVOT)
        gone = int(tied[0] if careful else tied[np.argmax(part[tied])])
        if gone < len(held):
            del held[gone]
        else:
            free.append(gone - len(held))
            upper[gone - len(held)] = False
        if worst < count:
            held.append(worst)
        else:
            variable = (worst - count) % n
            free.remove(variable)
            upper[variable] = worst >= count + n
    raise RuntimeError("linear programme: the search does not end")


def _combined(core: np.ndarray, held: np.ndarray, free: list[int], sign: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return a row as a combination of the conditions held and of the bounds, 0 where it is rounding error."""
    shares = _solved(core.T, target[free])
    rest = sign * (target - shares @ held)
    rest[np.abs(rest) <= EXACT * (np.abs(target) + np.abs(shares) @ np.abs(held))] = 0.0
    shares[np.abs(shares) <= EXACT * np.abs(shares).max(initial=0.0)] = 0.0
    return np.append(shares, rest)


def _solved(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a square system, with one step of iterative refinement in longer numbers."""
    if not len(matrix):
        return np.zeros(0)
    found = np.linalg.solve(matrix, right)
    left = right.astype(np.longdouble) - matrix.astype(np.longdouble) @ found
    return found + np.linalg.solve(matrix, left.astype(float))


def least_distance(sides: np.ndarray, limits: np.ndarray) -> np.ndarray | None:
    """Return the shortest z with ``G z >= h``.

    The dual method of Goldfarb and Idnani (1983, doi:10.1007/BF02591962): from z = 0 the condition violated most is
    met by the shortest step that keeps those met before, until none is violated.

    Parameters
    ----------
    sides : ndarray, conditions x n
        G, rows of length 1 or 0.
    limits : ndarray of conditions
        h.

    Returns
    -------
    ndarray of n, or None where no z satisfies the conditions.

    Examples
    --------
    >>> least_distance(np.array([[0.6, 0.8], [1.0, 0.0]]), np.array([1.0, 0.0])).round(9).tolist()
    [0.6, 0.8]
    """
    active: list[int] = []
    z, multipliers = np.zeros(sides.shape[1]), np.zeros(0)
    noise = EXACT * (1.0 + np.abs(limits))
    for _ in range(100 + 20 * sum(sides.shape)):
        short = sides @ z - limits
        short[active] = 0.0
        worst = int(np.argmin(short + noise))
        if short[worst] >= -noise[worst] - EXACT * np.abs(z).max(initial=0.0):
            # the conditions that hold it with equality give it exactly
            return np.linalg.lstsq(sides[active], limits[active], rcond=None)[0] if active else z
        own = 0.0
        while True:
            held = sides[active].T
            shares = np.linalg.lstsq(held, sides[worst], rcond=None)[0] if active else np.zeros(0)
            way = sides[worst] - held @ shares
            length = float(way @ way)
            full = (limits[worst] - sides[worst] @ z) / length if length > (100 * EXACT) ** 2 else np.inf
            with np.errstate(divide="ignore", invalid="ignore"):
                loosened = np.where(shares > EXACT, multipliers / shares, np.inf)
            first = float(loosened.min(initial=np.inf))
            step = min(first, full)
            if np.isinf(step):
                return None
            multipliers, own = multipliers - step * shares, own + step
            if np.isfinite(full):
                z = z + step * way
            if step == full:
                active, multipliers = [*active, worst], np.append(multipliers, own)
                break
            loose = int(np.argmin(loosened))
            active, multipliers = active[:loose] + active[loose + 1 :], np.delete(multipliers, loose)
    raise RuntimeError("least distance: the search does not end")
