"""Do rank sets hold what they promise? Tables drawn from known truths, through the package's own functions.

Coverage is joint: all true ranks of all units inside their sets, at 95 % confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy.stats import binom

import govtransparency as gt

FULL = 2000  # replications of each design
ENOUGH = 25  # replications from which on all designs tell more than many of the brief ones
LEAST = 0.94
CHANCE_EACH, CHANCE_ALL = (
    1e-6,
    1e-4,
)  # that a coverage of LEAST is refused in a shorter run: of a design, of all together
WIDEST = 1.15
STEPS = 30  # standard errors that a linear truth spans
RESAMPLES = 100
UNITS, PILLARS, INDICATORS, SPREADS = (5, 31, 106), (5, 15), (2, 3, 5), (1.0, 3.0)


@dataclass(frozen=True)
class Design:
    """A size of table: the errors of the first pillar are so many times as large as those of the others."""

    units: int
    pillars: int
    indicators: int
    first: float

    @property
    def recipe(self) -> gt.Recipe:
        nodes = [gt.Node("index", "")]
        for pillar in range(self.pillars):
            nodes += [gt.Node(f"p{pillar}", "index")]
            nodes += [gt.Node(f"p{pillar}i{i}", f"p{pillar}") for i in range(self.indicators)]
        return gt.Recipe(gt.Framework(nodes), normalise=gt.unscaled)

    @property
    def spread(self) -> np.ndarray:
        """Standard deviation of the error of each indicator."""
        return np.repeat([self.first, *[1.0] * (self.pillars - 1)], self.indicators)

    @property
    def error(self) -> float:
        """Standard error of a score."""
        return float(np.sqrt(np.sum(self.spread**2)) / len(self.spread))

    def truths(self, error: float, most: float = np.inf) -> dict[str, np.ndarray]:
        """Return true scores: all alike, evenly apart, and in two halves far apart, each of units alike."""
        span = min(STEPS * error, most)
        even = span * np.linspace(0.5, -0.5, self.units)
        return {"all equal": 0.0 * even, "linear": even, "two halves": span / 2 * np.where(even > 0, 1.0, -1.0)}

    def __str__(self) -> str:
        return f"{self.units} units, {self.pillars} x {self.indicators} indicators, first pillar x {self.first:g}"


DESIGNS = [Design(*values) for values in product(UNITS, PILLARS, INDICATORS, SPREADS)]
BRIEF = [Design(5, 5, 2, 1.0), Design(31, 5, 2, 1.0)]  # few indicators, from which errors are hardest to estimate
COSTS = ((DESIGNS, 12.0), (BRIEF, 0.5))  # seconds of one core for a replication of each design and source


def frame(values: np.ndarray, recipe: gt.Recipe) -> pd.DataFrame:
    return pd.DataFrame(values, [f"u{unit}" for unit in range(len(values))], list(recipe.framework.indicators))


def scored(table: pd.DataFrame, recipe: gt.Recipe) -> np.ndarray:
    return gt.build_index(table, recipe).scores["index"].to_numpy()


@dataclass(frozen=True)
class Seen:
    """What a replication gives: the true scores, those seen, and how large their errors are taken to be."""

    truth: np.ndarray
    scores: np.ndarray
    errors: pd.DataFrame

    def sets(self) -> pd.DataFrame:
        return gt.rank_confidence_sets(pd.Series(self.scores, self.errors.index), self.errors)

    def held(self) -> bool:
        """Whether every true rank is inside; units tied in truth have every rank of the tie."""
        best = 1 + (self.truth[None] > self.truth[:, None]).sum(axis=1)
        worst = best + (self.truth[None] == self.truth[:, None]).sum(axis=1) - 1
        sets = self.sets()
        return bool(((sets["low"] <= best) & (sets["high"] >= worst)).all())


def chosen_indicators(design: Design, rng: np.random.Generator) -> dict[str, Seen]:
    """Draw indicators about each unit's true score; their errors do not depend on it, so all truths share them."""
    recipe, codes = design.recipe, len(design.spread)
    drawn = frame(rng.standard_normal(codes) + design.spread * rng.standard_normal((design.units, codes)), recipe)
    scores, errors = scored(drawn, recipe), gt.indicator_errors(drawn, recipe)
    return {name: Seen(truth, scores + truth, errors) for name, truth in design.truths(design.error).items()}


def disagreeing_assessors(design: Design, rng: np.random.Generator) -> dict[str, Seen]:
    """Draw the marks of two assessors about known values."""
    recipe = design.recipe
    codes = np.array(recipe.framework.indicators)
    shape = (design.units, len(codes), 2)
    unit, code, who = (part.ravel() for part in np.indices(shape))
    noise = design.spread[:, None] * rng.standard_normal(shape)
    units = np.array([f"u{unit}" for unit in range(design.units)])
    marks = pd.DataFrame({"unit": units[unit], "indicator": codes[code], "assessor": who, "mark": noise.ravel()})
    errors = gt.assessor_errors(marks, recipe, resamples=RESAMPLES, rng=rng).loc[units, units]
    scores = noise.mean(axis=(1, 2))
    truths = design.truths(design.error / np.sqrt(2))
    return {name: Seen(truth, scores + truth, errors) for name, truth in truths.items()}


def sampled_items(design: Design, rng: np.random.Generator) -> dict[str, Seen]:
    """Draw shares of 45 items; of 5, with three times the standard error, in a first pillar that is to differ."""
    recipe = design.recipe
    number = np.rint(45 / design.spread**2)
    error = np.sqrt(np.sum(0.25 / number)) / len(number)
    found = {}
    for name, truth in design.truths(error, most=0.5).items():
        likely = truth[:, None] + rng.uniform(0.35, 0.65, len(number))
        shares = frame(rng.binomial(number.astype(int), likely) / number, recipe)
        items = frame(np.broadcast_to(number, shares.shape), recipe)
        errors = gt.sampling_errors(shares, items, recipe, resamples=RESAMPLES, rng=rng)
        found[name] = Seen(truth, scored(shares, recipe), errors)
    return found


SOURCES: dict[str, Callable[[Design, np.random.Generator], dict[str, Seen]]] = {
    "choice of indicators": chosen_indicators,
    "assessors": disagreeing_assessors,
    "sampled items": sampled_items,
}


def held(source: str, design: Design, runs: int, *, seed: int) -> pd.DataFrame:
    """Return whether all true ranks were inside their sets: replications x truths."""
    stream = (seed, 1 + list(SOURCES).index(source), DESIGNS.index(design))
    seen = (SOURCES[source](design, np.random.default_rng([*stream, run])) for run in range(runs))
    return pd.DataFrame([{name: each.held() for name, each in truths.items()} for truths in seen])


def lowest(runs: int, chance: float) -> float:
    """Return the lowest share of so many replications that leaves a coverage of LEAST believable, by the binomial."""
    return float(binom.ppf(chance, runs, LEAST)) / runs


def judged(source: str, found: dict[Design, pd.DataFrame]) -> list[dict]:
    """Return two rows for each truth: of all designs together, and of the one where the coverage is lowest.

    At full length both have to reach LEAST; before, what it leaves believable in so many replications. The pool is
    judged more closely, since a few replications of one design tell little.
    """
    runs = min(map(len, found.values()))
    rows = []
    for truth in next(iter(found.values())):
        shares = {design: float(kept[truth].mean()) for design, kept in found.items()}
        worst = min(shares, key=lambda design: shares[design])
        pooled = pd.concat([kept[truth] for kept in found.values()])
        for where, cases, value, chance in (
            (f"{len(found)} designs together", len(pooled), float(pooled.mean()), CHANCE_ALL),
            (f"the lowest of them: {worst}", len(found[worst]), shares[worst], CHANCE_EACH),
        ):
            limit = LEAST if runs >= FULL else lowest(cases, chance)
            rows.append(
                {
                    "what": f"joint coverage, {source}, {truth}, {where}",
                    "cases": cases,
                    "value": value,
                    "limit": limit,
                    "passed": value >= limit,
                }
            )
    return rows


def width(runs: int, *, seed: int) -> dict:
    """Return the row that says how wide the sets are, over those of known variances."""
    design = Design(31, 5, 11, 1.0)
    estimated, known = 0.0, 0.0
    for run in range(runs):
        seen = chosen_indicators(design, np.random.default_rng([seed, 0, 0, run]))["linear"]
        scores = pd.Series(seen.scores)
        sure = gt.rank_confidence_sets(scores, pd.Series(design.error, scores.index), rng=run)
        estimated += float((seen.sets().eval("high - low") + 1).mean())
        known += float((sure.eval("high - low") + 1).mean())
    ratio = estimated / known
    what = f"mean width of sets over that with known variances, choice of indicators, linear, {design}"
    return {"what": what, "cases": runs, "value": ratio, "limit": WIDEST, "passed": ratio <= WIDEST}


def length(seconds: float | None) -> tuple[list[Design], int]:
    """Return the designs and how many replications each gets: all where there is time for it, else the brief ones."""
    if seconds is None:
        return DESIGNS, FULL
    for designs, cost in COSTS:
        if (runs := round(seconds / cost)) >= ENOUGH:
            return designs, runs
    return BRIEF, max(1, runs)


def simulate(designs: Iterable[Design], runs: int, *, seed: int, sources: Iterable[str] = SOURCES) -> list[dict]:
    """Return the rows of each source of errors, from so many replications of each design."""
    return [
        row
        for source in sources
        for row in judged(source, {design: held(source, design, runs, seed=seed) for design in designs})
    ]


def run(*, seconds: float | None = None, seed: int) -> list[dict]:
    """Simulate every source of errors in every design, in as many replications as take about that long on one core.

    Parameters
    ----------
    seconds : float, optional
        By default 2,000 replications of each of 36 designs, some hours; below five minutes two small designs.
    seed : int

    Returns
    -------
    list of dict
        what, cases (replications), value, limit, passed.
    """
    designs, runs = length(seconds)
    return [*simulate(designs, runs, seed=seed), width(runs, seed=seed)]
