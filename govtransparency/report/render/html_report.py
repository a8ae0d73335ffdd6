"""The report as one HTML file: the short report, then the executed notebooks as its annex; it needs no other file."""

from __future__ import annotations

import hashlib
import html
import json
import re
from importlib import metadata, resources
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args

from govtransparency.arguments import Arguments
from govtransparency.atomic_files import write_whole
from govtransparency.errors import InputError
from govtransparency.files.folded_text import HAN_LETTER
from govtransparency.report.how_to_contest import how_to_contest
from govtransparency.report.reading_order import ReadingOrder, notebooks_of
from govtransparency.report.render import page_parts
from govtransparency.report.render.exhibit import conclusion_html, of_groups
from govtransparency.report.render.html_text import both
from govtransparency.report.render.unit_search import UnitSearch
from govtransparency.status_of_data import head_of
from govtransparency.texts.bilingual import Shown, Text, bilingual, strung
from govtransparency.texts.contest_words import CONTEST
from govtransparency.texts.problems import render_problems as problems
from govtransparency.texts.report_words import CITING, PAGE, PARTS
from govtransparency.texts.status_words import BADGE, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from bs4 import Tag

    from govtransparency.editions import Edition

__all__ = ["cited", "short_manifest", "write_page"]


FILE = "report.html"
NUMBER = re.compile(r'(<a class="number" href="#([^"]+)">).*?</a>')
EXHIBIT = re.compile(r'<figure class="exhibit [^>]* id="([^"]+)"')
SAID_ABOVE = re.compile('<p class="conclusion"|<aside class="status ')
LATIN = re.compile(r"[A-Za-z]{2}")
BLOCKS = ("p", "li", "td", "th")
SECTION = re.compile("## ")
HIDDEN = frozenset({"parameters", "injected-parameters", "setup", "by-hand"})


def write_page(folder: Path, edition: Edition, *, language: Shown = "both") -> None:
    """Write ``report.html``: the short report, and the executed notebooks of a run as its annex.

    Parameters
    ----------
    folder : Path
        Of the run: notebooks in it or in its folder ``notebooks``, lists of exhibits in its folder ``exhibits``.
    edition : Edition
    language : {"zh", "en", "both"}
        Shown until the reader chooses; for both, the one that the reader's browser prefers, else Chinese. The page
        holds both languages in any case.

    Raises
    ------
    InputError
        When the folder has no executed notebook, and when two notebooks have an exhibit of the same name, whose files
        would be the same.
    """
    with Arguments("write_page") as check:
        check.choice("language", language, get_args(Shown))
    paths = notebooks_of(folder)
    if not paths:
        raise InputError(problems.NO_NOTEBOOK.format(folder=folder), title=FILE)
    order = ReadingOrder.of_run(folder)
    _check_names(order.exhibits)
    markup = _render(folder, paths, edition, order, language)
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


def _render(folder: Path, paths: Sequence[Path], edition: Edition, order: ReadingOrder, language: Shown) -> str:
    import nbformat
    from nbconvert.exporters.templateexporter import TemplateExporter
    from traitlets.config import Config

    annex = nbformat.v4.new_notebook()
    moved: dict[str, str] = {}
    for path in paths:
        cells = [
            cell
            for cell in nbformat.read(path, as_version=4).cells
            if not HIDDEN & set(cell.metadata.get("tags", ())) and (cell.cell_type == "markdown" or cell.source.strip())
        ]
        moved |= _move(cells, order)
        annex.cells.extend(_folded(path.stem, _sections(cells)))
    templates = resources.files("govtransparency.report.render") / "templates"
    cards = UnitSearch.of_run(folder, edition)
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
        groups=_tabs(edition, order),
        assessed="\n".join(map(conclusion_html, order.sentences("assessed"))),
        parts=_parts(order, moved, edition, cards.markup),
        cite=_cite(edition),
        exhibits=_exhibits(order),
        footer=_footer(edition),
        choices=page_parts.choices(code=True),
        fonts_here=page_parts.FONTS,
        css=page_parts.style(edition.status, language) + _style_of_groups(edition),
        script=page_parts.scripts() + cards.script,
        data=cards.data,
    )
    options = {"template_name": "page", "extra_template_basedirs": [str(templates)], "file_extension": ".html"}
    exporter = TemplateExporter(config=Config({"TemplateExporter": options}))
    body, _ = exporter.from_notebook_node(annex, resources={"page": page})
    return NUMBER.sub(lambda found: f"{found[1]}{both(order.labels[found[2]])}</a>", body)


def _move(cells: Sequence[Any], order: ReadingOrder) -> dict[str, str]:
    """Take what the short report shows out of the cells, which then say where it is; return the exhibits by id."""
    moved: dict[str, str] = {}
    short = {entry["id"]: entry for part in PARTS for entry in order.of_part(part)}
    for cell in cells:
        kept = []
        for output in cell.get("outputs", ()):
            markup = "".join(output.get("data", {}).get("text/html", ""))
            found = EXHIBIT.search(markup)
            if found and (entry := short.get(found[1])):
                moved[found[1]] = markup
                link = PAGE["moved"].format(number=order.labels[found[1]])
                output["data"]["text/html"] = (
                    f'<p class="note"{of_groups(entry)}><a href="#{found[1]}">{both(link)}</a></p>'
                )
            if not SAID_ABOVE.search(markup):
                kept.append(output)
        if cell.cell_type == "code":
            cell.outputs = kept
    return moved


def _sections(cells: Sequence[Any]) -> list[list[Any]]:
    """Return the sections of a notebook, without those whose code displays nothing, as in the annex on paper."""
    sections: list[list[Any]] = [[]]
    for cell in cells:
        if cell.cell_type == "markdown" and SECTION.match(cell.source):
            sections.append([])
        sections[-1].append(cell)
    code = [[cell for cell in section if cell.cell_type == "code"] for section in sections]
    shown = [not own or any(cell.outputs for cell in own) for own in code]
    return [section for place, (section, some) in enumerate(zip(sections, shown, strict=True)) if some or not place]


def _folded(notebook: str, sections: Sequence[Sequence[Any]]) -> Iterator[Any]:
    """Give the cells of a notebook with each section folded under its heading, the first under that of the notebook."""
    import nbformat

    for place, section in enumerate(sections):
        for number, cell in enumerate(section):
            cell["id"] = f"{notebook}-{place}-{number}"
            if cell.cell_type == "markdown":
                cell.source = _markdown(cell.source)
        anchor = f"{notebook}-{place}"
        if section and section[0].cell_type == "markdown":
            heading, _, rest = section[0].source.partition("</h4>" if place else "</h3>")
            section[0].source = (
                f'<details class="annex" id="{anchor}"><summary>{heading}</h4></summary>{rest}'
                if place
                else f'<div class="notebook" id="{anchor}">{heading}</h3>{rest}</div>'
            )
        yield from section
        if place:
            yield nbformat.v4.new_markdown_cell("</details>", id=f"{anchor}-end")


def _markdown(source: str) -> str:
    """Return a cell's HTML: formulas as MathML, each paragraph marked with its language, headings two levels down."""
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
        _bilingual_heading(heading)
    for block in soup.find_all(BLOCKS):
        if block.find(BLOCKS) is None and (spoken := _spoken_in(block)):
            block["lang"] = spoken
    return re.sub(r"\ue000(\d+)\ue001", lambda found: formulas[int(found[1])], str(soup))


def _spoken_in(block: Tag) -> str:
    """Return the language a block is written in: Chinese if it has a Chinese character; none for code."""
    text = "".join(str(part) for part in block.find_all(string=True) if part.find_parent("code") is None)
    return "zh" if HAN_LETTER.search(text) else "en" if LATIN.search(text) else ""


def _bilingual_heading(heading: Tag) -> None:
    from bs4 import BeautifulSoup

    zh, separator, en = heading.get_text().strip().partition(" · ")
    heading.name = f"h{int(heading.name[1]) + 2}"
    heading.attrs.clear()
    heading.clear()
    heading.append(BeautifulSoup(both(Text(zh, en if separator else zh)), "html.parser"))


def _about(edition: Edition) -> str:
    if not edition.about:
        return ""
    both_of = bilingual(edition.about)
    zh, en = (words.split("\n\n") for words in both_of)
    paragraphs = list(map(Text, zh, en)) if len(zh) == len(en) else [both_of]
    return "\n".join(f'<p class="about">{both(paragraph)}</p>' for paragraph in paragraphs)


def _contest(edition: Edition) -> str:
    said = "\n".join(f"<p>{both(text)}</p>" for text in how_to_contest(edition))
    return f'<section id="contest">\n<h2>{both(CONTEST["heading"])}</h2>\n{said}\n</section>' if said else ""


def _tabs(edition: Edition, order: ReadingOrder) -> str:
    """Return a tab for each group that the report shows something of by itself; none where it is one group."""
    shown = {group for entry in order.exhibits for group in entry["of"]}
    groups = [group for group in edition.groups if group in shown]
    if len(groups) < 2:
        return ""
    tabs = "".join(
        f'<button type="button" role="tab" id="tab-{group}" data-group="{group}" aria-controls="of-group" '
        f'aria-selected="false">{both(bilingual(edition.groups[group]))}</button>'
        for group in groups
    )
    return f'<div class="groups" role="tablist" aria-label="{" · ".join(PAGE["groups"])}">{tabs}</div>'


def _style_of_groups(edition: Edition) -> str:
    """Return the rules by which a page shows what is of the chosen group alone, once a script has chosen one."""
    rules = "\n".join(
        f":root[data-group={json.dumps(group)}] [data-of]:not([data-of~={json.dumps(group)}]){{display:none}}"
        for group in edition.groups
    )
    return f"@media screen{{\n{rules}\n}}"


def _parts(order: ReadingOrder, moved: Mapping[str, str], edition: Edition, search: str) -> str:
    """Return the parts of the short report that have something to say, each with the status of its figures."""
    badge = f'<span class="badge {edition.status}">{both(BADGE[edition.status])}</span>'
    found = []
    for part in PARTS:
        said = [] if part == "assessed" else [conclusion_html(entry) for entry in order.sentences(part)]
        shown = [moved[entry["id"]] for entry in order.of_part(part) if entry["id"] in moved]
        figures = [markup for markup in shown if 'class="exhibit figure"' in markup]
        tables = [markup for markup in shown if markup not in figures]
        parts = [*figures, *said, *tables] if part == "ranking" else [*said, *shown]
        if parts:
            found.append(
                "\n".join([f'<section id="{part}">', f"<h2>{both(PAGE[part])} {badge}</h2>", *parts, "</section>"])
            )
        if part == "ranking" and search:
            found.append(search)
    return "\n".join(found)


def _exhibits(order: ReadingOrder) -> str:
    """Return the list of tables and figures, each with the notebook and the file that made it."""
    made = {entry["id"]: entry for entry in order.exhibits}
    rows = [
        f'<tr><th scope="row"><a href="#{name}">{both(label)}</a></th><td>{both(Text(**made[name]["title"]))}</td>'
        f"<td><code>{html.escape(made[name]['notebook'])}.ipynb</code></td>"
        f"<td><code>{html.escape(made[name]['file'])}</code></td></tr>"
        for name, label in order.labels.items()
    ]
    heads = "".join(f'<th scope="col">{both(PAGE[name])}</th>' for name in ("exhibit", "title", "notebook", "file"))
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _cite(edition: Edition) -> str:
    report, exhibit = cited(edition)
    return f'<p class="citation">{both(report)}</p>\n<p class="note">{both(exhibit)}</p>'


def cited(edition: Edition) -> tuple[Text, Text]:
    """Return how to cite the report (what it is, what its figures are, what it was made from), and an exhibit of it."""
    title, made = bilingual(edition.title), short_manifest(edition)
    return CITING["report"].format(title=title, status=STATUS[edition.status], made=made), CITING["exhibit"]


def _footer(edition: Edition) -> str:
    """Return what made the report, and the file that has the details."""
    return f"<p><code>{both(short_manifest(edition))}</code></p><p>{both(PAGE['manifest'])}</p>"


def short_manifest(edition: Edition) -> Text:
    """Return what made the report, in one line: index, year, status, seed, inputs, packages."""
    digest = hashlib.sha256()
    for path in sorted(edition.files):
        digest.update(path.read_bytes())
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "pandas", "matplotlib"))
    try:
        own = metadata.version("govtransparency")
    except metadata.PackageNotFoundError:
        own = "0"
    return PAGE["made"].format(
        edition=f"{edition.index} {edition.year}",
        status=BADGE[edition.status],
        seed=edition.seed,
        inputs=len(edition.files),
        digest=digest.hexdigest()[:12],
        packages=f"govtransparency {own}, {packages}",
    )
