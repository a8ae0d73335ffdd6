"""The report on paper: one PDF by Typst from the results of a run, archivable, tagged, the same bytes each time."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.render.exhibit import label_of
from govtransparency.report.render.html_report import GLANCE, at_a_glance, short_manifest
from govtransparency.report.render.html_table import NUMERIC, columns_of, write
from govtransparency.report.render.html_text import both, text_of
from govtransparency.report.render.typst_paper import compile_paper
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, bilingual
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.problems import render_problems as problems
from govtransparency.texts.report_words import PAGE, PARTS
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.editions import Edition

__all__ = ["write_pdf"]


FILE = "report.pdf"
MOST, GAP = 38, 2  # in halves of a Chinese character: the greatest width that a column asks for, the gap after it


def write_pdf(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write ``report.pdf`` from the executed notebooks, the exhibits, tables and figures of a run.

    Parameters
    ----------
    folder : Path
        Of the run.
    edition : Edition
    language : {"zh", "en", "both"}
        The figures are the run's own files, in the language of the run.

    Raises
    ------
    InputError
        When the folder has no exhibits.

    Notes
    -----
    A table shows the rows that are not folded away on the page; the tables chosen for the summary, such as the ranking,
    are complete in their own place. PDF/A-2a and PDF/UA-1: every figure has its alternative text, every table its
    header. Dated the last day of the edition's year, so that the bytes depend on the results alone.
    """
    with Arguments("write_pdf") as check:
        check.choice("language", language, get_args(Shown))

    with tempfile.TemporaryDirectory() as private:
        place = Path(private)
        (place / "figures").mkdir()
        for drawn in folder.glob("figures/*.svg"):
            shutil.copyfile(drawn, place / "figures" / drawn.name)
        made = compile_paper(place, "report.typ", _contents(folder, edition, language), year=edition.year)
    write_whole(folder / FILE, made)


def _contents(folder: Path, edition: Edition, language: Shown) -> dict[str, Any]:
    """Return all that the template shows."""
    notebooks = sorted(folder.glob("*.ipynb"), key=lambda path: path.name)
    listed = {
        path.stem: json.loads((folder / "exhibits" / f"{path.stem}.json").read_text(encoding="utf-8"))
        for path in notebooks
        if (folder / "exhibits" / f"{path.stem}.json").exists()
    }
    if not any(listed.values()):
        raise InputError(problems.NO_EXHIBITS.format(folder=folder), title=FILE)
    entries = [entry for entries in listed.values() for entry in entries]
    summary: list[dict[str, Any]] = [
        {
            "title": PAGE[part]._asdict(),
            "texts": [
                entry["text"]
                for entry in entries
                if entry["kind"] == "conclusion" and entry["part"] == part and not entry.get("group")
            ],
            "glance": _glance(entries, language) if part == "assessed" else None,
            "exhibits": [
                _exhibit(folder, entry, whole=False, language=language)
                for entry in entries
                if part == "ranking" and entry.get("summary")
            ],
        }
        for part in PARTS
    ]
    noted: set[str] = set()
    for exhibit in reversed([exhibit for part in summary for exhibit in part["exhibits"]]):
        said = str(exhibit["note"])
        exhibit["note"] = (
            None if said in noted else exhibit["note"]
        )  # a note that several exhibits share goes below the last
        noted.add(said)
    return {
        "language": language,
        "simulated": edition.status == "simulated",
        "title": bilingual(edition.title)._asdict(),
        "status": STATUS[edition.status]._asdict(),
        "badge": BADGE[edition.status]._asdict(),
        "warning": head_of(edition.status, edition.attribution)._asdict(),
        "about": bilingual(edition.about)._asdict() if edition.about else None,
        "contest": {
            "title": CONTEST["heading"]._asdict(),
            "texts": [said._asdict() for said in how_to_contest(edition)],
        },
        "facts": short_manifest(edition),
        "words": {name: PAGE[name]._asdict() for name in ("contents", "summary")},
        "summary": [part for part in summary if part["texts"] or part["exhibits"] or part["glance"]],
        "parts": [_part(folder, path, listed[path.stem], language) for path in notebooks if listed.get(path.stem)],
    }


def _glance(entries: Sequence[Mapping[str, Any]], language: Shown) -> dict[str, Any] | None:
    """Return the groups at a glance, as in the page's summary; None where no group has a conclusion."""
    table = at_a_glance(entries)
    if table.empty:
        return None
    columns = [{"name": name} | head._asdict() for name, head in columns_of(table, GLANCE).items()]
    rows = [[_cell(row, column) for column in columns] for row in table.to_dict("records")]
    shown = _columns(columns, rows, language)
    for place, column in enumerate(shown[1:], 1):  # sentences, in about three lines of each language
        column["width"] = max(_width(row[place], language) for row in rows) // 3 + GAP
    groups = table[["group_zh", "group_en"]].to_numpy().ravel()
    shown[0]["width"] = max(_width(name, language) for name in groups) + 3 * GAP
    return {"columns": shown, "rows": rows}


def _part(folder: Path, notebook: Path, entries: Sequence[Mapping[str, Any]], language: Shown) -> dict[str, Any]:
    """Return the texts and exhibits of a notebook in the order of its cells, without sections that have no result."""
    shown = {entry["id"]: entry for entry in entries if entry["kind"] != "conclusion"}
    said = {both(Text(**entry["text"])): entry["text"] for entry in entries if entry["kind"] == "conclusion"}
    title = Text(notebook.stem, notebook.stem)
    sections: list[list[dict[str, Any]]] = [[]]
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            for level, words in re.findall(r"^(#{1,3}) +(.+)$", "".join(cell["source"]), flags=re.M):
                title = _heading(words) if level == "#" else title
                sections += [[{"kind": "heading", "title": _heading(words)._asdict()}]] if level != "#" else []
            sections[-1] += [{"kind": "text", "text": text._asdict()} for text in _prose("".join(cell["source"]))]
        for output in cell.get("outputs", ()):
            markup = "".join(output.get("data", {}).get("text/html", ""))
            for name in re.findall(r'<figure[^>]* id="([^"]+)"', markup):
                if name in shown:
                    whole = bool(shown[name]["summary"])
                    sections[-1].append(_exhibit(folder, shown[name], whole=whole, language=language))
            for words in re.findall(r'<p class="conclusion">(.*?)</p>', markup):
                sections[-1] += [{"kind": "conclusion", "text": said[words]}] if words in said else []
            for words in re.findall(r'<p class="said">(.*?)</p>', markup):
                sections[-1].append({"kind": "text", "text": text_of(words)._asdict()})
    kept = [items for items in sections if any(item["kind"] not in ("heading", "text") for item in items)]
    return {"title": title._asdict(), "items": [item for items in kept for item in items]}


def _prose(source: str) -> list[Text]:
    """Return the paragraphs of a cell, each Chinese one with the English one that follows; no heading, no formula."""
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", source)]
    plain = [re.sub(r"[`*]", "", block) for block in blocks if block and not re.match(r"#|\$\$", block)]
    return [Text(zh, en) for zh, en in zip(plain[::2], plain[1::2], strict=False) if "$" not in zh + en]


def _heading(words: str) -> Text:
    """Return a heading such as ``## 权重 · Weights`` as a text."""
    zh, _, en = words.partition(" · ")
    plain = [re.sub(r"[`*$]", "", part).strip() for part in (zh, en or zh)]
    return Text(*plain)


def _exhibit(folder: Path, entry: Mapping[str, Any], *, whole: bool, language: Shown) -> dict[str, Any]:
    common = {
        "kind": entry["kind"],
        "label": label_of(entry)._asdict(),
        "title": entry["title"],
        "note": entry["note"],
        "file": entry["file"],
        "notebook": entry["notebook"],
        "cut": None,
    }
    if entry["kind"] == "figure":
        return common | {"alt": entry["alt"]}
    with (folder / entry["file"]).open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    most = entry["most"] if whole or entry["rows"] is None else min(entry["rows"], entry["most"])
    columns = entry["columns"]
    rows = [[_cell(row, column) for column in columns] for row in table[:most]]
    if not rows:
        return common | {"columns": _columns(columns, rows, language), "rows": [], "cut": PAGE["empty"]._asdict()}
    cut = PAGE["cut"].format(shown=len(rows), count=len(table))._asdict() if len(table) > len(rows) else None
    return common | {"columns": _columns(columns, rows, language), "rows": rows, "cut": cut}


def _columns(
    columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Any]], language: Shown
) -> list[dict[str, Any]]:
    """Return each column's heading, whether it holds numbers, the width it asks for and whether it was cut to that."""
    shown = []
    for place, column in enumerate(columns):
        widest = max((_width(row[place], language) for row in rows), default=0)
        room = max(_longest_word(column["zh"], column["en"], language), min(MOST, widest)) + GAP
        head = Text(column["zh"], column["en"])._asdict()
        shown.append({"head": head, "number": column["kind"] in NUMERIC, "width": room, "capped": widest > MOST})
    return shown


def _width(cell: str | Mapping[str, str], language: Shown) -> int:
    """Return the width of a cell in halves of a Chinese character."""
    if isinstance(cell, str):
        return sum(2 if ord(character) > 0x2E7F else 1 for character in cell)
    same = cell["zh"] == cell["en"]
    shown = [cell["zh"]] if same or language == "zh" else [cell["en"]] if language == "en" else list(cell.values())
    return sum(_width(text, language) for text in shown) + len(shown) - 1


def _longest_word(zh: str, en: str, language: Shown) -> int:
    """Return the least width of a heading: Chinese breaks after any four characters, English between words."""
    words = max((len(word) for word in en.split()), default=0) + 1 if language != "zh" else 0
    return max(words, min(8, _width(zh, language)) if language != "en" else 0)


def _cell(row: Mapping[str, str], column: Mapping[str, Any]) -> str | dict[str, str]:
    """Return a cell as the page writes it, without its markup; in both languages where the table has both."""
    name, kind = column["name"], column["kind"]
    if f"{name}_zh" in row and f"{name}_en" in row:
        return Text(row[f"{name}_zh"] or "–", row[f"{name}_en"] or "–")._asdict()
    text = row[name]
    value: object = text
    if text in ("True", "False"):
        value = text == "True"
    elif kind in NUMERIC:
        value = _number(text)
    return html.unescape(re.sub(r"<[^>]+>", "", write(value, kind)))


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
