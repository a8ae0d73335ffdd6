"""What tables of a report state of whole groups, and the note that says it with its range over simulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.nodes import ROOT
from govtransparency.stated_numbers import Stated, Statement
from govtransparency.texts.bilingual import run_on
from govtransparency.texts.stated_words import RANGES, STATED
from govtransparency.texts.test_words import STATISTICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from govtransparency.stated_numbers import Range
    from govtransparency.texts.bilingual import Text

__all__ = ["TABLES", "stated_in", "with_ranges"]

TABLES = ("years", "reliability")  # the names of the exhibits


def stated_in(name: str, table: pd.DataFrame) -> tuple[Stated, ...]:
    """Return the numbers of a whole group in a table of the report: how far two years agree, and Cronbach's alpha.

    Parameters
    ----------
    name : str
        Of the exhibit.
    table : DataFrame
    """
    if name == "years":
        own = table["statistic_en"] == STATISTICS["tau_b"].en
        return tuple(Stated("rank_correlation", float(value)) for value in table.loc[own, "value"].iloc[-1:])
    if name == "reliability" and ROOT in table.index:
        return (Stated("alpha", float(table["cronbach"][ROOT])),)
    return ()


def with_ranges(note: Text | None, numbers: Iterable[Stated], ranges: Mapping[str, Range]) -> Text | None:
    r"""Return the note of a table with a sentence more for each number that has a range.

    Examples
    --------
    >>> from govtransparency.stated_numbers import Range
    >>> print(with_ranges(None, [Stated("alpha", 0.8)], {"alpha": Range(0.75, 0.9, 20)}))
    Cronbach's alpha of all indicators: 0.80 (0.75 to 0.90 in 20 other simulations).
    """
    said = [
        Statement(RANGES["note"], {"what": STATED[number.name], "number": number}).text(ranges)
        for number in numbers
        if number.name in ranges
    ]
    return run_on([*([note] if note else []), *said]) if said else note
