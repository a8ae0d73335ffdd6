"""The kinds of sources of uncertainty, as typed and frozen values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from govtransparency.framework import Framework
from govtransparency.recipe import Recipe

__all__ = ["Choice", "Drawn", "Options", "Source", "Weights"]


LEAST_WEIGHT = 1e-290  # in place of a weight drawn as 0: of no effect, and still one that a framework can have


@dataclass(frozen=True)
class Source:
    """What may vary; see `Choice` and `Weights`."""

    scales: ClassVar[bool] = False  # whether what is drawn multiplies the weights that stand, instead of setting them

    @property
    def name(self) -> str:
        """What the source is called in results."""
        raise NotImplementedError


class Choice(Source):
    """A source that picks one of several recipes, all equally likely."""

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Options:
        """Return what there is to choose from.

        Raises
        ------
        InputError
            When the source does not fit the recipe.
        """
        raise NotImplementedError

    @property
    def turn(self) -> int:
        """When the choice is made: 0 for a whole step, 1 for a change within one, 2 where nodes are taken away."""
        return 1

    @property
    def sets_weights(self) -> bool:
        """Whether the options have weights of their own."""
        return False


@dataclass(frozen=True, eq=False)
class Options:
    """What a choice has to choose from.

    Attributes
    ----------
    labels : tuple of str
        One for each option.
    apply : callable
        ``(recipe, table, option) -> recipe``
    """

    labels: tuple[str, ...]
    apply: Callable[[Recipe, pd.DataFrame, int], Recipe]


class Weights(Source):
    """A source that draws weights."""

    def bind(self, framework: Framework) -> Drawn:
        """Return how the weights of a framework are drawn.

        Raises
        ------
        InputError
            When the source does not fit the framework, or could not change anything in it.
        """
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Drawn:
    """How the weights of a framework's nodes are drawn.

    Attributes
    ----------
    nodes : tuple of str
        The nodes whose weights, or factors, are drawn.
    dimensions : int
        How many uniform numbers a draw takes; 0 where weights are not made of uniform numbers but by `sample` alone.
    make : callable
        From uniform numbers in [0, 1), draws x `dimensions`, to weights, draws x `nodes`.
    sample : callable, optional
        ``(rng, draws) -> weights`` of the same distribution, where that is faster than `make`.
    """

    nodes: tuple[str, ...]
    dimensions: int
    make: Callable[[np.ndarray], np.ndarray]
    sample: Callable[[np.random.Generator, int], np.ndarray] | None = None

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Return independent draws: draws x `nodes`."""
        if self.sample is not None:
            return self.sample(rng, draws)
        return self.make(rng.random((draws, self.dimensions)))


class Noise(Source):
    """A source that draws the table anew."""

    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Disturbance:
        """Return how the table is drawn.

        Raises
        ------
        InputError
            When the source does not fit the table, or could not change anything in it.
        """
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Disturbance:
    """How a table is drawn.

    Attributes
    ----------
    indicators : tuple of str
        The columns that change.
    make : callable
        ``(values, rng) -> values``: the columns of `indicators`, units x indicators, drawn anew. Missing stays missing.
    """

    indicators: tuple[str, ...]
    make: Callable[[np.ndarray, np.random.Generator], np.ndarray]


def is_number(value: object) -> bool:
    """Tell whether a value is a number, numpy's included; True and False are none."""
    return isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
