"""The draft of an edition made from a table of levels alone (一级指标, 二级指标): its tree, with invented figures."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from govtransparency.editions.edition_draft import code_from
from govtransparency.editions.example_edition import SCALES, SHEET, example_draft
from govtransparency.editions.report_codes import TAKEN
from govtransparency.errors import InputError
from govtransparency.files.plain_numbers import to_number, written_plainly
from govtransparency.files.table_files import raw_rows
from govtransparency.indicator_levels import header_of_levels, read_nodes
from govtransparency.nodes import ROOT, Node
from govtransparency.texts import new_edition_words as words
from govtransparency.texts.problems import framework_problems as problems
from govtransparency.weight_readings import bare_weights, is_a_whole, settled_weights

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from govtransparency.editions.edition_draft import Draft
    from govtransparency.texts.bilingual import Text

__all__ = ["is_table_of_levels", "levels_draft"]


def is_table_of_levels(path: Path) -> bool:
    """Return whether a file is a table of levels, which has no units: its first column is a level."""
    try:
        return header_of_levels(raw_rows(path), first=True) is not None
    except InputError:
        return False


def levels_draft(path: Path, name: str, year: int, comment: Text) -> Draft:
    """Return the draft of an edition with that tree, and figures to be replaced.

    Raises
    ------
    InputError
        As `read_nodes`.
    """
    table = read_nodes(path)
    draft = example_draft(name, year, comment)
    given = _weights(table, path)
    codes: dict[str, str] = {ROOT: ROOT}
    nodes = []
    for row in table.to_dict("records"):
        code = row["code"]
        if code in TAKEN:
            codes[code] = code_from(f"{code}_1", {*table["code"], *codes.values()})
        own, named = codes.setdefault(code, code), row["name_zh"] or row["name_en"] or name
        nodes.append(Node(own, codes.get(row["parent"], ""), named, named, weight=given.get(code, 1.0)))
    parents = {node.parent for node in nodes}
    leaves = [node.code for node in nodes if node.code not in parents]
    of_the_whole = {codes[code] for code in given} == {*leaves} and is_a_whole(math.fsum(given.values()))
    if of_the_whole:
        nodes, _ = settled_weights(nodes, parents - {""}, "of_the_whole")
    rows = [("unit", *leaves)]
    for number, unit in enumerate(draft.units):
        rows.append((unit["unit"], *(str(10 * (number * (at + 3) % 7) + number) for at in range(len(leaves)))))
    said = words.LEVELS["whole" if of_the_whole else "within"]
    return replace(
        draft,
        nodes=tuple(nodes),
        toml=tuple(line for line in draft.toml if line not in SCALES),
        comments={**draft.comments, "framework": said},
        received=path,
        files={SHEET: rows},
    )


def _weights(table: pd.DataFrame, path: Path) -> dict[str, float]:
    """Return the weights that are written, by code; refuse those that are no numbers."""
    given: dict[str, float] = {}
    wrong = []
    for line, code, text in zip(table.index, table["code"], bare_weights(table, None), strict=True):
        number = to_number(text)
        if number is not None:
            given[code] = number
        elif text:
            place = {"line": line, "code": code, "column": "weight", "text": text}
            wrong.append(problems.NOT_A_NUMBER.format(**place, plainly=written_plainly(text)))
    if wrong:
        raise InputError(wrong, title=str(path))
    return given
