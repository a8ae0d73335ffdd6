"""Do pooled regressions on an index hold what they promise? Scores with errors, drawn from known truths.

The true slope is 1 in both roles. Coverage is of the 95 % interval; the errors are those of assessors who disagree.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

import govtransparency as gt

FULL = 2000  # replications of each design
COST = 0.5  # seconds of one core for a replication of each of the four designs
UNITS, ASSESSORS, DRAWS, REGRESSIONS = 100, 4, 100, 20
TOGETHER = 25  # replications whose units are in one table, which takes no longer than one
COVERAGE = (0.93, 0.99)
CHANCE = 1e-5  # that a coverage inside is refused in a shorter run
ROLES = ("regressor", "outcome")
BIAS = {0.1: 0.05, 0.5: 0.10}  # by the variance of the errors, as a share of the true scores'
RECIPE = gt.Recipe(gt.Framework.flat(["a"]), normalise=gt.unscaled)


@dataclass(frozen=True)
class Design:
    """A role of the index in the regression, and how large the errors of its scores are."""

    role: str
    share: float

    def __str__(self) -> str:
        return f"index as {self.role}, error variance {self.share:g} of the true one"

    def drawn(self, rng: np.random.Generator, runs: int) -> tuple[pd.Series, pd.DataFrame]:
        """Return the other variable and the assessors' marks of the units of several replications."""
        cause, noise = rng.standard_normal((2, runs * UNITS))
        truth, other, variance = (
            (cause, cause + noise, 1.0) if self.role == "regressor" else (cause + noise, cause, 2.0)
        )
        spread = np.sqrt(self.share * variance * ASSESSORS)
        marks = truth[:, None] + spread * rng.standard_normal((len(truth), ASSESSORS))
        units = pd.Index([f"u{unit:05}" for unit in range(len(truth))], name="unit")
        wide = pd.DataFrame(marks, index=units, columns=[f"assessor {number}" for number in range(ASSESSORS)])
        long = wide.melt(ignore_index=False, var_name="assessor", value_name="mark").reset_index()
        return pd.Series(other, index=units, name="other"), long.assign(indicator="a")


DESIGNS = [Design(role, share) for role in ROLES for share in BIAS]
OBSERVED, PLAIN, GIVEN = "the observed score", "scores_draws()", "scores_draws(given=...)"
PROMISED = {("regressor", GIVEN), ("outcome", GIVEN), ("outcome", PLAIN)}


def replications(design: Design, runs: int, rng: np.random.Generator) -> Iterator[dict[str, tuple[float, bool]]]:
    """Give, by the way it was estimated, the slope and whether its interval holds the true one."""
    other, marks = design.drawn(rng, runs)
    table = marks.groupby("unit")[["mark"]].mean().rename(columns={"mark": "a"})
    seed = int(rng.integers(2**32))
    ensemble = gt.uncertainty_analysis(table, RECIPE, gt.marks_noise(marks), draws=DRAWS, rng=seed)
    plain = ensemble.scores_draws(m=REGRESSIONS)
    for first in range(0, len(table), UNITS):
        units = table.index[first : first + UNITS]
        given = ensemble.scores_draws(m=REGRESSIONS, given=other[units])
        observed = fitted(design, table.loc[units, "a"], other[units])
        low, high = observed.conf_int()[1]
        found = {OBSERVED: (float(observed.params[1]), bool(low <= 1 <= high))}
        for way, draws in ((PLAIN, plain.loc[units]), (GIVEN, given)):
            results = [fitted(design, draws[k], other[units]) for k in draws]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the naive way
                row = gt.pool(results, draws=draws).table.iloc[1]
            found[way] = (float(row["estimate"]), bool(row["low"] <= 1 <= row["high"]))
        yield found


def fitted(design: Design, score: pd.Series, other: pd.Series) -> Any:
    """Return the regression on one draw of the scores."""
    x, y = (score, other) if design.role == "regressor" else (other, score)
    return sm.OLS(y.to_numpy(), np.column_stack([np.ones(UNITS), x.to_numpy()])).fit()


def limits(runs: int) -> tuple[float, float]:
    """Return what coverages are believable in so many replications if the true one is inside."""
    if runs >= FULL:
        return COVERAGE
    from scipy.stats import binom

    return float(binom.ppf(CHANCE, runs, COVERAGE[0]) / runs), float(binom.isf(CHANCE, runs, COVERAGE[1]) / runs)


def judged(design: Design, way: str, seen: Sequence[tuple[float, bool]]) -> Iterator[dict]:
    """Give the rows of one way in one design; the ways that nothing is promised of are shown without a limit."""
    slopes, held = np.array([slope for slope, _ in seen]), float(np.mean([kept for _, kept in seen]))
    promised = (design.role, way) in PROMISED
    low, high = limits(len(seen))
    slack = 0.0 if len(seen) >= FULL else 5 * slopes.std(ddof=1) / np.sqrt(len(seen))
    bias, most = abs(slopes.mean() - 1), BIAS[design.share] + slack
    yield {
        "what": f"slope, {design}, {way}",
        "cases": len(seen),
        "value": float(slopes.mean()),
        "limit": f"1 +- {most:.3g}" if promised else "none",
        "passed": bool(not promised or bias < most),
    }
    yield {
        "what": f"coverage, {design}, {way}",
        "cases": len(seen),
        "value": held,
        "limit": f"{low:.3g} to {high:.3g}" if promised else "none",
        "passed": bool(not promised or low <= held <= high),
    }


def simulate(designs: Sequence[Design], runs: int, *, seed: int) -> list[dict]:
    """Return the rows of each design and way of estimating, from so many replications."""
    rows = []
    for number, design in enumerate(designs):
        found = [
            one
            for first in range(0, runs, TOGETHER)
            for one in replications(design, min(TOGETHER, runs - first), np.random.default_rng([seed, number, first]))
        ]
        rows += [row for way in (GIVEN, PLAIN, OBSERVED) for row in judged(design, way, [one[way] for one in found])]
    return rows


def run(*, seconds: float | None = None, seed: int) -> list[dict]:
    """Simulate both roles and both sizes of errors, in as many replications as take about that long on one core.

    Parameters
    ----------
    seconds : float, optional
        By default 2,000 replications of each design.
    seed : int

    Returns
    -------
    list of dict
        what, cases (replications), value, limit, passed.
    """
    return simulate(DESIGNS, FULL if seconds is None else max(2, round(seconds / COST)), seed=seed)
