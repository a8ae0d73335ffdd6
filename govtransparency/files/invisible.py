"""Characters that nobody sees: taken off the edges of cells, told and refused within codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtransparency.texts.problems import file_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["has_invisible", "invisible_name", "stripped"]


# Control characters but tab and line breaks, soft hyphen, zero-width space, marks of direction, joiners that join
# nothing, byte-order mark. The joiners U+200C and U+200D are left out: they change how letters of some scripts look.
INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
LAST = 0xFEFF  # of those that count; to look through all of Unicode would take a quarter of a second of each start
EDGES = "".join(
    character for character in map(chr, range(LAST + 1)) if character.isspace() or INVISIBLE.match(character)
)


def has_invisible(text: str) -> bool:
    """Return whether a text holds a character that nobody sees."""
    return INVISIBLE.search(text) is not None


def stripped(cell: str) -> str:
    """Return the cell without blanks and invisible characters at its edges."""
    return cell.strip(EDGES)


def invisible_name(text: str) -> Text | None:
    """Return the name of the first invisible character of a text, or None."""
    found = INVISIBLE.search(text)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    return problems.INVISIBLE_NAMES.get(found[0], problems.CONTROL).format(code=code)
