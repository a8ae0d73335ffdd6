"""Assessors' marks drawn so that a unit's pillars, rebuilt from them, reach given scores."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govtransparency.framework import Framework, first_level
from govtransparency.nodes import ROOT
from govtransparency.recipe import Recipe
from govtransparency.scoring.compiler import compile_scoring
from govtransparency.scoring.values import values_of
from tools.make_data.random_streams import lasting, uniforms
from tools.make_data.simulated_scores import bisect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govtransparency.treatment import MissingRule

NOT_APPLICABLE = "n/a"
CEILING, FLOOR = 0.995, 0.02
LEAST_COVERAGE = 0.75
CLEAR_CUT = 88
NEAR = 0.002


@dataclass(frozen=True)
class Peculiarities:
    """What is drawn for each unit and indicator before any score is known; arrays are units x indicators.

    Attributes
    ----------
    threshold : what a unit's level must pass for a yes, or for the steps of a grade; 0 to 1
    noise : added to a unit's level, in units of the scale from worst to best
    differs : whether the two assessors disagree
    up : whether the second mark is the higher one, where both ways are open
    swap : whether the first assessor is the one who strays
    size : how far they are apart, 0 to 1
    given : bool, units x indicators x 2: marks that are there
    not_applicable : bool
    forced : marks that facts pin; NaN elsewhere
    """

    threshold: np.ndarray
    noise: np.ndarray
    differs: np.ndarray
    up: np.ndarray
    swap: np.ndarray
    size: np.ndarray
    given: np.ndarray
    not_applicable: np.ndarray
    forced: np.ndarray


def draw_marks(
    units: pd.DataFrame,
    pillars: pd.DataFrame,
    forced: pd.DataFrame,
    year: int,
    framework: Framework,
    items: pd.DataFrame,
    settings: Mapping[str, Any],
    *,
    missing: MissingRule,
) -> pd.DataFrame:
    """Draw two assessors' marks for every unit of a group and indicator.

    For each unit and first-level pillar the level is sought at which the marks give the score wanted; the step of the
    last yes/no or grade is made up by the pillar's shares, on a grid of four decimals.

    Parameters
    ----------
    units : DataFrame
        Of one group, as `choose_units` gives them.
    pillars : DataFrame, units x first-level pillars
        Scores to reach, 0 to 100.
    forced : DataFrame, units x indicators
        Marks that facts pin, NaN elsewhere.
    year : int
    framework : Framework
        With goalposts for every indicator.
    items : DataFrame, indexed by indicator
        month, ease, disagree, missing, not_applicable, not_applicable_police.
    settings : mapping
        Of ``simulation.toml``.
    missing : MissingRule
        The edition's.

    Returns
    -------
    DataFrame, one row per mark, all text: unit, indicator, assessor, mark, observed_on
    """
    group, codes = units["group"].iloc[0], list(units["unit"])
    target, columns = pillars.to_numpy(), list(pillars)
    place = np.array([columns.index(first_level(framework, code)) for code in framework.indicators])
    drawn = _draw(codes, group, forced.to_numpy(), year, framework, items, settings)
    drawn = replace(drawn, differs=drawn.differs & (target < CLEAR_CUT)[:, place])
    weights = spread(framework, np.any(drawn.given, axis=2), missing, drawn.not_applicable)
    reach, ease = settings["reach"][group], items["ease"].to_numpy(float)
    goals = framework.goalposts.to_numpy()

    def marks_at(level: np.ndarray) -> np.ndarray:
        return _marks(level[:, place] + ease, drawn, framework, reach)

    def scores_of(marks: np.ndarray) -> np.ndarray:
        parts = weights * _normalised(marks, drawn.given, goals)
        return np.column_stack([parts[:, place == i].sum(axis=1) for i in range(len(columns))])

    start = np.full(target.shape, 300.0)
    levels = bisect(lambda level: scores_of(marks_at(level)), target, low=-start, high=start)
    settled = [_settle(marks_at(level), target, place, scores_of, weights, drawn, framework) for level in levels]
    gaps = [np.abs(scores_of(marks) - target) for marks in settled]
    either = np.maximum(*gaps) < NEAR
    below = np.where(either, target < 50, gaps[0] < gaps[1])
    marks = np.where(below[:, place, None], *settled)
    return _sheet(marks, drawn, codes, year, framework, items, settings)


def spread(
    framework: Framework, present: np.ndarray, missing: MissingRule, not_applicable: np.ndarray | None = None
) -> np.ndarray:
    """Return each indicator's weight within its first-level pillar, units x indicators, under the missing-data rule.

    It is the score of the pillar where that indicator has 1 and all others have 0. What is neither present nor not
    applicable is missing.
    """
    normalised = pd.DataFrame(np.where(present, 0.0, np.nan), columns=list(framework.indicators))
    scoring = compile_scoring(Recipe(framework, missing=missing), values_of(normalised, not_applicable))
    weights = np.zeros(present.shape)
    for column, code in enumerate(framework.indicators):
        values = scoring.values.copy()
        values[present[:, column], column] = 1.0
        scores = {code: values[:, column]} | scoring.evaluate(values=values)[0]
        weights[:, column] = np.nan_to_num(scores[first_level(framework, code)])
    return weights


def _draw(
    codes: Sequence[str],
    group: str,
    forced: np.ndarray,
    year: int,
    framework: Framework,
    items: pd.DataFrame,
    settings: Mapping[str, Any],
) -> Peculiarities:
    seed, size = settings["seed"], len(framework.indicators)
    shape = (len(codes), size)

    def each(what: str) -> np.ndarray:
        return np.array([uniforms(seed, what, unit, year, size=size) for unit in codes])

    kept = each("habit") < settings["habit"]
    old = np.array([uniforms(seed, "threshold", unit, size=size) for unit in codes])
    rates = items[["disagree", "missing", "not_applicable"]].to_numpy(float).T
    if group == "police":
        rates[2] = items["not_applicable_police"].to_numpy(float)
    free = np.isnan(forced)
    absent, one = each("absent"), each("one")
    not_applicable = free & (each("applicable") < rates[2])
    missing = np.stack([free & (absent < rates[1] * (0.5 + extra)) for extra in (one < 0.5, one >= 0.5)], axis=2)
    given = ~(missing | not_applicable[..., None])
    for pillar in framework.children(ROOT):
        leaves = [framework.indicators.index(leaf) for leaf in framework.leaves[pillar]]
        shares = [leaf for leaf in leaves if framework.node(framework.indicators[leaf]).unit == "share"]
        there = given.any(axis=2)
        poor = np.minimum(there[:, leaves].mean(axis=1), there[:, shares].mean(axis=1)) < LEAST_COVERAGE
        rows = np.ix_(np.flatnonzero(poor), np.array(leaves))
        given[rows], not_applicable[rows] = True, False
    return Peculiarities(
        threshold=np.where(kept, old, each("threshold")),
        noise=settings["item_spread"] / 100 * lasting(settings, year, codes, "item", size),
        differs=free & (each("differs") < rates[0]),
        up=each("up") < 0.5,
        swap=each("swap") < 0.5,
        size=each("size"),
        given=given,
        not_applicable=not_applicable,
        forced=np.broadcast_to(forced, shape),
    )


def _marks(level: np.ndarray, drawn: Peculiarities, framework: Framework, reach: float) -> np.ndarray:
    """Return both assessors' marks, units x indicators x 2, given each unit's level (about 0 to 100) on each."""
    marks = np.empty((*level.shape, 2))
    for i, code in enumerate(framework.indicators):
        node = framework.node(code)
        x = level[:, i] / 100
        threshold, noisy = drawn.threshold[:, i], x + drawn.noise[:, i]
        up = drawn.up[:, i]
        if node.unit == "yes/no":
            first = (x > threshold).astype(float)
            second = 1 - first
        elif node.unit == "grade":
            first = (x > 0.7 * threshold) * 0.5 + (x > 0.3 + 0.7 * threshold) * 0.5
            second = np.where(first == 0.5, up * 1.0, 0.5)
        elif node.unit == "of twelve":
            first = np.rint(12 * np.clip(noisy, 0, 1))
            second = np.where((first == 12) | (first > 0) & ~up, first - 1, first + 1)
        elif node.unit == "count":
            first = np.rint(node.best * reach * np.clip(noisy, 0, 1.25) ** 1.4)
            apart = np.maximum(1, np.rint(first * 0.06 * drawn.size[:, i]))
            second = np.maximum(0, np.where(up, first + apart, first - apart))
        elif node.unit == "days":
            first = np.rint(node.worst + (node.best - node.worst) * np.clip(noisy, 0, 1))
            second = np.maximum(0, np.where(up, first + 1, first - 1 - (drawn.size[:, i] > 0.5)))
        elif node.unit == "share":
            first = node.worst + (node.best - node.worst) * np.clip(noisy, FLOOR, CEILING)
            apart = 0.005 + 0.025 * drawn.size[:, i]
            second = np.where(up & (first + apart <= 1), first + apart, first - apart)
        else:
            raise ValueError(f"indicator {code!r}: no way to draw marks in {node.unit!r}")
        second = np.where(drawn.differs[:, i], second, first)
        swap = drawn.swap[:, i]
        marks[:, i, 0], marks[:, i, 1] = np.where(swap, second, first), np.where(swap, first, second)
    forced = drawn.forced[..., None]
    return np.where(np.isnan(forced), marks, forced)


def _normalised(marks: np.ndarray, given: np.ndarray, goals: np.ndarray) -> np.ndarray:
    """Return the scores 0 to 100, units x indicators, of the marks given; 0 where none is."""
    count = given.sum(axis=2)
    value = _divide(np.where(given, marks, 0).sum(axis=2), count)
    scaled = (value - goals[:, 0]) / (goals[:, 1] - goals[:, 0])
    return np.where(count > 0, 100 * np.clip(scaled, 0, 1), 0)


def _settle(
    marks: np.ndarray,
    target: np.ndarray,
    place: np.ndarray,
    scores_of: Callable[[np.ndarray], np.ndarray],
    weights: np.ndarray,
    drawn: Peculiarities,
    framework: Framework,
) -> np.ndarray:
    """Return the marks with the shares of each pillar moved, together and then one by one, until it has its target."""
    marks, goals = marks.copy(), framework.goalposts.to_numpy()
    is_share = np.array([framework.node(code).unit == "share" for code in framework.indicators])
    for i in range(target.shape[1]):
        own = np.flatnonzero((place == i) & is_share)
        width = goals[own, 1] - goals[own, 0]
        strength = 100 * weights[:, own] / width
        need = target[:, i] - scores_of(marks)[:, i]
        upward = (need > 0)[:, None]
        given = drawn.given[:, own]
        highest = np.where(given, marks[:, own], -np.inf).max(axis=2)
        lowest = np.where(given, marks[:, own], np.inf).min(axis=2)
        room = np.where(upward, 1 - highest, lowest - goals[own, 0] - FLOOR * width)
        room = np.where(weights[:, own] > 0, np.maximum(room, 0), 0)
        part = np.minimum(1, _divide(np.abs(need), (strength * room).sum(axis=1)))
        step = np.where(upward, part[:, None], -part[:, None]) * room
        marks[:, own] = np.round(np.clip(marks[:, own] + step[..., None], 0, 1), 4)
        for j in np.argsort(-weights[:, own].sum(axis=0), kind="stable"):
            step = _divide(target[:, i] - scores_of(marks)[:, i], strength[:, j])
            marks[:, own[j]] = np.round(np.clip(marks[:, own[j]] + step[:, None], 0, 1), 4)
    return marks


def _divide(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a / b, 0 where b is 0."""
    return np.divide(a, b, out=np.zeros(np.broadcast_shapes(a.shape, b.shape)), where=b > 0)


def _sheet(
    marks: np.ndarray,
    drawn: Peculiarities,
    codes: Sequence[str],
    year: int,
    framework: Framework,
    items: pd.DataFrame,
    settings: Mapping[str, Any],
) -> pd.DataFrame:
    seed, indicators, teams = settings["seed"], framework.indicators, settings["teams"]
    rows = []
    for i, unit in enumerate(codes):
        team = teams[int(uniforms(seed, "team", unit, year, size=1)[0] * len(teams))]
        visits = uniforms(seed, "visit", unit, year, size=2 * len(indicators)).reshape(-1, 2)
        for j, code in enumerate(indicators):
            day = _day(items["month"].iloc[j], visits[j, 0])
            for k, assessor in enumerate(team):
                text = _text(marks[i, j, k], framework.node(code).unit) if drawn.given[i, j, k] else ""
                text = NOT_APPLICABLE if drawn.not_applicable[i, j] else text
                date = datetime.date(year, 1, 1) + datetime.timedelta(day + k * int(10 * visits[j, 1]))
                rows.append((unit, code, assessor, text, date.isoformat()))
    return pd.DataFrame(rows, columns=["unit", "indicator", "assessor", "mark", "observed_on"])


def _day(month: str, chance: float) -> int:
    """Return the day of the year, from 0, of a first visit: around its month, or any day for ``all``."""
    if month == "all":
        return int(350 * chance)
    return min(350, max(3, int(30.4 * (int(month) - 1) - 20 + 70 * chance)))


def _text(mark: float, unit: str) -> str:
    return f"{mark:.4f}".rstrip("0").rstrip(".") if unit == "share" else f"{mark:g}"
