"""The points at which Sobol' indices are estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from govtransparency.errors import InputError, nearest
from govtransparency.robustness.monte_carlo.cases import Settings
from govtransparency.robustness.monte_carlo.study import Study, stream

MOST_DIMENSIONS = 21_201  # of scipy's Sobol' sequence


def factors_of(study: Study, groups: Mapping[str, Sequence[str]] | None) -> dict[str, list[int]]:
    number = {source.name: position for position, source in enumerate(study.sources)}
    factors: dict[str, list[int]] = {}
    problems = []
    taken: set[str] = set()
    for group, members in (groups or {}).items():
        for name in members:
            if name not in number:
                problems.append(f"group {group!r}: no source {name!r}; {nearest(name, number)}")
            elif name in taken:
                problems.append(f"group {group!r}: {name!r} is in another group already")
            taken.add(name)
        if not members:
            problems.append(f"group {group!r} has no sources")
        factors[group] = [number[name] for name in members if name in number]
    problems += [
        f"group {group!r} is called like a source that is not in it; give it another name"
        for group in factors
        if group in number and group not in (groups or {})[group]
    ]
    if problems:
        raise InputError(problems, title="groups")
    return factors | {name: [position] for name, position in number.items() if name not in taken}


def columns_of_factors(study: Study, outputs: Sequence[str]) -> pd.MultiIndex:
    pairs: list[tuple[str, object]] = []
    for name in outputs:
        pairs += [(name, "")] if name == "average_shift" else [(name, unit) for unit in study.units]
    return pd.MultiIndex.from_tuples(pairs, names=["output", "unit"])


def base_points(study: Study) -> tuple[Settings, Settings]:
    """Return the samples A and B: Sobol' points where sources are made of uniform numbers."""
    from scipy.stats import qmc

    sizes = dict.fromkeys(study.options, 1) | {number: drawn.dimensions for number, drawn in study.drawn.items()}
    width = sum(sizes.values())
    count = study.draws
    points = np.empty((count, 0))
    if 0 < 2 * width <= MOST_DIMENSIONS:
        sequence = qmc.Sobol(2 * width, scramble=True, seed=stream(study.seed, 0))
        points = sequence.random_base2(max(count - 1, 0).bit_length())[:count]
    elif width:
        points = stream(study.seed, 0).random((count, 2 * width))
    points = np.minimum(points, np.nextafter(1.0, 0.0))
    return settings_of(study, points[:, :width], sizes, 0), settings_of(study, points[:, width:], sizes, 1)


def settings_of(study: Study, points: np.ndarray, sizes: dict[int, int], side: int) -> Settings:
    start = dict(zip(sizes, np.cumsum([0, *sizes.values()]).tolist(), strict=False))
    choices = np.empty((len(points), len(study.options)), dtype=int)
    for column, (number, options) in enumerate(study.options.items()):
        choices[:, column] = (points[:, start[number]] * len(options.labels)).astype(int)
    weights = [
        drawn.make(points[:, start[number] : start[number] + drawn.dimensions])
        if drawn.dimensions
        else drawn.draw(stream(study.seed, 1, number, side), len(points))
        for number, drawn in study.drawn.items()
    ]
    keys = [stream(study.seed, 1, number, side).integers(2**63, size=len(points)) for number in study.noise]
    return Settings(choices, weights, keys, (True,) * (len(study.drawn) + len(study.noise)))


def mixed(study: Study, base: Settings, other: Settings, factor: Sequence[int]) -> Settings:
    """Return the settings of `base` with the sources of one factor taken from `other`."""
    choices = base.choices.copy()
    for column, number in enumerate(study.options):
        if number in factor:
            choices[:, column] = other.choices[:, column]
    weights = [(other if number in factor else base).weights[position] for position, number in enumerate(study.drawn)]
    keys = [(other if number in factor else base).keys[position] for position, number in enumerate(study.noise)]
    return Settings(choices, weights, keys, base.varied)
