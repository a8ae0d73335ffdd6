"""A sentence made of results for the summary of a report, with the numbers that it states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.stated_numbers import Stated, Statement
from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.conclusion_words import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from govtransparency.editions import Edition

__all__ = ["Conclusion", "concluded", "of_group"]


@dataclass(frozen=True)
class Conclusion:
    """A sentence made of results.

    Attributes
    ----------
    name : str
        Its name among the exhibits; a later conclusion of the same name takes the place of the first.
    part : {"assessed", "ranking", "changes", "robust"}
        Of the summary.
    text : Text
    group : str, optional
        The group that the sentence is about. The summary has a table with one row per group and one column per part,
        and shows `brief` there in place of the sentence; the last brief of a group and part is the one shown.
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

    def as_exhibit(self, notebook: str, groups: Mapping[str, Text]) -> dict[str, Any]:
        """Return it as it is listed among the exhibits of a notebook; the groups are given by their names."""
        entry: dict[str, Any] = {
            "id": self.name,
            "kind": "conclusion",
            "part": self.part,
            "text": self.text._asdict(),
            "notebook": notebook,
        }
        if self.group is not None:
            brief = self.brief._asdict() if self.brief else None
            entry |= {"group": groups[self.group]._asdict(), "brief": brief}
        return entry


def concluded(edition: Edition, key: str, *, name: str = "", **values: object) -> Conclusion:
    """Return a conclusion on the whole edition, under its own name or that of its sentence."""
    said = Statement(SENTENCES[key].text, values)
    return Conclusion(name or key, SENTENCES[key].part, said.text(edition.ranges_of()), numbers=said.numbers)


def of_group(edition: Edition, group: str, key: str, name: str, /, *, ranged: str = "", **values: object) -> Conclusion:
    """Return a conclusion on a group; where a number of it has a range, in the words of the sentence `ranged`."""
    sentence = SENTENCES[key]
    whole = {"group": bilingual(edition.groups[group]), **values}
    said = Statement(sentence.text, whole, SENTENCES[ranged].text if ranged else None)
    ranges = edition.ranges_of(group)
    brief = Statement(sentence.brief, values).text(ranges) if sentence.brief else None
    return Conclusion(name, sentence.part, said.text(ranges), group, brief, said.numbers)
