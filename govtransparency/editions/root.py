"""Where the raw data of the editions are."""

from __future__ import annotations

from pathlib import Path

from govtransparency.arguments import Arguments
from govtransparency.errors import InputError
from govtransparency.texts.problems import edition_problems as problems

__all__ = ["find_root"]


def find_root(root: str | Path | None = None) -> Path:
    """Return the folder ``data/raw``: the one given, else the nearest at or above the working folder or the package."""
    if root is not None:
        with Arguments("root") as check:
            check.path("root", root)
        return Path(root)
    here, package = Path.cwd(), Path(__file__).resolve().parent
    for folder in (here, *here.parents, *package.parents):
        if (folder / "data" / "raw").is_dir():
            return folder / "data" / "raw"
    raise InputError(problems.NO_ROOT.format(folder=here))
