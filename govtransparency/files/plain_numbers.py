"""A number as an author writes it in a file of one's own: plainly."""

from __future__ import annotations

import math

from govtransparency.files.multiples import multiplied
from govtransparency.files.number_forms import ORDINARY, PLAIN, multiple_in, share_of, shown, written
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import number_problems as problems

__all__ = ["to_number", "written_plainly"]


def to_number(text: str) -> float | None:
    """Return the number in a cell, or None if the cell is not a number written plainly.

    Full-width digits and the minus sign are read; nothing but a full-width comma is between thousands, and no sign
    follows. ``inf`` is returned as such: the caller refuses it and says where it is.

    Examples
    --------
    >>> to_number("1250.5"), to_number("\uff11\uff12"), to_number("1,250"), to_number("20%"), to_number("about 3")
    (1250.5, 12.0, None, None, None)
    """
    plain = text.translate(ORDINARY).strip()
    if PLAIN.fullmatch(plain) or plain.lstrip("+-").lower() == "inf":
        return float(plain)
    form = written(text)
    return form.point if form is not None and form.chinese and not form.sign else None


def written_plainly(text: str) -> Text:
    """Return how a cell that is no plain number could be written, to be added to a sentence; else nothing.

    Examples
    --------
    >>> print(written_plainly("1,250"), written_plainly("20%"), written_plainly("120万"), written_plainly("much"))
    ; write 1250 or 1.25 ; write 20 or 0.2 ; write 1200000
    """
    form, count = written(text), 1
    if form is None and (found := multiple_in(text)) is not None:
        form, _, count, _ = found
    if form is None:
        return Text("", "")
    numbers = [number for number in (form.point, form.comma) if number is not None and math.isfinite(number)]
    if form.sign:
        numbers += [share_of(number, form.sign) for number in numbers]
    if count > 1:
        numbers = [multiplied(number, count) for number in numbers]
    ways = list(dict.fromkeys(map(shown, numbers)))
    if not ways:  # too large
        return Text("", "")
    return problems.WRITE.format(ways=Text("或".join(ways), " or ".join(ways)))
