"""Tables of the texts of an edition: the characters that the report cannot show."""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.plot.fonts import glyphless, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.editions import Edition

__all__ = ["replaced_characters"]


def replaced_characters(edition: Edition) -> pd.DataFrame:
    """Return every text that has a character which none of the report's fonts has.

    Returns
    -------
    DataFrame, one row per text
        file; place, the key or the row and column; shown, the text as the report shows it; characters, those replaced,
        by number and Unicode name.
    """
    rows = [
        (file, place, visible(text), ", ".join(map(_named, lacking)))
        for file, place, text in _texts(edition)
        if (lacking := glyphless(unicodedata.normalize("NFC", text)))
    ]
    return pd.DataFrame(rows, columns=["file", "place", "shown", "characters"])


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _texts(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Give the texts that the report may show, each with its file and place."""
    toml: dict[str, Mapping[str, object]] = {"title": edition.title, "about": edition.about, "contact": edition.contact}
    toml |= {f"groups.{group}": names for group, names in edition.groups.items()}
    toml |= {f"declarations.{name}": texts for name, texts in edition.declarations.items()}
    for key, texts in toml.items():
        yield from (("edition.toml", f"{key}.{name}", str(text)) for name, text in texts.items())
    nodes = pd.concat([framework.to_frame() for framework in edition.frameworks.values()]).drop_duplicates("code")
    tables = {"framework.csv": nodes.set_index("code", drop=False)[["code", "name_zh", "name_en", "unit"]]}
    tables |= {"units.csv": edition.units.assign(unit=edition.units.index), "sources.csv": edition.sources}
    tables |= {"corrections.csv": edition.corrections}
    if edition.record is not None:
        tables |= {f"record/{item.name}": getattr(edition.record, item.name) for item in fields(edition.record)}
    for file, table in tables.items():
        for column in table:
            for row, cell in table[column].items():
                if isinstance(cell, str) and not cell.isascii():
                    yield file, f"{row}, {column}", cell
