"""Which indices use each other or the same sources, as their publishers' documents say."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.data_dictionary.file_checks import read_described
from govtransparency.data_dictionary.input_files import SOURCES_USED
from govtransparency.editions.group_frameworks import own_or_shared
from govtransparency.texts.agreement_words import SHARED
from govtransparency.texts.bilingual import Text, strung

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govtransparency.several_indices.compared_indices import ComparedIndices, OneIndex

__all__ = ["shared_sources"]

FILE = "sources_used.csv"


def shared_sources(indices: ComparedIndices) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return which of the indices use another of them, or the same source as another: from each ``sources_used.csv``.

    Returns
    -------
    DataFrame, DataFrame
        first, second, shared_zh, shared_en: what the first uses of the second, or what both use. And index, title,
        url: the document that says so, of each index that has one.
    """
    used = {name: _used(one) for name, one in indices.indices.items()}
    rows = list(_uses(indices, used))
    for first, second in itertools.combinations(used, 2):
        common = used[first].merge(used[second], on="source", suffixes=("", "_other"))
        if len(common):
            names = [" / ".join(dict.fromkeys(pair)) for pair in common[["name", "name_other"]].to_numpy()]
            rows.append(_row(first, second, SHARED["both"].format(sources=strung(names, "；", "; "))))
    documents = pd.concat([table.assign(index=name) for name, table in used.items()])
    return (
        pd.DataFrame(rows, columns=["first", "second", "shared_zh", "shared_en"]),
        documents[["index", "title", "url"]].drop_duplicates(ignore_index=True),
    )


def _used(one: OneIndex) -> pd.DataFrame:
    """Return the sources that the publisher of an index uses, as far as they are declared."""
    path = own_or_shared(one.edition.path, FILE)
    columns = list(SOURCES_USED.columns)
    table = read_described(path, SOURCES_USED) if path.is_file() else pd.DataFrame(dtype=object)
    return table.reindex(columns=columns, fill_value="")


def _uses(indices: ComparedIndices, used: dict[str, pd.DataFrame]) -> Iterator[dict[str, str]]:
    """Give each use that an index makes of another."""
    for (name, table), (other, one) in itertools.product(used.items(), indices.indices.items()):
        for row in table[table["index"] == one.edition.index].to_dict("records") if other != name else ():
            purpose = Text(row["used_for_zh"], row["used_for_en"])
            yield _row(name, other, SHARED["uses"].format(source=row["name"], purpose=purpose))


def _row(first: str, second: str, said: Text) -> dict[str, str]:
    return {"first": first, "second": second, "shared_zh": said.zh, "shared_en": said.en}
