"""Captions and sentences of the notebooks with their places filled in."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, TypeVar

from govtransparency.errors import InputError, nearest
from govtransparency.texts.bilingual import Column, Text
from govtransparency.texts.problems import notebook_problems as problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govtransparency.texts.captions import Caption

__all__ = ["filled", "filled_caption", "looked_up"]

T = TypeVar("T")


def looked_up(name: str, known: Mapping[str, T], unknown: Text, *, title: str) -> T:
    """Return what is known under a name, or refuse the name with the nearest.

    Raises
    ------
    InputError
        Made of the template `unknown`.
    """
    if name not in known:
        raise InputError(unknown.format(name=name, nearest=nearest(name, known)), title=title)
    return known[name]


def filled_caption(
    name: str,
    caption: Caption,
    values: Mapping[str, object],
    *,
    groups: Mapping[str, Text],
    nodes: Mapping[str, Text],
) -> Caption:
    """Return a caption with its places filled, and with headings for columns that bear the code of a group or node.

    Raises
    ------
    InputError
        For a place that no value is given for.
    """
    columns: dict[str, Column | Text] = {}
    for kind, names in ((caption.groups, groups), (caption.nodes, nodes)):
        columns |= {code: Column(*text, kind) for code, text in names.items() if kind}
    for code, head in caption.columns.items():
        columns[code] = head._replace(**filled(name, Text(*head[:2]), values)._asdict())
    note = filled(name, caption.note, values) if caption.note else None
    return caption._replace(
        title=filled(name, caption.title, values),
        note=note if note and any(note) else None,
        columns=columns,
    )


def filled(name: str, text: Text, values: Mapping[str, object]) -> Text:
    """Return a text with its places filled.

    Raises
    ------
    InputError
        For a place that no value is given for.
    """
    lacking = {place for _, place, _, _ in string.Formatter().parse(text.zh + text.en) if place} - set(values)
    if lacking:
        raise InputError(problems.NO_PLACE.format(name=name, places=", ".join(sorted(lacking))), title="caption")
    return text.format(**values)
