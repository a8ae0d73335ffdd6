"""Other publishers' files: fetched once, pinned by their hash, never kept in the project."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from govtransparency.arguments import Arguments
from govtransparency.checked_calls import checked
from govtransparency.editions.config import parse_toml
from govtransparency.editions.root import find_root
from govtransparency.errors import InputError, nearest
from govtransparency.extras import needs
from govtransparency.files.toml_values import in_message
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from govtransparency.texts.bilingual import Text

__all__ = ["Original", "fetch", "original_file", "originals"]

PINS = "originals.toml"
KEYS = ("base", "sha256", "files")


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

    def problem(self) -> Text | None:
        """Return what is wrong with the file on disk, or None."""
        if not self.path.is_file():
            return problems.NOT_THERE.format(path=self.path)
        found = hashlib.sha256(self.path.read_bytes()).hexdigest()
        return None if found == self.sha256 else problems.OTHER_HASH.format(path=self.path, sha256=found)

    def by_hand(self) -> Text:
        """Return how to get the file without this program."""
        return problems.BY_HAND.format(url=self.url, path=self.path, sha256=self.sha256)


def originals(index: str, *, root: str | Path | None = None) -> dict[str, Original]:
    """Return the files that an index takes from its publisher, by name.

    They are pinned in ``data/raw/<index>/originals.toml`` by ``base``, the address of their folder at a fixed commit,
    and the table ``sha256`` of name to hash; a file from another folder has a table of its own, ``[files."name"]`` with
    ``base`` and ``sha256``.

    Parameters
    ----------
    index : str
    root : path, optional
        ``data/raw``; the files belong into ``data/external/<index>`` next to it.

    Raises
    ------
    InputError
        If the index takes no file from elsewhere, with the indices that do; or for a pin without address or hash.
    """
    folder = find_root(root)
    path = folder / index / PINS
    if not path.is_file():
        there = sorted(pins.parent.name for pins in folder.glob(f"*/{PINS}"))
        raise InputError(problems.NOTHING_TO_FETCH.format(index=index, nearest=nearest(index, there)), title="fetch")
    pins = parse_toml(path)
    if wrong := list(_pin_problems(pins)):
        raise InputError(wrong, title=str(path))
    own = {name: (pins["base"], sha256) for name, sha256 in pins.get("sha256", {}).items()}
    own |= {name: (entry["base"], entry["sha256"]) for name, entry in pins.get("files", {}).items()}
    place = folder.parent / "external" / index
    return {name: Original(name, f"{base}/{quote(name)}", sha256, place / name) for name, (base, sha256) in own.items()}


def _pin_problems(pins: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with an ``originals.toml``."""
    yield from (problems.PIN_KEY.format(key=key, nearest=nearest(key, KEYS)) for key in pins if key not in KEYS)
    hashes, files = pins.get("sha256", {}), pins.get("files", {})
    tables = isinstance(hashes, Mapping) and isinstance(files, Mapping)
    if not tables or not {**hashes, **files} or (hashes and not isinstance(pins.get("base"), str)):
        yield problems.PINS.format(reason=problems.PINS_LACKING)
        return
    for name, sha256 in hashes.items():
        if not isinstance(sha256, str):
            yield problems.PIN.format(name=name, value=in_message(sha256))
        if name in files:
            yield problems.PINNED_TWICE.format(name=name)
    for name, entry in files.items():
        if not isinstance(entry, Mapping) or not all(isinstance(entry.get(key), str) for key in ("base", "sha256")):
            yield problems.PIN.format(name=name, value=in_message(entry))
    for name in {**hashes, **files}:
        if not re.fullmatch(r"[^/\\\x00-\x1f]+", name) or name in (".", ".."):
            yield problems.PIN_NAME.format(name=name)


def original_file(index: str, name: str, *, root: str | Path | None = None) -> Path:
    """Return the path of a publisher's file that has been fetched.

    Raises
    ------
    InputError
        If it is missing or is not the pinned file, with where to get it, where to put it and its hash.
    """
    pins = find_root(root) / index / PINS
    if not pins.is_file():
        raise InputError(problems.NO_PINS.format(name=name), title=str(pins))
    pinned = originals(index, root=root)
    if name not in pinned:
        known = nearest(name, pinned)
        raise InputError(problems.NOT_PINNED.format(name=name, pins=PINS, index=index, nearest=known), title="sheets")
    original = pinned[name]
    if problem := original.problem():
        by_hand = original.by_hand()
        raise InputError(problems.FETCH_IT.format(problem=problem, index=index, by_hand=by_hand), title=name)
    return original.path


@checked
def fetch(
    index: str, *, root: str | Path | None = None, download: Callable[[Original], object] | None = None
) -> list[Path]:
    r"""Fetch the files that an index takes from its publisher and that are not there yet.

    Parameters
    ----------
    index : str
    root : path, optional
        ``data/raw``; the files go to ``data/external/<index>`` next to it.
    download : callable, optional
        Writes one file to its path. By default pooch does it, which checks the hash before the file gets its name.

    Returns
    -------
    list of Path
        Every file, each with the pinned hash.

    Raises
    ------
    InputError
        Listing each file that could not be fetched, with its address, the path where it belongs and its hash.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> def from_shelf(original):
    ...     original.path.parent.mkdir(parents=True)
    ...     original.path.write_text("unit,x")
    >>> with TemporaryDirectory() as place:
    ...     folder = Path(place) / "raw" / "libraries"
    ...     folder.mkdir(parents=True)
    ...     pin = f'base = "https://example.org"\n[sha256]\n"x.csv" = "{hashlib.sha256(b"unit,x").hexdigest()}"'
    ...     _ = (folder / PINS).write_text(pin)
    ...     [path.name for path in fetch("libraries", root=folder.parent, download=from_shelf)]
    ['x.csv']
    """
    with Arguments("fetch"):
        pinned = list(originals(index, root=root).values())
    wanted = [original for original in pinned if original.problem() is not None]
    if wanted and download is None:
        needs("pooch", title=f"fetch {index}")
    failed: list[Text] = []
    for original in wanted:
        try:
            (download or _download)(original)
        except (OSError, ValueError) as error:
            reason = error.texts[0] if isinstance(error, InputError) else _first_line(error)
            problem: Text | None = problems.DOWNLOAD_FAILED.format(name=original.name, reason=reason)
        else:
            problem = original.problem()
        if problem:
            failed.append(problems.DO_BY_HAND.format(problem=problem, by_hand=original.by_hand()))
    if failed:
        raise InputError(failed, title=f"fetch {index}")
    return [original.path for original in pinned]


def _download(original: Original) -> None:
    import pooch
    import requests

    try:
        pooch.retrieve(original.url, f"sha256:{original.sha256}", fname=original.path.name, path=original.path.parent)
    except requests.ConnectionError:
        raise InputError(problems.NO_CONNECTION) from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
