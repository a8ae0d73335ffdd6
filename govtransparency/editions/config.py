"""The keys of an ``edition.toml``, and what is wrong with them."""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from govtransparency.control_characters import control_characters
from govtransparency.data.sheet_form import FILE_KEYS, KEYS, sheet_form_problems
from govtransparency.editions.derive import formulas_of
from govtransparency.editions.report_codes import group_code_problems
from govtransparency.editions.score_bands import bands_problems
from govtransparency.editions.toml_lines import TomlLines
from govtransparency.editions.toml_mistakes import reason_of, toml_mistakes
from govtransparency.errors import InputError, headed, lacking, nearest
from govtransparency.files.raw_content import read_content
from govtransparency.files.toml_values import in_message
from govtransparency.texts.bilingual import Text, quoted
from govtransparency.texts.problems import edition_problems as problems
from govtransparency.texts.problems import sheet_problems
from govtransparency.texts.status_words import CALLED
from govtransparency.weight_readings import READINGS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ABOVE",
    "COUNTRIES",
    "DISPLAY",
    "FILE_NAME",
    "NAMED",
    "SCALE",
    "SEED",
    "STATUSES",
    "Status",
    "config_problems",
    "parse_toml",
    "status_of",
]

Status = Literal["official", "published", "third-party", "self-reported", "own", "simulated"]
STATUSES: tuple[Status, ...] = get_args(Status)
SCALE = ("values", "low", "high", "integer")
LANGUAGES = ("en", "zh")
NAMED = (*LANGUAGES, "size")
COUNTRIES = "countries"  # units_are of a group whose units compare with those of other indices
GROUP = (*NAMED, "units_are", "framework", "recipe")
VARIABLE = (*LANGUAGES, "unit")
FILE_NAME = r"[^/\\\x00-\x1f]+\.csv"
DEEPEST = 50  # tables and lists within each other
SHEET_NAME = r"[^/\\\x00-\x1f]+\.\w+"
ONE_FILE = r"(?:record/)?[^/\\*\x00-\x1f]+\.\w+"  # that of the public record too
SHEET_PATTERN = r"(?:[^./\\*\x00-\x1f][^/\\*\x00-\x1f]*/)?[^/\\\x00-\x1f]*\*[^/\\\x00-\x1f]*\.\w+"  # of many files
ABOVE = "../"  # before the name of a sheet that lies in the index's folder, for several years
SEED = 2024  # of an edition that declares no seed
REQUIRED = ("index", "year", "status", "title", "groups", "sheets")
DISPLAY = {"table": ("league", "tiers")}
RECORD = ("rank", "score")  # columns of [record]
UNCOUNTED = "uncounted"
RECORD_KEYS = (
    *("file", "original", "unit", "group", "year", "where", "unlisted", "missing", "decimal"),
    *(*FILE_KEYS, *RECORD, UNCOUNTED),
)
TABLES = (
    *("groups", "scales", "variables", "derived", "identities", "recipe", "declarations", "display", "bands"),
    "record",
)
OPTIONAL = ("schema", "about", "contact", *(key for key in TABLES if key not in REQUIRED), "weights", "seed")


def parse_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file, or raise an error that names it."""
    content = read_content(path)
    try:
        text = content.decode("utf-8-sig")
        found = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputError(problems.NOT_UTF8, title=str(path)) from None
    except ValueError as error:  # also a whole number of more digits than Python reads
        raise InputError(
            toml_mistakes(text) or problems.NOT_TOML.format(reason=reason_of(error)), title=str(path)
        ) from None
    except RecursionError:
        raise InputError(problems.TOO_DEEP, title=str(path)) from None
    if wrong := list(dict.fromkeys(_limits(found))):
        raise InputError(wrong, title=str(path))
    return found


def status_of(config: Mapping[str, Any]) -> str:
    """Return the status of the figures by its code, whatever name of it the author wrote; empty where there is none.

    Examples
    --------
    >>> status_of({"status": "自行采集"}), status_of({"status": "own"}), status_of({"status": "?"})
    ('own', 'own', '?')
    """
    given = str(config.get("status", ""))
    return CALLED.get(given.strip().lower(), given)


def _limits(found: dict[str, Any]) -> Iterator[Text]:
    """Give the tables nested too deep to be walked, and whole numbers of more than the 64 bits of TOML."""
    inner: deque[tuple[str, Any, int]] = deque([("", found, 0)])
    while inner:
        key, value, depth = inner.popleft()
        if depth > DEEPEST:
            yield problems.TOO_DEEP
        elif isinstance(value, dict):
            inner += [(f"{key}.{name}" if key else name, item, depth + 1) for name, item in value.items()]
        elif isinstance(value, list):
            inner += [(key, item, depth + 1) for item in value]
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            yield problems.TOO_LARGE.format(key=key)


def config_problems(config: Mapping[str, Any], index: str, year: int, text: str = "") -> list[Text]:
    """Return what is wrong with an ``edition.toml``; from its text come the lines."""
    lines = TomlLines(text)
    tables = {key: config[key] for key in TABLES if isinstance(config.get(key), Mapping)}
    return [
        *_key_problems(config, index, year),
        *_table_problems(config),
        *_named_entries(config, tables, lines),
        *group_code_problems(tables.get("groups", {}), lines),
        *_expression_problems(tables),
        *_display_problems(tables.get("display", {})),
        *(bands_problems(tables["bands"]) if "bands" in tables else ()),
        *(_sheet_problems(config["sheets"]) if "sheets" in config else ()),
        *(_record_problems(tables["record"]) if "record" in tables else ()),
    ]


def _key_problems(config: Mapping[str, Any], index: str, year: int) -> Iterator[Text]:
    """Give what is wrong with the keys of the first level and their single values."""
    known = (*REQUIRED, *OPTIONAL)
    if missing := lacking(REQUIRED, config, known):
        yield problems.MISSING["one" if len(missing) == 1 else "several"].format(keys=quoted(missing))
    for key in config:
        if key not in known:
            yield problems.UNKNOWN.format(key=key, nearest=nearest(key, known))
    for key, folder in (("index", index), ("year", year)):
        given = config.get(key, folder)
        if given != folder or type(given) is not type(folder):  # 2024.0 and 2024 are equal
            yield problems.OTHER_FOLDER.format(key=key, value=config[key], folder=folder)
    if "status" in config and status_of(config) not in STATUSES:
        yield problems.STATUS.format(status=config["status"], nearest=nearest(config["status"], STATUSES))
    if (reading := config.get("weights")) is not None and reading not in READINGS:
        yield problems.WEIGHTS.format(value=in_message(reading), nearest=nearest(reading, READINGS))
    seed = config.get("seed", SEED)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        yield problems.SEED.format(value=in_message(seed))


def _table_problems(config: Mapping[str, Any]) -> Iterator[Text]:
    """Give each key that must be a table and is not."""
    for key in TABLES:
        if not isinstance(config.get(key, {}), Mapping):
            yield problems.TABLE.format(key=key)
    if config.get("groups") == {}:
        yield problems.NO_GROUPS
    if isinstance(recipe := config.get("recipe"), Mapping):
        yield from _recipe_problems(recipe)


def _recipe_problems(recipe: Mapping[str, Any]) -> Iterator[Text]:
    """Give the keys of a recipe that stand elsewhere in an edition."""
    for key, problem in (("schema", problems.SCHEMA_IN_RECIPE), ("framework", problems.FRAMEWORK_IN_RECIPE)):
        if key in recipe:
            yield problem


def _named_entries(
    config: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]], lines: TomlLines
) -> Iterator[Text]:
    """Give what is wrong with titles, groups, variables and declarations: small tables of texts."""

    def at(named: Text, *path: str) -> Text:
        line = lines.of(*path)
        return problems.AT_LINE.format(line=line, where=named) if line else named

    for key in ("title", "about", "contact"):
        if key in config:
            where = at(Text(key, key), key)
            yield from _entry_problems(where, config[key], required=LANGUAGES, long=key != "title")
    for name, entry in tables.get("groups", {}).items():
        yield from _group_problems(at(problems.GROUP.format(name=name), "groups", name), entry)
    for name, entry in tables.get("variables", {}).items():
        yield from _entry_problems(at(problems.VARIABLE.format(name=name), "variables", name), entry, keys=VARIABLE)
    for name, entry in tables.get("declarations", {}).items():
        where = at(problems.DECLARATION.format(name=name), "declarations", name)
        yield from _entry_problems(where, entry, required=LANGUAGES, long=True)


def _expression_problems(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Text]:
    """Give the derived indicators and identities that are not texts, or no expressions."""
    read: dict[str, dict[str, Any]] = {"derived": {}, "identities": {}}
    for code, given in tables.get("derived", {}).items():
        texts = given if isinstance(given, list) else [given]
        if not texts or not all(isinstance(text, str) for text in texts):
            yield problems.DERIVED.format(code=code, value=in_message(given))
        else:
            read["derived"][code] = texts
    for name, given in tables.get("identities", {}).items():
        if not isinstance(given, str):
            yield problems.IDENTITY.format(name=name, value=in_message(given))
        else:
            read["identities"][name] = given
    for key, entries in read.items():
        try:
            formulas_of(entries, identity=key == "identities")
        except InputError as error:
            yield from headed(error)


def _display_problems(display: Mapping[str, Any]) -> Iterator[Text]:
    for key, choice in display.items():
        if key not in DISPLAY:
            yield problems.UNKNOWN_IN.format(where="display", key=key, nearest=nearest(key, DISPLAY))
        elif choice not in DISPLAY[key]:
            yield problems.DISPLAY.format(key=key, value=choice, nearest=nearest(choice, DISPLAY[key]))


def _group_problems(where: Text, entry: Any) -> Iterator[Text]:
    """Give what is wrong with the entry of a group."""
    if isinstance(entry, Mapping):
        file, recipe = entry.get("framework", ""), entry.get("recipe", {})
        if "framework" in entry and isinstance(file, str) and not re.fullmatch(FILE_NAME, file):
            yield problems.GROUP_FRAMEWORK.format(where=where, value=in_message(file))
        if not isinstance(recipe, Mapping):
            yield problems.GROUP_RECIPE.format(where=where, value=in_message(recipe))
        else:
            yield from _recipe_problems(recipe)
        if (kind := entry.get("units_are", COUNTRIES)) != COUNTRIES:
            yield problems.UNITS_ARE.format(where=where, value=in_message(kind), known=COUNTRIES)
        entry = {key: value for key, value in entry.items() if key not in ("recipe", "units_are")}
    yield from _entry_problems(where, entry, keys=GROUP)


def _entry_problems(
    where: Text,
    entry: Any,
    *,
    required: Sequence[str] = (),
    keys: Sequence[str] = LANGUAGES,
    long: bool = False,
) -> Iterator[Text]:
    """Give what is wrong with a small table of texts, of several lines if `long`, and one whole number, the size."""
    form = ", ".join(f"{key} = ..." for key in keys if key in (*LANGUAGES, "unit"))
    if not isinstance(entry, Mapping) or any(key not in entry for key in required):
        yield problems.ENTRY.format(where=where, form=form, value=in_message(entry))
        return
    for key, value in entry.items():
        if key not in keys:
            yield problems.UNKNOWN_IN.format(where=where, key=key, nearest=nearest(key, keys))
        elif key != "size" and not isinstance(value, str):
            yield problems.ENTRY_TEXT.format(where=where, key=key, value=in_message(value))
        elif key in LANGUAGES and not value.strip():
            yield problems.ENTRY_EMPTY.format(where=where, key=key)
        elif key != "size" and (found := control_characters(value, lines=long)):
            yield problems.ENTRY_CONTROL.format(where=where, key=key, characters=found)
        elif key == "size" and (isinstance(value, bool) or not isinstance(value, int)):
            yield problems.ENTRY_NUMBER.format(where=where, key=key, value=in_message(value))


def _sheet_problems(sheets: Any) -> Iterator[Text]:
    """Give what is wrong with the ``[[sheets]]``."""
    if not isinstance(sheets, list) or not all(isinstance(sheet, Mapping) for sheet in sheets):
        yield sheet_problems.SHEETS
        return
    if not sheets:
        yield sheet_problems.NO_SHEETS
    for sheet in sheets:
        yield from _file_problems(sheet, KEYS, f"{SHEET_NAME}|{SHEET_PATTERN}")
        yield from sheet_form_problems(str(sheet.get(_file_key(sheet), "")), sheet)


def _record_problems(record: Mapping[str, Any]) -> Iterator[Text]:
    """Give what is wrong with a ``[record]``."""
    yield from _file_problems(record, RECORD_KEYS, ONE_FILE)
    name = str(record.get(_file_key(record), ""))
    yield from sheet_form_problems(name, record, keys=RECORD_KEYS)
    if not any(key in record for key in RECORD):
        yield problems.NOTHING_RECORDED.format(file=name)
    if UNCOUNTED in record:
        yield from _uncounted_problems(record[UNCOUNTED])


def _uncounted_problems(entry: Any) -> Iterator[Text]:
    """Give what is wrong with the reason why official ranks do not count, and with the figures that stand for none."""
    where = Text("record.uncounted", "record.uncounted")
    known = (*LANGUAGES, "missing")
    figures = entry.get("missing", [0]) if isinstance(entry, Mapping) else [0]
    texts = {key: value for key, value in entry.items() if key != "missing"} if isinstance(entry, Mapping) else entry
    yield from _entry_problems(where, texts, required=LANGUAGES, keys=known, long=True)
    numbers = isinstance(figures, list) and all(type(figure) in (int, float) for figure in figures)
    if not numbers or not figures:
        yield problems.UNCOUNTED_FIGURES.format(value=in_message(figures))


def _file_key(sheet: Mapping[str, Any]) -> str:
    return "original" if "original" in sheet else "file"


def _file_problems(sheet: Mapping[str, Any], keys: Sequence[str], names: str) -> Iterator[Text]:
    """Give what is wrong with the file that an entry names, in the way that `names` are written."""
    key = _file_key(sheet)
    name = sheet.get(key, "")
    if "file" in sheet and "original" in sheet:
        yield sheet_problems.FILE_AND_ORIGINAL.format(file=sheet["file"], original=name)
    elif key == "original" and not isinstance(name, str):
        yield sheet_problems.ORIGINAL.format(value=in_message(name))
    elif key not in sheet and not lacking([key], sheet, keys):
        pass  # misspelt, as is told with the other keys
    elif key == "file" and not (isinstance(name, str) and re.fullmatch(names, name.removeprefix(ABOVE))):
        yield sheet_problems.SHEET_FILE.format(file=name)
