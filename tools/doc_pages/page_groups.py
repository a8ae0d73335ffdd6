"""The pages' groups: each captioned list of `docs/index.md` is one link at the top, and its pages the list beside."""

import re
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from sphinx.application import Sphinx

CHINESE = re.compile(r"[\u4e00-\u9fff]\W*$")  # the end of a title; one in both languages ends in English


def groups_of(contents: str) -> list[dict[str, Any]]:
    """Return the groups of a table of contents as Sphinx writes it: caption, first address, whether current, pages.

    Examples
    --------
    >>> link = '<ul class="current"><li class="toctree-l1 current"><a href="a.html">A</a></li></ul>'
    >>> group = groups_of(f'<p class="caption"><span class="caption-text">Learn</span></p>{link}')[0]
    >>> group["caption"], group["first"], group["current"]
    ('Learn', 'a.html', True)
    """
    groups = []
    for caption in BeautifulSoup(contents, "html.parser").find_all("p", class_="caption"):
        pages = caption.find_next_sibling("ul")
        first = pages.find("a", href=True) if isinstance(pages, Tag) else None
        if not isinstance(pages, Tag) or not isinstance(first, Tag):
            continue
        current = "current" in pages.get_attribute_list("class")
        for entry in pages.find_all("ul"):  # the classes by which the theme shows a list beside the page
            _add_class(entry, "nav")
        for entry in pages.find_all("li", class_="current"):
            _add_class(entry, "active")
        _add_class(pages, "nav bd-sidenav")
        groups.append({"caption": caption.text.strip(), "first": first["href"], "current": current, "pages": pages})
    return groups


def _add_class(tag: Tag, name: str) -> None:
    tag["class"] = " ".join([*filter(None, tag.get_attribute_list("class")), name])  # type: ignore[list-item]


def _add_groups(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Give the templates the groups, and a page headed in Chinese its language."""
    if "toctree" in context:
        contents = context["toctree"](collapse=True, maxdepth=3, includehidden=True, titles_only=True)
        context["page_groups"] = groups_of(contents or "")
    if CHINESE.search(context.get("title") or ""):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the groups."""
    app.connect("html-page-context", _add_groups)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
