"""Words for the robustness notebook: what varied, and the labels of the methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govtransparency.texts.bilingual import Text, listed, run_on, two_lines
from govtransparency.texts.report_words import NOTES, OWN_METHOD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govtransparency.profiles.alternatives import Workable

__all__ = ["method_labels", "what_varied"]


def what_varied(found: Workable) -> Text:
    """Return a note for what an ensemble shows: what a tier is, what varied in it, and what could not."""
    words = [NOTES["tier"], NOTES["varied"].format(sources=listed(found.names.values()))]
    if found.refused:
        words.append(NOTES["not_varied"].format(sources=listed(found.refused_names.values())))
    return run_on(words)


def method_labels(methods: Iterable[Text]) -> list[Text]:
    """Return the labels of a figure of the ranks under other methods, the edition's own last."""
    return [*map(two_lines, methods), OWN_METHOD["short"]]
