"""Draw true scores given the observed ones, their errors and other variables: the kernel of multiple overimputation."""

from __future__ import annotations

import numpy as np

__all__ = ["true_score_draws"]

GRID = 200  # values of the spread at which its posterior is computed
ENDS = 1e-4, 1e6  # the smallest and the largest that are looked at, in standard deviations of the residuals
NOTHING = 1e-9  # of the highest density: what lies beyond is left out


def true_score_draws(
    scores: np.ndarray, variances: np.ndarray, others: np.ndarray, *, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw true scores from their distribution given the observed scores and other variables.

    Parameters
    ----------
    scores : ndarray, units
        As observed: the true ones plus normal errors.
    variances : ndarray, units
        Of the errors; 0 for a score that is known.
    others : ndarray, units x variables
        Without missing values; a constant is added, and what depends on the others linearly does no harm.
    draws : int
    rng : numpy Generator

    Returns
    -------
    ndarray, draws x units

    Notes
    -----
    The true score is ``t = z g + u`` with ``u ~ N(0, s^2)``, observed as ``t + e`` with ``e ~ N(0, v)``. The prior is
    flat in g and in s^2: flat in s (Gelman 2006, doi:10.1214/06-BA117A) it lets s come near 0 in small samples, where t
    is what z says and the slope of a regression on t has no bound. Given s, g is normal and integrates out of the
    posterior of s, which is computed on a grid; so each draw of s, of g given s and of t given both is independent of
    the others and nothing has to converge. The parameters are drawn too, as Rubin's rules ask of proper imputations
    (Blackwell, Honaker and King 2017, doi:10.1177/0049124115585360, draw them by a bootstrap).

    Examples
    --------
    >>> scores = np.array([1.0, 2.0, 4.0, 5.0, 7.0, 8.0])
    >>> none = np.zeros((6, 0))
    >>> drawn = true_score_draws(scores, np.zeros(6), none, draws=2, rng=np.random.default_rng(1))
    >>> drawn.tolist() == [scores.tolist()] * 2  # no errors: nothing to draw
    True
    """
    basis = _basis(others)
    scale = float(np.linalg.norm(scores - basis @ (basis.T @ scores))) / np.sqrt(len(scores) - basis.shape[1]) or 1.0
    spreads = _spreads(scores / scale, variances / scale**2, basis, draws=draws, rng=rng) * scale
    return np.array([_drawn(scores, variances, basis, spread**2, rng) for spread in spreads])


def _basis(others: np.ndarray) -> np.ndarray:
    """Return orthonormal columns that span the variables and the constant."""
    sizes = np.abs(others).max(axis=0, initial=0.0)
    columns = others[:, sizes > 0] / sizes[sizes > 0]
    columns = np.column_stack([np.ones(len(others)), columns - columns.mean(axis=0)])
    left, values, _ = np.linalg.svd(columns, full_matrices=False)
    return left[:, values > values[0] * 1e-10]


def _fits(scores: np.ndarray, totals: np.ndarray, basis: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each row of variances, the coefficients, the factor of their precision, and the deviance.

    The deviance is minus twice the log likelihood of the variances, the coefficients integrated out.
    """
    weighted = basis.T / totals[:, None, :]
    factors = np.linalg.cholesky(weighted @ basis)
    found = np.linalg.solve(np.swapaxes(factors, 1, 2), np.linalg.solve(factors, (weighted @ scores)[..., None]))[
        ..., 0
    ]
    off = scores - found @ basis.T
    logs = np.log(totals).sum(axis=1) + 2 * np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)
    return found, factors, logs + (off**2 / totals).sum(axis=1)


def _spreads(
    scores: np.ndarray, variances: np.ndarray, basis: np.ndarray, *, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw the spread s of the true scores about what the variables say, from its posterior on a grid of logarithms.

    A first grid finds where there is any density, a second one lies there: with few units more than variables the
    posterior reaches over thousands of standard deviations, with thousands of them over a hundredth of one.
    """

    def density(logs: np.ndarray) -> np.ndarray:
        found = 2 * logs - _fits(scores, variances + np.exp(2 * logs)[:, None], basis)[2] / 2
        return np.exp(found - found.max())

    rough = np.log(np.geomspace(*ENDS, GRID))
    some = np.flatnonzero(density(rough) > NOTHING)
    grid = np.linspace(rough[max(some[0] - 1, 0)], rough[min(some[-1] + 1, GRID - 1)], GRID)
    heights = density(grid)
    cumulated = np.concatenate([[0.0], np.cumsum((heights[1:] + heights[:-1]) / 2)])
    return np.exp(np.interp(rng.random(draws), cumulated / cumulated[-1], grid))


def _drawn(
    scores: np.ndarray, variances: np.ndarray, basis: np.ndarray, spread: float, rng: np.random.Generator
) -> np.ndarray:
    """Draw the coefficients and the true scores for one variance of the true scores."""
    (found,), (factor,), _ = _fits(scores, (variances + spread)[None, :], basis)
    fitted = basis @ (found + np.linalg.solve(factor.T, rng.standard_normal(len(found))))
    kept = spread / (spread + variances)  # how much of a score's distance from the fit is believed
    return scores + (1 - kept) * (fitted - scores) + np.sqrt(kept * variances) * rng.standard_normal(len(scores))
