"""The report on paper: one PDF by Typst from the results of a run, archivable, tagged, the same bytes each time."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.reading_order import ReadingOrder, notebooks_of
from govtransparency.report.render.html_report import cited, short_manifest
from govtransparency.report.render.html_table import NUMERIC, heading, write
from govtransparency.report.render.html_text import plain, text_of
from govtransparency.report.render.page_blocks import languages_on_paper
from govtransparency.report.render.typst_paper import compile_paper
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Column, Language, Shown, Text, as_text, bilingual
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.problems import render_problems as problems
from govtransparency.texts.report_words import PAGE, PARTS
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govtransparency.editions import Edition

__all__ = ["write_pdf"]


GLANCE = {part: PAGE[part] for part in ("assessed", "ranking", "changes", "robust")}
MOST, GAP = 38, 2  # in halves of a Chinese character: the greatest width that a column asks for, the gap after it


def write_pdf(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write the short report and its annex on paper from the notebooks, exhibits, tables and figures of a run.

    Parameters
    ----------
    folder : Path
        Of the run. It gets ``report.pdf`` and ``annex.pdf`` in Chinese, ``report.en.pdf`` and ``annex.en.pdf`` in
        English.
    edition : Edition
    language : {"zh", "en", "both"}
        Of the files: one language alone, or both.

    Raises
    ------
    InputError
        When the folder has no exhibits.

    Notes
    -----
    The short report shows the rows of a table that are not folded away on the page; where there are more, the annex has
    the whole table. PDF/A-2a and PDF/UA-1: every figure has its alternative text, every table its header. Dated the
    last day of the edition's year, so that the bytes depend on the results alone.
    """
    with Arguments("write_pdf") as check:
        check.choice("language", language, get_args(Shown))
    order = ReadingOrder.of_run(folder)
    if not order.exhibits:
        raise InputError(problems.NO_EXHIBITS.format(folder=folder), title="report.pdf")
    runs = [(ending, _Run(folder, edition, order, one)) for one, ending in languages_on_paper(language)]
    kinds = (("annex", _annex), ("report", _short))  # the annexes take longest
    with ThreadPoolExecutor() as pool:  # Typst works outside Python's lock
        made = [
            (f"{name}{ending}", pool.submit(_typeset, run, name, parts_of(run)))
            for name, parts_of in kinds
            for ending, run in runs
        ]
        for file, paper in made:
            write_whole(folder / file, paper.result())


@dataclass(frozen=True)
class _Run:
    """A run whose report is written in one language."""

    folder: Path
    edition: Edition
    order: ReadingOrder
    language: Language

    def say(self, text: Text | Column | Mapping[str, str]) -> str:
        """Return a text in the language."""
        return getattr(text, self.language) if isinstance(text, (Text, Column)) else text[self.language]


def _typeset(run: _Run, name: str, parts: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a PDF: its head, and its parts one after the other."""
    edition = run.edition
    data = {
        "language": run.language,
        "simulated": edition.status == "simulated",
        "annex": name == "annex",
        "title": run.say(bilingual(edition.title)),
        "kind": run.say(PAGE[name]),
        "status": run.say(STATUS[edition.status]),
        "badge": run.say(BADGE[edition.status]),
        "warning": run.say(head_of(edition.status, edition.attribution)),
        "contents": run.say(PAGE["contents"]),
        "facts": run.say(short_manifest(edition)),
        "parts": parts,
    }
    with tempfile.TemporaryDirectory() as private:
        place = Path(private)
        (place / "figures").mkdir()
        for drawn in run.folder.glob("figures/*.svg"):
            shutil.copyfile(drawn, place / "figures" / drawn.name)
        return compile_paper(place, "report.typ", data, year=edition.year, floating=True)


def _short(run: _Run) -> list[dict[str, Any]]:
    """Return the parts of the short report: what is said of all groups, then each group with its exhibits."""
    parts = []
    for part in PARTS:
        said, shown = run.order.sentences(part), run.order.of_part(part)
        whole = [_sentence(run, entry) for entry in said if not entry["of"]]
        own = []
        for group in run.edition.groups:
            exhibits = [entry for entry in shown if entry["of"] == [group]]
            own += [_sentence(run, entry) for entry in said if entry["of"] == [group]]
            own += [_exhibit(run, entry) for entry in sorted(exhibits, key=lambda entry: entry["kind"] == "figure")]
        shared = [_exhibit(run, entry) for entry in shown if len(entry["of"]) != 1]
        glance = _glance(run) if part == "assessed" else []
        if items := [*whole, *own, *shared, *glance]:
            parts.append({"title": run.say(PAGE[part]), "items": items})
    for title, texts in ((PAGE["cite"], cited(run.edition)), (CONTEST["heading"], how_to_contest(run.edition))):
        if texts:
            parts.append({"title": run.say(title), "items": [_paragraph(run, text) for text in texts]})
    return parts


def _annex(run: _Run) -> list[dict[str, Any]]:
    """Return what is said of the data, and the notebooks."""
    about = bilingual(run.edition.about) if run.edition.about else None
    said = [_paragraph(run, as_text(words)) for words in run.say(about).split("\n\n")] if about else []
    parts = [{"title": run.say(PAGE["about"]), "items": said}] if said else []
    notebooks = [path for path in notebooks_of(run.folder) if run.order.listed.get(path.stem)]
    return [*parts, *(part for path in notebooks if (part := _part(run, path))["items"])]


def _paragraph(run: _Run, text: Text) -> dict[str, Any]:
    return {"kind": "text", "text": run.say(text)}


def _sentence(run: _Run, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": "conclusion", "text": run.say(entry["text"])}


def _glance(run: _Run) -> list[dict[str, Any]]:
    """Return the groups at a glance: a row for each, with its brief conclusions; nothing for one group."""
    cells: dict[str, dict[str, str]] = {}
    for part in GLANCE:
        for entry in run.order.sentences(part):
            if entry.get("brief"):
                cells.setdefault(run.say(entry["group"]), {})[part] = run.say(entry["brief"])
    if len(cells) < 2:
        return []
    parts = [part for part in GLANCE if any(part in row for row in cells.values())]
    rows = [[group, *(row.get(part, "–") for part in parts)] for group, row in cells.items()]
    widths = [max(_width(row[0]) for row in rows) + 3 * GAP]
    widths += [max(_width(row[place]) for row in rows) // 3 + GAP for place in range(1, len(parts) + 1)]  # three lines
    heads = [run.say(heading("group")), *(run.say(PAGE[part]) for part in parts)]
    columns = [
        {"head": head, "number": False, "width": width, "capped": False}
        for head, width in zip(heads, widths, strict=True)
    ]
    return [{"kind": "glance", "columns": columns, "rows": rows}]


def _part(run: _Run, notebook: Path) -> dict[str, Any]:
    """Return the texts and exhibits of a notebook in the order of its cells, without sections that have no result."""
    shown = {entry["id"]: entry for entry in run.order.listed[notebook.stem] if entry["kind"] != "conclusion"}
    title = Text(notebook.stem, notebook.stem)
    sections: list[list[dict[str, Any]]] = [[]]
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            for level, words in re.findall(r"^(#{1,3}) +(.+)$", "".join(cell["source"]), flags=re.M):
                title = _heading(words) if level == "#" else title
                sections += [[{"kind": "heading", "title": run.say(_heading(words))}]] if level != "#" else []
            sections[-1] += [_paragraph(run, text) for text in _prose("".join(cell["source"]))]
        for output in cell.get("outputs", ()):
            markup = "".join(output.get("data", {}).get("text/html", ""))
            for name in re.findall(r'<figure[^>]* id="([^"]+)"', markup):
                if name in shown and (item := _in_annex(run, shown[name])):
                    sections[-1].append(item)
            for words in re.findall(r'<p class="said">(.*?)</p>', markup):
                sections[-1].append(_paragraph(run, text_of(words)))
    kept = [items for items in sections if any(item["kind"] not in ("heading", "text") for item in items)]
    return {"title": run.say(title), "items": [item for items in kept for item in items]}


def _in_annex(run: _Run, entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an exhibit of the annex; of one of the short report only a table of which that shows some rows."""
    if entry["part"] is None:
        return _exhibit(run, entry)
    if entry["kind"] == "figure" or _exhibit(run, entry)["cut"] is None:
        return None
    return _exhibit(run, entry, whole=True)


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


def _exhibit(run: _Run, entry: Mapping[str, Any], *, whole: bool = False) -> dict[str, Any]:
    common = {
        "kind": entry["kind"],
        "label": run.say(run.order.labels[entry["id"]]),
        "title": run.say(entry["title"]),
        "note": run.say(entry["note"]) if entry["note"] else None,
        "file": entry["file"],
        "notebook": entry["notebook"],
        "cut": None,
    }
    if entry["kind"] == "figure":
        own = Path(entry["file"]).with_suffix(f".{run.language}.svg")
        drawn = own if (run.folder / own).exists() else Path(entry["file"])
        return common | {"alt": run.say(entry["alt"]), "image": drawn.as_posix()}
    with (run.folder / entry["file"]).open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    most = entry["most"] if whole or entry["rows"] is None else min(entry["rows"], entry["most"])
    columns = entry["columns"]
    rows = [[_cell(row, column, run.language) for column in columns] for row in table[:most]]
    if not rows:
        return common | {"columns": _columns(run, columns, rows), "rows": [], "cut": run.say(PAGE["empty"])}
    cut = run.say(PAGE["cut"].format(shown=len(rows), count=len(table))) if len(table) > len(rows) else None
    return common | {"columns": _columns(run, columns, rows), "rows": rows, "cut": cut}


def _columns(run: _Run, columns: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Return each column's heading, whether it holds numbers, the width it asks for and whether it was cut to that."""
    shown = []
    for place, column in enumerate(columns):
        widest, head = max((_width(row[place]) for row in rows), default=0), run.say(column)
        room = max(_longest_word(head), min(MOST, widest)) + GAP
        shown.append({"head": head, "number": column["kind"] in NUMERIC, "width": room, "capped": widest > MOST})
    return shown


def _width(cell: str) -> int:
    """Return the width of a cell in halves of a Chinese character."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in cell)


def _longest_word(head: str) -> int:
    """Return the least width of a heading: Chinese breaks after any four characters, English between words."""
    words = [word for word in head.split() if word.isascii()]
    return max([min(8, _width(head)) if len(words) < len(head.split()) else 0, *(len(word) + 1 for word in words)])


def _cell(row: Mapping[str, str], column: Mapping[str, Any], language: Language) -> str:
    """Return a cell as the page writes it, without its markup; in the language where the table has both."""
    name, kind = column["name"], column["kind"]
    if f"{name}_zh" in row and f"{name}_en" in row:
        return row[f"{name}_{language}"] or "–"
    text = row[name]
    value: object = text
    if text in ("True", "False"):
        value = text == "True"
    elif kind in NUMERIC:
        value = _number(text)
    return plain(write(value, kind), language)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
