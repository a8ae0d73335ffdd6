"""The card of a unit as a page and as a PDF: one unit, or all of a group, which share the draws."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from govtransparency.arguments import Arguments
from govtransparency.profiles.unit_profile import find_unit
from govtransparency.questions.unit_cards import GroupOfCards, group_of_cards
from govtransparency.report.pages.card_sections import card_sections
from govtransparency.report.render.page_blocks import write_both
from govtransparency.report.result_files import card_file
from govtransparency.texts.bilingual import Shown, Text, bilingual
from govtransparency.texts.card_words import CARD
from govtransparency.texts.profile_words import PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govtransparency.editions import Edition

__all__ = ["write_cards", "write_profile"]

ALL = "all"  # units of a group


def write_profile(edition: Edition, unit: str, folder: Path, *, language: Shown = "both") -> list[Path]:
    """Write the card of a unit as a page, and as a PDF in each language.

    Parameters
    ----------
    edition : Edition
    unit : str
        Its code, or its name in either language.
    folder : Path
    language : {"zh", "en", "both"}
        The page shows it until the reader chooses; PDFs are written in it alone.

    Returns
    -------
    list of Path
        ``<folder>/<code>.html``, ``<code>.pdf`` in Chinese and ``<code>.en.pdf`` in English.

    Notes
    -----
    An edition that shows tiers gives no ranks: its cards show only the tier. In a simulated edition the card says first
    what is published, and everything below is marked as drawn.
    """
    code = find_unit(edition, unit)
    return _write(group_of_cards(edition, str(edition.units.at[code, "group"])), code, folder, language)


def write_cards(
    edition: Edition, unit: str, folder: Path, *, group: str | None = None, language: Shown = "both"
) -> Iterator[Path]:
    """Write the card of a unit, or of all units of a group, and give each file when it is there.

    Parameters
    ----------
    edition : Edition
    unit : str
        ``"all"`` for all units of the group.
    folder : Path
    group : str, optional
        Only for all.
    language : {"zh", "en", "both"}
        As in `write_profile`.

    Raises
    ------
    InputError
        As `write_profile`; for all units also for a group that the edition does not have, with those that it has.
    """
    if unit != ALL:
        yield from write_profile(edition, unit, folder, language=language)
        return
    with Arguments("profile") as check:
        check.choice("group", group, edition.groups)
    cards = group_of_cards(edition, str(group))
    letters = _letters(cards)
    for one in edition.tables[cards.group].index:
        yield from _write(cards, str(one), folder, language, letters)


def _letters(cards: GroupOfCards) -> str:
    """Return the letters of most cards of a group: of its names, its record and the words of all cards."""
    edition = cards.edition
    names = edition.units.loc[edition.units["group"] == cards.group, ["name_zh", "name_en"]].to_numpy().ravel()
    words = {*names, *chain(*edition.nodes.values(), *CARD.values(), *PROFILE.values()), *map(chr, range(0x20, 0x7F))}
    stated = [] if edition.record is None else [*edition.record.sources["title"]]
    return "".join(sorted({*chain.from_iterable(map(str, [*words, *stated]))}))


def _write(cards: GroupOfCards, unit: str, folder: Path, language: Shown, letters: str = "") -> list[Path]:
    edition, card = cards.edition, cards.card(unit)
    name = card.profile.name
    title = Text(*(f"{called} · {of}" for called, of in zip(name, bilingual(edition.title), strict=True)))
    sections = card_sections(cards, card)
    return write_both(folder, card_file(unit), edition, title, sections, language=language, letters=letters)
