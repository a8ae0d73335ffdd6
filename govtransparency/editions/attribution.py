"""The attribution that the licences of an edition's sources ask for: the one place that knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.status_words import ATTRIBUTION, WORK

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["attribution_lines", "unclear_licences"]

# CC-BY-4.0, CC BY-SA 4.0, CC-BY-3.0-IGO, or the licence's address; CC0 asks for nothing
CODE = re.compile(r"CC[- ](BY(?:-NC)?(?:-SA|-ND)?)[- ](\d\.\d)(?:[- ]([A-Z]+))?", re.IGNORECASE)
ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)(?:/(igo|[a-z]{2})(?![^/]))?(?:/.*)?",
    re.IGNORECASE,
)

MEANT = re.compile(r"CC[- ]?BY|creativecommons\.org/licenses", re.IGNORECASE)


def attribution_lines(sources: pd.DataFrame) -> tuple[Text, ...]:
    """Return a line for each source whose licence is one of Creative Commons that ask for attribution.

    It has what these licences ask for: who, which work, the licence with its address, and that it was changed.

    Parameters
    ----------
    sources : DataFrame
        As ``sources.csv``: title, publisher, licence; without the column licence there are no lines.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [("Index", "Its makers", "CC-BY-4.0"), ("Names", "", "Unicode-3.0")]
    >>> [line.en for line in attribution_lines(pd.DataFrame(rows, columns=["title", "publisher", "licence"]))]
    ['Data: Its makers, Index, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); scores and ranks recomputed.']
    """
    asked = [(row, asks) for row in sources.to_dict("records") if (asks := _licence(row)) is not None]
    lines = [_line(row, *(part.lower() for part in asks.groups("") if part)) for row, asks in asked]
    return tuple(dict.fromkeys(lines))


def unclear_licences(sources: pd.DataFrame) -> dict[str, str]:
    """Return the licences, by source, that name Creative Commons in a form that gives no line, such as ``CC-BY``.

    Parameters
    ----------
    sources : DataFrame
        As ``sources.csv``.
    """
    rows = [row for row in sources.to_dict("records") if MEANT.search(row.get("licence", ""))]
    return {row.get("source", ""): row["licence"] for row in rows if _licence(row) is None}


def _licence(row: dict[str, str]) -> re.Match[str] | None:
    licence = row.get("licence", "").strip()
    return CODE.fullmatch(licence) or ADDRESS.fullmatch(licence)


def _line(row: dict[str, str], *licence: str) -> Text:
    title, publisher = row.get("title") or row.get("source", ""), row.get("publisher")
    work = WORK.format(publisher=publisher, title=title) if publisher else as_text(title)
    named = f"CC {' '.join([licence[0].upper(), licence[1], *map(str.upper, licence[2:])])}"
    return ATTRIBUTION.format(
        work=work, licence=named, address=f"https://creativecommons.org/licenses/{'/'.join(licence)}/"
    )
