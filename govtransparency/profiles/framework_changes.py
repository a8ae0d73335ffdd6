"""How the framework of a group differs from one edition to the next."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from govtransparency.names import node_names
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, in_columns, run_on
from govtransparency.texts.framework_words import CHANGES, SAID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govtransparency.framework import Framework
    from govtransparency.texts.bilingual import Language

__all__ = ["FrameworkChanges", "framework_changes"]

NOISE = 1e-9  # a share that differs by no more is the same


@dataclass(frozen=True)
class FrameworkChanges:
    """What is different between the frameworks of one group.

    Attributes
    ----------
    table : DataFrame, one row per difference
        before, year (of the two editions), change_zh, change_en, node_zh, node_en, old, new (numbers; NaN for what was
        added or taken out).
    years : tuple of int
        Those with an edition of the group.
    counts : Series, kind of change -> number of rows
    """

    table: pd.DataFrame
    years: tuple[int, ...]
    counts: pd.Series

    def sentence(self, language: Language) -> str:
        """Return the differences in a sentence."""
        return getattr(self.text, language)

    @property
    def text(self) -> Text:
        """The differences in a sentence, in both languages."""
        if self.table.empty:
            return SAID["same"].format(first=self.years[0], last=self.years[-1])
        moves = self.table[["before", "year"]].drop_duplicates()
        said = SAID["changed"].format(
            first=self.years[0],
            last=self.years[-1],
            moves=len(self.years) - 1,
            changed=len(moves),
            **{kind: int(self.counts.get(kind, 0)) for kind in CHANGES},
        )
        return run_on([said, SAID["beware"]])


def framework_changes(frameworks: Mapping[int, Framework]) -> FrameworkChanges:
    """Compare the frameworks of one group, each with that of the edition before.

    Weights are compared within a parent among the children that it has in both editions, so that an indicator added or
    taken out is no change of the weights of the others.

    Parameters
    ----------
    frameworks : mapping of year to Framework, in order

    Returns
    -------
    FrameworkChanges

    Examples
    --------
    >>> from govtransparency import Framework, Node
    >>> before = Framework([Node("index", ""), Node("a", "index"), Node("b", "index")])
    >>> now = Framework([Node("index", ""), Node("a", "index", weight=3), Node("b", "index"), Node("c", "index")])
    >>> framework_changes({2023: before, 2024: now}).table[["change_en", "node_en", "old", "new"]].values.tolist()
    [['added', 'c', nan, nan], ['weight within its parent', 'a', 0.5, 0.6], ['weight within its parent', 'b', 0.5, 0.2]]
    """
    years = tuple(frameworks)
    rows = [
        (before, year, *row)
        for before, year in itertools.pairwise(years)
        for row in _differences(frameworks[before], frameworks[year])
    ]
    kinds = [kind for _, _, kind, _, _, _ in rows]
    table = pd.DataFrame(
        {
            "before": [row[0] for row in rows],
            "year": [row[1] for row in rows],
            **in_columns("change", [CHANGES[kind] for kind in kinds]),
            **in_columns("node", [row[3] for row in rows]),
            "old": pd.Series([row[4] for row in rows], dtype=float),
            "new": pd.Series([row[5] for row in rows], dtype=float),
        }
    )
    return FrameworkChanges(table, years, pd.Series(kinds, dtype=object).value_counts())


def _differences(old: Framework, new: Framework) -> Iterator[tuple[str, Text, float, float]]:
    """Give each difference: kind, name of the node, value before and now."""
    names, nan = node_names(old) | node_names(new), float("nan")
    yield from (("added", names[code], nan, nan) for code in new.indicators if code not in old.indicators)
    yield from (("removed", names[code], nan, nan) for code in old.indicators if code not in new.indicators)
    for code, was, now in _shares(old, new):
        if abs(was - now) > NOISE:
            yield "weight", names[code], float(old.weights[code]), float(new.weights[code])
    for code in (code for code in new.indicators if code in old.indicators):
        for kind in ("direction", "worst", "best"):
            was, now = getattr(old.node(code), kind), getattr(new.node(code), kind)
            if was != now and not (was != was and now != now):  # no goalpost is the same as none
                yield kind, names[code], was, now


def _shares(old: Framework, new: Framework) -> Iterator[tuple[str, float, float]]:
    """Give the weight of each node among those siblings that both frameworks have, before and now."""
    for parent in (ROOT, *reversed(new.pillars)):
        if parent in (ROOT, *old.pillars):
            both = [code for code in new.children(parent) if code in old.children(parent)]
            was, now = old.weights[both], new.weights[both]
            yield from zip(both, was / was.sum(), now / now.sum(), strict=True)
