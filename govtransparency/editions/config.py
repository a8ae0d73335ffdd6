"""What an ``edition.toml`` may say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from govtransparency.editions.original_files import original_problems
from govtransparency.errors import InputError, nearest

__all__ = ["DISPLAY", "FILE_NAME", "SCALE", "SEED", "STATUSES", "config_problems", "parse_toml"]

STATUSES = ("official", "published", "third-party", "self-reported", "simulated")
KINDS = ("table", "marks")
SHEET = ("file", "kind", "missing")
SCALE = ("values", "low", "high", "integer")
LANGUAGES = ("en", "zh")
GROUP = (*LANGUAGES, "size")
VARIABLE = (*LANGUAGES, "unit")
FILE_NAME = r"[^/\\\x00-\x1f]+\.csv"
SEED = 2024  # of an edition that declares none
REQUIRED = ("index", "year", "status", "title", "groups", "sheets")
DISPLAY = {"table": ("league", "tiers")}
TABLES = ("groups", "scales", "variables", "derived", "identities", "recipe", "declarations", "display")
OPTIONAL = (
    "schema",
    "about",
    "scales",
    "variables",
    "derived",
    "identities",
    "recipe",
    "declarations",
    "display",
    "seed",
)


def parse_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, or raise an error that names it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        problems = [f"{key}: a whole number of more than 64 bits; write a smaller one" for key in _huge(found)]
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save the file as UTF-8", title=str(path)) from None
    except ValueError as error:  # also a whole number of more digits than Python reads
        raise InputError(str(error), title=str(path)) from None
    except RecursionError:
        raise InputError("tables or lists nested too deep to be read", title=str(path)) from None
    if problems:
        raise InputError(problems, title=str(path))
    return found


def _huge(value: Any, key: str = "") -> Iterator[str]:
    """Give the key of each whole number that TOML has no room for."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _huge(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for item in value:
            yield from _huge(item, key)
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        yield key


def config_problems(config: Mapping[str, Any], index: str, year: int) -> list[str]:
    """Say what is wrong with an ``edition.toml``."""
    problems = [f"{key!r} is missing" for key in REQUIRED if key not in config]
    problems += [
        f"{key!r} is unknown; {nearest(key, (*REQUIRED, *OPTIONAL))}"
        for key in config
        if key not in (*REQUIRED, *OPTIONAL)
    ]
    if config.get("index", index) != index:
        problems.append(f"index is {config['index']!r}, but the folder is {index!r}")
    if config.get("year", year) != year:
        problems.append(f"year is {config['year']!r}, but the folder is {year}")
    if "status" in config and config["status"] not in STATUSES:
        problems.append(f"status {config['status']!r} is unknown; {nearest(config['status'], STATUSES)}")
    seed = config.get("seed", SEED)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        problems.append(f"seed {seed!r}: expected a whole number, 0 or more")
    for key in TABLES:
        if not isinstance(config.get(key, {}), Mapping):
            problems.append(f"{key}: expected a table [{key}]")
    tables = {key: config[key] for key in TABLES if isinstance(config.get(key), Mapping)}
    for key in ("title", "about"):
        if key in config:
            problems += _entry_problems(key, config[key], required=LANGUAGES)
    if tables.get("groups") == {}:
        problems.append("groups: expected one entry a group")
    for group, entry in tables.get("groups", {}).items():
        problems += _entry_problems(f"group {group!r}", entry, keys=GROUP)
    for code, entry in tables.get("variables", {}).items():
        problems += _entry_problems(f"variable {code!r}", entry, keys=VARIABLE)
    for name, entry in tables.get("declarations", {}).items():
        problems += _entry_problems(f"declaration {name!r}", entry, required=LANGUAGES)
    for code, given in tables.get("derived", {}).items():
        texts = given if isinstance(given, list) else [given]
        if not texts or not all(isinstance(text, str) for text in texts):
            problems.append(f"derived {code!r} = {given!r}: expected an expression as a text, or a list of such")
    for name, given in tables.get("identities", {}).items():
        if not isinstance(given, str):
            problems.append(f"identity {name!r} = {given!r}: expected a text with == between two expressions")
    if "schema" in tables.get("recipe", {}):
        problems.append("recipe: 'schema' is unknown; it is the first key of the file")
    for key, choice in tables.get("display", {}).items():
        if key not in DISPLAY:
            problems.append(f"display: {key!r} is unknown; {nearest(key, DISPLAY)}")
        elif choice not in DISPLAY[key]:
            problems.append(f"display: {key} = {choice!r} is unknown; {nearest(choice, DISPLAY[key])}")
    return problems + (list(_sheet_problems(config["sheets"])) if "sheets" in config else [])


def _entry_problems(
    where: str,
    entry: Any,
    *,
    required: Sequence[str] = (),
    keys: Sequence[str] = LANGUAGES,
) -> Iterable[str]:
    """Say what is wrong with a small table of texts and one whole number, the size."""
    form = ", ".join(f"{key} = ..." for key in keys if key != "size")
    if not isinstance(entry, Mapping) or any(key not in entry for key in required):
        yield f"{where}: expected {{ {form} }}; got {entry!r}"
        return
    for key, value in entry.items():
        if key not in keys:
            yield f"{where}: {key!r} is unknown; {nearest(key, keys)}"
        elif key != "size" and not isinstance(value, str):
            yield f"{where}: {key} = {value!r}; expected a text"
        elif key == "size" and (isinstance(value, bool) or not isinstance(value, int)):
            yield f"{where}: {key} = {value!r}; expected a whole number"


def _sheet_problems(sheets: Any) -> Iterable[str]:
    """Say what is wrong with the ``[[sheets]]``."""
    if not isinstance(sheets, list) or not all(isinstance(sheet, Mapping) for sheet in sheets):
        yield "sheets: expected [[sheets]] tables, each with file and kind"
        return
    if not sheets:
        yield "sheets: none given"
    for sheet in sheets:
        missing = sheet.get("missing", [])
        if not isinstance(missing, list) or not all(isinstance(text, str) for text in missing):
            yield f"sheets: missing = {missing!r}; expected a list of texts that stand for no value"
        if "original" in sheet:
            yield from original_problems(sheet)
            continue
        file, kind = sheet.get("file", ""), sheet.get("kind", "table")
        if not re.fullmatch(FILE_NAME, str(file)):
            yield f"sheet {file!r}: expected the name of a CSV file in the edition's folder"
        if kind not in KINDS:
            yield f"sheet {file!r}: kind {kind!r} is unknown; {nearest(kind, KINDS)}"
        for key in sheet:
            if key not in SHEET:
                yield f"sheet {file!r}: {key!r} is unknown; {nearest(key, (*SHEET, 'original'))}"
