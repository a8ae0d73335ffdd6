"""Checks of the options of inference."""

from __future__ import annotations

from functools import partial

import numpy as np

from govtransparency.errors import Attempts, check_level
from govtransparency.robustness.inference.score_differences import refuse_all


def check_options(level: float, resamples: int, rng: int | np.random.Generator, *, title: str) -> None:
    problems: list[str] = []
    Attempts(problems)(partial(check_level, level, title=""))
    refuse_all(problems + _draw_problems(resamples, rng, least=1), title=title)


def check_draws(resamples: int, rng: int | np.random.Generator, *, least: int, title: str) -> None:
    """Refuse a number of resamples that is not whole or too small, and what gives no random numbers."""
    refuse_all(_draw_problems(resamples, rng, least=least), title=title)


def _draw_problems(resamples: int, rng: int | np.random.Generator, *, least: int) -> list[str]:
    problems = []
    if isinstance(resamples, bool) or not isinstance(resamples, (int, np.integer)) or resamples < least:
        problems.append(f"resamples {resamples!r}: expected a whole number, at least {least}")
    seed = isinstance(rng, (int, np.integer)) and not isinstance(rng, bool) and rng >= 0
    if not seed and not isinstance(rng, np.random.Generator):
        problems.append(f"rng {rng!r}: expected a whole number from 0 or a numpy Generator")
    return problems
