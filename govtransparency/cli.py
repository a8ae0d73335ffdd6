"""The command line: one function per command, each a thin layer over the library.

A command is a function ``(arguments) -> exit status``: 0 success, 1 a failure or a difference, 2 bad input or usage.
To add one, write its function, name it in `COMMANDS` and give it its options in `command_options`. Messages are in
Chinese where the locale is Chinese, else in English; what a command writes is in the language of its option
``--language``.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.command_options import command_parser
from govtransparency.editions import doubts, fetch, list_editions, read_edition
from govtransparency.editions.download import by_hand_only
from govtransparency.editions.joined_units import current_codes, joined_doubts
from govtransparency.editions.load import edition_folders, edition_path
from govtransparency.editions.root import find_root, project_folder
from govtransparency.errors import Attempts, InputError
from govtransparency.schema import SchemaNotice
from govtransparency.spoken_arguments import let_argparse_speak
from govtransparency.texts.bilingual import Language, Text, as_text, strung
from govtransparency.texts.command_words import DONE, SAID
from govtransparency.texts.problems import command_problems as problems
from govtransparency.texts.problems.error_problems import HEADED

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from types import FrameType

__all__ = ["main"]


class _StoppedError(BaseException):
    """SIGTERM or SIGHUP, raised as an exception so that a run can clean up."""

    def __init__(self, number: int) -> None:
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
    language = _language_of_messages()
    let_argparse_speak(language)
    chosen = command_parser(language, COMMANDS).parse_args(arguments)
    try:
        with warnings.catch_warnings():
            _print_notices(language)
            return chosen.command(chosen)
    except InputError as error:
        print(error.in_language(language), file=sys.stderr)
        return 2
    except (KeyboardInterrupt, _StoppedError) as stop:
        _say(chosen, SAID["stopped"], error=True)
        return 128 + getattr(stop, "number", signal.SIGINT)


def _language_of_messages() -> Language:
    """Return Chinese where the locale of the environment is Chinese, else English."""
    locales = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    first = next(filter(None, locales), "")
    return "zh" if first.lower().startswith("zh") else "en"


def _say(chosen: argparse.Namespace, text: Text, *, error: bool = False) -> None:
    """Print a text in the language of the messages."""
    print(getattr(text, chosen.messages), file=sys.stderr if error else sys.stdout)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise _StoppedError(number)


def _print_notices(language: Language) -> None:
    """Print the notice of an older file as one plain line, once for each file; other warnings are shown as usual."""
    shown = warnings.showwarning
    printed: set[Text] = set()

    def show(message: Warning | str, category: type[Warning], *where: Any, **more: Any) -> None:
        if not isinstance(message, SchemaNotice):
            shown(message, category, *where, **more)
        elif message.text not in printed:
            printed.add(message.text)
            print(getattr(message.text, language), file=sys.stderr)

    warnings.simplefilter("always", SchemaNotice)
    warnings.showwarning = show


def report(chosen: argparse.Namespace) -> int:
    """Make the reports of the years."""
    from govtransparency.build.reports import build_reports

    return _run(chosen, partial(build_reports, language=chosen.language))


def verify(chosen: argparse.Namespace) -> int:
    """Rebuild the reports of the years in another folder and compare."""
    from govtransparency.build.reports import verify_reports

    return _run(chosen, verify_reports)


def panel(chosen: argparse.Namespace) -> int:
    """Compare the editions of an index side by side."""
    from govtransparency.build.reports import build_reports
    from govtransparency.build.staging import PANEL

    def build(index: str, years: Sequence[int], **options: Any) -> list:
        if len(years) < 2:
            raise InputError(problems.ONE_EDITION.format(index=index, year=years[0]), title="panel")
        return build_reports(index, [PANEL], language=chosen.language, **options)

    return _run(chosen, build)


def agreement(chosen: argparse.Namespace) -> int:
    """Compare several indices of countries on those that they share."""
    from govtransparency.build.reports import build_reports
    from govtransparency.build.staging import AGREEMENT, Project

    given = {name: getattr(chosen, name) for name in ("editions", "income", "income_columns", "seed")}
    options = {"say": partial(print, flush=True), "language": chosen.language, "parameters": given}
    (outcome,) = build_reports("indices", [AGREEMENT], project=Project(project_folder()), jobs=1, **options)
    if outcome.message:
        _say(chosen, outcome.message, error=bool(outcome.status))
    return outcome.status


def _run(chosen: argparse.Namespace, run: Callable[..., list[Any]]) -> int:
    from govtransparency.build.staging import Project

    start = time.monotonic()
    name = chosen.command.__name__
    years = _years(chosen.index, chosen.years)
    if not years:
        _say(chosen, SAID["usage"].format(command=name), error=True)
        print(_listed_editions(chosen.messages), file=sys.stderr)
        return 2
    project = Project(project_folder())
    outcomes = run(chosen.index, years, project=project, jobs=chosen.jobs, say=partial(print, flush=True))
    for outcome in outcomes:
        if outcome.message:
            _say(chosen, outcome.message, error=bool(outcome.status))
    good = sum(outcome.status == 0 for outcome in outcomes)
    done = DONE[name, len(outcomes) == 1].format(good=good, count=len(outcomes))
    _say(chosen, SAID["in_all"].format(done=done, seconds=f"{time.monotonic() - start:.1f}"))
    return max(outcome.status for outcome in outcomes)


def _years(index: str, words: Sequence[str]) -> list[int]:
    """Return the years named, each once, or raise one error that lists every year without an edition in the project."""
    names = list(dict.fromkeys(" ".join(words).replace(",", " ").split()))
    if names == ["all"]:
        names = [folder.name for folder in edition_folders() if folder.parent.name == index] or names
    unknown: list[Text] = []
    years = []
    for name in names:
        try:
            years.append(int(edition_path(index, name, root=find_root()).name))
        except InputError as error:
            unknown += [text for text in error.texts if text not in unknown]
    if unknown:
        raise InputError(unknown, title="edition")
    return years


def profile(chosen: argparse.Namespace) -> int:
    """Write the card of a unit, or of all units of a group, and say where they are."""
    from govtransparency.report.pages.profile_page import write_cards

    edition = read_edition(chosen.index, chosen.year)
    folder = project_folder() / "outputs" / edition.index / "profiles" / str(edition.year)
    for path in write_cards(edition, chosen.unit, folder, group=chosen.group, language=chosen.language):
        print(_short(path), flush=True)
    return 0


def bulletin(chosen: argparse.Namespace) -> int:
    """Write the bulletins of a month and say where they are."""
    from govtransparency.report.pages.bulletin_page import write_bulletins

    edition = read_edition(chosen.index, chosen.month.partition("-")[0])
    folder = project_folder() / "outputs" / edition.index / "bulletins" / chosen.month
    print(*map(_short, write_bulletins(edition, chosen.month, folder, language=chosen.language)), sep="\n")
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Read editions and say all that is wrong with them or may be; 1 where anything is wrong."""
    status = 0
    languages: Sequence[Language] = get_args(Language) if chosen.language == "both" else [chosen.language]
    readable = []
    for year in _years(chosen.index, chosen.years or ["all"]):
        title = f"{chosen.index} {year}"
        try:
            edition = read_edition(chosen.index, year)
            for group in edition.tables:
                edition.index_of(group)
        except InputError as error:
            status = 1
            for language in languages:
                print(error.in_language(language), file=sys.stderr)
            continue
        readable.append(edition)
        found = doubts(edition)
        heading = SAID["doubts" if len(found) else "no_doubts"].format(edition=title, count=len(found))
        said = [heading, *(_placed(row.file, as_text(row.where), Text(row.zh, row.en)) for row in found.itertuples())]
        if len(edition.reading):
            said.append(SAID["reading"])
        said += [
            _placed(row.file, Text(row.where_zh, row.where_en), Text(row.note_zh, row.note_en))
            for row in edition.reading.itertuples()
        ]
        for language in languages:
            print("\n  ".join(getattr(text, language) for text in said))
    years = sorted(readable, key=lambda edition: edition.year)
    for row in joined_doubts(years, current_codes([edition.units for edition in years])).itertuples():
        for language in languages:
            print(getattr(_placed(chosen.index, as_text(str(row.year)), Text(row.zh, row.en)), language))
    return status


def _placed(file: str, where: Text, text: Text) -> Text:
    """Return a line on a place in a file."""
    place = strung(filter(lambda part: as_text(part).en, (file, where)), "，", ", ")
    return SAID["item"].format(text=HEADED.format(title=place, text=text))


def new(chosen: argparse.Namespace) -> int:
    """Write the folder of a new index and say where its editions are."""
    from govtransparency.editions.new_edition import new_editions, root_for_new

    folders = new_editions(
        chosen.name,
        root=root_for_new(),
        files=[Path(file) for file in chosen.files],
        years=chosen.years,
        groups=chosen.groups,
        language=chosen.language,
    )
    for folder in folders:
        print(_short(folder))
    _say(chosen, SAID["new"].format(index=chosen.name, year=folders[-1].name))
    return 0


def editions(chosen: argparse.Namespace) -> int:
    """List the editions there are, with the status of their figures."""
    print(_listed_editions(chosen.messages))
    return 0


def _listed_editions(language: Language) -> str:
    there = list_editions()
    lines = [
        f"  {index}  {status or getattr(SAID['unreadable'], language)}: {' '.join(map(str, rows['year']))}"
        for (index, status), rows in there.groupby(["index", "status"], sort=False)
    ]
    return "\n".join(lines)


def reference(chosen: argparse.Namespace) -> int:
    """Write the reference of all editions, or compare with it; refuse a difference that CHANGELOG.md does not name."""
    from govtransparency.build.reference import FOLDER, reference_editions, write_references

    start, root = time.monotonic(), project_folder()
    compared = reference_editions(root, check=chosen.check)
    for index, year in reference_editions(root):
        if (index, year) not in compared:
            _say(chosen, SAID["no_reference"].format(index=index, year=year))
    unnamed, excused = write_references(root, check=chosen.check, jobs=chosen.jobs)
    for line in excused:
        _say(chosen, SAID["excused"].format(line=line))
    for line in unnamed:
        _say(chosen, line, error=True)
    done = SAID["differ" if unnamed else "as_now" if chosen.check else "written"].format(count=len(unnamed))
    _say(chosen, SAID["reference"].format(folder=FOLDER, done=done, seconds=f"{time.monotonic() - start:.1f}"))
    return 1 if unnamed else 0


def upgrade(chosen: argparse.Namespace) -> int:
    """Rewrite files of an older schema and say what changed; a file that cannot be rewritten stays as it is."""
    from govtransparency.atomic_files import write_whole
    from govtransparency.editions.upgrade import files_to_upgrade, upgraded_text

    refused: list[Text] = []
    attempt = Attempts(refused)
    for path in files_to_upgrade(chosen.paths):
        text, changes = attempt(partial(upgraded_text, path)) or (None, None)
        if text is not None:
            write_whole(path.resolve(), text.encode())
        if changes is not None:
            said = strung(changes, "，", ", ")
            _say(chosen, SAID["upgraded"].format(path=_short(path), changes=said if changes else SAID["nothing"]))
    if refused:
        raise InputError(refused, title="upgrade")
    return 0


def fetch_originals(chosen: argparse.Namespace) -> int:
    """Fetch the publishers' files of an index, or of all, and say where they are."""
    for path in fetch(chosen.index, folder=chosen.folder):
        _say(chosen, SAID["fetched"].format(path=_short(path)))
    for original in by_hand_only() if chosen.index == "all" else ():
        _say(chosen, SAID["by_hand"].format(name=original.name, by_hand=original.by_hand()))
    return 0


def shelf(chosen: argparse.Namespace) -> int:
    """Rebuild all published indices and write their page; 1 where an edition cannot be read."""
    from govtransparency.build.shelf import make_shelf

    said = partial(_say, chosen)
    return make_shelf(find_root(), project_folder(), jobs=chosen.jobs, language=chosen.language, say=said)


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


COMMANDS = {
    "report": report,
    "verify": verify,
    "panel": panel,
    "agreement": agreement,
    "profile": profile,
    "bulletin": bulletin,
    "check": check,
    "new": new,
    "editions": editions,
    "reference": reference,
    "upgrade": upgrade,
    "fetch": fetch_originals,
    "shelf": shelf,
}
