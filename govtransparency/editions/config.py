"""What an ``edition.toml`` may say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govtransparency.editions.publisher import original_problems
from govtransparency.errors import InputError, nearest

__all__ = ["DISPLAY", "FILE_NAME", "SEED", "STATUSES", "config_problems", "parse_toml"]

STATUSES = ("official", "published", "third-party", "self-reported", "simulated")
KINDS = ("table", "marks")
FILE_NAME = r"[\w.\- ]+\.csv"
SEED = 2024  # of an edition that declares none
REQUIRED = ("index", "year", "status", "title", "groups", "sheets")
DISPLAY = {"table": ("league", "tiers")}
TABLES = ("groups", "scales", "variables", "derived", "identities", "recipe", "declarations", "display")
OPTIONAL = ("about", "scales", "variables", "derived", "identities", "recipe", "declarations", "display", "seed")


def parse_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, or raise an error that names it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("not UTF-8; save the file as UTF-8", title=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(error), title=str(path)) from None


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
    for key in ("title", "about"):
        if not isinstance(config.get(key, {}), Mapping) or (key in config and {"en", "zh"} - set(config[key])):
            problems.append(f"{key}: expected {{ en = ..., zh = ... }}")
    for key in TABLES:
        if not isinstance(config.get(key, {}), Mapping):
            problems.append(f"{key}: expected a table [{key}]")
    groups = config.get("groups", {"": {}})
    if not groups:
        problems.append("groups: expected one entry a group")
    for group, names in groups.items() if isinstance(groups, Mapping) else ():
        if not isinstance(names, Mapping):
            problems.append(f"group {group!r}: expected {{ en = ..., zh = ... }}; got {names!r}")
    display = config.get("display", {})
    for key, choice in display.items() if isinstance(display, Mapping) else ():
        if key not in DISPLAY:
            problems.append(f"display: {key!r} is unknown; {nearest(key, DISPLAY)}")
        elif choice not in DISPLAY[key]:
            problems.append(f"display: {key} = {choice!r} is unknown; {nearest(choice, DISPLAY[key])}")
    sheets = config.get("sheets", [])
    if not isinstance(sheets, list) or not all(isinstance(sheet, Mapping) for sheet in sheets):
        return [*problems, "sheets: expected [[sheets]] tables, each with file and kind"]
    for sheet in sheets:
        if "original" in sheet:
            problems += original_problems(sheet)
            continue
        file, kind = sheet.get("file", ""), sheet.get("kind", "table")
        if not re.fullmatch(FILE_NAME, str(file)):
            problems.append(f"sheet {file!r}: expected the name of a CSV file in the edition's folder")
        if kind not in KINDS:
            problems.append(f"sheet {file!r}: kind {kind!r} is unknown; {nearest(kind, KINDS)}")
    if "sheets" in config and not sheets:
        problems.append("sheets: none given")
    return problems
