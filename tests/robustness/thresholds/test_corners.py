"""Thresholds at corners, ties and nearly tied columns: against vertices enumerated in rational arithmetic."""

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from govtransparency import build_index
from govtransparency.robustness.thresholds.dominance import rank_bounds, robust_comparisons
from govtransparency.robustness.thresholds.first_place import can_be_first, first_regions
from govtransparency.robustness.thresholds.swaps import pairwise_swaps, weight_to_swap
from govtransparency.robustness.thresholds.weight_space import weight_space
from govtransparency.robustness.thresholds.weight_stability import weight_stability
from tests.examples import made

NORMS = {"l1": 1, "l2": 2, "linf": np.inf}
FAINT = 1e-11  # leads nearer to 0 are decided by the rounding of the terms


def dot(a, b):
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def solution(rows, right):
    """Solve a square system exactly; None where it is singular."""
    m = len(rows)
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    for column in range(m):
        pivot = next((row for row in range(column, m) if table[row][column]), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [x / table[column][column] for x in table[column]]
        for row in range(m):
            if row != column and table[row][column]:
                table[row] = [x - table[row][column] * y for x, y in zip(table[row], table[column], strict=True)]
    return [row[m] for row in table]


def units(m):
    return [[Fraction(int(i == j)) for j in range(m)] for i in range(m)]


def vertices(rows, right, total):
    """Every x with ``rows x >= right`` and ``total x = 1`` at which as many conditions hold as x has numbers."""
    for some in itertools.combinations(range(len(rows)), len(total) - 1):
        x = solution([total, *(rows[i] for i in some)], [Fraction(1), *(right[i] for i in some)])
        if x is not None and all(dot(row, x) >= least for row, least in zip(rows, right, strict=True)):
            yield x


def least_distance(nominal, leads, norm):
    """The exact least distance (l2: its square) from the nominal weights to those under which no lead is negative."""
    m = len(nominal)
    rows, ones, zeros = [*units(m), *leads], [Fraction(1)] * m, [Fraction(0)] * m
    if norm == "l2":  # the nearest point is the projection on the face on which it lies
        found = []
        for some in itertools.chain.from_iterable(itertools.combinations(rows, k) for k in range(m)):
            face = [ones, *some]
            away = [Fraction(0), *(-dot(row, nominal) for row in some)]
            shares = solution([[dot(a, b) for b in face] for a in face], away)
            if shares is None:
                continue
            step = [dot(shares, column) for column in zip(*face, strict=True)]
            if all(dot(row, [a + b for a, b in zip(nominal, step, strict=True)]) >= 0 for row in rows):
                found.append(dot(step, step))
        return min(found, default=None)
    # least of a sum or of the greatest of changes z >= |w - nominal|, in the space of w and what is added to it
    if norm == "linf":
        lifted = [[*row, Fraction(0)] for row in rows]
        right = [Fraction(0)] * len(rows)
        for row, weight in zip(units(m), nominal, strict=True):
            lifted += [[*(-x for x in row), Fraction(1)], [*row, Fraction(1)]]
            right += [-weight, weight]
        return min((x[-1] for x in vertices(lifted, right, [*ones, Fraction(0)])), default=None)
    found = []  # a sum of changes is linear between the planes on which a weight is its own
    for signs in itertools.product((-1, 1), repeat=m):
        sides = [[sign * x for x in row] for sign, row in zip(signs, units(m), strict=True)]
        right = [*zeros, *([Fraction(0)] * len(leads)), *(s * w for s, w in zip(signs, nominal, strict=True))]
        found += [
            dot(signs, [a - b for a, b in zip(x, nominal, strict=True)]) for x in vertices([*rows, *sides], right, ones)
        ]
    return min(found, default=None)


def told(lead):
    """Whether the leads on the children keep enough digits beside each other to place a tie to 1e-9."""
    sizes = [abs(x) for x in lead if x]
    return not sizes or min(sizes) > 1e-7 * max(sizes)


def greatest_margin(leads):
    m = len(leads[0])
    rows = [[*lead, Fraction(-1)] for lead in leads] + [[*row, Fraction(0)] for row in units(m)]
    ends = vertices(rows, [Fraction(0)] * len(rows), [*([Fraction(1)] * m), Fraction(0)])
    return max(x[-1] for x in ends)


def exact(index):
    """The terms and the nominal weights as fractions; the weights sum to exactly 1."""
    space = weight_space(index)
    nominal = [Fraction(weight) for weight in space.nominal.tolist()]
    total = sum(nominal)
    return [[Fraction(x) for x in row] for row in space.terms.tolist()], [weight / total for weight in nominal]


def size(found, norm):
    if found is None:
        return math.nan
    return math.sqrt(found) if norm == "l2" else float(found)


@st.composite
def degenerate(draw, count=(2, 4), children=(1, 3)):
    """Small tables full of ties, duplicates and near ties, and weights of which some are tiny."""
    n, m = draw(st.integers(*count)), draw(st.integers(*children))
    values = [[float(draw(st.integers(0, 6))) for _ in range(m)] for _ in range(n)]
    for _ in range(draw(st.integers(0, 3))):
        a, b = draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))
        j = draw(st.integers(0, m))
        if j == m:
            values[a] = list(values[b])
        else:
            values[a][j] = max(0.0, values[b][j] + draw(st.sampled_from([1e-6, -1e-6, 1e-9, -1e-9, 1e-4])))
    weights = [draw(st.sampled_from([1.0, 1.0, 2.0, 3.0, 5.0, 1e-3, 1e-6])) for _ in range(m)]
    return values, weights


CORNERS = [
    ([[0.0, 5.0], [0.0, 0.0]], [1.0, 1.0]),
    ([[0.0, 5.0], [0.0, 4.999999]], [1.0, 1.0]),
    ([[4, 3, 2], [5, 6, 0.999999999], [0, 4, 1.000000001], [4.999999999, 0, 1]], [2.0, 1.0, 0.001]),
    ([[6.000001, 0.0, 2.0], [6.000000999, 0.0, 0.0]], [2.0, 1.0, 3.0]),
    ([[2, 2, 1], [4, 1, 1.999999], [1, 1, 2], [1.000000001, 2, 1]], [1e-6, 1.0, 3.0]),
]


@pytest.mark.parametrize("second", [0.0, 4.999999, 5 - 1e-9])
@pytest.mark.parametrize(("norm", "distance"), [("l1", 1.0), ("l2", math.sqrt(0.5)), ("linf", 0.5)])
def test_the_first_place_shared_in_a_corner_alone(second, norm, distance):
    index = made([[0, 5], [0, second]], [1, 1])
    found = can_be_first(index, "u1", norm=norm)
    assert (found.possible, found.alone, found.confirmed) == (True, False, True)
    assert found.distance == pytest.approx(distance, abs=1e-15)
    assert found.nearest.tolist() == [1.0, 0.0]
    swap = weight_to_swap(index, "u0", "u1", norm)
    assert not swap.feasible  # they tie in the corner, and no weights lie beyond it


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(degenerate(), st.sampled_from(list(NORMS)))
@example(CORNERS[0], "l2").via("a corner")
@example(CORNERS[1], "l2").via("a corner, nearly tied")
@example(CORNERS[3], "linf").via("a condition that hardly differs from the sum")
def test_the_first_place_at_the_distance_of_rational_arithmetic(case, norm):
    index = made(*case)
    terms, nominal = exact(index)
    for row, unit in enumerate(index.ranks.index):
        leads = [[a - b for a, b in zip(terms[row], other, strict=True)] for k, other in enumerate(terms) if k != row]
        assume(all(map(told, leads)))
        margin = greatest_margin(leads)
        assume(margin == 0 or abs(margin) > FAINT)
        found = can_be_first(index, unit, norm=norm)
        assert found.confirmed
        assert (found.possible, found.alone) == (margin >= 0, margin > 0)
        assert found.margin == pytest.approx(float(margin), abs=1e-9)
        if not found.possible:
            assert np.isnan(found.distance)
            continue
        assert found.distance == pytest.approx(size(least_distance(nominal, leads, norm), norm), abs=1e-9)
        assert np.linalg.norm(found.nearest - [float(x) for x in nominal], NORMS[norm]) == pytest.approx(found.distance)
        assert found.nearest.min() >= 0


@settings(max_examples=50, deadline=None)
@given(degenerate(), st.sampled_from(list(NORMS)))
def test_two_units_swap_at_the_distance_of_rational_arithmetic(case, norm):
    index = made(*case)
    terms, nominal = exact(index)
    for a, b in itertools.combinations(range(len(terms)), 2):
        lead = [x - y for x, y in zip(terms[a], terms[b], strict=True)]
        mean = dot(lead, nominal)
        assume(told(lead) and (mean == 0 or abs(mean) > FAINT))
        behind = [[-x for x in lead] if mean >= 0 else lead]
        feasible = max(behind[0]) > 0 or (mean == 0 and min(behind[0]) < 0)
        swap = weight_to_swap(index, index.ranks.index[a], index.ranks.index[b], norm)
        assert (swap.feasible, swap.confirmed) == (feasible, feasible)
        expected = size(least_distance(nominal, behind, norm), norm) if feasible else math.nan
        assert swap.distance == pytest.approx(expected, abs=1e-9, nan_ok=True)


def crossing(lead, nominal, k):
    """The exact weight of child k at which a lead is 0, the others in proportion; None where there is none."""
    rest = 1 - nominal[k]
    others = sum(w * x for j, (w, x) in enumerate(zip(nominal, lead, strict=True)) if j != k) / rest if rest else 0
    return others / (others - lead[k]) if others * lead[k] < 0 else None


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(degenerate(), st.sampled_from(["first", "order", 2]))
@example(CORNERS[4], "first").via("units tied but for the rounding of their terms")
def test_one_weight_at_the_thresholds_of_rational_arithmetic(case, keep):
    index = made(*case)
    terms, nominal = exact(index)
    values = [dot(row, nominal) for row in terms]
    pairs = list(itertools.combinations(range(len(terms)), 2))
    leads = {(a, b): [x - y for x, y in zip(terms[a], terms[b], strict=True)] for a, b in pairs}
    numbers = range(len(nominal))
    for lead in leads.values():
        sums = [dot(lead, nominal), *(dot(lead, nominal) - nominal[k] * lead[k] for k in numbers)]
        assume(all(x == 0 or abs(x) > FAINT for x in sums))
        # near a tie a threshold has no more digits than the terms
        assume(all(x == 0 or abs(x) > 1e-5 for x in lead) or max(map(abs, lead)) > 1e-2)
    names = index.ranks.index
    table = pairwise_swaps(index).set_index(["above", "below"])
    for (a, b), lead in leads.items():
        swap = weight_to_swap(index, names[a], names[b])
        found = [crossing(lead, nominal, k) for k in numbers]
        expected = [math.nan if t is None else float(t) for t in found]
        assert swap.each["threshold"].to_numpy() == pytest.approx(expected, abs=1e-9, nan_ok=True)
        changes = [abs(t - w) for t, w in zip(found, nominal, strict=True) if t is not None]
        assert swap.feasible == swap.confirmed == bool(changes)
        row = table.loc[
            (swap.above, swap.below) if (swap.above, swap.below) in table.index else (swap.below, swap.above)
        ]
        assert (row["feasible"], row["confirmed"]) == (swap.feasible, swap.feasible)
        if changes:
            assert swap.distance == pytest.approx(float(min(changes)), abs=1e-9)
            assert (row["weight"], abs(row["change"])) == (swap.weight, pytest.approx(swap.distance, abs=1e-12))
    place = {"first": 1, "order": len(values), 2: min(2, len(values))}[keep]
    edge = sorted(values, reverse=True)[place - 1]
    stands = weight_stability(index, keep)
    assert stands["confirmed"].all()
    for k in numbers:
        low, high = Fraction(0), Fraction(1)
        for (a, b), lead in leads.items():
            upper, lower = max(values[a], values[b]), min(values[a], values[b])
            kept = upper > lower and (keep == "order" or upper >= edge > lower)
            t = crossing(lead, nominal, k) if kept else None
            if t is not None:
                low, high = (max(low, t), high) if t < nominal[k] else (low, min(high, t))
        assert stands[["low", "high"]].iloc[k].tolist() == pytest.approx([float(low), float(high)], abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(degenerate(count=(2, 6)))
def test_bounds_and_robustness_of_rational_arithmetic(case):
    index = made(*case)
    terms, nominal = exact(index)
    values = [dot(row, nominal) for row in terms]
    assume(all(a == b or abs(a - b) > FAINT for a, b in itertools.combinations(values, 2)))
    bounds, levels = rank_bounds(index), robust_comparisons(index).levels
    for a, upper in enumerate(terms):
        others = [other for b, other in enumerate(terms) if b != a]
        best = 1 + sum(all(y > x for x, y in zip(upper, other, strict=True)) for other in others)
        worst = 1 + sum(any(y > x for x, y in zip(upper, other, strict=True)) for other in others)
        assert bounds.iloc[a].tolist() == [1 + sum(value > values[a] for value in values), best, worst]
        for b, other in enumerate(terms):
            lead, least = values[a] - values[b], min(x - y for x, y in zip(upper, other, strict=True))
            expected = math.nan if lead <= 0 else 1.0 if least >= 0 else float(lead / (lead - least))
            assert levels.iloc[a, b] == pytest.approx(expected, abs=1e-9, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(degenerate(count=(2, 3), children=(2, 3)), st.data())
def test_one_weight_where_units_lack_different_children(case, data):
    values, weights = case
    gone = data.draw(st.integers(0, len(weights) - 1))
    values[0][gone] = math.nan
    assume(any(not math.isnan(row[gone]) for row in values))
    check_swaps_of_one_weight(made(values, weights))


def check_swaps_of_one_weight(index):
    space = weight_space(index)
    for row in pairwise_swaps(index).itertuples():
        assert row.feasible == row.confirmed
        if not row.feasible:
            continue
        k = space.children.index(row.weight)
        rest = np.delete(space.nominal, k)  # not 1 - nominal[k], of which little is left where one weight is nearly all
        scores = space.scores(np.insert(rest / rest.sum() * (1 - row.threshold), k, row.threshold))
        assert scores[row.above] == pytest.approx(scores[row.below], abs=1e-9)


def test_one_weight_that_is_nearly_all():
    check_swaps_of_one_weight(made([[math.nan, 0.0], [0.0, 3.0], [4.0, 0.0]], [1.0, 1e-6]))


def test_a_lead_that_shows_at_the_given_weights_only():
    check_swaps_of_one_weight(made([[math.nan, 4.0, 6.0], [5.0, 0.0, 0.0], [5.000001, 4.0, 6.0]], [1e-6, 3.0, 3.0]))


def test_what_is_confirmed_is_confirmed_by_the_index_built_anew():
    index = made([[9, 3, 0], [3, 9, 0], [6, 6, 0.0], [0, 0, 1e-6]], [3, 1, 1])
    for unit in ("u1", "u2", "u3"):
        found = can_be_first(index, unit, norm="l2")
        kept = found.nearest[found.nearest > 0]  # a weight of 0 takes its child out of the mean
        tree = index.recipe.framework
        nodes = [
            replace(node, weight=kept.get(node.code, 1.0)) for node in tree.nodes if node.code in ("index", *kept.index)
        ]
        scores = build_index(index.raw[list(kept.index)], replace(index.recipe, framework=type(tree)(nodes))).scores[
            "index"
        ]
        assert scores[unit] == pytest.approx(scores.max(), abs=1e-10)
        assert found.confirmed


@pytest.mark.parametrize("norm", list(NORMS))
def test_a_lead_of_a_billionth_beside_one_of_six(norm):
    index = made(*CORNERS[2])  # -1e-9 a - 6 b + 1e-9 c >= 0: only without b, and with as much of c as of a
    swap = weight_to_swap(index, "u1", "u3", norm)
    assert swap.feasible and swap.confirmed
    assert swap.weights.to_numpy() == pytest.approx([0.5, 0.0, 0.5], abs=1e-6)


def test_several_units_are_one_unit_each():
    index = made([[9, 3], [3, 9], [6, 6], [1, 1]], [3, 1])
    for found in first_regions(index, index.ranks.index):
        one = can_be_first(index, found.unit)
        assert (found.possible, found.alone, found.rank) == (one.possible, one.alone, one.rank)
        assert found.distance == pytest.approx(one.distance, nan_ok=True)


def test_weights_between_bounds_are_found_by_linear_programming_too():
    from scipy.optimize import linprog

    rng = np.random.default_rng(4)
    index = made(rng.random((80, 5)) + rng.random((80, 1)), [1, 2, 3, 4, 5])
    space = weight_space(index)
    w0, terms = space.nominal, space.terms
    pairs = list(itertools.permutations(range(5), 2))
    answers = []
    for row, unit in enumerate(space.units):
        found = can_be_first(index, unit, norm="linf", within=0.5)
        leads = np.delete(terms[row] - terms, row, axis=0)
        kept = np.array([1.5 * w0[i] * np.eye(5)[j] - 0.5 * w0[j] * np.eye(5)[i] for i, j in pairs])
        rows = np.vstack([leads / np.abs(leads).max(), kept])
        sides = np.vstack([np.eye(5), -np.eye(5)])
        upper = np.block([[-rows, np.zeros((len(rows), 1))], [sides, -np.ones((10, 1))]])
        right = np.concatenate([np.zeros(len(rows)), w0, -w0])
        solved = linprog(np.append(np.zeros(5), 1), upper, right, [[1] * 5 + [0]], [1], [(0, None)] * 6)
        assert found.possible == (solved.status == 0)
        assert found.confirmed
        answers.append(found.possible)
        if found.possible:
            assert found.distance == pytest.approx(solved.fun, abs=1e-8)
    assert (answers.count(True), answers.count(False)) == (3, 77)  # both answers occur
