"""Check the arguments of a function: one method per kind, one error that lists every problem."""

from __future__ import annotations

import itertools
import math
import numbers
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from govtransparency.arrays import are_numbers, as_floats
from govtransparency.errors import InputError, first_of, nearest
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import argument_problems as problems

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Arguments", "end_of_checks", "only_checks"]

Kind = TypeVar("Kind")
MADE_BY = {  # the values of the library's classes
    "Edition": "gt.read_edition(index, year)",
    "Ensemble": "gt.uncertainty_analysis(table, recipe, ...)",
    "Framework": "gt.read_framework(path)",
    "Index": "gt.build_index(table, recipe)",
    "MissingRule": "gt.spread_weights()",
    "RankRule": "gt.RankRule(decimals=2)",
    "Recipe": "gt.Recipe(framework)",
}
MOST = 10**7  # that anything is counted to: more would run for days
MOST_HELD = 10**6  # of what is held in memory for every unit, or is sorted for every indicator
HELD = ("resamples", "simulations", "permutations")


OPENED: ContextVar[int | None] = ContextVar("OPENED", default=None)  # blocks, where nothing after them is to run


class ChecksEnd(BaseException):
    """Where `only_checks` stops; no Exception, so that nothing on the way takes it for one."""


@contextmanager
def only_checks() -> Iterator[None]:
    """Run what is in this block as far as the checks of its arguments go: to the end of its first `Arguments`.

    Examples
    --------
    >>> with only_checks():
    ...     with Arguments("weights_within") as check:
    ...         share = check.share("share", 0.5)
    ...     print("not reached")
    """
    before = OPENED.set(0)
    try:
        yield
    except ChecksEnd:
        pass
    finally:
        OPENED.reset(before)


def end_of_checks() -> None:
    """Say that what follows reads, writes or computes, in a function whose checks are in no block of `Arguments`."""
    if OPENED.get() == 0:
        raise ChecksEnd


class Arguments:
    """Collect what is wrong with the arguments of one function and raise it as one error at the end of the block.

    Each method takes the name of an argument and its value, and returns the value as the type it checks for: a NumPy
    number as a Python number, a table as floats. A refused value is returned as given, and the block must not compute
    with it.

    Parameters
    ----------
    title : str
        The function, for the head of the error.
    last : bool
        Whether only work follows the block; False where the function checks more after it. See `only_checks`.

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

    def __init__(self, title: str, *, last: bool = True) -> None:
        self.title = title
        self.last = last
        self.problems: list[Text] = []

    def __enter__(self) -> Arguments:
        if (opened := OPENED.get()) is not None:
            OPENED.set(opened + 1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if (opened := OPENED.get()) is not None:
            OPENED.set(opened - 1)
        if error is None and self.problems:
            raise InputError(dict.fromkeys(self.problems), title=self.title)
        if error is None and self.last:
            end_of_checks()

    def refuse(self, problem: Text) -> None:
        """Add a problem that none of the other methods describes."""
        self.problems.append(problem)

    def expect(self, name: str, value: object, expected: Text, *, example: object = None) -> None:
        """Add that the value is not as expected."""
        if example is not None:
            expected = problems.EXAMPLE.format(expected=expected, example=example)
        self.refuse(problems.EXPECTED.format(name=name, value=shown(value), expected=expected))

    def choice(self, name: str, value: Any, valid: Iterable[Any]) -> Any:
        """Check that the value is one of the valid ones; True and False are not the numbers 1 and 0."""
        known = list(valid)
        if isinstance(value, str) and value in known:
            return value  # what nearly every call gives
        scalar = pd.api.types.is_scalar(value) and value is not pd.NA
        if not (scalar and any(item == value and _is_bool(item) == _is_bool(value) for item in known)):
            self.refuse(problems.UNKNOWN.format(name=name, value=shown(value), nearest=nearest(value, known)))
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
        """Check that the value is a finite number between the limits; `closed` says whether each limit is allowed."""
        if not (_is_finite(value) and _within(float(value), low, high, closed)):
            self.expect(name, value, _range(low, high, closed), example=example)
            return value
        return float(value)

    def share(
        self, name: str, value: Any, *, closed: tuple[bool, bool] = (True, True), example: object = None
    ) -> float:
        """Check that the value is a number from 0 to 1."""
        return self.number(name, value, low=0, high=1, closed=closed, example=example)

    def count(self, name: str, value: Any, *, least: int = 1, most: int | None = None) -> int:
        """Check that the value is a whole number between the limits, both allowed."""
        limit = MOST_HELD if name in HELD else MOST
        if not is_whole(value) or not least <= value <= (limit if most is None else most):
            expected = problems.COUNT_BETWEEN
            if most is None:
                too_large = is_whole(value) and value > limit
                most, expected = (limit, expected) if too_large else (None, problems.COUNT_AT_LEAST)
            self.expect(name, value, expected.format(low=least, high=most))
            return value
        return int(value)

    def level(self, name: str, value: Any) -> float:
        """Check that the value is a level of confidence: a number between 0 and 1, neither of them allowed."""
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
        fit = all(_is_finite(item) and _within(float(item), low, high, closed) for item in listed)
        rises = fit and all(before < after for before, after in itertools.pairwise(listed))
        if not (rises and len(listed) == (count or max(len(listed), 1))):
            self.expect(name, value, expected)
            return [math.nan] * (count or 1)
        return [float(item) for item in listed]

    def path(self, name: str, value: Any) -> Any:
        """Check that the value is the path of a file or folder."""
        if not isinstance(value, (str, os.PathLike)):
            self.expect(name, value, problems.PATH)
        return value

    def rng(self, name: str, value: Any) -> int | np.random.Generator:
        """Check that the value is a seed or a NumPy generator of random numbers."""
        if not (isinstance(value, np.random.Generator) or (is_whole(value) and value >= 0)):
            self.expect(name, value, problems.RNG)
        return value

    def labels(self, name: str, value: Any, valid: Iterable[Any] | None = None) -> list[Any]:
        """Check that the value is a list of labels, each valid and none given more than once; it may be empty."""
        if isinstance(value, str) or not isinstance(value, Iterable):
            self.expect(name, value, problems.LABELS)
            return []
        given, known = list(value), [] if valid is None else list(valid)
        quick = set(known)
        if valid is not None and (unknown := _distinct(label for label in given if not _among(label, known, quick))):
            self.refuse(
                problems.UNKNOWN_LABELS.format(name=name, values=quoted(unknown), nearest=nearest(unknown[0], known))
            )
        if duplicates := _repeated(given):
            self.refuse(problems.DUPLICATE.format(name=name, values=quoted(duplicates)))
        return given

    def series(self, name: str, value: Any) -> pd.Series:
        """Check that the value is a Series of numbers, or missing values, without duplicate labels."""
        return self._labelled(name, value, pd.Series, problems.SERIES)

    def table(self, name: str, value: Any) -> pd.DataFrame:
        """Check that the value is a DataFrame of numbers, or missing values, without duplicate rows or columns."""
        return self._labelled(name, value, pd.DataFrame, problems.TABLE)

    def _labelled(self, name: str, value: Any, kind: type, expected: Text) -> Any:
        if not (isinstance(value, kind) and are_numbers(value)):
            self.expect(name, value, expected)
            return value
        for axis in value.axes:  # type: ignore[attr-defined]
            self.unique(name, axis)
        return self.floats(name, value)

    def floats(self, name: str, value: Any) -> Any:
        """Check that numbers are finite, and return them as floats."""
        try:
            return self.finite(name, as_floats(value))
        except InputError as error:  # whole numbers of more than 308 digits
            self.refuse(problems.OF_ARGUMENT.format(name=name, problem=error.texts[0]))
            return value

    def finite(self, name: str, value: Any) -> Any:
        """Check that no number of a table or Series is infinite, and name the first that is."""
        infinite = np.argwhere(np.isinf(value.to_numpy()))
        if len(infinite):
            place = ", ".join(str(axis[at]) for axis, at in zip(value.axes, infinite[0], strict=True))
            self.refuse(problems.INFINITE.format(name=name, place=place, count=len(infinite)))
        return value

    def flag(self, name: str, value: Any) -> bool:
        """Check that the value is True or False."""
        if not _is_bool(value):
            self.expect(name, value, problems.FLAG)
        return bool(value) if _is_bool(value) else value

    def unique(self, name: str, labels: pd.Index) -> None:
        """Check that labels are of one level, and that none is missing or given twice."""
        if not self.one_level(name, labels):
            return
        if labels.hasnans:
            self.refuse(problems.NO_LABEL.format(name=name))
        if not labels.is_unique:
            self.refuse(problems.DUPLICATE.format(name=name, values=first_of(labels[labels.duplicated()])))

    def one_level(self, name: str, labels: pd.Index) -> bool:
        """Check that labels are of one level, and return whether they are."""
        if labels.nlevels > 1:
            first = shown(labels[0]) if len(labels) else ""
            self.refuse(problems.LEVELS.format(name=name, count=labels.nlevels, label=first))
        return labels.nlevels == 1

    def goalposts(self, name: str, value: Any) -> tuple[float, float]:
        """Check that the value is a pair of different numbers: the worst value, then the best."""
        ordered = isinstance(value, (Sequence, np.ndarray, pd.Series)) and not isinstance(value, str)
        pair = tuple(value) if ordered and np.ndim(value) else ()
        if len(pair) != 2 or not all(map(_is_finite, pair)) or pair[0] == pair[1]:
            self.expect(name, value, problems.GOALPOSTS)
            return value
        return float(pair[0]), float(pair[1])

    def instance(self, name: str, value: Any, kind: type[Kind]) -> Kind:
        """Check that the value is of a class of the library or of pandas, such as a Recipe."""
        if not isinstance(value, kind):
            self.expect(name, value, of_type(kind.__name__))
        return value


def of_type(kind: str) -> Text:
    """Return that a value of a class is expected, with what makes one."""
    expected = {"str": problems.TEXT, "Iterable": problems.LIST}.get(kind, problems.TYPE.format(type=kind))
    return problems.EXAMPLE.format(expected=expected, example=MADE_BY[kind]) if kind in MADE_BY else expected


def is_number(value: object) -> bool:
    """Return whether the value is a number of Python or NumPy; True and False are not."""
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def is_whole(value: object) -> bool:
    """Return whether the value is a whole number of Python or NumPy; True and False are not."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def _is_bool(value: object) -> bool:
    return isinstance(value, (bool, np.bool_))


def _is_finite(value: Any) -> bool:
    """Return whether the value is a number within the range of floats."""
    try:
        return is_number(value) and math.isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return False


def _among(label: Any, known: Sequence[Any], quick: Collection[Any]) -> bool:
    """Return whether a label is among the known ones, of which `quick` are those that can be looked up."""
    try:
        return label in quick
    except TypeError:  # a list, say
        return any(_same(label, one) for one in known)


def _repeated(labels: Iterable[Any]) -> list[Any]:
    """Return each label that is given more than once, in order."""
    seen: list[Any] = []
    found: list[Any] = []
    quick: set[Any] = set()
    for label in labels:
        if _among(label, seen, quick):
            found.append(label)
        else:
            try:
                quick.add(label)
            except TypeError:
                seen.append(label)
    return _distinct(found)


def _distinct(labels: Iterable[Any]) -> list[Any]:
    """Return each label once, in order; labels need not be hashable."""
    found: list[Any] = []
    for label in labels:
        if not any(_same(label, one) for one in found):
            found.append(label)
    return found


def _same(one: Any, other: Any) -> bool:
    """Return whether two labels are the same; what cannot be compared, such as an array or NA, is like nothing."""
    try:
        return bool(one is other or one == other)
    except (TypeError, ValueError):
        return False


def _within(value: float, low: float, high: float, closed: tuple[bool, bool]) -> bool:
    above = value >= low if closed[0] else value > low
    below = value <= high if closed[1] else value < high
    return above and below


def _range(low: float, high: float, closed: tuple[bool, bool]) -> Text:
    if math.isinf(low) and math.isinf(high):
        return problems.FINITE
    if math.isinf(high):
        return (problems.AT_LEAST if closed[0] else problems.ABOVE).format(low=f"{low:g}")
    if math.isinf(low):
        return (problems.AT_MOST if closed[1] else problems.BELOW).format(high=f"{high:g}")
    return problems.BETWEEN[closed].format(low=f"{low:g}", high=f"{high:g}")


def shown(value: object) -> str:
    """Return the value in at most 80 characters on one line: the kind and size of a table, the name of a function."""
    if isinstance(value, (pd.Series, pd.DataFrame, np.ndarray)):
        return f"<{type(value).__name__} {' x '.join(map(str, value.shape))}>"
    if isinstance(value, np.generic):
        value = value.item()
    text = value.__name__ if callable(value) and hasattr(value, "__name__") else repr(value)
    if type(value).__module__.partition(".")[0] == __package__:  # whose first line says what it is
        text = text.partition("\n")[0]
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:77]}..."
