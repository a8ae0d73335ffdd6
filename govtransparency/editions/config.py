"""The keys of an ``edition.toml``, and what is wrong with them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from govtransparency.data.sheet_form import sheet_form_problems
from govtransparency.errors import InputError, nearest
from govtransparency.texts.bilingual import Text
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.texts.problems import sheet_problems

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DISPLAY", "FILE_NAME", "SCALE", "SEED", "STATUSES", "Status", "config_problems", "parse_toml"]

Status = Literal["official", "published", "third-party", "self-reported", "own", "simulated"]
STATUSES: tuple[Status, ...] = get_args(Status)
SCALE = ("values", "low", "high", "integer")
LANGUAGES = ("en", "zh")
GROUP = (*LANGUAGES, "size")
VARIABLE = (*LANGUAGES, "unit")
FILE_NAME = r"[^/\\\x00-\x1f]+\.csv"
SHEET_NAME = r"[^/\\\x00-\x1f]+\.\w+"
SEED = 2024  # of an edition that declares no seed
REQUIRED = ("index", "year", "status", "title", "groups", "sheets")
DISPLAY = {"table": ("league", "tiers")}
TABLES = ("groups", "scales", "variables", "derived", "identities", "recipe", "declarations", "display")
OPTIONAL = ("schema", "about", *(key for key in TABLES if key not in REQUIRED), "seed")


def parse_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, or raise an error that names it."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        huge = list(_huge(found))
    except UnicodeDecodeError:
        raise InputError(problems.NOT_UTF8, title=str(path)) from None
    except ValueError as error:  # also a whole number of more digits than Python reads
        raise InputError(problems.NOT_TOML.format(reason=error), title=str(path)) from None
    except RecursionError:
        raise InputError(problems.TOO_DEEP, title=str(path)) from None
    if huge:
        raise InputError([problems.TOO_LARGE.format(key=key) for key in huge], title=str(path))
    return found


def _huge(value: Any, key: str = "") -> Iterator[str]:
    """Give the key of each whole number that has more than the 64 bits of TOML."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _huge(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for item in value:
            yield from _huge(item, key)
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        yield key


def config_problems(config: Mapping[str, Any], index: str, year: int) -> list[Text]:
    """Return what is wrong with an ``edition.toml``."""
    tables = {key: config[key] for key in TABLES if isinstance(config.get(key), Mapping)}
    return [
        *_key_problems(config, index, year),
        *_table_problems(config),
        *_named_entries(config, tables),
        *_expression_problems(tables),
        *_display_problems(tables.get("display", {})),
        *(_sheet_problems(config["sheets"]) if "sheets" in config else ()),
    ]


def _key_problems(config: Mapping[str, Any], index: str, year: int) -> Iterator[Text]:
    """Give what is wrong with the keys of the first level and their single values."""
    for key in REQUIRED:
        if key not in config:
            yield problems.MISSING.format(key=key)
    for key in config:
        if key not in (*REQUIRED, *OPTIONAL):
            yield problems.UNKNOWN.format(key=key, nearest=nearest(key, (*REQUIRED, *OPTIONAL)))
    for key, folder in (("index", index), ("year", year)):
        if config.get(key, folder) != folder:
            yield problems.OTHER_FOLDER.format(key=key, value=config[key], folder=folder)
    if "status" in config and config["status"] not in STATUSES:
        yield problems.STATUS.format(status=config["status"], nearest=nearest(config["status"], STATUSES))
    seed = config.get("seed", SEED)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        yield problems.SEED.format(value=seed)


def _table_problems(config: Mapping[str, Any]) -> Iterator[Text]:
    """Give each key that must be a table and is not."""
    for key in TABLES:
        if not isinstance(config.get(key, {}), Mapping):
            yield problems.TABLE.format(key=key)
    if config.get("groups") == {}:
        yield problems.NO_GROUPS
    recipe = config.get("recipe")
    if isinstance(recipe, Mapping) and "schema" in recipe:
        yield problems.SCHEMA_IN_RECIPE


def _named_entries(config: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Text]:
    """Give what is wrong with titles, groups, variables and declarations: small tables of texts."""
    for key in ("title", "about"):
        if key in config:
            yield from _entry_problems(Text(key, key), config[key], required=LANGUAGES)
    for name, entry in tables.get("groups", {}).items():
        yield from _entry_problems(problems.GROUP.format(name=name), entry, keys=GROUP)
    for name, entry in tables.get("variables", {}).items():
        yield from _entry_problems(problems.VARIABLE.format(name=name), entry, keys=VARIABLE)
    for name, entry in tables.get("declarations", {}).items():
        yield from _entry_problems(problems.DECLARATION.format(name=name), entry, required=LANGUAGES)


def _expression_problems(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Text]:
    """Give the derived indicators and identities that are not texts."""
    for code, given in tables.get("derived", {}).items():
        texts = given if isinstance(given, list) else [given]
        if not texts or not all(isinstance(text, str) for text in texts):
            yield problems.DERIVED.format(code=code, value=given)
    for name, given in tables.get("identities", {}).items():
        if not isinstance(given, str):
            yield problems.IDENTITY.format(name=name, value=given)


def _display_problems(display: Mapping[str, Any]) -> Iterator[Text]:
    for key, choice in display.items():
        if key not in DISPLAY:
            yield problems.UNKNOWN_IN.format(where="display", key=key, nearest=nearest(key, DISPLAY))
        elif choice not in DISPLAY[key]:
            yield problems.DISPLAY.format(key=key, value=choice, nearest=nearest(choice, DISPLAY[key]))


def _entry_problems(
    where: Text,
    entry: Any,
    *,
    required: Sequence[str] = (),
    keys: Sequence[str] = LANGUAGES,
) -> Iterator[Text]:
    """Give what is wrong with a small table of texts and one whole number, the size."""
    form = ", ".join(f"{key} = ..." for key in keys if key != "size")
    if not isinstance(entry, Mapping) or any(key not in entry for key in required):
        yield problems.ENTRY.format(where=where, form=form, value=entry)
        return
    for key, value in entry.items():
        if key not in keys:
            yield problems.UNKNOWN_IN.format(where=where, key=key, nearest=nearest(key, keys))
        elif key != "size" and not isinstance(value, str):
            yield problems.ENTRY_TEXT.format(where=where, key=key, value=value)
        elif key == "size" and (isinstance(value, bool) or not isinstance(value, int)):
            yield problems.ENTRY_NUMBER.format(where=where, key=key, value=value)


def _sheet_problems(sheets: Any) -> Iterator[Text]:
    """Give what is wrong with the ``[[sheets]]``."""
    if not isinstance(sheets, list) or not all(isinstance(sheet, Mapping) for sheet in sheets):
        yield sheet_problems.SHEETS
        return
    if not sheets:
        yield sheet_problems.NO_SHEETS
    for sheet in sheets:
        key = "original" if "original" in sheet else "file"
        name = sheet.get(key, "")
        if "file" in sheet and "original" in sheet:
            yield sheet_problems.FILE_AND_ORIGINAL.format(file=sheet["file"], original=name)
        elif key == "original" and not isinstance(name, str):
            yield sheet_problems.ORIGINAL.format(value=name)
        elif key == "file" and not re.fullmatch(SHEET_NAME, str(name)):
            yield sheet_problems.SHEET_FILE.format(file=name)
        yield from sheet_form_problems(str(name), sheet)
