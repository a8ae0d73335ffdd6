"""A sentence made of results, the part of the report that it stands in, and the numbers that it states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.editions.ranges_of_numbers import ranges_of
from govtransparency.stated_numbers import Stated, Statement
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.conclusion_words import SENTENCES, Sentence

if TYPE_CHECKING:
    from govtransparency.editions import Edition

__all__ = ["Conclusion", "concluded", "of_group", "on_group"]


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
    numbers : tuple of Stated
        That it states of the whole group, or of the whole edition.
    """

    name: str
    part: str
    text: Text
    group: str | None = None
    brief: Text | None = None
    numbers: tuple[Stated, ...] = ()


def concluded(edition: Edition, key: str, *, name: str = "", **values: object) -> Conclusion:
    """Return a conclusion on the whole edition, under its own name or that of its sentence."""
    said = Statement(SENTENCES[key].text, values)
    return Conclusion(name or key, SENTENCES[key].part, said.text(ranges_of(edition)), numbers=said.numbers)


def of_group(edition: Edition, group: str, key: str, name: str, /, *, ranged: str = "", **values: object) -> Conclusion:
    """Return a conclusion on a group; where a number of it has a range, in the words of the sentence `ranged`."""
    return on_group(edition, group, SENTENCES[key], name, SENTENCES[ranged].text if ranged else None, **values)


def on_group(
    edition: Edition, group: str, sentence: Sentence, name: str, ranged: Text | None = None, /, **values: object
) -> Conclusion:
    """Return a conclusion on a group, in a sentence that may be of any catalogue."""
    ranges = ranges_of(edition, group)
    said = Statement(sentence.text, {"group": bilingual(edition.groups[group]), **values}, ranged)
    brief = Statement(sentence.brief, values).text(ranges) if sentence.brief else None
    return Conclusion(name, sentence.part, said.text(ranges), group, brief, said.numbers)
