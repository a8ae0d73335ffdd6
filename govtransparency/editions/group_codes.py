"""Which codes of groups can name the files and links of a report."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govtransparency.editions.toml_lines import TomlLines
    from govtransparency.texts.bilingual import Text

__all__ = ["group_code_problems"]


LONGEST = 40  # characters, so that a file's name has at most 255 bytes
OTHER = re.compile(r"(?:[^0-9A-Za-z\u00c0-\u024f\u0386-\u03ce\u0400-\u0481\u4e00-\u9fa5_.-]|(?!\w)[^.-])+")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names of devices on Windows


def group_code_problems(codes: Iterable[str], lines: TomlLines) -> Iterator[Text]:
    """Give the codes of groups that cannot stand in a file's name, each with one that can."""
    given = list(codes)
    alike: dict[str, str] = {}
    for number, code in enumerate(given, 1):
        named = problems.GROUP.format(name=code)
        line = lines.of("groups", code)
        where = problems.AT_LINE.format(line=line, where=named) if line else named
        fitting = _fitting(code)
        if code != fitting:
            instead = fitting if fitting and fitting not in given else f"g{number}"
            yield problems.GROUP_CODE.format(where=where, instead=instead)
        elif code.casefold() in alike:
            yield problems.GROUPS_ALIKE.format(where=where, other=alike[code.casefold()])
        alike.setdefault(code.casefold(), code)


def _fitting(code: str) -> str:
    """Return the code itself if it can name files, else one made of what it holds, or nothing."""
    kept = OTHER.sub("_", unicodedata.normalize("NFC", code))[:LONGEST]
    kept = re.sub(r"^[_.-]+|\.+$", "", kept)
    return f"g_{kept}" if RESERVED.match(kept) else kept
