"""What units are called in the answer to a question, and the status of its figures, where editions give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govtransparency.editions import Edition
from govtransparency.names import name_of_unit
from govtransparency.texts.bilingual import Text, as_text, words
from govtransparency.texts.question_words import WITH_STATUS
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govtransparency.arguments import Arguments

__all__ = ["OfEditions", "called", "check_editions", "said", "signed"]


class OfEditions:
    """An answer whose figures are of editions, where these are given."""

    editions: tuple[Edition, ...]

    @property
    def status(self) -> tuple[str, ...]:
        """Each status of the editions once."""
        return tuple(dict.fromkeys(edition.status for edition in self.editions))


def check_editions(check: Arguments, name: str, editions: Any) -> tuple[Edition, ...]:
    """Return the editions given: one, several or none."""
    given = () if editions is None else (editions,) if isinstance(editions, Edition) else editions
    if not isinstance(given, (list, tuple)):
        check.instance(name, given, Edition)
        return ()
    for edition in given:
        check.instance(name, edition, Edition)
    return tuple(given)


def called(unit: object, editions: Sequence[Edition]) -> Text:
    """Return the name of a unit from the latest edition that has it; else its label."""
    for edition in reversed(editions):
        if unit in edition.units.index:
            return name_of_unit(edition.units, unit)
    return as_text(str(unit))


def said(text: Text, statuses: Sequence[str]) -> Text:
    """Return a text with the status of its figures at the end, where it is known."""
    if not statuses:
        return text
    return WITH_STATUS.format(text=text, status=words(STATUS[status] for status in statuses))


def signed(number: float) -> str:
    """Return a number with its sign, to two decimals at most; 0 has none."""
    shown = round(number, 2)
    return f"{shown:+g}" if shown else "0"
