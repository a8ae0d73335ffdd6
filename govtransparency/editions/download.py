"""Other publishers' files: fetched once, pinned by their hash, never kept in the project."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.checked_calls import checked
from govtransparency.editions.config import parse_toml
from govtransparency.editions.root import find_root
from govtransparency.errors import Attempts, InputError, nearest
from govtransparency.extras import needs
from govtransparency.files.toml_values import in_message
from govtransparency.texts.bilingual import Language, bilingual
from govtransparency.texts.problems import sheet_problems as problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govtransparency.texts.bilingual import Text

__all__ = ["Original", "by_hand_only", "fetch", "fetchable", "is_fetched", "original_file", "originals"]

PINS = "originals.toml"
KEYS = ("base", "sha256", "files")
FILE_KEYS = ("base", "sha256", "name", "by_hand")
WAIT = 30  # seconds without a byte


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
    how : Text, optional
        How to get it by hand, where no address serves these bytes; then `url` is empty.
    """

    name: str
    url: str
    sha256: str
    path: Path
    how: Text | None = None

    def problem(self) -> Text | None:
        """Return what is wrong with the file on disk, or None."""
        if not self.path.is_file():
            return problems.NOT_THERE.format(path=self.path)
        found = _sha256(self.path)
        return None if found == self.sha256 else problems.OTHER_HASH.format(path=self.path, sha256=found)

    def by_hand(self) -> Text:
        """Return how to get the file without this program."""
        place = {"path": self.path, "sha256": self.sha256}
        return (
            problems.MADE_BY_HAND.format(how=self.how, **place)
            if self.how
            else problems.BY_HAND.format(url=self.url, **place)
        )


def originals(index: str, *, root: str | Path | None = None) -> dict[str, Original]:
    """Return the files that an index takes from its publisher, by name.

    They are pinned in ``data/raw/<index>/originals.toml`` by ``base``, the address of their folder at a fixed commit,
    and the table ``sha256`` of name to hash; a file from another folder has a table of its own, ``[files."name"]`` with
    ``base`` and ``sha256``; one that no address serves has ``by_hand``, how to get it in both languages, for ``base``.

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
        known = nearest(index, fetchable(root=folder))
        raise InputError(problems.NOTHING_TO_FETCH.format(index=index, nearest=known), title="fetch")
    pins = parse_toml(path)
    if wrong := list(_pin_problems(pins)):
        raise InputError(wrong, title=str(path))
    files = {name: {"base": pins["base"], "sha256": sha256} for name, sha256 in pins.get("sha256", {}).items()}
    place = folder.parent / "external" / index
    return {name: _original(name, entry, place) for name, entry in {**files, **pins.get("files", {})}.items()}


def _original(name: str, entry: Mapping[str, Any], place: Path) -> Original:
    how = bilingual(entry["by_hand"]) if "by_hand" in entry else None
    url = "" if how else f"{entry['base']}/{quote(entry.get('name', name))}"
    return Original(name, url, entry["sha256"], place / name, how)


def fetchable(*, root: str | Path | None = None) -> list[str]:
    """Return the indices that take files from their publisher."""
    return sorted(pins.parent.name for pins in find_root(root).glob(f"*/{PINS}"))


def by_hand_only(*, root: str | Path | None = None) -> list[Original]:
    """Return the files that no address serves and that are not there."""
    pinned = [original for index in fetchable(root=root) for original in originals(index, root=root).values()]
    return [original for original in pinned if original.how and original.problem()]


def is_fetched(path: Path, *, root: Path) -> bool:
    """Return whether all publisher's files that an edition names are there, right or wrong.

    Parameters
    ----------
    path : Path
        The edition's folder.
    root : Path
        ``data/raw``.

    Raises
    ------
    InputError
        For an ``edition.toml`` that is no TOML, and as `originals`.
    """
    config = parse_toml(path / "edition.toml")
    sheets = config.get("sheets")
    entries = [*(sheets if isinstance(sheets, list) else ()), config.get("record")]
    given = [entry.get("original") for entry in entries if isinstance(entry, Mapping)]
    names = {name for name in given if isinstance(name, str)}
    pinned = originals(path.parent.name, root=root) if names else {}
    return all(pinned[name].path.is_file() for name in names if name in pinned)


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
        if problem := _place_problem(entry):
            yield problem.format(name=name, value=in_message(entry))
            continue
        yield from (
            problems.PIN_FILE_KEY.format(name=name, key=key, nearest=nearest(key, FILE_KEYS))
            for key in entry
            if key not in FILE_KEYS
        )
        if not isinstance(entry.get("name", name), str):
            yield problems.PIN_OWN_NAME.format(name=name, value=in_message(entry["name"]))
    for name in {**hashes, **files}:
        if not re.fullmatch(r"[^/\\\x00-\x1f]+", name) or name in (".", ".."):
            yield problems.PIN_NAME.format(name=name)


def _place_problem(entry: object) -> Text | None:
    """Return the template of what is wrong with where a file is: at an address, or got by hand; and its hash."""
    if not isinstance(entry, Mapping) or "by_hand" not in entry:
        keys = ("base", "sha256")
        return (
            None
            if isinstance(entry, Mapping) and all(isinstance(entry.get(key), str) for key in keys)
            else problems.PIN
        )
    how = entry["by_hand"]
    told = isinstance(how, Mapping) and all(isinstance(how.get(language), str) for language in get_args(Language))
    return None if told and isinstance(entry.get("sha256"), str) and "base" not in entry else problems.PIN_BY_HAND


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
    index: str,
    *,
    root: str | Path | None = None,
    folder: str | Path | None = None,
    download: Callable[[Original], object] | None = None,
) -> list[Path]:
    r"""Fetch the files that an index takes from its publisher and that are not there yet.

    A file gets its place only whole and with its hash, so a run that broke off is taken up where it stopped.

    Parameters
    ----------
    index : str
        Or "all", for every index that takes files from its publisher: what fails for one leaves the others, and a file
        that no address serves is left out if `folder` does not have it.
    root : path, optional
        ``data/raw``; the files go to ``data/external/<index>`` next to it.
    folder : path, optional
        A folder that holds the files, at any depth and by any name, to copy them from instead of the network.
    download : callable, optional
        Writes one file to its path. By default pooch does it, which checks the hash before the file gets its name.

    Returns
    -------
    list of Path
        Every file, each with the pinned hash.

    Raises
    ------
    InputError
        Listing each file that could not be fetched, with the reason, its address, the path where it belongs and its
        hash; for both `folder` and `download`, or a folder that is not there.

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
    way = download if folder is None else _from_folder(folder, download)
    if index != "all":
        return _fetched(index, root, way)
    failed: list[Text] = []
    attempt = Attempts(failed)
    paths = [
        path for one in fetchable(root=root) for path in attempt(partial(_fetched, one, root, way, every=True)) or ()
    ]
    if failed:
        raise InputError(failed, title="fetch all")
    return paths


def _fetched(
    index: str, root: str | Path | None, download: Callable[[Original], object] | None, *, every: bool = False
) -> list[Path]:
    """Return the files of one index, those fetched that were not there; if `every`, without what is got by hand."""
    with Arguments("fetch"):
        pinned = list(originals(index, root=root).values())
    wanted = [original for original in pinned if original.problem() is not None]
    if download is None and any(original.url for original in wanted):
        needs("pooch", title=f"fetch {index}")
    failed: list[Text] = []
    for original in wanted:
        problem = _problem_of_fetching(original, download)
        if problem and not (every and original.how):
            failed.append(problems.DO_BY_HAND.format(problem=problem, by_hand=original.by_hand()))
    if failed:
        raise InputError(failed, title=f"fetch {index}")
    return [original.path for original in pinned if not (original.how and original.problem())]


def _problem_of_fetching(original: Original, download: Callable[[Original], object] | None) -> Text | None:
    """Fetch a file; return what is wrong then, if anything."""
    if download is None and original.how:
        return problems.NO_ADDRESS.format(name=original.name)
    try:
        (download or _download)(original)
    except (OSError, ValueError) as error:
        reason = error.texts[0] if isinstance(error, InputError) else _first_line(error)
        return problems.DOWNLOAD_FAILED.format(name=original.name, reason=reason)
    return original.problem()


def _from_folder(folder: str | Path, download: object) -> Callable[[Original], None]:
    """Return what copies a file from a folder, where it is known by its hash."""
    with Arguments("fetch") as check:
        if download is not None:
            check.refuse(problems.FOLDER_OR_DOWNLOAD)
        if not Path(folder).is_dir():
            check.expect("folder", str(folder), problems.FOLDER_OF_ORIGINALS)
    by_hash = {_sha256(path): path for path in Path(folder).rglob("*") if path.is_file()}

    def copy(original: Original) -> None:
        if original.sha256 not in by_hash:
            raise InputError(problems.NOT_IN_FOLDER.format(folder=folder, sha256=original.sha256))
        write_whole(original.path, by_hash[original.sha256].read_bytes())

    return copy


def _download(original: Original) -> None:
    """Download a file, or say in words what hinders it."""
    import pooch
    import requests
    import urllib3

    try:
        pooch.retrieve(
            original.url,
            f"sha256:{original.sha256}",
            fname=original.path.name,
            path=original.path.parent,
            downloader=pooch.HTTPDownloader(timeout=WAIT),
        )
    except requests.Timeout:
        raise InputError(problems.NO_ANSWER.format(seconds=WAIT)) from None
    except requests.ConnectionError as error:
        stopped = any(isinstance(cause, urllib3.exceptions.ReadTimeoutError) for cause in error.args)  # within the file
        raise InputError(problems.NO_ANSWER.format(seconds=WAIT) if stopped else problems.NO_CONNECTION) from None
    except requests.exceptions.ChunkedEncodingError:
        raise InputError(problems.BROKEN_OFF) from None
    except requests.HTTPError as error:
        status = "" if error.response is None else error.response.status_code
        raise InputError(problems.REFUSED.format(status=status)) from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
