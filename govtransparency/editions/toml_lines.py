"""On which line of a TOML file a key stands, which the parser does not say."""

from __future__ import annotations

import re
import tomllib
from typing import Any

__all__ = ["TomlLines"]


class TomlLines:
    r"""The lines of a TOML file, asked by the path of a key.

    Parameters
    ----------
    text : str
        Of a file that parses.

    Examples
    --------
    >>> lines = TomlLines('title = { en = "A" }\n[groups]\n"a/b" = { en = "B" }\n')
    >>> lines.of("groups", "a/b", "en"), lines.of("title", "zh"), lines.of("about")
    (3, 1, None)
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
            if head := re.match(r"\s*\[\[?(.*?)\]\]?\s*(#.*)?$", line):
                table = path = _path(head[1])
            else:
                path = (*table, *_path(line))
            if path != table or head:
                self._lines.setdefault(path, number)

    def of(self, *path: str) -> int | None:
        """Return the line of a key, or of the nearest table around it; None where neither is found."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)


def _path(line: str) -> tuple[str, ...]:
    """Return the keys that a line begins with, up to its equals sign; none where it begins with no key."""
    for end in [found.start() for found in re.finditer("=", line)] or [len(line)]:
        try:
            found: Any = tomllib.loads(f"{line[:end]} = 0")
        except tomllib.TOMLDecodeError:
            continue
        if not found:  # a comment
            return ()
        path = []
        while isinstance(found, dict):
            ((key, found),) = found.items()
            path.append(key)
        return tuple(path)
    return ()
