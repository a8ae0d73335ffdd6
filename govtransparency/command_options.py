"""The parser of the command line: every command with its options, in either language."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.editions.config import SEED
from govtransparency.spoken_arguments import PrintedVersion, SpokenParser, positive
from govtransparency.texts.argparse_words import METAVARS
from govtransparency.texts.bilingual import Language, Shown
from govtransparency.texts.command_words import HELP

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

__all__ = ["command_parser"]


TEXTS = HELP | METAVARS


def command_parser(
    language: Language, commands: Mapping[str, Callable[[argparse.Namespace], int]]
) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Parameters
    ----------
    language : {"zh", "en"}
        Of its help and of the messages.
    commands : mapping of name to function
        Each is called with the arguments that it is given.
    """

    def words(key: str) -> str:
        return getattr(TEXTS[key], language)

    parser = SpokenParser(prog="govtransparency", description=words("govtransparency"))
    parser.set_defaults(messages=language)
    parser.add_argument("--version", action=PrintedVersion, nargs=0, help=words("version"))
    listed = parser.add_subparsers(metavar=words("COMMAND"), required=True)

    def add(name: str) -> argparse.ArgumentParser:
        text = words(name)
        description = f"{text[0].upper()}{text[1:]}{'。' if language == 'zh' else '.'}"
        part = listed.add_parser(name, help=text, description=description)
        part.set_defaults(command=commands[name], messages=language)
        return part

    def index(part: argparse.ArgumentParser, key: str = "index", **options: Any) -> None:
        part.add_argument("--index", **{"default": "cgti", **options}, metavar=words("INDEX"), help=words(key))

    def jobs(part: argparse.ArgumentParser, key: str = "jobs") -> None:
        part.add_argument(
            "--jobs", type=partial(positive, language=language), default=2, metavar=words("JOBS"), help=words(key)
        )

    def shown(part: argparse.ArgumentParser) -> None:
        part.add_argument("--language", choices=get_args(Shown), default="both", help=words("language"))

    for name in ("report", "verify"):
        part = add(name)
        part.add_argument("years", nargs="*", metavar=words("YEAR"), help=words("years"))
        index(part)
        jobs(part)
        if name == "report":
            shown(part)
    part = add("panel")
    index(part, "index_panel")
    shown(part)
    part.set_defaults(jobs=1, years=["all"])
    shown(_of_indices(add("agreement"), words))
    of_unit, of_month = add("profile"), add("bulletin")
    of_unit.add_argument("year", metavar=words("YEAR"))
    of_unit.add_argument("unit", metavar=words("UNIT"), help=words("unit"))
    of_month.add_argument("month", metavar=words("MONTH"), help=words("month"))
    of_unit.add_argument("--group", metavar=words("GROUP"), help=words("group_of_all"))
    for part in (of_unit, of_month):
        index(part)
        shown(part)
    part = add("check")
    part.add_argument("years", nargs="*", metavar=words("YEAR"), help=words("years_or_all"))
    index(part)
    part.add_argument("--language", choices=get_args(Shown), default=language, help=words("language_said"))
    shown(_of_new_index(add("new"), words))
    add("editions")
    part = add("reference")
    part.add_argument("--check", action="store_true", help=words("compare"))
    jobs(part, "jobs_editions")
    add("upgrade").add_argument("paths", nargs="*", metavar=words("PATH"), help=words("paths"))
    index(part := add("fetch"), "index_or_all", default=None, required=True)
    part.add_argument("--from", dest="folder", metavar=words("FOLDER"), help=words("folder_of_originals"))
    jobs(part := add("shelf"), "jobs_editions")
    shown(part)
    return parser


def _of_new_index(part: argparse.ArgumentParser, words: Callable[[str], str]) -> argparse.ArgumentParser:
    part.add_argument("name", metavar=words("NAME"), help=words("name"))
    part.add_argument("--from", nargs="+", dest="files", metavar=words("FILE"), default=[], help=words("files"))
    for name, metavar, key in (("--years", "YEAR", "years_new"), ("--groups", "GROUP", "groups")):
        part.add_argument(name, nargs="+", metavar=words(metavar), default=[], help=words(key))
    return part


def _of_indices(part: argparse.ArgumentParser, words: Callable[[str], str]) -> argparse.ArgumentParser:
    part.add_argument("--editions", nargs="+", metavar=words("EDITION"), help=words("editions_compared"))
    part.add_argument("--income", type=os.path.abspath, metavar=words("FILE"), help=words("income"))
    part.add_argument(
        "--income-columns", type=partial(str.split, sep=","), metavar=words("COLUMNS"), help=words("income_columns")
    )
    part.add_argument("--seed", type=int, default=SEED, metavar=words("SEED"), help=words("seed"))
    return part
