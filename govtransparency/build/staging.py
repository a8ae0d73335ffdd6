"""Where a run builds: in a folder of its own, which replaces the last report only when the run has succeeded."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from govtransparency.build.manifest import PROCESSED
from govtransparency.shipped_files import shipped_files
from govtransparency.texts.problems import build_problems as problems

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from govtransparency.texts.bilingual import Text

__all__ = ["AGREEMENT", "PANEL", "BusyError", "Project", "RunError", "Stage", "staged"]

FAILED = "_failed"
PANEL = "panel"  # in place of a year: all editions of an index, side by side
AGREEMENT = "agreement"  # in place of a year: several indices on the countries they share, in a folder of its own


class RunError(Exception):
    """A run that cannot go on.

    Attributes
    ----------
    text : Text
        The reason, in both languages.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class BusyError(RunError):
    """Another run is building the same edition."""


@dataclass(frozen=True)
class Project:
    """The folders of a project.

    Attributes
    ----------
    root : Path
        The folder that holds ``data`` and ``outputs``; notebooks run in it. What it lacks of ``data/raw`` and numbered
        notebooks in ``notebooks``, the library brings.
    """

    root: Path

    @property
    def raw(self) -> Path:
        """What was received."""
        own = self.root / "data" / "raw"
        return own if own.is_dir() else shipped_files() / "data" / "raw"

    def notebooks(self, year: int | str) -> tuple[Path, ...]:
        """Return the notebooks of a year's report, in the order in which they run; those of a panel by their names."""
        places = (root / "notebooks" for root in (self.root, shipped_files()))
        found = next(filter(None, (sorted(place.glob("[0-9]*.ipynb")) for place in places)))
        ending = str(year) if year in (PANEL, AGREEMENT) else ""
        return tuple(path for path in found if _ending(path) == ending)

    def report(self, index: str, year: int | str) -> Path:
        """Return the folder of the last good report of an edition."""
        return self.root / "outputs" / (AGREEMENT if year == AGREEMENT else f"{index}/{year}")

    def processed(self, index: str, year: int | str) -> Path:
        """Return the folder of the validated tables of an edition."""
        return self.root / "data" / "processed" / index / str(year)


def _ending(notebook: Path) -> str:
    """Return what the name of a notebook says that it is about, in place of one year."""
    return next((kind for kind in (PANEL, AGREEMENT) if notebook.stem.endswith(f"_{kind}")), "")


@dataclass(frozen=True)
class Stage:
    """One edition being built.

    Attributes
    ----------
    project : Project
    index : str
    year : int, 'panel' or 'agreement'
    folder : Path
        What is built, below ``outputs/.building``; the tables for ``data/processed`` in its folder ``processed``.
    """

    project: Project
    index: str
    year: int | str
    folder: Path

    @property
    def name(self) -> str:
        """What the edition is called in messages."""
        return f"{self.index} {self.year}"

    @property
    def targets(self) -> dict[Path, Path]:
        """Where each part of what is built belongs; the processed tables first, as their folder is in the other."""
        processed = self.project.processed(self.index, self.year)
        return {self.folder / PROCESSED: processed, self.folder: self.project.report(self.index, self.year)}

    def publish(self) -> None:
        """Replace the last report by what was built."""
        for built, target in self.targets.items():
            if not built.exists():
                continue
            old = _old(self, target)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                os.replace(target, old)
            try:
                os.replace(built, target)
            except OSError:
                self.recover_reports()
                raise
            shutil.rmtree(old, ignore_errors=True)

    def fail(self) -> Path:
        """Move what was built to ``outputs/_failed`` and return where it went."""
        remains = self.project.root / "outputs" / FAILED / f"{self.index}-{self.year}"
        shutil.rmtree(remains, ignore_errors=True)
        remains.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.folder, remains)
        return remains

    def recover_reports(self) -> None:
        """Put back a report that was moved away and not replaced."""
        for target in self.targets.values():
            old = _old(self, target)
            if old.exists() and not target.exists():
                os.replace(old, target)
            shutil.rmtree(old, ignore_errors=True)


def _old(stage: Stage, target: Path) -> Path:
    """Return where the last report is kept until the new one is in its place: the same disk, hidden."""
    return target.with_name(f".{stage.year}.old")


@contextmanager
def staged(
    project: Project, index: str, year: int | str, *, kind: Literal["building", "verifying"] = "building"
) -> Generator[Stage]:
    """Give an empty stage for one edition, which no other run can use at the same time, and clear it afterwards.

    Parameters
    ----------
    project : Project
    index : str
    year : int, 'panel' or 'agreement'
    kind : {'building', 'verifying'}
        Names the folder, ``outputs/.<kind>/<index>-<year>``.

    Raises
    ------
    BusyError
    """
    folder = project.root / "outputs" / f".{kind}" / f"{index}-{year}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Stage(project, index, year, folder)
    with _locked(project.root / "outputs" / f".{index}-{year}.lock", stage.name):
        stage.recover_reports()  # what a killed run left
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield stage
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(path: Path, what: str) -> Generator[None]:
    """Hold the lock of an edition; the system releases it however the process ends."""
    import fcntl

    with path.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BusyError(problems.BUSY.format(name=what)) from None
        yield
