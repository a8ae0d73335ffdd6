"""The points at which Sobol' indices are estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govtransparency.errors import nearest
from govtransparency.robustness.monte_carlo.cases import Settings
from govtransparency.robustness.monte_carlo.study import Study, stream
from govtransparency.robustness.sources.source import Source
from govtransparency.texts.problems import monte_carlo_problems as problems

if TYPE_CHECKING:
    from govtransparency.arguments import Arguments

__all__ = ["base_points", "columns_of_outputs", "factors_of", "mixed"]

MOST_DIMENSIONS = 21_201  # of scipy's Sobol' sequence


def factors_of(
    check: Arguments, sources: Sequence[Source], groups: Mapping[str, Sequence[str]] | None
) -> dict[str, list[int]]:
    """Check the groups of sources and return the factors: the numbers of the sources in each, by its name."""
    number = {source.name: position for position, source in enumerate(sources) if isinstance(source, Source)}
    listed = isinstance(groups, Mapping) and all(
        isinstance(members, Sequence) and not isinstance(members, str) for members in groups.values()
    )
    if groups is not None and not listed:
        check.expect("groups", groups, problems.SOURCES_OF_GROUPS)
        groups = None
    factors: dict[str, list[int]] = {}
    taken: set[str] = set()
    for group, members in (groups or {}).items():
        if not len(members):
            check.refuse(problems.GROUP_EMPTY.format(group=group))
        if group in number and group not in members:
            check.refuse(problems.GROUP_NAME.format(group=group))
        for name in members:
            if name not in number:
                found = nearest(name, number)
                check.refuse(problems.GROUP_UNKNOWN_SOURCE.format(group=group, name=name, nearest=found))
            elif name in taken:
                check.refuse(problems.GROUP_OVERLAP.format(group=group, name=name))
            taken.add(name)
        factors[group] = [number[name] for name in members if name in number]
    factors |= {name: [position] for name, position in number.items() if name not in taken}
    if len(factors) < 2:
        check.refuse(problems.ONE_FACTOR)
    return factors


def columns_of_outputs(study: Study, outputs: Sequence[str]) -> pd.MultiIndex:
    """Return a column for each output of the whole ranking, and for each unit of the other outputs."""
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
    return _settings_of(study, points[:, :width], sizes, 0), _settings_of(study, points[:, width:], sizes, 1)


def _settings_of(study: Study, points: np.ndarray, sizes: dict[int, int], side: int) -> Settings:
    """Return the settings that uniform numbers stand for; sources not made of uniform numbers are drawn here."""
    start = dict(zip(sizes, np.cumsum([0, *sizes.values()]).tolist(), strict=False))
    choices = np.empty((len(points), len(study.options)), dtype=int)
    for column, (number, options) in enumerate(study.options.items()):
        choices[:, column] = (points[:, start[number]] * len(options.labels)).astype(int)
    weights = [
        drawn.make(points[:, start[number] : start[number] + drawn.dimensions])
        if drawn.make is not None
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
