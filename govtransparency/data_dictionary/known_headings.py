"""What the heading of a column means: looked up among the words of both languages."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from govtransparency.files.folded_text import folded
from govtransparency.texts.heading_words import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.texts.bilingual import Text

__all__ = ["find_heading", "heading_key", "may_mean", "meaning_of", "means", "says", "words_of"]


@cache
def heading_key(head: str) -> str:
    r"""Return a heading as it is compared: folded, in small letters, an underscore for a blank.

    Examples
    --------
    >>> heading_key("Unit  Name"), heading_key("\u6743\n\u91cd") == "\u6743\u91cd"
    ('unit_name', True)
    """
    return folded(head).casefold().replace(" ", "_")


BY_ROLE = {heading.role: heading for heading in HEADINGS}
KEYS = {role: frozenset(map(heading_key, (*heading.en, *heading.zh))) for role, heading in BY_ROLE.items()}
NEAR = {role: frozenset(map(heading_key, heading.near)) for role, heading in BY_ROLE.items()}
LEAST = 2  # Han letters of a word that is known within a longer heading


def words_of(role: str) -> tuple[str, ...]:
    """Return the words of a role, the English ones first."""
    return (*BY_ROLE[role].en, *BY_ROLE[role].zh)


def meaning_of(role: str) -> Text:
    """Return what a column of the role is called."""
    return BY_ROLE[role].meaning


def means(head: str, *roles: str) -> bool:
    """Return whether a heading is one of the words of one of the roles.

    Examples
    --------
    >>> means("Weight", "weight"), means("\u6743 \u91cd", "weight"), means("wieght", "weight")
    (True, True, False)
    """
    key = heading_key(head)
    return any(key in KEYS[role] for role in roles)


def find_heading(columns: Iterable[str], *roles: str) -> str | None:
    """Return the first column that is headed by a word of one of the roles, or None.

    Examples
    --------
    >>> find_heading(["\u5730\u533a", "\u6307\u6807", "\u6570\u503c"], "indicator") == "\u6307\u6807"
    True
    """
    return next((column for column in columns if means(str(column), *roles)), None)


def says(head: str, *roles: str, loosely: bool = False) -> bool:
    """Return whether a heading is a word of one of the roles, or a longer one that says so; `loosely`, that may do so.

    Examples
    --------
    >>> says("2023\u5e74\u6392\u540d", "rank"), says("Rank 2023", "rank"), says("\u6392\u540d\u53d8\u5316", "rank")
    (True, True, False)
    >>> says("Freedom Index", "score"), says("Freedom Index", "score", loosely=True)
    (False, True)
    """
    if means(head, *roles):
        return True
    key = heading_key(head)
    parts = [part for part in re.split(r"[\W_]+", key) if part]
    endings = [ending for role in roles for ending in BY_ROLE[role].endings]
    last = [ending for role in roles for ending in BY_ROLE[role].loosely] if loosely else []
    return (
        any(ending in parts if ending.isascii() else key.endswith(ending) for ending in endings)
        or any(parts[-1:] == [ending] if ending.isascii() else key.endswith(ending) for ending in last)
        or (loosely and means("_".join(parts), *roles))
    )


def may_mean(head: str, role: str) -> bool:
    """Return whether a heading is near to a word of the role, or holds one, so that it must be told if it is not read.

    Examples
    --------
    >>> may_mean("\u6743\u6570", "weight"), may_mean("\u4e8c\u7ea7\u6743\u91cd", "weight"), may_mean("\u7532", "weight")
    (True, True, False)
    """
    key = heading_key(head)
    within = (word for word in BY_ROLE[role].zh if len(word) >= LEAST)
    return key in NEAR[role] or any(heading_key(word) in key for word in within)
