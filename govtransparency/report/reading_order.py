"""The order in which a report is read: its parts, then the annex; which exhibit stands where, and its number there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govtransparency.texts.report_words import NUMBERED, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from govtransparency.texts.bilingual import Text

__all__ = ["ReadingOrder", "notebooks_of"]

KINDS = ("table", "figure")
ANNEX = "A"


def notebooks_of(folder: Path) -> list[Path]:
    """Return the executed notebooks of a run, in their order: in its folder, or in its folder ``notebooks``."""
    return sorted([*folder.glob("*.ipynb"), *folder.glob("notebooks/*.ipynb")], key=lambda path: path.name)


@dataclass(frozen=True)
class ReadingOrder:
    """The sentences, tables and figures of a run as a report has them.

    Attributes
    ----------
    listed : mapping of notebook to list of dict
        What its run listed, in the order of the notebooks.
    """

    listed: Mapping[str, Sequence[Mapping[str, Any]]]

    @classmethod
    def of_run(cls, folder: Path) -> ReadingOrder:
        """Read what the notebooks of a run have listed in its folder ``exhibits``."""
        files = {path.stem: folder / "exhibits" / f"{path.stem}.json" for path in notebooks_of(folder)}
        return cls(
            {name: json.loads(file.read_text(encoding="utf-8")) for name, file in files.items() if file.exists()}
        )

    @cached_property
    def exhibits(self) -> list[Mapping[str, Any]]:
        """The tables and figures, in the order of the notebooks."""
        return [entry for entry in self._entries() if entry["kind"] in KINDS]

    @cached_property
    def labels(self) -> dict[str, Text]:
        """What each exhibit is called, by its permanent id: kind and number in the order of reading.

        The exhibits of one name, one for each group, share a number; those of the annex begin with A.
        """
        found: dict[str, Text] = {}
        for prefix, some in (("", [entry for part in PARTS for entry in self.of_part(part)]), (ANNEX, self.annex)):
            for kind in KINDS:
                same: dict[str, list[str]] = {}
                for entry in some:
                    if entry["kind"] == kind:
                        same.setdefault(entry["name"], []).append(entry["id"])
                for number, ids in enumerate(same.values(), 1):
                    for place, name in enumerate(ids, 1):
                        own = f".{place}" if len(ids) > 1 else ""
                        found[name] = NUMBERED[kind].format(number=f"{prefix}{number}{own}")
        return found

    def of_part(self, part: str) -> list[Mapping[str, Any]]:
        """Return the exhibits of a part of the short report."""
        return [entry for entry in self.exhibits if entry["part"] == part]

    @property
    def annex(self) -> list[Mapping[str, Any]]:
        """The exhibits that stand in the annex alone."""
        return [entry for entry in self.exhibits if entry["part"] is None]

    def sentences(self, part: str) -> list[Mapping[str, Any]]:
        """Return what was concluded for a part, in the order of the notebooks: of the whole, then of each group."""
        said = [entry for entry in self._entries() if entry["kind"] == "conclusion" and entry["part"] == part]
        return sorted(said, key=lambda entry: bool(entry["of"]))

    def _entries(self) -> Iterator[Mapping[str, Any]]:
        for entries in self.listed.values():
            yield from entries
