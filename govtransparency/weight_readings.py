"""What weights are shares of, the whole or their parent, where some of them are blank."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from govtransparency.files.number_forms import sign_of
from govtransparency.files.plain_numbers import to_number
from govtransparency.nodes import ROOT
from govtransparency.texts.bilingual import Text, quoted, words
from govtransparency.texts.problems import framework_problems as problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from govtransparency.nodes import Node

__all__ = ["READINGS", "WeightReading", "bare_weights", "is_a_whole", "settled_weights", "without_percent"]

WeightReading = Literal["of_the_whole", "within_the_parent"]
READINGS: tuple[WeightReading, ...] = get_args(WeightReading)
WHOLES = (1.0, 100.0, 1000.0)  # what weights of the whole add to
ROUNDED = 0.005  # of the whole by which published weights may fail to add to it
EQUAL = 1e-9  # of a sum
SHOWN = 8  # nodes whose weights a problem shows


def is_a_whole(total: float) -> bool:
    """Return whether weights of the whole may add to a number: to 1, 100 or 1000, within half a per cent of it.

    Examples
    --------
    >>> is_a_whole(100), is_a_whole(99.8), is_a_whole(98)
    (True, True, False)
    """
    return any(abs(total - one) <= ROUNDED * one for one in WHOLES)


def without_percent(cells: pd.Series) -> pd.Series:
    """Return weights as plain numbers if all that are given have a percent sign, else as they are written.

    Examples
    --------
    >>> without_percent(pd.Series(["20%", "", "30\uff05"])).tolist(), without_percent(pd.Series(["20%", "5"])).tolist()
    (['0.2', '', '0.3'], ['20%', '5'])
    """
    given = cells[cells != ""]
    numbers = [to_number(cell[:-1].rstrip()) if sign_of(cell[-1]) == "%" else None for cell in given]
    if None in numbers or not numbers:
        return cells
    bare = pd.Series([repr(number / 100) for number in numbers if number is not None], index=given.index, dtype=object)
    return bare.reindex(cells.index, fill_value="")


def bare_weights(table: pd.DataFrame, reading: WeightReading | None) -> pd.Series:
    """Return the weights of nodes, without percent signs where all that are compared with each other have one.

    Parameters
    ----------
    table : DataFrame of str
        Columns parent and weight.
    reading : WeightReading or None
        Weights of the whole are compared with all others, those within the parent with their siblings'.
    """
    if reading == "of_the_whole":
        return without_percent(table["weight"])
    return table.groupby("parent", sort=False)["weight"].transform(without_percent)


class _Weights:
    """The weights written in a tree, and what they add to below each node."""

    def __init__(self, nodes: Iterable[Node], blank: Collection[str]) -> None:
        self.nodes = {node.code: node for node in nodes}
        self.blank = set(blank)
        self.children: dict[str, list[str]] = {}
        for node in self.nodes.values():
            self.children.setdefault(node.parent, []).append(node.code)

    @cached_property
    def totals(self) -> dict[str, float | None]:
        """The sum of the weights below each node that are nearest to it; None where one of them is lacking."""
        found: dict[str, float | None] = {}
        waiting = [ROOT]
        while waiting:
            own = self.children.get(waiting[-1], [])
            if any(code not in found for code in own):
                waiting += [code for code in own if code not in found]
                continue
            parts = [self.of(code, found) for code in own]
            found[waiting.pop()] = math.fsum(filter(None, parts)) if parts and None not in parts else None
        return found

    def of(self, code: str, totals: Mapping[str, float | None]) -> float | None:
        """Return the weight written for a node or, where there is none, the sum of those below it."""
        return totals[code] if code in self.blank else self.nodes[code].weight

    def is_mixed(self, code: str) -> bool:
        """Return whether some weight at any depth below a node is written, and one lacking."""
        own = self.children.get(code, [])
        given = [self.of(child, self.totals) is not None for child in own]
        return (any(given) and not all(given)) or any(map(self.is_mixed, own))

    def shares(self) -> dict[str, float]:
        """Return the share of the whole of each pillar next to the index, then of each indicator."""
        found, waiting = {ROOT: 1.0}, [ROOT]
        while waiting:
            parent = waiting.pop()
            own = self.children[parent]
            total = math.fsum(self.nodes[code].weight for code in own)
            found |= {code: found[parent] * self.nodes[code].weight / total for code in own}
            waiting += [code for code in own if code in self.children]
        shown = [*self.children[ROOT], *(code for code in self.nodes if code not in self.children)]
        return {code: found[code] for code in shown}

    def families(self) -> Iterator[tuple[str, list[str]]]:
        """Give the nodes that have others below them, each with those next to it."""
        return ((parent, codes) for parent, codes in self.children.items() if parent)

    def of_the_whole(self) -> list[Node]:
        """Return the nodes with the weight of each blank one that has weights below it: their sum."""
        return [
            replace(node, weight=total)
            if code in self.blank and code != ROOT and (total := self.totals[code]) is not None
            else node
            for code, node in self.nodes.items()
        ]


def settled_weights(
    nodes: list[Node], blank: Collection[str], reading: WeightReading | None
) -> tuple[list[Node], list[Text]]:
    """Return the nodes of a tree with the weights meant, and what is wrong with them.

    Parameters
    ----------
    nodes : list of Node
        A tree; those of blank weight have the weight 1.
    blank : collection of str
        The codes of those whose weight the file leaves blank.
    reading : {"of_the_whole", "within_the_parent"} or None
        What is declared.
    """
    weights = _Weights(nodes, blank)
    if reading == "of_the_whole":
        return weights.of_the_whole(), list(_not_of_the_whole(weights))
    found = [
        _blank_beside_written(weights, codes)
        for _, codes in weights.families()
        if 0 < sum(code in weights.blank for code in codes) < len(codes)
    ]
    if not found and reading is None:
        found = list(_undecided(weights))
    return nodes, found


def _blank_beside_written(weights: _Weights, codes: list[str]) -> Text:
    lacking = [code for code in codes if code in weights.blank]
    written = [code for code in codes if code not in weights.blank]
    said = {"blank": quoted(lacking[:SHOWN]), "written": quoted(written[:SHOWN])}
    if any(weights.totals[code] is None for code in lacking):
        return problems.BLANK_WEIGHT.format(**said)
    sums = words(problems.SHARE.format(code=code, share=f"{weights.totals[code]:g}") for code in lacking[:SHOWN])
    return problems.BLANK_WEIGHT_OF_PILLAR.format(**said, sums=sums)


def _undecided(weights: _Weights) -> Iterator[Text]:
    """Give the pillars without a weight whose indicators have weights that seem to be of the whole."""
    for _, codes in weights.families():
        sums = [weights.totals[code] for code in codes if code in weights.blank]
        if len(sums) < max(2, len(codes)) or None in sums:
            continue
        given = [total for total in sums if total is not None]
        whole = math.fsum(given)
        differ = max(given) - min(given) > EQUAL * whole
        if differ and is_a_whole(whole):
            shares = [_shares(readings.shares()) for readings in (_Weights(weights.of_the_whole(), ()), weights)]
            yield problems.WEIGHTS_OF_WHAT.format(
                pillars=quoted(codes[:SHOWN]), sum=f"{whole:g}", whole=shares[0], within=shares[1]
            )
            return


def _shares(shares: Mapping[str, float]) -> Text:
    """Return shares of the whole in words, so many as one can read."""
    shown = [problems.SHARE.format(code=code, share=f"{100 * share:.4g}%") for code, share in shares.items()]
    return words([*shown[: 2 * SHOWN], *(["..."] if len(shown) > 2 * SHOWN else [])])


def _not_of_the_whole(weights: _Weights) -> Iterator[Text]:
    """Give what keeps weights from being shares of the whole: blanks beside others, sums that differ."""
    for parent, codes in weights.families():
        lacking = [code for code in codes if weights.of(code, weights.totals) is None]
        written = [code for code in codes if code not in lacking]
        first = [code for code in lacking if not weights.is_mixed(code)]  # else what lacks is below it, and told
        if lacking and written:
            if first:
                yield problems.BLANK_WEIGHT.format(blank=quoted(first[:SHOWN]), written=quoted(written[:SHOWN]))
        elif first and parent == ROOT:
            yield problems.NO_WEIGHTS.format(codes=quoted(first[:SHOWN]))
        elif not lacking and parent not in weights.blank and parent != ROOT:
            own, total = weights.nodes[parent].weight, weights.totals[parent] or 0.0
            if not math.isclose(own, total, rel_tol=EQUAL):
                yield problems.OTHER_SUM.format(code=parent, weight=f"{own:g}", sum=f"{total:.15g}")
