"""Dates as spreadsheets write them, year first; or what is lacking for a date."""

from __future__ import annotations

import contextlib
import datetime
import re
from typing import TYPE_CHECKING

from govtransparency.files.number_forms import ORDINARY
from govtransparency.texts.problems import date_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["date_in", "no_date"]

PART = re.compile(r"\s*([-/.年月日号])\s*")
TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
NO_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})月?", re.ASCII)
NO_YEAR = re.compile(r"(\d{1,2})[-/月](\d{1,2})[日号]?", re.ASCII)
YEAR_LAST = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}(?:\d{2})?", re.ASCII)
DATE = re.compile(r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)", re.ASCII)
SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)  # days since the end of 1899, as a spreadsheet shows dates of 1954 to 2119
FIRST_DAY = datetime.date(1899, 12, 30)


def _plain(text: str) -> str:
    return TIME.sub("", PART.sub(r"\1", text.translate(ORDINARY).strip()))


def date_in(text: str) -> datetime.date | None:
    """Return the date that a text is, or None where it is none or has several readings.

    Examples
    --------
    >>> [str(date_in(text)) for text in ("2024-03-05", "2024/3/5", "2024年3月5日", "2024.3.5", "2024/3/5 0:00")]
    ['2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05', '2024-03-05']
    >>> date_in("3/5/2024") is None
    True
    """
    with contextlib.suppress(ValueError):
        return datetime.date.fromisoformat(text)
    found = DATE.fullmatch(_plain(text))
    if found is None:
        return None
    with contextlib.suppress(ValueError):
        return datetime.date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    return None


def no_date(text: str) -> Text:
    """Return what is wrong with a text that is no date, and what it may be.

    Examples
    --------
    >>> print(no_date("45356"))
    '45356' may be 2024-03-05, which a spreadsheet holds as that number; write the date
    """
    plain = _plain(text)
    if found := NO_DAY.fullmatch(plain):
        return problems.NO_DAY.format(cell=text, month=f"{found[1]}-{int(found[2]):02}")
    if found := NO_YEAR.fullmatch(plain):
        return problems.NO_YEAR.format(cell=text, example=f"2024-{int(found[1]):02}-{int(found[2]):02}")
    if SERIAL.fullmatch(plain):
        return problems.SERIAL.format(cell=text, date=FIRST_DAY + datetime.timedelta(days=int(plain)))
    if YEAR_LAST.fullmatch(plain):
        return problems.YEAR_LAST.format(cell=text)
    return problems.NO_DATE.format(cell=text)
