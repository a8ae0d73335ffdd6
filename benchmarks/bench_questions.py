"""Users' questions for 106 units and 54 indicators in 9 pillars, and the change of an index of that size.

Run: ``python benchmarks/bench_questions.py``. Wall time and processor time of one call each, after a warm-up. The
budget on two cores: `survives` with its 10,000 draws in 3 s.
"""

import time

import numpy as np
import pandas as pd

import govtransparency as gt
from govtransparency import Framework, Node, Recipe, build_index
from govtransparency.profiles.alternatives import draw_together, vary_together
from govtransparency.questions.group_improvements import joint_improvements, next_ranks, single_improvements

UNITS, INDICATORS, PILLARS = 106, 54, 9


def tree(**ends):
    """Return a framework of two levels."""
    nodes = [Node("index", ""), *(Node(f"p{at}", "index") for at in range(PILLARS))]
    nodes += [Node(f"i{at}", f"p{at % PILLARS}", weight=1 + at % 3, **ends) for at in range(INDICATORS)]
    return Framework(nodes)


def table(rng):
    """Return values with a common factor."""
    values = rng.normal(50, 12, (UNITS, 1)) + rng.normal(0, 15, (UNITS, INDICATORS))
    return pd.DataFrame(
        values.clip(1, 99), index=[f"u{at}" for at in range(UNITS)], columns=[f"i{at}" for at in range(INDICATORS)]
    )


def main():
    rng = np.random.default_rng(0)
    first, fixed, free = table(rng), tree(worst=0, best=100), tree()
    later = (first + rng.normal(0, 5, first.shape)).clip(0.5, 99.5)
    index = build_index(first, Recipe(fixed))
    gt.survives(index, "u1", draws=100)
    choices = vary_together(index, draws=100, rng=1)
    geometric = Recipe(fixed, aggregate=gt.geometric_mean)
    copeland = gt.by_node({"index": gt.copeland}, otherwise=gt.arithmetic_mean)
    questions = {
        "survives, 10,000 draws": lambda: gt.survives(index, "u1"),
        "explain_change, means": lambda: gt.explain_change(index, build_index(later, geometric)),
        "explain_change, orders": lambda: gt.explain_change(
            *(build_index(values, Recipe(fixed, aggregate=gt.harmonic_mean)) for values in (first, later))
        ),
        "explain_change, pillars by Copeland": lambda: gt.explain_change(
            *(build_index(values, Recipe(fixed, aggregate=copeland)) for values in (first, later))
        ),
        "leave_one_unit_out, by construction": lambda: gt.leave_one_unit_out(first, Recipe(fixed)),
        "leave_one_unit_out": lambda: gt.leave_one_unit_out(first, Recipe(free)),
        "imputation_check": lambda: gt.imputation_check(first, Recipe(fixed)),
        "compare": lambda: gt.compare(index, build_index(later, geometric)),
        "draws, then wins in a second pass": lambda: draw_together(choices, rng=1).wins,
        "draws and wins in one pass": lambda: draw_together(choices, rng=1, wins=True).wins,
        "improvements of all units, single": lambda: single_improvements(index, next_ranks(index), {}),
        "improvements of all units, joint": lambda: joint_improvements(index, next_ranks(index), {}),
        "leave_one_indicator_out": lambda: gt.leave_one_indicator_out(index),
    }
    for name, ask in questions.items():
        wall, processor = time.perf_counter(), time.process_time()
        ask()
        print(f"{name:38} {time.perf_counter() - wall:6.2f} s, processor {time.process_time() - processor:6.2f} s")


if __name__ == "__main__":
    main()
