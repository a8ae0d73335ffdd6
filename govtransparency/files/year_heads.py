"""Heads of columns that are years: 2024, 2024年, 2024年度, 2024年1-12月."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["are_years", "year_of_head"]

HEAD = re.compile(r"((?:18|19|20|21)\d\d)(?:\.0)?\s*(?:\u5e74\u5ea6?(?:1\s*[-\u2013\u2014~\u81f3\u5230]\s*12\u6708)?)?")


def year_of_head(head: str) -> int | None:
    """Return the year that the head of a column is, or None.

    Examples
    --------
    >>> [year_of_head(head) for head in ("2024", "2024\u5e74", "2024\u5e741-12\u6708", "2024\u5e743\u6708", "GDP 2024")]
    [2024, 2024, 2024, None, None]
    """
    found = HEAD.fullmatch(head.strip())
    return int(found[1]) if found else None


def are_years(heads: Iterable[str]) -> list[str]:
    """Return those heads that are years, if there are several; one alone may be the name of anything."""
    found = [head for head in heads if year_of_head(head) is not None]
    return found if len(found) > 1 else []
