"""Scores and coverage by a second hand: docs/framework.md and docs/publishers.md, unit by unit, in plain Python."""

import math

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_one_evaluator import EQUAL, LINEAR, RULES, marked, ruled_cases

from govtransparency import InputError, build_index

TO = {"geometric_mean": math.log, "harmonic_mean": lambda x: 1 / x, "power_mean": lambda x: x * x}
BACK = {"geometric_mean": math.exp, "harmonic_mean": lambda y: 1 / y, "power_mean": math.sqrt}


def at(choice, node):
    """Return what a step of a recipe says of a node."""
    if isinstance(choice, dict) and "by_node" in choice:
        return choice["by_node"].get(node, choice.get("otherwise"))
    return choice


def same(x):
    return x


class ByHand:
    """Scores and coverage of every node from a recipe as plain data; None where there is none."""

    def __init__(self, recipe, values, barred):
        """Take a recipe as in ``recipe.json``, unit -> indicator -> score or None, and what is not applicable."""
        self.recipe, self.values, self.barred = recipe, values, barred
        self.weight = {node["code"]: node["weight"] for node in recipe["framework"]}
        self.kids = {}
        for node in recipe["framework"]:
            if node["parent"]:
                self.kids.setdefault(node["parent"], []).append(node["code"])
        self.coverage, self.kept, self.kept_raw = {}, {}, {}

    def leaves(self, node):
        return [leaf for kid in self.kids[node] for leaf in self.leaves(kid)] if node in self.kids else [node]

    def applies(self, unit, node):
        return any((unit, leaf) not in self.barred for leaf in self.leaves(node))

    def members(self, node):
        return self.leaves(node) if at(self.recipe.get("of"), node) == "indicators" else self.kids[node]

    def score(self, node):
        """Return the scores of a node, after they are rescaled."""
        if node not in self.kept:
            self.kept[node] = dict(self.raw(node))
            scale, rule = (at(self.recipe.get(step), node) for step in ("range_of", "rescale"))
            rule = rule or ({"to": 100, "by": "range"} if scale else None)
            if node in self.kids and rule:
                self.kept[node] = rescaled(self.kept[node], self.raw(scale or node), **rule)
        return self.kept[node]

    def raw(self, node):
        """Return the scores of a node before they are rescaled."""
        if node not in self.kept_raw:
            of = self.of_pillar if node in self.kids else self.of_indicator
            self.kept_raw[node] = {unit: of(unit, node) for unit in self.values}
        return self.kept_raw[node]

    def of_indicator(self, unit, node):
        value = self.values[unit][node]
        return self.recipe["missing"].get("score") if value is None and (unit, node) not in self.barred else value

    def of_pillar(self, unit, node):
        members = self.members(node)
        own = {code: self.score(code)[unit] for code in members}
        share = self.coverage[node, unit] = self.share(unit, node, own)
        stand_in = at(self.recipe.get("fallback"), node) or {}
        x = {code: own[stand_in[code]] if own[code] is None and code in stand_in else own[code] for code in members}
        there = [code for code in members if x[code] is not None]
        missing = self.recipe["missing"]
        needed = missing.get("nodes", {}).get(node, missing["min_coverage"])
        enough = bool(there) and share is not None and share >= needed - 1e-12
        rule = at(self.recipe.get("zero_if"), node) or {}
        for code, limit in (dict.fromkeys(members, "missing") if rule == "missing" else rule).items():
            if code not in members:
                continue
            if limit == "missing":
                if x[code] is None and there and self.applies(unit, code):
                    return 0.0
            elif enough and x[code] is not None and x[code] <= limit + 1e-9:
                return 0.0
        return self.mean(node, x, there) if enough else None

    def share(self, unit, node, own):
        """Return the coverage: of what is applicable to the unit, the share that it has itself."""
        count = self.recipe["missing"].get("count", "indicators")
        counted = self.leaves(node) if count == "indicators" else self.members(node)
        weight = {code: self.weight[code] if count == "weights" else 1 for code in counted if self.applies(unit, code)}
        has = [code for code in weight if (own[code] if code in self.kids else self.values[unit][code]) is not None]
        return math.fsum(weight[code] for code in has) / math.fsum(weight.values()) if weight else None

    def mean(self, node, x, there):
        method = at(self.recipe["aggregate"], node)
        method, floor = (method, None) if isinstance(method, str) else (method["method"], method.get("floor"))
        weight = {code: self.weight[code] for code in self.members(node)}
        total = math.fsum(weight.values())
        if self.recipe["missing"]["method"] == "equal_shares":
            lost = total - math.fsum(weight[code] for code in there)
            weight = {code: weight[code] + lost / len(there) for code in there}
        terms = {code: TO.get(method, same)(x[code] if floor is None else max(x[code], floor)) for code in there}
        parts = math.fsum(weight[code] * terms[code] for code in there)
        mean = BACK.get(method, same)(parts / math.fsum(weight[code] for code in there))
        return mean * total if method == "sum" else mean


def rescaled(scores, scale, to, by):
    """Return the scores on the scale that the best of others, or their range, sets."""
    there = [score for score in scale.values() if score is not None]
    best, worst = max(there, default=0.0), min(there, default=0.0) if by == "range" else 0.0
    return {unit: None if x is None else (x - worst) / (best - worst) * to for unit, x in scores.items()}


def close(mine, theirs):
    return np.isnan(theirs) if mine is None else abs(mine - theirs) <= 1e-9 * max(1.0, abs(mine))


@settings(max_examples=100)
@given(st.data())
def test_scores_and_coverage_are_those_of_the_documents(data):
    rule = data.draw(st.sampled_from(list((RULES | EQUAL).values())))
    recipe, table, cells = data.draw(marked(ruled_cases(rule, LINEAR[data.draw(st.sampled_from(list(LINEAR)))])))
    try:
        index = build_index(table, recipe, not_applicable=cells)
    except InputError:  # a method that cannot work on this table
        assume(False)
    normalised = (10 * table).astype(object).where(table.notna(), None)
    barred = set() if cells is None else {cell for cell, is_so in cells.stack().items() if is_so}
    hand = ByHand(recipe.to_dict(), normalised.T.to_dict(), barred)
    for node in (*recipe.framework.indicators, *recipe.framework.pillars, "index"):
        for unit, mine in hand.score(node).items():
            assert close(mine, index.scores.at[unit, node]), (node, unit)
            if node in hand.kids:
                assert close(hand.coverage[node, unit], index.coverage.at[unit, node]), (node, unit)
