"""What the search of the documentation reads: the text of every page, by section, in one script."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.osutil import ensuredir

HEADINGS = ("h1", "h2", "h3")
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "div", "pre", "tr", "br", "section", "figcaption", "blockquote"}
SILENT = {"script", "style", "svg", "nav", "button"}  # what they hold is not for reading
LESS = {"changelog": 0.3, "data_dictionary": 0.5, "reference": 0.5}  # pages to look up stand behind those that teach


class _Sections(HTMLParser):
    """The article of a page as sections: anchor, heading and text of each."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[list[str]] = []
        self._anchor, self._heading, self._inside = "", False, False
        self._silent: list[str] = []  # the open tag whose text is left out, as often as it is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._inside = self._inside or tag == "article"
        if self._silent:
            self._silent += [tag] if tag == self._silent[0] else []
        elif tag in SILENT or (tag == "a" and "headerlink" in (given.get("class") or "")):
            self._silent = [tag]
        elif tag == "section":
            self._anchor = given.get("id") or ""
        elif tag in HEADINGS and self._inside:
            self.sections.append([self._anchor, "", ""])
            self._heading = True
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "article"
        self._heading = self._heading and tag not in HEADINGS
        if self._silent and tag == self._silent[0]:
            self._silent.pop()
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._silent and self.sections:
            self.sections[-1][1 if self._heading else 2] += data


def sections_of(page: str) -> list[list[str]]:
    """Return the sections of a page in HTML: anchor, heading, text.

    Examples
    --------
    >>> page = '<section id="a"><h1>A<a class="headerlink">#</a></h1><p>One</p><p>two.</p></section>'
    >>> sections_of(f"<article>{page}</article>")
    [['a', 'A', 'One two.']]
    """
    parser = _Sections()
    parser.feed(page)
    return [[anchor, *(re.sub(r"\s+", " ", text).strip() for text in texts)] for anchor, *texts in parser.sections]


def texts_of(folder: Path, pages: list[str]) -> list[list[Any]]:
    """Return what the search knows of pages: address, title, weight, sections."""
    found = []
    for page in pages:
        sections = sections_of((folder / f"{page}.html").read_text(encoding="utf-8"))
        if sections:
            found.append([f"{page}.html", sections[0][1], LESS.get(page.partition("/")[0], 1), sections])
    return found


def _leave_out_index(app: Sphinx) -> None:
    """Keep Sphinx from writing its own index."""
    app.builder.search = False  # type: ignore[attr-defined]


def _write_texts(app: Sphinx, failure: Exception | None) -> None:
    """Write the texts as a script, which a browser loads from the disk too."""
    if failure is None and app.builder.name == "html":
        static = Path(app.outdir) / "_static"
        ensuredir(static)
        texts = json.dumps(texts_of(Path(app.outdir), sorted(app.env.found_docs)), ensure_ascii=False)
        (static / "search_texts.js").write_text(f"const searchTexts = {texts};\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx this search in place of its own."""
    app.connect("builder-inited", _leave_out_index)
    app.connect("build-finished", _write_texts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
