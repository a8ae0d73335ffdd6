"""Other publishers' files: fetched once, pinned by their hash, never kept in the project."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from govtransparency.editions.root import find_root
from govtransparency.errors import InputError, nearest

__all__ = ["Original", "fetch", "original_file", "originals"]

PINS = "originals.toml"


@dataclass(frozen=True)
class Original:
    """A publisher's file.

    Attributes
    ----------
    name : str
    url : str
        At a fixed commit.
    sha256 : str
    path : Path
        Where it belongs: ``data/external/<index>/<name>``.
    """

    name: str
    url: str
    sha256: str
    path: Path

    def problem(self) -> str | None:
        """Return what is wrong with the file on disk, or None."""
        if not self.path.is_file():
            return "is not there"
        found = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return None if found == self.sha256 else f"is another file, with the SHA-256 {found}"

    def by_hand(self) -> str:
        """Return how to get the file without this program."""
        return f"download {self.url} to {self.path}; its SHA-256 is {self.sha256}"


def originals(index: str, *, root: str | Path | None = None) -> dict[str, Original]:
    """Return the files that an index takes from its publisher, by name.

    They are pinned in ``data/raw/<index>/originals.toml``: ``base``, the address of their folder at a fixed commit, and
    the table ``sha256`` of name to hash.

    Parameters
    ----------
    index : str
    root : path, optional
        ``data/raw``; the files belong beside it, in ``data/external/<index>``.

    Raises
    ------
    InputError
        If the index takes no file from elsewhere, with those that do.
    """
    folder = find_root(root)
    path = folder / index / PINS
    if not path.is_file():
        there = sorted(pins.parent.name for pins in folder.glob(f"*/{PINS}"))
        raise InputError(f"index {index!r} takes no file from elsewhere; {nearest(index, there)}", title="fetch")
    try:
        pins = tomllib.loads(path.read_text(encoding="utf-8"))
        base, hashes = pins["base"], dict(pins["sha256"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"expected base = ... and a table [sha256] of file to hash ({error})", title=str(path)
        ) from None
    place = folder.parent / "external" / index
    return {name: Original(name, f"{base}/{quote(name)}", sha256, place / name) for name, sha256 in hashes.items()}


def original_file(index: str, name: str, *, root: str | Path | None = None) -> Path:
    """Return the path of a publisher's file that has been fetched.

    Raises
    ------
    InputError
        If it is not there, or is another file than the one pinned: where to get it, where to put it, its hash.
    """
    pinned = originals(index, root=root)
    if name not in pinned:
        raise InputError(f"{name!r} is not in {PINS} of {index}; {nearest(name, pinned)}", title="sheets")
    original = pinned[name]
    if problem := original.problem():
        raise InputError(
            f"{original.path} {problem}; run 'make fetch INDEX={index}', or {original.by_hand()}", title=name
        )
    return original.path


def fetch(
    index: str, *, root: str | Path | None = None, download: Callable[[Original], object] | None = None
) -> list[Path]:
    """Fetch the files that an index takes from its publisher, those that are not there yet.

    Parameters
    ----------
    index : str
    root : path, optional
        ``data/raw``; the files go beside it, to ``data/external/<index>``.
    download : callable, optional
        Puts one file at its path. By default pooch does, which checks the hash before the file takes its name.

    Returns
    -------
    list of Path
        Every file, each with the hash that is pinned.

    Raises
    ------
    InputError
        Listing each file that could not be had, with the address to get it from by hand, the path where it belongs and
        its hash.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> def from_shelf(original):
    ...     original.path.parent.mkdir(parents=True)
    ...     original.path.write_text("unit,x")
    >>> with TemporaryDirectory() as place:
    ...     folder = Path(place) / "raw" / "libraries"
    ...     folder.mkdir(parents=True)
    ...     pin = f'base = "https://example.org"\\n[sha256]\\n"x.csv" = "{hashlib.sha256(b"unit,x").hexdigest()}"'
    ...     _ = (folder / PINS).write_text(pin)
    ...     [path.name for path in fetch("libraries", root=folder.parent, download=from_shelf)]
    ['x.csv']
    """
    pinned = list(originals(index, root=root).values())
    problems = []
    for original in pinned:
        if original.problem() is None:
            continue
        try:
            (download or _download)(original)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            problems.append(f"{original.name}: {reason}; {original.by_hand()}")
            continue
        if problem := original.problem():
            problems.append(f"{original.path} {problem}; {original.by_hand()}")
    if problems:
        raise InputError(problems, title=f"fetch {index}")
    return [original.path for original in pinned]


def _download(original: Original) -> None:
    import pooch
    import requests

    try:
        pooch.retrieve(original.url, f"sha256:{original.sha256}", fname=original.path.name, path=original.path.parent)
    except requests.ConnectionError:
        raise OSError("no connection to its address") from None
