"""The one error for bad input: it lists every problem found, so that one reading is enough to mend them all."""

from __future__ import annotations

import difflib
import numbers
from collections.abc import Callable, Iterable
from typing import Any

__all__ = ["Attempts", "InputError", "check_level", "nearest"]


class InputError(ValueError):
    """Bad input, with every problem listed.

    Parameters
    ----------
    problems : iterable of str
        One sentence a problem: what is wrong, where, what was expected, what to do.
    title : str, optional
        What was being read or built.

    Attributes
    ----------
    problems : tuple of str

    Examples
    --------
    >>> raise InputError(["row 2: no code"], title="framework.csv")
    Traceback (most recent call last):
        ...
    govtransparency.errors.InputError: framework.csv: 1 problem
      - row 2: no code
    """

    def __init__(self, problems: Iterable[str] | str, *, title: str = "") -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        self.title = title
        count = f"{len(self.problems)} problem{'s' if len(self.problems) != 1 else ''}"
        head = f"{title}: {count}" if title else count
        super().__init__("\n  - ".join([head, *self.problems]))

    def __reduce__(self) -> tuple:
        return _rebuild, (self.problems, self.title)


def _rebuild(problems: tuple[str, ...], title: str) -> InputError:
    return InputError(problems, title=title)


def check_level(level: float, *, title: str) -> None:
    """Refuse a level of confidence that is no share between 0 and 1."""
    if not isinstance(level, numbers.Real) or not 0 < level < 1:
        raise InputError(f"level {level!r}: expected a share between 0 and 1, such as 0.95", title=title)


def nearest(name: object, valid: Iterable[object]) -> str:
    """Say which valid name is meant, for the end of a sentence about an unknown one.

    Parameters
    ----------
    name : object
        The unknown name.
    valid : iterable
        The names there are.

    Returns
    -------
    str
        ``did you mean 'x'? valid: ...``; only the valid names when none is near.

    Examples
    --------
    >>> nearest("min_mx", ["min_max", "z_score"])
    "did you mean 'min_max'? valid: min_max, z_score"
    """
    names = [str(item) for item in valid]
    folded = {item.casefold(): item for item in reversed(names)}
    close = [folded[item] for item in difflib.get_close_matches(str(name).casefold(), folded, n=1)]
    listed = ", ".join(names[:30]) + (f", ... ({len(names)} in all)" if len(names) > 30 else "")
    return (f"did you mean {close[0]!r}? " if close else "") + f"valid: {listed}"


class Attempts:
    """Run steps, collecting the problems of those that fail, so that one error can list them all."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems

    def __call__(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except InputError as error:
            self.problems += [f"{error.title}: {problem}" if error.title else problem for problem in error.problems]
            return None
