"""How values show themselves in a notebook and at a prompt."""

from govtransparency.displays.values_shown import DISPLAYED, html_of, text_of

__all__ = ["DISPLAYED", "html_of", "text_of"]
