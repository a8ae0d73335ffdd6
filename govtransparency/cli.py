"""The command line: one function a command, each a thin layer over the library.

A command is a function ``(arguments) -> exit status``: 0 all well, 1 a failure or a difference, 2 bad input or usage.
To add one, write its function and its entry in `_parser`.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from govtransparency.editions import fetch, find_root, list_editions, read_edition
from govtransparency.editions.load import edition_path
from govtransparency.errors import Attempts, InputError
from govtransparency.schema import SchemaNotice

__all__ = ["main"]


class _Stopped(BaseException):
    """SIGTERM or SIGHUP, turned into an exception so that a run can clear up behind itself."""

    def __init__(self, number: int, frame: FrameType | None = None) -> None:
        self.number = number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        with warnings.catch_warnings():
            _print_notices()
            return chosen.command(chosen)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, _Stopped) as stop:
        print("stopped; the last good reports stand as they were", file=sys.stderr)
        return 128 + getattr(stop, "number", signal.SIGINT)


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Stopped(number)


def _print_notices() -> None:
    """Let the notice of an older file be one plain line, once for each file; other warnings as they are."""
    shown = warnings.showwarning
    printed = set()

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not issubclass(category, SchemaNotice):
            shown(message, category, *where, **more)
        elif str(message) not in printed:
            printed.add(str(message))
            print(message, file=sys.stderr)

    warnings.simplefilter("always", SchemaNotice)
    warnings.showwarning = show


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="govtransparency", description="Rebuild and check an index of transparency.")
    commands = parser.add_subparsers(metavar="command", required=True)
    for name, command, text in (
        ("report", report, "rebuild the reports of some years"),
        ("verify", verify, "compare with the reference, and a rebuild with the report there is"),
    ):
        part = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
        part.add_argument("years", nargs="*", metavar="YEAR", help="a year, several, or 'all'")
        part.add_argument("--index", default="cgti", help="a folder of data/raw (default: cgti)")
        part.add_argument("--jobs", type=_positive, default=2, help="notebooks at a time (default: 2)")
        part.set_defaults(command=command)
    part = commands.add_parser("panel", help="lay the editions of an index side by side")
    part.add_argument("--index", default="cgti", help="a folder of data/raw with several editions (default: cgti)")
    part.set_defaults(command=panel, jobs=1, years=["all"])
    part = commands.add_parser("profile", help="write the page of one unit")
    part.add_argument("year", metavar="YEAR")
    part.add_argument("unit", metavar="UNIT", help="its code, or its name in either language")
    part.add_argument("--index", default="cgti", help="a folder of data/raw (default: cgti)")
    part.set_defaults(command=profile)
    part = commands.add_parser("bulletin", help="write what is known at the end of a month, a page a group")
    part.add_argument("month", metavar="MONTH", help="YYYY-MM")
    part.add_argument("--index", default="cgti", help="a folder of data/raw (default: cgti)")
    part.set_defaults(command=bulletin)
    commands.add_parser("editions", help="list the editions there are").set_defaults(command=editions)
    part = commands.add_parser("reference", help="write the reference files of all editions, or compare with them")
    part.add_argument("--check", action="store_true", help="only compare")
    part.add_argument("--jobs", type=_positive, default=2, help="editions at a time (default: 2)")
    part.set_defaults(command=reference)
    part = commands.add_parser("upgrade", help="rewrite files of an older schema, comments and order kept")
    part.add_argument(
        "paths", nargs="*", metavar="PATH", help="folders of editions, edition.toml or recipe.json; else all editions"
    )
    part.set_defaults(command=upgrade)
    part = commands.add_parser("fetch", help="fetch the files that an index takes from its publisher")
    part.add_argument("--index", required=True, help="a folder of data/raw")
    part.set_defaults(command=fetch_originals)
    return parser


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number, 1 or more")
    return int(text)


def report(chosen: argparse.Namespace) -> int:
    """Make the reports of the years."""
    from govtransparency.build.reports import build_reports

    return _run(chosen, build_reports, done="report")


def verify(chosen: argparse.Namespace) -> int:
    """Rebuild the reports of the years aside and compare."""
    from govtransparency.build.reports import verify_reports

    return _run(chosen, verify_reports, done="rebuild")


def panel(chosen: argparse.Namespace) -> int:
    """Lay the editions of an index side by side."""
    from govtransparency.build.reports import build_reports
    from govtransparency.build.staging import PANEL

    def build(index: str, years: Sequence[int], **options: Any) -> list:
        if len(years) < 2:
            raise InputError(f"{index} has the edition {years[0]} alone; a panel needs two or more", title="panel")
        return build_reports(index, [PANEL], **options)

    return _run(chosen, build, done="panel")


def _run(chosen: argparse.Namespace, run: Callable, *, done: str) -> int:
    from govtransparency.build.staging import Project

    start = time.monotonic()
    years = _years(chosen.index, chosen.years)
    if not years:
        name = chosen.command.__name__
        print(f"usage: govtransparency {name} YEAR... [--index cgti] [--jobs 2]\neditions:", file=sys.stderr)
        print(_listed_editions(), file=sys.stderr)
        return 2
    project = Project(find_root().resolve().parents[1])
    outcomes = run(chosen.index, years, project=project, jobs=chosen.jobs, say=_say)
    for outcome in outcomes:
        if outcome.message:
            print(outcome.message, file=sys.stderr if outcome.status else sys.stdout)
    good = sum(outcome.status == 0 for outcome in outcomes)
    print(f"{good} of {len(outcomes)} {done}{'s' * (len(outcomes) > 1)} well, {time.monotonic() - start:.1f} s in all")
    return max(outcome.status for outcome in outcomes)


def _say(line: str) -> None:
    print(line, flush=True)


def _years(index: str, words: Sequence[str]) -> list[int]:
    """Return the years named, each once, or raise one error that lists every one that does not exist."""
    names = list(dict.fromkeys(" ".join(words).replace(",", " ").split()))
    if names == ["all"]:
        there = list_editions()
        names = [str(year) for year in there.loc[there["index"] == index, "year"]] or ["all"]
    problems, years = [], []
    for name in names:
        try:
            years.append(int(edition_path(index, name).name))
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        raise InputError(problems, title="edition")
    return years


def profile(chosen: argparse.Namespace) -> int:
    """Write the profile of a unit and say where it is."""
    from govtransparency.report.pages.profile_page import write_profile

    edition = read_edition(chosen.index, chosen.year)
    folder = _outputs() / edition.index / "profiles" / str(edition.year)
    print(_short(write_profile(edition, chosen.unit, folder)))
    return 0


def bulletin(chosen: argparse.Namespace) -> int:
    """Write the bulletins of a month and say where they are."""
    from govtransparency.report.pages.bulletin_page import write_bulletins

    edition = read_edition(chosen.index, chosen.month.partition("-")[0])
    for path in write_bulletins(edition, chosen.month, _outputs() / edition.index / "bulletins" / chosen.month):
        print(_short(path))
    return 0


def _outputs() -> Path:
    return find_root().resolve().parents[1] / "outputs"


def editions(chosen: argparse.Namespace) -> int:
    """List the editions there are, with the status of their figures."""
    print(_listed_editions())
    return 0


def _listed_editions() -> str:
    there = list_editions()
    lines = [
        f"  {index}  {status}: {' '.join(map(str, rows['year']))}"
        for (index, status), rows in there.groupby(["index", "status"], sort=False)
    ]
    return "\n".join(lines)


def reference(chosen: argparse.Namespace) -> int:
    """Write the reference of all editions, or compare with it; refuse a difference that CHANGELOG.md does not name."""
    from govtransparency.build.reference import FOLDER, write_references

    start = time.monotonic()
    problems, excused = write_references(find_root().resolve().parents[1], check=chosen.check, jobs=chosen.jobs)
    for line in excused:
        print(f"named in CHANGELOG.md:\n{line}")
    for line in problems:
        print(line, file=sys.stderr)
    done = f"{len(problems)} files differ" if problems else "as found now" if chosen.check else "written"
    print(f"{FOLDER}: {done}, {time.monotonic() - start:.1f} s")
    return 1 if problems else 0


def upgrade(chosen: argparse.Namespace) -> int:
    """Rewrite files of an older schema, each whole, and say what changed; one that cannot be stays as it is."""
    from govtransparency.atomic_files import write_whole
    from govtransparency.editions.upgrade import files_to_upgrade, upgraded_text

    problems: list[str] = []
    attempt = Attempts(problems)
    for path in files_to_upgrade(chosen.paths):
        text, changes = attempt(partial(upgraded_text, path)) or (None, None)
        if text is not None:
            write_whole(path.resolve(), text.encode())
        if changes is not None:
            print(f"{_short(path)}: {', '.join(changes) or 'nothing to be done'}")
    if problems:
        raise InputError(problems, title="upgrade")
    return 0


def fetch_originals(chosen: argparse.Namespace) -> int:
    """Fetch the publisher's files of an index and say where they are."""
    for path in fetch(chosen.index):
        print(f"there, with the pinned hash: {_short(path)}")
    return 0


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
