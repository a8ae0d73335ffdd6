"""Check the arguments of a function: one method per kind, one error that lists every problem."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any

import numpy as np
import pandas as pd

from govtransparency.arrays import as_floats
from govtransparency.errors import InputError, nearest
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import argument_problems as problems

__all__ = ["Arguments"]


class Arguments:
    """Collect what is wrong with the arguments of one function and raise it as one error at the end of the block.

    Each method takes the name of an argument and its value, and returns the value in the type that it stands for; of a
    value that is refused it returns the value as given, and the block must not compute with it.

    Parameters
    ----------
    title : str
        The function, for the head of the error.

    Raises
    ------
    InputError
        At the end of the block, if anything was refused.

    Examples
    --------
    >>> with Arguments("weights_within") as check:
    ...     share = check.share("share", 1.5)
    ...     draws = check.count("draws", 0)
    Traceback (most recent call last):
        ...
    govtransparency.errors.InputError: weights_within: 2 problems
      - share = 1.5: expected a number from 0 to 1
      - draws = 0: expected a whole number of at least 1
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.problems: list[Text] = []

    def __enter__(self) -> Arguments:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None and self.problems:
            raise InputError(self.problems, title=self.title)

    def refuse(self, problem: Text) -> None:
        """Add a problem of the function's own."""
        self.problems.append(problem)

    def expect(self, name: str, value: object, expected: Text, *, example: object = None) -> None:
        """Add that the value is not what was expected."""
        if example is not None:
            expected = problems.EXAMPLE.format(expected=expected, example=example)
        self.refuse(problems.EXPECTED.format(name=name, value=_shown(value), expected=expected))

    def choice(self, name: str, value: Any, valid: Iterable[Any]) -> Any:
        """Check that the value is one of those that are valid."""
        known = list(valid)
        scalar = value is None or isinstance(value, (str, int, float))
        if not (scalar and any(item == value and isinstance(item, bool) == isinstance(value, bool) for item in known)):
            self.refuse(problems.UNKNOWN.format(name=name, value=_shown(value), nearest=nearest(value, known)))
        return value

    def number(
        self,
        name: str,
        value: Any,
        *,
        low: float = -math.inf,
        high: float = math.inf,
        closed: tuple[bool, bool] = (True, True),
        example: object = None,
    ) -> float:
        """Check that the value is a finite number between the limits; `closed` says whether each limit counts."""
        if not (is_number(value) and _within(float(value), low, high, closed)):
            self.expect(name, value, _range(low, high, closed), example=example)
            return value
        return float(value)

    def share(
        self, name: str, value: Any, *, closed: tuple[bool, bool] = (True, True), example: object = None
    ) -> float:
        """Check that the value is a number from 0 to 1."""
        return self.number(name, value, low=0, high=1, closed=closed, example=example)

    def count(self, name: str, value: Any, *, least: int = 1, most: int | None = None) -> int:
        """Check that the value is a whole number between the limits, both of which count."""
        if not is_whole(value) or value < least or (most is not None and value > most):
            expected = problems.COUNT_AT_LEAST if most is None else problems.COUNT_BETWEEN
            self.expect(name, value, expected.format(low=least, high=most))
            return value
        return int(value)

    def level(self, name: str, value: Any) -> float:
        """Check that the value is a level of confidence."""
        if not (is_number(value) and 0 < value < 1):
            self.expect(name, value, problems.LEVEL)
            return value
        return float(value)

    def rising(
        self,
        name: str,
        value: Any,
        expected: Text,
        *,
        count: int | None = None,
        low: float = -math.inf,
        high: float = math.inf,
        closed: tuple[bool, bool] = (True, True),
    ) -> list[float]:
        """Check that the value is a list of finite numbers that rise between the limits, `count` of them if given."""
        listed = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []
        fit = all(
            is_number(item) and math.isfinite(item) and _within(float(item), low, high, closed) for item in listed
        )
        if not (fit and len(listed) == (count or max(len(listed), 1)) and (np.diff(listed) > 0).all()):
            self.expect(name, value, expected)
            return [math.nan] * (count or 1)
        return [float(item) for item in listed]

    def rng(self, name: str, value: Any) -> int | np.random.Generator:
        """Check that the value is a seed or a generator of random numbers."""
        if not (isinstance(value, np.random.Generator) or (is_whole(value) and value >= 0)):
            self.expect(name, value, problems.RNG)
        return value

    def labels(self, name: str, value: Any, valid: Iterable[Any]) -> list[Any]:
        """Check that the value is a list of labels, each valid and none twice."""
        if isinstance(value, str) or not isinstance(value, Iterable):
            self.expect(name, value, problems.LABELS)
            return []
        given, known = list(value), list(valid)
        if unknown := [label for label in given if label not in known]:
            self.refuse(
                problems.UNKNOWN_LABELS.format(name=name, values=quoted(unknown), nearest=nearest(unknown[0], known))
            )
        if twice := list(dict.fromkeys(label for label in given if given.count(label) > 1)):
            self.refuse(problems.DUPLICATE.format(name=name, values=quoted(twice)))
        return given

    def series(self, name: str, value: Any) -> pd.Series:
        """Check that the value is a Series of numbers with no label twice."""
        return self._labelled(name, value, pd.Series, problems.SERIES)

    def table(self, name: str, value: Any) -> pd.DataFrame:
        """Check that the value is a DataFrame of numbers with no label twice, in rows or in columns."""
        return self._labelled(name, value, pd.DataFrame, problems.TABLE)

    def _labelled(self, name: str, value: Any, kind: type, expected: Text) -> Any:
        if not isinstance(value, kind):
            self.expect(name, value, expected)
            return value
        try:
            found = as_floats(value)
        except (TypeError, ValueError):
            self.expect(name, value, expected)
            return value
        for axis in found.axes:
            if not axis.is_unique:
                twice = axis[axis.duplicated()].unique()
                self.refuse(problems.DUPLICATE.format(name=name, values=quoted(twice)))
        return found

    def goalposts(self, name: str, value: Any) -> tuple[float, float]:
        """Check that the value is a worst and a best value that differ."""
        pair = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
        if len(pair) != 2 or not all(map(is_number, pair)) or not all(map(math.isfinite, pair)) or pair[0] == pair[1]:
            self.expect(name, value, problems.GOALPOSTS)
            return value
        return float(pair[0]), float(pair[1])


def is_number(value: object) -> bool:
    """Whether the value is a number of Python or NumPy; True and False are not."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """Whether the value is a whole number of Python or NumPy; True and False are not."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def _within(value: float, low: float, high: float, closed: tuple[bool, bool]) -> bool:
    above = value >= low if closed[0] else value > low
    below = value <= high if closed[1] else value < high
    return math.isfinite(value) and above and below


def _range(low: float, high: float, closed: tuple[bool, bool]) -> Text:
    if math.isinf(low) and math.isinf(high):
        return problems.FINITE
    if math.isinf(high):
        return (problems.AT_LEAST if closed[0] else problems.ABOVE).format(low=f"{low:g}")
    if math.isinf(low):
        return (problems.AT_MOST if closed[1] else problems.BELOW).format(high=f"{high:g}")
    return problems.BETWEEN[closed].format(low=f"{low:g}", high=f"{high:g}")


def _shown(value: object) -> str:
    """Return the value as it was given; of a table its kind and size only."""
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray)):
        return f"<{type(value).__name__} {' x '.join(map(str, value.shape))}>"
    return repr(value) if len(repr(value)) <= 80 else f"{repr(value)[:77]}..."
