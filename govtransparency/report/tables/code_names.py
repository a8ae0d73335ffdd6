"""What the codes of an edition stand for, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, bilingual
from govtransparency.texts.method_names import METHOD_NAMES
from govtransparency.texts.status_words import BADGE

if TYPE_CHECKING:
    from govtransparency.editions import Edition

__all__ = ["code_names"]


def code_names(edition: Edition) -> dict[str, Text]:
    """Return what the codes stand for that the library's sentences name: nodes, groups, units, methods, statuses."""
    units = {code: Text(zh, en) for code, zh, en in edition.units[["name_zh", "name_en"]].itertuples(name=None)}
    groups = {group: bilingual(names) for group, names in edition.groups.items()}
    return BADGE | METHOD_NAMES | edition.nodes | groups | units
