"""A number as people write it in a cell."""

from __future__ import annotations

import re

__all__ = ["to_number"]


GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")  # so that 1.234,5 and 0,123 are not numbers
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2212: "-"}  # full-width characters, minus sign


def to_number(text: str) -> float | None:
    """Return the number in a cell, or None if the cell is not a number.

    A percent sign divides by 100 (``85%`` is 0.85); commas between groups of three digits before the point and
    full-width characters are read. A decimal comma is not. ``inf`` is returned as such: the caller refuses it and says
    where it is.

    Examples
    --------
    >>> to_number("1,234.5"), to_number("85%"), to_number("about 3"), to_number("1.234,5")
    (1234.5, 0.85, None, None)
    """
    text = text.translate(NARROW).strip()
    percent = text.endswith("%")
    digits = text.removesuffix("%").strip()
    if "," in digits:
        if not GROUPED.fullmatch(digits):
            return None
        digits = digits.replace(",", "")
    if "_" in digits:
        return None
    try:
        number = float(digits)
    except ValueError:
        return None
    return number / 100 if percent else number
