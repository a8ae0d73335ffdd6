"""The parser of the command line in either language: its phrases, its errors, the version."""

from __future__ import annotations

import argparse
import re
from importlib import metadata
from typing import TYPE_CHECKING, Any, NoReturn

from govtransparency.texts.argparse_words import PHRASES
from govtransparency.texts.bilingual import as_text
from govtransparency.texts.problems import command_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Language

__all__ = ["PrintedVersion", "SpokenParser", "let_argparse_speak", "positive"]


def let_argparse_speak(language: Language) -> None:
    """Give argparse, which asks gettext for its phrases, those of the texts."""

    def phrase(english: str) -> str:
        return getattr(PHRASES.get(english, as_text(english)), language)

    for name, asked in (("_", phrase), ("ngettext", lambda one, many, count: phrase(one if count == 1 else many))):
        setattr(argparse, name, asked)


class SpokenParser(argparse.ArgumentParser):
    """A parser whose errors in Chinese have Chinese marks."""

    def error(self, message: str) -> NoReturn:
        if self.get_default("messages") == "zh":
            message = re.sub(r"'([^']*)'", r"“\1”", message).replace(", ", "、")
        super().error(message)

    def format_help(self) -> str:
        text = super().format_help()
        return re.sub(r"(?m):$", "：", text) if self.get_default("messages") == "zh" else text


class PrintedVersion(argparse.Action):
    """Print the version, looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        print(parser.prog, metadata.version("govtransparency"))
        parser.exit()


def positive(text: str, language: Language) -> int:
    """Return an argument as a number of at least 1, or refuse it in the language."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(getattr(problems.NOT_POSITIVE.format(text=text), language))
    return int(text)
