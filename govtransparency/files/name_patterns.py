"""Patterns of names: ``*`` stands for any characters, every other sign for itself."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

__all__ = ["as_glob", "fits", "is_pattern"]

SPECIAL = re.compile(r"[\[?]")  # to the functions of Python
STARS = re.compile(r"\*+")  # several are one, not folders within folders


def is_pattern(name: str) -> bool:
    """Return whether a name is a pattern."""
    return "*" in name


def as_glob(pattern: str) -> str:
    """Return a pattern as the functions of Python take it.

    Examples
    --------
    >>> as_glob("a[1]*.csv"), as_glob("**b?")
    ('a[[]1]*.csv', '*b[?]')
    """
    return STARS.sub("*", SPECIAL.sub(r"[\g<0>]", pattern))


def fits(name: str, pattern: str) -> bool:
    """Return whether a name is one of those that a pattern stands for.

    Examples
    --------
    >>> fits("a[1]-2.csv", "a[1]*.csv"), fits("a1-2.csv", "a[1]*.csv"), fits("a", "a")
    (True, False, False)
    """
    return is_pattern(pattern) and fnmatchcase(name, as_glob(pattern))
