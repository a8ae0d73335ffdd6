"""Countries by the codes of three letters of ISO 3166, from a publisher's codes and names."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.extras import needs
from govtransparency.texts.agreement_words import NO_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.texts.bilingual import Text

__all__ = ["country_codes"]

WITHDRAWN = frozenset({"ANT", "BUR", "DDR", "FXX", "NTZ", "SCG", "SUN", "TMP", "YMD", "YUG", "ZAR"})
BESIDE = {"EL": "GR", "UK": "GB", "XKX": "XK"}  # codes that publishers use and ISO 3166 does not have
NO_COUNTRY = frozenset({"EU", "QO", "XA", "XB", "ZZ"})  # regions of CLDR that are none
OTHER_NAME = re.compile(r"[(（]([^()（）]+)[)）]$")  # Myanmar (Burma)
REGION = re.compile(r" SAR China$|^中国(?=.)|特别行政区$")


def country_codes(units: pd.DataFrame) -> tuple[pd.Series, dict[str, Text]]:
    """Match units with the countries of ISO 3166, by Unicode's CLDR as the library Babel has it.

    A unit is a code of two or three letters, or a name; else its names tell, the English one and the Chinese one. Codes
    that ISO 3166 has withdrawn are none.

    Parameters
    ----------
    units : DataFrame, indexed by unit
        name_en and name_zh, where there are any.

    Returns
    -------
    Series, dict of unit to Text
        The code of three letters of each unit that has one, in the order of the units; and why the others have none:
        nothing fits, or code and name are those of two countries.

    Examples
    --------
    >>> units = pd.DataFrame({"name_en": ["Kosovo", "Taiwan", "Korea", "Atlantis"], "name_zh": ["", "", "韩国", ""]})
    >>> codes, others = country_codes(units.set_axis(["ko", "tw", "Korea", "atl"]))
    >>> codes.to_dict(), list(others)
    ({'ko': 'XKK', 'tw': 'TWN', 'Korea': 'KOR'}, ['atl'])
    """
    needs("babel", title="country_codes")
    found: dict[str, str] = {}
    others: dict[str, Text] = {}
    for unit, row in units.iterrows():
        code = _by_code().get(str(unit).upper())
        names = [str(unit), *(str(row[name]) for name in ("name_en", "name_zh") if name in row)]
        named = {_by_name()[name] for name in map(_folded, names) if name in _by_name()}
        if code is None and len(named) == 1:
            (code,) = named
        if code is not None and named <= {code}:
            found[str(unit)] = code
        else:
            others[str(unit)] = NO_CODE["several" if named else "none"]
    return pd.Series(found, dtype=object), others


@cache
def _by_code() -> dict[str, str]:
    """Return the code of three letters by every code of letters."""
    from babel import Locale
    from babel.core import get_global

    countries = Locale("en").territories.keys() - NO_COUNTRY
    two = {
        targets[0]: code
        for code, targets in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", code) and code not in WITHDRAWN and targets[0] in countries
    }
    return two | {code: code for code in two.values()} | {code: two[other] for code, other in BESIDE.items()}


@cache
def _by_name() -> dict[str, str]:
    """Return the code of three letters by every name that CLDR has in English and Chinese for one country alone."""
    codes: dict[str, set[str]] = {}
    for code, names in _names():
        for name in names:
            codes.setdefault(name, set()).add(code)
    return {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}


def _names() -> Iterator[tuple[str, set[str]]]:
    from babel import Locale

    for language in ("en", "zh"):
        for two, name in Locale(language).territories.items():
            if two in _by_code():
                yield _by_code()[two], {_folded(part) for part in (name, *OTHER_NAME.split(name)[:-1])}


def _folded(name: str) -> str:
    """Return a name without what spellings differ in: accents, case, marks and the article."""
    plain = unicodedata.normalize("NFKD", REGION.sub("", name.strip()).replace("&", " and ")).casefold()
    return "".join(letter for letter in plain.removeprefix("the ") if letter.isalnum())
