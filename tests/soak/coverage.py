"""Do rank sets hold what they promise? Tables drawn from known truths, through the package's own functions.

Coverage is joint: all true ranks of all units inside their sets, at 95 % confidence.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
import pandas as pd

import govtransparency as gt
from govtransparency.robustness import inference, score_errors

FULL = 2000  # replications of each design
LEAST = 0.94
CHANCE = 1e-6  # that a design which just holds LEAST is refused in a shorter run
WIDEST = 1.15
STEPS = 30  # standard errors that a linear truth spans
RESAMPLES = 100
ROWS = 1000  # units of all replications scored at once
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


def frame(values: np.ndarray, recipe: gt.Recipe) -> pd.DataFrame:
    return pd.DataFrame(values, [f"u{unit}" for unit in range(len(values))], list(recipe.framework.indicators))


def scored(table: pd.DataFrame, recipe: gt.Recipe) -> np.ndarray:
    return gt.build_index(table, recipe).scores["index"].to_numpy()


@dataclass(frozen=True)
class Seen:
    """What a replication gives: the truth, the scores seen, and how large their errors are taken to be."""

    truth: np.ndarray
    scores: np.ndarray
    covariance: np.ndarray
    degrees: np.ndarray

    def sets(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the best and the worst rank of each unit, as `rank_confidence_sets` does after its checks."""
        spread = inference._difference_errors(self.covariance)
        chances = inference._chances(self.scores, spread, self.degrees)
        return inference._holm_sets(chances, 0.05, "two-sided", True, True)

    def held(self) -> bool:
        """Whether every true rank is inside; units tied in truth have every rank of the tie."""
        best = 1 + (self.truth[None] > self.truth[:, None]).sum(axis=1)
        worst = best + (self.truth[None] == self.truth[:, None]).sum(axis=1) - 1
        low, high = self.sets()
        return bool(((low <= best) & (high >= worst)).all())


def chosen_indicators(design: Design, rng: np.random.Generator) -> Iterator[dict[str, Seen]]:
    """Draw indicators about each unit's true score; errors do not depend on the truth, so both truths share them.

    All replications of a batch are units of one table; what is pooled over units is pooled within each.
    """
    recipe, size = design.recipe, (ROWS // design.units, design.units, len(design.spread))
    drawn = rng.standard_normal((size[0], 1, size[2])) + design.spread * rng.standard_normal(size)
    index = gt.build_index(frame(drawn.reshape(-1, size[2]), recipe), recipe)
    samples, scores = score_errors._samples(index), index.scores["index"].to_numpy().reshape(size[:2])
    for place, seen in enumerate(scores):
        rows = slice(place * design.units, (place + 1) * design.units)
        own = [
            replace(sample, present=sample.present[rows], changes=sample.changes[rows], kish=sample.kish[rows])
            for sample in samples
        ]
        covariance, degrees, _ = score_errors._jackknife(own, recipe.framework)
        yield {
            name: Seen(truth, seen + truth, covariance, degrees) for name, truth in design.truths(design.error).items()
        }


def disagreeing_assessors(design: Design, rng: np.random.Generator) -> Iterator[dict[str, Seen]]:
    """Draw the marks of two assessors about known values."""
    recipe = design.recipe
    codes = np.array(recipe.framework.indicators)
    shape = (design.units, len(codes), 2)
    unit, code, who = (part.ravel() for part in np.indices(shape))
    noise = design.spread[:, None] * rng.standard_normal(shape)
    units = np.array([f"u{unit}" for unit in range(design.units)])
    marks = pd.DataFrame({"unit": units[unit], "indicator": codes[code], "assessor": who, "mark": noise.ravel()})
    errors = gt.assessor_errors(marks, recipe, resamples=RESAMPLES, rng=rng).loc[units, units]
    yield {
        name: Seen(truth, noise.mean(axis=(1, 2)) + truth, errors.to_numpy(), np.asarray(errors.attrs["df"]))
        for name, truth in design.truths(design.error / np.sqrt(2)).items()
    }


def sampled_items(design: Design, rng: np.random.Generator) -> Iterator[dict[str, Seen]]:
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
        degrees = np.asarray(errors.attrs["df"])
        found[name] = Seen(truth, scored(shares, recipe), errors.to_numpy(), degrees)
    yield found


SOURCES: dict[str, Callable] = {
    "choice of indicators": chosen_indicators,
    "assessors": disagreeing_assessors,
    "sampled items": sampled_items,
}


@dataclass
class Study:
    """One source and design: how often the sets held, by truth."""

    name: str
    design: Design
    stream: tuple[int, ...]
    turns: int = 0
    done: int = 0
    found: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def turn(self) -> None:
        """Do one batch of replications."""
        for truths in SOURCES[self.name](self.design, np.random.default_rng([*self.stream, self.turns])):
            self.note(truths)
            self.done += 1
        self.turns += 1

    def note(self, truths: dict[str, Seen]) -> None:
        for name, seen in truths.items():
            self.found[name].append(seen.held())


class Width(Study):
    """How wide the sets are, and would be if the variances were known."""

    def note(self, truths: dict[str, Seen]) -> None:
        seen = truths["linear"]
        low, high = seen.sets()
        scores = pd.Series(seen.scores)
        known = gt.rank_confidence_sets(scores, pd.Series(self.design.error, scores.index), rng=self.done)
        self.found["estimated"].append(float(np.mean(high - low + 1)))
        self.found["known"].append(float((known["high"] - known["low"] + 1).mean()))


def bearable(held: int, runs: int) -> bool:
    """Whether a coverage of LEAST is to be believed: strictly at full length, by a binomial bound before."""
    from scipy.stats import binom

    return held >= LEAST * runs or (runs < FULL and float(binom.cdf(held, runs, LEAST)) >= CHANCE)


def run(*, seconds: float | None, seed: int, sources: tuple[str, ...] = tuple(SOURCES)) -> list[dict]:
    """Simulate every source of errors in every design, in turn, until each is done or the time is up.

    Parameters
    ----------
    seconds : float or None
        None: 2,000 replications of each design.
    seed : int
    sources : tuple of str

    Returns
    -------
    list of dict
        what, cases (designs), replications (of each, the fewest), value, limit, passed. The value of a coverage is that
        of the design where it is lowest; every design is judged, strictly at full length, by a binomial bound before.
    """
    width = Width("choice of indicators", Design(31, 5, 11, 1.0), (seed, 0, 0))
    studies = [
        Study(name, design, (seed, 1 + list(SOURCES).index(name), place))
        for place, design in enumerate(DESIGNS)
        for name in sources
    ]
    end = time.monotonic() + (np.inf if seconds is None else seconds)
    while waiting := [study for study in (width, *studies) if study.done < FULL]:
        for study in waiting:
            if time.monotonic() >= end:
                return report(studies, width)
            study.turn()
    return report(studies, width)


def report(studies: list[Study], width: Width) -> list[dict]:
    """Return the figures: a row for each source and truth, and the width."""
    rows = []
    for name in dict.fromkeys(study.name for study in studies if study.done):
        own = [study for study in studies if study.name == name and study.done]
        for truth in own[0].found:
            held = [(sum(study.found[truth]), study.done) for study in own]
            rows.append(
                {
                    "what": f"joint coverage, {name}, {truth}",
                    "cases": len(own),
                    "replications": min(runs for _, runs in held),
                    "value": min(count / runs for count, runs in held),
                    "limit": LEAST,
                    "passed": all(bearable(int(count), runs) for count, runs in held),
                }
            )
    if width.done:
        ratio = float(np.mean(width.found["estimated"]) / np.mean(width.found["known"]))
        rows.append(
            {
                "what": "mean width of sets over that with known variances, choice of indicators, linear",
                "cases": 1,
                "replications": width.done,
                "value": ratio,
                "limit": WIDEST,
                "passed": ratio <= WIDEST,
            }
        )
    return rows
