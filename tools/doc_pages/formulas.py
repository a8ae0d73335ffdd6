"""Formulas of the documentation as MathML, which browsers show without a script."""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

LOGGER = logging.getLogger(__name__)
ALIGNED = re.compile(r"\\(begin|end)\{(?:aligned|split)\}")
PARTS = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "mroot": 2, "msubsup": 3, "munderover": 3}


def mathml(latex: str, *, block: bool = False) -> str:
    r"""Return a formula in LaTeX as MathML.

    Parameters
    ----------
    latex : str
    block : bool
        Whether it stands on lines of its own.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        For a command that is not known, or one without all it needs.

    Examples
    --------
    >>> mathml("w_i")[-53:]
    '<mrow><msub><mi>w</mi><mi>i</mi></msub></mrow></math>'
    >>> mathml(r"\fraction{a}{b}")
    Traceback (most recent call last):
    ValueError: the formula \fraction{a}{b} has something that cannot be set: \fraction
    """
    try:
        text = convert(ALIGNED.sub(r"\\\1{align*}", latex), display="block" if block else "inline")
        tree = ElementTree.fromstring(text)
    except Exception as failure:  # of many kinds
        raise ValueError(f"the formula {latex} cannot be set: {failure}") from failure
    for element in tree.iter():
        name = element.tag.rpartition("}")[2]
        if "\\" in (element.text or ""):
            raise ValueError(f"the formula {latex} has something that cannot be set: {element.text}")
        if len(element) != PARTS.get(name, len(element)):
            raise ValueError(f"the formula {latex} lacks a part: {name} has {len(element)} of {PARTS[name]}")
    return text


def _visit_inline(translator: Any, node: nodes.math) -> None:
    """Write a formula within a line, and nothing of the node's text."""
    translator.body.append(f'<span class="math">{_written(node)}</span>')
    raise nodes.SkipNode


def _visit_block(translator: Any, node: nodes.math_block) -> None:
    """Write a formula on lines of its own, with its number where it has one."""
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(f"{_written(node, block=True)}</div>\n")
    raise nodes.SkipNode


def _written(node: nodes.Element, *, block: bool = False) -> str:
    """Return a node's formula; one that cannot be set is a warning at its line."""
    try:
        return mathml(node.astext(), block=block)
    except ValueError as failure:
        LOGGER.warning(str(failure), location=node)
        return ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the renderer; `html_math_renderer = "mathml"` chooses it."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
