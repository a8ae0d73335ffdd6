"""The attribution that the licences of an edition's sources ask for: the one place that knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, as_text
from govtransparency.texts.status_words import ATTRIBUTION, WORK

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["attribution_lines"]

# CC-BY-4.0, CC BY-SA 4.0, CC-BY-3.0-IGO, or the licence's address; CC0 asks for nothing
CODE = re.compile(r"CC[- ](BY(?:-NC)?(?:-SA|-ND)?)[- ](\d\.\d)(?:[- ]([A-Z]+))?", re.IGNORECASE)
ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)(?:/(igo|[a-z]{2})(?![^/]))?(?:/.*)?",
    re.IGNORECASE,
)


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
    lines = []
    for row in sources.to_dict("records"):
        licence = row.get("licence", "").strip()
        if (asks := CODE.fullmatch(licence) or ADDRESS.fullmatch(licence)) is not None:
            lines.append(_line(row, *(part.lower() for part in asks.groups("") if part)))
    return tuple(dict.fromkeys(lines))


def _line(row: dict[str, str], *licence: str) -> Text:
    title, publisher = row.get("title") or row.get("source", ""), row.get("publisher")
    work = WORK.format(publisher=publisher, title=title) if publisher else as_text(title)
    named = f"CC {' '.join([licence[0].upper(), licence[1], *map(str.upper, licence[2:])])}"
    return ATTRIBUTION.format(
        work=work, licence=named, address=f"https://creativecommons.org/licenses/{'/'.join(licence)}/"
    )
