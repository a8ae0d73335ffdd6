"""The draft of an edition: what its files will hold, and how they are written with their comments."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govtransparency.data_dictionary.input_files import RECORD
from govtransparency.files.toml_values import inline, toml_key
from govtransparency.nodes import ROOT, Node
from govtransparency.schema import CURRENT
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.bilingual import Shown, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["Draft", "TomlLine", "assigned", "code_from", "list_lines", "said", "write_draft"]

OWN_FILES = ("edition.toml", "framework.csv", "units.csv", "sources.csv")
NODE = ("code", "parent", "name_en", "name_zh", "weight", "direction", "worst", "best", "unit", "note")
WIDTH = 120
SOURCE = "received"  # what the record and sources.csv call the file that was given


@dataclass(frozen=True)
class TomlLine:
    """One or several lines of ``edition.toml``, and the comment above them."""

    text: str
    comment: Text | None = None


@dataclass(frozen=True)
class Draft:
    """What the files of an edition will hold.

    Attributes
    ----------
    year : int
    status : str
    title : Text
    nodes : tuple of Node
        The first is the index.
    notes : dict of code to Text
        What is said of a node in the last column of ``framework.csv``.
    units : tuple of dict
        Rows of ``units.csv``.
    toml : tuple of TomlLine
        The tables of ``edition.toml`` below the title.
    comments : dict of str to Text
        Of the keys year and status, and of framework, units and sheet, the head of the file.
    received : Path or None
        The file given, copied as it is.
    files : dict of name to rows
        Further CSV files, the header first.
    ranks : tuple of dict
        Rows of the record's published ranks.
    """

    year: int
    status: str
    title: Text
    nodes: tuple[Node, ...]
    units: tuple[Mapping[str, str], ...]
    toml: tuple[TomlLine, ...]
    notes: Mapping[str, Text] = field(default_factory=dict)
    comments: Mapping[str, Text] = field(default_factory=dict)
    received: Path | None = None
    files: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    ranks: tuple[Mapping[str, str], ...] = ()


def received_name(path: Path) -> str:
    """Return what the file given is called in the edition's folder: its own name, unless that is taken."""
    return f"{SOURCE}-{path.name}" if path.name in OWN_FILES else path.name


def assigned(key: str, value: Any, comment: Text | None = None) -> TomlLine:
    """Return the line that gives a key its value.

    Examples
    --------
    >>> print(assigned("missing", {"method": "spread_weights", "min_coverage": 0.5}).text)
    missing = { method = "spread_weights", min_coverage = 0.5 }
    """
    return TomlLine(f"{toml_key(key)} = {inline(value)}", comment)


def list_lines(key: str, parts: Iterable[tuple[Text, Iterable[str]]], language: Shown) -> TomlLine:
    """Return a key with a list in several lines, each part below the comment that says why it is there."""
    lines = [f"{key} = ["]
    for comment, names in parts:
        lines += [f"  # {line}" for line in said(comment, language)]
        row = " "
        for item in (f" {inline(name)}," for name in names):
            if len(row) > 1 and len(row + item) > WIDTH:
                lines.append(row)
                row = " "
            row += item
        lines.append(row)
    return TomlLine("\n".join([*lines, "]"]))


def said(text: Text, language: Shown) -> list[str]:
    """Return a text as the lines of a comment, in one language or in both."""
    shown = {"zh": [text.zh], "en": [text.en], "both": [text.zh, text.en]}[language]
    return [" ".join(line.split()) for line in dict.fromkeys(shown)]


def code_from(name: str, taken: Iterable[str]) -> str:
    """Return a code made of a name: its letters and digits, with a number where it is taken.

    Examples
    --------
    >>> code_from("Days to answer (median)", []), code_from("a b", ["a_b"]), code_from("%", [])
    ('Days_to_answer_median', 'a_b_2', 'i')
    """
    known = {*taken, ROOT}
    plain = re.sub(r"[^\w.-]+", "_", name).strip("_") or "i"
    code, number = plain, 1
    while code in known:
        number += 1
        code = f"{plain}_{number}"
    return code


def write_draft(draft: Draft, index: str, folder: Path, language: Shown) -> None:
    """Write the files of a draft into a folder, and its published ranks into the record beside it."""
    folder.mkdir(parents=True)

    def named(key: str) -> list[str]:
        return said(draft.comments[key], language) if key in draft.comments else []

    lines = _toml(draft, index, language)
    (folder / "edition.toml").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    rows = [[_cell(getattr(node, column)) for column in NODE[:-1]] for node in draft.nodes]
    notes = [
        " ".join(said(draft.notes[node.code], language)) if node.code in draft.notes else "" for node in draft.nodes
    ]
    _write_csv(
        folder / "framework.csv",
        [NODE, *([*row, note] for row, note in zip(rows, notes, strict=True))],
        named("framework"),
    )
    header = list(draft.units[0])
    _write_csv(folder / "units.csv", [header, *([row[key] for key in header] for row in draft.units)], named("units"))
    given = "" if draft.received is None else draft.received.name
    title = Text(given, given) if given else words.EXAMPLE_SOURCE
    source = [SOURCE, " ".join(said(title, language)), "", "", "", ""]
    _write_csv(
        folder / "sources.csv",
        [["source", "title", "url", "publisher", "published_on", "note"], source],
        said(words.SOURCES, language),
    )
    if draft.received is not None:
        (folder / received_name(draft.received)).write_bytes(draft.received.read_bytes())
    for name, table in draft.files.items():
        _write_csv(folder / name, table, named("sheet"))


def write_record(drafts: Sequence[Draft], folder: Path, language: Shown) -> None:
    """Write the published ranks and scores of all years, if there are any, as the record of the index."""
    ranks = [
        {"report_year": str(draft.year), "source_id": SOURCE, "rank_is_ordered": "true", **row}
        for draft in drafts
        for row in draft.ranks
    ]
    if not ranks:
        return
    folder.mkdir(parents=True)
    columns = RECORD["ranks"].columns
    _write_csv(folder / "published_ranks.csv", [columns, *([row.get(key, "") for key in columns] for row in ranks)])
    titles = ", ".join(dict.fromkeys(draft.received.name for draft in drafts if draft.received is not None))
    given = " ".join(said(words.RECORD_SOURCE, language))
    _write_csv(folder / "sources.csv", [RECORD["sources"].columns, [SOURCE, "", titles, "", "", given]])


def _toml(draft: Draft, index: str, language: Shown) -> list[str]:
    first = [
        assigned("schema", CURRENT),
        assigned("index", index),
        assigned("year", draft.year, draft.comments.get("year")),
        assigned("status", draft.status, draft.comments.get("status")),
        assigned("title", {"en": draft.title.en, "zh": draft.title.zh}, words.TITLE),
    ]
    lines = [f"# {line}" for line in said(words.HEAD, language)]
    for part in (*first, *draft.toml):
        lines += [""] if part.text.startswith("[") else []
        lines += [f"# {line}" for line in said(part.comment, language)] if part.comment is not None else []
        lines.append(part.text)
    return lines


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value).removesuffix(".0")
    return str(value)


def _write_csv(path: Path, rows: Iterable[Sequence[str]], comments: Iterable[str] = ()) -> None:
    text = io.StringIO()
    text.writelines(f"# {line}\n" for line in comments)
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
