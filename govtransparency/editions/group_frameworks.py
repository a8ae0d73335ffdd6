"""The framework of each group of an edition, and the files that the years of an index share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from govtransparency.editions.config import FILE_NAME, parse_toml
from govtransparency.editions.report_codes import read_framework_of_report
from govtransparency.errors import Attempts, InputError
from govtransparency.framework import Framework
from govtransparency.nodes import ROOT, Node
from govtransparency.texts.problems import edition_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from govtransparency.texts.bilingual import Text
    from govtransparency.weight_readings import WeightReading

__all__ = [
    "framework_files",
    "groups_of_years",
    "joint_framework",
    "joint_leaves",
    "own_or_shared",
    "read_frameworks",
    "unused_values",
]

FRAMEWORK = "framework.csv"


def own_or_shared(folder: Path, name: str) -> Path:
    """Return the file of a year's folder or, where the year has none, that of the index, which its years share."""
    own, shared = folder / name, folder.parent / name
    return shared if shared.is_file() and not own.exists() else own


def groups_of_years(folder: Path) -> tuple[dict[str, Mapping[str, Any]], bool]:
    """Return the groups that the editions of an index declare, and whether all their files could be read."""
    found: dict[str, Mapping[str, Any]] = {}
    whole = True
    for toml in sorted(folder.glob("*/edition.toml")):
        try:
            groups = parse_toml(toml).get("groups", {})
        except InputError:
            groups = None
        whole = whole and isinstance(groups, Mapping)
        for group, entry in groups.items() if isinstance(groups, Mapping) else ():
            found[group] = entry if isinstance(entry, Mapping) else {}
    return found, whole


def framework_files(folder: Path, groups: Mapping[str, Mapping[str, Any]]) -> dict[str, Path]:
    """Return the framework file of each group, as far as it has the name of one."""
    names = {group: entry.get("framework", FRAMEWORK) for group, entry in groups.items()}
    return {group: own_or_shared(folder, name) for group, name in names.items() if re.fullmatch(FILE_NAME, str(name))}


def read_frameworks(files: Mapping[str, Path], weights: WeightReading | None = None) -> dict[str, Framework]:
    """Return the framework of each group, its weights read as declared; groups with one file have one framework.

    Raises
    ------
    InputError
        Listing every problem of every file, and each code that means one thing in one file and another in another.
    """
    wrong: list[Text] = []
    attempt = Attempts(wrong)
    read = {file: attempt(partial(read_framework_of_report, file, weights)) for file in dict.fromkeys(files.values())}
    if not wrong:
        wrong = list(_clashes(read))
    if wrong:
        raise InputError(wrong)
    return {group: read[file] for group, file in files.items()}


def _clashes(frameworks: Mapping[Path, Framework]) -> Iterator[Text]:
    """Give each code with another meaning than in an earlier file; the index itself may be called anything."""
    known: dict[str, tuple[str, dict[str | Text, str | Text]]] = {}
    for file, framework in frameworks.items():
        for node in framework.nodes:
            kind = problems.PILLAR if framework.children(node.code) else problems.INDICATOR
            meaning: dict[str | Text, str | Text] = {"name_en": node.name_en, "name_zh": node.name_zh}
            meaning |= {"unit": node.unit, problems.KIND: kind}
            other, was = known.setdefault(node.code, (file.name, meaning))
            for what, value in meaning.items() if node.code != ROOT else ():
                if value != was[what]:
                    yield problems.CODE_OF_TWO_MEANINGS.format(
                        file=file, code=node.code, what=what, value=value, other=other, was=was[what]
                    )


def joint_framework(frameworks: Mapping[str, Framework]) -> Framework:
    """Return a framework with the indicators of all groups, by which the sheets are read; only for that."""
    different = list({id(framework): framework for framework in frameworks.values()}.values())
    if len(different) == 1:
        return different[0]
    nodes = {code: framework.node(code) for framework in different for code in framework.indicators}
    return Framework([Node(ROOT, ""), *(replace(node, parent=ROOT) for node in nodes.values())])


def joint_leaves(frameworks: Mapping[str, Framework]) -> dict[str, tuple[str, ...]]:
    """Return the indicators under each pillar in any framework, the pillar nearer to them first."""
    leaves: dict[str, dict[str, None]] = {}
    for framework in frameworks.values():
        for pillar, codes in framework.leaves.items():
            leaves.setdefault(pillar, {}).update(dict.fromkeys(codes))
    return {pillar: tuple(codes) for pillar, codes in sorted(leaves.items(), key=_size)}


def _size(beneath: tuple[str, Collection[str]]) -> tuple[int, bool]:
    """Return by what pillars are ordered so that one beneath another comes first."""
    return len(beneath[1]), beneath[0] == ROOT


def unused_values(table: pd.DataFrame, groups: pd.Series, frameworks: Mapping[str, Framework]) -> pd.DataFrame:
    """Return how many values there are that no score uses, since the framework of their group is without the indicator.

    Parameters
    ----------
    table : DataFrame, units x (variables and indicators)
        As read from the sheets.
    groups : Series, unit -> group
    frameworks : mapping of group to Framework

    Returns
    -------
    DataFrame
        group, indicator, values (their number, above 0).
    """
    indicators = joint_framework(frameworks).indicators
    rows = [
        (group, code, count)
        for group, framework in frameworks.items()
        for code in indicators
        if code in table
        and code not in framework.indicators
        and (count := int(table.loc[groups == group, code].count()))
    ]
    return pd.DataFrame(rows, columns=["group", "indicator", "values"])
