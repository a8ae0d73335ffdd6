"""The report as one HTML file: a summary, then the executed notebooks in their order; it needs no other file."""

from __future__ import annotations

import hashlib
import html
import json
import re
from importlib import metadata, resources
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.render import page_parts
from govtransparency.report.render.exhibit import label_of
from govtransparency.report.render.html_table import table_html
from govtransparency.report.render.html_text import both
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, bilingual, strung
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.problems import render_problems as problems
from govtransparency.texts.report_words import PAGE, PARTS
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from bs4 import Tag

    from govtransparency.editions import Edition

__all__ = ["GLANCE", "at_a_glance", "short_manifest", "write_page"]


FILE = "report.html"
GLANCE = {part: PAGE[part] for part in ("assessed", "ranking", "changes", "robust")}

LATIN = re.compile(r"[A-Za-z]{2}")
BLOCKS = ("p", "li", "td", "th")
SECTION = re.compile("#{2,3} ")
HIDDEN = frozenset({"parameters", "injected-parameters", "setup", "by-hand"})


def write_page(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write ``report.html`` from the executed notebooks and the exhibits of a run.

    Parameters
    ----------
    folder : Path
        Of the run: notebooks in it or in its folder ``notebooks``, lists of exhibits in its folder ``exhibits``.
    edition : Edition
    language : {"zh", "en", "both"}
        Shown until the reader chooses; the page holds both languages in any case.

    Raises
    ------
    InputError
        When the folder has no executed notebook, and when two notebooks have an exhibit of the same name, whose files
        would be the same.
    """
    with Arguments("write_page") as check:
        check.choice("language", language, get_args(Shown))
    paths = sorted([*folder.glob("*.ipynb"), *folder.glob("notebooks/*.ipynb")], key=lambda path: path.name)
    if not paths:
        raise InputError(problems.NO_NOTEBOOK.format(folder=folder), title=FILE)
    listed = [
        entry
        for path in paths
        if (exhibits := folder / "exhibits" / f"{path.stem}.json").exists()
        for entry in json.loads(exhibits.read_text(encoding="utf-8"))
    ]
    _check_names(listed)
    markup = _render(paths, edition, listed, language)
    write_whole(folder / FILE, page_parts.finished(markup))


def _check_names(listed: Sequence[Mapping[str, Any]]) -> None:
    makers: dict[str, list[str]] = {}
    for entry in listed:
        makers.setdefault(entry["id"], []).append(entry["notebook"])
    if duplicate := [
        problems.DUPLICATE_EXHIBIT.format(notebooks=strung(names, "、", " and "), name=name)
        for name, names in makers.items()
        if len(names) > 1
    ]:
        raise InputError(duplicate, title=FILE)


def _render(paths: Sequence[Path], edition: Edition, listed: list[dict[str, Any]], language: Shown) -> str:
    import nbformat
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets.config import Config

    contents: list[tuple[int, str, Text]] = []
    whole = nbformat.v4.new_notebook()
    for number, path in enumerate(paths, 1):
        cells = [
            cell
            for cell in nbformat.read(path, as_version=4).cells
            if not HIDDEN & set(cell.metadata.get("tags", ())) and (cell.cell_type == "markdown" or cell.source.strip())
        ]
        cells = _with_results(cells)
        for place, cell in enumerate(cells):
            cell["id"] = f"{path.stem}-{place}"
            if place == 0:
                cell.metadata["opens"] = number
            if cell.cell_type == "markdown":
                cell.source = _markdown(cell.source, edition, contents)
        whole.cells.extend(cells)
    templates = resources.files("govtransparency.report.render") / "templates"
    page = SimpleNamespace(
        language=language,
        status=edition.status,
        heading=html.escape(" / ".join(dict.fromkeys(bilingual(edition.title)))),
        title=both(bilingual(edition.title)),
        badge=both(BADGE[edition.status]),
        status_text=both(STATUS[edition.status]),
        warning=both(head_of(edition.status, edition.attribution)),
        about=_about(edition),
        contest=_contest(edition),
        words={name: both(text) for name, text in PAGE.items()},
        summary=_summary(whole.cells, listed, edition.status),
        contents=_contents(contents),
        exhibits=_exhibits(listed),
        footer=_footer(edition),
        contents_label=" · ".join(PAGE["contents"]),
        choices=page_parts.choices(),
        fonts_here=page_parts.FONTS,
        css=page_parts.style(edition.status, language),
        script=page_parts.scripts(),
    )
    options = {"template_name": "page", "extra_template_basedirs": [str(templates)], "file_extension": ".html"}
    exporter = TemplateExporter(config=Config({"TemplateExporter": options}))
    body, _ = exporter.from_notebook_node(whole, resources={"page": page})
    return body


def _with_results(cells: Sequence[Any]) -> list[Any]:
    """Return the cells of a notebook without the sections whose code displays nothing, as in the report on paper."""
    sections: list[list[Any]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and SECTION.match(cell.source):
            sections.append([])
        sections[-1].append(cell)
    code = [[cell for cell in section if cell.cell_type == "code"] for section in sections]
    shown = [not own or any(cell.outputs for cell in own) for own in code]
    kept = [section for place, (section, some) in enumerate(zip(sections, shown, strict=True)) if some or not place]
    return [cell for section in kept for cell in section]


def _markdown(source: str, edition: Edition, contents: list[tuple[int, str, Text]]) -> str:
    """Return a cell's HTML: formulas as MathML, each paragraph marked with its language, headings in the contents."""
    from bs4 import BeautifulSoup
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    formulas: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        from latex2mathml.converter import convert

        block = found[1] is not None
        formulas.append(convert(found[1] if block else found[2], display="block" if block else "inline"))
        return f"\ue000{len(formulas) - 1}\ue001"

    source = re.sub(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", put_aside, source, flags=re.S)
    soup = BeautifulSoup(markdown2html_mistune(source), "html.parser")
    for anchor in soup.select("a.anchor-link"):
        anchor.decompose()
    for heading in soup.find_all(["h1", "h2", "h3"]):
        _bilingual_heading(heading, edition, contents)
    for block in soup.find_all(BLOCKS):
        if block.find(BLOCKS) is None and (spoken := _spoken_in(block)):
            block["lang"] = spoken
    return re.sub(r"\ue000(\d+)\ue001", lambda found: formulas[int(found[1])], str(soup))


def _spoken_in(block: Tag) -> str:
    """Return the language a block is written in: Chinese if it has a Chinese character; none for code."""
    text = "".join(str(part) for part in block.find_all(string=True) if part.find_parent("code") is None)
    return "zh" if HAN_LETTER.search(text) else "en" if LATIN.search(text) else ""


def _bilingual_heading(heading: Tag, edition: Edition, contents: list[tuple[int, str, Text]]) -> None:
    from bs4 import BeautifulSoup

    zh, separator, en = heading.get_text().strip().partition(" · ")
    text = Text(zh, en if separator else zh)
    level = int(heading.name[1])
    anchor = f"s{len(contents) + 1}"
    heading["id"] = anchor
    contents.append((level, anchor, text))
    heading.clear()
    badge = f' <span class="badge {edition.status}">{both(BADGE[edition.status])}</span>' if level < 3 else ""
    heading.append(BeautifulSoup(both(text) + badge, "html.parser"))


def _about(edition: Edition) -> str:
    if not edition.about:
        return ""
    both_of = bilingual(edition.about)
    zh, en = (words.split("\n\n") for words in both_of)
    paragraphs = list(map(Text, zh, en)) if len(zh) == len(en) else [both_of]
    words = "\n".join(f'<p class="about">{both(paragraph)}</p>' for paragraph in paragraphs)
    return f'<section id="about">\n<h2>{both(PAGE["about"])}</h2>\n{words}\n</section>'


def _contest(edition: Edition) -> str:
    said = "\n".join(f"<p>{both(text)}</p>" for text in how_to_contest(edition))
    return f'<section id="contest">\n<h2>{both(CONTEST["heading"])}</h2>\n{said}\n</section>' if said else ""


def _summary(cells: Sequence[Any], listed: Sequence[Mapping[str, Any]], status: str) -> str:
    """Return what was assessed, the groups at a glance, the other conclusions, and the exhibits chosen for the summary.

    A table keeps only the rows that are not folded away; a note that several exhibits share is given once.
    """
    said: dict[str, list[str]] = {part: [] for part in PARTS}
    for entry in listed:
        if entry["kind"] == "conclusion" and not entry.get("group"):
            said[entry["part"]].append(f'<p class="conclusion">{both(Text(**entry["text"]))}</p>')
    glance = at_a_glance(listed)
    parts = said.pop("assessed")
    if len(glance):
        caption = f'{both(PAGE["glance"])} <span class="badge {status}">{both(BADGE[status])}</span>'
        table = f'<div class="scroll">{table_html(glance, columns=GLANCE)}</div>'
        parts.append(f'<figure class="exhibit glance"><figcaption>{caption}</figcaption>{table}</figure>')
    exhibits = [entry for entry in listed if entry["kind"] != "conclusion" and entry["summary"]]
    if exhibits:
        notes = dict.fromkeys(both(Text(**entry["note"])) for entry in exhibits if entry["note"])
        said["ranking"].append(f'<div class="beside">{"".join(_copy(cells, entry["id"]) for entry in exhibits)}</div>')
        said["ranking"] += [f'<p class="note">{note}</p>' for note in notes]
    for part, lines in said.items():
        parts += [f"<h3>{both(PAGE[part])}</h3>", *lines] if lines else []
    return "\n".join(parts)


def _copy(cells: Sequence[Any], name: str) -> str:
    """Return an exhibit for the summary; its number leads to the whole exhibit with its notes and file."""
    found = next((text for text in _outputs(cells) if f'id="{name}"' in text), "")
    copy = found.replace(f' id="{name}"', "", 1).replace(f'"{name}-alt"', f'"{name}-copy-alt"')
    return re.sub(r'<tr class="?more.*?</tr>\n?|<p class="(?:note|file)">.*?</p>', "", copy)


def at_a_glance(listed: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the brief conclusions of the notebooks: one row per group, one column per part of the summary.

    Returns
    -------
    DataFrame
        group_zh, group_en, and two columns for each part that has a conclusion.
    """
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for entry in listed:
        if entry["kind"] == "conclusion" and entry.get("brief"):
            row = cells.setdefault((entry["group"]["zh"], entry["group"]["en"]), {})
            row |= {f"{entry['part']}_{language}": entry["brief"][language] for language in ("zh", "en")}
    columns = [f"{part}_{language}" for part in GLANCE for language in ("zh", "en")]
    names = pd.DataFrame(list(cells), columns=["group_zh", "group_en"])
    return names.join(pd.DataFrame(list(cells.values()), columns=columns)).dropna(axis=1, how="all").fillna("–")


def _outputs(cells: Iterable[Any]) -> Iterable[str]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get("text/html", "")
            yield "".join(text)


def _contents(contents: Sequence[tuple[int, str, Text]]) -> str:
    lines = [
        f'<li{"" if level == 1 else " class=" + chr(34) + "second" + chr(34)}><a href="#{anchor}">{both(text)}</a></li>'
        for level, anchor, text in contents
        if level < 3
    ]
    return f"<ol>{''.join(lines)}</ol>"


def _exhibits(listed: Sequence[Mapping[str, Any]]) -> str:
    """Return the list of tables and figures, each with the notebook and the file that made it."""
    rows = [
        f'<tr><th scope="row"><a href="#{entry["id"]}">{both(label_of(entry))}</a></th>'
        f"<td>{both(Text(**entry['title']))}</td>"
        f"<td><code>{html.escape(entry['notebook'])}.ipynb</code></td><td><code>{html.escape(entry['file'])}</code></td></tr>"
        for entry in listed
        if entry["kind"] != "conclusion"
    ]
    heads = "".join(f'<th scope="col">{both(PAGE[name])}</th>' for name in ("exhibit", "title", "notebook", "file"))
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _footer(edition: Edition) -> str:
    """Return what made the report, and the file that has the details."""
    return f"<p><code>{html.escape(short_manifest(edition))}</code></p><p>{both(PAGE['manifest'])}</p>"


def short_manifest(edition: Edition) -> str:
    """Return what made the report, in one line: index, year, status, seed, inputs, packages."""
    digest = hashlib.sha256()
    for path in sorted(edition.files):
        digest.update(path.read_bytes())
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "pandas", "matplotlib"))
    try:
        own = metadata.version("govtransparency")
    except metadata.PackageNotFoundError:
        own = "0"
    return (
        f"{edition.index} {edition.year} · {edition.status} · seed {edition.seed} · {len(edition.files)} inputs, "
        f"SHA-256 {digest.hexdigest()[:12]} · govtransparency {own}, {packages}"
    )
