"""Exact thresholds of every pair of 120 units on 60 indicators, against a search in steps of 0.01 in a loop; who of
3,000 units can be first, against linear programmes with all their conditions.

Run: ``python benchmarks/bench_thresholds.py``. Medians; the loop is timed on a few pairs and extrapolated.
"""

import time
from statistics import median

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from govtransparency import (
    Framework,
    Node,
    Recipe,
    build_index,
    can_be_first,
    pairwise_swaps,
    rescore,
    weight_stability,
)

UNITS, CHILDREN, STEP, PAIRS = 120, 60, 0.01, 12


def timed(function, runs):
    """Return the median time of some runs, in seconds, and the last result."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return median(times), result


def step_search(x, w, a, b):
    """Return the least change in multiples of STEP of one weight, the others rescaled, that swaps the pair."""
    sign, best = np.sign((x[a] - x[b]) @ w), np.inf
    for k in range(len(w)):
        for change in np.arange(STEP, 1, STEP):
            if change >= best:
                break
            for t in (w[k] - change, w[k] + change):
                if 0 <= t <= 1:
                    v = w * (1 - t) / (1 - w[k])
                    v[k] = t
                    if sign * ((x[a] - x[b]) @ v) < 0:
                        best = min(best, change)
    return best


def by_solver(leads):
    """Return the greatest least lead by one linear programme of HiGHS."""
    m = leads.shape[1]
    upper = np.hstack([-leads, np.ones((len(leads), 1))])
    found = linprog(
        np.append(np.zeros(m), -1.0),
        upper,
        np.zeros(len(leads)),
        np.append(np.ones(m), 0.0)[None],
        [1.0],
        [(0, None)] * m + [(None, None)],
        method="highs",
    )
    return -found.fun


def first(units=3000, some=40):
    """Print the processor time a unit takes here, and by a linear programme for the greatest lead alone."""
    rng = np.random.default_rng(0)
    nodes = [Node(f"i{n}", f"p{n % 8}", worst=0, best=1) for n in range(100)]
    tree = Framework([Node("index", ""), *(Node(f"p{n}", "index") for n in range(8)), *nodes])
    table = pd.DataFrame(rng.random((units, 100)), columns=[node.code for node in nodes])
    index = build_index(table, Recipe(tree))
    terms = index.scores[list(tree.children("index"))].to_numpy()
    can_be_first(index, 0)
    start = time.process_time()
    margins = [can_be_first(index, unit).margin for unit in range(some)]
    here, start = (time.process_time() - start) / some, time.process_time()
    solved = [by_solver(np.delete(terms[unit] - terms, unit, axis=0)) for unit in range(some)]
    other = (time.process_time() - start) / some
    away = np.abs(np.subtract(margins, solved)).max()
    print(
        f"can_be_first, {units} units  {1000 * here:6.1f} cpu ms a unit; HiGHS for the greatest lead alone "
        f"{1000 * other:.1f}, {other / here:.1f} times as long; margins differ by {away:.0e}"
    )


def main():
    """Print the times and how the two ways agree."""
    rng = np.random.default_rng(0)
    nodes = [
        Node(f"i{n}", "index", weight=float(w), worst=0, best=1) for n, w in enumerate(rng.uniform(1, 4, CHILDREN))
    ]
    table = pd.DataFrame(rng.random((UNITS, CHILDREN)), columns=[node.code for node in nodes])
    index = build_index(table, Recipe(Framework([Node("index", ""), *nodes])))
    x, w = index.scores[list(table)].to_numpy(), index.recipe.framework.effective_weights.to_numpy()
    exact, pairs = timed(lambda: pairwise_swaps(index), 7)
    some = pairs.sample(PAIRS, random_state=0)
    loop, steps = timed(lambda: [step_search(x, w, row.above, row.below) for row in some.itertuples()], 3)
    loop *= len(pairs) / PAIRS
    agree = [
        abs(step - abs(row.change)) <= STEP + 1e-9 if np.isfinite(step) else True
        for step, row in zip(steps, some.itertuples(), strict=True)
    ]
    order, _ = timed(lambda: weight_stability(index, "order"), 5)
    root, _ = timed(lambda: rescore(index, {"i0": 3.0}), 300)
    rebuilt, _ = timed(lambda: build_index(table, index.recipe), 15)
    print(f"{len(pairs)} pairs x {CHILDREN} weights, confirmed: {pairs.loc[pairs.feasible, 'confirmed'].mean():.1%}")
    print(f"exact, all pairs        {exact:10.4f} s")
    print(f"steps of {STEP} in a loop {loop:10.1f} s (extrapolated), {loop / exact:,.0f} times as long")
    print(f"within a step of exact  {sum(agree)} of {PAIRS} pairs")
    print(f"stability of the order  {order:10.4f} s")
    print(
        f"rescore                 {root * 1e6:10.0f} us; "
        f"build_index {rebuilt * 1e6:,.0f} us, {rebuilt / root:.0f} times as long"
    )
    first()


if __name__ == "__main__":
    main()
