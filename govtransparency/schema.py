"""The schema number of ``edition.toml`` and ``recipe.json``, and how older files are read.

A key added leaves the number as it is; a key renamed or given another meaning raises it, with its row in `RENAMED`. A
file without a number has schema 0, from before there were numbers.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from govtransparency.errors import InputError, level_of_reader
from govtransparency.texts.bilingual import Text, as_text, words
from govtransparency.texts.problems import schema_problems as problems

__all__ = ["CURRENT", "SchemaNotice", "at_current_schema", "schema_of", "upgraded", "with_new_name"]

CURRENT = 1
Path = tuple[str, ...]
# By the schema that a step starts from: the new name of each key renamed. The path is that in edition.toml; what is
# under `recipe` there is the whole of recipe.json.
RENAMED: dict[int, dict[Path, str]] = {0: {("recipe", "rank", "second"): "tie_breakers"}}


class SchemaNotice(UserWarning):
    """A file of an older schema was read; the text says what was understood.

    To silence it, rewrite the file with ``govtransparency upgrade``, or filter this category.

    Parameters
    ----------
    text : Text or str

    Attributes
    ----------
    text : Text
        The notice in both languages; as a string it is the English one.

    Examples
    --------
    >>> import warnings
    >>> warnings.filterwarnings("ignore", category=SchemaNotice)
    """

    def __init__(self, text: Text | str) -> None:
        self.text = as_text(text)
        super().__init__(self.text.en)


def at_current_schema(data: Mapping[str, Any], *, file: str, within: Path = (), whole: bool = True) -> dict[str, Any]:
    """Return the data of a file at the current schema, with a notice when the file is older.

    Parameters
    ----------
    data : mapping
        Plain data, as read.
    file : str
        Named in the notice and in errors.
    within : tuple of str
        ``("recipe",)`` for the data of a ``recipe.json``, nothing for those of an ``edition.toml``.
    whole : bool
        Whether these are all the data of a file. A part carries no number: it gets a notice only for an old name.

    Returns
    -------
    dict
        With ``schema`` as first key.

    Raises
    ------
    InputError
        For a wrong or a newer schema, or a key given by both its names.

    Warns
    -----
    SchemaNotice
        Each time an older file is read.

    Examples
    --------
    >>> with warnings.catch_warnings(record=True, action="always") as caught:
    ...     at_current_schema({"rank": {"second": "p"}}, file="recipe", within=("recipe",))
    {'schema': 1, 'rank': {'tie_breakers': 'p'}}
    >>> print(caught[0].message)
    recipe: no schema number; read as schema 1, rank.second as rank.tie_breakers. `govtransparency upgrade` rewrites it
    """
    schema = schema_of(data, file=file)
    current, renamed = upgraded(data, file=file, within=within)
    if schema < CURRENT and (whole or renamed):
        warnings.warn(SchemaNotice(_notice(schema, renamed, file)), stacklevel=level_of_reader())
    return current


def _notice(schema: int, renamed: list[tuple[Path, str]], file: str) -> Text:
    """Say how an older file was read."""
    found = problems.NUMBER.format(schema=schema) if schema else problems.NO_NUMBER
    names = [problems.NEW_NAME.format(old=".".join(path), new=".".join((*path[:-1], new))) for path, new in renamed]
    understood = words(names or [problems.SAME_NAMES])
    return problems.NOTICE.format(file=file, found=found, current=CURRENT, names=understood)


def schema_of(data: Mapping[str, Any], *, file: str) -> int:
    """Return the schema of the data, 0 without a number; refuse a wrong number and a newer schema."""
    schema = data.get("schema", 0)
    if "schema" in data and (isinstance(schema, bool) or not isinstance(schema, int) or schema < 1):
        raise InputError(problems.SCHEMA.format(value=schema), title=file)
    if schema > CURRENT:
        raise InputError(problems.NEWER.format(schema=schema, current=CURRENT), title=file)
    return schema


def upgraded(data: Mapping[str, Any], *, file: str, within: Path = ()) -> tuple[dict[str, Any], list[tuple[Path, str]]]:
    """Return the data at the current schema, and the path and new name of each key renamed, in order."""
    schema = schema_of(data, file=file)
    current = {"schema": CURRENT} | {key: value for key, value in data.items() if key != "schema"}
    renamed = []
    for step in range(CURRENT):
        for full, new in RENAMED.get(step, {}).items():
            path = full[len(within) :]
            table = _table(current, path[:-1])
            if full[: len(within)] != within or path[-1] not in table:
                continue
            if step < schema:
                raise InputError(problems.OLD_KEY.format(key=".".join(path), new=new, schema=step + 1), title=file)
            if new in table:
                raise InputError(problems.BOTH_KEYS.format(key=".".join(path), new=new), title=file)
            current = with_new_name(current, path, new)
            renamed.append((path, new))
    return current, renamed


def with_new_name(data: Mapping[str, Any], path: Path, new: str) -> dict[str, Any]:
    """Return the data with the key at the path renamed, in its place."""
    first, *rest = path
    if rest:
        return {**data, first: with_new_name(data[first], tuple(rest), new)}
    return {new if key == first else key: value for key, value in data.items()}


def _table(data: Any, path: Path) -> Mapping[str, Any]:
    """Return the table at the path, or an empty one."""
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, Mapping) else {}
