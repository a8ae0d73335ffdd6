"""Write the Chinese names of countries in units.csv from Unicode's CLDR: `python -m tools.country_names`.

The files are those of the editions whose ``sources.csv`` names the source ``cldr``.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global

RAW = Path(__file__).resolve().parent.parent / "data" / "raw"
CODES = {"KO": "XK", "KMH": "KH"}  # of publishers who have codes of their own
NAMES = {"HK": "中国香港", "TW": "中国台湾"}  # as official Chinese has them in lists of countries and regions


def chinese_name(code: str) -> str:
    """Return the Chinese name of a country by its code of two or three letters.

    Examples
    --------
    >>> chinese_name("NZL"), chinese_name("nz"), chinese_name("TW")
    ('新西兰', '新西兰', '中国台湾')
    """
    code = CODES.get(code.upper(), code.upper())
    two = code if len(code) == 2 else get_global("territory_aliases")[code][0]
    return NAMES.get(two) or Locale("zh").territories[two]


def named(text: str) -> str:
    """Return the text of a ``units.csv`` with the Chinese names."""
    rows = list(csv.DictReader(io.StringIO(text)))
    written = io.StringIO()
    table = csv.DictWriter(written, rows[0], lineterminator="\n")
    table.writeheader()
    table.writerows(row | {"name_zh": chinese_name(row["unit"])} for row in rows)
    return written.getvalue()


def outdated() -> Iterator[tuple[Path, str]]:
    """Give each file that has other names than CLDR, and the text that it should have."""
    for path in sorted(set(_files())):
        text = path.read_text(encoding="utf-8")
        if (current := named(text)) != text:
            yield path, current


def _files() -> Iterator[Path]:
    """Give the list of units of each edition that has the source, its own or that of all its index's editions."""
    for sources in RAW.glob("*/*/sources.csv"):
        with sources.open(encoding="utf-8", newline="") as file:
            if any(row.get("source") == "cldr" for row in csv.DictReader(file)):
                own = sources.with_name("units.csv")
                yield own if own.exists() else sources.parents[1] / "units.csv"


def main() -> None:
    """Write the files that have other names."""
    for path, text in outdated():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"changed: {path.relative_to(RAW)}\n")


if __name__ == "__main__":
    main()
