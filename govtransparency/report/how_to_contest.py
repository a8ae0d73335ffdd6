"""What a report on real bodies says of contesting its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, as_text, bilingual, strung
from govtransparency.texts.contest_words import CONTEST

if TYPE_CHECKING:
    from govtransparency.editions import Edition

__all__ = ["how_to_contest"]

NAMED = 4  # sources that a sentence names; where there are more, the table of sources does


def how_to_contest(edition: Edition) -> list[Text]:
    """Return to whom to write about a figure and what to send, in a few sentences; none where figures are simulated.

    The publishers are those of ``sources.csv``, and the makers of the report those of ``[contact]``.

    Examples
    --------
    >>> from govtransparency import read_edition
    >>> print(how_to_contest(read_edition("tai", 2001))[1].en)
    If this report copies or computes a figure wrongly, write to those who made the report.
    """
    if edition.status == "simulated":
        return []
    sources = edition.sources.to_dict("records")
    said = []
    if len(sources) > NAMED:
        said.append(CONTEST["publishers"])
    elif sources:
        said.append(CONTEST["publisher"].format(sources=strung(map(_source, sources), "；", "; ")))
    if edition.contact:
        contact = Text(*(words.strip().rstrip("。.") for words in bilingual(edition.contact)))
        said.append(CONTEST["contact"].format(contact=contact))
    else:
        said.append(CONTEST["makers"])
    return [*said, CONTEST["send"], CONTEST["afterwards"]]


def _source(row: dict[str, str]) -> Text:
    """Return a source with its publisher and address, as far as they are known."""
    title = row.get("title") or row.get("source", "")
    about = [row[column] for column in ("publisher", "url") if row.get(column)]
    return CONTEST["source"].format(title=title, about=strung(about, "，", ", ")) if about else as_text(title)
