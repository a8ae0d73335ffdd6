"""How Sphinx builds the documentation: `make docs`. Nothing in the pages that it writes needs a network."""

import dataclasses
import html
import importlib
import inspect
import re
import sys
import tomllib
from pathlib import Path

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

import govtransparency
from govtransparency.build import shelf
from govtransparency.editions.attribution import attribution_lines
from govtransparency.plot import figures
from govtransparency.report.render import html_table, svg
from govtransparency.report.tables import shelf_tables
from govtransparency.status_of_data import stamp_of
from govtransparency.texts.bilingual import Text
from govtransparency.texts.figure_words import FIGURES
from govtransparency.texts.shelf_words import HEADS

ROOT = Path(__file__).resolve().parent.parent

project = "govtransparency"
author = "govtransparency contributors"
copyright = author
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
version = release

sys.path.insert(0, str(ROOT))  # for tools/
extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinxcontrib.bibtex",
    "tools.doc_pages.alternative_texts",
    "tools.doc_pages.formulas",
    "tools.doc_pages.notebooks",
    "tools.doc_pages.page_groups",
    "tools.doc_pages.site_search",
    "tools.doc_pages.thumbnails",
]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "unsrt"
myst_enable_extensions = ["dollarmath", "colon_fence", "attrs_inline"]
myst_heading_anchors = 3
nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
nb_kernel_rgx_aliases = {".*": "python3"}
default_role = "py:obj"  # a name in docstrings links to its entry where it has one
autodoc_typehints = "none"  # the docstrings give types, shapes and units
autodoc_member_order = "bysource"
toc_object_entries_show_parents = "hide"
napoleon_google_docstring = False
napoleon_custom_sections = [("Attributes", "params_style")]
napoleon_use_rtype = False

html_theme = "pydata_sphinx_theme"
html_theme_options = {
    "logo": {"text": "govtransparency"},
    "search_bar_text": "Search 检索",
    "navbar_align": "left",
    "navbar_center": ["page-groups"],
    "navbar_end": ["theme-switcher"],
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "primary_sidebar_end": [],
}
html_sidebars = {"**": ["group-pages.html"]} | {page: [] for page in ("index", "search", "genindex", "py-modindex")}
html_additional_pages = {"search": "search.html"}
html_context = {"default_mode": "auto"}
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_domain_indices = False
html_title = "govtransparency"
templates_path = ["_templates"]
exclude_patterns = ["_templates"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None


class Public(SphinxDirective):
    """List what `govtransparency` takes from some modules: its public names, and the classes of their results."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the entries, made from the docstrings."""
        lines = [".. currentmodule:: govtransparency", ""]
        for name, value in public(list(self.content)).items():
            own = "" if hasattr(govtransparency, name) else f"{value.__module__}."
            if inspect.isclass(value):
                fields = (
                    ", ".join(field.name for field in dataclasses.fields(value))
                    if dataclasses.is_dataclass(value)
                    else ""
                )
                lines += [f".. autoclass:: {own}{name}", "   :members:", f"   :exclude-members: {fields}", ""]
            else:
                lines += [f".. autofunction:: {name}", ""]
        parent = nodes.Element()
        self.state.nested_parse(StringList(lines, self.get_source_info()[0]), self.content_offset, parent)
        return parent.children


class Shelf(SphinxDirective):
    """A table, a figure or the sentences of the page on published indices, from ``shelf.csv`` and ``left_out.csv``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the part that is named: summary, results, rules, uncounted, left_out, sources, or a figure."""
        root = ROOT / "data" / "raw"
        rows = shelf.read_rows(ROOT / shelf.COUNTS)
        titles = [shelf.title_of(row.index, row.year, row.group, root=root) for row in rows]
        sources = [shelf.read_texts(root / row.index / str(row.year) / "sources.csv") for row in rows]
        asked = list(dict.fromkeys(line for table in sources for line in attribution_lines(table)))
        match self.arguments[0]:
            case "summary":
                return [nodes.paragraph(text=shelf_tables.summary(rows).en)]
            case "results":
                return [table_of(shelf_tables.shelf_table(rows, titles))]
            case "rules":
                return [table_of(shelf_tables.rule_table(rows, titles))]
            case "uncounted":
                why = [
                    shelf_tables.why_uncounted(row, title, shelf.reason_of(row.index, row.year, root=root))
                    for row, title in zip(rows, titles, strict=True)
                    if not row.counted
                ]
                return [listed(why)]
            case "left_out":
                return [table_of(shelf.read_texts(ROOT / shelf.LEFT_OUT))]
            case "sources":
                found = [
                    (shelf_tables.name_without_year(title, row.year), table)
                    for row, title, table in zip(rows, titles, sources, strict=True)
                ]
                return [table_of(shelf_tables.source_table(found).drop(columns="address")), listed(asked)]
            case picture:
                table, names = shelf_tables.PICTURES[picture](rows, titles)
                drawing = figures.edition_shares(table, names, said=FIGURES[picture])
                drawing.speak("en")
                drawing.stamp(stamp_of("published", asked))
                drawn = svg.svg(drawing, text=False, salt=picture)
                alt = html.escape(drawing.alt.en, quote=True)
                return [nodes.raw("", f'<div role="img" aria-label="{alt}">{drawn}</div>', format="html")]


def listed(texts: list[Text]) -> nodes.bullet_list:
    """Return texts in English as a list."""
    return nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph(text=text.en)) for text in texts))


def table_of(frame: pd.DataFrame) -> nodes.table:
    """Return a table of both languages in English, its numbers written as the report writes them."""
    columns = html_table.columns_of(frame, HEADS)
    english = [name if name in frame else f"{name}_en" for name in columns]
    rows = [
        [html_table.write(value, column.kind) for value, column in zip(row, columns.values(), strict=True)]
        for row in frame[english].itertuples(index=False, name=None)
    ]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in columns), cols=len(columns))
    group += nodes.thead("", row_of([column.en for column in columns.values()]))
    group += nodes.tbody("", *map(row_of, rows))
    return nodes.table("", group, classes=["counts"])


def row_of(words: list[str]) -> nodes.row:
    """Return a row of a table."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=html.unescape(word))) for word in words))


def public(modules: list[str]) -> dict[str, object]:
    """Return the public names, and the classes of their results, that are defined in the modules or below them."""
    found = {name: getattr(govtransparency, name) for name in govtransparency.__all__}
    waiting = list(found.values())
    while waiting:
        new = {kind.__name__: kind for kind in results(waiting.pop()) if kind.__name__ not in found}
        found |= new
        waiting += new.values()
    inside = tuple(f"{module}." for module in modules)
    return {name: value for name, value in found.items() if f"{value.__module__}.".startswith(inside)}


def results(value: object) -> list[type]:
    """Return the classes of ours that a function's annotation says it returns, or a class's say its fields hold."""
    if inspect.isclass(value):
        texts = [str(text) for text in inspect.get_annotations(value).values()]
    else:
        texts = [str(inspect.signature(value).return_annotation)]
    there = vars(importlib.import_module(value.__module__))
    kinds = [there.get(word) for text in texts for word in re.findall(r"\w+", text)]
    return [kind for kind in kinds if inspect.isclass(kind) and kind.__module__.startswith("govtransparency.")]


def keep_colon(app: Sphinx, what: str, name: str, value: object, options: object, lines: list[str]) -> None:
    """Keep napoleon from taking what stands before a colon in a property's first line for its type."""
    if what in ("property", "attribute") and lines:
        lines[0] = lines[0].replace(": ", " \N{EN DASH} ", 1)


def hide_private(
    app: Sphinx, what: str, name: str, value: object, options: object, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Leave out of a signature what is not for callers."""
    return signature and re.sub(r", _\w+=(?:\(\)|[^,()]*)", "", signature), returns


def refuse_network(app: Sphinx, failure: Exception | None) -> None:
    """Fail the build if a page or style sheet loads anything from elsewhere; links for readers are no loading."""
    page = re.compile(r"<(?:script|link|img|iframe|source|object)\b[^>]*\b(?:src|href|data)=[\"']?(?:\w+:)?//[^>]*>")
    style = re.compile(r"(?:url\(|@import)\s*[\"']?(?:\w+:)?//[^)\s]*")
    found = [
        f"{path.relative_to(app.outdir)}: {text}"
        for pattern, ending in ((page, "html"), (style, "html"), (style, "css"))
        for path in sorted(Path(app.outdir).rglob(f"*.{ending}"))
        for text in pattern.findall(path.read_text(encoding="utf-8"))
    ]
    if found and failure is None:
        raise ExtensionError("the pages would need a network:\n" + "\n".join(found))


def setup(app: Sphinx) -> None:
    """Give Sphinx the directives, the two amendments and the last check."""
    app.add_directive("public", Public)
    app.add_directive("shelf", Shelf)
    app.connect("autodoc-process-docstring", keep_colon, priority=400)  # before napoleon
    app.connect("autodoc-process-signature", hide_private)
    app.connect("build-finished", refuse_network)
