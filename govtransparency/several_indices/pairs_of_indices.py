"""How far each two indices agree on the countries they share: correlations, given income too, and the top quarter."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.arrays import floats
from govtransparency.coherence.agreement_coefficients import cohen_kappa
from govtransparency.p_values import adjusted
from govtransparency.ranking import column_ranks
from govtransparency.robustness import compare_rankings
from govtransparency.robustness.stability.resampling import Resamples, percentile_interval

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LEAST", "RESAMPLES", "given_income", "linked", "rank_correlations", "top_quarters"]

LEAST = 10  # countries in common, below which nothing is computed
RESAMPLES = 1000
QUARTER = 4


def rank_correlations(ranks: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return the rank correlations of each two indices over the countries that both have.

    Parameters
    ----------
    ranks : DataFrame, countries x indices
        NaN where an index has no such country.
    seed : int
        Of resampling the countries.

    Returns
    -------
    DataFrame, indexed by first, second
        countries; spearman, low, high; tau_b, tau_low, tau_high: with bootstrap intervals of 95 %; p_value, of
        Spearman's by Student's t with n - 2 degrees of freedom; p_adjusted, by Holm over all pairs. NaN below `LEAST`
        countries.

    See Also
    --------
    govtransparency.compare_rankings : which computes them.
    """
    rows = {}
    for pair, shared in _pairs(ranks):
        row: dict[str, float] = {"countries": len(shared)}
        if len(shared) >= LEAST:
            found = compare_rankings(shared, rng=seed).loc[pair]
            spearman, tau = found.loc["spearman"], found.loc["tau_b"]
            row |= {"spearman": spearman["value"], "low": spearman["low"], "high": spearman["high"]}
            row |= {"tau_b": tau["value"], "tau_low": tau["low"], "tau_high": tau["high"]}
            row |= {"p_value": _two_sided(spearman["value"], len(shared) - 2)}
        rows[pair] = row
    columns = ["countries", "spearman", "low", "high", "tau_b", "tau_low", "tau_high", "p_value"]
    return _with_holm(_table(rows, columns))


def given_income(ranks: pd.DataFrame, income: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return Spearman's correlation of each two indices that is left when each is adjusted for income.

    The ranks of each index are taken as their deviations from a line on the ranks of income in the year of that index,
    and the deviations correlated. Where both years have the same income, that is the partial rank correlation.

    Parameters
    ----------
    ranks : DataFrame, countries x indices
    income : DataFrame, countries x indices
    seed : int

    Returns
    -------
    DataFrame, indexed by first, second
        countries: with both indices and income; spearman: over these countries, not adjusted; partial, low, high: with
        the bootstrap interval of 95 %; p_value, by Student's t with n - 3 degrees of freedom; p_adjusted, by Holm.
    """
    resampled = Resamples(np.random.default_rng(seed), RESAMPLES)
    rows = {}
    for pair, shared in _pairs(ranks):
        known = shared.join(income[list(pair)].add_suffix(" income")).dropna()
        n = len(known)
        row: dict[str, float] = {"countries": n}
        if n >= LEAST:
            x = column_ranks(floats(known), ties="average")
            once = np.ones((1, n))
            partial = float(_partial(x, once)[0])
            low, high = percentile_interval(_partial(x, resampled.weights(n)), 0.95)
            row |= {
                "spearman": float(np.corrcoef(x[:, 0], x[:, 1])[0, 1]),
                "partial": partial,
                "low": low,
                "high": high,
            }
            row |= {"p_value": _two_sided(partial, n - 3)}
        rows[pair] = row
    return _with_holm(_table(rows, ["countries", "spearman", "partial", "low", "high", "p_value"]))


def top_quarters(ranks: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return how far each two indices name the same first quarter of the countries that both have.

    Parameters
    ----------
    ranks : DataFrame, countries x indices
    seed : int

    Returns
    -------
    DataFrame, indexed by first, second
        countries; quarter: how many that is; both: in the first quarter of both; expected: by chance; kappa, Cohen's;
        p_value, hypergeometric, of so many or more; p_adjusted, by Holm. Those tied with the last of the quarter
        belong to it.
    """
    rows = {}
    for pair, shared in _pairs(ranks):
        row: dict[str, float] = {"countries": len(shared)}
        if len(shared) >= LEAST:
            quarter = -(-len(shared) // QUARTER)
            first = column_ranks(floats(shared)) <= quarter
            found = compare_rankings(shared, top=quarter, resamples=1, rng=seed).loc[(*pair, "overlap")]
            sizes = first.sum(axis=0)
            row |= {
                "quarter": quarter,
                "both": int(first.all(axis=1).sum()),
                "expected": sizes[0] * sizes[1] / len(first),
            }
            row |= {"kappa": cohen_kappa(*first.astype(float).T), "p_value": found["p_value"]}
        rows[pair] = row
    return _with_holm(_table(rows, ["countries", "quarter", "both", "expected", "kappa", "p_value"]))


def linked(pairs: pd.MultiIndex, shared: pd.DataFrame) -> list[bool]:
    """Return of each pair whether it is among those that share sources, in either order."""
    known = {frozenset(pair) for pair in shared[["first", "second"]].to_numpy().tolist()}
    return [frozenset(pair) in known for pair in pairs]


def _pairs(ranks: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """Give each pair of indices and the countries that both have, ranked among each other."""
    for pair in itertools.combinations(ranks.columns, 2):
        shared = ranks[list(pair)].dropna()
        yield pair, pd.DataFrame(column_ranks(floats(shared)), shared.index, shared.columns)


def _partial(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the correlation of two columns, each less its line on a third and a fourth, for many weights of the rows.

    Parameters
    ----------
    x : ndarray, countries x 4
    weights : ndarray, resamples x countries
    """
    total = weights.sum(axis=1, keepdims=True)
    means = weights @ x / total
    centred = x[None] - means[:, None]
    products = np.einsum("rn,rni,rnj->rij", weights, centred, centred)
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = [products[:, one, one + 2] / products[:, one + 2, one + 2] for one in (0, 1)]
        a, b = (centred[:, :, one] - slopes[one][:, None] * centred[:, :, one + 2] for one in (0, 1))
        spread = np.sum(weights * a * a, axis=1) * np.sum(weights * b * b, axis=1)
        return np.where(spread > 1e-9, np.sum(weights * a * b, axis=1) / np.sqrt(spread), np.nan)


def _two_sided(correlation: float, freedom: int) -> float:
    """Return the p-value of a correlation by Student's t."""
    from scipy import special

    t = correlation * np.sqrt(freedom / max(1 - correlation**2, np.finfo(float).eps))
    return float(2 * special.stdtr(freedom, -abs(t)))


def _table(rows: dict[tuple[str, str], dict[str, float]], columns: list[str]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(rows, names=["first", "second"])
    return pd.DataFrame(list(rows.values()), index=index, columns=columns)


def _with_holm(table: pd.DataFrame) -> pd.DataFrame:
    tested = table["p_value"].notna()
    return table.assign(p_adjusted=pd.Series(adjusted(table.loc[tested, "p_value"].to_numpy()), table.index[tested]))
