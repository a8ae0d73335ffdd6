"""Every formula of the documentation and of the tutorials can be set without a script."""

import json
import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tests.conftest import ROOT
from tools.doc_pages.formulas import mathml

PAGES = sorted((ROOT / "docs").rglob("*.md"))
TUTORIALS = sorted((ROOT / "notebooks" / "tutorials").glob("*.ipynb"))


def formulas_of(text: str) -> Iterator[tuple[str, bool]]:
    """Return the formulas of a text in Markdown, each with whether it stands on lines of its own."""
    for token in MarkdownIt("commonmark").enable("table").use(dollarmath_plugin).parse(text):
        for part in [token, *(token.children or [])]:
            if part.type.startswith("math_"):
                yield part.content.strip(), part.type != "math_inline"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_formula_of_a_page_can_be_set(page):
    for formula, block in formulas_of(page.read_text(encoding="utf-8")):
        assert mathml(formula, block=block).startswith("<math ")


@pytest.mark.parametrize("book", TUTORIALS, ids=lambda path: path.stem)
def test_every_formula_of_a_tutorial_can_be_set(book):
    for cell in json.loads(book.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            for formula, block in formulas_of("".join(cell["source"])):
                assert mathml(formula, block=block).startswith("<math ")


def test_formulas_of_a_text_are_found_and_those_in_code_are_not():
    text = "A share $w_i$, and `$x$`:\n\n$$\n\\sum_i w_i x_i\n$$\n"
    assert list(formulas_of(text)) == [("w_i", False), (r"\sum_i w_i x_i", True)]


def test_lines_are_aligned_and_bear_no_number():
    text = mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", block=True)
    assert text.count("<mtr>") == 2
    assert "(1)" not in text
    assert 'display="block"' in text


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"\fraction{a}{b}", r"has something that cannot be set: \fraction"),
        (r"\frac{a}", "lacks a part: mfrac has 1 of 2"),
        ("a & b", "cannot be set: not well-formed"),
        (r"\left( a", "cannot be set: "),
    ],
)
def test_a_formula_that_cannot_be_set_is_refused(formula, said):
    with pytest.raises(ValueError, match=re.escape(f"the formula {formula} {said}")):
        mathml(formula)
