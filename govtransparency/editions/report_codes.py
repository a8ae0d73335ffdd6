"""Which codes a report can take: of groups, which name its files, and of nodes, which head columns of its tables."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from govtransparency.data_dictionary.input_files import FRAMEWORK
from govtransparency.errors import InputError
from govtransparency.framework_file import framework_in
from govtransparency.indicator_levels import read_nodes
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from govtransparency.editions.toml_lines import TomlLines
    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Text
    from govtransparency.weight_readings import WeightReading

__all__ = ["TAKEN", "fitting_group_code", "group_code_problems", "read_framework_of_report"]

LONGEST = 40  # characters, so that a file's name has at most 255 bytes
OTHER = re.compile(r"(?:[^0-9A-Za-z\u00c0-\u024f\u0386-\u03ce\u0400-\u0481\u4e00-\u9fa5_.-]|(?!\w)[^.-])+")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # names of devices on Windows

TAKEN = (  # columns that stand beside those of nodes in the report's own tables
    *("unit", "group", "name_zh", "name_en", "rank", "score", "status", "difference", "rounded"),
    *("province", "province_zh", "province_en", "rank_in_province"),
)
BESIDE_GROUPS = ("indicator", "node")  # columns that stand beside those of groups


def read_framework_of_report(path: Path, weights: WeightReading | None = None) -> Framework:
    """Read the framework of an edition; refuse a code that is a column of the report's own tables.

    Raises
    ------
    InputError
        As `read_framework`, and listing each such code with its line.
    """
    table = read_nodes(path)
    framework = framework_in(table, path, weights)
    codes = table.rename(columns=FRAMEWORK.names_of(table.columns))["code"]
    taken = codes[codes.isin(TAKEN)]
    if len(taken):
        raise InputError(
            [problems.NODE_CODE.format(line=line, code=code, instead=f"{code}_1") for line, code in taken.items()],
            title=str(path),
        )
    return framework


def group_code_problems(codes: Iterable[str], lines: TomlLines) -> Iterator[Text]:
    """Give the codes of groups that cannot stand in a file's name or above a column, each with one that can."""
    given = list(codes)
    alike: dict[str, str] = {}
    for number, code in enumerate(given, 1):
        named = problems.GROUP.format(name=code)
        line = lines.of("groups", code)
        where = problems.AT_LINE.format(line=line, where=named) if line else named
        fitting = fitting_group_code(code)
        if not code or code != fitting:
            instead = fitting if fitting and fitting not in given else f"g{number}"
            rule = problems.GROUP_COLUMN if code in BESIDE_GROUPS else problems.GROUP_CODE
            yield rule.format(where=where, instead=instead)
        elif code.casefold() in alike:
            yield problems.GROUPS_ALIKE.format(where=where, other=alike[code.casefold()])
        alike.setdefault(code.casefold(), code)


def fitting_group_code(code: str) -> str:
    """Return the code itself if it can name files and columns, else one made of what it holds, or nothing."""
    kept = OTHER.sub("_", unicodedata.normalize("NFC", code))[:LONGEST]
    kept = re.sub(r"^[_.-]+|\.+$", "", kept)
    return f"g_{kept}" if RESERVED.match(kept) or kept in BESIDE_GROUPS else kept
