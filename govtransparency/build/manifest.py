"""manifest.json: what went into a report, what came out, and what made it."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.report.reading_order import ReadingOrder
from govtransparency.shipped_files import shipped_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govtransparency.editions import Edition
    from govtransparency.texts.bilingual import Shown

__all__ = ["NAME", "PROCESSED", "VOLATILE", "inputs_of", "language_of", "manifest", "sha256", "write_manifest"]


NAME = "manifest.json"
VOLATILE = ("run", "code", "environment")  # a rebuild is the same report when only these differ
PROCESSED = "processed"  # the folder of a stage that goes to data/processed
PACKAGE = Path(__file__).resolve().parents[1]


def manifest(
    folder: Path,
    edition: Edition,
    notebooks: Iterable[Path],
    *,
    root: Path,
    run: Mapping[str, Any],
    language: Shown = "both",
) -> dict[str, Any]:
    """Return the manifest of a report that is otherwise complete.

    Parameters
    ----------
    folder : Path
        Holds the report.
    edition : Edition
    notebooks : iterable of Path
        Those that ran.
    root : Path
        The project's folder, to which paths of inputs are relative.
    run : mapping
        Start time and durations.
    language : {"zh", "en", "both"}
        The language of the report.

    Returns
    -------
    dict
        ``inputs``, ``outputs`` and ``processed`` (the validated tables): path, SHA-256 and size of every file;
        ``exhibits``: the file of each table and figure and the notebook that made it; ``parameters`` (index, year,
        language) and ``seed``. Two runs that give the same report may differ in ``code`` (hash of the library,
        commit), ``environment`` (Python, platform, packages) and ``run``.
    """
    inputs = [*inputs_of(edition), *notebooks]
    processed = folder / PROCESSED
    outputs = [path for path in _files(folder) if path != folder / NAME and processed not in path.parents]
    return {
        "index": edition.index,
        "year": edition.year,
        "status": edition.status,
        "parameters": {"index": edition.index, "year": edition.year, "language": language},
        "seed": edition.seed,
        "inputs": [_entry(path, root) for path in inputs],
        "outputs": [_entry(path, folder) for path in outputs],
        "processed": [_entry(path, processed) for path in _files(processed)],
        "exhibits": _exhibits(folder),
        "code": {"library_sha256": _tree_hash(PACKAGE), **_commit(root)},
        "environment": {
            "python": platform.python_version(),
            "implementation": sys.implementation.name,
            "platform": platform.platform(),
            "packages": _packages(),
        },
        "run": dict(run),
    }


def inputs_of(edition: Edition) -> list[Path]:
    """Return the files that an edition was read from, its index's record among them, each once."""
    record = edition.path.parent / "record"
    return list(dict.fromkeys([*edition.files, *sorted(record.glob("*.csv"))]))


def language_of(folder: Path) -> Shown:
    """Return the language of the report in the folder, as its manifest states it; both without a manifest."""
    path = folder / NAME
    if not path.exists():  # notebooks run by hand write none
        return "both"
    return json.loads(path.read_text(encoding="utf-8")).get("parameters", {}).get("language", "both")


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write ``manifest.json`` into the folder."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _entry(path: Path, root: Path) -> dict[str, Any]:
    name = next((path.relative_to(place) for place in (root, shipped_files()) if path.is_relative_to(place)), path)
    return {"path": name.as_posix(), "sha256": sha256(path), "size": path.stat().st_size}


def _exhibits(folder: Path) -> list[dict[str, Any]]:
    """Return number, file and notebook of each exhibit, from the lists that the notebooks write."""
    keys, labels = ("id", "kind", "title", "file", "notebook"), ReadingOrder.of_run(folder).labels
    return [
        ({"label": labels[entry["id"]]._asdict()} if entry["id"] in labels else {})
        | {key: entry[key] for key in keys if key in entry}
        for path in sorted((folder / "exhibits").glob("*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]


def _tree_hash(folder: Path) -> str:
    """Return one hash of the names and contents of all source files in the folder."""
    lines = [
        f"{path.relative_to(folder).as_posix()} {sha256(path)}\n"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8")).hexdigest()


def _packages() -> dict[str, str]:
    found = {item.name.lower(): item.version for item in metadata.distributions() if item.name}
    return dict(sorted(found.items()))


def _commit(root: Path) -> dict[str, Any]:
    """Return commit and dirty flag where the project is a git repository of its own; else nothing."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top.strip()).resolve() != root.resolve():
        return {}
    commit, status = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain")
    return {} if commit is None or status is None else {"commit": commit.strip(), "dirty": bool(status.strip())}


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
