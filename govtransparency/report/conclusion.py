"""A sentence made of results, and the part of the report that it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["Conclusion"]


@dataclass(frozen=True)
class Conclusion:
    """A sentence made of results.

    Attributes
    ----------
    name : str
        Its name among the exhibits; a later conclusion of the same name takes the place of the first.
    part : {"assessed", "ranking", "changes", "robust", "done", "said"}
        Of the short report.
    text : Text
    group : str, optional
        The group that the sentence is about. On paper a table has one row per group and one column per part, and
        shows `brief` in place of the sentence; the last brief of a group and part is the one shown.
    brief : Text, optional
    """

    name: str
    part: str
    text: Text
    group: str | None = None
    brief: Text | None = None
