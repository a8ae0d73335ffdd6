"""What the codes of an edition stand for, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, bilingual, in_columns, spelled
from govtransparency.texts.method_names import METHOD_NAMES
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    import pandas as pd

    from govtransparency.editions import Edition

__all__ = ["code_names", "in_words"]


def code_names(edition: Edition) -> dict[str, Text]:
    """Return what the codes stand for that the library's sentences name: nodes, groups, units, methods, statuses."""
    units = {code: Text(zh, en) for code, zh, en in edition.units[["name_zh", "name_en"]].itertuples(name=None)}
    groups = {group: bilingual(names) for group, names in edition.groups.items()}
    return BADGE | METHOD_NAMES | edition.nodes | groups | units


def in_words(table: pd.DataFrame, column: str, edition: Edition) -> pd.DataFrame:
    """Return a table with names in place of codes: of its groups, and in the sentences of one column.

    In Chinese any code is replaced, in English only codes in quotation marks: many are words.

    Parameters
    ----------
    table : DataFrame
        The column as a pair, ``<column>_zh`` and ``<column>_en``; perhaps a column ``group``, which becomes a pair.
    column : str
    edition : Edition
    """
    codes = code_names(edition)
    said = [spelled(Text(*pair), codes) for pair in zip(table[f"{column}_zh"], table[f"{column}_en"], strict=True)]
    found = table.assign(**in_columns(column, said))
    if "group" in found:
        names = [bilingual(edition.groups[group]) for group in found.pop("group")]
        found.insert(0, "group_zh", [name.zh for name in names])
        found.insert(1, "group_en", [name.en for name in names])
    return found
