"""The reference files: written, and compared with what the library finds now; CHANGELOG.md names what may differ."""

from __future__ import annotations

import json
import platform
import re
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from govtransparency.build.comparison import KINDS, Change, table_change
from govtransparency.build.reference_tables import reference_tables
from govtransparency.editions import read_edition
from govtransparency.editions.download import PINS
from govtransparency.editions.load import edition_folders
from govtransparency.errors import InputError
from govtransparency.report.result_files import table_text
from govtransparency.texts.problems import build_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from govtransparency.texts.bilingual import Text

__all__ = [
    "NamedChange",
    "compare_reference",
    "named_changes",
    "reference_editions",
    "reference_folder",
    "tolerance",
    "write_references",
]


FOLDER = Path("tests", "reference")
MACHINE = "machine.json"
WRITTEN = "written.json"  # the named changes that the reference holds already
SAME, OTHER = 1e-12, 1e-9  # of the range of a column: on the Python and processor of the reference, and on another
FORM = "- cgti 2023 2024, intervals.csv: largest change 2; reason: why the numbers moved"
LINE = re.compile(
    r"(?P<index>\S+) (?P<years>\d+(?: \d+)*), (?P<file>\S+\.csv): largest change (?P<size>[^;]+); reason: .+"
)


@dataclass(frozen=True)
class NamedChange:
    """A difference from the reference that CHANGELOG.md names.

    Attributes
    ----------
    text : str
        The item.
    index : str
    years : frozenset of int
    file : str
    size : float
        The largest change of a number; 0 where none is named.
    kinds : frozenset of str
        Of `govtransparency.build.comparison.KINDS`.
    """

    text: str
    index: str
    years: frozenset[int]
    file: str
    size: float
    kinds: frozenset[str]


def named_changes(changelog: str) -> list[NamedChange]:
    r"""Return the changes that a changelog names under **Numbers** of the unreleased version.

    Every item there has one form: ``- cgti 2023 2024, intervals.csv: largest change 2; reason: ...``. The size may be
    followed by its unit and by what else changed: ``largest change 0.4 points, texts and rows``.

    Parameters
    ----------
    changelog : str

    Returns
    -------
    list of NamedChange

    Raises
    ------
    InputError
        For every item under **Numbers** that has another form, such as one without a reason.

    Examples
    --------
    >>> text = "## [Unreleased]\n**Numbers**\n\n- tai 2001, tiers.csv: largest change 1, rows; reason: a tie.\n"
    >>> (named,) = named_changes(text)
    >>> named.file, named.size, sorted(named.kinds)
    ('tiers.csv', 1.0, ['rows'])
    """
    work = re.search(r"^## \[Unreleased\].*?(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    parts = re.findall(
        r"^(?:\*\*Numbers\*\*|#+ Numbers)$(.*?)(?=^\*\*|^#|\Z)", work.group() if work else "", re.MULTILINE | re.DOTALL
    )
    items = [" ".join(item.split()) for part in parts for item in re.findall(r"^- (.+(?:\n  .+)*)", part, re.MULTILINE)]
    found = [(item, _named(item)) for item in items]
    if wrong := [item for item, named in found if named is None]:
        raise InputError(
            [problems.CHANGELOG_FORM.format(item=item, form=FORM) for item in wrong], title=problems.CHANGELOG
        )
    return [named for _, named in found if named is not None]


def _named(item: str) -> NamedChange | None:
    match = LINE.fullmatch(item)
    if match is None:
        return None
    size, kinds = 0.0, set()
    for part in re.split(r", | and ", match["size"]):
        number = re.fullmatch(r"(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?: .+)?", part)
        if part in KINDS:
            kinds.add(part)
        elif number:
            size = float(number[1])
        else:
            return None
    years = frozenset(map(int, match["years"].split()))
    return NamedChange(item, match["index"], years, match["file"], size, frozenset(kinds))


def reference_folder(root: Path, index: str, year: int | str) -> Path:
    """Return the folder of the reference of an edition."""
    return root / FOLDER / index / str(year)


def compare_reference(
    root: Path, index: str, year: int, *, names: Collection[str] | None = None
) -> tuple[list[Text], list[Text]]:
    """Compare what the library finds for an edition with the reference.

    Parameters
    ----------
    root : Path
        The project's folder.
    index : str
    year : int
    names : collection of str, optional
        Only these files; all by default.

    Returns
    -------
    unnamed, excused : list of Text
        A line for each file that differs: those that CHANGELOG.md does not name, and those that it does.
    """
    return _compare(root, index, year, _tables(root, index, year, names), names)


def _tables(root: Path, index: str, year: int, names: Collection[str] | None = None) -> dict[str, pd.DataFrame]:
    return reference_tables(read_edition(index, year, root=root / "data" / "raw"), names)


def _compare(
    root: Path, index: str, year: int, tables: Mapping[str, pd.DataFrame], names: Collection[str] | None = None
) -> tuple[list[Text], list[Text]]:
    folder = reference_folder(root, index, year)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")} if folder.is_dir() else set()
    wanted = [name for name in sorted(files | set(tables)) if names is None or name in names]
    done = _written(root)
    named = [item for item in _named_in(root) if item.text not in done]
    allowed = tolerance(root)
    unnamed, excused = [], []
    for name in wanted:
        change = _change(folder / name, tables.get(name), allowed)
        if change is None:
            continue
        own = [item for item in named if (item.index, item.file) == (index, name) and year in item.years]
        size = max((item.size for item in own), default=0.0)
        kinds = frozenset().union(*(item.kinds for item in own))
        line = problems.FILE_DIFFERS.format(path=(folder / name).relative_to(root).as_posix(), where=change.where)
        if own and change.size <= size and change.kinds <= kinds:
            excused.append(line)
        else:
            item = {"index": index, "year": year, "file": name, "change": change}
            unnamed.append(problems.FILE_UNNAMED.format(line=line, **item))
    return unnamed, excused


def _change(path: Path, table: pd.DataFrame | None, allowed: float) -> Change | None:
    if table is None:
        return Change(0.0, frozenset({"rows"}), problems.FILE_NOT_FOUND_NOW)
    if not path.exists():
        return Change(0.0, frozenset({"rows"}), problems.FILE_NOT_IN_REFERENCE)
    text = path.read_text(encoding="utf-8")
    return table_change(text, _text(table), keys=table.index.nlevels, tolerance=allowed)


def _text(table: pd.DataFrame) -> str:
    return table_text(table)


def tolerance(root: Path) -> float:
    """Return the largest difference from the reference that does not count, as a share of the range of the column.

    1e-12 on the minor version of Python and the processor that the reference was made on, else 1e-9.
    """
    path = root / FOLDER / MACHINE
    return SAME if path.exists() and json.loads(path.read_text(encoding="utf-8")) == _machine() else OTHER


def _machine() -> dict[str, str]:
    about = Path("/proc/cpuinfo")
    text = about.read_text(encoding="utf-8") if about.exists() else ""
    model = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return {
        "python": ".".join(platform.python_version_tuple()[:2]),
        "machine": platform.machine(),
        "processor": model[1] if model else platform.processor(),
    }


def reference_editions(root: Path, *, check: bool = False) -> list[tuple[str, int]]:
    """Return the editions of which a reference is written, by index and year: those whose sheets are not fetched.

    Of which one is compared, where `check`: those that have one. An index of one's own has none.
    """
    raw = root / "data" / "raw"
    there = [(folder.parent.name, int(folder.name)) for folder in edition_folders(raw)]
    kept = [(index, year) for index, year in there if not (raw / index / PINS).exists()]
    return [one for one in kept if reference_folder(root, *one).exists()] if check else kept


def write_references(root: Path, *, check: bool = False, jobs: int = 2) -> tuple[list[Text], list[Text]]:
    """Write the reference of every edition, unless a file would change that CHANGELOG.md does not name.

    Parameters
    ----------
    root : Path
        The project's folder.
    check : bool
        Compare only, the editions that have a reference.
    jobs : int
        Editions at a time.

    Returns
    -------
    unnamed, excused : list of Text
        As of `compare_reference`, for all editions. Nothing is written while there are unnamed differences.
    """
    editions = reference_editions(root, check=check)
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        found = {one: pool.submit(_tables, root, *one) for one in reversed(editions)}  # the latest take longest
        tables = {one: found[one].result() for one in editions}
    unnamed: list[Text] = []
    excused: list[Text] = []
    for index, year in editions:
        if reference_folder(root, index, year).exists():
            found_here = _compare(root, index, year, tables[index, year])
            unnamed += found_here[0]
            excused += found_here[1]
    if not unnamed and not check:
        _write(root, tables)
    return unnamed, excused


def _write(root: Path, tables: Mapping[tuple[str, int], Mapping[str, pd.DataFrame]]) -> None:
    for (index, year), found in tables.items():
        folder = reference_folder(root, index, year)
        shutil.rmtree(folder, ignore_errors=True)
        for name, table in found.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(_text(table), encoding="utf-8", newline="\n")
    (root / FOLDER / MACHINE).write_text(json.dumps(_machine(), indent=1) + "\n", encoding="utf-8")
    done = [item.text for item in _named_in(root)]
    (root / FOLDER / WRITTEN).write_text(json.dumps(done, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _named_in(root: Path) -> list[NamedChange]:
    changelog = root / "CHANGELOG.md"
    return named_changes(changelog.read_text(encoding="utf-8")) if changelog.exists() else []


def _written(root: Path) -> list[str]:
    """Return the items that the reference holds already: they excuse no further change."""
    path = root / FOLDER / WRITTEN
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
