"""What the heads of columns and rows are called: the name of an indicator apart from its number and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govtransparency.data.measured_values import unit_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from govtransparency.data.sheet_form import SheetForm
    from govtransparency.data.unit_matching import UnitList

__all__ = ["INDICATOR", "ROW_HEADS", "HeadWords", "without_number"]

INDICATOR = ("indicator", "indicator code")  # what a column that names the indicators means
ROW_HEADS = (*INDICATOR, "item")  # one of indicators in rows
NUMBER = re.compile(
    r"(?:\d+(?:\.\d+)*\s*[.\u3001\uff0e]\s*(?!\d)|[(\uff08]\s*[\d\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+\s*[)\uff09]\s*"
    r"|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]+\s*\u3001\s*|[#\uff03]\s*|\u5176\s*\u4e2d\s*[:\uff1a]\s*|[\u2460-\u2473]\s*)+"
)


@dataclass(frozen=True)
class HeadWords:
    """What the words of a file may mean: the units, the indicators, the year, and what the form says."""

    form: SheetForm
    units: UnitList | None
    indicators: Collection[str]
    year: int | None

    def is_named(self, text: str) -> bool:
        """Return whether a head means something as it stands."""
        return text in self.indicators or text in self.form.names or text in self.form.ignore

    def knows(self, text: str) -> bool:
        """Return whether a head means something, perhaps without its number and unit of measurement."""
        return self.is_named(self.named(text)[0])

    def named(self, text: str) -> tuple[str, str]:
        """Return the name in a head, without number, and the unit of measurement in brackets behind a known name."""
        plain = without_number(text)
        for name, measure in ((text, ""), (plain, ""), *filter(None, [unit_in(text)])):
            for one in (name, without_number(name)):
                if self.is_named(one):
                    return one, measure
        return plain, ""


def without_number(name: str) -> str:
    """Return a name without the number or the words before it that say where it stands in a list.

    Examples
    --------
    >>> [without_number(name) for name in ("\u4e00\u3001GDP", "(\u4e8c) GDP", "\u5176\u4e2d\uff1aGDP", "3.5%")]
    ['GDP', 'GDP', 'GDP', '3.5%']
    """
    return NUMBER.sub("", name, count=1) if NUMBER.match(name) and not NUMBER.fullmatch(name) else name
