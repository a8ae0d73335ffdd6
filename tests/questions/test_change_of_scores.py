"""The split of a change down a tree of arithmetic and geometric means, against the formulas worked out node by node."""

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index
from govtransparency.questions.change_of_values import KINDS
from govtransparency.questions.explain_change import explain_change

PARENTS = {"a": "p", "b": "p", "c": "q", "d": "q", "e": "q"}


@dataclass
class Year:
    """One of the two indices: by node weight and ends, by node with children its mean, and the raw values."""

    weights: dict[str, float]
    ends: dict[str, tuple[float, float]]
    means: dict[str, str]
    table: pd.DataFrame

    def children(self, node):
        return ["p", "q"] if node == "index" else [code for code in self.table if PARENTS[code] == node]

    def index(self):
        nodes = [Node("index", ""), *(Node(code, "index", weight=self.weights[code]) for code in "pq")]
        for code in self.table:
            worst, best = self.ends[code]
            nodes.append(Node(code, PARENTS[code], weight=self.weights[code], worst=worst, best=best))
        means = {node: getattr(gt, name) for node, name in self.means.items()}
        aggregate = gt.by_node(means, otherwise=gt.arithmetic_mean)
        return build_index(
            self.table, Recipe(Framework(nodes), aggregate=aggregate, missing=gt.spread_weights(min_coverage=0))
        )

    def score(self, unit, node):
        if node in self.ends:
            return scaled(self.table.at[unit, node], self.ends[node]) if node in self.table else math.nan
        scores = {child: self.score(unit, child) for child in self.children(node)}
        there = {child: score for child, score in scores.items() if not math.isnan(score)}
        total = sum(self.weights[child] for child in there)
        geometric = self.means[node] == "geometric_mean"
        terms = [self.weights[child] * (math.log(one) if geometric else one) for child, one in there.items()]
        return math.nan if not there else math.exp(sum(terms) / total) if geometric else sum(terms) / total


def scaled(value, ends):
    return 100 * (value - ends[0]) / (ends[1] - ends[0])


def over_orders(value, factors):
    """Return what each factor adds, the mean over all orders in which the factors are replaced one by one."""
    orders = list(itertools.permutations(range(factors)))
    added = [0.0] * factors
    for order in orders:
        for place, at in enumerate(order):
            states = [tuple(one in order[:end] for one in range(factors)) for end in (place, place + 1)]
            added[at] += (value(states[1]) - value(states[0])) / len(orders)
    return added


def share(years, unit, node, child, state):
    """Return a child's share in its node with weights, members and gaps of one year or the other."""
    weights, members, gaps = (years[late] for late in state)
    own = {one: members.weights[one] for one in members.children(node)}
    both = [one for one in own if all(one in year.children(node) for year in years)]
    room = sum(own[one] for one in both) / sum(own.values())
    shares = {one: weight / sum(own.values()) for one, weight in own.items()}
    shares |= {one: room * weights.weights[one] / sum(weights.weights[two] for two in both) for one in both}
    there = {
        one: 0.0 if math.isnan((gaps if one in both else members).score(unit, one)) else shares[one] for one in shares
    }
    return there.get(child, 0.0) / sum(there.values()) if sum(there.values()) else 0.0


def steepness(before, after):
    return 1 / before if before == after else (math.log(after) - math.log(before)) / (after - before)


def parts(years, unit, node):
    """Return the change of a node's score by the node that it comes from and the kind of change."""
    if node in PARENTS:
        values = [year.table.at[unit, node] for year in years]
        found = over_orders(lambda state: scaled(values[state[0]], years[state[1]].ends[node]), 2)
        return {(node, kind): part for kind, part in zip(("values", "goalposts"), found, strict=True)}
    geometric = years[0].means[node] == "geometric_mean"
    slope = 1 / steepness(*(year.score(unit, node) for year in years)) if geometric else 1.0
    total: dict[tuple[str, str], float] = {}
    for child in dict.fromkeys(child for year in years for child in year.children(node)):
        scores = [year.score(unit, child) for year in years]
        known = [score for score in scores if not math.isnan(score)]
        if not known:
            continue
        middle = sum(map(math.log, known) if geometric else known) / len(known)
        by_kind = over_orders(lambda state, child=child: share(years, unit, node, child, state), 3)
        for kind, change in zip(("weights", "indicators", "missing"), by_kind, strict=True):
            total[child, kind] = total.get((child, kind), 0.0) + slope * middle * change
        if len(known) == 2:
            mean_share = sum(share(years, unit, node, child, (late,) * 3) for late in (False, True)) / 2
            factor = slope * mean_share * (steepness(*scores) if geometric else 1.0)
            for key, part in parts(years, unit, child).items():
                total[key] = total.get(key, 0.0) + factor * part
    return total


def some_year(rng, before=None):
    """Return an index, or one of the year after: some weights, ends, values and indicators change, some values lack."""
    codes = [code for code in PARENTS if code in "ac" or rng.random() < 0.8]
    table = pd.DataFrame(rng.uniform(1, 99, (5, len(codes))), index=list("UVWXY"), columns=codes)
    table = table.mask(rng.random(table.shape) < 0.15)
    weights = {code: float(rng.integers(1, 4)) for code in (*PARENTS, "p", "q")}
    ends = {code: (rng.uniform(-40, -10), rng.uniform(100, 130)) for code in PARENTS}
    if before is None:
        names = ("arithmetic_mean", "geometric_mean")
        return Year(weights, ends, {node: names[rng.integers(2)] for node in ("index", "p", "q")}, table)
    kept = {code for code in weights if rng.random() < 0.5}
    weights |= {code: before.weights[code] for code in kept}
    return Year(weights, ends | {code: before.ends[code] for code in kept & set(ends)}, before.means, table)


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_are_those_of_the_formulas(seed):
    rng = np.random.default_rng(seed)
    before = some_year(rng)
    years = before, some_year(rng, before)
    found = explain_change(*(year.index() for year in years))
    for unit in found.scores.index:
        expected = parts(years, unit, "index")
        ours = found.contributions.loc[unit].stack()
        assert set(expected) <= set(ours.index) and {kind for _, kind in ours.index} == set(KINDS)
        np.testing.assert_allclose(ours, [expected.get(key, 0.0) for key in ours.index], atol=1e-10)
