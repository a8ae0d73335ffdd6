"""Files of an older schema rewritten: an ``edition.toml`` with its comments and its order, a ``recipe.json`` whole."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.editions.config import parse_toml
from govtransparency.editions.load import edition_folders
from govtransparency.errors import InputError
from govtransparency.schema import CURRENT, upgraded, with_new_name
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from govtransparency.texts.bilingual import Text

__all__ = ["files_to_upgrade", "upgraded_text"]

EDITION, RECIPE = "edition.toml", "recipe.json"
HEADER = re.compile(r"\ufeff?(?:(?:[ \t]*#[^\n]*\n)+(?:[ \t]*\r?\n)+)*")  # comments followed by a blank line
NUMBER = re.compile(r"^(schema[ \t]*=[ \t]*)\w+", re.MULTILINE)


def files_to_upgrade(places: Sequence[str | Path] = (), *, root: str | Path | None = None) -> list[Path]:
    """Return the files at the places, each once.

    Parameters
    ----------
    places : sequence of path
        Files, or folders of editions; without any, all editions under the root.
    root : path, optional
        ``data/raw``; by default the nearest one at or above the working folder.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        Listing every place that is not such a file and contains none.
    """
    wrong: list[Text] = []
    files: list[Path] = []
    for place in map(Path, places or edition_folders(root)):
        found = [place / name for name in (EDITION, RECIPE)] if place.is_dir() else [place]
        found = [file for file in found if file.is_file() and (file.name == EDITION or file.suffix == ".json")]
        files += found
        if not found:
            wrong.append(problems.NOTHING_TO_UPGRADE.format(place=place, edition=EDITION, recipe=RECIPE))
    if wrong:
        raise InputError(wrong, title="upgrade")
    return list(dict.fromkeys(files))


def upgraded_text(path: Path) -> tuple[str | None, list[Text]]:
    """Return the text of a file at the current schema, None where it has that schema already, and what changes.

    Parameters
    ----------
    path : Path
        Of an ``edition.toml``, whose text is edited, or a ``recipe.json``, which is written anew.

    Returns
    -------
    text : str or None
    changes : list of Text
        A phrase for each change.

    Raises
    ------
    InputError
        For a file that cannot be read, is of a newer schema, or whose edited text would have another meaning.
    """
    toml = path.suffix == ".toml"
    data = parse_toml(path) if toml else _parse_json(path)
    within = () if toml else ("recipe",)
    current, renamed = upgraded(data, file=str(path), within=within)
    if data.get("schema") == CURRENT:
        return None, []
    if not toml and "framework" not in data:
        raise InputError(problems.NO_RECIPE, title=str(path))
    changes = [problems.SCHEMA_NOW.format(schema=CURRENT)]
    changes += [problems.RENAMED.format(old=".".join(old), new=new) for old, new in renamed]
    if not toml:
        return json.dumps(current, ensure_ascii=False, indent=1) + "\n", changes
    text = path.read_bytes().decode("utf-8")
    for old, new in renamed:
        data = with_new_name(data, old, new)
        text = _text_with_meaning(data, _with_key_renamed(text, old[-1], new), path)
    return _text_with_meaning(current, _with_number(text), path), changes


def _parse_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(problems.NOT_JSON.format(reason=error), title=str(path)) from None
    if not isinstance(data, Mapping):
        raise InputError(problems.NO_OBJECT, title=str(path))
    return dict(data)


def _with_key_renamed(text: str, old: str, new: str) -> Iterator[str]:
    """Give the text with one thing that looks like the key renamed, for each such thing."""
    for found in re.finditer(rf"""(?<![\w-])(["']?){re.escape(old)}\1(?=[ \t]*=)""", text):
        yield text[: found.start()] + new + text[found.end() :]


def _with_number(text: str) -> Iterator[str]:
    """Give the text with the number of the schema: in place of the one it has, or as a first line below the header."""
    for found in NUMBER.finditer(text):
        yield text[: found.start()] + f"{found[1]}{CURRENT}" + text[found.end() :]
    header = HEADER.match(text)
    at = header.end() if header else 0
    newline = "\r\n" if "\r\n" in text else "\n"
    yield text[:at] + f"schema = {CURRENT}{newline}" + text[at:]


def _text_with_meaning(data: Mapping[str, Any], texts: Iterator[str], path: Path) -> str:
    """Return the first of the texts that reads as these data, keys in any order."""
    for text in texts:
        try:
            found = tomllib.loads(text.removeprefix("\ufeff"))
        except tomllib.TOMLDecodeError:
            continue
        if _comparable(found) == _comparable(data):
            return text
    raise InputError(problems.CANNOT_REWRITE, title=str(path))


def _comparable(data: Mapping[str, Any]) -> str:
    """Return a text that is equal for equal data: numbers with their type, NaN equal to itself."""
    return repr(sorted(data.items()))
