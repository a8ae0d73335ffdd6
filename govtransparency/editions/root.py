"""Where the raw data of the editions are, and the project they belong to."""

from __future__ import annotations

from pathlib import Path

from govtransparency.arguments import Arguments
from govtransparency.shipped_files import is_checkout, shipped_files

__all__ = ["find_root", "nearest_project", "project_folder"]


def find_root(root: str | Path | None = None, *, index: str | None = None) -> Path:
    """Return the folder ``data/raw``: the one given, else that of the nearest project, else that of the library.

    That of the library too where an index is named that it has and the project has not, so that what comes with the
    library can be read from within a project.
    """
    if root is not None:
        with Arguments("root") as check:
            check.path("root", root)
        return Path(root)
    shipped = shipped_files() / "data" / "raw"
    project = nearest_project()
    own = project / "data" / "raw" if project else shipped
    return shipped if _has(shipped, index) and not _has(own, index) else own


def _has(raw: Path, index: str | None) -> bool:
    return any(folder.name == index for folder in raw.glob("*"))


def nearest_project(folder: Path | None = None) -> Path | None:
    """Return the nearest folder with ``data/raw`` in it, at or above the one given, by default the working folder."""
    here = folder or Path.cwd()
    return next((above for above in (here, *here.parents) if (above / "data" / "raw").is_dir()), None)


def project_folder() -> Path:
    """Return where commands find ``data`` and write ``outputs``: the nearest project, the checkout, or right here."""
    own = nearest_project() or (shipped_files() if is_checkout() else Path.cwd())
    return own.resolve()
