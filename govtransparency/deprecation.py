"""Old names that work for one more minor version, with a `DeprecationWarning`."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from govtransparency.errors import level_of_reader

__all__ = ["renamed_arguments", "warn_renamed"]

Named = TypeVar("Named", bound=Callable[..., Any])


def warn_renamed(old: str, new: str, *, until: str) -> None:
    """Warn the caller's caller that a name has changed.

    Parameters
    ----------
    old, new : str
        As the caller writes them.
    until : str
        The version in which the old name no longer works.

    Examples
    --------
    >>> with warnings.catch_warnings(record=True, action="always") as caught:
    ...     warn_renamed("rule.second", "rule.tie_breakers", until="0.2")
    >>> print(caught[0].message)
    rule.second is now called rule.tie_breakers; the old name works until version 0.2
    """
    text = f"{old} is now called {new}; the old name works until version {until}"
    warnings.warn(text, DeprecationWarning, stacklevel=level_of_reader())


def renamed_arguments(until: str, **names: str) -> Callable[[Named], Named]:
    """Let a function, or a class when it is made, take arguments by their old names too.

    Parameters
    ----------
    until : str
        The version in which the old names no longer work.
    **names : str
        The new name of each old one.

    Returns
    -------
    decorator
        If an argument is given by both names, the old one counts: `dataclasses.replace` passes every present value by
        its new name, and can so be used with an old name.

    Examples
    --------
    >>> @renamed_arguments("0.2", places="decimals")
    ... def rounded_down(value, *, decimals):
    ...     return int(value * 10**decimals) / 10**decimals
    >>> with warnings.catch_warnings(action="ignore"):
    ...     rounded_down(2.57, places=1)
    2.5
    """

    def decorate(target: Named) -> Named:
        function = target.__init__ if isinstance(target, type) else target  # type: ignore[misc]

        @functools.wraps(function)
        def with_old_names(*args: Any, **given: Any) -> Any:
            for old, new in names.items():
                if old in given:
                    warn_renamed(f"{target.__name__}({old}=...)", f"{new}=...", until=until)
                    given[new] = given.pop(old)
            return function(*args, **given)

        if not isinstance(target, type):
            return with_old_names  # type: ignore[return-value]
        target.__init__ = with_old_names  # type: ignore[misc]
        return target

    return decorate
