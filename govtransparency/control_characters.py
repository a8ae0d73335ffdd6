"""Characters that no name can hold: they break a line, have no form of their own or turn what follows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, words
from govtransparency.texts.problems import control_character_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pandas as pd

__all__ = ["CONTROL", "control_characters", "control_problems", "without_control_characters"]


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
BREAKS = frozenset("\t\n")  # which a text of several lines may hold


def control_characters(text: str, *, lines: bool = False) -> Text | None:
    r"""Return the control characters of a text in words, or None without any.

    Parameters
    ----------
    text : str
    lines : bool
        Whether tabs and line breaks are allowed.

    Examples
    --------
    >>> print(control_characters("North\tlibrary\x07"))
    a tab, U+0007
    """
    found = [character for character in dict.fromkeys(CONTROL.findall(text)) if not (lines and character in BREAKS)]
    return words(problems.CHARACTERS.get(one, f"U+{ord(one):04X}") for one in found) if found else None


def without_control_characters(text: str) -> str:
    r"""Return the text in one line, with a blank in place of any control characters.

    Examples
    --------
    >>> without_control_characters("North \n library\x07")
    'North library'
    """
    return " ".join(CONTROL.sub(" ", text).split())


def control_problems(table: pd.DataFrame, *, lines: Collection[str] = ()) -> Iterator[Text]:
    """Give the cells of a file's table, indexed by line, that hold control characters.

    Parameters
    ----------
    table : DataFrame of texts
    lines : collection of str
        The columns whose texts may have several lines.
    """
    for column in table:
        for line, cell in table[column].items():
            if CONTROL.search(cell) and (found := control_characters(cell, lines=column in lines)):
                yield problems.CELL.format(line=line, column=column, characters=found)
