"""The first page of the gallery: the directive ``thumbnails``, one picture for each entry of the pages it names."""

import re
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Tag
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

PLACE = '<div class="thumbnails" data-pages="{pages}"></div>'
PLACES = re.compile("(" + PLACE.format(pages='([^"]*)') + ")")


class Thumbnails(SphinxDirective):
    """Pictures that lead to the entries of pages beside this one; a page's entries are its sections with a picture."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place that is filled when the pages are written."""
        return [nodes.raw("", PLACE.format(pages=" ".join(self.content)), format="html")]


def entries_of(page: str) -> list[tuple[str, str, str]]:
    """Return the anchor, the title in HTML and the picture's address of each entry of a page.

    Examples
    --------
    >>> entries_of('<section id="ranks"><h2>Ranks<a class="headerlink">#</a></h2><img src="a.png"/></section>')
    [('ranks', 'Ranks', 'a.png')]
    """
    found = []
    for heading in BeautifulSoup(page, "html.parser").find_all("h2"):
        section = heading.parent
        picture = section.find("img") if section else None
        if section is None or not isinstance(picture, Tag):
            continue
        for link in heading.find_all("a", class_="headerlink"):
            link.decompose()
        found.append((str(section["id"]), heading.decode_contents(), str(picture["src"])))
    return found


def _fill(app: Sphinx, failure: Exception | None) -> None:
    """Write the pictures into the pages that have a place for them."""
    if failure is not None or app.builder.name != "html":
        return
    for path in sorted(Path(app.outdir).rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        for place, pages in PLACES.findall(text):
            text = text.replace(place, _links(path.parent, pages.split()))
            path.write_text(text, encoding="utf-8")


def _links(folder: Path, pages: list[str]) -> str:
    """Return the pictures of pages, each a link to its entry."""
    links = [
        f'<a href="{page}.html#{anchor}"><img src="{escape(picture)}" alt="" loading="lazy"/><span>{title}</span></a>'
        for page in pages
        for anchor, title, picture in entries_of((folder / f"{page}.html").read_text(encoding="utf-8"))
    ]
    return f'<div class="thumbnails">{"".join(links)}</div>'


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the directive."""
    app.add_directive("thumbnails", Thumbnails)
    app.connect("build-finished", _fill, priority=400)  # before the search reads the pages
    return {"parallel_read_safe": True, "parallel_write_safe": True}
