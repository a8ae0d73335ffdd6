"""datapackage.json: the tables of a run and the files of its edition, described for other programs."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from govtransparency.build.manifest import PROCESSED, inputs_of
from govtransparency.build.package_resources import Package, tables_of
from govtransparency.editions.download import originals
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import bilingual, run_on
from govtransparency.texts.package_words import PACKAGE
from govtransparency.texts.status_words import STATUS

if TYPE_CHECKING:
    from pathlib import Path

    from govtransparency.editions import Edition

__all__ = ["INPUTS", "write_data_package"]


NAME = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
INPUTS = "inputs"  # the folder of a report that holds the edition's files as they were read
LICENCE = "LICENSE-DATA"  # in the project's folder
ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


def write_data_package(folder: Path, edition: Edition, *, root: Path, year: int | str) -> None:
    """Write ``datapackage.json`` into the folder of a report, and beside it the files that the edition was read from.

    A package is whole only with all its files, so those of the edition are copied into the folder `INPUTS`; a
    publisher's files, which are not ours to copy, are there by their address.

    Parameters
    ----------
    folder : Path
        Holds the report, complete but for its manifest.
    edition : Edition
    root : Path
        The project's folder.
    year : int or 'panel'
        Of the report. That on all editions of an index has no files of its own.
    """
    package = Package(edition)
    licences = _licences(edition)
    if year == edition.year:
        package.add_inputs(_copied(folder, edition))
    if (root / LICENCE).is_file():
        _copy(root / LICENCE, folder / INPUTS / LICENCE)
        licences.append({"path": f"{INPUTS}/{LICENCE}", "title": PACKAGE["licence"].en})
    exhibits = tables_of(folder)
    for path in sorted(folder.rglob("*.csv")):
        place = path.relative_to(folder)
        if place.parts[0] not in (PROCESSED, INPUTS):
            package.add_table(path, place.as_posix(), exhibits)
    content = _head(edition, year) | {"sources": _sources(edition), "licenses": licences}
    content = {key: value for key, value in content.items() if value} | {"resources": package.resources}
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def _head(edition: Edition, year: int | str) -> dict[str, Any]:
    """Return what the package is: name, title, status, and what its figures are, in both languages."""
    title, status, attribution = bilingual(edition.title), STATUS[edition.status], run_on(edition.attribution)
    head = head_of(edition.status, edition.attribution)
    about = run_on([head, *([bilingual(edition.about)] if edition.about else [])])
    return {
        "$schema": PROFILE,
        "name": re.sub(r"[^a-z0-9._-]", "-", f"{edition.index}-{year}".lower()),
        "title": title.en,
        "title_zh": title.zh,
        "description": about.en,
        "description_zh": about.zh,
        "status": edition.status,
        "status_en": status.en,
        "status_zh": status.zh,
        "attribution": attribution.en,
        "attribution_zh": attribution.zh,
    }


def _copied(folder: Path, edition: Edition) -> dict[Path, str]:
    """Copy the files of the edition; return where each is found: its path in the package, or its address."""
    places: dict[Path, str] = {}
    for path in inputs_of(edition):
        if path.is_relative_to(edition.path.parent):
            places[path] = f"{INPUTS}/{path.relative_to(edition.path.parent).as_posix()}"
            _copy(path, folder / places[path])
        else:
            there = originals(edition.index, root=edition.path.parents[1])
            places[path] = next(original.url for original in there.values() if original.path == path)
    return places


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _sources(edition: Edition) -> list[dict[str, str]]:
    """Return the sources of the edition as a package lists them."""
    found = []
    for row in edition.sources.to_dict("records"):
        source = {"title": row.get("title") or row.get("source", "")}
        if ADDRESS.fullmatch(row.get("url", "")):
            source["path"] = row["url"]
        if row.get("published_on"):
            source["version"] = row["published_on"]
        found.append({key: value for key, value in source.items() if value})
    return [source for source in found if source]


def _licences(edition: Edition) -> list[dict[str, str]]:
    """Return the licences that the sources name."""
    named = dict.fromkeys(cell for cell in edition.sources.get("licence", ()) if cell)
    return [{"path" if ADDRESS.fullmatch(cell) else "name": cell} for cell in named]
