"""Build all editions of published indices in one run: a page, and a file of counts for the documentation."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, fields
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.editions import list_editions, read_edition
from govtransparency.editions.config import UNCOUNTED, parse_toml
from govtransparency.editions.download import is_fetched
from govtransparency.errors import InputError
from govtransparency.profiles.shelf_rows import (
    COLUMNS,
    PUBLISHERS,
    NotBuilt,
    OnShelf,
    Shelf,
    ShelfRow,
    on_shelf,
    title_of_group,
)
from govtransparency.report.pages.shelf_page import write_shelf_page
from govtransparency.shipped_files import is_checkout, shipped_files
from govtransparency.texts.bilingual import Text, as_text, bilingual
from govtransparency.texts.shelf_words import SAID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govtransparency.texts.bilingual import Shown

__all__ = [
    "COUNTS",
    "LEFT_OUT",
    "PAGE",
    "build_shelf",
    "make_shelf",
    "read_rows",
    "read_texts",
    "reason_of",
    "rows_text",
    "title_of",
    "write_shelf",
]

PAGE = "outputs/shelf/shelf.html"
COUNTS, LEFT_OUT = "docs/shelf.csv", "docs/left_out.csv"
WORDS = {True: "yes", False: "no"}


def make_shelf(
    root: Path,
    project: Path,
    *,
    jobs: int = 2,
    language: Shown = "both",
    say: Callable[..., object],
) -> int:
    """Build the shelf, write its files and return the exit status: 1 where an edition cannot be read.

    Parameters
    ----------
    root : Path
        ``data/raw``.
    project : Path
        Where ``outputs`` is; the counts of the documentation are written in the library's own checkout alone.
    jobs : int
        Editions at a time.
    language : {"zh", "en", "both"}
        Shown by the page until the reader chooses.
    say : callable
        Takes a line for the reader; with ``error=True``, what is wrong with an edition.
    """
    start = time.monotonic()
    shelf = build_shelf(root, jobs=jobs, say=say)
    broken = [each.broken for each in shelf.not_built if each.broken]
    for error in broken:
        say(Text(error.in_language("zh"), error.in_language("en")), error=True)
    for path in write_shelf(shelf, project, counts=is_checkout() and project == shipped_files(), language=language):
        say(SAID["page"].format(path=path.relative_to(project)))
    done = SAID["done"].format(
        built=len({(each.row.index, each.row.year) for each in shelf.editions}),
        missing=len(shelf.not_built) - len(broken),
        broken=len(broken),
        seconds=f"{time.monotonic() - start:.1f}",
    )
    say(done)
    return 1 if broken else 0


def build_shelf(root: Path, *, jobs: int = 2, say: Callable[[Text], object] = lambda _: None) -> Shelf:
    """Build every edition of a published index whose original files are there.

    These are the editions whose figures are a publisher's own, by their status; what cannot be read is among those that
    were not built.

    Parameters
    ----------
    root : Path
        ``data/raw``.
    jobs : int
        Editions at a time.
    say : callable
        Takes a line for each edition.
    """
    with Arguments("build_shelf") as check:
        check.count("jobs", jobs)
    there = list_editions(root)
    wanted = [
        (index, int(year)) for index, year, status in there.itertuples(index=False) if status in ("", *PUBLISHERS)
    ]
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        editions: list[OnShelf] = []
        not_built: list[NotBuilt] = []
        for line, found in pool.map(partial(_built, root=root), wanted):
            say(line)
            if isinstance(found, NotBuilt):
                not_built.append(found)
            else:
                editions += found
    return Shelf(tuple(editions), tuple(not_built))


def _built(named: tuple[str, int], *, root: Path) -> tuple[Text, list[OnShelf] | NotBuilt]:
    """Return an edition as it stands on the shelf, or why it does not, after a line that says so."""
    start, (index, year) = time.monotonic(), named
    try:
        if not is_fetched(root / index / str(year), root=root):
            lacking = NotBuilt(index, year, title_of(index, year, root=root))
            return SAID["fetch_it"].format(index=index, year=year, command=lacking.command), lacking
        found = on_shelf(read_edition(index, year, root=root))
    except InputError as error:
        return SAID["broken"].format(index=index, year=year), NotBuilt(index, year, as_text(f"{index} {year}"), error)
    return SAID["built"].format(index=index, year=year, seconds=f"{time.monotonic() - start:.1f}"), found


def title_of(index: str, year: int, group: str = "", *, root: Path) -> Text:
    """Return the title that an ``edition.toml`` gives its edition, or index and year; the edition is not read.

    With a group, as a row of the shelf is titled.
    """
    toml = parse_toml(root / index / str(year) / "edition.toml")
    title = toml.get("title")
    if not isinstance(title, Mapping) or not {"zh", "en"} <= title.keys():
        return as_text(f"{index} {year}")
    return title_of_group(title, toml["groups"], group) if group else bilingual(title)


def reason_of(index: str, year: int, *, root: Path) -> Text | None:
    """Return why the official ranks of an edition do not count, as its ``edition.toml`` says, or None."""
    record = parse_toml(root / index / str(year) / "edition.toml").get("record", {})
    return bilingual(record[UNCOUNTED]) if UNCOUNTED in record else None


def write_shelf(shelf: Shelf, project: Path, *, counts: bool, language: Shown = "both") -> list[Path]:
    """Write the page and, if `counts`, the file of counts; an edition that was not built keeps the counts it has.

    Returns
    -------
    list of Path
    """
    page, table = project / PAGE, project / COUNTS
    left_out = project / LEFT_OUT
    write_shelf_page(page, shelf, read_texts(left_out) if left_out.is_file() else None, language=language)
    if not counts:
        return [page]
    absent = {(each.index, each.year) for each in shelf.not_built}
    kept = [row for row in read_rows(table) if (row.index, row.year) in absent] if table.is_file() else []
    rows = sorted([*(each.row for each in shelf.editions), *kept], key=lambda row: (row.index, row.year))
    write_whole(table, rows_text(rows).encode())
    return [page, table]


def rows_text(rows: Sequence[ShelfRow]) -> str:
    """Return the rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(WORDS[cell] if isinstance(cell, bool) else _cell(cell) for cell in astuple(row))
    return text.getvalue()


def _cell(cell: object) -> str:
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def read_rows(path: Path) -> list[ShelfRow]:
    """Return the rows of a file of counts."""
    kinds = {field.name: str(field.type) for field in fields(ShelfRow)}
    with path.open(encoding="utf-8", newline="") as file:
        return [
            ShelfRow(**{name: _read(cell, kinds[name]) for name, cell in row.items()}) for row in csv.DictReader(file)
        ]


def _read(cell: str, kind: str) -> Any:
    if kind == "str":
        return cell
    if kind == "bool":
        return cell == WORDS[True]
    return None if not cell else float(cell) if kind.startswith("float") else int(cell)


def read_texts(path: Path) -> pd.DataFrame:
    """Return a table of texts, such as what was looked at and left out of the shelf."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)
