"""Values as a TOML file has them within a line: in messages, and in files that are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from govtransparency.texts.bilingual import Text, as_text

__all__ = ["in_message", "inline", "toml_key"]

BARE = re.compile(r"[A-Za-z0-9_-]+")


def inline(value: Any) -> str:
    r"""Return a value as TOML writes it within a line; one that no TOML file can hold as Python shows it.

    Examples
    --------
    >>> print(inline({"a b": [1, 2.5, True], "c": 'the "d"'}), inline(None))
    { "a b" = [1, 2.5, true], c = "the \"d\"" } None
    """
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{toml_key(str(key))} = {inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool):
        return str(value).lower()
    return repr(int(value) if isinstance(value, float) and value.is_integer() else value)


def toml_key(name: str) -> str:
    """Return a key as TOML writes it: in quotation marks where it needs them."""
    return name if BARE.fullmatch(name) else inline(name)


def in_message(value: Any) -> Text:
    """Return a value as a message shows it: texts as everywhere, all else as TOML writes it.

    Examples
    --------
    >>> print(in_message("a"), in_message(True), in_message(["a"]))
    'a' true ["a"]
    """
    if isinstance(value, str):
        return Text(f"“{value}”", repr(value))
    return as_text(repr(value) if isinstance(value, float) else inline(value))
