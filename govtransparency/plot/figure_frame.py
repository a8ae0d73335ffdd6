"""What stands around every figure of a report: the finding, what it is of, the index and the year, the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.plot import simulated_look, theme
from govtransparency.status_of_data import stamp_of
from govtransparency.texts.bilingual import Text, run_on
from govtransparency.texts.figure_findings import FRAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.plot.figure import Drawing
    from govtransparency.stated_numbers import Range

__all__ = ["framed"]


@theme.style()
def framed(
    drawing: Drawing,
    *,
    what: Text,
    index: Text,
    status: str,
    attribution: Iterable[Text] = (),
    ranges: Mapping[str, Range] | None = None,
) -> None:
    """Write around a figure what it finds and what it is of, so that a file of it can be shown on its own.

    Parameters
    ----------
    drawing : Drawing
    what : Text
        What it shows: its title where it states no finding, else beneath it.
    index : Text
        The title of the index, with the year.
    status : str
        Of the data. A figure of simulated data is grey and hatched and says so inside its axes; its title and its
        alternative text begin with it, and state no more than its finding, which names no unit.
    attribution : iterable of Text
        The lines that the licences of the sources ask for.
    ranges : mapping of the names of numbers to Range, optional
        What its numbers are in other simulations of the same facts.
    """
    drawing.simulated = status == "simulated"
    finding = drawing.statement.text(ranges)
    found = any(finding)
    kind = "simulated" if drawing.simulated else "other"
    title = FRAME[f"{kind}_finding"].format(finding=finding) if found else what
    if not found and drawing.simulated:
        title = FRAME["simulated_title"].format(what=what)
    title = Text(title.zh, title.en[:1].upper() + title.en[1:])
    below = FRAME["below"].format(what=what, index=index) if found else index
    drawing.head(title, below)
    drawing.stamp(stamp_of(status, attribution))
    said = FRAME["sentence"].format(clause=title)
    if drawing.simulated:
        simulated_look.in_grey(drawing)
        drawing.alt = run_on([said, FRAME["sentence"].format(clause=what)])
    else:
        drawing.alt = run_on([said, drawing.alt] if found else [drawing.alt])
