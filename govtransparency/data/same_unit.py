"""Whether two names or codes may be one unit in another form: with a suffix, shortened or padded by a spreadsheet."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.errors import brief, nearest, valid_names
from govtransparency.files.folded_text import HAN, HAN_LETTER, folded
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems.error_problems import MEANT, MEANT_ONE_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.arguments import Arguments

__all__ = ["SHORTENED", "bare_code", "check_known", "is_han", "nearest_unit", "same_code", "same_place", "without_kind"]

KIND_OF_PLACE = re.compile(
    rf"\u7701|\u5e02|\u533a|\u53bf|\u65d7|\u76df|\u5dde|\u9547|\u4e61|\u8857\u9053|\u5730\u533a|\u65b0\u533a"
    rf"|\u7279\u522b\u884c\u653f\u533a|[{HAN}]{{0,12}}\u81ea\u6cbb[\u533a\u5dde\u53bf\u65d7]"
)
OFFICE = re.compile(r"(?:\u4eba\u6c11)?\u653f\u5e9c|\u672c\u7ea7")
SHORTENED = re.compile(r"\d(?:\.(\d+))?[Ee]\+?(\d{1,4})")


def is_han(name: str) -> bool:
    """Return whether a name has Han letters."""
    return HAN_LETTER.search(name) is not None


def without_kind(name: str) -> list[str]:
    """Return the name of a place without the word for what kind of place it is, in each way in which that can be taken.

    Examples
    --------
    >>> without_kind("\u5409\u6797\u7701"), without_kind("\u5409\u6797")
    (['吉林'], [])
    """
    ends = range(1, len(name))
    return [name[:end] for end in ends if KIND_OF_PLACE.fullmatch(name, end) or OFFICE.fullmatch(name, end)]


def same_place(one: str, other: str) -> bool:
    """Return whether two names are one place with and without the word for what kind of place it is.

    Examples
    --------
    >>> same_place("\u5409\u6797", "\u5409\u6797\u7701"), same_place("\u5409\u6797\u5e02", "\u5409\u6797\u7701")
    (True, False)
    >>> same_place("\u6cb3\u5317\u7701", "\u6cb3\u5357\u7701")
    False
    """
    return one in without_kind(other) or other in without_kind(one)


def bare_code(written: str) -> str | None:
    """Return a code of digits without what spreadsheets put around it: zeros in front, an apostrophe, ``.0``.

    Examples
    --------
    >>> bare_code("0370200"), bare_code("370200.0"), bare_code("a7")
    ('370200', '370200', None)
    """
    plain = written.removeprefix("'").removesuffix(".0")
    return plain.lstrip("0") if plain.isascii() and plain.isdigit() else None


def same_code(written: str, code: str) -> bool:
    """Return whether a code is what a spreadsheet may have turned into what is written.

    Examples
    --------
    >>> [same_code(written, "370202000000") for written in ("3.70202E+11", "370202000000.0", "0370202000000", "3.7E+9")]
    [True, True, True, False]
    """
    if written == code or not (code.isascii() and code.isdigit()):
        return False
    if shortened := SHORTENED.fullmatch(written):
        digits, exponent = len(shortened[1] or ""), int(shortened[2])
        if len(code) != exponent + 1:
            return False
        return f"{Decimal(code):.{digits}E}".partition("E")[0] == re.split("[Ee]", written)[0]
    return bare_code(written) == bare_code(code)


def nearest_unit(name: object, units: Iterable[object]) -> Text:
    """Suggest which unit is meant, for the end of a sentence about an unknown one, as `nearest`.

    With Han letters only the same place in another form: one letter makes another place.

    Examples
    --------
    >>> print(nearest_unit("\u6cb3\u5317", ["\u6cb3\u5317\u7701", "\u6cb3\u5357\u7701"]))
    did you mean '河北省'? valid: 河北省, 河南省
    >>> print(nearest_unit("\u6cb3\u5317\u7701", ["\u6cb3\u5357\u7701"]))
    valid: 河南省
    """
    names, plain = [*map(str, units)], folded(str(name))
    if not is_han(plain):
        return nearest(name, names)
    like = [other for other in names if folded(other) == plain or same_place(folded(other), plain)]
    valid = valid_names(names)
    if len(like) > 1:
        return MEANT_ONE_OF.format(names=quoted(map(brief, like)), valid=valid)
    return MEANT.format(name=brief(like[0]), valid=valid) if like else valid


def check_known(check: Arguments, name: str, unit: object, units: pd.Index) -> None:
    """Check that an argument is one of the units; the refusal suggests which is meant."""
    if not (pd.api.types.is_hashable(unit) and unit in units):
        check.refuse(argument_problems.UNKNOWN.format(name=name, value=repr(unit), nearest=nearest_unit(unit, units)))
