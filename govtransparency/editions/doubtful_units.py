"""What is doubtful about names and codes: those damaged, codes that a spreadsheet changed, units without any row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govtransparency.data.same_unit import SHORTENED
from govtransparency.data.unit_matching import FORMERLY
from govtransparency.files.damaged_text import damage_of
from govtransparency.texts import reading_words as words
from govtransparency.texts.doubt_words import DOUBTS
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    import pandas as pd

    from govtransparency.data.reading_notes import Note
    from govtransparency.texts.bilingual import Text

__all__ = ["Doubt", "doubtful_units"]

NAMED_BY = ("unit", "name_zh", "name_en", FORMERLY)


class Doubt(NamedTuple):
    """Something that may be wrong: the file, what it concerns there, and why."""

    file: str
    where: str
    text: Text


def doubtful_units(
    file: str, listed: pd.DataFrame, units: Iterable[str], named: Collection[str], notes: Iterable[tuple[str, Note]]
) -> Iterator[Doubt]:
    """Give what is doubtful about the units of an edition.

    Parameters
    ----------
    file : str
        The name of ``units.csv``.
    listed : DataFrame
        It as text, indexed by line.
    units : iterable of str
        Those of the edition.
    named : collection of str
        Those that some sheet has a row for.
    notes : iterable of (name of a file, Note)
        What was done to read the sheets.
    """
    yield from (Doubt(file, "", text) for text in _damaged(listed))
    yield from (Doubt(file, code, text) for code, text in _changed_codes(listed["unit"]))
    yield from (Doubt(file, unit, DOUBTS["no_row"]) for unit in units if unit not in named)
    for sheet, note in notes:
        if note.doubtful:
            yield Doubt(sheet, "", HEADED.format(title=note.where, text=note.what))


def _damaged(listed: pd.DataFrame) -> Iterator[Text]:
    """Give the damaged names and codes, each with its line."""
    columns = [column for column in NAMED_BY if column in listed]
    for line, *names in listed[columns].itertuples(name=None):
        for name in dict.fromkeys(names):
            if (damage := damage_of(name)) is not None:
                what = words.DAMAGED.format(name=name, damage=damage.what)
                yield HEADED.format(title=words.LINE.format(line=line), text=what)


def _changed_codes(codes: Iterable[str]) -> Iterator[tuple[str, Text]]:
    """Give the codes that a spreadsheet shortened, and those that are another one with zeros in front."""
    first: dict[str, str] = {}
    for code in codes:
        if SHORTENED.fullmatch(code):
            yield code, DOUBTS["shortened"]
        if code.isdecimal() and (other := first.setdefault(code.lstrip("0"), code)) != code:
            yield code, DOUBTS["padded"].format(other=other)
