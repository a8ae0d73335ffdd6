"""How a sheet is described: which rows count, what its columns and words mean, how its numbers are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtransparency.arguments import Arguments
from govtransparency.errors import InputError, nearest
from govtransparency.files.file_form import FileForm
from govtransparency.files.multiples import EACH, plain_multiple
from govtransparency.files.name_patterns import fits
from govtransparency.files.toml_values import in_message, inline
from govtransparency.framework import Framework
from govtransparency.texts.bilingual import Text, strung
from govtransparency.texts.problems import argument_problems
from govtransparency.texts.problems import sheet_form_problems as problems
from govtransparency.texts.problems.error_problems import VALID

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

__all__ = ["FILE_KEYS", "KEYS", "SheetForm", "Where", "check_reader", "described", "sheet_form_problems"]

SHAPE_KEYS = ("fill_down", "indicators", "indicator", "years", "blocks", "sections")
FILE_KEYS = ("sheet", "header", "encoding", "separator")
DESCRIPTION = (
    *("unit", "group", "year", "pillar", "where", "unlisted", "names", "ignore"),
    *SHAPE_KEYS,
    *FILE_KEYS,
    *("decimal", "missing", "not_applicable", "values", "multiples", "measure", "multiply"),
)
ARGUMENTS = tuple(key for key in DESCRIPTION if key not in ("year", "years"))  # a function knows no year
KEYS = ("file", "original", "kind", *DESCRIPTION)
CHOICES = {
    **{
        "unlisted": ("pass",),
        "decimal": (".", ","),
        "separator": (",", ";", "\t", "|", "\uff0c"),
        "kind": ("table", "marks"),
    },
    **{"indicators": ("rows",), "years": ("columns",), "sections": ("group",)},
}


@dataclass(frozen=True)
class Where:
    """What a row must hold in a column to count.

    Parameters
    ----------
    column : str
    texts : tuple of str
        One of them; or, with `leave_out`, none of them.
    leave_out : bool
    """

    column: str
    texts: tuple[str, ...]
    leave_out: bool = False


@dataclass(frozen=True)
class SheetForm:
    """A sheet as described: the keys of a ``[[sheets]]`` entry.

    Parameters
    ----------
    unit : tuple of str
        The columns that name the unit; none where the file has one called unit.
    group, year, pillar : str, optional
        The columns of the unit's group, of the year, and of the pillar that a row is about.
    where : tuple of Where
    pass_unlisted : bool
        Whether rows of other units than those of ``units.csv`` are passed over.
    names : mapping of str to str
        Columns renamed, old to new.
    ignore : tuple of str
        Columns, or indicators of a long file, that do not count; ``*`` stands for any letters.
    others_ignored : bool
        Whether any other column is ignored too, as in a publisher's file.
    fill_down : tuple of str
        Columns in which an empty cell means the text of the cell above.
    indicator : str, optional
        The column that names the indicators, or the only indicator of the file.
    indicators_are_rows, years_are_columns, sections_are_groups : bool
        Whether units stand in columns; whether a column holds the figures of one year; whether a row with its first
        cell alone names the group of the rows below.
    blocks : int
        How often the same columns stand side by side.
    file : FileForm
    decimal : str, optional
    missing, not_applicable : tuple of str, or mapping of column to such
    values : mapping of str to float
        Words that stand for numbers.
    multiples : tuple of str
        Multiples that may follow a number, such as 万.
    measure : str, optional
        In a long file, the column of each row's unit of measurement.
    multiply : mapping of column to float
        By how much the numbers of a column are multiplied.
    """

    unit: tuple[str, ...] = ()
    group: str | None = None
    year: str | None = None
    pillar: str | None = None
    where: tuple[Where, ...] = ()
    pass_unlisted: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    others_ignored: bool = False
    fill_down: tuple[str, ...] = ()
    indicator: str | None = None
    indicators_are_rows: bool = False
    years_are_columns: bool = False
    sections_are_groups: bool = False
    blocks: int = 1
    file: FileForm = FileForm()  # noqa: RUF009 (frozen)
    decimal: str | None = None
    missing: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    not_applicable: tuple[str, ...] | Mapping[str, tuple[str, ...]] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    multiples: tuple[str, ...] = ()
    measure: str | None = None
    multiply: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> SheetForm:
        """Return the form that an entry without `sheet_form_problems` describes.

        Examples
        --------
        >>> SheetForm.of({"original": "a.csv", "unit": "ISO", "where": {"year": 2024, "kind": {"not": "draft"}}}).where
        (Where(column='year', texts=('2024',), leave_out=False), Where(column='kind', texts=('draft',), leave_out=True))
        """
        header = entry.get("header")
        file = {key: entry[key] for key in FILE_KEYS if key in entry}
        return cls(
            unit=_tuple(entry.get("unit", ())),
            group=entry.get("group"),
            year=entry.get("year"),
            pillar=entry.get("pillar"),
            where=tuple(_where(column, given) for column, given in entry.get("where", {}).items()),
            pass_unlisted="unlisted" in entry,
            names=dict(entry.get("names", {})),
            ignore=_tuple(entry.get("ignore", ())),
            others_ignored="original" in entry,
            fill_down=_tuple(entry.get("fill_down", ())),
            indicator=entry.get("indicator"),
            indicators_are_rows="indicators" in entry,
            years_are_columns="years" in entry,
            sections_are_groups="sections" in entry,
            blocks=entry.get("blocks", 1),
            file=FileForm(**file | {"header": tuple(header) if isinstance(header, (list, tuple)) else header}),
            decimal=entry.get("decimal"),
            missing=_by_column(entry.get("missing", ())),
            not_applicable=_by_column(entry.get("not_applicable", ())),
            values={word: float(number) for word, number in entry.get("values", {}).items()},
            multiples=_tuple(entry.get("multiples", ())),
            measure=entry.get("measure"),
            multiply={column: float(number) for column, number in entry.get("multiply", {}).items()},
        )

    @property
    def is_shaped(self) -> bool:
        """Whether the rows of the file are not those of a table of units and indicators."""
        shaped = self.indicators_are_rows or self.years_are_columns or self.sections_are_groups
        return shaped or bool(self.fill_down) or self.blocks > 1

    def ignores(self, name: str, known: Collection[str]) -> bool:
        """Return whether a column or indicator does not count; a pattern is for those that mean nothing here."""
        if name in self.ignore:
            return True
        return name not in known and any(fits(name, pattern) for pattern in self.ignore)


def _tuple(given: str | Collection[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _by_column(given: Any) -> tuple[str, ...] | dict[str, tuple[str, ...]]:
    if isinstance(given, Mapping):
        return {column: _tuple(texts) for column, texts in given.items()}
    return _tuple(given)


def _where(column: str, given: Any) -> Where:
    leave_out = isinstance(given, Mapping)
    wanted = given["not"] if isinstance(given, Mapping) else given
    return Where(column, tuple(map(str, wanted if isinstance(wanted, list) else [wanted])), leave_out)


def sheet_form_problems(name: str, entry: Mapping[str, Any], *, keys: Collection[str] = KEYS) -> Iterator[Text]:
    """Give what is wrong with the description of a sheet, called by the name of its file."""
    for key, value in entry.items():
        if key not in keys:
            yield problems.UNKNOWN_KEY.format(file=name, key=key, nearest=nearest(key, keys))
        elif key in TABLES:
            yield from _table_problems(name, key, value)
        elif key in CHOICES and value not in CHOICES[key]:
            words = all(choice.isalpha() for choice in CHOICES[key])
            signs = (Text(f"“{inline(choice)[1:-1]}”", repr(choice)) for choice in CHOICES[key])
            known = nearest(value, CHOICES[key]) if words else VALID["all"].format(names=strung(signs, "、", ", "))
            yield problems.CHOICE.format(file=name, key=key, value=in_message(value), nearest=known)
        elif key in CHECKS and not CHECKS[key][0](value):
            yield CHECKS[key][1].format(file=name, key=key, value=in_message(value), such=inline([*EACH]))
    yield from (template.format(file=name) for pair, template in TOGETHER.items() if set(pair) <= set(entry))
    meanings = {key: entry[key] for key in ("missing", "not_applicable") if _are_texts_by_column(entry.get(key))}
    if isinstance(entry.get("values"), Mapping):
        meanings["values"] = list(entry["values"])
    for (one, texts), (other, others) in combinations(meanings.items(), 2):
        for text in _in_both(texts, others):
            yield problems.TWO_MEANINGS.format(file=name, text=text, one=one, other=other)


def _in_both(one: Any, other: Any) -> list[str]:
    """Return the texts that two declarations, for the whole sheet or by column, give to the same cells."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        pairs = [(texts, other[column]) for column, texts in one.items() if column in other]
    else:
        pairs = [(_texts_of(one), _texts_of(other))]
    return list(dict.fromkeys(text for texts, others in pairs for text in texts if text in others))


def _texts_of(given: Any) -> list[str]:
    """Return the texts of a declaration, whatever column they are for."""
    return [text for texts in given.values() for text in texts] if isinstance(given, Mapping) else list(given)


def check_reader(function: str, path: Any, framework: Any, scales: Any, units: Any) -> None:
    """Check the arguments that the functions that read a sheet share."""
    with Arguments(function) as check:
        check.path("path", path)
        check.instance("framework", framework, Framework)
        if scales is not None and not isinstance(scales, Mapping):
            check.expect("scales", scales, argument_problems.MAPPING)
        if units is not None and (isinstance(units, str) or not isinstance(units, Iterable)):
            check.expect("units", units, argument_problems.LABELS)


def described(function: str, path: str | Path, entry: Mapping[str, Any]) -> SheetForm:
    """Return the form of a file that the arguments of a function describe, or raise one error with every problem."""
    given = {key: _plain(value) for key, value in entry.items()}
    if isinstance(given["missing"], str):
        given["missing"] = [given["missing"]]
    if wrong := list(sheet_form_problems(Path(path).name, given, keys=ARGUMENTS)):
        raise InputError(wrong, title=function)
    return SheetForm.of(given)


def _plain(value: Any) -> Any:
    """Return a collection of texts as a list, as a file would have it."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return list(value) if isinstance(value, (set, frozenset, tuple)) else value


def _table_problems(name: str, key: str, table: Any) -> Iterator[Text]:
    """Give what is wrong with a table within the description."""
    if not isinstance(table, Mapping):
        yield problems.TABLE.format(file=name, key=key, value=in_message(table))
        return
    fits, template = TABLES[key]
    for item, value in table.items():
        if not fits(value):
            yield template.format(file=name, item=item, value=in_message(value))


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _are_names(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) > 0 and all(map(_is_name, value))


def _is_name_or_names(value: Any) -> bool:
    return _is_name(value) or _are_names(value)


def _are_texts(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(text, str) for text in value)


def _are_texts_by_column(value: Any) -> bool:
    return all(map(_are_texts, value.values())) if isinstance(value, Mapping) else _are_texts(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_factor(value: Any) -> bool:
    return _is_number(value) and value > 0


def _are_multiples(value: Any) -> bool:
    return _are_names(value) and all(set(plain_multiple(text)) <= set(EACH) for text in value)


def _is_line(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_blocks(value: Any) -> bool:
    return _is_line(value) and value > 1


def _is_header(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return len(value) > 0 and all(map(_is_line, value)) and list(value) == sorted(set(value))
    return _is_line(value)


def _is_condition(value: Any) -> bool:
    """Return whether it is a text, a list of texts, or one of them to be left out; whole numbers are texts too."""
    if isinstance(value, Mapping):
        return set(value) == {"not"} and not isinstance(value["not"], Mapping) and _is_condition(value["not"])
    texts = value if isinstance(value, list) else [value]
    return len(texts) > 0 and all(isinstance(text, str) or (_is_number(text) and text == int(text)) for text in texts)


CHECKS: dict[str, tuple[Callable[[Any], bool], Text]] = {
    "unit": (_is_name_or_names, problems.COLUMN),
    **dict.fromkeys(("group", "year", "pillar", "indicator", "measure", "rank", "score"), (_is_name, problems.COLUMN)),
    **dict.fromkeys(("ignore", "fill_down"), (_are_names, problems.COLUMNS)),
    "multiples": (_are_multiples, problems.MULTIPLES),
    "blocks": (_is_blocks, problems.BLOCKS),
    **dict.fromkeys(("sheet", "encoding"), (_is_name, problems.TEXT)),
    "header": (_is_header, problems.HEADER),
    **dict.fromkeys(("missing", "not_applicable"), (_are_texts_by_column, problems.MISSING_TEXTS)),
}
TOGETHER = {
    ("indicators", "unit"): problems.UNITS_ARE_COLUMNS,
    ("indicators", "measure"): problems.UNITS_OF_ROWS,
    ("sections", "group"): problems.TWO_GROUPS,
    ("measure", "multiply"): problems.TWO_FACTORS,
}
TABLES: dict[str, tuple[Callable[[Any], bool], Text]] = {
    "where": (_is_condition, problems.WHERE),
    "names": (_is_name, problems.NAMES),
    "values": (_is_number, problems.VALUES),
    "multiply": (_is_factor, problems.MULTIPLY),
}
