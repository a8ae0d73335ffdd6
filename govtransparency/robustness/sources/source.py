"""The kinds of sources of uncertainty, as frozen values, and how the codes they name are checked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from govtransparency.errors import InputError, nearest
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import source_problems as problems

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from govtransparency.arguments import Arguments
    from govtransparency.framework import Framework
    from govtransparency.recipe import Recipe
    from govtransparency.texts.bilingual import Text

__all__ = [
    "LEAST_WEIGHT",
    "Choice",
    "Disturbance",
    "Drawn",
    "Noise",
    "Options",
    "Source",
    "Weights",
    "codes_of",
    "require_known",
    "require_two",
]


LEAST_WEIGHT = 1e-290  # in place of a weight drawn as 0: it has no effect, and a framework accepts it


class Source(ABC):
    """What may vary; see `Choice`, `Weights` and `Noise`."""

    scales: ClassVar[bool] = False  # whether the numbers drawn multiply the recipe's weights instead of replacing them

    @property
    @abstractmethod
    def name(self) -> str:
        """What the source is called in results."""


class Choice(Source):
    """A source that chooses one of several recipes, all equally likely."""

    @abstractmethod
    def bind(self, recipe: Recipe, table: pd.DataFrame, not_applicable: pd.DataFrame | None = None) -> Options:
        """Return the options to choose from.

        Raises
        ------
        InputError
            When the source does not fit the recipe.
        """

    @property
    def turn(self) -> int:
        """When the choice is applied: 0 replaces a whole step, 1 changes part of a step, 2 leaves nodes out."""
        return 1

    @property
    def sets_weights(self) -> bool:
        """Whether the options have weights of their own."""
        return False


@dataclass(frozen=True, eq=False)
class Options:
    """The options of a choice.

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

    @abstractmethod
    def bind(self, framework: Framework) -> Drawn:
        """Return how the weights of a framework are drawn.

        Raises
        ------
        InputError
            When the source does not fit the framework, or could not change anything in it.
        """


@dataclass(frozen=True, eq=False)
class Drawn:
    """How the weights of a framework's nodes are drawn.

    Attributes
    ----------
    nodes : tuple of str
        The nodes whose weights, or factors, are drawn.
    dimensions : int
        How many uniform numbers a draw takes; 0 where weights are drawn by `sample` alone.
    make : callable or None
        From uniform numbers in [0, 1), draws x `dimensions`, to weights, draws x `nodes`; None where weights are drawn
        by `sample` alone.
    sample : callable, optional
        ``(rng, draws) -> weights`` of the same distribution, where that is faster than `make` or there is no `make`.
    """

    nodes: tuple[str, ...]
    dimensions: int
    make: Callable[[np.ndarray], np.ndarray] | None
    sample: Callable[[np.random.Generator, int], np.ndarray] | None = None

    def draw(self, rng: np.random.Generator, draws: int) -> np.ndarray:
        """Return independent draws: draws x `nodes`."""
        if self.sample is not None:
            return self.sample(rng, draws)
        assert self.make is not None
        return self.make(rng.random((draws, self.dimensions)))


class Noise(Source):
    """A source that draws new values for the table."""

    @abstractmethod
    def bind(self, recipe: Recipe, table: pd.DataFrame) -> Disturbance:
        """Return how the values are drawn.

        Raises
        ------
        InputError
            When the source does not fit the table, or could not change anything in it.
        """


@dataclass(frozen=True, eq=False)
class Disturbance:
    """How the values of a table are drawn.

    Attributes
    ----------
    indicators : tuple of str
        The columns that change.
    make : callable
        ``(values, rng) -> values``: the columns of `indicators`, units x indicators, newly drawn. Missing stays
        missing.
    """

    indicators: tuple[str, ...]
    make: Callable[[np.ndarray, np.random.Generator], np.ndarray]


def codes_of(check: Arguments, name: str, value: object) -> tuple[str, ...]:
    """Return the codes that an argument names: none for None, one for a string, or those of a sequence."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Iterable):
        check.expect(name, value, argument_problems.LABELS)
        return ()
    return tuple(value)


def require_two(check: Arguments, name: str, count: int) -> None:
    """Refuse fewer than two options: nothing would vary."""
    if count < 2:
        check.refuse(problems.TOO_FEW.format(name=name, count=count))


def require_known(
    codes: Iterable[str], valid: Collection[str], *, title: str, unknown: Text = problems.UNKNOWN_NODE
) -> None:
    """Refuse codes that are not valid, each in a problem of its own."""
    found = [unknown.format(code=code, nearest=nearest(code, valid)) for code in codes if code not in valid]
    if found:
        raise InputError(found, title=title)
