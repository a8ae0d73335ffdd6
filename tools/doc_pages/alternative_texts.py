"""Alternative texts of figures that cells draw: a figure without one has the words of its own title."""

import ast
import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

TITLE = re.compile(r"\btitle=(\{.*?\})(?:[,>])", re.DOTALL)


def title_of(shown: str) -> str:
    r"""Return the title in what matplotlib says of axes at a prompt, or nothing.

    Examples
    --------
    >>> title_of("<Axes: title={'left': 'Scores of 23 units\\nData: official figures'}, xlabel='Score'>")
    'Scores of 23 units. Data: official figures'
    >>> title_of("<Axes: xlabel='Score'>")
    ''
    """
    found = TITLE.search(shown)
    return ". ".join(". ".join(ast.literal_eval(found[1]).values()).splitlines()) if found else ""


class AlternativeTexts(SphinxTransform):
    """Give the image of an output the title that its text has, where the cell gives no other."""

    default_priority = 800

    def apply(self, **_options: object) -> None:
        """Look through the outputs, each of which holds every form of the same."""
        for output in self.document.findall(nodes.container):
            if output.get("nb_element") != "mime_bundle":
                continue
            title = title_of(" ".join(text.astext() for text in output.findall(nodes.literal_block)))
            for image in output.findall(nodes.image):
                if title and not image.get("alt"):
                    image["alt"] = title


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the transform."""
    app.add_transform(AlternativeTexts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
